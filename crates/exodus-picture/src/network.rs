//! A network drawn: rings as grounds, ties as curves, people as marks with names, and what the marks mean.

use crate::{
    layout::{Layout, WIDTH, track},
    legend,
    marks::{self, CLEARANCE},
    model::{NetworkPicture, Person, Tie, Tier},
    svg::{Anchor, Canvas, Point, Type, at, number},
    text::face,
    theme::Palette,
};

/// A network as SVG, 1080 pixels wide and as high as it needs (N11). The same picture is always the same text.
#[must_use]
pub fn network_svg(picture: &NetworkPicture) -> String {
    let palette = Palette::of(picture.theme);
    let layout = Layout::of(picture);
    let mut canvas = Canvas::new();
    let top = legend::heading(&mut canvas, palette, &picture.title, &picture.subtitle);
    let middle = Point::new(WIDTH / 2.0, top + layout.half_height());
    grounds(&mut canvas, palette, &layout, middle);
    ties(&mut canvas, palette, picture, &layout, middle);
    crowds(&mut canvas, palette, &layout, middle);
    people(&mut canvas, palette, picture, &layout, middle);
    let over = if layout.crowds.is_empty() { 26.0 } else { 46.0 };
    let below = middle.y + layout.half_height() + over;
    let height = legend::of_network(&mut canvas, palette, picture, &layout, below);
    canvas.finish(WIDTH, height, &picture.title, palette.background)
}

fn grounds(canvas: &mut Canvas, palette: &Palette, layout: &Layout, middle: Point) {
    for (nth, &(width, height)) in layout.bands.iter().enumerate().rev() {
        let points = track(width, height);
        let mut data = String::new();
        for (nth, point) in points.iter().step_by(4).enumerate() {
            data.push(if nth == 0 { 'M' } else { 'L' });
            data.push_str(&at(middle.plus(*point)));
        }
        data.push('Z');
        let fill = ground(palette, nth);
        canvas.path(
            &data,
            &format!(
                r#"fill="{fill}" stroke="{}" stroke-width="1.5""#,
                palette.ring_line
            ),
        );
    }
}

/// What a ring is drawn on.
fn ground(palette: &Palette, ring: usize) -> &'static str {
    palette
        .rings
        .get(ring)
        .or(palette.rings.last())
        .copied()
        .unwrap_or("none")
}

/// What somebody takes up: a mark, and a name below it.
#[derive(Clone, Copy)]
struct Body {
    place: Point,
    radius: f64,
    half_name: f64,
    /// Where the name ends, below the place.
    bottom: f64,
}

impl Body {
    /// How far a line in that direction has to go to be clear of it.
    fn reach(&self, direction: Point) -> f64 {
        let mark = self.radius * CLEARANCE + 6.0;
        if direction.y <= 0.0 || self.half_name <= 0.0 {
            return mark;
        }
        let below = (self.bottom + 5.0) / direction.y;
        let beside = if direction.x == 0.0 {
            below
        } else {
            (self.half_name + 7.0) / direction.x.abs()
        };
        let end = below.min(beside);
        // Only a line that leaves through the name has to go past it.
        if end * direction.y > self.radius {
            mark.max(end)
        } else {
            mark
        }
    }
}

fn bodies(picture: &NetworkPicture, layout: &Layout, middle: Point) -> Vec<Option<Body>> {
    let names = (1..)
        .zip(&picture.people)
        .map(|(number, person)| (number, label(person, layout)));
    let viewer = Some(viewer_name(picture, layout));
    std::iter::once((Tie::VIEWER, viewer))
        .chain(names)
        .map(|(number, name)| {
            let own = number == Tie::VIEWER;
            let (radius, size) = if own {
                (layout.cell.radius * VIEWER * RIM, layout.cell.font * BOLDER)
            } else {
                (layout.cell.radius, layout.cell.font)
            };
            let width = name.as_ref().map_or(0.0, |name| face(own).width(name, size));
            Some(Body {
                place: mark_at(layout, number, middle)?,
                radius: if own { radius / CLEARANCE } else { radius },
                half_name: width / 2.0,
                bottom: name_below(radius, size, own) + size * 0.25,
            })
        })
        .collect()
}

/// How much larger the viewer's mark is.
const VIEWER: f64 = 1.4;
/// … and the rim around it.
const RIM: f64 = 1.3;
/// … and their name.
const BOLDER: f64 = 1.12;

/// From a mark's middle down to the baseline of the name.
fn name_below(radius: f64, size: f64, own: bool) -> f64 {
    if own {
        radius + size * 1.05
    } else {
        radius * 1.1 + size * 1.05
    }
}

fn viewer_name(picture: &NetworkPicture, layout: &Layout) -> String {
    let size = layout.cell.font * BOLDER;
    face(true).fitted(&picture.viewer, size, layout.cell.width * 1.15)
}

/// Marks stand a little above the middle of their cells, for the name below.
fn mark_at(layout: &Layout, person: usize, middle: Point) -> Option<Point> {
    let place = layout.places.get(person).copied().flatten()?;
    let up = if person == Tie::VIEWER { 0.1 } else { 0.15 };
    Some(middle.plus(place).minus(Point::new(0.0, layout.cell.height * up)))
}

fn ties(canvas: &mut Canvas, palette: &Palette, picture: &NetworkPicture, layout: &Layout, middle: Point) {
    let bodies = bodies(picture, layout, middle);
    let is_own = |tie: &Tie| {
        let (Tie::Support {
            from: one, to: other, ..
        }
        | Tie::Bond { one, other }) = *tie;
        one == Tie::VIEWER || other == Tie::VIEWER
    };
    // One's own above the others'.
    for own in [false, true] {
        let opacity = if own { "1" } else { "0.75" };
        canvas.open(&format!(
            r#"fill="none" stroke-linecap="round" stroke-linejoin="round" opacity="{opacity}""#
        ));
        for tie in picture.ties.iter().filter(|tie| is_own(tie) == own) {
            match *tie {
                Tie::Bond { one, other } => {
                    if let Some(curve) = Curve::between(&bodies, middle, one, other, 0.0) {
                        bond(canvas, palette, &curve);
                    }
                }
                Tie::Support { from, to, tier } => {
                    let beside = picture.ties.iter().any(|tie| match *tie {
                        Tie::Bond { one, other } => (one, other) == (from, to) || (one, other) == (to, from),
                        Tie::Support {
                            from: back, to: onto, ..
                        } => (back, onto) == (to, from),
                    });
                    let bend = if beside { 26.0 } else { 0.0 };
                    let colour = if own { palette.own_tie } else { palette.tie };
                    if let Some(curve) = Curve::between(&bodies, middle, from, to, bend) {
                        arrow(canvas, colour, &curve, thickness(tier, own));
                    }
                }
            }
        }
        canvas.close();
    }
}

pub(crate) const fn thickness(tier: Option<Tier>, own: bool) -> f64 {
    let width = match tier {
        None => 2.4,
        Some(Tier::Small) => 2.0,
        Some(Tier::Medium) => 4.2,
        Some(Tier::Large) => 7.0,
    };
    if own { width } else { width * 0.75 }
}

/// A curve from mark to mark: quadratic, a little drawn in to the middle, or bent aside.
#[derive(Clone, Copy)]
pub(crate) struct Curve {
    pub(crate) from: Point,
    pub(crate) by: Point,
    pub(crate) to: Point,
}

impl Curve {
    fn between(bodies: &[Option<Body>], middle: Point, one: usize, other: usize, bend: f64) -> Option<Self> {
        if one == other {
            return None;
        }
        let body = |number: usize| bodies.get(number).copied().flatten();
        let (first, second) = (body(one)?, body(other)?);
        let (begin, end) = (first.place, second.place);
        let half = begin.plus(end).times(0.5);
        let viewers = one == Tie::VIEWER || other == Tie::VIEWER;
        let aside = end.minus(begin).unit().turned().times(bend);
        let by = if viewers {
            half.plus(aside)
        } else {
            // Outside the middle, so that nothing runs under the viewer's own ties.
            middle.plus(half.minus(middle).times(0.86)).plus(aside)
        };
        let clear = |body: &Body| {
            let direction = by.minus(body.place).unit();
            body.place.plus(direction.times(body.reach(direction)))
        };
        let (from, to) = (clear(&first), clear(&second));
        // Marks that almost touch leave no room for a line.
        let (way, along) = (to.minus(from), end.minus(begin).unit());
        let left = way.x * along.x + way.y * along.y;
        (left > 12.0).then_some(Self { from, by, to })
    }

    fn data(&self) -> String {
        format!("M{} Q{} {}", at(self.from), at(self.by), at(self.to))
    }

    fn moved(&self, by: f64) -> Self {
        let aside = self.to.minus(self.from).unit().turned().times(by);
        Self {
            from: self.from.plus(aside),
            by: self.by.plus(aside),
            to: self.to.plus(aside),
        }
    }
}

pub(crate) fn bond(canvas: &mut Canvas, palette: &Palette, curve: &Curve) {
    for side in [-3.4, 3.4] {
        canvas.path(
            &curve.moved(side).data(),
            &format!(r#"stroke="{}" stroke-width="2.8""#, palette.bond),
        );
    }
}

pub(crate) fn arrow(canvas: &mut Canvas, colour: &str, curve: &Curve, width: f64) {
    let back = curve.by.minus(curve.to).unit();
    let long = 9.0 + width * 2.1;
    let base = curve.to.plus(back.times(long));
    let shaft = Curve {
        to: curve.to.plus(back.times(long * 0.8)),
        ..*curve
    };
    canvas.path(
        &shaft.data(),
        &format!(
            r#"stroke="{colour}" stroke-width="{}" stroke-linecap="butt""#,
            number(width)
        ),
    );
    let aside = back.turned().times(long * 0.46);
    canvas.path(
        &format!(
            "M{} L{} L{}Z",
            at(curve.to),
            at(base.plus(aside)),
            at(base.minus(aside))
        ),
        &format!(r#"fill="{colour}" stroke="{colour}" stroke-width="1.5""#),
    );
}

/// Those who are only counted, on the lower rim: farther than everybody drawn.
fn crowds(canvas: &mut Canvas, palette: &Palette, layout: &Layout, middle: Point) {
    const FONT: f64 = 26.0;
    const BETWEEN: f64 = 22.0;
    let texts: Vec<String> = layout.crowds.iter().map(|count| format!("+{count}")).collect();
    let width = |text: &String| crowd_width(text, FONT) + BETWEEN;
    let mut x = texts.iter().map(width).sum::<f64>() / -2.0;
    for text in &texts {
        let place = Point::new(x + width(text) / 2.0, layout.half_height());
        crowd(canvas, palette, middle.plus(place), FONT, text);
        x += width(text);
    }
}

pub(crate) fn crowd_width(text: &str, font: f64) -> f64 {
    face(true).width(text, font) + font * 1.3
}

/// A number of people as a pill.
pub(crate) fn crowd(canvas: &mut Canvas, palette: &Palette, middle: Point, font: f64, text: &str) {
    let width = crowd_width(text, font);
    let height = font * 1.9;
    let corner = middle.minus(Point::new(width / 2.0, height / 2.0));
    canvas.rect(
        corner,
        width,
        height,
        height / 2.0,
        &format!(
            r#"fill="{}" stroke="{}" stroke-width="2.5" stroke-dasharray="7 6""#,
            palette.background, palette.quiet
        ),
    );
    let kind = Type {
        size: font,
        bold: true,
        anchor: Anchor::Middle,
    };
    canvas.text(
        middle.plus(Point::new(0.0, font * 0.36)),
        kind,
        text,
        &format!(r#"fill="{}""#, palette.text),
    );
}

fn people(canvas: &mut Canvas, palette: &Palette, picture: &NetworkPicture, layout: &Layout, middle: Point) {
    for (number, person) in (1..).zip(&picture.people) {
        let Some(place) = mark_at(layout, number, middle) else {
            continue;
        };
        let name = label(person, layout);
        marks::person(
            canvas,
            palette,
            place,
            layout.cell.radius,
            person.status,
            person.name.is_some(),
        );
        let band = layout.bands_of.get(number).copied().unwrap_or(0);
        if let Some(name) = name {
            let below = name_below(layout.cell.radius, layout.cell.font, false);
            name_at(
                canvas,
                palette,
                place.plus(Point::new(0.0, below)),
                layout.cell.font,
                false,
                &name,
                ground(palette, band),
            );
        }
    }
    if let Some(place) = mark_at(layout, Tie::VIEWER, middle) {
        let radius = layout.cell.radius * VIEWER;
        canvas.circle(
            place,
            radius * RIM,
            &format!(
                r#"fill="{}" stroke="{}" stroke-width="3""#,
                palette.background, palette.own_tie
            ),
        );
        marks::person(canvas, palette, place, radius, picture.status, true);
        let size = layout.cell.font * BOLDER;
        let below = Point::new(0.0, name_below(radius * RIM, size, true));
        let name = viewer_name(picture, layout);
        name_at(
            canvas,
            palette,
            place.plus(below),
            size,
            true,
            &name,
            ground(palette, 0),
        );
    }
}

fn label(person: &Person, layout: &Layout) -> Option<String> {
    let name = person.name.as_ref()?;
    let fitted = face(false).fitted(name, layout.cell.font, layout.cell.width * 0.96);
    Some(if fitted.is_empty() {
        "…".to_owned()
    } else {
        fitted
    })
}

/// A name, with a rim of the ground around its letters, so that lines below do not run into them.
fn name_at(
    canvas: &mut Canvas,
    palette: &Palette,
    point: Point,
    size: f64,
    bold: bool,
    name: &str,
    ground: &str,
) {
    let kind = Type {
        size,
        bold,
        anchor: Anchor::Middle,
    };
    let rim = number(size * 0.3);
    canvas.text(
        point,
        kind,
        name,
        &format!(r#"fill="{}" stroke="{ground}" stroke-width="{rim}" stroke-linejoin="round" paint-order="stroke""#, palette.text),
    );
}
