//! Obligations or set-offs as they stand in a CSV file.

use std::{
    collections::{BTreeMap, HashMap},
    str,
};

use csv::{ByteRecord, ReaderBuilder};
use exodus_core::{
    Amount,
    clearing::{Obligation, Parties},
};

use super::{
    amount::{Written, write},
    position::Problem,
};

/// What the columns are called: who, whom, how much, and the row's own name, which may be missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    names: [&'static str; 4],
}

impl Columns {
    /// Of obligations.
    pub(super) const OBLIGATIONS: Self = Self {
        names: ["debtor", "creditor", "amount", "id"],
    };
    /// Of set-offs.
    pub(super) const SET_OFFS: Self = Self {
        names: ["debtor", "creditor", "set_off", "id"],
    };
}

/// The rows of a file.
pub(super) struct Table {
    /// Everybody, by name.
    pub(super) parties: Parties<Box<str>>,
    /// By row.
    pub(super) obligations: Vec<Obligation>,
    /// By row, if there is such a column.
    pub(super) ids: Option<Vec<Box<str>>>,
    /// How many decimals amounts are counted in.
    pub(super) decimals: usize,
}

/// Where the columns stand.
struct Places {
    who: [usize; 3],
    id: Option<usize>,
}

impl Table {
    /// Reads a file. A row that can not be understood is a problem with its line and column.
    pub(super) fn read(text: &[u8], columns: Columns, delimiter: u8) -> Result<Self, Problem> {
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text);
        let mut record = ByteRecord::new();
        let unreadable = |error: csv::Error| Problem::at(text, 0, error.to_string());
        if !reader.read_byte_record(&mut record).map_err(unreadable)? {
            let names = columns.names.join(", ");
            return Err(Problem::at(
                text,
                0,
                format!("there is nothing; the first line must name columns: {names}"),
            ));
        }
        let places = Places::find(text, &record, columns, delimiter)?;
        let mut numbers: HashMap<Box<str>, u32> = HashMap::new();
        // Parties as they came, with what and where they are.
        let mut rows: Vec<(u32, u32, Written)> = Vec::new();
        let mut begins: Vec<usize> = Vec::new();
        let mut ids = places.id.map(|_| Vec::new());
        while reader.read_byte_record(&mut record).map_err(unreadable)? {
            let begin = record.position().map_or(0, |position| position.byte());
            let begin = usize::try_from(begin).unwrap_or(usize::MAX);
            let field = |place: usize, what: &str| {
                let problem = |what| Problem::in_field(text, begin, place, delimiter, what);
                let bytes = record
                    .get(place)
                    .ok_or_else(|| problem(format!("the row ends before its {what}")))?;
                match str::from_utf8(bytes) {
                    Ok(field) => Ok(field.trim()),
                    Err(_) => Err(problem(format!("{what} is not in UTF-8"))),
                }
            };
            let mut party = |place: usize, what: &str| {
                let name = field(place, what)?;
                if name.is_empty() {
                    let what = format!("{what} is missing");
                    return Err(Problem::in_field(text, begin, place, delimiter, what));
                }
                if let Some(number) = numbers.get(name) {
                    return Ok(*number);
                }
                let number = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                numbers.insert(name.into(), number);
                Ok(number)
            };
            let [debtor, creditor, amount] = places.who;
            let [debtor_name, creditor_name, amount_name, id_name] = columns.names;
            let (debtor, creditor) = (party(debtor, debtor_name)?, party(creditor, creditor_name)?);
            let written = Written::parse(field(amount, amount_name)?)
                .map_err(|wrong| Problem::in_field(text, begin, amount, delimiter, wrong.to_string()))?;
            if let (Some(ids), Some(place)) = (&mut ids, places.id) {
                ids.push(field(place, id_name)?.into());
            }
            rows.push((debtor, creditor, written));
            begins.push(begin);
        }
        let decimals = rows
            .iter()
            .map(|(_, _, written)| written.decimals)
            .max()
            .unwrap_or(0);
        // As many decimals as anybody wrote, and two where somebody wrote one: 12.5 is money.
        let decimals = if decimals == 1 { 2 } else { decimals };
        let parties = Parties::new(numbers.keys().cloned());
        let mut places_by_number = vec![0; numbers.len()];
        for (name, number) in &numbers {
            let place = usize::try_from(*number)
                .ok()
                .and_then(|number| places_by_number.get_mut(number));
            if let (Some(place), Some(own)) = (place, parties.number(name)) {
                *place = own;
            }
        }
        let number = |came: u32| {
            let place = usize::try_from(came)
                .ok()
                .and_then(|came| places_by_number.get(came));
            place.copied().unwrap_or(u32::MAX)
        };
        let mut obligations = Vec::with_capacity(rows.len());
        for ((debtor, creditor, written), begin) in rows.into_iter().zip(begins) {
            let [_, _, place] = places.who;
            let amount = written
                .minor(decimals)
                .map_err(|wrong| Problem::in_field(text, begin, place, delimiter, wrong.to_string()))?;
            obligations.push(Obligation {
                debtor: number(debtor),
                creditor: number(creditor),
                amount: Amount::from_minor(amount),
            });
        }
        Ok(Self {
            parties,
            obligations,
            ids,
            decimals,
        })
    }

    /// What a party is called.
    pub(super) fn name(&self, party: u32) -> &str {
        self.parties.get(party).map_or("", |name| name)
    }

    /// What a row is called, if rows have names.
    pub(super) fn id(&self, row: usize) -> Option<&str> {
        self.ids.as_ref()?.get(row).map(|id| &**id)
    }

    /// The sum of all rows.
    pub(super) fn total(&self) -> u128 {
        self.obligations
            .iter()
            .map(|row| u128::from(row.amount.minor()))
            .sum()
    }

    /// What is wrong with set-offs of these obligations: those of none, those above what is owed, and whose balance
    /// would change. Rows are compared by debtor, creditor and, where both files have it, id; several of the same are
    /// taken together.
    pub(super) fn compare(&self, set_offs: &Self) -> Vec<String> {
        let with_ids = self.ids.is_some() && set_offs.ids.is_some();
        let decimals = self.decimals.max(set_offs.decimals);
        let mut wrong = Vec::new();
        let mut owed: BTreeMap<(&str, &str, &str), (u128, u128)> = BTreeMap::new();
        for (_, key, amount) in self.keyed(with_ids, decimals) {
            owed.entry(key).or_default().0 += amount;
        }
        let mut balances: BTreeMap<&str, i128> = BTreeMap::new();
        for (row, key, amount) in set_offs.keyed(with_ids, decimals) {
            match owed.get_mut(&key) {
                Some((_, set_off)) => *set_off += amount,
                None if amount == 0 => {}
                None => wrong.push(format!(
                    "set-off {}: {} owes {} nothing{}",
                    row + 1,
                    key.0,
                    key.1,
                    named(key.2)
                )),
            }
            let amount = i128::try_from(amount).unwrap_or(i128::MAX);
            *balances.entry(key.0).or_default() += amount;
            *balances.entry(key.1).or_default() -= amount;
        }
        for ((debtor, creditor, id), (owed, set_off)) in owed {
            if set_off > owed {
                let (owed, set_off) = (write(owed, decimals), write(set_off, decimals));
                wrong.push(format!(
                    "{debtor} owes {creditor} {owed}, not {set_off}{}",
                    named(id)
                ));
            }
        }
        for (party, balance) in balances {
            if balance != 0 {
                let by = write(balance.unsigned_abs(), decimals);
                let way = if balance > 0 { "grow" } else { "fall" };
                wrong.push(format!("the balance of {party} would {way} by {by}"));
            }
        }
        wrong
    }

    fn keyed(
        &self,
        with_ids: bool,
        decimals: usize,
    ) -> impl Iterator<Item = (usize, (&str, &str, &str), u128)> {
        let more = u32::try_from(decimals.saturating_sub(self.decimals)).unwrap_or(0);
        self.obligations.iter().enumerate().map(move |(row, obligation)| {
            let id = if with_ids { self.id(row).unwrap_or("") } else { "" };
            let key = (self.name(obligation.debtor), self.name(obligation.creditor), id);
            (
                row,
                key,
                u128::from(obligation.amount.minor()) * 10_u128.pow(more),
            )
        })
    }
}

fn named(id: &str) -> String {
    if id.is_empty() {
        String::new()
    } else {
        format!(" ({id})")
    }
}

impl Places {
    fn find(text: &[u8], header: &ByteRecord, columns: Columns, delimiter: u8) -> Result<Self, Problem> {
        let named = |name: &str| {
            let found = |field: &[u8]| field.trim_ascii().eq_ignore_ascii_case(name.as_bytes());
            let mut all = header
                .iter()
                .enumerate()
                .filter(|(_, field)| found(field))
                .map(|(place, _)| place);
            match (all.next(), all.next()) {
                (_, Some(again)) => Err(Problem::in_field(
                    text,
                    0,
                    again,
                    delimiter,
                    format!("a second column {name}"),
                )),
                (first, None) => Ok(first),
            }
        };
        let [debtor, creditor, amount, id] = columns.names;
        let needed = |name: &str| {
            named(name)?.ok_or_else(|| {
                let what =
                    format!("no column {name}; the first line must name {debtor}, {creditor}, {amount}");
                Problem::in_field(text, 0, usize::MAX, delimiter, what)
            })
        };
        Ok(Self {
            who: [needed(debtor)?, needed(creditor)?, needed(amount)?],
            id: named(id)?,
        })
    }
}
