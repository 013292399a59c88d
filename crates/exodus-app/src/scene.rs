//! What a screen is built from: the part of the ledger around its reader, names, texts, and the community's settings.

use std::collections::BTreeMap;

use exodus_core::{Event, Ledger, Member, MemberId, NoteId, Timestamp, network::Standing, view::Who};
use exodus_i18n::{Arg, Text, Unit};
use exodus_store::Person;

/// One of the reader's chat accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountLine {
    /// The front end: `console`, `telegram`, `matrix`.
    pub platform: String,
    /// How it is called there.
    pub address: String,
    /// Whether the reader speaks from it now.
    pub current: bool,
    /// Whether notices go to it.
    pub notices: bool,
}

/// What the community set, as far as screens show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Community {
    /// The unit of account.
    pub unit: Unit,
    /// Currencies a member may see amounts in, at the community's rate.
    pub currencies: Vec<String>,
    /// Whom to turn to.
    pub support: Option<String>,
    /// Where the source of the running version is.
    pub source: String,
}

/// A one-time code that links another account, while it is shown (M1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkingLine {
    /// The code, while it waits to be used.
    pub code: Option<String>,
    /// Until when.
    pub until: Timestamp,
    /// The account that used it and waits for the second consent.
    pub claimed_by: Option<(String, String)>,
}

/// A group that follows the reader's appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupLine {
    /// The front end: `telegram`, `matrix`.
    pub platform: String,
    /// Its chat there.
    pub chat: String,
    /// What it is called.
    pub title: String,
    /// Whether it is told news, beside the progress.
    pub news: bool,
}

/// Groups and the reader's appeal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Those that follow it.
    pub connected: Vec<GroupLine>,
    /// What the group is called that the reader is asked about.
    pub invited: Option<String>,
}

/// The reader's reference list, as the network of trust has it (N7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceList {
    /// How many stand by them, with how much, ring by ring.
    pub standing: Standing,
    /// How it stood when they last looked.
    pub before: Option<Standing>,
    /// In which ring those in sight are, the first being 1.
    pub rings: BTreeMap<MemberId, u32>,
}

/// Everything a screen is built from.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The reader.
    pub viewer: MemberId,
    /// Now.
    pub at: Timestamp,
    /// The part of the ledger around the reader; views over it decide what may be shown.
    pub ledger: Ledger,
    /// Profiles of everybody in that part. To be shown only when a view names the person.
    pub persons: BTreeMap<MemberId, Person>,
    /// Texts of the records in that part. To be shown only when a view names the note.
    pub notes: BTreeMap<NoteId, String>,
    /// Journal entries, for history, summary and notices; the number is their place in the journal.
    pub events: Vec<(u64, Event)>,
    /// Whether more entries follow the loaded ones.
    pub more: bool,
    /// Codes of links the reader made.
    pub codes: BTreeMap<exodus_core::LinkId, String>,
    /// How an invitation is opened on each platform: a link in which `{code}` stands for its code.
    pub openings: BTreeMap<String, String>,
    /// The reference list, for the route that shows it.
    pub list: ReferenceList,
    /// Groups that follow the reader's appeal, for the routes that show them.
    pub groups: Groups,
    /// The reader's accounts.
    pub accounts: Vec<AccountLine>,
    /// Whether payment details are hidden from this account, linked less than 72 hours ago (M1).
    pub pay_hidden: bool,
    /// A linking code of the reader's that is open.
    pub linking: Option<LinkingLine>,
    /// The community's settings.
    pub community: Community,
}

impl Scene {
    /// The reader's row.
    #[must_use]
    pub fn me(&self) -> Option<&Member> {
        self.ledger.member(self.viewer)
    }

    /// The reader's profile.
    #[must_use]
    pub fn my_profile(&self) -> Option<&Person> {
        self.persons.get(&self.viewer)
    }

    /// A person's name, as an argument. Somebody who left is "a member who left".
    #[must_use]
    pub fn name(&self, member: MemberId) -> Arg {
        match self.persons.get(&member) {
            Some(person) if self.ledger.member(member).is_none_or(Member::is_here) => {
                Arg::Name(person.name.clone())
            }
            Some(_) | None => Arg::Words(Box::new(Text::new("someone-who-left"))),
        }
    }

    /// A person in an answer: by name, or "a member".
    #[must_use]
    pub fn who(&self, who: Who) -> Arg {
        match who {
            Who::Member(member) => self.name(member),
            Who::Someone => Arg::Words(Box::new(Text::new("someone"))),
        }
    }

    /// A name as a whole text.
    #[must_use]
    pub fn name_text(&self, member: MemberId) -> Text {
        Text::new("just").with("it", self.name(member))
    }

    /// A date and time as the reader's clocks show it.
    #[must_use]
    pub fn local(&self, at: Timestamp) -> Arg {
        let own = self.my_profile().and_then(|person| person.zone.as_deref());
        let zone = own.and_then(|name| exodus_core::Zone::named(name).ok());
        Arg::Moment(zone.as_ref().unwrap_or(&self.ledger.policy.zone).local(at))
    }

    /// The date an instant lies on, in the community's zone.
    #[must_use]
    pub fn date(&self, at: Timestamp) -> Arg {
        Arg::Date(self.ledger.policy.date(at))
    }
}
