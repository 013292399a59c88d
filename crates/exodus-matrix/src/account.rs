//! The account: its session, restored or begun once, and its own identity, which signs its device so that others see it as
//! verified.
//!
//! The SDK's token of the last sync is taken away before the session is restored: what was received then but not kept by us
//! has to be received again.

use std::{path::Path, time::Duration};

use matrix_sdk::{
    AuthSession, Client, SessionMeta, SessionTokens, SqliteStoreConfig,
    authentication::matrix::MatrixSession,
    config::RequestConfig,
    encryption::{BackupDownloadStrategy, EncryptionSettings, recovery::RecoveryState},
    ruma::{OwnedDeviceId, UserId, api::client::uiaa},
    store::StateStoreDataKey,
};
use matrix_sdk_crypto::{CollectStrategy, DecryptionSettings, TrustRequirement};

use crate::{
    config::{Config, Login, Trust},
    failure::{CallFailure, Failure},
    home::{Home, Session},
};

/// How long a call may take.
const CALL: Duration = Duration::from_secs(30);
/// What the device is called, for whoever looks at the account's sessions.
const NAME: &str = "Exodus";

/// Why the account could not be opened.
pub(crate) enum Obstacle {
    /// For good.
    Final(Failure),
    /// To be tried again.
    Passing(CallFailure),
}

impl From<Failure> for Obstacle {
    fn from(failure: Failure) -> Self {
        Self::Final(failure)
    }
}

impl From<matrix_sdk::HttpError> for Obstacle {
    fn from(error: matrix_sdk::HttpError) -> Self {
        Self::Passing(error.into())
    }
}

impl From<matrix_sdk::Error> for Obstacle {
    fn from(error: matrix_sdk::Error) -> Self {
        Self::Passing(error.into())
    }
}

/// Opens the account: with the session that is kept, else with a new one.
pub(crate) async fn open(config: &Config, home: &Home) -> Result<Client, Obstacle> {
    let client = client(config, home).await?;
    let session = home.session()?;
    let stale = client
        .state_store()
        .remove_kv_data(StateStoreDataKey::SyncToken)
        .await;
    stale.map_err(|_| Failure::Store(format!("the store in {} can not be written", home.name())))?;
    if let (Some(user), Some(token)) = (&session.user, &session.token) {
        return restored(client, home, user, &session, token).await;
    }
    match &config.login {
        Login::Password { user, password } => {
            let login = client
                .matrix_auth()
                .login_username(user, password.reveal())
                .device_id(&session.device)
                .initial_device_display_name(NAME);
            let begun = login.send().await.map_err(refused)?;
            home.keep_session(&Session {
                device: begun.device_id.to_string(),
                user: Some(begun.user_id.to_string()),
                token: Some(begun.access_token),
            })?;
            Ok(client)
        }
        Login::Token(token) => {
            let (user, device) = owner(config, token.reveal()).await?;
            let session = Session {
                device: device.to_string(),
                user: Some(user.clone()),
                token: Some(token.reveal().to_owned()),
            };
            home.keep_session(&session)?;
            restored(client, home, &user, &session, token.reveal()).await
        }
    }
}

async fn client(config: &Config, home: &Home) -> Result<Client, Obstacle> {
    let store = SqliteStoreConfig::new(home.store()).key(Some(&home.key()?));
    let (share, believe) = match config.trust {
        Trust::Identity => (
            CollectStrategy::IdentityBasedStrategy,
            TrustRequirement::CrossSignedOrLegacy,
        ),
        Trust::Devices => (CollectStrategy::AllDevices, TrustRequirement::Untrusted),
    };
    let built = Client::builder()
        .homeserver_url(&config.homeserver)
        .sqlite_store_with_config_and_cache_path(store, None::<&Path>)
        .request_config(RequestConfig::new().disable_retry().timeout(CALL))
        .with_encryption_settings(EncryptionSettings {
            auto_enable_cross_signing: false,
            auto_enable_backups: false,
            backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
        })
        .with_room_key_recipient_strategy(share)
        .with_decryption_settings(DecryptionSettings {
            sender_device_trust_requirement: believe,
        })
        .build()
        .await;
    #[expect(clippy::wildcard_enum_match_arm, reason = "the list of errors is not closed")]
    built.map_err(|error| match error {
        matrix_sdk::ClientBuildError::Url(_) => {
            Failure::Configuration("the homeserver's address is none".to_owned()).into()
        }
        matrix_sdk::ClientBuildError::SqliteStore(_) => Failure::Store(format!(
            "the store in {} can not be opened; is the file key the one it was made with?",
            home.name()
        ))
        .into(),
        matrix_sdk::ClientBuildError::Http(error) => Obstacle::from(error),
        _ => Failure::Configuration("no client can be made".to_owned()).into(),
    })
}

async fn restored(
    client: Client,
    home: &Home,
    user: &str,
    session: &Session,
    token: &str,
) -> Result<Client, Obstacle> {
    let user_id = UserId::parse(user)
        .map_err(|_| Failure::Store(format!("the session in {} can not be read", home.name())))?;
    let session = AuthSession::Matrix(MatrixSession {
        meta: SessionMeta {
            user_id,
            device_id: OwnedDeviceId::from(session.device.as_str()),
        },
        tokens: SessionTokens {
            access_token: token.to_owned(),
            refresh_token: None,
        },
    });
    client.restore_session(session).await?;
    match client.whoami().await.map_err(CallFailure::from) {
        Ok(_) => Ok(client),
        Err(CallFailure::Session) => Err(Failure::Session(home.name()).into()),
        Err(failure) => Err(Obstacle::Passing(failure)),
    }
}

/// Whose a token is.
async fn owner(config: &Config, token: &str) -> Result<(String, OwnedDeviceId), Obstacle> {
    let address = format!(
        "{}/_matrix/client/v3/account/whoami",
        config.homeserver.trim_end_matches('/')
    );
    let request = matrix_sdk::reqwest::Client::new()
        .get(address)
        .timeout(CALL)
        .bearer_auth(token);
    let trouble = |what: &str| Obstacle::Passing(CallFailure::Trouble(what.to_owned()));
    let answer = request.send().await.map_err(|_| trouble("no connection"))?;
    if answer.status().as_u16() == 401 {
        return Err(Failure::Login("the access token is not known".to_owned()).into());
    }
    let text = answer.text().await.map_err(|_| trouble("the connection broke"))?;
    let said: serde_json::Value =
        serde_json::from_str(&text).map_err(|_| trouble("the server answers what is no answer"))?;
    let part = |name: &str| said.get(name).and_then(serde_json::Value::as_str);
    match (part("user_id"), part("device_id")) {
        (Some(user), Some(device)) => Ok((user.to_owned(), OwnedDeviceId::from(device))),
        (Some(_), None) => Err(Failure::Login("the access token belongs to no device".to_owned()).into()),
        (None, _) => Err(trouble("the server answers what is no answer")),
    }
}

/// A password that is not taken is not tried again.
fn refused(error: matrix_sdk::Error) -> Obstacle {
    match CallFailure::from(error) {
        CallFailure::Closed => Failure::Login("name or password are not right".to_owned()).into(),
        CallFailure::Session => Failure::Login("the account is closed".to_owned()).into(),
        CallFailure::Refused(why) => Failure::Login(why).into(),
        failure @ (CallFailure::RetryAfter(_) | CallFailure::Taken | CallFailure::Trouble(_)) => {
            Obstacle::Passing(failure)
        }
    }
}

/// Sees to it that the device is signed by the bot's own identity and that the key to that is kept. Needs to have synced.
pub(crate) async fn secure(client: &Client, config: &Config, home: &Home) -> Result<(), Unsigned> {
    let encryption = client.encryption();
    encryption.wait_for_e2ee_initialization_tasks().await;
    let recovery = encryption.recovery();
    let whole = || async {
        let status = encryption.cross_signing_status().await;
        status.is_some_and(|status| status.is_complete())
    };
    if let Some(key) = home.recovery_key()? {
        if !whole().await || recovery.state() == RecoveryState::Incomplete {
            recovery.recover(&key).await.map_err(|_| Unsigned::WrongKey)?;
        }
        return Ok(());
    }
    bootstrap(client, config).await?;
    if !whole().await {
        return Err(Unsigned::NoKey(home.name()));
    }
    let key = match recovery.state() {
        RecoveryState::Unknown | RecoveryState::Disabled => recovery.enable().await,
        RecoveryState::Enabled | RecoveryState::Incomplete => recovery.reset_key().await,
    };
    let key = key.map_err(|_| Unsigned::NoRecovery)?;
    home.keep_recovery_key(&key)?;
    tracing::info!("the bot has an identity of its own now; its key is kept in the file recovery-key");
    Ok(())
}

/// Makes the identity if the account has none.
async fn bootstrap(client: &Client, config: &Config) -> Result<(), Unsigned> {
    let encryption = client.encryption();
    let Err(error) = encryption.bootstrap_cross_signing_if_needed(None).await else {
        return Ok(());
    };
    let Some(asked) = error.as_uiaa_response() else {
        return Err(Unsigned::Call(error.into()));
    };
    let Login::Password { password, .. } = &config.login else {
        return Err(Unsigned::NeedsPassword);
    };
    let user = client.user_id().map(ToString::to_string).unwrap_or_default();
    let identifier = uiaa::UserIdentifier::Matrix(uiaa::MatrixUserIdentifier::new(user));
    let mut answer = uiaa::Password::new(identifier, password.reveal().to_owned());
    answer.session = asked.session.clone();
    let done = encryption
        .bootstrap_cross_signing(Some(uiaa::AuthData::Password(answer)))
        .await;
    done.map_err(|error| Unsigned::Call(error.into()))
}

/// Why the device is not signed. The bot runs all the same, and others see it as not verified.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unsigned {
    #[error("the key in the file recovery-key does not open the bot's identity")]
    WrongKey,
    #[error("the account has an identity already: put its recovery key into the file recovery-key in {0}")]
    NoKey(String),
    #[error("the key to the bot's identity could not be kept on the server")]
    NoRecovery,
    #[error("the homeserver asks for the password to make the bot's identity; give it once")]
    NeedsPassword,
    #[error("{0}")]
    Call(CallFailure),
    #[error(transparent)]
    Home(#[from] Failure),
}
