//! The files of this repository.

use std::path::{Path, PathBuf};

/// Its root.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the repository")
}

/// Every file of ours with one of these endings, in order: neither what is built nor what git keeps.
#[must_use]
pub fn files(endings: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    gather(root(), endings, &mut files);
    files.sort();
    files
}

fn gather(folder: &Path, endings: &[&str], files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"))
    {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if name != "target" && name != ".git" {
                gather(&path, endings, files);
            }
        } else if endings.is_empty() || endings.iter().any(|ending| name.ends_with(ending)) {
            files.push(path);
        }
    }
}

/// A path as people name it: from the root.
#[must_use]
pub fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// What a file says.
///
/// # Panics
/// When it cannot be read.
#[must_use]
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", short(path)))
}
