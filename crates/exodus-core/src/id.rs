//! Identities of records. The ledger counts them (see `docs/adr/0002-ids-are-counted.md`): one counter for all
//! kinds, so that a number names one record only and order of ids is order of creation.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        pub struct $name(pub u64);

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// A person, whatever chat they speak from (rule M1).
    MemberId
);
id!(
    /// A request for help.
    AppealId
);
id!(
    /// A free promise towards an appeal.
    IntentionId
);
id!(
    /// A binding promise from a debtor to a creditor.
    ObligationId
);
id!(
    /// An agreement proposed outside any appeal (rule L7a).
    OfferId
);
id!(
    /// A bond between two members, from the invitation on (rule N6).
    BondId
);
id!(
    /// An invitation (rule N4). Its secret token lives outside the core.
    LinkId
);

/// A debtor's report that part of an obligation was carried out: the obligation and its running number there, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportId {
    /// The obligation reported on.
    pub obligation: ObligationId,
    /// Which report on it, counted from 0.
    pub nth: u32,
}

/// Identity of a command. The same command delivered twice carries the same id; whoever keeps the ledger remembers the
/// ids and gives it once (invariant 6). Deciding does not look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(transparent)
)]
pub struct CommandId(pub u128);

/// Names a text that lies beside the journal (a note, a reason, a link), and is erased with the person (rule L15).
/// Drawn at random by whoever keeps the texts; the core only passes it on. Serialised as 32 hexadecimal digits, so
/// that no JSON reader loses a bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub u128);

impl core::fmt::Display for NoteId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl core::str::FromStr for NoteId {
    type Err = core::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(text, 16).map(NoteId)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for NoteId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for NoteId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <alloc::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
