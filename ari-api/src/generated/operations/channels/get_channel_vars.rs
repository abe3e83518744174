// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /channels/{channelId}/variables`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /channels/{channelId}/variables`.
pub static GET_CHANNEL_VARS: Operation = Operation {
    resource: "channels",
    nickname: "getChannelVars",
    description: "Returns the values of several channel variables or functions.\n\nIf one of them is missing, the whole request fails with 404.",
    wire_format: "",
    method: Method::Get,
    path: "/channels/{channelId}/variables",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            wire_format: "Percent-encoded, `/` included.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            duration: None,
            values: &[],
            reserved: &["create", "externalMedia"],
            min: None,
            max: None,
            availability: availability::IN_V20_20_0_V22_10_0_V23_4_0_24,
        },
        Parameter {
            name: "variables",
            description: "Names of variables, or functions with their arguments.",
            wire_format: "In a query one comma-separated list; commas inside parentheses do not separate.",
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
        (400, "`variables` is missing or empty."),
        (404, "No channel has this id, or one of the variables does not exist."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: availability::IN_V20_20_0_V22_10_0_V23_4_0_24,
};
