//! The network against its rules as plainly written (N1, N2, N3, N7, N8a, N10, N13): over random records, random graphs
//! and random histories, every answer is the same.
#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "network/plain.rs"]
mod plain;
#[allow(dead_code, reason = "histories are drawn here, and more of them elsewhere")]
mod random;

use exodus_core::{
    Amount, Changes, MemberId, Status,
    network::{Along, Damaged, Edges, Network, Record, Scratch, Standing, Tally},
    view,
};
use plain::Plain;
use proptest::prelude::*;
use random::{Dice, History};

/// Ids with gaps, as the ledger gives them, in an order that is not that of the numbers drawn.
fn id(number: u16) -> MemberId {
    MemberId(u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 3)
}

fn status(die: u8) -> Status {
    [Status::Green, Status::Orange, Status::Red][usize::from(die) % 3]
}

fn amount(die: u16) -> Amount {
    Amount::from_minor(match die % 8 {
        0 => 0,
        1 => u64::from(u32::MAX) + u64::from(die),
        2 => u64::from(u32::MAX),
        _ => u64::from(die),
    })
}

/// Records among so many people: mostly ties, some of everything.
fn records(people: u16, count: usize) -> impl Strategy<Value = Vec<Record>> {
    let record = (0..100_u8, 0..people, 0..people, any::<u16>(), any::<u8>()).prop_map(
        |(kind, one, other, die, extra)| {
            let (one, other) = (id(one), id(other));
            match kind {
                0..30 => Record::Support {
                    helper: one,
                    recipient: other,
                    amount: amount(die),
                },
                30..40 => Record::SupportEnded {
                    helper: one,
                    recipient: other,
                },
                40..62 => Record::Bond {
                    one,
                    other,
                    one_gives: amount(die),
                    other_gives: amount(die / 3),
                },
                62..70 => Record::BondEnded { one, other },
                70..76 => Record::Referred {
                    referrer: one,
                    member: other,
                },
                76..80 => Record::Strained {
                    one,
                    other,
                    strained: extra % 3 != 0,
                },
                80..84 => Record::Blocked { by: one, other },
                84..87 => Record::Unblocked { by: one, other },
                87..90 => Record::Rest {
                    member: one,
                    resting: extra % 2 == 0,
                },
                90 => Record::Left { member: one },
                _ => Record::Member {
                    member: one,
                    status: status(extra),
                },
            }
        },
    );
    prop::collection::vec(record, 1..count)
}

/// Every answer for every member, and chains between all pairs.
fn compare(network: &Network, plain: &Plain, scratch: &mut Scratch, people: u16) {
    for member in (0..people).map(id) {
        compare_one(network, plain, scratch, member);
        for other in (0..people).map(id) {
            let (chain, expected) = (network.chain(scratch, member, other), plain.chain(member, other));
            assert_eq!(chain, expected, "chain from {member} to {other}");
        }
    }
}

fn compare_one(network: &Network, plain: &Plain, scratch: &mut Scratch, member: MemberId) {
    assert_eq!(
        network.relations(scratch, member),
        plain.relations(member),
        "{member}"
    );
    let own: Vec<_> = plain.network(member).into_iter().collect();
    assert_eq!(network.network(scratch, member), own, "network of {member}");

    let rings = plain.reference_list(member);
    for farthest in [Some(0), Some(1), Some(2), Some(3), None] {
        let expected = &rings[..rings.len().min(farthest.unwrap_or(usize::MAX))];
        assert_eq!(
            network.reference_list(scratch, member, farthest),
            expected,
            "rings of {member} to {farthest:?}"
        );
        let tallies = expected.iter().map(|ring| Tally {
            members: ring.members.len() as u64,
            pool: ring.pool,
        });
        let standing = Standing {
            rings: tallies.collect(),
        };
        assert_eq!(network.standing(scratch, member, farthest), standing);
    }

    for (along, levels) in [
        (Along::Supports, plain.supported_levels(member)),
        (Along::SupportedBy, plain.supporting_levels(member)),
        (Along::Acquaintance, plain.acquainted_levels(member)),
    ] {
        for steps in [Some(2), None] {
            let ball = network.ball(scratch, member, along, steps);
            let found: Vec<Vec<MemberId>> = match ball.is_empty() {
                true => Vec::new(),
                false => (0..=ball.radius()).map(|at| ball.at(at)).collect(),
            };
            let expected: Vec<Vec<MemberId>> = levels
                .iter()
                .take(steps.map_or(usize::MAX, |steps| steps + 1))
                .map(|level| level.iter().copied().collect())
                .collect();
            assert_eq!(found, expected, "{along:?} of {member} to {steps:?}");
            assert_eq!(ball.len(), expected.iter().map(Vec::len).sum::<usize>());
        }
    }

    let found = plain.expand(member);
    for limit in [0, 1, 3, 1_000] {
        let expected = &found[..found.len().min(limit)];
        assert_eq!(
            network.expand(scratch, member, limit),
            expected,
            "beyond {member}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    /// N1, N2, N3, N7, N8a, N10: whatever is recorded in whatever order, every answer is that of the rules.
    #[test]
    fn n1_every_answer_is_that_of_the_rules(all in records(14, 160)) {
        let (mut network, mut plain, mut scratch) = (Network::new(), Plain::default(), Scratch::new());
        for (nth, record) in all.iter().enumerate() {
            network.apply(record).unwrap();
            plain.apply(record);
            prop_assert!(!network.apply(record).unwrap(), "told twice, {record:?} changed something");
            if nth % 40 == 39 || nth + 1 == all.len() {
                compare(&network, &plain, &mut scratch, 14);
            }
        }
    }

    /// N13: what is built at once, what was read back, and what came record by record are the same, and go on the same.
    #[test]
    fn n13_however_it_was_made_it_is_the_same(all in records(40, 400), more in records(40, 60)) {
        let mut edges = Edges::new();
        let mut one_by_one = Network::new();
        // Bulk building takes ties; the rest comes after.
        let (ties, rest): (Vec<_>, Vec<_>) = all.iter().copied().partition(|record| {
            matches!(record, Record::Support { .. } | Record::Bond { .. } | Record::Referred { .. })
        });
        for record in &ties {
            match *record {
                Record::Support { helper, recipient, amount } => edges.support(helper, recipient, amount).unwrap(),
                Record::Bond { one, other, one_gives, other_gives } => {
                    edges.bond(one, other, one_gives, other_gives).unwrap();
                }
                Record::Referred { referrer, member } => edges.referral(referrer, member).unwrap(),
                _ => unreachable!(),
            }
            one_by_one.apply(record).unwrap();
        }
        let mut at_once = edges.build().unwrap();
        prop_assert_eq!(at_once.records(), one_by_one.records());
        for record in &rest {
            prop_assert_eq!(at_once.apply(record).unwrap(), one_by_one.apply(record).unwrap());
        }
        prop_assert_eq!(at_once.records(), one_by_one.records());
        let (mut read, position) = Network::from_bytes(&one_by_one.to_bytes(77)).unwrap();
        prop_assert_eq!(position, 77);
        prop_assert_eq!(read.records(), one_by_one.records());
        let mut again = Network::new();
        for record in one_by_one.records() {
            again.apply(&record).unwrap();
        }
        prop_assert_eq!(again.records(), one_by_one.records());
        let mut plain = Plain::default();
        ties.iter().chain(&rest).for_each(|record| plain.apply(record));
        for record in &more {
            plain.apply(record);
            for network in [&mut at_once, &mut one_by_one, &mut read, &mut again] {
                network.apply(record).unwrap();
            }
        }
        let mut scratch = Scratch::new();
        for network in [&at_once, &one_by_one, &read, &again] {
            for member in [0, 1, 2, 3] {
                compare_one(network, &plain, &mut scratch, id(member));
            }
        }
    }

    /// A damaged snapshot is an error, never a panic, and never another network.
    #[test]
    fn n13_a_damaged_snapshot_is_an_error(all in records(12, 80), at in any::<prop::sample::Index>(), with in 1..=255_u8) {
        let mut network = Network::new();
        all.iter().for_each(|record| { network.apply(record).unwrap(); });
        let whole = network.to_bytes(1);
        let mut changed = whole.clone();
        changed[at.index(whole.len())] ^= with;
        prop_assert!(Network::from_bytes(&changed).is_err());
        prop_assert!(Network::from_bytes(&whole[..at.index(whole.len())]).is_err());
        let mut longer = whole;
        longer.push(with);
        prop_assert!(Network::from_bytes(&longer).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// The same on graphs large enough that searches take every way they have.
    #[test]
    fn n13_large_graphs_answer_as_the_rules_do(seed in any::<u64>(), ties in 200..1_200_usize) {
        let people = 300_u16;
        let mut random = Random(seed);
        let (mut edges, mut plain) = (Edges::new(), Plain::default());
        for number in 0..people {
            let status = status(u8::try_from(random.below(9)).unwrap());
            edges.member(id(number), status).unwrap();
            plain.apply(&Record::Member { member: id(number), status });
        }
        for _ in 0..ties {
            let (one, other) = (id(random.leaning(people)), id(random.leaning(people)));
            let amount = amount(u16::try_from(random.below(60_000)).unwrap());
            let record = if random.below(2) == 0 {
                edges.support(one, other, amount).unwrap();
                Record::Support { helper: one, recipient: other, amount }
            } else {
                edges.bond(one, other, amount, amount).unwrap();
                Record::Bond { one, other, one_gives: amount, other_gives: amount }
            };
            plain.apply(&record);
        }
        let mut network = edges.build().unwrap();
        for _ in 0..40 {
            let (one, other) = (id(random.leaning(people)), id(random.leaning(people)));
            let record = match random.below(4) {
                0 => Record::Blocked { by: one, other },
                1 => Record::Rest { member: one, resting: true },
                2 => Record::SupportEnded { helper: one, recipient: other },
                _ => Record::Referred { referrer: one, member: other },
            };
            network.apply(&record).unwrap();
            plain.apply(&record);
        }
        let mut scratch = Scratch::new();
        for _ in 0..3 {
            let member = id(random.leaning(people));
            compare_one(&network, &plain, &mut scratch, member);
            for _ in 0..6 {
                let other = id(u16::try_from(random.below(u64::from(people))).unwrap());
                prop_assert_eq!(network.chain(&mut scratch, member, other), plain.chain(member, other));
            }
        }
    }
}

/// A small generator of its own (SplitMix64): proptest shrinks what it draws, and here that would cost more than it tells.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }

    /// Low numbers more often.
    fn leaning(&mut self, end: u16) -> u16 {
        let most = self.below(u64::from(end)) + 1;
        u16::try_from(self.below(most)).unwrap()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The network that follows a ledger is always the one made from it, and its relations are those of the views.
    #[test]
    fn n1_following_a_ledger_is_the_same_as_reading_it(
        steps in prop::collection::vec(
            ((any::<u8>(), any::<u8>(), any::<u8>(), any::<u16>(), any::<u8>()), any::<u8>(), prop::bool::weighted(0.4)),
            1..120,
        )
    ) {
        let mut history = History::of(7);
        let mut ledger = exodus_core::Ledger::new(history.ledger.policy.clone());
        let (mut network, mut scratch) = (Network::new(), Scratch::new());
        let mut told = 0;
        for (dice, days, pass) in steps {
            let dice: Dice = dice;
            if pass {
                history.pass(days);
                history.tick();
            }
            let (by, command) = history.draw(dice);
            let _ = history.give(by, command);
            for event in &history.events[told..] {
                let mut changes = Changes::default();
                ledger.evolve_noting(event, &mut changes);
                network.follow(&ledger, &changes).unwrap();
            }
            told = history.events.len();
            prop_assert_eq!(network.records(), Network::of(&ledger).unwrap().records());
        }
        for member in ledger.members() {
            let expected = view::relations_of(&ledger, member.id);
            let relations = network.relations(&mut scratch, member.id);
            let six = expected.six.map(|members| members.into_iter().collect::<Vec<_>>());
            prop_assert_eq!(relations.six, six);
            prop_assert_eq!(relations.bonded, expected.bonded.into_iter().collect::<Vec<_>>());
            let (ring, pool) = ring_of_views(&ledger, member.id);
            let first = network.reference_list(&mut scratch, member.id, Some(1)).into_iter().next();
            prop_assert_eq!(first.map(|ring| (ring.members, ring.pool)), (!ring.is_empty()).then_some((ring, pool)));
            prop_assert_eq!(relations.referrals, expected.referrals.into_iter().collect::<Vec<_>>());
            let own: Vec<_> = view::network(&ledger, member.id).into_iter().collect();
            prop_assert_eq!(network.network(&mut scratch, member.id), own);
        }
    }
}

/// Ring 1 as the views have it, with what they promised.
fn ring_of_views(ledger: &exodus_core::Ledger, member: MemberId) -> (Vec<MemberId>, Amount) {
    let ring = view::ring(ledger, member);
    let pool = ring.iter().map(|backer| backer.gives).sum();
    (ring.into_iter().map(|backer| backer.member).collect(), pool)
}

// ---- what the rules say, by example ---------------------------------------------------------------------------------

fn bond(one: u64, other: u64, one_gives: u64, other_gives: u64) -> Record {
    Record::Bond {
        one: MemberId(one),
        other: MemberId(other),
        one_gives: Amount::from_minor(one_gives),
        other_gives: Amount::from_minor(other_gives),
    }
}

fn of(records: &[Record]) -> Network {
    let mut network = Network::new();
    for record in records {
        network.apply(record).unwrap();
    }
    network
}

fn tallies(network: &Network, member: u64) -> Vec<(u64, u64)> {
    let standing = network.standing(&mut Scratch::new(), MemberId(member), None);
    standing
        .rings
        .iter()
        .map(|ring| (ring.members, ring.pool.minor()))
        .collect()
}

#[test]
fn n7_ring_1_counts_what_each_promised_me_and_others_their_lowest() {
    // 1 – 2 – 3 – 4, and 3 – 5: 2 promised 1 so much, and 3 another less.
    let network = of(&[
        bond(1, 2, 100, 70),
        bond(2, 3, 60, 50),
        bond(3, 4, 30, 90),
        bond(5, 3, 20, 40),
    ]);
    assert_eq!(tallies(&network, 1), [(1, 70), (1, 30), (2, 110)]);
    assert_eq!(tallies(&network, 3), [(3, 60 + 90 + 20), (1, 100)]);
}

#[test]
fn n8_a_list_forms_anew_at_once_when_a_bond_ends_or_comes_back() {
    let mut network = of(&[bond(1, 2, 100, 100), bond(2, 3, 100, 100), bond(3, 4, 100, 100)]);
    assert_eq!(tallies(&network, 1), [(1, 100), (1, 100), (1, 100)]);
    let ended = Record::BondEnded {
        one: MemberId(3),
        other: MemberId(2),
    };
    assert!(network.apply(&ended).unwrap());
    assert_eq!(tallies(&network, 1), [(1, 100)]);
    network.apply(&bond(2, 3, 5, 7)).unwrap();
    assert_eq!(tallies(&network, 1), [(1, 100), (1, 7), (1, 100)]);
}

#[test]
fn n8a_a_resting_bond_counts_in_nobodys_list_and_wakes() {
    let mut network = of(&[bond(1, 2, 100, 10), bond(2, 3, 100, 100), bond(3, 4, 20, 100)]);
    let rest = |resting| Record::Rest {
        member: MemberId(3),
        resting,
    };
    network.apply(&rest(true)).unwrap();
    assert_eq!(tallies(&network, 1), [(1, 10)]);
    assert_eq!(tallies(&network, 3), []);
    assert_eq!(tallies(&network, 4), []);
    // Acquaintance stays: a chain may lead over it (N3).
    let chain = network.chain(&mut Scratch::new(), MemberId(1), MemberId(4));
    assert_eq!(chain, Some([1, 2, 3, 4].map(MemberId).to_vec()));
    network.apply(&rest(false)).unwrap();
    assert_eq!(tallies(&network, 1), [(1, 10), (1, 20), (1, 100)]);
}

#[test]
fn n10_nothing_counts_through_a_blocked_member() {
    // Two ways from 1 to 5: 1–2–5 and 1–3–4–5. 1 blocks 2, with whom nothing else is between.
    let mut network = of(&[
        bond(1, 2, 1, 1),
        bond(2, 5, 1, 1),
        bond(1, 3, 1, 1),
        bond(3, 4, 1, 1),
        bond(4, 5, 1, 1),
    ]);
    let mut scratch = Scratch::new();
    let block = Record::Blocked {
        by: MemberId(2),
        other: MemberId(1),
    };
    network.apply(&block).unwrap();
    let chain = |network: &Network, scratch: &mut Scratch, from, to| {
        network
            .chain(scratch, MemberId(from), MemberId(to))
            .map(|chain| chain.iter().map(|id| id.0).collect::<Vec<_>>())
    };
    assert_eq!(chain(&network, &mut scratch, 1, 5), Some(vec![1, 3, 4, 5]));
    assert_eq!(chain(&network, &mut scratch, 1, 2), None);
    // For others 2 is as near as before; only what is between 1 and 2 is no tie for anybody.
    assert_eq!(chain(&network, &mut scratch, 3, 2), Some(vec![3, 4, 5, 2]));
    assert_eq!(tallies(&network, 1), [(1, 1), (1, 1), (1, 1)]);
    network
        .apply(&Record::Unblocked {
            by: MemberId(2),
            other: MemberId(1),
        })
        .unwrap();
    assert_eq!(chain(&network, &mut scratch, 1, 5), Some(vec![1, 2, 5]));
}

#[test]
fn n13_bytes_that_are_no_snapshot_are_told_apart() {
    assert_eq!(Network::from_bytes(b"").unwrap_err(), Damaged::NoSnapshot);
    assert_eq!(
        Network::from_bytes(b"from,to\n1,2\n").unwrap_err(),
        Damaged::NoSnapshot
    );
    let mut bytes = Network::new().to_bytes(0);
    assert!(Network::from_bytes(&bytes).unwrap().0.is_empty());
    bytes[8] = 9;
    assert_eq!(Network::from_bytes(&bytes).unwrap_err(), Damaged::Version(9));
    bytes[8] = 1;
    bytes[12] ^= 1;
    assert_eq!(Network::from_bytes(&bytes).unwrap_err(), Damaged::Checksum);
}
