//! The operations of bridges.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::asterisk::no_name;
use super::originate::known_formats;
use super::{given_variables, named_variables, no_variables, recordings, variables};
use crate::json::Object;
use crate::pbx::{Bridge, Queue, Target, Video, World};
use crate::server::{Answer, Params, Reply};
use crate::violation::ViolationKind;

pub(crate) fn run(world: &mut World, name: &str, params: &Params) -> Option<Reply> {
    let id = params.path("bridgeId").to_owned();
    let newer = world.is_newer();
    match name {
        "list" => return Some(Answer::list(world.bridges.values().map(Bridge::object)).into()),
        "create" => {
            let id = params.some("bridgeId").map(str::to_owned);
            return Some(create(world, params, id, false).into());
        }
        "createWithId" => return Some(create(world, params, Some(id), true).into()),
        "setBridgeVars" if !params.has_body => return Some(no_variables().into()),
        "getBridgeVar" | "setBridgeVar" if params.some("variable").is_none() => {
            if name == "setBridgeVar" && params.text("variable").is_none() {
                let what = "setting a bridge variable without a name crashes a real server";
                world.violation(None, ViolationKind::Crash, what);
            }
            return Some(no_name().into());
        }
        "getBridgeVars" if !params.lists_any("variables") => {
            let message = "At least one variable name is required";
            return Some(Answer::refused(400, message).into());
        }
        _ => {}
    }
    let Some(bridge) = world.bridges.get_mut(&id) else {
        let answer = match name {
            "getBridgeVars" | "setBridgeVars" => {
                Answer::refused(404, "Provided bridge was not found").saying("Bridge Not Found")
            }
            "get" => Answer::refused(404, "Bridge not found"),
            _ => Answer::refused(404, "Bridge not found").saying("Not found"),
        };
        return Some(answer.into());
    };
    let answer = match name {
        "get" => Answer::object(&bridge.object()),
        "destroy" => {
            world.destroy_bridge(&id);
            Answer::done()
        }
        "addChannel" => return Some(channels(world, &id, params, true)),
        "removeChannel" => return Some(channels(world, &id, params, false)),
        "startMoh" => {
            world.music(&id, true);
            Answer::done()
        }
        "stopMoh" => match world.music(&id, false) {
            true => Answer::done(),
            false => Answer::refused(409, "Bridge isn't playing music"),
        },
        "setVideoSource" => video_source(world, &id, params.path("channelId")),
        "clearVideoSource" => {
            world.choose_video(&id, None);
            Answer::done()
        }
        "play" | "playWithId" => match helper_format(params, "announcer_format") {
            Ok(()) => recordings::play(world, Target::Bridge(id), params),
            Err(answer) => answer,
        },
        "record" => {
            if newer && params.text("format").is_none() {
                let what = "recording a bridge without a format crashes a real server";
                world.violation(None, ViolationKind::Crash, what);
            }
            let known = match newer {
                true => recordings::format(world, params).map(drop),
                false => Ok(()),
            };
            match known.and_then(|()| helper_format(params, "recorder_format")) {
                Ok(()) => recordings::record(world, Target::Bridge(id), params),
                Err(answer) => answer,
            }
        }
        "getBridgeVar" => {
            let name = params.text("variable").unwrap_or_default();
            match bridge.variables.get(name) {
                Some(value) => Answer::object(&Object::new().with("value", value)),
                None => Answer::refused(404, "Provided variable was not found"),
            }
        }
        "setBridgeVar" => {
            let name = params.text("variable").unwrap_or_default();
            let value = params.text("value").unwrap_or_default();
            let (name, value) = (name.to_owned(), value.to_owned());
            keep(bridge, vec![(name, value, params.flag("report_events"))]);
            Answer::done()
        }
        "getBridgeVars" => named_variables(world, params, |world, name| {
            let bridge = world.bridges.get(&id);
            let value = bridge.and_then(|bridge| bridge.variables.get(name));
            let missing = || Answer::refused(404, "Provided variable was not found");
            value.cloned().ok_or_else(missing)
        }),
        "setBridgeVars" => match given_variables(world, params) {
            Ok(values) => {
                if let Some(bridge) = world.bridges.get_mut(&id) {
                    keep(bridge, values);
                }
                Answer::done()
            }
            Err(answer) => answer,
        },
        _ => return None,
    };
    Some(answer.into())
}

/// Checks that the format is known in which a channel of the server itself plays or records.
fn helper_format(params: &Params, name: &str) -> Result<(), Answer> {
    let given = params.some(name).map_or(Ok(()), known_formats);
    given.map_err(|_| {
        let message = format!("specified {name} is unknown on this system");
        Answer::refused(422, message)
    })
}

fn video_source(world: &mut World, id: &str, channel: &str) -> Answer {
    match world.channels.get(channel) {
        None => Answer::refused(400, "Channel not found"),
        Some(found) if found.stasis.is_none() => {
            Answer::refused(422, "Channel not in Stasis application")
        }
        Some(found) if found.bridge.as_deref() != Some(id) => {
            Answer::refused(422, "Channel not in this bridge")
        }
        Some(_) => {
            world.choose_video(id, Some(channel));
            Answer::done()
        }
    }
}

/// Sets variables, and removes those whose value is empty.
fn keep(bridge: &mut Bridge, values: Vec<(String, String, bool)>) {
    bridge.touch();
    for (name, value, report) in values {
        if value.is_empty() {
            bridge.variables.remove(&name);
            bridge.reported.remove(&name);
            continue;
        }
        if report {
            bridge.reported.insert(name.clone());
        }
        bridge.variables.insert(name, value);
    }
}

fn create(world: &mut World, params: &Params, id: Option<String>, with_id: bool) -> Answer {
    let newer = world.is_newer();
    let kinds = params.list("type");
    let has = |kind: &str| kinds.iter().any(|given| given.trim() == kind);
    if let Some(id) = &id
        && let Some(bridge) = world.bridges.get(id)
        // Older releases check this only if the id is in the path. Otherwise they create a second
        // bridge.
        && (newer || with_id)
    {
        if newer {
            return Answer::refused(409, format!("Bridge with id '{id}' already exists"));
        }
        // Older releases treat the request as an update.
        let same = params.some("name").is_none_or(|name| name == bridge.name);
        let same_kind = kinds.is_empty() || has(bridge.kind);
        return match (same_kind, same) {
            (false, _) => {
                let message = "Supplying a bridge type when updating a bridge is not allowed.";
                Answer::refused(500, message).saying("Internal Error")
            }
            (_, false) => {
                let message = "Changing bridge name is not implemented";
                Answer::refused(500, message).saying("Internal Error")
            }
            _ => Answer::nothing(200),
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
        return Answer::refused(500, message).saying("Internal Error");
    }
    let given = match (params.json(), with_id) {
        (Some(Value::Object(_)), true) => params.object("variables").cloned(),
        // The whole body is used as the variables. This is a bug of the real server.
        (Some(Value::Object(body)), false) if world.reports_variables() => {
            let what = "the whole body is used as the variables: use createWithId";
            world.violation(None, ViolationKind::Wrapping, what);
            Some(body.clone())
        }
        _ => None,
    };
    let id = id.unwrap_or_else(ari_api::runtime::unique_id);
    // Channels in the bridge that the new one replaces stay in it.
    let hidden = world.bridges.remove(&id);
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
        created: world.clock.timestamp(),
        video: Video::new(match (has("video_sfu"), has("video_single")) {
            (true, _) => "sfu",
            (_, true) => "single",
            _ => "talker",
        }),
        members: hidden.map(|bridge| bridge.members).unwrap_or_default(),
        mixer_varies: !holding && !has("video_sfu"),
        variables: BTreeMap::new(),
        reported: BTreeSet::new(),
        unseen: BTreeSet::new(),
        music: false,
        queue: Queue::default(),
    };
    world.bridges.insert(id.clone(), bridge);
    world.bridge_event(&id, "BridgeCreated");
    if let Some(given) = given.filter(|_| world.reports_variables()) {
        match variables(world, &given) {
            Ok(values) => {
                if let Some(bridge) = world.bridges.get_mut(&id) {
                    keep(bridge, values);
                }
            }
            // The bridge is kept. This is another bug of the real server.
            Err(answer) => return answer,
        }
    }
    match world.bridges.get_mut(&id) {
        Some(bridge) => {
            let answer = Answer::object(&bridge.object());
            bridge.unseen = std::mem::take(&mut bridge.reported);
            answer
        }
        None => Answer::refused(500, "Internal Server Error"),
    }
}

/// Adds channels to a bridge or removes them, each when its command queue reaches this command.
fn channels(world: &mut World, id: &str, params: &Params, add: bool) -> Reply {
    let channels: Vec<_> = params.list("channel");
    if channels.iter().all(String::is_empty) {
        return Answer::refused(400, "Missing parameter channel").into();
    }
    for channel in &channels {
        let Some(channel) = world.channels.get(channel) else {
            return Answer::refused(400, "Channel not found").into();
        };
        if channel.stasis.is_none() {
            return Answer::refused(422, "Channel not in Stasis application").into();
        }
    }
    let is_here = |channel: &String| {
        let channel = world.channels.get(channel);
        channel.is_some_and(|channel| channel.bridge.as_deref() == Some(id))
    };
    if !add && !channels.iter().all(is_here) {
        return Answer::refused(422, "Channel not in this bridge").into();
    }
    let mut last: Reply = Answer::done().into();
    for channel in channels {
        if add && world.records(&channel) {
            let message = format!("Channel {channel} currently recording");
            return Answer::refused(409, message).into();
        }
        let (bridge, channel_id) = (id.to_owned(), channel.clone());
        let mute = params.flag("mute");
        let reply = world.in_turn(&channel, move |world| {
            match add {
                true => {
                    world.enter_bridge(&bridge, &channel_id);
                    if let Some(channel) = world.channels.get_mut(&channel_id) {
                        channel.treatment.muted_in_bridge = mute;
                    }
                }
                false => world.leave_bridge(&channel_id),
            }
            Answer::done()
        });
        // The request is complete when the last channel has been processed.
        if let Reply::Later(_) = reply {
            last = reply;
        }
    }
    last
}
