//! `exodus run`.

use std::{io::Read as _, process::Command, time::Duration};

use crate::computer::{Computer, piped};

#[test]
fn a_service_ends_when_told_to() {
    for signal in ["TERM", "INT"] {
        let computer = Computer::new().with_anna();
        let mut child = piped(&mut computer.command(&["run"])).spawn().expect("it starts");
        let mut log = child.stderr.take().expect("its log");
        let mut said = String::new();
        while !said.contains("month ends") {
            let mut some = [0; 256];
            let count = log.read(&mut some).expect("more of its log");
            assert!(count > 0, "it ended by itself: {said}");
            said.push_str(&String::from_utf8_lossy(&some[..count]));
        }
        let told = Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status();
        assert!(told.expect("kill runs").success());
        let ended = (0..300).find_map(|_| {
            std::thread::sleep(Duration::from_millis(100));
            child.try_wait().expect("its state")
        });
        if ended.is_none() {
            child.kill().expect("it is ended");
        }
        assert_eq!(ended.and_then(|status| status.code()), Some(0), "{signal}");
        log.read_to_string(&mut said).expect("the rest");
        assert!(said.contains("stopped"), "{said}");
        assert!(!said.contains("Anna"), "{said}");
        assert_eq!(computer.does(&["verify"]).code, 0);
    }
}
