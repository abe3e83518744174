//! Sessions over wss, which the program or Asterisk opens, and a prefix of all paths.

use std::fs::OpenOptions;
use std::io::Write as _;

use ari_api::Server;
use ari_media::connection::{WebSocketAcceptor, WebSocketSettings};

use super::sending::check_marks;
use super::websocket::check_tones;
use super::*;
use crate::live::tls::{Certificate, enable_tls};

#[test]
fn sessions_use_tls_and_the_prefix() {
    let _shared = QUIET.read().unwrap_or_else(PoisonError::into_inner);
    let connect = |server: &Asterisk| {
        let certificate = Certificate::create(server, "asterisk");
        Client::builder(enable_tls(server, &certificate, "pbx/one"))
            .credentials(server.user(), server.password())
            .add_root_certificate(&certificate.authority)
            .build()
            .unwrap()
    };
    run_with_client(Release::V22, connect, async |asterisk, client, calls| {
        let call = calls.create().await;
        let service = service(client).await;
        check_tones(&service, &call, Carrier::WebSocket).await;
        check_marks(&service, &call, Carrier::WebSocket).await;

        let certificate = Certificate::create(asterisk, "program");
        let stranger = Certificate::create(asterisk, "stranger");
        let acceptor = WebSocketAcceptor::new(WebSocketSettings::default());
        let server = Server::builder()
            .credentials("asterisk", "secret")
            .media_route("/media", acceptor.handler())
            .tls(&certificate.chain, &certificate.key);
        let server: Server = server.serve().await.unwrap();
        let port = server.local_addr().port();
        let path = asterisk.dir().join("etc/websocket_client.conf");
        let mut file = OpenOptions::new().append(true).open(path).unwrap();
        for (id, authority) in [
            ("program", &certificate.authority),
            ("stranger", &stranger.authority),
        ] {
            writeln!(
                file,
                "[{id}]\ntype = websocket_client\nconnection_type = per_call_config\n\
                 uri = wss://localhost:{port}/media\nprotocols = media\n\
                 username = asterisk\npassword = secret\n\
                 tls_enabled = yes\nca_list_file = {}",
                authority.display()
            )
            .unwrap();
        }
        asterisk.cli("module reload res_websocket_client.so");
        let carrier = Carrier::WebSocketServer;
        let service = MediaService::builder(client).websocket_server(acceptor.clone(), "program");
        let service = service.bind().await.unwrap();
        check_tones(&service, &call, carrier).await;
        check_marks(&service, &call, carrier).await;

        // Asterisk does not connect to a program whose certificate it does not trust.
        let service = MediaService::builder(client).websocket_server(acceptor, "stranger");
        let service = service.bind().await.unwrap();
        let error = service.open(&call.near).carrier(carrier).await.unwrap_err();
        println!("{error}");
        assert!(
            matches!(error, ari_media::Error::ChannelEnded { .. }),
            "{error:?}"
        );
        wait_until_removed(client, 2).await;
    });
}
