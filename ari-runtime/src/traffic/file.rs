//! Traffic files that are read.

use std::fmt;
use std::io;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::traffic::item::{FORMAT_VERSION, Item};

/// The contents of a traffic file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrafficFile {
    /// The lines whose kind is known, in their order.
    pub lines: Vec<TrafficLine>,
    /// True if the last line is incomplete, because the program was killed while it wrote.
    pub is_truncated: bool,
}

/// A line of a traffic file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrafficLine {
    /// The number of the line, from 1.
    pub number: usize,
    /// The time since the first line, by a monotonic clock.
    pub at: Duration,
    /// The wall-clock time, such as `2026-11-23T01:08:51.332+0000`.
    pub time: String,
    /// The item.
    pub item: Item,
}

/// The reason why a traffic file cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum TrafficFileError {
    /// The file cannot be read.
    Io(io::Error),
    /// The first line is not that of a traffic file.
    NotTraffic,
    /// A newer version of the format, which this reader does not know.
    Version(u64),
    /// A line is invalid.
    Line {
        /// Its number, from 1.
        number: usize,
        /// The problem.
        problem: String,
    },
}

impl fmt::Display for TrafficFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TrafficFileError::Io(error) => write!(f, "{error}"),
            TrafficFileError::NotTraffic => {
                f.write_str("this is not a traffic file: its first line has no kind \"traffic\"")
            }
            TrafficFileError::Version(version) => write!(
                f,
                "version {version} of the format is newer than {FORMAT_VERSION}, which is supported"
            ),
            TrafficFileError::Line { number, problem } => write!(f, "line {number}: {problem}"),
        }
    }
}

impl std::error::Error for TrafficFileError {}

impl TrafficFile {
    /// Reads a file.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or is not a traffic file.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, TrafficFileError> {
        let text = std::fs::read_to_string(path).map_err(TrafficFileError::Io)?;
        Self::parse(&text)
    }

    /// Parses the text of a file. Lines of unknown kinds are left out, as is an incomplete last line.
    ///
    /// # Errors
    /// Returns the first line that is invalid.
    pub fn parse(text: &str) -> Result<Self, TrafficFileError> {
        let mut file = TrafficFile::default();
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let number = index + 1;
            if line.trim().is_empty() {
                continue;
            }
            match parse_line(number, line) {
                Ok(None) => {}
                Ok(Some(line)) => file.lines.push(line),
                Err(_) if !line.ends_with('\n') && number > 1 => file.is_truncated = true,
                Err(_) if file.lines.is_empty() => return Err(TrafficFileError::NotTraffic),
                Err(problem) => return Err(TrafficFileError::Line { number, problem }),
            }
            match file.lines.first().map(|line| &line.item) {
                Some(Item::Start { version, .. }) if *version > FORMAT_VERSION => {
                    return Err(TrafficFileError::Version(*version));
                }
                Some(Item::Start { .. }) => {}
                _ => return Err(TrafficFileError::NotTraffic),
            }
        }
        match file.lines.is_empty() {
            true => Err(TrafficFileError::NotTraffic),
            false => Ok(file),
        }
    }
}

fn parse_line(number: usize, line: &str) -> Result<Option<TrafficLine>, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let item = Item::from_json(&value);
    let item = item.map_err(|key| format!("the key \"{key}\" is missing or invalid"))?;
    let at = value["at"].as_u64().ok_or("the key \"at\" is missing")?;
    Ok(item.map(|item| TrafficLine {
        number,
        at: Duration::from_micros(at),
        time: value["time"].as_str().unwrap_or_default().to_owned(),
        item,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = r#"{"kind":"traffic","at":0,"time":"t","version":1,"program":"p"}"#;

    #[test]
    fn files_are_read_up_to_an_incomplete_line() {
        let event = r#"{"kind":"event","at":5,"time":"t","socket":1,"text":"x"}"#;
        let text = format!("{START}\n{{\"kind\":\"later\",\"at\":1}}\n\n{event}\n{{\"kind\":\"ev");
        let file = TrafficFile::parse(&text).unwrap();
        assert!(file.is_truncated);
        let numbers: Vec<_> = file.lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 4]);
        assert_eq!(file.lines[1].at, Duration::from_micros(5));
    }

    #[test]
    fn other_files_are_refused() {
        let newer = START.replace("\"version\":1", "\"version\":2");
        for (text, expected) in [
            (String::new(), "this is not a traffic file"),
            ("[Interface]\n".to_owned(), "this is not a traffic file"),
            (
                "{\"kind\":\"event\",\"at\":1}\n".to_owned(),
                "this is not a traffic file",
            ),
            (newer, "version 2"),
            (format!("{START}\n{{}}\n"), "line 2: the key \"kind\""),
            (format!("{START}\n{{\n{START}\n"), "line 2: EOF"),
        ] {
            let error = TrafficFile::parse(&text).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
