//! What is drawn: people around a viewer and their ties; a month of help. Everything that a person reads in a picture
//! comes in with these values, in the reader's language, and is already what that reader may see.

/// For light or dark surroundings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// A traffic light (M4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Ready to help: a circle with a tick.
    Green,
    /// Needs support every month: a square with a sun.
    Orange,
    /// In an emergency: a triangle with an exclamation mark.
    Red,
}

/// How much, roughly; drawn as the width of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The lowest third.
    Small,
    /// The middle one.
    Medium,
    /// The highest.
    Large,
}

/// Somebody in the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their name; `None` where the viewer may not see it. Drawn as far as it fits.
    pub name: Option<String>,
    /// Their traffic light.
    pub status: Status,
    /// How far from the viewer: 1 for the nearest.
    pub ring: usize,
}

/// A tie between two in the picture. The viewer is [`Tie::VIEWER`]; others are counted from 1 in the order of
/// [`NetworkPicture::people`]. A tie to nobody is not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// Support, with how much where the viewer may see it.
    Support {
        /// The helper.
        from: usize,
        /// The recipient.
        to: usize,
        /// How much.
        tier: Option<Tier>,
    },
    /// A bond.
    Bond {
        /// One side.
        one: usize,
        /// The other.
        other: usize,
    },
}

impl Tie {
    /// The one in the middle.
    pub const VIEWER: usize = 0;
}

/// Words of the legend. A mark is explained only if it occurs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Legend {
    /// Ready to help.
    pub green: String,
    /// Needs monthly support.
    pub orange: String,
    /// Emergency.
    pub red: String,
    /// From helper to recipient.
    pub support: String,
    /// Less, more: the widths of lines.
    pub tiers: String,
    /// A bond.
    pub bond: String,
    /// Somebody whose name is not shown.
    pub unnamed: String,
    /// So many more people, farther away.
    pub more: String,
}

/// A network as its owner sees it (N11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkPicture {
    /// What it is a picture of.
    pub title: String,
    /// A line below.
    pub subtitle: String,
    /// The one in the middle.
    pub viewer: String,
    /// … and their traffic light.
    pub status: Status,
    /// Everybody else, in the order in which they should stand around, nearest rings first. Of more than 150 the farthest
    /// are a count.
    pub people: Vec<Person>,
    /// Ties between them.
    pub ties: Vec<Tie>,
    /// People of whom only a number is known, by ring, such as the farther rings of the reference list.
    pub farther: Vec<(usize, u64)>,
    /// Words.
    pub legend: Legend,
    /// Colours.
    pub theme: Theme,
}

/// One day of an appeal: how things stood at its end, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Confirmed as received.
    pub fulfilled: u64,
    /// Promised bindingly and not fulfilled yet.
    pub obligations: u64,
    /// Promised freely.
    pub intentions: u64,
}

/// The progress of an appeal over a month, or over an emergency (N12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthPicture {
    /// What it is a picture of.
    pub title: String,
    /// A line below.
    pub subtitle: String,
    /// What is asked for, in minor units.
    pub target: u64,
    /// The same in words, beside its line.
    pub target_label: String,
    /// Each day that was, from the first.
    pub days: Vec<Day>,
    /// How each day of the whole time is called under the picture, those to come among them; every fifth or so is shown.
    pub labels: Vec<String>,
    /// Words for fulfilled help, with the amount where wished.
    pub fulfilled: String,
    /// … for obligations.
    pub obligations: String,
    /// … for intentions.
    pub intentions: String,
    /// Colours.
    pub theme: Theme,
}
