//! The operations of bridges.

use std::collections::BTreeSet;

use serde_json::Value;

use super::originate::check_formats;
use super::recordings;
use super::variables::{
    body_variables, missing_name, missing_variables, parse_variables, read_variables,
};
use crate::json::Object;
use crate::model::{Bridge, MediaTarget, Video};
use crate::pbx::PbxState;
use crate::rest::{DeferredResponse, Params, Response};
use crate::sorted_map::SortedMap;
use crate::violation::ViolationKind;

pub(crate) fn run(pbx: &mut PbxState, name: &str, params: &Params) -> Option<DeferredResponse> {
    let id = params.path("bridgeId").to_owned();
    let newer = pbx.behaves_like_22();
    match name {
        "list" => return Some(Response::list(pbx.bridges.values().map(Bridge::object)).into()),
        "create" => {
            let id = params.non_empty("bridgeId").map(str::to_owned);
            return Some(create(pbx, params, id, false).into());
        }
        "createWithId" => return Some(create(pbx, params, Some(id), true).into()),
        "setBridgeVars" if !params.has_body => return Some(missing_variables().into()),
        "getBridgeVar" | "setBridgeVar" if params.non_empty("variable").is_none() => {
            if name == "setBridgeVar" && params.text("variable").is_none() {
                let what = "setting a bridge variable without a name crashes a real server";
                pbx.record_violation(None, ViolationKind::Crash, what);
            }
            return Some(missing_name().into());
        }
        "getBridgeVars" if !params.has_list_values("variables") => {
            let message = "At least one variable name is required";
            return Some(Response::error(400, message).into());
        }
        _ => {}
    }
    let Some(bridge) = pbx.bridges.get_mut(&id) else {
        let response = match name {
            "getBridgeVars" | "setBridgeVars" => {
                Response::error(404, "Provided bridge was not found")
                    .with_phrase("Bridge Not Found")
            }
            "get" => Response::error(404, "Bridge not found"),
            _ => Response::error(404, "Bridge not found").with_phrase("Not found"),
        };
        return Some(response.into());
    };
    let response = match name {
        "get" => Response::object(&bridge.object()),
        "destroy" => {
            pbx.destroy_bridge(&id);
            Response::no_content()
        }
        "addChannel" => return Some(change_participants(pbx, &id, params, true)),
        "removeChannel" => return Some(change_participants(pbx, &id, params, false)),
        "startMoh" => {
            pbx.set_bridge_music(&id, true);
            Response::no_content()
        }
        "stopMoh" => match pbx.set_bridge_music(&id, false) {
            true => Response::no_content(),
            false => Response::error(409, "Bridge isn't playing music"),
        },
        "setVideoSource" => set_video_source(pbx, &id, params.path("channelId")),
        "clearVideoSource" => {
            pbx.set_video_source(&id, None);
            Response::no_content()
        }
        "play" | "playWithId" => match check_helper_format(params, "announcer_format") {
            Ok(()) => recordings::play(pbx, MediaTarget::Bridge(id), params),
            Err(response) => response,
        },
        "record" => {
            if newer && params.text("format").is_none() {
                let what = "recording a bridge without a format crashes a real server";
                pbx.record_violation(None, ViolationKind::Crash, what);
            }
            let known = match newer {
                true => recordings::check_format(pbx, params).map(drop),
                false => Ok(()),
            };
            match known.and_then(|()| check_helper_format(params, "recorder_format")) {
                Ok(()) => recordings::record(pbx, MediaTarget::Bridge(id), params),
                Err(response) => response,
            }
        }
        "getBridgeVar" => {
            let name = params.text("variable").unwrap_or_default();
            match bridge.variables.get(name) {
                Some(value) => Response::object(&Object::new().with("value", value)),
                None => Response::error(404, "Provided variable was not found"),
            }
        }
        "setBridgeVar" => {
            let name = params.text("variable").unwrap_or_default();
            let value = params.text("value").unwrap_or_default();
            let (name, value) = (name.to_owned(), value.to_owned());
            set_variables(bridge, vec![(name, value, params.flag("report_events"))]);
            Response::no_content()
        }
        "getBridgeVars" => read_variables(pbx, params, |pbx, name| {
            let bridge = pbx.bridges.get(&id);
            let value = bridge.and_then(|bridge| bridge.variables.get(name));
            let missing = || Response::error(404, "Provided variable was not found");
            value.cloned().ok_or_else(missing)
        }),
        "setBridgeVars" => match body_variables(pbx, params) {
            Ok(values) => {
                if let Some(bridge) = pbx.bridges.get_mut(&id) {
                    set_variables(bridge, values);
                }
                Response::no_content()
            }
            Err(response) => response,
        },
        _ => return None,
    };
    Some(response.into())
}

/// Checks that the format is known in which a channel of the server itself plays or records.
fn check_helper_format(params: &Params, name: &str) -> Result<(), Response> {
    let given = params.non_empty(name).map_or(Ok(()), check_formats);
    given.map_err(|_| {
        let message = format!("specified {name} is unknown on this system");
        Response::error(422, message)
    })
}

fn set_video_source(pbx: &mut PbxState, id: &str, channel: &str) -> Response {
    match pbx.channels.get(channel) {
        None => Response::error(400, "Channel not found"),
        Some(found) if found.stasis_app.is_none() => {
            Response::error(422, "Channel not in Stasis application")
        }
        Some(found) if found.bridge.as_deref() != Some(id) => {
            Response::error(422, "Channel not in this bridge")
        }
        Some(_) => {
            pbx.set_video_source(id, Some(channel));
            Response::no_content()
        }
    }
}

/// Sets variables, and removes those whose value is empty.
fn set_variables(bridge: &mut Bridge, values: Vec<(String, String, bool)>) {
    bridge.mark_changed();
    for (name, value, report) in values {
        if value.is_empty() {
            bridge.variables.remove(&name);
            bridge.reported_variables.remove(&name);
            continue;
        }
        if report {
            bridge.reported_variables.insert(name.clone());
        }
        bridge.variables.insert(name, value);
    }
}

fn create(pbx: &mut PbxState, params: &Params, id: Option<String>, with_id: bool) -> Response {
    let newer = pbx.behaves_like_22();
    let kinds = params.list("type");
    let has = |kind: &str| kinds.iter().any(|given| given.trim() == kind);
    if let Some(id) = &id
        && let Some(bridge) = pbx.bridges.get(id)
        // Older releases check this only if the id is in the path. Otherwise they create a second
        // bridge.
        && (newer || with_id)
    {
        if newer {
            return Response::error(409, format!("Bridge with id '{id}' already exists"));
        }
        // Older releases treat the request as an update.
        let same = params
            .non_empty("name")
            .is_none_or(|name| name == bridge.name);
        let same_kind = kinds.is_empty() || has(bridge.kind);
        return match (same_kind, same) {
            (false, _) => {
                let message = "Supplying a bridge type when updating a bridge is not allowed.";
                Response::error(500, message).with_phrase("Internal Error")
            }
            (_, false) => {
                let message = "Changing bridge name is not implemented";
                Response::error(500, message).with_phrase("Internal Error")
            }
            _ => Response::empty(200),
        };
    }
    // Unknown types are ignored. At most one of `mixing` and `holding` may be given.
    let is_possible = match (has("mixing"), has("holding")) {
        _ if has("video_sfu") => true,
        (true, true) => false,
        (false, false) => kinds.iter().all(String::is_empty),
        _ => true,
    };
    if !is_possible {
        let message = match (newer && !with_id, &id) {
            (false, _) => "Unable to create bridge".to_owned(),
            (true, id) => {
                let id = id.as_deref().unwrap_or("(null)");
                format!("Unable to create bridge. Possible duplicate bridge id '{id}'")
            }
        };
        return Response::error(500, message).with_phrase("Internal Error");
    }
    let given = match (params.json(), with_id) {
        (Some(Value::Object(_)), true) => params.object("variables").cloned(),
        // The whole body is used as the variables. This is a bug of the real server.
        (Some(Value::Object(body)), false) if pbx.supports_variable_reports() => {
            let names = ["variables", "type", "bridgeId", "name"];
            if let Some(name) = names.iter().find(|name| body.contains_key(**name)) {
                let what = format!(
                    "the whole body is used as the variables, also {name}: use createWithId, or send \
                     only variables in the body"
                );
                pbx.record_violation(None, ViolationKind::Wrapping, what);
            }
            Some(body.clone())
        }
        _ => None,
    };
    let id = id.unwrap_or_else(ari_api::client::unique_id);
    // Channels in the bridge that the new one replaces stay in it.
    let hidden = pbx.take_bridge(&id);
    let holding = has("holding") && !has("video_sfu");
    let bridge = Bridge {
        id: id.clone(),
        kind: if holding { "holding" } else { "mixing" },
        technology: match (holding, has("video_sfu")) {
            (true, _) => "holding_bridge",
            (_, true) => "softmix",
            _ => "simple_bridge",
        },
        name: params.text("name").unwrap_or_default().to_owned(),
        created: pbx.clock.timestamp(),
        video: Video::new(match (has("video_sfu"), has("video_single")) {
            (true, _) => "sfu",
            (_, true) => "single",
            _ => "talker",
        }),
        participants: hidden.map(|bridge| bridge.participants).unwrap_or_default(),
        has_dynamic_technology: !holding && !has("video_sfu"),
        variables: SortedMap::new(),
        reported_variables: BTreeSet::new(),
        pending_reported: BTreeSet::new(),
        is_music_on: false,
    };
    pbx.bridges.insert(id.clone(), bridge);
    pbx.publish_bridge_event(&id, "BridgeCreated");
    if let Some(given) = given.filter(|_| pbx.supports_variable_reports()) {
        match parse_variables(pbx, &given) {
            Ok(values) => {
                if let Some(bridge) = pbx.bridges.get_mut(&id) {
                    set_variables(bridge, values);
                }
            }
            // The bridge is kept. This is another bug of the real server.
            Err(response) => return response,
        }
    }
    match pbx.bridges.get_mut(&id) {
        Some(bridge) => {
            let response = Response::object(&bridge.object());
            bridge.pending_reported = std::mem::take(&mut bridge.reported_variables);
            response
        }
        None => Response::error(500, "Internal Server Error"),
    }
}

/// Adds channels to a bridge or removes them, each when its command queue reaches this command.
fn change_participants(
    pbx: &mut PbxState,
    id: &str,
    params: &Params,
    add: bool,
) -> DeferredResponse {
    let channels: Vec<_> = params.list("channel");
    if channels.iter().all(String::is_empty) {
        return Response::error(400, "Missing parameter channel").into();
    }
    for channel in &channels {
        let Some(channel) = pbx.channels.get(channel) else {
            return Response::error(400, "Channel not found").into();
        };
        if channel.stasis_app.is_none() {
            return Response::error(422, "Channel not in Stasis application").into();
        }
    }
    let is_here = |channel: &String| {
        let channel = pbx.channels.get(channel);
        channel.is_some_and(|channel| channel.bridge.as_deref() == Some(id))
    };
    if !add && !channels.iter().all(is_here) {
        return Response::error(422, "Channel not in this bridge").into();
    }
    let mut last: DeferredResponse = Response::no_content().into();
    for channel in channels {
        if add && pbx.is_recording(&channel) {
            let message = format!("Channel {channel} currently recording");
            return Response::error(409, message).into();
        }
        let (bridge, channel_id) = (id.to_owned(), channel.clone());
        let mute = params.flag("mute");
        let inhibits = params.flag("inhibitConnectedLineUpdates");
        let reply = pbx.run_in_queue(&channel, move |pbx| {
            match add {
                true => {
                    pbx.enter_bridge(&bridge, &channel_id, inhibits);
                    if let Some(channel) = pbx.channels.get_mut(&channel_id) {
                        channel.media_state.muted_in_bridge = mute;
                    }
                }
                false => pbx.leave_bridge(&channel_id),
            }
            Response::no_content()
        });
        // The request is complete when the last channel has been processed.
        if let DeferredResponse::Pending(_) = reply {
            last = reply;
        }
    }
    last
}
