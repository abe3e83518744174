// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /bridges`, as data.

use super::super::availability;
use crate::runtime::{Method, Operation, ResponseType};

/// `GET /bridges`.
pub static LIST: Operation = Operation {
    resource: "bridges",
    nickname: "list",
    description: "Lists the bridges, including those that Asterisk made by itself.\n\nBridges that Asterisk keeps invisible are left out.",
    wire_format: "",
    method: Method::Get,
    path: "/bridges",
    parameters: &[],
    response: ResponseType::Json("List[Bridge]"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: availability::IN_12_TO_24,
};
