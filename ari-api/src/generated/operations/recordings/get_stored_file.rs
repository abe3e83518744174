// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /recordings/stored/{recordingName}/file`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /recordings/stored/{recordingName}/file`.
pub static GET_STORED_FILE: Operation = Operation {
    resource: "recordings",
    nickname: "getStoredFile",
    description: "Downloads the audio of a stored recording.\n\nThe answer is the file itself, with its media type (`audio/wav`, for one) and its length. It is not available over a WebSocket, where it answers 406.",
    wire_format: "",
    method: Method::Get,
    path: "/recordings/stored/{recordingName}/file",
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
            availability: availability::IN_14_TO_24,
        },
    ],
    response: ResponseType::Binary,
    errors: &[
        (403, "Asterisk could not open the file; look at its permissions."),
        (404, "No stored recording has this name. It may still be in progress."),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: availability::IN_14_TO_24,
};
