//! Requests that a session sends on its own behalf.

use std::collections::HashMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::types::Error;
use crate::protocol::{parameter, path};
use crate::request::builder::RequestBuilder;
use crate::request::untyped_request::Request;
use crate::response::decode::decode_json;
use crate::schema::operation::{Method, Operation};
use crate::session::core::SessionCore;
use crate::state::listed_object::ListedObject;
use crate::state::sources::AppSnapshot;

/// Gets an application with its subscriptions.
pub(crate) async fn get_application(
    session: &SessionCore,
    name: &str,
) -> Result<AppSnapshot, Error> {
    get(
        session,
        session.bindings.operation(Method::Get, path::APPLICATION)?,
        &[name],
    )
    .await
}

/// Gets a list of objects, by id.
pub(crate) async fn list_objects(
    session: &SessionCore,
    path: &str,
) -> Result<HashMap<String, ListedObject>, Error> {
    let listed: Vec<ListedObject> =
        get(session, session.bindings.operation(Method::Get, path)?, &[]).await?;
    let pairs = listed.into_iter().map(|found| (found.id.clone(), found));
    Ok(pairs.collect())
}

/// Gets one object. `None` if it does not exist.
pub(crate) async fn get_object(
    session: &SessionCore,
    operation: &'static Operation,
    id: &str,
) -> Result<Option<ListedObject>, Error> {
    match get(session, operation, &[id]).await {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.status() == Some(404) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Subscribes an application to an event source.
pub(crate) async fn subscribe(
    session: &SessionCore,
    application: &str,
    source: &str,
) -> Result<(), Error> {
    change_subscription(session, Method::Post, application, source).await
}

/// Cancels the subscription of an application to an event source.
pub(crate) async fn unsubscribe(
    session: &SessionCore,
    application: &str,
    source: &str,
) -> Result<(), Error> {
    change_subscription(session, Method::Delete, application, source).await
}

/// Sets the event filter of an application.
pub(crate) async fn set_filter(
    session: &SessionCore,
    application: &str,
    filter: Map<String, Value>,
) -> Result<(), Error> {
    let operation = session
        .bindings
        .operation(Method::Put, path::EVENT_FILTER)?;
    let request = RequestBuilder::build(operation, &|request| {
        request.path_values(&[application]);
        request.json(parameter::FILTER, &filter);
    })?;
    send_change(session, &request).await
}

async fn get<T: DeserializeOwned>(
    session: &SessionCore,
    operation: &'static Operation,
    variables: &[&str],
) -> Result<T, Error> {
    let request = RequestBuilder::build_from_path(operation, variables)?;
    decode_json(operation, session.request(&request).await?)
}

async fn change_subscription(
    session: &SessionCore,
    method: Method,
    application: &str,
    source: &str,
) -> Result<(), Error> {
    let operation = session.bindings.operation(method, path::SUBSCRIPTION)?;
    let request = RequestBuilder::build(operation, &|request| {
        request.path_values(&[application]);
        request.argument(parameter::EVENT_SOURCE, &vec![source.to_owned()]);
    })?;
    send_change(session, &request).await
}

async fn send_change(session: &SessionCore, request: &Request) -> Result<(), Error> {
    decode_json(request.operation(), session.request(request).await?).map(|_: Value| ())
}
