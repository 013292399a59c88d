//! Embeds the catalogue: every `locales/<tag>/*.ftl` becomes a row of `LANGUAGES`, so that a further language is one more
//! folder and no line of code.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../locales");
    let root = root
        .canonicalize()
        .expect("the folder locales/ is part of the repository");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", root.display());

    let mut code = String::from("pub(crate) static LANGUAGES: &[Source] = &[\n");
    for folder in children(&root).into_iter().filter(|path| path.is_dir()) {
        println!("cargo:rerun-if-changed={}", folder.display());
        code.push_str(&format!(
            "    Source {{ tag: {:?}, files: &[\n",
            file_name(&folder)
        ));
        for file in children(&folder) {
            if file.extension().is_some_and(|ending| ending == "ftl") {
                println!("cargo:rerun-if-changed={}", file.display());
                code.push_str(&format!(
                    "        ({:?}, include_str!({:?})),\n",
                    file_name(&file),
                    file.display().to_string()
                ));
            }
        }
        code.push_str("    ] },\n");
    }
    code.push_str("];\n");
    for tag in ["en", "ru"] {
        assert!(
            root.join(tag).is_dir(),
            "locales/{tag} must exist: the code names it"
        );
    }
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("languages.rs");
    fs::write(out, code).expect("OUT_DIR is writable");
}

/// What is in a folder, in the order of names, so that the build is the same everywhere.
fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a readable folder");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable entry").path())
        .collect();
    paths.sort();
    paths
}

fn file_name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}
