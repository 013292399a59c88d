//! A member's card: everything M7 lets the reader see, in the order in which a person needs it.

use exodus_core::{
    Amount, AppealKind, Command, Form, MemberId, NoteId, Obligation, Reputation, Side,
    view::{self, AppealView, Card, Helpers, IntentionView, ObligationView, Who},
};
use exodus_i18n::Text;
use exodus_store::Person;
use exodus_ui::{Act, Block, Deed, Draft, Route, Screen, Tone, draft::Help};

use super::{
    give::{cannot_promise, without_harm},
    people::{many, names, need_text, status_word, ways},
};
use crate::scene::Scene;

/// Somebody's card; for somebody the reader blocks, only the way to take that back.
pub(crate) fn card(scene: &Scene, member: MemberId) -> Option<Screen> {
    let Some(card) = view::card(&scene.ledger, scene.viewer, member) else {
        return blocked(scene, member);
    };
    let intention = card
        .my_intention
        .and_then(|id| view::intention(&scene.ledger, scene.viewer, id, scene.at));
    let between = card.between.iter();
    let between: Vec<ObligationView> = between
        .filter_map(|id| view::obligation(&scene.ledger, scene.viewer, *id, scene.at))
        .collect();
    Some(draw(scene, &card, intention.as_ref(), &between))
}

fn draw(scene: &Scene, card: &Card, intention: Option<&IntentionView>, between: &[ObligationView]) -> Screen {
    let mut screen = Screen::new(Route::Card { member: card.member }, scene.name_text(card.member))
        .line(Text::new("person-status").keyword("status", status_word(card.status)));
    if card.suspended {
        screen = screen.block(Block::Strong(Text::new("card-suspended")));
    }
    if let Some(appeal) = &card.appeal {
        screen.blocks.extend(appeal_blocks(scene, appeal));
    }
    screen.blocks.extend(intention.map(my_intention));
    screen.blocks.extend(between.iter().map(obligation_between));
    let profile = scene.persons.get(&card.member);
    screen.blocks.extend(
        profile
            .into_iter()
            .flat_map(|profile| profile_blocks(scene, card, profile)),
    );
    screen.blocks.extend(card.reputation.iter().map(reputation));
    let helps = card.helps.filter(|helps| *helps > 0);
    screen
        .blocks
        .extend(helps.map(|helps| helping(scene, helps, &card.helps_names)));
    let helpful = card
        .appeal
        .as_ref()
        .filter(|appeal| appeal.takes_help && !card.sight.own);
    if let Some(appeal) = helpful {
        screen = help(screen, scene, card.member, appeal, intention);
    }
    ways(if card.sight.own {
        own(screen)
    } else {
        between_us(screen, card)
    })
}

// ---- what is shown ------------------------------------------------------------------------------------------------

fn appeal_blocks(scene: &Scene, appeal: &AppealView) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(match appeal.kind {
        AppealKind::Monthly => Text::new("card-monthly"),
        AppealKind::Emergency { deadline } => Text::new("card-emergency").date("deadline", deadline),
    })];
    blocks.extend(quote(scene, appeal.purpose));
    blocks.extend(totals(scene, appeal));
    if let Some(talk) = appeal.talk.and_then(|note| scene.notes.get(&note)) {
        let value = Text::new("just").name("it", talk.clone());
        blocks.push(Block::Field {
            label: Text::new("card-talk"),
            value,
        });
    }
    blocks.push(Block::Line(helpers_text(scene, appeal)));
    if !appeal.vouchers.is_empty() {
        blocks.push(Block::Line(
            Text::new("card-vouchers").count("n", many(appeal.vouchers.len())),
        ));
    }
    for voucher in appeal
        .vouchers
        .iter()
        .filter(|voucher| voucher.who != Who::Someone)
        .take(5)
    {
        let words = voucher.note.and_then(|note| scene.notes.get(&note));
        let text = match words {
            Some(words) => Text::new("card-voucher-words").name("words", words.clone()),
            None => Text::new("card-voucher"),
        };
        blocks.push(Block::Item {
            text: text.with("name", scene.who(voucher.who)),
            act: None,
        });
    }
    blocks
}

/// How an appeal stands: a bar, what everybody sees who sees it, and for the circle every total (M7, L14).
pub(super) fn totals(scene: &Scene, appeal: &AppealView) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !appeal.target.is_zero() {
        blocks.push(Block::Progress {
            done: appeal.target.less(appeal.missing).minor(),
            of: appeal.target.minor(),
        });
    }
    let deadline = match appeal.kind {
        AppealKind::Monthly => None,
        AppealKind::Emergency { deadline } => Some(deadline),
    };
    blocks.push(Block::Line(need_text(
        scene,
        deadline,
        appeal.intended,
        appeal.missing,
    )));
    if appeal.is_whole() {
        let all = Text::new("appeal-all")
            .amount("target", appeal.target.minor())
            .amount("promised", appeal.promised.minor())
            .amount("confirmed", appeal.confirmed.minor());
        blocks.push(Block::Line(all));
        let apart = [
            ("appeal-awaiting", appeal.awaiting),
            ("appeal-frozen", appeal.frozen),
            ("appeal-overdue", appeal.overdue),
        ];
        let apart = apart.into_iter().filter(|(_, amount)| !amount.is_zero());
        blocks.extend(apart.map(|(id, amount)| Block::Line(Text::new(id).amount("amount", amount.minor()))));
    }
    if appeal.resting {
        blocks.push(Block::Line(Text::new("appeal-resting")));
    }
    blocks
}

/// Who helps, as far as the reader may know.
fn helpers_text(scene: &Scene, appeal: &AppealView) -> Text {
    let (n, names) = match &appeal.helpers {
        Helpers::All(helpers) => (helpers.len(), None),
        Helpers::Names { names: known, others } => {
            (known.len().saturating_add(*others), names(scene, known, *others))
        }
        Helpers::Count(n) => (*n, None),
    };
    match names {
        Some(names) => Text::new("card-helpers-names").words("names", names),
        None => Text::new("card-helpers").count("n", many(n)),
    }
}

fn my_intention(intention: &IntentionView) -> Block {
    let id = if intention.frozen {
        "card-my-intention-frozen"
    } else {
        "card-my-intention"
    };
    Block::Item {
        text: Text::new(id).amount("amount", intention.amount.minor()),
        act: Some(Act::Go(Route::Intention {
            intention: intention.intention,
        })),
    }
}

fn obligation_between(obligation: &ObligationView) -> Block {
    let state = if matches!(obligation.state, exodus_core::ObligationState::Overdue { .. }) {
        "overdue"
    } else if obligation.frozen {
        "frozen"
    } else if obligation.unreported.is_zero() {
        "awaiting"
    } else {
        "open"
    };
    let text = Text::new(if obligation.mine {
        "card-i-promised"
    } else {
        "card-they-promised"
    })
    .amount("amount", obligation.outstanding.minor())
    .date("due", obligation.due)
    .keyword("state", state);
    Block::Item {
        text,
        act: Some(Act::Go(Route::Obligation {
            obligation: obligation.obligation,
        })),
    }
}

/// What somebody says of themselves, as far as this card shows it. Payment details stand first: whoever sees them
/// opened the card for them.
fn profile_blocks(scene: &Scene, card: &Card, profile: &Person) -> Vec<Block> {
    let mut blocks = Vec::new();
    if card.pay {
        blocks.push(Block::Heading(Text::new("card-pay")));
        blocks.extend(pay_blocks(scene, profile));
    }
    if let Some(about) = profile
        .about
        .as_ref()
        .filter(|about| card.about && !about.is_empty())
    {
        blocks.push(Block::Heading(Text::new("card-about")));
        blocks.push(Block::Quote(about.clone()));
    }
    if card.offers && !profile.offers.is_empty() {
        blocks.push(Block::Heading(Text::new("card-offers")));
        blocks.extend(profile.offers.iter().map(|line| Block::Item {
            text: offer_line(line),
            act: None,
        }));
    }
    blocks
}

/// Payment details, the default one first.
fn pay_blocks(scene: &Scene, profile: &Person) -> Vec<Block> {
    if scene.pay_hidden {
        return vec![Block::Line(Text::new("card-pay-hidden"))];
    }
    if profile.pay.is_empty() {
        return vec![Block::Line(Text::new("card-pay-ask"))];
    }
    let (first, others): (Vec<_>, Vec<_>) = profile.pay.iter().partition(|entry| entry.default);
    let given = |text: &str| Text::new("just").name("it", text);
    let entries = first.into_iter().chain(others);
    entries
        .map(|entry| Block::Field {
            label: given(&entry.label),
            value: given(&entry.text),
        })
        .collect()
}

/// A line of *I can offer*, with its friendly value.
pub(super) fn offer_line(line: &exodus_store::OfferLine) -> Text {
    match line.value {
        Some(value) => Text::new("card-offer-valued")
            .name("line", line.text.clone())
            .amount("value", value),
        None => Text::new("card-offer").name("line", line.text.clone()),
    }
}

/// What somebody's promises came to (M8); what there is none of is left out.
fn reputation(of: &Reputation) -> Block {
    let counted = [
        ("card-kept", of.on_time),
        ("card-late", of.late),
        ("card-by-silence", of.by_silence),
        ("card-released", of.released),
        ("card-overdue", of.overdue),
        ("card-months", of.months),
    ];
    let counted = counted
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(id, n)| Text::new(id).count("n", u64::from(n)));
    let line =
        counted.reduce(|first, next| Text::new("card-both").words("first", first).words("second", next));
    let value = line.unwrap_or_else(|| Text::new("card-no-promises"));
    Block::Field {
        label: Text::new("card-reputation"),
        value,
    }
}

fn helping(scene: &Scene, helps: usize, known: &[MemberId]) -> Block {
    Block::Line(match names(scene, known, helps.saturating_sub(known.len())) {
        Some(names) => Text::new("card-helps-names").words("names", names),
        None => Text::new("card-helps").count("n", many(helps)),
    })
}

/// Words of a record, quoted.
pub(super) fn quote(scene: &Scene, note: Option<NoteId>) -> Option<Block> {
    note.and_then(|note| scene.notes.get(&note))
        .map(|words| Block::Quote(words.clone()))
}

// ---- what can be chosen -------------------------------------------------------------------------------------------

/// Helping: with money, in kind, as already given; or going on with the intention there is (L2).
fn help(
    mut screen: Screen,
    scene: &Scene,
    member: MemberId,
    appeal: &AppealView,
    intention: Option<&IntentionView>,
) -> Screen {
    let emergency = matches!(appeal.kind, AppealKind::Emergency { .. });
    let ask = |help, form| {
        Act::Ask(Draft::Help {
            help,
            to: Some(member),
            appeal: Some((appeal.appeal, emergency)),
            amount: None,
            form,
            note: None,
            sure: None,
        })
    };
    let promise = |form| ask(Help::Promise, form);
    let overdue = scene.ledger.owed_by(scene.viewer);
    let overdue = overdue
        .filter(|obligation| obligation.appeal() == Some(appeal.appeal))
        .any(Obligation::is_overdue);
    let cannot = cannot_promise(scene).or_else(|| overdue.then(|| Text::new("give-not-overdue-here")));
    let there = intention.filter(|intention| intention.appeal == appeal.appeal);
    screen
        .blocks
        .extend(without_harm(scene, Amount::ZERO).map(Block::Line));
    if appeal.missing.is_zero() {
        screen = screen.line(Text::new("card-covered"));
    }
    if let Some(why) = cannot {
        screen = screen.block(Block::Strong(why));
    } else if let Some(there) = there {
        let route = Route::Intention {
            intention: there.intention,
        };
        screen = screen.main("card-choice-intention", Act::Go(route)).offer(
            "card-choice-change",
            Act::Ask(Draft::Change {
                intention: there.intention,
                amount: None,
            }),
        );
    } else {
        screen = screen
            .main(
                if emergency {
                    "card-choice-promise"
                } else {
                    "card-choice-help"
                },
                promise(Form::Money),
            )
            .offer("card-choice-thing", promise(Form::Thing))
            .offer("card-choice-service", promise(Form::Service))
            .offer("card-choice-time", promise(Form::Time));
    }
    screen.offer("card-choice-given", ask(Help::Given, Form::Money))
}

/// One's own card, as others see it.
fn own(screen: Screen) -> Screen {
    screen.offer("card-choice-need", Act::Go(Route::Need)).offer(
        "card-choice-profile",
        Act::Go(Route::Profile {
            section: exodus_ui::Section::Main,
        }),
    )
}

/// Everything else between the reader and somebody: the circle, vouching, a help link, agreements, a block.
fn between_us(mut screen: Screen, card: &Card) -> Screen {
    if let Some(appeal) = &card.appeal {
        let id = appeal.appeal;
        if !matches!(appeal.helpers, Helpers::Count(_)) {
            screen = screen.offer(
                "card-choice-circle",
                Act::Go(Route::Circle { appeal: id, page: 0 }),
            );
        }
        if appeal.vouching {
            screen = screen.offer("card-choice-unvouch", tell(Command::WithdrawVouch { appeal: id }));
        } else if appeal.may_vouch {
            screen = screen.offer(
                "card-choice-vouch",
                Act::Ask(Draft::Vouch {
                    appeal: id,
                    note: None,
                }),
            );
        }
    }
    if card.may_link {
        let link = Command::MakeLink {
            about: card.member,
            max_uses: None,
            expires: None,
        };
        screen = screen.offer("card-choice-link", tell(link));
    }
    if card.may_agree {
        let agree = |side, given| {
            let (amount, form, due, note) = (None, None, None, None);
            Act::Ask(Draft::Offer {
                to: card.member,
                side,
                given,
                amount,
                form,
                due,
                note,
            })
        };
        screen = screen
            .offer("card-choice-i-do", agree(Side::Debtor, false))
            .offer("card-choice-they-do", agree(Side::Creditor, false))
            .offer("card-choice-i-did", agree(Side::Debtor, true));
    }
    screen.offer("card-choice-block", tell(Command::Block { member: card.member }))
}

fn tell(command: Command) -> Act {
    Act::Do(Deed::plain(command))
}

/// Somebody the reader blocks: nothing of them but the way to take the block back (M9).
fn blocked(scene: &Scene, member: MemberId) -> Option<Screen> {
    scene
        .ledger
        .blocks_by(scene.viewer)
        .find(|other| *other == member)?;
    let title = Text::new("card-blocked-title").with("name", scene.name(member));
    let screen = Screen::new(Route::Card { member }, title)
        .line(Text::new("card-blocked"))
        .choice(
            Text::new("card-choice-unblock"),
            tell(Command::Unblock { member }),
            Tone::Main,
        );
    Some(ways(screen))
}

#[cfg(test)]
mod tests {
    use exodus_store::{OfferLine, PayEntry};

    use super::{
        super::home::stage::{Stage, both, english, euro},
        card,
    };
    use exodus_core::{Command, Form, MemberId};

    /// Anna asks for 300 and tells of herself; Bo, Cleo and Dan came to her.
    fn anna() -> (Stage, MemberId, [MemberId; 3]) {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        stage.asks(anna, 300, "Rent for me and my mother");
        stage.profile(anna, |profile| {
            profile.about = Some("Translator, https://anna.example".into());
            let entry = |label: &str, text: &str, default| PayEntry {
                label: label.into(),
                text: text.into(),
                default,
            };
            profile.pay = vec![
                entry("Cash", "on Fridays", false),
                entry("IBAN", "AB12 3456", true),
            ];
            profile.offers = vec![OfferLine {
                text: "English lessons".into(),
                value: Some(euro(20).minor()),
            }];
        });
        let friends = ["Bo", "Cleo", "Dan"].map(|name| stage.friend(name, anna));
        (stage, anna, friends)
    }

    #[test]
    fn for_the_network() {
        let (stage, anna, [bo, ..]) = anna();
        let scene = stage.scene(bo);
        let [english, russian] = both(&scene, card(&scene, anna));
        assert_eq!(
            english,
            "# Anna
🔆 needs monthly support
= Monthly support
> Rent for me and my mother
▓ 0/30000
Intentions ❤️ €0 · missing 🙏 €300
Nobody helps yet.
= About
> Translator, https://anna.example
= Can offer
- English lessons (about €20)
Promises kept: nothing to tell of yet
[❤️ Help]
[🎁 With a thing]
[🛠 With a service]
[⏰ With my time]
[👐 I have already helped]
[🔗 Invite others to help]
[🤝 I will do something for them]
[🤝 They will do something for me]
[👐 I did something for them]
[🚫 Block]
[← Back]
[Home]"
        );
        assert!(
            russian.contains(
                "= Могу предложить\n- English lessons (примерно 20 €)\nИсполненные обещания: рассказать пока не о чем"
            ),
            "{russian}"
        );
    }

    #[test]
    fn for_the_circle() {
        let (mut stage, anna, [bo, cleo, _]) = anna();
        let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
        stage.intends(bo, appeal, 50);
        stage.does(
            cleo,
            Command::RecordGiven {
                appeal,
                amount: euro(30),
                form: Form::Money,
                note: None,
            },
        );
        let words = stage.note("We are neighbours");
        stage.does(cleo, Command::Vouch { appeal, note: words });
        let scene = stage.scene(bo);
        let [english, russian] = both(&scene, card(&scene, anna));
        assert!(
            english.contains(
                "Asked for 💰 €300 · promised 🤝 €30 · received 👍 €0
Of what is promised, €30 waits for confirmation ⏳
2 people help.
✔️ 1 person vouches: “I know this to be true”
- Cleo: “We are neighbours”
• ❤️ You intend to give €50
= How to give
IBAN: AB12 3456
Cash: on Fridays
= About"
            ),
            "{english}"
        );
        assert!(english.contains("[❤️ My intention]\n[✏️ Change the amount]\n[👐 I have already helped]\n[👥 Who helps]\n[✔️ I know this to be true]"), "{english}");
        assert!(
            russian.contains("Помогают 2 человека.\n✔️ 1 человек ручается: «Знаю, что это правда»"),
            "{russian}"
        );
        let scene = stage.scene(cleo);
        let cleos = super::super::home::stage::english(&scene, card(&scene, anna));
        assert!(
            cleos.contains("• 🤝 You promised €30 by 30 November ⏳ waits for confirmation"),
            "{cleos}"
        );
        assert!(cleos.contains("[Take my word back]"), "{cleos}");
    }

    #[test]
    fn an_emergency_takes_what_binds() {
        let (mut stage, anna, [bo, ..]) = anna();
        let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
        stage.intends(bo, appeal, 50);
        stage.alarm(anna, 500, "Fire");
        let scene = stage.scene(bo);
        let screen = english(&scene, card(&scene, anna));
        assert!(
            screen.contains("= Emergency, until 14 November\n> Fire"),
            "{screen}"
        );
        assert!(
            screen.contains("it rests now ❄️") && screen.contains("[🤝 Promise help]"),
            "{screen}"
        );
    }

    #[test]
    fn names_of_helpers_from_three_upward() {
        let (mut stage, anna, friends) = anna();
        let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
        for friend in friends {
            stage.intends(friend, appeal, 10);
        }
        let eve = stage.friend("Eve", anna);
        let scene = stage.scene(eve);
        let screen = english(&scene, card(&scene, anna));
        assert!(screen.contains("\n3 people help.\n"), "{screen}");

        let bos = stage.asks(friends[0], 100, "Shoes");
        let link = stage.link(friends[0], friends[0]);
        stage.does(eve, Command::FollowLink { link });
        stage.intends(eve, bos, 5);
        let scene = stage.scene(eve);
        let screen = english(&scene, card(&scene, anna));
        assert!(
            screen.contains("\nHelping: Bo and 2 more\n") && !screen.contains("€10"),
            "{screen}"
        );
    }

    #[test]
    fn payment_details_wait_for_a_freshly_linked_account() {
        let (mut stage, anna, [bo, ..]) = anna();
        let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
        stage.intends(bo, appeal, 50);
        let mut scene = stage.scene(bo);
        scene.pay_hidden = true;
        let screen = english(&scene, card(&scene, anna));
        assert!(
            screen.contains("Shown to this account three days") && !screen.contains("AB12"),
            "{screen}"
        );
    }

    #[test]
    fn what_is_beyond_need_is_said_plainly() {
        let (mut stage, anna, [bo, cleo, _]) = anna();
        let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
        stage.does(
            bo,
            Command::RecordGiven {
                appeal,
                amount: euro(300),
                form: Form::Thing,
                note: None,
            },
        );
        let scene = stage.scene(cleo);
        let screen = english(&scene, card(&scene, anna));
        assert!(
            screen.contains("Nothing is missing any more.") && screen.contains("[❤️ Help]"),
            "{screen}"
        );
    }

    #[test]
    fn ones_own() {
        let (stage, anna, _) = anna();
        let scene = stage.scene(anna);
        let screen = english(&scene, card(&scene, anna));
        assert!(
            screen.contains("[🙏 My appeal]") && !screen.contains("Block") && !screen.contains("Help]"),
            "{screen}"
        );
    }

    #[test]
    fn nobody_for_who_may_not_see_them_and_unblocking_for_who_blocked_them() {
        let (mut stage, anna, [bo, ..]) = anna();
        let stranger = stage.person("Stranger");
        assert_eq!(card(&stage.scene(stranger), anna), None);
        stage.does(bo, Command::Block { member: anna });
        assert_eq!(card(&stage.scene(anna), bo), None);
        let scene = stage.scene(bo);
        let [english, russian] = both(&scene, card(&scene, anna));
        assert!(
            english.starts_with("# Anna is blocked") && english.contains("[Unblock]"),
            "{english}"
        );
        assert!(russian.contains("[Разблокировать]"), "{russian}");
    }
}
