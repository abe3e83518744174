//! Events from Asterisk.

use serde_json::{Map, Value};

use crate::carrier::websocket::syntax::Syntax;

/// An event from Asterisk.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// The first event of a connection.
    Start(MediaStart),
    /// Asterisk's queue is nearly full, at 900 frames. It drops audio above 1000.
    Xoff,
    /// Asterisk's queue has room again, below 800 frames.
    Xon,
    /// Asterisk has reached a mark. All audio before it has been played.
    MarkProcessed {
        /// The id of the mark. Empty if the command had none.
        correlation_id: String,
    },
    /// All audio before the end of a buffering has been played.
    BufferingCompleted {
        /// The id of the command. Empty if the command had none.
        correlation_id: String,
    },
    /// The queue is empty.
    QueueDrained,
    /// The state of the queue.
    Status(Status),
    /// A key was pressed and released.
    Dtmf {
        /// The key: 0 to 9, `*`, `#`, A to D.
        digit: char,
    },
    /// Asterisk refuses a command. Only the text identifies it. Asterisk 20.18, 22.8, 23.2 and
    /// later.
    Error {
        /// Asterisk's text.
        text: String,
    },
    /// An event that this crate does not know.
    Unknown {
        /// Its name.
        name: String,
    },
}

/// The first event of a connection: its channel, and the format of the audio.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MediaStart {
    /// The id of the connection: a UUID if the program has connected, or the section of
    /// `websocket_client.conf`.
    pub connection_id: String,
    /// The name of the channel.
    pub channel: String,
    /// The id of the channel. `None` in 20.16, 21.11, 22.6 and 23.0.
    pub channel_id: Option<String>,
    /// The format by Asterisk's name, such as `slin16`.
    pub format: String,
    /// The size of a frame in bytes. 0 for formats that are passed on unchanged.
    pub frame_size: usize,
    /// The duration of a frame in milliseconds. `None` if Asterisk does not report it. It is then
    /// 20.
    pub frame_duration_ms: Option<u32>,
    /// The variables of the channel. Empty in plain text.
    pub channel_variables: Vec<(String, String)>,
}

/// The state of Asterisk's queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The number of frames that are not played yet.
    pub queue_length: u32,
    /// The number of frames below which Asterisk reports room again: 800.
    pub xon_level: u32,
    /// The number of frames from which Asterisk reports a full queue: 900.
    pub xoff_level: u32,
    /// True between [`Event::Xoff`] and [`Event::Xon`].
    pub queue_full: bool,
    /// True while audio is buffered.
    pub bulk_media: bool,
    /// True while the playing is paused.
    pub media_paused: bool,
}

/// A text that is not an event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}: {excerpt:?}")]
#[non_exhaustive]
pub struct EventError {
    problem: &'static str,
    /// The beginning of the text.
    excerpt: String,
}

/// The number of characters of an invalid text that an error shows.
const MAX_EXCERPT: usize = 80;

impl EventError {
    fn new(problem: &'static str, text: &str) -> Self {
        EventError {
            problem,
            excerpt: text.chars().take(MAX_EXCERPT).collect(),
        }
    }
}

impl Event {
    /// Reads a text message. Unknown events and fields are not errors.
    ///
    /// # Errors
    /// Returns [`EventError`] if the text is neither JSON with an event nor plain text with its
    /// name, or if a field that is needed is missing or has another type.
    pub fn parse(text: &str, syntax: Syntax) -> Result<Self, EventError> {
        let (name, fields) = match syntax {
            Syntax::Json => read_json(text)?,
            Syntax::PlainText => read_plain_text(text)?,
        };
        Self::from_fields(name, &fields)
            .ok_or_else(|| EventError::new("an event of the media WebSocket lacks a field", text))
    }

    fn from_fields(name: String, fields: &Fields) -> Option<Self> {
        Some(match name.as_str() {
            "MEDIA_START" => Event::Start(MediaStart {
                connection_id: fields.text("connection_id").unwrap_or_default(),
                channel: fields.text("channel").unwrap_or_default(),
                channel_id: fields.text("channel_id"),
                // 22.6 can omit it in plain text.
                format: fields.text("format").unwrap_or_default(),
                frame_size: usize::try_from(fields.number("optimal_frame_size")?).ok()?,
                frame_duration_ms: fields.number("ptime").and_then(|it| it.try_into().ok()),
                channel_variables: fields.texts("channel_variables"),
            }),
            "MEDIA_XOFF" => Event::Xoff,
            "MEDIA_XON" => Event::Xon,
            "MEDIA_MARK_PROCESSED" => Event::MarkProcessed {
                correlation_id: fields.text("correlation_id").unwrap_or_default(),
            },
            "MEDIA_BUFFERING_COMPLETED" => Event::BufferingCompleted {
                correlation_id: fields.text("correlation_id").unwrap_or_default(),
            },
            "QUEUE_DRAINED" => Event::QueueDrained,
            "STATUS" => {
                let number = |name| fields.number(name)?.try_into().ok();
                Event::Status(Status {
                    queue_length: number("queue_length")?,
                    xon_level: number("xon_level").unwrap_or_default(),
                    xoff_level: number("xoff_level").unwrap_or_default(),
                    queue_full: fields.flag("queue_full"),
                    bulk_media: fields.flag("bulk_media"),
                    media_paused: fields.flag("media_paused"),
                })
            }
            "DTMF_END" => Event::Dtmf {
                digit: fields.text("digit")?.chars().next()?,
            },
            "ERROR" => Event::Error {
                text: fields
                    .text("error_text")
                    .unwrap_or_default()
                    .trim()
                    .to_owned(),
            },
            _ => Event::Unknown { name },
        })
    }
}

/// The fields of an event, in either syntax. The values of plain text are all strings.
struct Fields(Map<String, Value>);

impl Fields {
    fn text(&self, name: &str) -> Option<String> {
        self.0.get(name)?.as_str().map(str::to_owned)
    }

    fn number(&self, name: &str) -> Option<u64> {
        match self.0.get(name)? {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    fn flag(&self, name: &str) -> bool {
        match self.0.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text == "true",
            _ => false,
        }
    }

    fn texts(&self, name: &str) -> Vec<(String, String)> {
        let Some(Value::Object(values)) = self.0.get(name) else {
            return Vec::new();
        };
        let texts = values.iter();
        let texts =
            texts.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
        texts.collect()
    }
}

fn read_json(text: &str) -> Result<(String, Fields), EventError> {
    let Ok(Value::Object(mut fields)) = serde_json::from_str(text) else {
        return Err(EventError::new(
            "no JSON object on the media WebSocket",
            text,
        ));
    };
    match fields.remove("event") {
        Some(Value::String(name)) => Ok((name, Fields(fields))),
        _ => Err(EventError::new("a JSON object without an event", text)),
    }
}

/// Reads `NAME key:value key:value`. Values have no spaces, except the last one of an error.
fn read_plain_text(text: &str) -> Result<(String, Fields), EventError> {
    let text = text.trim();
    let (name, mut rest) = text.split_once(' ').unwrap_or((text, ""));
    let is_name = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    if name.is_empty() || !name.bytes().all(is_name) {
        return Err(EventError::new("no event of the media WebSocket", text));
    }
    let mut fields = Map::new();
    if matches!(name, "MEDIA_MARK_PROCESSED" | "MEDIA_BUFFERING_COMPLETED") {
        // The text contains only the id, without its key.
        fields.insert("correlation_id".to_owned(), rest.into());
        rest = "";
    }
    while !rest.is_empty() {
        let (field, after) = match rest.starts_with("error_text:") {
            true => (rest, ""),
            false => rest.split_once(' ').unwrap_or((rest, "")),
        };
        if let Some((key, value)) = field.split_once(':') {
            fields.insert(key.to_owned(), value.into());
        }
        rest = after;
    }
    Ok((name.to_owned(), Fields(fields)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same events in both syntaxes, as Asterisk writes them.
    #[test]
    fn events_are_the_same_in_both_syntaxes() {
        let status = Status {
            queue_length: 12,
            xon_level: 800,
            xoff_level: 900,
            queue_full: false,
            bulk_media: true,
            media_paused: false,
        };
        let start = MediaStart {
            connection_id: "3b1d-x".to_owned(),
            channel: "WebSocket/INCOMING/0x7f:1".to_owned(),
            channel_id: Some("a:b".to_owned()),
            format: "slin16".to_owned(),
            frame_size: 640,
            frame_duration_ms: Some(20),
            channel_variables: Vec::new(),
        };
        let mark = |id: &str| Event::MarkProcessed {
            correlation_id: id.to_owned(),
        };
        for (json, plain, expected) in [
            (
                r#"{"event":"MEDIA_START","connection_id":"3b1d-x","channel":"WebSocket/INCOMING/0x7f:1","channel_id":"a:b","format":"slin16","optimal_frame_size":640,"ptime":20,"new":[1],"channel_variables":{}}"#,
                "MEDIA_START connection_id:3b1d-x channel:WebSocket/INCOMING/0x7f:1 channel_id:a:b format:slin16 optimal_frame_size:640 ptime:20 new",
                Event::Start(start),
            ),
            (
                r#"{"event":"MEDIA_XOFF","channel_id":"a"}"#,
                "MEDIA_XOFF",
                Event::Xoff,
            ),
            (r#"{"event":"MEDIA_XON"}"#, "MEDIA_XON", Event::Xon),
            (
                r#"{"event":"MEDIA_MARK_PROCESSED","channel_id":"a","correlation_id":"m1"}"#,
                "MEDIA_MARK_PROCESSED m1",
                mark("m1"),
            ),
            (
                r#"{"event":"MEDIA_MARK_PROCESSED","correlation_id":""}"#,
                "MEDIA_MARK_PROCESSED",
                mark(""),
            ),
            (
                r#"{"event":"MEDIA_BUFFERING_COMPLETED","correlation_id":"b"}"#,
                "MEDIA_BUFFERING_COMPLETED b",
                Event::BufferingCompleted {
                    correlation_id: "b".to_owned(),
                },
            ),
            (
                r#" {"event":"QUEUE_DRAINED"}"#,
                "QUEUE_DRAINED\n",
                Event::QueueDrained,
            ),
            (
                r#"{"event":"STATUS","queue_length":12,"xon_level":800,"xoff_level":900,"queue_full":false,"bulk_media":true,"media_paused":false}"#,
                "STATUS channel_id:a queue_length:12 xon_level:800 xoff_level:900 queue_full:false bulk_media:true media_paused:false",
                Event::Status(status),
            ),
            (
                r##"{"event":"DTMF_END","digit":"#"}"##,
                "DTMF_END digit:# channel_id:a",
                Event::Dtmf { digit: '#' },
            ),
            (
                r#"{"event":"ERROR","error_text":"cannot: do x:y\n"}"#,
                "ERROR channel_id:a error_text:cannot: do x:y\n",
                Event::Error {
                    text: "cannot: do x:y".to_owned(),
                },
            ),
            (
                r#"{"event":"LATER_1","x":{}}"#,
                "LATER_1 x:y",
                Event::Unknown {
                    name: "LATER_1".to_owned(),
                },
            ),
        ] {
            for text in [json, plain] {
                let found = Event::parse(text, Syntax::of_message(text)).unwrap();
                assert_eq!(found, expected, "{text}");
            }
        }
    }

    #[test]
    fn variables_and_missing_ids_are_read() {
        let json =
            r#"{"event":"MEDIA_START","optimal_frame_size":0,"channel_variables":{"A":"1","N":2}}"#;
        let Event::Start(start) = Event::parse(json, Syntax::Json).unwrap() else {
            panic!("another event");
        };
        assert_eq!(start.channel_variables, [("A".to_owned(), "1".to_owned())]);
        assert_eq!((start.channel_id, start.frame_size), (None, 0));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "{",
            "{}",
            "[1]",
            "hello",
            "<html>",
            r#"{"event":7}"#,
            r#"{"event":"STATUS"}"#,
            r#"{"event":"DTMF_END","digit":""}"#,
            "MEDIA_START connection_id:x",
            "STATUS queue_length:-1",
        ] {
            let error = Event::parse(text, Syntax::of_message(text)).unwrap_err();
            assert!(error.to_string().contains(&format!("{text:?}")), "{error}");
        }
        let long = "x".repeat(10_000);
        assert!(
            Event::parse(&long, Syntax::PlainText)
                .unwrap_err()
                .to_string()
                .len()
                < 200
        );
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,200}", json in any::<bool>()) {
            let syntax = if json { Syntax::Json } else { Syntax::PlainText };
            let _ = Event::parse(&text, syntax);
            let _ = Event::parse(&format!("MEDIA_START {text}"), syntax);
            let _ = Event::parse(&format!("{{\"event\":\"STATUS\",{text}}}"), syntax);
        }
    }
}
