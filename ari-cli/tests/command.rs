//! The program without an Asterisk: help, arguments, settings, output, errors and exit codes.

#[cfg(test)]
mod support;

use std::fs;

use ari_api::OPERATIONS;
use support::{answer, ari, run, server};

#[test]
fn every_operation_has_help() {
    for operation in OPERATIONS {
        // The names of the specs are understood, too.
        let (code, out, err) = run(ari(&[operation.resource, operation.nickname, "--help"]));
        assert_eq!(code, 0, "{operation}: {err}");
        let line = format!("{} {}", operation.method, operation.path);
        assert!(out.contains(&line), "{operation}: {out}");
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (shown, availability) = (squeezed(&out), operation.availability.to_string());
        assert!(
            shown.contains(&squeezed(&availability)),
            "{operation}: {out}"
        );
        for (code, _) in operation.errors {
            assert!(
                out.contains(&format!("\n  {code}  ")),
                "{operation}: {code}: {out}"
            );
        }
        for value in operation.parameters.iter().flat_map(|p| p.values) {
            assert!(out.contains(value.value), "{operation}: {}", value.value);
        }
    }
}

#[test]
fn help_tells_exit_codes_and_releases_limit_it() {
    let (code, out, _) = run(ari(&["--help"]));
    assert_eq!(code, 0);
    for expected in [
        "Exit codes",
        "ARI_PASSWORD",
        "[profiles.office]",
        "every operation",
    ] {
        assert!(out.contains(expected), "{expected}: {out}");
    }
    let (_, newest, _) = run(ari(&["channels", "--help"]));
    let (_, oldest, _) = run(ari(&["channels", "--release", "12", "--help"]));
    assert!(newest.contains("external-media") && !oldest.contains("external-media"));
}

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
            "possible values: both",
        ),
        (&["channels", "nonsense"], "nonsense"),
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
        (&["channels", "list", "--release", "11"], "11"),
        (&["top"], "needs a terminal"),
        (&["play", "1"], "MEDIA"),
        (&["record", "1", "--out", "noending"], "--format wav"),
    ] {
        let (code, _, err) = run(ari(arguments));
        assert_eq!(code, 2, "{arguments:?}: {err}");
        assert!(err.contains(expected), "{arguments:?}: {err}");
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
            ][..],
            "POST /ari/channels?endpoint=Local%2F1%40a&appArgs=x%5C%2Cy%2Cz&timeout=-1 ",
            r#"{"variables":{"CALLERID(name)":"A=B","N":"1"}}"#,
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

#[test]
fn answers_are_tables_or_json() {
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
    let (_, _, err) = run(ari(&["channels", "list", "--fields", "ids", "--url", &url]));
    assert!(
        err.contains("there is no \"ids\"") && err.contains("caller.name"),
        "{err}"
    );
}

#[test]
fn each_kind_of_failure_has_its_exit_code() {
    let not_found = r#"{"message":"Channel not found"}"#;
    for (reply, expected, words) in [
        (
            Some(answer("404 Not Found", "22.10.1", not_found)),
            3,
            "`ari channels list` shows",
        ),
        (
            Some(answer("401 Unauthorized", "22.10.1", "")),
            3,
            "ARI_PASSWORD or a profile",
        ),
        (
            Some(answer("404 Not Found", "12.0.0", "")),
            6,
            "the server is Asterisk 12.0.0",
        ),
        (None, 5, "it may have happened"),
        (Some(answer("200 OK", "22.10.1", "<html>")), 1, "no JSON"),
    ] {
        let (url, _requests) = server(reply.as_deref());
        let arguments = ["channels", "rtp-statistics", "1", "--url", &url];
        let (code, out, err) = run(ari(&arguments));
        assert_eq!((code, out.as_str()), (expected, ""), "{reply:?}: {err}");
        assert!(err.contains(words) && err.lines().count() == 1, "{err}");
    }
    let arguments = ["channels", "list", "--url", "http://127.0.0.1:1/ari"];
    let (code, _, err) = run(ari(&arguments));
    assert_eq!(code, 4, "{err}");
    assert!(err.contains("ari doctor"), "{err}");
    let (code, _, err) = run(ari(&["--release", "12", "channels", "rtp-statistics", "1"]));
    assert_eq!(code, 6, "{err}");
    assert!(err.contains("nothing was sent"), "{err}");
    let (code, _, err) = run(ari(&[
        "--release",
        "12",
        "channels",
        "originate",
        "--endpoint",
        "a",
        "--label",
        "b",
    ]));
    assert_eq!(code, 6, "{err}");
    assert!(err.contains("`label`"), "{err}");
    let (code, out, _) = run(ari(&["doctor", "--url", "http://127.0.0.1:1/ari"]));
    assert_eq!(code, 7);
    assert!(
        out.contains("problem") && out.contains("http.conf"),
        "{out}"
    );
}

#[cfg(unix)]
#[test]
fn profiles_are_used_and_passwords_guarded() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let (url, requests) = server(Some(&answer("200 OK", "22.10.1", "[]")));
    let file = folder.path().join("config.toml");
    let text = format!(
        "default = \"office\"\n[profiles.office]\nurl = \"{url}\"\nuser = \"boss\"\n\
         password = \"pr1vate\"\n"
    );
    fs::write(&file, &text).expect("a file");
    let path = file.to_str().expect("a path");
    let with = |arguments: &[&str]| {
        let mut command = ari(&[&["channels", "list", "--config", path], arguments].concat());
        command.env_remove("ARI_USER");
        let result = run(command);
        assert!(!result.2.contains("pr1vate"), "{}", result.2);
        result
    };
    let allow =
        |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("a mode");
    allow(0o640);
    let (code, _, err) = with(&[]);
    assert_eq!(code, 2);
    assert!(err.contains("chmod 600"), "{err}");
    allow(0o600);
    for arguments in [&[][..], &["--profile", "office"]] {
        assert_eq!(with(arguments).0, 0);
        // boss:pr1vate
        assert!(
            requests
                .recv()
                .expect("a request")
                .contains("Basic Ym9zczpwcjF2YXRl")
        );
    }
    // The password is that user's and that server's, nobody else's.
    assert_eq!(with(&["--user", "clerk"]).0, 0);
    // clerk:s3cret
    assert!(
        requests
            .recv()
            .expect("a request")
            .contains("Basic Y2xlcms6czNjcmV0")
    );
    assert_eq!(with(&["--url", &url, "--user", "boss"]).0, 0);
    // boss:s3cret
    assert!(
        requests
            .recv()
            .expect("a request")
            .contains("Basic Ym9zczpzM2NyZXQ=")
    );
    let (code, _, err) = with(&["--profile", "home"]);
    assert_eq!(code, 2);
    assert!(err.contains("only: office"), "{err}");
    let (code, _, err) = with(&["--profile", "office", "--url", &url]);
    assert_eq!(code, 2, "{err}");
    // What is wrong with the file is told without quoting it.
    fs::write(&file, text.replace("pr1vate\"", "pr1vate")).expect("a file");
    let (code, _, err) = with(&[]);
    assert_eq!(code, 2);
    assert!(err.contains("line 5"), "{err}");
    let secret = folder.path().join("password");
    fs::write(&secret, "fr0mfile\n").expect("a file");
    let path = secret.to_str().expect("a path");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).expect("a mode");
    let arguments = ["channels", "list", "--url", &url, "--password-file", path];
    assert_eq!(run(ari(&arguments)).0, 0);
    // tester:fr0mfile
    assert!(
        requests
            .recv()
            .expect("a request")
            .contains("Basic dGVzdGVyOmZyMG1maWxl")
    );
    let mut command = ari(&["channels", "list", "--url", &url]);
    command.env_remove("ARI_PASSWORD");
    let (code, _, err) = run(command);
    assert_eq!(code, 2);
    assert!(err.contains("no password for the user"), "{err}");
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
}

#[test]
fn completion_and_manual_pages_know_everything() {
    for shell in ["bash", "zsh", "fish"] {
        let (code, out, err) = run(ari(&["completion", shell]));
        assert_eq!(code, 0, "{err}");
        for word in ["originate", "rtp-statistics", "app-args", "doctor"] {
            assert!(out.contains(word), "{shell}: {word}");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("man");
    let (code, _, err) = run(ari(&["man", "--out", path.to_str().expect("a path")]));
    assert_eq!(code, 0, "{err}");
    let pages = fs::read_dir(&path).expect("pages").count();
    assert!(pages > OPERATIONS.len() + 15, "{pages}");
    let page = fs::read_to_string(path.join("ari-channels-originate.1")).expect("a page");
    assert!(page.contains("app"), "{page}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_is_no_error() {
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
