//! What happens to the connection itself, told in the stream of events.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

/// A turn in the life of an application's WebSocket. It stands in the stream of events at the
/// place where it happened, so that an application sees which events it may have missed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type")]
#[non_exhaustive]
pub enum ConnectionEvent {
    /// The WebSocket is open: the first item of the stream that connecting returns.
    Connected,
    /// The WebSocket is lost, and is being opened again. Events are lost until
    /// [`ConnectionEvent::Reconnected`]; calls and bridges stay up.
    #[non_exhaustive]
    Disconnected {
        /// What happened.
        reason: String,
    },
    /// The WebSocket is open again.
    #[non_exhaustive]
    Reconnected {
        /// How long it was not: events of that time are lost.
        gap: Duration,
        /// How many attempts it took.
        attempts: u32,
    },
    /// Subscriptions and the event filter have been put back, and the server's state has been
    /// compared with what was known before the gap.
    Reconciled(Arc<Reconciliation>),
    /// Another client has taken over one of the applications of the WebSocket, which goes on for
    /// the others: nothing of this one comes any more.
    #[non_exhaustive]
    Replaced {
        /// The application.
        application: String,
    },
    /// One of the client's WebSockets is closed for good, and others go on. Streams of objects tell
    /// it: those that none of the others hears of end soon. The WebSocket's own streams just end.
    #[non_exhaustive]
    Closed {
        /// The applications that it had connected.
        applications: Vec<String>,
        /// What happened.
        reason: String,
    },
}

/// What a gap in the events has changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reconciliation {
    /// Ids of channels that were known before the gap and are gone.
    pub vanished_channels: Vec<String>,
    /// Ids of channels that have entered the application in the gap: their `StasisStart` was lost.
    /// Treat them as if it came.
    pub entered_channels: Vec<String>,
    /// Ids of channels that were in the application before the gap and live on outside of it:
    /// nothing will be heard of them any more.
    pub left_channels: Vec<String>,
    /// Ids of channels that the application hears of and that were not known before, whether they
    /// have entered it or not.
    pub appeared_channels: Vec<String>,
    /// Ids of bridges that were known before the gap and are gone.
    pub vanished_bridges: Vec<String>,
    /// Ids of bridges that the application hears of and that were not known before.
    pub appeared_bridges: Vec<String>,
    /// Event sources that the application was subscribed to and has been again; also channels that
    /// this client has originated, of which it would not have heard.
    pub restored: Vec<String>,
    /// What could not be put back or compared, and why: a source that is gone, say.
    pub failures: Vec<String>,
}

impl ConnectionEvent {
    /// A word for it, as `type` of events: `Connected`, `Disconnected`, `Reconnected`,
    /// `Reconciled`, `Replaced`, `Closed`.
    pub fn kind(&self) -> &'static str {
        match self {
            ConnectionEvent::Connected => "Connected",
            ConnectionEvent::Disconnected { .. } => "Disconnected",
            ConnectionEvent::Reconnected { .. } => "Reconnected",
            ConnectionEvent::Reconciled(_) => "Reconciled",
            ConnectionEvent::Replaced { .. } => "Replaced",
            ConnectionEvent::Closed { .. } => "Closed",
        }
    }
}

impl fmt::Display for ConnectionEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConnectionEvent::Connected => f.write_str("connected"),
            ConnectionEvent::Disconnected { reason } => write!(f, "disconnected: {reason}"),
            ConnectionEvent::Reconnected { gap, attempts } => {
                write!(
                    f,
                    "connected again after {gap:?}, at the attempt {attempts}: events of that \
                     time are lost"
                )
            }
            ConnectionEvent::Reconciled(found) => write!(
                f,
                "compared with the server: {} channels and {} bridges are gone, {} channels have \
                 entered and {} left, {} channels and {} bridges are new, {} subscriptions were put \
                 back, {} failures",
                found.vanished_channels.len(),
                found.vanished_bridges.len(),
                found.entered_channels.len(),
                found.left_channels.len(),
                found.appeared_channels.len(),
                found.appeared_bridges.len(),
                found.restored.len(),
                found.failures.len(),
            ),
            ConnectionEvent::Replaced { application } => write!(
                f,
                "another client has taken over the application {application:?}"
            ),
            ConnectionEvent::Closed {
                applications,
                reason,
            } => write!(f, "{} is closed: {reason}", applications.join(", ")),
        }
    }
}
