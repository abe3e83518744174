//! The state of an application's WebSocket, for probes of readiness and liveness.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::client::untyped_connection::UntypedConnection;

/// The state of an application that a client has connected. Reading it sends nothing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ApplicationHealth {
    /// The name of the application.
    pub name: String,
    /// True if its WebSocket is open.
    pub is_connected: bool,
    /// True if another client has taken over the application, so that this one gets no calls.
    pub is_replaced: bool,
    /// True from the loss of the WebSocket until it is open again, subscriptions are restored, and
    /// the changes of the time between are known.
    pub is_resyncing: bool,
    /// The time at which the last event, ping or pong was received, or the WebSocket was opened.
    /// While the WebSocket is open, this is never further in the past than the interval and the
    /// timeout of the keepalive, unless Asterisk is processing a request.
    pub last_received: Instant,
}

impl ApplicationHealth {
    /// Returns true if the application is registered at the server: calls that enter it reach this
    /// client.
    pub fn is_registered(&self) -> bool {
        self.is_connected && !self.is_replaced
    }
}

/// The reason why a probe fails.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unhealthy {
    /// The client has not connected the application, or its session has ended for good.
    #[error("the application {application:?} is not connected by this client")]
    #[non_exhaustive]
    NotConnected {
        /// The application.
        application: String,
    },
    /// The WebSocket is lost, and the client is reconnecting.
    #[error("the WebSocket of the application {application:?} is lost and is being opened again")]
    #[non_exhaustive]
    Reconnecting {
        /// The application.
        application: String,
    },
    /// Another client has taken over the application.
    #[error("another client has taken over the application {application:?}")]
    #[non_exhaustive]
    Replaced {
        /// The application.
        application: String,
    },
    /// The WebSocket is open again, and the changes since its loss are not known yet.
    #[error("the state of the application {application:?} is being compared with the server")]
    #[non_exhaustive]
    Resyncing {
        /// The application.
        application: String,
    },
    /// The WebSocket is open, and nothing was received over it for too long, not even the response
    /// to a ping.
    #[error(
        "nothing was received for the application {application:?} in {silent_for:?}, and its \
         WebSocket was not closed: the tasks of this process may be blocked"
    )]
    #[non_exhaustive]
    Silent {
        /// The application.
        application: String,
        /// The time since the last frame.
        silent_for: Duration,
    },
}

impl UntypedConnection {
    /// Returns the state of the applications that the client has connected.
    pub(super) fn application_health(&self) -> Vec<ApplicationHealth> {
        let mut found = Vec::new();
        for session in self.shared.router.sessions() {
            found.extend(session.names.list().iter().map(|name| ApplicationHealth {
                name: name.clone(),
                is_connected: session.activity.is_open(),
                is_replaced: session.inventory.is_replaced(name),
                is_resyncing: session.is_resyncing.load(Ordering::Acquire),
                last_received: session.activity.last_received(),
            }));
        }
        found
    }

    /// See [`Connection::check_ready`](crate::client::connection::Connection::check_ready).
    pub(super) fn check_ready(&self, applications: &[&str]) -> Result<(), Unhealthy> {
        self.check_each(applications, |health| {
            let application = health.name.clone();
            if health.is_replaced {
                Err(Unhealthy::Replaced { application })
            } else if !health.is_connected {
                Err(Unhealthy::Reconnecting { application })
            } else if health.is_resyncing {
                Err(Unhealthy::Resyncing { application })
            } else {
                Ok(())
            }
        })
    }

    /// See [`Connection::check_live`](crate::client::connection::Connection::check_live).
    pub(super) fn check_live(
        &self,
        applications: &[&str],
        max_silence: Duration,
    ) -> Result<(), Unhealthy> {
        if self.shared.router.health.snapshot().since.is_none() {
            return Ok(());
        }
        self.check_each(applications, |health| {
            let application = health.name.clone();
            let silent_for = health.last_received.elapsed();
            if health.is_connected && silent_for > max_silence {
                return Err(Unhealthy::Silent {
                    application,
                    silent_for,
                });
            }
            Ok(())
        })
    }

    /// Checks each application. If the client has connected one twice, one of the two suffices:
    /// Asterisk has given the application to the second.
    fn check_each(
        &self,
        applications: &[&str],
        check: impl Fn(&ApplicationHealth) -> Result<(), Unhealthy>,
    ) -> Result<(), Unhealthy> {
        let health = self.application_health();
        for name in applications {
            let own = health.iter().filter(|health| health.name == *name);
            let mut result = Err(Unhealthy::NotConnected {
                application: (*name).to_owned(),
            });
            for health in own {
                result = check(health);
                if result.is_ok() {
                    break;
                }
            }
            result?;
        }
        Ok(())
    }
}
