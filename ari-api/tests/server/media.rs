//! Media WebSockets that Asterisk opens, beside its sessions.

use std::future::poll_fn;
use std::io;

use ari_api::server::IncomingMediaSocket;
use ari_api::transport::{IncomingFrame, OutgoingFrame};
use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

use super::*;

/// Connects as Asterisk does; returns the status of a refusal.
async fn connect(
    server: &Server,
    path: &str,
    protocol: &'static str,
    authorization: &'static str,
) -> Result<WebSocketStream<TcpStream>, u16> {
    let stream = TcpStream::connect(server.local_addr())
        .await
        .expect("a connection");
    let mut request = format!("ws://localhost{path}")
        .into_client_request()
        .expect("a request");
    let headers = request.headers_mut();
    headers.insert("Authorization", authorization.parse().expect("a value"));
    headers.insert("Sec-WebSocket-Protocol", protocol.parse().expect("a value"));
    match tokio_tungstenite::client_async(request, stream).await {
        Ok((socket, response)) => {
            assert_eq!(response.headers()["Sec-WebSocket-Protocol"], protocol);
            Ok(socket)
        }
        Err(WsError::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("neither a WebSocket nor a response: {error}"),
    }
}

/// Sends the query, and then every binary message back, until the peer closes.
async fn echo(mut incoming: IncomingMediaSocket) -> io::Result<()> {
    assert_eq!(
        (incoming.origin().path(), incoming.origin().user()),
        ("/media", Some("asterisk"))
    );
    let query = incoming.origin().query().unwrap_or_default().to_owned();
    let socket = &mut incoming.socket;
    socket
        .send(OutgoingFrame::Text(query))
        .map_err(io::Error::other)?;
    loop {
        poll_fn(|context| socket.poll_flush(context))
            .await
            .map_err(io::Error::other)?;
        let echoed = poll_fn(|context| {
            socket.poll_receive(context).map(|frame| match frame {
                Some(Ok(IncomingFrame::Binary(bytes))) => Some(bytes),
                _ => None,
            })
        });
        match echoed.await {
            Some(bytes) => socket
                .send(OutgoingFrame::Binary(bytes))
                .map_err(io::Error::other)?,
            None => return Ok(()),
        }
    }
}

#[tokio::test]
async fn media_sockets_have_routes_and_limits_of_their_own() {
    let (handler, _told) = reporting_handler();
    let server = builder()
        .route("/calls", handler)
        .media_route("/media", echo)
        .max_sessions(0)
        .max_media_sockets(1)
        .serve()
        .await
        .expect("a server");
    for (path, protocol, authorization, status) in [
        ("/media", "media", "Basic eDp5", 401),
        ("/media", "ari", BASIC, 400),
        ("/calls", "media", BASIC, 400),
        ("/other", "media", BASIC, 404),
    ] {
        let refused = connect(&server, path, protocol, authorization).await;
        assert_eq!(refused.err(), Some(status), "{path} {protocol}");
    }
    let mut socket = connect(&server, "/media?call=7", "media", BASIC)
        .await
        .expect("a WebSocket");
    let query = timeout(LIMIT, socket.next()).await.expect("in time");
    assert_eq!(
        query.expect("a message").expect("a message"),
        Message::text("call=7")
    );
    let audio = Bytes::from_static(&[7; 640]);
    socket
        .send(Message::Binary(audio.clone()))
        .await
        .expect("sent");
    let back = timeout(LIMIT, socket.next()).await.expect("in time");
    assert_eq!(
        back.expect("a message").expect("a message"),
        Message::Binary(audio)
    );
    // There is one already.
    assert_eq!(
        connect(&server, "/media", "media", BASIC).await.err(),
        Some(503)
    );

    // A message that is too long ends the connection.
    let long = Message::Binary(vec![0; 70_000].into());
    let _ = socket.send(long).await;
    while timeout(LIMIT, socket.next())
        .await
        .expect("in time")
        .is_some_and(|it| it.is_ok())
    {}
    drop(socket);
    server.shutdown(Duration::ZERO).await;
    drop(server);
    wait_until_idle().await;
}

#[tokio::test]
async fn path_has_one_kind_of_handler() {
    for twice in [
        builder().media_route("/a", echo).media_route("/a", echo),
        builder()
            .media_route("/a", echo)
            .route("/a", reporting_handler().0),
        builder()
            .route("/a", reporting_handler().0)
            .media_route("/a", echo),
        builder().media_route("a", echo),
    ] {
        let error = twice.serve().await.expect_err("an error").to_string();
        assert!(
            error.contains("has two handlers") || error.contains("no path"),
            "{error}"
        );
    }
}
