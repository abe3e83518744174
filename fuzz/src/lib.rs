//! The functions of the fuzz targets. Each takes any bytes and panics if they reveal a fault.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::LazyLock;
use std::time::Duration;

use ari_api::{Client, Event, IncomingSession, Server};
use ari_codegen::{Generator, INDEX, Source};
use serde::de::IgnoredAny;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

/// Decodes an event. An accepted event is JSON, and survives encoding and decoding. Of an event of
/// an unknown type only the type is read, so encoding may fail.
pub fn decode_event(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match text.parse::<Event>() {
        Ok(event @ Event::Unknown { .. }) => drop(serde_json::to_string(&event)),
        Ok(event) => {
            serde_json::from_str::<IgnoredAny>(text).expect("accepted text is JSON");
            let encoded = serde_json::to_string(&event).expect("an event can be encoded");
            let again: Event = encoded.parse().expect("an encoded event can be decoded");
            assert_eq!(event, again, "encoded as {encoded}");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Generates bindings from a resource file. Whatever is accepted becomes Rust source.
pub fn read_spec(data: &[u8]) {
    let index = br#"{
        "apiVersion": "10.0.0",
        "swaggerVersion": "1.1",
        "basePath": "http://localhost:8088/ari",
        "apis": [{ "path": "/api-docs/things.{format}" }]
    }"#;
    let files = BTreeMap::from([
        (INDEX.to_owned(), index.to_vec()),
        ("things".to_owned(), data.to_vec()),
    ]);
    let origin = "memory".to_owned();
    let generator = Generator::new()
        .add_release("22", Source::Memory { origin, files })
        .expect("a known release");
    match generator.generate() {
        Ok(bindings) => {
            let source = bindings.single_file();
            if let Err(error) = syn::parse_file(&source) {
                panic!("{error}, in\n{source}");
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// `asterisk:secret`, the only credentials of the server.
const CREDENTIALS: &str = "YXN0ZXJpc2s6c2VjcmV0";

/// The longest time that the server may take to end a connection whose client sends no more.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Opens a connection to a server of outbound WebSockets. Whatever is sent, the server ends the
/// connection, its response is HTTP, and only a valid request with valid credentials opens a
/// WebSocket.
pub fn server_handshake(data: &[u8]) {
    static SERVER: LazyLock<(Runtime, SocketAddr)> = LazyLock::new(|| {
        let runtime = Runtime::new().expect("a runtime");
        let server = runtime.block_on(async {
            let builder = Server::builder().listen("127.0.0.1:0");
            let builder = builder.credentials("asterisk", "secret");
            let builder = builder.route("/calls", |session: IncomingSession<Client>| async move {
                let mut events = session.events;
                while events.next().await.is_some() {}
            });
            builder.serve().await.expect("a server")
        });
        let address = server.local_addr();
        // Dropping it would end it.
        runtime.spawn(async move { server.closed().await });
        (runtime, address)
    });

    let (runtime, address) = &*SERVER;
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(data).await?;
        stream.shutdown().await?;
        let mut response = Vec::new();
        // What has been received before the server resets the connection remains in the buffer.
        let result = stream.read_to_end(&mut response).await;
        result
            .map(|_| ())
            .or_else(|error| match response.is_empty() {
                true => Err(error),
                false => Ok(()),
            })?;
        std::io::Result::Ok(response)
    };
    let response = match runtime.block_on(async { tokio::time::timeout(TIMEOUT, exchange).await }) {
        Ok(Ok(response)) => response,
        // The server may close before it has read everything.
        Ok(Err(error)) => {
            let closed = [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe];
            assert!(closed.contains(&error.kind()), "{error}");
            return;
        }
        Err(_) => panic!("the server did not end the connection within {TIMEOUT:?}"),
    };
    if response.is_empty() {
        return;
    }
    let text = String::from_utf8_lossy(&response);
    assert!(text.starts_with("HTTP/1.1 "), "{text}");
    if text.starts_with("HTTP/1.1 101 ") {
        assert!(is_valid(data), "{text}");
    } else {
        assert!(text.contains("\r\n\r\n"), "{text}");
    }
}

/// Returns true if a request may open a WebSocket. Reads it line by line, unlike the server.
fn is_valid(request: &[u8]) -> bool {
    let request = String::from_utf8_lossy(request);
    let mut lines = request.split('\n').map(str::trim);
    let start = lines.find(|line| !line.is_empty()).unwrap_or_default();
    let headers: Vec<_> = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(':'))
        .collect();
    let values = |name: &str| {
        let found = headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).collect::<Vec<_>>()
    };
    let has_token = |name: &str, token: &str| {
        let lists = values(name).join(",");
        lists
            .split(',')
            .any(|value| value.trim().eq_ignore_ascii_case(token))
    };
    let authorization = values("Authorization")
        .first()
        .and_then(|value| value.split_once(' '));
    authorization.is_some_and(|(scheme, token)| {
        scheme.eq_ignore_ascii_case("Basic") && token.trim() == CREDENTIALS
    }) && start.starts_with("GET ")
        && start.ends_with(" HTTP/1.1")
        && start.contains("/calls")
        && has_token("Connection", "upgrade")
        && has_token("Upgrade", "websocket")
        && has_token("Sec-WebSocket-Protocol", "ari")
        && values("Sec-WebSocket-Version").first() == Some(&"13")
        && values("Sec-WebSocket-Key")
            .first()
            .is_some_and(|key| key.len() == 24)
}
