//! Requests of the commands, and their responses as JSON.

use ari_api::client::{decode_empty, decode_json};
use ari_api::schema::{
    Availability, Location, Method, Operation, Parameter, ParameterType, ResponseType,
};
use ari_api::transport::Request;
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
    // At most two requests of a process are built here.
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        resource: RESOURCE,
        nickname: method.as_str(),
        description: "",
        method,
        path: String::leak(path),
        parameters: BODY,
        response: ResponseType::Json("any"),
        errors: &[],
        websocket_protocol: None,
        blocks_channel_queue: false,
        rewrite: None,
        overlaps: &[],
        requires_modules: &[],
        availability: EVERYWHERE,
    }));
    Request::from_arguments(operation, body.map(|body| ("body", body)))
}
