//! Invitations (N4), and looking at whom one's network found (N2).

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
        let row = self
            .ledger
            .link(link)
            .filter(|row| row.is_active())
            .ok_or(Refusal::Unknown)?;
        if row.about == me {
            return Err(Refusal::Oneself);
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
        self.say(Fact::LinkFollowed {
            link,
            about: row.about,
            maker: row.maker,
            visitor: me,
        });
        Ok(())
    }

    /// Whoever is not to be found, or is not where the way to them is said to lead, is as unknown as who does not exist.
    pub(super) fn look(&mut self, at: MemberId, through: MemberId) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        if at == me {
            return Err(Refusal::Oneself);
        }
        if crate::view::sight(self.ledger, me, at).card() {
            return Ok(());
        }
        if !crate::view::may_look(self.ledger, me, through, at) {
            return Err(Refusal::Unknown);
        }
        let appeal = self.ledger.current_appeal(at).ok_or(Refusal::Unknown)?.id;
        self.say(Fact::Looked {
            member: me,
            about: at,
            appeal,
        });
        Ok(())
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
