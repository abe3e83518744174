//! The work on sockets that the PBX requests.

use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::{audiosocket, outgoing, rtp};
use crate::pbx::NetworkRequest;
use crate::server::outbound_socket;
use crate::server::state::Server;

/// Starts a task for each request, for as long as the server exists.
pub(crate) async fn serve_network_requests(
    server: Arc<Server>,
    mut requests: mpsc::UnboundedReceiver<NetworkRequest>,
) {
    while let Some(request) = requests.recv().await {
        let for_task = Arc::clone(&server);
        let task = match request {
            NetworkRequest::ServeRtp {
                socket,
                peer,
                packets,
                channel,
            } => tokio::spawn(rtp::serve(for_task, socket, peer, packets, channel)),
            NetworkRequest::ConnectAudioSocket { host, connected } => {
                tokio::spawn(audiosocket::connect(for_task, host, connected))
            }
            NetworkRequest::ConnectWebSocket {
                client,
                channel,
                attempt,
            } => tokio::spawn(async move {
                match outgoing::connect(&client, "media").await {
                    Ok(stream) => {
                        super::websocket::serve(for_task, channel, stream, Role::Client).await;
                    }
                    Err(_) => {
                        for_task.update(|pbx| pbx.on_websocket_refused(&channel, attempt));
                    }
                }
            }),
            NetworkRequest::ConnectOutbound {
                client,
                id,
                attempt,
            } => tokio::spawn(outbound_socket::connect(for_task, client, id, attempt)),
        };
        server.track_connection(&task);
    }
}
