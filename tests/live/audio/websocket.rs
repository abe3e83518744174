//! WebSockets that Asterisk opens, and WebSockets without JSON.

use std::fs::OpenOptions;
use std::io::Write as _;

use ari_api::Server;
use ari_api::schema::Version;
use ari_media::connection::{WebSocketAcceptor, WebSocketSettings};

use super::*;

/// Checks that a tone arrives in each direction.
pub(super) async fn check_tones(service: &MediaService, call: &Call, carrier: Carrier) {
    let rate = SampleRate::Hz16000;
    let near = service.open(&call.near).carrier(carrier);
    let far = service.open(&call.far).carrier(carrier);
    let (mut near, mut far) = tokio::try_join!(near, far).unwrap();
    assert_eq!(near.carrier().carrier, carrier);
    println!("{}", near.carrier().reason);
    let long = Duration::from_secs(4);
    near.sender().try_send(&tone(440.0, rate, long)).unwrap();
    far.sender().try_send(&tone(1000.0, rate, long)).unwrap();
    tokio::join!(
        hear(&mut near, 1000.0, 440.0),
        hear(&mut far, 440.0, 1000.0)
    );
    near.close().await;
    far.close().await;
}

/// Asterisk connects to the program's server, and ends the channel if it cannot connect.
#[test]
fn asterisk_opens_the_websocket() {
    on_call(Release::V22, async |asterisk, client, call| {
        let acceptor = WebSocketAcceptor::new(WebSocketSettings::default());
        let server = Server::builder()
            .credentials("asterisk", "secret")
            .media_route("/media", acceptor.handler());
        let server: Server = server.serve().await.unwrap();
        let path = asterisk.dir().join("etc/websocket_client.conf");
        let mut file = OpenOptions::new().append(true).open(path).unwrap();
        for (id, port) in [
            ("program", server.local_addr().port()),
            ("nobody", free_port().port()),
        ] {
            writeln!(
                file,
                "[{id}]\ntype = websocket_client\nconnection_type = per_call_config\n\
                 uri = ws://127.0.0.1:{port}/media\nprotocols = media\n\
                 username = asterisk\npassword = secret"
            )
            .unwrap();
        }
        asterisk.cli("module reload res_websocket_client.so");
        let carrier = Carrier::WebSocketServer;
        let service = MediaService::builder(client).websocket_server(acceptor.clone(), "program");
        let service = service.bind().await.unwrap();
        check_tones(&service, call, carrier).await;
        sending::check_marks(&service, call, carrier).await;

        let service = MediaService::builder(client).websocket_server(acceptor, "nobody");
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

/// Releases without JSON have no marks. The end of buffering serves as one.
#[test]
fn plain_text_does_what_json_does() {
    let version = Version::new(22, 7, 0);
    on_calls(
        Release::V22,
        |builder| builder.server_version(version),
        async |_, client, calls| {
            let service = service(client).await;
            let call = calls.create().await;
            let media = service.open(&call.near).carrier(Carrier::WebSocket);
            let media = media.await.unwrap();
            let reason = &media.carrier().reason;
            assert!(reason.contains("plain text"), "{reason}");
            media.close().await;
            check_tones(&service, &call, Carrier::WebSocket).await;
            sending::check_marks(&service, &call, Carrier::WebSocket).await;
            wait_until_removed(client, 2).await;
        },
    );
}
