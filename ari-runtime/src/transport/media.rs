//! The operation that opens a media WebSocket.
//!
//! It is no operation of ARI, so no spec has it, and its path is below the prefix of `http.conf`
//! instead of below `/ari`. The HTTP transport recognizes it by its subprotocol.

use crate::protocol::subprotocol;
use crate::schema::operation::{
    Availability, Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
    Version,
};

/// The releases that have `chan_websocket`.
const AVAILABILITY: Availability = Availability {
    releases: &[20, 21, 22, 23, 24],
    since: &[
        Version::new(20, 16, 0),
        Version::new(21, 11, 0),
        Version::new(22, 6, 0),
    ],
    until: &[],
};

/// `GET /media/{connectionId}`.
pub(crate) static CONNECT_MEDIA: Operation = Operation {
    resource: "media",
    nickname: "connect",
    description: "Opens the WebSocket that carries the audio of a channel of `chan_websocket`.",
    wire_format: "Below the prefix of `http.conf`, not below `/ari`.",
    method: Method::Get,
    path: "/media/{connectionId}",
    parameters: &[Parameter {
        name: "connectionId",
        description: "The channel variable `MEDIA_WEBSOCKET_CONNECTION_ID`.",
        wire_format: "",
        location: Location::Path,
        kind: ParameterType::Scalar(Scalar::Text),
        required: true,
        default: None,
        sends_default: false,
        duration: None,
        values: &[],
        reserved: &[],
        min: None,
        max: None,
        availability: AVAILABILITY,
    }],
    response: ResponseType::Empty,
    errors: &[
        (
            404,
            "No channel waits for this connection: it has ended, or the module \
             `chan_websocket.so` is not loaded, or the prefix of `http.conf` is missing in the \
             client's address.",
        ),
        (
            409,
            "The channel has a connection already, and accepts only one: create another \
             channel.",
        ),
    ],
    websocket_protocol: Some(subprotocol::MEDIA),
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["chan_websocket.so"],
    availability: AVAILABILITY,
};
