//! Signs, numbers and words mean the same; screens are edited in place; what is old or foreign does nothing.

use exodus_tests::{
    Backend,
    matrix::{Company, Person},
    place,
};
use serde_json::json;

/// What somebody's last screen says, without what they are called.
fn last(company: &Company, who: &Person) -> String {
    let shown = company.sight(who).last().expect("a screen");
    shown.words.replace(&who.user, "…").replace(&who.name, "…")
}

/// U2: a sign, a number and a word do the same, in a plain and in an encrypted room.
#[test]
fn u2_signs_numbers_and_words_are_the_same() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::new(&place).await;
        let by_sign = company.joins("Sophie", None, true).await;
        let by_number = company.joins("Nora", None, false).await;
        let by_word = company.joins("Wanda", None, true).await;
        for (before, choice) in [
            ("profile", "About me"),
            ("profile", "Accounts"),
            ("need 300 monthly rent", "No"),
        ] {
            for who in [&by_sign, &by_number, &by_word] {
                company.says(who, before).await;
            }
            let (message, place) = company.choice(&by_sign, choice);
            let shown = company.sight(&by_sign).message(&message).expect("shown").clone();
            company.puts(&by_sign, &message, &shown.signs[place].0).await;
            company.says(&by_number, &(place + 1).to_string()).await;
            company.says(&by_word, &shown.choices[place]).await;
            assert_eq!(last(&company, &by_sign), last(&company, &by_number), "{choice}");
            assert_eq!(last(&company, &by_sign), last(&company, &by_word), "{choice}");
            assert_ne!(last(&company, &by_sign), shown.words, "{choice}");
        }
        company.end().await;
    });
}

/// U2: a screen that is answered by a sign is edited, the sign is taken away, and can be put there again.
#[test]
fn u2_screens_are_edited_in_place() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::new(&place).await;
        let anna = company.joins("Anna", None, true).await;
        company.says(&anna, "profile").await;
        let messages = company.sight(&anna).shown.len();
        let screen = company.sight(&anna).last().expect("a screen").clone();
        for round in 0..2 {
            company.picks(&anna, "Accounts").await;
            let edited = company.sight(&anna).last().expect("a screen").clone();
            assert_eq!(edited.id, screen.id, "round {round}: edited in place");
            assert_ne!(edited.words, screen.words, "round {round}");
            company.picks(&anna, "Back").await;
            let back = company.sight(&anna).last().expect("a screen").clone();
            assert_eq!(
                (&back.id, &back.words),
                (&screen.id, &screen.words),
                "round {round}: a way back"
            );
        }
        assert_eq!(
            company.sight(&anna).shown.len(),
            messages,
            "the room does not fill up"
        );
        company.end().await;
    });
}

/// U2, O9: a sign twice takes effect once; an old one says what is true now; hearts, and signs under what shows no choice,
/// are nobody's business.
#[test]
fn u2_old_and_repeated_signs_take_effect_once() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::new(&place).await;
        let anna = company.joins("Anna", None, true).await;
        company.says(&anna, "need 300 monthly rent").await;
        company.picks(&anna, "No").await;
        let boris = company.joins("Boris", Some(&anna), true).await;
        let said = boris.write(company.room(&boris), "give 50 to anna").await;
        company.expects(&said);
        company.seen(&boris).await;
        company.picks(&boris, "Make it an obligation").await;
        let (message, place) = company.choice(&boris, "Yes");
        let before = company.entries().await;

        // Hearts, numbers that nothing has, and a sign under one's own words.
        for (under, sign) in [
            (&message, "❤️"),
            (&message, "0️⃣"),
            (&said, "1️⃣"),
            (&message, "🆘"),
            (&message, "9️⃣"),
        ] {
            company.puts(&boris, under, sign).await;
        }
        assert_eq!(company.entries().await, before, "something was done");

        // A finger that trembles: the same sign twice, the second as another client spells it.
        let shown = company.sight(&boris).message(&message).expect("shown").clone();
        let sign = shown.signs[place].0.clone();
        let room = company.room(&boris).to_owned();
        let event = boris.react(&room, &message, &sign).await;
        company.expects(&event);
        let again = boris.react(&room, &message, "1\u{20e3}").await;
        company.expects(&again);
        let seen = company.seen(&boris).await;
        assert!(seen.contains("obligation"), "{seen}");
        let entries = company.entries().await;
        assert!(entries > before);
        company.puts(&boris, &message, "✅").await;
        assert_eq!(company.entries().await, entries, "it was done again");
        let told = company.sight(&anna).shown.iter();
        let told = told.filter(|shown| shown.plain.contains("obligation to you"));
        assert_eq!(told.count(), 1, "Anna was told of one obligation");
        company.end().await;
    });
}

/// U2: a number that is said to a message belongs to that message.
#[test]
fn u2_a_reply_belongs_to_what_it_replies_to() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::new(&place).await;
        let anna = company.joins("Anna", None, true).await;
        company.says(&anna, "profile").await;
        let (profile, place_of) = company.choice(&anna, "Accounts");
        company.says(&anna, "help").await;
        let content = json!({
            "msgtype": "m.text",
            "body": format!("> <@x:y> something\n\n{}", place_of + 1),
            "m.relates_to": {"m.in_reply_to": {"event_id": profile}},
        });
        let seen = company.sends(&anna, "m.room.message", content).await;
        assert!(seen.contains("you are here"), "{seen}");
        company.end().await;
    });
}

/// Whatever anybody corrects or takes back afterwards was said already; notices are answered by nobody.
#[test]
fn corrections_and_notices_are_not_answered() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::new(&place).await;
        let anna = company.joins("Anna", None, true).await;
        let first = anna.write(company.room(&anna), "help").await;
        company.expects(&first);
        company.seen(&anna).await;
        let (entries, asked) = (company.entries().await, company.sight(&anna).shown.len());
        let correction = json!({
            "msgtype": "m.text", "body": "* need 300 monthly", "m.new_content": {"msgtype": "m.text", "body": "need 300 monthly"},
            "m.relates_to": {"rel_type": "m.replace", "event_id": first},
        });
        for content in [correction, json!({"msgtype": "m.notice", "body": "home"})] {
            let seen = company.sends(&anna, "m.room.message", content).await;
            assert_eq!(seen, "");
        }
        let room = company.room(&anna).to_owned();
        anna.request(
            "PUT",
            &format!("/rooms/{room}/redact/{first}/taken-back"),
            json!({}),
        )
        .await;
        company.seen(&anna).await;
        assert_eq!(
            (company.entries().await, company.sight(&anna).shown.len()),
            (entries, asked)
        );
        company.end().await;
    });
}
