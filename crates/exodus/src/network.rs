//! `exodus network FILE.csv`: relations, rings, chains and pools of any edge list, and a picture of it. For analysts, and
//! for embedders to try; it touches no database.

mod drawing;
mod table;

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use exodus_core::{
    Amount, MemberId,
    network::{Along, Edges, Full, Network, Scratch, Standing, Tally},
};

use crate::failure::{Code, Failure};
use table::{Row, Wrong, written};

/// What is asked of an edge list.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Comma-separated values: from,to or from,to,amount; a heading is not needed. Rows of the same two add up
    file: PathBuf,
    /// Whose relations and reference list
    #[arg(long, value_name = "NAME")]
    of: Option<String>,
    /// The shortest chain of acquaintance from the one to this member
    #[arg(long, value_name = "NAME", requires = "of")]
    to: Option<String>,
    /// As far as this ring of the reference list [default: the whole of it]
    #[arg(long, value_name = "NUMBER", requires = "of")]
    rings: Option<usize>,
    /// What makes a bond
    #[arg(long, value_enum, default_value = "both")]
    bonds: Bonds,
    /// Name everybody, however many
    #[arg(long)]
    all: bool,
    /// Draw the member's network into a file that ends in .svg or .png
    #[arg(long, value_name = "FILE", requires = "of")]
    draw: Option<PathBuf>,
    /// … light on dark
    #[arg(long, requires = "draw")]
    dark: bool,
}

/// What makes a bond of an edge list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Bonds {
    /// Two rows, one in each direction: each side promises its own amount
    Both,
    /// Every row: both sides promise its amount
    Each,
}

/// An edge list as a network, with the names that its numbers stand for.
struct Listed {
    network: Network,
    names: Vec<String>,
    numbers: BTreeMap<String, MemberId>,
    amounts: bool,
    ties: usize,
    bonds: usize,
    /// Rows that tie somebody to themselves.
    loops: usize,
}

/// Answers what is asked.
pub(crate) fn run(options: &Options) -> Result<Code, Failure> {
    let shown = options.file.display();
    let bytes = fs::read(&options.file).with_context(|| format!("{shown} can not be read"))?;
    let rows = text(&bytes).and_then(table::rows);
    let rows = rows.map_err(|wrong| Failure::trouble(format!("{shown}:{wrong}")))?;
    let listed = Listed::of(rows, options.bonds).context("there is too much in the file")?;
    println!(
        "{} members, {} ties of support, {} bonds",
        listed.names.len(),
        listed.ties,
        listed.bonds
    );
    if listed.loops > 0 {
        println!("rows that tie a member to themselves, left out: {}", listed.loops);
    }
    let Some(of) = &options.of else {
        println!("say whose relations with --of NAME");
        return Ok(Code::Done);
    };
    let member = listed.number(of)?;
    let mut scratch = Scratch::new();
    relations(&listed, &mut scratch, member, options.all);
    reference_list(&listed, &mut scratch, member, options);
    if let Some(to) = &options.to {
        let other = listed.number(to)?;
        println!();
        match listed.network.chain(&mut scratch, member, other) {
            Some(chain) => {
                let names: Vec<&str> = chain.iter().map(|member| listed.name(*member)).collect();
                println!(
                    "chain, {} ties: {}",
                    names.len().saturating_sub(1),
                    names.join(" – ")
                );
            }
            None => println!("no chain leads from {of} to {to}"),
        }
    }
    if let Some(file) = &options.draw {
        println!();
        drawing::draw(&listed, member, options.dark, file)?;
    }
    Ok(Code::Done)
}

/// The file's text; it has to be UTF-8.
fn text(bytes: &[u8]) -> Result<&str, Wrong> {
    str::from_utf8(bytes).map_err(|error| {
        let sound = bytes.get(..error.valid_up_to()).unwrap_or(&[]);
        let sound = String::from_utf8_lossy(sound);
        let last = sound.rsplit('\n').next().unwrap_or_default();
        Wrong {
            line: sound.matches('\n').count() + 1,
            column: last.chars().count() + 1,
            what: "this is not UTF-8; save the file in that encoding".to_owned(),
        }
    })
}

impl Listed {
    fn of(rows: Vec<Row>, bonds: Bonds) -> Result<Self, Full> {
        let mut listed = Self {
            network: Network::new(),
            names: Vec::new(),
            numbers: BTreeMap::new(),
            amounts: rows.iter().any(|row| row.amount.is_some()),
            ties: 0,
            bonds: 0,
            loops: 0,
        };
        let mut ties: BTreeMap<(MemberId, MemberId), Amount> = BTreeMap::new();
        for row in rows {
            let (from, to) = (listed.numbered(row.from), listed.numbered(row.to));
            if from == to {
                listed.loops += 1;
                continue;
            }
            let sum = ties.entry((from, to)).or_default();
            *sum = sum.plus(row.amount.unwrap_or_default());
        }
        let mut edges = Edges::new();
        for number in 0..listed.names.len() {
            edges.member(id(number), exodus_core::Status::Green)?;
        }
        for (&(from, to), &amount) in &ties {
            edges.support(from, to, amount)?;
            listed.ties += 1;
            let back = ties.get(&(to, from)).copied();
            let bond = match bonds {
                Bonds::Both => back.filter(|_| from < to).map(|back| (amount, back)),
                // Told by the first of the two rows that name a pair.
                Bonds::Each => (from < to || back.is_none()).then(|| {
                    let together = amount.plus(back.unwrap_or_default());
                    (together, together)
                }),
            };
            if let Some((gives, takes)) = bond {
                edges.bond(from, to, gives, takes)?;
                listed.bonds += 1;
            }
        }
        listed.network = edges.build()?;
        Ok(listed)
    }

    fn numbered(&mut self, name: String) -> MemberId {
        if let Some(&number) = self.numbers.get(&name) {
            return number;
        }
        let number = id(self.names.len());
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }

    fn number(&self, name: &str) -> Result<MemberId, Failure> {
        let number = self.numbers.get(name).copied();
        number.ok_or_else(|| Failure::trouble(format!("nobody is called {name:?} in this file")))
    }

    fn name(&self, member: MemberId) -> &str {
        let number = usize::try_from(member.0)
            .ok()
            .and_then(|number| number.checked_sub(1));
        number
            .and_then(|number| self.names.get(number))
            .map_or("", String::as_str)
    }

    /// Names, in the order of the file, as far as they are few or all are wished.
    fn names(&self, members: &[MemberId], all: bool) -> String {
        const SHOWN: usize = 12;
        let shown = if all {
            members.len()
        } else {
            members.len().min(SHOWN)
        };
        let mut names: Vec<&str> = members
            .iter()
            .take(shown)
            .map(|member| self.name(*member))
            .collect();
        let more = format!("… and {} more", members.len().saturating_sub(shown));
        if members.len() > shown {
            names.push(&more);
        }
        names.join(", ")
    }
}

/// Members count from 1, in the order of the file.
fn id(number: usize) -> MemberId {
    MemberId(u64::try_from(number).unwrap_or(u64::MAX).saturating_add(1))
}

fn relations(listed: &Listed, scratch: &mut Scratch, member: MemberId, all: bool) {
    let relations = listed.network.relations(scratch, member);
    let name = listed.name(member);
    println!("\nrelations of {name}");
    let six = [
        "support them",
        "supported by them",
        "also support those whom they support",
        "also supported by their supporters",
        "support their supporters",
        "supported by those whom they support",
    ];
    for (what, members) in six
        .iter()
        .zip(&relations.six)
        .chain([(&"bonded with them", &relations.bonded)])
    {
        let names = listed.names(members, all);
        let colon = if names.is_empty() { "" } else { ": " };
        println!("  {what} ({}){colon}{names}", members.len());
    }
    let network = listed.network.network(scratch, member).len();
    let ball = listed.network.ball(scratch, member, Along::Acquaintance, None);
    println!(
        "  their network: {network}; reachable over ties: {}",
        ball.len().saturating_sub(1)
    );
}

fn reference_list(listed: &Listed, scratch: &mut Scratch, member: MemberId, options: &Options) {
    let rings = listed.network.reference_list(scratch, member, options.rings);
    println!("\nreference list of {}", listed.name(member));
    if rings.is_empty() {
        println!("  empty: they have no bond");
        return;
    }
    let tallies = rings.iter().map(|ring| Tally {
        members: u64::try_from(ring.members.len()).unwrap_or(u64::MAX),
        pool: ring.pool,
    });
    let standing = Standing {
        rings: tallies.collect(),
    };
    let said = |tally: Tally| {
        let pool = if listed.amounts {
            format!(", pool {}", written(tally.pool))
        } else {
            String::new()
        };
        format!("{} members{pool}", tally.members)
    };
    for ((number, ring), tally) in (1..).zip(&rings).zip(&standing.rings) {
        println!(
            "  ring {number}: {}: {}",
            said(*tally),
            listed.names(&ring.members, options.all)
        );
    }
    println!("  in all: {}", said(standing.whole()));
}
