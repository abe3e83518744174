// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /channels`, as data.

use super::super::availability;
use crate::runtime::{Method, Operation, ResponseType};

/// `GET /channels`.
pub static LIST: Operation = Operation {
    resource: "channels",
    nickname: "list",
    description: "Lists all channels of the server.\n\nChannels outside any Stasis application are included; internal channels that Asterisk hides from applications are not.",
    wire_format: "",
    method: Method::Get,
    path: "/channels",
    parameters: &[],
    response: ResponseType::Json("List[Channel]"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: availability::IN_12_TO_24,
};
