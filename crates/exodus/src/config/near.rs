//! The nearest known word to one that is misspelt.

/// The nearest of some words, if it is near enough to be meant.
pub(super) fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let far = given.chars().count() / 2;
    let near = known.map(|word| (distance(&given, word), word)).min()?;
    (near.0 <= far).then_some(near.1)
}

/// How many letters must be put in, taken out or changed to make one word another (Wagner and Fischer, 1974).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, one) in one.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(above.saturating_add(1));
        for ((other, pair), left) in other.iter().zip(row.windows(2)).zip(0..) {
            let (diagonal, up) = (
                pair.first().copied().unwrap_or(0),
                pair.get(1).copied().unwrap_or(0),
            );
            let left: usize = next.get::<usize>(left).copied().unwrap_or(0);
            let change = diagonal.saturating_add(usize::from(one != *other));
            next.push(change.min(up.saturating_add(1)).min(left.saturating_add(1)));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (one, other, letters) in [
            ("", "", 0),
            ("a", "", 1),
            ("", "ab", 2),
            ("zone", "zone", 0),
            ("kitten", "sitting", 3),
            ("зона", "зоны", 1),
        ] {
            assert_eq!(distance(one, other), letters, "{one} {other}");
            assert_eq!(distance(other, one), letters, "{other} {one}");
        }
    }

    #[test]
    fn near_enough_to_be_meant() {
        let known = ["late_days", "silence_days", "nudge_day"];
        let near = |given| nearest(given, known.into_iter());
        assert_eq!(near("late_day"), Some("late_days"));
        assert_eq!(near("LATE-DAYS"), Some("late_days"));
        assert_eq!(near("nudge"), None);
        assert_eq!(near("nudgeday"), Some("nudge_day"));
        assert_eq!(near("xyz"), None);
        assert_eq!(nearest("a", [].into_iter()), None);
    }
}
