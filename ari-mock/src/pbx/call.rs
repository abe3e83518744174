//! Calls: channels are created, ring and are answered.

use std::time::Duration;

use super::PbxState;
use crate::json::Object;
use crate::model::audio::AudioFormat;
use crate::model::{
    AnswerDestination, Channel, ChannelKind, DialAttempt, EndpointBehavior, Event, EventSubjects,
    MediaTarget, Party, Position,
};

/// The parameters of a new channel.
#[derive(Default)]
pub(crate) struct NewChannel {
    pub(crate) technology: String,
    pub(crate) resource: String,
    pub(crate) id: Option<String>,
    pub(crate) other_half_id: Option<String>,
    pub(crate) caller: Option<String>,
    pub(crate) variables: Vec<(String, String, bool)>,
}

impl PbxState {
    /// Creates the channel, or both halves of a Local channel. Returns `None` if the technology or
    /// the endpoint does not exist, or if the endpoint is offline.
    pub(crate) fn create_channel(&mut self, call: NewChannel) -> Option<String> {
        let NewChannel {
            technology,
            resource,
            ..
        } = &call;
        if technology.eq_ignore_ascii_case("WebSocket") {
            let new = self.parse_websocket_channel(resource)?;
            let format = AudioFormat::find("slin")?;
            let id = call.id.clone().unwrap_or_else(|| self.new_channel_id());
            self.add_websocket_channel(&id, new, format, &call);
            return Some(id);
        }
        if technology.eq_ignore_ascii_case("Local") {
            let resource = resource.split('/').next().unwrap_or_default();
            let (extension, context) = resource.split_once('@').unwrap_or((resource, ""));
            let context = if context.is_empty() {
                "default"
            } else {
                context
            };
            let position = first_step(context, extension);
            return Some(self.create_local_channel(
                &call,
                &format!("{extension}@{context}"),
                position,
            ));
        }
        let (extension, name) = resource.split_once('@').unwrap_or(("1", resource));
        let (endpoint, phone) = self.find_endpoint(technology, name)?;
        let endpoint = endpoint.to_owned();
        let at_far = match phone {
            EndpointBehavior::Dialplan => first_step("testari", extension),
            EndpointBehavior::Fixed => first_step(&endpoint, "s"),
        };
        let kind = ChannelKind::Sip {
            at: Some(at_far),
            echo: false,
        };
        let id = call.id.clone().unwrap_or_else(|| self.new_channel_id());
        let name = format!("{endpoint}-{:08x}", self.next_name_number());
        let mut channel = Channel::new(id.clone(), name, kind, first_step("testari", "s"));
        channel.protocol_id = ari_api::client::unique_id();
        self.add_channel(channel, &call);
        Some(id)
    }

    /// Returns whether the endpoint exists and is online, so that a channel can be created.
    pub(crate) fn can_create_channel(&self, technology: &str, resource: &str) -> bool {
        if technology.eq_ignore_ascii_case("WebSocket") {
            return self.parse_websocket_channel(resource).is_some();
        }
        let (_, name) = resource.split_once('@').unwrap_or(("1", resource));
        technology.eq_ignore_ascii_case("Local") || self.find_endpoint(technology, name).is_some()
    }

    /// Finds an endpoint, ignoring the case of its technology, and its phone if that is online.
    fn find_endpoint(&self, technology: &str, name: &str) -> Option<(&str, &EndpointBehavior)> {
        let is_called = |(endpoint, _): &(&String, _)| {
            let known = endpoint.split_once('/');
            known.is_some_and(|(tech, own)| own == name && tech.eq_ignore_ascii_case(technology))
        };
        let (endpoint, phone) = self.endpoints.iter().find(is_called)?;
        Some((endpoint, phone.as_ref()?))
    }

    /// Creates both halves of a Local channel. Returns the id of the first one.
    pub(super) fn create_local_channel(
        &mut self,
        call: &NewChannel,
        resource: &str,
        position: Position,
    ) -> String {
        let id = call.id.clone().unwrap_or_else(|| self.new_channel_id());
        let other = match (&call.other_half_id, &call.id) {
            (Some(other), _) => other.clone(),
            (None, Some(id)) => format!("{id};2"),
            (None, None) => self.new_channel_id(),
        };
        let number = self.next_name_number();
        for (half, id, other, state) in [(1, &id, &other, "Down"), (2, &other, &id, "Ring")] {
            let kind = ChannelKind::Local {
                other: other.clone(),
            };
            let name = format!("Local/{resource}-{number:08x};{half}");
            let mut channel = Channel::new(id.clone(), name, kind, position.clone());
            channel.state = state;
            self.add_channel(channel, call);
        }
        id
    }

    /// Adds a new channel and publishes its events.
    pub(crate) fn add_channel(&mut self, mut channel: Channel, call: &NewChannel) {
        channel.created = self.clock.timestamp();
        channel.serial = self.next_number();
        channel.resource.clone_from(&call.resource);
        if let Some(caller) = &call.caller
            && !channel.name.ends_with(";2")
        {
            channel.caller = Party::parse(caller);
            channel.connected_line = channel.caller.clone();
        }
        let called = channel.name.ends_with(";2");
        let id = channel.id.clone();
        self.queues.remove(&MediaTarget::Channel(id.clone()));
        self.channels.insert(id.clone(), channel);
        self.publish_endpoint_state_of(&id);
        self.publish_channel_event(&id, "ChannelCreated", Object::new());
        // The other half receives the variables when it is called.
        for (name, value, report) in call.variables.iter().filter(|_| !called) {
            self.set_variable(&id, name, Some(value), *report);
        }
    }

    /// Sets the dialplan application that an originated channel reports.
    pub(crate) fn mark_outgoing(&mut self, id: &str) {
        self.set_dialplan_application(id, "AppDial2", "(Outgoing Line)");
    }

    /// Starts a dialplan application on a channel. An event is published only if the channel's
    /// position in the dialplan has changed or no application ran before.
    pub(crate) fn set_dialplan_application(&mut self, id: &str, name: &str, data: &str) {
        if let Some(channel) = self.channels.get_mut(id) {
            let ran = std::mem::replace(
                &mut channel.dialplan_application,
                (name.to_owned(), data.to_owned()),
            );
            let told_at = channel.reported_position.replace(channel.position.clone());
            if !ran.0.is_empty() && told_at.as_ref() == Some(&channel.position) {
                return;
            }
            let before = Object::new()
                .with("dialplan_app", name)
                .with("dialplan_app_data", data);
            let (first, behind) = (Object::new(), Object::new());
            let has_new_caller = self.show_new_caller(id);
            self.publish_channel_event_with(id, "ChannelDialplan", first, before, behind);
            if has_new_caller {
                self.publish_new_caller(id);
            }
        }
    }

    pub(crate) fn other_half(&self, id: &str) -> Option<String> {
        match &self.channels.get(id)?.kind {
            ChannelKind::Local { other } => Some(other.clone()),
            _ => None,
        }
    }

    /// Dials the far end. The attempt is abandoned after `limit`, if that is given.
    pub(crate) fn dial(&mut self, id: &str, dialing: DialAttempt, limit: Option<Duration>) {
        let now = self.clock.now();
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        channel.action_count += 1;
        channel.dialing = Some(dialing);
        channel.dial_deadline = limit.map(|limit| now + limit);
        let position = channel.position.clone();
        let sip = channel.is_sip();
        let waits = matches!(channel.kind, ChannelKind::ExternalMedia { waits: true });
        if let Some(other) = self.other_half(id) {
            let dialplan = &self.settings.dialplan;
            if !dialplan.contains(&position.context, &position.extension) {
                self.remove_channel(&other, 0);
                self.finalize(id);
                self.remove_channel(id, 0);
                return;
            }
            self.call_other_half(id, &other);
            self.publish_dial_event(id, "");
            self.run_dialplan(&other, position);
        } else {
            self.publish_dial_event(id, "");
            if sip {
                self.run_remote_step(id);
            } else if !waits {
                self.on_answered(id);
            }
        }
        if let Some(limit) = limit {
            self.limit_dial(id, limit);
        }
    }

    /// Abandons dialing after `limit`.
    pub(super) fn limit_dial(&mut self, id: &str, limit: Duration) {
        let Some(action) = self.channels.get(id).map(|channel| channel.action_count) else {
            return;
        };
        self.run_after_for_channel(id, limit, move |pbx, id| {
            let waits =
                |channel: &Channel| channel.dialing.is_some() && channel.action_count == action;
            if pbx.channels.get(id).is_some_and(waits) {
                let cause = match (pbx.behaves_like_22(), pbx.is_in_stasis(id)) {
                    (true, _) => 19,
                    (false, true) => 16,
                    (false, false) => 0,
                };
                if pbx.is_in_stasis(id) {
                    let first = Object::new().with("cause", 32).with("soft", true);
                    pbx.publish_hangup_request(id, first);
                }
                pbx.fail_dial(id, cause, cause);
            }
        });
    }

    pub(super) fn publish_dial_event(&mut self, id: &str, status: &str) {
        self.publish_dial(id, status, Object::new().with("forward", ""));
    }

    /// Publishes a `Dial`, with the properties of a forwarded call.
    pub(super) fn publish_dial(&mut self, id: &str, status: &str, forward: Object) {
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        let string = channel
            .dialing
            .as_ref()
            .map(|dialing| match (&dialing.destination, status) {
                (AnswerDestination::InApplication, "") => dialing.dial_string.clone(),
                // A channel that was created first and then dialled does not repeat its dial
                // string.
                (AnswerDestination::InApplication, _) => String::new(),
                _ => dialing.dial_string.clone(),
            });
        let rest = forward
            .with("dialstatus", status)
            .with("dialstring", string.unwrap_or_default())
            .with("peer", channel.object());
        let device = channel.device().map(str::to_owned);
        let about = EventSubjects {
            channel: Some(id),
            endpoint: device.as_deref(),
            ..Default::default()
        };
        self.publish(&about, Event::new("Dial", rest));
    }

    pub(crate) fn set_channel_state(&mut self, id: &str, state: &'static str) {
        let now = self.clock.now();
        if let Some(channel) = self.channels.get_mut(id)
            && channel.state != state
        {
            channel.state = state;
            channel.up_since = (state == "Up").then_some(now);
            let has_new_caller = self.show_new_caller(id);
            self.publish_channel_event(id, "ChannelStateChange", Object::new());
            if has_new_caller {
                self.publish_new_caller(id);
            }
            self.update_device_of(id);
        }
    }

    /// The far end rings.
    pub(crate) fn on_ringing(&mut self, id: &str) {
        let dials = |channel: &Channel| channel.dialing.is_some();
        if self.channels.get(id).is_some_and(dials) {
            self.set_channel_state(id, "Ringing");
            self.publish_dial_event(id, "RINGING");
        }
    }

    /// The far end reports progress.
    pub(crate) fn on_progress(&mut self, id: &str) {
        let dials = |channel: &Channel| channel.dialing.is_some();
        if self.channels.get(id).is_some_and(dials) {
            self.publish_dial_event(id, "PROGRESS");
        }
    }

    /// The far end answers, if it was dialled.
    pub(crate) fn on_answered(&mut self, id: &str) {
        let channel = self.channels.get_mut(id);
        let Some(channel) = channel.filter(|channel| channel.dialing.is_some()) else {
            return;
        };
        channel.action_count += 1;
        self.set_channel_state(id, "Up");
        self.publish_dial_event(id, "ANSWER");
        let channel = self.channels.get_mut(id);
        let Some(dialing) = channel.and_then(|channel| channel.dialing.take()) else {
            return;
        };
        match dialing.destination {
            AnswerDestination::Application(app, args, data) => {
                if !self.enter_application(id, &app, &args, &data) {
                    self.end_channel(id, 0, 0);
                }
            }
            AnswerDestination::Dialplan(position) => self.run_dialplan(id, position),
            AnswerDestination::InApplication => {}
        }
    }

    /// The channel itself answers a call from outside or from its other half.
    pub(crate) fn answer_channel(&mut self, id: &str) {
        self.set_channel_state(id, "Up");
        if let Some(other) = self.other_half(id)
            && self
                .channels
                .get(&other)
                .is_some_and(|other| other.dialing.is_some())
        {
            self.on_answered(&other);
        }
    }

    /// The far end is busy.
    pub(crate) fn on_busy(&mut self, id: &str) {
        if let Some(other) = self.other_half(id) {
            self.set_channel_state(&other, "Busy");
            self.publish_dial_event(id, "BUSY");
            if self.is_in_stasis(id) {
                self.publish_hangup_request(id, Object::new().with("cause", 17));
                self.fail_dial(id, 17, 17);
            } else {
                self.fail_dial(id, 0, 17);
            }
        } else {
            self.hangup_remote(id, 17);
        }
    }
}

/// Returns the position of the first step of an extension.
fn first_step(context: &str, extension: &str) -> Position {
    Position {
        context: context.to_owned(),
        extension: extension.to_owned(),
        priority: 1,
    }
}
