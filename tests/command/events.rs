//! `ari events`.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use serde_json::Value;

use super::support::{Running, command, good, on_every_server, originate, until};

#[test]
fn events_are_filtered_and_connections_come_back() {
    on_every_server(|server| {
        let arguments = ["events", "hello", "--json", "--type", "StasisStart"];
        let mut events = Running::start(server, &arguments);
        let mut raw = Running::start(server, &["events", "--raw", "--", "events", "claim"]);
        events.line(r#""Connected""#);
        let id = originate(server, "1");
        let start: Value = serde_json::from_str(&events.line("StasisStart")).unwrap();
        assert_eq!(start["channel"]["id"], *id);
        assert_eq!(start["args"], serde_json::json!(["world"]));
        good(
            server,
            &[
                "events",
                "user-event",
                "Ping",
                "--application=events",
                "--variables=n=1",
            ],
        );
        let event: Value = serde_json::from_str(&raw.line("Ping")).unwrap();
        assert_eq!(event["userevent"]["n"], 1);
        server.stop();
        events.line("Disconnected");
        server.restart();
        events.line("Reconnected");
        originate(server, "1");
        events.line("StasisStart");
        assert!(
            events.passed.iter().all(|line| line.contains("Reconciled")),
            "{:?}",
            events.passed
        );
        events.signal("TERM");
        assert_eq!(events.end().0, Some(0));
        raw.signal("TERM");
        assert_eq!(raw.end().0, Some(0));
    });
}

#[test]
fn a_reader_of_events_may_go() {
    on_every_server(|server| {
        let mut child = command(server, &["events", "hello"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut String::new()).unwrap();
        drop(out);
        originate(server, "1");
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && err.is_empty(), "{err}");
    });
}

#[test]
fn events_of_one_channel_or_of_all() {
    on_every_server(|server| {
        let mut hello = Running::start(server, &["events", "hello"]);
        hello.line("Connected");
        let (first, second) = (originate(server, "1"), originate(server, "1"));
        let fields = "type,channel.id";
        let mut one = Running::start(
            server,
            &["events", "one", "--channel", &first, "--fields", fields],
        );
        let mut all = Running::start(
            server,
            &["events", "all", "--subscribe-all", "--fields", fields],
        );
        one.line("Connected");
        all.line("Connected");
        // Subscribed when the server says so.
        let subscribed = || {
            good(
                server,
                &["applications", "get", "one", "--fields", "channel_ids"],
            )
        };
        until("the subscription", || subscribed().contains(&first));
        for id in [&second, &first] {
            good(server, &["channels", "hangup", id]);
            all.line(&format!("ChannelDestroyed  {id}"));
        }
        one.line(&format!("ChannelDestroyed  {first}"));
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

/// The type of an event may be in small letters; one that is none is told.
#[test]
fn types_are_understood() {
    on_every_server(|server| {
        let mut events = Running::start(server, &["events", "hello", "--type", "stasisstart"]);
        events.line("Connected");
        originate(server, "1");
        events.line("StasisStart");
        assert_eq!(events.passed, Vec::<String>::new());
        events.signal("INT");
        events.end();
        let mut wrong = command(server, &["events", "hello", "--type", "Nonsense"]);
        let child = wrong.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.unwrap();
        let mut line = String::new();
        let mut err = BufReader::new(child.stderr.take().unwrap());
        err.read_line(&mut line).unwrap();
        assert!(line.contains("no event is called \"Nonsense\""), "{line}");
        child.kill().unwrap();
        child.wait().unwrap();
    });
}

#[test]
fn an_application_that_another_client_takes_ends_the_first() {
    on_every_server(|server| {
        let mut first = command(server, &["events", "hello"]);
        let child = first.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert!(line.contains("Connected"), "{line}");
        let mut second = Running::start(server, &["events", "hello"]);
        second.line("Connected");
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{}: {err}", server.name);
        assert!(
            err.contains("another client has taken the application \"hello\" over"),
            "{err}"
        );
        second.signal("INT");
        assert_eq!(second.end().0, Some(0));
    });
}
