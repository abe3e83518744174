// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /asterisk/logging`, as data.

use super::super::availability;
use crate::runtime::{Method, Operation, ResponseType};

/// `GET /asterisk/logging`.
pub static LIST_LOG_CHANNELS: Operation = Operation {
    resource: "asterisk",
    nickname: "listLogChannels",
    description: "Lists the destinations Asterisk logs to, with their levels.",
    wire_format: "",
    method: Method::Get,
    path: "/asterisk/logging",
    parameters: &[],
    response: ResponseType::Json("List[LogChannel]"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_V13_6_0_14_TO_24,
};
