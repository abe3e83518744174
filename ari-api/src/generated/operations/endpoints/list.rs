// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /endpoints`, as data.

use super::super::availability;
use crate::runtime::{Method, Operation, ResponseType};

/// `GET /endpoints`.
pub static LIST: Operation = Operation {
    resource: "endpoints",
    nickname: "list",
    description: "Lists the endpoints of all technologies with state and channels.\n\nAn endpoint that is configured but not registered is listed too, usually as `offline`.",
    wire_format: "",
    method: Method::Get,
    path: "/endpoints",
    parameters: &[],
    response: ResponseType::Json("List[Endpoint]"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_12_TO_24,
};
