//! Every command and deed has an answer with words, whatever happened by it; and what follows is said before.

use exodus_core::{Amount, Command};
use exodus_ui::{Deed, Draft, ProfileChange, act::ExportForm, draft::Help};

use super::{
    super::record::samples::{
        ANNA, BO, EVERYBODY, INTENTION, OBLIGATION, OFFER, commands, event, facts, more_facts, november,
        said, scene, story,
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
    let help = |help| Draft::Help {
        help,
        to: Some(ANNA),
        appeal: Some((exodus_core::AppealId(10), true)),
        amount: Some(whole),
        form: Some(exodus_core::Form::Service),
        note: None,
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
        grave(Command::Block { member: ANNA }),
        grave(Command::ForbidLinks { forbid: true }),
        help(Help::Promise),
        help(Help::Given),
    ];
    for (viewer, drafts) in [(ANNA, anna.as_slice()), (BO, bo.as_slice())] {
        for draft in drafts {
            said(&sure(&scene(viewer, &story()), draft).expect("words"));
        }
    }
}

/// L7: a promise of the last days belongs to the next month, what is given already to the running one; the question before
/// it names the very day.
#[test]
fn the_last_days_of_a_month() {
    let mut scene = scene(ANNA, &story());
    scene.at = scene.at.plus_days(9);
    let due = |draft: &Draft| {
        let text = sure(&scene, draft).expect("words");
        let due = text.args.into_iter().find(|(key, _)| key == "due");
        due.map(|(_, arg)| arg)
    };
    let whole = Amount::from_minor(5_000);
    let convert = Draft::Convert {
        intention: INTENTION,
        whole,
        amount: Some(whole),
        sure: None,
    };
    let perform = Draft::Sure {
        deed: Deed::plain(Command::PerformAtOnce {
            intention: INTENTION,
            amount: None,
            note: None,
        }),
        sure: None,
    };
    let last = |period: exodus_core::Period| Some(exodus_i18n::Arg::Date(period.last_day()));
    assert_eq!(due(&convert), last(november().next()));
    assert_eq!(due(&perform), last(november()));
}
