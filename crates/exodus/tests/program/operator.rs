//! What an operator asks for.

use std::{fs, path::Path};

use crate::computer::Computer;

#[test]
fn help_teaches() {
    let help = Computer::new().does(&["--help"]);
    assert_eq!(help.code, 0);
    for word in [
        "exodus demo",
        "Exit codes:",
        "verify or clearing check found something wrong",
        "--config",
        "docs/how-to",
    ] {
        assert!(help.out.contains(word), "{word}: {}", help.out);
    }
    for command in [
        "run", "console", "config", "migrate", "verify", "cycle", "export", "backup", "restore", "stats",
        "demo", "clearing", "network",
    ] {
        let help = Computer::new().does(&[command, "--help"]);
        assert_eq!((help.code, help.out.is_empty()), (0, false), "{command}");
    }
    for wrong in [
        &["fly"][..],
        &["console", "--sideways"],
        &["console", "--from", "2026-11-20"],
        &["export"],
    ] {
        assert_eq!(Computer::new().does(wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn a_sound_configuration_is_said_to_be_sound() {
    let nothing = Computer::new().does(&["config", "check"]);
    assert_eq!(
        (nothing.code, nothing.out.ends_with("ok\n")),
        (0, true),
        "{}",
        nothing.out
    );
    let computer = Computer::new().set("EXODUS__COMMUNITY__ZONE", "Europe/Berlin");
    let file = computer.write("own.toml", include_str!("../../../../config/exodus.example.toml"));
    let checked = computer.does(&["--config", &file, "config", "check"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    assert_eq!(
        checked.out,
        format!(
            "file: {file}\nenvironment: EXODUS__COMMUNITY__ZONE\n\
             note: community.source is not set: /help says which version runs, not where its source is\nok\n"
        )
    );
    let said = computer
        .set("EXODUS__COMMUNITY__SOURCE", "https://example.org/ours")
        .does(&["--config", &file, "config", "check"]);
    assert!(!said.out.contains("note:"), "{}", said.out);
    assert_eq!(
        Computer::new()
            .does(&["--config", "nowhere.toml", "config", "check"])
            .code,
        2
    );
}

#[test]
fn an_operator_reads_totals_only() {
    let computer = Computer::new().with_anna();
    let stats = computer.does(&["stats"]);
    assert!(
        stats.out.contains("members: 1\n") && stats.out.contains("asking for monthly support: 1\n"),
        "{}",
        stats.out
    );
    let cycle = computer.does(&["cycle", "status"]);
    assert!(
        cycle.out.contains("members for whom something is due now: 0\n"),
        "{}",
        cycle.out
    );
    let migrated = computer.does(&["migrate"]);
    for ended in [stats, cycle, migrated] {
        assert_eq!(ended.code, 0);
        assert!(!ended.out.contains("Anna") && !ended.err.contains("Anna") && !ended.out.contains("Rent"));
    }
}

#[test]
fn verify_says_what_differs() {
    let computer = Computer::new().with_anna();
    let sound = computer.does(&["verify"]);
    assert_eq!(sound.code, 0, "{}", sound.err);
    assert!(sound.out.ends_with(" 0 differences\n"), "{}", sound.out);
    let file = computer.path("data/exodus.db");
    let mut bytes = fs::read(&file).expect("it is there");
    let (from, to) = (&br#""target":30000"#[..], &br#""target":30001"#[..]);
    let place = bytes
        .windows(from.len())
        .rposition(|bytes| bytes == from)
        .expect("the appeal's row");
    bytes[place..place + to.len()].copy_from_slice(to);
    fs::write(&file, bytes).expect("written");
    let forged = computer.does(&["verify"]);
    assert_eq!(forged.code, 3, "{}{}", forged.out, forged.err);
    assert!(!forged.out.ends_with(" 0 differences\n"), "{}", forged.out);
}

#[test]
fn a_backup_fills_an_empty_database_and_no_other() {
    let computer = Computer::new().with_anna();
    let backup = computer.does(&["backup", "all.backup"]);
    assert_eq!(backup.code, 0, "{}", backup.err);
    let twice = computer.does(&["backup", "all.backup"]);
    assert!(
        twice.code == 1 && twice.err.contains("is there already"),
        "{}",
        twice.err
    );
    let full = computer.does(&["restore", "all.backup"]);
    assert!(full.code == 1 && full.err.contains("not empty"), "{}", full.err);
    assert_eq!(computer.does(&["restore", "none.backup"]).code, 1);
    let other = computer.set("EXODUS__STORE__URL", "other.db");
    let restored = other.does(&["restore", "all.backup"]);
    assert_eq!(restored.code, 0, "{}", restored.err);
    assert!(restored.out.contains("1 members"), "{}", restored.out);
    assert_eq!(other.does(&["verify"]).code, 0);
    let said = other.says(&["console", "--as", "Anna"], "/need\n");
    assert!(said.out.contains("Rent"), "{}", said.out);
}

#[test]
fn a_persona_takes_their_records_along() {
    let computer = Computer::new().with_anna();
    for form in ["csv", "json", "hledger"] {
        let ended = computer.does(&["export", "--as", "anna", "--form", form, "--to", "mine"]);
        assert_eq!(ended.code, 0, "{form}: {}", ended.err);
        let files: Vec<&Path> = ended.out.lines().map(Path::new).collect();
        assert!(
            !files.is_empty()
                && files
                    .iter()
                    .all(|file| computer.folder.path().join(file).is_file()),
            "{form}"
        );
    }
    let nobody = computer.does(&["export", "--as", "Nobody", "--form", "csv", "--to", "mine"]);
    assert!(
        nobody.code == 1 && nobody.err.contains("nobody is called"),
        "{}",
        nobody.err
    );
}

#[test]
fn texts_open_with_their_key_only() {
    const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let computer = Computer::new();
    let file = computer.write("key", KEY);
    let computer = computer
        .set(
            "EXODUS__STORE__MASTER_KEYS",
            &format!("[{{ name = '2026', file = '{file}' }}]"),
        )
        .with_anna();
    let without = computer.unset();
    let ended = without.does(&["stats"]);
    assert!(
        ended.code == 1 && ended.err.contains("store.master_keys") && ended.err.contains("2026"),
        "{}",
        ended.err
    );
    assert!(!ended.err.contains(KEY));
    let kept = fs::read(without.path("data/exodus.db")).expect("it is there");
    assert!(
        !kept.windows(4).any(|bytes| bytes == b"Rent"),
        "a purpose lies open in the file"
    );
    let other = without.write("other", &KEY.replace('0', "7"));
    let both = without.set(
        "EXODUS__STORE__MASTER_KEYS",
        &format!("[{{ name = '2027', file = '{other}' }}, {{ name = '2026', file = '{file}' }}]"),
    );
    let rotated = both.does(&["rotate-keys"]);
    assert_eq!(rotated.code, 0, "{}", rotated.err);
    let new = both.unset().set(
        "EXODUS__STORE__MASTER_KEYS",
        &format!("[{{ name = '2027', file = '{other}' }}]"),
    );
    let said = new.says(&["console", "--as", "Anna"], "/need\n");
    assert!(said.out.contains("Rent"), "{}{}", said.out, said.err);
}
