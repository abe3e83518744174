// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /mailboxes/{mailboxName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /mailboxes/{mailboxName}`.
pub static GET: Operation = Operation {
    resource: "mailboxes",
    nickname: "get",
    description: "Returns the message counts of one mailbox.",
    wire_format: "",
    method: Method::Get,
    path: "/mailboxes/{mailboxName}",
    parameters: &[
        Parameter {
            name: "mailboxName",
            description: "Name of the mailbox, exactly as the phones' configuration refers to it, customarily `1000@default`.",
            wire_format: "",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            duration: None,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: availability::IN_V12_1_0_13_TO_24,
        },
    ],
    response: ResponseType::Json("Mailbox"),
    errors: &[
        (
            404,
            "No mailbox of this name has been set. The `message` is `Resource not found` when the module `res_ari_mailboxes` is not loaded.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_mailbox"],
    availability: availability::IN_V12_1_0_13_TO_24,
};
