//! The client of a program, and its service.

use std::time::Duration;

use ari_api::Client;
use ari_media::MediaService;

use crate::ari::{Ari, Control};

/// Returns a client that sends no pings, to which the scripted server does not respond.
pub(crate) fn client(ari: &Ari) -> Client {
    let builder = Client::builder(ari.url()).keepalive(Duration::MAX, Duration::MAX);
    builder.build().expect("a client")
}

/// Returns a service that listens for all carriers.
pub(crate) async fn service(client: Client, ari: Control) -> MediaService {
    // The port is reserved for a moment only, so another attempt may be necessary.
    let mut attempts = 0;
    loop {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let builder = MediaService::builder(&client)
            .audiosocket(address, address.to_string())
            .rtp([127, 0, 0, 1].into(), 20_000..=60_000);
        #[cfg(feature = "server")]
        let builder = {
            use ari_media::connection::{WebSocketAcceptor, WebSocketSettings};
            let acceptor = WebSocketAcceptor::new(WebSocketSettings::default());
            let server = ari_api::Server::builder()
                .allow_anonymous()
                .media_route("/media", acceptor.handler());
            let server: ari_api::Server = server.serve().await.expect("a server");
            ari.set_program(server.local_addr());
            // It serves until the end of the test.
            std::mem::forget(server);
            builder.websocket_server(acceptor, "agent")
        };
        let _ = ari;
        match builder.bind().await {
            Ok(service) => return service,
            Err(error) => {
                attempts += 1;
                assert!(attempts < 20, "{error}");
            }
        }
    }
}
