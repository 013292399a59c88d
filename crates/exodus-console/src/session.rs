//! A session at the terminal: one line in, text out. Everything the terminal does is here; how lines are read and where
//! text is printed is not.

mod clock;
mod notices;

use std::{collections::VecDeque, path::PathBuf, sync::Arc};

use exodus_app::{App, FrontEnd, Outbound, Reply, Update};
use exodus_i18n::{
    Arg, Lang, Text, Voice,
    read::{fold, person_text},
};
use exodus_ui::{Route, Said};

use crate::{
    AccountKey, PLATFORM, Trouble, files, front_end,
    letters::Letterbox,
    own::{self, Own},
    paper::{Paper, harmless},
    play::{LINE, Move, Play},
};

/// The longest name, in characters as a reader counts them (rule M3).
const NAME: usize = 64;

/// How a session is held.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether colours are shown.
    pub paper: Paper,
    /// What newcomers are taken to speak: `ru`, `en_GB.UTF-8`.
    pub language: Option<String>,
    /// Where files go; without it only their names are said.
    pub files: Option<PathBuf>,
    /// Whether the whole path of a file is said, or its name only, which is the same everywhere.
    pub paths: bool,
    /// The clock, where it may be moved.
    pub play: Option<Play>,
}

/// A conversation at a terminal, in which several people may speak in turn.
pub struct Session {
    app: App,
    options: Options,
    front: FrontEnd,
    /// Names this session in the keys of updates, and as the one who delivers.
    id: String,
    lines: u64,
    /// A line that trouble kept from being answered, and its key: typed again, it is the same update.
    troubled: Option<(String, String)>,
    personas: Vec<Persona>,
    current: usize,
    letterbox: Arc<Letterbox>,
    fronts: Vec<Arc<dyn Outbound>>,
    letters: VecDeque<Shown>,
    shown: u64,
    ended: bool,
}

/// Somebody who speaks here.
#[derive(Clone, Debug)]
struct Persona {
    key: AccountKey,
    name: String,
    lang: Lang,
    asking: bool,
    /// The last screen they asked for. Numbers belong to it, whatever notices came after it: those say how they are
    /// answered themselves.
    menu: Option<u128>,
}

/// A notice that was printed.
#[derive(Clone, Debug)]
struct Shown {
    number: u64,
    to: AccountKey,
    menu: u128,
    choices: usize,
}

impl Session {
    /// A session in which nobody speaks yet.
    #[must_use]
    pub fn new(app: App, options: Options) -> Self {
        let front = front_end(options.paper.colour);
        let letterbox = Arc::new(Letterbox::new(front));
        let id = format!("{:032x}", app.store().random().number());
        let fronts: Vec<Arc<dyn Outbound>> = vec![Arc::<Letterbox>::clone(&letterbox)];
        Self {
            app,
            options,
            front,
            id,
            lines: 0,
            troubled: None,
            personas: Vec::new(),
            current: 0,
            letterbox,
            fronts,
            letters: VecDeque::new(),
            shown: 0,
            ended: false,
        }
    }

    /// Whether somebody said good-bye.
    #[must_use]
    pub const fn ended(&self) -> bool {
        self.ended
    }

    /// Who speaks, by name.
    #[must_use]
    pub fn speaker(&self) -> Option<&str> {
        self.persona().map(|persona| persona.name.as_str())
    }

    /// Whether the answer may be words of somebody's own, which no history of lines should keep.
    #[must_use]
    pub fn asking(&self) -> bool {
        self.persona().is_some_and(|persona| persona.asking)
    }

    /// One line, and everything there is to print because of it, without a line break at its end.
    ///
    /// # Errors
    /// [`Trouble`]: the same line may be given again.
    pub async fn line(&mut self, line: &str) -> Result<String, Trouble> {
        let line = line.trim();
        let mut said = Vec::new();
        match own::read(line) {
            _ if line.is_empty() => {}
            Some(own) => said = self.own(own).await?,
            None => said.push(self.tell(line).await?),
        }
        said.extend(self.news().await?);
        Ok(joined(said))
    }

    /// Makes somebody the one who speaks, as `/as NAME` does.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn speak_as(&mut self, name: &str) -> Result<String, Trouble> {
        let mut said = self.become_persona(name).await?;
        said.extend(self.news().await?);
        Ok(joined(said))
    }

    /// Notices that came meanwhile, and what time itself did.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn poll(&mut self) -> Result<String, Trouble> {
        Ok(joined(self.news().await?))
    }

    /// Answers what was said before a crash and never answered.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn resume(&mut self) -> Result<(), Trouble> {
        self.app.resume(&self.front).await.map(drop)
    }

    /// One of the terminal's own sentences, in the language of whoever speaks.
    #[must_use]
    pub fn say(&self, text: &Text) -> String {
        let lang = self
            .persona()
            .map_or_else(|| self.guessed(), |persona| persona.lang);
        let voice = Voice::new(lang).on(self.app.store().policy().date(self.app.store().now()));
        harmless(&voice.say(text).to_string(), true)
    }

    /// What time it is in the community, as an argument of a text.
    #[must_use]
    pub fn moment(&self) -> Arg {
        Arg::Moment(self.app.store().policy().zone.local(self.app.store().now()))
    }

    fn persona(&self) -> Option<&Persona> {
        self.personas.get(self.current)
    }

    fn guessed(&self) -> Lang {
        self.options.language.as_deref().map_or(Lang::EN, Lang::guess)
    }

    // ---- what is said to the terminal itself ------------------------------------------------------------------------

    async fn own(&mut self, own: Own) -> Result<Vec<String>, Trouble> {
        match own {
            Own::As(name) if name.is_empty() => Ok(vec![self.speakers()]),
            Own::As(name) => self.become_persona(&name).await,
            Own::Tomorrow => self.move_clock(&Move::Tomorrow).await,
            Own::Date(date) => self.move_clock(&Move::Date(date)).await,
            Own::Hour(hour) => self.move_clock(&Move::Hour(hour)).await,
            Own::Keys => Ok(vec![self.keys()]),
            Own::Letter { letter, choice } => Ok(vec![self.pick(letter, choice).await?]),
            Own::Quit => {
                self.ended = true;
                Ok(vec![self.say(&Text::new("console-bye"))])
            }
        }
    }

    fn speakers(&self) -> String {
        if self.personas.is_empty() {
            return self.say(&Text::new("console-nobody"));
        }
        let mut lines = vec![self.say(&Text::new("console-speakers"))];
        for (place, persona) in self.personas.iter().enumerate() {
            let id = if place == self.current {
                "console-speaker-now"
            } else {
                "console-speaker"
            };
            lines.push(self.say(&Text::new(id).name("name", persona.name.clone())));
        }
        lines.join("\n")
    }

    fn keys(&self) -> String {
        let mut ids = vec!["console-keys", "console-keys-as", "console-keys-letter"];
        if self.options.play.is_some() {
            ids.extend(["console-keys-tomorrow", "console-keys-date", "console-keys-hour"]);
        }
        ids.push("console-keys-quit");
        let lines: Vec<String> = ids.into_iter().map(|id| self.say(&Text::new(id))).collect();
        lines.join("\n")
    }

    async fn become_persona(&mut self, given: &str) -> Result<Vec<String>, Trouble> {
        let Ok(name) = person_text(given, NAME) else {
            return Ok(vec![self.say(&Text::new("console-wrong-name"))]);
        };
        let address = fold(&name);
        if address.is_empty() {
            return Ok(vec![self.say(&Text::new("console-wrong-name"))]);
        }
        let key = AccountKey::new(PLATFORM, address);
        if let Some(place) = self.personas.iter().position(|persona| persona.key == key) {
            self.current = place;
            return Ok(vec![self.now()]);
        }
        if self.is_linked(&key).await? {
            return Ok(vec![self.say(&Text::new("console-linked").name("name", name))]);
        }
        let known = self.app.store().account(&key).await?;
        let mut persona = Persona {
            key,
            name,
            lang: self.guessed(),
            asking: false,
            menu: None,
        };
        if let Some(account) = &known
            && let Some(person) = self.app.store().person(account.member).await?
        {
            persona.name = person.name;
            persona.lang = Lang::guess(&person.language);
        }
        let new = Text::new("console-new").name("name", persona.name.clone());
        self.letterbox.admit(&persona.key);
        self.personas.push(persona);
        self.current = self.personas.len().saturating_sub(1);
        // The very first one has nobody to be invited by.
        let first = known.is_none() && self.app.store().stats().await?.members == 0;
        if known.is_some() || first {
            Ok(vec![
                self.now(),
                self.act(Said::Start(None), None, String::new()).await?,
            ])
        } else {
            Ok(vec![self.say(&new)])
        }
    }

    fn now(&self) -> String {
        let name = self.speaker().unwrap_or_default().to_owned();
        self.options
            .paper
            .head(&self.say(&Text::new("console-now").name("name", name)))
    }

    /// Whether the persona's member has an account in another chat too: then whoever sits here is not taken for them.
    async fn is_linked(&self, key: &AccountKey) -> Result<bool, Trouble> {
        let Some(account) = self.app.store().account(key).await? else {
            return Ok(false);
        };
        let accounts = self.app.store().accounts_of(account.member).await?;
        Ok(accounts.iter().any(|account| account.key.platform != PLATFORM))
    }

    // ---- what is said to Exodus -------------------------------------------------------------------------------------

    async fn tell(&mut self, line: &str) -> Result<String, Trouble> {
        self.act(heard(line), None, line.to_owned()).await
    }

    /// What the current persona said or picked, and the answer.
    async fn act(&mut self, said: Said, menu: Option<u128>, line: String) -> Result<String, Trouble> {
        let Some(persona) = self.persona().cloned() else {
            return Ok(self.say(&Text::new("console-nobody")));
        };
        if self.is_linked(&persona.key).await? {
            return Ok(self.say(&Text::new("console-linked").name("name", persona.name)));
        }
        self.pass(LINE).await?;
        let key = match self.troubled.take() {
            Some((before, key)) if before == line => key,
            Some(_) | None => {
                self.lines = self.lines.saturating_add(1);
                format!("{}-{}", self.id, self.lines)
            }
        };
        let update = Update {
            key: key.clone(),
            account: persona.key,
            name: persona.name,
            language: self.options.language.clone(),
            said,
            menu: menu.or(persona.menu),
        };
        match self.app.handle(&update, &self.front).await {
            Ok(reply) => {
                if let Some(persona) = self.personas.get_mut(self.current) {
                    persona.lang = reply.lang;
                    persona.asking = reply.asking;
                    persona.menu = Some(reply.menu);
                }
                let mut text = self.print(&reply, None);
                if reply.arranged.menu.route == Route::Help {
                    text = joined(vec![text, self.keys()]);
                }
                Ok(text)
            }
            Err(trouble) => {
                self.troubled = Some((line, key));
                Err(trouble)
            }
        }
    }

    /// A reply with its files.
    fn print(&self, reply: &Reply, letter: Option<u64>) -> String {
        let mut parts = vec![self.options.paper.reply(reply, letter)];
        for attachment in &reply.arranged.attachments {
            if let Some(text) = &attachment.text {
                parts.push(harmless(text, true));
            }
            parts.push(self.keep(attachment));
        }
        joined(parts)
    }

    fn keep(&self, attachment: &exodus_ui::Attachment) -> String {
        let shown = |path: &std::path::Path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            if self.options.paths {
                path.display().to_string()
            } else {
                name.unwrap_or_default()
            }
        };
        let Some(folder) = &self.options.files else {
            return self.say(&Text::new("console-file").name("path", attachment.name.clone()));
        };
        match files::save(folder, attachment) {
            Ok(path) => self.say(&Text::new("console-file").name("path", shown(&path))),
            Err((path, error)) => {
                let text = Text::new("console-file-failed").name("path", shown(&path));
                self.say(&text.name("reason", error.to_string()))
            }
        }
    }
}

/// `/start CODE`, and `start CODE` as an invitation shows it, are what a deep link is elsewhere: a newcomer's invitation
/// is followed when they register (N4).
fn heard(line: &str) -> Said {
    let mut words = line.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some("/start"), None, None) => Said::Start(None),
        (Some("/start" | "start" | "Start"), Some(code), None) => Said::Start(Some(code.to_owned())),
        _ => Said::Text(line.to_owned()),
    }
}

/// Parts with an empty line between them.
fn joined(parts: Vec<String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}
