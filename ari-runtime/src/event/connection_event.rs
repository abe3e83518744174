//! Changes in the state of the connection, reported in the event stream.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

/// A change in the state of an application's WebSocket. It appears in the event stream at the point
/// where it happened, so that an application knows which events it may have missed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ConnectionEvent {
    /// The WebSocket is open. This is the first item of the stream that connecting returns.
    Connected,
    /// The WebSocket is lost and is being reopened. Events are lost until
    /// [`ConnectionEvent::Reconnected`]. Calls and bridges stay up.
    #[non_exhaustive]
    Disconnected {
        /// The cause.
        reason: String,
    },
    /// The WebSocket is open again.
    #[non_exhaustive]
    Reconnected {
        /// The time without a connection. Events of this time are lost.
        gap: Duration,
        /// The number of attempts to reconnect.
        attempts: u32,
    },
    /// Subscriptions and the event filter have been restored, and the server's state has been
    /// compared with the state known before the gap.
    Resynced(Arc<ResyncReport>),
    /// Another client has taken over one of the applications of the WebSocket. No more events of
    /// this application arrive. The WebSocket stays open for the others.
    #[non_exhaustive]
    Replaced {
        /// The application.
        application: String,
    },
    /// One of the client's WebSockets is closed permanently, and others remain. This is reported in
    /// the streams of objects. Streams of objects that none of the others is subscribed to end
    /// soon. The WebSocket's own streams end without this event. In the stream of a fleet, it is
    /// the last item of a server that was removed from the fleet.
    #[non_exhaustive]
    Closed {
        /// The applications that it had connected.
        applications: Vec<String>,
        /// The cause.
        reason: String,
    },
}

/// The changes on the server during a gap in the events.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ResyncReport {
    /// Ids of channels that were known before the gap and no longer exist.
    pub removed_channels: Vec<String>,
    /// Ids of channels that have entered the application during the gap. Their `StasisStart` was
    /// lost. Treat them as if it had arrived.
    pub entered_channels: Vec<String>,
    /// Ids of channels that were in the application before the gap and continue outside of it. No
    /// more of their events will arrive.
    pub departed_channels: Vec<String>,
    /// Ids of channels that the application is subscribed to and that were not known before,
    /// whether or not they have entered it.
    pub discovered_channels: Vec<String>,
    /// Ids of bridges that were known before the gap and no longer exist.
    pub removed_bridges: Vec<String>,
    /// Ids of bridges that the application is subscribed to and that were not known before.
    pub discovered_bridges: Vec<String>,
    /// Event sources that the application had subscribed to and is now subscribed to again.
    /// Includes channels that this client has originated and whose events would not have arrived
    /// otherwise.
    pub restored_subscriptions: Vec<String>,
    /// Errors of restoring and comparing, for example because an event source no longer exists.
    pub failures: Vec<String>,
}

impl ResyncReport {
    /// Returns the lists with their names.
    fn lists(&self) -> [(&'static str, &Vec<String>); 8] {
        [
            ("removed_channels", &self.removed_channels),
            ("entered_channels", &self.entered_channels),
            ("departed_channels", &self.departed_channels),
            ("discovered_channels", &self.discovered_channels),
            ("removed_bridges", &self.removed_bridges),
            ("discovered_bridges", &self.discovered_bridges),
            ("restored_subscriptions", &self.restored_subscriptions),
            ("failures", &self.failures),
        ]
    }
}

impl Serialize for ResyncReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lists = self.lists();
        let mut fields = serializer.serialize_struct("ResyncReport", lists.len())?;
        for (name, list) in lists {
            fields.serialize_field(name, list)?;
        }
        fields.end()
    }
}

/// The fields of the variant, after its name as `type`.
impl Serialize for ConnectionEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = match self {
            ConnectionEvent::Connected => 0,
            ConnectionEvent::Disconnected { .. } | ConnectionEvent::Replaced { .. } => 1,
            ConnectionEvent::Reconnected { .. } | ConnectionEvent::Closed { .. } => 2,
            ConnectionEvent::Resynced(report) => report.lists().len(),
        };
        let mut fields = serializer.serialize_struct("ConnectionEvent", 1 + count)?;
        fields.serialize_field("type", self.name())?;
        match self {
            ConnectionEvent::Connected => {}
            ConnectionEvent::Disconnected { reason } => {
                fields.serialize_field("reason", reason)?;
            }
            ConnectionEvent::Reconnected { gap, attempts } => {
                fields.serialize_field("gap", gap)?;
                fields.serialize_field("attempts", attempts)?;
            }
            ConnectionEvent::Resynced(report) => {
                for (name, list) in report.lists() {
                    fields.serialize_field(name, list)?;
                }
            }
            ConnectionEvent::Replaced { application } => {
                fields.serialize_field("application", application)?;
            }
            ConnectionEvent::Closed {
                applications,
                reason,
            } => {
                fields.serialize_field("applications", applications)?;
                fields.serialize_field("reason", reason)?;
            }
        }
        fields.end()
    }
}

impl ConnectionEvent {
    /// Returns the name of the event, like `type` of other events: `Connected`, `Disconnected`,
    /// `Reconnected`, `Resynced`, `Replaced`, `Closed`.
    pub fn name(&self) -> &'static str {
        match self {
            ConnectionEvent::Connected => "Connected",
            ConnectionEvent::Disconnected { .. } => "Disconnected",
            ConnectionEvent::Reconnected { .. } => "Reconnected",
            ConnectionEvent::Resynced(_) => "Resynced",
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
            ConnectionEvent::Resynced(found) => write!(
                f,
                "compared with the server: {} channels and {} bridges are gone, {} channels have \
                 entered and {} left, {} channels and {} bridges are new, {} subscriptions were put \
                 back, {} failures",
                found.removed_channels.len(),
                found.removed_bridges.len(),
                found.entered_channels.len(),
                found.departed_channels.len(),
                found.discovered_channels.len(),
                found.discovered_bridges.len(),
                found.restored_subscriptions.len(),
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use serde_json::{json, to_value};

    use super::{ConnectionEvent, ResyncReport};

    #[test]
    fn events_are_serialized_with_their_name_as_type() {
        let report = ResyncReport {
            removed_channels: vec!["1.1".into()],
            ..ResyncReport::default()
        };
        for (event, expected) in [
            (ConnectionEvent::Connected, json!({"type": "Connected"})),
            (
                ConnectionEvent::Disconnected {
                    reason: "reset".into(),
                },
                json!({"type": "Disconnected", "reason": "reset"}),
            ),
            (
                ConnectionEvent::Reconnected {
                    gap: Duration::from_millis(1500),
                    attempts: 2,
                },
                json!({
                    "type": "Reconnected",
                    "gap": {"secs": 1, "nanos": 500_000_000},
                    "attempts": 2,
                }),
            ),
            (
                ConnectionEvent::Resynced(Arc::new(report)),
                json!({
                    "type": "Resynced",
                    "removed_channels": ["1.1"],
                    "entered_channels": [],
                    "departed_channels": [],
                    "discovered_channels": [],
                    "removed_bridges": [],
                    "discovered_bridges": [],
                    "restored_subscriptions": [],
                    "failures": [],
                }),
            ),
            (
                ConnectionEvent::Replaced {
                    application: "a".into(),
                },
                json!({"type": "Replaced", "application": "a"}),
            ),
            (
                ConnectionEvent::Closed {
                    applications: vec!["a".into()],
                    reason: "closed".into(),
                },
                json!({"type": "Closed", "applications": ["a"], "reason": "closed"}),
            ),
        ] {
            assert_eq!(to_value(&event).unwrap(), expected);
        }
    }
}
