//! A scene to look at, and what one viewer learns of one member there.

use std::collections::BTreeSet;

use exodus_core::{
    AppealId, MemberId, ObligationId,
    view::{self, AppealView, Helpers, Who},
};

use crate::village::{Village, units};

/// What one viewer learns of one member: the columns of the table in M7.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) name: bool,
    pub(crate) status: bool,
    pub(crate) about: bool,
    pub(crate) pay: bool,
    pub(crate) offers: bool,
    /// What is asked for and what is intended.
    pub(crate) totals: bool,
    pub(crate) missing: bool,
    /// What is promised, awaiting, confirmed, frozen, overdue.
    pub(crate) all_totals: bool,
    pub(crate) helper_names: bool,
    pub(crate) helper_amounts: bool,
    pub(crate) helper_count: bool,
    pub(crate) reputation: bool,
    pub(crate) helps: bool,
    pub(crate) vouchers: bool,
    pub(crate) help_link: bool,
    pub(crate) record: bool,
    pub(crate) record_pay: bool,
}

pub(crate) const NOTHING: Seen = Seen {
    name: false,
    status: false,
    about: false,
    pay: false,
    offers: false,
    totals: false,
    missing: false,
    all_totals: false,
    helper_names: false,
    helper_amounts: false,
    helper_count: false,
    reputation: false,
    helps: false,
    vouchers: false,
    help_link: false,
    record: false,
    record_pay: false,
};

/// What a network viewer sees of a member in need with three helpers and more.
pub(crate) const NETWORK: Seen = Seen {
    name: true,
    status: true,
    about: true,
    offers: true,
    totals: true,
    missing: true,
    helper_names: true,
    helper_count: true,
    reputation: true,
    helps: true,
    vouchers: true,
    help_link: true,
    ..NOTHING
};

pub(crate) const CIRCLE: Seen = Seen {
    pay: true,
    all_totals: true,
    helper_amounts: true,
    ..NETWORK
};

pub(crate) const LINK: Seen = Seen {
    helper_names: false,
    help_link: false,
    ..NETWORK
};

pub(crate) fn seen(village: &Village, viewer: MemberId, x: MemberId) -> Seen {
    let ledger = &village.ledger;
    let sight = view::sight(ledger, viewer, x);
    let card = view::card(ledger, viewer, x);
    let appeal = card.as_ref().and_then(|card| card.appeal.as_ref());
    let between = |row: &&exodus_core::Obligation| {
        (row.debtor, row.creditor) == (viewer, x) || (row.debtor, row.creditor) == (x, viewer)
    };
    let records: Vec<_> = ledger
        .obligations()
        .filter(between)
        .filter_map(|row| view::obligation(ledger, viewer, row.id, village.at))
        .filter(|record| record.other == Who::Member(x))
        .collect();
    Seen {
        name: sight.any(),
        status: sight.any(),
        about: card.as_ref().is_some_and(|card| card.about),
        pay: card.as_ref().is_some_and(|card| card.pay),
        offers: card.as_ref().is_some_and(|card| card.offers),
        totals: appeal.is_some_and(|appeal| !appeal.target.is_zero()),
        missing: appeal.is_some_and(|appeal| !appeal.missing.is_zero()),
        all_totals: appeal.is_some_and(|appeal| !appeal.confirmed.is_zero() || !appeal.promised.is_zero()),
        helper_names: appeal.is_some_and(|appeal| !named(&appeal.helpers).is_empty()),
        helper_amounts: appeal.is_some_and(AppealView::is_whole),
        helper_count: appeal.is_some(),
        reputation: card.as_ref().is_some_and(|card| card.reputation.is_some()),
        helps: card.as_ref().is_some_and(|card| card.helps.is_some()),
        vouchers: appeal.is_some_and(|appeal| !appeal.vouchers.is_empty()),
        help_link: card.as_ref().is_some_and(|card| card.may_link),
        record: !records.is_empty(),
        record_pay: records.iter().any(|record| record.pay),
    }
}

/// The helpers a viewer is told by name.
pub(crate) fn named(helpers: &Helpers) -> BTreeSet<MemberId> {
    match helpers {
        Helpers::All(all) => all.iter().filter_map(|helper| id(helper.who)).collect(),
        Helpers::Names { names, .. } => names.iter().copied().collect(),
        Helpers::Count(_) => BTreeSet::new(),
    }
}

pub(crate) fn id(who: Who) -> Option<MemberId> {
    match who {
        Who::Member(member) => Some(member),
        Who::Someone => None,
    }
}

/// X asks for 100 a month; three help; the first vouches, and has given something.
pub(crate) struct Scene {
    pub(crate) village: Village,
    pub(crate) x: MemberId,
    pub(crate) appeal: AppealId,
    pub(crate) helpers: [MemberId; 3],
    /// What the first helper still owes.
    pub(crate) owed: ObligationId,
}

pub(crate) fn scene() -> Scene {
    let mut village = Village::new();
    let x = village.newcomer();
    let helpers = village.newcomers::<3>();
    let appeal = village.orange(x, units(100));
    let owed = village.oblige(helpers[0], appeal, units(20));
    village.fulfil(owed, units(5));
    village.intend(helpers[1], appeal, units(10));
    village.intend(helpers[2], appeal, units(10));
    village.vouch(helpers[0], appeal);
    Scene {
        village,
        x,
        appeal,
        helpers,
        owed,
    }
}

impl Scene {
    /// Somebody in X's network who does not help X: a helper of theirs supports this one too.
    pub(crate) fn neighbour(&mut self) -> MemberId {
        let neighbour = self.village.newcomer();
        let appeal = self.village.orange(neighbour, units(50));
        self.village.intend(self.helpers[0], appeal, units(1));
        neighbour
    }

    pub(crate) fn seen_by(&self, viewer: MemberId) -> Seen {
        seen(&self.village, viewer, self.x)
    }

    pub(crate) fn appeal_for(&self, viewer: MemberId) -> Option<AppealView> {
        view::appeal(&self.village.ledger, viewer, self.appeal)
    }
}
