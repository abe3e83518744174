//! The control API over HTTP.

use std::net::IpAddr;
use std::sync::Arc;

use http_body_util::{BodyExt as _, Limited};
use hyper::Request as HttpRequest;
use hyper::body::Incoming as HttpBody;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderMap, HeaderName, ORIGIN};
use serde_json::{Map, Value};

use super::auth;
use super::real_time::real_sleep;
use super::state::Server;
use crate::control::{
    ACTIONS, ControlError, Effect, PATH, QUERIES, Query, Values, WAIT, find_action, served_openapi,
};
use crate::rest::{Response, parse_pairs};

/// The maximum length of a body.
const MAX_BODY_SIZE: usize = 1 << 20;

/// The header by which browsers name the relation of a request to the page that sends it.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Returns the name of the action or query of a path, if the server has the control API.
pub(super) fn find_name<'a>(server: &Server, path: &'a str) -> Option<&'a str> {
    let is_served = server.read(|pbx| pbx.settings.has_control);
    let path = path.strip_prefix(&*server.http_prefix)?;
    let rest = path.strip_prefix(PATH).filter(|_| is_served)?;
    let name = rest.strip_prefix('/')?;
    (!name.contains('/')).then_some(name)
}

/// Responds to a request.
pub(super) async fn respond(
    server: &Arc<Server>,
    request: HttpRequest<HttpBody>,
    name: &str,
) -> Response {
    match handle(server, request, name).await {
        Ok(response) => response,
        Err(Failure::Response(response)) => response,
        Err(Failure::Error(error)) => {
            let mut response = Response::object(&error.object());
            response.status = error.status;
            response
        }
    }
}

enum Failure {
    Error(ControlError),
    Response(Response),
}

impl From<ControlError> for Failure {
    fn from(error: ControlError) -> Self {
        Failure::Error(error)
    }
}

async fn handle(
    server: &Arc<Server>,
    request: HttpRequest<HttpBody>,
    name: &str,
) -> Result<Response, Failure> {
    let header = |name: HeaderName| {
        let value = request.headers().get(name);
        value.and_then(|value| value.to_str().ok())
    };
    // A browser sends the credentials that it knows with the requests of any page.
    if is_from_web_page(request.headers()) {
        return Err(ControlError::new(403, "requests of web pages are refused").into());
    }
    let is_local = server.read(|pbx| pbx.settings.is_local);
    if is_local && !header(HOST).is_some_and(is_local_host) {
        let message = "the host of the URL must be localhost, 127.0.0.1 or [::1]";
        return Err(ControlError::new(403, message).into());
    }
    let method = request.method().as_str().to_owned();
    let users = server.read(|pbx| pbx.settings.users.clone());
    auth::authenticate(&users, header(AUTHORIZATION), &[])
        .and_then(|rights| rights.ensure_allowed(&method))
        .map_err(Failure::Response)?;
    server.keep_connection(tokio::task::try_id());
    if name == "openapi.json" {
        only("GET", &method)?;
        let host = header(HOST).map(str::to_owned);
        return Ok(Response::json_text(served_openapi(&base_url(server, host))));
    }
    if let Some(query) = QUERIES.iter().find(|query| query.name == name) {
        only("GET", &method)?;
        let pairs = parse_pairs(request.uri().query().unwrap_or_default());
        let values = Values::from_query(query.name, query.parameters, pairs)?;
        return Ok(inspect(server, query, &values).await?);
    }
    let action = find_action(name).ok_or_else(|| unknown_path(name))?;
    only("POST", &method)?;
    let kind = header(CONTENT_TYPE).unwrap_or_default().to_owned();
    let body = Limited::new(request.into_body(), MAX_BODY_SIZE)
        .collect()
        .await;
    let body = body.map_err(|_| ControlError::new(400, "the body is too long or incomplete"))?;
    let given = read_body(&kind, &body.to_bytes())?;
    let outcome = server.update(|pbx| {
        let values = action.values(Some(&pbx.settings), given)?;
        (action.run)(pbx, &values)
    })?;
    apply_effect(server, outcome.effect);
    Ok(match outcome.result {
        Some(result) => Response::object(&result),
        None => Response::no_content(),
    })
}

/// Responds to a query, which may wait for something.
async fn inspect(
    server: &Server,
    query: &Query,
    values: &Values,
) -> Result<Response, ControlError> {
    server.read(|pbx| (query.check)(pbx, values))?;
    if let Some(limit) = values.seconds(WAIT) {
        let alarm = real_sleep(limit);
        tokio::pin!(alarm);
        loop {
            let changed = server.changed.notified();
            tokio::pin!(changed);
            // No notification is missed from here on.
            changed.as_mut().enable();
            let Some(late) = server.read(|pbx| (query.missing)(pbx, values)) else {
                break;
            };
            tokio::select! {
                () = changed => {}
                () = &mut alarm => return Err(late),
            }
        }
    }
    Ok(Response::json(server.read(|pbx| (query.run)(pbx, values))))
}

/// Returns the URL of the server, as the client has reached it.
fn base_url(server: &Server, host: Option<String>) -> String {
    let prefix = &server.http_prefix;
    match (host, server.read(|pbx| pbx.settings.is_tls())) {
        (Some(host), true) => format!("https://{host}{prefix}"),
        (Some(host), false) => format!("http://{host}{prefix}"),
        // Relative to the document.
        (None, _) if prefix.is_empty() => "/".to_owned(),
        (None, _) => prefix.clone(),
    }
}

fn only(allowed: &'static str, method: &str) -> Result<(), Failure> {
    if method == allowed {
        return Ok(());
    }
    let error = ControlError::new(405, format!("the method must be {allowed}, not {method}"));
    let mut response = Response::object(&error.object()).with_header("Allow", allowed);
    response.status = 405;
    Err(Failure::Response(response))
}

fn unknown_path(name: &str) -> ControlError {
    let actions: Vec<_> = ACTIONS.iter().map(|action| action.name).collect();
    let queries: Vec<_> = QUERIES.iter().map(|query| query.name).collect();
    let message = format!(
        "{PATH}/{name} does not exist; POST: {}; GET: {}, openapi.json",
        actions.join(", "),
        queries.join(", ")
    );
    ControlError::new(404, message)
}

/// Returns the fields of a body. An empty one has none.
fn read_body(kind: &str, body: &[u8]) -> Result<Map<String, Value>, ControlError> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        let message = "the body must be JSON: send Content-Type: application/json";
        return Err(ControlError::new(415, message));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(ControlError::new(400, "the body must be a JSON object")),
        Err(error) => Err(ControlError::new(
            400,
            format!("the body is not JSON: {error}"),
        )),
    }
}

/// Returns whether a page in a browser sends a request. Images, links and forms that only read send no
/// `Origin`. The server has no pages itself: a browser may send only what its user enters (`none`), or
/// what follows from that (`same-origin`).
fn is_from_web_page(headers: &HeaderMap) -> bool {
    let mut sites = headers.get_all(SEC_FETCH_SITE).iter();
    let is_foreign = |site: &[u8]| !matches!(site, b"none" | b"same-origin");
    headers.contains_key(ORIGIN) || sites.any(|site| is_foreign(site.as_bytes()))
}

/// Returns whether a host is this machine, as seen from itself.
fn is_local_host(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let ip = name.parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || ip.is_ok_and(|ip| ip.is_loopback())
}

/// Aborts connections, apart from those of clients of the control API.
pub(crate) fn apply_effect(server: &Server, effect: Effect) {
    match effect {
        Effect::None => {}
        Effect::AbortConnections => server.abort_client_connections(),
        Effect::AbortSocket(socket) => {
            server.abort_socket(socket);
        }
    }
}
