//! *Expand my network*: what may be looked at, by whom, and when that closes (N2, M7).

use exodus_core::{
    Command, Fact, MemberId, Refusal,
    view::{self, Sight},
};

use crate::{
    scene::{LINK, NOTHING, Scene, scene},
    village::units,
};

/// Somebody to whom X's helper's network leads, and not their own: they support one whom X's first helper helps too, and
/// so does another, whose helper this is.
struct Beyond {
    scene: Scene,
    viewer: MemberId,
    through: MemberId,
}

fn beyond(findable: bool) -> Beyond {
    let mut scene = scene();
    let show = Command::ChangeAppeal {
        appeal: scene.appeal,
        target: None,
        deadline: None,
        purpose: None,
        findable: Some(findable),
    };
    scene.village.say(scene.x, show);
    // The helper of X is in need too; the neighbour helps them, and the viewer helps the neighbour.
    let through = scene.neighbour();
    let appeal = scene.village.ledger.current_appeal(through).expect("asks").id;
    let viewer = scene.village.newcomer();
    scene.village.intend(viewer, appeal, units(1));
    Beyond {
        scene,
        viewer,
        through,
    }
}

impl Beyond {
    fn look(&self) -> Command {
        Command::Look {
            at: self.scene.x,
            through: self.through,
        }
    }
}

#[test]
fn n2_who_said_yes_is_found_with_name_mark_and_what_is_missing_and_looking_shows_what_a_link_does() {
    let mut beyond = beyond(true);
    let (x, viewer) = (beyond.scene.x, beyond.viewer);
    assert_eq!(beyond.scene.seen_by(viewer), NOTHING, "before looking");
    let ledger = &beyond.scene.village.ledger;
    let need = view::found(ledger, viewer, beyond.through, x).expect("found");
    assert_eq!((need.missing, need.deadline), (units(80), None));
    let events = beyond.scene.village.say(viewer, beyond.look());
    assert!(matches!(events[0].fact, Fact::Looked { about, .. } if about == x));
    assert_eq!(beyond.scene.seen_by(viewer), LINK);
    let sight = view::sight(&beyond.scene.village.ledger, viewer, x);
    assert_eq!(
        sight,
        Sight {
            link: true,
            ..Sight::default()
        }
    );
    // … and may help.
    beyond.scene.village.intend(viewer, beyond.scene.appeal, units(3));
    assert!(view::sight(&beyond.scene.village.ledger, viewer, x).circle);
}

#[test]
fn n2_looking_again_changes_nothing_and_whom_one_sees_anyway_needs_no_look() {
    let mut beyond = beyond(true);
    beyond.scene.village.say(beyond.viewer, beyond.look());
    assert_eq!(
        beyond.scene.village.would(beyond.viewer, beyond.look()),
        Ok(vec![])
    );
    let helper = beyond.scene.helpers[1];
    assert_eq!(beyond.scene.village.would(helper, beyond.look()), Ok(vec![]));
}

#[test]
fn n2_who_is_not_to_be_found_answers_as_who_does_not_exist() {
    let hidden = beyond(false);
    let nowhere = Command::Look {
        at: MemberId(1_000_000),
        through: hidden.through,
    };
    let unknown = Err(Refusal::Unknown);
    assert_eq!(hidden.scene.village.would(hidden.viewer, nowhere), unknown);
    assert_eq!(hidden.scene.village.would(hidden.viewer, hidden.look()), unknown);
    let mut beyond = beyond(true);
    // Not where the way is said to lead: through a stranger, through oneself, through X.
    let stranger = beyond.scene.village.newcomer();
    for through in [stranger, beyond.viewer, beyond.scene.x, MemberId(1_000_000)] {
        let look = Command::Look {
            at: beyond.scene.x,
            through,
        };
        assert_eq!(
            beyond.scene.village.would(beyond.viewer, look),
            unknown,
            "through {through}"
        );
    }
    assert_eq!(beyond.scene.village.would(stranger, beyond.look()), unknown);
    let oneself = Command::Look {
        at: beyond.viewer,
        through: beyond.through,
    };
    assert_eq!(
        beyond.scene.village.would(beyond.viewer, oneself),
        Err(Refusal::Oneself)
    );
}

#[test]
fn n2_what_looking_opened_closes_with_no_longer_found_green_or_a_block() {
    let ways: [fn(&mut Beyond); 3] = [
        |beyond| {
            let hide = Command::ChangeAppeal {
                appeal: beyond.scene.appeal,
                target: None,
                deadline: None,
                purpose: None,
                findable: Some(false),
            };
            beyond.scene.village.say(beyond.scene.x, hide);
        },
        |beyond| drop(beyond.scene.village.say(beyond.scene.x, Command::EndMonthly)),
        |beyond| {
            let block = Command::Block {
                member: beyond.scene.x,
            };
            beyond.scene.village.say(beyond.viewer, block);
        },
    ];
    for close in ways {
        let mut beyond = beyond(true);
        beyond.scene.village.say(beyond.viewer, beyond.look());
        assert_eq!(beyond.scene.seen_by(beyond.viewer), LINK);
        close(&mut beyond);
        assert_eq!(beyond.scene.seen_by(beyond.viewer), NOTHING);
    }
    // In need again it is another asking: who had looked looks again.
    let mut again = beyond(true);
    again.scene.village.say(again.viewer, again.look());
    again.scene.village.say(again.scene.x, Command::EndMonthly);
    let ask = Command::AskMonthly {
        target: units(100),
        purpose: None,
        findable: true,
    };
    again.scene.village.say(again.scene.x, ask);
    assert_eq!(again.scene.seen_by(again.viewer), NOTHING);
}
