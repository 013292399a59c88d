//! Groups and channels: the way to the private chat, nothing private ever, and nothing kept of what others say.

use exodus_tests::telegram::{
    Call, Company, Person,
    people::{group, typed},
    still,
};
use serde_json::{Value, json};

const GROUP: i64 = -77;

fn anna() -> Person {
    Person::new(1, "Anna", "en")
}

/// Anna asks for help; there is a group with her and the bot in it.
async fn with_group(company: &mut Company) -> Value {
    let (anna, group) = (anna(), group(GROUP, "Friends"));
    company.joins(&anna, None).await;
    company.says(&anna, "need 300 monthly for my operation").await;
    company.presses(&anna, "No").await;
    company.says(&anna, "/profile").await;
    company.presses(&anna, "How to send me help").await;
    company.presses(&anna, "Add").await;
    company.says(&anna, "Bank").await;
    company.says(&anna, "DE02120300000000202051").await;
    let bot = json!({"id": 4242, "is_bot": true, "first_name": "Exodus", "username": "exodus_test_bot"});
    company
        .fake
        .message(&group, Some(&anna.user()), json!({"text": "hello everybody"}));
    company.fake.give(json!({"my_chat_member": {
        "chat": group, "from": anna.user(), "date": 1_793_606_400,
        "old_chat_member": {"status": "left", "user": bot}, "new_chat_member": {"status": "member", "user": bot},
    }}));
    let joined = company.settle().await;
    assert_eq!(in_group(&joined).len(), 1, "a word on joining: {joined:#?}");
    group
}

fn in_group(calls: &[Call]) -> Vec<&Call> {
    calls
        .iter()
        .filter(|call| call.chat() == Some(GROUP) && call.result().is_some())
        .collect()
}

/// Nothing of anybody's is in what a group sees: a word, and the way to the private chat.
fn shows_nothing_private(calls: &[Call]) {
    for call in in_group(calls) {
        for private in ["operation", "300", "DE02", "Boris", "intention", "obligation"] {
            assert!(
                !call.words().contains(private),
                "{private:?} in a group: {}",
                call.words()
            );
        }
        for (label, to) in call.rows().into_iter().flatten() {
            assert!(
                to.starts_with("https://t.me/exodus_test_bot"),
                "[{label}] does {to:?} in a group"
            );
        }
    }
}

/// Whatever is commanded in a group, nobody's screen is shown there.
#[test]
fn commands_in_a_group_lead_to_the_private_chat() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let group = with_group(&mut company).await;
        let boris = Person::new(2, "Boris", "ru");
        let before = company.entries().await;
        for command in [
            "/home",
            "/need",
            "/profile@exodus_test_bot",
            "/organizer",
            "/history",
            "/export",
            "/start",
            "/help",
            "/give 50 to anna",
            "/leave",
            "/start 00000000000000000000000000",
        ] {
            for who in [&anna(), &boris] {
                company.fake.message(&group, Some(&who.user()), typed(command));
                let calls = company.settle().await;
                shows_nothing_private(&calls);
                assert!(in_group(&calls).len() <= 1, "{command}: {calls:#?}");
            }
        }
        // Not ours: other bots' commands, plain words, answers to others.
        for words in [
            "/home@other_bot",
            "hello",
            "help",
            "give 50 to anna",
            "link 12345678",
        ] {
            company.fake.message(&group, Some(&boris.user()), typed(words));
            let calls = company.settle().await;
            assert!(in_group(&calls).is_empty(), "{words:?} is answered: {calls:#?}");
        }
        assert_eq!(company.entries().await, before, "something was done in a group");
        assert!(
            place.number("SELECT count(*) FROM account").await == 1,
            "Boris was registered in a group"
        );
        company.end().await;
    });
}

/// What others say to each other is kept nowhere.
#[test]
fn nothing_is_kept_of_what_others_say() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let group = with_group(&mut company).await;
        let secret = "zanzibar-confidential";
        for more in [
            json!({"text": secret}),
            json!({"text": format!("a\n/home {secret}")}),
            json!({"caption": secret, "photo": []}),
            json!({"new_chat_title": secret}),
        ] {
            company.fake.message(&group, Some(&anna().user()), more);
        }
        // Before anything is worked off, and after.
        still::until("they are acknowledged", async || company.fake.waiting() == 0).await;
        for _ in 0..2 {
            let kept = place
                .number(&format!(
                    "SELECT count(*) FROM inbox WHERE payload LIKE '%{secret}%'"
                ))
                .await;
            assert_eq!(kept, 0, "what others say to each other is kept");
            company.settle().await;
        }
        company.end().await;
    });
}

/// In the name of the group, or of a channel, "from" is a stand-in: nobody knows who speaks, and nothing is done for them.
#[test]
fn anonymous_admins_and_channels_are_refused_with_a_word() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let group = with_group(&mut company).await;
        let before = company.entries().await;
        let stand_in = |id: i64, name: &str, bot: bool| json!({"id": id, "is_bot": bot, "first_name": name, "username": name});
        let channel = json!({"id": -1_000_000_000_099_i64, "type": "channel", "title": "News"});
        for (from, sender) in [
            (stand_in(1_087_968_824, "GroupAnonymousBot", true), group.clone()),
            (stand_in(136_817_688, "Channel_Bot", true), channel.clone()),
            (stand_in(777_000, "Telegram", false), channel.clone()),
            // "from" may even look like Anna.
            (anna().user(), group.clone()),
        ] {
            let mut message = typed("/connect");
            message["sender_chat"] = sender;
            company.fake.message(&group, Some(&from), message);
            let calls = company.settle().await;
            assert_eq!(in_group(&calls).len(), 1, "{from}: {calls:#?}");
            shows_nothing_private(&calls);
        }
        // A channel has no one to talk to.
        company.fake.message(&channel, None, typed("/home"));
        let calls = company.settle().await;
        assert!(
            calls.iter().all(|call| call.chat() != channel["id"].as_i64()),
            "{calls:#?}"
        );
        assert_eq!(company.entries().await, before);
        company.end().await;
    });
}

/// A press in a group shows nobody's screen there: no button of ours is one that says anything.
#[test]
fn presses_in_a_group_do_nothing() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let group = with_group(&mut company).await;
        company.says(&anna(), "/organizer").await;
        let (_, data) = company.button(&anna(), "Home");
        let before = company.entries().await;
        company.fake.press(&anna().user(), &group, 1, &data);
        let calls = company.settle().await;
        assert!(in_group(&calls).is_empty(), "{calls:#?}");
        assert_eq!(company.entries().await, before);
        company.end().await;
    });
}

/// A group becomes a supergroup with another number: commands are answered there from then on.
#[test]
fn a_group_that_moved_is_followed() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let old = with_group(&mut company).await;
        let to = -1_000_000_000_077;
        company.fake.migrate(&old, &anna().user(), to);
        company.settle().await;
        company
            .fake
            .message(&group(to, "Friends"), Some(&anna().user()), typed("/help"));
        let calls = company.settle().await;
        assert!(
            calls
                .iter()
                .any(|call| call.chat() == Some(to) && call.result().is_some()),
            "{calls:#?}"
        );
        assert!(calls.iter().all(|call| call.chat() != Some(GROUP)), "{calls:#?}");
        company.end().await;
    });
}

/// Anna asks in the group that it may follow her appeal, and is asked in private how far.
async fn connects(company: &mut Company, group: &Value) {
    company
        .fake
        .message(group, Some(&anna().user()), typed("/connect@exodus_test_bot"));
    let invitation = invitation(&company.settle().await);
    let asked = company.says(&anna(), &format!("/start {invitation}")).await;
    assert!(asked.contains("Show my appeal in “Friends”?"), "{asked}");
}

/// Somebody has given Anna so many euros.
async fn gives(company: &mut Company, who: &Person, euros: u32) {
    company.says(who, &format!("give {euros} to anna")).await;
    company.presses(who, "Already given").await;
    company.presses(who, "Yes").await;
}

/// What a deep link in the group says to the bot.
fn invitation(calls: &[Call]) -> String {
    shows_nothing_private(calls);
    let ways = in_group(calls).into_iter().flat_map(Call::rows).flatten();
    let mut codes = ways.filter_map(|(_, to)| Some(to.split_once("?start=")?.1.to_owned()));
    codes.next_back().expect("a deep link")
}

/// What the group is told after the first `seen` calls, as soon as it is.
async fn told(company: &mut Company, seen: usize) -> Call {
    still::until("the group is told", async || {
        !in_group(&company.fake.calls(seen)).is_empty()
    })
    .await;
    company.settle().await;
    let calls = company.fake.calls(seen);
    shows_nothing_private(&calls);
    let mut told = in_group(&calls);
    let last = told.pop().cloned().expect("it was told");
    assert!(told.is_empty(), "it was told more than once: {told:#?}");
    last
}

/// Groups follow an appeal as far as its owner chose: progress in place, every quarter as news, and nothing when they shall
/// see nothing any more. "Help" leads to the owner, in private.
#[test]
fn a_group_follows_an_appeal_as_far_as_its_owner_chose() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let group = with_group(&mut company).await;
        connects(&mut company, &group).await;
        let seen = company.fake.calls(0).len();
        company.presses(&anna(), "Progress and news").await;
        let first = told(&mut company, seen).await;
        assert_eq!(first.method, "sendMessage");
        assert!(
            first.words().contains("Anna") && first.words().contains("0%"),
            "{}",
            first.words()
        );

        // "Help" is the way of a stranger to Anna.
        let boris = Person::new(2, "Boris", "en");
        let code = invitation(std::slice::from_ref(&first));
        let card = company.says(&boris, &format!("/start {code}")).await;
        assert!(card.contains("Anna"), "{card}");

        // A step is an edit; a quarter is told anew.
        let seen = company.fake.calls(0).len();
        gives(&mut company, &boris, 30).await;
        let step = told(&mut company, seen).await;
        assert_eq!(step.method, "editMessageText");
        assert!(step.words().contains("10%"), "{}", step.words());
        let seen = company.fake.calls(0).len();
        gives(&mut company, &boris, 60).await;
        let quarter = told(&mut company, seen).await;
        assert_eq!(quarter.method, "sendMessage");
        assert!(quarter.words().contains("30%"), "{}", quarter.words());

        // It shall see nothing any more.
        company.says(&anna(), "/invite").await;
        company.presses(&anna(), "Groups").await;
        let seen = company.fake.calls(0).len();
        let gone = company.says(&anna(), "2").await;
        assert!(gone.contains("No group shows your appeal"), "{gone}");
        // What it shows is taken back: nobody is named there, and no way leads to her.
        let taken = told(&mut company, seen).await;
        assert_eq!(taken.method, "editMessageText");
        assert!(!taken.words().contains("Anna"), "{}", taken.words());
        assert!(taken.rows().is_empty(), "{:?}", taken.rows());
        still::until("it is forgotten", async || {
            place.number("SELECT count(*) FROM follower").await == 0
        })
        .await;
        let seen = company.fake.calls(0).len();
        gives(&mut company, &boris, 150).await;
        for _ in 0..200 {
            still::step().await;
        }
        let calls = company.fake.calls(seen);
        assert!(in_group(&calls).is_empty(), "{calls:#?}");
        company.end().await;
    });
}

/// The button in the group is changed when the link behind it ends, and leads nowhere when there is none; a link for one
/// use is none for a group. Who leaves is named there no longer (M11).
#[test]
fn m11_a_group_shows_no_dead_way_and_nobody_who_left() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let group = with_group(&mut company).await;
        connects(&mut company, &group).await;
        let seen = company.fake.calls(0).len();
        company.presses(&anna(), "Progress only").await;
        let first = told(&mut company, seen).await;
        let code = invitation(std::slice::from_ref(&first));

        company.says(&anna(), "/invite").await;
        let seen = company.fake.calls(0).len();
        company.says(&anna(), "1").await;
        company.presses(&anna(), "Close").await;
        company.presses(&anna(), "Yes").await;
        let closed = told(&mut company, seen).await;
        assert_eq!(closed.method, "editMessageText");
        assert!(closed.words().contains("Anna"), "{}", closed.words());
        assert!(closed.rows().is_empty(), "{code}: {:?}", closed.rows());

        let seen = company.fake.calls(0).len();
        company.says(&anna(), "/leave").await;
        company.presses(&anna(), "Leave").await;
        company.says(&anna(), "LEAVE").await;
        let left = told(&mut company, seen).await;
        assert_eq!(left.method, "editMessageText");
        assert!(!left.words().contains("Anna"), "{}", left.words());
        still::until("it is forgotten", async || {
            place.number("SELECT count(*) FROM follower").await == 0
        })
        .await;
        company.end().await;
    });
}

/// The invitation that `/connect` makes is for whoever wrote it: to anybody else it is none (O9).
#[test]
fn o9_a_group_follows_nobody_by_somebody_elses_invitation() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let group = with_group(&mut company).await;
        let boris = Person::new(2, "Boris", "en");
        company.joins(&boris, Some(&anna())).await;
        company
            .fake
            .message(&group, Some(&anna().user()), typed("/connect@exodus_test_bot"));
        let invitation = invitation(&company.settle().await);
        let refused = company.says(&boris, &format!("/start {invitation}")).await;
        assert!(refused.contains("This way is no longer good"), "{refused}");
        assert!(!refused.contains("Friends"), "{refused}");
        assert_eq!(place.number("SELECT count(*) FROM follower").await, 0);
        company.end().await;
    });
}
