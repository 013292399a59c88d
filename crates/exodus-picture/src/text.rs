//! Texts as the embedded font shows them: how wide they are, and what of them fits.

use std::sync::LazyLock;

use skrifa::{FontRef, MetadataProvider as _, instance::LocationRef, prelude::Size};

/// Faces of the embedded font.
pub(crate) struct Face {
    font: Option<FontRef<'static>>,
}

static REGULAR: LazyLock<Face> = LazyLock::new(|| Face::of(dejavu::sans::regular()));
static BOLD: LazyLock<Face> = LazyLock::new(|| Face::of(dejavu::sans::bold()));

/// The face for a weight.
pub(crate) fn face(bold: bool) -> &'static Face {
    if bold { &BOLD } else { &REGULAR }
}

impl Face {
    fn of(bytes: &'static [u8]) -> Self {
        Self {
            font: FontRef::new(bytes).ok(),
        }
    }

    fn has(&self, sign: char) -> bool {
        self.font
            .as_ref()
            .and_then(|font| font.charmap().map(sign))
            .is_some_and(|glyph| glyph.to_u32() != 0)
    }

    /// How wide a text is, in pixels; without kerning, so at most a little too much.
    pub(crate) fn width(&self, text: &str, size: f64) -> f64 {
        let Some(font) = &self.font else {
            return 0.0;
        };
        #[expect(clippy::cast_possible_truncation, reason = "a size in pixels")]
        let metrics = font.glyph_metrics(Size::new(size as f32), LocationRef::default());
        let map = font.charmap();
        text.chars()
            .filter_map(|sign| metrics.advance_width(map.map(sign)?))
            .map(f64::from)
            .sum()
    }

    /// What of a text can be shown: signs that the font has, in one line. What it lacks, and what only steers (emoji, their
    /// joiners, directions), would come out as boxes, or confuse the shaping of what stands beside it.
    pub(crate) fn shown(&self, text: &str) -> String {
        let signs = text
            .chars()
            .map(|sign| if sign.is_whitespace() { ' ' } else { sign })
            .filter(|&sign| !is_steering(sign) && self.has(sign));
        let mut shown = String::new();
        for sign in signs {
            if sign != ' ' || !(shown.is_empty() || shown.ends_with(' ')) {
                shown.push(sign);
            }
        }
        shown.truncate(shown.trim_end().len());
        shown
    }

    /// The beginning of a text that fits, with "…" for what does not; cut at a word where that keeps most of it.
    pub(crate) fn fitted(&self, text: &str, size: f64, width: f64) -> String {
        let shown = self.shown(text);
        if self.width(&shown, size) <= width {
            return shown;
        }
        let mut kept = String::new();
        for sign in shown.chars() {
            kept.push(sign);
            if self.width(&format!("{kept}…"), size) > width {
                kept.pop();
                break;
            }
        }
        // A first name whole says more than a piece of the second.
        if let Some((words, rest)) = kept.rsplit_once(' ')
            && (rest.chars().count() < 3 || words.chars().count() >= rest.chars().count())
        {
            kept = words.to_owned();
            return kept;
        }
        format!("{}…", kept.trim_end())
    }
}

/// Signs that are not seen themselves.
fn is_steering(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'
            | '\u{1f000}'..='\u{1faff}' | '\u{20e3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_signs() {
        let face = face(false);
        let (one, two) = (face.width("Анна", 24.0), face.width("АннаАнна", 24.0));
        assert!(
            (two - 2.0 * one).abs() < 0.01 && one > 40.0 && one < 80.0,
            "{one} {two}"
        );
    }

    #[test]
    fn what_does_not_fit_ends_in_dots_or_at_a_word() {
        let face = face(false);
        assert_eq!(face.fitted("Anna", 20.0, 100.0), "Anna");
        let cut = face.fitted("Maximiliana", 20.0, 80.0);
        assert!(
            cut.starts_with("Maxi") && cut.ends_with('…') && face.width(&cut, 20.0) <= 80.0,
            "{cut}"
        );
        assert_eq!(face.fitted("Anna Petrova", 20.0, 90.0), "Anna");
        assert!(face.width(&face.fitted("Wilhelmine Charlotte", 20.0, 95.0), 20.0) <= 95.0);
    }

    #[test]
    fn signs_that_the_font_lacks_are_left_out() {
        let face = face(false);
        assert_eq!(
            face.shown("\u{1f33b} Анна\u{fe0f}\u{200d}\n Ivanova "),
            "Анна Ivanova"
        );
        assert_eq!(face.shown("\u{202e}evil"), "evil");
        assert_eq!(face.shown("\u{4e2d}\u{6587}"), "");
    }
}
