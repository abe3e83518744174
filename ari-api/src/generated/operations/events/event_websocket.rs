// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /events`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /events`.
pub static EVENT_WEBSOCKET: Operation = Operation {
    resource: "events",
    nickname: "eventWebsocket",
    description: "Opens the WebSocket that registers applications and delivers their events.\n\nA GET with a WebSocket upgrade; subprotocol `ari` or none. Naming an application here is what creates it. If it is connected already, the new socket takes it over and the old one gets `ApplicationReplaced`. When the socket closes, calls and bridges stay up, but the events until the next connection are lost: after reconnecting, list channels and bridges and compare.\n\nRead without pause, in a task of its own: a client that did not read for about half a second was disconnected. The server does not ping; send pings yourself to notice a dead link, allowing for a late answer while a request is being handled on the same socket. Never send a pong that nobody asked for; it can crash a server newer than 22.10.1. Over the socket itself this operation answers 400.",
    wire_format: "",
    method: Method::Get,
    path: "/events",
    parameters: &[
        Parameter {
            name: "app",
            description: "Names of the applications to register. The first one matters most: when it is taken over by another socket, requests sent over this one get no response any more. An empty name fails the upgrade with 500.",
            wire_format: "Separated by commas.",
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
        Parameter {
            name: "subscribeAll",
            description: "With `true`, the applications get the events of every channel, bridge, endpoint and device of the server, whether subscribed or not. Convenient for monitoring; on a busy server it is a flood. Asterisk 22 can stop answering when such a WebSocket is closed while a device state changes: cancel the subscription to `deviceState:` before, or subscribe to `channel:`, `bridge:` and `endpoint:` instead.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Boolean),
            required: false,
            default: None,
            sends_default: false,
            duration: None,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: availability::IN_V13_6_0_14_TO_24,
        },
    ],
    response: ResponseType::Json("Message"),
    errors: &[],
    websocket_protocol: Some("ari"),
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_http_websocket"],
    availability: availability::IN_12_TO_24,
};
