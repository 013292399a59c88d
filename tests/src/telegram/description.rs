//! The published description of the Bot API, and whether a request, an update or a message is as it says.
//!
//! `tests/servers/telegram/bot-api.json` is derived from the types that `@grammyjs/types` publishes; which version stands
//! in it, and how it is derived in `describe.mjs` beside it. Nothing in here knows a method or a field by name.
//!
//! Stricter than Telegram in two ways: a field that is not described is wrong, and a length in "characters" is counted in
//! UTF-16 units, which are never fewer than characters.

use std::{collections::BTreeSet, sync::LazyLock};

use serde_json::{Map, Value};

/// What is published.
pub struct Description {
    methods: Map<String, Value>,
    types: Map<String, Value>,
    update: String,
    message: String,
    /// Where it comes from.
    pub source: String,
}

static BOT_API: LazyLock<Description> = LazyLock::new(|| {
    let text = include_str!("../../servers/telegram/bot-api.json");
    let mut kept: Map<String, Value> = serde_json::from_str(text).expect("bot-api.json is JSON");
    let mut take = |name: &str| {
        kept.remove(name)
            .unwrap_or_else(|| panic!("bot-api.json has no {name}"))
    };
    let text = |value: Value| value.as_str().expect("text").to_owned();
    let object = |value: Value| value.as_object().expect("an object").clone();
    Description {
        methods: object(take("methods")),
        types: object(take("types")),
        update: text(take("update")),
        message: text(take("message")),
        source: text(take("source")),
    }
});

/// The description.
#[must_use]
pub fn bot_api() -> &'static Description {
    &BOT_API
}

impl Description {
    /// A method's own name, however it was written.
    #[must_use]
    pub fn method(&self, written: &str) -> Option<&str> {
        self.methods
            .keys()
            .find(|name| name.eq_ignore_ascii_case(written))
            .map(String::as_str)
    }

    /// Whether a request is what the method takes. Fields sent as files stand in `files`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn request(
        &self,
        method: &str,
        given: &Map<String, Value>,
        files: &BTreeSet<String>,
    ) -> Result<(), String> {
        let fields = self.methods.get(method).and_then(Value::as_object);
        let fields = fields.ok_or_else(|| format!("no method {method}"))?;
        for name in files {
            let field = fields
                .get(name)
                .ok_or_else(|| format!("{method}: no field {name}"))?;
            if !self.takes_file(&field["t"]) {
                return Err(format!("{method}: {name} is no file"));
            }
        }
        self.fields(fields, given, files, method)
    }

    /// Whether an update is one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn update(&self, update: &Value) -> Result<(), String> {
        self.named(&self.update, update, "update")
    }

    /// Whether a message is one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn message(&self, message: &Value) -> Result<(), String> {
        self.named(&self.message, message, "message")
    }

    /// A parameter that was sent as text in a form, as what it is: forms have no numbers.
    #[must_use]
    pub fn from_form(&self, method: &str, field: &str, text: &str) -> Value {
        let described = self.methods.get(method).and_then(|fields| fields.get(field));
        let plain = described.is_none_or(|described| self.is_plain_text(&described["t"]));
        let parsed = serde_json::from_str(text).ok().filter(|_| !plain);
        // A chat is named by its number or its name.
        let parsed = parsed.filter(|parsed: &Value| !parsed.is_string());
        parsed.unwrap_or_else(|| text.into())
    }

    fn is_plain_text(&self, kind: &Value) -> bool {
        match kind {
            Value::String(name) => name == "string",
            Value::Object(kind) if kind.contains_key("is") => kind["is"].is_string(),
            Value::Object(kind) if kind.contains_key("any") => {
                let any = kind["any"].as_array().expect("alternatives");
                any.iter().all(|kind| self.is_plain_text(kind))
            }
            Value::Object(kind) if kind.contains_key("type") => {
                let named = &self.types[kind["type"].as_str().expect("a name")];
                named.get("any").is_some() && self.is_plain_text(named)
            }
            _ => false,
        }
    }

    fn takes_file(&self, kind: &Value) -> bool {
        match kind {
            Value::String(name) => name == "file",
            Value::Object(kind) => kind
                .get("any")
                .and_then(Value::as_array)
                .is_some_and(|any| any.iter().any(|kind| self.takes_file(kind))),
            _ => false,
        }
    }

    fn named(&self, name: &str, value: &Value, place: &str) -> Result<(), String> {
        let kind = &self.types[name];
        match kind.get("fields") {
            Some(fields) => {
                let given = value.as_object().ok_or_else(|| format!("{place} is no {name}"))?;
                self.fields(
                    fields.as_object().expect("fields"),
                    given,
                    &BTreeSet::new(),
                    place,
                )
            }
            None => self.value(kind, value, place),
        }
    }

    fn fields(
        &self,
        fields: &Map<String, Value>,
        given: &Map<String, Value>,
        elsewhere: &BTreeSet<String>,
        place: &str,
    ) -> Result<(), String> {
        for (name, field) in fields {
            let here = format!("{place}.{name}");
            match given.get(name) {
                Some(value) => {
                    self.value(&field["t"], value, &here)?;
                    limits(field, value, &here)?;
                }
                None if field.get("o").is_none() && !elsewhere.contains(name) => {
                    return Err(format!("{here} is missing"));
                }
                None => {}
            }
        }
        match given.keys().find(|name| !fields.contains_key(*name)) {
            Some(unknown) => Err(format!("{place} has no field {unknown}")),
            None => Ok(()),
        }
    }

    fn value(&self, kind: &Value, value: &Value, place: &str) -> Result<(), String> {
        let fits = match kind {
            Value::String(name) => match name.as_str() {
                "string" => value.is_string(),
                "number" => value.is_number(),
                "boolean" => value.is_boolean(),
                // By its identifier or URL; uploaded ones are not looked at here.
                "file" => value.is_string(),
                other => panic!("bot-api.json has a type {other}"),
            },
            Value::Object(kind) => {
                if let Some(literal) = kind.get("is") {
                    literal == value
                } else if let Some(of) = kind.get("list") {
                    let list = value.as_array().ok_or_else(|| format!("{place} is no list"))?;
                    for (number, value) in list.iter().enumerate() {
                        self.value(of, value, &format!("{place}[{number}]"))?;
                    }
                    true
                } else if let Some(any) = kind.get("any").and_then(Value::as_array) {
                    return self.any(any, value, place);
                } else {
                    let name = kind["type"].as_str().expect("a name");
                    return self.named(name, value, place);
                }
            }
            other => panic!("bot-api.json has a type {other}"),
        };
        if fits {
            Ok(())
        } else {
            Err(format!("{place} is no {kind}"))
        }
    }

    fn any(&self, any: &[Value], value: &Value, place: &str) -> Result<(), String> {
        let mut wrong = BTreeSet::new();
        for kind in any {
            match self.value(kind, value, place) {
                Ok(()) => return Ok(()),
                Err(why) => wrong.insert(why),
            };
        }
        let wrong: Vec<_> = wrong.into_iter().take(8).collect();
        Err(format!("{place} is none of {}: {}", any.len(), wrong.join("; ")))
    }
}

fn limits(field: &Value, value: &Value, place: &str) -> Result<(), String> {
    let bound = |name: &str| field.get(name).and_then(Value::as_u64);
    if let (Some(min), Some(max), Some(text)) = (bound("min"), bound("max"), value.as_str()) {
        let unit = field["unit"].as_str().expect("a unit");
        let length = if unit == "bytes" {
            text.len()
        } else {
            text.encode_utf16().count()
        };
        if !(min..=max).contains(&(length as u64)) {
            return Err(format!("{place} has {length} {unit}, {min} to {max} are allowed"));
        }
    }
    if let (Some(items), Some(list)) = (field.get("items"), value.as_array())
        && list.len() as u64 > items[1].as_u64().expect("a number")
    {
        return Err(format!(
            "{place} has {} entries, {} are allowed",
            list.len(),
            items[1]
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request(method: &str, given: &Value) -> Result<(), String> {
        bot_api().request(method, given.as_object().expect("an object"), &BTreeSet::new())
    }

    #[test]
    fn requests_are_held_against_what_is_published() {
        let button = |data: &str| json!({"inline_keyboard": [[{"text": "a", "callback_data": data}]]});
        let message = |text: &str, markup: Value| json!({"chat_id": 5, "text": text, "reply_markup": markup});
        assert_eq!(request("sendMessage", &message("a", button("b"))), Ok(()));
        assert_eq!(
            request(
                "sendMessage",
                &message(&"a".repeat(4096), button(&"b".repeat(64)))
            ),
            Ok(())
        );
        for (wrong, why) in [
            (
                message("", button("b")),
                "sendMessage.text has 0 characters, 1 to 4096 are allowed",
            ),
            (
                message(&"🌻".repeat(2049), button("b")),
                "sendMessage.text has 4098 characters, 1 to 4096 are allowed",
            ),
            (json!({"chat_id": 5}), "sendMessage.text is missing"),
            (
                json!({"chat_id": 5, "text": "a", "txet": "b"}),
                "sendMessage has no field txet",
            ),
            (
                json!({"chat_id": 5, "text": 5}),
                "sendMessage.text is no \"string\"",
            ),
        ] {
            assert_eq!(request("sendMessage", &wrong), Err(why.to_owned()));
        }
        let long = request("sendMessage", &message("a", button(&"я".repeat(33)))).expect_err("too long");
        assert!(
            long.contains("callback_data has 66 bytes, 1 to 64 are allowed"),
            "{long}"
        );
        let bold = |entity: Value| json!({"chat_id": 5, "text": "a", "entities": [entity]});
        assert_eq!(
            request(
                "sendMessage",
                &bold(json!({"type": "bold", "offset": 0, "length": 1}))
            ),
            Ok(())
        );
        let link = json!({"type": "text_link", "offset": 0, "length": 1});
        assert!(
            request("sendMessage", &bold(link)).is_err(),
            "a link without an address"
        );
    }

    #[test]
    fn forms_have_no_numbers() {
        let form = |field: &str, text: &str| bot_api().from_form("sendDocument", field, text);
        assert_eq!(form("chat_id", "-5"), json!(-5));
        assert_eq!(form("chat_id", "@name"), json!("@name"));
        assert_eq!(form("caption", "5"), json!("5"));
        assert_eq!(form("disable_notification", "true"), json!(true));
        assert_eq!(form("parse_mode", "HTML"), json!("HTML"));
        assert_eq!(form("caption_entities", "[]"), json!([]));
    }

    #[test]
    fn limits_come_from_what_is_published() {
        let commands = |count: usize| {
            let one = json!({"command": "give", "description": "Help somebody"});
            json!({"commands": vec![one; count], "language_code": "ru"})
        };
        assert_eq!(request("setMyCommands", &commands(100)), Ok(()));
        assert!(request("setMyCommands", &commands(101)).is_err());
        for (method, field, most) in [
            ("answerCallbackQuery", "text", 200),
            ("setMyDescription", "description", 512),
            ("setMyShortDescription", "short_description", 120),
        ] {
            let mut given = json!({ field: "a".repeat(most) });
            if method == "answerCallbackQuery" {
                given["callback_query_id"] = "1".into();
            }
            assert_eq!(request(method, &given), Ok(()), "{method}");
            given[field] = "a".repeat(most + 1).into();
            assert!(request(method, &given).is_err(), "{method}");
        }
    }
}
