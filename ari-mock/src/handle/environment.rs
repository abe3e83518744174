//! Changes that do not belong to a call: registrations of endpoints, device states, mailboxes and
//! text messages.

use super::Asterisk;

impl Asterisk {
    /// Registers an endpoint, such as `PJSIP/alice`. An unknown endpoint is added.
    pub fn register_endpoint(&self, endpoint: &str) {
        self.server
            .update(|pbx| pbx.set_endpoint_online(endpoint, true));
    }

    /// Unregisters an endpoint, so that it is offline and calls to it fail.
    pub fn unregister_endpoint(&self, endpoint: &str) {
        self.server
            .update(|pbx| pbx.set_endpoint_online(endpoint, false));
    }

    /// Sets the state of a device, such as `BUSY`. From now on its calls do not change it.
    pub fn set_device_state(&self, device: &str, state: &str) {
        self.server
            .update(|pbx| pbx.set_device_state(device, state));
    }

    /// Sets the numbers of old and new messages in a mailbox, such as `100@default`.
    pub fn set_mailbox(&self, name: &str, old: i64, new: i64) {
        self.server.update(|pbx| {
            pbx.mailboxes.insert(name.to_owned(), (old, new));
        });
    }

    /// Sends a text message from an endpoint to a user of the server.
    pub fn receive_message(&self, endpoint: &str, to: &str, body: &str) {
        self.server
            .update(|pbx| pbx.receive_message(endpoint, to, body, &[]));
    }
}
