// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /applications/{applicationName}/subscription`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /applications/{applicationName}/subscription`.
pub static SUBSCRIBE: Operation = Operation {
    resource: "applications",
    nickname: "subscribe",
    description: "Subscribes an application to further event sources, and returns its new state.\n\nSubscriptions are counted: a channel, bridge or endpoint subscribed to twice must be unsubscribed from twice. They end by themselves when the channel hangs up or the bridge is destroyed. The sources are taken in order and the first bad one stops the request; those before it stay subscribed. If the application is already subscribed to all of a kind, a single source of that kind is accepted and changes nothing. Subscribing to an endpoint also brings its `TextMessageReceived`. Events may arrive before the answer to this request.",
    wire_format: "",
    method: Method::Post,
    path: "/applications/{applicationName}/subscription",
    parameters: &[
        Parameter {
            name: "applicationName",
            description: "Name of the Stasis application, exactly as it registered. With an outbound WebSocket that is opened for each call, this is the full ephemeral name that events carry in `application`.",
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
            name: "eventSource",
            description: "Event sources, each a scheme and an id: `channel:` with a channel id, `bridge:` with a bridge id, `endpoint:` with `PJSIP/alice` or just `PJSIP` for the whole technology, `deviceState:` with a device such as `PJSIP/alice` or `Stasis:lamp`. The scheme alone, such as `bridge:`, means all of that kind. Technology names are case-sensitive here.",
            wire_format: "In a query the list is separated by commas.",
            location: Location::Query,
            kind: ParameterType::List(Scalar::Text),
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
    response: ResponseType::Json("Application"),
    errors: &[
        (
            400,
            "`eventSource` is missing, holds 128 or more sources, or one begins with an unknown scheme. `deviceState:` is unknown while the module `res_stasis_device_state` is not loaded.",
        ),
        (
            404,
            "No application of this name is registered: it has not connected to `/events`, or its socket closed and left no subscription and no channel behind.",
        ),
        (
            422,
            "The channel, bridge or endpoint does not exist; a channel may have hung up. A device state never ends here, since any name is accepted.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_12_TO_24,
};
