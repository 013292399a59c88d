//! What somebody is told: from an entry and what its reader may see now, to a screen that carries the button that does
//! it (U9, C9).
//!
//! Invariant: nothing is asked of a reader that is done already or is not theirs any more: `None` then. Names of
//! strangers are never told; the other one of a record that just ended is named once more (see `record::party`).

mod appeal;
mod bond;
mod intention;
mod month;
mod obligation;
#[cfg(test)]
mod tests;

use exodus_core::{Event, Fact, LinkId, MemberId, OfferId, notice::Category};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Route, Screen, Section};

use super::{
    history::news_line,
    offer::{answers, terms},
    people::many,
    profile::linking_question,
    record::{grave, party, quoting, see_offer, sees, sees_record},
};
use crate::scene::Scene;

/// Pieces of news in a digest that can be opened from it.
const IN_A_DIGEST: usize = 20;

/// Where accounts are.
const ACCOUNTS: Route = Route::Profile {
    section: Section::Accounts,
};

/// The words of a notice; `None` when there is nothing to tell this reader any more. The category tells how loudly it
/// speaks, not what it says: that follows from the fact and from who reads it.
pub(crate) fn notice(scene: &Scene, event: &Event, _category: Category) -> Option<Screen> {
    let screen = match event.fact {
        Fact::Registered { member, .. } => came(scene, event, member),
        Fact::MonthlyAsked { member, appeal, .. } => appeal::asked(scene, member, appeal),
        Fact::EmergencyCalled { member, appeal, .. } => appeal::emergency(scene, event, member, appeal),
        Fact::AppealChanged { owner, appeal, .. } => appeal::changed(scene, &event.fact, owner, appeal),
        Fact::MonthlyEnded { member, appeal, .. } => appeal::fine_again(scene, member, appeal),
        Fact::EmergencyEnded {
            member,
            appeal,
            ending,
            confirmed,
            ..
        } => appeal::ended(scene, event, member, appeal, ending, confirmed),
        Fact::Vouched {
            owner, appeal, note, ..
        } if owner == scene.viewer => Some(quoting(
            news(scene, event, Route::Circle { appeal, page: 0 })?,
            scene,
            note,
        )),
        Fact::VouchWithdrawn { owner, appeal, .. } if owner == scene.viewer => {
            news(scene, event, Route::Circle { appeal, page: 0 })
        }
        Fact::LinkMade {
            link, about, maker, ..
        } => link_made(scene, event, link, about, maker),
        Fact::LinkRevoked { link, .. } | Fact::LinkExpired { link, .. } => {
            news(scene, event, Route::Link { link })
        }
        Fact::LinkFollowed { visitor, .. } => came(scene, event, visitor),
        Fact::IntentionRecorded {
            intention, recipient, ..
        } if recipient == scene.viewer => intention::for_me(scene, event, intention),
        Fact::IntentionRecorded {
            author,
            recipient,
            appeal,
            amount,
            form,
            ..
        } => appeal::circle_intention(scene, author, recipient, appeal, (amount, form)),
        Fact::IntentionChanged {
            intention, recipient, ..
        }
        | Fact::IntentionConverted {
            intention, recipient, ..
        }
        | Fact::ValueDeclined {
            intention, recipient, ..
        } if recipient == scene.viewer => intention::for_me(scene, event, intention),
        Fact::IntentionWithdrawn { intention, .. } => {
            Some(news(scene, event, Route::Intention { intention })?.line(Text::new("notice-withdrawn-free")))
        }
        Fact::IntentionLapsed {
            intention, author, ..
        }
        | Fact::IntentionThawed {
            intention, author, ..
        } => intention::turned(scene, event, intention, author),
        Fact::IntentionCancelled {
            intention,
            author,
            reason,
            ..
        } => intention::cancelled(scene, event, intention, author, reason),
        Fact::IntentionRenewed {
            intention, author, ..
        } => intention::renewed(scene, event, intention, author),
        Fact::ConversionAsked {
            intention, author, ..
        } => intention::asked(scene, event, intention, author),
        Fact::ValueProposed {
            intention, author, ..
        } => intention::valued(scene, event, intention, author),
        Fact::ObligationMade {
            obligation,
            debtor,
            creditor,
            amount,
            form,
            origin,
            ..
        } => {
            if debtor == scene.viewer || creditor == scene.viewer {
                obligation::made(scene, event, obligation)
            } else {
                appeal::circle_obligation(scene, debtor, creditor, origin, (amount, form))
            }
        }
        Fact::DueMoved { obligation, .. } => obligation::due_moved(scene, event, obligation),
        Fact::PerformanceReported { report, creditor, .. }
        | Fact::ConfirmationReminded { report, creditor, .. } => {
            obligation::reported(scene, event, report, creditor)
        }
        Fact::PerformanceAnswered {
            report,
            debtor,
            reported,
            confirmed,
            ..
        } => obligation::answered(scene, event, report, debtor, (reported, confirmed)),
        Fact::PerformanceSettledBySilence { report, debtor, .. } => {
            obligation::by_silence(scene, event, report, debtor)
        }
        Fact::ConfirmationReopened { report, reason, .. } => {
            obligation::reopened(scene, event, report, reason)
        }
        Fact::PerformanceAsked {
            obligation, debtor, ..
        } => obligation::asked(scene, event, obligation, debtor),
        Fact::DebtorReminded {
            obligation,
            debtor,
            last,
            ..
        } => obligation::reminded(scene, obligation, debtor, last),
        Fact::ObligationFulfilled { obligation, .. } | Fact::RenewalDeferred { obligation, .. } => {
            news(scene, event, Route::Obligation { obligation })
        }
        Fact::ObligationOverdue {
            obligation, debtor, ..
        } => obligation::overdue(scene, event, obligation, debtor),
        Fact::ObligationReleased {
            obligation, debtor, ..
        } => {
            let words = (debtor == scene.viewer).then_some("notice-released");
            obligation::ended(scene, event, obligation, words)
        }
        Fact::ObligationCancelled {
            obligation, debtor, ..
        } => {
            let words = (debtor == scene.viewer).then_some("notice-cancelled");
            obligation::ended(scene, event, obligation, words)
        }
        Fact::ObligationDefaulted {
            obligation, creditor, ..
        } => {
            let words = (creditor == scene.viewer).then_some("notice-defaulted");
            obligation::ended(scene, event, obligation, words)
        }
        Fact::OfferMade { offer, to, .. } if to == scene.viewer => offered(scene, event, offer),
        Fact::OfferAccepted { obligation, .. } => news(scene, event, Route::Obligation { obligation }),
        Fact::OfferDeclined { offer, .. } | Fact::OfferWithdrawn { offer, .. } => {
            news(scene, event, Route::Offer { offer })
        }
        Fact::BondProposed { bond, to, .. } if to == scene.viewer => bond::proposed(scene, event, bond),
        Fact::BondMade { bond, .. } | Fact::BondDeclined { bond, .. } | Fact::BondChanged { bond, .. } => {
            news(scene, event, Route::Bond { bond })
        }
        Fact::BondWithdrawn { .. } => news(scene, event, Route::List { page: 0 }),
        Fact::BondEnded { bond, .. } => bond::ended(scene, event, bond),
        Fact::MonthNudged { member, period } if member == scene.viewer => month::nudged(scene, period),
        Fact::MonthSummarised { member, period } if member == scene.viewer => {
            month::summarised(scene, period)
        }
        Fact::MemberSuspended { member } if member == scene.viewer => Some(month::suspended(scene)),
        Fact::SuspensionLifted { member } if member == scene.viewer => Some(month::lifted()),
        Fact::LinkingAsked { member, .. } if member == scene.viewer => linking_asked(scene, event),
        Fact::AccountsLinked { member, .. } if member == scene.viewer => linked(scene, event),
        // The first five are told to nobody: what they mean for others is told by the entries that follow from them.
        // The rest is told to the other side only.
        Fact::MemberLeft { .. }
        | Fact::MemberBlocked { .. }
        | Fact::MemberUnblocked { .. }
        | Fact::LinksForbidden { .. }
        | Fact::MonthClosed { .. }
        | Fact::Vouched { .. }
        | Fact::VouchWithdrawn { .. }
        | Fact::IntentionChanged { .. }
        | Fact::IntentionConverted { .. }
        | Fact::ValueDeclined { .. }
        | Fact::OfferMade { .. }
        | Fact::PersonalLinkMade { .. }
        | Fact::BondProposed { .. }
        | Fact::LinkingAsked { .. }
        | Fact::AccountsLinked { .. }
        | Fact::MonthNudged { .. }
        | Fact::MonthSummarised { .. }
        | Fact::MemberSuspended { .. }
        | Fact::SuspensionLifted { .. } => None,
    };
    screen.map(|screen| led_on(scene, screen))
}

/// With the way to the record it is about, unless a choice leads there, and the way home. A notice comes after nothing: it
/// has no way back.
fn led_on(scene: &Scene, screen: Screen) -> Screen {
    let open = Act::Go(screen.route.clone());
    let screen = if sees_record(scene, &screen.route) && !screen.acts().contains(&open) {
        screen.offer("notice-do-record", open)
    } else {
        screen
    };
    homeward(screen)
}

fn homeward(screen: Screen) -> Screen {
    screen.way("choice-home", Route::Home)
}

/// Once a day, everything that was not worth a message of its own: each opens its record.
pub(crate) fn digest(scene: &Scene, events: &[(Event, Category)]) -> Option<Screen> {
    let told: Vec<Screen> = events
        .iter()
        .filter_map(|(event, category)| notice(scene, event, *category))
        .collect();
    if told.is_empty() {
        return None;
    }
    let mut screen = Screen::new(
        Route::Home,
        Text::new("notice-digest").count("n", many(told.len())),
    );
    for (place, notice) in told.into_iter().enumerate() {
        // Whatever there is, is told; so many of it can be opened from here.
        let act = (place < IN_A_DIGEST).then_some(Act::Go(notice.route));
        screen = screen.block(Block::Item {
            text: notice.title,
            act,
        });
    }
    Some(homeward(screen))
}

/// Another account gave the reader's code: the second consent (M1); nothing to ask when it was given, or too late.
fn linking_asked(scene: &Scene, event: &Event) -> Option<Screen> {
    let claimed = scene.linking.as_ref().and_then(|line| line.claimed_by.as_ref());
    let screen = news(scene, event, ACCOUNTS)?;
    let Some((platform, address)) = claimed else {
        return Some(screen.main("notice-do-accounts", Act::Go(ACCOUNTS)));
    };
    Some(linking_question(screen, platform, address))
}

/// Another account speaks for the reader from now on.
fn linked(scene: &Scene, event: &Event) -> Option<Screen> {
    let screen = news(scene, event, ACCOUNTS)?.line(Text::new("notice-account-not-you"));
    Some(screen.main("notice-do-accounts", Act::Go(ACCOUNTS)))
}

/// What happened, as the reader's journal tells it, at a place; `None` when it is not theirs.
fn news(scene: &Scene, event: &Event, route: Route) -> Option<Screen> {
    Some(Screen::new(route, news_line(scene, event)?))
}

/// Somebody came by an invitation.
fn came(scene: &Scene, event: &Event, visitor: MemberId) -> Option<Screen> {
    if visitor == scene.viewer {
        return None;
    }
    let place = if sees(scene, visitor) {
        Route::Card { member: visitor }
    } else {
        Route::Invite { page: 0 }
    };
    Some(carded(news(scene, event, place)?, scene, visitor))
}

/// With the way to somebody's card.
fn carded(screen: Screen, scene: &Scene, member: MemberId) -> Screen {
    super::record::card_way(screen, scene, exodus_core::view::Who::Member(member))
}

fn link_made(scene: &Scene, event: &Event, link: LinkId, about: MemberId, maker: MemberId) -> Option<Screen> {
    if about != scene.viewer || maker == scene.viewer {
        return None;
    }
    let screen = news(scene, event, Route::Link { link })?
        .line(Text::new("notice-link-made").with("name", party(scene, maker)));
    let revoke = Deed::plain(exodus_core::Command::RevokeLink { link });
    let screen = grave(screen, "link-choice-revoke", revoke)
        .offer("link-choice-links", Act::Go(Route::Invite { page: 0 }));
    Some(carded(screen, scene, maker))
}

fn offered(scene: &Scene, event: &Event, offer: OfferId) -> Option<Screen> {
    let view = see_offer(scene, offer).filter(|view| view.waiting)?;
    let screen = news(scene, event, Route::Offer { offer })?;
    // What the reader would owe or confirm is said; what they would be given, the title says.
    let follows = view.given || view.debtor == scene.viewer;
    let screen = if follows {
        screen.line(terms(scene, &view))
    } else {
        screen
    };
    Some(answers(scene, &view, quoting(screen, scene, view.note)))
}
