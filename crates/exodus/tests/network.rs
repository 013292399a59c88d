//! `exodus network`: what it answers about an edge list, and what it says of a wrong one.

use std::{fs, path::PathBuf, process::Command};

struct Said {
    code: i32,
    out: String,
    err: String,
}

/// Runs the program on a file of that content; `{}` in an argument is the folder.
fn said(content: &[u8], arguments: &[&str]) -> (Said, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let file: PathBuf = folder.path().join("edges.csv");
    fs::write(&file, content).expect("written");
    let place = folder.path().display().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_exodus"))
        .arg("network")
        .arg(&file)
        .args(arguments.iter().map(|argument| argument.replace("{}", &place)))
        .current_dir(folder.path())
        .env_clear()
        .output()
        .expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    let said = Said {
        code: output.status.code().expect("a code"),
        out: text(output.stdout),
        err: text(output.stderr),
    };
    (said, folder)
}

const FILE: &str = "\
from,to,amount
Anna,Boris,100
Boris,Anna,50
Boris,Clara,30.50
Clara,Boris,20
Clara,David,10
David,Clara,70
Elena,Anna,5
Elena,Fedor,5
Zoe,Zoe,1
";

#[test]
fn n7_relations_rings_pools_and_chains_of_an_edge_list() {
    let (said, _) = said(FILE.as_bytes(), &["--of", "Anna", "--to", "David"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let expected = "\
7 members, 8 ties of support, 3 bonds
rows that tie a member to themselves, left out: 1

relations of Anna
  support them (2): Boris, Elena
  supported by them (1): Boris
  also support those whom they support (1): Clara
  also supported by their supporters (2): Clara, Fedor
  support their supporters (1): Clara
  supported by those whom they support (1): Clara
  bonded with them (1): Boris
  their network: 4; reachable over ties: 5

reference list of Anna
  ring 1: 1 members, pool 50: Boris
  ring 2: 1 members, pool 10: Clara
  ring 3: 1 members, pool 70: David
  in all: 3 members, pool 130

chain, 3 ties: Anna – Boris – Clara – David
";
    assert_eq!(said.out, expected);
}

#[test]
fn n7_every_row_can_be_a_bond_and_no_amounts_make_no_pool() {
    let (said, _) = said(b"a,b\nb,c\n", &["--of", "a", "--bonds", "each", "--rings", "1"]);
    assert!(
        said.out.contains("2 bonds") && said.out.contains("ring 1: 1 members: b\n"),
        "{}",
        said.out
    );
    assert!(
        !said.out.contains("ring 2") && !said.out.contains("pool"),
        "{}",
        said.out
    );
}

#[test]
fn n11_it_is_drawn_as_svg_and_png() {
    let (first, folder) = said(FILE.as_bytes(), &["--of", "Anna", "--draw", "{}/a.svg"]);
    assert_eq!(first.code, 0, "{}", first.err);
    let svg = fs::read_to_string(folder.path().join("a.svg")).expect("drawn");
    assert!(
        svg.starts_with("<svg") && svg.contains(">Boris<") && svg.contains(">+1<"),
        "{svg}"
    );
    let (second, folder) = said(FILE.as_bytes(), &["--of", "Anna", "--draw", "{}/a.png", "--dark"]);
    assert_eq!(second.code, 0, "{}", second.err);
    assert!(
        fs::read(folder.path().join("a.png"))
            .expect("drawn")
            .starts_with(b"\x89PNG")
    );
    let (other, _) = said(FILE.as_bytes(), &["--of", "Anna", "--draw", "{}/a.gif"]);
    assert_eq!(other.code, 1);
    assert!(other.err.contains("ends in .svg or .png"), "{}", other.err);
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_line_and_column() {
    for (content, place) in [
        (b"a,b,1\na,c,x\n".as_slice(), "edges.csv:2:5: \"x\" is no amount"),
        (b"a,b\na\n", "edges.csv:2:1: a row has two or three fields"),
        (b"a,b\nab,\xff\n", "edges.csv:2:4: this is not UTF-8"),
    ] {
        let (said, _) = said(content, &[]);
        assert_eq!(said.code, 1);
        assert!(said.err.contains(place), "{}", said.err);
    }
    let (said, _) = said(b"a,b\n", &["--of", "nobody"]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (1, "exodus: nobody is called \"nobody\" in this file\n")
    );
}
