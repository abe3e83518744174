// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /recordings/stored/{recordingName}/copy`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /recordings/stored/{recordingName}/copy`.
pub static COPY_STORED: Operation = Operation {
    resource: "recordings",
    nickname: "copyStored",
    description: "Copies a stored recording under another name.\n\nThe copy keeps the format; missing subdirectories are created.",
    wire_format: "",
    method: Method::Post,
    path: "/recordings/stored/{recordingName}/copy",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording to copy, without the file's extension.",
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
            availability: availability::IN_V12_5_0_13_TO_24,
        },
        Parameter {
            name: "destinationRecordingName",
            description: "Name of the copy. Anything after its last dot is taken for an extension and dropped.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            duration: None,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: availability::IN_V12_5_0_13_TO_24,
        },
    ],
    response: ResponseType::Json("StoredRecording"),
    errors: &[
        (400, "The name of the copy is missing or unusable."),
        (403, "The name of the copy leads out of the recording directory."),
        (404, "No stored recording has the name that is to be copied."),
        (
            409,
            "A recording with the name of the copy exists already, in this or another format. Delete it first.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: availability::IN_V12_5_0_13_TO_24,
};
