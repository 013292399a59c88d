//! Strongly connected parts of a network (Tarjan 1972), without recursion, each walked breadth first.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "numbers below the count of parties or of slots, which `Network::new` bounds; none can overflow"
)]

use alloc::vec::Vec;

/// Who owes whom, by debtor: the creditors of `u` are the upper halves of `slots[starts[u]..starts[u + 1]]`.
#[derive(Clone, Copy)]
pub(super) struct Creditors<'a> {
    pub(super) starts: &'a [u32],
    pub(super) slots: &'a [u64],
}

impl Creditors<'_> {
    pub(super) fn of(&self, party: u32) -> &[u64] {
        &self.slots[self.starts[party as usize] as usize..self.starts[party as usize + 1] as usize]
    }
}

/// The creditor that a slot names.
pub(super) fn creditor(slot: u64) -> u32 {
    (slot >> 32) as u32
}

/// The parts of a network and the order of parties in which they are worked on.
pub(super) struct Components {
    /// Parties of parts with more than one of them: part by part, each breadth first from one party.
    pub(super) order: Vec<u32>,
    /// Where each such part ends in `order`.
    pub(super) ends: Vec<u32>,
    /// By party, the number of its part; an obligation leads to the same part or one of a lower number.
    pub(super) part: Vec<u32>,
    /// By number, how many parties it has.
    pub(super) parts: u32,
}

const UNSEEN: u32 = u32::MAX;

impl Components {
    pub(super) fn of(parties: u32, creditors: Creditors<'_>) -> Self {
        let (part, roots) = tarjan(parties, creditors);
        let mut components = Self {
            order: Vec::new(),
            ends: Vec::new(),
            parts: roots.len() as u32,
            part,
        };
        components.walk(parties, &roots, creditors);
        components
    }

    /// Orders the parties of every part breadth first: neighbours come to lie near each other in memory.
    fn walk(&mut self, parties: u32, roots: &[u32], creditors: Creditors<'_>) {
        let mut seen = alloc::vec![false; parties as usize];
        for &root in roots {
            let begin = self.order.len();
            self.order.push(root);
            seen[root as usize] = true;
            let mut next = begin;
            while next < self.order.len() {
                let party = self.order[next];
                next += 1;
                for &slot in creditors.of(party) {
                    let head = creditor(slot);
                    if !seen[head as usize] && self.part[head as usize] == self.part[root as usize] {
                        seen[head as usize] = true;
                        self.order.push(head);
                    }
                }
            }
            if next == begin + 1 {
                self.order.pop();
            } else {
                self.ends.push(next as u32);
            }
        }
    }
}

/// The part of every party, and a party of each part in the order in which the parts were finished.
fn tarjan(parties: u32, creditors: Creditors<'_>) -> (Vec<u32>, Vec<u32>) {
    let count = parties as usize;
    let mut part = alloc::vec![UNSEEN; count];
    // The smallest number of entry seen to be reachable; beyond every number of entry once the part is known.
    let mut low = alloc::vec![UNSEEN; count];
    let mut roots = Vec::new();
    let (mut open, mut trail) = (Vec::new(), Vec::<(u32, u32, u32)>::new());
    let mut entered = 0_u32;
    for root in 0..parties {
        if low[root as usize] != UNSEEN {
            continue;
        }
        low[root as usize] = entered;
        trail.push((root, creditors.starts[root as usize], entered));
        open.push(root);
        entered += 1;
        while let Some((party, next, number)) = trail.last_mut() {
            if *next < creditors.starts[*party as usize + 1] {
                let head = creditor(creditors.slots[*next as usize]);
                *next += 1;
                if low[head as usize] == UNSEEN {
                    low[head as usize] = entered;
                    trail.push((head, creditors.starts[head as usize], entered));
                    open.push(head);
                    entered += 1;
                } else if part[head as usize] == UNSEEN && low[head as usize] < low[*party as usize] {
                    low[*party as usize] = low[head as usize];
                }
                continue;
            }
            let (party, number) = (*party, *number);
            trail.pop();
            if low[party as usize] == number {
                while let Some(member) = open.pop() {
                    part[member as usize] = roots.len() as u32;
                    if member == party {
                        break;
                    }
                }
                roots.push(party);
            }
            if let Some((before, _, _)) = trail.last()
                && part[party as usize] == UNSEEN
                && low[party as usize] < low[*before as usize]
            {
                low[*before as usize] = low[party as usize];
            }
        }
    }
    (part, roots)
}
