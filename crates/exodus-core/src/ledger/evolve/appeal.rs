//! Appeals, vouches and links.

use alloc::collections::BTreeMap;

use super::super::{Changes, Ledger};
use crate::{
    appeal::{Appeal, AppealKind, AppealState},
    event::Fact,
    link::Link,
    time::Timestamp,
};

impl Ledger {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    pub(super) fn evolve_appeal(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::MonthlyAsked {
                member,
                appeal,
                target,
                purpose,
                findable,
                ..
            } => {
                self.raise_next_number(appeal.0.saturating_add(1));
                self.put_appeal(
                    Appeal {
                        id: appeal,
                        owner: member,
                        kind: AppealKind::Monthly,
                        target,
                        state: AppealState::Open,
                        opened: at,
                        purpose,
                        talk: None,
                        findable,
                        vouches: BTreeMap::new(),
                    },
                    changes,
                );
                self.change_member(member, changes, |row| {
                    row.monthly = Some(appeal);
                    row.asks_monthly = true;
                });
                self.stir(member, changes);
            }
            Fact::EmergencyCalled {
                member,
                appeal,
                target,
                deadline,
                reason,
                talk,
            } => {
                self.raise_next_number(appeal.0.saturating_add(1));
                self.put_appeal(
                    Appeal {
                        id: appeal,
                        owner: member,
                        kind: AppealKind::Emergency { deadline },
                        target,
                        state: AppealState::Open,
                        opened: at,
                        purpose: reason,
                        talk,
                        findable: false,
                        vouches: BTreeMap::new(),
                    },
                    changes,
                );
                self.change_member(member, changes, |row| row.emergency = Some(appeal));
                self.stir(member, changes);
            }
            Fact::AppealChanged {
                appeal,
                target_after,
                deadline_after,
                purpose,
                findable,
                ..
            } => {
                self.change_appeal(appeal, changes, |row| {
                    row.target = target_after;
                    if let Some(deadline) = deadline_after {
                        row.kind = AppealKind::Emergency { deadline };
                    }
                    row.purpose = purpose.or(row.purpose);
                    row.findable = findable.unwrap_or(row.findable);
                });
            }
            Fact::MonthlyEnded {
                member,
                appeal,
                ending,
            } => {
                self.close_appeal(appeal, ending, at, changes);
                self.change_member(member, changes, |row| row.asks_monthly = false);
            }
            Fact::EmergencyEnded {
                member,
                appeal,
                ending,
                ..
            } => {
                self.close_appeal(appeal, ending, at, changes);
                self.change_member(member, changes, |row| row.emergency = None);
                self.stir(member, changes);
            }
            Fact::Vouched {
                appeal, member, note, ..
            } => {
                self.change_appeal(appeal, changes, |row| {
                    row.vouches.insert(member, note);
                });
            }
            Fact::VouchWithdrawn { appeal, member, .. } => {
                self.change_appeal(appeal, changes, |row| {
                    row.vouches.remove(&member);
                });
            }
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    pub(super) fn evolve_link(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::LinkMade {
                link,
                about,
                maker,
                max_uses,
                expires,
            } => {
                self.raise_next_number(link.0.saturating_add(1));
                let row = Link {
                    id: link,
                    about,
                    maker,
                    made: at,
                    max_uses,
                    expires,
                    visitors: alloc::collections::BTreeSet::new(),
                    revoked: None,
                    expired: None,
                    gives: None,
                };
                self.index.add_link(&row);
                self.links.insert(link, row);
                changes.links.insert(link);
            }
            Fact::PersonalLinkMade {
                link,
                maker,
                gives,
                expires,
            } => {
                self.raise_next_number(link.0.saturating_add(1));
                let row = Link {
                    id: link,
                    about: maker,
                    maker,
                    made: at,
                    max_uses: Some(1),
                    expires,
                    visitors: alloc::collections::BTreeSet::new(),
                    revoked: None,
                    expired: None,
                    gives: Some(gives),
                };
                self.index.add_link(&row);
                self.links.insert(link, row);
                changes.links.insert(link);
                self.count_invitation(maker, at, changes);
            }
            Fact::LinkRevoked { link, .. } => self.change_link(link, changes, |row| row.revoked = Some(at)),
            Fact::LinkExpired { link, .. } => self.change_link(link, changes, |row| row.expired = Some(at)),
            Fact::LinkFollowed { link, visitor, .. } => {
                self.change_link(link, changes, |row| {
                    row.visitors.insert(visitor);
                });
                if self.links.contains_key(&link) {
                    self.index.follow(visitor, link);
                }
            }
            _ => {}
        }
    }
}
