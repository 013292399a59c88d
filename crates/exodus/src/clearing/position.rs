//! Where in a file something stands, as editors count: lines and characters from 1.

use std::{fmt, str};

/// A line and a column, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    line: u64,
    column: u64,
    what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.what)
    }
}

impl Problem {
    /// Something wrong with a field, counted from 0, of the record that begins at a byte of the text. Where the record
    /// has no such field, it is the record's end.
    pub(super) fn in_field(text: &[u8], begin: usize, field: usize, delimiter: u8, what: String) -> Self {
        let mut at = begin;
        // Blank lines before the record do not belong to it.
        while let Some(b'\r' | b'\n') = text.get(at) {
            at += 1;
        }
        let (mut fields, mut quoted) = (field, false);
        while let Some(&byte) = text.get(at) {
            if fields == 0 || (!quoted && matches!(byte, b'\r' | b'\n')) {
                break;
            }
            quoted ^= byte == b'"';
            fields -= usize::from(!quoted && byte == delimiter);
            at += 1;
        }
        Self::at(text, at, what)
    }

    /// Something wrong at a byte of the text.
    pub(super) fn at(text: &[u8], at: usize, what: String) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let begin = before
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |end| end + 1);
        let line = before.iter().filter(|&&byte| byte == b'\n').count() as u64 + 1;
        let own = before.get(begin..).unwrap_or_default();
        // A byte order mark is not seen, and no column of its own.
        let own = own.strip_prefix("\u{feff}".as_bytes()).unwrap_or(own);
        let characters = str::from_utf8(own).map_or(own.len(), |own| own.chars().count());
        Self {
            line,
            column: characters as u64 + 1,
            what,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_behind_quotes_breaks_and_wide_letters() {
        let text =
            "\u{feff}debtor,creditor,amount\r\n\r\n\"Анна, \"\"А\"\"\",\"two\nlines\",x\nБорис,y".as_bytes();
        let begin = text.windows(2).position(|two| two == b"\r\n").unwrap();
        let seen = |begin, field| {
            let problem = Problem::in_field(text, begin, field, b',', String::new());
            (problem.line, problem.column)
        };
        assert_eq!(seen(0, 1), (1, 8));
        assert_eq!(seen(begin, 0), (3, 1));
        assert_eq!(seen(begin, 1), (3, 15));
        assert_eq!(seen(begin, 2), (4, 8));
        assert_eq!(seen(begin, 3), (4, 9));
        let last = text.windows(2).rposition(|two| two == b"x\n").unwrap() + 2;
        assert_eq!(seen(last, 1), (5, 7));
    }
}
