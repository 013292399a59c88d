//! What somebody sees in their room with the bot: messages, what became of them, the signs under them.
//!
//! Everything the bot says is looked at closely here, in every test: that it is a notice, encrypted where the room is, from a
//! device that others can trust, of a size that servers take, that its HTML is of the kind that clients show, and that who
//! reads plain text reads the same words.

use std::fmt::Write as _;

use serde_json::Value;

use super::Seen;

/// The longest an event may be, in bytes.
const LONGEST: usize = 65_536;

/// A message of the bot's, as it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its event.
    pub id: String,
    /// Its words, with what is marked in them.
    pub words: String,
    /// Its plain words.
    pub plain: String,
    /// The kind of file and its name, if it is one.
    pub file: Option<(String, String)>,
    /// Its numbered choices.
    pub choices: Vec<String>,
    /// The signs under it that the bot put there, each with its event.
    pub signs: Vec<(String, String)>,
    /// What it said, as it was sent.
    pub content: Value,
}

impl Shown {
    fn read(seen: &Seen, content: &Value) -> Self {
        let plain = content["body"].as_str().unwrap_or_default().to_owned();
        let file = match content["msgtype"].as_str() {
            Some("m.image") => Some(("picture".to_owned(), plain.clone())),
            Some("m.file") => Some(("file".to_owned(), plain.clone())),
            _ => None,
        };
        let words = match content["formatted_body"].as_str() {
            Some(html) => marked(html),
            None => plain.clone(),
        };
        Self {
            id: seen.id.clone(),
            words,
            choices: if file.is_some() {
                Vec::new()
            } else {
                choices(&plain)
            },
            plain,
            file,
            signs: Vec::new(),
            content: content.clone(),
        }
    }

    /// All of it, as a transcript has it.
    #[must_use]
    pub fn looks(&self) -> String {
        let mut looks = match &self.file {
            Some(_) => String::new(),
            None => format!("{}\n", self.words),
        };
        if !self.signs.is_empty() {
            let signs: Vec<&str> = self.signs.iter().map(|(sign, _)| sign.as_str()).collect();
            writeln!(looks, "({})", signs.join(" ")).expect("written");
        }
        looks
    }

    /// Whether it has as many signs as choices that can have one.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.signs.len() == self.choices.len().min(10)
    }
}

/// What happened to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It came.
    Came,
    /// It says something else now.
    Edited,
    /// A sign came or went.
    Signed,
    /// It was taken away.
    Gone,
}

/// A room with the bot, as somebody sees it.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    /// The bot.
    pub bot: String,
    /// Whether the room is encrypted.
    pub encrypted: bool,
    /// Messages of the bot's, in order.
    pub shown: Vec<Shown>,
    /// The one that came or was edited last: the only one whose signs the bot still sees to.
    last: Option<String>,
}

impl Sight {
    /// Looks at something that happened; what it did to which message.
    ///
    /// # Panics
    /// When the bot did what no bot should.
    pub fn take(&mut self, seen: &Seen) -> Option<(String, Change)> {
        if seen.sender != self.bot {
            return None;
        }
        let changed = self.change(seen)?;
        let (id, change) = &changed;
        let is_file = self.message(id).is_none_or(|shown| shown.file.is_some());
        if matches!(change, Change::Came | Change::Edited) && !is_file {
            self.last = Some(id.clone());
        }
        Some(changed)
    }

    fn change(&mut self, seen: &Seen) -> Option<(String, Change)> {
        match seen.kind.as_str() {
            "m.room.message" => {
                look_closely(seen, self.encrypted);
                if let Some(id) = seen.relates("m.replace").map(str::to_owned) {
                    let new = Shown::read(seen, &seen.content["m.new_content"]);
                    let old = self.shown.iter_mut().find(|shown| shown.id == id);
                    let old = old.unwrap_or_else(|| panic!("what is edited was never there: {seen:#?}"));
                    let signs = std::mem::take(&mut old.signs);
                    *old = Shown {
                        id: id.clone(),
                        signs,
                        ..new
                    };
                    return Some((id, Change::Edited));
                }
                self.shown.push(Shown::read(seen, &seen.content));
                Some((seen.id.clone(), Change::Came))
            }
            "m.reaction" => {
                let id = seen.relates("m.annotation")?.to_owned();
                let sign = seen.content["m.relates_to"]["key"].as_str()?.to_owned();
                let under = self.shown.iter_mut().find(|shown| shown.id == id)?;
                assert!(
                    under.signs.iter().all(|(there, _)| *there != sign),
                    "{sign} was put twice under {}",
                    under.words
                );
                under.signs.push((sign, seen.id.clone()));
                Some((id, Change::Signed))
            }
            "m.room.redaction" => {
                let gone = seen.redacts.as_ref()?;
                if self.shown.iter().any(|shown| shown.id == *gone) {
                    self.shown.retain(|shown| shown.id != *gone);
                    return Some((gone.clone(), Change::Gone));
                }
                let signed = |shown: &&mut Shown| shown.signs.iter().any(|(_, event)| event == gone);
                let under = self.shown.iter_mut().find(signed)?;
                under.signs.retain(|(_, event)| event != gone);
                Some((under.id.clone(), Change::Signed))
            }
            _ => None,
        }
    }

    /// A room in which nothing was said yet.
    #[must_use]
    pub fn new(bot: &str, encrypted: bool) -> Self {
        let bot = bot.to_owned();
        Self {
            bot,
            encrypted,
            ..Self::default()
        }
    }

    /// A message.
    #[must_use]
    pub fn message(&self, id: &str) -> Option<&Shown> {
        self.shown.iter().find(|shown| shown.id == id)
    }

    /// The message that came or was edited last.
    #[must_use]
    pub fn last(&self) -> Option<&Shown> {
        self.message(self.last.as_ref()?)
    }

    /// The newest message with choices.
    #[must_use]
    pub fn menu(&self) -> Option<&Shown> {
        self.menus().next()
    }

    /// Messages with choices, newest first.
    pub fn menus(&self) -> impl Iterator<Item = &Shown> {
        self.shown.iter().rev().filter(|shown| !shown.choices.is_empty())
    }
}

/// Whatever the bot says is fit to be said.
fn look_closely(seen: &Seen, encrypted: bool) {
    assert_eq!(seen.encrypted, encrypted, "encrypted as the room is: {seen:#?}");
    assert!(
        !encrypted || seen.trusted,
        "its device is one that others can trust: {seen:#?}"
    );
    let sent = if encrypted { &seen.outside } else { &seen.content };
    assert!(
        sent.to_string().len() < LONGEST,
        "too long for a server: {seen:#?}"
    );
    let mut said = vec![&seen.content];
    if seen.relates("m.replace").is_some() {
        if encrypted {
            assert_eq!(
                seen.outside["m.relates_to"], seen.content["m.relates_to"],
                "the server knows what is edited"
            );
        }
        said.push(&seen.content["m.new_content"]);
    }
    for content in said {
        assert!(
            content["m.mentions"].is_object(),
            "says whom it mentions: {content:#}"
        );
        let kind = content["msgtype"].as_str().unwrap_or_default();
        let whole = content["formatted_body"].as_str();
        assert!(
            kind == "m.notice" || (whole.is_none() && (kind == "m.image" || kind == "m.file")),
            "a notice, a picture or a file: {content:#}"
        );
        if let Some(html) = whole {
            assert_eq!(content["format"], "org.matrix.custom.html");
            let body = content["body"].as_str().unwrap_or_default();
            let plain = body.strip_prefix("* ").unwrap_or(body);
            assert_eq!(gist(&read(html)), gist(plain), "both say the same: {content:#}");
        }
        if kind == "m.image" || kind == "m.file" {
            let place = if encrypted {
                &content["file"]["url"]
            } else {
                &content["url"]
            };
            assert!(
                place.as_str().is_some_and(|place| place.starts_with("mxc://")),
                "{content:#}"
            );
            assert!(
                !encrypted || content["url"].is_null(),
                "sealed where the room is: {content:#}"
            );
        }
    }
}

/// Words, however they are set.
fn gist(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The numbered lines at the end of a text.
fn choices(plain: &str) -> Vec<String> {
    let mut choices: Vec<String> = Vec::new();
    for line in plain.lines() {
        let numbered = line.split_once(". ");
        if let Some((number, words)) = numbered
            && number.parse() == Ok(choices.len() + 1)
        {
            choices.push(words.replace(['\u{a0}', '\u{202f}'], " "));
        }
    }
    choices
}

// ---- HTML ---------------------------------------------------------------------------------------------------------------

/// A piece of HTML.
enum Piece {
    Text(String),
    /// A tag as it stands there, and whether it ends something.
    Tag(String, bool),
}

fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag) = rest
            .split_once('<')
            .map_or((rest, None), |(text, tag)| (text, Some(tag)));
        assert!(!text.contains('>'), "a bracket that ends nothing in {html:?}");
        if !text.is_empty() {
            pieces.push(Piece::Text(unescaped(text)));
        }
        let Some(tag) = tag else { break };
        let (tag, after) = tag
            .split_once('>')
            .unwrap_or_else(|| panic!("a tag without an end in {html:?}"));
        let (tag, ends) = tag.strip_prefix('/').map_or((tag, false), |tag| (tag, true));
        pieces.push(Piece::Tag(tag.to_owned(), ends));
        rest = after;
    }
    pieces
}

fn unescaped(text: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    for (place, _) in text.match_indices('&') {
        assert!(
            signs
                .iter()
                .any(|(escaped, _)| text[place..].starts_with(escaped)),
            "an ampersand that is none in {text:?}"
        );
    }
    signs.iter().fold(text.to_owned(), |text, (escaped, sign)| {
        text.replace(escaped, sign)
    })
}

fn address(tag: &str) -> String {
    let address = tag
        .strip_prefix("a href=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    unescaped(address.unwrap_or_else(|| panic!("a tag of which nothing is known: <{tag}>")))
}

/// HTML as plain text, as the bot writes it beside: a link's address after its words.
fn read(html: &str) -> String {
    let (mut out, mut leads_to) = (String::new(), String::new());
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => out.push_str(&text),
            Piece::Tag(tag, ends) => match tag.as_str() {
                "strong" | "code" | "pre" => {}
                "br" | "blockquote" => out.push('\n'),
                "a" if ends => out.push_str(&format!(": {leads_to}")),
                _ => leads_to = address(&tag),
            },
        }
    }
    out
}

/// HTML as text with marks: `**bold**`, `` `code` ``, `│ quotation`, `[words](address)`.
fn marked(html: &str) -> String {
    let (mut out, mut quoted, mut leads_to) = (String::new(), false, String::new());
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => out.push_str(&if quoted {
                text.replace('\n', "\n│ ")
            } else {
                text
            }),
            Piece::Tag(tag, ends) => match tag.as_str() {
                "strong" => out.push_str("**"),
                "code" => out.push('`'),
                "pre" => {}
                "br" => out.push_str(if quoted { "\n│ " } else { "\n" }),
                "blockquote" => {
                    out.push_str(if ends { "\n" } else { "\n│ " });
                    quoted = !ends;
                }
                "a" if ends => out.push_str(&format!("]({leads_to})")),
                _ => {
                    leads_to = address(&tag);
                    out.push('[');
                }
            },
        }
    }
    out.replace(['\u{a0}', '\u{202f}'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_read_and_marked() {
        let html = "<strong>A &amp; B</strong><br><br>a<blockquote>one<br>two</blockquote><code>x&lt;y</code> \
                    <a href=\"https://matrix.to/#/@b:c\">Write</a>";
        assert_eq!(
            marked(html),
            "**A & B**\n\na\n│ one\n│ two\n`x<y` [Write](https://matrix.to/#/@b:c)"
        );
        assert_eq!(
            gist(&read(html)),
            "A & B a one two x<y Write: https://matrix.to/#/@b:c"
        );
    }

    #[test]
    #[should_panic(expected = "of which nothing is known")]
    fn other_html_is_refused() {
        marked("<b onclick=x>");
    }

    #[test]
    fn choices_are_numbered_from_one_on() {
        assert_eq!(choices("3. no\n\n1. Yes\n2. No\n\nat 5. o'clock"), ["Yes", "No"]);
    }
}
