//! Texts at rest: as they are, or sealed with a key of their person's, itself sealed with a master key (rule O7).
//!
//! A sealed text is `x` and hexadecimal digits: a nonce of 24 bytes, then XChaCha20-Poly1305 of the text, with table,
//! column, person and row as associated data, so that a row moved elsewhere does not open. A plain one is `p` and the
//! text. A new master key needs only the persons' keys sealed anew; a deleted person's key erases whatever was sealed
//! with it, in every old copy of the database too.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::{
    clock::Random,
    dialect::{self, Present, among, int, list, nat, sql},
    entity::person_key,
    trouble::Trouble,
};

/// Where a text lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) table: &'a str,
    pub(crate) column: &'a str,
    /// Whose: 0 is nobody's.
    pub(crate) person: u64,
    pub(crate) row: &'a str,
}

pub(crate) struct Vault {
    ledger: i64,
    masters: Vec<(String, [u8; 32])>,
    random: Random,
    keys: Mutex<Keys>,
}

type Key = [u8; 32];

/// Persons' keys kept in memory; twice as many at most, see [`Keys::put`].
const KEPT: usize = 50_000;

/// The keys in memory.
#[derive(Default)]
struct Keys {
    /// The key of what is nobody's: made when the store was opened, never let go.
    nobody: Option<Key>,
    /// Those used lately, and those used before them.
    kept: BTreeMap<u64, Key>,
    older: BTreeMap<u64, Key>,
    /// Whose keys were made in the transaction under way: they are none when it comes to nothing.
    made: BTreeSet<u64>,
}

impl Keys {
    fn get(&self, person: u64) -> Option<Key> {
        if person == NOBODY {
            return self.nobody;
        }
        self.kept
            .get(&person)
            .or_else(|| self.older.get(&person))
            .copied()
    }

    /// Keeps a key. Whoever prepared theirs a moment ago still finds it: only those not asked for since the last
    /// fifty thousand others are let go.
    fn put(&mut self, person: u64, key: Key) {
        if person == NOBODY {
            self.nobody = Some(key);
            return;
        }
        if self.kept.len() >= KEPT {
            self.older = std::mem::take(&mut self.kept);
        }
        self.kept.insert(person, key);
    }

    fn forget(&mut self, person: u64) {
        self.kept.remove(&person);
        self.older.remove(&person);
    }
}

/// The person of what is nobody's.
const NOBODY: u64 = 0;

impl Vault {
    pub(crate) fn new(ledger: i64, masters: Vec<(String, [u8; 32])>, random: Random) -> Self {
        Self {
            ledger,
            masters,
            random,
            keys: Mutex::default(),
        }
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key(&self, person: u64) -> Option<Key> {
        self.keys().get(person)
    }

    /// Whether every key there is can be opened; makes the key for what is nobody's, or takes it up.
    pub(crate) async fn check<C: ConnectionTrait>(&self, db: &C) -> Result<(), Trouble> {
        self.knows_masters(db).await?;
        self.prepare(db, [NOBODY], true).await
    }

    /// Whether the master keys are known with which the keys there are were sealed.
    pub(crate) async fn knows_masters<C: ConnectionTrait>(&self, db: &C) -> Result<(), Trouble> {
        let text = "SELECT DISTINCT master FROM person_key WHERE ledger_id = $1";
        for row in db.query_all_raw(sql(db, text, [self.ledger.into()])).await? {
            let master: String = row.try_get_by_index(0)?;
            self.master(&master)?;
        }
        Ok(())
    }

    fn master(&self, name: &str) -> Result<&[u8; 32], Trouble> {
        let found = self.masters.iter().find(|(known, _)| known == name);
        found
            .map(|(_, key)| key)
            .ok_or_else(|| Trouble::KeyMissing(name.to_owned()))
    }

    /// Loads the keys of these persons; `make`: makes those that are not there (under the lock of the ledger only).
    pub(crate) async fn prepare<C: ConnectionTrait>(
        &self,
        db: &C,
        persons: impl IntoIterator<Item = u64>,
        make: bool,
    ) -> Result<(), Trouble> {
        let mut wanted: BTreeSet<u64> = persons.into_iter().collect();
        {
            let mut keys = self.keys();
            if make {
                // What was made in the transaction before this one has been written by now, or was forgotten. A key
                // that another process made or deleted is looked up again before anything is sealed with it.
                keys.made.clear();
            } else {
                wanted.retain(|person| keys.get(*person).is_none());
            }
        }
        // Without a master key nothing is sealed, and nothing was: opening the store would have failed.
        if wanted.is_empty() || self.masters.is_empty() {
            return Ok(());
        }
        let text = format!(
            "SELECT member_id, master, wrapped FROM person_key WHERE ledger_id = $1 AND {}",
            among(db, "member_id", 2)
        );
        let rows = db
            .query_all_raw(sql(db, text, [self.ledger.into(), list(wanted.iter().copied())]))
            .await?;
        for row in rows {
            let (person, master, wrapped): (i64, String, String) = (
                row.try_get_by_index(0)?,
                row.try_get_by_index(1)?,
                row.try_get_by_index(2)?,
            );
            let key = self.unwrap(nat(person), &master, &wrapped)?;
            self.keys().put(nat(person), key);
            wanted.remove(&nat(person));
        }
        if make && !wanted.is_empty() {
            let mut rows = Vec::new();
            for &person in &wanted {
                let key: [u8; 32] = self.random.bytes();
                rows.push(self.wrap(person, &key)?);
                let mut keys = self.keys();
                keys.put(person, key);
                keys.made.insert(person);
            }
            dialect::put::<person_key::Entity, _>(db, &rows, Present::Fails).await?;
        }
        Ok(())
    }

    fn wrap(&self, person: u64, key: &[u8; 32]) -> Result<person_key::Model, Trouble> {
        let (name, master) = self
            .masters
            .first()
            .ok_or_else(|| Trouble::KeyMissing(String::new()))?;
        let place = Place {
            table: "person_key",
            column: "wrapped",
            person,
            row: name,
        };
        let wrapped = seal(master, &self.random, place, key)?;
        Ok(person_key::Model {
            ledger_id: self.ledger,
            member_id: int(person),
            master: name.clone(),
            wrapped,
        })
    }

    fn unwrap(&self, person: u64, master: &str, wrapped: &str) -> Result<[u8; 32], Trouble> {
        let place = Place {
            table: "person_key",
            column: "wrapped",
            person,
            row: master,
        };
        let key = open(self.master(master)?, place, wrapped)?;
        key.try_into().map_err(|_| damaged(place))
    }

    /// The text as it is kept. Keys must have been prepared.
    pub(crate) fn seal(&self, place: Place<'_>, text: &str) -> Result<String, Trouble> {
        if self.masters.is_empty() {
            return Ok(format!("p{}", dialect::storable(text)));
        }
        let key = self
            .key(place.person)
            .ok_or_else(|| Trouble::Fault(format!("no key was prepared for a text in {}", place.table)))?;
        Ok(format!("x{}", seal(&key, &self.random, place, text.as_bytes())?))
    }

    /// The text from how it is kept. Keys must have been prepared.
    pub(crate) fn open(&self, place: Place<'_>, kept: &str) -> Result<String, Trouble> {
        if let Some(plain) = kept.strip_prefix('p') {
            return Ok(plain.to_owned());
        }
        let sealed = kept.strip_prefix('x').ok_or_else(|| damaged(place))?;
        let key = self.key(place.person).ok_or_else(|| damaged(place))?;
        String::from_utf8(open(&key, place, sealed)?).map_err(|_| damaged(place))
    }

    /// Forgets a person's key; the row is deleted elsewhere.
    pub(crate) fn forget(&self, person: u64) {
        self.keys().forget(person);
    }

    /// The transaction came to nothing: forgets all keys made in it.
    pub(crate) fn forget_all(&self) {
        let mut keys = self.keys();
        for person in std::mem::take(&mut keys.made) {
            keys.forget(person);
        }
    }

    /// The rows are others now: forgets what was known of those before, and takes up nobody's key.
    pub(crate) async fn reopen<C: ConnectionTrait>(&self, db: &C) -> Result<(), Trouble> {
        *self.keys() = Keys::default();
        self.prepare(db, [NOBODY], false).await
    }

    /// Whether texts are sealed.
    pub(crate) fn seals(&self) -> bool {
        !self.masters.is_empty()
    }

    /// Seals every person's key with the first master key. Returns how many were sealed with another.
    pub(crate) async fn rotate<C: ConnectionTrait>(&self, db: &C) -> Result<u64, Trouble> {
        let Some((current, _)) = self.masters.first() else {
            return Ok(0);
        };
        let mut count = 0;
        loop {
            use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
            let old = person_key::Entity::find()
                .filter(person_key::Column::LedgerId.eq(self.ledger))
                .filter(person_key::Column::Master.ne(current.as_str()))
                .limit(1000)
                .all(db)
                .await?;
            if old.is_empty() {
                return Ok(count);
            }
            let mut rows = Vec::with_capacity(old.len());
            for row in old {
                let person = nat(row.member_id);
                rows.push(self.wrap(person, &self.unwrap(person, &row.master, &row.wrapped)?)?);
                count += 1;
            }
            dialect::put::<person_key::Entity, _>(db, &rows, Present::Takes(&[])).await?;
        }
    }
}

fn aad(place: Place<'_>) -> String {
    format!(
        "exodus 1 {} {} {} {}",
        place.table, place.column, place.person, place.row
    )
}

fn damaged(place: Place<'_>) -> Trouble {
    Trouble::Damaged(format!(
        "{}.{} of member {} does not open",
        place.table, place.column, place.person
    ))
}

fn seal(key: &[u8; 32], random: &Random, place: Place<'_>, text: &[u8]) -> Result<String, Trouble> {
    let nonce: [u8; 24] = random.bytes();
    let aad = aad(place);
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(
            XNonce::from_slice(&nonce),
            Payload {
                msg: text,
                aad: aad.as_bytes(),
            },
        )
        .map_err(|_| Trouble::Fault("sealing failed".to_owned()))?;
    Ok(hex(&nonce) + &hex(&sealed))
}

fn open(key: &[u8; 32], place: Place<'_>, sealed: &str) -> Result<Vec<u8>, Trouble> {
    let bytes = unhex(sealed).ok_or_else(|| damaged(place))?;
    let (nonce, sealed) = bytes.split_at_checked(24).ok_or_else(|| damaged(place))?;
    let aad = aad(place);
    XChaCha20Poly1305::new(key.into())
        .decrypt(
            XNonce::from_slice(nonce),
            Payload {
                msg: sealed,
                aad: aad.as_bytes(),
            },
        )
        .map_err(|_| damaged(place))
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Bytes from hexadecimal digits.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks_exact(2);
    if !digits.remainder().is_empty() {
        return None;
    }
    digits
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
