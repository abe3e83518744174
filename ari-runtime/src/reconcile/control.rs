//! Requests that a session sends on its own behalf.

use std::collections::HashMap;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::types::Error;
use crate::event::event_type::EventType;
use crate::request::encoded::{Request, RequestEncoder};
use crate::request::typed_request::operation;
use crate::response::decode::decode_json;
use crate::schema::operation::{Method, Operation};
use crate::session::core::SessionCore;
use crate::state::listed_object::ListedObject;
use crate::state::sources::AppSnapshot;
use crate::state::subscriptions;

/// Gets an application with its subscriptions.
pub(crate) async fn get_application<E: EventType>(
    session: &SessionCore,
    name: &str,
) -> Result<AppSnapshot, Error> {
    get(
        session,
        operation::<E>(Method::Get, "/applications/{applicationName}")?,
        &[name],
    )
    .await
}

/// Gets a list of objects, by id.
pub(crate) async fn list_objects<E: EventType>(
    session: &SessionCore,
    path: &str,
) -> Result<HashMap<String, ListedObject>, Error> {
    let listed: Vec<ListedObject> = get(session, operation::<E>(Method::Get, path)?, &[]).await?;
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
pub(crate) async fn subscribe<E: EventType>(
    session: &SessionCore,
    application: &str,
    source: &str,
) -> Result<(), Error> {
    change_subscription::<E>(session, Method::Post, application, source).await
}

/// Cancels the subscription of an application to an event source.
pub(crate) async fn unsubscribe<E: EventType>(
    session: &SessionCore,
    application: &str,
    source: &str,
) -> Result<(), Error> {
    change_subscription::<E>(session, Method::Delete, application, source).await
}

/// Sets the event filter of an application.
pub(crate) async fn set_filter<E: EventType>(
    session: &SessionCore,
    application: &str,
    filter: Map<String, Value>,
) -> Result<(), Error> {
    let operation = operation::<E>(Method::Put, subscriptions::FILTER)?;
    let body = Some(Bytes::from(Value::Object(filter).to_string()));
    let request = Request::internal(operation, &[application], Vec::new(), body);
    send_change(session, &request).await
}

async fn get<T: DeserializeOwned>(
    session: &SessionCore,
    operation: &'static Operation,
    variables: &[&str],
) -> Result<T, Error> {
    let request = Request::internal(operation, variables, Vec::new(), None);
    decode_json(operation, session.request(&request).await?)
}

async fn change_subscription<E: EventType>(
    session: &SessionCore,
    method: Method,
    application: &str,
    source: &str,
) -> Result<(), Error> {
    let operation = operation::<E>(method, subscriptions::SUBSCRIPTION)?;
    // Encoded like a request of the application: ids that a query cannot carry go into the body.
    let sources = vec![source.to_owned()];
    let request = RequestEncoder::request(operation, &|encoder| {
        encoder.path_param("applicationName", &application.to_owned());
        encoder.query_param("eventSource", &sources);
    })?;
    send_change(session, &request).await
}

async fn send_change(session: &SessionCore, request: &Request) -> Result<(), Error> {
    decode_json(request.operation(), session.request(request).await?).map(|_: Value| ())
}
