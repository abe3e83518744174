//! WebSockets that the program opens.

use std::sync::mpsc;
use std::time::Duration;

use ari_api::Client;
use ari_media::carrier::Carrier;
use ari_media::carrier::websocket::{Command, CorrelationId, Direction, Event, Syntax};
use ari_media::connection::{Cause, Step, WebSocketConnection, WebSocketSettings};
use ari_media::pcm::{Format, SampleRate};
use ari_test_support::frame::{self, opcode};
use ari_test_support::{Peer, Reply, Server};

use super::*;

const START: &str = r#"{"event":"MEDIA_START","connection_id":"c","channel":"WebSocket/x","channel_id":"7","format":"slin16","optimal_frame_size":640,"ptime":20,"channel_variables":{}}"#;
const PLAIN_START: &str =
    "MEDIA_START connection_id:c channel:WebSocket/x format:ulaw optimal_frame_size:160 ptime:20";

/// Connects to a server that runs this script. A script that ends closes its connection.
async fn connect(
    script: impl Fn(Peer) + Clone + Send + Sync + 'static,
    settings: WebSocketSettings,
) -> Result<WebSocketConnection, ConnectionError> {
    let server = Server::start(move |_| Reply::websocket(script.clone()));
    let client = Client::builder(server.url()).build().expect("a client");
    within_limit(WebSocketConnection::connect(&client, "c", settings)).await
}

async fn connected(script: impl Fn(Peer) + Clone + Send + Sync + 'static) -> WebSocketConnection {
    connect(script, WebSocketSettings::default())
        .await
        .expect("a connection")
}

/// Keeps the connection open until the client has read.
fn wait_for_end(mut peer: Peer) {
    while peer.next_frame().is_some() {}
}

#[tokio::test]
async fn audio_commands_and_events_pass() {
    let (tell, told) = mpsc::channel();
    let mut connection = connected(move |mut peer| {
        // Audio before the first event is dropped.
        peer.send_binary(&[9; 640]);
        peer.send_text(START);
        peer.send_ping(b"?");
        peer.send_binary(&[7; 640]);
        peer.send_text(r#"{"event":"MEDIA_MARK_PROCESSED","channel_id":"7","correlation_id":"1"}"#);
        peer.send_text(r#"{"event":"OF_A_LATER_RELEASE","x":1}"#);
        while let Some(frame) = peer.next_frame() {
            if frame.0 == opcode::CLOSE {
                return;
            }
            let is_last = frame.1 == *br#"{"command":"HANGUP"}"#;
            tell.send(frame).expect("a test");
            if is_last {
                peer.send_raw(&frame::encode(true, opcode::CLOSE, &[3, 232]));
            }
        }
    })
    .await;
    assert_eq!(connection.carrier(), Carrier::WebSocket);
    assert_eq!(connection.syntax(), Syntax::Json);
    assert_eq!(connection.format(), Format::Slin(SampleRate::Hz16000));
    assert_eq!(connection.started().channel_id.as_deref(), Some("7"));

    assert_eq!(payload(within_limit(connection.next()).await), [7; 640]);
    let mark = Event::MarkProcessed {
        correlation_id: "1".to_owned(),
    };
    assert_eq!(
        item(within_limit(connection.next()).await),
        Received::Event(mark)
    );
    let Received::Event(Event::Unknown { name }) = item(within_limit(connection.next()).await)
    else {
        panic!("another event");
    };
    assert_eq!(name, "OF_A_LATER_RELEASE");

    // Asterisk would drop the rest of an unfinished frame.
    for length in [0, 639, 641, 640 * 103] {
        let error = connection
            .send_audio(vec![0; length].into())
            .expect_err("refused");
        assert!(matches!(error.cause, Cause::InvalidAudio { .. }), "{error}");
        assert_eq!(error.step, Step::Send);
    }
    // Older releases hang up at a ping, so none is sent.
    assert!(!connection.ping().expect("nothing sent"));
    connection.send_audio(vec![1; 1280].into()).expect("sent");
    connection
        .send_command(&Command::Mark(CorrelationId::from_number(2)))
        .expect("sent");
    connection.send_command(&Command::Hangup).expect("sent");
    let Received::Closed(CloseReason::WebSocket { code, .. }) =
        item(within_limit(connection.next()).await)
    else {
        panic!("not closed");
    };
    assert_eq!(code, Some(1000));
    assert!(connection.next().await.is_none());
    // The frames before the hangup have already arrived.
    let sent = told
        .try_iter()
        .filter(|(opcode, _)| *opcode != opcode::PONG);
    let sent: Vec<_> = sent.collect();
    // Each message has one frame and is not fragmented.
    assert_eq!(sent[0], (opcode::BINARY, vec![1; 1280]));
    let mark = br#"{"command":"MARK_MEDIA","correlation_id":"2"}"#;
    assert_eq!(sent[1], (opcode::TEXT, mark.to_vec()));
    assert_eq!(sent.len(), 3);
}

#[tokio::test]
async fn old_releases_get_plain_text() {
    let (tell, told) = mpsc::channel();
    let mut connection = connected(move |mut peer| {
        peer.send_text(PLAIN_START);
        tell.send(peer.next_frame()).expect("a test");
        peer.send_text("DTMF_END digit:5");
        wait_for_end(peer);
    })
    .await;
    assert_eq!(
        (connection.syntax(), connection.format()),
        (Syntax::PlainText, Format::Ulaw)
    );
    assert_eq!(connection.started().channel_id, None);
    let error = connection
        .send_command(&Command::SetDirection(Direction::In))
        .unwrap_err();
    assert!(error.to_string().contains("SET_MEDIA_DIRECTION"), "{error}");
    connection.send_command(&Command::Flush).expect("sent");
    let event = item(within_limit(connection.next()).await);
    assert_eq!(event, Received::Event(Event::Dtmf { digit: '5' }));
    let sent = told.recv().expect("a frame");
    assert_eq!(sent, Some((opcode::TEXT, b"FLUSH_MEDIA".to_vec())));
    within_limit(connection.close(Duration::from_secs(5))).await;
}

/// Each case: the script before the first event, and the text of the error.
#[tokio::test]
async fn connections_that_do_not_start_are_errors() {
    type Script = fn(Peer);
    let cases: [(Script, &str); 7] = [
        (wait_for_end, "no MEDIA_START within 200ms"),
        (
            |mut peer| {
                peer.send_text("<html>");
                wait_for_end(peer);
            },
            "no event of the media WebSocket: \"<html>\"",
        ),
        (
            |mut peer| {
                peer.send_text(&START.replace("slin16", "siren7"));
                wait_for_end(peer);
            },
            "unknown audio format \"siren7\"",
        ),
        (
            |mut peer| {
                peer.send_text(&START.replace("optimal_frame_size", "size"));
                wait_for_end(peer);
            },
            "lacks a field",
        ),
        (
            |mut peer| {
                peer.send_raw(&frame::encode(true, opcode::CLOSE, &[3, 243]));
                wait_for_end(peer);
            },
            "with code 1011, as the program did not read",
        ),
        (Peer::cut, "connection"),
        (Peer::reset, "connection"),
    ];
    for (script, expected) in cases {
        let settings = WebSocketSettings::default();
        let settings = settings.with_start_timeout(Duration::from_millis(200));
        let error = connect(script, settings).await.expect_err("an error");
        assert_eq!(error.step, Step::Start, "{error}");
        let text = error.to_string();
        let begin = "audio over WebSocket: waiting for the first message: ";
        let has_cause = text.to_lowercase().contains(&expected.to_lowercase());
        assert!(text.starts_with(begin) && has_cause, "{text}");
    }
    let server = Server::start(|_| Reply::response(404, "<html>"));
    let client = Client::builder(server.url()).build().expect("a client");
    let settings = WebSocketSettings::default();
    let error = WebSocketConnection::connect(&client, "secret-id", settings)
        .await
        .unwrap_err();
    assert_eq!(error.step, Step::Connect);
    let text = error.to_string();
    assert!(text.contains("404") && text.contains("has ended"), "{text}");
    assert!(!text.contains("secret-id"), "{text}");
}

/// Each case: the script after the first event, and the text of the error.
#[tokio::test]
async fn connections_that_break_are_errors() {
    type Script = fn(Peer);
    let cases: [(Script, &str); 6] = [
        (
            |mut peer| {
                peer.send_text("hello");
                wait_for_end(peer);
            },
            "no JSON object on the media WebSocket: \"hello\"",
        ),
        (
            |mut peer| {
                peer.send_binary(&vec![0; 70_000]);
                wait_for_end(peer);
            },
            "too long",
        ),
        (
            |mut peer| {
                peer.send_raw(&frame::encode(true, opcode::TEXT, &[0xff]));
                wait_for_end(peer);
            },
            "UTF-8",
        ),
        (
            |mut peer| {
                let whole = frame::encode(true, opcode::BINARY, &[0; 640]);
                peer.send_raw(&whole[..300]);
                peer.cut();
            },
            "connection",
        ),
        (Peer::cut, "connection"),
        (Peer::reset, "connection"),
    ];
    for (script, expected) in cases {
        let mut connection = connected(move |mut peer| {
            peer.send_text(START);
            script(peer);
        })
        .await;
        let text = error(within_limit(connection.next()).await);
        let begin = "audio over WebSocket: receiving: ";
        let has_cause = text.to_lowercase().contains(&expected.to_lowercase());
        assert!(text.starts_with(begin) && has_cause, "{text}");
        assert!(connection.next().await.is_none());
    }
}

#[tokio::test]
async fn peer_that_does_not_read_is_an_error() {
    let (done, wait) = mpsc::channel::<()>();
    let wait = std::sync::Arc::new(std::sync::Mutex::new(wait));
    let mut connection = connected(move |mut peer| {
        peer.shrink_receive_buffer();
        peer.send_text(START);
        let _ = wait.lock().map(|wait| wait.recv());
    })
    .await;
    let sending = async {
        loop {
            for _ in 0..100 {
                if let Err(error) = connection.send_audio(vec![0; 640].into()) {
                    return error;
                }
            }
            // Writes until the system's buffers are full.
            let _ = tokio::time::timeout(Duration::from_millis(1), connection.next()).await;
        }
    };
    let error = within_limit(sending).await;
    assert!(
        matches!(error.cause, Cause::Stalled { unsent } if unsent < 512 * 1024),
        "{error}"
    );
    drop(done);
}
