//! Colours. Each status has a shape and a mark besides (see `marks`), so none is told by colour alone; text has a
//! contrast of at least 4.5 to 1 to what it stands on.

use crate::model::{Status, Theme};

pub(crate) struct Palette {
    pub(crate) background: &'static str,
    /// Rings, the nearest first.
    pub(crate) rings: [&'static str; 3],
    pub(crate) ring_line: &'static str,
    pub(crate) text: &'static str,
    pub(crate) quiet: &'static str,
    /// A tie of the viewer's.
    pub(crate) own_tie: &'static str,
    /// A tie of others.
    pub(crate) tie: &'static str,
    pub(crate) bond: &'static str,
    pub(crate) green: &'static str,
    pub(crate) orange: &'static str,
    pub(crate) red: &'static str,
    /// A mark on a status colour.
    pub(crate) mark: &'static str,
}

const LIGHT: Palette = Palette {
    background: "#FAF8F4",
    rings: ["#EFEBE2", "#F4F1EA", "#F8F5F0"],
    ring_line: "#E0DACD",
    text: "#23262D",
    quiet: "#676C78",
    own_tie: "#48526A",
    tie: "#A9AFBC",
    bond: "#5A4FCF",
    green: "#1C8A5A",
    orange: "#E38B06",
    red: "#CF2F2B",
    mark: "#FFFFFF",
};

const DARK: Palette = Palette {
    background: "#11141B",
    rings: ["#242A36", "#1D222D", "#171B24"],
    ring_line: "#313846",
    text: "#F0F1F4",
    quiet: "#A3A9B6",
    own_tie: "#C3CADA",
    tie: "#6E788B",
    bond: "#A79FFF",
    green: "#35B57B",
    orange: "#F6A937",
    red: "#FF6A5E",
    mark: "#11141B",
};

impl Palette {
    pub(crate) const fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    pub(crate) const fn status(&self, status: Status) -> &'static str {
        match status {
            Status::Green => self.green,
            Status::Orange => self.orange,
            Status::Red => self.red,
        }
    }
}
