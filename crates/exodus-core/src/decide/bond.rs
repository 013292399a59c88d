//! Bonds: personal invitations, the answers to them, and their end (N6, N8, N10).

use super::{Case, valid};
use crate::{
    amount::Amount,
    bond::{Bond, BondEnding},
    event::Fact,
    id::{BondId, LinkId, MemberId},
    link::Link,
    member::Member,
    refusal::Refusal,
    time::Date,
};

impl Case<'_> {
    /// To somebody in sight, to whoever invited the actor, or to whom a bond was that can be restored (N8).
    pub(super) fn propose_bond(&mut self, to: MemberId, gives: Option<Amount>) -> Result<(), Refusal> {
        let me = self.actor()?;
        if me.id == to {
            return Err(Refusal::Oneself);
        }
        self.not_blocked(to)?;
        self.another(me.id, to)?;
        let mut between = self.ledger.bonds_between(me.id, to);
        if !between.any(Bond::is_current) {
            self.sees(me.id, to)?;
        }
        if self.ledger.bond_between(me.id, to).is_some() {
            return Err(Refusal::AlreadyBonded);
        }
        let said = gives.map(valid).transpose()?;
        if let Some(theirs) = self.ledger.invitation(to, me.id) {
            return self.make_bond(theirs, said.unwrap_or(theirs.from_gives));
        }
        let gives = said.unwrap_or(self.policy().nominal);
        if let Some(mine) = self.ledger.invitation(me.id, to) {
            self.change_nominal(mine, me.id, gives);
            return Ok(());
        }
        self.may_promise(me)?;
        self.has_room(me.id)?;
        self.may_invite(me)?;
        self.say_proposed(me.id, to, gives, None);
        Ok(())
    }

    pub(super) fn make_personal_link(
        &mut self,
        gives: Option<Amount>,
        expires: Option<Date>,
    ) -> Result<(), Refusal> {
        let me = self.actor()?;
        let gives = valid(gives.unwrap_or(self.policy().nominal))?;
        self.may_promise(me)?;
        self.check_link(me.id, expires)?;
        self.has_room(me.id)?;
        self.may_invite(me)?;
        let link = LinkId(self.number());
        self.say(Fact::PersonalLinkMade {
            link,
            maker: me.id,
            gives,
            expires,
        });
        Ok(())
    }

    /// Opening a personal invitation: it is the opener's from now on, to accept or to decline. Who proposed the same
    /// before accepts by it.
    pub(super) fn open_invitation(&mut self, link: &Link, gives: Amount) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let maker = link.maker;
        self.not_blocked(maker)?;
        self.another(me, maker)?;
        if self.ledger.bond_between(me, maker).is_some() {
            return Err(Refusal::AlreadyBonded);
        }
        if self.ledger.invitation(maker, me).is_some() {
            return Ok(());
        }
        if let Some(mine) = self.ledger.invitation(me, maker) {
            self.both_have_room(me, maker)?;
            self.say_followed(link, me);
            self.say_made(mine, gives);
            return Ok(());
        }
        self.say_followed(link, me);
        self.say_proposed(maker, me, gives, Some(link.id));
        Ok(())
    }

    pub(super) fn say_proposed(&mut self, from: MemberId, to: MemberId, gives: Amount, link: Option<LinkId>) {
        let before = self
            .ledger
            .bonds_between(from, to)
            .find(|bond| bond.is_restorable());
        let restores = before.map(|bond| bond.id);
        let bond = BondId(self.number());
        self.say(Fact::BondProposed {
            bond,
            from,
            to,
            gives,
            link,
            restores,
        });
    }

    pub(super) fn accept_bond(&mut self, bond: BondId, gives: Option<Amount>) -> Result<(), Refusal> {
        let row = self.bond_for_me(bond)?;
        self.not_blocked(row.from)?;
        self.another(row.to, row.from)?;
        let gives = valid(gives.unwrap_or(row.from_gives))?;
        self.make_bond(row, gives)
    }

    /// The invited one agrees.
    fn make_bond(&mut self, row: &Bond, to_gives: Amount) -> Result<(), Refusal> {
        let me = self.actor()?;
        self.may_promise(me)?;
        self.both_have_room(me.id, row.other(me.id))?;
        self.say_made(row, to_gives);
        Ok(())
    }

    fn say_made(&mut self, row: &Bond, to_gives: Amount) {
        self.say(Fact::BondMade {
            bond: row.id,
            from: row.from,
            to: row.to,
            from_gives: row.from_gives,
            to_gives,
            restores: row.restores,
        });
    }

    pub(super) fn decline_bond(&mut self, bond: BondId) -> Result<(), Refusal> {
        let row = self.bond_for_me(bond)?;
        let (from, to) = (row.from, row.to);
        self.say(Fact::BondDeclined { bond, from, to });
        Ok(())
    }

    pub(super) fn withdraw_bond(&mut self, bond: BondId) -> Result<(), Refusal> {
        let row = self.my_invitation(bond)?;
        let (from, to) = (row.from, row.to);
        self.say(Fact::BondWithdrawn { bond, from, to });
        Ok(())
    }

    pub(super) fn end_bond(&mut self, bond: BondId) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let row = self.my_bond(bond)?;
        self.say_ended(row, me, BondEnding::Word);
        Ok(())
    }

    pub(super) fn alter_bond(&mut self, bond: BondId, gives: Amount) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let gives = valid(gives)?;
        let mine = self.my_invitation(bond).or_else(|_| self.my_bond(bond))?;
        self.change_nominal(mine, me, gives);
        Ok(())
    }

    /// More is a new promise; less, or the same, never refused.
    fn change_nominal(&mut self, row: &Bond, me: MemberId, after: Amount) {
        if let Some(before) = row.gives(me).filter(|before| *before != after) {
            self.say(Fact::BondChanged {
                bond: row.id,
                member: me,
                other: row.other(me),
                before,
                after,
            });
        }
    }

    fn say_ended(&mut self, row: &Bond, member: MemberId, ending: BondEnding) {
        self.say(Fact::BondEnded {
            bond: row.id,
            member,
            other: row.other(member),
            ending,
        });
    }

    /// What waits between a member and others is taken back, what stands ends: with one of them (M9), or with all (M11).
    pub(super) fn end_bonds(&mut self, me: MemberId, with: Option<MemberId>, ending: BondEnding) {
        for row in self.ledger.bonds_of(me) {
            if with.is_some_and(|other| !row.is_of(other)) {
                continue;
            }
            if row.is_waiting() {
                let (bond, from, to) = (row.id, row.from, row.to);
                self.say(Fact::BondWithdrawn { bond, from, to });
            } else if row.is_live() {
                self.say_ended(row, me, ending);
            }
        }
    }

    /// Whom the actor blocks they are told so; who blocks the actor does not exist for them (M9).
    fn not_blocked(&self, other: MemberId) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        if self.ledger.blocks_by(me).any(|blocked| blocked == other) {
            Err(Refusal::Blocked)
        } else if self.ledger.is_blocked(me, other) {
            Err(Refusal::Unknown)
        } else {
            Ok(())
        }
    }

    /// One more bond of the actor's is within the limit (N10).
    fn has_room(&self, me: MemberId) -> Result<(), Refusal> {
        let limit = self.policy().bonds_per_member;
        if self.is_full(me) {
            Err(Refusal::TooManyBonds { limit })
        } else {
            Ok(())
        }
    }

    fn both_have_room(&self, me: MemberId, other: MemberId) -> Result<(), Refusal> {
        self.has_room(me)?;
        if self.is_full(other) {
            Err(Refusal::BondsFull)
        } else {
            Ok(())
        }
    }

    fn is_full(&self, member: MemberId) -> bool {
        let limit = self.policy().bonds_per_member;
        u32::try_from(self.ledger.bond_count(member)).map_or(true, |count| count >= limit)
    }

    /// One more invitation is within the limit of a day (N10).
    fn may_invite(&self, me: &Member) -> Result<(), Refusal> {
        let limit = self.policy().invitations_per_day;
        match me.invitations {
            Some(sent) if sent.count >= limit && self.at < sent.since.plus_hours(24) => {
                let again = sent.since.plus_hours(24);
                Err(Refusal::TooManyInvitations { limit, again })
            }
            Some(_) | None => Ok(()),
        }
    }
}
