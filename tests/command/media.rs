//! `ari play` and `ari record`.

use std::time::Duration;
use std::{fs, thread};

use super::support::{
    RunningCommand, command, on_every_server, originate, outcome, run, run_successfully,
};

#[test]
fn media_is_played_and_recorded() {
    on_every_server(|server| {
        let mut events = RunningCommand::start(server, &["events", "hello", "--subscribe-all"]);
        events.wait_for_line("Connected");
        let id = originate(server, "tone");
        events.wait_for_line("StasisStart");
        run_successfully(server, &["play", &id, "sound:hello-world"]);
        let (code, _, err) = run(server, &["play", &id, "sound:no-such-sound"]);
        assert_eq!(code, Some(1), "{err}");
        assert!(
            err.contains("sound:no-such-sound cannot be played"),
            "{err}"
        );
        // Asterisk skips these without an event about the end.
        for media in ["number:notanumber", "recording:no-such-recording"] {
            let (code, _, err) = run(server, &["play", &id, media]);
            assert_eq!(code, Some(1), "{}: {err}", server.name);
            let expected = format!("Asterisk skipped {media}");
            assert!(err.contains(&expected), "{}: {err}", server.name);
        }
        let (code, _, err) = run(server, &["play", "nobody", "sound:hello-world"]);
        assert_eq!(code, Some(3), "{err}");
        assert!(err.contains("does not exist"), "{err}");

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("here.wav");
        let path = file.to_str().unwrap();
        let record = ["record", &id, "--out", path, "--max-duration-seconds", "1"];
        let (code, _, err) = run(server, &record);
        assert_eq!(code, Some(0), "{}: {err}", server.name);
        // A busy server can count a second more.
        let told = [1, 2].map(|seconds| format!("{path}: {seconds} s, "));
        assert!(
            told.iter().any(|told| err.contains(told)) && err.contains(" bytes"),
            "{}: {err}",
            server.name
        );
        assert!(
            !err.contains("no sound was received"),
            "{}: {err}",
            server.name
        );
        let (code, _, err) = run(server, &record);
        assert!(
            code == Some(2) && err.contains("exists"),
            "{}: {err}",
            server.name
        );
        let bytes = fs::read(&file).unwrap();
        assert!(
            bytes.starts_with(b"RIFF") && bytes.len() > 8_000,
            "{}",
            bytes.len()
        );
        let arguments = ["record", &id, "--out", path, "--json", "--overwrite"];
        let recording = RunningCommand::start(server, &arguments);
        events.wait_for_line("RecordingStarted");
        thread::sleep(Duration::from_millis(500));
        recording.signal("INT");
        let (code, lines) = recording.end();
        assert_eq!(code, Some(0), "{lines:?}");
        assert!(lines.concat().contains(r#""state":"done""#), "{lines:?}");
        assert!(fs::read(&file).unwrap().starts_with(b"RIFF"));
        assert_eq!(
            run_successfully(server, &["recordings", "list-stored", "--json"]).trim(),
            "[]"
        );
        events.signal("INT");
        events.end();
    });
}

/// A caller who hangs up is not mistaken for a missing sound.
#[test]
fn hangup_is_distinguished_from_missing_sound() {
    on_every_server(|server| {
        let mut events = RunningCommand::start(server, &["events", "hello"]);
        events.wait_for_line("Connected");
        let id = originate(server, "1");
        events.wait_for_line("StasisStart");
        let play = command(server, &["play", &id, "sound:demo-congrats"]);
        let play = thread::spawn(move || outcome(play));
        events.wait_for_line("PlaybackStarted");
        run_successfully(server, &["channels", "hangup", &id]);
        let (code, _, err) = play.join().unwrap();
        assert_eq!(code, Some(1), "{}: {err}", server.name);
        assert!(err.contains("ended before the playback did"), "{err}");
        assert!(!err.contains("cannot be played"), "{err}");
        events.signal("INT");
        events.end();
    });
}

/// An output file that cannot be written is reported before recording, and a finished recording is
/// not lost.
#[test]
fn unwritable_output_is_reported_before_recording() {
    on_every_server(|server| {
        let mut events = RunningCommand::start(server, &["events", "hello"]);
        events.wait_for_line("Connected");
        let id = originate(server, "tone");
        events.wait_for_line("StasisStart");
        let stored = || run_successfully(server, &["recordings", "list-stored", "--json"]);
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing/a.wav");
        let missing = missing.to_str().unwrap();
        let limited = ["--max-duration-seconds", "1"];
        let (code, _, err) = run(
            server,
            &[&["record", &id, "--out", missing], &limited[..]].concat(),
        );
        assert_eq!(code, Some(1), "{err}");
        assert!(err.contains(&format!("cannot write {missing}")), "{err}");

        let gone = folder.path().join("gone");
        fs::create_dir(&gone).unwrap();
        let file = gone.join("a.wav");
        let file = file.to_str().unwrap();
        let record = command(
            server,
            &["record", &id, "--out", file, "--max-duration-seconds", "1"],
        );
        let record = thread::spawn(move || outcome(record));
        // Nothing has begun before this one.
        events.wait_for_line("RecordingStarted");
        assert!(!events.passed.iter().any(|line| line.contains("Recording")));
        fs::remove_dir_all(&gone).unwrap();
        let (code, _, err) = record.join().unwrap();
        assert_eq!(code, Some(1), "{}: {err}", server.name);
        let (_, rest) = err.split_once("`ari ").unwrap();
        let (fetch, _) = rest.split_once('`').unwrap();
        fs::create_dir(&gone).unwrap();
        run_successfully(server, &fetch.split(' ').collect::<Vec<_>>());
        assert!(fs::read(file).unwrap().starts_with(b"RIFF"));
        assert!(stored().contains("ari-command-"), "{}", stored());

        // The command's own application is removed while the channel is still alive.
        let applications = run_successfully(server, &["applications", "list", "--fields", "name"]);
        assert!(
            !applications.contains("ari-command"),
            "{}: {applications}",
            server.name
        );
        events.signal("INT");
        events.end();
    });
}
