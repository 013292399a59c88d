//! teloxide's client: one call, one answer, and errors that can be told to anybody.
//!
//! Invariant: neither the token nor anything a person wrote is in an error. The address of every request holds the token, and
//! errors of the network like to repeat the address.

use std::{error::Error as _, sync::Arc, time::Duration};

use serde::{Serialize, Serializer};
use serde_json::Value;
use teloxide_core::{
    Bot, RequestError,
    net::default_reqwest_settings,
    payloads,
    requests::{JsonRequest, Payload, Requester},
    types::{ChatId, InputFile},
};

use exodus_app::Secret;

use crate::config::Config;

/// How long a call may take.
const CALL: Duration = Duration::from_secs(40);
/// Seconds that Telegram holds a request for updates open.
pub(crate) const HELD: u32 = 25;
/// How long such a request may take: some seconds more.
const POLL: Duration = Duration::from_secs(45);

/// Why a call did nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CallFailure {
    /// The chat can not be written to: the person blocked the bot, or is gone.
    #[error("the chat is gone")]
    Gone,
    /// To be tried again after so many seconds.
    #[error("asked to wait {0} s")]
    RetryAfter(u64),
    /// The group has another number now.
    #[error("the group has moved")]
    Moved(i64),
    /// It is so already.
    #[error("nothing was changed")]
    Unchanged,
    /// There is no such message any more, or it is too old to be changed.
    #[error("the message can not be edited")]
    CanNotEdit,
    /// The token is not good.
    #[error("Telegram does not know the token")]
    Token,
    /// Somebody else fetches updates, or a webhook is set.
    #[error("updates are fetched by somebody else")]
    Conflict,
    /// The server will never take this.
    #[error("{0}")]
    Refused(String),
    /// The network, or the server.
    #[error("{0}")]
    Trouble(String),
}

/// A bot's client. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Client {
    calls: Bot,
    polls: Bot,
    token: Arc<str>,
}

/// The client can not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct NoClient(String);

impl Client {
    pub(crate) fn new(config: &Config) -> Result<Self, NoClient> {
        let secret: &Secret = &config.token;
        let bot = |timeout| {
            let client = default_reqwest_settings().timeout(timeout).build();
            let client = client
                .map_err(|_| NoClient("no connection can be made: TLS can not be set up".to_owned()))?;
            let bot = Bot::with_client(secret.reveal(), client);
            match &config.api_url {
                None => Ok(bot),
                Some(url) => url::Url::parse(url.trim_end_matches('/'))
                    .ok()
                    .filter(|url| !url.cannot_be_a_base())
                    .map(|url| bot.set_api_url(url))
                    .ok_or_else(|| NoClient("the address of the Bot API server is none".to_owned())),
            }
        };
        Ok(Self {
            calls: bot(CALL)?,
            polls: bot(POLL)?,
            token: Arc::from(secret.reveal()),
        })
    }

    /// Calls a method; whatever it answers.
    pub(crate) async fn call<P>(&self, payload: P) -> Result<Value, CallFailure>
    where
        P: Payload + Serialize + Send + Sync + 'static,
    {
        let done = JsonRequest::new(self.calls.clone(), Raw(payload)).await;
        done.map_err(|error| self.failure(&error))
    }

    /// Updates from `offset` on, as they were sent; those before it are acknowledged by this.
    pub(crate) async fn updates(
        &self,
        offset: Option<i64>,
        allowed: &'static [&'static str],
    ) -> Result<Vec<Value>, CallFailure> {
        let payload = FetchUpdates {
            offset,
            limit: 100,
            timeout: HELD,
            allowed_updates: allowed,
        };
        let done = JsonRequest::new(self.polls.clone(), payload).await;
        done.map_err(|error| self.failure(&error))
    }

    /// Sends a picture.
    pub(crate) async fn photo(&self, chat: i64, name: String, bytes: Vec<u8>) -> Result<(), CallFailure> {
        let file = InputFile::memory(bytes).file_name(name);
        let done = self.calls.send_photo(ChatId(chat), file).await;
        self.sent(done.map(drop))
    }

    /// Sends a file.
    pub(crate) async fn document(&self, chat: i64, name: String, bytes: Vec<u8>) -> Result<(), CallFailure> {
        let file = InputFile::memory(bytes).file_name(name);
        let done = self.calls.send_document(ChatId(chat), file).await;
        self.sent(done.map(drop))
    }

    /// Whether it was sent. An answer that teloxide can not read is one all the same.
    fn sent(&self, done: Result<(), RequestError>) -> Result<(), CallFailure> {
        match done {
            Err(RequestError::InvalidJson { raw, .. }) if is_ok(&raw) => Ok(()),
            done => done.map_err(|error| self.failure(&error)),
        }
    }

    fn failure(&self, error: &RequestError) -> CallFailure {
        match error {
            RequestError::RetryAfter(seconds) => CallFailure::RetryAfter(u64::from(seconds.seconds())),
            RequestError::MigrateToChatId(chat) => CallFailure::Moved(chat.0),
            RequestError::Api(error) => of_words(&self.scrubbed(&error.to_string())),
            RequestError::Network(error) => {
                let kind = if error.is_timeout() {
                    "no answer in time"
                } else if error.is_connect() {
                    "no connection"
                } else {
                    "the connection broke"
                };
                let mut text = kind.to_owned();
                let mut cause = error.source();
                while let Some(next) = cause {
                    text = format!("{text}: {next}");
                    cause = next.source();
                }
                CallFailure::Trouble(self.scrubbed(&text))
            }
            RequestError::InvalidJson { .. } => {
                CallFailure::Trouble("the server answers what is no answer".to_owned())
            }
            RequestError::Io(_) => CallFailure::Trouble("a file could not be read".to_owned()),
        }
    }

    /// A text without the token.
    fn scrubbed(&self, text: &str) -> String {
        let text = text.replace(&*self.token, "…");
        let cut: String = text.chars().take(200).collect();
        cut
    }
}

/// Whether a server's words say that it did what was asked.
fn is_ok(raw: &str) -> bool {
    serde_json::from_str::<Value>(raw)
        .ok()
        .and_then(|answer| answer.get("ok")?.as_bool())
        == Some(true)
}

/// What the server's words mean.
fn of_words(words: &str) -> CallFailure {
    let says = |known: &[&str]| known.iter().any(|known| words.contains(known));
    if says(&["message is not modified"]) {
        CallFailure::Unchanged
    } else if says(&[
        "message to edit not found",
        "message can't be edited",
        "MESSAGE_ID_INVALID",
        "there is no text in the message to edit",
    ]) {
        CallFailure::CanNotEdit
    } else if words.starts_with("Forbidden")
        || says(&[
            "chat not found",
            "user not found",
            "bot was kicked",
            "bot can't initiate conversation",
            "bot can't send messages to bots",
            "PEER_ID_INVALID",
            "not enough rights to send",
            "CHAT_WRITE_FORBIDDEN",
        ])
    {
        CallFailure::Gone
    } else if words.starts_with("Conflict") {
        CallFailure::Conflict
    } else if words == "Invalid bot token" || words == "Unauthorized" || words == "Not Found" {
        CallFailure::Token
    } else if words.starts_with("Bad Request") {
        CallFailure::Refused(words.to_owned())
    } else if says(&[
        "Internal Server Error",
        "Bad Gateway",
        "Gateway",
        "Service Unavailable",
        "restart",
    ]) {
        CallFailure::Trouble(words.to_owned())
    } else {
        // teloxide's names for refusals do not say "Bad Request"; trying them again for ever helps nobody.
        CallFailure::Refused(words.to_owned())
    }
}

/// A method whose answer is taken as it is: servers add fields, and leave some out.
struct Raw<P>(P);

impl<P: Payload> Payload for Raw<P> {
    type Output = Value;
    const NAME: &'static str = P::NAME;
}

impl<P: Serialize> Serialize for Raw<P> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

/// `getUpdates`, with updates as they were sent.
#[derive(Serialize)]
struct FetchUpdates {
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    limit: u8,
    timeout: u32,
    allowed_updates: &'static [&'static str],
}

impl Payload for FetchUpdates {
    type Output = Vec<Value>;
    const NAME: &'static str = payloads::GetUpdates::NAME;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_server() {
        for (words, failure) in [
            ("Forbidden: bot was blocked by the user", CallFailure::Gone),
            ("Bad Request: chat not found", CallFailure::Gone),
            (
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
                CallFailure::Unchanged,
            ),
            ("Bad Request: message to edit not found", CallFailure::CanNotEdit),
            ("Invalid bot token", CallFailure::Token),
            (
                "Conflict: terminated by other getUpdates request",
                CallFailure::Conflict,
            ),
            (
                "Bad Request: message is too long",
                CallFailure::Refused("Bad Request: message is too long".to_owned()),
            ),
            ("Bad Gateway", CallFailure::Trouble("Bad Gateway".to_owned())),
        ] {
            assert_eq!(of_words(words), failure, "{words}");
        }
    }

    #[tokio::test]
    async fn no_error_shows_the_token() {
        let config = Config {
            token: Secret::new("42:very-secret"),
            api_url: Some("http://127.0.0.1:1".to_owned()),
            webhook: None,
        };
        let client = Client::new(&config).expect("a client");
        let failure = client
            .call(payloads::GetMe::new())
            .await
            .expect_err("nobody is there");
        let text = format!("{failure} {failure:?}");
        assert!(
            matches!(failure, CallFailure::Trouble(_)) && !text.contains("secret"),
            "{text}"
        );
        assert_eq!(
            client.scrubbed("http://x/bot42:very-secret/getMe"),
            "http://x/bot…/getMe"
        );
    }
}
