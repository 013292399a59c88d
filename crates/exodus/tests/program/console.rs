//! The console from a pipe, and what the program says at its start.

use crate::computer::Computer;

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
