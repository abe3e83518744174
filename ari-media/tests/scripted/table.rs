//! The faults, and what a program sees of each. The guide has the same table.

use crate::ari::OpeningFault;
use crate::wire::{ALL, Kind, WEBSOCKETS};

/// A fault of Asterisk or of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Opening(OpeningFault),
    CallEnds,
    ChannelEnds,
    Closes,
    Cut,
    CutWithinMessage,
    Reset,
    Unfinished,
    Garbage,
    Oversize,
    SecondId,
    ErrorMessage,
    Stall,
    StopsPlaying,
    FullForever,
    FullForAWhile,
    LosesMarks,
    LateReports,
    LateTicks,
    OtherRate,
    Pieces,
    OddLengths,
    Duplicates,
    ForeignSource,
    PortCloses,
    EventsCut,
    NoResponseToRemoval,
    FlushLosesMark,
    NoReportOfFlush,
    CutWhileClearing,
}

/// The part of a session during which the fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum During {
    /// The program waits for the session.
    Opening,
    /// The program waits for room in the queue, and for the end of 20 seconds of audio.
    Playing,
    /// The program waits until a short text is played.
    Prompt,
    /// The program waits until the call is silent.
    Clearing,
}

/// The carriers of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carriers {
    All,
    WebSocket,
    AudioSocket,
    Rtp,
    /// Both that have a connection.
    Tcp,
}

/// The event or error that the program sees. A text is a part of the reason, or of the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sees {
    /// Opening fails.
    Error(&'static str),
    CallEnded,
    MediaChannelEnded,
    ConnectionLost(&'static str),
    /// `Stalled` first, and `ConnectionLost` later.
    Stalled(&'static str),
    /// The session continues, and all audio is played. The text describes the difference.
    Nothing(&'static str),
}

pub(crate) struct Row {
    pub(crate) fault: Fault,
    pub(crate) title: &'static str,
    pub(crate) during: During,
    pub(crate) cases: &'static [(Carriers, Sees)],
}

impl Carriers {
    pub(crate) fn kinds(self) -> Vec<Kind> {
        let all = ALL.iter().copied();
        match self {
            Carriers::All => all.collect(),
            Carriers::WebSocket => WEBSOCKETS.to_vec(),
            Carriers::AudioSocket => vec![Kind::AudioSocket],
            Carriers::Rtp => vec![Kind::Rtp],
            Carriers::Tcp => all.filter(|kind| *kind != Kind::Rtp).collect(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Carriers::All => "all",
            Carriers::WebSocket => "WebSocket",
            Carriers::AudioSocket => "AudioSocket",
            Carriers::Rtp => "RTP",
            Carriers::Tcp => "WebSocket, AudioSocket",
        }
    }
}

impl Sees {
    fn text(self) -> String {
        match self {
            Sees::Error(text) => format!("the error `{text}`"),
            Sees::CallEnded => "`CallEnded`".to_owned(),
            Sees::MediaChannelEnded => "`MediaChannelEnded`".to_owned(),
            Sees::ConnectionLost(text) => format!("`ConnectionLost`: `{text}`"),
            Sees::Stalled(text) => format!("`Stalled`, then `ConnectionLost`: `{text}`"),
            Sees::Nothing(text) => text.to_owned(),
        }
    }
}

/// Returns the table of the guide.
pub(crate) fn markdown() -> String {
    let mut table = "| fault | carrier | the program sees |\n|---|---|---|\n".to_owned();
    for row in ROWS {
        for (carriers, sees) in row.cases {
            let (title, carriers, sees) = (row.title, carriers.name(), sees.text());
            table += &format!("| {title} | {carriers} | {sees} |\n");
        }
    }
    table
}

const NOTHING: &str = "nothing";

pub(crate) const ROWS: &[Row] = &[
    Row {
        fault: Fault::Opening(OpeningFault::Refuse("POST /channels/externalMedia")),
        title: "Asterisk refuses the media channel",
        during: During::Opening,
        cases: &[(Carriers::All, Sees::Error("creating the media channel"))],
    },
    Row {
        fault: Fault::Opening(OpeningFault::NoConnection),
        title: "the connection for the audio cannot be opened",
        during: During::Opening,
        cases: &[
            (Carriers::WebSocket, Sees::Error("audio over WebSocket")),
            (
                Carriers::AudioSocket,
                Sees::Error("no connection of this channel within 5s"),
            ),
        ],
    },
    Row {
        fault: Fault::Opening(OpeningFault::NoFirstMessage),
        title: "the WebSocket's first event is missing",
        during: During::Opening,
        cases: &[(Carriers::WebSocket, Sees::Error("audio over WebSocket"))],
    },
    Row {
        fault: Fault::Opening(OpeningFault::UnknownFormat),
        title: "the WebSocket's first event names an unknown format",
        during: During::Opening,
        cases: &[(Carriers::WebSocket, Sees::Error("audio over WebSocket"))],
    },
    Row {
        fault: Fault::Opening(OpeningFault::Cut),
        title: "the connection is cut while the session is opened",
        during: During::Opening,
        cases: &[(Carriers::Tcp, Sees::Error("audio over"))],
    },
    Row {
        fault: Fault::Opening(OpeningFault::NoVariables),
        title: "Asterisk does not name its end of the connection",
        during: During::Opening,
        cases: &[(
            Carriers::Rtp,
            Sees::Error("the new channel has no variable"),
        )],
    },
    Row {
        fault: Fault::Opening(OpeningFault::NoStasisStart),
        title: "the media channel does not enter the application",
        during: During::Opening,
        cases: &[(Carriers::All, Sees::Error("timed out"))],
    },
    Row {
        fault: Fault::Opening(OpeningFault::MediaChannelEnds),
        title: "the media channel ends while the session is opened",
        during: During::Opening,
        cases: &[(Carriers::All, Sees::Error("the media channel has ended"))],
    },
    Row {
        fault: Fault::Opening(OpeningFault::CallEnds),
        title: "the call ends while the session is opened",
        during: During::Opening,
        cases: &[(Carriers::All, Sees::Error("the call has ended"))],
    },
    Row {
        fault: Fault::Opening(OpeningFault::Refuse("POST /bridges")),
        title: "Asterisk refuses the bridge",
        during: During::Opening,
        cases: &[(Carriers::All, Sees::Error("creating the bridge"))],
    },
    Row {
        fault: Fault::CallEnds,
        title: "the caller hangs up",
        during: During::Playing,
        cases: &[(Carriers::All, Sees::CallEnded)],
    },
    Row {
        fault: Fault::ChannelEnds,
        title: "Asterisk ends the media channel",
        during: During::Playing,
        cases: &[(Carriers::All, Sees::MediaChannelEnded)],
    },
    Row {
        fault: Fault::Closes,
        title: "Asterisk closes the connection, and no event reports it",
        during: During::Playing,
        cases: &[(
            Carriers::WebSocket,
            Sees::ConnectionLost("closed by Asterisk, with code 1000"),
        )],
    },
    Row {
        fault: Fault::Cut,
        title: "the connection is cut",
        during: During::Playing,
        cases: &[
            (
                Carriers::WebSocket,
                Sees::ConnectionLost("without closing handshake"),
            ),
            (
                Carriers::AudioSocket,
                Sees::ConnectionLost("the connection was closed by Asterisk"),
            ),
        ],
    },
    Row {
        fault: Fault::CutWithinMessage,
        title: "the connection is cut within a message",
        during: During::Playing,
        cases: &[
            (
                Carriers::WebSocket,
                Sees::ConnectionLost("without closing handshake"),
            ),
            (
                Carriers::AudioSocket,
                Sees::ConnectionLost("the connection was cut"),
            ),
        ],
    },
    Row {
        fault: Fault::Reset,
        title: "the connection is reset",
        during: During::Playing,
        cases: &[(Carriers::Tcp, Sees::ConnectionLost("connection reset"))],
    },
    Row {
        fault: Fault::CutWhileClearing,
        title: "the connection is cut during `clear`",
        during: During::Clearing,
        cases: &[(
            Carriers::WebSocket,
            Sees::ConnectionLost("without closing handshake"),
        )],
    },
    Row {
        fault: Fault::PortCloses,
        title: "Asterisk's port is closed, and no event reports it",
        during: During::Prompt,
        cases: &[(
            Carriers::Rtp,
            Sees::Nothing("nothing: RTP has no connection"),
        )],
    },
    Row {
        fault: Fault::Stall,
        title: "Asterisk stops reading and sending",
        during: During::Playing,
        cases: &[
            (
                Carriers::WebSocket,
                Sees::Stalled("Asterisk plays no audio"),
            ),
            (
                Carriers::AudioSocket,
                Sees::ConnectionLost("Asterisk does not read"),
            ),
        ],
    },
    Row {
        fault: Fault::StopsPlaying,
        title: "Asterisk responds, but plays no audio",
        during: During::Playing,
        cases: &[(
            Carriers::WebSocket,
            Sees::Stalled("Asterisk plays no audio"),
        )],
    },
    Row {
        fault: Fault::Unfinished,
        title: "Asterisk stops within a message",
        during: During::Playing,
        cases: &[
            (
                Carriers::WebSocket,
                Sees::Stalled("Asterisk plays no audio"),
            ),
            (
                Carriers::AudioSocket,
                Sees::ConnectionLost("no end of a message within 5s"),
            ),
        ],
    },
    Row {
        fault: Fault::NoReportOfFlush,
        title: "Asterisk does not respond to `clear`",
        during: During::Clearing,
        cases: &[(
            Carriers::WebSocket,
            Sees::Stalled("Asterisk plays no audio"),
        )],
    },
    Row {
        fault: Fault::FullForever,
        title: "Asterisk's queue stays full",
        during: During::Playing,
        cases: &[(
            Carriers::WebSocket,
            Sees::Stalled("Asterisk plays no audio"),
        )],
    },
    Row {
        fault: Fault::FullForAWhile,
        title: "Asterisk's queue is full for a second",
        during: During::Prompt,
        cases: &[(
            Carriers::WebSocket,
            Sees::Nothing("a pause: no audio is sent until there is room"),
        )],
    },
    Row {
        fault: Fault::LosesMarks,
        title: "Asterisk loses marks",
        during: During::Prompt,
        cases: &[(
            Carriers::WebSocket,
            Sees::Nothing("pauses of a second, and `lost_marks` of `MediaStats`"),
        )],
    },
    Row {
        fault: Fault::FlushLosesMark,
        title: "a flush drops the mark that follows it",
        during: During::Clearing,
        cases: &[(
            Carriers::WebSocket,
            Sees::Nothing("`clear` returns a second later"),
        )],
    },
    Row {
        fault: Fault::LateReports,
        title: "reports come late, twice, or with unknown ids",
        during: During::Prompt,
        cases: &[(
            Carriers::WebSocket,
            Sees::Nothing("pauses, if they are later than the lead"),
        )],
    },
    Row {
        fault: Fault::LateTicks,
        title: "Asterisk's timer is late",
        during: During::Prompt,
        cases: &[(Carriers::All, Sees::Nothing("pauses, and audio in bursts"))],
    },
    Row {
        fault: Fault::OtherRate,
        title: "audio arrives at 8 kHz, although 16 kHz were requested",
        during: During::Prompt,
        cases: &[(
            Carriers::All,
            Sees::Nothing("audio at its own rate, converted"),
        )],
    },
    Row {
        fault: Fault::Pieces,
        title: "messages arrive in pieces",
        during: During::Prompt,
        cases: &[(Carriers::Tcp, Sees::Nothing(NOTHING))],
    },
    Row {
        fault: Fault::OddLengths,
        title: "audio is empty, or ends within a sample",
        during: During::Prompt,
        cases: &[
            (
                Carriers::WebSocket,
                Sees::Nothing("nothing: the incomplete sample is dropped"),
            ),
            (
                Carriers::Rtp,
                Sees::Nothing("nothing: the incomplete sample is dropped"),
            ),
        ],
    },
    Row {
        fault: Fault::OddLengths,
        title: "audio is empty, or ends within a sample",
        during: During::Playing,
        cases: &[(
            Carriers::AudioSocket,
            Sees::ConnectionLost("invalid length of a message"),
        )],
    },
    Row {
        fault: Fault::Garbage,
        title: "Asterisk sends garbage",
        during: During::Playing,
        cases: &[
            (Carriers::WebSocket, Sees::ConnectionLost("media WebSocket")),
            (
                Carriers::AudioSocket,
                Sees::ConnectionLost("unknown message kind"),
            ),
        ],
    },
    Row {
        fault: Fault::Garbage,
        title: "Asterisk sends garbage",
        during: During::Prompt,
        cases: &[(
            Carriers::Rtp,
            Sees::Nothing("nothing: the packets are ignored"),
        )],
    },
    Row {
        fault: Fault::Oversize,
        title: "Asterisk sends a message that is too long",
        during: During::Playing,
        cases: &[(Carriers::WebSocket, Sees::ConnectionLost("too long"))],
    },
    Row {
        fault: Fault::Oversize,
        title: "Asterisk sends a message that is too long",
        during: During::Prompt,
        cases: &[
            (
                Carriers::AudioSocket,
                Sees::Nothing("`Gap`: the part beyond a second is dropped"),
            ),
            (
                Carriers::Rtp,
                Sees::Nothing("nothing: the packet is ignored"),
            ),
        ],
    },
    Row {
        fault: Fault::SecondId,
        title: "Asterisk names another call",
        during: During::Playing,
        cases: &[(
            Carriers::AudioSocket,
            Sees::ConnectionLost("a second id of the call"),
        )],
    },
    Row {
        fault: Fault::ErrorMessage,
        title: "Asterisk reports an error",
        during: During::Playing,
        cases: &[(
            Carriers::AudioSocket,
            Sees::ConnectionLost("the peer reports an error"),
        )],
    },
    Row {
        fault: Fault::Duplicates,
        title: "packets arrive twice, and out of order",
        during: During::Prompt,
        cases: &[(
            Carriers::Rtp,
            Sees::Nothing("nothing: the order is restored"),
        )],
    },
    Row {
        fault: Fault::ForeignSource,
        title: "packets arrive from another address",
        during: During::Prompt,
        cases: &[(
            Carriers::Rtp,
            Sees::Nothing("nothing: the packets are ignored"),
        )],
    },
    Row {
        fault: Fault::EventsCut,
        title: "the application's WebSocket is cut, and opened again",
        during: During::Prompt,
        cases: &[(Carriers::All, Sees::Nothing(NOTHING))],
    },
    Row {
        fault: Fault::NoResponseToRemoval,
        title: "Asterisk does not respond when the session is closed",
        during: During::Prompt,
        cases: &[(
            Carriers::All,
            Sees::Nothing("`close` returns after 15 seconds, and the removal continues"),
        )],
    },
];
