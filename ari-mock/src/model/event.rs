//! Events and the objects that they are about.

use crate::json::Object;

/// The objects that an event is about. An application receives the event if it is subscribed to any
/// of them.
#[derive(Default)]
pub(crate) struct EventSubjects<'a> {
    pub(crate) channel: Option<&'a str>,
    pub(crate) bridge: Option<&'a str>,
    pub(crate) endpoint: Option<&'a str>,
    pub(crate) device: Option<&'a str>,
}

/// An event, with the members that Asterisk writes before the type and those after the time stamp.
pub(crate) struct Event {
    pub(crate) kind: &'static str,
    pub(crate) before_type: Object,
    pub(crate) after_timestamp: Object,
}

impl Event {
    pub(crate) fn new(kind: &'static str, after_timestamp: Object) -> Self {
        Event {
            kind,
            before_type: Object::new(),
            after_timestamp,
        }
    }
}
