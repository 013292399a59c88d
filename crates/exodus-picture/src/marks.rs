//! A person as a shape with a mark: a circle with a tick, a square with a sun, a triangle with an exclamation mark.

use crate::{
    model::Status,
    svg::{Canvas, Point, at, number},
    theme::Palette,
};

/// How far from the middle of a mark of radius 1 lines may end without touching it.
pub(crate) const CLEARANCE: f64 = 1.22;

/// Draws somebody of a radius. Who is not named is an outline.
pub(crate) fn person(
    canvas: &mut Canvas,
    palette: &Palette,
    middle: Point,
    radius: f64,
    status: Status,
    named: bool,
) {
    let colour = palette.status(status);
    let line = number((radius * 0.15).max(2.5));
    let (shape, mark) = if named {
        (
            format!(
                r#"fill="{colour}" stroke="{}" stroke-width="{line}""#,
                palette.background
            ),
            palette.mark,
        )
    } else {
        (
            format!(
                r#"fill="{}" stroke="{colour}" stroke-width="{line}""#,
                palette.background
            ),
            colour,
        )
    };
    match status {
        Status::Green => canvas.circle(middle, radius, &shape),
        Status::Orange => {
            let half = radius * 0.93;
            let corner = middle.minus(Point::new(half, half));
            canvas.rect(corner, half * 2.0, half * 2.0, radius * 0.34, &shape);
        }
        Status::Red => {
            let data = rounded(
                &[(0.0, -1.22), (1.22, 0.94), (-1.22, 0.94)]
                    .map(|(x, y)| middle.plus(Point::new(x, y).times(radius))),
                radius * 0.3,
            );
            canvas.path(&data, &format!(r#"{shape} stroke-linejoin="round""#));
        }
    }
    self::mark(canvas, mark, middle, radius, status);
}

fn mark(canvas: &mut Canvas, colour: &str, middle: Point, radius: f64, status: Status) {
    let spot = |x: f64, y: f64| at(middle.plus(Point::new(x, y).times(radius)));
    let line = format!(
        r#"fill="none" stroke="{colour}" stroke-width="{}" stroke-linecap="round" stroke-linejoin="round""#,
        number(radius * 0.19)
    );
    match status {
        Status::Green => {
            let data = format!(
                "M{} L{} L{}",
                spot(-0.42, 0.04),
                spot(-0.1, 0.36),
                spot(0.45, -0.32)
            );
            canvas.path(&data, &line);
        }
        Status::Orange => {
            canvas.circle(middle, radius * 0.3, &format!(r#"fill="{colour}""#));
            let diagonal = std::f64::consts::FRAC_1_SQRT_2;
            let rays = [
                (1.0, 0.0),
                (diagonal, diagonal),
                (0.0, 1.0),
                (-diagonal, diagonal),
                (-1.0, 0.0),
                (-diagonal, -diagonal),
                (0.0, -1.0),
                (diagonal, -diagonal),
            ];
            let data: String = rays
                .iter()
                .map(|(x, y)| format!("M{} L{} ", spot(x * 0.48, y * 0.48), spot(x * 0.64, y * 0.64)))
                .collect();
            let line = line.replace(
                &format!(r#"stroke-width="{}""#, number(radius * 0.19)),
                &format!(r#"stroke-width="{}""#, number(radius * 0.14)),
            );
            canvas.path(data.trim_end(), &line);
        }
        Status::Red => {
            canvas.path(&format!("M{} L{}", spot(0.0, -0.42), spot(0.0, 0.2)), &line);
            canvas.circle(
                middle.plus(Point::new(0.0, 0.58 * radius)),
                radius * 0.13,
                &format!(r#"fill="{colour}""#),
            );
        }
    }
}

/// A closed path through corners that are rounded.
fn rounded(corners: &[Point], by: f64) -> String {
    let mut data = String::new();
    for (nth, &corner) in corners.iter().enumerate() {
        let before = corners
            .iter()
            .cycle()
            .nth(nth + corners.len() - 1)
            .copied()
            .unwrap_or(corner);
        let after = corners.iter().cycle().nth(nth + 1).copied().unwrap_or(corner);
        let begin = corner.plus(before.minus(corner).unit().times(by));
        let end = corner.plus(after.minus(corner).unit().times(by));
        let letter = if nth == 0 { 'M' } else { 'L' };
        data.push_str(&format!("{letter}{} Q{} {} ", at(begin), at(corner), at(end)));
    }
    data.push('Z');
    data
}
