// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /bridges/{bridgeId}/variables`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /bridges/{bridgeId}/variables`.
pub static SET_BRIDGE_VARS: Operation = Operation {
    resource: "bridges",
    nickname: "setBridgeVars",
    description: "Sets several bridge variables at once.\n\nThey are set one after another: when one fails, those before it stay set.",
    wire_format: "",
    method: Method::Post,
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
            description: "Variables by name. One with event reporting is in the `bridgevars` of later bridge events.",
            wire_format: "`{\"variables\":{\"name\":value}}` in the body; a value is a string or `{\"value\":\"text\",\"report_events\":true}`. A number, a boolean or null in place of a string is refused with 400.",
            location: Location::Body,
            kind: ParameterType::Variables,
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
    response: ResponseType::Empty,
    errors: &[
        (
            400,
            "`variables` is missing or no object, or one of its values has the wrong type, or Asterisk could not set one of them.",
        ),
        (404, "No bridge has this id; it may have been destroyed."),
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
