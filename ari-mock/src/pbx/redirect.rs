//! Redirections of phones by applications.

use super::PbxState;
use crate::json::Object;

impl PbxState {
    /// Redirects the phone of a channel. A call from a phone that was not answered ends, because the
    /// phone calls the target itself (302). In an answered call the phone decides what it does
    /// (REFER). Other channels do not change.
    pub(crate) fn redirect(&mut self, id: &str, target: String) {
        let newer = self.behaves_like_22();
        let Some(channel) = self.channels.get_mut(id).filter(|channel| channel.is_sip()) else {
            return;
        };
        channel.redirect_target = Some(target);
        if channel.state != "Ring" {
            return;
        }
        channel.tech_cause = Some(302);
        let cause = if newer { 23 } else { 16 };
        let first = Object::new()
            .with("cause", cause)
            .with_some("tech_cause", newer.then_some(302));
        self.publish_hangup_request(id, first);
        self.end_channel(id, cause, cause);
    }
}
