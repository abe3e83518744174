//! The start of a session on an open WebSocket.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use tokio::sync::{mpsc, watch};

use crate::client::server_version::ServerVersion;
use crate::event::connection_event::ConnectionEvent;
use crate::reconcile::work_queue::WorkQueue;
use crate::request::untyped_request::Request;
use crate::routing::queue::{CloseReason, Queue};
use crate::routing::reorder::ReorderBuffer;
use crate::routing::router::Router;
use crate::routing::subscribers::Subscribers;
use crate::session::activity::Activity;
use crate::session::core::SessionCore;
use crate::session::counters::Counters;
use crate::session::driver::{DriverGuard, run};
use crate::session::handle::UntypedSession;
use crate::session::session_state::SessionState;
use crate::session::settings::Settings;
use crate::session::span::SessionSpan;
use crate::session::ws_requests::InFlight;
use crate::state::application_names::ApplicationNames;
use crate::state::inventory::Inventory;
use crate::transport::transport_trait::Transport;
use crate::transport::web_socket::WebSocket;

/// Starts to read an open socket. If no application names are given, they are taken from
/// messages. The transport carries the requests that the socket does not, and reopens the
/// socket with the request that has opened it. Returns the session and the queue of all its events.
pub(crate) fn start(
    router: &Arc<Router>,
    applications: Vec<String>,
    release: ServerVersion,
    settings: Settings,
    socket: Box<dyn WebSocket>,
    transport: Option<Arc<dyn Transport>>,
    reconnect_request: Option<Request>,
) -> (UntypedSession, Arc<Queue>) {
    let (commands, command_receiver) = mpsc::unbounded_channel();
    let (requests, request_receiver) = mpsc::unbounded_channel();
    let (done_sender, done) = watch::channel(());
    let pending = InFlight::new(settings.timeout, settings.max_response_size);
    let core = Arc::new(SessionCore {
        bindings: router.bindings,
        names: ApplicationNames::new(applications),
        inventory: Inventory::default(),
        work_queue: WorkQueue::default(),
        transport,
        release,
        settings,
        pending,
        commands,
        requests,
        counters: Counters::default(),
        activity: Activity::default(),
        ended: AtomicBool::new(false),
        is_resyncing: AtomicBool::new(false),
        done,
    });
    if let Some(request) = &reconnect_request {
        core.inventory.on_connect(&core.names.list(), request);
    }
    let state = Arc::new(SessionState {
        core: core.clone(),
        router: router.clone(),
        reorder: ReorderBuffer::default(),
        subscribers: Subscribers::default(),
    });
    let session = UntypedSession::new(state.clone());
    let events = session.add_queue(None);
    let span = SessionSpan::new(&core);
    router.add_session(core);
    span.in_scope(|| state.broadcast(&ConnectionEvent::Connected));
    let guard = DriverGuard {
        open: Some(router.health.count_socket()),
        session: state,
        span: span.clone(),
        ending: Some(CloseReason::Disconnected {
            reason: "the runtime that the session ran in has ended".to_owned(),
            source: None,
        }),
        _done: done_sender,
    };
    tokio::spawn(span.around(run(
        guard,
        command_receiver,
        request_receiver,
        socket,
        reconnect_request,
    )));
    (session, events)
}
