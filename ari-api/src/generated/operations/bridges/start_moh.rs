// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /bridges/{bridgeId}/moh`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /bridges/{bridgeId}/moh`.
pub static START_MOH: Operation = Operation {
    resource: "bridges",
    nickname: "startMoh",
    description: "Plays music on hold to a bridge, or changes the class that is playing.\n\nAn internal channel joins the bridge and plays; in a mixing bridge everyone hears the music along with the others.",
    wire_format: "",
    method: Method::Post,
    path: "/bridges/{bridgeId}/moh",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
        Parameter {
            name: "mohClass",
            description: "Music-on-hold class from `musiconhold.conf`. The server's default class when omitted.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
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
        (404, "No bridge has this id; it may have been destroyed."),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: availability::IN_12_TO_24,
};
