// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /channels/{channelId}/variables`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /channels/{channelId}/variables`.
pub static SET_CHANNEL_VARS: Operation = Operation {
    resource: "channels",
    nickname: "setChannelVars",
    description: "Sets several channel variables or functions in one request.\n\nThe request can wait for the channel's queue, behind a running playback.",
    wire_format: "",
    method: Method::Post,
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
            description: "The variables by name. One with event reporting is in the `channelvars` of events.",
            wire_format: "Inside the key `variables`: `{\"variables\":{\"lang\":\"de\",\"step\":{\"value\":\"3\",\"report_events\":true}}}`. Each value is a string or such an object. A number or null gives 400.",
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
            "`variables` is missing, or a value is neither a string nor such an object.",
        ),
        (404, "No channel has this id; it may have hung up."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: true,
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
