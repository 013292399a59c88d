//! The languages there are: one for each folder of `locales/`.
//!
//! Invariant: a [`Lang`] names a folder that was embedded, so a catalogue for it exists.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// One folder of `locales/` as the build embedded it.
pub(crate) struct Source {
    pub(crate) tag: &'static str,
    /// File name and contents.
    pub(crate) files: &'static [(&'static str, &'static str)],
}

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// A language Exodus speaks. Written as its tag, `ru`, wherever it is stored or shown to machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(&'static str);

/// There is no folder of that name in `locales/`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no language “{0}”")]
pub struct UnknownLang(pub String);

impl Lang {
    /// English, into which everything falls back.
    pub const EN: Self = Self("en");
    /// Russian.
    pub const RU: Self = Self("ru");

    /// Every language, in the order of tags.
    pub fn all() -> impl Iterator<Item = Self> {
        LANGUAGES.iter().map(|source| Self(source.tag))
    }

    /// The language of exactly this tag, whatever its case.
    ///
    /// # Errors
    /// [`UnknownLang`] if no folder has that name.
    pub fn parse(tag: &str) -> Result<Self, UnknownLang> {
        let tag = tag.trim();
        Self::all()
            .find(|lang| lang.0.eq_ignore_ascii_case(tag))
            .ok_or_else(|| UnknownLang(tag.to_owned()))
    }

    /// The best guess from what a chat or a terminal says of its user: `ru-RU,ru;q=0.9`, `ru_RU.UTF-8`, `RU`. The first language
    /// of the list that we speak; English if there is none.
    #[must_use]
    pub fn guess(hint: &str) -> Self {
        Self::guess_or(Some(hint), Self::EN)
    }

    /// The same, and `otherwise` where nothing is said, or nothing that we speak.
    #[must_use]
    pub fn guess_or(hint: Option<&str>, otherwise: Self) -> Self {
        let spoken = hint.and_then(|hint| hint.split([',', ':']).find_map(Self::spoken));
        spoken.unwrap_or(otherwise)
    }

    /// `pt_BR.UTF-8@euro;q=0.5` is `pt-br`, or else `pt`.
    fn spoken(hint: &str) -> Option<Self> {
        let tag = hint.split([';', '.', '@']).next()?.trim().replace('_', "-");
        let mut rest = tag.as_str();
        loop {
            if let Ok(lang) = Self::parse(rest) {
                return Some(lang);
            }
            rest = rest.rsplit_once('-')?.0;
        }
    }

    /// Its tag, as the folder is named.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.0
    }

    pub(crate) fn files(self) -> &'static [(&'static str, &'static str)] {
        LANGUAGES
            .iter()
            .find(|source| source.tag == self.0)
            .map_or(&[], |source| source.files)
    }
}

impl Default for Lang {
    fn default() -> Self {
        Self::EN
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::str::FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(tag: &str) -> Result<Self, UnknownLang> {
        Self::parse(tag)
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(deserializer)?;
        Self::parse(&tag).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_the_folders() {
        let tags: Vec<&str> = Lang::all().map(Lang::tag).collect();
        assert!(tags.contains(&"en") && tags.contains(&"ru"), "{tags:?}");
        assert_eq!(Lang::parse("ru"), Ok(Lang::RU));
        assert_eq!(Lang::parse(" RU "), Ok(Lang::RU));
        assert_eq!(Lang::parse("xx"), Err(UnknownLang("xx".to_owned())));
    }

    #[test]
    fn a_guess_always_ends_somewhere() {
        for (hint, tag) in [
            ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
            ("ru_RU.UTF-8", "ru"),
            ("RU", "ru"),
            ("de-DE, ru;q=0.5", "ru"),
            ("en-GB", "en"),
            ("C.UTF-8", "en"),
            ("de", "en"),
            ("", "en"),
            ("-,;", "en"),
        ] {
            assert_eq!(Lang::guess(hint).tag(), tag, "{hint:?}");
        }
    }

    #[test]
    fn stored_as_its_tag() {
        assert_eq!(serde_json::to_string(&Lang::RU).expect("json"), r#""ru""#);
        assert_eq!(serde_json::from_str::<Lang>(r#""ru""#).expect("json"), Lang::RU);
        assert!(serde_json::from_str::<Lang>(r#""xx""#).is_err());
    }
}
