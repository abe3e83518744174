//! Scenarios of the running server.

use std::sync::Arc;

use super::Asterisk;
use crate::control::{self, Scenario, ScenarioError};
use crate::server::apply_effect;

impl Asterisk {
    /// Plays a scenario, from now on or from the connection of its application. It goes on when the
    /// server restarts, and ends with a reset of the control API.
    ///
    /// # Errors
    ///
    /// Returns the first step that this server cannot play: with an extension that its dialplan
    /// lacks, or an operation that its release lacks. Nothing is played then.
    pub fn play(&self, scenario: Scenario) -> Result<(), ScenarioError> {
        // The state of the server, which it belongs to, must not keep the server.
        let server = Arc::downgrade(&self.server);
        let apply = Arc::new(move |effect| {
            if let Some(server) = server.upgrade() {
                apply_effect(&server, effect);
            }
        });
        let scenario = Arc::new(scenario);
        self.server.update(|pbx| {
            scenario.check(&pbx.settings)?;
            control::start(pbx, scenario, apply);
            Ok(())
        })
    }

    /// Returns the problems of the steps of scenarios so far, such as a channel that no longer
    /// exists, with their places.
    pub fn scenario_problems(&self) -> Vec<String> {
        self.server.read(|pbx| pbx.scenario.problems.clone())
    }
}
