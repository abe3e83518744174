//! WebSockets in addition to the client's own, for events that are sent only to others.

use std::fs;

use ari_api::Event;
use ari_api::stream::EventType as _;
use ari_test_support::within_limit;
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, accept_hdr_async, client_async};

use super::witness::{CoverageRecorder, Verdict};
use crate::live::checked::Checked;

type Socket = WebSocketStream<TcpStream>;

pub(super) async fn prove(witness: &mut CoverageRecorder<'_>) {
    without_application(witness).await;
    if witness.session.is_at_least(22) {
        request(witness).await;
        outbound(witness).await;
    }
}

/// An event about missing parameters would have to arrive on a WebSocket that was opened without
/// them. There is no such WebSocket.
async fn without_application(witness: &mut CoverageRecorder<'_>) {
    let Err(Error::Http(answer)) = open(witness, "").await else {
        panic!("not refused by HTTP");
    };
    assert_eq!(answer.status(), 400);
    let page = answer.into_body().unwrap_or_default();
    let page = String::from_utf8_lossy(&page);
    assert!(page.contains("missing param"), "{page}");
    witness.record("MissingParams", Verdict::NeverSent);
}

/// Sends a request over the WebSocket, and receives its response.
async fn request(witness: &mut CoverageRecorder<'_>) {
    let mut socket = open(witness, "&app=rest").await.unwrap();
    let request = json!({
        "type": "RESTRequest",
        "request_id": "first",
        "method": "GET",
        "uri": "asterisk/ping",
    });
    let request = Message::text(request.to_string());
    socket.send(request).await.unwrap();
    receive(witness, &mut socket, "RESTResponse").await;
}

/// Asterisk opens the WebSocket, and names the applications that it serves.
async fn outbound(witness: &mut CoverageRecorder<'_>) {
    let etc = witness.session.server.dir().join("etc");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let conf = format!(
        "[proof]\ntype = websocket_client\nuri = ws://127.0.0.1:{port}/events\nprotocols = ari\n\
         connection_type = persistent\n"
    );
    fs::write(etc.join("websocket_client.conf"), conf).unwrap();
    let ari = fs::read_to_string(etc.join("ari.conf")).unwrap();
    let serve = |witness: &CoverageRecorder<'_>, apps: &str| {
        let conf = format!(
            "{ari}\n[proof]\ntype = outbound_websocket\nwebsocket_client_id = proof\n\
             apps = {apps}\nlocal_ari_user = {}\n",
            witness.session.server.user()
        );
        fs::write(etc.join("ari.conf"), conf).unwrap();
        for module in ["res_websocket_client.so", "res_ari.so"] {
            witness
                .session
                .server
                .cli(&format!("module reload {module}"));
        }
    };
    serve(witness, "steady,passing");
    let (stream, _) = within_limit(listener.accept()).await.unwrap();
    #[expect(clippy::result_large_err, reason = "the library asks for it")]
    let choose_subprotocol = |_: &Request, mut response: Response| {
        let ari = HeaderValue::from_static("ari");
        response.headers_mut().insert("sec-websocket-protocol", ari);
        Ok::<_, ErrorResponse>(response)
    };
    let socket = accept_hdr_async(stream, choose_subprotocol);
    let mut socket = within_limit(socket).await.unwrap();
    receive(witness, &mut socket, "ApplicationRegistered").await;
    serve(witness, "steady");
    receive(witness, &mut socket, "ApplicationUnregistered").await;
}

/// Opens a WebSocket of events, with these further parameters.
async fn open(witness: &CoverageRecorder<'_>, parameters: &str) -> Result<Socket, Error> {
    let server = &witness.session.server;
    let (user, password, port) = (server.user(), server.password(), server.http_port());
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let url = format!("ws://127.0.0.1:{port}/ari/events?api_key={user}:{password}{parameters}");
    let opened = within_limit(client_async(url, stream)).await;
    opened.map(|(socket, _)| socket)
}

/// Receives messages until one of this type arrives.
async fn receive(witness: &mut CoverageRecorder<'_>, socket: &mut Socket, kind: &str) {
    loop {
        let message = within_limit(socket.next()).await.unwrap().unwrap();
        let Message::Text(text) = message else {
            continue;
        };
        // Checks it.
        Checked::decode(&text).unwrap();
        let event = Event::decode(&text).unwrap();
        if event.kind() == kind {
            witness.record(kind, Verdict::Proven);
            return;
        }
    }
}
