// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `encapsulation`.

use crate::runtime;

/// Values of `encapsulation`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExternalMediaEncapsulation {
    /// RTP packets, with `udp`.
    Rtp,
    /// AudioSocket frames, with `tcp`.
    ///
    /// Available in Asterisk 18 and later.
    Audiosocket,
    /// Raw media, with `websocket`.
    ///
    /// Available in Asterisk 20.16.0, 21.11.0, 22.6.0 and later.
    None,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ExternalMediaEncapsulation,
    Rtp = "rtp",
    Audiosocket = "audiosocket",
    None = "none",
);
