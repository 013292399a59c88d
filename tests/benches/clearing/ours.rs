//! Our side of the comparison: makes networks, answers them.
//!
//! ```text
//! generate SHAPE PARTIES OBLIGATIONS SEED FILE   a network of the given shape
//! many COUNT FILE                                small networks of all shapes, one after another
//! solve FILE                                     a line for each network: total, CPU seconds (twice), kilobytes
//! again FILE CHANGES ROUNDS SEED                 a line for each round: total, CPU seconds, those of the check
//! ```
#![expect(clippy::unwrap_used, reason = "a bench")]

use std::{
    env,
    fs::{self, File},
    io::{BufReader, BufWriter, Read, Write},
};

use exodus_core::{
    Amount,
    clearing::{self, Obligation, Standing},
};

mod networks;

fn main() {
    let words: Vec<String> = env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["generate", shape, parties, rows, seed, file] => {
            let network = networks::make(
                shape,
                parties.parse().unwrap(),
                rows.parse().unwrap(),
                seed.parse().unwrap(),
            );
            let mut file = BufWriter::new(File::create(file).unwrap());
            write(&mut file, &network);
            file.flush().unwrap();
        }
        ["many", count, file] => {
            let mut file = BufWriter::new(File::create(file).unwrap());
            for network in networks::many(count.parse().unwrap()) {
                write(&mut file, &network);
            }
            file.flush().unwrap();
        }
        ["solve", file] => solve(file),
        ["again", file, changes, rounds, seed] => again(
            file,
            changes.parse().unwrap(),
            rounds.parse().unwrap(),
            seed.parse().unwrap(),
        ),
        _ => panic!("see the head of this file"),
    }
}

fn write(file: &mut impl Write, (parties, rows): &(u32, Vec<Obligation>)) {
    file.write_all(&u64::from(*parties).to_le_bytes()).unwrap();
    file.write_all(&(rows.len() as u64).to_le_bytes()).unwrap();
    for row in rows {
        file.write_all(&row.debtor.to_le_bytes()).unwrap();
        file.write_all(&row.creditor.to_le_bytes()).unwrap();
        file.write_all(&row.amount.minor().to_le_bytes()).unwrap();
    }
}

fn read(file: &mut impl Read) -> Option<(u32, Vec<Obligation>)> {
    let mut word = [0; 8];
    file.read_exact(&mut word).ok()?;
    let parties = u32::try_from(u64::from_le_bytes(word)).unwrap();
    file.read_exact(&mut word).ok()?;
    let count = usize::try_from(u64::from_le_bytes(word)).unwrap();
    let mut rows = Vec::with_capacity(count);
    for _ in 0..count {
        let mut row = [0; 16];
        file.read_exact(&mut row).unwrap();
        rows.push(Obligation {
            debtor: u32::from_le_bytes(row[..4].try_into().unwrap()),
            creditor: u32::from_le_bytes(row[4..8].try_into().unwrap()),
            amount: Amount::from_minor(u64::from_le_bytes(row[8..].try_into().unwrap())),
        });
    }
    Some((parties, rows))
}

fn solve(path: &str) {
    let mut file = BufReader::new(File::open(path).unwrap());
    loop {
        let before = peak();
        let Some((parties, rows)) = read(&mut file) else {
            break;
        };
        let begun = cpu();
        let plan = clearing::plan(parties, &rows);
        let took = cpu() - begun;
        match plan {
            Ok(plan) => println!("{} {took:.6} {took:.6} {}", plan.total, peak() - before),
            Err(error) => println!("failed:{error} {took:.6} {took:.6} 0"),
        }
    }
}

/// Changes obligations of a settled network and settles it again, several times: CPU seconds of each, the check of the
/// certificate apart, and whether the total is that of a plan from nothing.
fn again(path: &str, changes: usize, rounds: usize, seed: u64) {
    let (parties, rows) = read(&mut BufReader::new(File::open(path).unwrap())).unwrap();
    let mut standing = Standing::new(parties, &rows).unwrap();
    let mut dice = networks::Dice::new(seed);
    for _ in 0..rounds {
        let changed: Vec<(u32, u32, Amount)> = (0..changes)
            .map(|_| {
                let row = rows
                    .get(usize::try_from(dice.below(rows.len() as u64)).unwrap())
                    .unwrap();
                let amount = row.amount.minor();
                match dice.below(4) {
                    // Fulfilled, fulfilled in part, promised more, promised to somebody new.
                    0 => (row.debtor, row.creditor, 0),
                    1 => (row.debtor, row.creditor, amount / 2),
                    2 => (row.debtor, row.creditor, amount * 2),
                    _ => {
                        let other = u32::try_from(dice.below(u64::from(parties))).unwrap();
                        (row.debtor, other, amount)
                    }
                }
            })
            .map(|(debtor, creditor, amount)| (debtor, creditor, Amount::from_minor(amount)))
            .collect();
        let begun = cpu();
        for (debtor, creditor, amount) in changed {
            standing.set(debtor, creditor, amount).unwrap();
        }
        standing.settle().unwrap();
        let took = cpu() - begun;
        let (pairs, set_offs): (Vec<Obligation>, Vec<Amount>) = standing.pairs().unzip();
        let certificate = standing.certificate();
        let begun = cpu();
        let total = clearing::verify(parties, &pairs, &set_offs, &certificate).unwrap();
        let checked = cpu() - begun;
        assert_eq!(total, clearing::plan(parties, &pairs).unwrap().total);
        println!("{total} {took:.6} {checked:.6} 0");
    }
}

/// CPU seconds of this process.
fn cpu() -> f64 {
    // Nanoseconds on a core, as the kernel's scheduler counts them.
    let text = fs::read_to_string("/proc/self/schedstat").unwrap();
    text.split_whitespace().next().unwrap().parse::<f64>().unwrap() * 1e-9
}

/// The process's peak of memory, in kilobytes.
fn peak() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
