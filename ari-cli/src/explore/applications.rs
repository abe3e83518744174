//! Applications that the user of the page registers.

use std::sync::Arc;
use std::time::Duration;

use ari_api::operations::{applications, channels};
use ari_api::stream::EventStream;
use hyper::{Method, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::events;
use super::explorer::Explorer;
use super::hub::connection_line;
use super::reply::{ApiError, Reply, json};
use crate::event::{ApplicationSocketRequest, CommandConnection, CommandEvent};
use crate::registration::{self, describe_objects};
use crate::subscriptions::unsubscribe;
use crate::{api_request, temp_app};

/// The maximum number of channels whose subscriptions are cancelled when an application is left.
const MAX_CHANNELS: usize = 100;

/// The treatment of an application that another program may have registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conflict {
    /// Returns an error.
    Refuse,
    /// Connects as it, so that Asterisk disconnects that program.
    TakeOver,
}

/// Responds to a request for `/api/applications`, with the name of an application or none. The query
/// `take-over` registers it even if another program may have done so.
pub(super) async fn respond(
    explorer: &Arc<Explorer>,
    method: &Method,
    name: &str,
    query: Option<&str>,
) -> Result<Reply, ApiError> {
    let name = percent_decode_str(name).decode_utf8();
    let name =
        name.map_err(|_| ApiError::bad_request("the name of the application is not UTF-8"))?;
    match (method.as_str(), &*name) {
        ("GET", "") => Ok(json(&explorer.applications.list())),
        (_, "") => Err(ApiError::method_not_allowed("GET")),
        ("POST" | "DELETE", _) if explorer.is_read_only => Err(ApiError::read_only()),
        ("POST", name) => {
            let conflict = match query {
                Some("take-over") => Conflict::TakeOver,
                _ => Conflict::Refuse,
            };
            register(explorer, name, conflict).await?;
            Ok(json(&json!({"application": name})))
        }
        ("DELETE", name) => {
            let kept = leave(explorer, name).await?;
            Ok(json(&json!({"application": name, "kept": kept})))
        }
        _ => Err(ApiError::method_not_allowed("POST, DELETE")),
    }
}

/// Registers an application.
pub(super) async fn register(
    explorer: &Arc<Explorer>,
    name: &str,
    conflict: Conflict,
) -> Result<(), ApiError> {
    if name.is_empty() || name.contains(',') || temp_app::is_temp_app(name) {
        return Err(ApiError::bad_request(format!(
            "{name:?} cannot be the name of an application: give a name such as hello, without commas"
        )));
    }
    let mut claim = explorer.applications.claim(name)?;
    let connection = &explorer.connection;
    let failed = |error| ApiError::from_server(error, &explorer.global);
    let found = match conflict {
        Conflict::TakeOver => None,
        Conflict::Refuse => {
            let found = registration::find_in_use(connection, name).await;
            found.map_err(failed)?
        }
    };
    // The server may keep it because of its channels.
    let is_own = |found: &Value| claim.is_own() && explorer.own_objects.permits(name, found);
    if let Some(found) = found.filter(|found| !is_own(found)) {
        let reason = registration::in_use(name, &found);
        let hint = match claim.mark_replaced() {
            true => "take it over, or choose another name",
            false => "choose another name",
        };
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            format!("{reason}: {hint}"),
        ));
    }
    let request = ApplicationSocketRequest::new(&[name.to_owned()], false);
    explorer.own_objects.permit_next(name);
    let stream = connection.connect(&request).await;
    explorer.own_objects.end_permission(name);
    let stream = stream.map_err(failed)?;
    let (leave, left) = oneshot::channel();
    let task = follow(Arc::clone(explorer), name.to_owned(), stream, left);
    claim.register(leave, task);
    Ok(())
}

/// Passes on the events of an application until it is left. Returns what the server keeps.
async fn follow(
    explorer: Arc<Explorer>,
    name: String,
    mut stream: EventStream<CommandEvent>,
    left: oneshot::Receiver<()>,
) -> Option<String> {
    // The state is the newest one before a page learns that it has changed.
    let publish = |state: &str, text: &str| {
        match state {
            "lost" => explorer.applications.set_state(&name, "reconnecting", text),
            _ => explorer.applications.set_state(&name, "connected", text),
        }
        explorer.hub.publish(&connection_line(&name, state, text));
    };
    tokio::select! {
        ended = events::follow(&mut stream, &name, &explorer.hub, Some(&explorer.own_objects), publish) => {
            let reason = ended.reason.clone();
            explorer.applications.end(&name, ended);
            explorer.hub.publish(&connection_line(&name, "ended", &reason));
            None
        }
        _ = left => {
            cancel_subscriptions(&explorer.connection, &name).await;
            stream.close(Duration::from_secs(1)).await;
            let kept = find_kept(&explorer.connection, &name).await;
            explorer.applications.remove(&name);
            explorer.own_objects.remove(&name);
            explorer.hub.publish(&connection_line(&name, "left", kept.as_deref().unwrap_or_default()));
            kept
        }
    }
}

/// Leaves an application. Returns what the server keeps of it.
async fn leave(explorer: &Explorer, name: &str) -> Result<Option<String>, ApiError> {
    let registered = explorer.applications.take(name);
    let Some(registered) = registered else {
        if explorer.applications.remove_ended(name) {
            explorer.own_objects.remove(name);
            explorer.hub.publish(&connection_line(name, "left", ""));
            return Ok(None);
        }
        return Err(ApiError::new(
            StatusCode::NOT_FOUND,
            format!("the application {name:?} is not registered by this page"),
        ));
    };
    // Fails only if the connection ends at this moment.
    let _ = registered.leave.send(());
    Ok(registered.task.await.unwrap_or_default())
}

/// Leaves all applications. Returns what the server keeps of them.
pub(super) async fn leave_all(explorer: &Explorer) -> Vec<String> {
    let mut tasks = Vec::new();
    for registered in explorer.applications.take_all() {
        let _ = registered.leave.send(());
        tasks.push(registered.task);
    }
    let mut kept = Vec::new();
    for task in tasks {
        kept.extend(task.await.unwrap_or_default());
    }
    kept
}

/// Cancels the subscriptions that the user has made, because of which the server would keep the
/// application. Channels in the application stay.
async fn cancel_subscriptions(connection: &CommandConnection, name: &str) {
    let Ok(found) = get(connection, name).await else {
        return;
    };
    let ids = |key: &str| {
        let ids = found[key].as_array().cloned().unwrap_or_default();
        let ids = ids.into_iter();
        ids.filter_map(|id| Some(id.as_str()?.to_owned()))
    };
    let kinds = [
        ("bridge", "bridge_ids"),
        ("endpoint", "endpoint_ids"),
        ("deviceState", "device_names"),
    ];
    let mut sources: Vec<String> = Vec::new();
    for (kind, key) in kinds {
        sources.extend(ids(key).map(|id| format!("{kind}:{id}")));
    }
    for id in ids("channel_ids").take(MAX_CHANNELS) {
        let arguments = [("channelId", Value::from(id.as_str()))];
        let channel = api_request::execute(connection, &channels::GET, &arguments).await;
        if channel.is_ok_and(|channel| channel["dialplan"]["app_name"] != "Stasis") {
            sources.push(format!("channel:{id}"));
        }
    }
    unsubscribe(connection, name, &sources).await;
}

/// Returns a description of what the server keeps of an application that was left.
async fn find_kept(connection: &CommandConnection, name: &str) -> Option<String> {
    let found = registration::find(|| get(connection, name)).await.ok()??;
    Some(format!(
        "the server keeps the application {name:?}, with {}; it removes it after these have ended, \
         when any WebSocket closes",
        describe_objects(&found)
    ))
}

async fn get(connection: &CommandConnection, name: &str) -> Result<Value, ari_api::Error> {
    let arguments = [("applicationName", Value::from(name))];
    api_request::execute(connection, &applications::GET, &arguments).await
}
