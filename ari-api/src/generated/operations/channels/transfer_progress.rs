// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /channels/{channelId}/transfer_progress`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /channels/{channelId}/transfer_progress`.
pub static TRANSFER_PROGRESS: Operation = Operation {
    resource: "channels",
    nickname: "transfer_progress",
    description: "Reports the progress of a transfer to the device that requested it.\n\nFor transfers that the application carries out itself, after a `ChannelTransfer` event: this needs `PJSIP_TRANSFER_HANDLING()=ari-only` on the channel. The device that sent the SIP REFER receives a NOTIFY with the matching status. Every state but `channel_progress` ends the transfer for the device.",
    wire_format: "",
    method: Method::Post,
    path: "/channels/{channelId}/transfer_progress",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel on which the transfer was requested.",
            wire_format: "",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            duration: None,
            values: &[],
            reserved: &["create", "externalMedia"],
            min: None,
            max: None,
            availability: availability::IN_V20_13_0_V21_8_0_V22_3_0_23_24,
        },
        Parameter {
            name: "states",
            description: "One of `channel_progress` (still under way), `channel_answered` (done), `channel_unavailable` (the target could not be reached) and `channel_declined` (refused).",
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
            availability: availability::IN_V20_13_0_V21_8_0_V22_3_0_23_24,
        },
    ],
    response: ResponseType::Empty,
    errors: &[
        (400, "`states` is empty or unknown."),
        (404, "No channel has this id; it may have hung up."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (412, "The channel's state does not allow it."),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: availability::IN_V20_13_0_V21_8_0_V22_3_0_23_24,
};
