//! `ari events`.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use ari_test_support::block_until;
use serde_json::Value;

use super::support::{RunningCommand, command, on_every_server, originate, run, run_successfully};

#[test]
fn events_are_filtered_across_reconnects() {
    on_every_server(|server| {
        let arguments = ["events", "hello", "--json", "--type", "StasisStart"];
        let mut events = RunningCommand::start(server, &arguments);
        let mut raw = RunningCommand::start(server, &["events", "--raw", "--", "events", "claim"]);
        events.wait_for_line(r#""Connected""#);
        // Raw events do not report that they are connected.
        block_until("the application of the raw events", || {
            run(server, &["applications", "get", "events"]).0 == Some(0)
        });
        let id = originate(server, "1");
        let start: Value = serde_json::from_str(&events.wait_for_line("StasisStart")).unwrap();
        assert_eq!(start["channel"]["id"], *id);
        assert_eq!(start["args"], serde_json::json!(["world"]));
        run_successfully(
            server,
            &[
                "events",
                "user-event",
                "Ping",
                "--application=events",
                "--variables=n=1",
            ],
        );
        let event: Value = serde_json::from_str(&raw.wait_for_line("Ping")).unwrap();
        assert_eq!(event["userevent"]["n"], 1);
        server.stop();
        events.wait_for_line("Disconnected");
        server.restart();
        events.wait_for_line("Reconnected");
        originate(server, "1");
        events.wait_for_line("StasisStart");
        assert!(
            events.passed.iter().all(|line| line.contains("Resynced")),
            "{:?}",
            events.passed
        );
        events.signal("TERM");
        assert_eq!(events.end().0, Some(0));
        raw.signal("TERM");
        assert_eq!(raw.end().0, Some(0));
    });
}

/// Every event of Asterisk is printed, even if it is nested more deeply than JSON parsers allow.
#[test]
fn deeply_nested_events_are_printed() {
    on_every_server(|server| {
        if server.asterisk().is_none() {
            // The fake one refuses such a request.
            return;
        }
        let mut events = RunningCommand::start(server, &["events", "hello", "--json"]);
        events.wait_for_line("Connected");
        let deep = format!("--variables=v={}{}", "[".repeat(126), "]".repeat(126));
        for (name, variable) in [("Deep", deep.as_str()), ("Last", "--variables=n=1")] {
            let event = ["events", "user-event", name, "--application=hello"];
            run_successfully(server, &[&event[..], &[variable]].concat());
        }
        let line = events.wait_for_line("Deep");
        assert!(line.contains(&"[".repeat(126)), "{}: {line}", server.name);
        events.wait_for_line("Last");
        assert_eq!(events.passed, Vec::<String>::new());
        events.signal("INT");
        assert_eq!(events.end().0, Some(0));
    });
}

/// Watching takes nothing away from the program that is the application, and leaves nothing behind.
#[test]
fn watching_takes_nothing_over() {
    on_every_server(|server| {
        let mut program = RunningCommand::start(server, &["events", "hello", "--json"]);
        program.wait_for_line("Connected");
        let (code, _, err) = run(server, &["events", "hello"]);
        assert_eq!(code, Some(3), "{}: {err}", server.name);
        assert!(err.contains("\"hello\" is already registered"), "{err}");
        let mut all = RunningCommand::start(server, &["watch"]);
        all.wait_for_line("Connected");
        let bridge = ["bridges", "create-with-id", "lobby"];
        run_successfully(server, &bridge);
        all.wait_for_line("BridgeCreated");
        let id = originate(server, "1");
        program.wait_for_line("StasisStart");
        all.wait_for_line(&id);
        let mut one = RunningCommand::start(server, &["watch", "--channel", &id, "--bridge=lobby"]);
        one.wait_for_line("Connected");
        let names = || run_successfully(server, &["applications", "list", "--json"]);
        let is_watched = || names().matches("\"lobby\"").count() > 0;
        block_until("the subscription", is_watched);
        run_successfully(
            server,
            &["bridges", "add-channel", "lobby", "--channel", &id],
        );
        one.wait_for_line("ChannelEnteredBridge");
        run_successfully(server, &["channels", "hangup", &id]);
        one.wait_for_line("ChannelDestroyed");
        program.wait_for_line("StasisEnd");
        for kind in ["channel", "bridge", "endpoint"] {
            let option = format!("--{kind}=PJSIP/nope");
            let (code, _, err) = run(server, &["watch", &option]);
            let missing = format!("{kind} \"PJSIP/nope\" does not exist");
            assert_eq!(code, Some(3), "{}: {err}", server.name);
            assert!(err.contains(&missing), "{}: {err}", server.name);
        }
        for watch in [one, all] {
            watch.signal("INT");
            assert_eq!(watch.end().0, Some(0), "{}", server.name);
        }
        run_successfully(server, &["bridges", "destroy", "lobby"]);
        block_until("the end of what watches", || {
            !names().contains("ari-command-")
        });
        assert!(names().contains("hello"), "{}", server.name);
        program.signal("INT");
        assert_eq!(program.end().0, Some(0));
    });
}

/// An application of a command that has ended does not prevent the next command from connecting as
/// it, unless it still has channels.
#[test]
fn ended_command_does_not_keep_its_applications() {
    on_every_server(|server| {
        let connect = |arguments: &[&str]| {
            let mut events = RunningCommand::start(server, arguments);
            events.wait_for_line("Connected");
            events
        };
        let end = |events: RunningCommand| {
            events.signal("INT");
            assert_eq!(events.end().0, Some(0), "{}", server.name);
        };
        let hello = connect(&["events", "hello"]);
        let id = originate(server, "1");
        for _ in 0..2 {
            let one = connect(&["events", "one", "--channel", &id]);
            block_until("the subscription", || {
                run_successfully(server, &["applications", "get", "one"]).contains(&id)
            });
            end(one);
        }
        for _ in 0..2 {
            end(connect(&["events", "all", "--subscribe-all"]));
        }
        end(hello);
        let (code, _, err) = run(server, &["events", "hello"]);
        let is_refused = code == Some(3) && err.contains("with 2 channels");
        assert!(is_refused, "{}: {err}", server.name);
        // Asterisk does not remove an application when its last channel leaves it.
        run_successfully(server, &["channels", "hangup", &id]);
        end(connect(&["events", "hello"]));
        block_until("the end of the applications", || {
            run_successfully(server, &["applications", "list", "--json"]).trim() == "[]"
        });
    });
}

#[test]
fn events_of_one_channel_or_all() {
    on_every_server(|server| {
        let mut hello = RunningCommand::start(server, &["events", "hello"]);
        hello.wait_for_line("Connected");
        let (first, second) = (originate(server, "1"), originate(server, "1"));
        let fields = "type,channel.id";
        let mut one = RunningCommand::start(
            server,
            &["events", "one", "--channel", &first, "--fields", fields],
        );
        let mut all = RunningCommand::start(
            server,
            &["events", "all", "--subscribe-all", "--fields", fields],
        );
        one.wait_for_line("Connected");
        all.wait_for_line("Connected");
        // Subscribed as soon as the server's state says so.
        let subscribed = || {
            run_successfully(
                server,
                &["applications", "get", "one", "--fields", "channel_ids"],
            )
        };
        block_until("the subscription", || subscribed().contains(&first));
        for id in [&second, &first] {
            run_successfully(server, &["channels", "hangup", id]);
            all.wait_for_line(&format!("ChannelDestroyed  {id}"));
        }
        one.wait_for_line(&format!("ChannelDestroyed  {first}"));
        assert!(
            one.passed.iter().all(|line| line.contains(&first)),
            "{}: {:?}",
            server.name,
            one.passed
        );
        for events in [hello, one, all] {
            events.signal("INT");
            assert_eq!(events.end().0, Some(0));
        }
    });
}

/// The type of an event may be in lower case; an unknown one is reported.
#[test]
fn event_types_ignore_case() {
    on_every_server(|server| {
        let mut events =
            RunningCommand::start(server, &["events", "hello", "--type", "stasisstart"]);
        events.wait_for_line("Connected");
        originate(server, "1");
        events.wait_for_line("StasisStart");
        assert_eq!(events.passed, Vec::<String>::new());
        events.signal("INT");
        events.end();
        let (code, _, err) = run(server, &["events", "hello", "--type", "Nonsense"]);
        assert_eq!(code, Some(2), "{err}");
    });
}

#[test]
fn takeover_ends_first_command() {
    on_every_server(|server| {
        let mut first = command(server, &["events", "hello"]);
        let child = first.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert!(line.contains("Connected"), "{line}");
        let mut second = RunningCommand::start(server, &["events", "hello", "--take-over"]);
        second.wait_for_line("Connected");
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{}: {err}", server.name);
        assert!(
            err.contains("another client took over the application \"hello\""),
            "{err}"
        );
        second.signal("INT");
        assert_eq!(second.end().0, Some(0));
    });
}
