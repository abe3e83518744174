//! What a session asks the server itself: what a gap has changed, and whether a channel that left
//! the application will be heard of again.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::hub::Hub;
use super::log;
use super::memory::{self, Wishes, is_topic};
use super::session::Core;
use super::{ConnectionEvent, Object, Reconciliation};
use crate::runtime::request::operation;
use crate::runtime::{Call, Error, Message, Method, Operation};

/// How long after a channel has left the application the server is asked about it: as a rule its
/// end is told before.
const LEFT: Duration = Duration::from_secs(1);

/// The longest pause before a server that did not answer that is asked again.
const PATIENCE: Duration = Duration::from_secs(30);

/// What `GET /applications/{applicationName}` tells of subscriptions.
#[derive(Deserialize)]
struct Application {
    channel_ids: Vec<String>,
    bridge_ids: Vec<String>,
    endpoint_ids: Vec<String>,
    device_names: Vec<String>,
}

impl Application {
    /// Whether the application is subscribed to an event source.
    fn has(&self, source: &str) -> bool {
        let Some((scheme, id)) = source.split_once(':') else {
            return false;
        };
        let known = match scheme {
            "channel" => &self.channel_ids,
            "bridge" => &self.bridge_ids,
            "endpoint" => &self.endpoint_ids,
            "deviceState" => &self.device_names,
            _ => return false,
        };
        let all = |known: &str| id.is_empty() && is_topic(known);
        known.iter().any(|known| known == id || all(known))
    }

    /// Whether the application is told what happens to a channel: by itself, as one of all, or as
    /// one of an endpoint, whose name that of the channel begins with.
    fn hears(&self, id: &str, name: &str) -> bool {
        let endpoint = name.rsplit_once('-').map_or(name, |(endpoint, _)| endpoint);
        let technology = name.split('/').next().unwrap_or_default();
        let channels = self.channel_ids.iter();
        let endpoints = self.endpoint_ids.iter();
        channels.clone().any(|known| known == id || is_topic(known))
            || endpoints
                .clone()
                .any(|known| known == endpoint || known == technology || is_topic(known))
    }
}

/// Makes sure that the server knows the applications of a new socket, and that they get the events
/// of everything if they want them.
pub(super) async fn after_connecting<E: Message>(core: Arc<Core<E>>) {
    let mut found = Reconciliation::default();
    for name in core.names.list().iter() {
        let wishes = core.memory.wishes(name);
        if wishes.sources.is_empty() {
            continue;
        }
        match application(&core, name).await {
            Ok(application) => put_back(&core, name, &wishes, &application, &mut found).await,
            Err(error) => found.failures.push(error.to_string()),
        }
    }
    for failure in found.failures {
        log::warn(
            &core,
            format_args!("not subscribed to everything: {failure}"),
        );
    }
    if core.transport.is_none() {
        return;
    }
    // By then a former socket has closed.
    sleep(LEFT).await;
    for name in &core.left() {
        if let Err(error) = application(&core, name).await
            && error.status() == Some(404)
        {
            return renew(&core, name);
        }
    }
}

/// Asterisk can remove an application with its former socket, when that closes in the instant in
/// which the new one opens. The new one stays open then, and nothing arrives on it.
fn renew<E: Message>(core: &Core<E>, name: &str) {
    core.renew(&format!(
        "the server does not know the application {name:?}"
    ));
}

/// Puts back what a server may have forgotten, and finds out what has changed.
pub(super) async fn after_gap<E: Message>(core: Arc<Core<E>>) {
    let mut found = Reconciliation::default();
    let (channels, bridges) = core.memory.known();
    let mut own = Application {
        channel_ids: Vec::new(),
        bridge_ids: Vec::new(),
        endpoint_ids: Vec::new(),
        device_names: Vec::new(),
    };
    let mut all_told = true;
    for name in &core.left() {
        match application(&core, name).await {
            Ok(application) => {
                let wishes = core.memory.wishes(name);
                put_back(&core, name, &wishes, &application, &mut found).await;
                own.channel_ids.extend(application.channel_ids);
                own.bridge_ids.extend(application.bridge_ids);
                own.endpoint_ids.extend(application.endpoint_ids);
            }
            Err(error) if error.status() == Some(404) => return renew(&core, name),
            Err(error) => {
                all_told = false;
                found.failures.push(error.to_string());
            }
        }
    }
    let inside = core.memory.inside();
    for (class, path, known, subscribed, vanished, appeared) in [
        (
            "channel",
            "/channels",
            channels,
            own.channel_ids.clone(),
            &mut found.vanished_channels,
            &mut found.appeared_channels,
        ),
        (
            "bridge",
            "/bridges",
            bridges,
            own.bridge_ids.clone(),
            &mut found.vanished_bridges,
            &mut found.appeared_bridges,
        ),
    ] {
        // Before the list: a stream of what is made meanwhile is not concerned.
        let watched = core.hub.watched(class);
        match list(&core, path).await {
            Ok(there) => {
                for id in watched.iter().filter(|id| !there.contains_key(*id)) {
                    core.hub.gone(Object::new(class, id), IN_THE_GAP);
                }
                if class == "channel" && all_told {
                    for id in &inside {
                        if let Some(name) = there.get(id).filter(|name| !own.hears(id, name)) {
                            found.left_channels.push(id.clone());
                            // Another application of the client may hear of it.
                            if hears_of(&core.hub, id, name).await == Some(false) {
                                core.hub.gone(Object::new(class, id), HAS_LEFT);
                            }
                        }
                    }
                    found.left_channels.sort();
                }
                let gone = known.iter().filter(|id| !there.contains_key(*id));
                *vanished = gone.cloned().collect();
                vanished.sort();
                *appeared = subscribed;
                if appeared.iter().any(|id| is_topic(id)) {
                    *appeared = there.keys().cloned().collect();
                }
                appeared.retain(|id| !known.contains(id));
                appeared.sort();
                appeared.dedup();
            }
            Err(error) => found.failures.push(error.to_string()),
        }
    }
    for class in E::CLASSES.iter().filter(|class| class.ends) {
        // Those two have been listed.
        let Some(get) = class
            .get
            .filter(|_| !matches!(class.name, "channel" | "bridge"))
        else {
            continue;
        };
        for id in core.hub.watched(class.name) {
            match ask::<E, Value>(&core, get, &[&id]).await {
                Err(error) if error.status() == Some(404) => {
                    core.hub.gone(Object::new(class.name, &id), IN_THE_GAP);
                }
                Err(error) => found.failures.push(error.to_string()),
                Ok(_) => {}
            }
        }
    }
    // At once, so that nothing is taken for known that was not told.
    let gone = [&found.vanished_channels[..], &found.left_channels[..]].concat();
    core.memory.correct(&gone, &found.appeared_channels, false);
    core.memory
        .correct(&found.vanished_bridges, &found.appeared_bridges, true);
    core.announce(&ConnectionEvent::Reconciled(Arc::new(found)));
}

const HAS_LEFT: &str = "it left the application, which is not subscribed to it any more";

const IN_THE_GAP: &str = "it ended while the WebSocket was not connected";

/// Subscribes again to what is missing, and sets the event filter again.
async fn put_back<E: Message>(
    core: &Core<E>,
    name: &str,
    wishes: &Wishes,
    application: &Application,
    found: &mut Reconciliation,
) {
    for source in &wishes.sources {
        // A second subscription to the same source would outlive one cancellation.
        if application.has(source) {
            continue;
        }
        let query = vec![("eventSource", source.clone())];
        match change::<E>(core, Method::Post, memory::SUBSCRIPTION, name, query, None).await {
            Ok(()) => found.restored.push(source.clone()),
            Err(error) => {
                // A channel or bridge that is gone does not come back.
                if error.status() == Some(422) && source.starts_with(['c', 'b']) {
                    core.memory.unwish(source);
                }
                found.failures.push(format!("{source}: {error}"));
            }
        }
    }
    if !wishes.filter.is_empty() {
        let body = Value::Object(wishes.filter.clone()).to_string();
        let body = Some(Bytes::from(body));
        let result = change::<E>(core, Method::Put, memory::FILTER, name, Vec::new(), body).await;
        if let Err(error) = result {
            found.failures.push(format!("the event filter: {error}"));
        }
    }
}

/// A channel has left the application. If the application is not subscribed to it otherwise,
/// nothing will be heard of it any more, and its streams have to end.
pub(super) fn when_channel_leaves<E: Message>(
    core: &Arc<Core<E>>,
    raw: &str,
    helpers: &mut JoinSet<()>,
) {
    let Some(id) = memory::id_in(raw, &memory::CHANNEL) else {
        return;
    };
    if !core.hub.is_watched("channel", &id) {
        return;
    }
    #[derive(Deserialize)]
    struct Left {
        channel: Identified,
    }
    let Ok(left) = serde_json::from_str::<Left>(raw) else {
        return;
    };
    let name = left.channel.name;
    let core = core.clone();
    helpers.spawn(async move {
        let mut pause = LEFT;
        loop {
            sleep(pause).await;
            if !core.hub.is_watched("channel", &id) {
                return;
            }
            match hears_of(&core.hub, &id, &name).await {
                Some(true) => return,
                Some(false) => return core.hub.gone(Object::new("channel", &id), HAS_LEFT),
                None => pause = (pause * 2).min(PATIENCE),
            }
        }
    });
}

/// Whether any application of the client is told what happens to a channel; none where the server
/// does not tell.
async fn hears_of<E: Message>(hub: &Hub<E>, id: &str, name: &str) -> Option<bool> {
    let mut heard = Some(false);
    for session in hub.sessions() {
        for application_name in &session.left() {
            match application(&session, application_name).await {
                Ok(application) if application.hears(id, name) => return Some(true),
                Ok(_) => {}
                // The server has forgotten the application, and its subscriptions.
                Err(error) if error.status() == Some(404) => {}
                Err(_) => heard = None,
            }
        }
    }
    heard
}

async fn application<E: Message>(core: &Core<E>, name: &str) -> Result<Application, Error> {
    let operation = operation::<E>(Method::Get, "/applications/{applicationName}")?;
    ask(core, operation, &[name]).await
}

#[derive(Deserialize)]
struct Identified {
    id: String,
    #[serde(default)]
    name: String,
}

/// The ids of what the server lists, and the names.
async fn list<E: Message>(
    core: &Core<E>,
    path: &'static str,
) -> Result<HashMap<String, String>, Error> {
    let operation = operation::<E>(Method::Get, path)?;
    let listed: Vec<Identified> = ask(core, operation, &[]).await?;
    let pairs = listed.into_iter().map(|object| (object.id, object.name));
    Ok(pairs.collect())
}

async fn ask<E: Message, T: DeserializeOwned>(
    core: &Core<E>,
    operation: &'static Operation,
    variables: &[&str],
) -> Result<T, Error> {
    let call = Call::of(operation, variables, Vec::new(), None);
    crate::runtime::read_json(operation, core.ask(&call).await?)
}

async fn change<E: Message>(
    core: &Core<E>,
    method: Method,
    path: &'static str,
    name: &str,
    query: Vec<(&'static str, String)>,
    body: Option<Bytes>,
) -> Result<(), Error> {
    let operation = operation::<E>(method, path)?;
    let call = Call::of(operation, &[name], query, body);
    let answer = core.ask(&call).await?;
    crate::runtime::read_json::<Value>(operation, answer).map(|_| ())
}
