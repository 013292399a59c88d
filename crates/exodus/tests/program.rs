//! The built program, from outside: what it prints, how it ends.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Duration,
};

use tempfile::TempDir;

/// A computer of its own: a data directory, a configuration, a working directory.
struct Computer {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// What came of a command.
struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Computer {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            variables: Vec::new(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, text).expect("written");
        path.display().to_string()
    }

    fn set(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_exodus"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear();
        command
            .env("EXODUS_DATA_DIR", self.path("data"))
            .env("HOME", self.path("home"))
            .env("USER", "Anna");
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn says(&self, arguments: &[&str], lines: &str) -> Ended {
        let mut child = self.command(arguments).spawn().expect("it starts");
        // A program that ends early does not read everything.
        let _ = child.stdin.take().expect("its input").write_all(lines.as_bytes());
        let Output {
            status,
            stdout,
            stderr,
        } = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        Ended {
            code: status.code().expect("a code"),
            out: text(stdout),
            err: text(stderr),
        }
    }

    fn does(&self, arguments: &[&str]) -> Ended {
        self.says(arguments, "")
    }

    /// Anna asks for help, so that something is there.
    fn with_anna(self) -> Self {
        let said = self.says(&["console", "--as", "Anna"], "/need\n1\n300\nRent\nyes\n");
        assert_eq!(said.code, 0, "{}", said.err);
        self
    }
}

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
fn alone_it_is_a_console_with_a_ledger_of_ones_own() {
    let computer = Computer::new();
    let first = computer.says(&[], "/need\n");
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.out.starts_with("You speak as Anna.\n"), "{}", first.out);
    assert!(
        first.out.contains("> /need\n🙏 Asking for help\n"),
        "{}",
        first.out
    );
    let file = computer.path("data/exodus.db").display().to_string();
    assert!(
        first.err.contains("A new ledger was made for you") && first.err.contains(&file),
        "{}",
        first.err
    );
    assert!(
        first.err.contains("docs/how-to/run.md") && first.err.contains("exodus demo"),
        "{}",
        first.err
    );
    let again = computer.says(&["console"], "");
    assert!(
        again.err.starts_with("Your ledger on this computer:"),
        "{}",
        again.err
    );
}

#[test]
fn the_language_is_the_systems_or_as_said() {
    let russian = Computer::new()
        .set("LANG", "ru_RU.UTF-8")
        .says(&["console", "--as", "Анна"], "");
    assert!(russian.out.starts_with("Теперь говорит Анна."), "{}", russian.out);
    let english = Computer::new()
        .set("LANG", "ru_RU.UTF-8")
        .says(&["console", "--lang", "en"], "");
    assert!(english.out.starts_with("You speak as Anna."), "{}", english.out);
    let unknown = Computer::new().says(&["console", "--lang", "xx"], "");
    assert!(
        unknown.code == 2 && unknown.err.contains("en, ru"),
        "{}",
        unknown.err
    );
}

#[test]
fn play_goes_on_where_it_was() {
    let computer = Computer::new();
    let first = computer.says(
        &["console", "--play", "--from", "2026-11-20"],
        "/date 2026-11-28\n",
    );
    assert!(
        first.out.contains("It is 28 November, "),
        "{}\n{}",
        first.out,
        first.err
    );
    let second = computer.says(&["console", "--play", "--from", "2026-11-20"], "/tomorrow\n");
    assert!(second.out.contains("It is 29 November, "), "{}", second.out);
    let real = computer.says(&["console"], "/tomorrow\n");
    assert!(real.out.contains("This is a real ledger"), "{}", real.out);
    assert_eq!(
        computer.says(&["console", "--play", "--from", "soon"], "").code,
        2
    );
}

#[test]
fn a_wrong_configuration_is_said_whole_and_nothing_starts() {
    let computer = Computer::new().set("EXODUS__MONTH__NUDGE_DAY", "31");
    computer.write(
        "config/exodus.toml",
        "[month]\nlate_day = 3\n[store]\nurl = 'postgres://exodus:hunter2@db/x'\n",
    );
    let checked = computer.does(&["config", "check"]);
    assert_eq!(checked.code, 2);
    assert!(
        checked
            .out
            .contains("month.late_day: unknown key; did you mean month.late_days?"),
        "{}",
        checked.out
    );
    assert!(
        checked
            .out
            .contains("EXODUS__MONTH__NUDGE_DAY: expected a whole number"),
        "{}",
        checked.out
    );
    assert!(!checked.out.contains("hunter2") && !checked.err.contains("hunter2"));
    for command in [&["run"][..], &["console"], &["stats"], &["verify"]] {
        let ended = computer.does(command);
        assert_eq!(ended.code, 2, "{command:?}");
        assert!(
            ended.err.contains("did you mean month.late_days?"),
            "{}",
            ended.err
        );
    }
    assert!(!computer.path("data").exists());
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
    let file = computer.write("own.toml", include_str!("../../../config/exodus.example.toml"));
    let checked = computer.does(&["--config", &file, "config", "check"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    assert_eq!(
        checked.out,
        format!("file: {file}\nenvironment: EXODUS__COMMUNITY__ZONE\nok\n")
    );
    assert_eq!(
        computer
            .does(&["--config", "nowhere.toml", "config", "check"])
            .code,
        2
    );
}

#[test]
fn what_is_in_the_way_is_said_with_what_to_do() {
    let at = |url: &str| Computer::new().set("EXODUS__STORE__URL", url);
    let nowhere = at("/nowhere/at/all/exodus.db").does(&["stats"]);
    assert!(
        nowhere.code == 1 && nowhere.err.contains("make the directory"),
        "{}",
        nowhere.err
    );
    let computer = at("broken.db");
    computer.write("broken.db", &"no database at all ".repeat(300));
    let broken = computer.does(&["stats"]);
    assert!(
        broken.code == 1 && broken.err.contains("is not a database"),
        "{}",
        broken.err
    );
    let computer = at("own.db").with_anna();
    let file = computer.path("own.db");
    let mut rights = fs::metadata(&file).expect("it is there").permissions();
    rights.set_readonly(true);
    fs::set_permissions(&file, rights).expect("set");
    let locked = computer.does(&["stats"]);
    assert!(
        locked.code == 1 && locked.err.contains("chmod u+w"),
        "{}",
        locked.err
    );
    let away = at("postgres://exodus:hunter2@127.0.0.1:1/exodus").does(&["stats"]);
    assert!(
        away.code == 1 && away.err.contains("store.url") && !away.err.contains("hunter2"),
        "{}",
        away.err
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
    let Computer { folder, .. } = computer;
    let without = Computer {
        folder,
        variables: Vec::new(),
    };
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
    let Computer { folder, .. } = both;
    let new = Computer {
        folder,
        variables: Vec::new(),
    }
    .set(
        "EXODUS__STORE__MASTER_KEYS",
        &format!("[{{ name = '2027', file = '{other}' }}]"),
    );
    let said = new.says(&["console", "--as", "Anna"], "/need\n");
    assert!(said.out.contains("Rent"), "{}{}", said.out, said.err);
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
fn a_service_ends_when_told_to() {
    for signal in ["TERM", "INT"] {
        let computer = Computer::new().with_anna();
        let mut child = computer.command(&["run"]).spawn().expect("it starts");
        let mut log = child.stderr.take().expect("its log");
        let mut said = String::new();
        while !said.contains("month ends") {
            let mut some = [0; 256];
            let count = log.read(&mut some).expect("more of its log");
            assert!(count > 0, "it ended by itself: {said}");
            said.push_str(&String::from_utf8_lossy(&some[..count]));
        }
        let told = Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status();
        assert!(told.expect("kill runs").success());
        let ended = (0..300).find_map(|_| {
            std::thread::sleep(Duration::from_millis(100));
            child.try_wait().expect("its state")
        });
        if ended.is_none() {
            child.kill().expect("it is ended");
        }
        assert_eq!(ended.and_then(|status| status.code()), Some(0), "{signal}");
        log.read_to_string(&mut said).expect("the rest");
        assert!(said.contains("stopped"), "{said}");
        assert!(!said.contains("Anna"), "{said}");
        assert_eq!(computer.does(&["verify"]).code, 0);
    }
}
