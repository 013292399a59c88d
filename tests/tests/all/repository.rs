//! The repository itself: which crate names which, whether documents lead where they say, what tests are called.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use exodus_tests::repository::{files, read, root, short};

/// Who may name whom (docs/architecture.md). The tests may name everybody.
const ARROWS: &[(&str, &[&str])] = &[
    ("exodus-core", &[]),
    ("exodus-i18n", &[]),
    ("exodus-ui", &["exodus-core", "exodus-i18n"]),
    ("exodus-store", &["exodus-core"]),
    (
        "exodus-app",
        &["exodus-core", "exodus-i18n", "exodus-store", "exodus-ui"],
    ),
    (
        "exodus-console",
        &["exodus-app", "exodus-core", "exodus-i18n", "exodus-ui"],
    ),
    ("exodus-picture", &[]),
    (
        "exodus",
        &[
            "exodus-app",
            "exodus-console",
            "exodus-core",
            "exodus-i18n",
            "exodus-matrix",
            "exodus-picture",
            "exodus-store",
            "exodus-telegram",
            "exodus-ui",
        ],
    ),
    ("exodus-telegram", &["exodus-app", "exodus-i18n", "exodus-ui"]),
    ("exodus-matrix", &["exodus-app", "exodus-i18n", "exodus-ui"]),
];

/// What only one crate may name.
const ONLY: &[(&str, &str)] = &[
    ("sea-orm", "exodus-store"),
    ("sea-orm-migration", "exodus-store"),
    ("fluent-bundle", "exodus-i18n"),
    ("rustyline", "exodus-console"),
    ("clap", "exodus"),
    ("teloxide-core", "exodus-telegram"),
    ("matrix-sdk", "exodus-matrix"),
    ("resvg", "exodus-picture"),
];

/// What each package of ours names, outside its tests.
fn named() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| {
            let named = package["dependencies"].as_array().expect("dependencies").iter();
            let named = named.filter(|named| named["kind"] != "dev");
            let named = named.map(|named| named["name"].as_str().expect("a name").to_owned());
            (
                package["name"].as_str().expect("a name").to_owned(),
                named.collect(),
            )
        })
        .collect()
}

#[test]
fn arrows_point_one_way() {
    let mut named = named();
    named.remove("exodus-tests").expect("this package");
    for (package, named) in &named {
        let (_, may) = ARROWS
            .iter()
            .find(|(name, _)| name == package)
            .unwrap_or_else(|| panic!("{package} has no arrows"));
        let ours: Vec<_> = named.iter().filter(|name| name.starts_with("exodus")).collect();
        let wrong: Vec<_> = ours.iter().filter(|name| !may.contains(&name.as_str())).collect();
        assert!(wrong.is_empty(), "{package} must not name {wrong:?}");
        for (what, only) in ONLY {
            assert!(
                !named.contains(*what) || package == only,
                "{package} names {what}; only {only} may"
            );
        }
    }
}

/// Only the library's own words: an adapter that reaches for the store finds it under another's name at most.
#[test]
fn the_core_has_no_edges() {
    for path in files(&[".rs"]) {
        let name = short(&path);
        if name.starts_with("crates/exodus-core/src/") {
            let text = read(&path);
            for word in [
                "std::fs",
                "std::net",
                "async fn",
                "SystemTime",
                "rand::",
                "std::io",
            ] {
                assert!(!text.contains(word), "{name} has {word}");
            }
        }
    }
}

// ---- documents ------------------------------------------------------------------------------------------------------

#[test]
fn every_link_leads_somewhere() {
    let mut broken = Vec::new();
    for path in files(&[".md"]) {
        let text = read(&path);
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|after| after.split(')').next())
        {
            let target = target.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            if !path.parent().unwrap_or(Path::new("")).join(target).exists() {
                broken.push(format!("{}: {target}", short(&path)));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The rules of the specification.
const RULES: &[&str] = &[
    "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M8A", "M9", "M10", "M11", "M12", "M13", "L1", "L2",
    "L3", "L4", "L5", "L6", "L7", "L7A", "L8", "L9", "L10", "L11", "L12", "L13", "L14", "L15", "L16", "L17",
    "L18", "L19", "L20", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "N1", "N2", "N3", "N4",
    "N5", "N6", "N7", "N8", "N8A", "N9", "N10", "N11", "N12", "N13", "T1", "T2", "T3", "T4", "T5", "T6",
    "T7", "T8", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "I1", "I2", "I3", "I4", "I5",
    "I6", "I7", "I8", "U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9", "O1", "O2", "O3", "O4", "O5",
    "O6", "O7", "O8", "O9", "O10", "O11", "O12", "O13",
];

/// A rule's code at the beginning of a test's name, such as `l7a_`.
fn rule(name: &str) -> Option<String> {
    let (code, _) = name.split_once('_')?;
    let mut signs = code.chars();
    let letter = signs.next().filter(char::is_ascii_lowercase)?;
    let rest = signs.as_str();
    let digits = rest.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let known = "mlcntpiuo".contains(letter);
    (known
        && !digits.is_empty()
        && digits.len() + 1 >= rest.len()
        && digits.chars().all(|c| c.is_ascii_digit()))
    .then(|| code.to_uppercase())
}

#[test]
fn tests_name_rules_that_there_are() {
    let mut tested = BTreeSet::new();
    for path in files(&[".rs"]) {
        let text = read(&path);
        for function in text.split("fn ").skip(1) {
            let name: String = function
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if let Some(rule) = rule(&name) {
                assert!(
                    RULES.contains(&rule.as_str()),
                    "{}: {name} names a rule that there is not",
                    short(&path)
                );
                tested.insert(rule);
            }
        }
    }
    assert!(tested.len() > 15, "{tested:?}");
}

#[test]
fn files_are_short_and_name_no_machine() {
    let mut wrong = Vec::new();
    for path in files(&[".rs", ".md", ".sh", ".toml", ".ftl", "run"]) {
        let (name, text) = (short(&path), read(&path));
        let lines = text.lines().count();
        if lines > 700 && !name.ends_with(".ftl") {
            wrong.push(format!("{name} has {lines} lines"));
        }
        for machine in [
            ["/ho", "me/"].concat(),
            ["/ro", "ot/"].concat(),
            ["/wo", "rk/"].concat(),
            ["/Us", "ers/"].concat(),
        ] {
            if text.contains(&machine) {
                wrong.push(format!("{name} names {machine}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
