//! Buttons that are forged, foreign, stale or pressed again; somebody else's records; links that lead nowhere any more.

use exodus_tests::telegram::{Company, Person, still};

fn three() -> [Person; 3] {
    [
        Person::new(1, "Anna", "en"),
        Person::new(2, "Boris", "en"),
        Person::new(3, "Mallory", "en"),
    ]
}

/// Boris owes Anna; Mallory is in nobody's network.
async fn obliged(company: &mut Company) {
    let [anna, boris, mallory] = three();
    company.joins(&anna, None).await;
    company.says(&anna, "need 300 monthly rent").await;
    company.presses(&anna, "No").await;
    company.joins(&boris, Some(&anna)).await;
    company.joins(&mallory, None).await;
    company.says(&boris, "give 50 to anna").await;
    company.presses(&boris, "Make it an obligation").await;
}

/// O9: a button carries an opaque handle, which is checked: nothing that anybody can make up does anything.
#[test]
fn o9_forged_and_foreign_presses_do_nothing() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        obliged(&mut company).await;
        let [anna, boris, mallory] = three();
        let (message, yes) = company.button(&boris, "Yes");
        let before = company.entries().await;

        // Somebody else's button, under their own message and under one of Mallory's.
        for who in [&mallory, &anna] {
            for message in [message, 1, i64::from(i32::MAX)] {
                let seen = company.presses_raw(who, message, &yes).await;
                assert!(seen.contains('·'), "a press is always answered: {seen}");
                assert!(!seen.contains("obligation of"), "{seen}");
            }
        }
        // What nobody ever gave anybody.
        let (menu, _) = yes.split_once('.').expect("a menu and a place");
        let other = format!("{}.0", menu.chars().rev().collect::<String>());
        for data in [
            "",
            ".",
            "x",
            "0",
            "1.1",
            "….0",
            &other,
            &format!("{menu}.99"),
            &format!("{menu}.-1"),
            &format!("{menu}.4294967296"),
            &format!("{menu}."),
            &format!("{menu}.0.0"),
            &"A".repeat(64),
            "'; DROP TABLE menu; --",
            "\u{202e}0.uneM",
            "null",
            "{\"menu\":1}",
        ] {
            let seen = company.presses_raw(&boris, message, data).await;
            assert!(seen.contains('·'), "{data:?} is not answered: {seen}");
        }
        assert_eq!(company.entries().await, before, "something was done");

        // The true one still works, once.
        let seen = company.presses(&boris, "Yes").await;
        assert!(seen.contains("an obligation of €50"), "{seen}");
        assert!(company.entries().await > before);
        assert_eq!(company.fake.unanswered(), [""; 0], "every press is answered");
        company.end().await;
    });
}

/// U2: an old button works or says what is true now; the same one twice takes effect once.
#[test]
fn u2_stale_and_repeated_presses_take_effect_once() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        obliged(&mut company).await;
        let [anna, boris, _] = three();
        let (message, yes) = company.button(&boris, "Yes");
        // A finger that trembles: three presses before any is answered.
        for _ in 0..3 {
            company.fake.press(&boris.user(), &boris.chat(), message, &yes);
        }
        company.settle().await;
        let entries = company.entries().await;
        let seen = company.presses_raw(&boris, message, &yes).await;
        assert!(seen.contains('·'), "{seen}");
        assert_eq!(company.entries().await, entries, "a fourth press did something");
        let told = company.fake.shown(anna.id);
        let told = told.iter().filter(|message| {
            message["text"]
                .as_str()
                .is_some_and(|text| text.contains("obligation to you"))
        });
        assert_eq!(told.count(), 1, "Anna was told of one obligation");

        // Paid and confirmed meanwhile: the old buttons of both say what is true now.
        let old_report = company.button(&boris, "Done: report");
        company.says(&boris, "paid anna").await;
        let old_confirm = company.button(&anna, "€50 arrived");
        company.says(&anna, "got from boris").await;
        let entries = company.entries().await;
        for (who, (message, data)) in [(&boris, &old_report), (&anna, &old_confirm)] {
            let seen = company.presses_raw(who, *message, data).await;
            assert!(
                seen.contains('·') && seen.lines().count() > 1,
                "{}: {seen}",
                who.name
            );
        }
        assert_eq!(company.entries().await, entries, "a stale press did something");
        company.end().await;
    });
}

/// A message that is gone can not be edited: the answer comes as a new one.
#[test]
fn u2_a_press_under_a_message_that_is_gone_is_answered() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let [anna, ..] = three();
        company.joins(&anna, None).await;
        company.says(&anna, "/invite").await;
        let (_, data) = company.button(&anna, "Home");
        let seen = company.presses_raw(&anna, 999_999, &data).await;
        assert!(seen.contains("[👥 People]") || seen.lines().count() > 3, "{seen}");
        company.end().await;
    });
}

/// N4: unknown, revoked and malformed links all say the same, and let nobody into anybody's network.
#[test]
fn n4_a_revoked_link_opens_nothing() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let [anna, boris, mallory] = three();
        company.joins(&anna, None).await;
        company.says(&anna, "/invite").await;
        let shown = company.presses(&anna, "New link to me").await;
        let code = exodus_tests::world::code_in(&shown).expect("a code");
        company.presses(&anna, "Close the link").await;
        company.joins(&boris, None).await;
        company.joins(&mallory, None).await;
        let revoked = company.says(&boris, &format!("/start {code}")).await;
        let unknown = company.says(&mallory, "/start 00000000000000000000000000").await;
        assert_eq!(
            revoked.replace("Boris", "Mallory"),
            unknown,
            "who tries learns nothing"
        );
        for token in ["x", &"A".repeat(64), "../../etc", "%00", "-_-"] {
            company.says(&boris, &format!("/start {token}")).await;
        }
        let people = company.says(&boris, "/people").await;
        assert!(!people.contains("Anna"), "{people}");
        assert_eq!(place.number("SELECT count(*) FROM circle").await, 0);
        company.end().await;
    });
}
