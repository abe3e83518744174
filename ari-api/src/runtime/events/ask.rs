//! What a session asks of the server on its own behalf.

use std::collections::HashMap;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::hearing::Application;
use super::shared::Core;
use super::wishes;
use crate::runtime::request::operation;
use crate::runtime::{Call, Encoder, Error, Message, Method, Operation, read_json};

/// What is there, as far as sessions care: an entry of a list, or an object by itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Found {
    pub(super) id: String,
    /// That of a channel begins with that of its endpoint.
    pub(super) name: String,
    /// What a playback or a recording was made in.
    pub(super) target_uri: Option<String>,
    state: String,
    dialplan: Dialplan,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Dialplan {
    app_name: Option<String>,
    app_data: Option<String>,
}

impl Found {
    /// The Stasis application in whose name a channel has begun to execute `Stasis()`, and is still
    /// in it; nothing where the server does not tell, and where it executes something else.
    pub(super) fn stasis(&self) -> Option<&str> {
        let name = self.dialplan.app_name.as_deref()?;
        let data = self.dialplan.app_data.as_deref().unwrap_or_default();
        (name == "Stasis").then(|| data.split(',').next().unwrap_or_default())
    }

    /// Whether a channel was offered to all applications, by which it has entered one if any.
    pub(super) fn is_offered(&self) -> bool {
        self.dialplan.app_name.as_deref() == Some("StasisBroadcast")
    }

    /// Whether the server tells what a channel executes: not all releases do.
    pub(super) fn tells_stasis(&self) -> bool {
        self.dialplan.app_name.is_some()
    }

    /// Whether a channel has been answered.
    pub(super) fn is_up(&self) -> bool {
        self.state == "Up"
    }
}

/// What an application is subscribed to.
pub(super) async fn application<E: Message>(
    core: &Core<E>,
    name: &str,
) -> Result<Application, Error> {
    get(
        core,
        operation::<E>(Method::Get, "/applications/{applicationName}")?,
        &[name],
    )
    .await
}

/// What the server lists, by id.
pub(super) async fn list<E: Message>(
    core: &Core<E>,
    path: &str,
) -> Result<HashMap<String, Found>, Error> {
    let listed: Vec<Found> = get(core, operation::<E>(Method::Get, path)?, &[]).await?;
    let pairs = listed.into_iter().map(|found| (found.id.clone(), found));
    Ok(pairs.collect())
}

/// One object; nothing where there is none.
pub(super) async fn object<E: Message>(
    core: &Core<E>,
    operation: &'static Operation,
    id: &str,
) -> Result<Option<Found>, Error> {
    match get(core, operation, &[id]).await {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.status() == Some(404) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Subscribes an application to an event source.
pub(super) async fn subscribe<E: Message>(
    core: &Core<E>,
    application: &str,
    source: &str,
) -> Result<(), Error> {
    change_subscription(core, Method::Post, application, source).await
}

/// Cancels the subscription of an application to an event source.
pub(super) async fn unsubscribe<E: Message>(
    core: &Core<E>,
    application: &str,
    source: &str,
) -> Result<(), Error> {
    change_subscription(core, Method::Delete, application, source).await
}

/// Sets the event filter of an application.
pub(super) async fn filter<E: Message>(
    core: &Core<E>,
    application: &str,
    filter: Map<String, Value>,
) -> Result<(), Error> {
    let operation = operation::<E>(Method::Put, wishes::FILTER)?;
    let body = Some(Bytes::from(Value::Object(filter).to_string()));
    let call = Call::of(operation, &[application], Vec::new(), body);
    change(core, &call).await
}

async fn get<E: Message, T: DeserializeOwned>(
    core: &Core<E>,
    operation: &'static Operation,
    variables: &[&str],
) -> Result<T, Error> {
    let call = Call::of(operation, variables, Vec::new(), None);
    read_json(operation, core.ask(&call).await?)
}

async fn change_subscription<E: Message>(
    core: &Core<E>,
    method: Method,
    application: &str,
    source: &str,
) -> Result<(), Error> {
    let operation = operation::<E>(method, wishes::SUBSCRIPTION)?;
    // As a caller's is: ids that a query cannot carry go into the body.
    let sources = vec![source.to_owned()];
    let call = Encoder::call(operation, &|encoder| {
        encoder.path("applicationName", &application.to_owned());
        encoder.query("eventSource", &sources);
    })?;
    change(core, &call).await
}

async fn change<E: Message>(core: &Core<E>, call: &Call) -> Result<(), Error> {
    read_json(call.operation(), core.ask(call).await?).map(|_: Value| ())
}
