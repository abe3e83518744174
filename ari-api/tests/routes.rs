//! Ways to the server: HTTP proxies with tunnels, and Unix sockets.

#![cfg(test)]
#![cfg(unix)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ari_api::client::ClientBuilder;
use ari_api::transport::Proxy;
use ari_api::{Client, Error};
use ari_mock::Asterisk;
use ari_test_support::within_limit;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, UnixListener};

/// A proxy that opens tunnels for one user, and records the heads of the requests for them.
struct ConnectProxy {
    url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl ConnectProxy {
    /// The proxy finds the host `pbx.invalid` at this port, as a name that only it knows.
    async fn start(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(open_tunnel(client, port, Arc::clone(&seen)));
            }
        });
        ConnectProxy { url, heads }
    }
}

async fn open_tunnel(mut client: TcpStream, port: u16, heads: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match client.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8(head).expect("text");
    let token = STANDARD.encode("me:secret");
    let status = match &head {
        head if !head.contains(&format!("Basic {token}\r\n")) => "407 Who",
        head if !head.starts_with("CONNECT pbx.invalid:8088 ") => "403 No",
        _ => "200 Yes",
    };
    heads.lock().expect("no panic").push(head);
    let response = format!("HTTP/1.1 {status}\r\n\r\n");
    let _ = client.write_all(response.as_bytes()).await;
    if status.starts_with("200") {
        let server = TcpStream::connect(("127.0.0.1", port)).await;
        let _ = copy_bidirectional(&mut client, &mut server.expect("a server")).await;
    }
}

fn port(server: &Asterisk) -> u16 {
    let url = server.url();
    let port = url.trim_end_matches("/ari").rsplit(':').next();
    port.and_then(|port| port.parse().ok()).expect("a port")
}

/// Sends a request, and connects an application.
async fn use_client(builder: ClientBuilder<Client>) -> Result<(), Error> {
    let client = builder.credentials("user", "password").build()?;
    within_limit(client.asterisk().ping().into_future()).await?;
    let mut app = within_limit(client.application("a").connect().into_future()).await?;
    assert_eq!(app.next().await.expect("an event")?.kind(), "Connected");
    client.close(Duration::from_secs(1)).await;
    Ok(())
}

async fn server() -> Asterisk {
    let builder = Asterisk::builder().user("user", "password");
    builder.start().await.expect("a server")
}

#[tokio::test]
async fn proxies_open_tunnels() {
    let server = server().await;
    let proxy = ConnectProxy::start(port(&server)).await;
    let by = |user: Option<&str>| {
        let by = Proxy::new(&proxy.url).expect("a proxy");
        match user {
            Some(password) => by.credentials("me", password),
            None => by,
        }
    };
    let unused = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let closed = Proxy::new(&format!("http://{}", unused.local_addr().expect("a port")));
    drop(unused);
    let (known, other) = ("http://pbx.invalid:8088/ari", "http://pbx.invalid:99/ari");
    for (what, url, proxy, expected) in [
        ("the user", known, by(Some("secret")), None),
        ("another password", known, by(Some("x")), Some("407")),
        ("no user", known, by(None), Some("Proxy::credentials")),
        ("another port", other, by(Some("secret")), Some("403")),
        ("no proxy", known, closed.expect("a proxy"), Some("refused")),
    ] {
        let hop = proxy.to_string();
        let found = use_client(Client::builder(url).proxy(proxy)).await;
        match (found, expected) {
            (Ok(()), None) => {}
            (Err(error @ Error::NotSent { .. }), Some(part)) => {
                let text = error.to_string();
                assert!(text.contains(part) && text.contains(&hop), "{what}: {text}");
                assert!(!text.contains("secret"), "{what}: {text}");
            }
            (found, _) => panic!("{what}: {found:?}"),
        }
    }
    // Asterisk's credentials are inside of the tunnel.
    let heads = proxy.heads.lock().expect("no panic").concat();
    assert!(
        !heads.contains(&STANDARD.encode("user:password")),
        "{heads}"
    );
}

#[tokio::test]
async fn unix_sockets_replace_host_and_port() {
    let server = server().await;
    let target = port(&server);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ari.sock");
    let listener = UnixListener::bind(&path).expect("a socket");
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            tokio::spawn(async move {
                let server = TcpStream::connect(("127.0.0.1", target)).await;
                let _ = copy_bidirectional(&mut client, &mut server.expect("a server")).await;
            });
        }
    });
    let builder = || Client::builder("http://pbx.invalid/ari");
    let found = use_client(builder().unix_socket(&path)).await;
    assert!(found.is_ok(), "{found:?}");

    let missing = folder.path().join("missing.sock");
    let found = use_client(builder().unix_socket(&missing)).await;
    let error = found.expect_err("no socket");
    assert!(matches!(error, Error::NotSent { .. }), "{error}");
    assert!(error.to_string().contains("missing.sock"), "{error}");
}
