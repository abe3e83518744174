//! The settings of a session, with which it can be opened again.

use std::time::Duration;

use crate::carrier::CarrierPreference;
use crate::pcm::{Format, SampleRate};
use crate::playout::{DEFAULT_LEAD, DEFAULT_MAX_BUFFERED};

/// The default limit for each step of opening a session that waits for an event.
const DEFAULT_STEP_TIMEOUT: Duration = Duration::from_secs(10);

/// The settings of a session.
#[derive(Clone, Debug)]
pub(crate) struct SessionSettings {
    /// The channel of the call.
    pub(crate) call: String,
    pub(crate) rate: SampleRate,
    pub(crate) raw: Option<Format>,
    /// The existing bridge to join.
    pub(crate) bridge: Option<String>,
    pub(crate) whispers: bool,
    pub(crate) application: Option<String>,
    pub(crate) carrier: Option<CarrierPreference>,
    pub(crate) max_buffered: Duration,
    pub(crate) lead: Duration,
    /// The limit for each step that waits for an event.
    pub(crate) step_timeout: Duration,
}

impl SessionSettings {
    /// Returns the defaults for a call.
    pub(crate) fn new(call: String) -> Self {
        SessionSettings {
            call,
            rate: SampleRate::Hz16000,
            raw: None,
            bridge: None,
            whispers: false,
            application: None,
            carrier: None,
            max_buffered: DEFAULT_MAX_BUFFERED,
            lead: DEFAULT_LEAD,
            step_timeout: DEFAULT_STEP_TIMEOUT,
        }
    }

    /// Returns the rate of the audio that the program exchanges.
    pub(crate) fn audio_rate(&self) -> SampleRate {
        self.raw.map_or(self.rate, Format::sample_rate)
    }
}
