//! `ari events`.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use serde_json::Value;

use super::support::{Running, command, good, on_every_server, originate};

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
