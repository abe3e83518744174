//! The operations for user events and for claiming broadcast calls.

use serde_json::Value;

use crate::invalid_bytes;
use crate::json::Object;
use crate::pbx::{ClaimError, PbxState};
use crate::rest::{DeferredResponse, Params, Response};

pub(crate) fn run(pbx: &mut PbxState, name: &str, params: &Params) -> Option<DeferredResponse> {
    let response = match name {
        "userEvent" => user_event(pbx, params),
        "claimChannel" => claim(pbx, params),
        _ => return None,
    };
    Some(response.into())
}

fn user_event(pbx: &mut PbxState, params: &Params) -> Response {
    let Some(app) = params.non_empty("application").map(str::to_owned) else {
        return Response::error(400, "Missing parameter application");
    };
    if !pbx.is_registered(&app) {
        return Response::error(404, "Application not found");
    }
    let own = params.json().and_then(|body| body.get("variables"));
    let own = match own {
        None => None,
        Some(Value::Object(own)) => Some(own),
        Some(_) => return Response::error(500, "Error processing request"),
    };
    let name = params.path("eventName");
    if invalid_bytes::contains_markers(name) {
        return Response::error(500, "Error processing request");
    }
    let mut rest = Object::new().with("eventname", name);
    for source in params.list("source") {
        let found = match source.split_once(':') {
            Some(("channel", id)) => {
                let channel = pbx.channels.get(id);
                channel.map(|channel| ("channel", channel.object()))
            }
            Some(("bridge", id)) => {
                let bridge = pbx.bridges.get(id);
                bridge.map(|bridge| ("bridge", bridge.object()))
            }
            Some(("endpoint", id)) => {
                let known = pbx.endpoints.contains_key(id);
                known.then(|| ("endpoint", pbx.endpoint_object(id)))
            }
            _ => return Response::error(400, "Invalid event source URI scheme"),
        };
        match found {
            Some((kind, object)) => rest = rest.with(kind, object),
            None => return Response::error(422, "Event source was not found"),
        }
    }
    let mut event = Object::new();
    for (key, value) in own.into_iter().flatten() {
        if key != "eventname" {
            event = event.with(key, value.clone());
        }
    }
    let rest = rest.with("userevent", event.with("eventname", name));
    pbx.send_to(&app, "ChannelUserevent", rest);
    Response::no_content()
}

fn claim(pbx: &mut PbxState, params: &Params) -> Response {
    let Some(id) = params.non_empty("channelId").map(str::to_owned) else {
        return Response::error(400, "channelId parameter is required");
    };
    let Some(app) = params.non_empty("application").map(str::to_owned) else {
        return Response::error(400, "application parameter is required");
    };
    match pbx.claim_channel(&id, &app) {
        Ok(()) => Response::no_content(),
        Err(ClaimError::AlreadyClaimed) => {
            let message = "Channel has already been claimed by another application";
            Response::error(409, message)
        }
        Err(ClaimError::NotBroadcast) => {
            Response::error(404, "Channel not found or not in broadcast state")
        }
    }
}
