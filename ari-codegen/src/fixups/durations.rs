//! Lengths of time, for which the specs have plain numbers: what each counts, and what its special
//! numbers stand for.

use crate::api::{DurationFormat, DurationUnit};

/// Resource, operation and name of each parameter.
type Parameters = &'static [(&'static str, &'static str, &'static str)];

/// Model and name of each property.
type Properties = &'static [(&'static str, &'static str)];

const SECONDS: DurationFormat = DurationFormat {
    unit: DurationUnit::Seconds,
    unlimited: None,
    takes_zero: false,
};

const MILLISECONDS: DurationFormat = DurationFormat {
    unit: DurationUnit::Milliseconds,
    unlimited: None,
    takes_zero: true,
};

/// Seconds to ring: -1 sets no limit, and 0 leaves it at the default.
pub(super) const RINGING: DurationFormat = DurationFormat {
    unlimited: Some(-1),
    ..SECONDS
};

pub(super) const RINGING_PARAMETERS: Parameters = &[
    ("channels", "originate", "timeout"),
    ("channels", "originateWithId", "timeout"),
];

/// Seconds of which 0 sets no limit.
pub(super) const LIMITS: DurationFormat = DurationFormat {
    unlimited: Some(0),
    ..SECONDS
};

pub(super) const LIMITS_PARAMETERS: Parameters = &[
    ("channels", "dial", "timeout"),
    ("channels", "record", "maxDurationSeconds"),
    ("channels", "record", "maxSilenceSeconds"),
    ("bridges", "record", "maxDurationSeconds"),
    ("bridges", "record", "maxSilenceSeconds"),
];

/// Milliseconds to skip or to wait.
pub(super) const LENGTHS: DurationFormat = MILLISECONDS;

pub(super) const LENGTHS_PARAMETERS: Parameters = &[
    ("channels", "play", "offsetms"),
    ("channels", "playWithId", "offsetms"),
    ("channels", "sendDTMF", "before"),
    ("channels", "sendDTMF", "after"),
    ("bridges", "play", "offsetms"),
    ("bridges", "playWithId", "offsetms"),
];

/// Milliseconds of which 0 leaves it at the default.
pub(super) const STEPS: DurationFormat = DurationFormat {
    takes_zero: false,
    ..MILLISECONDS
};

pub(super) const STEPS_PARAMETERS: Parameters = &[
    ("channels", "play", "skipms"),
    ("channels", "playWithId", "skipms"),
    ("channels", "sendDTMF", "between"),
    ("channels", "sendDTMF", "duration"),
    ("bridges", "play", "skipms"),
    ("bridges", "playWithId", "skipms"),
];

/// The most seconds whose milliseconds fit into 32 bits.
pub(super) const MAX_SECONDS: i64 = (i32::MAX / 1000) as i64;

pub(super) const MULTIPLIED_PARAMETERS: Parameters = &[
    ("channels", "originate", "timeout"),
    ("channels", "originateWithId", "timeout"),
    ("channels", "dial", "timeout"),
    ("channels", "record", "maxSilenceSeconds"),
    ("bridges", "record", "maxSilenceSeconds"),
];

pub(super) const SECONDS_PROPERTIES: Properties = &[
    ("LiveRecording", "duration"),
    ("LiveRecording", "talking_duration"),
    ("LiveRecording", "silence_duration"),
    ("RTPstat", "rtt"),
    ("RTPstat", "maxrtt"),
    ("RTPstat", "minrtt"),
    ("RTPstat", "normdevrtt"),
    ("RTPstat", "stdevrtt"),
];

pub(super) const MILLISECONDS_PROPERTIES: Properties = &[
    ("ChannelDtmfReceived", "duration_ms"),
    ("ChannelTalkingFinished", "duration"),
];
