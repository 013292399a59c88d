//! The reference list: asking the network of trust for it, and keeping how it stood when it was looked at (N7).

use std::collections::{BTreeMap, BTreeSet};

use exodus_core::{
    Actor, MemberId,
    network::{Network, Scratch},
    view,
};
use exodus_store::{Personal, Trouble, Work};

use crate::{
    App,
    app::command_id,
    scene::{ReferenceList, Scene},
};

impl App {
    /// A reader's reference list, and where on it those are whom they see.
    pub(crate) async fn reference_list(&self, scene: &Scene) -> Result<ReferenceList, Trouble> {
        let me = scene.viewer;
        let in_sight = view::network(&scene.ledger, me);
        let list = self
            .store
            .with_network(me, move |network, scratch| {
                list_of(network, scratch, me, &in_sight)
            })
            .await?;
        Ok(ReferenceList {
            before: scene.my_profile().and_then(|person| person.list_seen.clone()),
            ..list
        })
    }

    /// The reader has looked at their list: next time, what changed since is said.
    pub(crate) async fn list_looked_at(&self, scene: &Scene, cause: &str) -> Result<(), Trouble> {
        let me = scene.viewer;
        let standing = Some(scene.list.standing.clone());
        if standing == scene.list.before {
            return Ok(());
        }
        let Some(mut person) = self.store.person(me).await? else {
            return Ok(());
        };
        person.list_seen = standing;
        let whose = me.into();
        let personal = vec![Personal::SetPerson { whose, person }];
        let id = command_id(&["list", &me.to_string(), cause]);
        self.store
            .transact(Work::personal(id, Actor::Member(me), personal))
            .await
            .map(|_| ())
    }
}

/// A member's reference list as a network has it, and in which ring those in sight are.
pub(crate) fn list_of(
    network: &Network,
    scratch: &mut Scratch,
    me: MemberId,
    in_sight: &BTreeSet<MemberId>,
) -> ReferenceList {
    let mut rings: BTreeMap<MemberId, u32> = BTreeMap::new();
    for (nth, ring) in (1..).zip(network.reference_list(scratch, me, None)) {
        let seen = ring
            .members
            .into_iter()
            .filter(|member| in_sight.contains(member));
        rings.extend(seen.map(|member| (member, nth)));
    }
    ReferenceList {
        standing: network.standing(scratch, me, None),
        before: None,
        rings,
    }
}
