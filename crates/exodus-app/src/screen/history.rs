//! `/history`: my journal, newest first; and "why do I owe this?", one record's whole history (L17).

mod bond;
mod line;

use exodus_core::{BondId, Event, Fact, IntentionId, MemberId, NoteId, ObligationId, OfferId, view};
use exodus_i18n::{Arg, Text};
use exodus_ui::{Act, Block, Route, Screen};

use super::{
    people::{older, ways},
    record::{party, person, see_intention, see_obligation, see_offer},
};
use crate::scene::Scene;

pub(super) use line::ending_word;

/// One entry of the journal from the reader's point of view; `None` when it is not theirs to see. Names only people
/// whom the reader may see now.
pub(crate) fn history_line(scene: &Scene, event: &Event) -> Option<Text> {
    line::Reader { scene, name: person }.line(event)
}

/// The same at the moment it happens: the other one of a record that just ended is named too.
pub(super) fn news_line(scene: &Scene, event: &Event) -> Option<Text> {
    line::Reader { scene, name: party }.line(event)
}

/// The reader's journal, newest first.
pub(crate) fn history(scene: &Scene, page: u32) -> Screen {
    let mut events: Vec<_> = scene.events.iter().collect();
    events.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    let mut screen = Screen::new(Route::History { page }, Text::new("history-title"));
    for (_, event) in events {
        if let Some(text) = entry(scene, event) {
            screen = screen.block(Block::Item {
                text,
                act: record_of(scene, event).map(Act::Go),
            });
        }
    }
    if screen.blocks.is_empty() && page == 0 {
        screen = screen.line(Text::new("history-empty"));
    }
    ways(older(screen, scene.more, page, |page| Route::History { page }))
}

/// The history of one record; the newest entries come first, on a page in the order it happened. `None` when it is not
/// the reader's.
pub(crate) fn record_history(scene: &Scene, record: u64, page: u32) -> Option<Screen> {
    let route = |page| Route::RecordHistory { record, page };
    let back = way_to(scene, record);
    let mut screen = Screen::new(route(page), Text::new("history-record-title"));
    let mut events: Vec<_> = scene.events.iter().collect();
    events.sort_by_key(|(number, _)| *number);
    for (_, event) in events {
        let Some(text) = entry(scene, event) else { continue };
        screen = screen.block(Block::Line(text));
        let words = note_of(&event.fact).and_then(|note| scene.notes.get(&note));
        if let Some(words) = words.filter(|words| !words.trim().is_empty()) {
            screen = screen.block(Block::Quote(words.clone()));
        }
    }
    if screen.blocks.is_empty() && back.is_none() {
        return None;
    }
    let screen = older(screen, scene.more, page, route);
    let screen = match back {
        Some(route) => screen.offer("history-do-record", Act::Go(route)),
        None => screen,
    };
    Some(ways(screen))
}

fn entry(scene: &Scene, event: &Event) -> Option<Text> {
    let what = history_line(scene, event)?;
    Some(
        Text::new("history-entry")
            .with("at", scene.local(event.at))
            .words("what", what),
    )
}

/// The record an entry is about, when the reader may open it.
fn record_of(scene: &Scene, event: &Event) -> Option<Route> {
    let subjects = event.fact.subjects();
    subjects
        .tied
        .and_then(|tied| way_to(scene, tied))
        .or_else(|| way_to(scene, subjects.record?))
}

/// The screen of a record by its number: the number names one record only.
fn way_to(scene: &Scene, record: u64) -> Option<Route> {
    let (obligation, intention, offer) = (ObligationId(record), IntentionId(record), OfferId(record));
    if see_obligation(scene, obligation).is_some() {
        Some(Route::Obligation { obligation })
    } else if see_intention(scene, intention).is_some() {
        Some(Route::Intention { intention })
    } else if see_offer(scene, offer).is_some() {
        Some(Route::Offer { offer })
    } else if view::bond(&scene.ledger, scene.viewer, BondId(record)).is_some() {
        Some(Route::Bond { bond: BondId(record) })
    } else {
        None
    }
}

/// The words that were given with a fact between two people.
fn note_of(fact: &Fact) -> Option<NoteId> {
    match *fact {
        Fact::IntentionRecorded { note, .. }
        | Fact::ObligationMade { note, .. }
        | Fact::PerformanceReported { note, .. }
        | Fact::OfferMade { note, .. } => note,
        Fact::ConfirmationReopened { reason, .. } => reason,
        Fact::Registered { .. }
        | Fact::MonthlyAsked { .. }
        | Fact::EmergencyCalled { .. }
        | Fact::AppealChanged { .. }
        | Fact::MonthlyEnded { .. }
        | Fact::EmergencyEnded { .. }
        | Fact::MemberLeft { .. }
        | Fact::LinkingAsked { .. }
        | Fact::AccountsLinked { .. }
        | Fact::MemberBlocked { .. }
        | Fact::MemberUnblocked { .. }
        | Fact::Vouched { .. }
        | Fact::VouchWithdrawn { .. }
        | Fact::LinkMade { .. }
        | Fact::LinkRevoked { .. }
        | Fact::LinkExpired { .. }
        | Fact::LinkFollowed { .. }
        | Fact::LinksForbidden { .. }
        | Fact::IntentionChanged { .. }
        | Fact::IntentionWithdrawn { .. }
        | Fact::IntentionConverted { .. }
        | Fact::IntentionLapsed { .. }
        | Fact::IntentionCancelled { .. }
        | Fact::IntentionRenewed { .. }
        | Fact::RenewalDeferred { .. }
        | Fact::IntentionThawed { .. }
        | Fact::ConversionAsked { .. }
        | Fact::ValueProposed { .. }
        | Fact::ValueDeclined { .. }
        | Fact::DueMoved { .. }
        | Fact::PerformanceAnswered { .. }
        | Fact::PerformanceSettledBySilence { .. }
        | Fact::PerformanceAsked { .. }
        | Fact::ConfirmationReminded { .. }
        | Fact::DebtorReminded { .. }
        | Fact::ObligationFulfilled { .. }
        | Fact::ObligationOverdue { .. }
        | Fact::ObligationReleased { .. }
        | Fact::ObligationCancelled { .. }
        | Fact::ObligationDefaulted { .. }
        | Fact::PersonalLinkMade { .. }
        | Fact::BondProposed { .. }
        | Fact::BondMade { .. }
        | Fact::BondDeclined { .. }
        | Fact::BondWithdrawn { .. }
        | Fact::BondChanged { .. }
        | Fact::BondEnded { .. }
        | Fact::OfferAccepted { .. }
        | Fact::OfferDeclined { .. }
        | Fact::OfferWithdrawn { .. }
        | Fact::MonthClosed { .. }
        | Fact::MonthNudged { .. }
        | Fact::MonthSummarised { .. }
        | Fact::MemberSuspended { .. }
        | Fact::SuspensionLifted { .. } => None,
    }
}

/// How a line names somebody.
type Naming = fn(&Scene, MemberId) -> Arg;

#[cfg(test)]
mod tests {
    use exodus_core::{Fact, MemberId};
    use exodus_ui::{Act, Route};

    use super::{
        super::record::samples::{
            ANNA, BO, CARA, EVERYBODY, OBLIGATION, event, facts, more_facts, said, scene, shown, story,
        },
        history, history_line, record_history,
    };

    #[test]
    fn every_fact_has_a_line_for_somebody_and_words_in_it() {
        for fact in facts().into_iter().chain(more_facts()) {
            let by = |by| event(by, fact.clone());
            let line = |viewer: MemberId, event| history_line(&scene(viewer, &story()), event);
            let lines = [None, Some(ANNA), Some(BO)].map(by);
            let lines = lines
                .iter()
                .flat_map(|event| EVERYBODY.into_iter().filter_map(move |one| line(one, event)));
            let lines: Vec<_> = lines.collect();
            assert!(!lines.is_empty(), "{fact:?}");
            lines.iter().for_each(said);
        }
    }

    #[test]
    fn only_a_party_has_a_line() {
        for fact in facts() {
            let subjects = fact.subjects();
            if subjects.member != CARA && subjects.other != Some(CARA) {
                let line = history_line(&scene(CARA, &story()), &event(None, fact.clone()));
                assert!(line.is_none(), "{fact:?}");
            }
        }
    }

    #[test]
    fn a_block_is_in_nobody_elses_journal() {
        let blocked = event(
            Some(ANNA),
            Fact::MemberBlocked {
                member: ANNA,
                other: BO,
            },
        );
        assert!(history_line(&scene(ANNA, &[]), &blocked).is_some());
        assert!(history_line(&scene(BO, &[]), &blocked).is_none());
    }

    #[test]
    fn the_journal_is_newest_first_and_opens_its_records() {
        let mut scene = scene(ANNA, &story());
        scene.events = (1..)
            .zip(story().into_iter().map(|fact| event(Some(ANNA), fact)))
            .collect();
        scene.more = true;
        let screen = history(&scene, 1);
        shown(&screen);
        let newest = screen.acts().into_iter().next();
        assert!(matches!(newest, Some(Act::Go(Route::Offer { .. }))), "{newest:?}");
        let why = record_history(&scene, OBLIGATION.0, 0).expect("Anna's own");
        shown(&why);
        scene.viewer = CARA;
        assert!(record_history(&scene, OBLIGATION.0, 0).is_none());
    }
}
