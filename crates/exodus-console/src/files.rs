//! Files that come with an answer: written beside the ledger, readable by their owner only.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use exodus_ui::Attachment;

/// Copies of one name kept at most.
const COPIES: u32 = 1000;

/// Writes a file into a folder, under its own name or with a number before the ending where another one is there
/// already. Returns its path.
pub(crate) fn save(folder: &Path, attachment: &Attachment) -> Result<PathBuf, (PathBuf, io::Error)> {
    let name = safe(&attachment.name);
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    for copy in 1..COPIES {
        let path = folder.join(numbered(&name, copy));
        match write_new(&path, &attachment.bytes) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if fs::read(&path).is_ok_and(|bytes| bytes == attachment.bytes) {
                    return Ok(path);
                }
            }
            written => return written.map(|()| path.clone()).map_err(failed(&path)),
        }
    }
    Err((folder.join(name), io::ErrorKind::AlreadyExists.into()))
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)?.write_all(bytes)
}

/// A name that stays in its folder.
fn safe(name: &str) -> String {
    let kept = name.chars().map(|c| {
        if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') {
            c
        } else {
            '-'
        }
    });
    let name: String = kept.take(100).collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() {
        "file".to_owned()
    } else {
        name.to_owned()
    }
}

/// `records.csv`, `records-2.csv`, …
fn numbered(name: &str, copy: u32) -> String {
    if copy == 1 {
        return name.to_owned();
    }
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{copy}.{ending}"),
        None => format!("{name}-{copy}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> Attachment {
        Attachment {
            name: name.to_owned(),
            media_type: "text/csv",
            bytes: bytes.to_owned(),
            text: None,
        }
    }

    #[test]
    fn nothing_is_overwritten_and_nothing_leaves_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("files");
        let save = |name, bytes| save(&folder, &file(name, bytes)).expect("saved");
        assert_eq!(save("records.csv", b"a"), folder.join("records.csv"));
        assert_eq!(save("records.csv", b"a"), folder.join("records.csv"));
        assert_eq!(save("records.csv", b"b"), folder.join("records-2.csv"));
        assert_eq!(save("../../evil", b"c"), folder.join("-..-evil"));
        assert_eq!(save("..", b"d"), folder.join("file"));
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let path = save(folder.path(), &file("records.csv", b"a")).expect("saved");
        assert_eq!(
            fs::metadata(path).expect("it is there").permissions().mode() & 0o777,
            0o600
        );
    }
}
