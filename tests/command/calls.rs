//! `ari call`.

use serde_json::Value;

use super::support::{RunningCommand, on_every_server, run, run_successfully};

#[test]
fn calls_are_followed_to_their_end() {
    on_every_server(|server| {
        let release = server.name.clone();
        let call = |extension: &str, more: &[&str]| {
            let endpoint = format!("Local/{extension}@testari");
            run(
                server,
                &[&["call", &endpoint, "--app", "hello"], more].concat(),
            )
        };
        for beside in [false, true] {
            // If another program is that application, the command follows the call without taking
            // over.
            let events = beside.then(|| {
                let mut events = RunningCommand::start(server, &["events", "hello"]);
                events.wait_for_line("Connected");
                events
            });
            let (code, out, err) = call("brief", &[]);
            assert_eq!(code, Some(0), "{release}: {out}{err}");
            assert!(
                out.contains("ChannelDestroyed") && out.contains("answered, ended after"),
                "{out}"
            );
            let (code, out, err) = call("busy", &["--timeout", "5"]);
            assert_eq!(code, Some(7), "{release}: {out}{err}");
            assert!(err.contains("the call was not answered"), "{err}");
            for (extension, expected) in [("brief", "answered"), ("busy", "busy")] {
                let (_, out, _) = call(extension, &["--json"]);
                let end: Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
                assert_eq!(end["outcome"], expected, "{release}: {out}");
                assert_eq!(end["answered"], expected == "answered", "{release}: {out}");
            }
            for (endpoint, expected) in [
                (
                    "Local/no-such@testari",
                    "unknown extension: the dialplan has no",
                ),
                ("PJSIP/no-such@loop", "unknown extension: cause 1"),
                (
                    "PJSIP/phone",
                    "unreachable: the endpoint PJSIP/phone is offline",
                ),
                (
                    "PJSIP/nobody",
                    "unreachable: the server has no endpoint PJSIP/nobody",
                ),
                (
                    "Nonsense/1",
                    "unreachable: the server has no channel technology",
                ),
            ] {
                let (code, out, err) = run(server, &["call", endpoint, "--app", "hello"]);
                assert_eq!(code, Some(7), "{release} {endpoint}: {out}{err}");
                assert!(err.contains(expected), "{release} {endpoint}: {err}");
            }
            if let Some(mut events) = events {
                events.wait_for_line("StasisEnd");
                events.signal("INT");
                let (_, rest) = events.end();
                assert!(
                    !rest.iter().any(|line| line.contains("ApplicationReplaced")),
                    "{rest:?}"
                );
            }
        }
        let mut waiting =
            RunningCommand::start(server, &["call", "Local/1@testari", "--app", "hello"]);
        waiting.wait_for_line("StasisStart");
        waiting.signal("INT");
        let (code, rest) = waiting.end();
        assert_eq!(code, Some(130), "{rest:?}");
        assert!(
            rest.iter().any(|line| line.contains("ChannelDestroyed")),
            "{rest:?}"
        );
        let left = run_successfully(server, &["applications", "list"]);
        assert!(!left.contains("ari-command-"), "{release}: {left}");
    });
}

/// A server accepts the values that the help gives as examples.
#[test]
fn example_values_of_help_are_accepted() {
    on_every_server(|server| {
        let mut events = RunningCommand::start(server, &["events", "hello"]);
        events.wait_for_line("Connected");
        let originate = ["channels", "originate", "--endpoint", "Local/1@testari"];
        let dialplan = [
            "--context",
            "testari",
            "--extension",
            "1",
            "--priority",
            "1",
        ];
        let variables = r#"{"variables":{"CALLERID(name)":"Alice"}}"#;
        for more in [
            &["--formats", "ulaw,slin16"][..],
            &["--formats", "ulaw", "--formats", "slin16"],
            &["--variables", variables],
            &["--variables", "CALLERID(name)=Alice"],
        ] {
            run_successfully(server, &[&originate[..], &dialplan, more].concat());
        }
        let to_app = ["--app", "hello", "--app-args", "a,b", "--app-args", "c"];
        run_successfully(server, &[&originate[..], &to_app].concat());
        let start = events.wait_for_line("StasisStart");
        assert!(start.ends_with("args a,b, c"), "{start}");
        events.signal("INT");
        events.end();
    });
}
