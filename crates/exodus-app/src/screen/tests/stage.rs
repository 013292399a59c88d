//! A small community for tests of screens: people, what they did, and what a screen says of it.
#![expect(clippy::wildcard_enum_match_arm, reason = "tests look at what they are about")]

use std::collections::{BTreeMap, BTreeSet};

use exodus_core::{
    Actor, Amount, AppealId, BondId, Command, CommandId, Date, Envelope, Form, Ledger, LinkId, MemberId,
    NoteId, Policy, Timestamp,
    network::{Network, Scratch},
};
use exodus_i18n::{Arg, Catalogue, Lang, Text, Unit, Voice};
use exodus_store::Person;
use exodus_ui::{Act, Block, Deed, Draft, Screen, Step};

use crate::{
    list::list_of,
    scene::{Community, ReferenceList, Scene},
};

/// 2026-11-10, noon.
const START: i64 = 1_794_312_000;

pub(in crate::screen) struct Stage {
    pub(in crate::screen) ledger: Ledger,
    pub(in crate::screen) persons: BTreeMap<MemberId, Person>,
    pub(in crate::screen) notes: BTreeMap<NoteId, String>,
    commands: u128,
}

impl Stage {
    pub(in crate::screen) fn new() -> Self {
        let ledger = Ledger::new(Policy::default());
        Self {
            ledger,
            persons: BTreeMap::new(),
            notes: BTreeMap::new(),
            commands: 0,
        }
    }

    pub(in crate::screen) fn at(&self) -> Timestamp {
        Timestamp::from_seconds(START)
    }

    fn apply(&mut self, by: Actor, command: Command) {
        self.commands += 1;
        let envelope = Envelope {
            id: CommandId(self.commands),
            by,
            at: self.at(),
            command,
        };
        self.ledger
            .apply(&envelope)
            .unwrap_or_else(|refusal| panic!("{:?}: {refusal}", envelope.command));
    }

    pub(in crate::screen) fn does(&mut self, who: MemberId, command: Command) {
        self.apply(Actor::Member(who), command);
    }

    /// Somebody new, invited by nobody.
    pub(in crate::screen) fn person(&mut self, name: &str) -> MemberId {
        self.joins(name, None)
    }

    /// Somebody new who followed a link to another.
    pub(in crate::screen) fn friend(&mut self, name: &str, of: MemberId) -> MemberId {
        let link = self.link(of, of);
        self.joins(name, Some(link))
    }

    fn joins(&mut self, name: &str, via: Option<LinkId>) -> MemberId {
        self.apply(Actor::Newcomer, Command::Register { via });
        let member = self.ledger.newest_member().expect("just registered");
        self.persons.insert(
            member,
            Person {
                name: name.into(),
                language: "en".into(),
                ..Person::default()
            },
        );
        member
    }

    pub(in crate::screen) fn link(&mut self, maker: MemberId, about: MemberId) -> LinkId {
        let link = LinkId(self.ledger.next_number());
        self.does(
            maker,
            Command::MakeLink {
                about,
                max_uses: None,
                expires: None,
            },
        );
        link
    }

    pub(in crate::screen) fn note(&mut self, words: &str) -> Option<NoteId> {
        let note = NoteId(self.notes.len() as u128);
        self.notes.insert(note, words.into());
        Some(note)
    }

    pub(in crate::screen) fn asks(&mut self, who: MemberId, target: u64, words: &str) -> AppealId {
        let purpose = self.note(words);
        self.does(
            who,
            Command::AskMonthly {
                target: euro(target),
                purpose,
                findable: false,
            },
        );
        self.ledger.current_appeal(who).expect("asks").id
    }

    pub(in crate::screen) fn alarm(&mut self, who: MemberId, target: u64, words: &str) -> AppealId {
        let (reason, talk) = (self.note(words), self.note("https://talk.example/anna"));
        let deadline = Date::constant(2026, 11, 14);
        self.does(
            who,
            Command::CallEmergency {
                target: euro(target),
                deadline,
                reason,
                talk,
            },
        );
        self.ledger.current_appeal(who).expect("asks").id
    }

    pub(in crate::screen) fn intends(&mut self, who: MemberId, appeal: AppealId, amount: u64) {
        self.does(
            who,
            Command::Intend {
                appeal,
                amount: euro(amount),
                form: Form::Money,
                note: None,
            },
        );
    }

    pub(in crate::screen) fn profile(&mut self, who: MemberId, change: impl FnOnce(&mut Person)) {
        change(self.persons.get_mut(&who).expect("a person"));
    }

    /// The viewer's reference list, looked at for the first time.
    fn list(&self, viewer: MemberId) -> ReferenceList {
        let network = Network::of(&self.ledger).expect("room");
        let in_sight = exodus_core::view::network(&self.ledger, viewer);
        list_of(&network, &mut Scratch::new(), viewer, &in_sight)
    }

    /// Two come to stand by each other: one invites, the other answers with an amount.
    pub(in crate::screen) fn bond(&mut self, from: MemberId, to: MemberId, gives: u64, takes: u64) -> BondId {
        let link = LinkId(self.ledger.next_number());
        let gives = Some(euro(gives));
        self.does(from, Command::MakePersonalLink { gives, expires: None });
        let bond = BondId(self.ledger.next_number());
        self.does(to, Command::FollowLink { link });
        let gives = Some(euro(takes));
        self.does(to, Command::AcceptBond { bond, gives });
        bond
    }

    /// What `viewer` has before them.
    pub(in crate::screen) fn scene(&self, viewer: MemberId) -> Scene {
        Scene {
            viewer,
            at: self.at(),
            ledger: self.ledger.clone(),
            persons: self.persons.clone(),
            notes: self.notes.clone(),
            events: Vec::new(),
            more: false,
            codes: BTreeMap::new(),
            openings: BTreeMap::new(),
            list: self.list(viewer),
            groups: crate::scene::Groups::default(),
            accounts: Vec::new(),
            pay_hidden: false,
            linking: None,
            community: Community {
                unit: Unit::default(),
                currencies: Vec::new(),
                support: Some("@anna".into()),
                source: "https://example.org/exodus".into(),
            },
        }
    }
}

/// So many euro.
pub(in crate::screen) const fn euro(euro: u64) -> Amount {
    Amount::from_minor(euro * 100)
}

/// A screen as plain lines, in a language. Every text in it must exist in every language with what it needs, and
/// every command it offers must be accepted.
pub(in crate::screen) fn say(scene: &Scene, screen: &Screen, lang: Lang) -> String {
    let voice = Voice::new(lang).on(scene.ledger.policy.date(scene.at));
    let say = |text: &Text| {
        check(text);
        voice.say(text).to_string()
    };
    let mut lines = vec![format!("# {}", say(&screen.title))];
    for block in &screen.blocks {
        lines.push(match block {
            Block::Line(text) => say(text),
            Block::Strong(text) => format!("! {}", say(text)),
            Block::Field { label, value } => format!("{}: {}", say(label), say(value)),
            Block::Heading(text) => format!("= {}", say(text)),
            Block::Progress { done, of } => format!("▓ {done}/{of}"),
            Block::Person {
                status,
                name,
                details,
                act,
            } => {
                let light = status.map(exodus_ui::status_text);
                let parts = [Some(say(name)), light.as_ref().map(&say)].into_iter().flatten();
                let parts: Vec<String> = parts.chain(details.iter().map(&say)).collect();
                format!("{} {}", if act.is_some() { "•" } else { "-" }, parts.join(" | "))
            }
            Block::Item { text, act } => {
                format!("{} {}", if act.is_some() { "•" } else { "-" }, say(text))
            }
            Block::Quote(words) => format!("> {words}"),
            Block::Code(code) => format!("` {code}"),
        });
    }
    lines.extend(
        screen
            .choices
            .iter()
            .map(|choice| format!("[{}]", say(&choice.label))),
    );
    for command in screen.acts().into_iter().filter_map(command) {
        let envelope = Envelope {
            id: CommandId(0),
            by: Actor::Member(scene.viewer),
            at: scene.at,
            command,
        };
        let decided = scene.ledger.clone().apply(&envelope);
        assert!(decided.is_ok(), "offered and refused: {envelope:?}, {decided:?}");
    }
    lines.join("\n").replace('\u{a0}', " ")
}

/// The command that an act comes to, with ten euro where it asks how much.
fn command(act: Act) -> Option<Command> {
    let deed = match act {
        Act::Do(deed) | Act::Ask(Draft::Sure { deed, .. }) => deed,
        Act::Ask(Draft::Help {
            help,
            to,
            appeal,
            form,
            ..
        }) => {
            let (amount, note, sure) = (Some(euro(10)), None, Some(true));
            match (Draft::Help {
                help,
                to,
                appeal,
                amount,
                form,
                note,
                sure,
            })
            .step()
            {
                Step::Ready(deed) => deed,
                step => panic!("asks for more: {step:?}"),
            }
        }
        _ => return None,
    };
    match deed {
        Deed::Ledger { command, .. } => Some(command),
        _ => None,
    }
}

/// A text exists in every language, with the arguments it needs there.
fn check(text: &Text) {
    let given: BTreeSet<String> = text.args.iter().map(|(key, _)| key.to_string()).collect();
    for lang in Lang::all() {
        let message = Catalogue::of(lang).messages().get(text.id.as_ref());
        let message = message.unwrap_or_else(|| panic!("{lang} lacks {}", text.id));
        assert!(
            message.variables.is_subset(&given),
            "{lang}: {} needs {:?}",
            text.id,
            message.variables
        );
    }
    for (_, arg) in &text.args {
        if let Arg::Words(words) = arg {
            check(words);
        }
    }
}

/// What is said in both languages, one after the other.
pub(in crate::screen) fn both(scene: &Scene, screen: Option<Screen>) -> [String; 2] {
    let screen = screen.expect("a screen");
    [say(scene, &screen, Lang::EN), say(scene, &screen, Lang::RU)]
}

/// What stands in any screen of a text, in English.
pub(in crate::screen) fn english(scene: &Scene, screen: Option<Screen>) -> String {
    let [english, _russian] = both(scene, screen);
    english
}
