//! The sockets of external media: WebSocket, AudioSocket and RTP.

mod audiosocket;
mod fragments;
pub(super) mod outgoing;
mod requests;
mod rtp;
mod websocket;

pub(crate) use requests::serve_network_requests;
pub(crate) use websocket::upgrade;

use std::time::Duration;

/// The time for which a program may leave its connection blocked.
const UNREAD_LIMIT: Duration = Duration::from_secs(1);
