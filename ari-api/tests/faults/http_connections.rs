//! HTTP connections that end at the wrong moment: while a body is being written, and while a kept
//! connection is reused.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ari_api::{Client, Error};
use ari_test_support::within_limit;

use crate::over_socket::pong;
use crate::transcript::format_result;

/// The server's reaction to a request whose head it has read.
#[derive(Clone, Copy, Debug)]
enum Reaction {
    /// Sends a response with this status, and reads the next request.
    Answer(u16),
    /// Sends a response with this status, and closes the connection without reading the rest of the
    /// body.
    AnswerAndClose(u16),
    /// Sends a response with this status, and reads nothing more.
    AnswerAndStay(u16),
    /// Closes the connection.
    Close,
    /// Sends the first byte of a response, and closes the connection.
    Begin,
}

/// Serves connections one after another, and sends the request line of each request to the channel.
fn serve(connections: Vec<Vec<Reaction>>) -> (Client, mpsc::Receiver<String>) {
    serve_with(connections, Duration::from_secs(10))
}

fn serve_with(connections: Vec<Vec<Reaction>>, idle: Duration) -> (Client, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/ari", listener.local_addr().expect("an address"));
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let mut open = Vec::new();
        for then in connections {
            let (mut stream, _) = listener.accept().expect("a connection");
            for then in then {
                let Some(line) = read_head(&mut stream) else {
                    break;
                };
                let _ = tell.send(line);
                let status = match then {
                    Reaction::Answer(status)
                    | Reaction::AnswerAndClose(status)
                    | Reaction::AnswerAndStay(status) => status,
                    Reaction::Begin => {
                        let _ = stream.write_all(b"H");
                        break;
                    }
                    Reaction::Close => break,
                };
                let body = match status {
                    200 => pong().to_string(),
                    _ => format!("{{\"message\":\"early {status}\"}}"),
                };
                let length = body.len();
                let head = format!("HTTP/1.1 {status} So\r\nContent-Length: {length}\r\n\r\n");
                let _ = stream.write_all(format!("{head}{body}").as_bytes());
                match then {
                    Reaction::AnswerAndClose(_) => break,
                    Reaction::AnswerAndStay(_) => open.push(stream.try_clone().expect("a stream")),
                    _ => {}
                }
            }
        }
    });
    let client = Client::builder(url).timeout(Duration::from_secs(10));
    let client = client.idle_timeout(idle);
    (client.build().expect("a client"), told)
}

/// Reads the head of a request as fast as possible, and returns its first line; `None` at the end.
fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut piece = [0; 1024];
    loop {
        match stream.read(&mut piece).ok()? {
            0 => return None,
            length => head.extend_from_slice(&piece[..length]),
        }
        if head.windows(4).any(|end| end == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&head).into_owned();
            return head.lines().next().map(str::to_owned);
        }
    }
}

/// Asterisk refuses a body that is too large as soon as it knows its length, and closes the
/// connection. The rest of the body then meets a reset.
#[tokio::test]
async fn early_response_during_body_upload_is_read() {
    type Way = fn(u16) -> Reaction;
    let ways: [(&str, Way); 2] = [
        ("closes", Reaction::AnswerAndClose),
        ("stays", Reaction::AnswerAndStay),
    ];
    for (name, way) in ways {
        for (round, status) in [413, 401, 403, 503].into_iter().enumerate() {
            let (client, _told) = serve(vec![vec![way(status)]]);
            let event = client.events().user_event("x", "a");
            // As much as the sockets buffer, and far more.
            let large = event.variables([("v", "v".repeat(1_000_000 << round))]);
            let sent = within_limit(large.into_future()).await;
            let Err(Error::Response(refusal)) = sent else {
                panic!("{name} {status}: {sent:?}");
            };
            assert_eq!(refusal.status, status);
            let message = refusal.message.unwrap_or_default();
            assert_eq!(message, format!("early {status}"), "{name}");
        }
    }
}

/// The answer and the reset arrive together, when the client knows only that it can write on: writing
/// fails before it has looked for an answer.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_answer_is_read_after_writing_has_failed() {
    const PAUSE: Duration = Duration::from_millis(100);
    const PIECE: usize = 1_000_000;
    for status in [413, 401] {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/ari", listener.local_addr().expect("an address"));
        let client = Client::builder(url).timeout(Duration::from_secs(10));
        let client = client.build().expect("a client");
        let event = client.events().user_event("x", "a");
        // More than the sockets hold: the client waits until it can write on.
        let large = event.variables([("v", "v".repeat(16 * PIECE))]);
        let mut sending = std::pin::pin!(large.into_future());
        let begun = tokio::task::spawn_blocking(move || {
            let (mut stream, _) = listener.accept().expect("a connection");
            stream.read_exact(&mut vec![0; PIECE]).expect("its begin");
            stream
        });
        let mut stream = tokio::select! {
            sent = &mut sending => panic!("{status}: {sent:?}"),
            stream = begun => stream.expect("no panic"),
        };
        // Room for more, which the runtime learns of while the request is not polled.
        stream.set_read_timeout(Some(PAUSE)).expect("set");
        let mut room = 0;
        while let (true, Ok(length @ 1..)) = (room < PIECE, stream.read(&mut vec![0; PIECE])) {
            room += length;
        }
        tokio::time::sleep(PAUSE).await;
        // From here on the runtime learns of nothing: this thread, which is its only one, is busy.
        let body = format!("{{\"message\":\"early {status}\"}}");
        let length = body.len();
        let head = format!("HTTP/1.1 {status} So\r\nContent-Length: {length}\r\n\r\n");
        let answer = format!("{head}{body}");
        stream.write_all(answer.as_bytes()).expect("written");
        stream.set_nonblocking(true).expect("set");
        let stream = tokio::net::TcpStream::from_std(stream).expect("a stream");
        stream.set_zero_linger().expect("a reset");
        drop(stream);
        thread::sleep(PAUSE);
        let sent = within_limit(sending).await;
        let Err(Error::Response(refusal)) = sent else {
            panic!("{status}: {sent:?}");
        };
        let message = refusal.message.unwrap_or_default();
        assert_eq!(message, format!("early {status}"));
    }
}

#[tokio::test]
async fn unread_request_body_gives_unknown_outcome() {
    for then in [Reaction::Close, Reaction::Begin] {
        let (client, _told) = serve(vec![vec![then]]);
        let event = client.events().user_event("x", "a");
        let large = event.variables([("v", "v".repeat(5_000_000))]);
        let sent = within_limit(large.into_future()).await;
        assert_eq!(format_result(&sent), "OutcomeUnknown", "{then:?}");
    }
}

/// A server closes a kept connection at the moment when a request arrives.
#[tokio::test]
async fn get_is_retried_once_on_stale_kept_connection() {
    use Reaction::{Answer, AnswerAndClose, Begin, Close};
    for (name, connections, asks, expected, arrives) in [
        (
            "closed",
            vec![vec![Answer(200), Close], vec![Answer(200)]],
            true,
            "Ok",
            3,
        ),
        // Retried once only.
        (
            "closed twice",
            vec![vec![Answer(200), Close], vec![Close], vec![Answer(200)]],
            true,
            "OutcomeUnknown",
            3,
        ),
        // The request may have been carried out.
        (
            "closed on a POST",
            vec![vec![Answer(200), Close], vec![Answer(200)]],
            false,
            "OutcomeUnknown",
            2,
        ),
        // The server was processing the request.
        (
            "begun",
            vec![vec![Answer(200), Begin], vec![Answer(200)]],
            true,
            "OutcomeUnknown",
            2,
        ),
        // The connection is new.
        (
            "closed at once",
            vec![vec![AnswerAndClose(200)], vec![Close], vec![Answer(200)]],
            true,
            "OutcomeUnknown",
            2,
        ),
    ] {
        let (client, told) = serve(connections);
        let ping = || within_limit(client.asterisk().ping().into_future());
        assert_eq!(format_result(&ping().await), "Ok", "{name}");
        if name == "closed at once" {
            // The end of the connection has arrived.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let found = match asks {
            true => format_result(&ping().await),
            false => format_result(&within_limit(client.channel("c").ring().into_future()).await),
        };
        assert_eq!(found, expected, "{name}");
        assert_eq!(told.try_iter().count(), arrives, "{name}");
    }
}

#[tokio::test]
async fn idle_connections_are_kept_for_idle_timeout() {
    // A kept connection shows by its second response.
    for (limit, second) in [(Duration::ZERO, Ok(())), (Duration::MAX, Err(Some(503)))] {
        let kept = vec![Reaction::Answer(200), Reaction::Answer(503)];
        let (client, told) = serve_with(vec![kept, vec![Reaction::Answer(200)]], limit);
        for expected in [Ok(()), second] {
            let pinged = within_limit(client.asterisk().ping().into_future()).await;
            let found = pinged.map(drop).map_err(|error| error.status());
            assert_eq!(found, expected, "{limit:?}");
        }
        assert_eq!(told.try_iter().count(), 2);
    }
}
