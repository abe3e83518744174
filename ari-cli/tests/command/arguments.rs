//! Tests of arguments: the requests that they produce, and the errors.

use super::support::{answer, ari, run, server};

#[test]
fn invalid_arguments_are_reported_before_anything_is_sent() {
    for (arguments, expected) in [
        (&["channels", "originate"][..], "--endpoint"),
        (&["channels", "get"], "CHANNEL_ID"),
        (&["channels", "get", ""], "is empty"),
        (&["channels", "dial", "1", "--timeout", "soon"], "soon"),
        (
            &[
                "channels",
                "record",
                "1",
                "--name=a",
                "--format=wav",
                "--max-duration-seconds=-1",
            ],
            "-1",
        ),
        (
            &["channels", "mute", "1", "--direction", "up"],
            "valid values: both, in, out; see `ari channels mute --help`",
        ),
        (&["channels", "nonsense"], "nonsense"),
        (&["channels", "lst"], "did you mean list?"),
        (
            &["channels", "list", "--nonsense"],
            "see `ari channels list --help`",
        ),
        (&["channels", "list", "--url"], "--url <URL> needs a value"),
        (
            &["events", "a", "--raw", "--fields", "type"],
            "together with",
        ),
        (
            &["events", "a", "--type", "Nonsense"],
            "invalid value \"Nonsense\" for --type",
        ),
        (
            &["watch", "--type", "StasisStrt"],
            "did you mean StasisStart?",
        ),
        (
            &["channels", "set-channel-vars", "1", "--variables", "A"],
            "NAME=VALUE",
        ),
        (
            &["applications", "filter", "a", "--filter", "{"],
            "invalid JSON",
        ),
        (
            &["channels", "list", "--url", "http://a:b@host/ari"],
            "credentials",
        ),
        (
            &["channels", "list", "--release", "11"],
            "invalid value \"11\" for --release <NUMBER>: expected 12, 13, ",
        ),
        (&["channels", "list", "--release", "13.x"], "such as 13.1"),
        (
            &["channels", "list", "--release", "13.1.2.3"],
            "such as 13.1",
        ),
        (
            &["call", "Local/1@a", "--app", "hello", "--timeout", "-5"],
            "-5",
        ),
        (&["top"], "needs a terminal"),
        (&["play", "1"], "MEDIA"),
        (
            &["listen", "1", "--rate", "22050"],
            "unsupported sample rate",
        ),
        (&["listen", "1", "--for", "0"], "cannot be 0"),
        (
            &["listen", "1", "--out", "-", "--json"],
            "cannot be combined",
        ),
        (
            &["talk", "1", "/nonexistent/a.wav"],
            "cannot read /nonexistent",
        ),
        (&["record", "1", "--out", "noending"], "--format wav"),
    ] {
        let (code, _, err) = run(ari(arguments));
        assert_eq!(code, 2, "{arguments:?}: {err}");
        assert!(err.contains(expected), "{arguments:?}: {err}");
        let sentence = err.starts_with("ari: ") && err.lines().count() == 1;
        assert!(sentence, "{arguments:?}: {err}");
    }
}

#[test]
fn arguments_are_sent() {
    let (url, requests) = server(Some(&answer("200 OK", "22.10.1", "{}")));
    for (arguments, expected, body) in [
        (
            &[
                "channels",
                "originate",
                "--endpoint",
                "Local/1@a",
                "--appArgs",
                "x,y",
                "--appArgs",
                "z",
                "--timeout",
                "-1",
                "--variables",
                "CALLERID(name)=A=B",
                "--variables",
                "{\"N\":\"1\"}",
                "--variables",
                "{\"variables\":{\"W\":\"2\"}}",
                "--variables",
                "{\"variables\":{\"value\":\"3\",\"report_events\":true}}",
                "--formats",
                "ulaw,slin16",
                "--formats=alaw",
            ][..],
            "POST /ari/channels?endpoint=Local%2F1%40a&appArgs=x%5C%2Cy%2Cz&timeout=-1&\
             formats=ulaw%2Cslin16%2Calaw ",
            r#"{"variables":{"CALLERID(name)":"A=B","N":"1","W":"2","variables":{"value":"3","report_events":true}}}"#,
        ),
        (
            &[
                "bridges",
                "add-channel",
                "b",
                "--channel",
                "1",
                "--channel=2",
                "--mute",
            ],
            "POST /ari/bridges/b/addChannel?channel=1%2C2&mute=true ",
            "",
        ),
        (
            &[
                "asterisk",
                "update-object",
                "res_pjsip",
                "endpoint",
                "alice",
                "--field",
                "a=1",
                "--field",
                "a=2",
            ],
            "PUT /ari/asterisk/config/dynamic/res_pjsip/endpoint/alice ",
            r#"{"fields":[{"attribute":"a","value":"1"},{"attribute":"a","value":"2"}]}"#,
        ),
        (
            &[
                "events",
                "user-event",
                "e",
                "--application",
                "hello",
                "--variables",
                "n=1",
                "--variables",
                "t=one",
            ],
            "POST /ari/events/user/e?application=hello ",
            r#"{"variables":{"n":1,"t":"one"}}"#,
        ),
        (
            &[
                "applications",
                "filter",
                "hello",
                "--filter",
                r#"{"disallowed":["Dial"]}"#,
            ],
            "PUT /ari/applications/hello/eventFilter ",
            r#"{"disallowed":[{"type":"Dial"}]}"#,
        ),
        (
            &["asterisk", "info", "--only", "status"],
            "GET /ari/asterisk/info?only=status ",
            "",
        ),
    ] {
        let mut command = ari(arguments);
        command.env("ARI_URL", &url);
        let (code, _, err) = run(command);
        assert_eq!(code, 0, "{arguments:?}: {err}");
        let request = requests.recv().expect("a request");
        assert!(request.starts_with(expected), "{arguments:?}: {request}");
        let arrived = request.rsplit("\r\n").next().unwrap_or_default();
        assert_eq!(arrived, body, "{arguments:?}");
        // tester:s3cret
        assert!(request.contains("Basic dGVzdGVyOnMzY3JldA=="), "{request}");
    }
}

/// A duration is a number of the parameter's unit, or has a unit of its own.
#[test]
fn durations_have_units() {
    let (url, requests) = server(Some(&answer("200 OK", "22.10.1", "{}")));
    let originate = &["channels", "originate", "--endpoint=Local/1@a"][..];
    let play = &["channels", "play", "1", "--media=sound:a"][..];
    let record = &["channels", "record", "1", "--name=a", "--format=wav"][..];
    for (command, option, value, expected) in [
        (originate, "--timeout", "30", Ok("timeout=30")),
        (originate, "--timeout", "30s", Ok("timeout=30")),
        (originate, "--timeout", "2m", Ok("timeout=120")),
        (originate, "--timeout", "-1", Ok("timeout=-1")),
        // A part of a second is rounded up.
        (originate, "--timeout", "500ms", Ok("timeout=1")),
        (play, "--offsetms", "500ms", Ok("offsetms=500")),
        (play, "--offsetms", "500", Ok("offsetms=500")),
        (play, "--skipms", "1.5s", Ok("skipms=1500")),
        (
            record,
            "--max-duration-seconds",
            "1h",
            Ok("maxDurationSeconds=3600"),
        ),
        (originate, "--timeout", "30 s", Err("\"30 s\"")),
        (originate, "--timeout", "30sec", Err("500ms, 30s or 2m")),
        (record, "--max-duration-seconds", "-1", Err("it is smaller")),
    ] {
        let mut command = ari(command);
        command.args([option, value, "--url", &url]);
        let (code, _, err) = run(command);
        match expected {
            Ok(query) => {
                assert_eq!(code, 0, "{option} {value}: {err}");
                let request = requests.recv().expect("a request");
                let target = request.split(' ').nth(1).unwrap_or_default();
                let mut queries = target.split(['?', '&']);
                assert!(queries.any(|part| part == query), "{query}: {target}");
            }
            Err(part) => {
                assert_eq!(code, 2, "{option} {value}: {err}");
                assert!(err.contains(part), "{option} {value}: {err}");
            }
        }
    }
    assert!(requests.try_recv().is_err());
}
