//! The operations of applications: subscriptions and event filters.

use serde_json::Value;

use crate::model::App;
use crate::pbx::PbxState;
use crate::rest::{DeferredResponse, Params, Response};

pub(crate) fn run(pbx: &mut PbxState, name: &str, params: &Params) -> Option<DeferredResponse> {
    let reply = match name {
        "list" => Response::list(pbx.apps.iter().map(|(name, app)| app.object(name))),
        "get" => get(pbx, params),
        "subscribe" => subscribe(pbx, params, true),
        "unsubscribe" => subscribe(pbx, params, false),
        "filter" => filter(pbx, params),
        _ => return None,
    };
    Some(reply.into())
}

fn not_found() -> Response {
    Response::error(404, "Application not found")
}

fn get(pbx: &PbxState, params: &Params) -> Response {
    let name = params.path("applicationName");
    match pbx.apps.get(name) {
        Some(app) => Response::object(&app.object(name)),
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

    fn exists(&self, pbx: &PbxState) -> bool {
        match self {
            Source::Channel(id) => id.is_empty() || pbx.channels.contains_key(id),
            Source::Bridge(id) => id.is_empty() || pbx.bridges.contains_key(id),
            Source::Endpoint(id) => {
                let mut names = pbx.endpoints.keys();
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

    fn subscriptions_in<'a>(&self, app: &'a mut App) -> &'a mut crate::model::Subscriptions {
        match self {
            Source::Channel(_) => &mut app.channels,
            Source::Bridge(_) => &mut app.bridges,
            Source::Endpoint(_) => &mut app.endpoints,
            Source::Device(_) => &mut app.devices,
        }
    }
}

fn subscribe(pbx: &mut PbxState, params: &Params, on: bool) -> Response {
    let name = params.path("applicationName");
    let given = params.list("eventSource");
    if given.is_empty() && params.text("eventSource").is_none() {
        return Response::error(400, "Missing parameter eventSource");
    }
    if !pbx.apps.contains_key(name) {
        return not_found();
    }
    let wrong = || Response::error(400, "Invalid event source URI scheme");
    if given.is_empty() {
        return wrong();
    }
    // Each source is applied before the next one is checked, and stays applied if that one is
    // invalid.
    for source in &given {
        let Some(source) = &Source::parse(source) else {
            return wrong();
        };
        let done = match on {
            true => subscribe_to(pbx, name, source),
            false => unsubscribe_from(pbx, name, source),
        };
        if let Err(response) = done {
            return response;
        }
    }
    get(pbx, params)
}

fn subscribe_to(pbx: &mut PbxState, name: &str, source: &Source) -> Result<(), Response> {
    if !source.exists(pbx) {
        return Err(Response::error(422, "Event source does not exist"));
    }
    if let Some(app) = pbx.apps.get_mut(name) {
        let subscribed = source.subscriptions_in(app);
        match (source, source.id()) {
            (_, "") => subscribed.add_all(),
            // Subscriptions to devices are not counted.
            (Source::Device(_), id) => subscribed.add_once(id),
            (_, id) => subscribed.add(id),
        }
    }
    Ok(())
}

fn unsubscribe_from(pbx: &mut PbxState, name: &str, source: &Source) -> Result<(), Response> {
    let newer = pbx.behaves_like_22();
    let Some(app) = pbx.apps.get_mut(name) else {
        return Err(not_found());
    };
    let subscribed = source.subscriptions_in(app);
    let known = match source.id() {
        "" => subscribed.contains_all(),
        id => subscribed.contains(id),
    };
    if !known {
        return Err(Response::error(422, "Event source was not subscribed to"));
    }
    match (source, source.id()) {
        (Source::Device(_), "") if newer => subscribed.discard_all(),
        // Older releases report success without doing anything.
        (Source::Device(_), "") => {}
        (_, "") => return Err(Response::error(501, "Method not implemented")),
        (_, id) => {
            subscribed.remove(id);
        }
    }
    Ok(())
}

fn filter(pbx: &mut PbxState, params: &Params) -> Response {
    let name = params.path("applicationName");
    if !pbx.apps.contains_key(name) {
        return not_found();
    }
    let empty = Value::Object(serde_json::Map::new());
    let body = params.json().unwrap_or(&empty);
    let bad = || Response::error(400, "Invalid format definition");
    let list = |key: &str| {
        let given = match body {
            Value::Object(lists) if lists.is_empty() => return Ok(Some(Vec::new())),
            Value::Object(lists) => lists.get(key),
            // A list without an object around it counts for both keys.
            list => Some(list),
        };
        match given {
            None => Ok(None),
            Some(Value::Array(items)) if items.iter().all(|item| item["type"].is_string()) => {
                Ok(Some(items.clone()))
            }
            Some(_) => Err(bad()),
        }
    };
    // The disallowed types are set first, and stay set if the other list is invalid.
    let disallowed = match list("disallowed") {
        Ok(disallowed) => disallowed,
        Err(response) => return response,
    };
    let Some(app) = pbx.apps.get_mut(name) else {
        return not_found();
    };
    if let Some(disallowed) = disallowed {
        app.disallowed = disallowed;
    }
    match list("allowed") {
        Ok(Some(allowed)) => app.allowed = allowed,
        Ok(None) => {}
        Err(response) => return response,
    }
    get(pbx, params)
}
