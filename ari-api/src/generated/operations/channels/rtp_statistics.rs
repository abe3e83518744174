// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /channels/{channelId}/rtp_statistics`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /channels/{channelId}/rtp_statistics`.
pub static RTP_STATISTICS: Operation = Operation {
    resource: "channels",
    nickname: "rtpStatistics",
    description: "Returns packet, jitter, loss and round-trip figures of a channel's RTP stream.\n\nThe figures are those of the moment and end with the channel: fetch them before it hangs up. The channel need not be in a Stasis application.",
    wire_format: "",
    method: Method::Get,
    path: "/channels/{channelId}/rtp_statistics",
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
            availability: availability::IN_V13_27_0_V16_4_0_17_TO_24,
        },
    ],
    response: ResponseType::Json("RTPstat"),
    errors: &[
        (403, "The channel's technology, `Local` for example, does not use RTP."),
        (404, "No channel has this id, or it has no RTP stream or statistics yet."),
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
    availability: availability::IN_V13_27_0_V16_4_0_17_TO_24,
};
