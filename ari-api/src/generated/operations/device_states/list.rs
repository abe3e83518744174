// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /deviceStates`, as data.

use super::super::availability;
use crate::runtime::{Method, Operation, ResponseType};

/// `GET /deviceStates`.
pub static LIST: Operation = Operation {
    resource: "deviceStates",
    nickname: "list",
    description: "Lists the devices controlled through this interface, with their states.\n\nPhones and trunks are not listed; read those one by one by name.",
    wire_format: "",
    method: Method::Get,
    path: "/deviceStates",
    parameters: &[],
    response: ResponseType::Json("List[DeviceState]"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_device_state"],
    availability: availability::IN_12_TO_24,
};
