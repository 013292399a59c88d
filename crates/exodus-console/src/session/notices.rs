//! Notices to those who speak in the session: printed with numbers of their own, by which they are answered.

use exodus_app::Reply;
use exodus_i18n::Text;
use exodus_ui::Said;

use super::{Session, Shown};
use crate::{AccountKey, Trouble, play::settle};

/// Notices whose choices can still be picked.
const LETTERS: usize = 500;

impl Session {
    /// Does what is due, and prints what there is to tell those who speak here.
    pub(super) async fn news(&mut self) -> Result<Vec<String>, Trouble> {
        for persona in &self.personas {
            // Whoever has another chat by now is told there: what is for them is not for whoever sits here.
            if self.is_linked(&persona.key).await? && self.letterbox.dismiss(&persona.key) {
                self.app.gone(&persona.key, &self.id).await?;
            }
        }
        settle(&self.app, &self.id, &self.fronts).await?;
        let letters = self.letterbox.empty();
        Ok(letters
            .into_iter()
            .map(|(to, reply)| self.letter(to, &reply))
            .collect())
    }

    fn letter(&mut self, to: AccountKey, reply: &Reply) -> String {
        self.shown = self.shown.saturating_add(1);
        let number = self.shown;
        let head = self.say(&Text::new("console-letter").name("name", self.name_of(&to)));
        let text = format!(
            "{}\n{}",
            self.options.paper.head(&head),
            self.print(reply, Some(number))
        );
        let choices = reply.arranged.menu.acts.len();
        self.letters.push_back(Shown {
            number,
            to,
            menu: reply.menu,
            choices,
        });
        if self.letters.len() > LETTERS {
            self.letters.pop_front();
        }
        text
    }

    fn name_of(&self, key: &AccountKey) -> String {
        let persona = self.personas.iter().find(|persona| persona.key == *key);
        persona.map_or_else(|| key.address.clone(), |persona| persona.name.clone())
    }

    /// `/3.1`.
    pub(super) async fn pick(&mut self, letter: u64, choice: u32) -> Result<String, Trouble> {
        let nothing = Text::new("console-no-letter");
        let Some(shown) = self.letters.iter().find(|shown| shown.number == letter).cloned() else {
            return Ok(self.say(&nothing));
        };
        if self.persona().is_none_or(|persona| persona.key != shown.to) {
            let name = self.name_of(&shown.to);
            return Ok(self.say(&Text::new("console-letter-of-other").name("name", name)));
        }
        match choice
            .checked_sub(1)
            .filter(|place| usize::try_from(*place).is_ok_and(|place| place < shown.choices))
        {
            Some(place) => {
                self.act(
                    Said::Choice(place),
                    Some(shown.menu),
                    format!("/{letter}.{choice}"),
                )
                .await
            }
            None => Ok(self.say(&nothing)),
        }
    }
}
