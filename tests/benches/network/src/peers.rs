//! The others: Rust graphs with a search by hand, and programs of their own that are asked line by line.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use graph_builder::prelude::*;
use petgraph::{csr::Csr, visit::Bfs};

/// What somebody found, and how long it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub count: u64,
    /// Sum of the numbers of everyone reached; for a chain, 0.
    pub sum: u64,
    pub time: Duration,
}

/// A question. Everything reachable and hops are along the edges; a chain is along them in either direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    Hops(u32, usize),
    Everything(u32),
    Chain(u32, u32),
}

pub trait Peer {
    fn name(&self) -> &str;
    fn ask(&mut self, ask: Ask) -> Option<Found>;
}

/// The room of a search by hand: a bitmap, a queue, cleared of what was touched.
struct Room {
    seen: Vec<u64>,
    queue: Vec<u32>,
}

impl Room {
    fn new(members: usize) -> Self {
        Self {
            seen: vec![0; members.div_ceil(64)],
            queue: Vec::with_capacity(members),
        }
    }

    /// Breadth first over slices of neighbours.
    fn search<'a>(&mut self, from: u32, hops: usize, neighbours: impl Fn(u32) -> &'a [u32]) {
        if self.queue.len() > self.seen.len() {
            self.seen.fill(0);
        } else {
            for &member in &self.queue {
                self.seen[(member >> 6) as usize] = 0;
            }
        }
        self.queue.clear();
        self.queue.push(from);
        self.seen[(from >> 6) as usize] |= 1 << (from & 63);
        let mut begin = 0;
        for _ in 0..hops {
            let end = self.queue.len();
            if begin == end {
                return;
            }
            for nth in begin..end {
                for &other in neighbours(self.queue[nth]) {
                    let word = &mut self.seen[(other >> 6) as usize];
                    let bit = 1 << (other & 63);
                    if *word & bit == 0 {
                        *word |= bit;
                        self.queue.push(other);
                    }
                }
            }
            begin = end;
        }
    }

    fn found(&self, time: Duration) -> Found {
        Found {
            count: self.queue.len() as u64,
            sum: self.queue.iter().map(|&member| u64::from(member)).sum(),
            time,
        }
    }
}

/// `graph_builder`'s directed CSR.
pub struct Builder {
    graph: DirectedCsrGraph<u32>,
    room: Room,
}

impl Builder {
    pub fn new(members: usize, edges: &[(u32, u32)]) -> Self {
        let graph = GraphBuilder::new()
            .csr_layout(CsrLayout::Sorted)
            .edges(edges.to_vec())
            .build();
        Self {
            graph,
            room: Room::new(members),
        }
    }
}

impl Peer for Builder {
    fn name(&self) -> &str {
        "graph_builder, by hand"
    }

    fn ask(&mut self, ask: Ask) -> Option<Found> {
        let (from, hops) = match ask {
            Ask::Hops(from, hops) => (from, hops),
            Ask::Everything(from) => (from, usize::MAX),
            Ask::Chain(..) => return None,
        };
        let begun = Instant::now();
        self.room.search(from, hops, |member| self.graph.out_neighbors(member).as_slice());
        let time = begun.elapsed();
        Some(self.room.found(time))
    }
}

/// petgraph's CSR: hops by hand, everything by its own `Bfs`.
pub struct Petgraph {
    graph: Csr<(), (), petgraph::Directed, u32>,
    room: Room,
}

impl Petgraph {
    pub fn new(members: usize, edges: &[(u32, u32)]) -> Self {
        let mut sorted = edges.to_vec();
        sorted.sort_unstable();
        Self {
            graph: Csr::from_sorted_edges(&sorted).unwrap(),
            room: Room::new(members),
        }
    }
}

impl Peer for Petgraph {
    fn name(&self) -> &str {
        "petgraph Csr"
    }

    fn ask(&mut self, ask: Ask) -> Option<Found> {
        match ask {
            Ask::Hops(from, hops) => {
                let begun = Instant::now();
                self.room.search(from, hops, |member| self.graph.neighbors_slice(member));
                let time = begun.elapsed();
                Some(self.room.found(time))
            }
            Ask::Everything(from) => {
                let begun = Instant::now();
                let (mut count, mut sum) = (0, 0);
                let mut search = Bfs::new(&self.graph, from);
                while let Some(member) = search.next(&self.graph) {
                    count += 1;
                    sum += u64::from(member);
                }
                Some(Found {
                    count,
                    sum,
                    time: begun.elapsed(),
                })
            }
            Ask::Chain(..) => None,
        }
    }
}

/// A library of another language, in a process of its own (`peer.py`). It measures itself: only its own call.
pub struct Process {
    name: String,
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Process {
    pub fn new(python: &str, name: &str, members: u32, file: &Path) -> Option<Self> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peer.py");
        let mut child = Command::new(python)
            .arg(script)
            .arg(name)
            .arg(members.to_string())
            .arg(file)
            .env("OMP_NUM_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let to = child.stdin.take()?;
        let mut from = BufReader::new(child.stdout.take()?);
        let mut line = String::new();
        from.read_line(&mut line).ok()?;
        let version = line.strip_prefix("ready ")?.trim().to_owned();
        Some(Self {
            name: format!("{name} {version}"),
            child,
            to,
            from,
        })
    }
}

impl Peer for Process {
    fn name(&self) -> &str {
        &self.name
    }

    fn ask(&mut self, ask: Ask) -> Option<Found> {
        match ask {
            Ask::Hops(from, hops) => writeln!(self.to, "hops {from} {hops}"),
            Ask::Everything(from) => writeln!(self.to, "everything {from} 0"),
            Ask::Chain(from, to) => writeln!(self.to, "chain {from} {to}"),
        }
        .ok()?;
        let mut line = String::new();
        self.from.read_line(&mut line).ok()?;
        let mut numbers = line.split_whitespace().map(|number| number.parse::<u64>().ok());
        Some(Found {
            count: numbers.next()??,
            sum: numbers.next()??,
            time: Duration::from_nanos(numbers.next()??),
        })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// GAP's `bfs` for one source, if it was built: its times, and how many it reached.
pub fn gap(folder: &str, graph: &Path, from: u32, threads: u32) -> Option<(Vec<Duration>, u64)> {
    let output = Command::new(format!("{folder}/bfs"))
        .arg("-f")
        .arg(graph)
        .args(["-n", "5", "-a", "-r", &from.to_string()])
        .env("OMP_NUM_THREADS", threads.to_string())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let times = text.lines().filter_map(|line| line.strip_prefix("Trial Time:"));
    let times = times.filter_map(|time| time.trim().parse().ok()).map(Duration::from_secs_f64).collect();
    let reached = text.lines().find_map(|line| line.strip_prefix("BFS Tree has "))?;
    Some((times, reached.split(' ').next()?.parse().ok()?))
}
