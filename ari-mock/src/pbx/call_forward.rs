//! Phones that forward a call to another extension (302).

use super::{NewChannel, PbxState};
use crate::json::Object;
use crate::model::{AnswerDestination, DialAttempt, Position};

impl PbxState {
    /// The phone that a channel calls forwards the call to an extension. Asterisk calls it over a Local
    /// channel if the call was originated. A channel that was created and then dialed ends.
    pub(super) fn forward_call(&mut self, id: &str, extension: &str) {
        let newer = self.behaves_like_22();
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let Some(dialing) = channel.dialing.clone() else {
            return;
        };
        channel.tech_cause = Some(302);
        let number = dialing.dial_string.split('@').next().unwrap_or_default();
        channel.redirected_from = Some(number.to_owned());
        let context = channel.position.context.clone();
        let deadline = channel.dial_deadline;
        let is_originated = !matches!(dialing.destination, AnswerDestination::InApplication);
        let forward = Object::new().with("forward", extension);
        let request = Object::new()
            .with("cause", if newer { 23 } else { 127 })
            .with_some("tech_cause", newer.then_some(302));
        let ends_with = match (newer, is_originated) {
            (true, _) => 23,
            (false, true) => 0,
            (false, false) => 127,
        };
        if !is_originated {
            // A real server reports it several times.
            self.publish_dial(id, "CANCEL", forward);
            self.publish_hangup_request(id, request);
            self.end_channel(id, ends_with, ends_with);
            return;
        }
        let position = Position {
            context: context.clone(),
            extension: extension.to_owned(),
            priority: 1,
        };
        let resource = format!("{extension}@{context}");
        let call = NewChannel {
            technology: "Local".to_owned(),
            resource: resource.clone(),
            ..NewChannel::default()
        };
        let next = self.create_local_channel(&call, &resource, position.clone());
        self.mark_outgoing(&next);
        let application = match &dialing.destination {
            AnswerDestination::Application(application, ..) => Some(application.clone()),
            _ => None,
        };
        if let Some(channel) = self.channels.get_mut(&next) {
            channel.dialing = Some(DialAttempt {
                destination: dialing.destination,
                dial_string: resource,
            });
            channel.dial_deadline = deadline;
        }
        self.publish_dial_event(&next, "");
        let forwarded = self.channels.get(&next).map(|channel| channel.object());
        self.publish_hangup_request(id, request);
        self.publish_forwarded(id, forward.with_some("forwarded", forwarded));
        self.end_channel(id, ends_with, ends_with);
        // Applications are subscribed to it when they are notified of it.
        if let Some(application) = application {
            self.subscribe_channel(&application, &next);
        }
        let Some(other) = self.other_half(&next) else {
            return;
        };
        if !self.settings.dialplan.contains(&context, extension) {
            self.remove_channel(&other, 0);
            self.finalize(&next);
            self.remove_channel(&next, 0);
            return;
        }
        self.call_other_half(&next, &other);
        self.run_dialplan(&other, position);
        if let Some(deadline) = deadline {
            let limit = deadline.saturating_sub(self.clock.now());
            self.limit_dial(&next, limit);
        }
    }

    /// Publishes that an originated call was forwarded, without the dial string.
    fn publish_forwarded(&mut self, id: &str, forward: Object) {
        if let Some(dialing) = self
            .channels
            .get_mut(id)
            .and_then(|channel| channel.dialing.as_mut())
        {
            dialing.dial_string.clear();
        }
        self.publish_dial(id, "CANCEL", forward);
    }
}
