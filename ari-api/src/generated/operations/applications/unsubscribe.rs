// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `DELETE /applications/{applicationName}/subscription`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `DELETE /applications/{applicationName}/subscription`.
pub static UNSUBSCRIBE: Operation = Operation {
    resource: "applications",
    nickname: "unsubscribe",
    description: "Cancels subscriptions of an application, and returns its new state.\n\nThe sources are taken in order and the first bad one stops the request; those before it are already unsubscribed. Unsubscribing more often than subscribing can also stop the events of a channel that is in the application. A single channel or bridge cannot be excluded from a subscription to all of a kind; an event filter can only exclude whole types.",
    wire_format: "",
    method: Method::Delete,
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
            description: "Event sources, in the notation of `subscribe`. To take back a subscription to all of a kind, give the name under which the application lists it, such as `channel:__AST_CHANNEL_ALL_TOPIC`.",
            wire_format: "",
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
            "`eventSource` is missing, holds 128 or more sources, or one begins with an unknown scheme.",
        ),
        (
            404,
            "No application of this name is registered: it has not connected to `/events`, or its socket closed and left no subscription and no channel behind.",
        ),
        (
            409,
            "Declared for a source the application is not subscribed to; Asterisk answers that with 422.",
        ),
        (
            422,
            "The application is not subscribed to this source. The subscription may have ended by itself with its channel or bridge.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_12_TO_24,
};
