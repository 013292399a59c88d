//! An appeal as a viewer sees it: its amounts, its helpers, who vouches for it (L14, M7, M8a).

use alloc::{collections::BTreeSet, vec::Vec};

use super::{
    AppealView, Helper, Helpers, Sight, Voucher, Who,
    need::may_promise,
    sight::{sight, who},
};
use crate::{
    amount::Amount,
    appeal::Appeal,
    id::{AppealId, MemberId},
    ledger::Ledger,
    obligation::{ClosureKind, Obligation, ObligationState},
};

/// From so many helpers upward a network viewer is shown names (M7).
pub(super) const NAMES_FROM: usize = 3;

/// An appeal, as far as the viewer may see it: the owner sees every appeal of their own; its circle sees all of it
/// while it is open, resting or not; whoever else sees the owner's card sees the current one in its totals (M7).
#[must_use]
pub fn appeal(ledger: &Ledger, viewer: MemberId, id: AppealId) -> Option<AppealView> {
    let row = ledger.appeal(id)?;
    let sight = sight(ledger, viewer, row.owner);
    let helps = row.is_open() && sight.card() && ledger.is_in_circle(id, viewer);
    let is_current = ledger
        .current_appeal(row.owner)
        .is_some_and(|current| current.id == id);
    let reach = if sight.own || helps {
        Reach::All
    } else if is_current && sight.network {
        Reach::Network
    } else if is_current && sight.link {
        Reach::Link
    } else {
        return None;
    };
    Some(appeal_view(ledger, viewer, row, sight, reach))
}

/// Who may say of an appeal that they know it to be true (M8a): its circle, and of the current one its owner's ring 1.
pub(crate) fn knows_appeal(ledger: &Ledger, member: MemberId, row: &Appeal) -> bool {
    let is_current = || {
        ledger
            .current_appeal(row.owner)
            .is_some_and(|current| current.id == row.id)
    };
    ledger.is_in_circle(row.id, member)
        || (is_current() && ledger.ring(row.owner).any(|(other, _)| other == member))
}

/// How far into an appeal a viewer sees.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Its owner and its circle: every helper with amounts.
    All,
    /// The owner's network: totals, and names without amounts.
    Network,
    /// A link: totals.
    Link,
}

fn appeal_view(ledger: &Ledger, viewer: MemberId, row: &Appeal, sight: Sight, reach: Reach) -> AppealView {
    let totals = totals(ledger, row);
    let for_all = |amount| if reach == Reach::All { amount } else { Amount::ZERO };
    let may_talk = reach == Reach::All || (!row.is_monthly() && may_promise(ledger, viewer));
    AppealView {
        appeal: row.id,
        owner: row.owner,
        kind: row.kind,
        takes_help: row.takes_help(ledger),
        resting: row.is_open() && !row.takes_help(ledger),
        target: row.target,
        intended: totals.intended,
        promised: for_all(totals.promised),
        awaiting: for_all(totals.awaiting),
        confirmed: for_all(totals.confirmed),
        missing: totals.missing,
        frozen: for_all(totals.frozen),
        overdue: for_all(totals.overdue),
        defaulted: for_all(totals.defaulted),
        helpers: helpers(ledger, viewer, row, sight.own, reach),
        purpose: row.purpose,
        talk: row.talk.filter(|_| may_talk),
        vouchers: vouchers(ledger, viewer, row),
        may_vouch: !sight.own && row.is_open() && knows_appeal(ledger, viewer, row),
        vouching: row.vouches.contains_key(&viewer),
        findable: sight.own && row.findable,
    }
}

/// The amounts of an appeal (L14).
#[derive(Clone, Copy, Default)]
pub(super) struct Totals {
    /// Live, unfrozen intentions.
    pub(super) intended: Amount,
    /// Outstanding of open and awaiting obligations that are not frozen, in the period.
    pub(super) promised: Amount,
    /// Of that, reported and not answered.
    pub(super) awaiting: Amount,
    /// Confirmed or cleared, in the period.
    pub(super) confirmed: Amount,
    /// Target less the last two but one, never below zero. Intentions do not reduce it.
    pub(super) missing: Amount,
    /// What rests: intentions and obligations.
    pub(super) frozen: Amount,
    /// Outstanding of overdue obligations.
    pub(super) overdue: Amount,
    /// What those who left had promised and not carried out, in the period.
    pub(super) defaulted: Amount,
}

/// The amounts of an appeal: those of the period its owner lives in for a monthly one, of all time for an emergency.
/// What is frozen, overdue or defaulted stands apart; of these, what is frozen or overdue counts whatever period it
/// belongs to.
pub(super) fn totals(ledger: &Ledger, appeal: &Appeal) -> Totals {
    let Some(owner) = ledger.member(appeal.owner) else {
        return Totals::default();
    };
    let towards = || {
        ledger
            .owed_to(appeal.owner)
            .filter(|obligation| obligation.appeal() == Some(appeal.id))
    };
    let is_frozen = |obligation: &&Obligation| ledger.is_obligation_frozen(obligation);
    let counting = || {
        ledger
            .towards(appeal, owner.period)
            .filter(|row| is_open(row) && !is_frozen(row))
    };
    let intentions = || {
        ledger
            .intentions_for(appeal.owner)
            .filter(|intention| intention.appeal == appeal.id)
    };
    let resting = intentions()
        .filter(|intention| ledger.is_frozen(intention))
        .map(|intention| intention.amount);
    let promised: Amount = counting().map(Obligation::outstanding).sum();
    let confirmed = ledger.confirmed(appeal, owner.period);
    Totals {
        intended: intentions()
            .filter(|intention| !ledger.is_frozen(intention))
            .map(|row| row.amount)
            .sum(),
        promised,
        awaiting: counting().map(Obligation::awaiting).sum(),
        confirmed,
        missing: appeal.target.less(confirmed).less(promised),
        frozen: resting
            .chain(towards().filter(is_frozen).map(Obligation::outstanding))
            .sum(),
        overdue: towards()
            .filter(|row| row.is_overdue())
            .map(Obligation::outstanding)
            .sum(),
        defaulted: ledger.towards(appeal, owner.period).map(defaulted).sum(),
    }
}

fn defaulted(obligation: &Obligation) -> Amount {
    obligation
        .closure
        .filter(|closure| closure.kind == ClosureKind::Defaulted)
        .map_or(Amount::ZERO, |closure| closure.amount)
}

const fn is_open(obligation: &Obligation) -> bool {
    matches!(obligation.state, ObligationState::Open)
}

fn helpers(ledger: &Ledger, viewer: MemberId, appeal: &Appeal, own: bool, reach: Reach) -> Helpers {
    let count = ledger.circle(appeal.id).count();
    match reach {
        Reach::All => Helpers::All(all_helpers(ledger, viewer, appeal, own)),
        Reach::Network if count >= NAMES_FROM => {
            let names: Vec<MemberId> = ledger
                .circle(appeal.id)
                .filter(|&x| is_named(ledger, viewer, x))
                .collect();
            let others = count.saturating_sub(names.len());
            Helpers::Names { names, others }
        }
        Reach::Network | Reach::Link => Helpers::Count(count),
    }
}

/// Whether the viewer may see somebody's card anyway.
pub(super) fn is_named(ledger: &Ledger, viewer: MemberId, x: MemberId) -> bool {
    who(ledger, viewer, x) == Who::Member(x)
}

/// Everyone in the circle, with amounts. The owner sees besides who fell out of it with something overdue, being their
/// creditor; to the circle those are nobody any more, and their overdue sum stands in the totals.
fn all_helpers(ledger: &Ledger, viewer: MemberId, appeal: &Appeal, own: bool) -> Vec<Helper> {
    let mut who: BTreeSet<MemberId> = ledger.circle(appeal.id).collect();
    if own {
        let overdue = ledger
            .owed_to(appeal.owner)
            .filter(|row| row.is_overdue() && row.appeal() == Some(appeal.id));
        who.extend(overdue.map(|row| row.debtor));
    }
    let mut helpers: Vec<Helper> = who
        .into_iter()
        .map(|member| helper(ledger, viewer, appeal, member))
        .collect();
    helpers.sort_by_key(|helper| helper.who);
    helpers
}

/// One helper with amounts. What they promised counts whatever period it is due in: it is theirs to carry out.
fn helper(ledger: &Ledger, viewer: MemberId, appeal: &Appeal, member: MemberId) -> Helper {
    let intention = ledger.intention_of(member, appeal.id);
    let owed = || {
        ledger
            .owed_by(member)
            .filter(|obligation| obligation.appeal() == Some(appeal.id))
    };
    let open = || owed().filter(|row| is_open(row));
    let period = ledger.member(appeal.owner).map(|owner| owner.period);
    let counts = |row: &&Obligation| !appeal.is_monthly() || Some(row.period()) == period;
    let last = || owed().max_by_key(|row| row.id).map(|row| (row.form, row.note));
    let (form, note) = intention
        .map(|row| (row.form, row.note))
        .or_else(last)
        .unwrap_or_default();
    let who = if ledger.is_blocked(viewer, member) {
        Who::Someone
    } else {
        Who::Member(member)
    };
    Helper {
        who,
        intended: intention.map_or(Amount::ZERO, |intention| intention.amount),
        promised: open().map(Obligation::outstanding).sum(),
        awaiting: open().map(Obligation::awaiting).sum(),
        confirmed: owed().filter(counts).map(Obligation::settled).sum(),
        overdue: owed()
            .filter(|row| row.is_overdue())
            .map(Obligation::outstanding)
            .sum(),
        frozen: intention.is_some_and(|row| ledger.is_frozen(row))
            || open().any(|row| ledger.is_obligation_frozen(row)),
        form,
        note: note.filter(|_| who != Who::Someone),
    }
}

/// Everyone who vouches, with names and words of those whom the viewer may see (M8a). A voucher speaks by name to
/// whoever sees them, so that the limits for helpers' names do not apply.
fn vouchers(ledger: &Ledger, viewer: MemberId, appeal: &Appeal) -> Vec<Voucher> {
    let vouch = |(&member, &note)| {
        let who = who(ledger, viewer, member);
        Voucher {
            who,
            note: if who == Who::Someone { None } else { note },
        }
    };
    let here = |member: &MemberId| ledger.member(*member).is_none_or(crate::member::Member::is_here);
    let mut vouchers: Vec<Voucher> = appeal
        .vouches
        .iter()
        .filter(|(member, _)| here(member))
        .map(vouch)
        .collect();
    vouchers.sort_by_key(|voucher| voucher.who);
    vouchers
}
