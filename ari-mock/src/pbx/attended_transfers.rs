//! Attended transfers that the server itself carries out.

use super::{NewChannel, PbxState};
use crate::json::Object;
use crate::model::{
    AnswerDestination, Bridge, Channel, DialAttempt, Event, EventSubjects, Position,
};

/// The variable that names the channels of an attended transfer.
const VARIABLE: &str = "ATTENDEDTRANSFER";

impl PbxState {
    /// Connects the bridges of two channels of a phone by a Local channel, whose halves take the
    /// places of the channels. A channel in no bridge is replaced as well, and the other one must not
    /// be alone in its bridge then.
    pub(super) fn transfer_attended(&mut self, first: &str, second: &str) {
        let legs = [first, second];
        let bridges = legs.map(|leg| self.channels.get(leg)?.bridge.clone());
        for (leg, bridge) in legs.iter().zip(&bridges) {
            if bridge.is_some() {
                self.end_hold(leg);
            }
        }
        let is_possible = match &bridges {
            [Some(one), Some(other)] => one != other,
            _ => legs.iter().any(|leg| !self.bridge_peers(leg).is_empty()),
        };
        let result = if is_possible { "Success" } else { "Invalid" };
        let peers = legs.map(|leg| {
            let peer = self.bridge_peer(leg)?;
            self.channels.get(&peer).map(Channel::object)
        });
        let in_bridges = legs.map(|leg| {
            let bridge = self.channels.get(leg)?.bridge.as_ref()?;
            self.bridges.get(bridge).map(Bridge::object)
        });
        let [transferee, target] = peers;
        let [first_bridge, second_bridge] = in_bridges;
        let rest = Object::new()
            .with_some("transferer_first_leg", self.channel_object(first))
            .with_some("transferer_second_leg", self.channel_object(second))
            .with("result", result)
            .with("is_external", false)
            .with_some("transferee", transferee)
            .with_some("transfer_target", target)
            .with_some("transferer_first_leg_bridge", first_bridge)
            .with_some("transferer_second_leg_bridge", second_bridge);
        let destination = match is_possible {
            true => self.link_parties(legs, &bridges),
            false => Object::new().with("destination_type", "fail"),
        };
        let about = [0, 1].map(|leg| EventSubjects {
            channel: Some(legs[leg]),
            bridge: bridges[leg].as_deref(),
            ..EventSubjects::default()
        });
        let event = Event::new("BridgeAttendedTransfer", rest.extended(destination));
        self.publish_once(&about, event);
        if is_possible {
            self.end_channel(second, 16, 16);
        }
    }

    fn channel_object(&self, id: &str) -> Option<Object> {
        self.channels.get(id).map(Channel::object)
    }

    /// Connects the parties. Returns the members of the event that describe the connection.
    fn link_parties(&mut self, legs: [&str; 2], bridges: &[Option<String>; 2]) -> Object {
        if let Some(bridge) = bridges.iter().flatten().next() {
            self.name_transfer(legs[0], bridge);
        }
        let position = Position {
            context: "transfer".to_owned(),
            extension: "_attended".to_owned(),
            priority: 1,
        };
        let one = self.create_local_channel(&NewChannel::default(), "_attended@transfer", position);
        let Some(two) = self.other_half(&one) else {
            return Object::new();
        };
        if let Some(channel) = self.channels.get_mut(&two) {
            channel.state = "Up";
        }
        let own_name = self.channels.get(legs[0]);
        let own_name = own_name.map(|channel| channel.name.clone());
        for half in [&one, &two] {
            self.set_variable(half, VARIABLE, own_name.as_deref(), false);
        }
        // The first half takes the place of a channel in a bridge.
        let (leg, other_leg) = match bridges {
            [Some(_), _] => (0, 1),
            _ => (1, 0),
        };
        match &bridges[other_leg] {
            Some(bridge) => self.replace_in_call(legs[other_leg], &two, bridge),
            None => self.replace_party(legs[other_leg], &two),
        }
        if let Some(bridge) = &bridges[leg] {
            self.show_new_caller(&one);
            self.replace_in_call(legs[leg], &one, bridge);
        }
        if let Some(channel) = self.channels.get_mut(&one) {
            channel.dialing = Some(DialAttempt {
                destination: AnswerDestination::InApplication,
                dial_string: String::new(),
            });
        }
        self.on_answered(&one);
        let first = self.channel_object(&one);
        if let Some(bridge) = &bridges[other_leg] {
            self.update_connected_lines(bridge);
            Object::new()
                .with("destination_type", "link")
                .with_some("destination_link_first_leg", first)
                .with_some("destination_link_second_leg", self.channel_object(&two))
        } else {
            Object::new()
                .with_some("replace_channel", first)
                .with("destination_type", "application")
                .with("destination_application", "Stasis")
        }
    }

    /// Sets the variable that names the transferring channel on the channels of a bridge.
    fn name_transfer(&mut self, id: &str, bridge: &str) {
        let Some(bridge) = self.bridges.get(bridge) else {
            return;
        };
        let members: Vec<_> = bridge.participants.channels().cloned().collect();
        let name_of = |id: &str| Some(self.channels.get(id)?.name.clone());
        let own_name = name_of(id).unwrap_or_default();
        let others = members.iter().filter(|member| *member != id);
        let others: Vec<_> = others.filter_map(|member| name_of(member)).collect();
        let others = others.join(",");
        for member in members {
            let value = if member == id { &others } else { &own_name };
            self.set_variable(&member, VARIABLE, Some(value), false);
        }
    }

    /// Makes a new channel take the place of another one in its application and its bridge.
    fn replace_in_call(&mut self, id: &str, new: &str, bridge: &str) {
        let channel = self.channels.get(id);
        let app = channel.and_then(|channel| channel.stasis_app.clone());
        if let Some(app) = app {
            self.replace_in_application(id, new, &app);
            self.replace_in_bridge(id, new, bridge);
        }
    }

    /// Makes a channel look like the one that takes its place, as older releases do.
    fn take_identity(&mut self, id: &str, new: &str) {
        let Some(new) = self.channels.get(new).filter(|_| !self.behaves_like_22()) else {
            return;
        };
        let caller = new.caller.clone();
        let connected = new.connected_line.clone();
        let position = new.position.clone();
        if let Some(channel) = self.channels.get_mut(id) {
            (channel.caller, channel.connected_line) = (caller, connected);
            channel.position = position;
        }
    }

    /// Makes a new channel take the place of another one that is in no bridge, and that ends. The
    /// new one continues at the same position of the dialplan.
    fn replace_party(&mut self, id: &str, new: &str) {
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        let Some(app) = channel.stasis_app.clone() else {
            return;
        };
        let replaced = channel.object();
        let position = channel.position.clone();
        let previous = channel.previous_application.clone();
        let (name, data) = channel.dialplan_application.clone();
        let is_in_dialplan = channel.is_in_dialplan;
        self.start_application(new, &app, &[], Some(replaced));
        if let Some(app) = self.apps.get_mut(&app) {
            app.channels.remove(id);
        }
        self.take_identity(id, new);
        self.end_channel(id, 16, 16);
        if let Some(channel) = self.channels.get_mut(new) {
            channel.position = position;
            channel.is_in_dialplan = is_in_dialplan;
        }
        self.set_dialplan_application(new, &name, &data);
        if let Some(channel) = self.channels.get_mut(new) {
            channel.previous_application = previous;
        }
    }
}
