//! The month of an appeal drawn: a bar per day, fulfilled below, obligations on it, intentions above, and the line of what
//! is asked for. Each part has its own pattern besides its colour.

use crate::{
    layout::WIDTH,
    legend::{self, Entry},
    model::{Day, MonthPicture},
    svg::{Anchor, Canvas, Point, Type, number},
    text::face,
    theme::Palette,
};

const SIDE: f64 = 48.0;
const CHART: f64 = 560.0;

/// An appeal's month as SVG, 1080 pixels wide (N12). The same picture is always the same text.
#[must_use]
pub fn month_svg(picture: &MonthPicture) -> String {
    let palette = Palette::of(picture.theme);
    let mut canvas = Canvas::new();
    patterns(&mut canvas, palette);
    let top = legend::heading(&mut canvas, palette, &picture.title, &picture.subtitle) + 40.0;
    let bottom = top + CHART;
    let highest = picture
        .days
        .iter()
        .map(|day| total(*day))
        .chain([picture.target, 1])
        .max()
        .unwrap_or(1);
    let scale = CHART / as_float(highest) / 1.06;
    canvas.rect(
        Point::new(SIDE - 16.0, top - 16.0),
        WIDTH - 2.0 * SIDE + 32.0,
        CHART + 78.0,
        26.0,
        &format!(
            r#"fill="{}" stroke="{}" stroke-width="1.5""#,
            palette.rings[1], palette.ring_line
        ),
    );
    bars(&mut canvas, palette, picture, bottom, scale);
    target(&mut canvas, palette, picture, bottom, scale);
    let below = bottom + 90.0;
    let height = explained(&mut canvas, palette, picture, below);
    canvas.finish(WIDTH, height, &picture.title, palette.background)
}

#[expect(clippy::cast_precision_loss, reason = "for a length in pixels")]
const fn as_float(amount: u64) -> f64 {
    amount as f64
}

const fn total(day: Day) -> u64 {
    day.fulfilled
        .saturating_add(day.obligations)
        .saturating_add(day.intentions)
}

/// Obligations are striped, intentions dotted; fulfilled help is full.
fn patterns(canvas: &mut Canvas, palette: &Palette) {
    canvas.raw(&format!(
        concat!(
            r#"<defs><pattern id="bound" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">"#,
            r#"<rect width="12" height="12" fill="{bond}" fill-opacity="0.28"/><rect width="6" height="12" fill="{bond}"/></pattern>"#,
            r#"<pattern id="free" width="10" height="10" patternUnits="userSpaceOnUse">"#,
            r#"<rect width="10" height="10" fill="{orange}" fill-opacity="0.16"/><circle cx="5" cy="5" r="2.2" fill="{orange}"/></pattern></defs>"#
        ),
        bond = palette.bond,
        orange = palette.orange
    ));
}

fn bars(canvas: &mut Canvas, palette: &Palette, picture: &MonthPicture, bottom: f64, scale: f64) {
    let days = picture.labels.len().max(picture.days.len()).max(1);
    #[expect(clippy::cast_precision_loss, reason = "days")]
    let step = (WIDTH - 2.0 * SIDE) / days as f64;
    let width = (step * 0.76).min(90.0);
    let kind = Type {
        size: 22.0,
        bold: false,
        anchor: Anchor::Middle,
    };
    let widest = picture
        .labels
        .iter()
        .map(|label| face(false).width(label, kind.size))
        .fold(0.0, f64::max);
    // As many labels as leave some room between them.
    let every = (1..)
        .find(|&every| f64::from(every) * step > widest + 14.0)
        .unwrap_or(31);
    let every = usize::try_from(if every > 2 { every.max(5) } else { every }).unwrap_or(5);
    let mut middle = SIDE + step / 2.0;
    for nth in 0..days {
        let x = middle - width / 2.0;
        if let Some(day) = picture.days.get(nth) {
            let mut y = bottom;
            let parts = [
                (day.fulfilled, palette.green),
                (day.obligations, "url(#bound)"),
                (day.intentions, "url(#free)"),
            ];
            for (amount, fill) in parts {
                let height = as_float(amount) * scale;
                if height < 0.05 {
                    continue;
                }
                y -= height;
                let round = (width * 0.2).min(height / 2.0).min(6.0);
                canvas.rect(
                    Point::new(x, y + 1.0),
                    width,
                    (height - 2.0).max(1.0),
                    round,
                    &format!(r#"fill="{fill}""#),
                );
            }
        }
        canvas.rect(
            Point::new(x, bottom + 2.0),
            width,
            if nth < picture.days.len() { 3.0 } else { 2.0 },
            1.0,
            &format!(
                r#"fill="{}""#,
                if nth < picture.days.len() {
                    palette.quiet
                } else {
                    palette.ring_line
                }
            ),
        );
        let labelled = if every < 5 {
            nth % every == 0
        } else {
            nth == 0 || (nth + 1) % every == 0
        };
        if let Some(label) = picture.labels.get(nth).filter(|_| labelled) {
            canvas.text(
                Point::new(middle, bottom + 38.0),
                kind,
                label,
                &format!(r#"fill="{}""#, palette.quiet),
            );
        }
        middle += step;
    }
}

fn target(canvas: &mut Canvas, palette: &Palette, picture: &MonthPicture, bottom: f64, scale: f64) {
    if picture.target == 0 {
        return;
    }
    let y = bottom - as_float(picture.target) * scale;
    canvas.path(
        &format!("M{} {} H{}", number(SIDE), number(y), number(WIDTH - SIDE)),
        &format!(
            r#"fill="none" stroke="{}" stroke-width="3" stroke-dasharray="14 9""#,
            palette.text
        ),
    );
    let kind = Type {
        size: 25.0,
        bold: true,
        anchor: Anchor::Start,
    };
    let text = face(true).fitted(&picture.target_label, kind.size, WIDTH - 2.0 * SIDE - 24.0);
    let width = face(true).width(&text, kind.size) + 24.0;
    // Above the line, or below where that would leave the chart.
    let over = y - 44.0 > bottom - CHART - 8.0;
    let corner = Point::new(SIDE, if over { y - 48.0 } else { y + 10.0 });
    canvas.rect(
        corner,
        width,
        38.0,
        10.0,
        &format!(r#"fill="{}""#, palette.rings[1]),
    );
    canvas.text(
        corner.plus(Point::new(12.0, 28.0)),
        kind,
        &text,
        &format!(r#"fill="{}""#, palette.text),
    );
}

fn explained(canvas: &mut Canvas, palette: &Palette, picture: &MonthPicture, top: f64) -> f64 {
    let entry = |words, fill: &'static str| Entry {
        width: 44.0,
        words,
        draw: Box::new(move |canvas: &mut Canvas, at: Point| {
            let corner = at.minus(Point::new(0.0, 15.0));
            canvas.rect(corner, 44.0, 30.0, 7.0, &format!(r#"fill="{fill}""#));
        }),
    };
    let all = [
        entry(picture.fulfilled.as_str(), palette.green),
        entry(picture.obligations.as_str(), "url(#bound)"),
        entry(picture.intentions.as_str(), "url(#free)"),
    ];
    legend::entries(canvas, palette, &all, top) + 30.0
}
