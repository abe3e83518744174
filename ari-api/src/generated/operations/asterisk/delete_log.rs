// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `DELETE /asterisk/logging/{logChannelName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `DELETE /asterisk/logging/{logChannelName}`.
pub static DELETE_LOG: Operation = Operation {
    resource: "asterisk",
    nickname: "deleteLog",
    description: "Closes a log destination that was added while Asterisk runs.\n\nThe file itself stays on disk.",
    wire_format: "",
    method: Method::Delete,
    path: "/asterisk/logging/{logChannelName}",
    parameters: &[
        Parameter {
            name: "logChannelName",
            description: "Name as in `logger.conf`: a file name, relative to Asterisk's log directory unless it begins with `/`; `console`; or `syslog.` followed by a facility, such as `syslog.local0`.",
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
            availability: availability::IN_V13_6_0_14_TO_24,
        },
    ],
    response: ResponseType::Empty,
    errors: &[
        (
            404,
            "No log channel of this name was added while Asterisk runs. Current releases refuse in the same way to remove one that comes from `logger.conf`.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_V13_6_0_14_TO_24,
};
