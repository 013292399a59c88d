//! One's network as a picture: who stands where, whom one may name, which ties one may know of (N11).

use std::collections::{BTreeMap, BTreeSet};

use exodus_core::{
    Amount, MemberId, Status,
    network::{Network, Scratch, Size},
    view,
};
use exodus_i18n::{Text, Voice};
use exodus_picture::{Legend, NetworkPicture, Person, Status as Light, Theme, Tie, Tier, network_svg};
use exodus_store::Trouble;
use exodus_ui::Whom;

use crate::{App, scene::Scene, screen, show::Reader};

/// So many are drawn one by one; of more the farthest are a count.
const DRAWN: usize = 150;
/// The farthest ring of the reference list that is counted.
const RINGS: usize = 3;

/// Who stands around somebody.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    /// Who is drawn, with their distance: nearest first, and within a ring by how they are tied.
    pub(super) people: Vec<(MemberId, usize)>,
    /// With whom there is a bond.
    bonded: Vec<MemberId>,
    /// Who is only counted, by distance.
    pub(super) farther: BTreeMap<usize, u64>,
}

impl Around {
    pub(super) fn of(network: &Network, scratch: &mut Scratch, viewer: MemberId, whom: Whom) -> Self {
        let relations = network.relations(scratch, viewer);
        let [support_me, i_support, ..] = &relations.six;
        let tied = i_support.iter().chain(support_me);
        let mut people: Vec<(MemberId, usize)> = Vec::new();
        let mut seen = BTreeSet::from([viewer]);
        let mut take = |member: MemberId, ring: usize| {
            if seen.insert(member) {
                people.push((member, ring));
            }
        };
        match whom {
            Whom::All | Whom::InNeed => {
                let near = tied.chain(&relations.bonded).chain(&relations.referrals);
                near.for_each(|member| take(*member, 1));
                relations.six.iter().flatten().for_each(|member| take(*member, 2));
            }
            Whom::Circle => tied.for_each(|member| take(*member, 1)),
            Whom::List => relations.bonded.iter().for_each(|member| take(*member, 1)),
        }
        if whom == Whom::InNeed {
            people.retain(|(member, _)| network.status(*member) != Status::Green);
        }
        let mut farther = BTreeMap::new();
        if whom == Whom::List {
            for band in network.standing(scratch, viewer, Some(RINGS)).bands() {
                if let (Size::Exactly(tally), true) = (band.size, band.from > 1) {
                    farther.insert(band.from, tally.members);
                }
            }
        }
        for (_, ring) in people.iter().skip(DRAWN) {
            let count = farther.entry(*ring).or_insert(0_u64);
            *count = count.saturating_add(1);
        }
        people.truncate(DRAWN);
        Self {
            people,
            bonded: relations.bonded,
            farther,
        }
    }
}

impl App {
    pub(super) async fn network_svg(
        &self,
        reader: &Reader,
        whom: Whom,
        theme: Theme,
    ) -> Result<String, Trouble> {
        let viewer = reader.member;
        let ask = move |network: &Network, scratch: &mut Scratch| Around::of(network, scratch, viewer, whom);
        let around = self.store.network(ask).await?;
        let scene = self
            .scene_among(reader, around.people.iter().map(|(member, _)| *member))
            .await?;
        let voice = self.voice(scene.my_profile());
        Ok(network_svg(&picture(&scene, &voice, whom, theme, &around)))
    }
}

pub(super) fn picture(
    scene: &Scene,
    voice: &Voice,
    whom: Whom,
    theme: Theme,
    around: &Around,
) -> NetworkPicture {
    let people: Vec<MemberId> = around.people.iter().map(|(member, _)| *member).collect();
    let may_see = view::around(&scene.ledger, scene.viewer, &people);
    let rings: BTreeMap<MemberId, usize> = around.people.iter().copied().collect();
    let numbers: BTreeMap<MemberId, usize> = std::iter::once(scene.viewer)
        .chain(may_see.people.iter().copied())
        .zip(0..)
        .collect();
    let number = |member: &MemberId| numbers.get(member).copied();
    let most = may_see
        .edges
        .iter()
        .filter_map(|edge| edge.amount)
        .max()
        .unwrap_or(Amount::ZERO);
    let support = may_see.edges.iter().filter_map(|edge| {
        Some(Tie::Support {
            from: number(&edge.helper)?,
            to: number(&edge.recipient)?,
            tier: edge.amount.map(|amount| tier(amount, most)),
        })
    });
    let bonds = around.bonded.iter().filter_map(|member| {
        Some(Tie::Bond {
            one: Tie::VIEWER,
            other: number(member)?,
        })
    });
    let person = |member: &MemberId| Person {
        name: scene.persons.get(member).map(|person| person.name.clone()),
        status: light(scene.ledger.status(*member)),
        ring: rings.get(member).copied().unwrap_or(1),
    };
    let say = |text: Text| voice.say(&text).to_string();
    let in_need = may_see
        .people
        .iter()
        .filter(|member| scene.ledger.status(**member) != Status::Green);
    let counted: u64 = around.farther.values().sum();
    let all = screen::many(may_see.people.len()).saturating_add(counted);
    NetworkPicture {
        title: say(Text::new(screen::network_title(whom))),
        subtitle: say(Text::new("network-subtitle")
            .count("n", all)
            .count("needy", screen::many(in_need.count()))),
        viewer: say(Text::new("circle-you")),
        status: light(scene.ledger.status(scene.viewer)),
        people: may_see.people.iter().map(person).collect(),
        ties: bonds.chain(support).collect(),
        farther: around
            .farther
            .iter()
            .map(|(ring, count)| (*ring, *count))
            .collect(),
        legend: Legend {
            green: say(Text::new("status-green.word")),
            orange: say(Text::new("status-orange.word")),
            red: say(Text::new("status-red.word")),
            support: say(Text::new("network-legend-support")),
            tiers: say(Text::new("network-legend-tiers")),
            bond: say(Text::new("network-legend-bond")),
            unnamed: say(Text::new("someone")),
            more: say(Text::new("network-legend-more")),
        },
        theme,
    }
}

/// How wide a line is: by thirds of the largest amount that is shown.
fn tier(amount: Amount, most: Amount) -> Tier {
    let tripled = amount.minor().saturating_mul(3);
    if tripled <= most.minor() {
        Tier::Small
    } else if tripled <= most.minor().saturating_mul(2) {
        Tier::Medium
    } else {
        Tier::Large
    }
}

const fn light(status: Status) -> Light {
    match status {
        Status::Green => Light::Green,
        Status::Orange => Light::Orange,
        Status::Red => Light::Red,
    }
}

impl App {
    /// The scene of a reader among these people.
    pub(super) async fn scene_among(
        &self,
        reader: &Reader,
        people: impl Iterator<Item = MemberId>,
    ) -> Result<Scene, Trouble> {
        let scope = exodus_core::Scope::of_members([reader.member]);
        let ledger = self
            .store
            .load_some(reader.member, &scope, &people.collect())
            .await?;
        self.scene_on(reader, &scope, ledger).await
    }
}
