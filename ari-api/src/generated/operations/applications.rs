// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `applications`, as data.

use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /applications`.
pub static LIST: Operation = Operation {
    resource: "applications",
    nickname: "list",
    description: "Lists the registered applications with their subscriptions and filters.\n\nAn application whose socket has closed stays listed as long as it has subscriptions or channels; being listed does not prove that anybody reads its events.",
    method: Method::Get,
    path: "/applications",
    parameters: &[],
    response: ResponseType::Json("List[Application]"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: super::availability::IN_12_TO_24,
};

/// `GET /applications/{applicationName}`.
pub static GET: Operation = Operation {
    resource: "applications",
    nickname: "get",
    description: "Returns one application with its subscriptions and filters.",
    method: Method::Get,
    path: "/applications/{applicationName}",
    parameters: &[
        Parameter {
            name: "applicationName",
            description: "Name of the Stasis application, exactly as it registered. With an outbound WebSocket that is opened for each call, this is the full ephemeral name that events carry in `application`.",
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
    response: ResponseType::Json("Application"),
    errors: &[
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
    availability: super::availability::IN_12_TO_24,
};

/// `POST /applications/{applicationName}/subscription`.
pub static SUBSCRIBE: Operation = Operation {
    resource: "applications",
    nickname: "subscribe",
    description: "Subscribes an application to further event sources, and returns its new state.\n\nSubscriptions are counted: a channel, bridge or endpoint subscribed to twice must be unsubscribed from twice. They end by themselves when the channel hangs up or the bridge is destroyed. The sources are taken in order and the first bad one stops the request; those before it stay subscribed. If the application is already subscribed to all of a kind, a single source of that kind is accepted and changes nothing. Subscribing to an endpoint also brings its `TextMessageReceived`. Events may arrive before the answer to this request.",
    method: Method::Post,
    path: "/applications/{applicationName}/subscription",
    parameters: &[
        Parameter {
            name: "applicationName",
            description: "Name of the Stasis application, exactly as it registered. With an outbound WebSocket that is opened for each call, this is the full ephemeral name that events carry in `application`.",
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
        Parameter {
            name: "eventSource",
            description: "Event sources, each a scheme and an id: `channel:` with a channel id, `bridge:` with a bridge id, `endpoint:` with `PJSIP/alice` or just `PJSIP` for the whole technology, `deviceState:` with a device such as `PJSIP/alice` or `Stasis:lamp`. The scheme alone, such as `bridge:`, means all of that kind. Technology names are case-sensitive here. In a query the list is separated by commas.",
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
            availability: super::availability::IN_12_TO_24,
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
            "The channel, bridge or endpoint does not exist; a channel may have hung up meanwhile. A device state never ends here, since any name is accepted.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: super::availability::IN_12_TO_24,
};

/// `DELETE /applications/{applicationName}/subscription`.
pub static UNSUBSCRIBE: Operation = Operation {
    resource: "applications",
    nickname: "unsubscribe",
    description: "Cancels subscriptions of an application, and returns its new state.\n\nThe sources are taken in order and the first bad one stops the request; those before it are already unsubscribed. Unsubscribing more often than subscribing can also stop the events of a channel that is in the application. A single channel or bridge cannot be excluded from a subscription to all of a kind; an event filter can only exclude whole types.",
    method: Method::Delete,
    path: "/applications/{applicationName}/subscription",
    parameters: &[
        Parameter {
            name: "applicationName",
            description: "Name of the Stasis application, exactly as it registered. With an outbound WebSocket that is opened for each call, this is the full ephemeral name that events carry in `application`.",
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
        Parameter {
            name: "eventSource",
            description: "Event sources, in the notation of `subscribe`. To take back a subscription to all of a kind, give the name under which the application lists it, such as `channel:__AST_CHANNEL_ALL_TOPIC`.",
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
            availability: super::availability::IN_12_TO_24,
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
    availability: super::availability::IN_12_TO_24,
};

/// `PUT /applications/{applicationName}/eventFilter`.
pub static FILTER: Operation = Operation {
    resource: "applications",
    nickname: "filter",
    description: "Sets which event types are sent to an application, and returns its new state.\n\nOnly the type is compared, case-sensitively. An empty list of allowed types lets everything through, and a type in both lists is not sent. A list left out stays as it was, an empty list clears that list, an empty object clears both. The filter belongs to the application and ends with it, so set it again after the application was removed and has registered anew.\n\n**Responses to REST-over-WebSocket requests pass through the filter of the first application of their socket.** A filter that allows some types must allow `RESTResponse` as well, or no request on that socket is answered any more.",
    method: Method::Put,
    path: "/applications/{applicationName}/eventFilter",
    parameters: &[
        Parameter {
            name: "applicationName",
            description: "Name of the Stasis application, exactly as it registered. With an outbound WebSocket that is opened for each call, this is the full ephemeral name that events carry in `application`.",
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
            availability: super::availability::IN_V13_26_0_V16_3_0_17_TO_24,
        },
        Parameter {
            name: "filter",
            description: "The bare object, such as `{\"allowed\":[{\"type\":\"StasisStart\"},{\"type\":\"RESTResponse\"}],\"disallowed\":[]}`. Unlike other bodies it is not wrapped in a key: wrapped in `filter` it is answered with 200 and sets nothing.",
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
            availability: super::availability::IN_V13_26_0_V16_3_0_17_TO_24,
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
    availability: super::availability::IN_V13_26_0_V16_3_0_17_TO_24,
};
