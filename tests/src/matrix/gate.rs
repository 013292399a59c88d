//! A gate before the homeserver: what the bot asks of it goes through here, is noted, and fares as a test wants it.
//!
//! Two doors: the outer one takes connections and can be shut, so that they are refused; the inner one passes requests on.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{Method, Request, Response, StatusCode, header},
};
use futures::stream;
use serde_json::{Value, json};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
    time::Instant,
};

use super::from_environment;

/// The longest body of a request or an answer, in bytes.
const LONGEST: usize = 64 << 20;

/// How a request fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fare {
    /// It is passed on and answered.
    Well,
    /// It is not passed on: asked again too soon, wait for so many milliseconds.
    Limited(u64),
    /// It is not passed on: the server is in trouble, with this status.
    Trouble(u16),
    /// It is passed on, and its answer is lost.
    Unheard,
}

/// A request that was asked of the homeserver.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// How.
    pub method: String,
    /// Of what: the path, without what follows a question mark.
    pub path: String,
    /// With what, if it was JSON.
    pub body: Value,
    /// What came of it; `None`: nobody heard.
    pub status: Option<u16>,
    /// How it fared.
    pub fare: Fare,
    /// When.
    pub at: Instant,
}

impl Asked {
    /// The room that something is sent to.
    #[must_use]
    pub fn sends_to(&self) -> Option<String> {
        let (room, what) = self.path.split_once("/rooms/")?.1.split_once('/')?;
        (what.starts_with("send/") || what.starts_with("redact/")).then(|| plain(room))
    }
}

type Weather = Box<dyn Fn(&Method, &str, usize) -> Fare + Send + Sync>;

/// What the homeserver told the bot, and what of it the bot has acknowledged by asking for what comes after.
#[derive(Default)]
struct Told {
    fresh: BTreeMap<String, Vec<String>>,
    filled: Vec<String>,
    acknowledged: BTreeSet<String>,
}

struct Inside {
    homeserver: String,
    client: reqwest::Client,
    asked: Mutex<Vec<Asked>>,
    weather: Mutex<Option<Weather>>,
    told: Mutex<Told>,
    under_way: AtomicUsize,
}

/// A gate.
pub struct Gate {
    inside: Arc<Inside>,
    outer: SocketAddr,
    inner: SocketAddr,
    serving: JoinHandle<()>,
    door: Mutex<Option<JoinHandle<()>>>,
}

impl Gate {
    /// An open one before the homeserver that `tests/run` started.
    ///
    /// # Panics
    /// When there is no homeserver.
    pub async fn open() -> Self {
        let inside = Arc::new(Inside {
            homeserver: from_environment("EXODUS_TEST_MATRIX"),
            client: reqwest::Client::new(),
            asked: Mutex::default(),
            weather: Mutex::default(),
            told: Mutex::default(),
            under_way: AtomicUsize::new(0),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let inner = listener.local_addr().expect("an address");
        let passing = Router::new().fallback(pass).with_state(Arc::clone(&inside));
        let serving = tokio::spawn(async move { axum::serve(listener, passing).await.expect("it serves") });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let outer = listener.local_addr().expect("an address");
        let door = Mutex::new(Some(tokio::spawn(let_in(listener, inner))));
        Self {
            inside,
            outer,
            inner,
            serving,
            door,
        }
    }

    /// Where the bot finds the homeserver.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.outer)
    }

    /// From now on every connection breaks, and none is taken.
    pub async fn shut(&self) {
        let door = lock(&self.door).take();
        if let Some(door) = door {
            door.abort();
            // It ends by being aborted, which is no news.
            drop(door.await);
        }
    }

    /// From now on connections are taken again.
    ///
    /// # Panics
    /// When somebody else took the port meanwhile.
    pub async fn reopen(&self) {
        let listener = TcpListener::bind(self.outer)
            .await
            .expect("the port is still ours");
        *lock(&self.door) = Some(tokio::spawn(let_in(listener, self.inner)));
    }

    /// From now on each request fares as this says, by its method, its path and how many were asked before.
    pub fn fare(&self, weather: impl Fn(&Method, &str, usize) -> Fare + Send + Sync + 'static) {
        *lock(&self.inside.weather) = Some(Box::new(weather));
    }

    /// From now on everything fares well.
    pub fn clear_up(&self) {
        *lock(&self.inside.weather) = None;
    }

    /// What was asked, in order, from one on; not the waiting for news.
    #[must_use]
    pub fn asked(&self, from: usize) -> Vec<Asked> {
        lock(&self.inside.asked).get(from..).unwrap_or_default().to_vec()
    }

    /// How much was asked.
    #[must_use]
    pub fn count(&self) -> usize {
        lock(&self.inside.asked).len()
    }

    /// Requests that are not answered yet; not the waiting for news.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.inside.under_way.load(Ordering::SeqCst)
    }

    /// Whether the bot was told of an event and has asked for what comes after it.
    #[must_use]
    pub fn acknowledged(&self, event: &str) -> bool {
        lock(&self.inside.told).acknowledged.contains(event)
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.serving.abort();
        if let Some(door) = lock(&self.door).take() {
            door.abort();
        }
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A part of a path without its `%21`.
fn plain(part: &str) -> String {
    let mut plain = Vec::new();
    let mut rest = part.as_bytes();
    while let Some((sign, after)) = rest.split_first() {
        let code = (*sign == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        plain.push(code.unwrap_or(*sign));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// The outer door. Whoever is inside when it is shut is thrown out.
async fn let_in(listener: TcpListener, inner: SocketAddr) {
    let mut inside = JoinSet::new();
    loop {
        let (mut from, _) = listener.accept().await.expect("connections are taken");
        inside.spawn(async move {
            if let Ok(mut to) = TcpStream::connect(inner).await {
                // A connection that breaks is what this is for.
                drop(copy_bidirectional(&mut from, &mut to).await);
            }
        });
        while inside.try_join_next().is_some() {}
    }
}

/// Counts a request while it is under way.
struct UnderWay(Arc<Inside>);

impl UnderWay {
    fn begin(inside: &Arc<Inside>) -> Self {
        inside.under_way.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(inside))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The inner door.
async fn pass(
    State(inside): State<Arc<Inside>>,
    request: Request<Body>,
) -> Result<Response<Body>, Infallible> {
    let (parts, body) = request.into_parts();
    let (method, path) = (parts.method, parts.uri.path().to_owned());
    let waits_for_news = path.ends_with("/sync");
    let _under_way = (!waits_for_news).then(|| UnderWay::begin(&inside));
    let Ok(body) = axum::body::to_bytes(body, LONGEST).await else {
        return Ok(said(
            502,
            &json!({"errcode": "M_UNKNOWN", "error": "the request broke off"}),
        ));
    };
    if waits_for_news {
        inside.acknowledge(parts.uri.query().unwrap_or_default());
    }
    let (fare, place) = inside.note(&method, &path, &body, waits_for_news);
    let answer = match fare {
        Fare::Limited(wait) => {
            let words =
                json!({"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": wait});
            said(429, &words)
        }
        Fare::Trouble(status) => said(
            status,
            &json!({"errcode": "M_UNKNOWN", "error": "Internal server error"}),
        ),
        Fare::Well | Fare::Unheard => {
            let url = format!("{}{}", inside.homeserver, parts.uri);
            let mut asking = inside.client.request(method, url).body(body);
            for name in [header::AUTHORIZATION, header::CONTENT_TYPE] {
                if let Some(value) = parts.headers.get(&name) {
                    asking = asking.header(name, value);
                }
            }
            let answer = match asking.send().await {
                Ok(answer) => {
                    let (status, kind) = (
                        answer.status(),
                        answer.headers().get(header::CONTENT_TYPE).cloned(),
                    );
                    answer.bytes().await.map(|bytes| (status, kind, bytes))
                }
                Err(trouble) => Err(trouble),
            };
            match answer {
                Ok((status, kind, bytes)) => {
                    if status.is_success() && (waits_for_news || path.ends_with("/messages")) {
                        inside.tell(&bytes);
                    }
                    let mut response = Response::new(Body::from(bytes));
                    *response.status_mut() = status;
                    if let Some(kind) = kind {
                        response.headers_mut().insert(header::CONTENT_TYPE, kind);
                    }
                    response
                }
                Err(trouble) => said(
                    502,
                    &json!({"errcode": "M_UNKNOWN", "error": trouble.to_string()}),
                ),
            }
        }
    };
    if let Some(place) = place {
        lock(&inside.asked)[place].status = Some(answer.status().as_u16()).filter(|_| fare != Fare::Unheard);
    }
    Ok(if fare == Fare::Unheard { broken() } else { answer })
}

fn said(status: u16, words: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(words.to_string()));
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    let json = header::HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

/// An answer whose connection breaks before it is whole.
fn broken() -> Response<Body> {
    let pieces = [
        Ok(Bytes::from_static(b"{")),
        Err(std::io::Error::other("the connection breaks")),
    ];
    Response::new(Body::from_stream(stream::iter(pieces)))
}

impl Inside {
    /// Notes what is asked; how it fares, and its place among all that was asked.
    fn note(&self, method: &Method, path: &str, body: &Bytes, waits_for_news: bool) -> (Fare, Option<usize>) {
        let mut asked = lock(&self.asked);
        let fare = lock(&self.weather)
            .as_ref()
            .map_or(Fare::Well, |weather| weather(method, path, asked.len()));
        if waits_for_news {
            return (fare, None);
        }
        asked.push(Asked {
            method: method.to_string(),
            path: path.to_owned(),
            body: serde_json::from_slice(body).unwrap_or_default(),
            status: None,
            fare,
            at: Instant::now(),
        });
        (fare, Some(asked.len() - 1))
    }

    /// The bot asks for what comes after something it was told.
    fn acknowledge(&self, query: &str) {
        let since = query.split('&').find_map(|pair| pair.strip_prefix("since="));
        let mut told = lock(&self.told);
        let filled = std::mem::take(&mut told.filled);
        let fresh = since.and_then(|since| told.fresh.remove(&plain(since)));
        told.acknowledged.extend(filled);
        told.acknowledged.extend(fresh.into_iter().flatten());
    }

    fn tell(&self, answer: &[u8]) {
        let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
        let mut told = lock(&self.told);
        let ids = |events: &Value| {
            let events = events.as_array().map(Vec::as_slice).unwrap_or_default();
            events
                .iter()
                .filter_map(|event| event["event_id"].as_str())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        match answer["next_batch"].as_str() {
            Some(next) => {
                let rooms = ["join", "leave"].map(|kind| answer["rooms"][kind].as_object());
                let rooms = rooms.into_iter().flatten().flat_map(|rooms| rooms.values());
                let mut all: Vec<String> = rooms.flat_map(|room| ids(&room["timeline"]["events"])).collect();
                let invited = answer["rooms"]["invite"].as_object();
                all.extend(invited.into_iter().flat_map(|rooms| rooms.keys().cloned()));
                told.fresh.entry(next.to_owned()).or_default().extend(all);
            }
            None => told.filled.extend(ids(&answer["chunk"])),
        }
    }
}
