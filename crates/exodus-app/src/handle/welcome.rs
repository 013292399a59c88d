//! First contact: who speaks for the first time is registered, and is shown what their first words were about.

use exodus_core::{Actor, Command};
use exodus_i18n::{Text, read};
use exodus_store::{InboxId, Person, Personal, Trouble, Whose, Work};
use exodus_ui::{Act, Deed, Heard, Hearing, Route, Said, hear};

use super::NAME;
use crate::{App, FrontEnd, Reply, Update, app::command_id, code, conversation::Conversation, shared};

/// What somebody's first words bring along.
enum Brought {
    Nothing,
    /// The code of an invitation (N4).
    Code(String),
    /// The invitation to connect a group.
    Group(u128),
    /// Something that is no code.
    Nonsense,
}

impl App {
    /// Registers whoever speaks for the first time (M2), by a link if they followed one (N4).
    pub(super) async fn welcome(
        &self,
        inbox: InboxId,
        update: &Update,
        front: &FrontEnd,
    ) -> Result<Reply, Trouble> {
        let lang = self.guess_language(update.language.as_deref());
        let brought = self.brought(&update.said);
        let via = match &brought {
            Brought::Code(code) => self.store.link_by_token_hash(&code::hash(code)).await?,
            Brought::Nothing | Brought::Group(_) | Brought::Nonsense => None,
        };
        let name = read::person_text(&update.name, NAME).unwrap_or_else(|_| update.account.address.clone());
        let person = Person {
            name,
            language: lang.tag().to_owned(),
            ..Person::default()
        };
        let id = command_id(&[
            "register",
            &update.account.platform,
            &update.account.address,
            &update.key,
        ]);
        let mut work = Work::new(id, Actor::Newcomer, Command::Register { via });
        work.personal.push(Personal::SetPerson {
            whose: Whose::Registered,
            person,
        });
        work.personal.push(Personal::AddAccount {
            whose: Whose::Registered,
            account: update.account.clone(),
        });
        work.inbox = Some(inbox);
        work.session = Some((update.account.clone(), Conversation::at(Route::Welcome).to_kept()));
        // Registered by another update meanwhile: then this one is only answered, and not finished yet.
        match self.store.transact(work).await {
            Ok(_) | Err(Trouble::AccountTaken(_)) => {}
            Err(trouble) => return Err(trouble),
        }
        let account = self.store.account(&update.account).await?;
        let account =
            account.ok_or_else(|| Trouble::Fault("a registered account is not there".to_owned()))?;
        let mut turn = self.begin(inbox, update, front, &account).await?;
        match brought {
            Brought::Nothing => {}
            Brought::Group(invitation) => turn.conversation.go(Route::Connect { invitation }),
            // The same word for what never was, what is over and what is used up (N4); better is said below.
            Brought::Code(_) | Brought::Nonsense => turn.answer = Some(Text::new("welcome-by-nothing")),
        }
        if let Some(link) = via {
            let ledger = self
                .store
                .load(&exodus_core::Scope {
                    links: [link].into(),
                    ..Default::default()
                })
                .await?;
            let card = ledger.link(link).map(|link| Route::Card { member: link.about });
            let scene = self
                .scene(&turn.reader, card.as_ref().unwrap_or(&Route::Welcome))
                .await?;
            let seen = |member| exodus_core::view::sight(&scene.ledger, scene.viewer, member).card();
            if let Some(Route::Card { member }) =
                card.filter(|card| matches!(card, Route::Card { member } if seen(*member)))
            {
                turn.answer = Some(Text::new("welcome-by-link"));
                turn.conversation.go(Route::Card { member });
            }
        }
        self.answer(turn).await
    }

    /// What somebody's first words bring along, in whatever way they say it.
    fn brought(&self, said: &Said) -> Brought {
        if let Said::Start(Some(token)) = said
            && let Some(invitation) = shared::read_invitation(token)
        {
            return Brought::Group(invitation);
        }
        let heard = hear(&Hearing {
            said,
            menu: None,
            draft: None,
            unit: &self.settings.community.unit,
            policy: self.store.policy(),
            today: self.store.policy().date(self.store.now()),
        });
        match (heard, said) {
            (Heard::Act(Act::Do(Deed::FollowCode(code))), _) => Brought::Code(code),
            (Heard::Wrong(_) | Heard::NotUnderstood, Said::Start(Some(_))) => Brought::Nonsense,
            _ => Brought::Nothing,
        }
    }
}
