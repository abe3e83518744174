// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /bridges/{bridgeId}/variable`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /bridges/{bridgeId}/variable`.
pub static GET_BRIDGE_VAR: Operation = Operation {
    resource: "bridges",
    nickname: "getBridgeVar",
    description: "Gets the value of one bridge variable.\n\nUnlike variables of channels these are no functions: the response to the name of one is 404.",
    wire_format: "",
    method: Method::Get,
    path: "/bridges/{bridgeId}/variable",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
            availability: availability::IN_V20_20_0_V22_10_0_V23_4_0_24,
        },
        Parameter {
            name: "variable",
            description: "Name of the bridge variable.",
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
            availability: availability::IN_V20_20_0_V22_10_0_V23_4_0_24,
        },
    ],
    response: ResponseType::Json("Variable"),
    errors: &[
        (400, "The name of the variable is missing or empty."),
        (
            404,
            "No bridge has this id, or the bridge has no such variable; the message says which.",
        ),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: availability::IN_V20_20_0_V22_10_0_V23_4_0_24,
};
