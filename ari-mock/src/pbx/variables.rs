//! Channel variables, and the few dialplan functions that tests read.

use super::inherit::plain;
use super::{Party, World};
use crate::json::Object;

/// The result of reading a variable.
pub(crate) enum Read {
    Value(String),
    Missing,
    UnknownFunction,
}

impl World {
    pub(crate) fn read_variable(&self, id: &str, name: &str) -> Read {
        let Some(channel) = self.channels.get(id) else {
            return Read::Missing;
        };
        let party = |party: &Party, part: &str| match part {
            "name" => Some(party.name.clone()),
            "num" | "number" => Some(party.number.clone()),
            "all" => Some(format!("\"{}\" <{}>", party.name, party.number)),
            _ => None,
        };
        if let Some(value) = channel.variables.get(name) {
            return Read::Value(value.clone());
        }
        // A name that ends with a parenthesis is treated as a function.
        if let Some(call) = name.strip_suffix(')') {
            let (function, argument) = call.split_once('(').unwrap_or((call, ""));
            let value = match function {
                _ if argument.is_empty() => None,
                "CALLERID" => Some(party(&channel.caller, argument).unwrap_or_default()),
                "CONNECTEDLINE" => Some(party(&channel.connected, argument).unwrap_or_default()),
                "CHANNEL" => match argument {
                    "state" => Some(channel.state.to_owned()),
                    "name" => Some(channel.name.clone()),
                    "language" => Some(channel.language.clone()),
                    "uniqueid" | "linkedid" => Some(channel.id.clone()),
                    "channeltype" => channel.endpoint().map(|(tech, _)| tech.to_owned()),
                    // Items that are always empty here.
                    "accountcode" | "peeraccount" | "userfield" | "hangupsource" | "tonezone"
                    | "parkinglot" | "musicclass" | "callgroup" | "pickupgroup" => {
                        Some(String::new())
                    }
                    _ => None,
                },
                _ => None,
            };
            return match value {
                Some(value) => Read::Value(value),
                None => Read::UnknownFunction,
            };
        }
        match name {
            "EXTEN" => Read::Value(channel.position.extension.clone()),
            "CONTEXT" => Read::Value(channel.position.context.clone()),
            "PRIORITY" => Read::Value(channel.position.priority.to_string()),
            "UNIQUEID" => Read::Value(channel.id.clone()),
            "CHANNEL" => Read::Value(channel.name.clone()),
            _ => match self.globals.get(name) {
                Some(value) => Read::Value(value.clone()),
                None => Read::Missing,
            },
        }
    }

    /// Sets a variable, or removes it if `value` is `None`. The supported functions are executed.
    pub(crate) fn set_variable(&mut self, id: &str, name: &str, value: Option<&str>, report: bool) {
        if let Some((function @ ("TALK_DETECT" | "TONE_DETECT"), rest)) = name.split_once('(') {
            self.detect(id, function, rest.trim_end_matches(')'));
            return;
        }
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let text = value.unwrap_or_default();
        let function = name
            .split_once('(')
            .and_then(|(function, rest)| Some((function, rest.strip_suffix(')')?)));
        if let Some((function, argument)) = function {
            let connected = function == "CONNECTEDLINE";
            let party = match function {
                "CALLERID" => &mut channel.caller,
                "CONNECTEDLINE" => &mut channel.connected,
                "CHANNEL" if argument == "language" => {
                    text.clone_into(&mut channel.language);
                    return;
                }
                _ => return,
            };
            match argument {
                "name" => text.clone_into(&mut party.name),
                "num" | "number" => text.clone_into(&mut party.number),
                "all" => *party = Party::parse(text),
                _ => return,
            }
            if connected {
                self.channel_event(id, "ChannelConnectedLine", Object::new());
            } else {
                self.tell_caller(id);
            }
            return;
        }
        let own = plain(name);
        match value {
            Some(value) => {
                let before = channel.variables.insert(own.to_owned(), value.to_owned());
                if before.is_some() {
                    channel.written.retain(|written| plain(written) != own);
                }
                channel.written.push(name.to_owned());
            }
            None => {
                channel.variables.remove(own);
                channel.written.retain(|written| plain(written) != own);
            }
        }
        if report {
            channel.reported.insert(own.to_owned());
        }
        self.varset(id, name, text);
    }

    /// Publishes the caller id of a channel.
    pub(crate) fn tell_caller(&mut self, id: &str) {
        let rest = Object::new().with("caller_presentation", 0).with(
            "caller_presentation_txt",
            "Presentation Allowed, Not Screened",
        );
        self.channel_event(id, "ChannelCallerId", rest);
    }

    /// Publishes the new value of a variable.
    pub(crate) fn varset(&mut self, id: &str, name: &str, value: &str) {
        let first = Object::new().with("variable", name).with("value", value);
        let (before, behind) = (Object::new(), Object::new());
        self.channel_event_with(id, "ChannelVarset", first, before, behind);
    }
}
