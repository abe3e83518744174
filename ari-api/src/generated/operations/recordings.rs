// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `recordings`, as data.

use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /recordings/stored`.
pub static LIST_STORED: Operation = Operation {
    resource: "recordings",
    nickname: "listStored",
    description: "Lists the stored recordings, sorted by name, subdirectories included.\n\nAsterisk scans its whole recording directory for each request, and counts every file with the extension of a known format. A name that exists in several formats is listed once. A missing recording directory answers 500.",
    method: Method::Get,
    path: "/recordings/stored",
    parameters: &[],
    response: ResponseType::Json("List[StoredRecording]"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: super::availability::IN_12_TO_24,
};

/// `GET /recordings/stored/{recordingName}`.
pub static GET_STORED: Operation = Operation {
    resource: "recordings",
    nickname: "getStored",
    description: "Gets the details of a stored recording.\n\nOf a name that exists in several formats, one is picked.",
    method: Method::Get,
    path: "/recordings/stored/{recordingName}",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording, without the file's extension. A `/` in it denotes a subdirectory of the recording directory.",
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
    availability: super::availability::IN_12_TO_24,
};

/// `DELETE /recordings/stored/{recordingName}`.
pub static DELETE_STORED: Operation = Operation {
    resource: "recordings",
    nickname: "deleteStored",
    description: "Deletes the file of a stored recording.\n\nOf a name that exists in several formats, one file is deleted. A file that Asterisk may not remove answers 500.",
    method: Method::Delete,
    path: "/recordings/stored/{recordingName}",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording, without the file's extension. A `/` in it denotes a subdirectory of the recording directory.",
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
        (404, "No stored recording has this name; it may have been deleted already."),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: super::availability::IN_12_TO_24,
};

/// `GET /recordings/stored/{recordingName}/file`.
pub static GET_STORED_FILE: Operation = Operation {
    resource: "recordings",
    nickname: "getStoredFile",
    description: "Downloads the audio of a stored recording.\n\nThe answer is the file itself, with its media type (`audio/wav`, for one) and its length. It is not available over a WebSocket, where it answers 406.",
    method: Method::Get,
    path: "/recordings/stored/{recordingName}/file",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording, without the file's extension. A `/` in it denotes a subdirectory of the recording directory.",
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
            availability: super::availability::IN_14_TO_24,
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
    availability: super::availability::IN_14_TO_24,
};

/// `POST /recordings/stored/{recordingName}/copy`.
pub static COPY_STORED: Operation = Operation {
    resource: "recordings",
    nickname: "copyStored",
    description: "Copies a stored recording under another name.\n\nThe copy keeps the format; missing subdirectories are created.",
    method: Method::Post,
    path: "/recordings/stored/{recordingName}/copy",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording to copy, without the file's extension.",
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
            availability: super::availability::IN_V12_5_0_13_TO_24,
        },
        Parameter {
            name: "destinationRecordingName",
            description: "Name of the copy. Anything after its last dot is taken for an extension and dropped.",
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
            availability: super::availability::IN_V12_5_0_13_TO_24,
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
    availability: super::availability::IN_V12_5_0_13_TO_24,
};

/// `GET /recordings/live/{recordingName}`.
pub static GET_LIVE: Operation = Operation {
    resource: "recordings",
    nickname: "getLive",
    description: "Gets the state of a recording in progress.",
    method: Method::Get,
    path: "/recordings/live/{recordingName}",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording, without the file's extension. A `/` in it denotes a subdirectory of the recording directory.",
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
    response: ResponseType::Json("LiveRecording"),
    errors: &[
        (
            404,
            "No recording of this name is in progress; it may have ended meanwhile, and is then found among the stored ones.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: super::availability::IN_12_TO_24,
};

/// `DELETE /recordings/live/{recordingName}`.
pub static CANCEL: Operation = Operation {
    resource: "recordings",
    nickname: "cancel",
    description: "Stops a recording in progress and discards it.\n\nThe file is deleted. `RecordingFinished` follows nevertheless. One that is still `queued` is merely marked `canceled`: should `RecordingStarted` arrive after all, repeat the request.",
    method: Method::Delete,
    path: "/recordings/live/{recordingName}",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording, without the file's extension. A `/` in it denotes a subdirectory of the recording directory.",
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
        (
            404,
            "No recording of this name is in progress; it may have ended meanwhile, and is then found among the stored ones.",
        ),
        (409, "The recording is already ending. Delete the stored recording instead."),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: super::availability::IN_12_TO_24,
};

/// `POST /recordings/live/{recordingName}/stop`.
pub static STOP: Operation = Operation {
    resource: "recordings",
    nickname: "stop",
    description: "Stops a recording in progress and keeps it.\n\nThe answer does not wait for the file: `RecordingFinished` says that it is complete. One that is still `queued` is merely marked `canceled`: should `RecordingStarted` arrive after all, repeat the request.",
    method: Method::Post,
    path: "/recordings/live/{recordingName}/stop",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording, without the file's extension. A `/` in it denotes a subdirectory of the recording directory.",
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
        (
            404,
            "No recording of this name is in progress; it may have ended meanwhile, and is then found among the stored ones.",
        ),
        (409, "The recording is already ending; nothing is left to do."),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording"],
    availability: super::availability::IN_12_TO_24,
};

/// `POST /recordings/live/{recordingName}/pause`.
pub static PAUSE: Operation = Operation {
    resource: "recordings",
    nickname: "pause",
    description: "Pauses a recording in progress.\n\nAudio during the pause is missing from the file, without a gap. Paused time does not count towards `maxDurationSeconds`, and silence detection starts anew on `unpause`. Pausing twice does nothing; no event is sent.",
    method: Method::Post,
    path: "/recordings/live/{recordingName}/pause",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording, without the file's extension. A `/` in it denotes a subdirectory of the recording directory.",
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
        (
            404,
            "No recording of this name is in progress; it may have ended meanwhile, and is then found among the stored ones.",
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
    availability: super::availability::IN_12_TO_24,
};

/// `DELETE /recordings/live/{recordingName}/pause`.
pub static UNPAUSE: Operation = Operation {
    resource: "recordings",
    nickname: "unpause",
    description: "Resumes a paused recording.\n\nOn one that is not paused it does nothing. No event is sent.",
    method: Method::Delete,
    path: "/recordings/live/{recordingName}/pause",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording, without the file's extension. A `/` in it denotes a subdirectory of the recording directory.",
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
        (
            404,
            "No recording of this name is in progress; it may have ended meanwhile, and is then found among the stored ones.",
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
    availability: super::availability::IN_12_TO_24,
};

/// `POST /recordings/live/{recordingName}/mute`.
pub static MUTE: Operation = Operation {
    resource: "recordings",
    nickname: "mute",
    description: "Mutes a recording in progress.\n\nThe file goes on with silence in place of the audio, so its length stays true to time. Silence detection is suspended, and starts anew on `unmute`. Muting twice does nothing; neither an event nor the recording's state shows it.",
    method: Method::Post,
    path: "/recordings/live/{recordingName}/mute",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording, without the file's extension. A `/` in it denotes a subdirectory of the recording directory.",
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
        (
            404,
            "No recording of this name is in progress; it may have ended meanwhile, and is then found among the stored ones.",
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
    availability: super::availability::IN_12_TO_24,
};

/// `DELETE /recordings/live/{recordingName}/mute`.
pub static UNMUTE: Operation = Operation {
    resource: "recordings",
    nickname: "unmute",
    description: "Lets a muted recording take audio again.\n\nOn one that is not muted it does nothing.",
    method: Method::Delete,
    path: "/recordings/live/{recordingName}/mute",
    parameters: &[
        Parameter {
            name: "recordingName",
            description: "Name of the recording, without the file's extension. A `/` in it denotes a subdirectory of the recording directory.",
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
        (
            404,
            "No recording of this name is in progress; it may have ended meanwhile, and is then found among the stored ones.",
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
    availability: super::availability::IN_12_TO_24,
};
