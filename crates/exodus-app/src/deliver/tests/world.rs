//! An application over a store in memory or in a file, people in it, and a front end that keeps what it is given.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use exodus_core::{Actor, Amount, AppealId, Command, CommandId, Fact, Form, LinkId, MemberId, Timestamp};
use exodus_i18n::Unit;
use exodus_store::{AccountKey, Done, ManualClock, Options, Person, Personal, Random, Store, Whose, Work};
use exodus_ui::Capabilities;

use crate::{App, Community, FrontEnd, Limits, Outbound, Reply, SendFailure, Settings};

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) clock: Arc<ManualClock>,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::at(":memory:").await
    }

    pub(crate) async fn in_file(path: &Path) -> Self {
        Self::at(&path.display().to_string()).await
    }

    async fn at(url: &str) -> Self {
        // 2026-11-03, noon.
        let clock = Arc::new(ManualClock::new(Timestamp::from_seconds(1_793_707_200)));
        let mut options = Options::new(url);
        options.clock = clock.clone();
        options.random = Random::seeded(1);
        let community = Community {
            unit: Unit::default(),
            currencies: Vec::new(),
            support: None,
            source: String::new(),
        };
        let settings = Settings {
            community,
            language: exodus_i18n::Lang::EN,
            rates: Vec::new(),
            limits: Limits::default(),
            link_key: None,
        };
        Self {
            app: App::new(Store::open(&options).await.unwrap(), settings),
            clock,
        }
    }

    pub(crate) async fn say(&self, by: Actor, command: Command, personal: Vec<Personal>) -> Done {
        let work = Work {
            personal,
            ..Work::new(CommandId(Random::system().number()), by, command.clone())
        };
        let done = self.app.store().transact(work).await.unwrap();
        assert_eq!(done.refusal, None, "{command:?}");
        done
    }

    pub(crate) async fn does(&self, by: MemberId, command: Command) -> Done {
        self.say(Actor::Member(by), command, Vec::new()).await
    }

    pub(crate) async fn member(&self, name: &str, via: Option<LinkId>) -> MemberId {
        let person = Person {
            name: name.to_owned(),
            language: "en".to_owned(),
            ..Person::default()
        };
        let (whose, account) = (Whose::Registered, AccountKey::new("test", name));
        let personal = vec![
            Personal::SetPerson { whose, person },
            Personal::AddAccount { whose, account },
        ];
        let done = self
            .say(Actor::Newcomer, Command::Register { via }, personal)
            .await;
        found(&done, |fact| {
            if let Fact::Registered { member, .. } = fact {
                Some(*member)
            } else {
                None
            }
        })
    }

    pub(crate) async fn link(&self, about: MemberId) -> LinkId {
        let command = Command::MakeLink {
            about,
            max_uses: None,
            expires: None,
        };
        let done = self.does(about, command).await;
        found(&done, |fact| {
            if let Fact::LinkMade { link, .. } = fact {
                Some(*link)
            } else {
                None
            }
        })
    }

    pub(crate) async fn asks(&self, by: MemberId) -> AppealId {
        let command = Command::AskMonthly {
            target: Amount::from_minor(30_000),
            purpose: None,
            findable: false,
        };
        self.does(by, command).await;
        self.appeal_of(by).await
    }

    pub(crate) async fn appeal_of(&self, member: MemberId) -> AppealId {
        let ledger = self.app.store().load_all().await.unwrap();
        ledger.current_appeal(member).unwrap().id
    }

    pub(crate) async fn intends(&self, by: MemberId, appeal: AppealId, minor: u64) {
        let command = Command::Intend {
            appeal,
            amount: Amount::from_minor(minor),
            form: Form::Money,
            note: None,
        };
        self.does(by, command).await;
    }
}

fn found<T>(done: &Done, of: impl Fn(&Fact) -> Option<T>) -> T {
    done.events.iter().find_map(|(_, event)| of(&event.fact)).unwrap()
}

/// What the next messages meet with.
#[derive(Default)]
struct Weather {
    sent: Vec<(String, u64)>,
    words: Vec<(String, String)>,
    breaks_at: Option<String>,
    gone: Option<String>,
    meanwhile: Option<(Store, AccountKey, String)>,
}

/// A front end that keeps to whom it sent which letter.
pub(crate) struct Front {
    platform: &'static str,
    weather: Mutex<Weather>,
}

impl Front {
    pub(crate) fn of(platform: &'static str) -> Arc<Self> {
        Arc::new(Self {
            platform,
            weather: Mutex::default(),
        })
    }

    pub(crate) fn empty(&self) -> Vec<(String, u64)> {
        std::mem::take(&mut self.weather.lock().unwrap().sent)
    }

    /// What the messages to an address said since the last look at them.
    pub(crate) fn words_to(&self, address: &str) -> Vec<String> {
        let sent = std::mem::take(&mut self.weather.lock().unwrap().words);
        let theirs = sent.into_iter().filter(|(to, _)| to == address);
        theirs.map(|(_, words)| words).collect()
    }

    /// A message to this address is a fault of the program's from now on.
    pub(crate) fn breaks_at(&self, address: Option<&str>) {
        self.weather.lock().unwrap().breaks_at = address.map(ToOwned::to_owned);
    }

    /// This account blocked the bot.
    pub(crate) fn is_gone(&self, address: Option<&str>) {
        self.weather.lock().unwrap().gone = address.map(ToOwned::to_owned);
    }

    /// While the next message is under way, somebody's conversation moves on.
    pub(crate) fn meanwhile(&self, store: Store, account: AccountKey, session: String) {
        self.weather.lock().unwrap().meanwhile = Some((store, account, session));
    }
}

#[async_trait]
impl Outbound for Front {
    fn front_end(&self) -> FrontEnd {
        FrontEnd {
            platform: self.platform,
            can: Capabilities {
                buttons: true,
                numbers: true,
                edits: true,
                files: true,
                pictures: true,
                page: 10,
                max_chars: 4_000,
                colour: false,
            },
        }
    }

    async fn send(&self, to: &AccountKey, letter: u64, reply: &Reply) -> Result<(), SendFailure> {
        let meanwhile = {
            let mut weather = self.weather.lock().unwrap();
            if weather.gone.as_ref() == Some(&to.address) {
                return Err(SendFailure::Gone);
            }
            let breaks = weather.breaks_at.as_ref() == Some(&to.address);
            let meanwhile = weather.meanwhile.take_if(|(_, account, _)| account == to);
            drop(weather);
            assert!(!breaks, "as asked for");
            meanwhile
        };
        if let Some((store, account, session)) = meanwhile {
            store.put_session(&account, Some(&session)).await.unwrap();
        }
        let messages = reply.arranged.messages.iter();
        let words: Vec<String> = messages
            .flat_map(|message| &message.paragraphs)
            .map(|paragraph| paragraph.phrase.to_string())
            .collect();
        let mut weather = self.weather.lock().unwrap();
        weather.sent.push((to.address.clone(), letter));
        weather.words.push((to.address.clone(), words.join("\n")));
        Ok(())
    }
}
