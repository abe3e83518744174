//! Clients that waste the server's time and memory do not keep others out.

use ari_test_support::{RawClient, within_limit};
use futures_util::SinkExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use super::far_end::{Asterisk, exchange_raw};
use super::*;

#[tokio::test]
async fn slow_requests_time_out() {
    let (handler, _told) = reporting_handler();
    let limit = Duration::from_millis(300);
    let builder = builder().route("/calls", handler).handshake_timeout(limit);
    let server = builder.serve().await.expect("a server");
    let begin = Instant::now();
    // One sends nothing, one never stops sending.
    let mut silent = RawClient::connect(server.local_addr()).await;
    let mut slow = RawClient::connect(server.local_addr()).await;
    slow.write(b"GET /calls HTTP/1.1\r\n").await;
    let dripping = tokio::spawn(async move {
        while begin.elapsed() < limit * 2 / 3 {
            slow.write(b"X: y\r\n").await;
            sleep(Duration::from_millis(20)).await;
        }
        slow.read_to_end().await
    });
    for answer in [silent.read_to_end().await, dripping.await.unwrap()] {
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    }
    assert!((limit..LIMIT).contains(&begin.elapsed()));
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

#[tokio::test]
async fn session_limit_is_enforced() {
    let (handler, mut told) = reporting_handler();
    let builder = builder().route("/calls", handler).max_sessions(2);
    let server = builder.serve().await.expect("a server");
    let address = server.local_addr();
    let mut first = Asterisk::connect(address, "/calls", "a").await.unwrap();
    first.send_registered().await;
    assert_eq!(next(&mut told).await, HandlerReport::Begin("a".into()));
    // A connection that has not sent anything yet counts, too.
    let second = Asterisk::connect(address, "/calls", "b").await.unwrap();
    assert_eq!(server.session_count(), 2);
    for _ in 0..100 {
        let answer = exchange_raw(address, super::handshake_errors::request(&[]).as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
        assert!(answer.contains("Retry-After"), "{answer}");
    }
    // An unauthenticated client does not learn the number of sessions.
    let stranger = super::handshake_errors::request(&[("Authorization", "")]);
    let answer = exchange_raw(address, stranger.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    assert_eq!(server.session_count(), 2);
    drop(second);
    let again = timeout(LIMIT, async {
        loop {
            match Asterisk::connect(address, "/calls", "b").await {
                Ok(asterisk) => return asterisk,
                Err(status) => assert_eq!(status, 503),
            }
            sleep(Duration::from_millis(10)).await;
        }
    });
    again
        .await
        .expect("there is room again")
        .send_registered()
        .await;
    first.send_registered().await;
    server.shutdown(LIMIT).await;
    assert_eq!(server.session_count(), 0);
    wait_until_idle().await;
}

/// A connection without a request takes no session's place, and gives way to later ones.
#[tokio::test]
async fn silent_connections_are_evicted() {
    let (handler, mut told) = reporting_handler();
    let server = builder()
        .route("/calls", handler)
        .max_sessions(1)
        .handshake_timeout(Duration::MAX)
        .serve()
        .await
        .expect("a server");
    let address = server.local_addr();
    let mut silent = Vec::new();
    for _ in 0..300 {
        silent.push(TcpStream::connect(address).await.expect("a connection"));
    }
    let mut asterisk = Asterisk::connect(address, "/calls", "a").await.unwrap();
    asterisk.send_registered().await;
    assert_eq!(next(&mut told).await, HandlerReport::Begin("a".into()));
    assert_eq!(server.session_count(), 1);
    // The oldest ones, and no more than necessary.
    for stream in &mut silent[..300 - 256 + 1] {
        assert_eq!(within_limit(stream.read(&mut [0])).await.unwrap(), 0);
    }
    sleep(Duration::from_millis(50)).await;
    for stream in &silent[300 - 256 + 1..] {
        let kind = stream.try_read(&mut [0]).map_err(|error| error.kind());
        assert_eq!(kind, Err(std::io::ErrorKind::WouldBlock));
    }
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

/// A connection without a request must not hold the last file descriptors of the process either.
#[cfg(unix)]
#[test]
fn want_of_descriptors_keeps_nobody_out() {
    let this = std::env::current_exe().expect("a program");
    let run = std::process::Command::new("sh")
        .args(["-c", "ulimit -n 64 && exec \"$@\"", "sh"])
        .arg(this)
        .args([
            "--exact",
            "--include-ignored",
            "resource_limits::with_few_descriptors",
        ])
        .output()
        .expect("a shell");
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(told.contains("1 passed"), "{told}");
}

#[tokio::test]
#[ignore = "takes all descriptors: another test runs it in a process of its own"]
async fn with_few_descriptors() {
    let (handler, mut told) = reporting_handler();
    let server = builder()
        .route("/", handler)
        .handshake_timeout(Duration::MAX)
        .serve()
        .await
        .expect("a server");
    let spare = TcpSocket::new_v4().expect("a socket");
    let mut silent = Vec::new();
    while let Ok(stream) = TcpStream::connect(server.local_addr()).await {
        silent.push(stream);
        assert!(silent.len() < 64, "descriptors have no limit");
    }
    let stream = spare.connect(server.local_addr()).await;
    let joined = Asterisk::over(stream.expect("a connection"), "ws", "/", "a");
    let joined = timeout(LIMIT, joined).await.expect("it is let in");
    let mut asterisk = joined.expect("a WebSocket");
    asterisk.send_registered().await;
    assert_eq!(next(&mut told).await, HandlerReport::Begin("a".into()));
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

/// The peer answers pings, and sends nothing else.
#[tokio::test]
async fn silent_sessions_are_closed() {
    let (handler, mut told) = reporting_handler();
    // Long enough for a handshake on a busy machine.
    let limit = Duration::from_secs(1);
    let server = Server::builder()
        .allow_anonymous()
        .route("/calls", handler)
        .handshake_timeout(limit)
        .keepalive(limit / 10, LIMIT)
        .serve()
        .await
        .expect("a server");
    let address = server.local_addr();
    let begin = Instant::now();
    let mut mute = Asterisk::connect(address, "/calls", "a").await.unwrap();
    // Its pongs are no reason to wait forever.
    let closed = timeout(LIMIT, mute.close_code()).await;
    assert_eq!(closed.expect("it ends"), Some(1000));
    assert!(begin.elapsed() >= limit);
    assert!(told.try_recv().is_err());
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

/// Data that follows the handshake instead of messages, and the code with which the session is
/// closed.
#[tokio::test]
async fn protocol_error_closes_only_its_session() {
    let (handler, mut told) = reporting_handler();
    let builder = builder().route("/calls", handler).max_message_size(1000);
    let server = builder.serve().await.expect("a server");
    let mut good = Asterisk::connect(server.local_addr(), "/calls", "good")
        .await
        .unwrap();
    good.send_registered().await;
    assert_eq!(next(&mut told).await, HandlerReport::Begin("good".into()));
    assert_eq!(
        next(&mut told).await,
        HandlerReport::Event("Connected".into())
    );
    assert_eq!(
        next(&mut told).await,
        HandlerReport::Event("ApplicationRegistered".into())
    );
    let mut long_frame = vec![0x81, 0xFE, 0x03, 0xE9, 0, 0, 0, 0];
    long_frame.extend([b'x'; 1001]);
    let mut fragments = Vec::new();
    for first in [0x01, 0x00, 0x00] {
        fragments.extend([first, 0xFE, 0x01, 0x90, 0, 0, 0, 0]);
        fragments.extend([b'x'; 400]);
    }
    for (what, bytes, code) in [
        ("a frame that is too long", long_frame, 1009),
        (
            "one that only claims to be",
            vec![
                0x81, 0xFF, 0x7F, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0,
            ],
            1009,
        ),
        ("fragments that are too long together", fragments, 1009),
        ("a frame that is not masked", vec![0x81, 0x01, b'x'], 1002),
        ("an unknown opcode", vec![0x83, 0x80, 0, 0, 0, 0], 1002),
        ("a compressed frame", vec![0xC1, 0x80, 0, 0, 0, 0], 1002),
        (
            "text that is none",
            vec![0x81, 0x81, 0, 0, 0, 0, 0xFF],
            1007,
        ),
    ] {
        let mut bad = Asterisk::connect(server.local_addr(), "/calls", "bad")
            .await
            .unwrap();
        bad.send_registered().await;
        assert_eq!(next(&mut told).await, HandlerReport::Begin("bad".into()));
        assert_eq!(
            next(&mut told).await,
            HandlerReport::Event("Connected".into())
        );
        assert_eq!(
            next(&mut told).await,
            HandlerReport::Event("ApplicationRegistered".into())
        );
        bad.socket.get_mut().write_all(&bytes).await.unwrap();
        assert_eq!(bad.close_code().await, Some(code), "{what}");
        drop(bad);
        match next(&mut told).await {
            HandlerReport::Error(error) => {
                assert!(error.contains("the WebSocket is lost"), "{error}")
            }
            other => panic!("{what}: {other:?}"),
        }
        assert_eq!(next(&mut told).await, HandlerReport::End, "{what}");
    }
    // An invalid event is reported and skipped; the session continues.
    for text in ["", "nothing", "[]", r#"{"type":"ApplicationRegistered"}"#] {
        good.socket.send(Message::text(text)).await.unwrap();
        let seen = next(&mut told).await;
        assert!(
            matches!(&seen, HandlerReport::Error(error) if error.contains("cannot be decoded")),
            "{text}: {seen:?}"
        );
    }
    good.socket
        .send(Message::binary(vec![1, 2, 3]))
        .await
        .unwrap();
    good.send_registered().await;
    assert_eq!(
        next(&mut told).await,
        HandlerReport::Event("ApplicationRegistered".into())
    );
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}

/// Asterisk's machine has lost power, for example: nothing arrives any more, and nothing ends.
#[tokio::test]
async fn dead_sessions_are_detected() {
    let (handler, mut told) = reporting_handler();
    let short = Duration::from_millis(100);
    let builder = builder().route("/calls", handler).keepalive(short, short);
    let server = builder.serve().await.expect("a server");
    let mut asterisk = Asterisk::connect(server.local_addr(), "/calls", "a")
        .await
        .unwrap();
    asterisk.send_registered().await;
    for _ in 0..3 {
        next(&mut told).await;
    }
    // From here on the socket is not read, so no ping gets a response.
    let HandlerReport::Error(error) = next(&mut told).await else {
        panic!("not noticed");
    };
    assert!(error.contains("no sign of life"), "{error}");
    assert_eq!(next(&mut told).await, HandlerReport::End);
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}
