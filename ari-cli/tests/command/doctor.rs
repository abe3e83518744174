//! Tests of `ari doctor` with servers that have problems.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;

use super::support::{answer, answering, ari, run};

/// Runs the doctor with a server of a release with this clock, and without a WebSocket.
fn examined(version: &str, clock: &str, arguments: &[&str]) -> (i32, String) {
    let (version, clock) = (version.to_owned(), clock.to_owned());
    let (url, _requests) = answering(move |target| {
        let body = match target {
            "GET /ari/asterisk/info" => format!(r#"{{"system":{{"version":"{version}"}}}}"#),
            "GET /ari/asterisk/ping" => format!(r#"{{"timestamp":"{clock}"}}"#),
            "GET /ari/asterisk/modules" => "[]".to_owned(),
            "GET /ari/events" => return Some(answer("404 Not Found", &version, "<html>")),
            _ => return Some(answer("404 Not Found", &version, r#"{"message":"none"}"#)),
        };
        Some(answer("200 OK", &version, &body))
    });
    let (code, out, err) = run(ari(&[&["doctor", "--url", &url], arguments].concat()));
    assert_eq!(err, "");
    (code, out)
}

/// Returns the line of a check, which begins with its state.
fn line<'a>(out: &'a str, check: &str) -> &'a str {
    let of_check = |line: &&str| line.split_whitespace().nth(1) == Some(check);
    let line = out.lines().find(of_check);
    line.unwrap_or_else(|| panic!("{check}: {out}"))
}

#[test]
fn releases_clocks_modules_and_websockets_are_checked() {
    let long_ago = "2001-01-01T00:00:00.000+0000";
    for (version, clock, check, state, words) in [
        ("22.10.1", long_ago, "release", "ok", "Asterisk 22.10.1"),
        (
            "99.0.0",
            long_ago,
            "release",
            "warning",
            "unknown to this command",
        ),
        (
            "SVN-trunk",
            long_ago,
            "release",
            "warning",
            "without a release number",
        ),
        (
            "22.10.1",
            long_ago,
            "clock",
            "warning",
            " s from this machine",
        ),
        (
            "22.10.1",
            "soon",
            "clock",
            "warning",
            "does not report the time",
        ),
        // It has no ping.
        (
            "12.8.0",
            long_ago,
            "clock",
            "ok",
            "this release does not report the time",
        ),
        (
            "22.10.1",
            long_ago,
            "modules",
            "problem",
            "asterisk lacks res_ari_asterisk",
        ),
        (
            "22.10.1",
            long_ago,
            "events",
            "problem",
            "res_http_websocket and res_ari_events not loaded",
        ),
    ] {
        let (code, out) = examined(version, clock, &[]);
        assert_eq!(code, 7, "{out}");
        let line = line(&out, check);
        assert!(
            line.starts_with(state) && line.contains(words),
            "{check}: {out}"
        );
    }
}

#[test]
fn json_has_an_entry_for_each_check() {
    let (code, out) = examined("22.10.1", "2001-01-01T00:00:00.000+0000", &["--json"]);
    assert_eq!(code, 7, "{out}");
    let found: Vec<Value> = serde_json::from_str(&out).expect("JSON");
    let of = |check: &str| found.iter().find(|entry| entry["check"] == check);
    let events = of("events").expect("an entry");
    assert_eq!(events["state"], "problem");
    let advice = events["advice"].as_str().expect("advice");
    assert!(
        advice.contains("load = res_ari_events.so") && advice.contains("if the file is installed"),
        "{advice}"
    );
    let server = of("server").expect("an entry");
    assert_eq!(
        (&server["state"], &server["advice"]),
        (&Value::from("ok"), &Value::Null)
    );
}

/// The doctor does not wait for a server that hangs after its first response.
#[test]
fn every_check_has_a_timeout() {
    let hangs = AtomicBool::new(false);
    let (url, _requests) = answering(move |_| {
        if hangs.swap(true, Ordering::SeqCst) {
            std::thread::sleep(Duration::from_secs(600));
        }
        let body = r#"{"system":{"version":"22.10.1"}}"#;
        Some(answer("200 OK", "22.10.1", body))
    });
    let begin = std::time::Instant::now();
    let (code, out, _) = run(ari(&["doctor", "--url", &url, "--within", "1"]));
    assert_eq!(code, 7, "{out}");
    assert!(begin.elapsed() < ari_test_support::LIMIT, "{out}");
    for check in [
        "writing",
        "modules",
        "events",
        "recordings",
        "sessions",
        "clock",
    ] {
        let line = line(&out, check);
        assert!(!line.starts_with("ok"), "{check}: {out}");
    }
}

/// The user's section and the installed modules are only visible in the files of the server.
#[test]
fn configuration_files_are_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let (modules, spool) = (path("modules"), path("spool"));
    std::fs::create_dir_all(&modules).expect("a folder");
    std::fs::write(modules.join("res_ari_channels.so"), "").expect("a file");
    let main = format!(
        "[directories]\nastmoddir => {}\nastspooldir => {}\n",
        modules.display(),
        spool.display()
    );
    std::fs::write(path("asterisk.conf"), main).expect("a file");
    let user = "[general]\nenabled = yes\n[tester]\ntype = user\npassword = x\npasword = y\n\
                password_format = crypt\n";
    std::fs::write(path("ari.conf"), user).expect("a file");
    std::fs::write(
        path("modules.conf"),
        "[modules]\nautoload = yes\nnoload => res_http_websocket.so\nnoload = chan_iax2.so\n",
    )
    .expect("a file");
    let etc = folder.path().to_str().expect("a path");
    let (_, out) = examined("22.10.1", "2001-01-01T00:00:00.000+0000", &["--etc", etc]);
    for expected in [
        "[tester] has the unknown option `pasword`",
        "[tester] has `password_format = crypt`, but its password is not a hash",
        "spool/recording does not exist",
        "modules.conf: `noload = res_http_websocket.so` disables a module that ARI needs",
        "modules.conf: `load = res_ari_channels.so`",
        "Not installed: res_ari_asterisk.",
    ] {
        assert!(out.contains(expected), "{expected}: {out}");
    }
    assert!(!out.contains("`load = res_ari_asterisk.so`"), "{out}");
    std::fs::write(path("ari.conf"), "[general]\n").expect("a file");
    let (_, out) = examined("22.10.1", "2001-01-01T00:00:00.000+0000", &["--etc", etc]);
    assert!(out.contains("missing section [tester]"), "{out}");
}
