//! A channel and its state.

use std::collections::BTreeSet;
use std::time::Duration;

use super::audio::ChannelAudio;
use super::carrier::MediaCarrier;
use super::{BroadcastState, MediaState, RequestedTransfer};
use crate::json::{Json, Object};
use crate::sorted_map::SortedMap;

/// A party's name and number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Party {
    pub(crate) name: String,
    pub(crate) number: String,
}

impl Party {
    /// Parses `"Name" <number>`, a number that may contain brackets, spaces, dots and hyphens, or a
    /// name.
    pub(crate) fn parse(text: &str) -> Self {
        if let Some((name, number)) = text.split_once('<') {
            let number = number.split('>').next().unwrap_or_default();
            return Party {
                name: unquote(name.trim()),
                number: number.trim().to_owned(),
            };
        }
        let is_filler = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '.' | '-');
        let number: String = text.chars().filter(|c| !is_filler(*c)).collect();
        let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '*' | '#' | '+');
        match number.chars().all(is_digit) {
            true => Party {
                name: String::new(),
                number,
            },
            false => Party {
                name: unquote(text.trim()),
                number: String::new(),
            },
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.name.is_empty() && self.number.is_empty()
    }

    pub(crate) fn object(&self) -> Object {
        Object::new()
            .with("name", &self.name)
            .with("number", &self.number)
    }
}

/// Removes the quotes around a text and the backslashes that escape characters in it.
fn unquote(text: &str) -> String {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let Some(inner) = inner else {
        return text.to_owned();
    };
    let mut chars = inner.chars();
    let mut plain = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\\' => plain.extend(chars.next()),
            c => plain.push(c),
        }
    }
    plain
}

/// The far end of a channel.
#[derive(Clone, Debug)]
pub(crate) enum ChannelKind {
    /// The other half of a Local channel.
    Local { other: String },
    /// A phone or a trunk, with the dialplan position that defines its behaviour when it is called.
    Sip { at: Option<Position>, echo: bool },
    /// A snoop channel, which ends with the channel that it listens to. It receives the speech of
    /// that party (in) and the audio that the party hears (out), and adds what it is sent to either.
    Snoop {
        spied: String,
        hears_in: bool,
        hears_out: bool,
        whispers_in: bool,
        whispers_out: bool,
    },
    /// An external program that exchanges media. `waits` is true if the program has to connect
    /// first.
    ExternalMedia { waits: bool },
}

/// A reference to one channel, and not to a later one with its id.
#[derive(Clone, Debug)]
pub(crate) struct ChannelRef {
    pub(crate) id: String,
    pub(crate) serial: u64,
}

/// A position in the dialplan.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Position {
    pub(crate) context: String,
    pub(crate) extension: String,
    pub(crate) priority: i64,
}

impl Position {
    /// Returns the position of a channel that has not been in the dialplan yet.
    pub(crate) fn start() -> Self {
        Position {
            context: "default".to_owned(),
            extension: "s".to_owned(),
            priority: 1,
        }
    }
}

/// The destination of a call once it is answered.
#[derive(Clone, Debug)]
pub(crate) enum AnswerDestination {
    /// An application, with its arguments and their original text.
    Application(String, Vec<String>, String),
    Dialplan(Position),
    /// None: the channel is already in an application.
    InApplication,
}

/// A call that has not been answered yet.
#[derive(Clone, Debug)]
pub(crate) struct DialAttempt {
    pub(crate) destination: AnswerDestination,
    pub(crate) dial_string: String,
}

/// The destination of a channel that leaves its application.
#[derive(Clone, Debug)]
pub(crate) enum LeaveDestination {
    Dialplan(Position),
    /// Another application, with arguments.
    Application(String, Vec<String>),
}

pub(crate) struct Channel {
    pub(crate) id: String,
    /// Distinguishes it from earlier channels of the same id, and is set when it is added.
    pub(crate) serial: u64,
    pub(crate) name: String,
    /// The dialled address, without the technology.
    pub(crate) resource: String,
    pub(crate) protocol_id: String,
    pub(crate) state: &'static str,
    pub(crate) caller: Party,
    /// The caller id that was received from the other half of a Local channel. The channel shows it
    /// with its next change.
    pub(crate) new_caller: Option<Party>,
    pub(crate) connected_line: Party,
    /// True if the bridge that it is in does not change connected lines because of it.
    pub(crate) inhibits_connected_line: bool,
    pub(crate) position: Position,
    pub(crate) dialplan_application: (String, String),
    pub(crate) created: String,
    pub(crate) language: String,
    pub(crate) variables: SortedMap<String, String>,
    /// Names of variables as they were set, with the underscores that control inheritance.
    pub(crate) inheritable_names: Vec<String>,
    /// Variables that events report.
    pub(crate) reported_variables: BTreeSet<String>,
    pub(crate) kind: ChannelKind,
    /// The application that the channel is in.
    pub(crate) stasis_app: Option<String>,
    /// The dialplan application that ran before, which the channel reports again at its end.
    pub(crate) previous_application: (String, String),
    /// The position of the last `ChannelDialplan` event.
    pub(crate) reported_position: Option<Position>,
    pub(crate) bridge: Option<String>,
    pub(crate) dialing: Option<DialAttempt>,
    /// The number whose phone has forwarded the call.
    pub(crate) redirected_from: Option<String>,
    /// The time at which dialing is abandoned.
    pub(crate) dial_deadline: Option<Duration>,
    pub(crate) leave_to: Option<LeaveDestination>,
    /// True if `STASISSTATUS` has yet to be set.
    pub(crate) is_status_pending: bool,
    /// True if the channel runs the dialplan.
    pub(crate) is_in_dialplan: bool,
    /// Counts the actions on the channel, so that a timer of an earlier action has no effect.
    pub(crate) action_count: u64,
    pub(crate) has_ended: bool,
    /// The cause of the channel technology, if there is one.
    pub(crate) tech_cause: Option<i64>,
    pub(crate) media_state: MediaState,
    /// True if applications carry out the transfers of the phone.
    pub(crate) leaves_transfers: bool,
    /// The transfer that an application is to carry out.
    pub(crate) requested_transfer: Option<RequestedTransfer>,
    /// The endpoint to which an application has redirected the phone.
    pub(crate) redirect_target: Option<String>,
    pub(crate) audio: ChannelAudio,
    /// The connection to the program of an external media channel.
    pub(crate) carrier: Option<MediaCarrier>,
    /// The time at which the channel was answered.
    pub(crate) up_since: Option<Duration>,
    /// The state of the broadcast of this call, if there was one.
    pub(crate) broadcast: Option<BroadcastState>,
}

impl Channel {
    pub(crate) fn new(id: String, name: String, kind: ChannelKind, position: Position) -> Self {
        Channel {
            id,
            serial: 0,
            name,
            resource: String::new(),
            protocol_id: String::new(),
            state: "Down",
            caller: Party::default(),
            new_caller: None,
            connected_line: Party::default(),
            inhibits_connected_line: false,
            position,
            dialplan_application: Default::default(),
            created: String::new(),
            language: "en".to_owned(),
            variables: SortedMap::new(),
            inheritable_names: Vec::new(),
            reported_variables: BTreeSet::new(),
            kind,
            stasis_app: None,
            previous_application: Default::default(),
            reported_position: None,
            bridge: None,
            dialing: None,
            redirected_from: None,
            dial_deadline: None,
            leave_to: None,
            is_status_pending: false,
            is_in_dialplan: false,
            action_count: 0,
            has_ended: false,
            tech_cause: None,
            media_state: MediaState::default(),
            leaves_transfers: false,
            requested_transfer: None,
            redirect_target: None,
            audio: ChannelAudio::default(),
            carrier: None,
            up_since: None,
            broadcast: None,
        }
    }

    pub(crate) fn is_sip(&self) -> bool {
        matches!(self.kind, ChannelKind::Sip { .. })
    }

    /// Returns the technology and the rest of the endpoint: `PJSIP` and `loop`.
    pub(crate) fn endpoint(&self) -> Option<(&str, &str)> {
        let (tech, rest) = self.name.split_once('/')?;
        Some((tech, rest.rsplit_once('-').map_or(rest, |(name, _)| name)))
    }

    /// Returns the endpoint that the channel belongs to, such as `PJSIP/loop`.
    pub(crate) fn device(&self) -> Option<&str> {
        let name = self.name.rsplit_once('-').map(|(name, _)| name);
        name.filter(|_| self.is_sip())
    }

    pub(crate) fn object(&self) -> Object {
        let vars = (!self.reported_variables.is_empty()).then(|| {
            let values = self.reported_variables.iter().filter_map(|name| {
                let value = self.variables.get(name)?;
                Some((name.clone(), Json::from(value)))
            });
            values.fold(Object::new(), |object, (name, value)| {
                object.with(name, value)
            })
        });
        Object::new()
            .with("id", &self.id)
            .with("name", &self.name)
            .with("state", self.state)
            .with("protocol_id", &self.protocol_id)
            .with("caller", self.caller.object())
            .with("connected", self.connected_line.object())
            .with("accountcode", "")
            .with(
                "dialplan",
                Object::new()
                    .with("context", &self.position.context)
                    .with("exten", &self.position.extension)
                    .with("priority", self.position.priority)
                    .with("app_name", &self.dialplan_application.0)
                    .with("app_data", &self.dialplan_application.1),
            )
            .with("creationtime", &self.created)
            .with("language", &self.language)
            .with_some("caller_rdnis", self.redirected_from.as_deref())
            .with_some("channelvars", vars)
    }
}
