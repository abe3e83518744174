// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /asterisk/ping`, as data.

use super::super::availability;
use crate::runtime::{Method, Operation, ResponseType};

/// `GET /asterisk/ping`.
pub static PING: Operation = Operation {
    resource: "asterisk",
    nickname: "ping",
    description: "Checks that the server answers, and returns its entity id and clock.\n\nIt touches no channel and never waits behind media. Over REST-over-WebSocket it still waits for earlier requests of the same socket, since those are answered strictly in order.",
    wire_format: "",
    method: Method::Get,
    path: "/asterisk/ping",
    parameters: &[],
    response: ResponseType::Json("AsteriskPing"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_V13_25_0_V16_2_0_17_TO_24,
};
