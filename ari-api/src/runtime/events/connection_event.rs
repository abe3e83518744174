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
}

/// What a gap in the events has changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reconciliation {
    /// Ids of channels that were known before the gap and are gone.
    pub vanished_channels: Vec<String>,
    /// Ids of channels that belong to the application and were not known before: their
    /// `StasisStart` was lost, or has arrived meanwhile.
    pub appeared_channels: Vec<String>,
    /// Ids of channels that were known before the gap and live on, but outside of the application:
    /// nothing will be heard of them any more.
    pub left_channels: Vec<String>,
    /// Ids of bridges that were known before the gap and are gone.
    pub vanished_bridges: Vec<String>,
    /// Ids of bridges that the application is subscribed to and were not known before.
    pub appeared_bridges: Vec<String>,
    /// Event sources that the application was subscribed to and has been again.
    pub restored: Vec<String>,
    /// What could not be put back or compared, and why: a source that is gone, say.
    pub failures: Vec<String>,
}

impl ConnectionEvent {
    /// A word for it, as `type` of events: `Connected`, `Disconnected`, `Reconnected`,
    /// `Reconciled`.
    pub fn kind(&self) -> &'static str {
        match self {
            ConnectionEvent::Connected => "Connected",
            ConnectionEvent::Disconnected { .. } => "Disconnected",
            ConnectionEvent::Reconnected { .. } => "Reconnected",
            ConnectionEvent::Reconciled(_) => "Reconciled",
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
                "compared with the server: {} channels and {} bridges are gone, {} and {} are \
                 new, {} subscriptions were put back, {} failures",
                found.vanished_channels.len(),
                found.vanished_bridges.len(),
                found.appeared_channels.len(),
                found.appeared_bridges.len(),
                found.restored.len(),
                found.failures.len(),
            ),
        }
    }
}
