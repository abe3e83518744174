//! The subscriptions of all applications of a client, as the server has them.

use std::sync::atomic::Ordering;

use crate::reconcile::control;
use crate::routing::router::Router;
use crate::state::sources::AppSnapshot;

/// The subscriptions of all applications of a client.
#[derive(Default)]
pub(crate) struct ClientSubscriptions {
    applications: Vec<AppSnapshot>,
    /// True if the server did not return the subscriptions of every application.
    is_incomplete: bool,
}

impl ClientSubscriptions {
    /// Requests the subscriptions from the server.
    pub(crate) async fn new(router: &Router) -> Self {
        let mut audience = ClientSubscriptions::default();
        for session in router.sessions() {
            // Asterisk, which has opened the socket, is being reconfigured.
            audience.is_incomplete |= session.names.list().is_empty();
            for name in &session.active_applications() {
                match control::get_application(&session, name).await {
                    Ok(application) => audience.applications.push(application),
                    // The server no longer has the application and its subscriptions. If the
                    // application is about to reconnect, they will be restored.
                    Err(error) if error.status() == Some(404) => {
                        audience.is_incomplete |= session.is_resyncing.load(Ordering::Acquire);
                    }
                    Err(_) => audience.is_incomplete = true,
                }
            }
        }
        audience
    }

    /// Returns true if any application is subscribed to any of these sources. `None` if that is
    /// unknown because the server did not respond.
    pub(crate) fn covers(&self, sources: &[String]) -> Option<bool> {
        let mut applications = self.applications.iter();
        match applications.any(|application| application.has_any(sources)) {
            false if self.is_incomplete => None,
            heard => Some(heard),
        }
    }
}
