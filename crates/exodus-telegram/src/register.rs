//! What Telegram shows of the bot before anybody has said a word: its commands and descriptions, in every language.

use std::time::Duration;

use exodus_i18n::{Lang, Text, Voice};
use exodus_ui::SLASH_COMMANDS;
use teloxide_core::{
    payloads::{
        SetMyCommands, SetMyCommandsSetters as _, SetMyDescription, SetMyDescriptionSetters as _,
        SetMyShortDescription, SetMyShortDescriptionSetters as _,
    },
    types::{BotCommand, BotCommandScope},
};
use tokio::time::sleep;

use crate::client::{CallFailure, Client};

/// The longest description of a command, in characters.
const COMMAND: usize = 256;
/// The longest description.
const DESCRIPTION: usize = 512;
/// The longest short description.
const SHORT: usize = 120;
/// Tries, before it is left to the next start.
const TRIES: u32 = 5;

/// What is said of the bot in a language.
struct Card {
    /// `None`: for everybody whose language is not spoken.
    language: Option<&'static str>,
    commands: Vec<BotCommand>,
    group_commands: Vec<BotCommand>,
    description: String,
    short: String,
}

/// What is said in each language, and first in the community's, where Telegram knows of no language of ours.
fn cards(community: Lang) -> impl Iterator<Item = Card> {
    let languages = Lang::all().map(|lang| (Some(lang.tag()), lang));
    std::iter::once((None, community))
        .chain(languages)
        .map(|(language, lang)| {
            let voice = Voice::new(lang);
            let say = |id: &'static str, longest: usize| -> String {
                voice
                    .say(&Text::new(id))
                    .to_string()
                    .chars()
                    .take(longest)
                    .collect()
            };
            let commands = SLASH_COMMANDS
                .iter()
                .map(|command| BotCommand::new(command.name, say(command.about, COMMAND)));
            Card {
                language,
                commands: commands.collect(),
                group_commands: vec![
                    BotCommand::new("connect", say("telegram-cmd-connect", COMMAND)),
                    BotCommand::new("help", say("cmd-help", COMMAND)),
                ],
                description: say("telegram-description", DESCRIPTION),
                short: say("telegram-short-description", SHORT),
            }
        })
}

/// Registers everything. What can not be registered is tried again some times, and then at the next start.
pub(crate) async fn register(client: &Client, community: Lang) {
    for card in cards(community) {
        for scope in [
            BotCommandScope::AllPrivateChats,
            BotCommandScope::Default,
            BotCommandScope::AllGroupChats,
        ] {
            let group = scope == BotCommandScope::AllGroupChats;
            let list = if group {
                &card.group_commands
            } else {
                &card.commands
            };
            let mut commands = SetMyCommands::new(list.clone()).scope(scope);
            if let Some(language) = card.language {
                commands = commands.language_code(language);
            }
            surely(|| client.call(commands.clone())).await;
        }
        let mut long = SetMyDescription::new().description(card.description);
        let mut short = SetMyShortDescription::new().short_description(card.short);
        if let Some(language) = card.language {
            long = long.language_code(language);
            short = short.language_code(language);
        }
        surely(|| client.call(long.clone())).await;
        surely(|| client.call(short.clone())).await;
    }
}

async fn surely<T, F: Future<Output = Result<T, CallFailure>>>(call: impl Fn() -> F) {
    for attempt in 0..TRIES {
        let pause = match call().await {
            Ok(_) => return,
            Err(CallFailure::RetryAfter(seconds)) => Duration::from_secs(seconds),
            Err(CallFailure::Trouble(_)) => Duration::from_secs(1_u64 << attempt.min(5)),
            Err(failure) => {
                tracing::warn!(%failure, "Telegram does not take what is said of the bot");
                return;
            }
        };
        sleep(pause).await;
    }
    tracing::warn!("what is said of the bot could not be registered; the next start tries again");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_fits() {
        let count = cards(Lang::EN).count();
        assert_eq!(count, Lang::all().count() + 1);
        for card in cards(Lang::EN) {
            assert!(card.commands.len() <= 100);
            for command in card.commands.iter().chain(&card.group_commands) {
                assert!((3..COMMAND).contains(&command.description.chars().count()));
                assert!(command.command.len() <= 32);
            }
            // Cut to size would be a sentence that ends in the middle.
            assert!((1..DESCRIPTION).contains(&card.description.chars().count()));
            assert!((1..SHORT).contains(&card.short.chars().count()), "{}", card.short);
        }
    }
}
