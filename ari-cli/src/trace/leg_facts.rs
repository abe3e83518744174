//! The facts about each leg of a call: who called it, when it was answered, and who hung up.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use ari_api::traffic::{Item, TrafficFile};
use serde_json::{Value, json};

use crate::trace::exchange::{Events, Exchange};
use crate::trace::object::Object;

/// The facts about a leg.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LegFacts {
    began: Option<Duration>,
    origin: Option<Origin>,
    /// The dialed address or extension.
    called: String,
    /// The last status of dialing it, such as `BUSY`.
    dial_status: String,
    answered: Option<Duration>,
    hangup: Option<(Duration, HangupSide)>,
    ended: Option<Duration>,
    /// A request has named the channel before any event: it is older than the recording.
    is_older: bool,
    /// An event has shown the state of the channel.
    has_state: bool,
    /// It was answered before the recording.
    was_answered: bool,
}

/// The reason why a leg exists.
#[derive(Clone, Debug, PartialEq)]
enum Origin {
    /// The program has originated it.
    Application,
    /// A channel has dialed it.
    Channel(Object),
    /// Asterisk has dialed it for nobody that the recording shows.
    Server,
    /// It has called.
    Incoming,
    /// It is the second half of a Local channel, with this first half.
    OtherHalf(Object),
}

/// The side that asked for the end of a leg.
#[derive(Clone, Copy, Debug, PartialEq)]
enum HangupSide {
    /// A request of the program.
    Application,
    /// Its phone or trunk.
    FarEnd,
    /// The other half of a Local channel.
    OtherHalf,
    /// Asterisk, another program, or a command of the console.
    Server,
}

impl HangupSide {
    fn as_str(self) -> &'static str {
        match self {
            HangupSide::Application => "the application",
            HangupSide::FarEnd => "the far end",
            HangupSide::OtherHalf => "the other half of the Local channel",
            HangupSide::Server => "Asterisk or another program",
        }
    }
}

impl LegFacts {
    /// Returns the facts of all channels in a recording.
    pub(crate) fn collect(
        file: &TrafficFile,
        events: &Events,
        exchanges: &HashMap<u64, Exchange>,
    ) -> BTreeMap<Object, LegFacts> {
        let mut legs = BTreeMap::new();
        for line in &file.lines {
            match &line.item {
                Item::Event { .. } => {
                    if let Some((event, objects)) = events.get(&line.number) {
                        apply_event(&mut legs, line.at, event, objects);
                    }
                }
                Item::Request {
                    request,
                    method,
                    path,
                    ..
                } => {
                    let Some(exchange) = exchanges.get(request) else {
                        continue;
                    };
                    let is_done = !exchange.is_problem;
                    apply_request(&mut legs, line.at, method, path, exchange, is_done);
                }
                _ => {}
            }
        }
        legs
    }

    /// Returns true if the recording shows why the leg exists.
    pub(crate) fn has_origin(&self) -> bool {
        self.origin.is_some()
    }

    /// Returns true if the recording shows the end of the leg.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.is_some()
    }

    /// Returns the time at which a side asked for the end, and the side.
    pub(crate) fn hangup(&self) -> Option<(Duration, &'static str)> {
        self.hangup.map(|(at, side)| (at, side.as_str()))
    }

    /// Notes that the leg is the second half of a Local channel.
    pub(crate) fn set_other_half(&mut self, first: &Object) {
        if matches!(self.origin, None | Some(Origin::Incoming)) {
            self.origin = Some(Origin::OtherHalf(first.clone()));
        }
    }

    /// Returns the facts as a sentence. `label` returns the label of a channel.
    pub(crate) fn describe(&self, mut label: impl FnMut(&Object) -> String) -> String {
        let since = |at: Duration| {
            let time = at.saturating_sub(self.began.unwrap_or_default());
            format!("{:.1} s", time.as_secs_f64())
        };
        let to = match self.called.as_str() {
            "" => String::new(),
            called => format!(" ({called})"),
        };
        let origin = match &self.origin {
            None => "origin not in the recording".to_owned(),
            Some(Origin::Application) => format!("originated by the application{to}"),
            Some(Origin::Channel(id)) => format!("dialed by {}{to}", label(id)),
            Some(Origin::OtherHalf(id)) => format!("other half of {}{to}", label(id)),
            Some(Origin::Server) => format!("dialed by Asterisk{to}"),
            Some(Origin::Incoming) => format!("incoming call{to}"),
        };
        let answered = match (self.answered, self.ended, self.dial_status.as_str()) {
            (Some(at), ..) => format!("answered after {}", since(at)),
            (None, _, status @ ("BUSY" | "NOANSWER" | "CANCEL" | "CONGESTION" | "CHANUNAVAIL")) => {
                format!("not answered ({status})")
            }
            (None, Some(_), _) => "not answered".to_owned(),
            (None, None, _) => "no answer in the recording".to_owned(),
        };
        let end = match (self.hangup, self.ended) {
            (Some((at, side)), Some(_)) => {
                format!("hung up by {} after {}", side.as_str(), since(at))
            }
            (Some((at, side)), None) => format!(
                "hung up by {} after {}, but its end is not in the recording",
                side.as_str(),
                since(at)
            ),
            (None, Some(at)) => {
                format!("ended by Asterisk or the dialplan after {}", since(at))
            }
            (None, None) => "its end is not in the recording".to_owned(),
        };
        format!("{origin}; {answered}; {end}")
    }

    /// Adds the facts to the JSON object of the leg.
    pub(crate) fn add_to(&self, leg: &mut Value) {
        let began = self.began.unwrap_or_default();
        let seconds = |at: Duration| at.saturating_sub(began).as_secs_f64();
        let origin = self.origin.as_ref().map(|origin| match origin {
            Origin::Application => "application",
            Origin::Channel(_) => "channel",
            Origin::Server => "server",
            Origin::Incoming => "incoming",
            Origin::OtherHalf(_) => "other_half",
        });
        let dialed_by = match &self.origin {
            Some(Origin::Channel(object)) => Some(object.id()),
            _ => None,
        };
        leg["origin"] = json!(origin);
        leg["dialed_by"] = json!(dialed_by);
        leg["called"] = json!(self.called);
        leg["answered_after"] = json!(self.answered.map(seconds));
        leg["ended_after"] = json!(self.ended.map(seconds));
        leg["hung_up_by"] = json!(self.hangup.map(|(_, side)| match side {
            HangupSide::Application => "application",
            HangupSide::FarEnd => "far_end",
            HangupSide::OtherHalf => "other_half",
            HangupSide::Server => "server",
        }));
    }
}

fn apply_event(
    legs: &mut BTreeMap<Object, LegFacts>,
    at: Duration,
    event: &Value,
    objects: &[Object],
) {
    let channel_with = |id: &str| {
        let named = Object::channel(id);
        let same = objects.iter().find(|object| object.has_same_id(&named));
        same.cloned().unwrap_or(named)
    };
    let kind = event["type"].as_str().unwrap_or_default();
    for key in ["channel", "peer", "caller"] {
        let channel = &event[key];
        let Some(id) = channel["id"].as_str() else {
            continue;
        };
        let leg = legs.entry(channel_with(id)).or_default();
        leg.began.get_or_insert(at);
        let is_up = channel["state"] == "Up";
        leg.was_answered |= is_up && leg.is_older && !leg.has_state;
        leg.has_state = true;
        if is_up && !leg.was_answered {
            leg.answered.get_or_insert(at);
        }
    }
    let Some(id) = event["channel"]["id"]
        .as_str()
        .or(event["peer"]["id"].as_str())
    else {
        return;
    };
    let leg = legs.entry(channel_with(id)).or_default();
    match kind {
        "Dial" => {
            let text = |key: &str| event[key].as_str().unwrap_or_default();
            let origin = match event["caller"]["id"].as_str() {
                Some(caller) => Origin::Channel(channel_with(caller)),
                None => Origin::Server,
            };
            leg.origin.get_or_insert(origin);
            if leg.called.is_empty() {
                leg.called = text("dialstring").to_owned();
            }
            if !text("dialstatus").is_empty() {
                leg.dial_status = text("dialstatus").to_owned();
            }
        }
        "StasisStart" if leg.origin.is_none() && !leg.is_older => {
            let dialplan = &event["channel"]["dialplan"];
            let text = |key: &str| dialplan[key].as_str().unwrap_or_default();
            leg.origin = Some(Origin::Incoming);
            if !text("exten").is_empty() {
                leg.called = format!("{}@{}", text("exten"), text("context"));
            }
        }
        "ChannelHangupRequest" => {
            let name = event["channel"]["name"].as_str().unwrap_or_default();
            let side = match event["soft"].as_bool() {
                Some(true) => HangupSide::Server,
                _ if name.starts_with("Local/") => HangupSide::OtherHalf,
                _ => HangupSide::FarEnd,
            };
            leg.hangup.get_or_insert((at, side));
        }
        "ChannelDestroyed" => leg.ended = Some(at),
        _ => {}
    }
}

fn apply_request(
    legs: &mut BTreeMap<Object, LegFacts>,
    at: Duration,
    method: &str,
    path: &str,
    exchange: &Exchange,
    is_done: bool,
) {
    let segments: Vec<_> = path.trim_matches('/').split('/').collect();
    if segments.first() != Some(&"channels") || !is_done {
        return;
    }
    let mut objects = exchange.objects.iter();
    let channel = objects.find(|object| object.is_channel());
    let Some(channel) = channel else { return };
    let is_older = !exchange.begins && !legs.contains_key(channel);
    let leg = legs.entry(channel.clone()).or_default();
    leg.is_older |= is_older;
    if segments.len() > 2 {
        return;
    }
    leg.began.get_or_insert(at);
    match method {
        "POST" => leg.origin = Some(Origin::Application),
        "DELETE" => drop(leg.hangup.get_or_insert((at, HangupSide::Application))),
        _ => {}
    }
}
