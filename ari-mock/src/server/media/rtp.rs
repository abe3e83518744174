//! The packets of an RTP channel.

use std::net::{SocketAddr, UdpSocket as StdSocket};
use std::sync::Arc;

use tokio::net::UdpSocket;
use tokio::sync::mpsc;

use crate::model::ChannelRef;
use crate::server::state::Server;

/// The longest packet that is read.
const MAX_PACKET: usize = 8192;

/// Sends and receives packets until the channel ends. Packets are played whatever their sender.
pub(super) async fn serve(
    server: Arc<Server>,
    socket: StdSocket,
    peer: SocketAddr,
    mut packets: mpsc::UnboundedReceiver<Vec<u8>>,
    channel: ChannelRef,
) {
    let Ok(socket) = UdpSocket::from_std(socket) else {
        return;
    };
    let mut buffer = vec![0; MAX_PACKET];
    loop {
        tokio::select! {
            packet = packets.recv() => match packet {
                // The port may be closed. A real server does not notice that either.
                Some(packet) => drop(socket.send_to(&packet, peer).await),
                None => return,
            },
            // An error reports that the port is closed.
            received = socket.recv_from(&mut buffer) => if let Ok((length, _)) = received {
                server.update(|pbx| pbx.on_rtp_packet(&channel, &buffer[..length]));
            },
        }
    }
}
