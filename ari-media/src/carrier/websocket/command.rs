//! Commands to Asterisk.

use crate::carrier::websocket::correlation_id::CorrelationId;
use crate::carrier::websocket::options::Direction;
use crate::carrier::websocket::syntax::Syntax;

/// The maximum size of a command in bytes. Asterisk ignores longer ones without an event. No
/// [`Command`] is that long.
pub const MAX_COMMAND_SIZE: usize = 128;

/// A command to Asterisk. Some releases do not respond to an unknown or invalid command, so a
/// missing response is an error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Command {
    /// Answers the channel. No response. ARI reports the channel's state.
    Answer,
    /// Hangs up the channel. The WebSocket closes with code 1000.
    Hangup,
    /// Begins to buffer. Audio need not be in whole frames until the buffering stops. No response.
    StartBuffering,
    /// Ends the buffering, and plays the remaining audio as a short frame. The response is
    /// [`Event::BufferingCompleted`](super::Event::BufferingCompleted) when all audio before it has
    /// been played. Up to 22.10 it can be sent without a start. It serves as a mark on releases
    /// without marks.
    StopBuffering(CorrelationId),
    /// Puts a mark into the queue. The response is
    /// [`Event::MarkProcessed`](super::Event::MarkProcessed) when Asterisk reaches the mark.
    /// Asterisk 20.18, 22.8, 23.2 and later.
    Mark(CorrelationId),
    /// Empties the queue, with all marks, whose events are then never sent. It ends buffering, but
    /// not a pause. No response.
    Flush,
    /// Pauses the playing. No response and no `MEDIA_XON`. Unreliable in 20.16, 21.11, 22.6 and
    /// 23.0.
    Pause,
    /// Ends a pause. No response.
    Continue,
    /// Requests one [`Event::QueueDrained`](super::Event::QueueDrained), when the queue is empty.
    ReportQueueDrained,
    /// Requests an immediate [`Event::Status`](super::Event::Status).
    GetStatus,
    /// Sets the direction of the audio. No response. Only in JSON. Asterisk 20.19, 22.9, 23.3 and
    /// later.
    SetDirection(Direction),
}

impl Command {
    /// Returns the name on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Command::Answer => "ANSWER",
            Command::Hangup => "HANGUP",
            Command::StartBuffering => "START_MEDIA_BUFFERING",
            Command::StopBuffering(_) => "STOP_MEDIA_BUFFERING",
            Command::Mark(_) => "MARK_MEDIA",
            Command::Flush => "FLUSH_MEDIA",
            Command::Pause => "PAUSE_MEDIA",
            Command::Continue => "CONTINUE_MEDIA",
            Command::ReportQueueDrained => "REPORT_QUEUE_DRAINED",
            Command::GetStatus => "GET_STATUS",
            Command::SetDirection(_) => "SET_MEDIA_DIRECTION",
        }
    }

    /// Returns the text message. `None` if the command does not exist in this syntax.
    pub fn encode(&self, syntax: Syntax) -> Option<String> {
        let parameter = match self {
            Command::StopBuffering(id) | Command::Mark(id) => Some(("correlation_id", id.as_str())),
            Command::SetDirection(direction) => Some(("direction", direction.as_str())),
            _ => None,
        };
        let name = self.name();
        // Names and values have no characters that JSON escapes.
        Some(match (syntax, parameter) {
            (Syntax::Json, None) => format!(r#"{{"command":"{name}"}}"#),
            (Syntax::Json, Some((key, value))) => {
                format!(r#"{{"command":"{name}","{key}":"{value}"}}"#)
            }
            (Syntax::PlainText, None) => name.to_owned(),
            (Syntax::PlainText, Some(("direction", _))) => return None,
            (Syntax::PlainText, Some((_, value))) => format!("{name} {value}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Command> {
        let longest = CorrelationId::new("x".repeat(CorrelationId::MAX_LENGTH)).unwrap();
        vec![
            Command::Answer,
            Command::Hangup,
            Command::StartBuffering,
            Command::StopBuffering(longest.clone()),
            Command::Mark(longest),
            Command::Flush,
            Command::Pause,
            Command::Continue,
            Command::ReportQueueDrained,
            Command::GetStatus,
            Command::SetDirection(Direction::Both),
        ]
    }

    #[test]
    fn every_command_fits_and_is_json() {
        for command in all() {
            let json = command.encode(Syntax::Json).unwrap();
            assert!(json.len() < MAX_COMMAND_SIZE, "{json}");
            let value: serde_json::Value = serde_json::from_str(&json).unwrap();
            assert_eq!(value["command"], command.name());
            match command.encode(Syntax::PlainText) {
                Some(text) => assert!(text.starts_with(command.name()) && text.len() < json.len()),
                None => assert!(matches!(command, Command::SetDirection(_))),
            }
        }
    }

    #[test]
    fn commands_look_as_asterisk_reads_them() {
        let id = CorrelationId::from_number(7);
        for (command, json, text) in [
            (
                Command::Flush,
                r#"{"command":"FLUSH_MEDIA"}"#,
                "FLUSH_MEDIA",
            ),
            (
                Command::Mark(id.clone()),
                r#"{"command":"MARK_MEDIA","correlation_id":"7"}"#,
                "MARK_MEDIA 7",
            ),
            (
                Command::StopBuffering(id),
                r#"{"command":"STOP_MEDIA_BUFFERING","correlation_id":"7"}"#,
                "STOP_MEDIA_BUFFERING 7",
            ),
        ] {
            assert_eq!(command.encode(Syntax::Json).unwrap(), json);
            assert_eq!(command.encode(Syntax::PlainText).unwrap(), text);
        }
        let set = Command::SetDirection(Direction::In).encode(Syntax::Json);
        assert_eq!(
            set.unwrap(),
            r#"{"command":"SET_MEDIA_DIRECTION","direction":"in"}"#
        );
    }

    #[test]
    fn ids_that_would_change_on_the_way_are_refused() {
        for text in ["", "a b", "a\"b", "a\\b", "ä", "a\n", &"x".repeat(61)] {
            assert!(CorrelationId::new(text).is_err(), "{text:?}");
        }
        assert_eq!(CorrelationId::from_number(u64::MAX).as_str().len(), 20);
        assert!(CorrelationId::new("utterance:12/mark-3").is_ok());
    }
}
