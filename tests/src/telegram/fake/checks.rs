//! What Telegram refuses though the description lets it pass, by the texts of its own errors.

use serde_json::{Map, Value};

/// Entities a message keeps.
const ENTITIES: usize = 100;
/// Buttons in a row, and in all.
const ROW: usize = 8;
const BUTTONS: usize = 100;

/// The text of a message, or a caption: its entities lie within it, in order of what Telegram accepts.
///
/// # Errors
/// As Telegram describes them.
pub fn text(given: &Map<String, Value>, field: &str, entities: &str) -> Result<(), String> {
    if given.contains_key("parse_mode") {
        // Texts are built with entities: there is nothing that could be forged, and nothing to parse here.
        return Err("can't parse entities: this server takes none that are written in the text".to_owned());
    }
    let Some(text) = given.get(field).and_then(Value::as_str) else {
        return Ok(());
    };
    if field == "text" && text.trim().is_empty() {
        return Err("message text is empty".to_owned());
    }
    if text.contains('\0') {
        return Err("strings must be encoded in UTF-8".to_owned());
    }
    let listed = given.get(entities).and_then(Value::as_array);
    let listed = listed.map(Vec::as_slice).unwrap_or_default();
    if listed.len() > ENTITIES {
        return Err(format!(
            "{} entities: those after {ENTITIES} would be lost",
            listed.len()
        ));
    }
    let bounds = boundaries(text);
    for entity in listed {
        let number = |name: &str| {
            let number = entity[name]
                .as_i64()
                .and_then(|number| usize::try_from(number).ok());
            number.ok_or_else(|| format!("can't parse entities: {name} of {entity}"))
        };
        let (from, length) = (number("offset")?, number("length")?);
        if length == 0 || !bounds.contains(&from) || !bounds.contains(&(from + length)) {
            return Err(format!(
                "can't parse entities: {entity} does not lie within {text:?}"
            ));
        }
        if entity["type"] == "text_link" && entity["url"].as_str().is_none_or(|url| !url.contains(':')) {
            return Err(format!("can't parse entities: {entity} leads nowhere"));
        }
    }
    Ok(())
}

/// The places between characters, in UTF-16 units.
fn boundaries(text: &str) -> std::collections::BTreeSet<usize> {
    let mut at = 0;
    let ends = text.chars().map(|sign| {
        at += sign.len_utf16();
        at
    });
    std::iter::once(0).chain(ends).collect()
}

/// A keyboard.
///
/// # Errors
/// As Telegram describes them.
pub fn keyboard(given: &Map<String, Value>) -> Result<(), String> {
    let markup = given.get("reply_markup");
    let Some(rows) = markup
        .and_then(|markup| markup.get("inline_keyboard"))
        .and_then(Value::as_array)
    else {
        return Ok(());
    };
    let rows: Vec<&[Value]> = rows
        .iter()
        .filter_map(Value::as_array)
        .map(Vec::as_slice)
        .collect();
    if rows.iter().any(|row| row.is_empty() || row.len() > ROW) {
        return Err("reply markup has a row of no buttons, or of too many".to_owned());
    }
    if rows.iter().map(|row| row.len()).sum::<usize>() > BUTTONS {
        return Err("reply markup is too long".to_owned());
    }
    for button in rows.into_iter().flatten() {
        if button["text"].as_str().is_none_or(|text| text.trim().is_empty()) {
            return Err("inline keyboard button text must be non-empty".to_owned());
        }
        let kinds = button.as_object().map_or(0, |button| {
            button
                .keys()
                .filter(|key| !["text", "style", "icon_custom_emoji_id"].contains(&key.as_str()))
                .count()
        });
        if kinds != 1 {
            return Err(format!("a button is of one kind: {button}"));
        }
    }
    Ok(())
}

/// Commands: the description says how long, Telegram of what.
///
/// # Errors
/// As Telegram describes them.
pub fn commands(given: &Map<String, Value>) -> Result<(), String> {
    let listed = given.get("commands").and_then(Value::as_array);
    for command in listed.map(Vec::as_slice).unwrap_or_default() {
        let name = command["command"].as_str().unwrap_or_default();
        let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_';
        if !(1..=32).contains(&name.len()) || !name.chars().all(fits) {
            return Err("BOT_COMMAND_INVALID".to_owned());
        }
        let described = command["description"].as_str().unwrap_or_default();
        if !(1..=256).contains(&described.encode_utf16().count()) {
            return Err("BOT_COMMAND_DESCRIPTION_INVALID".to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(text_: &str, entity: (usize, usize)) -> Result<(), String> {
        let (offset, length) = entity;
        let given =
            json!({"text": text_, "entities": [{"type": "bold", "offset": offset, "length": length}]});
        text(given.as_object().expect("an object"), "text", "entities")
    }

    #[test]
    fn entities_lie_within_and_split_no_character() {
        assert_eq!(message("a🌻b", (0, 4)), Ok(()));
        assert_eq!(message("a🌻b", (1, 2)), Ok(()));
        assert!(message("a🌻b", (2, 1)).is_err());
        assert!(message("a🌻b", (0, 2)).is_err());
        assert!(message("a🌻b", (0, 5)).is_err());
        assert!(message("a🌻b", (0, 0)).is_err());
    }

    #[test]
    fn buttons_fit() {
        let rows = |rows: Value| {
            let given = json!({"reply_markup": {"inline_keyboard": rows}});
            keyboard(given.as_object().expect("an object"))
        };
        let button = json!({"text": "a", "callback_data": "b"});
        assert_eq!(rows(json!([vec![&button; 8]])), Ok(()));
        assert!(rows(json!([vec![&button; 9]])).is_err());
        assert!(rows(json!([[]])).is_err());
        assert!(rows(json!(vec![vec![&button]; 101])).is_err());
        assert!(rows(json!([[{"text": " ", "callback_data": "b"}]])).is_err());
        assert!(rows(json!([[{"text": "a", "callback_data": "b", "url": "https://a.example"}]])).is_err());
    }
}
