//! From a screen to messages, for what a chat can do.
//!
//! Invariants: everything on the screen is in the messages; the place of every number and button is the place of its act in
//! [`Screen::acts`]; words that people wrote come out as given spans, in one line, and are no label of anything but themselves.

mod cut;
mod join;

use exodus_core::Status;
use exodus_i18n::{Phrase, Span, Text, Voice};

use crate::{
    draft::Reads,
    hear::{Menu, label_key},
    screen::{Ask, Attachment, Block, Choice, Screen, Tone},
    words::is_reserved,
};

use cut::{cut, lines, split, tame, units};
pub use join::{gap, would_be_linked};

/// What a chat can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Capabilities {
    /// Buttons under a message.
    pub buttons: bool,
    /// Everything that can be picked is numbered: a number typed, or a reaction, picks. Where there are buttons, people and
    /// items are numbered for theirs anyway, and choices say what they are.
    pub numbers: bool,
    /// Messages can be edited in place.
    pub edits: bool,
    /// Files can be sent.
    pub files: bool,
    /// Pictures can be shown.
    pub pictures: bool,
    /// List entries a page.
    pub page: usize,
    /// The longest message, in UTF-16 units (as Telegram counts).
    pub max_chars: usize,
    /// Colours can be shown.
    pub colour: bool,
}

impl Default for Capabilities {
    /// The plainest: a pipe that takes lines of text.
    fn default() -> Self {
        Self {
            buttons: false,
            numbers: true,
            edits: false,
            files: false,
            pictures: false,
            page: 10,
            max_chars: 4_000,
            colour: false,
        }
    }
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arranged {
    /// One message, or several when it is too long; the buttons are under the last.
    pub messages: Vec<Message>,
    /// What can be picked from it.
    pub menu: Menu,
    /// Files to send along.
    pub attachments: Vec<Attachment>,
}

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Its buttons; empty where a chat has none.
    pub rows: Vec<Vec<Button>>,
}

/// How a paragraph is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParagraphKind {
    /// The answer to what was just done.
    Answer,
    /// The screen's title.
    Title,
    /// A heading inside it.
    Heading,
    /// Plain text.
    Body,
    /// Text that matters.
    Strong,
    /// One line of what a person wrote.
    Quote,
    /// Something to copy, or a picture made of characters.
    Code,
    /// A person in a list.
    Person,
    /// A record in a list.
    Item,
    /// A choice, where there are no buttons.
    Choice,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// How it is meant.
    pub kind: ParagraphKind,
    /// Its words.
    pub phrase: Phrase,
    /// Its number to pick it by, from 1: the place in the menu plus 1.
    pub number: Option<u32>,
    /// A person's traffic light, for colour; mark and word are in the phrase already.
    pub status: Option<Status>,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// Its label.
    pub label: Phrase,
    /// Its place in the menu, from 0.
    pub place: u32,
    /// How it is meant.
    pub tone: Tone,
}

/// Most characters that people's words have: in a paragraph of text, …
const IN_TEXT: usize = 600;
/// … in a list, where a line of what somebody can offer is shown whole, …
const IN_LIST: usize = 120;
/// … and a whole label, in a button.
const IN_LABEL: usize = 48;
/// Cells of a progress bar.
const CELLS: u64 = 10;
/// Buttons of numbers in a row.
const NUMBERS_IN_A_ROW: usize = 5;
/// Buttons of words in a row, and how many characters they may have together.
const WORDS_IN_A_ROW: usize = 3;
const ROW: usize = 28;
/// What a paragraph takes beside its words: its number, an empty line after it.
const AROUND: usize = 8;

/// The message with a traffic light's mark and word; its attributes `mark` and `word` have one of them each (M4).
#[must_use]
pub const fn status_text(status: Status) -> Text {
    Text {
        id: std::borrow::Cow::Borrowed(status_id(status)),
        args: Vec::new(),
    }
}

const fn status_id(status: Status) -> &'static str {
    match status {
        Status::Green => "status-green",
        Status::Orange => "status-orange",
        Status::Red => "status-red",
    }
}

/// Arranges a screen for a chat, in a voice.
#[must_use]
pub fn arrange(screen: &Screen, can: &Capabilities, voice: &Voice) -> Arranged {
    let mut page = Page {
        screen,
        can,
        voice,
        paragraphs: Vec::new(),
        labels: Vec::new(),
        numbers: Vec::new(),
    };
    if let Some(answer) = &screen.answer {
        page.say(ParagraphKind::Answer, answer);
    }
    page.say(ParagraphKind::Title, &screen.title);
    for block in &screen.blocks {
        page.block(block);
    }
    let attachments = page.attach();
    let first = page.labels.len();
    for choice in &screen.choices {
        page.choice(choice);
    }
    let mut rows: Vec<Vec<Button>> = Vec::new();
    if can.buttons {
        rows.extend(page.numbers.chunks(NUMBERS_IN_A_ROW).map(<[Button]>::to_vec));
        rows.extend(choice_rows(&screen.choices, first, voice));
    }
    let acts = screen.acts();
    let numbered = if page.is_answered_by_number() {
        0
    } else if can.buttons {
        first
    } else if can.numbers {
        acts.len()
    } else {
        0
    };
    let menu = Menu {
        route: screen.route.clone(),
        acts,
        labels: sure_labels(page.labels),
        numbered: u32::try_from(numbered).unwrap_or(u32::MAX),
    };
    let mut messages = paginated(page.paragraphs, can.max_chars);
    if let Some(last) = messages.last_mut() {
        last.rows = rows;
    }
    Arranged {
        messages,
        menu,
        attachments,
    }
}

/// A label, and whether it has words of people's own.
struct Label {
    text: String,
    given: bool,
}

impl Label {
    fn of(phrase: &Phrase) -> Self {
        Self {
            text: phrase.to_string(),
            given: phrase.0.iter().any(|span| span.given),
        }
    }
}

/// A screen being arranged.
struct Page<'a> {
    screen: &'a Screen,
    can: &'a Capabilities,
    voice: &'a Voice,
    paragraphs: Vec<Paragraph>,
    /// One for each place in the menu.
    labels: Vec<Label>,
    /// Buttons for people and items.
    numbers: Vec<Button>,
}

impl Page<'_> {
    fn push(&mut self, kind: ParagraphKind, phrase: Phrase) {
        if !phrase.is_empty() {
            self.paragraphs.push(Paragraph {
                kind,
                phrase,
                number: None,
                status: None,
            });
        }
    }

    fn say(&mut self, kind: ParagraphKind, text: &Text) {
        let phrase = unnumbered(tame(self.voice.say(text), IN_TEXT));
        self.push(kind, phrase);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Line(text) => self.say(ParagraphKind::Body, text),
            Block::Strong(text) => self.say(ParagraphKind::Strong, text),
            Block::Heading(text) => self.say(ParagraphKind::Heading, text),
            Block::Field { label, value } => {
                let text = Text::new("arrange-field")
                    .words("label", label.clone())
                    .words("value", value.clone());
                self.say(ParagraphKind::Body, &text);
            }
            Block::Progress { done, of } => {
                let bar = Phrase::plain(progress(*done, *of, self.voice));
                self.push(ParagraphKind::Body, bar);
            }
            Block::Person {
                status,
                name,
                details,
                act,
            } => {
                let name = tame(self.voice.say(name), IN_LIST);
                let mut phrase = Phrase::default();
                if let Some(status) = status {
                    phrase.push(self.voice.say(&Text::new(format!("{}.mark", status_id(*status)))));
                    phrase.push(Phrase::plain(" "));
                }
                phrase.push(name.clone());
                let word = status.map(|status| Text::new(format!("{}.word", status_id(status))));
                for detail in word.iter().chain(details) {
                    let detail = tame(self.voice.say(detail), IN_LIST);
                    if !detail.is_empty() {
                        phrase.push(Phrase::plain(" · "));
                        phrase.push(detail);
                    }
                }
                self.listed(ParagraphKind::Person, phrase, &name, *status, act.is_some());
            }
            Block::Item { text, act } => {
                // What can not be picked is read, and read whole.
                let room = if act.is_some() { IN_LIST } else { IN_TEXT };
                let phrase = tame(self.voice.say(text), room);
                self.listed(ParagraphKind::Item, phrase.clone(), &phrase, None, act.is_some());
            }
            Block::Quote(words) => {
                for line in lines(words) {
                    self.push(ParagraphKind::Quote, tame(Phrase::given(line), IN_TEXT));
                }
            }
            Block::Code(code) => self.push(ParagraphKind::Code, Phrase::plain(code.clone())),
        }
    }

    /// A person or an item, with a number when it can be picked.
    fn listed(
        &mut self,
        kind: ParagraphKind,
        phrase: Phrase,
        label: &Phrase,
        status: Option<Status>,
        picks: bool,
    ) {
        let number = picks
            .then(|| self.place(label))
            .map(|place| place.saturating_add(1));
        if let Some(number) = number {
            let place = number.saturating_sub(1);
            self.numbers.push(Button {
                label: Phrase::plain(number.to_string()),
                place,
                tone: Tone::Plain,
            });
        }
        let number = number.filter(|_| self.can.buttons || self.numbered());
        let phrase = if number.is_none() {
            unnumbered(phrase)
        } else {
            phrase
        };
        self.paragraphs.push(Paragraph {
            kind,
            phrase,
            number,
            status,
        });
    }

    fn choice(&mut self, choice: &Choice) {
        let label = choice_label(choice, self.voice);
        let place = self.place(&label);
        if !self.can.buttons {
            let number = self.numbered().then(|| place.saturating_add(1));
            self.paragraphs.push(Paragraph {
                kind: ParagraphKind::Choice,
                phrase: label,
                number,
                status: None,
            });
        }
    }

    /// Gives the next place in the menu to a label.
    fn place(&mut self, label: &Phrase) -> u32 {
        let place = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
        self.labels.push(Label::of(label));
        place
    }

    /// Whether numbers pick: not where a number is the answer.
    fn numbered(&self) -> bool {
        self.can.numbers && !self.is_answered_by_number()
    }

    fn is_answered_by_number(&self) -> bool {
        matches!(self.screen.ask, Ask::Enter(field) if field.reads() == Reads::Number)
    }

    /// Files as far as the chat takes them; the others as text, or at least a word about them.
    fn attach(&mut self) -> Vec<Attachment> {
        let (mut sent, mut missing) = (Vec::new(), Vec::new());
        for attachment in &self.screen.attachments {
            let takes = if attachment.media_type.starts_with("image/") {
                self.can.pictures || (self.can.files && attachment.text.is_none())
            } else {
                self.can.files
            };
            match &attachment.text {
                _ if takes => sent.push(attachment.clone()),
                Some(text) => missing.push((ParagraphKind::Code, Phrase::plain(text.clone()))),
                None => {
                    let text = Text::new("arrange-no-file").code("name", attachment.name.clone());
                    missing.push((ParagraphKind::Body, self.voice.say(&text)));
                }
            }
        }
        for (kind, phrase) in missing {
            self.push(kind, phrase);
        }
        sent
    }
}

/// People's words at the beginning of a paragraph can look like a number to pick; a dash before them says they are none.
fn unnumbered(phrase: Phrase) -> Phrase {
    let numeric = |span: &Span| {
        span.given
            && span
                .text
                .starts_with(|c: char| c.is_numeric() || "#*->•".contains(c))
    };
    if phrase.0.first().is_some_and(numeric) {
        let mut marked = Phrase::plain("– ");
        marked.push(phrase);
        marked
    } else {
        phrase
    }
}

fn choice_label(choice: &Choice, voice: &Voice) -> Phrase {
    cut(tame(voice.say(&choice.label), IN_LABEL), IN_LABEL)
}

/// Labels by which a choice can be typed. One with people's words that is a command, or that reads like one of ours, is
/// left out: there the number decides. Two people of the same name stay, and hearing asks for the number.
fn sure_labels(labels: Vec<Label>) -> Vec<String> {
    let ours: Vec<String> = labels
        .iter()
        .filter(|label| !label.given)
        .map(|label| label_key(&label.text))
        .collect();
    let sure =
        |label: &Label| !label.given || !(is_reserved(&label.text) || ours.contains(&label_key(&label.text)));
    labels
        .into_iter()
        .map(|label| if sure(&label) { label.text } else { String::new() })
        .collect()
}

/// `▓▓▓▓▓▓▁▁▁▁ 60 %`: never full before it is done, never empty when something is.
fn progress(done: u64, of: u64, voice: &Voice) -> String {
    let share = |parts: u64| {
        let all = u128::from(done).saturating_mul(u128::from(parts));
        all.checked_div(u128::from(of))
            .map_or(parts, |share| u64::try_from(share).unwrap_or(u64::MAX))
    };
    let least = u64::from(done > 0);
    let full = if done < of {
        share(CELLS).clamp(least, CELLS.saturating_sub(1))
    } else {
        CELLS
    };
    let cells = (0..CELLS).map(|cell| if cell < full { '▓' } else { '▁' });
    format!(
        "{} {}",
        cells.collect::<String>(),
        voice.percent(share(100).max(least))
    )
}

/// Buttons of the choices: those that fit stand together, ways back and what can not be undone apart from the others.
fn choice_rows(choices: &[Choice], first: usize, voice: &Voice) -> Vec<Vec<Button>> {
    let mut rows: Vec<Vec<Button>> = Vec::new();
    for (at, choice) in choices.iter().enumerate() {
        let place = u32::try_from(first.saturating_add(at)).unwrap_or(u32::MAX);
        let button = Button {
            label: choice_label(choice, voice),
            place,
            tone: choice.tone,
        };
        let width = |button: &Button| button.label.to_string().chars().count();
        match rows.last_mut().filter(|row| {
            let kin = row.iter().all(|other| beside(other.tone, button.tone));
            let taken: usize = row.iter().map(width).sum();
            kin && row.len() < WORDS_IN_A_ROW && taken.saturating_add(width(&button)) <= ROW
        }) {
            Some(row) => row.push(button),
            None => rows.push(vec![button]),
        }
    }
    rows
}

/// Whether two tones may stand in a row.
fn beside(one: Tone, other: Tone) -> bool {
    let group = |tone| match tone {
        Tone::Plain | Tone::Main => 0,
        Tone::Grave => 1,
        Tone::Way => 2,
    };
    group(one) == group(other)
}

/// Paragraphs in messages, none longer than allowed; a paragraph that is too long by itself is parted between words.
fn paginated(paragraphs: Vec<Paragraph>, max: usize) -> Vec<Message> {
    let max = max.max(AROUND.saturating_mul(4));
    let room = max.saturating_sub(AROUND);
    let mut messages = vec![Message::default()];
    let mut left = max;
    for Paragraph {
        kind,
        phrase,
        number,
        status,
    } in paragraphs
    {
        for (part, phrase) in split(phrase, room).into_iter().enumerate() {
            let length = units(&phrase).saturating_add(AROUND);
            if length > left {
                messages.push(Message::default());
                left = max;
            }
            left = left.saturating_sub(length);
            let number = number.filter(|_| part == 0);
            if let Some(message) = messages.last_mut() {
                message.paragraphs.push(Paragraph {
                    kind,
                    phrase,
                    number,
                    status,
                });
            }
        }
    }
    messages
}

#[cfg(test)]
mod tests;
