// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /recordings/live/{recordingName}/mute`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /recordings/live/{recordingName}/mute`.
pub static MUTE: Operation = Operation {
    resource: "recordings",
    nickname: "mute",
    description: "Mutes a recording in progress.\n\nThe file goes on with silence in place of the audio, so its length stays true to time. Silence detection is suspended, and starts anew on `unmute`. Muting twice does nothing; neither an event nor the recording's state shows it.",
    wire_format: "",
    method: Method::Post,
    path: "/recordings/live/{recordingName}/mute",
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
