//! HTTP: requests, responses, and the upgrade to a WebSocket.

use std::convert::Infallible;
use std::sync::Arc;

use ari_api::operations::events::EVENT_WEBSOCKET;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming as HttpBody;
use hyper::ext::ReasonPhrase;
use hyper::header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE, HOST, HeaderValue, SERVER, UPGRADE};
use hyper::service::service_fn;
use hyper::{Request as HttpRequest, Response as HttpResponse, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::auth::{self, Permissions};
use super::socket;
use super::state::Server;
use crate::pbx::PbxState;
use crate::rest::{Body, IncomingRequest, Response, parse_pairs, read_body, split_list};

/// The maximum length of a request line.
const MAX_LINE_LENGTH: usize = 4096;
/// The maximum length of a body. In 12 to 15 it is a tenth of this.
const MAX_BODY_SIZE: usize = 40_960;

/// Serves one connection.
pub(crate) async fn serve(server: Arc<Server>, stream: TcpStream) {
    // Responses are written in one piece, so delaying them would only cost time.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let server = Arc::clone(&server);
        async move { Ok::<_, Infallible>(respond(&server, request).await) }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // Errors of the connection are visible to the client.
    let _ = connection.await;
}

async fn respond(
    server: &Arc<Server>,
    request: HttpRequest<HttpBody>,
) -> HttpResponse<Full<Bytes>> {
    let method = request.method().as_str().to_owned();
    let response = match handle(server, &method, request).await {
        Ok(response) => return response,
        Err(response) => response,
    };
    let mut http_response = HttpResponse::new(Full::default());
    if let Ok(words) = ReasonPhrase::try_from(response.reason_phrase().as_bytes()) {
        http_response.extensions_mut().insert(words);
    }
    *http_response.status_mut() =
        StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = http_response.headers_mut();
    let name = HeaderValue::from_str(&server.server_name());
    headers.insert(SERVER, name.unwrap_or(HeaderValue::from_static("Asterisk")));
    headers.insert(
        "Cache-Control",
        HeaderValue::from_static("no-cache, no-store"),
    );
    for (name, value) in response.headers {
        // A value with a line break would break the response of a real server, too.
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    let text = |kind: &str| Some(kind.to_owned());
    let (kind, body) = match response.body {
        Body::Empty => (None, Bytes::new()),
        Body::Json(json) => (text("application/json"), json.to_text().into()),
        Body::JsonText(json) => (text("application/json"), json.into()),
        Body::Html(html) => (text("text/html"), html.into()),
        Body::Audio(kind, bytes) => (Some(kind), bytes),
    };
    if let Some(kind) = kind.and_then(|kind| HeaderValue::from_str(&kind).ok()) {
        headers.insert(CONTENT_TYPE, kind);
    }
    *http_response.body_mut() = Full::new(body);
    http_response
}

/// Handles a request. Every response other than an upgrade is returned as an error.
async fn handle(
    server: &Arc<Server>,
    method: &str,
    mut request: HttpRequest<HttpBody>,
) -> Result<HttpResponse<Full<Bytes>>, Response> {
    let uri = request.uri().clone();
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    // The method, the version and the spaces between them count, too.
    if method.len() + target.len() + 10 > MAX_LINE_LENGTH {
        let response = Response::html(400, "Request line too long", &server.server_name());
        return Err(response.with_header("Connection", "close"));
    }
    let not_found = || {
        let text = "The requested URL was not found on this server.";
        Response::html(404, text, &server.server_name())
    };
    let path = uri.path();
    let path = match path.strip_prefix("/ari") {
        Some("") => "",
        Some(rest) => rest.strip_prefix('/').ok_or_else(not_found)?,
        None => return Err(not_found()),
    };
    let query = parse_pairs(uri.query().unwrap_or_default());
    let header = |name| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let users = server.read(|pbx| pbx.settings.users.clone());
    let rights = auth::authenticate(&users, header(AUTHORIZATION), &query)?;
    rights.ensure_allowed(method)?;

    if path == "events" && method == "GET" {
        if let Some(response) = server.apply_faults(&EVENT_WEBSOCKET).await {
            return Err(response);
        }
        return upgrade(server, &mut request, &query, rights);
    }
    let host = header(HOST).map(str::to_owned);
    let kind = header(CONTENT_TYPE).map(str::to_owned);
    let body = request.into_body().collect().await;
    let body = body.map(|body| body.to_bytes()).map_err(|_| {
        let response = Response::error(400, "Error parsing request body");
        response.with_header("Connection", "close")
    })?;
    let limit = match server.version.major {
        ..16 => MAX_BODY_SIZE / 10,
        _ => MAX_BODY_SIZE,
    };
    if body.len() > limit {
        return Err(
            Response::error(413, "Request body too large").with_header("Connection", "close")
        );
    }
    let body = read_body(kind.as_deref(), &body);
    let incoming = IncomingRequest {
        method,
        path,
        host: host.as_deref(),
        query,
        body,
    };
    Err(server.respond(incoming).await)
}

/// Upgrades the connection to a WebSocket.
fn upgrade(
    server: &Arc<Server>,
    request: &mut HttpRequest<HttpBody>,
    query: &[(String, String)],
    rights: Permissions,
) -> Result<HttpResponse<Full<Bytes>>, Response> {
    let header = |name: &str| {
        let value = request.headers().get(name);
        value
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let is_upgrade = header("upgrade").is_some_and(|name| name.eq_ignore_ascii_case("websocket"));
    if !is_upgrade {
        return Err(Response::html(426, "", &server.server_name()));
    }
    let given = |name: &str| {
        let mut values = query.iter().filter(|(given, _)| given == name);
        values.next_back().map(|(_, value)| value.as_str())
    };
    let apps = split_list(given("app").unwrap_or_default());
    if apps.is_empty() {
        let text = "HTTP request is missing param: [app]";
        return Err(Response::html(400, text, &server.server_name()));
    }
    // Newer releases trim the names, and fail to register an empty one.
    let newer = server.read(PbxState::behaves_like_22);
    let apps: Vec<_> = match newer {
        true => apps.iter().map(|app| app.trim().to_owned()).collect(),
        false => apps,
    };
    if apps.iter().any(String::is_empty) {
        let (status, text) = match newer {
            true => (500, "Application registration failed"),
            false => (400, "HTTP request is missing param: [app]"),
        };
        return Err(Response::html(status, text, &server.server_name()));
    }
    let versions = || Response::empty(400).with_header("Sec-WebSocket-Version", "7, 8, 13");
    let protocols = header("sec-websocket-protocol");
    if let Some(offered) = &protocols
        && !offered.split(',').any(|name| name.trim() == "ari")
    {
        return Err(versions());
    }
    let known = |version: &String| matches!(&**version, "7" | "8" | "13");
    header("sec-websocket-version")
        .filter(known)
        .ok_or_else(versions)?;
    let key = header("sec-websocket-key").ok_or_else(versions)?;
    let everything = matches!(
        given("subscribeAll"),
        Some("true" | "yes" | "1" | "on" | "t" | "y")
    );

    let arriving = hyper::upgrade::on(request);
    let registered = socket::Registration::new(server, &apps, everything, rights);
    let id = registered.id();
    let task = tokio::spawn(async move {
        if let Ok(upgraded) = arriving.await {
            let io = TokioIo::new(upgraded);
            let stream = WebSocketStream::from_raw_socket(io, Role::Server, None).await;
            socket::serve(registered, stream).await;
        }
    });
    server.track_socket(id, &task);

    let mut response = HttpResponse::new(Full::default());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    if let Ok(key) = HeaderValue::from_str(&accept_value(key.as_bytes())) {
        headers.insert("Sec-WebSocket-Accept", key);
    }
    if protocols.is_some() {
        headers.insert("Sec-WebSocket-Protocol", HeaderValue::from_static("ari"));
    }
    Ok(response)
}

/// Returns the accept value for a key, by RFC 6455, section 4.2.2. Implemented here because the
/// handshake of tungstenite would add eight crates.
fn accept_value(key: &[u8]) -> String {
    let mut hash = sha1_smol::Sha1::from(key);
    hash.update(b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    STANDARD.encode(hash.digest().bytes())
}
