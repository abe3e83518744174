//! Lengths of time, which are whole numbers on the wire.

/// Unit in which Asterisk counts a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
}

impl DurationUnit {
    /// Its symbol, as in `30 s`.
    pub fn symbol(self) -> &'static str {
        match self {
            DurationUnit::Seconds => "s",
            DurationUnit::Milliseconds => "ms",
        }
    }

    /// Its plural in prose.
    pub fn plural(self) -> &'static str {
        match self {
            DurationUnit::Seconds => "seconds",
            DurationUnit::Milliseconds => "milliseconds",
        }
    }
}

/// Encoding of a duration as the value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationFormat {
    /// Its unit.
    pub unit: DurationUnit,
    /// The number that stands for no limit, if there is one.
    pub unlimited: Option<i64>,
    /// `true` if 0 is a length of zero. Otherwise 0 means no limit or the default.
    pub takes_zero: bool,
}
