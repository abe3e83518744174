// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /channels/{channelId}/silence`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /channels/{channelId}/silence`.
pub static START_SILENCE: Operation = Operation {
    resource: "channels",
    nickname: "startSilence",
    description: "Sends silence to a channel, so that media keeps flowing.\n\nUseful against peers that drop calls without RTP. A playback or another media operation ends the silence, which does not resume by itself. A caller that is not answered yet receives it as early media. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    wire_format: "",
    method: Method::Post,
    path: "/channels/{channelId}/silence",
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
    ],
    response: ResponseType::Empty,
    errors: &[
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
