//! The part of a session that does not route events.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use crate::client::server_version::ServerVersion;
use crate::error::types::Error;
use crate::event::bindings::Bindings;
use crate::reconcile::work_queue::{Check, WorkQueue};
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::session::activity::Activity;
use crate::session::counters::Counters;
use crate::session::settings::Settings;
use crate::session::ws_requests;
use crate::session::ws_requests::InFlight;
use crate::state::application_names::ApplicationNames;
use crate::state::inventory::Inventory;
use crate::state::subscriptions::SubscriptionChange;
use crate::transport::request_span;
use crate::transport::transport_trait::Transport;

/// The timeout of the session's own requests.
const CONTROL_TIMEOUT: Duration = Duration::from_secs(30);

/// The part of a session that does not route events: its applications, the state
/// that is known of them, and the ways to send requests.
pub(crate) struct SessionCore {
    pub(crate) bindings: &'static Bindings,
    pub(crate) names: ApplicationNames,
    pub(crate) inventory: Inventory,
    pub(crate) work_queue: WorkQueue,
    /// Carries the requests that the socket cannot, and reopens the socket. `None` if Asterisk has
    /// connected to us and there is no HTTP client.
    pub(crate) transport: Option<Arc<dyn Transport>>,
    pub(crate) release: ServerVersion,
    pub(crate) settings: Settings,
    pub(crate) pending: InFlight,
    pub(crate) commands: mpsc::UnboundedSender<Command>,
    /// Ids of requests that are to be written.
    pub(crate) requests: mpsc::UnboundedSender<u64>,
    pub(crate) counters: Counters,
    pub(crate) activity: Activity,
    /// Set when the streams have ended, for streams that are opened later.
    pub(crate) ended: AtomicBool,
    /// Set from the loss of the socket until it is open again and the changes are known.
    pub(crate) is_resyncing: AtomicBool,
    /// Its sender is dropped when no part of the task is left.
    pub(crate) done: watch::Receiver<()>,
}

/// A command to the session's task.
pub(crate) enum Command {
    /// Reconnect: the socket is open, but no events arrive on it.
    Reconnect(String),
    Close,
}

impl SessionCore {
    pub(crate) async fn close(&self, limit: Duration) {
        // Requests that wait longer fail when the socket closes.
        let _ = timeout(limit, self.pending.idle()).await;
        let _ = self.commands.send(Command::Close);
        self.ended().await;
    }

    pub(crate) async fn ended(&self) {
        // No value is ever sent. This waits until the sender is dropped.
        let _ = self.done.clone().changed().await;
    }

    /// Forces a reconnect.
    pub(crate) fn force_reconnect(&self, reason: &str) {
        // Without a task there is no socket.
        let _ = self.commands.send(Command::Reconnect(reason.to_owned()));
    }

    /// Returns the number of times that the socket was lost and reopened.
    pub(crate) fn reconnects(&self) -> u64 {
        self.counters.snapshot().reconnects
    }

    /// Returns true if a channel is in an application of this session, as far as known.
    pub(crate) fn is_in_application(&self, channel: &str) -> bool {
        self.inventory.is_in_application(channel)
    }

    /// Records a change that was granted to an application. `had_gap` is true if there was a gap since
    /// the request was sent. In that case the server may have applied the change to the application
    /// that it has since removed, and the restore after the gap does not include it.
    pub(crate) fn on_change(&self, application: &str, change: &SubscriptionChange, had_gap: bool) {
        if self.inventory.on_change(application, change) {
            self.work_queue.enqueue([Check::ExistingObjects]);
        }
        if self.is_resyncing.load(Ordering::Acquire) || had_gap {
            self.work_queue.enqueue([Check::Subscriptions]);
        }
    }

    /// Returns the change that a request makes to one of this session's applications.
    pub(crate) fn change_from(&self, request: &Request) -> Option<(String, SubscriptionChange)> {
        let (application, change) = SubscriptionChange::from_request(request)?;
        let is_own = self.names.list().contains(&application);
        is_own.then_some((application, change))
    }

    /// Sends a request over the WebSocket.
    pub(crate) async fn send_over_socket(&self, request: &Request) -> Result<Response, Error> {
        match self.pending.encode(request) {
            Ok(encoded) => self.send_request(request, encoded).await,
            Err(problem) => Err(ws_requests::cannot_send(request, &problem)),
        }
    }

    /// Sends an encoded request.
    pub(crate) async fn send_request(
        &self,
        request: &Request,
        encoded: ws_requests::EncodedRequest,
    ) -> Result<Response, Error> {
        #[cfg(feature = "client")]
        request_span::record_web_socket();
        let limit = request.timeout().unwrap_or(self.settings.timeout);
        let hand_over = |id| {
            // Without a task the request has failed already.
            let _ = self.requests.send(id);
        };
        self.pending.send(encoded, limit, hand_over).await
    }

    /// Sends a request of the session's own. The server does not wait for anything in these
    /// requests, so a short timeout suffices, and a lost response does not delay the others for
    /// long.
    pub(crate) async fn request(&self, request: &Request) -> Result<Response, Error> {
        let request = &request
            .clone()
            .with_timeout(self.settings.timeout.min(CONTROL_TIMEOUT));
        let response = match &self.transport {
            Some(transport) if !self.names.is_discovered() => {
                request_span::send(transport.as_ref(), request).await
            }
            // If Asterisk has opened the socket, the socket is known to reach it.
            transport => {
                let server = transport.as_ref().and_then(|it| it.server_address());
                let sending = Box::pin(self.send_over_socket(request));
                request_span::in_span(server, request, 0, sending).await
            }
        }?;
        self.release.update(response.version);
        Ok(response)
    }

    /// Returns the applications that no other client has taken over.
    pub(crate) fn active_applications(&self) -> Vec<String> {
        let names = self.names.list();
        let left = names
            .iter()
            .filter(|name| !self.inventory.is_replaced(name));
        left.cloned().collect()
    }
}
