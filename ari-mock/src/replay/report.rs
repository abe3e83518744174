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
    /// The rest of the recording. `None` if it was played to its end.
    pub remaining: Option<Remaining>,
    /// The number of the last line of the recording if it is incomplete, because the program was
    /// killed while it recorded or the disk was full. What followed is not compared.
    pub truncated_line: Option<usize>,
}

/// The part of a recording that has not been played.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remaining {
    /// The line of the file with the next step.
    pub line: usize,
    /// The number of messages that were not sent to the program.
    pub messages: usize,
    /// The requests of the program that have not arrived, without reads: their lines in the file,
    /// and the requests.
    pub requests: Vec<(usize, String)>,
}

impl ReplayReport {
    /// Returns true if the recording was played to its end, and the program did what it did in the
    /// recording.
    pub fn is_match(&self) -> bool {
        self.differences.is_empty() && self.remaining.is_none()
    }
}

impl fmt::Display for ReplayReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} requests as recorded", self.matched)?;
        let so_far = if self.remaining.is_some() {
            " so far"
        } else {
            ""
        };
        match self.differences.len() {
            0 => write!(f, ", no differences{so_far}")?,
            1 => write!(f, ", 1 difference{so_far}:")?,
            count => write!(f, ", {count} differences{so_far}:")?,
        }
        for difference in &self.differences {
            write!(f, "\n{difference}")?;
        }
        if let Some(remaining) = &self.remaining {
            write!(f, "\n{remaining}")?;
        }
        if let Some(line) = self.truncated_line {
            write!(
                f,
                "\nThe recording breaks off in line {line}: what followed is not compared."
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for Remaining {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Not played to its end: line {} is next; messages not sent: {}; requests not received: {}",
            self.line,
            self.messages,
            self.requests.len()
        )?;
        for (line, request) in &self.requests {
            write!(f, "\n  line {line}: {request}")?;
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
    /// Parameters that differ, one each. For what is missing, the requests that arrived while it was
    /// awaited.
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
