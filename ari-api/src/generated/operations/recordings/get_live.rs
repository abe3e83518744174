// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /recordings/live/{recordingName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /recordings/live/{recordingName}`.
pub static GET_LIVE: Operation = Operation {
    resource: "recordings",
    nickname: "getLive",
    description: "Gets the state of a recording in progress.",
    wire_format: "",
    method: Method::Get,
    path: "/recordings/live/{recordingName}",
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
    response: ResponseType::Json("LiveRecording"),
    errors: &[
        (
            404,
            "No recording of this name is in progress; it may have ended, and is then found among the stored ones.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: availability::IN_12_TO_24,
};
