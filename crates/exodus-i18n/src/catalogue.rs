//! The catalogue of one language: its Fluent bundle, and what there is to know about its messages.
//!
//! [`Catalogue::messages`] and [`Catalogue::faults`] exist for tidy tests: the same ids and variables in every language, no
//! message that is missing, misspelt or defined twice.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::LazyLock,
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::{ast, parser::ParserError};
use icu_decimal::{DecimalFormatter, input::Decimal, options::DecimalFormatterOptions};
use icu_locale_core::Locale;
use intl_memoizer::{Memoizable, concurrent::IntlLangMemoizer};
use unic_langid::LanguageIdentifier;

use crate::Lang;

static CATALOGUES: LazyLock<BTreeMap<Lang, Catalogue>> = LazyLock::new(|| {
    Lang::all()
        .map(|lang| (lang, Catalogue::load(lang.tag(), lang.files())))
        .collect()
});

/// All messages of one language.
pub struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    digits: Digits,
    messages: BTreeMap<String, Message>,
    faults: Vec<String>,
}

/// What a message needs, through everything it refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// The file it stands in.
    pub file: String,
    /// Variables it uses, without `$`. What a term uses does not count: terms see only the arguments written at their call.
    pub variables: BTreeSet<String>,
    /// Those of them that are shown; the others only choose a variant.
    pub shown: BTreeSet<String>,
}

impl Catalogue {
    /// The catalogue of a language.
    #[must_use]
    pub fn of(lang: Lang) -> &'static Self {
        CATALOGUES
            .get(&lang)
            .expect("every Lang names an embedded folder")
    }

    /// Every message by its id; an attribute has an entry of its own, `message.attribute`. Terms are left out.
    #[must_use]
    pub fn messages(&self) -> &BTreeMap<String, Message> {
        &self.messages
    }

    /// Whether it has this message, or `message.attribute`.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.messages.contains_key(id)
    }

    /// What is wrong with the files: syntax errors, ids defined twice, references to nothing. Empty in a tidy repository.
    #[must_use]
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// The message with its arguments put in; `None` if there is no such message.
    pub(crate) fn format(&self, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let (message, attribute) = split_id(id);
        let message = self.bundle.get_message(message)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        // An error here is a variable or reference that is missing; Fluent shows its name, and tidy tests forbid it.
        Some(
            self.bundle
                .format_pattern(pattern, Some(args), &mut Vec::new())
                .into_owned(),
        )
    }

    /// A number as the language writes it: `scaled / 10^decimals`, with all its decimals.
    pub(crate) fn number(&self, scaled: u64, decimals: u8) -> String {
        self.digits.write(scaled, decimals)
    }

    fn load(tag: &str, files: &[(&str, &str)]) -> Self {
        let lang: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![lang.clone()]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(group_digits));

        let mut faults = Vec::new();
        let mut parts = BTreeMap::new();
        #[cfg(test)]
        let files = &[files, tests::files(tag)].concat();
        for (file, source) in files {
            let resource =
                FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, errors)| {
                    let line = |at: usize| source.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
                    let start = |error: &ParserError| {
                        error.slice.as_ref().map_or(error.pos.start, |slice| slice.start)
                    };
                    faults.extend(
                        errors
                            .iter()
                            .map(|error| format!("{tag}/{file}:{}: {error}", line(start(error)))),
                    );
                    resource
                });
            for part in resource.entries().flat_map(|entry| Part::all(file, entry)) {
                match parts.entry(part.id.clone()) {
                    Entry::Vacant(place) => drop(place.insert(part)),
                    Entry::Occupied(_) => faults.push(format!("{tag}/{file}: {} is defined twice", part.id)),
                }
            }
            // Its only error is an id defined twice, noted above; the first definition stays.
            let _ = bundle.add_resource(resource);
        }

        let mut messages = BTreeMap::new();
        for part in parts.values() {
            for missing in part.refers.iter().filter(|id| !parts.contains_key(*id)) {
                faults.push(format!(
                    "{tag}/{}: {} refers to {missing}, which is not there",
                    part.message.file, part.id
                ));
            }
            if !part.id.starts_with('-') {
                let mut message = part.message.clone();
                part.gather(&parts, &mut message, &mut BTreeSet::new());
                messages.insert(part.id.clone(), message);
            }
        }
        Self {
            bundle,
            digits: Digits::of(&lang),
            messages,
            faults,
        }
    }
}

fn split_id(id: &str) -> (&str, Option<&str>) {
    id.split_once('.')
        .map_or((id, None), |(message, attribute)| (message, Some(attribute)))
}

/// How a language writes digits, by ICU4X.
struct Digits(Option<DecimalFormatter>);

impl Digits {
    fn of(lang: &LanguageIdentifier) -> Self {
        let locale: Option<Locale> = lang.to_string().parse().ok();
        let options = DecimalFormatterOptions::default();
        Self(locale.and_then(|locale| DecimalFormatter::try_new(locale.into(), options).ok()))
    }

    fn write(&self, scaled: u64, decimals: u8) -> String {
        let mut number = Decimal::from(scaled);
        number.multiply_pow10(-i16::from(decimals));
        match &self.0 {
            Some(formatter) => formatter.format(&number).to_string(),
            None => number.to_string(),
        }
    }
}

impl Memoizable for Digits {
    type Args = ();
    type Error = std::convert::Infallible;

    fn construct(lang: LanguageIdentifier, (): ()) -> Result<Self, Self::Error> {
        Ok(Self::of(&lang))
    }
}

/// Shows the counts of a message with their digits grouped, which Fluent itself does not.
fn group_digits(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    // The counts Voice passes are whole and below 2^53; anything else is a literal of the file and stays as written there.
    let whole: u64 = number.as_string().parse().ok()?;
    memoizer
        .with_try_get::<Digits, _, _>((), |digits| digits.write(whole, 0))
        .ok()
}

/// A message, a term or an attribute of one: what it says by itself.
struct Part {
    /// `message`, `message.attribute`, `-term` or `-term.attribute`.
    id: String,
    message: Message,
    /// Ids of parts it refers to.
    refers: BTreeSet<String>,
}

impl Part {
    fn all(file: &str, entry: &ast::Entry<&str>) -> Vec<Self> {
        let (id, value, attributes) = match entry {
            ast::Entry::Message(message) => (
                message.id.name.to_owned(),
                message.value.as_ref(),
                &message.attributes,
            ),
            ast::Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
            ast::Entry::Comment(_)
            | ast::Entry::GroupComment(_)
            | ast::Entry::ResourceComment(_)
            | ast::Entry::Junk { .. } => return Vec::new(),
        };
        let attributes = attributes
            .iter()
            .map(|attribute| (format!("{id}.{}", attribute.id.name), &attribute.value));
        let values = value.into_iter().map(|value| (id.clone(), value));
        values
            .chain(attributes)
            .map(|(id, pattern)| Self::of(file, id, pattern))
            .collect()
    }

    fn of(file: &str, id: String, pattern: &ast::Pattern<&str>) -> Self {
        let message = Message {
            file: file.to_owned(),
            ..Message::default()
        };
        let mut part = Self {
            id,
            message,
            refers: BTreeSet::new(),
        };
        part.pattern(pattern);
        part
    }

    fn pattern(&mut self, pattern: &ast::Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                ast::PatternElement::TextElement { .. } => {}
                ast::PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &ast::Expression<&str>) {
        match expression {
            ast::Expression::Inline(inline) => self.inline(inline, true),
            ast::Expression::Select { selector, variants } => {
                self.inline(selector, false);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &ast::InlineExpression<&str>, shown: bool) {
        match inline {
            ast::InlineExpression::VariableReference { id } => {
                self.message.variables.insert(id.name.to_owned());
                if shown {
                    self.message.shown.insert(id.name.to_owned());
                }
            }
            ast::InlineExpression::FunctionReference { arguments, .. } => {
                arguments
                    .positional
                    .iter()
                    .for_each(|argument| self.inline(argument, shown));
            }
            ast::InlineExpression::MessageReference { id, attribute } => {
                self.refer(id.name.to_owned(), attribute.as_ref())
            }
            ast::InlineExpression::TermReference { id, attribute, .. } => {
                self.refer(format!("-{}", id.name), attribute.as_ref());
            }
            ast::InlineExpression::Placeable { expression } => self.expression(expression),
            ast::InlineExpression::StringLiteral { .. } | ast::InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn refer(&mut self, id: String, attribute: Option<&ast::Identifier<&str>>) {
        self.refers.insert(match attribute {
            Some(attribute) => format!("{id}.{}", attribute.name),
            None => id,
        });
    }

    /// Adds the variables of the messages this one refers to, each message once.
    fn gather<'a>(
        &'a self,
        parts: &'a BTreeMap<String, Self>,
        into: &mut Message,
        seen: &mut BTreeSet<&'a str>,
    ) {
        for id in self.refers.iter().filter(|id| !id.starts_with('-')) {
            if let Some(part) = parts.get(id).filter(|_| seen.insert(id)) {
                into.variables.extend(part.message.variables.iter().cloned());
                into.shown.extend(part.message.shown.iter().cloned());
                part.gather(parts, into, seen);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Messages that only tests say, beside those of the folder.
    pub(super) fn files(tag: &str) -> &'static [(&'static str, &'static str)] {
        match tag {
            "en" => &[("test.ftl", include_str!("../fixtures/en.ftl"))],
            "ru" => &[("test.ftl", include_str!("../fixtures/ru.ftl"))],
            _ => &[],
        }
    }

    fn set(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn own_files_are_faultless_and_alike() {
        let own = |lang| -> BTreeMap<&String, &BTreeSet<String>> {
            let messages = Catalogue::of(lang).messages().iter();
            messages
                .filter(|(_, m)| m.file == "format.ftl")
                .map(|(id, m)| (id, &m.variables))
                .collect()
        };
        for lang in Lang::all() {
            let faults: Vec<_> = Catalogue::of(lang)
                .faults()
                .iter()
                .filter(|f| f.contains("format.ftl"))
                .collect();
            assert!(faults.is_empty(), "{faults:?}");
            assert_eq!(own(lang), own(Lang::EN), "{lang}");
        }
    }

    #[test]
    fn variables_are_found_through_references() {
        let source = "
-brand = { $case ->
   *[nominative] Exodus
    [genitive] of Exodus
}
inner = { $who } and { $n ->
    [one] one
   *[other] { $n } many
}
outer = { -brand(case: \"genitive\") } says: { inner } { $kind ->
    [a] A
   *[b] B
}
    .title = { inner } { NUMBER($size) }
chained = { outer } { outer.title }
ping = { pong }
pong = { ping } { $x }
";
        let catalogue = Catalogue::load("en", &[("x.ftl", source)]);
        assert_eq!(catalogue.faults(), [""; 0]);
        let message = |id: &str| catalogue.messages().get(id).expect("a message").clone();
        assert_eq!(message("outer").variables, set(&["kind", "n", "who"]));
        assert_eq!(message("outer").shown, set(&["n", "who"]));
        assert_eq!(message("outer.title").variables, set(&["n", "size", "who"]));
        assert_eq!(message("chained").variables, set(&["kind", "n", "size", "who"]));
        assert_eq!(message("ping").variables, set(&["x"]));
        assert!(!catalogue.has("-brand") && catalogue.has("outer.title") && !catalogue.has("nothing"));
    }

    #[test]
    fn faults_are_named() {
        let files = [
            ("a.ftl", "one = { two } { -three }\none = again\n"),
            ("b.ftl", "bad = { $x\nfine = fine\n"),
        ];
        let catalogue = Catalogue::load("en", &files);
        let faults = catalogue.faults().join("\n");
        for part in [
            "a.ftl: one is defined twice",
            "refers to two",
            "refers to -three",
            "en/b.ftl:1: ",
        ] {
            assert!(faults.contains(part), "{part} in {faults}");
        }
        assert!(catalogue.has("fine"));
    }
}
