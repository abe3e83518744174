//! `ari mock`, as programs in other languages use it.

use ari_test_support::{CREDENTIALS, send_request, within_limit};
use serde_json::Value;

use super::fake::Fake;
use super::support::{ari, run};

#[test]
fn mock_serves_until_ctrl_c() {
    for (release, version) in [(None, "24."), (Some("16"), "16."), (Some("13.1"), "13.1.0")] {
        let option: Vec<&str> = release.iter().flat_map(|it| ["--release", it]).collect();
        let fake = Fake::start(&option, &[]);
        assert_eq!(fake.told["user"], "aritest");
        assert_eq!(fake.told["password"], "testme");
        let fields = ["asterisk", "info", "--fields", "system.version"];
        let (code, out) = fake.ask("aritest", "testme", &fields);
        assert!(code == 0 && out.contains(&format!("  {version}")), "{out}");
        assert_eq!(fake.ask("aritest", "wrong", &["channels", "list"]).0, 3);
        let signal = if release.is_some() { "TERM" } else { "INT" };
        assert_eq!(fake.end(signal), (Some(0), Vec::new()));
    }
}

#[test]
fn mock_accepts_the_user_of_the_environment() {
    let own = [("ARI_USER", "boss"), ("ARI_PASSWORD", "0wn")];
    let fake = Fake::start(&[], &own);
    assert_eq!(fake.told["user"], "boss");
    assert!(fake.told["password"].is_null(), "{}", fake.told);
    for (user, password, code) in [
        ("boss", "0wn", 0),
        ("aritest", "testme", 0),
        ("boss", "testme", 3),
    ] {
        let (found, out) = fake.ask(user, password, &["bridges", "create"]);
        assert_eq!(found, code, "{user}: {out}");
    }
    assert_eq!(fake.ask("reader", "readme", &["channels", "list"]).0, 0);
    assert_eq!(fake.ask("reader", "readme", &["bridges", "create"]).0, 3);
    fake.end("INT");
}

/// Mistakes that a real server ignores are reported while the fake runs, and make it exit with an
/// error if it is strict.
#[test]
fn mock_reports_mistakes_in_requests() {
    for (option, code) in [(&[][..], 0), (&["--strict"], 7)] {
        let mut fake = Fake::start(option, &[]);
        // `ari` itself sends nothing wrong.
        wrong_request(fake.url());
        let line = fake.lines.next().expect("a line").expect("text");
        let report: Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(report["violation"], "UnknownParameter", "{report}");
        let text = report["text"].as_str().unwrap_or_default();
        assert!(text.contains("nonsense"), "{text}");
        assert_eq!(fake.end("INT").0, Some(code));
    }
}

fn wrong_request(url: &str) {
    let address = url.trim_start_matches("http://").trim_end_matches("/ari");
    let request = send_request(address, "GET /ari/channels?nonsense=1", CREDENTIALS, b"");
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("a runtime");
    let response = runtime.block_on(within_limit(request)).expect("a response");
    assert_eq!(response.status, 200);
}

#[test]
fn ports_in_use_are_reported() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let (code, out, err) = run(ari(&["mock", "--port", &port]));
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert!(err.contains(&port) && err.contains("--port"), "{err}");
}
