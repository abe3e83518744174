// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `PUT /applications/{applicationName}/eventFilter`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `PUT /applications/{applicationName}/eventFilter`.
pub static FILTER: Operation = Operation {
    resource: "applications",
    nickname: "filter",
    description: "Sets which event types are sent to an application, and returns its new state.\n\nOnly the type is compared, case-sensitively. An empty list of allowed types lets everything through, and a type in both lists is not sent. A list left out stays as it was, an empty list clears that list, an empty object clears both. The filter belongs to the application and ends with it, so set it again after the application was removed and has registered anew.\n\n**Responses to REST-over-WebSocket requests pass through the filter of the first application of their socket.** A filter that allows some types must allow `RESTResponse` as well, or no request on that socket is answered any more.",
    wire_format: "",
    method: Method::Put,
    path: "/applications/{applicationName}/eventFilter",
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
            availability: availability::IN_V13_26_0_V16_3_0_17_TO_24,
        },
        Parameter {
            name: "filter",
            description: "Event types to allow and to disallow.",
            wire_format: "The bare object, such as `{\"allowed\":[{\"type\":\"StasisStart\"},{\"type\":\"RESTResponse\"}],\"disallowed\":[]}`. Unlike other bodies it is not wrapped in a key: wrapped in `filter` it is answered with 200 and sets nothing.",
            location: Location::Body,
            kind: ParameterType::EventFilter,
            required: false,
            default: None,
            sends_default: false,
            duration: None,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: availability::IN_V13_26_0_V16_3_0_17_TO_24,
        },
    ],
    response: ResponseType::Json("Application"),
    errors: &[
        (
            400,
            "`allowed` or `disallowed` is not an array, or an element has no `type`. `disallowed` is applied first and stays changed when only `allowed` is faulty.",
        ),
        (
            404,
            "No application of this name is registered: it has not connected to `/events`, or its socket closed and left no subscription and no channel behind.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_V13_26_0_V16_3_0_17_TO_24,
};
