//! The settings and the state of a call broadcast.

use std::time::Duration;

/// The settings of a [`Step::StasisBroadcast`](crate::Step::StasisBroadcast).
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct CallBroadcast {
    pub(crate) timeout: Duration,
    pub(crate) apps: Vec<String>,
    pub(crate) args: Vec<String>,
    pub(crate) reports_claims: bool,
}

impl CallBroadcast {
    /// Broadcasts the call to all applications for `time`, without reporting the claim.
    pub fn new(timeout: Duration) -> Self {
        CallBroadcast {
            timeout,
            apps: Vec::new(),
            args: Vec::new(),
            reports_claims: false,
        }
    }

    /// Broadcasts the call only to these applications. A real server matches their names with a
    /// regular expression.
    pub fn to_applications(mut self, apps: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.apps = apps.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the arguments that the application gets.
    pub fn args(mut self, args: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.args = args.into_iter().map(Into::into).collect();
        self
    }

    /// Reports the claim with `CallClaimed` to all applications that received the broadcast.
    pub fn report_claims(mut self) -> Self {
        self.reports_claims = true;
        self
    }

    /// Returns the arguments of the dialplan application.
    pub(crate) fn dialplan_data(&self) -> String {
        let filter = match &*self.apps {
            [] => String::new(),
            apps => format!("^({})$", apps.join("|")),
        };
        let report = if self.reports_claims { "yes" } else { "" };
        let data = format!(
            "{},{filter},{},{report}",
            self.timeout.as_millis(),
            self.args.join(":")
        );
        data.trim_end_matches(',').to_owned()
    }

    pub(crate) fn includes(&self, app: &str) -> bool {
        self.apps.is_empty() || self.apps.iter().any(|name| name == app)
    }
}

/// The state of a broadcast.
#[derive(Clone, Debug)]
pub(crate) enum BroadcastState {
    Open(CallBroadcast),
    Claimed,
}
