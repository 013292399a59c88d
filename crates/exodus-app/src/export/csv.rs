//! Tables as comma-separated values: RFC 4180, in UTF-8 with a byte order mark, without which spreadsheets take other
//! alphabets for something else.
//!
//! Invariant: no cell begins with what a spreadsheet would carry out as a formula.

use exodus_ui::Attachment;

use super::{
    attachment,
    cell::{Cell, Row, Table},
};

/// What a spreadsheet takes for the beginning of a formula, or drops to find one behind it; also in its full width.
const ACTIVE: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A file for each kind of record there is one of.
pub(super) fn files(tables: &[Table]) -> Vec<Attachment> {
    let some = tables.iter().filter(|table| !table.rows.is_empty());
    some.map(|table| {
        attachment(
            format!("{}.csv", table.name),
            "text/csv",
            text(table).into_bytes(),
        )
    })
    .collect()
}

/// A table with its header.
pub(super) fn text(table: &Table) -> String {
    let header: Vec<String> = table.rows.first().map(columns).unwrap_or_default();
    let rows = table
        .rows
        .iter()
        .map(|row| row.0.iter().map(|(_, cell)| field(cell)).collect());
    let lines = std::iter::once(header)
        .chain(rows)
        .map(|cells: Vec<String>| format!("{}\r\n", cells.join(",")));
    std::iter::once("\u{feff}".to_owned()).chain(lines).collect()
}

fn columns(row: &Row) -> Vec<String> {
    row.0.iter().map(|(column, _)| (*column).to_owned()).collect()
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) => quoted(&defused(text)),
        Cell::Number(number) => number.to_string(),
        Cell::Truth(truth) => if *truth { "yes" } else { "no" }.to_owned(),
    }
}

/// With an apostrophe before what a spreadsheet would carry out.
fn defused(text: &str) -> String {
    if text.starts_with(ACTIVE) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// In quotation marks where it must be.
fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        field(&text.into())
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(of("Анна"), "Анна");
        assert_eq!(of("a, b"), "\"a, b\"");
        assert_eq!(of("say \"hi\""), "\"say \"\"hi\"\"\"");
        assert_eq!(of("two\nlines"), "\"two\nlines\"");
        assert_eq!(of("50.00"), "50.00");
    }

    #[test]
    fn formulas_are_defused() {
        for active in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"] {
            assert_eq!(of(active), format!("'{active}"));
        }
        assert_eq!(of("\t=1"), "'\t=1");
        assert_eq!(of("\r=1"), "\"'\r=1\"");
        assert_eq!(of("=cmd|' /C calc'!A0,\""), "\"'=cmd|' /C calc'!A0,\"\"\"");
        assert_eq!(of("a=1"), "a=1");
    }

    #[test]
    fn a_table_has_a_header_and_ends_its_lines_as_rfc_4180_says() {
        let row = |name: &str, truth: bool| Row(vec![("name", name.into()), ("known", truth.into())]);
        let table = Table {
            name: "people",
            rows: vec![row("Анна", true), row("", false)],
        };
        assert_eq!(text(&table), "\u{feff}name,known\r\nАнна,yes\r\n,no\r\n");
        assert!(
            files(&[Table {
                name: "empty",
                rows: Vec::new()
            }])
            .is_empty()
        );
    }
}
