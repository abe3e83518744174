// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /asterisk/logging/{logChannelName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /asterisk/logging/{logChannelName}`.
pub static ADD_LOG: Operation = Operation {
    resource: "asterisk",
    nickname: "addLog",
    description: "Opens a further log destination until it is deleted or Asterisk restarts.\n\nA level that Asterisk does not know is silently left out. If the file cannot be opened, or the syslog facility is unknown, the answer is 500.",
    wire_format: "",
    method: Method::Post,
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
        Parameter {
            name: "configuration",
            description: "Levels to log, comma-separated, in the notation of `logger.conf`: `error,warning,notice`, also `verbose`, `debug`, `dtmf`, and `*` for all.",
            wire_format: "",
            location: Location::Query,
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
        (400, "`configuration` is missing or empty."),
        (
            409,
            "A log channel of this name exists already, from `logger.conf` or from an earlier request. Delete it first to change its levels.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_V13_6_0_14_TO_24,
};
