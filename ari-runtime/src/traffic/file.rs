//! Traffic files that are read.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::traffic::item::{FORMAT_VERSION, Item, MAX_LINE_LENGTH};

/// The maximum length of the first line in bytes.
const MAX_FIRST_LINE_LENGTH: usize = 64 << 10;

/// The contents of a traffic file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrafficFile {
    /// The lines whose kind is known, in their order.
    pub lines: Vec<TrafficLine>,
    /// The number of the last line if it is incomplete, because the program was killed while it
    /// wrote or the disk was full. It is not among `lines`, and later lines are missing.
    pub truncated_line: Option<usize>,
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
    /// The file is empty.
    Empty,
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
            TrafficFileError::Empty => f.write_str("this is not a traffic file: it is empty"),
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
    /// Reads a file. Lines of unknown kinds are left out, as is an incomplete last line, which
    /// `truncated_line` reports. A line may have 128 MiB.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, is not a traffic file, or has a line that is
    /// invalid or too long.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, TrafficFileError> {
        let file = File::open(path).map_err(TrafficFileError::Io)?;
        Self::read_lines(BufReader::new(file), MAX_LINE_LENGTH)
    }

    /// Parses the text of a file, as [`TrafficFile::read`] does.
    ///
    /// # Errors
    /// Returns the first line that is invalid.
    pub fn parse(text: &str) -> Result<Self, TrafficFileError> {
        Self::read_lines(text.as_bytes(), MAX_LINE_LENGTH)
    }

    fn read_lines(mut reader: impl BufRead, max_length: usize) -> Result<Self, TrafficFileError> {
        let mut file = TrafficFile::default();
        let mut text = Vec::new();
        for number in 1.. {
            text.clear();
            let is_first = number == 1;
            let limit = match is_first {
                true => MAX_FIRST_LINE_LENGTH,
                false => max_length,
            };
            let mut limited = reader.by_ref().take(limit as u64 + 1);
            let length = limited.read_until(b'\n', &mut text);
            let length = length.map_err(TrafficFileError::Io)?;
            if length == 0 {
                break;
            }
            if length > limit && !is_first {
                let problem = format!("it is longer than {limit} bytes");
                return Err(TrafficFileError::Line { number, problem });
            }
            if text.trim_ascii().is_empty() && !is_first {
                continue;
            }
            let line = match parse_line(number, &text) {
                Err(_) if is_first => return Err(TrafficFileError::NotTraffic),
                Err(_) if !text.ends_with(b"\n") => {
                    file.truncated_line = Some(number);
                    None
                }
                Err(problem) => return Err(TrafficFileError::Line { number, problem }),
                Ok(line) => line,
            };
            match line.as_ref().map(|line| &line.item) {
                Some(Item::Start { version, .. }) if *version > FORMAT_VERSION => {
                    return Err(TrafficFileError::Version(*version));
                }
                Some(Item::Start { .. }) => {}
                _ if is_first => return Err(TrafficFileError::NotTraffic),
                _ => {}
            }
            file.lines.extend(line);
        }
        match file.lines.is_empty() {
            true => Err(TrafficFileError::Empty),
            false => Ok(file),
        }
    }
}

fn parse_line(number: usize, line: &[u8]) -> Result<Option<TrafficLine>, String> {
    let value: Value = serde_json::from_slice(line).map_err(|error| error.to_string())?;
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
        assert_eq!(file.truncated_line, Some(5));
        let numbers: Vec<_> = file.lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 4]);
        assert_eq!(file.lines[1].at, Duration::from_micros(5));
    }

    /// A file may end in the middle of a character, too.
    #[test]
    fn truncated_lines_are_reported_wherever_they_end() {
        let note = format!("{START}\n{{\"kind\":\"note\",\"at\":1,\"text\":\"\u{e4}\"}}\n");
        for (length, expected) in [
            (note.len(), None),
            (note.len() - 1, None),
            (note.len() - 2, Some(2)),
            (note.len() - 5, Some(2)),
            (START.len() + 2, Some(2)),
            (START.len() + 1, None),
            (START.len(), None),
        ] {
            let bytes = &note.as_bytes()[..length];
            let file = TrafficFile::read_lines(bytes, MAX_LINE_LENGTH).unwrap();
            assert_eq!(file.truncated_line, expected, "{length}");
        }
    }

    #[test]
    fn empty_files_are_refused() {
        let error = TrafficFile::read_lines(&b""[..], MAX_LINE_LENGTH).unwrap_err();
        assert!(matches!(error, TrafficFileError::Empty), "{error}");
    }

    #[test]
    fn endless_lines_are_refused() {
        let error = TrafficFile::read_lines(BufReader::new(io::repeat(0)), 100).unwrap_err();
        assert!(matches!(error, TrafficFileError::NotTraffic), "{error}");
        let start = format!("{START}\n");
        let endless = start.as_bytes().chain(BufReader::new(io::repeat(b'x')));
        let error = TrafficFile::read_lines(endless, 100)
            .unwrap_err()
            .to_string();
        assert_eq!(error, "line 2: it is longer than 100 bytes");
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
