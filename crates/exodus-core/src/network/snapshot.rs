//! A network as bytes and back, so that a process starts without reading every record.
//!
//! Little-endian throughout: the mark `EXODUSNW`, the version, the reader's position, then members, layers, and what
//! blocks and strains; at the end the XXH64 of all before. Lists begin with their length. What is derived (the table of
//! ids, lowest nominals, room to grow) is not written. A reader checks the sum first, and then that everything is as the
//! layers' invariants say: bytes that are damaged, or were made otherwise, are an error and never a wrong answer.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

use super::{
    Hidden, Network,
    arena::{Arena, capacity, rung_for},
    layer::{FIRST, Layer, Row, SECOND},
    members::Members,
    record::BLOCKS,
    xxh64::xxh64,
};

const MARK: [u8; 8] = *b"EXODUSNW";
const VERSION: u32 = 1;

/// Why bytes are no network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// They do not begin as a snapshot does.
    #[error("this is no snapshot of a network")]
    NoSnapshot,
    /// A version that this one does not know; make the network anew from the records.
    #[error("a snapshot of version {0}, which is not known here")]
    Version(u32),
    /// They end too early, or not at the end.
    #[error("the snapshot has not the length it tells of")]
    Length,
    /// Something was changed.
    #[error("the snapshot's checksum does not fit")]
    Checksum,
    /// The sum fits and the contents make no network.
    #[error("the snapshot's contents contradict each other: {0}")]
    Contents(&'static str),
}

impl Network {
    /// The network as bytes. `position` is the caller's: up to where the records are in it.
    #[must_use]
    pub fn to_bytes(&self, position: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend_from_slice(&MARK);
        write_u32(&mut bytes, VERSION);
        write_u64(&mut bytes, position);
        write_u64(&mut bytes, self.members.len() as u64);
        for &id in self.members.ids() {
            write_u64(&mut bytes, id);
        }
        bytes.extend_from_slice(self.members.marks());
        for layer in [&self.support, &self.bonds, &self.referrals] {
            write_layer(&mut bytes, layer);
        }
        let blocks = self.blocks.iter().filter(|&(_, marks)| marks & BLOCKS != 0);
        write_u64(&mut bytes, blocks.clone().count() as u64);
        for (&(by, other), _) in blocks {
            write_u32(&mut bytes, by);
            write_u32(&mut bytes, other);
        }
        write_u64(&mut bytes, self.hidden.len() as u64);
        for (&(low, high), hidden) in &self.hidden {
            write_u32(&mut bytes, low);
            write_u32(&mut bytes, high);
            let (low_gives, high_gives) = hidden.bond.unzip();
            for amount in [hidden.support, hidden.back, low_gives, high_gives] {
                bytes.push(u8::from(amount.is_some()));
                write_u64(&mut bytes, amount.unwrap_or(0));
            }
        }
        write_u64(&mut bytes, self.strained.len() as u64);
        for &(low, high) in &self.strained {
            write_u32(&mut bytes, low);
            write_u32(&mut bytes, high);
        }
        let sum = xxh64(&bytes);
        write_u64(&mut bytes, sum);
        bytes
    }

    /// A network from its bytes, and the position they were made at.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn from_bytes(bytes: &[u8]) -> Result<(Self, u64), Damaged> {
        let mut reader = Reader(bytes);
        if reader.take(MARK.len()) != Ok(MARK.as_slice()) {
            return Err(Damaged::NoSnapshot);
        }
        let version = reader.u32()?;
        if version != VERSION {
            return Err(Damaged::Version(version));
        }
        let contents = bytes.len().checked_sub(size_of::<u64>()).ok_or(Damaged::Length)?;
        let (all, sum) = bytes.split_at_checked(contents).ok_or(Damaged::Length)?;
        if Reader(sum).u64()? != xxh64(all) {
            return Err(Damaged::Checksum);
        }
        let mut reader = Reader(all);
        reader.take(MARK.len().saturating_add(size_of::<u32>()))?;
        let position = reader.u64()?;
        let count = reader.count(size_of::<u64>().saturating_add(1))?;
        let ids = reader.u64s(count)?;
        let marks = reader.take(count)?.to_vec();
        let members = Members::of(ids, marks).ok_or(Damaged::Contents("members"))?;
        let mut network = Self {
            support: read_layer(&mut reader, count)?,
            bonds: read_layer(&mut reader, count)?,
            referrals: read_layer(&mut reader, count)?,
            members,
            ..Self::default()
        };
        network.read_apart(&mut reader)?;
        if !reader.0.is_empty() {
            return Err(Damaged::Length);
        }
        network.check()?;
        network.find_all_lowest();
        Ok((network, position))
    }

    fn read_apart(&mut self, reader: &mut Reader<'_>) -> Result<(), Damaged> {
        let pair_size = size_of::<[u32; 2]>();
        for _ in 0..reader.count(pair_size)? {
            let (by, other) = (reader.u32()?, reader.u32()?);
            if by == other || by.max(other) as usize >= self.members.len() {
                return Err(Damaged::Contents("blocks"));
            }
            self.mark_block(by, other);
        }
        for _ in 0..reader.count(pair_size)? {
            let key = (reader.u32()?, reader.u32()?);
            let mut amount = || -> Result<Option<u64>, Damaged> {
                let there = reader.take(1)? == [1];
                let amount = reader.u64()?;
                Ok(there.then_some(amount))
            };
            let hidden = Hidden {
                support: amount()?,
                back: amount()?,
                bond: amount()?.zip(amount()?),
            };
            if key.0 >= key.1 || !self.blocks.contains_key(&key) {
                return Err(Damaged::Contents("what blocks hide"));
            }
            self.hidden.insert(key, hidden);
        }
        let mut strained = BTreeSet::new();
        for _ in 0..reader.count(pair_size)? {
            let (low, high) = (reader.u32()?, reader.u32()?);
            if low >= high || high as usize >= self.members.len() {
                return Err(Damaged::Contents("what is overdue"));
            }
            strained.insert((low, high));
        }
        self.strained = strained;
        Ok(())
    }

    /// Whether the layers are what they have to be.
    fn check(&self) -> Result<(), Damaged> {
        check_rows(&self.support, self.members.len(), Mirror::Directed)
            .ok_or(Damaged::Contents("support"))?;
        check_rows(&self.referrals, self.members.len(), Mirror::Directed)
            .ok_or(Damaged::Contents("referrals"))?;
        check_rows(&self.bonds, self.members.len(), Mirror::Mutual).ok_or(Damaged::Contents("bonds"))?;
        let resting = |member| self.members.is_resting(member);
        for member in 0..self.bonds.rows() as u32 {
            let (live, all) = (self.bonds.first(member), self.bonds.all(member));
            let wrong = |part: &[u32], rests: bool| {
                let here = resting(member);
                part.iter().any(|&other| (here || resting(other)) != rests)
            };
            if wrong(live, false) || wrong(all.get(live.len()..).unwrap_or(&[]), true) {
                return Err(Damaged::Contents("resting bonds"));
            }
        }
        for member in (0..self.members.len() as u32).filter(|&member| self.members.is_gone(member)) {
            if !self.support.all(member).is_empty() || !self.bonds.all(member).is_empty() {
                return Err(Damaged::Contents("ties of members who left"));
            }
        }
        for &(one, other) in self.blocks.keys() {
            if self.support.find(one, other).is_some() || self.bonds.find(one, other).is_some() {
                return Err(Damaged::Contents("ties across blocks"));
            }
        }
        Ok(())
    }
}

fn write_u32(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn write_u64(bytes: &mut Vec<u8>, number: u64) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn write_layer(bytes: &mut Vec<u8>, layer: &Layer) {
    let members = || 0..layer.rows() as u32;
    let entries: u64 = members().map(|member| u64::from(layer.row(member).len())).sum();
    write_u64(bytes, layer.rows() as u64);
    for member in members() {
        for end in layer.row(member).ends {
            write_u32(bytes, end);
        }
    }
    write_u64(bytes, entries);
    for &other in members().flat_map(|member| layer.all(member)) {
        write_u32(bytes, other);
    }
    bytes.push(u8::from(layer.has_amounts()));
    if layer.has_amounts() {
        for &beside in members().flat_map(|member| layer.beside(member)) {
            write_u32(bytes, beside);
        }
    }
    write_u64(bytes, layer.large().len() as u64);
    for (&(giver, receiver), &amount) in layer.large() {
        write_u32(bytes, giver);
        write_u32(bytes, receiver);
        write_u64(bytes, amount);
    }
}

fn read_layer(reader: &mut Reader<'_>, members: usize) -> Result<Layer, Damaged> {
    let count = reader.count(size_of::<[u32; 3]>())?;
    if count > members {
        return Err(Damaged::Contents("rows"));
    }
    let ends = reader.take(count.saturating_mul(size_of::<[u32; 3]>()))?;
    let mut rows = Vec::with_capacity(count);
    let mut rungs = Vec::with_capacity(count);
    let (mut begin, mut total): (u32, u64) = (0, 0);
    let mut ends = Reader(ends);
    for _ in 0..count {
        let ends = [ends.u32()?, ends.u32()?, ends.u32()?];
        if !ends.is_sorted() {
            return Err(Damaged::Contents("rows"));
        }
        let row = Row { start: begin, ends };
        let rung = rung_for(row.len());
        begin = begin
            .checked_add(capacity(rung))
            .ok_or(Damaged::Contents("rows"))?;
        total = total.saturating_add(u64::from(row.len()));
        rows.push(row);
        rungs.push(rung);
    }
    let entries = reader.count(size_of::<u32>())?;
    if entries as u64 != total {
        return Err(Damaged::Contents("rows"));
    }
    let slots = read_slots(reader, &rows, begin)?;
    let beside = match reader.take(1)? {
        [0] => Vec::new(),
        [1] => read_slots(reader, &rows, begin)?,
        _ => return Err(Damaged::Contents("amounts")),
    };
    let mut large = BTreeMap::new();
    for _ in 0..reader.count(size_of::<[u64; 2]>())? {
        let pair = (reader.u32()?, reader.u32()?);
        large.insert(pair, reader.u64()?);
    }
    Ok(Layer::of(rows, rungs, Arena::of(slots, beside), large))
}

/// Reads what lies in rows without gaps into blocks with room.
fn read_slots(reader: &mut Reader<'_>, rows: &[Row], end: u32) -> Result<Vec<u32>, Damaged> {
    let mut slots = Vec::with_capacity(end as usize);
    for row in rows {
        slots.resize(row.start as usize, 0);
        let words = reader.take((row.len() as usize).saturating_mul(size_of::<u32>()))?;
        let (words, _) = words.as_chunks::<4>();
        slots.extend(words.iter().map(|word| u32::from_le_bytes(*word)));
    }
    slots.resize(end as usize, 0);
    Ok(slots)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mirror {
    Directed,
    Mutual,
}

/// Whether every row is sorted, names nobody twice, nobody unknown and not its own member, and has its mirror: the sums
/// of what each pair mixes to, from either side, are the same.
fn check_rows(layer: &Layer, members: usize, mirror: Mirror) -> Option<()> {
    let mut sums = [0_u64; 3];
    for member in 0..layer.rows() as u32 {
        let row = layer.row(member);
        let all = layer.all(member);
        let mut begin = 0;
        for (part, (end, sum)) in row.ends.into_iter().zip(&mut sums).enumerate() {
            let slice = all.get(begin as usize..end as usize)?;
            begin = end;
            if slice.is_empty() {
                continue;
            }
            let unsorted = !slice.is_sorted_by(|one, other| one < other);
            let unknown = slice.last().is_some_and(|&last| last as usize >= members);
            if unsorted || unknown || slice.binary_search(&member).is_ok() {
                return None;
            }
            for &other in slice {
                // Out only and in only answer each other; both ways, and bonds, answer themselves from the other side.
                let directed = mirror == Mirror::Directed && part != SECOND;
                let away = if directed { part == FIRST } else { member < other };
                let pair = if away {
                    mix(member, other)
                } else {
                    mix(other, member)
                };
                *sum = if away {
                    sum.wrapping_add(pair)
                } else {
                    sum.wrapping_sub(pair)
                };
            }
        }
        // Few rows have more than one part; those name nobody in two.
        if row.ends.iter().any(|&end| end != 0 && end != row.len()) {
            let mut together: Vec<u32> = all.to_vec();
            together.sort_unstable();
            if !together.is_sorted_by(|one, other| one < other) {
                return None;
            }
        }
        let [_, second, third] = row.ends;
        if mirror == Mirror::Mutual && second != third {
            return None;
        }
    }
    let [first, second, third] = sums;
    let fits = match mirror {
        Mirror::Directed => first.wrapping_add(third) == 0 && second == 0,
        Mirror::Mutual => first == 0 && second == 0,
    };
    fits.then_some(())
}

/// A pair as a number that sums of others do not imitate by chance (the finaliser of SplitMix64).
fn mix(one: u32, other: u32) -> u64 {
    let mut pair = u64::from(one) << 32 | u64::from(other);
    pair = pair.wrapping_add(0x9E37_79B9_7F4A_7C15);
    pair = (pair ^ (pair >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    pair = (pair ^ (pair >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    pair ^ (pair >> 31)
}

/// Bytes that are read one after another.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Damaged::Length)?;
        self.0 = rest;
        Ok(taken)
    }

    fn u32(&mut self) -> Result<u32, Damaged> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(Damaged::Length)?;
        self.0 = rest;
        Ok(u32::from_le_bytes(*bytes))
    }

    fn u64(&mut self) -> Result<u64, Damaged> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(Damaged::Length)?;
        self.0 = rest;
        Ok(u64::from_le_bytes(*bytes))
    }

    /// A length, of things of so many bytes each at least: never more than there are bytes.
    fn count(&mut self, each: usize) -> Result<usize, Damaged> {
        let count = usize::try_from(self.u64()?).map_err(|_| Damaged::Length)?;
        let bytes = count.checked_mul(each).ok_or(Damaged::Length)?;
        if bytes > self.0.len() {
            Err(Damaged::Length)
        } else {
            Ok(count)
        }
    }

    fn u64s(&mut self, count: usize) -> Result<Vec<u64>, Damaged> {
        let bytes = self.take(count.saturating_mul(size_of::<u64>()))?;
        let (words, _) = bytes.as_chunks::<8>();
        Ok(words.iter().map(|word| u64::from_le_bytes(*word)).collect())
    }
}
