//! Ctrl-C and SIGTERM while a server accepts connections and sends no responses.

use std::io::Read as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use super::fake::Fake;
use super::support::{ari, signal, silent};
use super::watching::{LIMIT, Watching};

/// Waits for the end of a program that was sent a signal, and returns its exit code.
#[track_caller]
fn code(mut child: Child) -> Option<i32> {
    let begin = Instant::now();
    while begin.elapsed() < LIMIT {
        if let Some(status) = child.try_wait().expect("it can be asked") {
            assert_eq!(status.signal(), None, "it ends by itself");
            return status.code();
        }
        thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    panic!("it does not end");
}

#[test]
fn signals_end_commands_that_wait_for_a_response() {
    for arguments in [
        &["channels", "list"][..],
        &["channels", "hangup", "12"],
        &["events", "hello", "--channel", "12"],
        &["play", "12", "sound:beep"],
        &["call", "Local/1@testari", "--app", "hello"],
        &["doctor"],
    ] {
        for (name, expected) in [("INT", 130), ("TERM", 143)] {
            let (url, listener) = silent();
            let mut command = ari(arguments);
            let child = command.env("ARI_URL", &url).spawn().expect("it runs");
            // It has sent its first request.
            let (mut stream, _) = listener.accept().expect("a connection");
            assert!(stream.read(&mut [0; 512]).expect("a request") > 0);
            signal(child.id(), name);
            assert_eq!(code(child), Some(expected), "{arguments:?} {name}");
        }
    }
}

/// A command cleans up after itself, unless the server hangs.
#[test]
fn cleanup_does_not_wait_for_a_server_that_hangs() {
    for (arguments, begun, expected) in [
        (&["events", "other"][..], "Connected", 0),
        (
            &["call", "Local/1@testari", "--app", "other"],
            "StasisStart",
            130,
        ),
        (&["play", "ID", "tone:ring"], "", 130),
        (&["record", "ID", "--out", "FILE"], "", 130),
    ] {
        let fake = Fake::start(&[], &[]);
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.wav");
        let mut events = Watching::start(fake.command(&["events", "hello", "--subscribe-all"]));
        events.until("Connected");
        let id = fake.call("tone");
        events.until("StasisStart");
        let arguments: Vec<&str> = arguments
            .iter()
            .map(|argument| match *argument {
                "ID" => id.as_str(),
                "FILE" => file.to_str().expect("a path"),
                other => other,
            })
            .collect();
        let mut child = Watching::start(fake.command(&arguments));
        match begun {
            "" => events.until(if arguments[0] == "play" {
                "PlaybackStarted"
            } else {
                "RecordingStarted"
            }),
            begun => child.until(begun),
        }
        fake.hang();
        signal(child.child.id(), "INT");
        if arguments[0] == "record" {
            // The first asks for the end of the recording, which is worth some seconds.
            thread::sleep(Duration::from_millis(200));
            signal(child.child.id(), "INT");
        }
        assert_eq!(code(child.child), Some(expected), "{arguments:?}");
        let _ = events.child.kill();
        let _ = events.child.wait();
    }
}
