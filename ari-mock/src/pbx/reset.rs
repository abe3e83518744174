//! The reset between two tests of a program that stays connected.

use std::time::Duration;

use super::PbxState;
use crate::model::{Channel, ConfigObjects, ScenarioState};
use crate::sorted_map::SortedMap;

impl PbxState {
    /// Hangs up all calls and removes everything that programs and tests have made or recorded.
    /// Applications stay connected.
    pub(crate) fn reset(&mut self) {
        self.script = SortedMap::new();
        self.scenario = ScenarioState::default();
        let channels: Vec<_> = self.channels.keys().cloned().collect();
        for id in channels {
            match self.channels.get(&id).map(Channel::is_sip) {
                Some(true) => self.hangup_remote(&id, 16),
                Some(false) => self.hangup_local(&id, 16),
                // It has ended with another one.
                None => {}
            }
        }
        let bridges: Vec<_> = self.bridges.keys().cloned().collect();
        for id in bridges {
            self.destroy_bridge(&id);
        }
        self.faults.clear();
        self.response_delay = Duration::ZERO;
        self.stored_recordings = SortedMap::new();
        self.globals = SortedMap::new();
        self.mailboxes = SortedMap::new();
        self.device_states.controlled = SortedMap::new();
        self.device_states.overrides = SortedMap::new();
        self.sent_messages.clear();
        self.config_objects = ConfigObjects::new();
        self.endpoints = self.settings.endpoints.clone();
        self.define_endpoints();
        self.removed_requests += self.requests.len();
        self.requests.clear();
        self.removed_violations += self.violations.len();
        self.violations.clear();
    }
}
