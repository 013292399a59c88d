//! Words that people give: nothing they write breaks, forges or overflows anything.

use exodus_tests::{
    Backend,
    matrix::{Company, Shown},
    place,
};

/// Names as somebody with too much time would choose them.
const NAMES: &[&str] = &[
    "<b>bold</b> & <script>alert(1)</script>",
    "</strong><a href=\"https://evil.example\">Anna</a>",
    "*stars* _lines_ `ticks` [link](https://evil.example) ||spoiler||",
    "\u{202e}anna\u{202c} \u{2066}x\u{2069} \u{200f}\u{200e}",
    "@room @anna:exodus.test #tag https://matrix.to/#/@anna:exodus.test",
    "<mx-reply>x</mx-reply> <img src=mxc://evil> &lt;b&gt;",
    "1. Home\n2. Leave",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦👩\u{200d}👩\u{200d}👧\u{200d}👦",
    "Z\u{0310}\u{0311}\u{0312}\u{0313}\u{0314}a\u{0315}\u{0316}lgo",
    "{ $name } { \"x\" } \u{2068}y\u{2069}",
];

/// U7: whatever somebody is called, nobody sees a mention, a link, a choice or markup made of it.
#[test]
fn u7_names_forge_nothing() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let anna = company.joins("Anna", None, true).await;
        company.says(&anna, "need 300 monthly rent").await;
        company.picks(&anna, "No").await;
        for name in NAMES {
            let code = company.code(&anna).await;
            let (who, _) = company.comes(name, false).await;
            company.says(&who, &format!("start {code}")).await;
            let seen = company.says(&who, "give 5 to anna").await;
            assert!(seen.contains("€5"), "{name:?}: {seen}");
            company.says(&anna, "people").await;
            for shown in &company.sight(&who).shown {
                harmless(shown, &who.user);
            }
        }
        for shown in &company.sight(&anna).shown {
            harmless(shown, &anna.user);
        }
        company.end().await;
    });
}

/// Nothing in a message is a link or a mention that somebody gave; no control of direction is in it. That its HTML is of the
/// kind that clients show, and says what the plain text says, is looked at wherever anything is seen.
fn harmless(shown: &Shown, reader: &str) {
    let bidi = |sign: char| matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!shown.plain.contains(bidi), "directions in {:?}", shown.plain);
    let mentioned = &shown.content["m.mentions"];
    assert!(mentioned["room"].is_null(), "{mentioned}");
    let users = mentioned["user_ids"].as_array().cloned().unwrap_or_default();
    assert!(
        users.iter().all(|user| user == reader),
        "somebody else is called: {mentioned}"
    );
    let html = shown.content["formatted_body"].as_str().unwrap_or_default();
    assert!(!html.contains("href=\"https://evil"), "{html}");
    // Clients find these by themselves, except in code.
    let mut outside = String::new();
    for (place, part) in html.split("<code>").enumerate() {
        let after = if place == 0 {
            part
        } else {
            part.split_once("</code>").expect("it ends").1
        };
        outside.push_str(after);
    }
    for found in ["https://evil", "@room", "@anna", "matrix.to/#/@anna:"] {
        assert!(
            !outside.contains(found),
            "{found:?} is found by clients in {html}"
        );
    }
    for choice in &shown.choices {
        assert!(!choice.contains(bidi) && !choice.contains('\n'), "{choice:?}");
    }
}
