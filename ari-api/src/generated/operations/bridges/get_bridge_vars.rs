// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /bridges/{bridgeId}/variables`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /bridges/{bridgeId}/variables`.
pub static GET_BRIDGE_VARS: Operation = Operation {
    resource: "bridges",
    nickname: "getBridgeVars",
    description: "Gets the values of several bridge variables at once.\n\nIt is all or nothing: one missing variable turns the whole answer into 404.",
    wire_format: "",
    method: Method::Get,
    path: "/bridges/{bridgeId}/variables",
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
            name: "variables",
            description: "Names of the variables, at most 127. A name that ends with `)` is evaluated as a dialplan function, without a channel.",
            wire_format: "Separated by commas in the query, or an array in a JSON body.",
            location: Location::Query,
            kind: ParameterType::List(Scalar::Text),
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
    response: ResponseType::Json("Variables"),
    errors: &[
        (400, "No name was given, or one of them is empty."),
        (
            404,
            "No bridge has this id, or it lacks one of the variables; the message says which.",
        ),
        (
            409,
            "The bridge exists, but was not created through ARI. Asterisk may answer 404 instead.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: availability::IN_V20_20_0_V22_10_0_V23_4_0_24,
};
