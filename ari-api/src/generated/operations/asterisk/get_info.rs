// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /asterisk/info`, as data.

use super::super::availability;
use crate::runtime::{
    AllowedValue, Location, Method, Operation, Parameter, ParameterType, ResponseType,
    Scalar,
};

/// `GET /asterisk/info`.
pub static GET_INFO: Operation = Operation {
    resource: "asterisk",
    nickname: "getInfo",
    description: "Returns the release, the build, the main limits and the start time of the server.",
    wire_format: "",
    method: Method::Get,
    path: "/asterisk/info",
    parameters: &[
        Parameter {
            name: "only",
            description: "Sections to return; all four when omitted. An unknown name is skipped with a warning in Asterisk's log, so a request for nothing but unknown names is answered with an empty object.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::List(Scalar::Text),
            required: false,
            default: None,
            sends_default: false,
            duration: None,
            values: &[
                AllowedValue {
                    value: "build",
                    description: "Compilation of the running binary.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "system",
                    description: "Release and entity id.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "config",
                    description: "Name, default language and limits from `asterisk.conf`.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "status",
                    description: "Times of start and last reload.",
                    availability: availability::IN_12_TO_24,
                },
            ],
            reserved: &[],
            min: None,
            max: None,
            availability: availability::IN_12_TO_24,
        },
    ],
    response: ResponseType::Json("AsteriskInfo"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_12_TO_24,
};
