//! Finding the configuration, and putting its parts together.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy as _;
use toml::{Table, Value};

use super::{
    Config, Problem,
    keys::{KEYS, Key},
    near::nearest,
};

/// What environment variables that set a key begin with.
const PREFIX: &str = "EXODUS__";

/// Where a secret belongs.
type Belongs = fn(&mut Config) -> &mut Option<String>;

/// Environment variables that hold secrets, which nothing else does but files.
const SECRETS: [(&str, Belongs); 3] = [
    (TOKEN, |config| &mut config.telegram.token),
    (PASSWORD, |config| &mut config.matrix.password),
    ("EXODUS_MATRIX_TOKEN", |config| &mut config.matrix.token),
];
const TOKEN: &str = "EXODUS_TELEGRAM_TOKEN";
const PASSWORD: &str = "EXODUS_MATRIX_PASSWORD";

/// A configuration and where it came from.
pub(crate) struct Loaded {
    /// What is set, as far as it could be read.
    pub(crate) config: Config,
    /// The file, when there is one.
    pub(crate) file: Option<PathBuf>,
    /// Environment variables that set something.
    pub(crate) variables: Vec<String>,
    /// Everything that is wrong.
    pub(crate) problems: Vec<Problem>,
}

/// The configuration: the file given, or the first of `config/exodus.toml` and the user's own; then the environment.
pub(crate) fn load(given: Option<&Path>) -> Loaded {
    let mut problems = Vec::new();
    let file = match given {
        Some(path) => Some(path.to_owned()),
        None => usual().into_iter().find(|path| path.is_file()),
    };
    let text = file.as_ref().and_then(|path| match fs::read_to_string(path) {
        Ok(text) => Some((path.display().to_string(), text)),
        Err(error) => {
            let what = format!("the file can not be read: {error}");
            problems.push(Problem {
                place: path.display().to_string(),
                key: String::new(),
                what,
            });
            None
        }
    });
    let variables = env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned())));
    let mut loaded = put_together(
        text.as_ref().map(|(name, text)| (name.as_str(), text.as_str())),
        variables,
    );
    loaded.file = file;
    problems.append(&mut loaded.problems);
    Loaded { problems, ..loaded }
}

/// Where the file is looked for.
fn usual() -> Vec<PathBuf> {
    let own = etcetera::choose_base_strategy()
        .ok()
        .map(|base| base.config_dir().join("exodus").join("exodus.toml"));
    [Some(PathBuf::from("config/exodus.toml")), own]
        .into_iter()
        .flatten()
        .collect()
}

/// The file's text under its name, then environment variables over it.
fn put_together(file: Option<(&str, &str)>, variables: impl Iterator<Item = (String, String)>) -> Loaded {
    let mut loaded = Loaded {
        config: Config::default(),
        file: None,
        variables: Vec::new(),
        problems: Vec::new(),
    };
    if let Some((name, text)) = file {
        loaded.file_text(name, text);
    }
    let (mut variables, others): (Vec<_>, Vec<_>) = variables.partition(|(name, _)| name.starts_with(PREFIX));
    variables.sort();
    for (name, secret) in others {
        let Some((_, belongs)) = SECRETS.iter().find(|(known, _)| *known == name) else {
            continue;
        };
        if secret.trim().is_empty() {
            loaded.problem("environment", name, "is empty");
        } else {
            *belongs(&mut loaded.config) = Some(secret.trim().to_owned());
            loaded.variables.push(name);
        }
    }
    for (name, value) in variables {
        loaded.variable(&name, &value);
    }
    loaded.whole();
    loaded
}

impl Loaded {
    fn problem(&mut self, place: &str, key: impl Into<String>, what: impl Into<String>) {
        self.problems.push(Problem {
            place: place.to_owned(),
            key: key.into(),
            what: what.into(),
        });
    }

    fn file_text(&mut self, place: &str, text: &str) {
        let table: Table = match text.parse() {
            Ok(table) => table,
            Err(error) => {
                // Its own words would repeat the line, and with it perhaps a secret.
                let before = error.span().and_then(|span| text.get(..span.start));
                let line = before.map(|before| before.matches('\n').count().saturating_add(1));
                let line = line.map(|line| format!("line {line}: ")).unwrap_or_default();
                return self.problem(place, "", format!("{line}{}", error.message()));
            }
        };
        for (section, value) in table {
            let sections = || KEYS.iter().map(section_of);
            if !sections().any(|known| known == section) {
                let what = format!(
                    "unknown section{}",
                    meant(&section, sections(), |name| format!("[{name}]"))
                );
                self.problem(place, format!("[{section}]"), what);
            } else if let Some(table) = value.as_table() {
                for (name, value) in table {
                    self.given(place, &format!("{section}.{name}"), value);
                }
            } else {
                self.problem(place, section, "expected a section with keys of its own");
            }
        }
    }

    fn given(&mut self, place: &str, name: &str, value: &Value) {
        match KEYS.iter().find(|key| key.name == name) {
            Some(key) => self.set(place, name, key, value),
            None => {
                let what = format!(
                    "unknown key{}",
                    meant(name, KEYS.iter().map(|key| key.name), str::to_owned)
                );
                self.problem(place, name, what);
            }
        }
    }

    /// `EXODUS__MONTH__LATE_DAYS=5`. A value that is no text is written as in the file.
    fn variable(&mut self, name: &str, value: &str) {
        const PLACE: &str = "environment";
        let key = name
            .strip_prefix(PREFIX)
            .unwrap_or_default()
            .to_lowercase()
            .replacen("__", ".", 1);
        match KEYS.iter().find(|known| known.name == key) {
            Some(known) => {
                let written = || format!("v = {value}").parse::<Table>().ok()?.remove("v");
                let given = if known.text { None } else { written() };
                let given = given.unwrap_or_else(|| Value::String(value.to_owned()));
                self.set(PLACE, name, known, &given);
                self.variables.push(name.to_owned());
            }
            None => {
                let what = format!(
                    "unknown key{}",
                    meant(&key, KEYS.iter().map(|key| key.name), variable_name)
                );
                self.problem(PLACE, name, what);
            }
        }
    }

    /// What is wrong with values that are sound each by itself.
    fn whole(&mut self) {
        let sound = |chat: &str| {
            let about = |key: &str| key.to_lowercase().contains(chat);
            !self.problems.iter().any(|problem| about(&problem.key))
        };
        let (telegram, matrix) = (sound("telegram"), sound("matrix"));
        if telegram {
            self.whole_telegram();
        }
        if matrix {
            self.whole_matrix();
        }
    }

    fn whole_telegram(&mut self) {
        let bot = &self.config.telegram;
        let webhook = [
            bot.webhook_url.is_some(),
            bot.webhook_listen.is_some(),
            bot.webhook_secret.is_some(),
        ];
        let (some, every) = (webhook.contains(&true), !webhook.contains(&false));
        let without_token = bot.token.is_none() && (some || bot.api_url.is_some());
        if some && !every {
            let what = "a webhook needs all three: webhook_url, webhook_listen, webhook_secret_file";
            self.problem("telegram", "telegram.webhook_url", what);
        }
        if without_token {
            let what = format!("the bot needs its token: in a file named here, or in the variable {TOKEN}");
            self.problem("telegram", "telegram.token_file", what);
        }
        if cfg!(not(feature = "telegram")) && self.config.telegram.token.is_some() {
            let what = "this program was built without Telegram (cargo feature telegram)";
            self.problem("telegram", "telegram.token_file", what);
        }
    }

    fn whole_matrix(&mut self) {
        let bot = &self.config.matrix;
        let (password, token) = (bot.password.is_some(), bot.token.is_some());
        let said = bot.user.is_some() || password || token || bot.store.is_some() || !bot.allowed.is_empty();
        let problem = match &bot.homeserver {
            None if said => Some((
                "homeserver",
                "the bot needs the address of its homeserver".to_owned(),
            )),
            Some(_) if password && token => Some((
                "token_file",
                "a password and a token are given; one of them is enough".to_owned(),
            )),
            Some(_) if !password && !token => Some((
                "password_file",
                format!("the bot needs its password: in a file named here, or in the variable {PASSWORD}"),
            )),
            Some(_) if password && bot.user.is_none() => Some(("user", "whose password is it?".to_owned())),
            Some(_) if cfg!(not(feature = "matrix")) => Some((
                "homeserver",
                "this program was built without Matrix (cargo feature matrix)".to_owned(),
            )),
            Some(_) | None => None,
        };
        if let Some((key, what)) = problem {
            self.problem("matrix", format!("matrix.{key}"), what);
        }
    }

    fn set(&mut self, place: &str, name: &str, key: &Key, value: &Value) {
        if let Err(what) = (key.set)(&mut self.config, value) {
            self.problem(place, name, what);
        }
    }
}

fn section_of(key: &Key) -> &'static str {
    key.name.split('.').next().unwrap_or_default()
}

fn variable_name(key: &str) -> String {
    format!("{PREFIX}{}", key.to_uppercase().replacen('.', "__", 1))
}

/// `; did you mean month.late_days?`
fn meant<'a>(given: &str, known: impl Iterator<Item = &'a str>, shown: impl Fn(&str) -> String) -> String {
    nearest(given, known)
        .map(|near| format!("; did you mean {}?", shown(near)))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
