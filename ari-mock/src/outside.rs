//! What happens outside of calls: phones come and go, devices change, messages arrive.

use crate::Asterisk;

impl Asterisk {
    /// A phone, such as `PJSIP/alice`, registers; one that is not known yet is from here on.
    pub fn register_endpoint(&self, endpoint: &str) {
        self.server
            .with(|world| world.register_phone(endpoint, true));
    }

    /// A phone is gone: it is offline, and calling it fails.
    pub fn unregister_endpoint(&self, endpoint: &str) {
        self.server
            .with(|world| world.register_phone(endpoint, false));
    }

    /// Sets the state of a device, such as `BUSY`, whatever its calls are in from here on.
    pub fn set_device_state(&self, device: &str, state: &str) {
        self.server.with(|world| world.set_device(device, state));
    }

    /// Sets how many old and new messages a mailbox has, such as `100@default`.
    pub fn set_mailbox(&self, name: &str, old: i64, new: i64) {
        self.server.with(|world| {
            world.mailboxes.insert(name.to_owned(), (old, new));
        });
    }

    /// A phone sends a text message to a user of the server.
    pub fn message(&self, endpoint: &str, to: &str, body: &str) {
        self.server
            .with(|world| world.receive_message(endpoint, to, body, &[]));
    }
}
