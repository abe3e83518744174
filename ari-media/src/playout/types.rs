//! Requests to the queue, and its reports.

use std::time::Duration;

use bytes::Bytes;

use crate::pcm::{ByteOrder, Format, SampleRate};

/// The default limit of the queue.
pub(crate) const DEFAULT_MAX_BUFFERED: Duration = Duration::from_secs(10);

/// The default amount of audio that waits in Asterisk, which can still flush it.
pub(crate) const DEFAULT_LEAD: Duration = Duration::from_millis(200);

/// The settings of a queue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) audio: Audio,
    pub(crate) clock: Clock,
    /// The most audio that the queue holds. Defaults to [`DEFAULT_MAX_BUFFERED`].
    pub(crate) max_buffered: Duration,
}

/// The program's audio, and the carrier's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audio {
    /// The program sends samples.
    Pcm {
        /// The program's rate.
        rate: SampleRate,
        /// The format on the wire, which must be [`Format::is_convertible`].
        format: Format,
        /// The carrier's byte order.
        byte_order: ByteOrder,
    },
    /// The program sends audio in the format of the carrier.
    Raw(Format),
}

/// The clock that empties the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clock {
    /// A frame every 20 ms, by deadline, for carriers that pass on each packet immediately.
    Deadline,
    /// The carrier's own clock. Its queue is kept supplied with a little audio ahead.
    Lead {
        /// The way in which the carrier reports its progress.
        sync: Sync,
        /// The most audio that waits in the carrier. Defaults to [`DEFAULT_LEAD`].
        lead: Duration,
    },
}

/// The way in which a WebSocket reports its playback progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sync {
    /// `MARK_MEDIA`: [`Action::Mark`]. Asterisk 20.18, 22.8, 23.2 and later.
    Marks,
    /// The end of buffering: [`Action::StartBuffering`] and [`Action::StopBuffering`]. All other
    /// releases.
    Buffering,
    /// Only `GET_STATUS`: [`Action::RequestStatus`]. For packets that Asterisk passes through
    /// (Opus, G.729), for which it refuses flushing, marks and buffering.
    Status,
}

/// An error in the settings of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SettingsError {
    /// PCM cannot be converted to the format.
    #[error("no conversion from PCM to {0}: choose another format, or send raw packets")]
    NotConvertible(Format),
}

/// An utterance: audio that belongs together, and is cleared together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Utterance(pub(super) u64);

/// A mark in the audio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MarkId(pub(super) u64);

/// A request to clear the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ClearId(pub(super) u64);

/// The played and the dropped part of an utterance that was cleared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleared {
    /// The audio that was played to the call.
    pub played: Duration,
    /// The audio that was dropped before it was played.
    pub dropped: Duration,
}

/// Audio that was not queued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Another utterance began, or this one was cleared.
    #[error("the utterance is over: start another one")]
    Stale,
    /// The queue would hold more than its limit.
    #[error(
        "queue of audio is full, with room for {} ms: wait with `send`, or raise `max_buffered`",
        room.as_millis()
    )]
    Full {
        /// The audio for which there is room.
        room: Duration,
    },
    /// Too many marks wait to be played.
    #[error("too many marks: 1000 wait to be played")]
    TooManyMarks,
    /// Samples were sent over a connection for raw packets, or raw packets over one for samples.
    #[error("wrong kind of audio: samples and raw packets need different connections")]
    WrongAudio,
    /// The connection has ended.
    #[error("the media connection is closed")]
    Closed,
}

/// The next thing that the connection has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Send this as one message or packet.
    Send(Packet),
    /// Send `MARK_MEDIA` with this id.
    Mark(u64),
    /// Send `START_MEDIA_BUFFERING`.
    StartBuffering,
    /// Send `STOP_MEDIA_BUFFERING` with this id.
    StopBuffering(u64),
    /// Send `FLUSH_MEDIA`.
    Flush,
    /// Send `GET_STATUS`.
    RequestStatus,
    /// Give the connection up, because audio has waited for this time, and none was played.
    Abandon(Duration),
    /// Wait until this instant, or if `None`, until the next event or call.
    Wait(Option<std::time::Instant>),
}

/// Audio for the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Packet {
    /// Whole frames: one, or if the clock is a lead and the format can be cut, up to five.
    pub(crate) payload: Bytes,
    /// The time since the first packet at which this one is due. Multiplied by RTP's clock rate, it
    /// is the timestamp. Zero if the clock is a lead.
    pub(crate) at: Duration,
    /// True for the first packet, and after a pause: RTP's marker.
    pub(crate) starts: bool,
}

/// A report of the carrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feedback {
    /// `MEDIA_MARK_PROCESSED` or `MEDIA_BUFFERING_COMPLETED` with this id.
    Mark(u64),
    /// `STATUS`.
    Status {
        /// The frames that wait in Asterisk.
        queue_length: u64,
        /// True between XOFF and XON.
        queue_full: bool,
    },
    /// `MEDIA_XOFF`.
    Xoff,
    /// `MEDIA_XON`.
    Xon,
}

/// An event for the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlayoutEvent {
    /// All audio before the mark was played.
    MarkPlayed(MarkId),
    /// Audio before the mark was dropped.
    MarkCleared(MarkId),
    /// Audio that was sent before the request to clear can no longer be heard.
    Cleared(ClearId, Cleared),
    /// The carrier has played no audio for some seconds, although some waits.
    Stalled,
}

/// The amounts of sent audio by state, in units of the program: samples, bytes, or 20 ms packets.
///
/// `played + dropped + in_flight + queued = pushed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Accounting {
    pub(crate) pushed: u64,
    pub(crate) played: u64,
    pub(crate) dropped: u64,
    /// Sent to the carrier, and not yet known to be played.
    pub(crate) in_flight: u64,
    pub(crate) queued: u64,
    /// The number of units in a second.
    pub(crate) units_per_second: u32,
}

/// Counters of a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PlayoutStats {
    /// Frames sent.
    pub(crate) frames: u64,
    /// Frames sent 20 ms late or more, because the task did not run in time.
    pub(crate) late: u64,
    /// The largest delay of a frame.
    pub(crate) max_lateness: Duration,
    /// The number of status requests that were sent because a mark did not come back.
    pub(crate) lost_marks: u64,
}
