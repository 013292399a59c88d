//! Finding people by name among those in sight.

use exodus_core::{Amount, MemberId, view};
use exodus_i18n::{
    Text,
    read::{Match, name_matches},
};
use exodus_ui::{Act, Block, Deed, Draft, Route, Screen, act::Settling};

use crate::scene::Scene;

/// What was found.
pub(crate) enum Found {
    /// Nobody.
    Nobody,
    /// One.
    One(MemberId),
    /// Several that fit equally well.
    Several(Vec<MemberId>),
}

/// Everybody a reader may name: those whose card they see, and those they have something unsettled with.
fn in_sight(scene: &Scene) -> impl Iterator<Item = MemberId> {
    let others = scene
        .ledger
        .members()
        .map(|member| member.id)
        .filter(|id| *id != scene.viewer);
    others.filter(|id| view::sight(&scene.ledger, scene.viewer, *id).any())
}

/// Finds somebody in sight by a name as people say it, in any case.
pub(crate) fn find(scene: &Scene, query: &str) -> Found {
    let fits = in_sight(scene).filter_map(|member| {
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

/// Puts a person, and what they ask for, into a draft.
#[expect(clippy::wildcard_enum_match_arm, reason = "only two drafts name a person")]
pub(crate) fn with_person(scene: &Scene, mut draft: Draft, member: MemberId) -> Draft {
    match &mut draft {
        Draft::Help { to, appeal, .. } => {
            *to = Some(member);
            *appeal = scene
                .ledger
                .current_appeal(member)
                .map(|appeal| (appeal.id, !appeal.is_monthly()));
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
    for member in members {
        screen = screen.block(Block::Person {
            status: Some(scene.ledger.status(*member)),
            name: scene.name_text(*member),
            details: Vec::new(),
            act: Some(act(*member)),
        });
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
