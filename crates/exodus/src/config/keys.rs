//! Every key there is, and how its value is read.

use std::{fs, net::SocketAddr};

use exodus_core::Zone;
use exodus_i18n::{Also, Lang, Unit};
use toml::Value;
use tracing_subscriber::EnvFilter;

use super::Config;

/// A key: what it is called and what it does.
pub(super) struct Key {
    /// `section.key`.
    pub(super) name: &'static str,
    /// Whether the value is always text, so that an environment variable needs no quotes around digits.
    pub(super) text: bool,
    /// Puts a value in its place, or says what is wrong with it.
    pub(super) set: fn(&mut Config, &Value) -> Result<(), String>,
}

/// A row for each key: whether it is text, its name, the place of its value, and what reads it.
macro_rules! keys {
    ($($kind:ident $name:literal: $($place:ident).+ = $read:expr;)*) => {
        /// All of them.
        pub(super) const KEYS: &[Key] = &[$(Key {
            name: $name,
            text: keys!(@$kind),
            set: |config, value| {
                let read: fn(&Value) -> Result<_, String> = $read;
                config.$($place).+ = read(value)?;
                Ok(())
            },
        }),*];
    };
    (@text) => { true };
    (@other) => { false };
}

keys! {
    text "community.zone": policy.zone = zone;
    other "community.unit": unit = unit;
    other "community.rates": rates = rates;
    text "community.support": support = |value| Ok(Some(as_text(value)?.to_owned()));
    text "community.source": source = |value| Ok(as_text(value)?.to_owned());
    text "community.language": language = language;
    text "store.url": url = |value| Ok(Some(as_text(value)?.to_owned()));
    text "store.url_file": url = |value| Ok(Some(secret_file(as_text(value)?)?));
    other "store.max_connections": max_connections = |value| number(value, 1, 1000);
    other "store.master_keys": master_keys = master_keys;
    text "store.link_key_file": link_key = |value| Ok(Some(key_file(as_text(value)?)?));
    other "month.late_days": policy.late_days = |value| number(value, 0, 20);
    other "month.nudge_day": policy.nudge_day = |value| number(value, 1, 28);
    other "month.due_soon_days": policy.due_soon_days = |value| number(value, 1, 20);
    other "month.reminder_hour": policy.reminder_hour = |value| number(value, 0, 23);
    other "month.silence_days": policy.silence_days = |value| number(value, 7, 3650);
    other "month.confirm_reminder_days": policy.confirm_reminder_days = |value| number(value, 1, 365);
    other "month.confirm_reminder_again_days": policy.confirm_reminder_again_days = |value| number(value, 1, 365);
    other "limits.commands_per_minute": limits.commands_per_minute = |value| number(value, 1, 100_000);
    other "limits.emergency_days": policy.emergency_days = |value| number(value, 1, 365);
    other "limits.links_per_member": policy.links_per_member = |value| number(value, 1, 100_000);
    other "limits.bonds_per_member": policy.bonds_per_member = |value| number(value, 1, 100_000);
    other "limits.invitations_per_day": policy.invitations_per_day = |value| number(value, 1, 100_000);
    other "bonds.nominal": nominal = |value| number(value, 1, 1_000_000);
    text "telegram.token_file": telegram.token = |value| Ok(Some(secret_file(as_text(value)?)?));
    text "telegram.api_url": telegram.api_url = |value| web_address(value, &["https://", "http://"]);
    text "telegram.webhook_url": telegram.webhook_url = |value| web_address(value, &["https://"]);
    text "telegram.webhook_listen": telegram.webhook_listen = listen;
    text "telegram.webhook_secret_file": telegram.webhook_secret = webhook_secret;
    text "log.level": log_level = log_level;
    text "log.format": log_json = log_json;
}

fn zone(value: &Value) -> Result<Zone, String> {
    let name = as_text(value)?;
    let zone = if name == "UTC" {
        Ok(Zone::utc())
    } else {
        Zone::named(name)
    };
    zone.map_err(|error| error.to_string())
}

fn language(value: &Value) -> Result<Lang, String> {
    let known = || Lang::all().map(Lang::tag).collect::<Vec<_>>().join(", ");
    Lang::parse(as_text(value)?).map_err(|error| format!("{error}; there are: {}", known()))
}

fn web_address(value: &Value, begins: &[&str]) -> Result<Option<String>, String> {
    let address = as_text(value)?;
    let sound = begins
        .iter()
        .any(|begin| address.strip_prefix(begin).is_some_and(|rest| !rest.is_empty()));
    if sound {
        Ok(Some(address.to_owned()))
    } else {
        Err(format!(
            "expected an address that begins with {}",
            begins.join(" or ")
        ))
    }
}

fn listen(value: &Value) -> Result<Option<SocketAddr>, String> {
    let address = as_text(value)?.parse();
    address
        .map(Some)
        .map_err(|_| "expected an address and a port, such as \"127.0.0.1:8443\"".to_owned())
}

/// What Telegram takes as a secret.
fn webhook_secret(value: &Value) -> Result<Option<String>, String> {
    let path = as_text(value)?;
    let secret = secret_file(path)?;
    let sound = secret
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if sound && secret.len() <= 256 {
        Ok(Some(secret))
    } else {
        Err(format!(
            "the file {path} must hold 1 to 256 of A-Z, a-z, 0-9, _ and -: openssl rand -hex 32 > {path}"
        ))
    }
}

fn log_level(value: &Value) -> Result<Option<String>, String> {
    let level = as_text(value)?;
    let known = EnvFilter::builder().parse(level);
    known.map_err(|_| "expected error, warn, info, debug or trace".to_owned())?;
    Ok(Some(level.to_owned()))
}

/// Whether it is JSON.
fn log_json(value: &Value) -> Result<bool, String> {
    match as_text(value)? {
        "text" => Ok(false),
        "json" => Ok(true),
        _ => Err("expected text or json".to_owned()),
    }
}

fn as_text(value: &Value) -> Result<&str, String> {
    let text = value.as_str().ok_or("expected text in quotes")?;
    if text.trim().is_empty() {
        Err("is empty; leave the line out instead".to_owned())
    } else {
        Ok(text)
    }
}

/// A whole number between two, the ends included.
fn number<N: TryFrom<i64>>(value: &Value, least: i64, most: i64) -> Result<N, String> {
    let number = value
        .as_integer()
        .filter(|number| (least..=most).contains(number));
    let number = number.and_then(|number| N::try_from(number).ok());
    number.ok_or_else(|| format!("expected a whole number from {least} to {most}"))
}

/// `"EUR"` or `{ code = "h", sign = "h", decimals = 1 }`.
fn unit(value: &Value) -> Result<Unit, String> {
    const EXPECTED: &str =
        "expected a currency's code, such as \"EUR\", or { code = \"h\", sign = \"h\", decimals = 1 }";
    match value {
        Value::String(code) => Unit::iso(code).ok_or_else(|| {
            format!("no currency {code:?} is known; a unit of your own: {{ code = \"…\", sign = \"…\", decimals = 2 }}")
        }),
        Value::Table(table) => {
            if let Some(unknown) = table.keys().find(|key| !["code", "sign", "decimals"].contains(&key.as_str())) {
                return Err(format!("unknown key {unknown:?}; {EXPECTED}"));
            }
            let (Some(code), Some(sign), Some(decimals)) =
                (table.get("code"), table.get("sign"), table.get("decimals"))
            else {
                return Err(EXPECTED.to_owned());
            };
            let decimals = number(decimals, 0, 4).map_err(|error| format!("decimals: {error}"))?;
            Ok(Unit::custom(as_text(code)?, as_text(sign)?, decimals))
        }
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) | Value::Array(_) => {
            Err(EXPECTED.to_owned())
        }
    }
}

/// `{ USD = "1.08" }`: one whole unit of account is so many dollars.
fn rates(value: &Value) -> Result<Vec<Also>, String> {
    let table = value
        .as_table()
        .ok_or("expected a table, such as { USD = \"1.08\" }")?;
    let rate = |(code, value): (&String, &Value)| {
        let unit = Unit::iso(code).ok_or_else(|| format!("no currency {code:?} is known"))?;
        let written = match value {
            Value::String(text) => text.clone(),
            Value::Integer(_) | Value::Float(_) => value.to_string(),
            Value::Boolean(_) | Value::Datetime(_) | Value::Array(_) | Value::Table(_) => String::new(),
        };
        let (numerator, denominator) = fraction(&written)
            .ok_or_else(|| format!("{code}: expected a number above 0, such as \"1.08\""))?;
        Ok(Also {
            unit,
            numerator,
            denominator,
        })
    };
    table.iter().map(rate).collect()
}

/// `1.08` as 108 and 100.
fn fraction(written: &str) -> Option<(u64, u64)> {
    let (whole, part) = written.trim().split_once('.').unwrap_or((written.trim(), ""));
    if part.len() > 9 || !whole.chars().chain(part.chars()).all(|c| c.is_ascii_digit()) {
        return None;
    }
    let numerator = format!("{whole}{part}")
        .parse()
        .ok()
        .filter(|numerator| *numerator > 0)?;
    Some((numerator, 10_u64.checked_pow(u32::try_from(part.len()).ok()?)?))
}

/// `[{ name = "2026", file = "/run/secrets/exodus-2026" }]`, the current one first.
fn master_keys(value: &Value) -> Result<Vec<(String, [u8; 32])>, String> {
    const EXPECTED: &str = "expected [{ name = \"…\", file = \"…\" }], the current key first";
    let list = value.as_array().ok_or(EXPECTED)?;
    let mut keys: Vec<(String, [u8; 32])> = Vec::new();
    for entry in list {
        let table = entry
            .as_table()
            .filter(|table| table.len() == 2)
            .ok_or(EXPECTED)?;
        let name = as_text(table.get("name").ok_or(EXPECTED)?)?;
        let file = as_text(table.get("file").ok_or(EXPECTED)?)?;
        if keys.iter().any(|(known, _)| known == name) {
            return Err(format!("two keys are called {name:?}"));
        }
        keys.push((
            name.to_owned(),
            key_file(file).map_err(|error| format!("{name}: {error}"))?,
        ));
    }
    Ok(keys)
}

/// What a file holds, without spaces and line breaks around it.
fn secret_file(path: &str) -> Result<String, String> {
    let read =
        fs::read_to_string(path).map_err(|error| format!("the file {path} can not be read: {error}"))?;
    match read.trim() {
        "" => Err(format!("the file {path} is empty")),
        secret => Ok(secret.to_owned()),
    }
}

/// A key of 32 bytes, in a file as 64 hexadecimal digits.
fn key_file(path: &str) -> Result<[u8; 32], String> {
    let wrong = || format!("the file {path} must hold 64 hexadecimal digits: openssl rand -hex 32 > {path}");
    let digits = secret_file(path)?;
    let mut key = [0; 32];
    if digits.len() != 64 || !digits.is_ascii() {
        return Err(wrong());
    }
    for (byte, pair) in key.iter_mut().zip(digits.as_bytes().chunks(2)) {
        let pair = std::str::from_utf8(pair).map_err(|_| wrong())?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| wrong())?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_by_section_and_key() {
        let mut names: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
        assert!(names.iter().all(|name| name.split('.').count() == 2));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn rates_are_exact() {
        for (written, expected) in [
            ("1.08", Some((108, 100))),
            ("160", Some((160, 1))),
            (" 0.005 ", Some((5, 1000))),
            ("0", None),
            ("", None),
            ("-1", None),
            ("1,08", None),
            ("1.2.3", None),
            ("1e3", None),
            ("0.1234567891", None),
        ] {
            assert_eq!(fraction(written), expected, "{written:?}");
        }
    }
}
