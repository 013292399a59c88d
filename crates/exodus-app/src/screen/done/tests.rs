//! Every command and deed has an answer with words, whatever happened by it; and what follows is said before.

use exodus_core::{Amount, Command};
use exodus_ui::{Deed, Draft, ProfileChange, act::ExportForm};

use super::{
    super::record::samples::{
        ANNA, BO, EVERYBODY, INTENTION, OBLIGATION, OFFER, commands, event, facts, more_facts, said, scene,
        story,
    },
    done, sure,
};

#[test]
fn every_command_has_an_answer() {
    for command in commands() {
        for viewer in EVERYBODY {
            let scene = scene(viewer, &story());
            let deed = Deed::plain(command.clone());
            said(&done(&scene, &deed, &[]));
            for fact in facts().into_iter().chain(more_facts()) {
                said(&done(&scene, &deed, &[event(Some(viewer), fact)]));
            }
            let all: Vec<_> = facts()
                .into_iter()
                .map(|fact| event(Some(viewer), fact))
                .collect();
            said(&done(&scene, &deed, &all));
        }
    }
}

#[test]
fn every_other_deed_has_an_answer() {
    let scene = scene(ANNA, &story());
    let all: Vec<_> = facts().into_iter().map(|fact| event(Some(ANNA), fact)).collect();
    let deeds = [
        Deed::Profile(ProfileChange::Name("Anna".to_owned())),
        Deed::FollowCode("code".to_owned()),
        Deed::Qr(exodus_core::LinkId(15)),
        Deed::Export(ExportForm::Csv),
        Deed::MakeLinkingCode,
        Deed::UseLinkingCode("code".to_owned()),
        Deed::AnswerLinking(true),
        Deed::SpreadAll(vec![(BO, Amount::from_minor(5_000))]),
    ];
    deeds.iter().for_each(|deed| said(&done(&scene, deed, &all)));
}

#[test]
fn what_can_not_be_undone_says_what_follows() {
    let whole = Amount::from_minor(5_000);
    let convert = |amount| Draft::Convert {
        intention: INTENTION,
        whole,
        amount,
        sure: None,
    };
    let grave = |command| Draft::Sure {
        deed: Deed::plain(command),
        sure: None,
    };
    let anna = [
        convert(Some(whole)),
        convert(Some(Amount::from_minor(100))),
        grave(Command::PerformAtOnce {
            intention: INTENTION,
            amount: None,
            note: None,
        }),
    ];
    let bo = [
        grave(Command::Release {
            obligation: OBLIGATION,
        }),
        grave(Command::AnswerOffer {
            offer: OFFER,
            accept: true,
        }),
    ];
    for (viewer, drafts) in [(ANNA, anna.as_slice()), (BO, bo.as_slice())] {
        for draft in drafts {
            said(&sure(&scene(viewer, &story()), draft).expect("words"));
        }
    }
}
