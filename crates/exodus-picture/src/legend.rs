//! The heading of a picture, and what its marks mean.

use crate::{
    layout::{Layout, WIDTH},
    marks,
    model::{NetworkPicture, Status, Tie, Tier},
    network::{Curve, arrow, bond, crowd, crowd_width, thickness},
    svg::{Anchor, Canvas, Point, Type},
    text::face,
    theme::Palette,
};

const SIDE: f64 = 48.0;
const FONT: f64 = 25.0;
const LINE: f64 = 52.0;

/// Title and subtitle; returns where they end.
pub(crate) fn heading(canvas: &mut Canvas, palette: &Palette, title: &str, subtitle: &str) -> f64 {
    let line = |size, bold, text: &str| {
        let kind = Type {
            size,
            bold,
            anchor: Anchor::Start,
        };
        (kind, face(bold).fitted(text, size, WIDTH - 2.0 * SIDE))
    };
    let (kind, text) = line(44.0, true, title);
    canvas.text(
        Point::new(SIDE, 84.0),
        kind,
        &text,
        &format!(r#"fill="{}""#, palette.text),
    );
    let (kind, text) = line(27.0, false, subtitle);
    if text.is_empty() {
        return 120.0;
    }
    canvas.text(
        Point::new(SIDE, 128.0),
        kind,
        &text,
        &format!(r#"fill="{}""#, palette.quiet),
    );
    164.0
}

/// Draws a sign into a place that begins at a point.
pub(crate) type Sign<'a> = Box<dyn Fn(&mut Canvas, Point) + 'a>;

/// One entry: how wide its sign is, how to draw it into a place that begins at a point, and its words.
pub(crate) struct Entry<'a> {
    pub(crate) width: f64,
    pub(crate) words: &'a str,
    pub(crate) draw: Sign<'a>,
}

/// Entries from left to right and line by line, from a height; returns where they end.
pub(crate) fn entries(canvas: &mut Canvas, palette: &Palette, entries: &[Entry<'_>], top: f64) -> f64 {
    let (mut x, mut y) = (SIDE, top + LINE / 2.0);
    let most = WIDTH - 2.0 * SIDE;
    for entry in entries.iter().filter(|entry| !entry.words.is_empty()) {
        let words = face(false).fitted(entry.words, FONT, most - entry.width - 16.0);
        let width = entry.width + 16.0 + face(false).width(&words, FONT);
        if x > SIDE && x + width > WIDTH - SIDE {
            x = SIDE;
            y += LINE;
        }
        (entry.draw)(canvas, Point::new(x, y));
        let kind = Type {
            size: FONT,
            bold: false,
            anchor: Anchor::Start,
        };
        canvas.text(
            Point::new(x + entry.width + 16.0, y + FONT * 0.36),
            kind,
            &words,
            &format!(r#"fill="{}""#, palette.text),
        );
        x += width + 40.0;
    }
    y + LINE / 2.0
}

/// What the marks of a network mean, of those that occur; returns the picture's height.
pub(crate) fn of_network(
    canvas: &mut Canvas,
    palette: &Palette,
    picture: &NetworkPicture,
    layout: &Layout,
    top: f64,
) -> f64 {
    let words = &picture.legend;
    let drawn = |number: usize| layout.places.get(number).is_some_and(Option::is_some);
    let people = || {
        (1..)
            .zip(&picture.people)
            .filter(|(number, _)| drawn(*number))
            .map(|(_, person)| person)
    };
    let occurs = |status| picture.status == status || people().any(|person| person.status == status);
    let mut all: Vec<Entry<'_>> = Vec::new();
    for (status, words) in [
        (Status::Green, &words.green),
        (Status::Orange, &words.orange),
        (Status::Red, &words.red),
    ] {
        if occurs(status) {
            all.push(Entry {
                width: 38.0,
                words,
                draw: Box::new(move |canvas, at| {
                    marks::person(
                        canvas,
                        palette,
                        at.plus(Point::new(19.0, 0.0)),
                        18.0,
                        status,
                        true,
                    );
                }),
            });
        }
    }
    let line = |at: Point, long: f64| Curve {
        from: at,
        by: at.plus(Point::new(long / 2.0, 0.0)),
        to: at.plus(Point::new(long, 0.0)),
    };
    if picture.ties.iter().any(|tie| matches!(tie, Tie::Support { .. })) {
        all.push(Entry {
            width: 64.0,
            words: &words.support,
            draw: Box::new(move |canvas, at| arrow(canvas, palette.own_tie, &line(at, 64.0), 3.0)),
        });
    }
    if picture
        .ties
        .iter()
        .any(|tie| matches!(tie, Tie::Support { tier: Some(_), .. }))
    {
        all.push(Entry {
            width: 84.0,
            words: &words.tiers,
            draw: Box::new(move |canvas, at| {
                for (x, tier) in [(0.0, Tier::Small), (30.0, Tier::Medium), (60.0, Tier::Large)] {
                    canvas.rect(
                        at.plus(Point::new(x, -thickness(Some(tier), true) / 2.0)),
                        24.0,
                        thickness(Some(tier), true),
                        0.0,
                        &format!(r#"fill="{}""#, palette.own_tie),
                    );
                }
            }),
        });
    }
    if picture.ties.iter().any(|tie| matches!(tie, Tie::Bond { .. })) {
        all.push(Entry {
            width: 60.0,
            words: &words.bond,
            draw: Box::new(move |canvas, at| {
                canvas.open(r#"fill="none" stroke-linecap="round""#);
                bond(canvas, palette, &line(at, 60.0));
                canvas.close();
            }),
        });
    }
    if let Some(unnamed) = people().find(|person| person.name.is_none()) {
        let status = unnamed.status;
        all.push(Entry {
            width: 38.0,
            words: &words.unnamed,
            draw: Box::new(move |canvas, at| {
                marks::person(
                    canvas,
                    palette,
                    at.plus(Point::new(19.0, 0.0)),
                    18.0,
                    status,
                    false,
                );
            }),
        });
    }
    if let Some(first) = layout.crowds.first() {
        let text = format!("+{first}");
        let width = crowd_width(&text, 21.0);
        all.push(Entry {
            width,
            words: &words.more,
            draw: Box::new(move |canvas, at| {
                crowd(
                    canvas,
                    palette,
                    at.plus(Point::new(width / 2.0, 0.0)),
                    21.0,
                    &text,
                );
            }),
        });
    }
    entries(canvas, palette, &all, top) + 30.0
}
