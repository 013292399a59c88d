//! What is written: set-offs, positions and loops as CSV, totals in words.

use std::{
    fs::File,
    io::{self, BufWriter, Write, stdout},
    path::Path,
};

use anyhow::Context as _;
use csv::{Writer, WriterBuilder};
use exodus_core::clearing::{self, Plan};

use super::{amount::write, table::Table};
use crate::failure::{Code, Failure};

/// So many faults are listed.
pub(super) const MOST_FAULTS: usize = 20;

/// Every row as it came, what of it is set off, and what is left.
pub(super) fn set_offs(table: &Table, plan: &Plan, delimiter: u8) -> Result<(), Failure> {
    let mut out = writer(stdout().lock(), delimiter);
    let written = (|| {
        let mut header = vec!["debtor", "creditor", "amount", "set_off", "left"];
        header.extend(table.ids.as_ref().map(|_| "id"));
        out.write_record(header)?;
        for (row, (obligation, set_off)) in table.obligations.iter().zip(&plan.set_offs).enumerate() {
            let amounts = [obligation.amount, *set_off, obligation.amount.less(*set_off)];
            let [amount, set_off, left] = amounts.map(|amount| write(amount.minor().into(), table.decimals));
            let names = [table.name(obligation.debtor), table.name(obligation.creditor)];
            let id = table.id(row);
            out.write_record(names.into_iter().chain([&*amount, &*set_off, &*left]).chain(id))?;
        }
        Ok(out.flush()?)
    })();
    unless_closed(written)
}

/// Whoever reads may have seen enough, as `head` has.
fn unless_closed(written: Result<(), csv::Error>) -> Result<(), Failure> {
    let Err(error) = written else { return Ok(()) };
    if let csv::ErrorKind::Io(io) = error.kind()
        && io.kind() == io::ErrorKind::BrokenPipe
    {
        return Ok(());
    }
    Err(anyhow::Error::new(error)
        .context("standard output can not be written")
        .into())
}

/// Every party: what it owes and is owed, before and after, and its balance.
pub(super) fn positions(path: &Path, table: &Table, plan: &Plan, delimiter: u8) -> Result<(), Failure> {
    let count = table.parties.iter().count();
    let (mut owes, mut owed, mut set_off) = (vec![0_u128; count], vec![0_u128; count], vec![0_u128; count]);
    let add = |sums: &mut [u128], party: u32, amount: u64| {
        if let Some(sum) = usize::try_from(party).ok().and_then(|party| sums.get_mut(party)) {
            *sum += u128::from(amount);
        }
    };
    for (obligation, amount) in table.obligations.iter().zip(&plan.set_offs) {
        add(&mut owes, obligation.debtor, obligation.amount.minor());
        add(&mut owed, obligation.creditor, obligation.amount.minor());
        add(&mut set_off, obligation.debtor, amount.minor());
    }
    let mut out = writer(create(path)?, delimiter);
    let sums = owes.into_iter().zip(owed).zip(set_off);
    let written = (|| {
        out.write_record([
            "party",
            "owes",
            "is_owed",
            "balance",
            "set_off",
            "owes_after",
            "is_owed_after",
        ])?;
        for (name, ((owes, owed), set_off)) in table.parties.iter().zip(sums) {
            let plain = |amount: u128| write(amount, table.decimals);
            let sign = if owes > owed { "-" } else { "" };
            let balance = format!("{sign}{}", plain(owed.abs_diff(owes)));
            let after = [
                plain(owes.saturating_sub(set_off)),
                plain(owed.saturating_sub(set_off)),
            ];
            let before = [plain(owes), plain(owed), balance, plain(set_off)];
            let name: &str = name;
            let amounts = before.iter().chain(&after).map(String::as_str);
            out.write_record(core::iter::once(name).chain(amounts))?;
        }
        Ok(out.flush()?)
    })();
    written_to(path, written)
}

/// Every closed chain, a row for each of its steps.
pub(super) fn loops(path: &Path, table: &Table, plan: &Plan, delimiter: u8) -> Result<(), Failure> {
    let loops = clearing::loops(table.parties.count(), &table.obligations, &plan.set_offs)
        .map_err(|flaw| Failure::trouble(flaw.to_string()))?;
    let mut out = writer(create(path)?, delimiter);
    let written = (|| {
        let mut header = vec!["loop", "step", "debtor", "creditor", "set_off"];
        header.extend(table.ids.as_ref().map(|_| "id"));
        out.write_record(header)?;
        for (number, part) in (1_usize..).zip(loops) {
            let (number, amount) = (
                number.to_string(),
                write(part.amount.minor().into(), table.decimals),
            );
            for (step, row) in (1_usize..).zip(part.rows) {
                let Some(obligation) = table.obligations.get(row) else {
                    continue;
                };
                let step = step.to_string();
                let (debtor, creditor) = (table.name(obligation.debtor), table.name(obligation.creditor));
                let fields = [&*number, &*step, debtor, creditor, &*amount];
                out.write_record(fields.into_iter().chain(table.id(row)))?;
            }
        }
        Ok(out.flush()?)
    })();
    written_to(path, written)
}

/// What came of it, in words, where it does not mix with the rows.
pub(super) fn totals(table: &Table, plan: &Plan) {
    let (all, amount) = (table.total(), |minor| write(minor, table.decimals));
    let closed = table.obligations.iter().zip(&plan.set_offs);
    let closed = closed.filter(|(obligation, set_off)| obligation.amount == **set_off && !set_off.is_zero());
    let (rows, parties) = (table.obligations.len(), table.parties.iter().count());
    eprintln!("obligations  {} in {rows} rows, {parties} parties", amount(all));
    eprintln!(
        "set off      {} ({} %): the largest there is, checked",
        amount(plan.total),
        percent(plan.total, all)
    );
    eprintln!("left         {}", amount(all.saturating_sub(plan.total)));
    eprintln!("closed       {} obligations completely", closed.count());
}

/// Whether a set-off that is in order is also the largest.
pub(super) fn verdict(table: &Table, found: &Table, plan: &Plan) -> Code {
    let decimals = table.decimals.max(found.decimals);
    let scaled = |minor: u128, own: usize| {
        let more = u32::try_from(decimals.saturating_sub(own)).unwrap_or(0);
        minor.saturating_mul(10_u128.pow(more))
    };
    let (own, largest) = (
        scaled(found.total(), found.decimals),
        scaled(plan.total, table.decimals),
    );
    println!("in order: nobody's balance changes, nothing is reduced by more than is owed");
    println!("set off   {}", write(own, decimals));
    println!("possible  {}", write(largest, decimals));
    if own == largest {
        println!("it is the largest there is");
        Code::Done
    } else {
        println!(
            "it is not the largest: {} more is possible",
            write(largest.saturating_sub(own), decimals)
        );
        Code::Different
    }
}

/// Tenths of a hundredth, rounded down.
fn percent(part: u128, whole: u128) -> String {
    let tenths = part.saturating_mul(1000).checked_div(whole).unwrap_or(0);
    write(tenths, 1)
}

fn writer<W: Write>(to: W, delimiter: u8) -> Writer<BufWriter<W>> {
    WriterBuilder::new()
        .delimiter(delimiter)
        .from_writer(BufWriter::new(to))
}

fn create(path: &Path) -> Result<File, Failure> {
    Ok(File::create(path).with_context(|| format!("{} can not be written", path.display()))?)
}

fn written_to(path: &Path, written: Result<(), csv::Error>) -> Result<(), Failure> {
    Ok(written.with_context(|| format!("{} can not be written", path.display()))?)
}
