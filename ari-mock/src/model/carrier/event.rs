//! The events that a program receives on a WebSocket.

use crate::json::Object;

/// An event, without the ids of the channel.
#[derive(Debug, PartialEq)]
pub(crate) enum WebSocketEvent {
    BufferingCompleted(String),
    MarkProcessed(String),
    QueueDrained,
    Xoff,
    Xon,
    Status {
        queue_length: usize,
        is_full: bool,
        is_buffering: bool,
        is_paused: bool,
    },
    DtmfEnd(char),
    Error(String),
}

/// The lengths of the queue at which the program gets the events to stop and to resume.
pub(crate) const XOFF_LEVEL: usize = 900;
pub(crate) const XON_LEVEL: usize = 800;

impl WebSocketEvent {
    fn name(&self) -> &'static str {
        match self {
            WebSocketEvent::BufferingCompleted(_) => "MEDIA_BUFFERING_COMPLETED",
            WebSocketEvent::MarkProcessed(_) => "MEDIA_MARK_PROCESSED",
            WebSocketEvent::QueueDrained => "QUEUE_DRAINED",
            WebSocketEvent::Xoff => "MEDIA_XOFF",
            WebSocketEvent::Xon => "MEDIA_XON",
            WebSocketEvent::Status { .. } => "STATUS",
            WebSocketEvent::DtmfEnd(_) => "DTMF_END",
            WebSocketEvent::Error(_) => "ERROR",
        }
    }

    pub(crate) fn to_json(&self, channel_id: &str) -> String {
        let event = Object::new()
            .with("event", self.name())
            .with("channel_id", channel_id);
        let event = match self {
            WebSocketEvent::BufferingCompleted(id) | WebSocketEvent::MarkProcessed(id) => {
                event.with("correlation_id", id)
            }
            WebSocketEvent::QueueDrained | WebSocketEvent::Xoff | WebSocketEvent::Xon => event,
            WebSocketEvent::Status {
                queue_length,
                is_full,
                is_buffering,
                is_paused,
            } => event
                .with("queue_length", *queue_length as i64)
                .with("xon_level", XON_LEVEL as i64)
                .with("xoff_level", XOFF_LEVEL as i64)
                .with("queue_full", *is_full)
                .with("bulk_media", *is_buffering)
                .with("media_paused", *is_paused),
            WebSocketEvent::DtmfEnd(key) => event.with("digit", key.to_string()),
            WebSocketEvent::Error(text) => event.with("error_text", text),
        };
        event.to_text()
    }

    pub(crate) fn to_plain_text(&self, channel_id: &str) -> String {
        let name = self.name();
        match self {
            WebSocketEvent::BufferingCompleted(id) | WebSocketEvent::MarkProcessed(id) => {
                format!("{name} {id}").trim_end().to_owned()
            }
            WebSocketEvent::QueueDrained | WebSocketEvent::Xoff | WebSocketEvent::Xon => {
                name.to_owned()
            }
            WebSocketEvent::Status {
                queue_length,
                is_full,
                is_buffering,
                is_paused,
            } => format!(
                "{name} channel_id:{channel_id} queue_length:{queue_length} \
                 xon_level:{XON_LEVEL} xoff_level:{XOFF_LEVEL} queue_full:{is_full} \
                 bulk_media:{is_buffering} media_paused:{is_paused}"
            ),
            WebSocketEvent::DtmfEnd(key) => format!("{name} digit:{key} channel_id:{channel_id}"),
            WebSocketEvent::Error(text) => {
                format!("{name} channel_id:{channel_id} error_text:{text}")
            }
        }
    }
}
