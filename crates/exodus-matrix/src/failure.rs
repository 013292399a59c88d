//! What went wrong, told without anybody's words, names or tokens: errors of the network like to repeat addresses, and those of
//! the encryption name people.

use std::time::Duration;

use exodus_app::SendFailure;
use matrix_sdk::{
    HttpError,
    ruma::api::error::{ErrorKind, RetryAfter},
};

/// Why the bot does not run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Something about the configuration.
    #[error("{0}")]
    Configuration(String),
    /// The homeserver does not take the password or the token.
    #[error("the homeserver does not let the bot in: {0}")]
    Login(String),
    /// The session has ended: the device was removed, or logged out.
    #[error(
        "the homeserver does not know the bot's session any more; to begin a new one, move the directory {0} away \
         and keep its file recovery-key"
    )]
    Session(String),
    /// The directory can not be used.
    #[error("{0}")]
    Store(String),
}

/// Why a call did nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CallFailure {
    /// To be tried again after so long.
    #[error("asked to wait {} ms", .0.as_millis())]
    RetryAfter(Duration),
    /// The room can not be written to.
    #[error("the room is closed to us")]
    Closed,
    /// There is one of that name already.
    #[error("the name is taken")]
    Taken,
    /// The session is not good any more.
    #[error("the session is not known")]
    Session,
    /// The server will never take this.
    #[error("{0}")]
    Refused(String),
    /// The network, the server, the store.
    #[error("{0}")]
    Trouble(String),
}

impl From<&HttpError> for CallFailure {
    fn from(error: &HttpError) -> Self {
        if let Some(kind) = error.client_api_error_kind() {
            return of_kind(kind);
        }
        Self::Trouble(match error {
            HttpError::Reqwest(error) if error.is_timeout() => "no answer in time".to_owned(),
            HttpError::Reqwest(error) if error.is_connect() => "no connection".to_owned(),
            HttpError::Reqwest(_) => "the connection broke".to_owned(),
            HttpError::Api(_)
            | HttpError::IntoHttp(_)
            | HttpError::RefreshToken(_)
            | HttpError::Cached(_) => "the server answers what is no answer".to_owned(),
        })
    }
}

impl From<HttpError> for CallFailure {
    fn from(error: HttpError) -> Self {
        Self::from(&error)
    }
}

impl From<matrix_sdk::Error> for CallFailure {
    fn from(error: matrix_sdk::Error) -> Self {
        #[expect(clippy::wildcard_enum_match_arm, reason = "the list of errors is not closed")]
        match &error {
            matrix_sdk::Error::Http(error) => Self::from(&**error),
            matrix_sdk::Error::WrongRoomState(_) => Self::Closed,
            matrix_sdk::Error::CryptoStoreError(_)
            | matrix_sdk::Error::StateStore(_)
            | matrix_sdk::Error::Io(_) => Self::Trouble("the store of keys can not be used".to_owned()),
            matrix_sdk::Error::OlmError(_) | matrix_sdk::Error::MegolmError(_) => {
                Self::Trouble("it could not be encrypted".to_owned())
            }
            _ => Self::Trouble("the client could not do it".to_owned()),
        }
    }
}

/// What a server's error code means.
#[expect(clippy::wildcard_enum_match_arm, reason = "the list of codes is not closed")]
fn of_kind(kind: &ErrorKind) -> CallFailure {
    match kind {
        ErrorKind::LimitExceeded(data) => CallFailure::RetryAfter(match &data.retry_after {
            Some(RetryAfter::Delay(delay)) => *delay,
            Some(RetryAfter::DateTime(_)) | None => Duration::from_secs(5),
        }),
        ErrorKind::Forbidden | ErrorKind::NotFound | ErrorKind::GuestAccessForbidden => CallFailure::Closed,
        ErrorKind::UnknownToken(_) | ErrorKind::MissingToken | ErrorKind::UserDeactivated => {
            CallFailure::Session
        }
        ErrorKind::RoomInUse => CallFailure::Taken,
        ErrorKind::TooLarge
        | ErrorKind::BadJson
        | ErrorKind::NotJson
        | ErrorKind::InvalidParam
        | ErrorKind::DuplicateAnnotation => CallFailure::Refused(kind.errcode().to_string()),
        _ => CallFailure::Trouble(kind.errcode().to_string()),
    }
}

impl From<CallFailure> for SendFailure {
    fn from(failure: CallFailure) -> Self {
        match failure {
            CallFailure::RetryAfter(wait) => Self::RetryAfter(wait.as_secs().saturating_add(1)),
            CallFailure::Closed => Self::Gone,
            CallFailure::Refused(why) => Self::Refused(why),
            CallFailure::Taken | CallFailure::Session | CallFailure::Trouble(_) => {
                Self::Trouble(failure.to_string())
            }
        }
    }
}
