//! Who sees whom, said once more and as plainly as possible (M7, M9, M11, N1, N4): what the views are held against.

use std::collections::BTreeSet;

use exodus_core::{
    Appeal, AppealId, BondState, Member, MemberId, Obligation, ObligationState, Period, Report, ReportState,
    Snapshot, Status, view::Sight,
};

/// The plain formulation: who sees whom, from the records alone.
pub(crate) struct Plain {
    pub(crate) records: Snapshot,
    pub(crate) ties: BTreeSet<(MemberId, MemberId)>,
}

impl Plain {
    pub(crate) fn new(records: Snapshot) -> Self {
        let mut plain = Self {
            records,
            ties: BTreeSet::new(),
        };
        for &(appeal, helper) in &plain.records.circles {
            let owner = plain.appeal(appeal).owner;
            if !plain.blocked(owner, helper) && plain.here(owner) && plain.here(helper) {
                plain.ties.extend([(owner, helper), (helper, owner)]);
            }
        }
        plain
    }

    pub(crate) fn appeal(&self, id: AppealId) -> &Appeal {
        self.records
            .appeals
            .iter()
            .find(|appeal| appeal.id == id)
            .expect("held")
    }

    pub(crate) fn here(&self, member: MemberId) -> bool {
        self.records
            .members
            .iter()
            .any(|row| row.id == member && row.left.is_none())
    }

    pub(crate) fn blocked(&self, one: MemberId, other: MemberId) -> bool {
        self.records
            .blocks
            .iter()
            .any(|&pair| pair == (one, other) || pair == (other, one))
    }

    pub(crate) fn status(&self, member: MemberId) -> Status {
        self.records
            .members
            .iter()
            .find(|row| row.id == member)
            .map_or(Status::Green, |row| row.status())
    }

    /// The open appeal of a member: the emergency if there is one.
    pub(crate) fn current(&self, owner: MemberId) -> Option<AppealId> {
        let mine = self
            .records
            .appeals
            .iter()
            .filter(|appeal| appeal.owner == owner && appeal.is_open());
        mine.min_by_key(|appeal| appeal.is_monthly())
            .map(|appeal| appeal.id)
    }

    /// Who is in which circle, from the records alone (invariant 4): a live intention, an open obligation, or help confirmed
    /// in the current period (emergency: until it ends) holds somebody there, unless something of theirs is overdue there.
    pub(crate) fn held(&self) -> BTreeSet<(AppealId, MemberId)> {
        let records = &self.records;
        let mut held = BTreeSet::new();
        let intentions = records.intentions.iter().filter(|row| row.is_live());
        held.extend(intentions.map(|row| (row.appeal, row.author)));
        let towards = || {
            records
                .obligations
                .iter()
                .filter_map(|row| Some((row, row.appeal()?)))
        };
        for (row, id) in towards() {
            let appeal = self.appeal(id);
            let now = self.member(appeal.owner).period;
            let help = !row.settled().is_zero()
                && if appeal.is_monthly() {
                    row.period() >= now || row.reports.iter().any(|report| confirmed_since(report, now))
                } else {
                    appeal.is_open()
                };
            if row.state == ObligationState::Open || help {
                held.insert((id, row.debtor));
            }
        }
        for (row, id) in towards().filter(|(row, _)| row.is_overdue()) {
            held.remove(&(id, row.debtor));
        }
        held.retain(|&(id, helper)| self.here(helper) && self.here(self.appeal(id).owner));
        held
    }

    pub(crate) fn member(&self, id: MemberId) -> &Member {
        self.records
            .members
            .iter()
            .find(|row| row.id == id)
            .expect("held")
    }

    pub(crate) fn in_circle(&self, appeal: AppealId, helper: MemberId) -> bool {
        self.records.circles.contains(&(appeal, helper))
    }

    /// Breadth first, two steps far.
    pub(crate) fn within_two_steps(&self, from: MemberId) -> BTreeSet<MemberId> {
        let mut reached = BTreeSet::from([from]);
        for _ in 0..2 {
            let next: Vec<MemberId> = self
                .ties
                .iter()
                .filter(|(one, _)| reached.contains(one))
                .map(|&(_, other)| other)
                .collect();
            reached.extend(next);
        }
        reached.remove(&from);
        reached
    }

    pub(crate) fn between(&self, one: MemberId, other: MemberId) -> impl Iterator<Item = &Obligation> {
        self.records.obligations.iter().filter(move |row| {
            (row.debtor, row.creditor) == (one, other) || (row.debtor, row.creditor) == (other, one)
        })
    }

    pub(crate) fn referral(&self, one: MemberId, other: MemberId) -> bool {
        let by = |a, b| {
            self.records
                .members
                .iter()
                .any(|row| row.id == a && row.referred_by == Some(b))
        };
        let strained = self
            .between(one, other)
            .any(|row| row.is_overdue() || matches!(row.state, ObligationState::Defaulted { .. }));
        (by(one, other) || by(other, one)) && !strained
    }

    /// Ring 1 (N7): a bond stands, and neither side is suspended (N8a).
    pub(crate) fn stand_by_each_other(&self, one: MemberId, other: MemberId) -> bool {
        let awake = |id| self.member(id).suspended.is_none();
        self.records.bonds.iter().any(|bond| {
            matches!(bond.state, BondState::Live { .. })
                && ((bond.from, bond.to) == (one, other) || (bond.to, bond.from) == (one, other))
                && awake(one)
                && awake(other)
        })
    }

    pub(crate) fn sight(&self, viewer: MemberId, x: MemberId) -> Sight {
        let none = Sight::default();
        if !self.here(viewer) {
            return none;
        }
        if viewer == x {
            return Sight { own: true, ..none };
        }
        let counterparty = self.between(viewer, x).any(|row| row.is_unsettled());
        if !self.here(x) || self.blocked(viewer, x) {
            return Sight { counterparty, ..none };
        }
        let mut links = self
            .records
            .links
            .iter()
            .filter(|link| link.about == x && link.visitors.contains(&viewer));
        let open_link =
            links.any(|link| link.revoked.is_none() && link.expired.is_none() && link.gives.is_none());
        let invited = self
            .records
            .bonds
            .iter()
            .any(|bond| bond.state == BondState::Waiting && (bond.from, bond.to) == (x, viewer));
        Sight {
            own: false,
            circle: self
                .current(x)
                .is_some_and(|appeal| self.in_circle(appeal, viewer)),
            network: self.within_two_steps(viewer).contains(&x)
                || self.referral(viewer, x)
                || self.stand_by_each_other(viewer, x),
            link: invited || (open_link && self.status(x) != Status::Green),
            counterparty,
        }
    }

    /// Whose cards a viewer may open.
    pub(crate) fn visible(&self, viewer: MemberId) -> BTreeSet<MemberId> {
        let everybody = self.records.members.iter().map(|row| row.id);
        everybody.filter(|&x| self.sight(viewer, x).card()).collect()
    }
}

fn confirmed_since(report: &Report, period: Period) -> bool {
    match report.state {
        ReportState::Answered { period: when, .. } | ReportState::BySilence { period: when, .. } => {
            when >= period && !report.settled().is_zero()
        }
        ReportState::Waiting | ReportState::Reopened { .. } => false,
    }
}
