// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /bridges/{bridgeId}/removeChannel`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /bridges/{bridgeId}/removeChannel`.
pub static REMOVE_CHANNEL: Operation = Operation {
    resource: "bridges",
    nickname: "removeChannel",
    description: "Takes one or more channels out of a bridge.\n\nThe channels are not hung up; they stay in their Stasis application. All are checked before the first is removed. Like `addChannel`, the request waits behind a playback on the channel.",
    wire_format: "",
    method: Method::Post,
    path: "/bridges/{bridgeId}/removeChannel",
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
            availability: availability::IN_12_TO_24,
        },
        Parameter {
            name: "channel",
            description: "Ids of the channels.",
            wire_format: "Separated by commas in the query, or an array in a JSON body. An id that contains a comma needs the array.",
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
            availability: availability::IN_12_TO_24,
        },
    ],
    response: ResponseType::Empty,
    errors: &[
        (
            400,
            "No channel was given, or one of the ids does not exist; it may have hung up.",
        ),
        (404, "No bridge has this id; it may have been destroyed."),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
        (
            422,
            "One of the channels is not in this bridge, or not in a Stasis application.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: true,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: availability::IN_12_TO_24,
};
