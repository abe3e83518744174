// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Event`.

use crate::runtime;

/// Fields that every event has.
///
/// An event reaches an application only if the application is subscribed to the channel, bridge,
/// endpoint or device it is about. A channel in the application is subscribed to from `StasisStart`
/// to `StasisEnd`, a bridge while a channel of the application is in it, and a channel originated
/// into the application from its creation. Everything else takes an explicit subscription or
/// `subscribeAll`. An event filter on the application can drop types again.
///
/// Events caused by a request may arrive before the response to that request, so know the id and be
/// ready to handle its events before sending it. Events that occur while no socket is connected are
/// lost.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct EventModel {
    /// Name of the message type, such as `StasisStart`. It selects the model that the other fields
    /// follow.
    pub kind: String,
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, by the server's clock.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
}

runtime::model!(
    EventModel = named("Event"),
    kind = required("type"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Event",
    fields: &[
        ("type", "string"),
        ("asterisk_id", "string"),
        ("application", "string"),
        ("timestamp", "Date"),
    ],
};
