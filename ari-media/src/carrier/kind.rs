//! The carriers.

use std::fmt;

/// A protocol that carries audio between Asterisk and a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Carrier {
    /// The program opens a WebSocket to Asterisk's HTTP server. Asterisk 20.16, 21.11, 22.6 and
    /// later.
    WebSocket,
    /// Asterisk opens a WebSocket to the program, as configured in `websocket_client.conf`.
    /// Asterisk 20.16, 21.11, 22.6 and later.
    WebSocketServer,
    /// Asterisk opens a TCP connection to the program. Asterisk 18 and later.
    AudioSocket,
    /// Both send UDP packets. Asterisk 16.6, 17.1, 18 and later.
    Rtp,
}

impl Carrier {
    /// All carriers.
    pub const ALL: [Carrier; 4] = [
        Carrier::WebSocket,
        Carrier::WebSocketServer,
        Carrier::AudioSocket,
        Carrier::Rtp,
    ];

    /// Returns the modules that the server must have loaded, such as `chan_websocket.so`.
    pub const fn required_modules(self) -> &'static [&'static str] {
        match self {
            Carrier::WebSocket => &["chan_websocket.so"],
            Carrier::WebSocketServer => &["chan_websocket.so", "res_websocket_client.so"],
            Carrier::AudioSocket => &["chan_audiosocket.so", "res_audiosocket.so"],
            Carrier::Rtp => &["chan_rtp.so"],
        }
    }

    /// Returns the display name, such as `AudioSocket`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Carrier::WebSocket => "WebSocket",
            Carrier::WebSocketServer => "WebSocket (opened by Asterisk)",
            Carrier::AudioSocket => "AudioSocket",
            Carrier::Rtp => "RTP",
        }
    }
}

impl fmt::Display for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
