//! An edge list as comma-separated values (RFC 4180): from, to, and an amount if there is one. What is wrong with it is
//! said with its line and column.

use std::fmt;

use exodus_core::Amount;

/// Minor units in one of what the file counts in.
const MINOR: u64 = 100;

/// What is wrong, and where; both count from 1, the column in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) what: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.what)
    }
}

/// One edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) amount: Option<Amount>,
}

/// A field, and where it begins.
struct Field {
    line: usize,
    column: usize,
    text: String,
}

impl Field {
    fn wrong(&self, what: impl Into<String>) -> Wrong {
        Wrong {
            line: self.line,
            column: self.column,
            what: what.into(),
        }
    }
}

/// The edges of a file. A first row that says from and to is a heading.
pub(crate) fn rows(text: &str) -> Result<Vec<Row>, Wrong> {
    let mut reader = Reader {
        rest: text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable(),
        line: 1,
        column: 1,
    };
    let mut rows = Vec::new();
    let mut first = true;
    while let Some(fields) = reader.record()? {
        let blank = matches!(fields.as_slice(), [only] if only.text.is_empty());
        if blank {
            continue;
        }
        let heading = std::mem::take(&mut first) && is_heading(&fields);
        if !heading {
            rows.push(row(&fields)?);
        }
    }
    Ok(rows)
}

fn is_heading(fields: &[Field]) -> bool {
    let mut names = fields.iter().map(|field| field.text.to_lowercase());
    let two = (names.next(), names.next());
    [("from", "to"), ("source", "target")]
        .iter()
        .any(|(from, to)| two == (Some((*from).to_owned()), Some((*to).to_owned())))
}

fn row(fields: &[Field]) -> Result<Row, Wrong> {
    let (from, to, amount) = match fields {
        [from, to] => (from, to, None),
        [from, to, amount] => (from, to, Some(amount)),
        [only] => return Err(only.wrong("a row has two or three fields: from,to or from,to,amount")),
        [_, _, _, more, ..] => {
            return Err(more.wrong("one field too many: a row is from,to or from,to,amount"));
        }
        [] => {
            return Err(Wrong {
                line: 1,
                column: 1,
                what: "an empty row".to_owned(),
            });
        }
    };
    for name in [from, to] {
        if name.text.is_empty() {
            return Err(name.wrong("a name is missing"));
        }
    }
    Ok(Row {
        from: from.text.clone(),
        to: to.text.clone(),
        amount: match amount {
            Some(field) if !field.text.is_empty() => Some(parsed(field)?),
            _ => None,
        },
    })
}

/// `12`, `12.5` or `12.50`.
fn parsed(field: &Field) -> Result<Amount, Wrong> {
    let wrong = || {
        field.wrong(format!(
            "{:?} is no amount; one is written as 12 or 12.50",
            field.text
        ))
    };
    let (whole, part) = field.text.split_once('.').unwrap_or((&field.text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return Err(wrong());
    }
    let part: u64 = format!("{part:0<2}").parse().map_err(|_| wrong())?;
    let minor = whole
        .parse::<u64>()
        .ok()
        .and_then(|whole| whole.checked_mul(MINOR)?.checked_add(part))
        .filter(|minor| *minor <= Amount::MAX.minor())
        .ok_or_else(|| field.wrong(format!("{:?} is more than can be counted here", field.text)))?;
    Ok(Amount::from_minor(minor))
}

/// An amount as the file writes it.
pub(crate) fn written(amount: Amount) -> String {
    let (whole, part) = (amount.minor() / MINOR, amount.minor() % MINOR);
    if part == 0 {
        format!("{whole}")
    } else {
        format!("{whole}.{part:02}")
    }
}

struct Reader<I: Iterator<Item = char>> {
    rest: std::iter::Peekable<I>,
    line: usize,
    column: usize,
}

impl<I: Iterator<Item = char>> Reader<I> {
    fn next(&mut self) -> Option<char> {
        let sign = self.rest.next()?;
        if sign == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(sign)
    }

    /// The fields up to the end of a line; `None` at the end of the file.
    fn record(&mut self) -> Result<Option<Vec<Field>>, Wrong> {
        if self.rest.peek().is_none() {
            return Ok(None);
        }
        let mut fields = Vec::new();
        loop {
            let mut field = Field {
                line: self.line,
                column: self.column,
                text: String::new(),
            };
            if self.rest.peek() == Some(&'"') {
                self.quoted(&mut field)?;
            } else {
                while let Some(sign) = self
                    .rest
                    .peek()
                    .copied()
                    .filter(|sign| !matches!(sign, ',' | '\r' | '\n'))
                {
                    if sign == '"' {
                        return Err(self.wrong(
                            "a quotation mark inside a field: write the field in quotes, and the mark twice",
                        ));
                    }
                    field.text.push(sign);
                    self.next();
                }
                field.text = field.text.trim().to_owned();
            }
            fields.push(field);
            match self.next() {
                Some(',') => {}
                Some('\r') if self.rest.peek() == Some(&'\n') => {
                    self.next();
                    return Ok(Some(fields));
                }
                Some('\n' | '\r') | None => return Ok(Some(fields)),
                Some(_) => {
                    self.column -= 1;
                    return Err(
                        self.wrong("a comma or the end of the line belongs after the closing quotation mark")
                    );
                }
            }
        }
    }

    fn quoted(&mut self, field: &mut Field) -> Result<(), Wrong> {
        self.next();
        loop {
            match self.next() {
                Some('"') if self.rest.peek() == Some(&'"') => {
                    field.text.push('"');
                    self.next();
                }
                Some('"') => return Ok(()),
                Some(sign) => field.text.push(sign),
                None => return Err(field.wrong("this quotation mark is never closed")),
            }
        }
    }

    fn wrong(&self, what: &str) -> Wrong {
        Wrong {
            line: self.line,
            column: self.column,
            what: what.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String, Option<u64>)> {
        let rows = rows(text).expect("sound").into_iter();
        rows.map(|row| (row.from, row.to, row.amount.map(Amount::minor)))
            .collect()
    }

    fn wrong(text: &str) -> (usize, usize) {
        let wrong = rows(text).expect_err("something is wrong");
        (wrong.line, wrong.column)
    }

    fn edge(from: &str, to: &str, amount: Option<u64>) -> (String, String, Option<u64>) {
        (from.to_owned(), to.to_owned(), amount)
    }

    #[test]
    fn rows_are_read_with_or_without_a_heading_quotes_and_amounts() {
        let expected = [
            edge("a", "b", Some(1_250)),
            edge("b", "c", None),
            edge("Anna, M.", "\"x\"", Some(300)),
        ];
        let body = "a,b,12.5\r\n b , c ,\n\n\"Anna, M.\",\"\"\"x\"\"\",3\n";
        assert_eq!(read(body), expected);
        assert_eq!(read(&format!("\u{feff}From,To,Amount\n{body}")), expected);
        assert_eq!(read(""), []);
        assert_eq!(read("from,to\n"), []);
    }

    #[test]
    fn what_is_wrong_has_its_line_and_column() {
        assert_eq!(wrong("a,b\na,b,zwölf\n"), (2, 5));
        assert_eq!(wrong("a,b\n\nйод,b,-3"), (3, 7));
        assert_eq!(wrong("a\n"), (1, 1));
        assert_eq!(wrong("a,b,1,2\n"), (1, 7));
        assert_eq!(wrong("a,\n"), (1, 3));
        assert_eq!(wrong("a,b,1.234\n"), (1, 5));
        assert_eq!(wrong("a,b,99999999999999\n"), (1, 5));
        assert_eq!(wrong("a,\"b\nc\n"), (1, 3));
        assert_eq!(wrong("a,\"b\"c,1\n"), (1, 6));
        assert_eq!(wrong("a,b\"c,1\n"), (1, 4));
    }
}
