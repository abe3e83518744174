// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /channels/{channelId}/mute`, as data.

use super::super::availability;
use crate::runtime::{
    AllowedValue, Location, Method, Operation, Parameter, ParameterType, ResponseType,
    Scalar,
};

/// `POST /channels/{channelId}/mute`.
pub static MUTE: Operation = Operation {
    resource: "channels",
    nickname: "mute",
    description: "Mutes a channel's audio.\n\nOnly voice is affected; digits still pass. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    wire_format: "",
    method: Method::Post,
    path: "/channels/{channelId}/mute",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            wire_format: "Percent-encoded, `/` included.",
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
            availability: availability::IN_12_TO_24,
        },
        Parameter {
            name: "direction",
            description: "Direction of the audio to suppress.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("both"),
            sends_default: true,
            duration: None,
            values: &[
                AllowedValue {
                    value: "both",
                    description: "Both directions.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "in",
                    description: "Audio that comes from the channel's device: Asterisk and the other parties no longer hear it.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "out",
                    description: "Audio that goes to the channel's device: it no longer hears anything.",
                    availability: availability::IN_12_TO_24,
                },
            ],
            reserved: &[],
            min: None,
            max: None,
            availability: availability::IN_12_TO_24,
        },
    ],
    response: ResponseType::Empty,
    errors: &[
        (400, "The direction is none of `both`, `in` and `out`."),
        (404, "No channel has this id; it may have hung up."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
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
    availability: availability::IN_12_TO_24,
};
