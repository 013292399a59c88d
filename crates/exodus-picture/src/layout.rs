//! Where everybody stands: rings around the viewer, each of one or more tracks, each person in a cell of their own.
//!
//! Tracks are rounded rectangles ("superellipses", exponent 8/3): they use a tall page better than circles, so names stay
//! readable at 150. Directions are turned by constants and raised by square roots, never by a platform's own sine: the same
//! picture comes out everywhere.

use std::collections::BTreeMap;

use crate::{
    model::{NetworkPicture, Tie},
    svg::Point,
};

/// Width of every picture, in pixels.
pub(crate) const WIDTH: f64 = 1080.0;
/// More people than this are not drawn one by one (N11).
pub(crate) const MOST: usize = 150;
const MARGIN: f64 = 22.0;

/// Points on a track.
const TURNS: usize = 720;
/// Half a degree.
const STEP: (f64, f64) = (0.999_961_923_064_171_3, 0.008_726_535_498_373_935);

/// How large people are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) radius: f64,
    pub(crate) font: f64,
    /// The tallest page for it, as height to width.
    tallest: f64,
    /// How many cells high the way to the first track is at least, so that a tie down from the viewer's name is seen.
    first: f64,
}

/// The smallest, for when nothing fits.
const SMALLEST: Cell = Cell {
    width: 96.0,
    height: 82.0,
    radius: 18.5,
    font: 19.5,
    tallest: 3.3,
    first: 1.2,
};

const CELLS: [Cell; 4] = [
    Cell {
        width: 216.0,
        height: 178.0,
        radius: 48.0,
        font: 31.0,
        tallest: 1.3,
        first: 1.62,
    },
    Cell {
        width: 152.0,
        height: 132.0,
        radius: 34.0,
        font: 26.0,
        tallest: 1.5,
        first: 1.62,
    },
    Cell {
        width: 122.0,
        height: 104.0,
        radius: 25.0,
        font: 23.0,
        tallest: 1.6,
        first: 1.62,
    },
    SMALLEST,
];

/// Everybody's place, the viewer's being at the origin.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Layout {
    pub(crate) cell: Cell,
    /// By the numbers ties use; `None` for who is only counted.
    pub(crate) places: Vec<Option<Point>>,
    /// Which band somebody stands on, by the same numbers.
    pub(crate) bands_of: Vec<usize>,
    /// People who are only counted, ring by ring.
    pub(crate) crowds: Vec<u64>,
    /// Half width and half height of each ring's ground, the nearest first.
    pub(crate) bands: Vec<(f64, f64)>,
}

impl Layout {
    pub(crate) fn of(picture: &NetworkPicture) -> Self {
        let mut most = MOST;
        loop {
            let seats = Seats::of(picture, most);
            if let Some(layout) = CELLS.iter().find_map(|cell| seats.lay(picture, *cell)) {
                return layout;
            }
            // Rings may be so many, or so uneven, that fewer fit: then more are counted.
            if most == 0 {
                return Self {
                    cell: SMALLEST,
                    places: vec![Some(Point::new(0.0, 0.0))],
                    bands_of: vec![0],
                    crowds: Vec::new(),
                    bands: vec![(WIDTH / 2.0 - MARGIN, WIDTH / 3.0)],
                };
            }
            most = most.saturating_sub(10);
        }
    }

    /// Half the height that everything takes.
    pub(crate) fn half_height(&self) -> f64 {
        self.bands.last().map_or(0.0, |&(_, height)| height)
    }
}

/// Points of a rounded rectangle of half width and half height, from the top, clockwise.
pub(crate) fn track(half_width: f64, half_height: f64) -> Vec<Point> {
    let bent = |value: f64| {
        let root = value.abs().sqrt();
        value.signum() * root * root.sqrt()
    };
    let mut direction = Point::new(0.0, -1.0);
    let mut points = Vec::with_capacity(TURNS);
    for _ in 0..TURNS {
        points.push(Point::new(
            bent(direction.x) * half_width,
            bent(direction.y) * half_height,
        ));
        let (cos, sin) = STEP;
        direction = Point::new(
            direction.x * cos - direction.y * sin,
            direction.x * sin + direction.y * cos,
        )
        .unit();
    }
    points
}

/// Who stands in which ring.
struct Seats {
    /// Numbers of the people of each ring that has any.
    rings: Vec<Vec<usize>>,
    /// How many are only counted, by ring.
    crowds: Vec<u64>,
    people: usize,
}

impl Seats {
    fn of(picture: &NetworkPicture, most: usize) -> Self {
        let mut order: Vec<(usize, usize)> = (1..)
            .zip(&picture.people)
            .map(|(nth, person)| (person.ring.max(1), nth))
            .collect();
        order.sort_unstable();
        let mut rings: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut crowds: BTreeMap<usize, u64> = BTreeMap::new();
        for (seat, &(ring, nth)) in order.iter().enumerate() {
            if seat < most {
                rings.entry(ring).or_default().push(nth);
            } else {
                *crowds.entry(ring).or_default() += 1;
            }
        }
        for &(ring, count) in picture.farther.iter().filter(|(_, count)| *count > 0) {
            let crowd = crowds.entry(ring.max(1)).or_default();
            *crowd = crowd.saturating_add(count);
        }
        Self {
            rings: rings.into_values().collect(),
            crowds: crowds.into_values().collect(),
            people: picture.people.len(),
        }
    }

    fn lay(&self, picture: &NetworkPicture, cell: Cell) -> Option<Layout> {
        let widest = WIDTH / 2.0 - MARGIN - cell.width / 2.0;
        let needed: Vec<usize> = self.rings.iter().map(Vec::len).collect();
        let mut stretch = 0.95;
        while stretch <= cell.tallest {
            for count in self.rings.len().max(1)..=9 {
                if let Some(tracks) = self.tracks(&needed, cell, widest, stretch, count) {
                    return Some(self.seat(picture, cell, &tracks));
                }
            }
            stretch += 0.05;
        }
        None
    }

    /// So many tracks, if everybody finds room on them; with the ring of each.
    fn tracks(
        &self,
        needed: &[usize],
        cell: Cell,
        widest: f64,
        stretch: f64,
        count: usize,
    ) -> Option<Vec<Track>> {
        #[expect(clippy::cast_precision_loss, reason = "a handful")]
        let part = |nth: usize| nth as f64 / count as f64;
        let step = (widest * part(1), widest * stretch * part(1));
        let close = count > 1 && (step.0 < cell.width * 0.97 || step.1 < cell.height * 1.02);
        if close || step.0 < cell.width * 0.97 || step.1 < cell.height * cell.first {
            return None;
        }
        let mut tracks: Vec<Track> = (1..=count)
            .map(|nth| Track::new(widest * part(nth), widest * stretch * part(nth), cell))
            .collect();
        let mut next = 0;
        for (ring, &people) in needed.iter().enumerate() {
            let mut room = 0;
            while room < people || room == 0 {
                let track = tracks.get_mut(next)?;
                track.ring = ring;
                room += track.room;
                next += 1;
            }
        }
        // What is left over belongs to the farthest.
        let last = needed.len().saturating_sub(1);
        tracks.iter_mut().skip(next).for_each(|track| track.ring = last);
        Some(tracks)
    }

    fn seat(&self, picture: &NetworkPicture, cell: Cell, tracks: &[Track]) -> Layout {
        let mut layout = Layout {
            cell,
            places: vec![None; self.people + 1],
            bands_of: vec![0; self.people + 1],
            crowds: self.crowds.clone(),
            bands: Vec::new(),
        };
        if let Some(viewer) = layout.places.first_mut() {
            *viewer = Some(Point::new(0.0, 0.0));
        }
        for (ring, people) in self.rings.iter().enumerate() {
            let mine: Vec<&Track> = tracks.iter().filter(|track| track.ring == ring).collect();
            let seats = seats_on(&mine, people.len(), ring == 0);
            let order = around(picture, &layout.places, people, &seats, ring);
            for (person, seat) in order {
                if let (Some(place), Some(band)) =
                    (layout.places.get_mut(person), layout.bands_of.get_mut(person))
                {
                    *place = Some(seat);
                    *band = ring;
                }
            }
        }
        for pair in tracks.windows(2) {
            if let [inner, outer] = pair
                && inner.ring != outer.ring
            {
                layout.bands.push((
                    f64::midpoint(inner.half.0, outer.half.0),
                    f64::midpoint(inner.half.1, outer.half.1),
                ));
            }
        }
        if let Some(last) = tracks.last() {
            // Room for a count on the rim, below the last name.
            let rim = if self.crowds.is_empty() { 0.0 } else { 24.0 };
            layout.bands.push((
                last.half.0 + cell.width * 0.5,
                last.half.1 + cell.height * 0.62 + rim,
            ));
        }
        layout
    }
}

struct Track {
    half: (f64, f64),
    points: Vec<Point>,
    /// How far along the track each point is, in cells.
    along: Vec<f64>,
    length: f64,
    /// How many cells find room.
    room: usize,
    ring: usize,
}

impl Track {
    fn new(half_width: f64, half_height: f64, cell: Cell) -> Self {
        let points = track(half_width, half_height);
        let mut along = Vec::with_capacity(points.len());
        let mut length = 0.0;
        for (point, next) in points.iter().zip(points.iter().cycle().skip(1)) {
            along.push(length);
            let way = next.minus(*point);
            length += Point::new(way.x / cell.width, way.y / cell.height).length();
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few dozen at most"
        )]
        let room = (length / 1.04) as usize;
        Self {
            half: (half_width, half_height),
            points,
            along,
            length,
            room,
            ring: 0,
        }
    }

    /// So many places at equal distances; every second track begins between those of the one before.
    fn places(&self, count: usize, shift: f64) -> impl Iterator<Item = Point> {
        #[expect(clippy::cast_precision_loss, reason = "a few dozen at most")]
        (0..count).map(move |nth| {
            let wanted = self.length * (nth as f64 + shift) / count as f64;
            let after = self.along.partition_point(|&along| along < wanted);
            self.points
                .get(after)
                .or(self.points.first())
                .copied()
                .unwrap_or(Point::new(0.0, 0.0))
        })
    }
}

/// Places for so many on a ring's tracks, in the order around. `outside`: an inner track is used only for those who find
/// no room on the outer ones, so that nobody stands between the viewer and somebody else without need.
fn seats_on(tracks: &[&Track], people: usize, outside: bool) -> Vec<Point> {
    let mut left = people;
    let mut room_left: usize = tracks.iter().map(|track| track.room).sum();
    let mut seats = Vec::with_capacity(people);
    for (nth, track) in tracks.iter().enumerate().rev() {
        let share = if nth == 0 || outside {
            left.min(track.room)
        } else {
            (left * track.room).div_ceil(room_left.max(1)).min(track.room)
        };
        let shift = if nth % 2 == 0 { 0.0 } else { 0.5 };
        seats.extend(track.places(share, shift));
        left -= share;
        room_left = room_left.saturating_sub(track.room);
    }
    seats.sort_by(|one, other| turn(*one).total_cmp(&turn(*other)));
    seats
}

/// Grows with the angle from the top, clockwise; 0 to 4.
fn turn(point: Point) -> f64 {
    let size = point.x.abs() + point.y.abs();
    if size < 1e-9 {
        return 0.0;
    }
    let (x, y) = (point.x / size, point.y / size);
    if x >= 0.0 { 1.0 + y } else { 3.0 - y }
}

/// Who sits where: the nearest ring in the order given; those farther near whom they are tied to.
fn around(
    picture: &NetworkPicture,
    places: &[Option<Point>],
    people: &[usize],
    seats: &[Point],
    ring: usize,
) -> Vec<(usize, Point)> {
    let mut order: Vec<usize> = people.to_vec();
    if ring == 0 {
        return order.into_iter().zip(seats.iter().copied()).collect();
    }
    let towards = |person: usize| {
        let tied = picture.ties.iter().filter_map(|tie| {
            let (Tie::Support {
                from: one, to: other, ..
            }
            | Tie::Bond { one, other }) = *tie;
            let end = if one == person {
                other
            } else if other == person {
                one
            } else {
                return None;
            };
            places.get(end).copied().flatten()
        });
        tied.fold(Point::new(0.0, 0.0), |sum, place| sum.plus(place.unit()))
    };
    let mut wished: Vec<(f64, usize)> = order
        .iter()
        .map(|&person| (turn(towards(person)), person))
        .collect();
    wished.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    order = wished.iter().map(|&(_, person)| person).collect();
    // Everyone in order around; the rotation that leaves them nearest to their wishes.
    let missed = |shift: usize| -> f64 {
        order
            .iter()
            .zip(seats.iter().cycle().skip(shift))
            .map(|(&person, seat)| seat.unit().minus(towards(person).unit()).length())
            .sum()
    };
    let best = (0..seats.len().max(1))
        .min_by(|&one, &other| missed(one).total_cmp(&missed(other)))
        .unwrap_or(0);
    order
        .into_iter()
        .zip(seats.iter().copied().cycle().skip(best))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Legend, Person, Status, Theme};

    fn picture(rings: &[usize]) -> NetworkPicture {
        let people = (1..).zip(rings).flat_map(|(ring, &people)| {
            std::iter::repeat_n(
                Person {
                    name: Some("Anna".to_owned()),
                    status: Status::Green,
                    ring,
                },
                people,
            )
        });
        NetworkPicture {
            title: String::new(),
            subtitle: String::new(),
            viewer: String::new(),
            status: Status::Green,
            people: people.collect(),
            ties: Vec::new(),
            farther: Vec::new(),
            legend: Legend::default(),
            theme: Theme::Light,
        }
    }

    /// Nobody's mark or name runs into another's, and all stand on the page, whoever many there are in each ring.
    #[test]
    fn n11_everyone_has_a_place_of_their_own() {
        let sizes = [0, 1, 2, 5, 9, 20, 40, 75];
        let mut cases: Vec<Vec<usize>> = sizes.iter().map(|&one| vec![one]).collect();
        cases.extend(
            sizes
                .iter()
                .flat_map(|&one| sizes.iter().map(move |&other| vec![one, other])),
        );
        cases.extend([
            vec![150],
            vec![24, 126],
            vec![140, 10],
            vec![10, 40, 100],
            vec![3, 3, 3, 3],
        ]);
        for rings in cases {
            let layout = Layout::of(&picture(&rings));
            let places: Vec<Point> = layout.places.iter().copied().flatten().collect();
            assert_eq!(
                places.len(),
                rings.iter().sum::<usize>() + 1,
                "{rings:?}: somebody has no place"
            );
            for (nth, one) in places.iter().enumerate() {
                assert!(
                    one.x.abs() <= WIDTH / 2.0 - layout.cell.width / 2.0,
                    "{rings:?}: {one:?}"
                );
                assert!(
                    one.y.abs() <= layout.half_height() - layout.cell.height * 0.5,
                    "{rings:?}: {one:?}"
                );
                for other in &places[nth + 1..] {
                    let way = other.minus(*one);
                    let apart = Point::new(way.x / layout.cell.width, way.y / layout.cell.height).length();
                    assert!(apart > 0.84, "{rings:?}: {one:?} {other:?} {apart}");
                }
            }
        }
    }

    #[test]
    fn n11_beyond_150_the_nearest_have_places() {
        let layout = Layout::of(&picture(&[100, 200]));
        assert_eq!(layout.places.iter().flatten().count(), 151);
        assert!(layout.places.iter().take(101).all(Option::is_some));
        assert_eq!(layout.crowds, [150]);
    }
}
