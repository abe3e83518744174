//! Tests of errors: exit codes, causes and hints.

use super::support::{answer, ari, run, server, silent};

#[test]
fn each_kind_of_error_has_an_exit_code_and_a_hint() {
    let of = |status: &str, body: &str| Some(answer(status, "22.10.1", body));
    let said = |status: &str, message: &str| of(status, &format!(r#"{{"message":"{message}"}}"#));
    let statistics = &["channels", "rtp-statistics", "1"][..];
    let hangup = &["channels", "hangup", "1"][..];
    let originate = &["channels", "originate", "--endpoint", "a"][..];
    for (reply, arguments, expected, words) in [
        (
            said("404 Not Found", "Channel not found"),
            statistics,
            3,
            "`ari channels list` shows the existing ones",
        ),
        (
            said("404 Not Found", "Playback not found"),
            &["playbacks", "get", "1"],
            3,
            "may no longer exist",
        ),
        (
            of("401 Unauthorized", ""),
            statistics,
            3,
            "check --user and ARI_PASSWORD, or the profile",
        ),
        (
            said("403 Forbidden", "Write access denied"),
            hangup,
            3,
            "in ari.conf",
        ),
        // Not everything that is forbidden is a matter of the user.
        (
            said("403 Forbidden", "Unsupported channel type"),
            statistics,
            3,
            "see `ari channels rtp-statistics --help`",
        ),
        (
            of("404 Not Found", "<html>"),
            &["channels", "list"],
            3,
            "has to end in /ari",
        ),
        (
            of("302 Found", ""),
            &["channels", "list"],
            3,
            "has to end in /ari",
        ),
        (
            said("400 Bad Request", "Endpoint must be given"),
            originate,
            3,
            "see `ari channels originate --help`",
        ),
        (
            said("422 Unprocessable Entity", "x"),
            originate,
            3,
            "see `ari channels originate --help`",
        ),
        (
            said("409 Conflict", "Channel not in Stasis application"),
            hangup,
            3,
            "`ari channels get` shows",
        ),
        (
            said("412 Precondition Failed", "x"),
            hangup,
            3,
            "`ari channels get` shows",
        ),
        (
            of(
                "500 Internal Server Error",
                r#"{"error":"Allocation failed"}"#,
            ),
            originate,
            3,
            "Asterisk's log names the cause",
        ),
        (
            said("503 Service Unavailable", "Asterisk not booted"),
            originate,
            3,
            "in a moment",
        ),
        (
            Some(answer("404 Not Found", "12.0.0", "")),
            statistics,
            6,
            "the server is Asterisk 12.0.0",
        ),
        // Nothing is sent that would wait for ever, or that names nothing.
        (None, &["play", "1", "hello-world"], 2, "sound:hello-world"),
        (None, &["play", "1", "sond:x"], 2, "sound:hello-world"),
        (None, &["events", ""], 2, "an application name is empty"),
        // What only asks can be asked again, anything else may have happened.
        (None, statistics, 4, "no response from"),
        (None, hangup, 5, "it may have taken effect"),
        (of("200 OK", "<html>"), statistics, 1, "not JSON"),
    ] {
        let (url, _requests) = server(reply.as_deref());
        let (code, out, err) = run(ari(&[arguments, &["--url", &url]].concat()));
        assert_eq!((code, out.as_str()), (expected, ""), "{reply:?}: {err}");
        assert!(
            err.contains(words) && err.lines().count() == 1,
            "{words}: {err}"
        );
        // Which of the reasons for a 400 it is, the message has said.
        assert!(!err.contains("400") || err.len() < 160, "{err}");
    }
}

#[test]
fn connection_errors_include_the_url_and_the_cause() {
    let nobody = "http://127.0.0.1:1/ari";
    let (silent, _listener) = silent();
    for (url, arguments, code, words) in [
        (nobody, &["channels", "list"][..], 4, "connection refused"),
        (
            nobody,
            &["channels", "hangup", "1"],
            4,
            "connection refused",
        ),
        (nobody, &["events", "hello"], 4, "connection refused"),
        (
            &silent,
            &["channels", "list"],
            4,
            "no response within 1 s (--within)",
        ),
        (
            &silent,
            &["channels", "hangup", "1"],
            5,
            "no response within 1 s (--within)",
        ),
        (
            &silent,
            &["channels", "hangup", "1"],
            5,
            "it may have taken effect",
        ),
    ] {
        let within = ["--url", url, "--within", "1"];
        let (found, _, err) = run(ari(&[arguments, &within].concat()));
        assert_eq!(found, code, "{arguments:?}: {err}");
        assert!(
            err.contains(words) && err.contains(url),
            "{arguments:?}: {err}"
        );
        assert_eq!(err.lines().count(), 1, "{err}");
    }
}

#[test]
fn requests_that_a_release_lacks_are_not_sent() {
    let statistics = &["channels", "rtp-statistics", "1"][..];
    let label = &["channels", "originate", "--endpoint", "a", "--label", "b"];
    let all = &["events", "hello", "--subscribe-all"];
    let external = &["channels", "external-media", "--app=a", "--format=ulaw"];
    for (release, arguments, words) in [
        ("12", statistics, "lacks the operation"),
        ("12", label, "`label`"),
        ("12", all, "`subscribeAll`"),
        // To the point release.
        ("16.5.1", external, "Asterisk 16.5.1 lacks the operation"),
        ("17.0", external, "Asterisk 17.0.0 lacks the operation"),
    ] {
        let (code, _, err) = run(ari(&[&["--release", release], arguments].concat()));
        assert_eq!(code, 6, "{err}");
        assert!(
            err.contains(words) && err.contains("nothing was sent"),
            "{err}"
        );
    }
    for release in ["16", "16.6", "17.1.0"] {
        let server = ["--release", release, "--url", "http://127.0.0.1:1/ari"];
        let (code, _, err) = run(ari(&[&server[..], external].concat()));
        assert_eq!(code, 4, "{release}: {err}");
    }
}

/// Only an Asterisk passes the checks.
#[test]
fn doctor_detects_servers_that_are_not_asterisk() {
    let doctor = |url: &str| {
        let (code, out, err) = run(ari(&["doctor", "--within", "1", "--url", url]));
        assert_eq!(err, "");
        assert!(
            out.lines()
                .next()
                .is_some_and(|line| line.starts_with("problem")),
            "{out}"
        );
        (code, out)
    };
    let (code, out) = doctor("http://127.0.0.1:1/ari");
    assert!(code == 7 && out.contains("http.conf"), "{out}");
    let (silent, _listener) = silent();
    let (code, out) = doctor(&silent);
    assert!(code == 7 && out.contains("no response within"), "{out}");
    for (status, body, words) in [
        ("200 OK", "<html>It works!</html>", "is not Asterisk's ARI"),
        ("200 OK", "{}", "is not Asterisk's ARI"),
        ("200 OK", "[]", "is not Asterisk's ARI"),
        ("200 OK", r#"{"system":{}}"#, "is not Asterisk's ARI"),
        ("404 Not Found", "<html>", "has to end in /ari"),
        (
            "403 Forbidden",
            r#"{"message":"Access denied by ACL"}"#,
            "`permit`",
        ),
        (
            "503 Service Unavailable",
            r#"{"message":"Asterisk not booted"}"#,
            "still starting",
        ),
        (
            "500 Internal Server Error",
            r#"{"message":"Allocation failed"}"#,
            "See Asterisk's log",
        ),
        (
            "401 Unauthorized",
            r#"{"message":"Authentication required"}"#,
            "`type = user`",
        ),
    ] {
        let (url, _requests) = server(Some(&answer(status, "22.10.1", body)));
        let (code, out) = doctor(&url);
        assert!(code == 7 && out.contains(words), "{words}: {out}");
        assert!(!out.contains("load = res_ari_channels"), "{out}");
    }
    // A proxy responds: neither Asterisk's log nor its configuration contains the cause.
    for (status, words) in [
        ("301 Moved Permanently", "redirects nothing"),
        ("302 Found", "redirects nothing"),
        ("401 Unauthorized", "a proxy on the way refuses"),
        ("403 Forbidden", "a proxy on the way refuses"),
        ("405 Method Not Allowed", "the log of a"),
        ("429 Too Many Requests", "the log of a"),
        ("502 Bad Gateway", "read the proxy's log"),
        ("503 Service Unavailable", "If there is a proxy, its log"),
        ("504 Gateway Timeout", "read the proxy's log"),
    ] {
        let (url, _requests) = server(Some(&answer(status, "22.10.1", "<html>")));
        let (code, out) = doctor(&url);
        assert!(code == 7 && out.contains(words), "{status}: {out}");
        for foreign in ["Asterisk's log", "ari.conf", "still starting"] {
            assert!(!out.contains(foreign), "{status}: {out}");
        }
        let (_, _, err) = run(ari(&["channels", "list", "--url", &url]));
        for foreign in ["Asterisk's log", "ari.conf", "ARI_PASSWORD"] {
            assert!(!err.contains(foreign), "{status}: {err}");
        }
    }
}

/// A closed standard error does not change the exit code.
#[cfg(unix)]
#[test]
fn closed_standard_error_does_not_change_the_exit_code() {
    let (url, _requests) = server(Some(&answer("404 Not Found", "22.10.1", "{}")));
    for (arguments, code) in [
        (&["channels", "get", "1", "--url", &url][..], 3),
        (&["channels", "list", "--url", "http://127.0.0.1:1/ari"], 4),
        (&["channels", "nonsense"], 2),
    ] {
        let mut command = ari(arguments);
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let status = command.stderr(writer).status().expect("it runs");
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}

/// A full disk is an error, for the help as well.
#[cfg(target_os = "linux")]
#[test]
fn write_errors_are_reported() {
    let (url, _requests) = server(Some(&answer("200 OK", "22.10.1", r#"[{"id":"1"}]"#)));
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["completion", "bash"],
        &["channels", "list", "--url", &url],
    ] {
        let mut command = ari(arguments);
        let full = std::fs::File::options().write(true).open("/dev/full");
        command.stdout(full.expect("Linux has it"));
        command.stderr(std::process::Stdio::piped());
        let output = command.spawn().and_then(|child| child.wait_with_output());
        let output = output.expect("it runs");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {err}");
        assert!(err.contains("cannot write the output"), "{err}");
    }
}
