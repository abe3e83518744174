//! Applications that an outbound WebSocket registers, and a WebSocket without any.

use std::fs;

use ari_test_support::{CREDENTIALS, within_limit};
use futures_util::StreamExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};

use super::recorder;
use super::session::{Session, connect_raw, on_every_release, on_release};
use crate::asterisk::Release;
use crate::observations::Observation;

/// An event about missing parameters would have to arrive on a WebSocket that was opened without
/// them. There is no such WebSocket.
#[test]
fn websocket_without_application_is_refused() {
    on_every_release(async |session| {
        let mut raw = connect_raw(&session.server).await;
        let response = raw.upgrade("/ari/events", CREDENTIALS).await;
        assert_eq!(response.status, 400);
        assert!(response.text().contains("missing param"), "{response:?}");
        let release = session.server.release();
        recorder::record(release, Observation::NeverSent, "MissingParams");
    });
}

/// Asterisk opens the WebSocket, and names the applications that it serves.
#[test]
fn outbound_websocket_reports_its_applications() {
    on_release(Release::V22, async |session| {
        let etc = session.server.dir().join("etc");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let conf = format!(
            "[proof]\ntype = websocket_client\nuri = ws://127.0.0.1:{port}/events\nprotocols = ari\n\
             connection_type = persistent\n"
        );
        fs::write(etc.join("websocket_client.conf"), conf).unwrap();
        let ari = fs::read_to_string(etc.join("ari.conf")).unwrap();
        let serve = |session: &Session, apps: &str| {
            let conf = format!(
                "{ari}\n[proof]\ntype = outbound_websocket\nwebsocket_client_id = proof\n\
                 apps = {apps}\nlocal_ari_user = {}\n",
                session.server.user()
            );
            fs::write(etc.join("ari.conf"), conf).unwrap();
            for module in ["res_websocket_client.so", "res_ari.so"] {
                session.server.cli(&format!("module reload {module}"));
            }
        };
        serve(session, "steady,passing");
        let (stream, _) = within_limit(listener.accept()).await.unwrap();
        #[expect(clippy::result_large_err, reason = "the library asks for it")]
        let choose_subprotocol = |_: &Request, mut response: Response| {
            let ari = HeaderValue::from_static("ari");
            response.headers_mut().insert("sec-websocket-protocol", ari);
            Ok::<_, ErrorResponse>(response)
        };
        let socket = accept_hdr_async(stream, choose_subprotocol);
        let mut socket = within_limit(socket).await.unwrap();
        receive(session, &mut socket, "ApplicationRegistered").await;
        serve(session, "steady");
        receive(session, &mut socket, "ApplicationUnregistered").await;
    });
}

/// Receives messages until one of this type arrives.
async fn receive(session: &Session, socket: &mut WebSocketStream<TcpStream>, kind: &str) {
    loop {
        let message = within_limit(socket.next()).await.unwrap().unwrap();
        let Message::Text(text) = message else {
            continue;
        };
        if recorder::record_event(session.server.release(), &text) == kind {
            return;
        }
    }
}
