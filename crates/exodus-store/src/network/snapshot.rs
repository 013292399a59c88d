//! The network in a file, so that a process starts without reading every record: the hash of the journal's entry it stands
//! at, in 64 hexadecimal digits, and the network's own bytes, which carry the entry's number and a sum over everything.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::Path,
};

use exodus_core::network::Network;

use super::Kept;
use crate::dialect::{int, nat};

/// Digits of a hash.
const HASH: usize = 64;

/// Writes it. The file appears whole or not at all, and is its owner's only: it says who helps whom.
pub(super) fn write(path: &Path, kept: &Kept) -> io::Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(format!(".{}.partial", std::process::id()));
    let partial = Path::new(&partial);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let written = options.open(partial).and_then(|mut file| {
        file.write_all(kept.hash.as_bytes())?;
        file.write_all(&kept.network.to_bytes(nat(kept.seq)))?;
        file.sync_all()
    });
    let written = written.and_then(|()| fs::rename(partial, path));
    if written.is_err() {
        // What takes up room and is no snapshot.
        let _ = fs::remove_file(partial);
    }
    written
}

/// Reads it back.
pub(super) fn read(path: &Path) -> io::Result<Kept> {
    let bytes = fs::read(path)?;
    let damaged = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
    let (hash, network) = bytes
        .split_at_checked(HASH)
        .ok_or_else(|| damaged("it is too short".to_owned()))?;
    let hash = String::from_utf8(hash.to_vec()).map_err(|error| damaged(error.to_string()))?;
    let (network, seq) = Network::from_bytes(network).map_err(|error| damaged(error.to_string()))?;
    Ok(Kept {
        network,
        seq: int(seq),
        hash,
    })
}
