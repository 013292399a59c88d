//! How fast Telegram may be written to: about 30 messages a second in all, one a second in a chat, 20 a minute in a group. It
//! says itself when that was too much, for that chat. In a private chat an edit is not counted as a message: whoever taps is
//! answered at once.

use std::time::Duration;

use exodus_app::Tempo;

/// A little less than what Telegram takes.
pub(crate) const TEMPO: Tempo = Tempo {
    overall: Duration::from_millis(40),
    chat: Duration::from_secs(1),
    edit: Duration::from_millis(300),
    group_messages: 15,
    group_time: Duration::from_secs(60),
};

/// Groups have negative numbers.
pub(crate) const fn is_group(chat: &i64) -> bool {
    *chat < 0
}
