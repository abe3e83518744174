//! Attended transfers that the server itself carries out.

use super::PbxState;
use crate::json::Object;
use crate::model::{Event, EventSubjects};

impl PbxState {
    /// Connects the other parties of two channels of a phone.
    pub(super) fn transfer_attended(&mut self, first: &str, second: &str) {
        let rest = self
            .attended_transfer(first, second, "Invalid")
            .with("destination_type", "fail");
        self.publish_attended_transfer([first, second], rest);
    }

    /// Returns the members of `BridgeAttendedTransfer` that it always has.
    fn attended_transfer(&self, first: &str, second: &str, result: &str) -> Object {
        let object = |id: &str| self.channels.get(id).map(|channel| channel.object());
        Object::new()
            .with_some("transferer_first_leg", object(first))
            .with_some("transferer_second_leg", object(second))
            .with("result", result)
            .with("is_external", false)
    }

    /// Publishes an event about both channels and their bridges, once for each application.
    fn publish_attended_transfer(&mut self, legs: [&str; 2], rest: Object) {
        let bridge_of = |id: &str| self.channels.get(id)?.bridge.clone();
        let bridges = legs.map(bridge_of);
        let about = [0, 1].map(|leg| EventSubjects {
            channel: Some(legs[leg]),
            bridge: bridges[leg].as_deref(),
            ..EventSubjects::default()
        });
        self.publish_once(&about, Event::new("BridgeAttendedTransfer", rest));
    }
}
