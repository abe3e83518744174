//! `ari mock`, as programs in other languages use it.

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
        let told: Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(told["violation"], "UnknownParameter", "{told}");
        let text = told["text"].as_str().unwrap_or_default();
        assert!(text.contains("nonsense"), "{text}");
        assert_eq!(fake.end("INT").0, Some(code));
    }
}

fn wrong_request(url: &str) {
    use std::io::{Read as _, Write as _};
    let place = url.trim_start_matches("http://").trim_end_matches("/ari");
    let mut stream = std::net::TcpStream::connect(place).expect("a connection");
    write!(
        stream,
        "GET /ari/channels?nonsense=1 HTTP/1.1\r\nHost: {place}\r\nConnection: close\r\n\
         Authorization: Basic YXJpdGVzdDp0ZXN0bWU=\r\n\r\n"
    )
    .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn ports_in_use_are_reported() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let (code, out, err) = run(ari(&["mock", "--port", &port]));
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert!(err.contains(&port) && err.contains("--port"), "{err}");
}
