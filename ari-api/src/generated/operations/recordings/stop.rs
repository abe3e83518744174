// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /recordings/live/{recordingName}/stop`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /recordings/live/{recordingName}/stop`.
pub static STOP: Operation = Operation {
    resource: "recordings",
    nickname: "stop",
    description: "Stops a recording in progress and keeps it.\n\nThe answer does not wait for the file: `RecordingFinished` says that it is complete. One that is still `queued` is merely marked `canceled`: should `RecordingStarted` arrive after all, repeat the request.",
    wire_format: "",
    method: Method::Post,
    path: "/recordings/live/{recordingName}/stop",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording, without the file's extension. A `/` in it denotes a subdirectory of the recording directory.",
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
        (
            404,
            "No recording of this name is in progress; it may have ended, and is then found among the stored ones.",
        ),
        (409, "The recording is already ending; nothing is left to do."),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: availability::IN_12_TO_24,
};
