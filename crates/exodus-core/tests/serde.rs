//! Whatever a ledger holds and says can be serialised and read again (O11).
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod random;
mod village;

use exodus_core::{Event, Ledger, NoteId, Period, Snapshot};
use proptest::prelude::*;
use village::story::{play, story};

fn again<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn o11_a_whole_community_and_its_journal_are_read_again_as_they_were(story in story()) {
        let history = play(&story);
        let records: Snapshot = again(&history.ledger.snapshot());
        prop_assert_eq!(&records, &history.ledger.snapshot());
        let read = Ledger::from_snapshot(history.ledger.policy.clone(), records);
        read.invariants().unwrap();
        let events: Vec<Event> = again(&history.events);
        prop_assert_eq!(&events, &history.events);
        let mut replayed = Ledger::new(history.ledger.policy.clone());
        events.iter().for_each(|event| replayed.evolve(event));
        prop_assert_eq!(replayed.snapshot(), history.ledger.snapshot());
    }

    #[test]
    fn o11_names_of_texts_keep_every_bit(name in any::<u128>()) {
        prop_assert_eq!(again(&NoteId(name)), NoteId(name));
        let text = serde_json::to_string(&NoteId(name)).unwrap();
        prop_assert_eq!(text.len(), 34, "32 hexadecimal digits: {}", text);
    }
}

#[test]
fn o11_a_month_is_written_as_people_write_it() {
    let period: Period = "2026-11".parse().unwrap();
    assert_eq!(serde_json::to_string(&period).unwrap(), "\"2026-11\"");
    assert_eq!(again(&period), period);
    for wrong in ["\"2026\"", "\"2026-13\"", "\"11-2026-1\"", "7"] {
        assert!(serde_json::from_str::<Period>(wrong).is_err(), "{wrong}");
    }
}
