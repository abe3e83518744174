// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /applications`, as data.

use super::super::availability;
use crate::runtime::{Method, Operation, ResponseType};

/// `GET /applications`.
pub static LIST: Operation = Operation {
    resource: "applications",
    nickname: "list",
    description: "Lists the registered applications with their subscriptions and filters.\n\nAn application whose socket has closed stays listed as long as it has subscriptions or channels; being listed does not prove that anybody reads its events.",
    wire_format: "",
    method: Method::Get,
    path: "/applications",
    parameters: &[],
    response: ResponseType::Json("List[Application]"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_12_TO_24,
};
