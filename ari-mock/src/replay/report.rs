//! Differences between a recording and a program.

use std::fmt;

/// The differences between a recording and the program that it was played to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplayReport {
    /// The differences in the order in which they were found.
    pub differences: Vec<Difference>,
    /// The number of requests, without reads, that matched the recording.
    pub matched: usize,
}

impl ReplayReport {
    /// Returns true if the program did what it did in the recording.
    pub fn is_match(&self) -> bool {
        self.differences.is_empty()
    }
}

impl fmt::Display for ReplayReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} requests as recorded", self.matched)?;
        match self.differences.len() {
            0 => return f.write_str(", no differences"),
            1 => f.write_str(", 1 difference:")?,
            count => write!(f, ", {count} differences:")?,
        }
        for difference in &self.differences {
            write!(f, "\n{difference}")?;
        }
        Ok(())
    }
}

/// A difference between a recording and a program.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The kind.
    pub kind: DifferenceKind,
    /// The line of the file with what was expected, if there is one.
    pub line: Option<usize>,
    /// The expected request or WebSocket.
    pub expected: Option<String>,
    /// The request that arrived.
    pub actual: Option<String>,
    /// Parameters that differ, one each.
    pub details: Vec<String>,
}

/// Kinds of differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DifferenceKind {
    /// A request of the recording was not sent in time.
    Missing,
    /// A request is not in the recording, or was sent again.
    Unexpected,
    /// A request was sent before another one that the recording has first for the same object.
    Order,
    /// A request has other parameters than in the recording.
    Parameters,
    /// A WebSocket was not opened in time.
    NotConnected,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
        let (expected, actual) = (or(&self.expected), or(&self.actual));
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        match self.kind {
            DifferenceKind::Missing | DifferenceKind::NotConnected => {
                write!(f, "missing: {expected}")
            }
            DifferenceKind::Unexpected => {
                write!(
                    f,
                    "unexpected: {actual}; expected for this object: {expected}"
                )
            }
            DifferenceKind::Order => {
                write!(f, "out of order: {actual}; expected first: {expected}")
            }
            DifferenceKind::Parameters => write!(f, "other parameters: {actual}"),
        }?;
        for detail in &self.details {
            write!(f, "\n  {detail}")?;
        }
        Ok(())
    }
}
