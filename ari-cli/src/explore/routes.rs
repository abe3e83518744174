//! The paths of the page: its files, and `/api/`.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::http::request::Parts;
use hyper::{Method, Request, StatusCode};
use tokio::time::timeout;

use super::explorer::Explorer;
use super::places::Place;
use super::reply::{ApiError, Reply, json};
use super::{applications, assets, events, proxy, security, snippets, state, timeline};

/// The maximum length of the body of a request.
const MAX_BODY_SIZE: usize = 1 << 20;
/// The time in which the body of a request must arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// Responds to a request of a connection, which is moved to the trusted ones if it sends the token.
pub(super) async fn respond(
    explorer: &Arc<Explorer>,
    request: Request<Incoming>,
    place: &Place,
) -> Reply {
    let handled = handle(explorer, request, place).await;
    let mut response = handled.unwrap_or_else(ApiError::into_reply);
    security::add_headers(response.headers_mut());
    response
}

async fn handle(
    explorer: &Arc<Explorer>,
    request: Request<Incoming>,
    place: &Place,
) -> Result<Reply, ApiError> {
    let (head, body) = request.into_parts();
    explorer.security.check_origin(&head)?;
    let path = head.uri.path();
    let Some(name) = path.strip_prefix("/api/") else {
        return assets::respond(&head.method, path);
    };
    explorer.security.check_token(&head.headers)?;
    place.trust()?;
    let body = read_body(body).await?;
    let name = name.to_owned();
    match name.split_once('/').unwrap_or((&name, "")) {
        ("server", "") => {
            only(&head, Method::GET)?;
            Ok(json(&explorer.describe_server()))
        }
        ("openapi.json", "") => {
            only(&head, Method::GET)?;
            explorer.document.respond().await
        }
        ("events", "") => {
            only(&head, Method::GET)?;
            events::respond(&explorer.hub)
        }
        ("state", "") => {
            only(&head, Method::GET)?;
            state::respond(explorer).await
        }
        ("applications", application) => {
            applications::respond(explorer, &head.method, application, head.uri.query()).await
        }
        ("timeline", id) if !id.is_empty() => {
            only(&head, Method::GET)?;
            timeline::respond(explorer, id).await
        }
        ("ari", _) => proxy::respond(explorer, &head, body).await,
        ("snippets", "") => {
            only(&head, Method::POST)?;
            snippets::respond(&explorer.target, &body).await
        }
        _ => Err(ApiError::not_found(path)),
    }
}

/// Refuses other methods.
fn only(head: &Parts, allowed: Method) -> Result<(), ApiError> {
    match head.method == allowed {
        true => Ok(()),
        false => Err(ApiError::method_not_allowed(match allowed {
            Method::POST => "POST",
            _ => "GET",
        })),
    }
}

async fn read_body(body: Incoming) -> Result<Bytes, ApiError> {
    let too_long = || {
        ApiError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the body is longer than 1 MiB, which no operation needs",
        )
    };
    if body.size_hint().lower() > MAX_BODY_SIZE as u64 {
        return Err(too_long());
    }
    let reading = Limited::new(body, MAX_BODY_SIZE).collect();
    match timeout(BODY_TIMEOUT, reading).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => Err(too_long()),
        Ok(Err(_)) => Err(ApiError::bad_request("the body is incomplete")),
        Err(_) => Err(ApiError::new(
            StatusCode::REQUEST_TIMEOUT,
            "the body did not arrive within 10 s",
        )),
    }
}
