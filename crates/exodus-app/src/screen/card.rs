//! A member's card: everything M7 lets the reader see, in the order in which a person needs it.

mod choices;

use exodus_core::{
    AppealKind, Command, MemberId, NoteId, ObligationId, Reputation,
    view::{self, AppealView, Card, Helpers, IntentionView, ObligationView, Who},
};
use exodus_i18n::Text;
use exodus_store::Person;
use exodus_ui::{Act, Block, Route, Screen, Tone, status_text};

use super::{
    people::{many, names, need_text, some_of, ways},
    record::worth,
};
use crate::scene::Scene;

pub(super) use choices::help_label;

/// Somebody's card. Of somebody with whom nothing but an unsettled obligation ties the reader, it has the name, the mark
/// and that obligation; of somebody the reader blocks, the way to take that back too (M7, M9).
pub(crate) fn card(scene: &Scene, member: MemberId) -> Option<Screen> {
    let Some(card) = view::card(&scene.ledger, scene.viewer, member) else {
        return blocked(scene, member).or_else(|| counterparty(scene, member));
    };
    let intention = card
        .my_intention
        .and_then(|id| view::intention(&scene.ledger, scene.viewer, id, scene.at));
    Some(draw(scene, &card, intention.as_ref()))
}

fn draw(scene: &Scene, card: &Card, intention: Option<&IntentionView>) -> Screen {
    let mut screen = Screen::new(Route::Card { member: card.member }, scene.name_text(card.member))
        .line(status_text(card.status));
    if card.suspended {
        screen = screen.block(Block::Strong(Text::new("card-suspended")));
    }
    if let Some(appeal) = &card.appeal {
        screen.blocks.extend(appeal_blocks(scene, appeal));
    }
    screen.blocks.extend(intention.map(my_intention));
    screen.blocks.extend(between(scene, card.between.iter().copied()));
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
        screen = choices::help(screen, scene, card.member, appeal, intention);
    }
    ways(if card.sight.own {
        choices::own(screen)
    } else {
        choices::between_us(screen, scene, card)
    })
}

/// Somebody the reader may not see, but has something to settle with: that, whatever else holds.
fn counterparty(scene: &Scene, member: MemberId) -> Option<Screen> {
    if !view::sight(&scene.ledger, scene.viewer, member).counterparty {
        return None;
    }
    let mut screen = Screen::new(Route::Card { member }, scene.name_text(member))
        .line(status_text(scene.ledger.status(member)));
    screen.blocks.extend(unsettled(scene, member));
    Some(ways(choices::block(screen, scene, member)))
}

/// Somebody the reader blocks: nothing of them but what is still to be settled, and the way to take the block back.
fn blocked(scene: &Scene, member: MemberId) -> Option<Screen> {
    scene
        .ledger
        .blocks_by(scene.viewer)
        .find(|other| *other == member)?;
    let title = Text::new("card-blocked-title").with("name", scene.name(member));
    let mut screen = Screen::new(Route::Card { member }, title).line(Text::new("card-blocked"));
    screen.blocks.extend(unsettled(scene, member));
    let unblock = choices::tell(Command::Unblock { member });
    Some(ways(screen.choice(
        Text::new("card-choice-unblock"),
        unblock,
        Tone::Main,
    )))
}

/// What is to be settled between the reader and somebody.
fn unsettled(scene: &Scene, member: MemberId) -> Vec<Block> {
    let (me, ledger) = (scene.viewer, &scene.ledger);
    let mine = ledger.owed_by(me).filter(|row| row.creditor == member);
    let theirs = ledger.owed_by(member).filter(|row| row.creditor == me);
    let open = mine.chain(theirs).filter(|row| row.is_unsettled());
    between(scene, open.map(|row| row.id))
}

fn between(scene: &Scene, ids: impl Iterator<Item = ObligationId>) -> Vec<Block> {
    let views = ids.filter_map(|id| view::obligation(&scene.ledger, scene.viewer, id, scene.at));
    some_of(views.map(|view| obligation_between(&view)).collect())
}

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
            ("appeal-defaulted", appeal.defaulted),
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
        text: Text::new(id).with("amount", worth(intention.amount, intention.form)),
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
    .with("amount", worth(obligation.outstanding, obligation.form))
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
        None => Text::new("just").name("it", line.text.clone()),
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

#[cfg(test)]
mod tests;
