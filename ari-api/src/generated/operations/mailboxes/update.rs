// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `PUT /mailboxes/{mailboxName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `PUT /mailboxes/{mailboxName}`.
pub static UPDATE: Operation = Operation {
    resource: "mailboxes",
    nickname: "update",
    description: "Sets the message counts of a mailbox, and creates the mailbox if needed.\n\nBoth counts replace the former ones. Phones that watch the mailbox are notified; the lamp is lit while there are new messages. The counts outlast a restart.",
    wire_format: "",
    method: Method::Put,
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
        Parameter {
            name: "oldMessages",
            description: "Number of messages already heard. Not a difference: the total.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
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
        Parameter {
            name: "newMessages",
            description: "Number of messages not yet heard. Not a difference: the total. Use 0 to turn the lamp off.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
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
    response: ResponseType::Empty,
    errors: &[
        (
            404,
            "The module `res_ari_mailboxes` is not loaded. An unknown name is no error here; the mailbox is created.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_mailbox"],
    availability: availability::IN_V12_1_0_13_TO_24,
};
