//! A field that may be skipped, in storage: `null` is not asked yet, `[]` is skipped, `[value]` is said. JSON knows one `null`
//! only, and a skipped question must not be asked for ever.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[expect(clippy::option_option, clippy::ref_option, reason = "what serde passes")]
pub(super) fn serialize<T: Serialize, S: Serializer>(
    field: &Option<Option<T>>,
    to: S,
) -> Result<S::Ok, S::Error> {
    field
        .as_ref()
        .map(|said| said.iter().collect::<Vec<_>>())
        .serialize(to)
}

#[expect(clippy::option_option, reason = "what serde wants")]
pub(super) fn deserialize<'de, T, D>(from: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Ok(Option::<Vec<T>>::deserialize(from)?.map(|said| said.into_iter().next()))
}
