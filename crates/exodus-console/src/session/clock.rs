//! The clock of play mode, moved by hand.

use exodus_core::Timestamp;
use exodus_i18n::Text;

use super::Session;
use crate::{
    Trouble,
    play::{Move, Stops, settle},
};

impl Session {
    pub(super) async fn move_clock(&mut self, to: &Move) -> Result<Vec<String>, Trouble> {
        if self.options.play.is_none() {
            return Ok(vec![self.say(&Text::new("console-clock-real"))]);
        }
        let now = self.app.store().now();
        let instant = to.instant(now, &self.app.store().policy().zone);
        match instant {
            Err(refused) => Ok(vec![self.say(&refused)]),
            Ok(instant) => {
                let mut said = self.advance(instant).await?;
                said.push(self.say(&Text::new("console-clock").with("at", self.moment())));
                Ok(said)
            }
        }
    }

    /// A little time goes by, where time is moved by hand.
    pub(super) async fn pass(&mut self, seconds: i64) -> Result<(), Trouble> {
        let to = Timestamp::from_seconds(self.app.store().now().seconds().saturating_add(seconds));
        match &self.options.play {
            Some(play) => play.set(&self.app, to).await,
            None => Ok(()),
        }
    }

    /// Moves the clock on, stopping wherever something is due, and prints what came of it.
    async fn advance(&mut self, to: Timestamp) -> Result<Vec<String>, Trouble> {
        let Some(play) = self.options.play.clone() else {
            return Ok(Vec::new());
        };
        let mut said = Vec::new();
        let mut stops = Stops::up_to(to);
        settle(&self.app, &self.id, &self.fronts).await?;
        while let Some(next) = stops.next(&self.app).await? {
            play.set(&self.app, next).await?;
            let letters = self.news().await?;
            if !letters.is_empty() {
                stops.fruitful();
                said.push(self.say(&Text::new("console-clock-moment").with("at", self.moment())));
                said.extend(letters);
            }
        }
        play.set(&self.app, to).await?;
        Ok(said)
    }
}
