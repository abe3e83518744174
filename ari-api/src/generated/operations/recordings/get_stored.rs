// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /recordings/stored/{recordingName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /recordings/stored/{recordingName}`.
pub static GET_STORED: Operation = Operation {
    resource: "recordings",
    nickname: "getStored",
    description: "Gets the details of a stored recording.\n\nOf a name that exists in several formats, one is picked.",
    wire_format: "",
    method: Method::Get,
    path: "/recordings/stored/{recordingName}",
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
    response: ResponseType::Json("StoredRecording"),
    errors: &[
        (
            404,
            "No stored recording has this name, or its format is not known to this server. It may still be in progress.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: availability::IN_12_TO_24,
};
