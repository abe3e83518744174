//! Units in which Asterisk counts lengths of time.

use std::time::Duration;

/// The unit in which Asterisk counts a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DurationUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
}

impl DurationUnit {
    /// Returns the plural of the unit's name in lower case.
    pub const fn plural(self) -> &'static str {
        match self {
            DurationUnit::Seconds => "seconds",
            DurationUnit::Milliseconds => "milliseconds",
        }
    }

    const fn nanos(self) -> u128 {
        match self {
            DurationUnit::Seconds => 1_000_000_000,
            DurationUnit::Milliseconds => 1_000_000,
        }
    }

    /// Counts a duration in this unit, rounded up to a whole unit. A limit must never become
    /// shorter, and above all not 0, which has another meaning to Asterisk.
    pub(super) fn count(self, duration: Duration) -> u128 {
        duration.as_nanos().div_ceil(self.nanos())
    }

    /// Returns the duration of this number of units, or `None` if the number is negative.
    pub(super) fn whole(self, count: i64) -> Option<Duration> {
        let count = u64::try_from(count).ok()?;
        Some(match self {
            DurationUnit::Seconds => Duration::from_secs(count),
            DurationUnit::Milliseconds => Duration::from_millis(count),
        })
    }

    pub(super) const fn in_a_second(self) -> f64 {
        match self {
            DurationUnit::Seconds => 1.0,
            DurationUnit::Milliseconds => 1_000.0,
        }
    }
}

/// The format of a parameter whose number is a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationFormat {
    /// The unit of the number.
    pub unit: DurationUnit,
    /// The number that means that there is no limit, if the parameter has one.
    pub unlimited: Option<i64>,
    /// True if 0 is a length of zero. For other parameters, 0 means no limit or the default.
    pub takes_zero: bool,
}
