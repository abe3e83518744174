// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /mailboxes`, as data.

use super::super::availability;
use crate::runtime::{Method, Operation, ResponseType};

/// `GET /mailboxes`.
pub static LIST: Operation = Operation {
    resource: "mailboxes",
    nickname: "list",
    description: "Lists the mailboxes whose counts were set from outside, with their counts.\n\nMailboxes of `app_voicemail` never appear.",
    wire_format: "",
    method: Method::Get,
    path: "/mailboxes",
    parameters: &[],
    response: ResponseType::Json("List[Mailbox]"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_mailbox"],
    availability: availability::IN_V12_1_0_13_TO_24,
};
