//! A computer on which the built program runs.

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// A computer of its own: a data directory, a configuration, a working directory.
pub(crate) struct Computer {
    pub(crate) folder: TempDir,
    variables: Vec<(String, String)>,
}

/// What came of a command.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// Runs it to its end.
    pub(crate) fn of(mut command: Command, lines: &str) -> Self {
        let mut child = piped(&mut command).spawn().expect("it starts");
        // A program that ends early does not read everything.
        let _ = child.stdin.take().expect("its input").write_all(lines.as_bytes());
        let Output {
            status,
            stdout,
            stderr,
        } = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        Self {
            code: status.code().expect("a code"),
            out: text(stdout),
            err: text(stderr),
        }
    }
}

impl Computer {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            variables: Vec::new(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, text).expect("written");
        path.display().to_string()
    }

    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same computer without what was set.
    pub(crate) fn unset(self) -> Self {
        Self {
            variables: Vec::new(),
            ..self
        }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_exodus"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear();
        command
            .env("EXODUS_DATA_DIR", self.path("data"))
            .env("HOME", self.path("home"))
            .env("USER", "Anna");
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    pub(crate) fn says(&self, arguments: &[&str], lines: &str) -> Ended {
        Ended::of(self.command(arguments), lines)
    }

    pub(crate) fn does(&self, arguments: &[&str]) -> Ended {
        self.says(arguments, "")
    }

    /// Anna asks for help, so that something is there.
    pub(crate) fn with_anna(self) -> Self {
        let said = self.says(&["console", "--as", "Anna"], "/need\n1\n300\nRent\nyes\n");
        assert_eq!(said.code, 0, "{}", said.err);
        self
    }
}

/// With pipes on all sides.
pub(crate) fn piped(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
}
