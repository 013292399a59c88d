//! A plain-text journal for hledger (1.25 and later), which `hledger check --strict` accepts.
//!
//! Everything is declared: the commodity, the accounts, the payees. What is owed is asserted after every change of it,
//! and everything at the end, so that the file says itself whether it was changed by mistake.

use std::{collections::BTreeSet, fmt::Write as _};

use exodus_i18n::{Text, Unit};
use exodus_ui::Attachment;

use super::{
    account::{Accounts, part},
    attachment,
    booking::{self, Account, Booking, Posting},
    cell::signed,
    own::Own,
    people::cleaned,
};

/// Who speaks in the last entry.
const PAYEE: &str = "Exodus";

/// The file.
pub(super) fn file(own: &Own) -> Attachment {
    attachment("exodus.journal", "text/plain", text(own).into_bytes())
}

/// The journal.
pub(super) fn text(own: &Own) -> String {
    let journal = Journal {
        own,
        accounts: Accounts::new(&own.people, &own.voice),
        commodity: commodity(own.unit()),
    };
    let bookings = booking::bookings(own);
    let closing = journal.closing(&bookings);
    let entries: Vec<String> = bookings
        .iter()
        .map(|booking| journal.entry(booking))
        .chain(closing)
        .collect();
    let mut text = journal.heading();
    text.push_str(&journal.declarations(&bookings));
    for entry in entries {
        text.push('\n');
        text.push_str(&entry);
    }
    text
}

struct Journal<'a> {
    own: &'a Own,
    accounts: Accounts,
    commodity: String,
}

impl Journal<'_> {
    /// What this is, for whoever opens the file.
    fn heading(&self) -> String {
        let own = self.own;
        let title = Text::new("export-journal-title")
            .name("name", cleaned(&own.person.name))
            .date("date", own.near.policy.date(own.at))
            .code("unit", self.commodity.clone());
        let lines = [
            "export-journal-flow",
            "export-journal-sums",
            "export-journal-people",
        ]
        .map(Text::new);
        let said = std::iter::once(title)
            .chain(lines)
            .map(|text| cleaned(&own.voice.say(&text).to_string()));
        said.fold(String::new(), |text, line| text + "; " + &line + "\n") + "\n"
    }

    fn declarations(&self, bookings: &[Booking]) -> String {
        let mut text = String::from("decimal-mark .\n");
        let decimals = usize::from(self.own.unit().decimals);
        let _ = writeln!(text, "commodity 1000.{} {}", "0".repeat(decimals), self.commodity);
        text.push_str("tag record\n");
        let payees: BTreeSet<&str> = bookings
            .iter()
            .map(|booking| self.accounts.person(booking.with))
            .collect();
        let postings = bookings.iter().flat_map(|booking| {
            booking
                .postings
                .iter()
                .map(|posting| self.accounts.name((posting.place, booking.with)))
        });
        let accounts: BTreeSet<String> = postings.collect();
        for payee in payees.into_iter().chain((!bookings.is_empty()).then_some(PAYEE)) {
            let _ = writeln!(text, "payee {payee}");
        }
        for account in accounts {
            let _ = writeln!(text, "account {account}");
        }
        text
    }

    fn entry(&self, booking: &Booking) -> String {
        let what = booking
            .what
            .iter()
            .map(|id| part(&self.own.voice.say(&Text::new(*id)).to_string()));
        let what = what.collect::<Vec<_>>().join(", ");
        let records = booking
            .records
            .iter()
            .map(|record| format!("record:{record}"))
            .collect::<Vec<_>>()
            .join(", ");
        let payee = self.accounts.person(booking.with);
        let lines = booking
            .postings
            .iter()
            .map(|posting| (self.accounts.name((posting.place, booking.with)), *posting));
        let lines: Vec<_> = lines.collect();
        format!(
            "{} * {payee} | {what}  ; {records}\n{}",
            booking.date,
            self.lines(&lines)
        )
    }

    /// The last entry: moves nothing, and asserts what stands where, of whatever was moved and by the records themselves.
    fn closing(&self, bookings: &[Booking]) -> Option<String> {
        let date = bookings.last()?.date.max(self.own.near.policy.date(self.own.at));
        let moved = bookings.iter().flat_map(|booking| {
            booking
                .postings
                .iter()
                .map(|posting| (posting.place, booking.with))
        });
        let balances = booking::balances(self.own);
        let line = |account: Account| {
            let then = Some(balances.get(&account).copied().unwrap_or(0));
            (
                self.accounts.name(account),
                Posting {
                    place: account.0,
                    amount: 0,
                    then,
                },
            )
        };
        let mut lines: Vec<_> = moved.collect::<BTreeSet<_>>().into_iter().map(line).collect();
        lines.sort_by(|(one, _), (other, _)| one.cmp(other));
        let what = part(
            &self
                .own
                .voice
                .say(&Text::new("export-journal-closing"))
                .to_string(),
        );
        Some(format!("{date} * {PAYEE} | {what}\n{}", self.lines(&lines)))
    }

    /// Postings below each other, their amounts in one column.
    fn lines(&self, postings: &[(String, Posting)]) -> String {
        let length = |text: &str| text.chars().count();
        let longest = postings
            .iter()
            .map(|(account, _)| length(account))
            .max()
            .unwrap_or(0);
        let amounts = postings.iter().map(|(_, posting)| self.amount(posting.amount));
        let widest = amounts.clone().map(|amount| length(&amount)).max().unwrap_or(0);
        let mut text = String::new();
        for ((account, posting), amount) in postings.iter().zip(amounts) {
            let gap = longest.saturating_sub(length(account)).saturating_add(2);
            let assertion = posting
                .then
                .map(|then| format!(" = {}", self.amount(then)))
                .unwrap_or_default();
            let _ = writeln!(text, "    {account}{:gap$}{amount:>widest$}{assertion}", "");
        }
        text
    }

    fn amount(&self, minor: i128) -> String {
        format!("{} {}", signed(minor, self.own.unit().decimals), self.commodity)
    }
}

/// The unit as a commodity symbol: in quotation marks unless it is plain letters.
fn commodity(unit: &Unit) -> String {
    let code = cleaned(&unit.code.replace(['"', ';'], ""));
    let plain = !code.is_empty() && code.chars().all(|c| c.is_ascii_alphabetic());
    if plain { code } else { format!("\"{code}\"") }
}
