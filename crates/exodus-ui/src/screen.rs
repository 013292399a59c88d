//! A screen: what is shown and what is asked, in meaning, not in widgets.

use exodus_core::Status;
use exodus_i18n::Text;
use serde::{Deserialize, Serialize};

use crate::{act::Act, draft::Field, route::Route};

/// A part of a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A plain paragraph.
    Line(Text),
    /// A paragraph that matters: a warning, a question.
    Strong(Text),
    /// A label and its value.
    Field {
        /// What it is.
        label: Text,
        /// Its value.
        value: Text,
    },
    /// A heading inside the screen.
    Heading(Text),
    /// Progress towards a target: `▓▓▓▓▓▓▁▁▁▁ 60 %` (U6).
    Progress {
        /// So much, minor units.
        done: u64,
        /// Of so much, minor units.
        of: u64,
    },
    /// One person in a list: mark, name, details; a number to pick when the choice is there.
    Person {
        /// Their traffic light, shown as mark plus word.
        status: Option<Status>,
        /// Their name, or "a member".
        name: Text,
        /// What else is shown of them.
        details: Vec<Text>,
        /// What picking them does.
        act: Option<Act>,
    },
    /// One record in a list; a number to pick when the choice is there.
    Item {
        /// What is shown.
        text: Text,
        /// What picking it does.
        act: Option<Act>,
    },
    /// Words that a person wrote: shown as a quotation, escaped, never as markup.
    Quote(String),
    /// Something to copy: a code, a link.
    Code(String),
}

/// How a choice is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// As any other.
    #[default]
    Plain,
    /// The most likely one.
    Main,
    /// Can not be undone.
    Grave,
    /// Leads back or home.
    Way,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its label; the message's id is `choice-WORD`, and the label itself can be typed.
    pub label: Text,
    /// What choosing it does.
    pub act: Act,
    /// How it is meant.
    pub tone: Tone,
}

/// The choices of a screen, in rows of those that belong together.
pub type Choices = Vec<Choice>;

/// What a screen asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Nothing, or one of the choices if wished.
    Choose,
    /// A value for a field, typed; the choices are suggestions.
    Enter(Field),
    /// Yes or no to something that can not be undone (U3).
    Confirm,
}

/// Something sent along as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its file name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The same as text for a terminal, when there is one (a QR code in half blocks).
    pub text: Option<String>,
}

/// A screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Where it is.
    pub route: Route,
    /// An answer to what was just done, above everything: "Recorded.", a refusal, an example after wrong input.
    pub answer: Option<Text>,
    /// Its title.
    pub title: Text,
    /// What it shows.
    pub blocks: Vec<Block>,
    /// What it asks.
    pub ask: Ask,
    /// What can be chosen; people and items in blocks come before these in numbering.
    pub choices: Choices,
    /// Files sent along.
    pub attachments: Vec<Attachment>,
}

impl Screen {
    /// An empty screen at a route.
    #[must_use]
    pub const fn new(route: Route, title: Text) -> Self {
        Self {
            route,
            answer: None,
            title,
            blocks: Vec::new(),
            ask: Ask::Choose,
            choices: Vec::new(),
            attachments: Vec::new(),
        }
    }

    /// With one more block.
    #[must_use]
    pub fn block(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// With a paragraph more.
    #[must_use]
    pub fn line(self, text: Text) -> Self {
        self.block(Block::Line(text))
    }

    /// With a labelled value more.
    #[must_use]
    pub fn field(self, label: &'static str, value: Text) -> Self {
        self.block(Block::Field {
            label: Text::new(label),
            value,
        })
    }

    /// With one more choice.
    #[must_use]
    pub fn choice(mut self, label: Text, act: Act, tone: Tone) -> Self {
        self.choices.push(Choice { label, act, tone });
        self
    }

    /// With an ordinary choice more.
    #[must_use]
    pub fn offer(self, label: &'static str, act: Act) -> Self {
        self.choice(Text::new(label), act, Tone::Plain)
    }

    /// With the likeliest choice.
    #[must_use]
    pub fn main(self, label: &'static str, act: Act) -> Self {
        self.choice(Text::new(label), act, Tone::Main)
    }

    /// With a way to another screen.
    #[must_use]
    pub fn way(self, label: &'static str, route: Route) -> Self {
        self.choice(Text::new(label), Act::Go(route), Tone::Way)
    }

    /// With an answer above.
    #[must_use]
    pub fn answering(mut self, answer: Option<Text>) -> Self {
        self.answer = answer;
        self
    }

    /// Everything that can be picked, in the order of numbers: people and items in blocks, then choices.
    #[must_use]
    pub fn acts(&self) -> Vec<Act> {
        let picked = self.blocks.iter().filter_map(|block| match block {
            Block::Person { act, .. } | Block::Item { act, .. } => act.clone(),
            Block::Line(_)
            | Block::Strong(_)
            | Block::Field { .. }
            | Block::Heading(_)
            | Block::Progress { .. }
            | Block::Quote(_)
            | Block::Code(_) => None,
        });
        picked
            .chain(self.choices.iter().map(|choice| choice.act.clone()))
            .collect()
    }
}
