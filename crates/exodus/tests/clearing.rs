//! `exodus clearing` from outside (rule K9): what it reads, writes and refuses.
#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use tempfile::TempDir;

struct Folder(TempDir);

struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn clearing(&self, arguments: &[&str], input: &str) -> Ended {
        let mut child = Command::new(env!("CARGO_BIN_EXE_exodus"))
            .arg("clearing")
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        Ended {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

const VILLAGE: &str = "\
id,debtor,creditor,amount
a1,Anna,Boris,50.00
b1,Boris,Vera,30
v1,Vera,Anna,40.5
v2,Vera,\"Gleb, the elder\",10
";

#[test]
fn a_plan_from_a_file_with_positions_and_loops() {
    let folder = Folder::new();
    folder.write("owed.csv", VILLAGE);
    let ended = folder.clearing(
        &["plan", "owed.csv", "--positions", "p.csv", "--loops", "l.csv"],
        "",
    );
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(
        ended.out,
        "\
debtor,creditor,amount,set_off,left,id
Anna,Boris,50.00,30.00,20.00,a1
Boris,Vera,30.00,30.00,0.00,b1
Vera,Anna,40.50,30.00,10.50,v1
Vera,\"Gleb, the elder\",10.00,0.00,10.00,v2
"
    );
    assert_eq!(
        ended.err,
        "\
obligations  130.50 in 4 rows, 4 parties
set off      90.00 (68.9 %): the largest there is, checked
left         40.50
closed       1 obligations completely
"
    );
    assert_eq!(
        folder.read("p.csv"),
        "\
party,owes,is_owed,balance,set_off,owes_after,is_owed_after
Anna,50.00,40.50,-9.50,30.00,20.00,10.50
Boris,30.00,50.00,20.00,30.00,0.00,20.00
\"Gleb, the elder\",0.00,10.00,10.00,0.00,0.00,10.00
Vera,50.50,30.00,-20.50,30.00,20.50,0.00
"
    );
    assert_eq!(
        folder.read("l.csv"),
        "\
loop,step,debtor,creditor,set_off,id
1,1,Anna,Boris,30.00,a1
1,2,Boris,Vera,30.00,b1
1,3,Vera,Anna,30.00,v1
"
    );
}

#[test]
fn from_a_pipe_with_another_delimiter_and_a_byte_order_mark() {
    let folder = Folder::new();
    let ended = folder.clearing(
        &["plan", "-", "--delimiter", ";"],
        "\u{feff}Debtor; Creditor;amount;remark\r\nАнна;Борис;5;x\r\nБорис;Анна;7;y\r\n",
    );
    assert_eq!(
        (ended.code, ended.out.as_str()),
        (
            0,
            "debtor;creditor;amount;set_off;left\nАнна;Борис;5;5;0\nБорис;Анна;7;5;2\n"
        ),
        "{}",
        ended.err
    );
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let folder = Folder::new();
    let mut rows: Vec<String> = (0..300)
        .map(|row| format!("p{},p{},{}\n", row * 7 % 30, (row * row + 3) % 31, row % 40 + 1))
        .collect();
    let answer = |rows: &[String]| {
        let ended = folder.clearing(
            &["plan", "-"],
            &format!("debtor,creditor,amount\n{}", rows.concat()),
        );
        assert_eq!(ended.code, 0, "{}", ended.err);
        let mut lines: Vec<String> = ended.out.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let before = answer(&rows);
    rows.reverse();
    rows.rotate_left(100);
    assert_eq!(before, answer(&rows));
}

#[test]
fn a_bad_row_is_named_by_line_and_column() {
    let folder = Folder::new();
    for (text, place) in [
        (
            "debtor,creditor,amount\nAnna,Boris,5\nAnna,Boris,5x\n",
            "3:12: no amount",
        ),
        (
            "debtor,creditor,amount\n\nАнна,Борис,-5\n",
            "3:12: an amount below zero",
        ),
        (
            "debtor,creditor,amount\n\"An\nna\",Boris,\"1,5\"\n",
            "3:11: an amount with a comma",
        ),
        (
            "debtor,creditor,amount\nAnna,Boris\n",
            "2:11: the row ends before its amount",
        ),
        ("debtor,creditor,amount\nAnna,,5\n", "2:6: creditor is missing"),
        (
            "debtor,creditor,amount\nA,B,18446744073709551615\nA,B,0.01\n",
            "2:5: too large",
        ),
        ("debtor,kreditor,amount\n", "1:23: no column creditor"),
        ("debtor,creditor,amount,debtor\n", "1:24: a second column debtor"),
        ("", "1:1: there is nothing"),
    ] {
        folder.write("bad.csv", text);
        let ended = folder.clearing(&["plan", "bad.csv"], "");
        assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{text}");
        assert!(
            ended.err.contains(&format!("bad.csv:{place}")),
            "{text}: {}",
            ended.err
        );
    }
    folder.write("bad.csv", b"debtor,creditor,amount\nA\xff,B,1\n");
    assert!(
        folder
            .clearing(&["plan", "bad.csv"], "")
            .err
            .contains("bad.csv:2:1: debtor is not in UTF-8")
    );
    let together = "debtor,creditor,amount\nA,B,18446744073709551615\nA,B,1\nB,A,1\n";
    let ended = folder.clearing(&["plan", "-"], together);
    assert!(
        ended.code == 1 && ended.err.contains("A owes B more in all than can be counted"),
        "{}",
        ended.err
    );
}

#[test]
fn a_set_off_of_ours_or_anybodys_is_checked() {
    let folder = Folder::new();
    folder.write("owed.csv", VILLAGE);
    let own = folder.clearing(&["plan", "owed.csv"], "").out;
    folder.write("own.csv", &own);
    let check = |text: &str| {
        folder.write("other.csv", text);
        folder.clearing(&["check", "owed.csv", "other.csv"], "")
    };
    let ended = check(&own);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(
        ended.out.ends_with("it is the largest there is\n"),
        "{}",
        ended.out
    );
    // In order, but smaller; with other decimals and without ids.
    let ended = check("debtor,creditor,set_off\nAnna,Boris,29.999\nVera,Anna,29.999\nBoris,Vera,29.999\n");
    assert_eq!(ended.code, 3);
    assert!(
        ended.out.contains("in order") && ended.out.contains("0.003 more is possible"),
        "{}",
        ended.out
    );
    for (tampered, said) in [
        (
            "Anna,Boris,31,a1\nBoris,Vera,30,b1\nVera,Anna,30,v1\n",
            "the balance of Anna would grow by 1.00",
        ),
        (
            "Anna,Boris,31,a1\nBoris,Vera,31,b1\nVera,Anna,31,v1\n",
            "Boris owes Vera 30.00, not 31.00 (b1)",
        ),
        (
            "Anna,Boris,1,a1\nBoris,Anna,1,a1\n",
            "Boris owes Anna nothing (a1)",
        ),
        (
            "Anna,Boris,1,a2\nBoris,Vera,1,b1\nVera,Anna,1,v1\n",
            "Anna owes Boris nothing (a2)",
        ),
    ] {
        let ended = check(&format!("debtor,creditor,set_off,id\n{tampered}"));
        assert_eq!(ended.code, 3);
        assert!(ended.out.contains(said), "{}", ended.out);
    }
}
