//! Members: coming, going, blocks, months, suspension.

use alloc::vec::Vec;

use super::super::{Changes, Ledger};
use crate::{
    event::Fact,
    member::{Member, Reputation},
    time::Timestamp,
};

impl Ledger {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    pub(super) fn evolve_member(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::Registered {
                member,
                period,
                referrer,
                ..
            } => {
                self.raise_next_number(member.0.saturating_add(1));
                let row = Member {
                    id: member,
                    joined: at,
                    referred_by: referrer,
                    monthly: None,
                    emergency: None,
                    asks_monthly: false,
                    period,
                    nudged: None,
                    summarised: None,
                    stirred: None,
                    overdue_streak: 0,
                    suspended: None,
                    forbids_links: false,
                    linking: None,
                    reputation: Reputation::default(),
                    invitations: None,
                    left: None,
                };
                self.index.add_member(&row);
                self.members.insert(member, row);
                changes.members.insert(member);
            }
            Fact::MemberLeft { member } => {
                self.change_member(member, changes, |row| row.left = Some(at));
                let circles: Vec<_> = self.index.circles_of(member).collect();
                for (appeal, helper) in circles {
                    self.settle_circle(appeal, helper, changes);
                }
            }
            Fact::LinkingAsked { member, from } => {
                self.change_member(member, changes, |row| row.linking = Some(from));
            }
            Fact::AccountsLinked { member, .. } => {
                self.change_member(member, changes, |row| row.linking = None);
            }
            Fact::MemberBlocked { member, other } => {
                self.blocks.insert((member, other));
                changes.blocks.insert((member, other), true);
            }
            Fact::MemberUnblocked { member, other } => {
                self.blocks.remove(&(member, other));
                changes.blocks.insert((member, other), false);
            }
            Fact::LinksForbidden { member, forbid } => {
                self.change_member(member, changes, |row| row.forbids_links = forbid);
            }
            Fact::MonthClosed {
                member,
                period,
                streak,
                ..
            } => {
                self.change_member(member, changes, |row| {
                    row.period = period.next();
                    row.overdue_streak = streak;
                });
                let monthly = self.members.get(&member).and_then(|row| row.monthly);
                if let Some(appeal) = monthly {
                    let helpers: Vec<_> = self.index.circle(appeal).collect();
                    for helper in helpers {
                        self.settle_circle(appeal, helper, changes);
                    }
                }
            }
            Fact::MonthNudged { member, period } => {
                self.change_member(member, changes, |row| row.nudged = Some(period));
            }
            Fact::MonthSummarised { member, period } => {
                self.change_member(member, changes, |row| row.summarised = Some(period));
            }
            Fact::MemberSuspended { member } => {
                self.change_member(member, changes, |row| row.suspended = Some(at));
            }
            Fact::SuspensionLifted { member } => {
                self.change_member(member, changes, |row| {
                    row.suspended = None;
                    row.overdue_streak = 0;
                });
            }
            _ => {}
        }
    }
}
