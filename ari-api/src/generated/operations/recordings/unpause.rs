// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `DELETE /recordings/live/{recordingName}/pause`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `DELETE /recordings/live/{recordingName}/pause`.
pub static UNPAUSE: Operation = Operation {
    resource: "recordings",
    nickname: "unpause",
    description: "Resumes a paused recording.\n\nOn one that is not paused it does nothing. No event is sent.",
    wire_format: "",
    method: Method::Delete,
    path: "/recordings/live/{recordingName}/pause",
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
        (
            409,
            "The recording is not running: it is still `queued`, or is just ending. Wait for `RecordingStarted`, or treat it as over.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: availability::IN_12_TO_24,
};
