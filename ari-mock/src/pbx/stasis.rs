//! Channels in applications: entering, moving and leaving.

use super::PbxState;
use crate::invalid_bytes;
use crate::json::{Json, Object};
use crate::model::Position;

impl PbxState {
    /// Makes a channel enter an application. Returns `false` if that is impossible.
    pub(crate) fn enter_application(
        &mut self,
        id: &str,
        app: &str,
        args: &[String],
        data: &str,
    ) -> bool {
        let Some(channel) = self.channels.get_mut(id) else {
            return false;
        };
        if channel.dialplan_application.0 != "Stasis" {
            channel.previous_application = channel.dialplan_application.clone();
        }
        channel.dialplan_application = ("Stasis".to_owned(), data.to_owned());
        self.set_variable(id, "STASISSTATUS", Some(""), false);
        // Arguments that are not valid UTF-8 cannot be sent in an event.
        let is_sendable = !args.iter().any(|arg| invalid_bytes::contains_markers(arg));
        if is_sendable && !self.is_registered(app) && self.open_call_socket(id, app, args) {
            return true;
        }
        if !is_sendable || !self.is_registered(app) {
            self.set_variable(id, "STASISSTATUS", Some("FAILED"), false);
            if let (false, Some(channel)) = (is_sendable, self.channels.get_mut(id)) {
                channel.dialplan_application = channel.previous_application.clone();
            }
            return false;
        }
        self.start_application(id, app, args, None);
        true
    }

    /// Hands a channel over to an application, in place of another one if that is given.
    pub(crate) fn start_application(
        &mut self,
        id: &str,
        app: &str,
        args: &[String],
        replaced: Option<Object>,
    ) {
        if let Some(channel) = self.channels.get_mut(id) {
            channel.stasis_app = Some(app.to_owned());
        }
        self.subscribe_channel(app, id);
        let args: Json = args.iter().collect();
        let rest = Object::new()
            .with("args", args)
            .with_some("replace_channel", replaced);
        self.send_channel_event(app, id, "StasisStart", rest);
    }

    /// Sends an event about a channel to one application only.
    fn send_channel_event(&mut self, app: &str, id: &str, kind: &'static str, rest: Object) {
        if let Some(channel) = self.channels.get(id) {
            let rest = rest.with("channel", channel.object());
            self.send_to(app, kind, rest);
        }
    }

    pub(crate) fn subscribe_channel(&mut self, app: &str, id: &str) {
        if let Some(app) = self.apps.get_mut(app) {
            app.channels.add(id);
        }
    }

    /// Makes a channel leave its application, to the dialplan or because it ends.
    pub(crate) fn leave_application(&mut self, id: &str) {
        self.remove_idle_apps();
        self.end_application(id);
        self.set_variable(id, "STASISSTATUS", Some("SUCCESS"), false);
        if let Some(channel) = self.channels.get_mut(id) {
            channel.dialplan_application = channel.previous_application.clone();
        }
    }

    pub(crate) fn is_in_stasis(&self, id: &str) -> bool {
        let channel = self.channels.get(id);
        channel.is_some_and(|channel| channel.stasis_app.is_some())
    }

    pub(super) fn end_application(&mut self, id: &str) {
        let channel = self.channels.get_mut(id);
        let Some(app) = channel.and_then(|channel| channel.stasis_app.take()) else {
            return;
        };
        self.send_channel_event(&app, id, "StasisEnd", Object::new());
        if let Some(app) = self.apps.get_mut(&app) {
            app.channels.remove(id);
        }
        self.close_call_socket(id);
    }

    /// Moves a channel from one application to another.
    pub(crate) fn move_to_application(&mut self, id: &str, app: &str, args: &[String]) {
        if !self.is_registered(app) {
            let from = self
                .channels
                .get(id)
                .and_then(|channel| channel.stasis_app.clone());
            let args: Json = args.iter().collect();
            if let (Some(from), Some(channel)) = (from, self.channels.get(id)) {
                let rest = Object::new()
                    .with("channel", channel.object())
                    .with("destination", app)
                    .with("args", args);
                self.send_to(&from, "ApplicationMoveFailed", rest);
            }
            return;
        }
        self.end_application(id);
        self.start_application(id, app, args, None);
    }

    /// Returns a channel to the dialplan. Its application stays subscribed to the bridge that the
    /// channel was in.
    pub(crate) fn continue_in_dialplan(&mut self, id: &str, position: Position) {
        self.remove_from_bridge(id);
        // Older releases send `StasisEnd` with the new position.
        if !self.behaves_like_22()
            && let Some(channel) = self.channels.get_mut(id)
        {
            channel.position = position.clone();
        }
        // An originated channel runs the dialplan from within its application, and has left the
        // application only when the dialplan ends.
        if self
            .channels
            .get(id)
            .is_some_and(|channel| channel.is_in_dialplan)
        {
            self.leave_application(id);
        } else {
            self.end_application(id);
            if let Some(channel) = self.channels.get_mut(id) {
                channel.is_status_pending = true;
            }
        }
        self.run_dialplan(id, position);
    }
}
