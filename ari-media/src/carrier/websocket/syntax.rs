//! The two forms of commands and events.

/// The form of commands and events on a media WebSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// A JSON object. Asterisk 20.18, 22.8, 23.2 and later.
    Json,
    /// A word, followed by parameters.
    PlainText,
}

impl Syntax {
    /// Returns the syntax of a message, by its first byte. A server that does not know the option
    /// for JSON ignores it, so only the first event shows its syntax.
    pub fn of_message(text: &str) -> Self {
        match text.trim_start().starts_with('{') {
            true => Syntax::Json,
            false => Syntax::PlainText,
        }
    }

    /// Returns the value of the channel's option. Any other value terminates the server.
    pub(super) const fn option_value(self) -> &'static str {
        match self {
            Syntax::Json => "json",
            Syntax::PlainText => "plain-text",
        }
    }
}
