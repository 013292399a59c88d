//! A second chat account for the same member (M1): a one-time code shown by the first, given by the second, and a
//! second consent on the first. Payment details are hidden from the new account for 72 hours.

use exodus_core::{Actor, Command, CommandId, MemberId, Refusal, Timestamp};
use exodus_store::{AccountKey, LinkingTry, Person, Personal, Trouble, Work};
use serde::{Deserialize, Serialize};

use crate::{App, code};

/// Minutes a linking code is good for.
const CODE_MINUTES: i64 = 10;
/// Hours for which a linked account does not see payment details.
const HIDDEN_HOURS: u32 = 72;
/// Where a claim waits in the profile of whom it asks.
const CLAIM: &str = "linking-claim";
/// Where the instant of linking is kept, by account.
const LINKED: &str = "linked-at:";

/// An account that gave the code and waits for the second consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claim {
    pub(crate) account: AccountKey,
    pub(crate) from: MemberId,
    pub(crate) until: Timestamp,
}

/// What came of giving a code.
pub(crate) enum Given {
    /// The other side is asked.
    Asked,
    /// The code is wrong, used or too old; the same word for all.
    Wrong,
    /// Too many wrong tries.
    TooMany,
    /// Refused with a reason.
    Refused(Refusal),
}

/// The claim that waits for a person's word.
pub(crate) fn claim_of(person: &Person, now: Timestamp) -> Option<Claim> {
    let claim: Claim = serde_json::from_str(person.extra.get(CLAIM)?).ok()?;
    (claim.until > now).then_some(claim)
}

/// Whether an account was linked so lately that payment details are hidden from it.
pub(crate) fn is_fresh(person: &Person, account: &AccountKey, now: Timestamp) -> bool {
    let linked = person
        .extra
        .get(&linked_key(account))
        .and_then(|at| at.parse().ok());
    linked.is_some_and(|at| Timestamp::from_seconds(at).plus_hours(HIDDEN_HOURS) > now)
}

fn linked_key(account: &AccountKey) -> String {
    format!("{LINKED}{}:{}", account.platform, account.address)
}

impl App {
    /// Makes a code for another account of a member's, and keeps its hash. Made by the same update again, it is the same.
    pub(crate) async fn make_linking_code(
        &self,
        id: CommandId,
        member: MemberId,
    ) -> Result<(String, Timestamp), Trouble> {
        let made = code::of_linking(&self.link_key().await?, id);
        let expires = Timestamp::from_seconds(self.store.now().seconds().saturating_add(CODE_MINUTES * 60));
        let kept = Personal::PutLinkingCode {
            member,
            code_hash: code::hash(&made),
            expires,
        };
        self.store
            .transact(Work::personal(id, Actor::Member(member), vec![kept]))
            .await?;
        Ok((made, expires))
    }

    /// A code given by another account: the member it belongs to is asked.
    pub(crate) async fn give_linking_code(
        &self,
        id: CommandId,
        account: &AccountKey,
        me: MemberId,
        given: &str,
    ) -> Result<Given, Trouble> {
        let code_hash = code::hash(given);
        let member = match self.store.try_linking_code(account, &code_hash).await? {
            LinkingTry::Good(member) => member,
            LinkingTry::Wrong { .. } => return Ok(Given::Wrong),
            LinkingTry::TooMany => return Ok(Given::TooMany),
        };
        let Some(mut person) = self.store.person(member).await? else {
            return Ok(Given::Wrong);
        };
        let until = self.store.now().plus_hours(24);
        let claim = Claim {
            account: account.clone(),
            from: me,
            until,
        };
        person.extra.insert(
            CLAIM.to_owned(),
            serde_json::to_string(&claim).unwrap_or_default(),
        );
        let mut work = Work::new(id, Actor::Member(me), Command::AskLinking { of: member });
        work.personal.push(Personal::TakeLinkingCode { code_hash });
        work.personal.push(Personal::SetPerson {
            whose: member.into(),
            person,
        });
        match self.store.transact(work).await {
            Ok(done) => Ok(done.refusal.map_or(Given::Asked, Given::Refused)),
            Err(Trouble::CodeGone) => Ok(Given::Wrong),
            Err(trouble) => Err(trouble),
        }
    }

    /// The second consent. `Ok(None)`: nothing waits for it any more.
    pub(crate) async fn answer_linking(
        &self,
        id: CommandId,
        me: MemberId,
        yes: bool,
    ) -> Result<Option<Result<bool, Refusal>>, Trouble> {
        let now = self.store.now();
        let Some(mut person) = self.store.person(me).await? else {
            return Ok(None);
        };
        let Some(claim) = claim_of(&person, now) else {
            return Ok(None);
        };
        person.extra.remove(CLAIM);
        if yes {
            person
                .extra
                .insert(linked_key(&claim.account), now.seconds().to_string());
        }
        let mut personal = vec![Personal::SetPerson {
            whose: me.into(),
            person,
        }];
        if !yes {
            self.store
                .transact(Work::personal(id, Actor::Member(me), personal))
                .await?;
            return Ok(Some(Ok(false)));
        }
        personal.push(Personal::MoveAccounts {
            from: claim.from,
            to: me,
        });
        let mut work = Work::new(id, Actor::Member(me), Command::LinkAccounts { from: claim.from });
        work.personal = personal;
        let done = self.store.transact(work).await?;
        Ok(Some(done.refusal.map_or(Ok(true), Err)))
    }
}
