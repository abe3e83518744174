// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /asterisk/variable`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /asterisk/variable`.
pub static SET_GLOBAL_VAR: Operation = Operation {
    resource: "asterisk",
    nickname: "setGlobalVar",
    description: "Sets a global dialplan variable, visible to every channel.\n\nGlobal variables are kept in memory and lost on a restart. 204 does not prove success: setting a function that does not exist, or fails, has the same response.",
    wire_format: "",
    method: Method::Post,
    path: "/asterisk/variable",
    parameters: &[
        Parameter {
            name: "variable",
            description: "Name of the variable. A name ending in `)` writes to a dialplan function instead, without a channel.",
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
        Parameter {
            name: "value",
            description: "New value. Leaving it out removes the variable.",
            wire_format: "In a JSON body it must be a string; any other type sets an empty value.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
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
    response: ResponseType::Empty,
    errors: &[(400, "`variable` is missing or empty.")],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_12_TO_24,
};
