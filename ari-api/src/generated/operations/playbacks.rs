// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `playbacks`, as data.

use crate::runtime::{
    AllowedValue, Location, Method, Operation, Parameter, ParameterType, ResponseType,
    Scalar,
};

/// `GET /playbacks/{playbackId}`.
pub static GET: Operation = Operation {
    resource: "playbacks",
    nickname: "get",
    description: "Gets the state of a playback.",
    method: Method::Get,
    path: "/playbacks/{playbackId}",
    parameters: &[
        Parameter {
            name: "playbackId",
            description: "Id of the playback, as given to or answered by `play`.",
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
            availability: super::availability::IN_12_TO_24,
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
    availability: super::availability::IN_12_TO_24,
};

/// `DELETE /playbacks/{playbackId}`.
pub static STOP: Operation = Operation {
    resource: "playbacks",
    nickname: "stop",
    description: "Stops a playback, including the media URIs still to come.\n\n`PlaybackFinished` follows. A playback that is still `queued` is struck out, and finishes when its turn comes. While `number:`, `digits:` or `characters:` is being spoken, Asterisk cannot break in, and as a rule answers 500. So it does in the instant between `PlaybackStarted` and the first sound: try again.",
    method: Method::Delete,
    path: "/playbacks/{playbackId}",
    parameters: &[
        Parameter {
            name: "playbackId",
            description: "Id of the playback, as given to or answered by `play`.",
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
            availability: super::availability::IN_12_TO_24,
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
    availability: super::availability::IN_12_TO_24,
};

/// `POST /playbacks/{playbackId}/control`.
pub static CONTROL: Operation = Operation {
    resource: "playbacks",
    nickname: "control",
    description: "Pauses, resumes or winds a playback.\n\nThis works on `sound:`, `recording:` and `tone:` media. While `number:`, `digits:` or `characters:` is being spoken, Asterisk cannot break in, and as a rule answers 500. So it does in the instant between `PlaybackStarted` and the first sound: try again.",
    method: Method::Post,
    path: "/playbacks/{playbackId}/control",
    parameters: &[
        Parameter {
            name: "playbackId",
            description: "Id of the playback, as given to or answered by `play`.",
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
            availability: super::availability::IN_12_TO_24,
        },
        Parameter {
            name: "operation",
            description: "Operation on the playback.",
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
                    availability: super::availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "pause",
                    description: "Hold the playback. No event is sent; pausing twice does nothing.",
                    availability: super::availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "unpause",
                    description: "Go on after `pause`. Another `PlaybackStarted` is sent.",
                    availability: super::availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "reverse",
                    description: "Jump back by the `skipms` given to `play`.",
                    availability: super::availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "forward",
                    description: "Jump ahead by the `skipms` given to `play`.",
                    availability: super::availability::IN_12_TO_24,
                },
            ],
            reserved: &[],
            min: None,
            max: None,
            availability: super::availability::IN_12_TO_24,
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
    availability: super::availability::IN_12_TO_24,
};
