//! Media WebSockets that the client opens.

use std::future::poll_fn;

use ari_api::transport::{IncomingFrame, OutgoingFrame};
use ari_api::{Client, Error};
use ari_test_support::{Reply, Server, within_limit};
use bytes::Bytes;

/// Sends the first message back, and then one that is too long.
fn reply(path: &str) -> Reply {
    match path {
        "/pbx/media/known" => Reply::websocket(|mut peer| {
            let (_, payload) = peer.next_frame().expect("a frame");
            peer.send_binary(&payload);
            peer.send_binary(&vec![0; 70_000]);
            peer.next_frame();
        }),
        "/pbx/media/taken" => Reply::response(409, "<html>409 Conflict</html>"),
        _ => Reply::response(404, "<html>404 Not Found</html>"),
    }
}

#[tokio::test]
async fn media_socket_is_below_the_prefix_and_carries_bytes() {
    let server = Server::start(|request| reply(&request.target));
    let url = format!("http://{}/pbx/ari", server.address());
    let client = Client::builder(url)
        .credentials("aritest", "hunter2")
        .build()
        .expect("a client");
    let connection = client.connection();
    let mut socket = within_limit(connection.connect_media("known"))
        .await
        .expect("a WebSocket");
    let request = server.next_request();
    assert_eq!(request.header("sec-websocket-protocol"), Some("media"));
    // The address is the secret.
    assert_eq!(request.header("authorization"), None);

    let audio = Bytes::from_static(&[7; 640]);
    socket
        .send(OutgoingFrame::Binary(audio.clone()))
        .expect("sent");
    within_limit(poll_fn(|context| socket.poll_flush(context)))
        .await
        .expect("sent");
    let mut receive = async || {
        let received = poll_fn(|context| {
            socket.poll_receive(context).map(|frame| match frame {
                Some(Ok(IncomingFrame::Binary(bytes))) => Ok(bytes),
                Some(Err(error)) => Err(error.to_string()),
                other => Err(format!("{other:?}")),
            })
        });
        within_limit(received).await
    };
    assert_eq!(receive().await, Ok(audio));
    let error = receive().await.expect_err("too long");
    assert!(
        error.contains("too long") || error.contains("too big"),
        "{error}"
    );

    for (id, status, reason) in [
        ("taken", 409, "create another channel"),
        ("none", 404, "has ended"),
    ] {
        let error = within_limit(connection.connect_media(id))
            .await
            .err()
            .expect("an error");
        assert!(
            matches!(&error, Error::Response(it) if it.status == status),
            "{error}"
        );
        let text = error.to_string();
        assert!(
            text.contains(reason) && !text.contains("ends in /ari"),
            "{text}"
        );
    }
    let empty = within_limit(connection.connect_media(""))
        .await
        .err()
        .expect("an error");
    assert!(matches!(empty, Error::InvalidArgument { .. }), "{empty}");
}
