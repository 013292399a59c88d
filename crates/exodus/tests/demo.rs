//! The made-up network, through the built program. Filling it takes a while, so it is filled once.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

#[test]
fn the_demo_is_a_sound_ledger_with_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str], variable: Option<&str>, lines: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_exodus"));
        command
            .args(arguments)
            .current_dir(folder.path())
            .env_clear()
            .env("HOME", folder.path());
        command
            .env("EXODUS_DATA_DIR", folder.path())
            .envs(variable.map(|url| ("EXODUS__STORE__URL", url)));
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let _ = child.stdin.take().expect("its input").write_all(lines.as_bytes());
        let output = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, out, err) = run(&["demo"], None, "/give\n/hour 9\n");
    assert_eq!(code, Some(0), "{err}");
    assert!(
        err.contains("Three months in the life of 40 made-up people") && err.contains("November 2026"),
        "{err}"
    );
    assert!(
        err.contains("39 people, ") && err.contains(" 1 in an emergency.") && err.contains("; 1 left."),
        "{err}"
    );
    assert!(
        out.starts_with("You speak as Anna Lindqvist.\n") && out.contains("Grace Okafor"),
        "{out}"
    );
    assert!(out.contains("It is 28 November, 09:00."), "{out}");

    let (code, out, err) = run(&["verify"], Some("demo.db"), "");
    assert_eq!(code, Some(0), "{out}{err}");
    let (_, stats, _) = run(&["stats"], Some("demo.db"), "");
    let total = |name: &str| {
        let line = stats
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.and_then(|count| count.parse::<u64>().ok()).expect("a total")
    };
    assert_eq!(
        (
            total("members"),
            total("members who left"),
            total("in an emergency")
        ),
        (39, 1, 1)
    );
    assert!(
        total("asking for monthly support") >= 8 && total("settled obligations") >= 100,
        "{stats}"
    );
    assert!(
        total("unsettled obligations") >= 5 && total("live intentions") >= 5,
        "{stats}"
    );

    for (name, says) in [
        ("Tom Becker", "Your emergency ended: the whole amount arrived"),
        ("Надежда Орлова", "Срок экстренного сбора вышел"),
        (
            "Victor Silva",
            "You can promise nothing new until nothing of yours is overdue.",
        ),
    ] {
        let (code, out, err) = run(&["demo", "--as", name], None, "/history\n2\n3\n4\n");
        let pages = run(&["demo", "--as", name], None, "/history\n").1;
        assert_eq!(code, Some(0), "{err}");
        assert!(
            !err.contains("Three months in the life"),
            "it is filled once: {err}"
        );
        assert!(pages.contains(says) || out.contains(says), "{name}: {pages}");
    }
}
