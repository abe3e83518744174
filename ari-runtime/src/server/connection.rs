//! The life of one connection.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};
use tungstenite::protocol::Role;

use super::IncomingSession;
use crate::client::api_client::ApiClient;
use crate::event::bindings::Bindings;
use crate::protocol::subprotocol;
use crate::routing::router::Router;
use crate::routing::stream::EventStream;
use crate::server::handshake::{Handshake, HandshakeError, Route, accept};
use crate::server::incoming::HandshakeInfo;
use crate::server::media::{self, IncomingMediaSocket};
use crate::server::pending_connections::PendingConnection;
use crate::server::resumed;
use crate::server::server_state::ServerState;
use crate::server::shutdown::{ShutdownSignal, deadline_after};
use crate::session::handle::Session;
use crate::session::settings::MAX_INTERVAL;
use crate::session::start::start;
use crate::traffic::{Recorder, RecordingSocket, TrafficLog};
use crate::transport::http::upgrade::MAX_MEDIA_MESSAGE_SIZE;
use crate::transport::http::websocket::TungsteniteSocket;
use crate::transport::transport_trait::Transport;
use crate::transport::web_socket::WebSocket;

/// The time that a session's pending requests may take after its handler has returned.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// The minimum duration of a session, unless Asterisk ends it or the server stops. Asterisk reopens
/// a WebSocket that it still needs within milliseconds after it was closed.
const MIN_SESSION_DURATION: Duration = Duration::from_secs(1);

/// The size of the read buffer and of the write buffer. Both are allocated for each session, and
/// there may be one session for each call.
const BUFFER_SIZE: usize = 8 * 1024;

/// Serves a connection until its end.
pub(super) async fn serve<C: ApiClient>(
    stream: TcpStream,
    peer: SocketAddr,
    mut pending: PendingConnection,
    shared: Arc<ServerState<C>>,
    mut stop: ShutdownSignal,
) {
    let opened = tokio::select! {
        opened = open(stream, peer, &shared) => opened,
        () = pending.evicted() => {
            tracing::warn!(%peer, "closed: there are too many connections without a session");
            None
        }
        _ = stop.requested() => None,
    };
    drop(pending);
    let Some((socket, handshake)) = opened else {
        return;
    };
    let _place = handshake.session_permit;
    let origin = HandshakeInfo {
        path: handshake.path,
        query: handshake.query,
        user: handshake.user,
        peer,
    };
    match shared.routes.find_media(origin.path()) {
        Some(handler) => {
            media::run(handler, IncomingMediaSocket { socket, origin }, peer, stop).await;
        }
        None => run_session(socket, origin, peer, &shared, stop).await,
    }
}

/// Upgrades a connection to a WebSocket, or sends an error response.
async fn open<C: ApiClient>(
    stream: TcpStream,
    peer: SocketAddr,
    shared: &ServerState<C>,
) -> Option<(Box<dyn WebSocket>, Handshake)> {
    let deadline = deadline_after(shared.limits.handshake_timeout);
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%peer, %error, "a connection broke off");
        return None;
    }
    #[cfg(feature = "tls")]
    if let Some(acceptor) = &shared.tls {
        return match tokio::time::timeout_at(deadline, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => upgrade(stream, true, peer, shared, deadline).await,
            Ok(Err(error)) => {
                tracing::warn!(%peer, %error, "no TLS");
                None
            }
            Err(_) => {
                tracing::warn!(%peer, "no TLS in time");
                None
            }
        };
    }
    upgrade(stream, false, peer, shared, deadline).await
}

async fn upgrade<C: ApiClient, S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    mut stream: S,
    is_encrypted: bool,
    peer: SocketAddr,
    shared: &ServerState<C>,
    deadline: Instant,
) -> Option<(Box<dyn WebSocket>, Handshake)> {
    let find_route = |path: &str| {
        let subprotocol = shared.routes.subprotocol(path)?;
        let limit = match subprotocol {
            subprotocol::MEDIA => &shared.media_limit,
            _ => &*shared.session_limit,
        };
        Some(Route { subprotocol, limit })
    };
    let (gate, limit) = (&shared.authenticator, shared.limits.max_header_size);
    match accept(&mut stream, gate, find_route, limit, deadline).await {
        Ok(mut handshake) => {
            let limit = match shared.routes.find_media(&handshake.path) {
                Some(_) => MAX_MEDIA_MESSAGE_SIZE,
                None => shared.limits.max_message_size,
            };
            let config = TungsteniteSocket::<S>::config(limit, BUFFER_SIZE);
            let rest = std::mem::take(&mut handshake.trailing_bytes);
            let socket = TungsteniteSocket::new(stream, rest, Role::Server, config);
            Some((Box::new(socket.encrypted(is_encrypted)), handshake))
        }
        Err(HandshakeError::Rejected(refusal)) => {
            let status = refusal.status.as_u16();
            tracing::warn!(%peer, status, "refused: {}", refusal.text);
            refusal.send(&mut stream).await;
            None
        }
        Err(HandshakeError::Disconnected(error)) => {
            tracing::debug!(%peer, %error, "a connection broke off");
            None
        }
    }
}

/// Runs a session and its handler, and closes the session.
async fn run_session<C: ApiClient>(
    socket: Box<dyn WebSocket>,
    origin: HandshakeInfo,
    peer: SocketAddr,
    shared: &ServerState<C>,
    mut stop: ShutdownSignal,
) {
    let http = shared
        .http
        .as_ref()
        .and_then(|client_of| client_of(&origin));
    let way = http.map(|client| client.connection().transport());
    let (transport, release) = way.unzip();
    let (socket, transport) = match &shared.traffic {
        Some(log) => record(log, &origin, socket, transport),
        None => (socket, transport),
    };
    // Without an HTTP client, each session may belong to another server.
    let release = release
        .unwrap_or_default()
        .enforcing(shared.check_availability);
    let (session, queue) = start(
        &Router::new(Bindings::for_events::<C::Event>()),
        Vec::new(),
        release,
        shared.settings.clone(),
        socket,
        transport,
        None,
    );
    let session = Session::<C::Event>::new(session);
    let events = EventStream::new(session.clone(), queue);
    let routes = &shared.routes;
    let path = origin.path();
    let finding = async {
        match timeout(shared.limits.handshake_timeout, session.wait_named()).await {
            Ok(true) => {}
            Ok(false) => {
                tracing::debug!(%peer, "a session ended without a message");
                return None;
            }
            Err(_) => {
                tracing::warn!(%peer, "no message in time: session closed");
                return None;
            }
        }
        // Its applications are named one after the other.
        let find = |name: &str| Some((name.to_owned(), routes.find(path, name)?));
        let found = timeout(MIN_SESSION_DURATION, session.find_application(find))
            .await
            .ok();
        if found.is_none() {
            let applications = session.applications();
            tracing::warn!(%peer, ?applications, "no handler serves these: session closed");
        }
        let (application, handler) = found?;
        let resumed = resumed::find(&session, &application);
        let resumed = match timeout(shared.limits.handshake_timeout, resumed).await {
            Ok(Ok(resumed)) => resumed,
            Ok(Err(error)) => {
                tracing::warn!(%peer, application, %error, "not known if the call is resumed");
                None
            }
            Err(_) => {
                tracing::warn!(%peer, application, "not known in time if the call is resumed");
                None
            }
        };
        Some((application, handler, resumed))
    };
    let found = tokio::select! {
        found = finding => found,
        _ = stop.requested() => {
            close(&session, &mut stop).await;
            return;
        }
    };
    let Some((application, handler, resumed)) = found else {
        session.close(Duration::ZERO).await;
        return;
    };
    let incoming = IncomingSession {
        client: C::from_connection(session.connection()),
        events,
        application: application.clone(),
        origin,
        resumed,
    };
    let begin = Instant::now();
    // Runs in a task of its own, so that a panic ends there. The task is aborted together with this
    // one.
    let mut handling = JoinSet::new();
    handling.spawn(async move { handler(incoming).await });
    let outcome = tokio::select! {
        outcome = handling.join_next() => outcome,
        _ = stop.requested() => {
            let mut over = stop.clone();
            let handled = async {
                tokio::select! {
                    outcome = handling.join_next() => outcome,
                    () = over.deadline_passed() => None,
                }
            };
            // Closing ends the handler's stream, which tells the handler to return.
            tokio::join!(handled, close(&session, &mut stop)).0
        }
    };
    match outcome {
        Some(Ok(None)) => {}
        Some(Ok(Some(error))) => {
            tracing::warn!(%peer, application, error, "the handler of a session failed");
        }
        Some(Err(error)) => {
            tracing::error!(%peer, application, %error, "the handler of a session has panicked");
        }
        None => {
            tracing::warn!(%peer, application, "a handler was not done when the server stopped")
        }
    }
    handling.shutdown().await;
    wait_min_duration(&session, begin, &mut stop).await;
    let _ = timeout(CLOSE_TIMEOUT, close(&session, &mut stop)).await;
    session.close(Duration::ZERO).await;
}

/// Records a session's WebSocket and its HTTP transport.
fn record(
    log: &TrafficLog,
    origin: &HandshakeInfo,
    socket: Box<dyn WebSocket>,
    transport: Option<Arc<dyn Transport>>,
) -> (Box<dyn WebSocket>, Option<Arc<dyn Transport>>) {
    let address = origin.remote_addr().ip().to_canonical();
    let server = match origin.user() {
        Some(user) => format!("{user}@{address}"),
        None => address.to_string(),
    };
    let path = match origin.query() {
        Some(query) => format!("{}?{query}", origin.path()),
        None => origin.path().to_owned(),
    };
    let transport = transport.map(|transport| {
        let recorder = Recorder::with_name(transport, server.clone(), log);
        Arc::new(recorder) as Arc<dyn Transport>
    });
    let socket = RecordingSocket::accepted(socket, log, server, path);
    (Box::new(socket), transport)
}

/// Closes a session when its requests have their responses, or when the deadline of the shutdown
/// passes.
async fn close<E>(session: &Session<E>, stop: &mut ShutdownSignal) {
    tokio::select! {
        () = session.close(MAX_INTERVAL) => {}
        () = stop.deadline_passed() => session.close(Duration::ZERO).await,
    }
}

/// Waits until a session has reached its minimum duration.
async fn wait_min_duration<E>(session: &Session<E>, begin: Instant, stop: &mut ShutdownSignal) {
    tokio::select! {
        () = sleep_until(begin + MIN_SESSION_DURATION) => {}
        () = session.ended() => {}
        _ = stop.requested() => {}
    }
}
