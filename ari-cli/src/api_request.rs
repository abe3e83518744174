//! Requests of the commands, and their responses as JSON.

use ari_api::client::{decode_empty, decode_json};
use ari_api::operations::OPERATIONS;
use ari_api::schema::{
    Availability, Location, Method, Operation, Parameter, ParameterType, ResponseType,
};
use ari_api::transport::Request;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::event::CommandConnection;

/// The resource of operations that are not in the table.
pub(crate) const RESOURCE: &str = "request";

/// Sends a request, and returns the response as JSON.
pub(crate) async fn execute(
    connection: &CommandConnection,
    operation: &'static Operation,
    arguments: &[(&str, Value)],
) -> Result<Value, ari_api::Error> {
    let request = Request::from_arguments(operation, arguments.iter().cloned())?;
    let response = connection.execute(&request).await?;
    match operation.response {
        ResponseType::Empty => decode_empty(operation, response).map(|()| Value::Null),
        _ => decode_json(operation, response),
    }
}

/// Builds a request for any path, with an operation that is not in the table.
pub(crate) fn any_request(
    method: Method,
    path: String,
    body: Option<Value>,
) -> Result<Request, ari_api::Error> {
    const EVERYWHERE: Availability = Availability {
        releases: ari_api::operations::RELEASES,
        since: &[],
        until: &[],
    };
    const BODY: &[Parameter] = &[Parameter {
        name: "body",
        description: "",
        wire_format: "",
        location: Location::Body,
        kind: ParameterType::Json,
        required: false,
        sends_default: false,
        duration: None,
        reserved: &[],
        default: None,
        values: &[],
        min: None,
        max: None,
        availability: EVERYWHERE,
    }];
    // A server that lacks the operation may take the request for one of another operation.
    let known = find_overlapping(method, &path);
    // At most two requests of a process are built here.
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        resource: RESOURCE,
        nickname: method.as_str(),
        description: "",
        wire_format: "",
        method,
        path: String::leak(path),
        parameters: BODY,
        response: ResponseType::Json("any"),
        errors: &[],
        websocket_protocol: None,
        blocks_channel_queue: false,
        rewrite: None,
        overlaps: known.map_or(&[], |known| known.overlaps),
        requires_modules: &[],
        availability: known.map_or(EVERYWHERE, |known| known.availability),
    }));
    Request::from_arguments(operation, body.map(|body| ("body", body)))
}

/// Returns the operation of the table that a request is for, if it has
/// [`overlaps`](Operation::overlaps).
fn find_overlapping(method: Method, path: &str) -> Option<&'static Operation> {
    let path = path.split('?').next().unwrap_or_default();
    let is_path_of = |operation: &Operation| {
        let (known, given) = (operation.path.split('/'), path.split('/'));
        // A server splits the path, and then decodes each part.
        known.clone().count() == given.clone().count()
            && known.zip(given).all(|(known, given)| {
                known.starts_with('{') || percent_decode_str(given).eq(known.bytes())
            })
    };
    let mut operations = OPERATIONS.iter().copied();
    operations.find(|operation| {
        operation.method == method && !operation.overlaps.is_empty() && is_path_of(operation)
    })
}
