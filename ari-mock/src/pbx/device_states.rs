//! Device states: those that ARI controls, and those of phones.

use super::PbxState;
use crate::json::Object;
use crate::model::{Channel, Event, EventSubjects};

/// Returns the state of a phone with this channel, and its rank. The state with the highest rank
/// counts.
fn channel_device_state(channel: &Channel) -> (u8, &'static str) {
    match channel.state {
        _ if channel.media_state.is_held => (3, "ONHOLD"),
        "Down" => (2, "NOT_INUSE"),
        "Ringing" => (4, "RINGING"),
        "Busy" => (6, "BUSY"),
        _ => (5, "INUSE"),
    }
}

impl PbxState {
    /// Returns the state of a device.
    pub(crate) fn device_state(&self, device: &str) -> &str {
        if let Some(state) = self.device_states.overrides.get(device) {
            return state;
        }
        if device.contains(':') {
            return self
                .device_states
                .controlled
                .get(device)
                .map_or("UNKNOWN", String::as_str);
        }
        match device.split_once('/') {
            Some(("Local", resource)) => self.extension_state(device, resource),
            _ => match self.endpoints.get(device) {
                None => "INVALID",
                Some(None) => "UNAVAILABLE",
                Some(Some(_)) => self.endpoint_device_state(device),
            },
        }
    }

    fn extension_state(&self, device: &str, resource: &str) -> &'static str {
        let (extension, context) = resource.split_once('@').unwrap_or((resource, "default"));
        let prefix = format!("{device}-");
        let mut channels = self.channels.values();
        match self.settings.dialplan.contains(context, extension) {
            false => "INVALID",
            true if channels.any(|channel| channel.name.starts_with(&prefix)) => "INUSE",
            true => "NOT_INUSE",
        }
    }

    fn endpoint_device_state(&self, device: &str) -> &'static str {
        let (mut strongest, mut ringing, mut in_use) = ((2, "NOT_INUSE"), false, false);
        for channel in self.channels.values().filter(|channel| !channel.has_ended) {
            if channel.device() == Some(device) {
                let state = channel_device_state(channel);
                ringing |= state.1 == "RINGING";
                in_use |= matches!(state.1, "INUSE" | "ONHOLD" | "BUSY");
                strongest = strongest.max(state);
            }
        }
        match (ringing, in_use) {
            (true, true) => "RINGINUSE",
            _ => strongest.1,
        }
    }

    /// Publishes the state of a phone if it has changed.
    pub(crate) fn update_device(&mut self, device: &str) {
        let state = self.device_state(device).to_owned();
        let before = self
            .device_states
            .published
            .insert(device.to_owned(), state.clone());
        if before.as_deref().unwrap_or("NOT_INUSE") != state {
            self.publish_device_state(device, &state);
        }
    }

    /// Publishes the state of the phone of a channel if it has changed.
    pub(crate) fn update_device_of(&mut self, id: &str) {
        let channel = self.channels.get(id);
        if let Some(device) = channel.and_then(Channel::device).map(str::to_owned) {
            self.update_device(&device);
        }
    }

    pub(crate) fn publish_device_state(&mut self, device: &str, state: &str) {
        let object = Object::new().with("name", device).with("state", state);
        let rest = Object::new().with("device_state", object);
        let about = EventSubjects {
            device: Some(device),
            ..EventSubjects::default()
        };
        self.publish(&about, Event::new("DeviceStateChanged", rest));
    }

    /// Sets a state that no longer depends on the channels of the device.
    pub(crate) fn set_device_state(&mut self, device: &str, state: &str) {
        let before = self.device_state(device).to_owned();
        let devices = match device.starts_with("Stasis:") {
            true => &mut self.device_states.controlled,
            false => &mut self.device_states.overrides,
        };
        devices.insert(device.to_owned(), state.to_owned());
        if before != state {
            self.publish_device_state(device, state);
        }
    }
}
