//! Typos, overrides, secrets, and the example.

use super::*;

const EXAMPLE: &str = include_str!("../../../../../config/exodus.example.toml");

fn loaded(file: &str, variables: &[(&str, &str)]) -> Loaded {
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    put_together(Some(("exodus.toml", file)), variables)
}

fn problems(file: &str, variables: &[(&str, &str)]) -> Vec<String> {
    loaded(file, variables)
        .problems
        .iter()
        .map(Problem::to_string)
        .collect()
}

#[test]
fn the_example_is_the_defaults() {
    let loaded = loaded(EXAMPLE, &[]);
    assert_eq!(loaded.problems, []);
    assert!(
        loaded.config == Config::default(),
        "a value in config/exodus.example.toml is not the default"
    );
}

#[test]
fn the_example_is_complete() {
    for key in KEYS {
        let (section, name) = key.name.split_once('.').expect("section.key");
        let body = EXAMPLE
            .split(&format!("\n[{section}]\n"))
            .nth(1)
            .expect("the section is there");
        let body = body.split("\n[").next().expect("its end");
        let stands = |line: &str| {
            line.trim_start_matches(['#', '-', ' '])
                .starts_with(&format!("{name} = "))
        };
        assert!(
            body.lines().any(stands),
            "{} is missing from config/exodus.example.toml",
            key.name
        );
    }
}

#[test]
fn every_line_of_the_example_that_is_off_can_be_turned_on() {
    let on: Vec<&str> = EXAMPLE
        .lines()
        .map(|line| line.strip_prefix("#- ").unwrap_or(line))
        .collect();
    let found: Vec<String> = problems(&on.join("\n"), &[]);
    let found: Vec<&String> = found
        .iter()
        .filter(|problem| !problem.contains("cannot be read"))
        .collect();
    assert_eq!(found, Vec::<&String>::new());
}

#[test]
fn typos_are_errors_with_the_nearest_key() {
    for (file, expected) in [
        (
            "[month]\nlate_day = 3",
            "exodus.toml: month.late_day: unknown key; did you mean month.late_days?",
        ),
        (
            "[moth]\nlate_days = 3",
            "exodus.toml: [moth]: unknown section; did you mean [month]?",
        ),
        (
            "month = 3",
            "exodus.toml: month: expected a section with keys of its own",
        ),
        (
            "[store]\npassword = 'x'",
            "exodus.toml: store.password: unknown key",
        ),
        (
            "[month]\nlate_days = 'three'",
            "exodus.toml: month.late_days: expected a whole number from 0 to 20",
        ),
        (
            "[month]\nlate_days = 21",
            "exodus.toml: month.late_days: expected a whole number from 0 to 20",
        ),
        (
            "[community]\nzone = 'Europe/Berln'",
            "exodus.toml: community.zone: no time zone is called \"Europe/Berln\"",
        ),
        (
            "[community]\nunit = 'XXX'",
            "exodus.toml: community.unit: no currency \"XXX\" is known",
        ),
        (
            "[community]\nunit = { code = 'h', sgn = 'h' }",
            "exodus.toml: community.unit: unknown key \"sgn\"",
        ),
        (
            "[community]\nlanguage = 'xx'",
            "exodus.toml: community.language: no language “xx”",
        ),
        (
            "[community]\nrates = { USD = 'a' }",
            "exodus.toml: community.rates: USD: expected a number",
        ),
        (
            "[store]\nmaster_keys = ['a']",
            "exodus.toml: store.master_keys: expected [{ name",
        ),
        (
            "[log]\nformat = 'xml'",
            "exodus.toml: log.format: expected text or json",
        ),
        ("[log]\nlevel = 'a=b=c'", "exodus.toml: log.level: expected error"),
        (
            "[community]\nsupport = ''",
            "exodus.toml: community.support: is empty",
        ),
        ("[month]\n= 3", "exodus.toml: line 2: "),
    ] {
        let found = problems(file, &[]);
        assert_eq!(found.len(), 1, "{file}: {found:?}");
        assert!(
            found.first().is_some_and(|problem| problem.starts_with(expected)),
            "{file}: {found:?}"
        );
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
    let loaded = loaded(
        file,
        &[
            ("EXODUS__MONTH__LATE_DAYS", "7"),
            (
                "EXODUS__COMMUNITY__UNIT",
                "{ code = 'h', sign = 'h', decimals = 1 }",
            ),
            ("EXODUS__COMMUNITY__SUPPORT", "12345"),
            ("EXODUS__COMMUNITY__RATES", "{ USD = 1.08 }"),
            ("EXODUS_DATA_DIR", "/somewhere"),
            ("PATH", "/bin"),
        ],
    );
    assert_eq!(loaded.problems, []);
    assert_eq!(
        (loaded.config.policy.late_days, loaded.config.policy.nudge_day),
        (7, 20)
    );
    assert_eq!(loaded.config.unit.code, "h");
    assert_eq!(loaded.config.support.as_deref(), Some("12345"));
    assert_eq!(
        loaded
            .config
            .rates
            .first()
            .map(|also| (also.numerator, also.denominator)),
        Some((108, 100))
    );
    assert_eq!(loaded.variables.len(), 4);
}

#[test]
fn a_variable_of_an_unknown_key_is_an_error() {
    assert_eq!(
        problems("", &[("EXODUS__MONTH__LATEDAYS", "1")]),
        ["environment: EXODUS__MONTH__LATEDAYS: unknown key; did you mean EXODUS__MONTH__LATE_DAYS?"]
    );
    assert_eq!(
        problems("", &[("EXODUS__MONTH__LATE_DAYS", "many")]),
        ["environment: EXODUS__MONTH__LATE_DAYS: expected a whole number from 0 to 20"]
    );
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
        format!(
            "[store]\nurl_file = '{url}'\nmaster_keys = [{{ name = '2026', file = '{key}' }}]\nlink_key_file = '{key}'"
        )
    };
    let sound = loaded(&file(&good), &[]);
    assert_eq!(sound.problems, []);
    assert_eq!(
        sound.config.url.as_deref(),
        Some("postgres://exodus:hunter2@db/exodus")
    );
    assert_eq!(
        sound
            .config
            .master_keys
            .first()
            .map(|(name, key)| (name.as_str(), key[1])),
        Some(("2026", 0x11))
    );
    assert!(sound.config.link_key.is_some());
    for wrong in [short.as_str(), "/nowhere/at/all"] {
        let found = problems(&file(wrong), &[]).join("\n");
        assert_eq!(found.lines().count(), 2, "{found}");
        assert!(
            found.contains("store.master_keys: 2026: the file") && found.contains(wrong),
            "{found}"
        );
        assert!(
            !found.contains("hunter2") && !found.contains("secret-and"),
            "{found}"
        );
    }
    let broken = problems("[store]\nurl = 'postgres://exodus:hunter2@db\nmaster", &[]).join("\n");
    assert!(
        broken.starts_with("exodus.toml: line ") && !broken.contains("hunter2"),
        "{broken}"
    );
    let unit = problems("", &[("EXODUS__STORE__MASTER_KEYS", "hunter2")]).join("\n");
    assert!(!unit.contains("hunter2"), "{unit}");
}
