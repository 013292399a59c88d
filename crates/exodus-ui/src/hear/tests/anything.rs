//! Whatever is said: nothing panics, and what fills a question fits it.

use proptest::prelude::*;

use super::*;

#[test]
fn what_is_enormous_or_odd_is_only_text() {
    let huge = "я".repeat(50_000);
    let words = "give 50 ".repeat(12_000);
    let towers = format!("/give {}", "a\u{301}".repeat(30_000));
    let numbers = "9".repeat(100_000);
    let menu = three();
    let drafts = [
        None,
        Some(help_amount()),
        Some(Draft::About(None)),
        Some(Draft::Quiet(None)),
        Some(sure()),
    ];
    for text in [
        &huge,
        &words,
        &towers,
        &numbers,
        &format!("/{huge}"),
        &format!("need 300 by {words}"),
    ] {
        for draft in &drafts {
            let _ = hear_text(text, Some(&menu), draft.as_ref());
        }
    }
}

/// One draft for every field, and some of what is asked in other words.
fn drafts() -> Vec<Draft> {
    vec![
        help_amount(),
        convert(),
        sure(),
        Draft::help(Help::Given, None),
        emergency_at(false, false, false),
        emergency_at(true, false, false),
        emergency_at(true, true, false),
        emergency_at(true, true, true),
        Draft::Monthly {
            target: Some(euro(5)),
            purpose: None,
            findable: None,
        },
        Draft::Monthly {
            target: Some(euro(5)),
            purpose: Some(None),
            findable: None,
        },
        Draft::About(None),
        Draft::Pay {
            label: None,
            text: None,
        },
        Draft::OfferLine {
            text: Some("x".to_owned()),
            value: None,
        },
        Draft::Zone(None),
        Draft::Quiet(None),
        Draft::Harmless(None),
        Draft::Search(None),
        Draft::LinkingCode(None),
        Draft::Leave(None),
        Draft::Link {
            about: MemberId(1),
            uses: None,
            expires: None,
        },
        Draft::Link {
            about: MemberId(1),
            uses: Some(None),
            expires: None,
        },
    ]
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "/?(give|need|paid|got|дам|нужно|обещаю|получил|link|start|имя|find)( (50|1 000|€5|anna|анне|to|от|by|до|15|Dec|15 декабря|every month|-|🌻)){0,6}",
        "[ 0-9a🌻👩❤\u{200d}\u{fe0f}\u{301}\u{202e}\u{200b}\n/.,@-]{0,16}",
    ]
}

proptest! {
    #[test]
    fn nothing_said_panics_and_what_fills_fits(text in typed()) {
        let menu = three();
        let _ = hear_text(&text, Some(&menu), None);
        let _ = alone(&text);
        for draft in drafts() {
            if let Heard::Act(act) = hear_text(&text, None, Some(&draft)) {
                let Step::Ask(field) = draft.step() else { panic!("a question") };
                let mut filled = draft.clone();
                match act {
                    Act::Fill(value) => prop_assert!(filled.fill(field, value), "{:?}", draft),
                    Act::Skip => prop_assert!(filled.skip(), "{:?}", draft),
                    Act::Go(_)
                    | Act::Ask(_)
                    | Act::Do(_)
                    | Act::Cancel
                    | Act::Name(..)
                    | Act::Find(_)
                    | Act::NameRecord { .. }
                    | Act::Back => continue,
                }
                prop_assert_ne!(filled.step(), Step::Ask(field));
            }
        }
    }
}
