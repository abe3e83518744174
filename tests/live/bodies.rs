//! Bodies of requests, as the server reads them.

mod ours {
    use crate::live::session::{APP, on_every_release, refusal};

    /// The server refuses a large body before it has read it, and closes the connection.
    #[test]
    fn oversized_body_is_refused() {
        on_every_release(async |session| {
            for size in [50_000, 3_000_000, 20_000_000].repeat(5) {
                let event = session.client.events().user_event("large", APP);
                let large = event.variables([("v", "v".repeat(size))]).await;
                let release = session.server.release();
                assert_eq!(
                    refusal(large),
                    (413, "Request body too large".into()),
                    "{release} {size}"
                );
            }
        });
    }
}

/// The subjects of Asterisk's own test suite, in our own words.
mod upstream {
    use ari_test_support::{CREDENTIALS, RawResponse};

    use crate::asterisk::Asterisk;
    use crate::live::session::{Session, connect_raw, on_every_release};

    const JSON: &str = "Content-Type: application/json\r\n";

    const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

    /// Sets the global variable `NAME`.
    async fn set(server: &Asterisk, query: &str, headers: &str, body: &str) -> RawResponse {
        let line = format!("POST /ari/asterisk/variable?{query}");
        let mut raw = connect_raw(server).await;
        raw.request(&line, headers, body.as_bytes()).await
    }

    /// Reads the global variable `NAME`, and clears it.
    async fn take(session: &Session) -> String {
        let asterisk = session.client.asterisk();
        let value = asterisk.get_global_var("NAME").await.unwrap().value;
        asterisk.set_global_var("NAME").await.unwrap();
        value
    }

    /// Parameters directly after the type are harmless. With a space before them, or with an unknown
    /// type, the body is ignored.
    #[test]
    fn content_types_with_parameters() {
        on_every_release(async |session| {
            let json = r#"{"variable":"NAME","value":"value"}"#;
            let form = "variable=NAME&value=value";
            for (kind, body, read) in [
                ("application/json", json, true),
                ("application/json;charset=utf-8", json, true),
                ("application/json; charset=utf-8", json, true),
                ("application/json;charset=utf-8;x=\"y\"", json, true),
                ("application/json ; charset=utf-8", json, false),
                ("application/x-www-form-urlencoded", form, true),
                (
                    "application/x-www-form-urlencoded;charset=utf-8",
                    form,
                    true,
                ),
                (
                    "application/x-www-form-urlencoded; charset=utf-8",
                    form,
                    true,
                ),
                ("text/plain", json, false),
                ("application/json", form, false),
            ] {
                let headers = format!("Content-Type: {kind}\r\n");
                let answer = set(&session.server, "", &headers, body).await;
                let expected = if read { 204 } else { 400 };
                let release = session.server.release();
                assert_eq!(answer.status, expected, "{release} {kind}: {answer:?}");
                if read {
                    assert_eq!(take(session).await, "value", "{release} {kind}");
                }
            }
            let untyped = set(&session.server, "", "", json).await;
            assert_eq!(untyped.status, 400, "{untyped:?}");
        });
    }

    /// If several of them contain a parameter, JSON takes precedence over the query, and the query over
    /// a form.
    #[test]
    fn form_json_and_bad_json_bodies() {
        on_every_release(async |session| {
            for (query, headers, body, value) in [
                ("", FORM, "variable=NAME&value=a%20b%2Bc+d%26", "a b+c d&"),
                (
                    "",
                    JSON,
                    r#"{"variable":"NAME","value":"a+%20\"é"}"#,
                    "a+%20\"é",
                ),
                (
                    "variable=NAME&value=query",
                    JSON,
                    r#"{"value":"json"}"#,
                    "json",
                ),
                ("variable=NAME&value=query", FORM, "value=form", "query"),
                // Neither matches the specs: the first is taken for no parameters, the second for an
                // empty value.
                ("variable=NAME&value=query", JSON, "[1,2]", "query"),
                ("variable=NAME&value=query", JSON, r#"{"value":12}"#, ""),
                ("variable=NAME&value=query", JSON, "", "query"),
            ] {
                let answer = set(&session.server, query, headers, body).await;
                assert_eq!(answer.status, 204, "{body}: {answer:?}");
                assert_eq!(take(session).await, value, "{query} {body}");
            }
            for bad in [
                "{",
                "nonsense",
                "{\"value\":\"x\"",
                "{'value':'x'}",
                "{\"value\":\"x\",}",
                "\"x\"",
                "12",
                "{\"value\":\"\u{1}\"}",
            ] {
                let answer = set(&session.server, "variable=NAME&value=x", JSON, bad).await;
                assert_eq!(answer.status, 400, "{bad}: {answer:?}");
                let message = answer.json()["message"].to_string();
                assert!(message.contains("pars"), "{bad}: {message}");
                assert_eq!(take(session).await, "", "{bad}");
            }
        });
    }

    /// A chunked body, whose length is not known in advance.
    #[test]
    fn chunked_requests() {
        on_every_release(async |session| {
            for (pieces, value) in [
                (&[r#"{"variable":"NAME","value":"one"}"#][..], "one"),
                (
                    &["{\"variable\":\"NAME\",", "\"val", "ue\":\"many\"}"],
                    "many",
                ),
            ] {
                let mut body = String::new();
                for piece in pieces {
                    body += &format!("{:x}\r\n{piece}\r\n", piece.len());
                }
                body += "0\r\n\r\n";
                let headers = format!("{CREDENTIALS}{JSON}Transfer-Encoding: chunked\r\n");
                let mut raw = connect_raw(&session.server).await;
                let line = "POST /ari/asterisk/variable";
                for _ in 0..2 {
                    let answer = raw.exchange(line, &headers, body.as_bytes()).await;
                    assert_eq!(answer.status, 204, "{pieces:?}: {answer:?}");
                    assert_eq!(take(session).await, value);
                }
                // The end of the body was found: the connection is still in sync.
                let ping = raw.request("GET /ari/asterisk/ping", "", b"").await;
                assert_eq!(ping.json()["ping"], "pong");
            }
            // An invalid length closes the connection or is refused, but sets nothing.
            let headers = format!("{CREDENTIALS}{JSON}Transfer-Encoding: chunked\r\n");
            let mut raw = connect_raw(&session.server).await;
            let body = b"zz\r\n{\"variable\":\"NAME\",\"value\":\"x\"}\r\n0\r\n\r\n";
            let answer = raw
                .exchange("POST /ari/asterisk/variable", &headers, body)
                .await;
            assert!(answer.status >= 400, "{answer:?}");
            assert_eq!(take(session).await, "");
        });
    }
}
