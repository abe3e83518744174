//! Transfers that a phone requests.

use std::sync::Arc;

use super::FakeChannel;

impl FakeChannel {
    /// Transfers the other party to an extension (blind transfer), as a SIP phone does with REFER.
    ///
    /// If `PJSIP_TRANSFER_HANDLING()` is `ari-only`, an application gets `ChannelTransfer`, and
    /// carries the transfer out. Otherwise the server does. In a bridge, a Local channel to the
    /// extension of the context `testari` (or of the variable `TRANSFER_CONTEXT`) takes the place of
    /// this channel, which stays in its application until the phone hangs up. Without another party
    /// the transfer fails, and nothing happens if there is no such extension.
    ///
    /// The phone must be in a call, and must not have requested another transfer that is not
    /// finished. Otherwise nothing happens. It does not hang up by itself.
    pub fn transfer(&self, extension: &str) {
        self.server
            .update(|pbx| pbx.on_blind_transfer(&self.id, extension));
    }

    /// Connects the other party with that of another call of the same phone (attended transfer), as
    /// a SIP phone does with REFER and Replaces.
    ///
    /// If `PJSIP_TRANSFER_HANDLING()` of this channel is `ari-only`, an application gets
    /// `ChannelTransfer`, and carries the transfer out. Otherwise the server does: the halves of a
    /// Local channel take the places of both channels in their bridges. A channel in no bridge is
    /// replaced, too, and ends. The channel of the other call always ends. The transfer fails if
    /// neither channel is in a bridge, or if one is in none and the other is alone in its bridge.
    ///
    /// The phone must be in both calls, and must not have requested another transfer that is not
    /// finished. Otherwise nothing happens.
    pub fn attended_transfer(&self, other: &FakeChannel) {
        if Arc::ptr_eq(&self.server, &other.server) {
            self.server
                .update(|pbx| pbx.on_attended_transfer(&self.id, &other.id));
        }
    }
}
