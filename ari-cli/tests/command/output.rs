//! Tests of output to the standard output, to files and to pipes.

use std::fs;

use super::support::{answer, answering, ari, run, server};

#[test]
fn responses_are_printed_as_tables_or_json() {
    let body = r#"[{"id":"1","name":"PJSIP/a","caller":{"name":"A\u001b[2J"},"n":null},{"id":"22","name":"L","caller":{"name":""},"n":null}]"#;
    let (url, _requests) = server(Some(&answer("200 OK", "22.10.1", body)));
    for (arguments, expected) in [
        (
            &["channels", "list"][..],
            "id  name     caller.name\n1   PJSIP/a  A\\u{1b}[2J\n22  L\n",
        ),
        (
            &["channels", "list", "--fields", "caller.name,id"],
            "caller.name  id\nA\\u{1b}[2J   1\n             22\n",
        ),
        (
            &["--json", "channels", "list", "--fields", "id"],
            "[{\"id\":\"1\"},{\"id\":\"22\"}]\n",
        ),
    ] {
        let (code, out, err) = run(ari(&[arguments, &["--url", &url]].concat()));
        assert_eq!((code, out.as_str()), (0, expected), "{arguments:?}: {err}");
    }
    let (_, out, _) = run(ari(&["channels", "list", "--json", "--url", &url]));
    assert_eq!(out.trim(), body);
    // What the model has and no row does is an empty column.
    let arguments = [
        "channels",
        "list",
        "--fields",
        "id,caller_rdnis",
        "--url",
        &url,
    ];
    let (code, out, err) = run(ari(&arguments));
    assert_eq!(
        (code, out.as_str()),
        (0, "id  caller_rdnis\n1\n22\n"),
        "{err}"
    );
    // Of a resource that no table has, the answer tells what there is.
    let (code, _, err) = run(ari(&[
        "request", "GET", "/own", "--fields", "ids", "--url", &url,
    ]));
    assert!(
        code == 1 && err.contains("has no field \"ids\"") && err.contains("caller.name"),
        "{err}"
    );
}

/// A field that no model has is rejected before anything is sent or printed.
#[test]
fn unknown_fields_are_rejected_before_anything_is_sent() {
    let (url, requests) = server(Some(&answer("200 OK", "22.10.1", "[]")));
    for (arguments, field, known) in [
        (
            &["channels", "list"][..],
            "ids",
            "id, protocol_id, name, state, caller.name",
        ),
        (
            &["channels", "list", "--json"],
            "caller.nam",
            "caller.number",
        ),
        (
            &["channels", "originate", "--endpoint=Local/1@a"],
            "bridge",
            "channelvars",
        ),
        (&["asterisk", "info"], "version", "system.version"),
        (&["events", "hello"], "chanel.id", "channel.id"),
        (
            &["events", "hello", "--type", "BridgeCreated"],
            "channel.id",
            "bridge.id",
        ),
        (&["watch"], "nope", "type, "),
        (&["watch"], "channel.idd", "did you mean channel.id? "),
        (
            &["watch"],
            "channel.caller.nam",
            "more, which --json prints",
        ),
        (&["call", "Local/1@a", "--app=hello"], "nope", "type, "),
        (&["play", "1", "sound:a"], "nope", "media_uri"),
        (
            &["record", "1", "--out", "/nonexistent/a.wav"],
            "nope",
            "duration",
        ),
        (&["listen", "1"], "nope", "file, seconds"),
        (&["talk", "1", "-"], "nope", "file, played"),
        (&["doctor"], "nope", "check, state, found, advice"),
    ] {
        let mut command = ari(arguments);
        command.args(["--fields", field, "--url", &url]);
        let (code, out, err) = run(command);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
        let message = format!("unknown field {field:?}; ");
        assert!(
            err.contains(&message) && err.contains("this command prints: ") && err.contains(known),
            "{arguments:?}: {err}"
        );
        // Events have hundreds of fields.
        assert!(err.len() < 1000, "{arguments:?}: {err}");
    }
    assert!(requests.try_recv().is_err());
}

/// An event type that is newer than the command is accepted if the server's specs have it.
#[test]
fn event_types_of_the_server_are_accepted() {
    let docs = r#"{"models":{"Event":{"subTypes":["ChannelHummed"]},"ChannelHummed":{}}}"#;
    let (docs, nothing) = (
        answer("200 OK", "26.0.0", docs),
        answer("404 Not Found", "26.0.0", r#"{"message":"no"}"#),
    );
    let (url, _requests) = answering(move |request| {
        Some(match request {
            "GET /ari/api-docs/events.json" => docs.clone(),
            _ => nothing.clone(),
        })
    });
    for (arguments, expected, kind) in [
        (
            &["--type", "channelhummed"][..],
            "is newer than this command",
            3,
        ),
        (&["--unchecked-type", "Own"], "", 3),
        (
            &["--type", "ChannelHumed"],
            "did you mean ChannelHummed?",
            2,
        ),
        (&["--type", "StasisStrt"], "did you mean StasisStart?", 2),
        (&["--type", "Own"], "--unchecked-type accepts any name", 2),
    ] {
        for command in [&["watch"][..], &["events", "hello"]] {
            let (code, out, err) = run(ari(&[command, arguments, &["--url", &url]].concat()));
            assert_eq!((code, out.as_str()), (kind, ""), "{arguments:?}: {err}");
            assert!(err.contains(expected), "{arguments:?}: {err}");
        }
    }
}

#[test]
fn downloads_go_to_files_or_pipes() {
    let (url, _requests) = server(Some(&answer("200 OK", "22.10.1", "RIFFdata")));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.wav");
    let name = file.to_str().expect("a path");
    let get = ["recordings", "get-stored-file", "a", "--url", &url];
    assert_eq!(run(ari(&get)).1, "RIFFdata");
    let (code, out, err) = run(ari(&[&get[..], &["--out", name]].concat()));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert_eq!(fs::read(&file).expect("a file"), b"RIFFdata");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    // A file that is there stays, unless that is said.
    fs::write(&file, "mine").expect("a file");
    let (code, _, err) = run(ari(&[&get[..], &["--out", name]].concat()));
    assert!(code == 2 && err.contains("a.wav exists: "), "{err}");
    assert_eq!(fs::read(&file).expect("a file"), b"mine");
    let (code, _, err) = run(ari(&[&get[..], &["--out", name, "--overwrite"]].concat()));
    assert_eq!(
        (code, fs::read(&file).expect("a file")),
        (0, b"RIFFdata".to_vec()),
        "{err}"
    );
}

#[test]
fn lists_fit_the_terminal_unless_wide() {
    let channel = r#"{"id":"1700000000.1","name":"PJSIP/alice-00000001","state":"Up","protocol_id":"x","caller":{"name":"Alice","number":"100"},"connected":{"name":"Bob","number":"200"},"accountcode":"","dialplan":{"context":"default","exten":"200","priority":2,"app_name":"Stasis","app_data":"hello,world"},"creationtime":"2026-11-25T14:43:47.296+0000","language":"en","channelvars":{"A":{"B":"1"}}}"#;
    let (url, _requests) = server(Some(&answer("200 OK", "22.10.1", &format!("[{channel}]"))));
    let (code, out, err) = run(ari(&["channels", "list", "--url", &url]));
    assert_eq!((code, err.as_str()), (0, ""));
    let head: Vec<_> = out
        .lines()
        .next()
        .expect("a head")
        .split_whitespace()
        .collect();
    assert_eq!(
        head,
        ["id", "name", "state", "caller.number", "dialplan.exten"]
    );
    assert!(out.lines().all(|line| line.len() <= 80), "{out}");
    let (code, out, _) = run(ari(&["channels", "list", "--wide", "--url", &url]));
    assert_eq!(code, 0);
    for column in ["creationtime", "channelvars.A.B", "dialplan.app_data"] {
        assert!(out.contains(column), "{out}");
    }
    let (url, _requests) = server(Some(&answer("200 OK", "22.10.1", "[]")));
    let (code, out, err) = run(ari(&["channels", "list", "--url", &url]));
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (0, "", "ari: the list is empty\n")
    );
    let (code, out, err) = run(ari(&["channels", "list", "--json", "--url", &url]));
    assert_eq!((code, out.as_str(), err.as_str()), (0, "[]\n", ""));
}

/// `-v` prints requests and responses without the password, which `run` checks.
#[test]
fn verbose_prints_requests_and_responses() {
    let (url, _requests) = server(Some(&answer("200 OK", "22.10.1", r#"{"id":"1\u001b"}"#)));
    let arguments = [
        "-v",
        "channels",
        "originate",
        "--endpoint=Local/1@a",
        "--variables=A=1",
        "--url",
        &url,
    ];
    let (code, _, err) = run(ari(&arguments));
    assert_eq!(code, 0, "{err}");
    for expected in [
        format!("> POST {url}/channels?endpoint=Local%2F1%40a\n"),
        "> Authorization: Basic (redacted)\n".to_owned(),
        "> {\"variables\":{\"A\":\"1\"}}\n".to_owned(),
        "< 200 {\"id\":\"1\\u001b\"}\n".to_owned(),
    ] {
        assert!(err.contains(&expected), "{expected}: {err}");
    }
    assert!(!err.contains("dGVzdGVyOnMzY3JldA"), "{err}");
    let (url, _requests) = server(Some(&answer(
        "404 Not Found",
        "22.10.1",
        r#"{"message":"no"}"#,
    )));
    let (code, _, err) = run(ari(&["channels", "get", "1", "--verbose", "--url", &url]));
    assert!(
        code == 3 && err.contains("< 404 {\"message\":\"no\"}\n"),
        "{err}"
    );
}

/// `-v` prints no password of a body or query.
#[test]
fn verbose_prints_no_passwords() {
    let body = r#"[{"attribute":"auth_type","value":"userpass"},{"attribute":"password","value":"s3cret"}]"#;
    let (url, _requests) = server(Some(&answer("200 OK", "22.10.1", body)));
    for (arguments, shown) in [
        (
            &[
                "asterisk",
                "update-object",
                "res_pjsip",
                "auth",
                "alice",
                "--field=username=al",
                "--field=password=s3cret",
            ][..],
            r#"{"attribute":"username","value":"al"},{"attribute":"password","value":"(redacted)"}"#,
        ),
        (
            &[
                "channels",
                "originate",
                "--endpoint=Local/1@a",
                "--variables=SIP_PIN=s3cret",
                "--variables=A=1",
            ],
            r#"{"variables":{"SIP_PIN":"(redacted)","A":"1"}}"#,
        ),
        (
            &[
                "channels",
                "set-channel-var",
                "1",
                "--variable=PASSWORD",
                "--value=s3cret",
            ],
            "variable=PASSWORD&value=(redacted)\n",
        ),
    ] {
        let mut command = ari(arguments);
        command
            .args(["-v", "--url", &url])
            .stdout(std::process::Stdio::null());
        // `run` looks for the password.
        let (code, _, err) = run(command);
        assert_eq!(code, 0, "{err}");
        let response = r#"< 200 [{"attribute":"auth_type","value":"userpass"},{"attribute":"password","value":"(redacted)"}]"#;
        assert!(err.contains(shown) && err.contains(response), "{err}");
    }
}

/// Resources of other modules are not in the table.
#[test]
fn any_path_can_be_requested() {
    let (url, requests) = server(Some(&answer("200 OK", "22.10.1", r#"{"id":"1"}"#)));
    for (arguments, expected, body) in [
        (
            &["request", "get", "/own/x%20y?a=1&b"][..],
            "GET /ari/own/x%20y?a=1&b HTTP/1.1",
            "",
        ),
        (
            &["request", "DELETE", "own"],
            "DELETE /ari/own HTTP/1.1",
            "",
        ),
        (
            &["request", "POST", "own", "--body", r#"{"a": [1]}"#],
            "POST /ari/own HTTP/1.1",
            r#"{"a":[1]}"#,
        ),
    ] {
        let (code, out, err) = run(ari(&[arguments, &["--url", &url]].concat()));
        assert_eq!((code, out.as_str()), (0, "id  1\n"), "{arguments:?}: {err}");
        let request = requests.recv().expect("a request");
        assert!(request.starts_with(expected), "{request}");
        assert_eq!(request.rsplit("\r\n").next(), Some(body), "{request}");
    }
    for arguments in [
        &["request", "GET", "/a b"][..],
        &["request", "GET", "/{id}"],
        &["request", "GET", "http://localhost:8088/ari/a"],
        &["request", "POST", "/a", "--body", "{"],
        &["request", "PATCH", "/a"],
        // Asterisk reads no further than /channels, and calls.
        &["request", "POST", "//channels//create?endpoint=a//b"],
        &["request", "DELETE", "/channels//"],
    ] {
        assert_eq!(run(ari(arguments)).0, 2, "{arguments:?}");
    }
    // The command has no help for these paths.
    for (status, hint) in [
        ("426 Upgrade Required", Some("the path opens a WebSocket")),
        ("400 Bad Request", None),
    ] {
        let (url, _requests) = server(Some(&answer(status, "22.10.1", "")));
        let (code, _, err) = run(ari(&["request", "GET", "/own", "--url", &url]));
        assert_eq!(code, 3, "{err}");
        assert!(!err.contains("--help"), "{err}");
        assert!(hint.is_none_or(|hint| err.contains(hint)), "{err}");
    }
    let (url, _requests) = server(Some(&answer("200 OK", "22.10.1", "<html>")));
    let (code, out, _) = run(ari(&["request", "GET", "/docs", "--url", &url]));
    assert_eq!((code, out.as_str()), (0, "<html>"));
}

/// Asterisk 12 and 13 take the creation of a channel for a call, and the phone rings.
#[test]
fn raw_request_that_means_something_else_is_not_sent() {
    for (version, path, code) in [
        ("12.8.2", "/channels/create?endpoint=PJSIP/1&app=a", 6),
        ("13.38.3", "channels/%63reate", 6),
        ("13.38.3", "/channels/externalMedia", 6),
        // The call itself.
        ("13.38.3", "/channels/created?endpoint=PJSIP/1", 0),
        ("22.10.1", "/channels/create?endpoint=PJSIP/1&app=a", 0),
        ("GIT-master-1a2b", "/channels/create", 0),
    ] {
        let (url, requests) = server(Some(&answer("200 OK", version, "{}")));
        let (ended, _, err) = run(ari(&["request", "POST", path, "--url", &url]));
        assert_eq!(ended, code, "{version} {path}: {err}");
        let sent = requests.try_iter().filter(|one| one.starts_with("POST"));
        assert_eq!(sent.count(), usize::from(code == 0), "{version} {path}");
        if code != 0 {
            assert!(err.contains("channels.originateWithId"), "{err}");
        }
    }
}

#[cfg(unix)]
#[test]
fn closed_output_is_not_an_error() {
    let (url, _requests) = server(Some(&answer("200 OK", "22.10.1", "[]")));
    for arguments in [
        &["--help"][..],
        &["completion", "bash"],
        &["channels", "list", "--json", "--url", &url],
    ] {
        let mut command = ari(arguments);
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        command.stdout(writer).stderr(std::process::Stdio::piped());
        let output = command.spawn().expect("it runs").wait_with_output();
        let output = output.expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && err.is_empty(),
            "{arguments:?}: {err}"
        );
    }
}
