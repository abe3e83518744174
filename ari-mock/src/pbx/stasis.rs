//! Channels in applications: entering, moving and leaving.

use super::{Position, World};
use crate::broken;
use crate::json::{Json, Object};

impl World {
    /// Makes a channel enter an application. Returns `false` if that is impossible.
    pub(crate) fn enter(&mut self, id: &str, app: &str, args: &[String], data: &str) -> bool {
        let Some(channel) = self.channels.get_mut(id) else {
            return false;
        };
        if channel.application.0 != "Stasis" {
            channel.before_stasis = channel.application.clone();
        }
        channel.application = ("Stasis".to_owned(), data.to_owned());
        self.set_variable(id, "STASISSTATUS", Some(""), false);
        // Arguments that are not valid UTF-8 cannot be sent in an event.
        let told = !args.iter().any(|arg| broken::is_in(arg));
        if !told || !self.is_registered(app) {
            self.set_variable(id, "STASISSTATUS", Some("FAILED"), false);
            if let (false, Some(channel)) = (told, self.channels.get_mut(id)) {
                channel.application = channel.before_stasis.clone();
            }
            return false;
        }
        self.start(id, app, args);
        true
    }

    /// Hands a channel over to an application.
    pub(crate) fn start(&mut self, id: &str, app: &str, args: &[String]) {
        if let Some(channel) = self.channels.get_mut(id) {
            channel.stasis = Some(app.to_owned());
        }
        self.subscribe_channel(app, id);
        let args: Json = args.iter().collect();
        self.tell_of(app, id, "StasisStart", Object::new().with("args", args));
    }

    /// Sends an event about a channel to one application only.
    fn tell_of(&mut self, app: &str, id: &str, kind: &'static str, rest: Object) {
        if let Some(channel) = self.channels.get(id) {
            let rest = rest.with("channel", channel.object());
            self.tell(app, kind, rest);
        }
    }

    pub(crate) fn subscribe_channel(&mut self, app: &str, id: &str) {
        if let Some(app) = self.apps.get_mut(app) {
            app.channels.add(id);
        }
    }

    /// Makes a channel leave its application, to the dialplan or because it ends.
    pub(crate) fn leave(&mut self, id: &str) {
        self.clean_up();
        self.end_stay(id);
        self.set_variable(id, "STASISSTATUS", Some("SUCCESS"), false);
        if let Some(channel) = self.channels.get_mut(id) {
            channel.application = channel.before_stasis.clone();
        }
    }

    pub(crate) fn is_in_stasis(&self, id: &str) -> bool {
        let channel = self.channels.get(id);
        channel.is_some_and(|channel| channel.stasis.is_some())
    }

    fn end_stay(&mut self, id: &str) {
        let channel = self.channels.get_mut(id);
        let Some(app) = channel.and_then(|channel| channel.stasis.take()) else {
            return;
        };
        self.tell_of(&app, id, "StasisEnd", Object::new());
        if let Some(app) = self.apps.get_mut(&app) {
            app.channels.remove(id);
        }
    }

    /// Moves a channel from one application to another.
    pub(crate) fn move_to(&mut self, id: &str, app: &str, args: &[String]) {
        if !self.is_registered(app) {
            let from = self
                .channels
                .get(id)
                .and_then(|channel| channel.stasis.clone());
            let args: Json = args.iter().collect();
            if let (Some(from), Some(channel)) = (from, self.channels.get(id)) {
                let rest = Object::new()
                    .with("channel", channel.object())
                    .with("destination", app)
                    .with("args", args);
                self.tell(&from, "ApplicationMoveFailed", rest);
            }
            return;
        }
        self.end_stay(id);
        self.start(id, app, args);
    }

    /// Returns a channel to the dialplan. Its application stays subscribed to the bridge that the
    /// channel was in.
    pub(crate) fn continue_at(&mut self, id: &str, position: Position) {
        self.step_out(id);
        // Older releases send `StasisEnd` with the new position.
        if !self.is_newer()
            && let Some(channel) = self.channels.get_mut(id)
        {
            channel.position = position.clone();
        }
        // An originated channel runs the dialplan from within its application, and has left the
        // application only when the dialplan ends.
        if self.channels.get(id).is_some_and(|channel| channel.running) {
            self.leave(id);
        } else {
            self.end_stay(id);
            if let Some(channel) = self.channels.get_mut(id) {
                channel.leaves_at_end = true;
            }
        }
        self.run_dialplan(id, position);
    }
}
