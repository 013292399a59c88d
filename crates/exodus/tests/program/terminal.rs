//! The console at a real terminal: a pseudo-terminal, and a pair of hands.

use std::{
    fs::File,
    io::{Read as _, Write as _},
    os::fd::OwnedFd,
    process::{Child, ExitStatus, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    fs::{Mode, OFlags},
    process::{Pid, Signal, kill_process},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{LocalModes, Termios, Winsize, tcgetattr, tcsetwinsize},
};

use crate::computer::Computer;

/// Longer than anything takes.
const LONG: Duration = Duration::from_secs(60);

/// A terminal with the console in it.
struct Terminal {
    child: Child,
    /// The side of the hands and eyes.
    hands: File,
    screen: Receiver<Vec<u8>>,
    /// What was printed and not looked at yet.
    unseen: String,
    /// Everything that was printed.
    printed: String,
    /// As it was before the program began.
    found: Termios,
}

impl Terminal {
    fn open(computer: &Computer, arguments: &[&str]) -> Self {
        let hands = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&hands).expect("granted");
        unlockpt(&hands).expect("unlocked");
        tcsetwinsize(&hands, size(100)).expect("a size");
        let name = ptsname(&hands, Vec::new()).expect("its name");
        let side = || -> Stdio {
            let side: OwnedFd = rustix::fs::open(&*name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty())
                .expect("its other side");
            side.into()
        };
        let mut command = computer.command(arguments);
        command
            .env("TERM", "xterm")
            .stdin(side())
            .stdout(side())
            .stderr(side());
        let found = tcgetattr(&hands).expect("its state");
        let child = command.spawn().expect("it starts");
        // The command keeps its sides open: without it, the terminal is empty when the program has ended.
        drop(command);
        let hands = File::from(hands);
        let (print, screen) = channel();
        let mut eyes = hands.try_clone().expect("eyes");
        thread::spawn(move || {
            let mut some = [0; 4096];
            while let Ok(count) = eyes.read(&mut some) {
                let Some(seen) = some.get(..count).filter(|seen| !seen.is_empty()) else {
                    return;
                };
                if print.send(seen.to_owned()).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            hands,
            screen,
            unseen: String::new(),
            printed: String::new(),
            found,
        }
    }

    /// Waits until something is printed.
    fn sees(&mut self, what: &str) {
        let end = Instant::now() + LONG;
        while !self.unseen.contains(what) {
            let left = end.saturating_duration_since(Instant::now());
            let some = self
                .screen
                .recv_timeout(left)
                .unwrap_or_else(|_| panic!("no {what:?} in:\n{}", self.printed));
            let some = String::from_utf8_lossy(&some).into_owned();
            self.unseen.push_str(&some);
            self.printed.push_str(&some);
        }
        let after = self.unseen.find(what).expect("it is there") + what.len();
        self.unseen.drain(..after);
    }

    /// Waits until keys are waited for: the prompt is there, and the terminal echoes nothing by itself.
    fn waits_for_keys(&mut self) {
        self.sees("Anna>");
        self.sees(" ");
        assert!(
            !self
                .state()
                .local_modes
                .intersects(LocalModes::ICANON | LocalModes::ECHO)
        );
    }

    fn types(&mut self, keys: &str) {
        self.hands.write_all(keys.as_bytes()).expect("typed");
    }

    fn state(&self) -> Termios {
        tcgetattr(&self.hands).expect("its state")
    }

    fn gets(&self, signal: Signal) {
        let child = i32::try_from(self.child.id()).expect("an id");
        kill_process(Pid::from_raw(child).expect("an id"), signal).expect("it lives");
    }

    /// Waits until the program has ended, and looks whether the terminal is as it was.
    fn ends(mut self) -> (ExitStatus, String) {
        let end = Instant::now() + LONG;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("its state") {
                break status;
            }
            assert!(Instant::now() < end, "it does not end:\n{}", self.printed);
            thread::sleep(Duration::from_millis(10));
        };
        let state = self.state();
        assert_eq!(state.local_modes, self.found.local_modes);
        assert_eq!(state.input_modes, self.found.input_modes);
        assert_eq!(state.output_modes, self.found.output_modes);
        while let Ok(some) = self.screen.recv_timeout(LONG) {
            self.printed.push_str(&String::from_utf8_lossy(&some));
        }
        let (on, off) = ("\u{1b}[?2004h", "\u{1b}[?2004l");
        assert!(
            self.printed.rfind(off) > self.printed.rfind(on),
            "what is pasted is still marked:\n{:?}",
            self.printed
        );
        (status, self.printed)
    }
}

fn size(columns: u16) -> Winsize {
    Winsize {
        ws_row: 30,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    }
}

#[test]
fn a_conversation_at_a_terminal() {
    let computer = Computer::new();
    let mut terminal = Terminal::open(&computer, &["console", "--as", "Anna"]);
    terminal.waits_for_keys();
    terminal.types("/need\r");
    terminal.sees("Asking for help");
    terminal.waits_for_keys();
    // Another size of the window is no key.
    tcsetwinsize(&terminal.hands, size(60)).expect("a size");
    terminal.gets(Signal::WINCH);
    terminal.types("/as Boris\r");
    terminal.sees("Nobody is called Boris here yet.");
    terminal.sees("Boris>");
    // Ctrl-C ends nothing, as a key or from elsewhere; Ctrl-D does.
    terminal.types("half a line\u{3}");
    terminal.sees("/quit or Ctrl-D leaves the terminal");
    terminal.sees("Boris>");
    terminal.gets(Signal::INT);
    terminal.sees("/quit or Ctrl-D leaves the terminal");
    terminal.sees("Boris>");
    terminal.types("\u{4}");
    terminal.sees("Everything is kept. Good-bye!");
    let (status, _) = terminal.ends();
    assert_eq!(status.code(), Some(0));
}

/// What is answered to a question is somebody's own: no key brings it back.
#[test]
fn words_of_ones_own_are_not_remembered() {
    let computer = Computer::new();
    let mut terminal = Terminal::open(&computer, &["console", "--as", "Anna"]);
    for line in ["/profile", "About me", "my secret garden"] {
        terminal.waits_for_keys();
        terminal.types(&format!("{line}\r"));
    }
    terminal.waits_for_keys();
    let before = terminal.printed.len();
    // The arrow that brings back the line before.
    terminal.types("\u{1b}[A");
    terminal.sees("About me");
    terminal.types("\u{1b}[A");
    terminal.sees("/profile");
    assert!(!terminal.printed[before..].contains("secret"));
    terminal.types("\u{3}");
    terminal.sees("/quit or Ctrl-D");
    terminal.waits_for_keys();
    terminal.types("/quit\r");
    let (status, _) = terminal.ends();
    assert_eq!(status.code(), Some(0));
}

#[test]
fn o6_told_to_stop_at_a_prompt_it_leaves_the_terminal_as_it_was() {
    let computer = Computer::new();
    let mut terminal = Terminal::open(&computer, &["console", "--as", "Anna"]);
    terminal.waits_for_keys();
    terminal.types("/need\r");
    terminal.waits_for_keys();
    terminal.types("half a li");
    terminal.gets(Signal::TERM);
    terminal.sees("Everything is kept. Good-bye!");
    let (status, printed) = terminal.ends();
    assert_eq!(status.code(), Some(0), "{printed}");
    assert_eq!(computer.does(&["verify"]).code, 0);
}

/// Before the first prompt nothing is changed yet, and nothing is changed after it was told to stop.
#[test]
fn o6_told_to_stop_at_any_moment_it_leaves_the_terminal_as_it_was() {
    let computer = Computer::new();
    for lines in 0..6 {
        let mut terminal = Terminal::open(&computer, &["console", "--as", "Anna"]);
        terminal.waits_for_keys();
        // No line is waited for: the signal comes while it is answered, or at the prompt after it.
        for _ in 0..lines {
            terminal.types("/home\r");
        }
        terminal.gets(Signal::TERM);
        let (status, printed) = terminal.ends();
        assert_eq!(status.code(), Some(0), "{lines} lines: {printed}");
    }
}
