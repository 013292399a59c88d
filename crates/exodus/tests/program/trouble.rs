//! What stands in the way is said, with what to do about it, and nothing is lost.

use std::{fs, path::Path, process::Command};

use crate::computer::{Computer, Ended};

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
fn a_database_from_a_newer_version_is_left_alone() {
    let computer = Computer::new().with_anna();
    let file = computer.path("data/exodus.db");
    let before = fs::read(&file).expect("it is there");
    // The last step of the schema becomes one that this version does not know.
    let steps = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exodus-store/src/migration");
    let steps = fs::read_dir(steps)
        .expect("the steps")
        .map(|step| step.expect("a step").path());
    let last = steps
        .filter_map(|step| Some(step.file_stem()?.to_str()?.to_owned()))
        .max()
        .expect("a last one");
    let later = last.replacen("m2", "m9", 1);
    let mut newer = before.clone();
    let mut places = 0;
    while let Some(place) = newer
        .windows(last.len())
        .position(|bytes| bytes == last.as_bytes())
    {
        newer[place..place + later.len()].copy_from_slice(later.as_bytes());
        places += 1;
    }
    assert!(places > 0, "{last} is not in the file");
    fs::write(&file, &newer).expect("written");
    for command in [
        &["stats"][..],
        &["console"],
        &["verify"],
        &["run"],
        &["backup", "all.backup"],
    ] {
        let refused = computer.does(command);
        assert!(
            refused.code == 1 && refused.err.contains("newer version of exodus"),
            "{command:?}: {}",
            refused.err
        );
    }
    assert_eq!(fs::read(&file).expect("it is there"), newer, "it was changed");
    fs::write(&file, before).expect("written");
    assert_eq!(computer.does(&["verify"]).code, 0);
}

/// What a shell does with the program while the disk has no room, and after it has some again. `$FILL` fills it, `$AGAIN`
/// makes room, `$LIMIT` goes before the program meanwhile.
const WITHOUT_ROOM: &str = r#"
printf '/need\n1\n300\nRent\nyes\n' | "$EXODUS" console --as Anna >/dev/null 2>&1 || exit 98
eval "$FILL"
(eval "$LIMIT"; printf '/invite\n1\n/home\n' | "$EXODUS" console --as Anna 2>&1); echo "code $?"
eval "$AGAIN"
echo "--- again"
printf '/need\n' | "$EXODUS" console --as Anna; echo "code $?"
"$EXODUS" verify; echo "code $?"
"#;

/// A full disk: said, ended with 1, and nothing is lost. On a file system of two megabytes, where this machine lets us
/// have one; else on files that may not grow, which is what a full disk looks like from inside, only by another name.
#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let small = "mount -t tmpfs -o size=2m none \"$EXODUS_DATA_DIR\"";
    let namespace = |script: &str| {
        let computer = Computer::new();
        fs::create_dir_all(computer.path("data")).expect("made");
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script]);
        prepared(
            &computer,
            command,
            "cat /dev/zero >\"$EXODUS_DATA_DIR/filler\" 2>/dev/null",
            ":",
            "rm \"$EXODUS_DATA_DIR/filler\"",
        )
    };
    let mounted = namespace(small).code == 0;
    let said = if mounted {
        namespace(&format!("{small} || exit 99; {WITHOUT_ROOM}"))
    } else {
        let computer = Computer::new();
        let mut command = Command::new("sh");
        command.args(["-c", WITHOUT_ROOM]);
        // The signal that a file may not grow is ignored, so that whoever writes is told.
        prepared(&computer, command, ":", "trap '' XFSZ; ulimit -f 1", ":")
    };
    let (full, again) = said
        .out
        .split_once("--- again\n")
        .unwrap_or_else(|| panic!("{}{}", said.out, said.err));
    assert!(full.contains("code 1"), "{full}");
    assert!(!mounted || full.contains("the disk is full"), "{full}");
    assert!(
        again.contains("Rent") && again.contains(" 0 differences"),
        "{again}{}",
        said.err
    );
    assert_eq!(again.matches("code 0").count(), 2, "{again}");
}

fn prepared(computer: &Computer, mut command: Command, fill: &str, limit: &str, again: &str) -> Ended {
    let like = computer.command(&[]);
    command.envs(like.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command
        .env("EXODUS", env!("CARGO_BIN_EXE_exodus"))
        .env("FILL", fill)
        .env("LIMIT", limit)
        .env("AGAIN", again)
        .current_dir(computer.folder.path());
    Ended::of(command, "")
}
