// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `mailboxes`, as data.

use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /mailboxes`.
pub static LIST: Operation = Operation {
    resource: "mailboxes",
    nickname: "list",
    description: "Lists the mailboxes whose counts were set from outside, with their counts.\n\nMailboxes of `app_voicemail` never appear.",
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
    availability: super::availability::IN_V12_1_0_13_TO_24,
};

/// `GET /mailboxes/{mailboxName}`.
pub static GET: Operation = Operation {
    resource: "mailboxes",
    nickname: "get",
    description: "Returns the message counts of one mailbox.",
    method: Method::Get,
    path: "/mailboxes/{mailboxName}",
    parameters: &[
        Parameter {
            name: "mailboxName",
            description: "Name of the mailbox, exactly as the phones' configuration refers to it, customarily `1000@default`.",
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
            availability: super::availability::IN_V12_1_0_13_TO_24,
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
    availability: super::availability::IN_V12_1_0_13_TO_24,
};

/// `PUT /mailboxes/{mailboxName}`.
pub static UPDATE: Operation = Operation {
    resource: "mailboxes",
    nickname: "update",
    description: "Sets the message counts of a mailbox, and creates the mailbox if needed.\n\nBoth counts replace the former ones. Phones that watch the mailbox are notified; the lamp is lit while there are new messages. The counts outlast a restart.",
    method: Method::Put,
    path: "/mailboxes/{mailboxName}",
    parameters: &[
        Parameter {
            name: "mailboxName",
            description: "Name of the mailbox, exactly as the phones' configuration refers to it, customarily `1000@default`.",
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
            availability: super::availability::IN_V12_1_0_13_TO_24,
        },
        Parameter {
            name: "oldMessages",
            description: "Number of messages already heard. Not a difference: the total.",
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
            availability: super::availability::IN_V12_1_0_13_TO_24,
        },
        Parameter {
            name: "newMessages",
            description: "Number of messages not yet heard. Not a difference: the total. Use 0 to turn the lamp off.",
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
            availability: super::availability::IN_V12_1_0_13_TO_24,
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
    availability: super::availability::IN_V12_1_0_13_TO_24,
};

/// `DELETE /mailboxes/{mailboxName}`.
pub static DELETE: Operation = Operation {
    resource: "mailboxes",
    nickname: "delete",
    description: "Deletes a mailbox.\n\nIf messages were counted, subscribed phones are first notified that there are none.",
    method: Method::Delete,
    path: "/mailboxes/{mailboxName}",
    parameters: &[
        Parameter {
            name: "mailboxName",
            description: "Name of the mailbox, exactly as the phones' configuration refers to it, customarily `1000@default`.",
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
            availability: super::availability::IN_V12_1_0_13_TO_24,
        },
    ],
    response: ResponseType::Empty,
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
    availability: super::availability::IN_V12_1_0_13_TO_24,
};
