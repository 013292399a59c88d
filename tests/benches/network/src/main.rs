//! How fast the network of trust answers, beside others, on the same graph in one run; prints the tables of
//! `docs/performance.md`, where the commands to run it stand.
//!
//! ```text
//! compare [MEMBERS EDGES]   asks everybody the same in turn and compares what they find
//! large [MEMBERS BONDS]     the reference list of N13: building, loading, reach, rings, updates
//! ```
//! `PYTHON` names an interpreter that has igraph, networkit and rustworkx; `GAP` a folder with GAP's built `bfs` and
//! `converter`. What is not there is left out, and said.

mod graph;
mod peers;

use std::{
    collections::BTreeMap,
    io::Write,
    time::{Duration, Instant},
};

use exodus_core::{
    Amount, MemberId, Status,
    network::{Along, Edges, Network, Record, Scratch},
};
use graph::Random;
use peers::{Ask, Builder, Found, Peer, Petgraph, Process};

/// How often each question is asked.
const HOPS: usize = 201;
const EVERYTHING: usize = 21;
const CHAINS: usize = 201;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |nth: usize, default: usize| {
        arguments.get(nth).map_or(default, |text| text.parse().expect("a number"))
    };
    match arguments.first().map(String::as_str) {
        Some("compare") => compare(number(1, 1_000_000), number(2, 10_000_000)),
        Some("large") => large(number(1, 3_375_000), number(2, 30_000_000)),
        _ => panic!("compare or large"),
    }
}

struct Ours {
    network: Network,
    scratch: Scratch,
}

/// Members are numbered from 0 for the others; ours get ids with gaps, as the ledger gives them.
fn id(number: u32) -> MemberId {
    MemberId(u64::from(number) * 3 + 1)
}

impl Peer for Ours {
    fn name(&self) -> &str {
        "exodus"
    }

    fn ask(&mut self, ask: Ask) -> Option<Found> {
        let begun = Instant::now();
        let (from, steps) = match ask {
            Ask::Hops(from, steps) => (from, Some(steps)),
            Ask::Everything(from) => (from, None),
            Ask::Chain(from, to) => {
                let chain = self.network.chain(&mut self.scratch, id(from), id(to));
                let time = begun.elapsed();
                let count = chain.map_or(0, |chain| chain.len() as u64 - 1);
                return Some(Found { count, sum: 0, time });
            }
        };
        let ball = self.network.ball(&mut self.scratch, id(from), Along::Supports, steps);
        let time = begun.elapsed();
        Some(Found {
            count: ball.len() as u64,
            sum: ball.members().map(|member| (member.0 - 1) / 3).sum(),
            time,
        })
    }
}

fn compare(members: usize, count: usize) {
    let edges = graph::directed(members as u32, count, 60, 1);
    let file = std::env::temp_dir().join(format!("network-bench-{}.bin", std::process::id()));
    let bytes: Vec<u8> = edges.iter().flat_map(|(a, b)| [a.to_le_bytes(), b.to_le_bytes()]).flatten().collect();
    std::fs::write(&file, bytes).expect("the edges are written");

    let begun = Instant::now();
    let network = supporting(members, &edges);
    println!("{members} members, {count} directed edges; built in {:?}", begun.elapsed());
    memory("after building", &network, count);
    let ours = Ours {
        network,
        scratch: Scratch::new(),
    };

    let mut everybody: Vec<Box<dyn Peer>> = vec![
        Box::new(ours),
        Box::new(Builder::new(members, &edges)),
        Box::new(Petgraph::new(members, &edges)),
    ];
    if let Ok(python) = std::env::var("PYTHON") {
        for name in ["igraph", "networkit", "rustworkx"] {
            match Process::new(&python, name, members as u32, &file) {
                Some(process) => everybody.push(Box::new(process)),
                None => println!("{name}: not there"),
            }
        }
    }
    let mut random = Random(7);
    let mut pick = || random.below(members as u64) as u32;
    let questions = [
        ("2 hops", (0..HOPS).map(|_| Ask::Hops(pick(), 2)).collect::<Vec<_>>()),
        ("3 hops", (0..HOPS).map(|_| Ask::Hops(pick(), 3)).collect()),
        ("everything reachable", (0..EVERYTHING).map(|_| Ask::Everything(pick())).collect()),
        ("shortest chain", (0..CHAINS).map(|_| Ask::Chain(pick(), pick())).collect()),
    ];
    for (what, questions) in questions {
        println!("\n{what}, {} questions, in turn", questions.len());
        let mut times: BTreeMap<usize, Vec<Duration>> = BTreeMap::new();
        let mut sizes = Vec::new();
        for (nth, &question) in questions.iter().enumerate() {
            let mut expected = None;
            for (who, peer) in everybody.iter_mut().enumerate() {
                let Some(found) = peer.ask(question) else {
                    continue;
                };
                let answer = (found.count, found.sum);
                assert_eq!(*expected.get_or_insert(answer), answer, "{} to {question:?}", peer.name());
                // The first few warm everybody up.
                if nth >= questions.len() / 20 {
                    times.entry(who).or_default().push(found.time);
                }
            }
            sizes.extend(expected.map(|(count, _)| count));
        }
        sizes.sort_unstable();
        println!("  found: median {}, most {}", sizes[sizes.len() / 2], sizes[sizes.len() - 1]);
        for (who, times) in times {
            report(everybody[who].name(), times);
        }
    }
    if let Ok(folder) = std::env::var("GAP") {
        gap(&folder, &edges, everybody[0].as_mut());
    }
    let _ = std::fs::remove_file(&file);
    drop(everybody);

    updates(supporting(members, &edges), &edges, members as u32, count);
}

/// The network of these edges, with everybody in it, whether anything ties them or not.
fn supporting(members: usize, edges: &[(u32, u32)]) -> Network {
    let mut all = Edges::with_capacity(edges.len(), 0);
    for &(from, to) in edges {
        all.support(id(from), id(to), Amount::ZERO).unwrap();
    }
    for number in 0..members as u32 {
        all.member(id(number), Status::Green).unwrap();
    }
    all.build().unwrap()
}

/// GAP's program beside ours for the same sources, one after another.
fn gap(folder: &str, edges: &[(u32, u32)], ours: &mut dyn Peer) {
    let text = std::env::temp_dir().join(format!("network-bench-{}.el", std::process::id()));
    let graph = text.with_extension("sg");
    let mut out = std::io::BufWriter::new(std::fs::File::create(&text).unwrap());
    for (a, b) in edges {
        writeln!(out, "{a} {b}").unwrap();
    }
    drop(out);
    let made = std::process::Command::new(format!("{folder}/converter"))
        .arg("-f")
        .arg(&text)
        .arg("-b")
        .arg(&graph)
        .output();
    if !made.is_ok_and(|made| made.status.success()) {
        println!("GAP: not there");
        return;
    }
    println!("\neverything reachable, GAP's direction-optimising bfs and ours, in turn");
    let mut times: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
    let mut random = Random(7);
    for _ in 0..5 {
        let from = edges[random.below(edges.len() as u64) as usize].0;
        for threads in [1, 2] {
            let Some((measured, reached)) = peers::gap(folder, &graph, from, threads) else {
                println!("GAP: it did not answer");
                return;
            };
            times.entry(format!("GAP, {threads} threads")).or_default().extend(measured);
            for _ in 0..5 {
                let found = ours.ask(Ask::Everything(from)).unwrap();
                assert_eq!(found.count, reached, "from {from}");
                times.entry("exodus".to_owned()).or_default().push(found.time);
            }
        }
    }
    for (who, times) in times {
        report(&who, times);
    }
    let _ = (std::fs::remove_file(&text), std::fs::remove_file(&graph));
}

/// A million records about random pairs: half of them new ties, half ends of ties that are there.
fn updates(mut network: Network, edges: &[(u32, u32)], members: u32, count: usize) {
    const RECORDS: usize = 1_000_000;
    let mut random = Random(99);
    let mut times = Vec::with_capacity(RECORDS);
    let mut ties = count;
    for nth in 0..RECORDS {
        let record = if nth % 2 == 0 {
            Record::Support {
                helper: id(random.below(u64::from(members)) as u32),
                // As ties are: to whom many are tied.
                recipient: id(edges[random.below(edges.len() as u64) as usize].1),
                amount: Amount::ZERO,
            }
        } else {
            let (from, to) = edges[random.below(edges.len() as u64) as usize];
            Record::SupportEnded {
                helper: id(from),
                recipient: id(to),
            }
        };
        let begun = Instant::now();
        let changed = network.apply(&record).unwrap();
        times.push(begun.elapsed());
        if changed {
            ties = if nth % 2 == 0 { ties + 1 } else { ties - 1 };
        }
    }
    println!("\nupdates, one record each, {RECORDS} of them");
    report("exodus", times);
    memory("after them", &network, ties);
}

fn large(members: usize, count: usize) {
    let pairs = graph::pairs(members as u32, count, 150, 3);
    let begun = Instant::now();
    let mut edges = Edges::with_capacity(0, pairs.len());
    let nominal = |number: u32| Amount::from_minor(5_000 + u64::from(number % 7) * 1_000);
    for &(one, other) in &pairs {
        edges.bond(id(one), id(other), nominal(one), nominal(other)).unwrap();
    }
    let network = edges.build().unwrap();
    println!("{members} members, {count} bonds: built from the edge list in {:?}", begun.elapsed());
    memory("each bond as two edges", &network, count * 2);
    drop(pairs);

    let begun = Instant::now();
    let bytes = network.to_bytes(0);
    println!("  written as {} MB in {:?}", bytes.len() / 1_000_000, begun.elapsed());
    drop(network);
    let begun = Instant::now();
    let (mut network, _) = Network::from_bytes(&bytes).unwrap();
    println!("  loaded from a snapshot in {:?}", begun.elapsed());
    drop(bytes);

    let mut scratch = Scratch::new();
    let mut random = Random(5);
    let mut standings = |farthest: Option<usize>, often: usize| {
        let mut times = Vec::new();
        let mut last = Default::default();
        for _ in 0..often {
            let member = id(random.below(members as u64) as u32);
            let begun = Instant::now();
            let standing = network.standing(&mut scratch, member, farthest);
            times.push(begun.elapsed());
            last = standing.whole();
        }
        (times, last)
    };
    let (times, whole) = standings(None, 11);
    report("the whole reach with its pool", times);
    println!("    {} members, pool {}", whole.members, whole.pool.minor());
    let (times, near) = standings(Some(3), 1_001);
    report("rings to 3 with their pools", times);
    println!("    the last: {} members", near.members);

    let mut times = Vec::new();
    for nth in 0..200_000_u32 {
        let (one, other) = (random.below(members as u64) as u32, random.below(members as u64) as u32);
        let (one, other) = (id(one), id(other));
        let record = if nth % 4 == 3 {
            Record::BondEnded { one, other }
        } else {
            Record::Bond {
                one,
                other,
                one_gives: Amount::from_minor(5_000),
                other_gives: Amount::from_minor(6_000),
            }
        };
        let begun = Instant::now();
        network.apply(&record).unwrap();
        times.push(begun.elapsed());
    }
    report("a bond made or ended", times);
}

fn memory(when: &str, network: &Network, edges: usize) {
    let memory = network.memory();
    println!(
        "  {when}: {:.2} bytes per directed edge, both directions and room; amounts {:.2}",
        memory.graph as f64 / edges as f64,
        memory.amounts as f64 / edges as f64
    );
}

fn report(who: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    println!("  {who}: median {:?}, 90 % {:?}, 99 % {:?}", at(50), at(90), at(99));
}
