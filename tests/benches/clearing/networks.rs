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
