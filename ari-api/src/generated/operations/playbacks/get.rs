// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /playbacks/{playbackId}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /playbacks/{playbackId}`.
pub static GET: Operation = Operation {
    resource: "playbacks",
    nickname: "get",
    description: "Gets the state of a playback.",
    wire_format: "",
    method: Method::Get,
    path: "/playbacks/{playbackId}",
    parameters: &[
        Parameter {
            name: "playbackId",
            description: "Id of the playback, as given to or answered by `play`.",
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
    ],
    response: ResponseType::Json("Playback"),
    errors: &[
        (404, "No playback has this id. It has ended, or its channel has hung up."),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_playback"],
    availability: availability::IN_12_TO_24,
};
