//! Made-up networks of obligations, the same for the same seed on every machine.

use exodus_core::{Amount, clearing::Obligation};

/// SplitMix64 (Steele, Lea, Flood 2014).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`, which is above 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        u64::try_from((u128::from(self.next()) * u128::from(end)) >> 64).unwrap()
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A network of about the size asked for.
pub(crate) fn make(shape: &str, parties: u32, rows: usize, seed: u64) -> (u32, Vec<Obligation>) {
    let mut dice = Dice::new(seed);
    let mut obligations = Vec::with_capacity(rows);
    let n = u64::from(parties);
    while obligations.len() < rows {
        let (debtor, creditor) = match shape {
            // Everybody with anybody.
            "even" => (dice.below(n), dice.below(n)),
            // Few have very many, most have few (Zipf-like, exponent about 2.2), on either side.
            "power" => (zipf(&mut dice, n), zipf(&mut dice, n)),
            // Nearly everything runs downstream; one in fifty runs back.
            "stream" => {
                let (one, other) = (dice.below(n), dice.below(n));
                let (low, high) = (one.min(other), one.max(other));
                if dice.below(50) == 0 {
                    (high, low)
                } else {
                    (low, high)
                }
            }
            _ => panic!("shapes are: even, power, stream"),
        };
        if debtor != creditor {
            let amount = amount(&mut dice);
            obligations.push(Obligation {
                debtor: u32::try_from(debtor).unwrap(),
                creditor: u32::try_from(creditor).unwrap(),
                amount: Amount::from_minor(amount),
            });
        }
    }
    (parties, obligations)
}

/// From 1 to 100,000 cents or so, small ones more often.
fn amount(dice: &mut Dice) -> u64 {
    let scale = 10_u64.pow(u32::try_from(2 + dice.below(4)).unwrap());
    1 + dice.below(scale)
}

/// A party; number `k` of them in a fixed shuffle comes about `(k + 1)^-0.8` as often as the first.
fn zipf(dice: &mut Dice, parties: u64) -> u64 {
    let place = (parties as f64 * dice.share().powf(5.0)) as u64;
    // Neighbours in degree need not be neighbours in number.
    (place.min(parties - 1)).wrapping_mul(7919) % parties
}

/// Many small networks of many shapes, with amounts from tiny to as large as the peers can add up.
pub(crate) fn many(count: u64) -> Vec<(u32, Vec<Obligation>)> {
    (0..count)
        .map(|number| small(&mut Dice::new(number), number))
        .collect()
}

fn small(dice: &mut Dice, number: u64) -> (u32, Vec<Obligation>) {
    let n = 2 + dice.below(if number.is_multiple_of(10) { 400 } else { 30 });
    let mut ends: Vec<(u64, u64)> = Vec::new();
    let count = 1 + dice.below(n * 6);
    for row in 0..count {
        ends.push(match number % 8 {
            // Rings with chords, stars, two-cycles, dense, in several parts, few with many, downstream, even.
            0 if row < n => (row, (row + 1) % n),
            1 if row % 2 == 0 => (0, dice.below(n)),
            1 => (dice.below(n), 0),
            2 if row % 2 == 1 => ends
                .last()
                .map_or((0, 1), |&(debtor, creditor)| (creditor, debtor)),
            3 => (dice.below(n.min(8)), dice.below(n.min(8))),
            4 => {
                let (part, size) = (dice.below(4), n / 4 + 1);
                let end = |dice: &mut Dice| (part * size + dice.below(size)).min(n - 1);
                (end(dice), end(dice))
            }
            5 => (zipf(dice, n).min(n - 1), zipf(dice, n).min(n - 1)),
            6 if dice.below(20) > 0 => {
                let (one, other) = (dice.below(n), dice.below(n));
                (one.min(other), one.max(other))
            }
            _ => (dice.below(n), dice.below(n)),
        });
    }
    // The peers count in 64 bits with a sign: what anybody owes in all must stay below that.
    let most = i64::MAX as u64 / (count + 1);
    let amount = |dice: &mut Dice| match number / 8 % 5 {
        0 => 1,
        1 => dice.below(4),
        2 => 1 + dice.below(most),
        3 if dice.below(2) == 0 => most - dice.below(3),
        3 => 1 + dice.below(3),
        _ => amount(dice),
    };
    let obligations = ends.into_iter().map(|(debtor, creditor)| Obligation {
        debtor: u32::try_from(debtor).unwrap(),
        creditor: u32::try_from(creditor).unwrap(),
        amount: Amount::from_minor(amount(dice)),
    });
    (u32::try_from(n).unwrap(), obligations.collect())
}
