//! `--record`, `ari mock --replay` and `ari trace`.

use std::fs;
use std::path::Path;

use super::fake::Fake;
use super::support::{ari, run, signal};
use super::watching::Watching;

/// A recorded call, and the test that plays it.
const RECORDED_CALL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../ari-mock/tests/recorded/call.jsonl"
);

fn text(path: &Path) -> String {
    path.to_str().expect("text").to_owned()
}

fn replay(recording: &str, program: &[&str]) -> (Option<i32>, Vec<String>) {
    let mut command = ari(&["mock", "--replay", recording, "--port", "0", "--json"]);
    command.stdout(std::process::Stdio::piped());
    let mut player = Watching::start(command);
    let first = player.lines.recv_timeout(super::watching::LIMIT);
    let first: serde_json::Value = serde_json::from_str(&first.expect("a line")).expect("JSON");
    let mut command = ari(program);
    command.env("ARI_URL", first["url"].as_str().expect("a URL"));
    run(command);
    let lines = player.lines.iter().collect();
    (player.child.wait().expect("it ends").code(), lines)
}

#[test]
fn calls_are_recorded_traced_and_played() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = text(&folder.path().join("calls.jsonl"));
    let fake = Fake::start(&[], &[]);
    let mut events = Watching::start(fake.command(&["events", "hello", "--record", &file]));
    events.until("Connected");
    for id in ["first-call", "other-call"] {
        let originate = [
            "channels",
            "originate",
            "--endpoint",
            "Local/brief@testari",
            "--app",
            "hello",
            "--channel-id",
            id,
        ];
        assert_eq!(run(fake.command(&originate)).0, 0);
        events.until("StasisEnd");
    }
    signal(events.child.id(), "INT");
    assert!(events.child.wait().expect("it ends").success());

    // A file that exists is kept.
    let recorded = fs::read_to_string(&file).expect("a file");
    let (code, _, err) = run(fake.command(&["asterisk", "ping", "--record", &file]));
    assert!(code == 2 && err.contains("exists"), "{code}: {err}");
    assert_eq!(fs::read_to_string(&file).expect("a file"), recorded);
    assert!(!recorded.contains("testme"));

    // Both halves of the Local channel are found, and nothing of the other call.
    let (code, out, err) = run(ari(&["trace", "first-call", &file]));
    assert_eq!(code, 0, "{err}");
    for part in [
        "2 legs",
        "(first-call;2)",
        "StasisStart",
        "16 Normal Clearing",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(!out.contains("other-call"), "{out}");
    // The channel that was asked for is the first one.
    let (code, out, _) = run(ari(&["trace", "first-call;2", &file]));
    assert_eq!(code, 0);
    let first = out.lines().nth(1).unwrap_or_default();
    assert!(
        first.trim_start().starts_with("A ") && first.contains("(first-call;2)"),
        "{out}"
    );
    let (code, out, _) = run(ari(&["trace", "first-call", &file, "--json"]));
    let values = out.lines().map(serde_json::from_str::<serde_json::Value>);
    let values: Vec<_> = values.map(|value| value.expect("JSON")).collect();
    assert_eq!((code, &values[0]["call"]), (0, &"first-call".into()));
    assert!(values.len() > 5 && values[1]["time"].is_string(), "{out}");
    let (code, _, err) = run(ari(&["trace", "third-call", &file]));
    assert!(code == 2 && err.contains("other-call"), "{err}");

    // Every command can be recorded, and played.
    let request = text(&folder.path().join("ping.jsonl"));
    let mute = ["channels", "mute", "nobody"];
    assert_eq!(
        run(fake.command(&[&mute[..], &["--record", &request]].concat())).0,
        3
    );
    let (code, lines) = replay(&request, &mute);
    assert_eq!(code, Some(0), "{lines:?}");
    let (code, lines) = replay(&request, &["channels", "unmute", "nobody"]);
    assert_eq!(code, Some(7), "{lines:?}");
    assert!(lines[0].contains("Unexpected"), "{lines:?}");
}

/// ari-mock compiles and runs the same files.
#[test]
fn recorded_calls_become_tests() {
    let folder = tempfile::tempdir().expect("a folder");
    let test = folder.path().join("call.rs");
    let written = text(&test);
    let arguments = [
        "trace",
        "alice",
        RECORDED_CALL,
        "--write-test",
        &written,
        "--function",
        "crate::helpers::run",
    ];
    let (code, _, err) = run(ari(&arguments));
    assert_eq!(code, 0, "{err}");
    for extension in ["rs", "jsonl"] {
        let found = fs::read_to_string(test.with_extension(extension)).expect("a file");
        let expected = Path::new(RECORDED_CALL).with_extension(extension);
        assert_eq!(found, fs::read_to_string(expected).expect("a file"));
    }
    let (code, _, err) = run(ari(&arguments));
    assert!(code == 2 && err.contains("exists"), "{err}");
    let (code, _, err) = run(ari(&["trace", "alice", RECORDED_CALL, "--write-test", "x"]));
    assert!(code == 2 && err.contains(".rs"), "{err}");
}

/// A call that is followed live ends with its last channel, and includes those that join it.
#[test]
fn calls_are_followed_live() {
    let fake = Fake::start(&[], &[]);
    let mut events = Watching::start(fake.command(&["events", "hello"]));
    events.until("Connected");
    for id in ["leg-one", "leg-two"] {
        let originate = [
            "channels",
            "originate",
            "--endpoint",
            "PJSIP/1@loop",
            "--app",
            "hello",
            "--channel-id",
            id,
        ];
        assert_eq!(run(fake.command(&originate)).0, 0);
        events.until("StasisStart");
    }
    let mut trace = Watching::start(fake.command(&["trace", "leg-one"]));
    trace.until("(leg-one)");
    let succeed = |arguments: &[&str]| {
        let (code, _, err) = run(fake.command(arguments));
        assert_eq!(code, 0, "{arguments:?}: {err}");
    };
    succeed(&["bridges", "create", "--bridge-id", "the-bridge"]);
    succeed(&[
        "bridges",
        "add-channel",
        "the-bridge",
        "--channel",
        "leg-one",
    ]);
    trace.until("bridge the-bridge");
    succeed(&[
        "bridges",
        "add-channel",
        "the-bridge",
        "--channel",
        "leg-two",
    ]);
    trace.until("(leg-two)");
    for id in ["leg-two", "leg-one"] {
        succeed(&["channels", "hangup", id]);
        trace.until("ChannelDestroyed");
    }
    assert!(trace.child.wait().expect("it ends").success());
}

/// The test of a transfer, or of a later call in a shared bridge, has all that it needs, and fails for a
/// program that does something else.
#[test]
fn written_tests_of_transfers_are_played() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| text(&folder.path().join(name));
    let fake = Fake::start(&[], &[]);
    let mut events = Watching::start(fake.command(&["events", "hello"]));
    events.until("Connected");
    let originate = |id: &str| {
        let id = format!("--channel-id={id}");
        let endpoint = "--endpoint=Local/tone@testari";
        fake.good(&["channels", "originate", endpoint, "--app=hello", &id]);
    };
    for id in ["alice", "bob"] {
        originate(id);
        events.until("StasisStart");
    }
    fake.good(&["bridges", "create", "--bridge-id", "old"]);
    for id in ["alice", "bob"] {
        fake.good(&["bridges", "add-channel", "old", "--channel", id]);
    }
    let recorded = path("transfer.jsonl");
    let transfer = ["transfer", "alice", "Local/brief@testari"];
    fake.good(&[&transfer[..], &["--record", &recorded]].concat());
    let (_, out, _) = run(ari(&["trace", "alice", &recorded]));
    for part in [
        "4 legs, 2 bridges",
        "A  origin not in the recording; no answer in the recording; hung up by the application",
        "B  origin not in the recording",
        "C  originated by the application (brief@testari)",
        "hung up by the other half",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    let write_test = |file: &str| {
        let trace = ["trace", "alice", &recorded, "--write-test", file];
        let (code, _, err) = run(ari(&trace));
        (code, err)
    };
    let (code, err) = write_test(&path("transfer.rs"));
    assert_eq!(code, 2, "the recording is not replaced: {err}");
    let written = path("call.rs");
    let (code, err) = write_test(&written);
    assert_eq!(code, 0, "{err}");
    let source = fs::read_to_string(&written).expect("a test");
    for existing in ["channel alice", "channel bob", "bridge old"] {
        assert!(source.contains(existing), "{existing}: {source}");
    }
    for (target, expected) in [("Local/brief@testari", 0), ("Local/tone@testari", 7)] {
        let program = ["transfer", "alice", target];
        let (code, lines) = replay(&path("call.jsonl"), &program);
        assert_eq!(code, Some(expected), "{target}: {lines:#?}");
    }
}

/// `live` is a word, and a file with that name is given with its folder.
#[test]
fn live_is_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(RECORDED_CALL, folder.path().join("live")).expect("a file");
    let fake = Fake::start(&[], &[]);
    let test = ["--write-test", "call.rs"];
    for (file, options, code, part) in [
        // The server has no such channel.
        ("live", &[][..], 3, "alice"),
        ("live", &test, 2, "./live"),
        ("./live", &[], 0, "StasisStart"),
    ] {
        let mut command = fake.command(&[&["trace", "alice", file], options].concat());
        command.current_dir(folder.path());
        let (found, out, err) = run(command);
        assert_eq!(found, code, "{file}: {out}{err}");
        assert!((out + &err).contains(part), "{file} {part}");
    }
}

/// Commands without a client of ARI do not begin a recording, which would stay empty.
#[test]
fn commands_without_traffic_refuse_to_record() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file.jsonl");
    let path = file.to_str().expect("a path");
    let mut commands = vec![&["mock", "--port=0"][..]];
    if cfg!(feature = "gateway") {
        commands.extend([&["history", "call"][..], &["gateway", "list"]]);
    }
    for command in commands {
        let (code, _, err) = run(ari(&[command, &["--record", path]].concat()));
        assert_eq!(code, 2, "{err}");
        let text = format!("--record does not apply to {}", command[0]);
        assert!(err.contains(&text), "{err}");
        assert!(!file.exists());
    }
}

#[test]
fn secrets_are_not_recorded() {
    let fake = Fake::start(&[], &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = text(&folder.path().join("file.jsonl"));
    let variables = r#"{"PINS":"1111","CUSTOMER":"2222","COLOR":"3333"}"#;
    let originate = [
        "channels",
        "originate",
        "--endpoint",
        "Local/1@testari",
        "--app",
        "hello",
    ];
    let record = [
        "--variables",
        variables,
        "--record",
        &file,
        "--redact",
        "customer",
    ];
    assert_eq!(run(fake.command(&[&originate[..], &record].concat())).0, 0);
    let recorded = fs::read_to_string(&file).expect("a recording");
    for (secret, is_recorded) in [("1111", false), ("2222", false), ("3333", true)] {
        assert_eq!(
            recorded.contains(secret),
            is_recorded,
            "{secret}: {recorded}"
        );
    }
    let (code, _, err) = run(fake.command(&["channels", "list", "--redact", "customer"]));
    assert_eq!(code, 2, "{err}");
}

/// The file is created before the arguments are checked, and removed if nothing was sent.
#[test]
fn refused_commands_leave_no_recording() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = text(&folder.path().join("file.jsonl"));
    let out = text(folder.path());
    for arguments in [
        &["record", "1", "--out", &out, "--format", "wav"][..],
        &[
            "channels",
            "create",
            "--endpoint",
            "PJSIP/1",
            "--app",
            "",
            "--release",
            "99",
        ],
        &[
            "channels",
            "hangup",
            "1",
            "--fields",
            "id",
            "--reason",
            "unheard of",
        ],
        &["trace", "1", &out],
    ] {
        let (code, _, err) = run(ari(&[arguments, &["--record", &file]].concat()));
        assert_ne!(code, 0, "{arguments:?}: {err}");
        assert!(!Path::new(&file).exists(), "{arguments:?}");
    }
}

#[test]
fn incomplete_recordings_are_read_and_endless_ones_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = text(&folder.path().join("call.jsonl"));
    let recorded = fs::read_to_string(RECORDED_CALL).expect("a file");
    let lines = recorded.lines().count();
    fs::write(&file, recorded.trim_end().trim_end_matches('}')).expect("a file");
    let expected = format!("breaks off in line {lines}:");
    let (code, out, err) = run(ari(&["trace", "alice", &file]));
    assert!(code == 0 && out.contains(&expected), "{out}{err}");
    let (_, out, _) = run(ari(&["trace", "alice", &file, "--json"]));
    let head: serde_json::Value =
        serde_json::from_str(out.lines().next().expect("a line")).expect("JSON");
    assert_eq!(head["truncated_line"], lines);
    let (code, _, err) = run(ari(&["trace", "bob", &file]));
    assert!(code == 2 && err.contains(&expected), "{err}");
    if cfg!(unix) {
        let (code, _, err) = run(ari(&["trace", "alice", "/dev/zero"]));
        assert!(code == 2 && err.contains("not a traffic file"), "{err}");
    }
}

#[test]
fn interrupted_replays_report_the_rest() {
    for (json, parts) in [
        (
            false,
            &[
                "no differences so far",
                "Not played to its end: line ",
                "POST /channels/alice/answer",
            ][..],
        ),
        (true, &["\"as_recorded\":false", "\"messages\":"]),
    ] {
        let mut arguments = vec![
            "mock",
            "--replay",
            RECORDED_CALL,
            "--port",
            "0",
            "--wait",
            "600",
        ];
        arguments.extend(json.then_some("--json"));
        let mut command = ari(&arguments);
        command.stdout(std::process::Stdio::piped());
        let mut player = Watching::start(command);
        player
            .lines
            .recv_timeout(super::watching::LIMIT)
            .expect("a line");
        signal(player.child.id(), "INT");
        let out = player.lines.iter().collect::<Vec<_>>().join("\n");
        assert_eq!(player.child.wait().expect("it ends").code(), Some(130));
        for part in parts {
            assert!(out.contains(part), "{part}: {out}");
        }
    }
}
