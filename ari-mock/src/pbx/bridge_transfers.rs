//! Transfers that the server itself carries out, of the other parties of a phone's bridge.

use super::{NewChannel, PbxState};
use crate::json::Object;
use crate::model::{
    AnswerDestination, Bridge, Channel, DialAttempt, Event, EventSubjects, Participant, Position,
};

/// The context in which phones call extensions, unless `TRANSFER_CONTEXT` names another one.
const PHONE_CONTEXT: &str = "testari";

/// Returns the context of the extensions to which a phone transfers a call.
fn transfer_context(channel: &Channel) -> String {
    let context = channel.variables.get("TRANSFER_CONTEXT");
    context.map_or(PHONE_CONTEXT, String::as_str).to_owned()
}

impl PbxState {
    /// Returns the context of the extensions to which a phone transfers a call. `None` if applications
    /// carry out its transfers, which may be to anything.
    #[cfg(feature = "control")]
    pub(crate) fn blind_transfer_context(&self, id: &str) -> Option<String> {
        let channel = self.channels.get(id)?;
        (!channel.leaves_transfers).then(|| transfer_context(channel))
    }

    /// Transfers the other parties of a channel's bridge to an extension, if that exists. A Local
    /// channel to the extension takes the place of the channel.
    pub(super) fn transfer_blind(&mut self, id: &str, extension: &str) {
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        let context = transfer_context(channel);
        if !self.settings.dialplan.contains(&context, extension) {
            return;
        }
        let (app, bridge) = (channel.stasis_app.clone(), channel.bridge.clone());
        if bridge.is_some() {
            self.end_hold(id);
        }
        let position = Position {
            context,
            extension: extension.to_owned(),
            priority: 1,
        };
        let peers = self.bridge_peers(id);
        match (app, bridge) {
            (Some(app), Some(bridge)) if !peers.is_empty() => {
                self.replace_by_extension(id, &app, &bridge, &peers, position);
            }
            (_, bridge) => {
                let bridge_id = bridge.as_deref();
                let bridge = bridge_id.and_then(|bridge| self.bridges.get(bridge));
                let rest = self
                    .blind_transfer(id, &position, "Invalid")
                    .with_some("bridge", bridge.map(Bridge::object));
                self.publish_blind_transfer(id, bridge_id, rest);
            }
        }
    }

    /// Takes the server off hold, which phones do when they transfer a call.
    pub(super) fn end_hold(&mut self, id: &str) {
        if let Some(channel) = self.channels.get_mut(id) {
            channel.media_state.is_holding = false;
        }
        self.publish_channel_event(id, "ChannelUnhold", Object::new());
    }

    fn replace_by_extension(
        &mut self,
        id: &str,
        app: &str,
        bridge: &str,
        peers: &[String],
        position: Position,
    ) {
        let in_bridge = self.bridges.get(bridge).map(Bridge::object);
        let transferee = match peers {
            [peer] => self.channels.get(peer).map(|channel| channel.object()),
            _ => None,
        };
        let name_of = |id: &String| Some(self.channels.get(id)?.name.clone());
        let names: Vec<_> = peers.iter().filter_map(name_of).collect();
        let own_name = name_of(&id.to_owned()).unwrap_or_default();
        let phone = own_name.split(['/', '-']).nth(1).unwrap_or_default();
        self.set_variable(id, "BLINDTRANSFER", Some(&names.join(",")), false);
        for peer in peers {
            self.set_variable(peer, "BLINDTRANSFER", Some(&own_name), false);
        }
        let resource = format!("{}@{}", position.extension, position.context);
        let variable = |name: &str, value: String| (name.to_owned(), value, false);
        let call = NewChannel {
            variables: vec![
                variable("BLINDTRANSFER", own_name.clone()),
                variable("SIPTRANSFER", "yes".to_owned()),
                variable("SIPREFERRINGCONTEXT", position.context.clone()),
                variable(
                    "__SIPREFERREDBYHDR",
                    format!("<sip:{phone}@127.0.0.1:5060>"),
                ),
                variable(
                    "SIPREFERTOHDR",
                    format!("sip:{}@127.0.0.1:5060", position.extension),
                ),
            ],
            ..NewChannel::default()
        };
        let local = self.create_local_channel(&call, &resource, position.clone());
        let replacement = self.channels.get(&local).map(|channel| channel.object());
        let Some(other) = self.other_half(&local) else {
            return;
        };
        self.call_other_half(&local, &other);
        self.replace_in_application(id, &local, app);
        self.replace_in_bridge(id, &local, bridge);
        let rest = self
            .blind_transfer(id, &position, "Success")
            .with_some("transferee", transferee)
            .with_some("replace_channel", replacement)
            .with_some("bridge", in_bridge);
        self.publish_blind_transfer(id, Some(bridge), rest);
        if let Some(channel) = self.channels.get_mut(&local) {
            channel.dialing = Some(DialAttempt {
                destination: AnswerDestination::InApplication,
                dial_string: String::new(),
            });
        }
        self.run_dialplan(&other, position);
    }

    /// Makes a new channel take the place of another one in its application, which is no longer
    /// subscribed to the other one.
    pub(super) fn replace_in_application(&mut self, id: &str, new: &str, app: &str) {
        let replaced = self.channels.get(id).map(|channel| channel.object());
        self.set_dialplan_application(new, "Stasis", app);
        self.set_variable(new, "STASISSTATUS", Some(""), false);
        self.start_application(new, app, &[], replaced);
        if let Some(app) = self.apps.get_mut(app) {
            app.channels.remove(id);
        }
    }

    /// Makes a new channel take the place of another one in a bridge.
    pub(super) fn replace_in_bridge(&mut self, id: &str, new: &str, bridge_id: &str) {
        for name in ["BRIDGEPEER", "BRIDGEPVTCALLID"] {
            self.set_bridge_variable(id, name, "");
        }
        if let Some(channel) = self.channels.get_mut(id) {
            channel.bridge = None;
            channel.media_state.muted_in_bridge = false;
        }
        self.remove_video_source(bridge_id, id);
        if let Some(bridge) = self.bridges.get_mut(bridge_id) {
            let old = Participant::Channel(id.to_owned());
            bridge.participants.remove(&old);
            bridge.mark_changed();
        }
        self.publish_channel_bridge_event(bridge_id, id, "ChannelLeftBridge");
        if let Some(bridge) = self.bridges.get_mut(bridge_id) {
            let new = Participant::Channel(new.to_owned());
            bridge.participants.0.push(new);
        }
        if let Some(channel) = self.channels.get_mut(new) {
            channel.bridge = Some(bridge_id.to_owned());
        }
        self.publish_channel_bridge_event(bridge_id, new, "ChannelEnteredBridge");
        self.clear_transfer_variables(new);
        self.update_bridge_peers(bridge_id);
        self.update_connected_lines(bridge_id);
    }

    /// Clears the variables that name the channels of a transfer, when a channel enters a bridge.
    pub(super) fn clear_transfer_variables(&mut self, id: &str) {
        for name in ["BLINDTRANSFER", "ATTENDEDTRANSFER"] {
            self.set_bridge_variable(id, name, "");
        }
    }

    /// Returns the members of `BridgeBlindTransfer` that it always has.
    fn blind_transfer(&self, id: &str, position: &Position, result: &str) -> Object {
        let channel = self.channels.get(id).map(|channel| channel.object());
        Object::new()
            .with_some("channel", channel)
            .with("exten", &position.extension)
            .with("context", &position.context)
            .with("result", result)
            .with("is_external", true)
    }

    fn publish_blind_transfer(&mut self, id: &str, bridge: Option<&str>, rest: Object) {
        let about = EventSubjects {
            channel: Some(id),
            bridge,
            ..EventSubjects::default()
        };
        self.publish(&about, Event::new("BridgeBlindTransfer", rest));
    }
}
