//! How requests come in and answers go out.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{FromRequest as _, Multipart, Request, State as Given},
    http::{Response, StatusCode, header::CONTENT_TYPE},
};
use serde_json::{Map, Value, json};
use tokio::{net::TcpListener, task::JoinHandle, time::Instant};

use super::{Fault, Shared, methods::Outcome};
use crate::telegram::{Call, File, description::bot_api};

/// The largest request, in bytes.
const LARGEST: usize = 50_000_000;

/// A request, whatever form it came in.
#[derive(Default)]
struct Parameters {
    given: Map<String, Value>,
    files: BTreeMap<String, File>,
}

pub(super) async fn serve(shared: Arc<Shared>) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let router = Router::new().fallback(request).with_state(shared);
    let serving = tokio::spawn(async move {
        axum::serve(listener, router)
            .await
            .expect("it serves until it is ended");
    });
    (url, serving)
}

async fn request(Given(shared): Given<Arc<Shared>>, request: Request) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let Some((token, method)) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')) else {
        return answer(&Outcome::error(404, "Not Found"));
    };
    if token != shared.state().token {
        return answer(&Outcome::error(401, "Unauthorized"));
    }
    let Some(method) = bot_api().method(method).map(str::to_owned) else {
        shared.state().violation(format!("there is no method {method}"));
        return answer(&Outcome::error(404, "Not Found"));
    };
    let parameters = match parameters(&method, request).await {
        Ok(parameters) => parameters,
        Err(why) => {
            shared.state().violation(format!("{method}: {why}"));
            return answer(&Outcome::error(400, "Bad Request: can't parse the request"));
        }
    };
    if method == "getUpdates" {
        return poll(&shared, &parameters.given).await;
    }
    shared.state().in_flight += 1;
    let answered = called(&shared, &method, parameters);
    shared.state().in_flight -= 1;
    match answered {
        Some(outcome) => answer(&outcome),
        None => cut(),
    }
}

/// One call; `None`: its answer never comes.
fn called(shared: &Shared, method: &str, parameters: Parameters) -> Option<Outcome> {
    let mut state = shared.state();
    let Parameters { given, files } = parameters;
    let names: BTreeSet<String> = files.keys().cloned().collect();
    let checked = state.check(method, &given, &names);
    let fault = state.faults.as_mut().and_then(|faults| faults.befalls(method));
    let outcome = match (checked, fault) {
        (Err(why), _) => {
            state.violation(format!("{method}: {why}: {}", Value::Object(given.clone())));
            Outcome::error(400, &format!("Bad Request: {why}"))
        }
        (Ok(()), Some(Fault::Broken(status))) => Outcome::error(status, "Internal Server Error"),
        (Ok(()), Some(Fault::Lost)) => Outcome::error(0, "the connection ended before anything was done"),
        (Ok(()), Some(Fault::Flood(seconds))) => Outcome::flood(seconds),
        (Ok(()), Some(Fault::Unheard) | None) => state.perform(method, &given, &files),
    };
    let files = files.into_values().collect();
    state.calls.push(Call {
        method: method.to_owned(),
        given,
        files,
        outcome: outcome.value.clone(),
        heard: !matches!(fault, Some(Fault::Unheard | Fault::Lost)),
        at: Instant::now(),
    });
    (!matches!(fault, Some(Fault::Unheard | Fault::Lost))).then_some(outcome)
}

/// Updates, as soon as there are any.
async fn poll(shared: &Shared, given: &Map<String, Value>) -> Response<Body> {
    let number = |name: &str| given.get(name).and_then(Value::as_i64).unwrap_or(0);
    if let Err(why) = bot_api().request("getUpdates", given, &BTreeSet::new()) {
        shared.state().violation(why);
    }
    let limit = match number("limit") {
        1..=100 => usize::try_from(number("limit")).expect("small"),
        _ => 100,
    };
    let this = {
        let mut state = shared.state();
        state.polls += 1;
        let offset = number("offset");
        while state
            .updates
            .front()
            .is_some_and(|update| update["update_id"].as_i64() < Some(offset))
        {
            let done = state.updates.pop_front().expect("there is one");
            state.past.push_back(done);
        }
        while state.past.len() > 20 {
            state.past.pop_front();
        }
        state.polls
    };
    shared.news.notify_waiters();
    let timeout = Duration::from_secs(u64::try_from(number("timeout")).unwrap_or(0));
    let end = Instant::now() + timeout;
    loop {
        let news = shared.news.notified();
        tokio::pin!(news);
        news.as_mut().enable();
        {
            let mut state = shared.state();
            if state.polls != this {
                let conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
                return answer(&Outcome::error(409, conflict));
            }
            if !state.updates.is_empty() || Instant::now() >= end {
                let again = state.faults.as_mut().is_some_and(super::Faults::repeats);
                let mut updates: Vec<Value> = if again {
                    state.past.iter().cloned().collect()
                } else {
                    Vec::new()
                };
                updates.extend(state.updates.iter().cloned());
                updates.truncate(limit);
                return answer(&Outcome::good(updates.into()));
            }
        }
        tokio::select! {
            () = &mut news => {}
            () = tokio::time::sleep_until(end) => {}
        }
    }
}

async fn parameters(method: &str, request: Request) -> Result<Parameters, String> {
    let mut parameters = Parameters::default();
    if let Some(query) = request.uri().query().filter(|query| !query.is_empty()) {
        return Err(format!("parameters in the address: {query}"));
    }
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_owned();
    if kind.starts_with("multipart/form-data") {
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|error| error.to_string())?;
        while let Some(field) = form.next_field().await.map_err(|error| error.to_string())? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(str::to_owned);
            let kind = field.content_type().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| error.to_string())?;
            if let Some(file) = file {
                let bytes = bytes.to_vec();
                parameters.files.insert(
                    name,
                    File {
                        name: file,
                        kind,
                        bytes,
                    },
                );
            } else {
                let text = std::str::from_utf8(&bytes).map_err(|error| error.to_string())?;
                let value = bot_api().from_form(method, &name, text);
                parameters.given.insert(name, value);
            }
        }
        attached(&mut parameters);
        return Ok(parameters);
    }
    let bytes = axum::body::to_bytes(request.into_body(), LARGEST)
        .await
        .map_err(|error| error.to_string())?;
    if !bytes.is_empty() {
        parameters.given = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    }
    Ok(parameters)
}

/// A file may be sent under another name, and the field names it: `attach://NAME`.
fn attached(parameters: &mut Parameters) {
    let named: Vec<(String, String)> = parameters
        .given
        .iter()
        .filter_map(|(field, value)| {
            let name = value.as_str()?.strip_prefix("attach://")?;
            Some((field.clone(), name.to_owned()))
        })
        .collect();
    for (field, name) in named {
        if let Some(file) = parameters.files.remove(&name) {
            parameters.given.remove(&field);
            parameters.files.insert(field, file);
        }
    }
}

fn answer(outcome: &Outcome) -> Response<Body> {
    let status = StatusCode::from_u16(outcome.status).expect("a status");
    let body = Body::from(outcome.value.to_string());
    let response = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/json");
    response.body(body).expect("a response")
}

/// The connection ends in the middle of an answer.
fn cut() -> Response<Body> {
    let broken = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let stream = futures::stream::iter([Ok(json!({"ok": true}).to_string()), Err(broken)]);
    Response::new(Body::from_stream(stream))
}
