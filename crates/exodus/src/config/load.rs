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
            problems.push(Problem { place: path.display().to_string(), key: String::new(), what });
            None
        }
    });
    let variables = env::vars_os().filter_map(|(name, value)| {
        Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
    });
    let mut loaded = put_together(text.as_ref().map(|(name, text)| (name.as_str(), text.as_str())), variables);
    loaded.file = file;
    problems.append(&mut loaded.problems);
    Loaded { problems, ..loaded }
}

/// Where the file is looked for.
fn usual() -> Vec<PathBuf> {
    let own = etcetera::choose_base_strategy().ok().map(|base| base.config_dir().join("exodus").join("exodus.toml"));
    [Some(PathBuf::from("config/exodus.toml")), own].into_iter().flatten().collect()
}

/// The file's text under its name, then environment variables over it.
fn put_together(file: Option<(&str, &str)>, variables: impl Iterator<Item = (String, String)>) -> Loaded {
    let mut loaded = Loaded { config: Config::default(), file: None, variables: Vec::new(), problems: Vec::new() };
    if let Some((name, text)) = file {
        loaded.file_text(name, text);
    }
    let mut variables: Vec<_> = variables.filter(|(name, _)| name.starts_with(PREFIX)).collect();
    variables.sort();
    for (name, value) in variables {
        loaded.variable(&name, &value);
    }
    loaded
}

impl Loaded {
    fn problem(&mut self, place: &str, key: impl Into<String>, what: impl Into<String>) {
        self.problems.push(Problem { place: place.to_owned(), key: key.into(), what: what.into() });
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
            let known = KEYS.iter().any(|key| section_of(key) == section);
            match value {
                Value::Table(table) if known => {
                    for (name, value) in table {
                        self.given(place, &format!("{section}.{name}"), &value);
                    }
                }
                _ => {
                    let what = format!("unknown section{}", meant(&section, KEYS.iter().map(section_of), |name| format!("[{name}]")));
                    self.problem(place, format!("[{section}]"), what);
                }
            }
        }
    }

    fn given(&mut self, place: &str, name: &str, value: &Value) {
        match KEYS.iter().find(|key| key.name == name) {
            Some(key) => self.set(place, name, key, value),
            None => {
                let what = format!("unknown key{}", meant(name, KEYS.iter().map(|key| key.name), str::to_owned));
                self.problem(place, name, what);
            }
        }
    }

    /// `EXODUS__MONTH__LATE_DAYS=5`. A value that is no text is written as in the file.
    fn variable(&mut self, name: &str, value: &str) {
        const PLACE: &str = "environment";
        let key = name.strip_prefix(PREFIX).unwrap_or_default().to_lowercase().replacen("__", ".", 1);
        match KEYS.iter().find(|known| known.name == key) {
            Some(known) => {
                let written = || format!("v = {value}").parse::<Table>().ok()?.remove("v");
                let given = if known.text { None } else { written() };
                let given = given.unwrap_or_else(|| Value::String(value.to_owned()));
                self.set(PLACE, name, known, &given);
                self.variables.push(name.to_owned());
            }
            None => {
                let what = format!("unknown key{}", meant(&key, KEYS.iter().map(|key| key.name), variable_name));
                self.problem(PLACE, name, what);
            }
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
    nearest(given, known).map(|near| format!("; did you mean {}?", shown(near))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../../../config/exodus.example.toml");

    fn loaded(file: &str, variables: &[(&str, &str)]) -> Loaded {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        put_together(Some(("exodus.toml", file)), variables)
    }

    fn problems(file: &str, variables: &[(&str, &str)]) -> Vec<String> {
        loaded(file, variables).problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn the_example_is_the_defaults() {
        let loaded = loaded(EXAMPLE, &[]);
        assert_eq!(loaded.problems, []);
        assert!(loaded.config == Config::default(), "a value in config/exodus.example.toml is not the default");
    }

    #[test]
    fn the_example_is_complete() {
        for key in KEYS {
            let (section, name) = key.name.split_once('.').expect("section.key");
            let body = EXAMPLE.split(&format!("\n[{section}]\n")).nth(1).expect("the section is there");
            let body = body.split("\n[").next().expect("its end");
            let stands = |line: &str| line.trim_start_matches(['#', '-', ' ']).starts_with(&format!("{name} = "));
            assert!(body.lines().any(stands), "{} is missing from config/exodus.example.toml", key.name);
        }
    }

    #[test]
    fn every_line_of_the_example_that_is_off_can_be_turned_on() {
        let on: Vec<&str> = EXAMPLE.lines().map(|line| line.strip_prefix("#- ").unwrap_or(line)).collect();
        let found: Vec<String> = problems(&on.join("\n"), &[]);
        let found: Vec<&String> = found.iter().filter(|problem| !problem.contains("can not be read")).collect();
        assert_eq!(found, Vec::<&String>::new());
    }

    #[test]
    fn typos_are_errors_with_the_nearest_key() {
        for (file, expected) in [
            ("[month]\nlate_day = 3", "exodus.toml: month.late_day: unknown key; did you mean month.late_days?"),
            ("[moth]\nlate_days = 3", "exodus.toml: [moth]: unknown section; did you mean [month]?"),
            ("month = 3", "exodus.toml: [month]: unknown section; did you mean [month]?"),
            ("[store]\npassword = 'x'", "exodus.toml: store.password: unknown key"),
            ("[month]\nlate_days = 'three'", "exodus.toml: month.late_days: expected a whole number from 0 to 20"),
            ("[month]\nlate_days = 21", "exodus.toml: month.late_days: expected a whole number from 0 to 20"),
            ("[community]\nzone = 'Europe/Berln'", "exodus.toml: community.zone: no time zone is called \"Europe/Berln\""),
            ("[community]\nunit = 'XXX'", "exodus.toml: community.unit: no currency \"XXX\" is known"),
            ("[community]\nunit = { code = 'h', sgn = 'h' }", "exodus.toml: community.unit: unknown key \"sgn\""),
            ("[community]\nlanguage = 'xx'", "exodus.toml: community.language: no language “xx”"),
            ("[community]\nrates = { USD = 'a' }", "exodus.toml: community.rates: USD: expected a number"),
            ("[store]\nmaster_keys = ['a']", "exodus.toml: store.master_keys: expected [{ name"),
            ("[log]\nformat = 'xml'", "exodus.toml: log.format: expected text or json"),
            ("[log]\nlevel = 'a=b=c'", "exodus.toml: log.level: expected error"),
            ("[community]\nsupport = ''", "exodus.toml: community.support: is empty"),
            ("[month]\n= 3", "exodus.toml: line 2: "),
        ] {
            let found = problems(file, &[]);
            assert_eq!(found.len(), 1, "{file}: {found:?}");
            assert!(found.first().is_some_and(|problem| problem.starts_with(expected)), "{file}: {found:?}");
        }
    }

    #[test]
    fn every_problem_is_found() {
        let file = "[month]\nlate_day = 3\nnudge_day = 30\n[loog]\nlevel = 'info'";
        assert_eq!(problems(file, &[("EXODUS__MONTH__REMINDER_HOUR", "24")]).len(), 4);
    }

    #[test]
    fn the_environment_goes_over_the_file() {
        let file = "[month]\nlate_days = 5\nnudge_day = 20\n[community]\nunit = 'USD'";
        let loaded = loaded(file, &[
            ("EXODUS__MONTH__LATE_DAYS", "7"),
            ("EXODUS__COMMUNITY__UNIT", "{ code = 'h', sign = 'h', decimals = 1 }"),
            ("EXODUS__COMMUNITY__SUPPORT", "12345"),
            ("EXODUS__COMMUNITY__RATES", "{ USD = 1.08 }"),
            ("EXODUS_DATA_DIR", "/somewhere"),
            ("PATH", "/bin"),
        ]);
        assert_eq!(loaded.problems, []);
        assert_eq!((loaded.config.policy.late_days, loaded.config.policy.nudge_day), (7, 20));
        assert_eq!(loaded.config.unit.code, "h");
        assert_eq!(loaded.config.support.as_deref(), Some("12345"));
        assert_eq!(loaded.config.rates.first().map(|also| (also.numerator, also.denominator)), Some((108, 100)));
        assert_eq!(loaded.variables.len(), 4);
    }

    #[test]
    fn a_variable_of_an_unknown_key_is_an_error() {
        assert_eq!(problems("", &[("EXODUS__MONTH__LATEDAYS", "1")]), [
            "environment: EXODUS__MONTH__LATEDAYS: unknown key; did you mean EXODUS__MONTH__LATE_DAYS?"
        ]);
        assert_eq!(problems("", &[("EXODUS__MONTH__LATE_DAYS", "many")]), [
            "environment: EXODUS__MONTH__LATE_DAYS: expected a whole number from 0 to 20"
        ]);
    }

    #[test]
    fn secrets_come_from_files_and_are_never_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("written");
            path.display().to_string()
        };
        let key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
        let good = write("good", &format!("{key}\n"));
        let short = write("short", "secret-and-too-short");
        let url = write("url", "postgres://exodus:hunter2@db/exodus\n");
        let file = |key: &str| {
            format!("[store]\nurl_file = '{url}'\nmaster_keys = [{{ name = '2026', file = '{key}' }}]\nlink_key_file = '{key}'")
        };
        let sound = loaded(&file(&good), &[]);
        assert_eq!(sound.problems, []);
        assert_eq!(sound.config.url.as_deref(), Some("postgres://exodus:hunter2@db/exodus"));
        assert_eq!(sound.config.master_keys.first().map(|(name, key)| (name.as_str(), key[1])), Some(("2026", 0x11)));
        assert!(sound.config.link_key.is_some());
        for wrong in [short.as_str(), "/nowhere/at/all"] {
            let found = problems(&file(wrong), &[]).join("\n");
            assert_eq!(found.lines().count(), 2, "{found}");
            assert!(found.contains("store.master_keys: 2026: the file") && found.contains(wrong), "{found}");
            assert!(!found.contains("hunter2") && !found.contains("secret-and"), "{found}");
        }
        let broken = problems("[store]\nurl = 'postgres://exodus:hunter2@db\nmaster", &[]).join("\n");
        assert!(broken.starts_with("exodus.toml: line ") && !broken.contains("hunter2"), "{broken}");
        let unit = problems("", &[("EXODUS__STORE__MASTER_KEYS", "hunter2")]).join("\n");
        assert!(!unit.contains("hunter2"), "{unit}");
    }
}
