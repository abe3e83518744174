// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `DELETE /recordings/stored/{recordingName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `DELETE /recordings/stored/{recordingName}`.
pub static DELETE_STORED: Operation = Operation {
    resource: "recordings",
    nickname: "deleteStored",
    description: "Deletes the file of a stored recording.\n\nOf a name that exists in several formats, one file is deleted. A file that Asterisk may not remove answers 500.",
    wire_format: "",
    method: Method::Delete,
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
    response: ResponseType::Empty,
    errors: &[
        (404, "No stored recording has this name; it may have been deleted already."),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: availability::IN_12_TO_24,
};
