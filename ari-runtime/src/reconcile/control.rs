//! Requests that a session sends on its own behalf.

use std::collections::HashMap;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::types::Error;
use crate::event::event_type::EventType;
use crate::request::encoded::{Request, RequestEncoder};
use crate::request::typed_request::operation;
use crate::response::decode::decode_json;
use crate::schema::operation::{Method, Operation};
use crate::session::session_state::SessionState;
use crate::state::sources::AppSnapshot;
use crate::state::subscriptions;

/// The parts of a channel, bridge, playback or recording that sessions need, from a list or a
/// single response.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListedObject {
    pub(crate) id: String,
    /// The name of a channel begins with the name of its endpoint.
    pub(crate) name: String,
    /// The channel or bridge that a playback or a recording belongs to.
    pub(crate) target_uri: Option<String>,
    state: String,
    dialplan: Dialplan,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Dialplan {
    app_name: Option<String>,
    app_data: Option<String>,
}

impl ListedObject {
    /// Returns the application that a channel has passed to `Stasis()` in the dialplan, if it is
    /// still in `Stasis()`. `None` if the server does not report it or the channel executes
    /// something else.
    pub(crate) fn stasis_application(&self) -> Option<&str> {
        let name = self.dialplan.app_name.as_deref()?;
        let data = self.dialplan.app_data.as_deref().unwrap_or_default();
        (name == "Stasis").then(|| data.split(',').next().unwrap_or_default())
    }

    /// Returns true if a channel was offered to all applications. It is then in the application
    /// that has claimed it, if any.
    pub(crate) fn is_broadcast(&self) -> bool {
        self.dialplan.app_name.as_deref() == Some("StasisBroadcast")
    }

    /// Returns true if the server reports the dialplan application that a channel executes. Not all
    /// releases do.
    pub(crate) fn reports_dialplan(&self) -> bool {
        self.dialplan.app_name.is_some()
    }

    /// Returns true if a channel has been answered.
    pub(crate) fn is_up(&self) -> bool {
        self.state == "Up"
    }
}

/// Gets an application with its subscriptions.
pub(crate) async fn get_application<E: EventType>(
    core: &SessionState<E>,
    name: &str,
) -> Result<AppSnapshot, Error> {
    get(
        core,
        operation::<E>(Method::Get, "/applications/{applicationName}")?,
        &[name],
    )
    .await
}

/// Gets a list of objects, by id.
pub(crate) async fn list_objects<E: EventType>(
    core: &SessionState<E>,
    path: &str,
) -> Result<HashMap<String, ListedObject>, Error> {
    let listed: Vec<ListedObject> = get(core, operation::<E>(Method::Get, path)?, &[]).await?;
    let pairs = listed.into_iter().map(|found| (found.id.clone(), found));
    Ok(pairs.collect())
}

/// Gets one object. `None` if it does not exist.
pub(crate) async fn get_object<E: EventType>(
    core: &SessionState<E>,
    operation: &'static Operation,
    id: &str,
) -> Result<Option<ListedObject>, Error> {
    match get(core, operation, &[id]).await {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.status() == Some(404) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Subscribes an application to an event source.
pub(crate) async fn subscribe<E: EventType>(
    core: &SessionState<E>,
    application: &str,
    source: &str,
) -> Result<(), Error> {
    change_subscription(core, Method::Post, application, source).await
}

/// Cancels the subscription of an application to an event source.
pub(crate) async fn unsubscribe<E: EventType>(
    core: &SessionState<E>,
    application: &str,
    source: &str,
) -> Result<(), Error> {
    change_subscription(core, Method::Delete, application, source).await
}

/// Sets the event filter of an application.
pub(crate) async fn set_filter<E: EventType>(
    core: &SessionState<E>,
    application: &str,
    filter: Map<String, Value>,
) -> Result<(), Error> {
    let operation = operation::<E>(Method::Put, subscriptions::FILTER)?;
    let body = Some(Bytes::from(Value::Object(filter).to_string()));
    let call = Request::internal(operation, &[application], Vec::new(), body);
    send_change(core, &call).await
}

async fn get<E: EventType, T: DeserializeOwned>(
    core: &SessionState<E>,
    operation: &'static Operation,
    variables: &[&str],
) -> Result<T, Error> {
    let call = Request::internal(operation, variables, Vec::new(), None);
    decode_json(operation, core.request(&call).await?)
}

async fn change_subscription<E: EventType>(
    core: &SessionState<E>,
    method: Method,
    application: &str,
    source: &str,
) -> Result<(), Error> {
    let operation = operation::<E>(method, subscriptions::SUBSCRIPTION)?;
    // Encoded like a request of the application: ids that a query cannot carry go into the body.
    let sources = vec![source.to_owned()];
    let call = RequestEncoder::request(operation, &|encoder| {
        encoder.path_param("applicationName", &application.to_owned());
        encoder.query_param("eventSource", &sources);
    })?;
    send_change(core, &call).await
}

async fn send_change<E: EventType>(core: &SessionState<E>, call: &Request) -> Result<(), Error> {
    decode_json(call.operation(), core.request(call).await?).map(|_: Value| ())
}
