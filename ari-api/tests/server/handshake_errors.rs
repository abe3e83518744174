//! Invalid requests are refused with a status that names the problem.

use super::far_end::exchange_raw;
use super::*;

/// Returns a valid request, with these headers changed.
pub(crate) fn request(changes: &[(&str, &str)]) -> String {
    let mut line = "GET /calls HTTP/1.1";
    let mut headers = vec![
        ("Host", "localhost"),
        ("Connection", "keep-alive, Upgrade"),
        ("Upgrade", "WebSocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("Sec-WebSocket-Protocol", "ari"),
        ("Authorization", BASIC),
    ];
    for (name, value) in changes {
        match headers.iter().position(|(known, _)| known == name) {
            _ if name.is_empty() => line = value,
            Some(at) if value.is_empty() => {
                headers.remove(at);
            }
            Some(at) => headers[at].1 = value,
            None => headers.push((name, value)),
        }
    }
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    format!("{line}\r\n{headers}\r\n")
}

#[tokio::test]
async fn invalid_handshakes_get_matching_status() {
    let (handler, _told) = reporting_handler();
    let builder = builder().credentials("other", "pässword");
    let server = builder
        .route("/calls", handler)
        .serve()
        .await
        .expect("a server");
    let long = "x".repeat(20_000);
    let base64 = |text: &str| {
        use base64::Engine as _;
        format!(
            "Basic {}",
            base64::engine::general_purpose::STANDARD.encode(text)
        )
    };
    let case = |status, changes: &[(&str, &str)], told| (status, request(changes), told);
    for (status, request, told) in [
        case(101, &[], "sec-websocket-protocol: ari\r\n"),
        case(
            101,
            &[],
            "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
        ),
        case(101, &[("", "GET /calls?a=b HTTP/1.1")], ""),
        case(
            101,
            &[("Sec-WebSocket-Protocol", "mqtt, ari")],
            "protocol: ari\r\n",
        ),
        case(
            101,
            &[("Authorization", &BASIC.replace("Basic", "basic"))],
            "",
        ),
        case(101, &[("Authorization", &base64("other:pässword"))], ""),
        // Authentication.
        case(
            401,
            &[("Authorization", "")],
            "WWW-Authenticate: Basic realm=",
        ),
        case(
            401,
            &[("Authorization", &base64("asterisk:secreT"))],
            "password",
        ),
        case(401, &[("Authorization", &base64("asterisk:secret2"))], ""),
        case(401, &[("Authorization", &base64("asterisk:"))], ""),
        case(401, &[("Authorization", &base64("other:secret"))], ""),
        case(401, &[("Authorization", "Basic")], ""),
        case(401, &[("Authorization", "Basic !")], ""),
        case(
            401,
            &[("Authorization", &BASIC.replace("Basic", "Bearer"))],
            "",
        ),
        // An unauthenticated client does not learn which paths exist.
        case(
            401,
            &[("", "GET /other HTTP/1.1"), ("Authorization", "")],
            "",
        ),
        // The requested path and protocol.
        case(404, &[("", "GET / HTTP/1.1")], "websocket_client.conf"),
        case(404, &[("", "GET /calls/ HTTP/1.1")], ""),
        case(404, &[("", "GET /Calls HTTP/1.1")], ""),
        case(405, &[("", "POST /calls HTTP/1.1")], "Allow: GET\r\n"),
        case(405, &[("", "HEAD /calls HTTP/1.1")], ""),
        case(426, &[("Upgrade", "")], "Upgrade: websocket\r\n"),
        case(426, &[("Upgrade", "h2c")], ""),
        case(426, &[("Connection", "close")], ""),
        case(426, &[("Sec-WebSocket-Version", "")], ""),
        case(
            426,
            &[("Sec-WebSocket-Version", "8")],
            "Sec-WebSocket-Version: 13\r\n",
        ),
        case(400, &[("Sec-WebSocket-Key", "")], "WebSocket"),
        case(400, &[("Sec-WebSocket-Key", "short")], ""),
        case(400, &[("Sec-WebSocket-Protocol", "")], "subprotocol `ari`"),
        case(400, &[("Sec-WebSocket-Protocol", "mqtt, aria")], ""),
        case(400, &[("", "GET /calls HTTP/1.0")], ""),
        // Data that is not HTTP, or too long.
        case(400, &[("", "GET /calls")], "no HTTP request"),
        case(400, &[("", "GET  HTTP/1.1")], ""),
        case(400, &[("", "\u{16}\u{3}\u{1}")], ""),
        case(400, &[("Bad header", "x")], ""),
        case(431, &[("X-Long", &long)], "too many headers"),
        case(431, &[("", &format!("GET /{long} HTTP/1.1"))], ""),
        (
            431,
            request(&[]).replace("\r\n\r\n", &"\r\nX: y".repeat(200)) + "\r\n\r\n",
            "",
        ),
        // A line without an end.
        (431, long.clone(), ""),
    ] {
        let what = &request[..request.len().min(400)];
        let answer = if status == 101 {
            // A masked Close ends the WebSocket.
            let close = [0x88, 0x80, 0, 0, 0, 0];
            let bytes = [request.as_bytes(), &close].concat();
            exchange_raw(server.local_addr(), &bytes).await
        } else {
            exchange_raw(server.local_addr(), request.as_bytes()).await
        };
        let expected = format!("HTTP/1.1 {status} ");
        assert!(
            answer.starts_with(&expected),
            "{status}: {what}\n\n{answer}"
        );
        assert!(answer.contains(told), "{told}: {what}\n\n{answer}");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        assert!(!head.contains("xtensions"), "{head}");
        if status != 101 {
            assert!(head.contains("\r\nConnection: close\r\n"), "{head}");
            let length = format!("Content-Length: {}", body.len());
            assert!(head.contains(&length) && body.len() > 10, "{answer}");
        }
    }
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

#[tokio::test]
async fn anonymous_sessions_can_be_allowed() {
    let (handler, _told) = reporting_handler();
    let builder = Server::builder().allow_anonymous();
    let server = builder
        .route("/calls", handler)
        .serve()
        .await
        .expect("a server");
    for authorization in ["", "Basic !", BASIC] {
        let request = request(&[("Authorization", authorization)]);
        let bytes = [request.as_bytes(), &[0x88, 0x80, 0, 0, 0, 0]].concat();
        let mut stream = tokio::net::TcpStream::connect(server.local_addr())
            .await
            .unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut stream, &bytes)
            .await
            .unwrap();
        let mut answer = [0; 12];
        let reading = tokio::io::AsyncReadExt::read_exact(&mut stream, &mut answer);
        timeout(LIMIT, reading)
            .await
            .expect("a response")
            .expect("whole");
        assert_eq!(&answer, b"HTTP/1.1 101", "{authorization}");
    }
}

/// Invalid settings are refused before the server listens, in one sentence.
#[test]
fn invalid_settings_prevent_start() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a listener");
    let listener = {
        let _within = runtime.enter();
        tokio::net::TcpListener::from_std(listener).expect("a listener")
    };
    let builder = || {
        let (handler, _told) = reporting_handler();
        Server::builder().route("/calls", handler)
    };
    let refused = [
        (builder().allow_anonymous().serve_on(listener), "tokio"),
        (
            runtime.block_on(builder().listen("127.0.0.1:0").serve()),
            "credentials",
        ),
        (
            runtime.block_on(builder().credentials("a:b", "testme").serve()),
            "colon",
        ),
        (
            runtime.block_on(
                builder()
                    .allow_anonymous()
                    .listen(taken.local_addr().expect("an address").to_string())
                    .serve(),
            ),
            "cannot listen on",
        ),
    ];
    for (server, told) in refused {
        let error = server.expect_err(told).to_string();
        assert!(error.contains(told) && !error.contains("testme"), "{error}");
    }
}
