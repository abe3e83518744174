// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /asterisk/modules`, as data.

use super::super::availability;
use crate::runtime::{Method, Operation, ResponseType};

/// `GET /asterisk/modules`.
pub static LIST_MODULES: Operation = Operation {
    resource: "asterisk",
    nickname: "listModules",
    description: "Lists the modules that are loaded, sorted by name.\n\nA loaded module need not be running: see its `status`.",
    wire_format: "",
    method: Method::Get,
    path: "/asterisk/modules",
    parameters: &[],
    response: ResponseType::Json("List[Module]"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_V13_5_0_14_TO_24,
};
