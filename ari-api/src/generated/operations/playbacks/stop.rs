// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `DELETE /playbacks/{playbackId}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `DELETE /playbacks/{playbackId}`.
pub static STOP: Operation = Operation {
    resource: "playbacks",
    nickname: "stop",
    description: "Stops a playback, including the media URIs still to come.\n\n`PlaybackFinished` follows. A playback that is still `queued` is struck out, and finishes when its turn comes. While `number:`, `digits:` or `characters:` is being spoken, Asterisk cannot break in, and as a rule answers 500. So it does in the instant between `PlaybackStarted` and the first sound: try again.",
    wire_format: "",
    method: Method::Delete,
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
    response: ResponseType::Empty,
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
