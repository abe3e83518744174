// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /recordings/stored`, as data.

use super::super::availability;
use crate::runtime::{Method, Operation, ResponseType};

/// `GET /recordings/stored`.
pub static LIST_STORED: Operation = Operation {
    resource: "recordings",
    nickname: "listStored",
    description: "Lists the stored recordings, sorted by name, subdirectories included.\n\nAsterisk scans its whole recording directory for each request, and counts every file with the extension of a known format. A name that exists in several formats is listed once. A missing recording directory answers 500.",
    wire_format: "",
    method: Method::Get,
    path: "/recordings/stored",
    parameters: &[],
    response: ResponseType::Json("List[StoredRecording]"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: availability::IN_12_TO_24,
};
