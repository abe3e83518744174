//! Applications: their subscriptions and filters.

use serde_json::Value;

use crate::pbx::{App, World};
use crate::server::{Answer, Params, Reply};

pub(crate) fn run(world: &mut World, name: &str, params: &Params) -> Option<Reply> {
    let reply = match name {
        "list" => Answer::list(world.apps.iter().map(|(name, app)| app.object(name))),
        "get" => state(world, params),
        "subscribe" => subscribe(world, params, true),
        "unsubscribe" => subscribe(world, params, false),
        "filter" => filter(world, params),
        _ => return None,
    };
    Some(reply.into())
}

fn not_found() -> Answer {
    Answer::refused(404, "Application not found")
}

fn state(world: &World, params: &Params) -> Answer {
    let name = params.path("applicationName");
    match world.apps.get(name) {
        Some(app) => Answer::object(&app.object(name)),
        None => not_found(),
    }
}

/// An event source: a scheme and an id.
enum Source {
    Channel(String),
    Bridge(String),
    Endpoint(String),
    Device(String),
}

impl Source {
    fn parse(text: &str) -> Option<Self> {
        let (scheme, id) = text.split_once(':')?;
        let id = id.to_owned();
        Some(match scheme {
            "channel" => Source::Channel(id),
            "bridge" => Source::Bridge(id),
            "endpoint" => Source::Endpoint(id),
            "deviceState" => Source::Device(id),
            _ => return None,
        })
    }

    fn exists(&self, world: &World) -> bool {
        match self {
            Source::Channel(id) => id.is_empty() || world.channels.contains_key(id),
            Source::Bridge(id) => id.is_empty() || world.bridges.contains_key(id),
            Source::Endpoint(id) => {
                let mut names = world.endpoints.keys();
                id.is_empty() || names.any(|name| name == id || name.split('/').next() == Some(id))
            }
            Source::Device(_) => true,
        }
    }

    fn id(&self) -> &str {
        match self {
            Source::Channel(id)
            | Source::Bridge(id)
            | Source::Endpoint(id)
            | Source::Device(id) => id,
        }
    }

    fn of<'a>(&self, app: &'a mut App) -> &'a mut crate::pbx::Sources {
        match self {
            Source::Channel(_) => &mut app.channels,
            Source::Bridge(_) => &mut app.bridges,
            Source::Endpoint(_) => &mut app.endpoints,
            Source::Device(_) => &mut app.devices,
        }
    }
}

fn subscribe(world: &mut World, params: &Params, on: bool) -> Answer {
    let name = params.path("applicationName");
    let given = params.list("eventSource");
    if given.is_empty() && params.text("eventSource").is_none() {
        return Answer::refused(400, "Missing parameter eventSource");
    }
    if !world.apps.contains_key(name) {
        return not_found();
    }
    let mut sources = Vec::new();
    for source in &given {
        match Source::parse(source) {
            Some(source) => sources.push(source),
            None => return Answer::refused(400, "Invalid event source URI scheme"),
        }
    }
    if sources.is_empty() {
        return Answer::refused(400, "Invalid event source URI scheme");
    }
    for source in &sources {
        let known = world.apps.get_mut(name).is_some_and(|app| {
            let subscribed = source.of(app);
            subscribed.all && source.id().is_empty() || subscribed.has(source.id())
        });
        if on && !source.exists(world) {
            return Answer::refused(422, "Event source does not exist");
        }
        if !on && !known {
            return Answer::refused(422, "Event source was not subscribed to");
        }
        if !on && source.id().is_empty() && !matches!(source, Source::Device(_)) {
            return Answer::refused(501, "Method not implemented");
        }
    }
    if let Some(app) = world.apps.get_mut(name) {
        for source in &sources {
            let (subscribed, id) = (source.of(app), source.id());
            match (on, id.is_empty()) {
                (_, true) => subscribed.all = on,
                (true, false) => subscribed.add_once(id),
                (false, false) => subscribed.forget(id),
            }
        }
    }
    state(world, params)
}

fn filter(world: &mut World, params: &Params) -> Answer {
    let name = params.path("applicationName");
    if !world.apps.contains_key(name) {
        return not_found();
    }
    let empty = Value::Object(serde_json::Map::new());
    let body = params.json().unwrap_or(&empty);
    let bad = || Answer::refused(400, "Invalid format definition");
    let Some(body) = body.as_object() else {
        return bad();
    };
    let list = |key: &str| match body.get(key) {
        None => Ok(None),
        Some(Value::Array(items)) if items.iter().all(|item| item["type"].is_string()) => {
            Ok(Some(items.clone()))
        }
        Some(_) => Err(bad()),
    };
    let (allowed, disallowed) = match (list("allowed"), list("disallowed")) {
        (Ok(allowed), Ok(disallowed)) => (allowed, disallowed),
        (Err(answer), _) | (_, Err(answer)) => return answer,
    };
    if let Some(app) = world.apps.get_mut(name) {
        if body.is_empty() {
            app.allowed.clear();
            app.disallowed.clear();
        }
        if let Some(allowed) = allowed {
            app.allowed = allowed;
        }
        if let Some(disallowed) = disallowed {
            app.disallowed = disallowed;
        }
    }
    state(world, params)
}
