//! What the network of trust says around a reader, for the screens that show it. It names members; what of them is shown,
//! views over the loaded ledger decide.

use std::collections::BTreeSet;

use exodus_core::{
    MemberId, Status,
    network::{Found, Network, Relations, Scratch, Standing},
};
use exodus_store::Trouble;
use exodus_ui::{Relation, Route};

use crate::App;

/// So many are found beyond one's network at most: nobody looks further through a list.
const FOUND: usize = 40;
/// So many of a relation are listed at most, those in need before others.
const LISTED: usize = 400;
/// The farthest ring of the reference list that is counted.
const RINGS: usize = 3;

/// What the network says around a reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Who is related to the reader, and how (N1).
    pub relations: Relations,
    /// Everybody who is, in order.
    pub network: Vec<MemberId>,
    /// Of those, the ones in need, in order.
    pub in_need: Vec<MemberId>,
    /// Their reference list, counted.
    pub list: Standing,
    /// Who is in need beyond (N2); only where that is shown.
    pub found: Vec<Found>,
    /// The chain to somebody, the reader first (N3); only where that is shown.
    pub chain: Vec<MemberId>,
}

/// What is asked beside the relations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    Nothing,
    Found,
    ChainTo(MemberId),
}

impl Seen {
    /// What the network says around a member.
    fn of(network: &Network, scratch: &mut Scratch, viewer: MemberId, beside: Beside) -> Self {
        let members = network.network(scratch, viewer);
        let needy = |member: &MemberId| network.status(*member) != Status::Green;
        Self {
            relations: network.relations(scratch, viewer),
            in_need: members.iter().copied().filter(needy).collect(),
            network: members,
            list: network.standing(scratch, viewer, Some(RINGS)),
            found: match beside {
                Beside::Found => network.expand(scratch, viewer, FOUND),
                Beside::Nothing | Beside::ChainTo(_) => Vec::new(),
            },
            chain: match beside {
                Beside::ChainTo(member) => network.chain(scratch, viewer, member).unwrap_or_default(),
                Beside::Nothing | Beside::Found => Vec::new(),
            },
        }
    }

    /// Who stands in a relation.
    pub(crate) fn in_relation(&self, relation: Relation) -> &[MemberId] {
        let mut six = Relation::SIX.into_iter().zip(&self.relations.six);
        six.find(|(other, _)| *other == relation)
            .map_or(&self.relations.referrals, |(_, members)| members)
    }

    /// Of a relation those that are listed: the ones in need, then others.
    fn listed(&self, relation: Relation) -> BTreeSet<MemberId> {
        let members = self.in_relation(relation);
        let needy = |member: &&MemberId| self.in_need.binary_search(member).is_ok();
        let (first, then): (Vec<MemberId>, Vec<MemberId>) = members.iter().partition(|member| needy(member));
        first.into_iter().chain(then).take(LISTED).collect()
    }

    /// Whom a route is about, for those that say so without everybody around.
    pub(crate) fn people(&self, route: &Route) -> Option<BTreeSet<MemberId>> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "most routes show everybody around")]
        match *route {
            Route::Home | Route::Give { .. } | Route::Spread { .. } => {
                Some(self.in_need.iter().copied().collect())
            }
            Route::People | Route::Network { .. } => Some(BTreeSet::new()),
            Route::Relation { relation, .. } => Some(self.listed(relation)),
            Route::Expand { .. } => Some(
                self.found
                    .iter()
                    .flat_map(|found| found.chain.iter().chain([&found.through]).copied())
                    .collect(),
            ),
            Route::Chain { .. } => Some(self.chain.iter().copied().collect()),
            _ => None,
        }
    }
}

impl App {
    /// What the network says around a member, as far as a route shows it.
    pub(crate) async fn seen(&self, viewer: MemberId, route: &Route) -> Result<Option<Seen>, Trouble> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "most routes show nothing of it")]
        let beside = match *route {
            Route::Home
            | Route::Give { .. }
            | Route::Spread { .. }
            | Route::People
            | Route::Network { .. }
            | Route::Relation { .. } => Beside::Nothing,
            Route::Expand { .. } => Beside::Found,
            Route::Chain { member } => Beside::ChainTo(member),
            _ => return Ok(None),
        };
        let ask = move |network: &Network, scratch: &mut Scratch| Seen::of(network, scratch, viewer, beside);
        self.store.network(ask).await.map(Some)
    }
}

#[cfg(test)]
impl Seen {
    /// What the network of a whole ledger says around a member, for a route.
    pub(crate) fn for_tests(
        ledger: &exodus_core::Ledger,
        viewer: MemberId,
        chain_to: Option<MemberId>,
    ) -> Self {
        let network = Network::of(ledger).expect("a small one");
        let mut scratch = Scratch::new();
        let found = Self::of(&network, &mut scratch, viewer, Beside::Found);
        let chain =
            chain_to.map(|member| Self::of(&network, &mut scratch, viewer, Beside::ChainTo(member)).chain);
        Self {
            chain: chain.unwrap_or_default(),
            ..found
        }
    }
}
