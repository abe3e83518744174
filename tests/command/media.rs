//! `ari play` and `ari record`.

use std::time::Duration;
use std::{fs, thread};

use super::support::{Running, good, on_every_server, originate, run};

#[test]
fn media_is_played_and_recorded() {
    on_every_server(|server| {
        let mut events = Running::start(server, &["events", "hello", "--subscribe-all"]);
        events.line("Connected");
        let id = originate(server, "tone");
        events.line("StasisStart");
        good(server, &["play", &id, "sound:hello-world"]);
        let (code, _, err) = run(server, &["play", &id, "sound:no-such-sound"]);
        assert_eq!(code, Some(1), "{err}");
        assert!(
            err.contains("sound:no-such-sound cannot be played"),
            "{err}"
        );
        let (code, _, err) = run(server, &["play", "nobody", "sound:hello-world"]);
        assert_eq!(code, Some(3), "{err}");
        assert!(err.contains("there is no channel"), "{err}");

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("here.wav");
        let path = file.to_str().unwrap();
        good(
            server,
            &["record", &id, "--out", path, "--max-duration-seconds", "1"],
        );
        let bytes = fs::read(&file).unwrap();
        assert!(
            bytes.starts_with(b"RIFF") && bytes.len() > 8_000,
            "{}",
            bytes.len()
        );
        let arguments = ["record", &id, "--out", path, "--json"];
        let recording = Running::start(server, &arguments);
        events.line("RecordingStarted");
        thread::sleep(Duration::from_millis(500));
        recording.signal("INT");
        let (code, lines) = recording.end();
        assert_eq!(code, Some(0), "{lines:?}");
        assert!(lines.concat().contains(r#""state":"done""#), "{lines:?}");
        assert!(fs::read(&file).unwrap().starts_with(b"RIFF"));
        assert_eq!(
            good(server, &["recordings", "list-stored", "--json"]).trim(),
            "[]"
        );
        events.signal("INT");
        events.end();
    });
}
