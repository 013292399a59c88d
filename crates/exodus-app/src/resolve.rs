//! Finding people by name among those in sight.

use exodus_core::{
    Amount, AppealKind, MemberId,
    view::{self, Sight},
};
use exodus_i18n::{
    Text,
    read::{Match, name_matches},
};
use exodus_ui::{Act, Block, Deed, Draft, Route, Screen, act::Settling};

use crate::scene::Scene;

/// So many namesakes are offered; whoever means another says more of the name.
const NAMESAKES: usize = 8;

/// What was found.
pub(crate) enum Found {
    /// Nobody.
    Nobody,
    /// One.
    One(MemberId),
    /// Several that fit equally well.
    Several(Vec<MemberId>),
}

/// Finds somebody whose card the reader sees, by a name as people say it, in any case. Whoever blocked the reader is as
/// unknown as who does not exist (M9).
pub(crate) fn find(scene: &Scene, query: &str) -> Found {
    find_among(scene, query, Sight::card)
}

/// The same, also among those with whom nothing but an unsettled obligation ties the reader: what is reported or
/// confirmed by name is found, whatever else holds (M7).
pub(crate) fn find_party(scene: &Scene, query: &str) -> Found {
    find_among(scene, query, Sight::any)
}

fn find_among(scene: &Scene, query: &str, sees: fn(Sight) -> bool) -> Found {
    let others = scene.ledger.members().map(|member| member.id);
    let others = others.filter(|id| *id != scene.viewer);
    let in_sight = others.filter(|id| sees(view::sight(&scene.ledger, scene.viewer, *id)));
    let fits = in_sight.filter_map(|member| {
        let name = &scene.persons.get(&member)?.name;
        let fit = name_matches(query, name);
        (fit > Match::No).then_some((fit, member))
    });
    let fits: Vec<_> = fits.collect();
    let best = fits.iter().map(|(fit, _)| *fit).max();
    let best: Vec<_> = fits
        .into_iter()
        .filter(|(fit, _)| Some(*fit) == best)
        .map(|(_, member)| member)
        .collect();
    match best.as_slice() {
        [] => Found::Nobody,
        [one] => Found::One(*one),
        _ => Found::Several(best),
    }
}

/// Puts a person into a draft, and what they ask for as far as the reader sees it (M7).
#[expect(clippy::wildcard_enum_match_arm, reason = "only two drafts name a person")]
pub(crate) fn with_person(scene: &Scene, mut draft: Draft, member: MemberId) -> Draft {
    match &mut draft {
        Draft::Help { to, appeal, .. } => {
            *to = Some(member);
            *appeal = view::card(&scene.ledger, scene.viewer, member)
                .and_then(|card| card.appeal)
                .map(|appeal| (appeal.appeal, appeal.kind != AppealKind::Monthly));
        }
        Draft::Offer { to, .. } => *to = member,
        _ => {}
    }
    draft
}

/// Asks which of several was meant.
pub(crate) fn which(
    scene: &Scene,
    route: Route,
    members: &[MemberId],
    act: impl Fn(MemberId) -> Act,
) -> Screen {
    let mut screen = Screen::new(route, Text::new("which-person"));
    for member in members.iter().take(NAMESAKES) {
        screen = screen.block(Block::Person {
            status: Some(scene.ledger.status(*member)),
            name: scene.name_text(*member),
            details: Vec::new(),
            act: Some(act(*member)),
        });
    }
    if members.len() > NAMESAKES {
        screen = screen.line(Text::new("which-person-more"));
    }
    screen.choice(Text::new("choice-cancel"), Act::Cancel, exodus_ui::Tone::Way)
}

/// `paid anna 50`, `got 50 from anna`: the acts on open obligations between the two that fit.
pub(crate) fn settlings(scene: &Scene, other: MemberId, what: Settling, amount: Option<Amount>) -> Vec<Act> {
    use exodus_core::Command;
    match what {
        Settling::Reported => {
            let open = scene
                .ledger
                .owed_by(scene.viewer)
                .filter(|o| o.creditor == other && o.is_unsettled());
            let fits = open.filter(|o| {
                !o.unreported().is_zero() && amount.is_none_or(|amount| amount <= o.unreported())
            });
            let report = |obligation| {
                Deed::plain(Command::Report {
                    obligation,
                    amount,
                    note: None,
                })
            };
            fits.map(|o| Act::Do(report(o.id))).collect()
        }
        Settling::Received => {
            let waiting = scene
                .ledger
                .owed_to(scene.viewer)
                .filter(|o| o.debtor == other)
                .flat_map(|o| o.waiting());
            let fits = waiting.filter(|(_, report)| amount.is_none_or(|amount| amount <= report.amount));
            fits.map(|(report, _)| Act::Do(Deed::plain(Command::Confirm { report, amount })))
                .collect()
        }
    }
}
