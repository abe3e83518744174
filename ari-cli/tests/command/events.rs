//! `ari events` and `ari watch`: whose application they are, and what they print.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::fake::{Fake, to, within};
use super::support::{run, signal};
use super::watching::{LIMIT, Watching};

/// Some messages of a real Asterisk are not accepted by a JSON parser. The command prints every message
/// of the stream.
#[test]
fn unparsable_messages_are_printed_as_received() {
    let deep = format!(
        r#"{{"type":"ChannelUserevent","eventname":"E","userevent":{{"v":{}{}}}}}"#,
        "[".repeat(130),
        "]".repeat(130)
    );
    let messages = [
        deep.as_str(),
        r#"{"type":"ChannelUserevent","eventname":"E","userevent":{"v":"\ud800"}}"#,
        r#"{"type":"StasisStart","channel":{"id":"1.2","na"#,
        r#"{"channel":{"id":"1.2"}}"#,
        "nothing of the kind",
    ];
    for (arguments, last) in [
        (&["events", "hello", "--json"][..], r#"{"type":"Last"}"#),
        (&["events", "hello"], "Last"),
        (&["events", "hello", "--fields", "type"], "Last"),
        (&["watch", "--json"], r#"{"type":"Last"}"#),
    ] {
        let pbx = within();
        let mut command = to(&pbx, arguments);
        let mut watching = Watching::start(command_with_errors(&mut command));
        watching.until("Connected");
        for message in messages {
            pbx.send_text(message);
        }
        pbx.send_text(r#"{"type":"Last"}"#);
        let mut lines = Vec::new();
        while !lines
            .last()
            .is_some_and(|line: &String| line.contains("Last"))
        {
            lines.push(watching.lines.recv_timeout(LIMIT).expect("a line"));
        }
        let end = lines.pop().expect("the last line");
        assert_eq!(end.trim(), last, "{arguments:?}");
        assert_eq!(lines, messages, "{arguments:?}");
        signal(watching.child.id(), "INT");
        let mut err = String::new();
        let stderr = watching.child.stderr.as_mut().expect("a pipe");
        stderr.read_to_string(&mut err).expect("text");
        assert_eq!(err.lines().count(), messages.len(), "{arguments:?}: {err}");
        assert!(err.contains("cannot parse event ChannelUserevent"), "{err}");
        assert!(watching.child.wait().expect("it ends").success());
    }
}

fn command_with_errors(command: &mut std::process::Command) -> std::process::Command {
    let mut other = std::mem::replace(command, std::process::Command::new("true"));
    other.stderr(Stdio::piped());
    other
}

/// A connected program loses no events to a command that watches.
#[test]
fn registered_applications_are_only_taken_over_on_request() {
    let fake = Fake::start(&[], &[]);
    let mut program = Watching::start(fake.command(&["events", "hello", "--json"]));
    program.until("Connected");
    for arguments in [
        &["events", "hello"][..],
        &["events", "other", "hello"],
        &["events", "event-websocket", "--app", "hello"],
    ] {
        let (code, out, err) = run(fake.command(arguments));
        assert_eq!((code, out.as_str()), (3, ""), "{arguments:?}: {err}");
        for part in [
            "the application \"hello\" is already registered: a program is connected as it, and",
            "--take-over",
            "`ari watch`",
        ] {
            assert!(err.contains(part), "{arguments:?}: {part}: {err}");
        }
    }
    let mut watch = Watching::start(fake.command(&["watch"]));
    watch.until("Connected");
    let id = fake.call("1");
    program.until("StasisStart");
    watch.until("ChannelCreated");
    // The program disconnects, and its channel keeps the application.
    signal(program.child.id(), "INT");
    assert!(program.child.wait().expect("it ends").success());
    let (code, _, err) = run(fake.command(&["events", "hello"]));
    assert!(code == 3 && err.contains("with 2 channels, "), "{err}");
    let mut first = Watching::start(fake.command(&["events", "hello", "--take-over"]));
    first.until("Connected");
    let operation = ["events", "event-websocket", "--app=hello", "--take-over"];
    let mut second = Watching::start(fake.command(&operation));
    second.until("Connected");
    first.until("ApplicationReplaced");
    assert_eq!(first.child.wait().expect("it ends").code(), Some(1));
    fake.good(&["channels", "hangup", &id]);
    second.until("StasisEnd");
    for child in [second, watch] {
        signal(child.child.id(), "INT");
        let status = { child }.child.wait().expect("it ends");
        assert!(status.success());
    }
    let left = fake.good(&["applications", "list", "--json"]);
    assert_eq!(left.trim(), "[]");
}

/// `ari watch` prints the events of the named objects only.
#[test]
fn watch_prints_events_of_named_objects_only() {
    let fake = Fake::start(&[], &[]);
    let mut program = Watching::start(fake.command(&["events", "hello"]));
    program.until("Connected");
    let (first, second) = (fake.call("1"), fake.call("1"));
    fake.good(&["bridges", "create-with-id", "lobby"]);
    fake.good(&["bridges", "create-with-id", "other"]);
    let mut watch = Watching::start(fake.command(&[
        "watch",
        "--channel",
        &first,
        "--bridge=lobby",
        "--endpoint=PJSIP/phone",
        "--json",
    ]));
    watch.until("Connected");
    let names = || fake.good(&["applications", "list", "--json"]);
    let begin = Instant::now();
    while !(names().contains("lobby") && names().contains("PJSIP/phone")) {
        assert!(begin.elapsed() < LIMIT, "{}", names());
        thread::sleep(Duration::from_millis(50));
    }
    fake.good(&["bridges", "add-channel", "other", "--channel", &second]);
    fake.good(&["channels", "hangup", &second]);
    fake.good(&["bridges", "destroy", "other"]);
    fake.good(&["bridges", "add-channel", "lobby", "--channel", &first]);
    fake.good(&["bridges", "destroy", "lobby"]);
    let mut passed = Vec::new();
    while !passed
        .iter()
        .any(|line: &String| line.contains("BridgeDestroyed"))
    {
        passed.push(watch.lines.recv_timeout(LIMIT).expect("a line"));
    }
    assert!(
        passed
            .iter()
            .all(|line| !line.contains(&second) && !line.contains("other")),
        "{passed:#?}"
    );
    for child in [watch, program] {
        signal(child.child.id(), "TERM");
        assert!({ child }.child.wait().expect("it ends").success());
    }
    for (arguments, expected) in [
        (
            &["watch", "--channel", "nope"][..],
            "channel \"nope\" does not exist (it may",
        ),
        (
            &["watch", "--bridge", "nope"],
            "bridge \"nope\" does not exist; `ari bridges list`",
        ),
        (
            &["watch", "--endpoint", "PJSIP/nope"],
            "endpoint \"PJSIP/nope\" does not exist",
        ),
        (
            &["events", "new", "--channel", "nope"],
            "channel \"nope\" does not exist (it may",
        ),
    ] {
        let (code, out, err) = run(fake.command(arguments));
        assert_eq!(code, 3, "{arguments:?}: {out}{err}");
        assert!(err.contains(expected), "{arguments:?}: {err}");
    }
}

/// A command that prints until Ctrl-C ends as soon as its output is closed, not at the next event.
#[test]
fn closed_output_ends_the_command_at_once() {
    for arguments in [
        &["events", "other"][..],
        &["watch"],
        &["call", "Local/1@testari", "--app", "hello"],
    ] {
        let fake = Fake::start(&[], &[]);
        let mut program = Watching::start(fake.command(&["events", "hello"]));
        program.until("Connected");
        let mut command = fake.command(arguments);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        // Nothing that would be printed happens from here on.
        thread::sleep(Duration::from_millis(500));
        drop(out);
        let begin = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("it can be asked") {
                break status;
            }
            assert!(begin.elapsed() < LIMIT, "{arguments:?} goes on");
            thread::sleep(Duration::from_millis(20));
        };
        assert!(status.success(), "{arguments:?}: {status}");
        signal(program.child.id(), "INT");
        assert!(program.child.wait().expect("it ends").success());
    }
}

/// Waits for the end of a command, and returns its exit code, its lines and its errors.
fn to_end(mut watching: Watching) -> (Option<i32>, Vec<String>, String) {
    let mut err = String::new();
    let stderr = watching.child.stderr.as_mut().expect("a pipe");
    stderr.read_to_string(&mut err).expect("text");
    let code = watching.child.wait().expect("it ends").code();
    (code, watching.lines.iter().collect(), err)
}

/// A program that has connected as the application while the connection was lost keeps it.
#[test]
fn reconnecting_does_not_take_over_an_application() {
    let pbx = within();
    let start = |arguments: &[&str]| Watching::start(command_with_errors(&mut to(&pbx, arguments)));
    let mut first = start(&["events", "hello"]);
    first.until("Connected");
    // The command cannot look, and so does not connect, until the other program has.
    pbx.fail_times("applications.get", 503, "Asterisk not booted", 3);
    assert!(pbx.drop_socket("hello"));
    let mut second = start(&["events", "hello", "--take-over"]);
    second.until("Connected");
    let (code, lines, err) = to_end(first);
    assert_eq!(code, Some(3), "{lines:?} {err}");
    for part in [
        "the application \"hello\" is registered",
        "since the connection was lost",
        "--take-over",
    ] {
        assert!(err.contains(part), "{part}: {err}");
    }
    assert!(
        lines.iter().all(|line| !line.contains("Reconnected")),
        "{lines:?}"
    );
    // Nobody has taken it over from the other one, which may connect again.
    let caller = pbx.incoming_call("PJSIP/alice").into_application("hello");
    second.until("StasisStart");
    assert!(pbx.drop_socket("hello"));
    second.until("Reconnected");
    caller.hang_up();
    second.until("StasisEnd");
    signal(second.child.id(), "INT");
    assert!(second.child.wait().expect("it ends").success());
}

/// The channel that the command itself has created does not count as another program: the command
/// reconnects and follows its call.
#[test]
fn calls_are_followed_across_a_reconnect() {
    let pbx = within();
    let arguments = ["call", "Local/1@testari", "--app", "hello"];
    let mut call = Watching::start(command_with_errors(&mut to(&pbx, &arguments)));
    call.until("StasisStart");
    assert!(pbx.drop_socket("hello"));
    call.until("Reconnected");
    signal(call.child.id(), "INT");
    assert_eq!(call.child.wait().expect("it ends").code(), Some(130));
}

/// `-v` also shows requests that the library sends by itself.
#[test]
fn verbose_prints_requests_of_the_library() {
    let pbx = within();
    let mut command = to(&pbx, &["-v", "events", "hello"]);
    let mut watching = Watching::start(command_with_errors(&mut command));
    watching.until("Connected");
    let mut err = BufReader::new(watching.child.stderr.take().expect("a pipe")).lines();
    let mut until = |part: &str| {
        let mut passed = Vec::new();
        for line in err.by_ref().map_while(Result::ok) {
            if line.contains(part) {
                return;
            }
            passed.push(line);
        }
        panic!("{part}: {passed:#?}");
    };
    // Asked by the session when it has connected, and after the loss.
    until("/events?app=hello");
    until("< 101 (WebSocket)");
    until("/applications/hello");
    assert!(pbx.drop_socket("hello"));
    watching.until("Reconnected");
    until("/events?app=hello");
    until("/channels");
    signal(watching.child.id(), "INT");
    assert!(watching.child.wait().expect("it ends").success());
}
