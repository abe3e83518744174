// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `PUT /asterisk/logging/{logChannelName}/rotate`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `PUT /asterisk/logging/{logChannelName}/rotate`.
pub static ROTATE_LOG: Operation = Operation {
    resource: "asterisk",
    nickname: "rotateLog",
    description: "Rotates one log file: the current file is renamed and a new one begun.\n\nThe setting `rotatestrategy` in `logger.conf` determines the names of old files. Disabled log channels are enabled again on the way. A log channel that was added while Asterisk runs is removed when it is rotated.",
    wire_format: "",
    method: Method::Put,
    path: "/asterisk/logging/{logChannelName}/rotate",
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
            "No log file of this name is open. The console and syslog cannot be rotated and end here too.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_V13_6_0_14_TO_24,
};
