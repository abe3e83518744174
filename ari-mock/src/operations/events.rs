//! The operations for user events and for claiming broadcast calls.

use serde_json::Value;

use crate::broken;
use crate::json::Object;
use crate::pbx::{NotClaimed, World};
use crate::server::{Answer, Params, Reply};

pub(crate) fn run(world: &mut World, name: &str, params: &Params) -> Option<Reply> {
    let answer = match name {
        "userEvent" => user_event(world, params),
        "claimChannel" => claim(world, params),
        _ => return None,
    };
    Some(answer.into())
}

fn user_event(world: &mut World, params: &Params) -> Answer {
    let Some(app) = params.some("application").map(str::to_owned) else {
        return Answer::refused(400, "Missing parameter application");
    };
    if !world.is_registered(&app) {
        return Answer::refused(404, "Application not found");
    }
    let own = params.json().and_then(|body| body.get("variables"));
    let own = match own {
        None => None,
        Some(Value::Object(own)) => Some(own),
        Some(_) => return Answer::refused(500, "Error processing request"),
    };
    let name = params.path("eventName");
    if broken::is_in(name) {
        return Answer::refused(500, "Error processing request");
    }
    let mut rest = Object::new().with("eventname", name);
    for source in params.list("source") {
        let found = match source.split_once(':') {
            Some(("channel", id)) => {
                let channel = world.channels.get(id);
                channel.map(|channel| ("channel", channel.object()))
            }
            Some(("bridge", id)) => {
                let bridge = world.bridges.get(id);
                bridge.map(|bridge| ("bridge", bridge.object()))
            }
            Some(("endpoint", id)) => {
                let known = world.endpoints.contains_key(id);
                known.then(|| ("endpoint", world.endpoint_object(id)))
            }
            _ => return Answer::refused(400, "Invalid event source URI scheme"),
        };
        match found {
            Some((kind, object)) => rest = rest.with(kind, object),
            None => return Answer::refused(422, "Event source was not found"),
        }
    }
    let mut event = Object::new();
    for (key, value) in own.into_iter().flatten() {
        if key != "eventname" {
            event = event.with(key, value.clone());
        }
    }
    let rest = rest.with("userevent", event.with("eventname", name));
    world.tell(&app, "ChannelUserevent", rest);
    Answer::done()
}

fn claim(world: &mut World, params: &Params) -> Answer {
    let Some(id) = params.some("channelId").map(str::to_owned) else {
        return Answer::refused(400, "channelId parameter is required");
    };
    let Some(app) = params.some("application").map(str::to_owned) else {
        return Answer::refused(400, "application parameter is required");
    };
    match world.claim(&id, &app) {
        Ok(()) => Answer::done(),
        Err(NotClaimed::TooLate) => {
            let message = "Channel has already been claimed by another application";
            Answer::refused(409, message)
        }
        Err(NotClaimed::NotOnOffer) => {
            Answer::refused(404, "Channel not found or not in broadcast state")
        }
    }
}
