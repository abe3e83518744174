//! WebSockets that Asterisk opens.

use std::time::Duration;

use ari_api::Server;
use ari_media::carrier::Carrier;
use ari_media::connection::{Step, WebSocketAcceptor, WebSocketSettings};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

use super::*;

type Asterisk = WebSocketStream<TcpStream>;

/// Connects as Asterisk does and sends the first event. Returns the status if the server refuses.
async fn try_dial(server: &Server, query: &str, start: &str) -> Result<Asterisk, u16> {
    let stream = TcpStream::connect(server.local_addr())
        .await
        .expect("a connection");
    let url = format!("ws://localhost/media{query}");
    let mut request = url.into_client_request().expect("a request");
    let protocol = "media".parse().expect("a value");
    request
        .headers_mut()
        .insert("Sec-WebSocket-Protocol", protocol);
    match tokio_tungstenite::client_async(request, stream).await {
        Ok((mut socket, _)) => {
            socket.send(Message::text(start)).await.expect("sent");
            Ok(socket)
        }
        Err(WsError::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("neither a WebSocket nor a response: {error}"),
    }
}

/// Connects as soon as there is room.
async fn dial(server: &Server, query: &str, start: &str) -> Asterisk {
    let dialing = async {
        loop {
            match try_dial(server, query, start).await {
                Ok(socket) => return socket,
                Err(status) => assert_eq!(status, 503),
            }
        }
    };
    within_limit(dialing).await
}

#[tokio::test]
async fn channels_are_matched_by_id_or_parameter() {
    let settings = WebSocketSettings::default().with_start_timeout(Duration::from_millis(500));
    let acceptor = WebSocketAcceptor::new(settings);
    let server = Server::builder()
        .allow_anonymous()
        .media_route("/media", acceptor.handler())
        .max_media_sockets(1)
        .serve();
    let server: Server = server.await.expect("a server");
    let start = |id: &str| {
        format!("MEDIA_START connection_id:c channel:x {id} format:slin optimal_frame_size:320")
    };
    for (id, query, field) in [
        ("a:1", "", "channel_id:a:1"),
        ("b/2", "?x=y&channel_id=b%2F2", ""),
    ] {
        let expected = acceptor.expect(id);
        let mut asterisk = dial(&server, query, &start(field)).await;
        let connection = within_limit(expected.accept(Duration::from_secs(30))).await;
        let mut connection = connection.expect("a connection");
        assert_eq!(connection.carrier(), Carrier::WebSocketServer);
        connection.send_audio(vec![7; 320].into()).expect("sent");
        within_limit(connection.flush()).await.expect("sent");
        let received = within_limit(asterisk.next()).await.expect("a message");
        assert_eq!(
            received.expect("a message"),
            Message::Binary(vec![7; 320].into())
        );
        asterisk
            .send(Message::Binary(vec![8; 320].into()))
            .await
            .expect("sent");
        assert_eq!(payload(within_limit(connection.next()).await), [8; 320]);
        // An open connection counts for the limit.
        assert_eq!(try_dial(&server, "", "").await.err(), Some(503));
        drop(connection);
        while within_limit(asterisk.next())
            .await
            .is_some_and(|it| it.is_ok())
        {}
    }

    // Connections are closed if their channel is not expected or has no id, or if they do not begin
    // with MEDIA_START.
    for first in [start("channel_id:other"), start(""), "?".to_owned()] {
        let mut asterisk = dial(&server, "", &first).await;
        while within_limit(asterisk.next())
            .await
            .is_some_and(|it| it.is_ok())
        {}
    }
    let error = acceptor
        .expect("z")
        .accept(Duration::from_millis(10))
        .await
        .unwrap_err();
    assert_eq!(
        (error.step, error.carrier),
        (Step::Accept, Carrier::WebSocketServer)
    );
}

/// A second expectation of the same channel replaces the first, which gets an error.
#[tokio::test]
async fn id_is_expected_once() {
    let acceptor = WebSocketAcceptor::new(WebSocketSettings::default());
    let server = Server::builder()
        .allow_anonymous()
        .media_route("/media", acceptor.handler());
    let server: Server = server.serve().await.expect("a server");
    let (first, second) = (acceptor.expect("a"), acceptor.expect("a"));
    let error = within_limit(first.accept(Duration::from_secs(30)))
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("used by another channel"),
        "{error}"
    );
    let start = "MEDIA_START channel_id:a format:slin optimal_frame_size:320";
    let _asterisk = dial(&server, "", start).await;
    within_limit(second.accept(Duration::from_secs(30)))
        .await
        .expect("a connection");
}
