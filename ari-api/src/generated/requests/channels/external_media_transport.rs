// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `transport`.

use crate::runtime;

/// Values of `transport`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExternalMediaTransport {
    /// UDP packets.
    Udp,
    /// A TCP connection that Asterisk opens.
    ///
    /// Available in Asterisk 18 and later.
    Tcp,
    /// A WebSocket.
    ///
    /// Available in Asterisk 20.16.0, 21.11.0, 22.6.0 and later.
    Websocket,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ExternalMediaTransport,
    Udp = "udp",
    Tcp = "tcp",
    Websocket = "websocket",
);
