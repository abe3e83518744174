//! `ari dial` and `ari snoop`.

use serde_json::Value;

use super::support::{RunningCommand, Server, on_every_server, originate, run, run_successfully};

/// Asserts that the command has left no application, channel or bridge. The channels of other
/// calls, `others`, remain.
#[track_caller]
fn assert_nothing_left(server: &Server, others: usize) {
    let list = |resource: &str| run_successfully(server, &[resource, "list", "--json"]);
    let applications = list("applications");
    assert!(
        !applications.contains("ari-command-"),
        "{}: {applications}",
        server.name
    );
    // A channel exists for some time after its end was reported.
    for _ in 0..100 {
        let channels: Vec<Value> = serde_json::from_str(&list("channels")).unwrap();
        let bridges: Vec<Value> = serde_json::from_str(&list("bridges")).unwrap();
        if (channels.len(), bridges.len()) == (others, 0) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{}: {}{}", server.name, list("channels"), list("bridges"));
}

#[test]
fn endpoints_are_connected_and_reported() {
    on_every_server(|server| {
        let release = server.name.clone();
        // (endpoints, options, exit code, text, second leg, side that ends)
        for (first, second, options, code, text, leg, side) in [
            (
                "1",
                "brief",
                &[][..],
                0,
                "connected for",
                "answered",
                "second",
            ),
            ("brief", "1", &[], 0, "connected for", "answered", "first"),
            (
                "1",
                "1",
                &["--max-duration", "1"],
                0,
                "longest duration",
                "answered",
                "limit",
            ),
            (
                "1",
                "busy",
                &[],
                7,
                "Local/busy@testari did not answer: busy",
                "busy",
                "",
            ),
            (
                "1",
                "no-such",
                &[],
                7,
                "did not answer: unknown extension",
                "unknown extension",
                "",
            ),
        ] {
            let name = format!("{release}: {first}, {second}");
            let [first, second] = [first, second].map(|it| format!("Local/{it}@testari"));
            let arguments = [&["dial", &first, &second], options].concat();
            let (exit, out, err) = run(server, &arguments);
            assert_eq!(exit, Some(code), "{name}: {out}{err}");
            assert!(err.contains(text), "{name}: {out}{err}");
            let (exit, out, err) = run(server, &[&arguments[..], &["--json"]].concat());
            assert_eq!(exit, Some(code), "{name}: {out}{err}");
            let line: Value = serde_json::from_str(&out).unwrap();
            assert_eq!(line["second"], leg, "{name}: {out}");
            assert_eq!(
                line["ended_by"].as_str().unwrap_or_default(),
                side,
                "{name}: {out}"
            );
            assert_eq!(line["seconds"].is_number(), code == 0, "{name}: {out}");
        }
        let (exit, _, err) = run(server, &["dial", "Local/busy@testari", "Local/1@testari"]);
        assert_eq!(exit, Some(7), "{release}: {err}");
        assert!(
            err.contains("Local/busy@testari did not answer: busy"),
            "{err}"
        );
        let (exit, _, err) = run(server, &["dial", "Local/1@testari", "alice"]);
        assert_eq!(exit, Some(2), "{release}: {err}");
        assert!(err.contains("\"alice\" is not an endpoint"), "{err}");
        assert_nothing_left(server, 0);
    });
}

#[test]
fn interrupted_calls_are_hung_up() {
    on_every_server(|server| {
        for (arguments, line) in [
            (
                ["dial", "Local/1@testari", "Local/1@testari"],
                "calling Local/1@testari",
            ),
            (
                ["dial", "Local/ring@testari", "Local/1@testari"],
                "calling Local/ring@testari",
            ),
        ] {
            let mut running = RunningCommand::start_for_notes(server, &arguments);
            running.wait_for_line(line);
            running.signal("INT");
            let (code, rest) = running.end();
            assert_eq!(code, Some(130), "{}: {rest:?}", server.name);
            assert_nothing_left(server, 0);
        }
    });
}

#[test]
fn phones_listen_to_a_channel_until_one_side_ends() {
    on_every_server(|server| {
        let release = server.name.clone();
        let mut events = RunningCommand::start(server, &["events", "hello"]);
        events.wait_for_line("Connected");
        // A snoop channel stays until the next audio of its channel.
        let channel = originate(server, "tone");
        let call: Vec<Value> =
            serde_json::from_str(&run_successfully(server, &["channels", "list", "--json"]))
                .unwrap();
        let snoop = ["snoop", channel.as_str(), "Local/1@testari"];
        for (options, line) in [
            (&[][..], "listening to channel"),
            (&["--whisper"], "whispering to the party of channel"),
            (&["--barge"], "barging in on channel"),
        ] {
            let mut running =
                RunningCommand::start_for_notes(server, &[&snoop[..], options].concat());
            running.wait_for_line(line);
            running.signal("INT");
            let (code, rest) = running.end();
            assert_eq!(code, Some(130), "{release}: {rest:?}");
            assert_nothing_left(server, call.len());
        }
        // The phone presses 5, then 6. No extension of the fake does.
        if server.asterisk().is_some() {
            let keys = ["snoop", &channel, "Local/keys56@testari"];
            let mut running = RunningCommand::start_for_notes(server, &keys);
            running.wait_for_line("listening to channel");
            running.wait_for_line("whispering to the party of channel");
            running.wait_for_line("barging in on channel");
            running.signal("INT");
            running.end();
            assert_nothing_left(server, call.len());
        }

        let brief = ["snoop", channel.as_str(), "Local/brief@testari", "--json"];
        let line: Value = serde_json::from_str(&run_successfully(server, &brief)).unwrap();
        assert_eq!(
            (&line["ended_by"], &line["mode"]),
            (&"phone".into(), &"listen".into())
        );

        let mut running = RunningCommand::start_for_notes(server, &snoop);
        running.wait_for_line("listening to channel");
        run_successfully(server, &["channels", "hangup", &channel]);
        running.wait_for_line("has ended");
        let (code, rest) = running.end();
        assert_eq!(code, Some(0), "{release}: {rest:?}");
        let (code, _, err) = run(server, &snoop);
        assert_eq!(code, Some(3), "{release}: {err}");
        assert!(err.contains(&channel), "{err}");
        events.signal("INT");
        events.end();
        assert_nothing_left(server, 0);
    });
}
