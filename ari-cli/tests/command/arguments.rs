//! Tests of arguments: the requests that they produce, and the errors.

use super::support::{answer, ari, run, server};

#[test]
fn wrong_arguments_are_told_before_anything_is_sent() {
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
            "it takes both, in, out; `ari channels mute --help`",
        ),
        (&["channels", "nonsense"], "nonsense"),
        (&["channels", "lst"], "did you mean list?"),
        (
            &["channels", "list", "--nonsense"],
            "`ari channels list --help` shows all",
        ),
        (&["channels", "list", "--url"], "--url <URL> needs a value"),
        (
            &["events", "a", "--raw", "--fields", "type"],
            "together with",
        ),
        (
            &["events", "a", "--type", "Nonsense"],
            "\"Nonsense\" is no value for --type",
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
            "is no JSON",
        ),
        (
            &["channels", "list", "--url", "http://a:b@host/ari"],
            "credentials",
        ),
        (
            &["channels", "list", "--release", "11"],
            "\"11\" is no value for --release <NUMBER>: it takes 12, 13, ",
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
fn arguments_arrive() {
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
