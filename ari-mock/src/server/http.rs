//! HTTP: requests, responses, and the upgrade to a WebSocket.

use std::convert::Infallible;
use std::sync::Arc;

use ari_api::operations::events::EVENT_WEBSOCKET;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming as HttpBody;
use hyper::ext::ReasonPhrase;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue, SERVER};
use hyper::service::service_fn;
use hyper::{Request as HttpRequest, Response as HttpResponse, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::auth::{self, Permissions};
#[cfg(feature = "control")]
use super::control;
use super::handshake::{Handshake, is_upgrade};
use super::state::Server;
use super::{media, socket};
use crate::pbx::PbxState;
use crate::rest::{Body, IncomingRequest, Response, parse_pairs, read_body, split_list};

/// The maximum length of a request line.
const MAX_LINE_LENGTH: usize = 4096;
/// The maximum length of a body. In 12 to 15 it is a tenth of this.
const MAX_BODY_SIZE: usize = 40_960;

/// Serves one connection.
pub(crate) async fn serve<S>(server: Arc<Server>, stream: S)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
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
    #[cfg(feature = "control")]
    if let Some(name) = control::find_name(server, uri.path()) {
        return Err(control::respond(server, request, name).await);
    }
    let query = parse_pairs(uri.query().unwrap_or_default());
    let header = |name| {
        let value = request.headers().get(name);
        value.and_then(|value| value.to_str().ok())
    };
    // Requests that never reach an operation are listed, too.
    let listed = |query, result: &Result<HttpResponse<_>, Response>| {
        let status = match result {
            Ok(response) => response.status().as_u16(),
            Err(response) => response.status,
        };
        let path = server.find_ari_path(uri.path()).unwrap_or(uri.path());
        server.receive_other(method, path, query, status);
    };
    let admitted = admit(server, method, &uri, header(AUTHORIZATION), &query);
    let (path, rights) = match admitted {
        Ok(Admitted::Ari(path, rights)) => (path, rights),
        Ok(Admitted::Media(connection)) => {
            let result = media::upgrade(server, &mut request, connection);
            listed(query, &result);
            return result;
        }
        Err(response) => {
            let result = Err(response);
            listed(query, &result);
            return result;
        }
    };

    if path == "events" && method == "GET" {
        let (arrival, fault) = server.receive_opening(&EVENT_WEBSOCKET, path, &query).await;
        let result = match fault {
            Some(response) => Err(response),
            None => upgrade(server, &mut request, &query, rights),
        };
        let status = match &result {
            Ok(response) => response.status().as_u16(),
            Err(response) => response.status,
        };
        server.set_status(arrival, status);
        return result;
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
        let response = Response::error(413, "Request body too large");
        let result = Err(response.with_header("Connection", "close"));
        listed(query, &result);
        return result;
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

/// A request whose path is served, and whose user may send it.
enum Admitted<'a> {
    /// A request of ARI, with the path below `/ari/`.
    Ari(&'a str, Permissions),
    /// The opening of a media WebSocket, with the id of the connection.
    Media(&'a str),
}

fn admit<'a>(
    server: &Server,
    method: &str,
    uri: &'a Uri,
    authorization: Option<&str>,
    query: &[(String, String)],
) -> Result<Admitted<'a>, Response> {
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    // The method, the version and the spaces between them count, too.
    if method.len() + target.len() + 10 > MAX_LINE_LENGTH {
        let response = Response::html(400, "Request line too long", &server.server_name());
        return Err(response.with_header("Connection", "close"));
    }
    let below = uri.path().strip_prefix(&*server.http_prefix);
    let connection = below.and_then(|path| path.strip_prefix("/media/"));
    if let Some(connection) = connection
        && server.read(|pbx| pbx.media_support.websocket)
    {
        return Ok(Admitted::Media(connection));
    }
    let path = server.find_ari_path(uri.path()).ok_or_else(|| {
        let text = "The requested URL was not found on this server.";
        Response::html(404, text, &server.server_name())
    })?;
    let users = server.read(|pbx| pbx.settings.users.clone());
    let rights = auth::authenticate(&users, authorization, query)?;
    rights.ensure_allowed(method)?;
    Ok(Admitted::Ari(path, rights))
}

/// Upgrades the connection to a WebSocket.
fn upgrade(
    server: &Arc<Server>,
    request: &mut HttpRequest<HttpBody>,
    query: &[(String, String)],
    rights: Permissions,
) -> Result<HttpResponse<Full<Bytes>>, Response> {
    if !is_upgrade(request.headers()) {
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
    let handshake = Handshake::check(request.headers(), "ari")?;
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

    Ok(handshake.response())
}
