//! The commands of a program on a WebSocket.

use serde_json::Value;

/// The longest text that is read.
const MAX_LENGTH: usize = 128;

/// A command as it arrived.
#[derive(Debug, PartialEq)]
pub(crate) struct WebSocketCommand {
    pub(crate) name: String,
    /// The value of `correlation_id`; empty if there is none.
    pub(crate) id: String,
    pub(crate) direction: Option<String>,
}

/// A text that is not a command.
#[derive(Debug, PartialEq)]
pub(crate) enum NoCommand {
    /// A text that is neither a JSON object nor an array, which is reported as an event.
    NoJson,
    /// The reason why it is ignored without an event.
    Ignored(&'static str),
}

impl WebSocketCommand {
    pub(crate) fn parse(text: &str, is_json: bool) -> Result<Self, NoCommand> {
        if text.len() > MAX_LENGTH {
            return Err(NoCommand::Ignored("it is longer than 128 bytes"));
        }
        let text = text.trim();
        if !is_json {
            let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
            return Ok(WebSocketCommand {
                name: name.to_owned(),
                id: rest.trim().to_owned(),
                direction: None,
            });
        }
        let Ok(value @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str::<Value>(text)
        else {
            return Err(NoCommand::NoJson);
        };
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        Ok(WebSocketCommand {
            name: text("command").ok_or(NoCommand::Ignored("it has no \"command\""))?,
            id: text("correlation_id").unwrap_or_default(),
            direction: text("direction"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_parsed() {
        let command = |name: &str, id: &str| {
            Ok(WebSocketCommand {
                name: name.to_owned(),
                id: id.to_owned(),
                direction: None,
            })
        };
        let long = format!("MARK_MEDIA {}", "x".repeat(118));
        for (text, json, expected) in [
            (" MARK_MEDIA a b\n", false, command("MARK_MEDIA", "a b")),
            ("FLUSH_MEDIA", false, command("FLUSH_MEDIA", "")),
            (
                r#"{"command":"A","correlation_id":7}"#,
                true,
                command("A", ""),
            ),
            (
                r#"{"command":"A","correlation_id":"é\n"}"#,
                true,
                command("A", "é\n"),
            ),
            ("A", true, Err(NoCommand::NoJson)),
            ("7", true, Err(NoCommand::NoJson)),
            (
                "[1]",
                true,
                Err(NoCommand::Ignored("it has no \"command\"")),
            ),
            (
                &long,
                false,
                Err(NoCommand::Ignored("it is longer than 128 bytes")),
            ),
        ] {
            assert_eq!(WebSocketCommand::parse(text, json), expected, "{text}");
        }
    }
}
