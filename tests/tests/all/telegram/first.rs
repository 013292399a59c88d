//! First contact: with an invitation, however it is said, and with one that opens nothing.

use std::time::Duration;

use exodus_tests::{
    telegram::{Company, Person, still},
    world::code_in,
};

/// Anna asks for help; the code of a link to her.
async fn asked(company: &mut Company) -> (Person, String) {
    let anna = Person::new(1, "Anna", "en");
    company.joins(&anna, None).await;
    company.says(&anna, "need 300 monthly rent").await;
    company.presses(&anna, "No").await;
    company.says(&anna, "/invite").await;
    let shown = company.presses(&anna, "New link to me").await;
    let code = code_in(&shown).expect("a code");
    (anna, code)
}

/// N5: the line that the link's screen tells people to pass on does what the deep link does, as the first words too.
#[test]
fn n5_an_invitation_is_followed_however_it_is_said() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let (_, code) = asked(&mut company).await;
        let ways = ["/start", "start", "Start", "/старт", "старт"];
        for (number, way) in (10..).zip(ways) {
            let who = Person::new(number, &format!("Friend {number}"), "en");
            let seen = company.says(&who, &format!("{way} {code}")).await;
            assert!(
                seen.contains("You came by an invitation") && seen.contains("Anna"),
                "{way}: {seen}"
            );
        }
        let referred =
            "SELECT count(*) FROM journal WHERE kind = 'registered' AND body LIKE '%\"referrer\":1%'";
        assert_eq!(
            place.number(referred).await,
            i64::try_from(ways.len()).expect("few")
        );
        company.end().await;
    });
}

/// N4: an invitation that never was, and one that is closed, are answered alike, and in words.
#[test]
fn n4_an_invitation_that_opens_nothing_is_answered() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let (anna, code) = asked(&mut company).await;
        company.presses(&anna, "Close").await;
        company.presses(&anna, "Yes").await;
        let mut answers = Vec::new();
        for (number, token) in (10..).zip([code.as_str(), "00000000000000000000000000", "what is this"]) {
            let who = Person::new(number, "Friend", "en");
            answers.push(company.says(&who, &format!("/start {token}")).await);
        }
        assert!(
            answers[0].contains("This invitation opens nothing now"),
            "{}",
            answers[0]
        );
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
        company.end().await;
    });
}

/// M1, U2: the button that makes a code, pressed twice, shows a code that is good.
#[test]
fn m1_a_code_that_is_asked_for_twice_is_good() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let (anna, _) = asked(&mut company).await;
        company.says(&anna, "/profile").await;
        company.presses(&anna, "Accounts").await;
        let (message, data) = company.button(&anna, "Make a code");
        company.presses_raw(&anna, message, &data).await;
        let shown = company.presses_raw(&anna, message, &data).await;
        let code = shown
            .split('`')
            .find(|word| word.len() == 8 && word.chars().all(|sign| sign.is_ascii_alphanumeric()));
        let code = code.unwrap_or_else(|| panic!("no code in {shown}"));
        let other = Person::new(2, "Anna too", "en");
        company.joins(&other, None).await;
        let answer = company.says(&other, &format!("link {code}")).await;
        assert!(answer.contains("Almost done"), "{code}: {answer}");
        company.end().await;
    });
}

/// O6: told to stop while notices wait for their turn, it hands over what it holds and ends.
#[test]
fn o6_told_to_stop_while_notices_wait_it_ends() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let (anna, code) = asked(&mut company).await;
        for number in 10..40 {
            let who = Person::new(number, &format!("Friend {number}"), "en");
            company.says(&who, &format!("/start {code}")).await;
            company.says(&who, "give 5 to anna").await;
        }
        company.says(&anna, "/need").await;
        company.presses(&anna, "I’m fine again").await;
        let (message, data) = company.button(&anna, "Yes");
        let seen = company.fake.calls(0).len();
        let more = |company: &Company| company.fake.calls(seen).len();
        company.fake.press(&anna.user(), &anna.chat(), message, &data);
        still::until("the first notices go", async || more(&company) > 4).await;
        let before = tokio::time::Instant::now();
        company.bot.stop().await;
        assert!(
            before.elapsed() < Duration::from_secs(30),
            "{:?}",
            before.elapsed()
        );
        assert_eq!(company.fake.violations(), [""; 0]);
    });
}
