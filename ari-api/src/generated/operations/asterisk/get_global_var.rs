// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /asterisk/variable`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /asterisk/variable`.
pub static GET_GLOBAL_VAR: Operation = Operation {
    resource: "asterisk",
    nickname: "getGlobalVar",
    description: "Reads a global dialplan variable.\n\nA variable that was never set reads as an empty string, not as an error. Dialplan functions are not evaluated here.",
    wire_format: "",
    method: Method::Get,
    path: "/asterisk/variable",
    parameters: &[
        Parameter {
            name: "variable",
            description: "Name of the variable, without `${` and `}`. Names are case-sensitive.",
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
            availability: availability::IN_12_TO_24,
        },
    ],
    response: ResponseType::Json("Variable"),
    errors: &[(400, "`variable` is missing or empty.")],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_12_TO_24,
};
