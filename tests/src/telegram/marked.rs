//! A text with its entities, as plain text: `**bold**`, `_italic_`, `│ quotation`, `` `code` ``, `[words](address)`.

use serde_json::Value;

/// Marks a text. Entities are given as the Bot API has them, in UTF-16 units.
#[must_use]
pub fn marked(text: &str, entities: Option<&Value>) -> String {
    let listed = entities.and_then(Value::as_array);
    let listed = listed.map(Vec::as_slice).unwrap_or_default();
    let number =
        |entity: &Value, name: &str| usize::try_from(entity[name].as_u64().unwrap_or(0)).unwrap_or(0);
    let mut opening: Vec<(usize, usize, &Value)> = listed
        .iter()
        .map(|entity| (number(entity, "offset"), number(entity, "length"), entity))
        .collect();
    // Outer ones open first and close last.
    opening.sort_by_key(|(from, length, _)| (*from, usize::MAX - length));
    let mut out = String::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    let (mut at, mut next, mut quoted) = (0, 0, 0);
    for sign in text.chars() {
        close(&mut open, at, &mut out);
        while let Some((from, length, entity)) = opening.get(next).filter(|(from, ..)| *from <= at) {
            next += 1;
            let (before, after) = marks(entity);
            if entity["type"] == "blockquote" || entity["type"] == "expandable_blockquote" {
                quoted = quoted.max(from + length);
                out.push_str("│ ");
            } else {
                out.push_str(&before);
                open.push((from + length, after));
            }
        }
        out.push(sign);
        at += sign.len_utf16();
        if sign == '\n' && at < quoted {
            out.push_str("│ ");
        }
    }
    close(&mut open, at, &mut out);
    out
}

fn close(open: &mut Vec<(usize, String)>, at: usize, out: &mut String) {
    while let Some((_, after)) = open.pop_if(|(end, _)| *end <= at) {
        out.push_str(&after);
    }
}

fn marks(entity: &Value) -> (String, String) {
    let same = |mark: &str| (mark.to_owned(), mark.to_owned());
    let kind = entity["type"].as_str().unwrap_or_default();
    match kind {
        "bold" => same("**"),
        "italic" => same("_"),
        "underline" => same("__"),
        "strikethrough" => same("~~"),
        "spoiler" => same("||"),
        "code" => same("`"),
        "pre" => same("```"),
        "text_link" => (
            "[".to_owned(),
            format!("]({})", entity["url"].as_str().unwrap_or_default()),
        ),
        other => (format!("<{other}>"), format!("</{other}>")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn entities_are_marked_where_they_are() {
        let entity = |kind: &str, offset: usize, length: usize| json!({"type": kind, "offset": offset, "length": length});
        let all = json!([
            entity("bold", 3, 2),
            entity("code", 6, 1),
            entity("blockquote", 8, 3)
        ]);
        assert_eq!(
            marked("🌻 bo c\na\nb\nc", Some(&all)),
            "🌻 **bo** `c`\n│ a\n│ b\nc"
        );
        let nested = json!([entity("italic", 1, 1), entity("bold", 0, 3)]);
        assert_eq!(marked("abc", Some(&nested)), "**a_b_c**");
        assert_eq!(marked("abc", None), "abc");
    }
}
