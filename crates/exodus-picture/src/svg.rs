//! Writing SVG: numbers in tenths of a pixel, so that the same picture is the same text everywhere; texts escaped.

use std::fmt::Write as _;

/// A picture under way.
pub(crate) struct Canvas {
    body: String,
}

/// A place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl Point {
    pub(crate) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }

    pub(crate) fn times(self, by: f64) -> Self {
        Self::new(self.x * by, self.y * by)
    }

    pub(crate) fn length(self) -> f64 {
        (self.x * self.x + self.y * self.y).sqrt()
    }

    /// Of length 1; to the right where it has none.
    pub(crate) fn unit(self) -> Self {
        let length = self.length();
        if length < 1e-9 {
            return Self::new(1.0, 0.0);
        }
        self.times(1.0 / length)
    }

    /// A quarter turn.
    pub(crate) fn turned(self) -> Self {
        Self::new(-self.y, self.x)
    }
}

/// A number as it is written: tenths, without what says nothing.
pub(crate) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 {
        "0".to_owned()
    } else {
        format!("{rounded}")
    }
}

/// `x y` of a point.
pub(crate) fn at(point: Point) -> String {
    format!("{} {}", number(point.x), number(point.y))
}

/// Text as it may stand in an element or attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // What XML 1.0 does not allow at all.
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
    out
}

/// Where a text stands to its point.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
}

/// How a text looks.
#[derive(Clone, Copy)]
pub(crate) struct Type {
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) anchor: Anchor,
}

impl Canvas {
    pub(crate) fn new() -> Self {
        Self { body: String::new() }
    }

    pub(crate) fn open(&mut self, attributes: &str) {
        let _ = writeln!(self.body, "<g {attributes}>");
    }

    pub(crate) fn close(&mut self) {
        self.body.push_str("</g>\n");
    }

    /// Something that only one picture has.
    pub(crate) fn raw(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }

    pub(crate) fn path(&mut self, data: &str, attributes: &str) {
        let _ = writeln!(self.body, r#"<path d="{data}" {attributes}/>"#);
    }

    pub(crate) fn circle(&mut self, centre: Point, radius: f64, attributes: &str) {
        let (x, y, r) = (number(centre.x), number(centre.y), number(radius));
        let _ = writeln!(self.body, r#"<circle cx="{x}" cy="{y}" r="{r}" {attributes}/>"#);
    }

    pub(crate) fn rect(&mut self, corner: Point, width: f64, height: f64, round: f64, attributes: &str) {
        let (x, y, w, h, r) = (
            number(corner.x),
            number(corner.y),
            number(width),
            number(height),
            number(round),
        );
        let _ = writeln!(
            self.body,
            r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" {attributes}/>"#
        );
    }

    /// A line of text whose baseline begins, or has its middle, at a point.
    pub(crate) fn text(&mut self, point: Point, kind: Type, text: &str, attributes: &str) {
        let anchor = match kind.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
        };
        let weight = if kind.bold { r#" font-weight="700""# } else { "" };
        let (x, y, size) = (number(point.x), number(point.y), number(kind.size));
        let text = escaped(text);
        let _ = writeln!(
            self.body,
            r#"<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}"{weight} {attributes}>{text}</text>"#
        );
    }

    /// The whole document.
    pub(crate) fn finish(self, width: f64, height: f64, title: &str, background: &str) -> String {
        let (width, height, title) = (number(width), number(height), escaped(title));
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" "#,
                r#"font-family="DejaVu Sans, Verdana, sans-serif">"#,
                "\n<title>{t}</title>\n",
                r#"<rect width="{w}" height="{h}" fill="{b}"/>"#,
                "\n{body}</svg>\n"
            ),
            w = width,
            h = height,
            t = title,
            b = background,
            body = self.body
        )
    }
}
