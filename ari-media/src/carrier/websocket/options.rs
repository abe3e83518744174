//! The options of a channel of `chan_websocket`, for `transport_data` of `externalMedia`.

use std::fmt::Write as _;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::carrier::websocket::syntax::Syntax;

/// The side that opens the WebSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionType {
    /// The program: `external_host=INCOMING`.
    Incoming,
    /// Asterisk: `external_host` is the section of `websocket_client.conf`.
    Outgoing,
}

/// The direction of the audio, as the program sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The program only receives.
    In,
    /// The program only sends.
    Out,
    /// The program receives and sends.
    Both,
}

impl Direction {
    /// Returns the value on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Direction::In => "in",
            Direction::Out => "out",
            Direction::Both => "both",
        }
    }
}

/// An option of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChannelOption {
    /// Sets the syntax of commands and events. Asterisk 20.18, 22.8, 23.2 and later. Older releases
    /// ignore it.
    Syntax(Syntax),
    /// Leaves the channel unanswered until the program sends
    /// [`Command::Answer`](super::Command::Answer). `StasisStart` is sent then.
    NoAnswer,
    /// Sets the direction. Asterisk 20.19, 22.9, 23.3 and later. The parameter `direction` of
    /// `externalMedia` takes precedence.
    Direction(Direction),
    /// Passes messages on unchanged, one every 20 ms. Asterisk does so by itself for Opus and
    /// G.729.
    Passthrough,
    /// Adds parameters to the address that Asterisk connects to. Names and values can be any text:
    /// they are percent-encoded. Only for [`ConnectionType::Outgoing`].
    UriParameters(Vec<(String, String)>),
}

/// An option that does not fit the type of connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "parameters of the address need a WebSocket that Asterisk opens, but the program opens this one"
)]
#[non_exhaustive]
pub struct InvalidOption;

/// Returns the value of `transport_data`.
///
/// # Errors
/// Returns [`InvalidOption`] if there are [`ChannelOption::UriParameters`], but the program opens
/// the WebSocket. Asterisk would respond with status 500.
pub fn transport_data(
    connection: ConnectionType,
    options: &[ChannelOption],
) -> Result<String, InvalidOption> {
    let mut text = String::new();
    for option in options {
        match option {
            ChannelOption::Syntax(syntax) => {
                let _ = write!(text, "f({})", syntax.option_value());
            }
            ChannelOption::NoAnswer => text.push('n'),
            ChannelOption::Direction(direction) => {
                let _ = write!(text, "d({})", direction.as_str());
            }
            ChannelOption::Passthrough => text.push('p'),
            ChannelOption::UriParameters(_) if connection == ConnectionType::Incoming => {
                return Err(InvalidOption);
            }
            ChannelOption::UriParameters(parameters) => {
                let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
                let parameters = parameters.iter();
                let pairs =
                    parameters.map(|(name, value)| format!("{}={}", encode(name), encode(value)));
                let _ = write!(text, "v({})", pairs.collect::<Vec<_>>().join(","));
            }
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_written_for_asterisk() {
        let options = [
            ChannelOption::Syntax(Syntax::Json),
            ChannelOption::Direction(Direction::In),
            ChannelOption::NoAnswer,
            ChannelOption::Passthrough,
        ];
        let text = transport_data(ConnectionType::Incoming, &options).unwrap();
        assert_eq!(text, "f(json)d(in)np");
        let pairs = [("call", "a,b)&=%"), ("tenant", "7")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let parameters = [ChannelOption::UriParameters(pairs.to_vec())];
        let text = transport_data(ConnectionType::Outgoing, &parameters).unwrap();
        assert_eq!(text, "v(call=a%2Cb%29%26%3D%25,tenant=7)");
        let refused = transport_data(ConnectionType::Incoming, &parameters);
        assert_eq!(refused, Err(InvalidOption));
    }
}
