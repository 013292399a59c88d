//! Invitations (N4).

use alloc::vec::Vec;

use super::Case;
use crate::{
    event::Fact,
    id::{LinkId, MemberId},
    link::Link,
    member::Status,
    refusal::Refusal,
    time::Date,
};

impl Case<'_> {
    pub(super) fn make_link(
        &mut self,
        about: MemberId,
        max_uses: Option<u32>,
        expires: Option<Date>,
    ) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        if about != me {
            let sight = crate::view::sight(self.ledger, me, about);
            let other = self
                .ledger
                .member(about)
                .filter(|_| sight.network || sight.circle)
                .ok_or(Refusal::Unknown)?;
            if other.status() == Status::Green {
                return Err(Refusal::NotInNeed);
            }
            if other.forbids_links {
                return Err(Refusal::LinksForbidden);
            }
        }
        if max_uses == Some(0) {
            return Err(Refusal::NoUses);
        }
        self.check_link(me, expires)?;
        let link = LinkId(self.number());
        self.say(Fact::LinkMade {
            link,
            about,
            maker: me,
            max_uses,
            expires,
        });
        Ok(())
    }

    /// Its last day has not passed, and there are not too many of the actor's.
    pub(super) fn check_link(&self, me: MemberId, expires: Option<Date>) -> Result<(), Refusal> {
        if let Some(date) = expires.filter(|date| *date < self.today) {
            return Err(Refusal::DatePassed { date });
        }
        let limit = self.policy().links_per_member;
        let open = self
            .ledger
            .links_made_by(me)
            .filter(|link| link.is_active())
            .count();
        if u32::try_from(open).is_ok_and(|open| open >= limit) {
            return Err(Refusal::TooManyLinks { limit });
        }
        Ok(())
    }

    pub(super) fn revoke_link(&mut self, link: LinkId) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let mine = |row: &&Link| row.maker == me || row.about == me;
        let row = self.ledger.link(link).filter(mine).ok_or(Refusal::Unknown)?;
        if row.is_active() {
            self.say(Fact::LinkRevoked {
                link,
                about: row.about,
                maker: row.maker,
            });
        }
        Ok(())
    }

    /// Whoever forbids links by others ends those there are (N4).
    pub(super) fn forbid_links(&mut self, forbid: bool) -> Result<(), Refusal> {
        let me = self.actor()?;
        if me.forbids_links == forbid {
            return Ok(());
        }
        self.say(Fact::LinksForbidden {
            member: me.id,
            forbid,
        });
        if forbid {
            let others = self
                .ledger
                .links_about(me.id)
                .filter(|link| link.is_active() && link.maker != me.id);
            let others: Vec<_> = others.map(|link| (link.id, link.about, link.maker)).collect();
            for (link, about, maker) in others {
                self.say(Fact::LinkRevoked { link, about, maker });
            }
        }
        Ok(())
    }

    /// Unknown, expired, used up, blocked, green: one answer for all.
    pub(super) fn follow_link(&mut self, link: LinkId) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let again = |row: &&Link| row.is_personal() && row.revoked.is_none() && row.visitors.contains(&me);
        if self.ledger.link(link).filter(again).is_some() {
            return Ok(());
        }
        let row = self
            .ledger
            .link(link)
            .filter(|row| row.is_active())
            .ok_or(Refusal::Unknown)?;
        if row.about == me {
            return Err(Refusal::Oneself);
        }
        if let Some(gives) = row.gives {
            return self.open_invitation(row, gives);
        }
        let green = self.ledger.status(row.about) == Status::Green;
        if green || self.ledger.is_blocked(me, row.about) {
            return Err(Refusal::Unknown);
        }
        if row.visitors.contains(&me) {
            return Ok(());
        }
        if row
            .max_uses
            .is_some_and(|most| u32::try_from(row.visitors.len()).map_or(true, |uses| uses >= most))
        {
            return Err(Refusal::Unknown);
        }
        self.say_followed(row, me);
        Ok(())
    }

    pub(super) fn say_followed(&mut self, row: &Link, visitor: MemberId) {
        self.say(Fact::LinkFollowed {
            link: row.id,
            about: row.about,
            maker: row.maker,
            visitor,
        });
    }

    pub(super) fn expire_link(&mut self, link: LinkId) -> Result<(), Refusal> {
        self.clock_only()?;
        let row = self.ledger.link(link).ok_or(Refusal::Unknown)?;
        let over = row
            .expires
            .is_some_and(|date| self.policy().zone.end_of(date) <= self.at);
        if row.is_active() && over {
            self.say(Fact::LinkExpired {
                link,
                about: row.about,
                maker: row.maker,
            });
        }
        Ok(())
    }
}
