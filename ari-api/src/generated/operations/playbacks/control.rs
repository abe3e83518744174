// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /playbacks/{playbackId}/control`, as data.

use super::super::availability;
use crate::runtime::{
    AllowedValue, Location, Method, Operation, Parameter, ParameterType, ResponseType,
    Scalar,
};

/// `POST /playbacks/{playbackId}/control`.
pub static CONTROL: Operation = Operation {
    resource: "playbacks",
    nickname: "control",
    description: "Pauses, resumes or winds a playback.\n\nThis works on `sound:`, `recording:` and `tone:` media. While `number:`, `digits:` or `characters:` is being spoken, Asterisk cannot break in, and as a rule answers 500. So it does in the instant between `PlaybackStarted` and the first sound: try again.",
    wire_format: "",
    method: Method::Post,
    path: "/playbacks/{playbackId}/control",
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
        Parameter {
            name: "operation",
            description: "Operation on the playback.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            duration: None,
            values: &[
                AllowedValue {
                    value: "restart",
                    description: "Go back to the beginning of the current media URI.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "pause",
                    description: "Hold the playback. No event is sent; pausing twice does nothing.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "unpause",
                    description: "Go on after `pause`. Another `PlaybackStarted` is sent.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "reverse",
                    description: "Jump back by the `skipms` given to `play`.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "forward",
                    description: "Jump ahead by the `skipms` given to `play`.",
                    availability: availability::IN_12_TO_24,
                },
            ],
            reserved: &[],
            min: None,
            max: None,
            availability: availability::IN_12_TO_24,
        },
    ],
    response: ResponseType::Empty,
    errors: &[
        (400, "`operation` is missing, or is not one of the documented values."),
        (404, "No playback has this id. It has ended, or its channel has hung up."),
        (
            409,
            "The playback's state does not allow it: it is still `queued`, is already ending, or is paused, when only `unpause` helps.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_playback"],
    availability: availability::IN_12_TO_24,
};
