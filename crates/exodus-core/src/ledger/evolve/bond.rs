//! Bonds: proposed, made, ended, restored (N6, N8); and how many were invited (N10).

use super::super::{Changes, Ledger};
use crate::{
    bond::{Bond, BondState, Invitations},
    event::Fact,
    id::{BondId, MemberId},
    time::Timestamp,
};

impl Ledger {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    pub(super) fn evolve_bond(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::BondProposed {
                bond,
                from,
                to,
                gives,
                link,
                restores,
            } => {
                self.raise_next_number(bond.0.saturating_add(1));
                let row = Bond {
                    id: bond,
                    from,
                    to,
                    from_gives: gives,
                    to_gives: None,
                    made: at,
                    link,
                    restores,
                    state: BondState::Waiting,
                };
                self.index.add_bond(&row);
                self.bonds.insert(bond, row);
                changes.bonds.insert(bond);
                // A personal link was counted when it was made.
                if link.is_none() {
                    self.count_invitation(from, at, changes);
                }
            }
            Fact::BondMade {
                bond,
                from_gives,
                to_gives,
                restores,
                ..
            } => {
                self.change_bond(bond, changes, |row| {
                    row.from_gives = from_gives;
                    row.to_gives = Some(to_gives);
                    row.state = BondState::Live { since: at };
                });
                if let Some(before) = restores {
                    self.change_bond(before, changes, |row| {
                        if let BondState::Ended { restored, .. } = &mut row.state {
                            *restored = true;
                        }
                    });
                }
            }
            Fact::BondDeclined { bond, .. } => {
                self.change_bond(bond, changes, |row| row.state = BondState::Declined);
            }
            Fact::BondWithdrawn { bond, .. } => {
                self.change_bond(bond, changes, |row| row.state = BondState::Withdrawn);
            }
            Fact::BondChanged {
                bond, member, after, ..
            } => {
                self.change_bond(bond, changes, |row| {
                    if row.from == member {
                        row.from_gives = after;
                    } else {
                        row.to_gives = Some(after);
                    }
                });
            }
            Fact::BondEnded { bond, ending, .. } => {
                let restored = false;
                self.change_bond(bond, changes, |row| {
                    row.state = BondState::Ended { at, ending, restored };
                });
            }
            _ => {}
        }
    }

    fn change_bond(&mut self, id: BondId, changes: &mut Changes, change: impl FnOnce(&mut Bond)) {
        if let Some(row) = self.bonds.get_mut(&id) {
            change(row);
            changes.bonds.insert(id);
        }
    }

    /// One more personal invitation; a day after the first of them the count begins anew.
    pub(super) fn count_invitation(&mut self, by: MemberId, at: Timestamp, changes: &mut Changes) {
        self.change_member(by, changes, |row| {
            let running = row.invitations.filter(|sent| at < sent.since.plus_hours(24));
            let mut sent = running.unwrap_or(Invitations { since: at, count: 0 });
            sent.count = sent.count.saturating_add(1);
            row.invitations = Some(sent);
        });
    }
}
