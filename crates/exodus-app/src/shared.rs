//! Chats that others read too: the way to the private chat, and nothing private, ever.

use exodus_i18n::{Lang, Text, Voice};
use exodus_store::{Queued, Trouble};

use crate::{
    App, SendFailure,
    inbound::{Inbound, Post, Shared, SharedEvent},
};

impl App {
    /// Something happened in a shared chat.
    pub(crate) async fn in_shared(
        &self,
        shared: &Shared,
        front: &dyn Inbound,
        queued: &Queued,
    ) -> Result<(), Trouble> {
        let platform = front.front_end().platform;
        let post = match &shared.what {
            SharedEvent::Left => return self.store.drop_followers(platform, &shared.chat, None).await,
            SharedEvent::Moved { to } => {
                return self.store.move_followers(platform, &shared.chat, to).await;
            }
            SharedEvent::Joined { language } => say(language.as_deref(), "shared-joined", "shared-way"),
            SharedEvent::Anonymous { language } => say(language.as_deref(), "shared-anonymous", "shared-way"),
            SharedEvent::Command { language, .. } => say(language.as_deref(), "shared-command", "shared-way"),
        };
        match front.post(&shared.chat, None, &post).await {
            Ok(_) => {}
            Err(SendFailure::Gone) => self.store.drop_followers(platform, &shared.chat, None).await?,
            // A word in a group is not worth waiting for: whoever asked asks again.
            Err(failure) => {
                tracing::warn!(update = queued.id.0, %failure, "a shared chat could not be answered");
            }
        }
        Ok(())
    }
}

fn say(language: Option<&str>, words: &'static str, way: &'static str) -> Post {
    let voice = Voice::new(language.map_or_else(Lang::default, Lang::guess));
    Post {
        paragraphs: vec![voice.say(&Text::new(words))],
        ways: vec![(voice.say(&Text::new(way)), String::new())],
    }
}
