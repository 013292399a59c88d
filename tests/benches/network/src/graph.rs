//! Made-up networks: members drawn by a power law, some ties mutual, numbers given at random so that no order of theirs
//! helps anybody.

use std::collections::HashSet;

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Draws members with weights (rank + offset)^(-1/(exponent-1)): degrees follow a power law (Chung, Lu 2002).
struct Draw {
    sums: Vec<f64>,
    numbers: Vec<u32>,
}

impl Draw {
    fn new(members: u32, exponent: f64, offset: f64, random: &mut Random) -> Self {
        let mut numbers: Vec<u32> = (0..members).collect();
        for nth in (1..numbers.len()).rev() {
            numbers.swap(nth, random.below(nth as u64 + 1) as usize);
        }
        let power = -1.0 / (exponent - 1.0);
        let mut sum = 0.0;
        let sums = (0..members)
            .map(|rank| {
                sum += (f64::from(rank) + offset).powf(power);
                sum
            })
            .collect();
        Self { sums, numbers }
    }

    fn draw(&self, random: &mut Random) -> u32 {
        let at = random.unit() * self.sums.last().unwrap();
        self.numbers[self.sums.partition_point(|sum| *sum < at).min(self.numbers.len() - 1)]
    }
}

/// Directed edges, each once; so many in a hundred of them have their reverse.
pub fn directed(members: u32, edges: usize, mutual: usize, seed: u64) -> Vec<(u32, u32)> {
    let mut random = Random(seed);
    let draw = Draw::new(members, 2.6, 10.0, &mut random);
    let mut seen = HashSet::with_capacity(edges);
    let mut all = Vec::with_capacity(edges);
    let both = edges * mutual / 100;
    while all.len() < edges {
        let (a, b) = (draw.draw(&mut random), draw.draw(&mut random));
        if a == b || seen.contains(&(u64::from(a.min(b)) << 32 | u64::from(a.max(b)))) {
            continue;
        }
        seen.insert(u64::from(a.min(b)) << 32 | u64::from(a.max(b)));
        let back = all.len() < both;
        all.push((a, b));
        if back {
            all.push((b, a));
        }
    }
    for nth in (1..all.len()).rev() {
        all.swap(nth, random.below(nth as u64 + 1) as usize);
    }
    all
}

/// Pairs of members, nobody in more than so many of them (N10).
pub fn pairs(members: u32, pairs: usize, most: u8, seed: u64) -> Vec<(u32, u32)> {
    let mut random = Random(seed);
    let draw = Draw::new(members, 2.6, 1_000.0, &mut random);
    let mut count = vec![0_u8; members as usize];
    let mut seen = HashSet::with_capacity(pairs);
    let mut all = Vec::with_capacity(pairs);
    while all.len() < pairs {
        let (a, b) = (draw.draw(&mut random), draw.draw(&mut random));
        let full = count[a as usize] >= most || count[b as usize] >= most;
        if a == b || full || !seen.insert(u64::from(a.min(b)) << 32 | u64::from(a.max(b))) {
            continue;
        }
        count[a as usize] += 1;
        count[b as usize] += 1;
        all.push((a, b));
    }
    all
}
