//! The options of a WebSocket channel, behind its name or in `transport_data`.

use crate::model::audio::AudioFormat;

/// The direction of media, from the program's point of view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum MediaDirection {
    #[default]
    Both,
    /// The program only receives.
    In,
    /// The program only sends.
    Out,
}

impl MediaDirection {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "both" => Some(MediaDirection::Both),
            "in" => Some(MediaDirection::In),
            "out" => Some(MediaDirection::Out),
            _ => None,
        }
    }
}

/// The options: `c(slin16)f(json)n`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct WebSocketOptions {
    pub(crate) format: Option<&'static AudioFormat>,
    /// `f`: the format of control messages, as written in the options.
    pub(crate) messages: Option<String>,
    /// `n`: the channel is only answered by a command.
    pub(crate) waits_for_answer: bool,
    /// `p`: messages of audio are passed through unchanged.
    pub(crate) passthrough: bool,
    /// `v`: parameters for the address of the program.
    pub(crate) parameters: Option<String>,
    pub(crate) direction: MediaDirection,
}

impl WebSocketOptions {
    /// Parses options. `None` if a codec or a direction is unknown. Unknown options are ignored.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut options = WebSocketOptions::default();
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            rest = &rest[letter.len_utf8()..];
            let inner = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
            let value = match inner {
                Some((value, behind)) => {
                    rest = behind;
                    value
                }
                None => "",
            };
            match letter {
                'c' => options.format = Some(AudioFormat::find(value)?),
                'd' => options.direction = MediaDirection::parse(value)?,
                'f' => options.messages = Some(value.to_owned()),
                'n' => options.waits_for_answer = true,
                'p' => options.passthrough = true,
                'v' => options.parameters = Some(value.replace(',', "&")),
                _ => {}
            }
        }
        Some(options)
    }

    pub(crate) fn is_json(&self) -> bool {
        self.messages.as_deref() == Some("json")
    }

    /// Returns whether the format of control messages exists.
    pub(crate) fn has_valid_messages(&self) -> bool {
        matches!(self.messages.as_deref(), None | Some("json" | "plain-text"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_parsed() {
        let options = WebSocketOptions::parse("c(slin16)f(json)nzv(a=b,c=d)d(in)").unwrap();
        assert_eq!(options.format.unwrap().name, "slin16");
        assert!(options.is_json() && options.waits_for_answer && !options.passthrough);
        assert_eq!(options.parameters.as_deref(), Some("a=b&c=d"));
        assert_eq!(options.direction, MediaDirection::In);
        assert!(
            !WebSocketOptions::parse("f(xml)")
                .unwrap()
                .has_valid_messages()
        );
        for wrong in ["c(nope)", "d(sideways)", "c"] {
            assert_eq!(WebSocketOptions::parse(wrong), None, "{wrong}");
        }
    }
}
