//! Codes that people carry about: of invitations (N4) and of a second account (M1).
//!
//! The database keeps only their hashes. A code is made from a key and the identity of what made it, so that it can be
//! shown again: an invitation's to its maker, a linking code to whom a crash kept the answer from.

use data_encoding::Encoding;
use exodus_core::CommandId;

/// Digits and letters that are not mistaken for each other when read aloud (Crockford's alphabet).
fn alphabet() -> Encoding {
    let mut specification = data_encoding::Specification::new();
    specification.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
    specification
        .translate
        .from
        .push_str("ABCDEFGHJKMNPQRSTVWXYZoOiIlL");
    specification
        .translate
        .to
        .push_str("abcdefghjkmnpqrstvwxyz001111");
    specification.encoding().unwrap_or(data_encoding::BASE32_NOPAD)
}

/// The code of the link that a command made: 128 bits in 26 signs.
pub(crate) fn of_link(key: &[u8; 32], made_by: CommandId) -> String {
    let hash = blake3::keyed_hash(key, &made_by.0.to_le_bytes());
    let bytes: Vec<u8> = hash.as_bytes().iter().copied().take(16).collect();
    alphabet().encode(&bytes)
}

/// The linking code that an update made: 40 bits in 8 signs; good for ten minutes and five tries.
pub(crate) fn of_linking(key: &[u8; 32], made_by: CommandId) -> String {
    // No code of a link is a part of it, whatever the ids.
    let key = blake3::derive_key("exodus linking codes", key);
    let hash = blake3::keyed_hash(&key, &made_by.0.to_le_bytes());
    let bytes: Vec<u8> = hash.as_bytes().iter().copied().take(5).collect();
    alphabet().encode(&bytes)
}

/// What is kept of a code: the hash of it as people mean it, whatever case, spaces or dashes they type.
pub(crate) fn hash(code: &str) -> [u8; 32] {
    let meant: String = code.chars().filter(|sign| sign.is_alphanumeric()).collect();
    let plain = alphabet()
        .decode(meant.as_bytes())
        .unwrap_or_else(|_| meant.into_bytes());
    *blake3::hash(&plain).as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n4_a_code_is_read_as_it_is_meant() {
        let code = of_link(&[7; 32], CommandId(42));
        assert_eq!(code.len(), 26);
        let (front, back) = code.split_at(10);
        let shouted = format!(" {front}-{back} ").to_uppercase();
        assert_eq!(hash(&code), hash(&shouted));
        assert_ne!(hash(&code), hash(&of_link(&[7; 32], CommandId(43))));
        assert_ne!(hash(&code), hash(&of_link(&[8; 32], CommandId(42))));
    }

    #[test]
    fn m1_a_linking_code_is_short() {
        let code = of_linking(&[7; 32], CommandId(42));
        assert_eq!(code.len(), 8);
        assert_eq!(code, of_linking(&[7; 32], CommandId(42)));
        assert_ne!(code, of_linking(&[7; 32], CommandId(43)));
        assert!(!of_link(&[7; 32], CommandId(42)).starts_with(&code));
    }
}
