// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /channels/{channelId}/move`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /channels/{channelId}/move`.
pub static MOVE: Operation = Operation {
    resource: "channels",
    nickname: "move",
    description: "Hands the channel to another Stasis application without leaving Stasis.\n\nThe old application receives `StasisEnd`, the new one `StasisStart`. If the new application is not registered, the request still succeeds; `ApplicationMoveFailed` reports the failure, and the channel stays in its application. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    wire_format: "",
    method: Method::Post,
    path: "/channels/{channelId}/move",
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
            availability: availability::IN_V13_26_0_V16_3_0_17_TO_24,
        },
        Parameter {
            name: "app",
            description: "Name of the application that takes the channel over.",
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
            availability: availability::IN_V13_26_0_V16_3_0_17_TO_24,
        },
        Parameter {
            name: "appArgs",
            description: "Arguments for the new application; they arrive as `args` of its `StasisStart`. Unlike elsewhere nothing can be escaped: an argument cannot hold a comma, and an empty one is dropped.",
            wire_format: "Separated by commas.",
            location: Location::Query,
            kind: ParameterType::Split(Scalar::Text),
            required: false,
            default: None,
            sends_default: false,
            duration: None,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: availability::IN_V13_26_0_V16_3_0_17_TO_24,
        },
    ],
    response: ResponseType::Empty,
    errors: &[
        (404, "No channel has this id; it may have hung up."),
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
    availability: availability::IN_V13_26_0_V16_3_0_17_TO_24,
};
