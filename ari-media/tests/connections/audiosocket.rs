//! AudioSocket.

use std::time::Duration;

use ari_media::carrier::audiosocket::CallId;
use ari_media::connection::{
    AudioSocketConnection, AudioSocketListener, Cause, ExpectedAudioSocket, Step,
};
use ari_media::pcm::{Format, SampleRate};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use super::*;

async fn listen() -> AudioSocketListener {
    AudioSocketListener::bind("127.0.0.1:0")
        .await
        .expect("a listener")
}

/// Connects as Asterisk does, in pieces.
async fn dial(listener: &AudioSocketListener, id: &CallId) -> TcpStream {
    let mut stream = TcpStream::connect(listener.local_addr())
        .await
        .expect("a connection");
    stream.set_nodelay(true).expect("a socket");
    for piece in [
        b"\x01".as_slice(),
        b"\x00",
        b"\x10",
        &id.as_bytes()[..5],
        &id.as_bytes()[5..],
    ] {
        stream.write_all(piece).await.expect("written");
        tokio::task::yield_now().await;
    }
    stream
}

async fn accept(expected: ExpectedAudioSocket) -> Result<AudioSocketConnection, ConnectionError> {
    within_limit(expected.accept(Duration::from_secs(30))).await
}

async fn pair() -> (AudioSocketConnection, TcpStream) {
    let listener = listen().await;
    let expected = listener.expect();
    let stream = dial(&listener, expected.key()).await;
    (accept(expected).await.expect("a connection"), stream)
}

#[tokio::test]
async fn calls_are_matched_and_carry_audio() {
    let listener = listen().await;
    let (first, second) = (listener.expect(), listener.expect());
    let mut streams = Vec::new();
    for id in [second.key(), first.key()] {
        streams.push(dial(&listener, id).await);
    }
    let id = *second.key();
    let mut connection = accept(second).await.expect("a connection");
    assert_eq!(connection.call_id(), id);
    let other = accept(first).await.expect("a connection");
    drop(other);
    let mut asterisk = streams.remove(0);

    // Audio at a rate of the server's choice, in two pieces, with a key behind it.
    asterisk
        .write_all(b"\x10\x00\x04\x01")
        .await
        .expect("written");
    asterisk
        .write_all(b"\x02\x03\x04\x03\x00\x01#")
        .await
        .expect("written");
    let Received::Audio(packet) = item(within_limit(connection.next()).await) else {
        panic!("no audio");
    };
    assert_eq!(packet.format, Format::Slin(SampleRate::Hz8000));
    assert_eq!(*packet.payload, [1, 2, 3, 4]);
    assert_eq!(
        item(within_limit(connection.next()).await),
        Received::Dtmf('#')
    );

    connection.set_rate(SampleRate::Hz16000);
    connection.send_audio(&[7; 640]).expect("sent");
    let mut message = [0; 643];
    within_limit(asterisk.read_exact(&mut message))
        .await
        .expect("a message");
    assert_eq!(message[..4], [0x12, 2, 128, 7]);
    for length in [0, 3, 70_000] {
        let error = connection
            .send_audio(&vec![0; length])
            .expect_err("refused");
        assert!(matches!(error.cause, Cause::InvalidAudio { .. }), "{error}");
    }
    within_limit(connection.close(Duration::from_secs(5))).await;
    let mut rest = Vec::new();
    within_limit(asterisk.read_to_end(&mut rest))
        .await
        .expect("the end");
    assert_eq!(rest, [0, 0, 0]);
}

/// Asterisk can block until a message arrives, so a connection that sends nothing sends silence.
#[tokio::test]
async fn idle_connections_send_silence() {
    let (mut connection, mut asterisk) = pair().await;
    connection.set_rate(SampleRate::Hz16000);
    let messages = async {
        let mut messages = [[0xff; 3 + 640]; 2];
        for message in &mut messages {
            asterisk.read_exact(message).await.expect("a message");
        }
        messages
    };
    let messages = within_limit(async {
        tokio::select! {
            messages = messages => messages,
            received = connection.next() => panic!("{received:?}"),
        }
    });
    for message in messages.await {
        assert_eq!(message[..3], [0x12, 0x02, 0x80]);
        assert!(message[3..].iter().all(|byte| *byte == 0));
    }
}

/// Each case: the bytes after the id, and the text of the error, or `None` for a regular end.
#[tokio::test]
async fn ends_and_garbage_are_told_apart() {
    for (bytes, expected) in [
        (b"".as_slice(), None),
        (b"\x00\x00\x00", None),
        (b"\x12\x00", Some("receiving: the connection was cut")),
        (
            b"\x12\x00\x04\x01",
            Some("receiving: the connection was cut"),
        ),
        (b"\x12\x00\x00", Some("kind 0x12 with 0 bytes")),
        (b"\x47\x45\x54", Some("unknown message kind 0x47")),
        (b"\xff\x00\x01\x04", Some("reports an error: Some(4)")),
        (b"\x01\x00\x100123456789abcdef", Some("a second id")),
    ] {
        let (mut connection, mut asterisk) = pair().await;
        asterisk.write_all(bytes).await.expect("written");
        drop(asterisk);
        let next = within_limit(connection.next()).await;
        match expected {
            None => assert_eq!(
                item(next),
                Received::Closed(CloseReason::HungUp),
                "{bytes:?}"
            ),
            Some(expected) => {
                let text = error(next);
                let begin = "audio over AudioSocket: ";
                assert!(text.starts_with(begin) && text.contains(expected), "{text}");
            }
        }
        assert!(connection.next().await.is_none());
    }
    let (mut connection, asterisk) = pair().await;
    asterisk.set_zero_linger().expect("a socket");
    drop(asterisk);
    let text = error(within_limit(connection.next()).await);
    assert!(text.contains("reset"), "{text}");
}

#[tokio::test]
async fn message_that_stops_in_the_middle_is_an_error() {
    let (mut connection, mut asterisk) = pair().await;
    asterisk
        .write_all(b"\x12\x02\x80abc")
        .await
        .expect("written");
    // The bytes arrive before the clock stops.
    std::thread::sleep(Duration::from_millis(50));
    tokio::time::pause();
    let text = error(connection.next().await);
    assert!(text.contains("no end of a message within 5s"), "{text}");
    drop(asterisk);
}

#[tokio::test]
async fn connections_of_no_call_are_closed() {
    let listener = listen().await;
    let expected = listener.expect();
    let dropped = listener.expect();
    let dropped_id = *dropped.key();
    drop(dropped);
    let closed = async |mut stream: TcpStream| {
        let mut rest = Vec::new();
        let _ = within_limit(stream.read_to_end(&mut rest)).await;
        assert!(rest.is_empty());
    };
    closed(dial(&listener, &CallId::random()).await).await;
    closed(dial(&listener, &dropped_id).await).await;
    for garbage in [
        b"GET / HTTP/1.1\r\n\r\n".as_slice(),
        b"\x01\x00\x01x",
        b"\x10\x00\x02xx",
    ] {
        let mut stream = TcpStream::connect(listener.local_addr())
            .await
            .expect("a connection");
        stream.write_all(garbage).await.expect("written");
        closed(stream).await;
    }
    // One id admits one connection.
    let id = *expected.key();
    let first = dial(&listener, &id).await;
    let connection = accept(expected).await.expect("a connection");
    closed(dial(&listener, &id).await).await;
    drop((first, connection));

    let error = listener
        .expect()
        .accept(Duration::from_millis(20))
        .await
        .expect_err("nobody");
    assert_eq!(error.step, Step::Accept);
    let text = error.to_string();
    let expected = "audio over AudioSocket: waiting for Asterisk to connect: no connection of this \
                    channel within 20ms";
    assert_eq!(text, expected);
    let taken = AudioSocketListener::bind(listener.local_addr())
        .await
        .expect_err("in use");
    assert!(
        taken
            .to_string()
            .starts_with("audio over AudioSocket: listening: "),
        "{taken}"
    );
}

/// Asterisk can connect even if there are more silent connections than the limit.
#[tokio::test]
async fn oldest_silent_connection_is_closed() {
    let listener = listen().await;
    let mut silent = Vec::new();
    for _ in 0..257 {
        silent.push(
            TcpStream::connect(listener.local_addr())
                .await
                .expect("a connection"),
        );
    }
    let mut byte = [0];
    // The timeout for the id would close it later than this.
    let read = tokio::time::timeout(Duration::from_secs(4), silent[0].read(&mut byte)).await;
    let read = read.expect("closed at once");
    assert!(matches!(read, Ok(0) | Err(_)), "{read:?}");
    assert!(silent[256].try_read(&mut byte).is_err());
    let expected = listener.expect();
    let _stream = dial(&listener, expected.key()).await;
    accept(expected).await.expect("a connection");
}

#[tokio::test]
async fn peer_that_does_not_read_is_an_error() {
    let listener = listen().await;
    let expected = listener.expect();
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(16 * 1024).expect("a size");
    let mut stream = socket
        .connect(listener.local_addr())
        .await
        .expect("a connection");
    stream.write_all(b"\x01\x00\x10").await.expect("written");
    stream
        .write_all(expected.key().as_bytes())
        .await
        .expect("written");
    let mut connection = accept(expected).await.expect("a connection");
    let error = loop {
        if let Err(error) = connection.send_audio(&[0; 640]) {
            break error;
        }
    };
    assert!(
        matches!(error.cause, Cause::Stalled { unsent } if unsent < 512 * 1024),
        "{error}"
    );
    // Receiving does not wait without limit either.
    tokio::time::pause();
    let text = super::error(connection.next().await);
    assert!(
        text.contains("sending") && text.contains("does not read"),
        "{text}"
    );
}
