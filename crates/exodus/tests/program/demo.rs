//! The made-up network. Filling it takes a while, so it is filled once.

use crate::computer::{Computer, Ended};

#[test]
fn the_demo_is_a_sound_ledger_with_what_it_says() {
    let computer = Computer::new();
    let ledger = computer.path("data/demo.db").display().to_string();
    let run = |arguments: &[&str], variable: Option<&str>, lines: &str| {
        let mut command = computer.command(arguments);
        command.envs(variable.map(|url| ("EXODUS__STORE__URL", url)));
        let Ended { code, out, err } = Ended::of(command, lines);
        (code, out, err)
    };
    let (code, out, err) = run(&["demo"], None, "/give\n/hour 9\n");
    assert_eq!(code, 0, "{err}");
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
    let (_, out, err) = run(&["demo", "--lang", "ru"], None, "/домой\n");
    assert!(err.contains("Вы — Ольга Смирнова"), "{err}");
    assert!(out.contains("> /домой\nОльга Смирнова\n✅"), "{out}");

    let (code, out, err) = run(&["verify"], Some(&ledger), "");
    assert_eq!(code, 0, "{out}{err}");
    let mut left: Vec<_> = std::fs::read_dir(computer.path("data"))
        .expect("the data directory")
        .map(|file| file.expect("a file").file_name())
        .collect();
    left.sort();
    let own = ["demo.db", "demo.db.network"];
    assert_eq!(left, own, "nothing of the filling is left behind");
    let (_, stats, _) = run(&["stats"], Some(&ledger), "");
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
        assert_eq!(code, 0, "{err}");
        assert!(
            !err.contains("Three months in the life"),
            "it is filled once: {err}"
        );
        assert!(pages.contains(says) || out.contains(says), "{name}: {pages}");
    }
}
