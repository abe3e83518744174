//! Channel variables, and the few dialplan functions that tests read.

use super::PbxState;
use super::variable_inheritance::plain_name;
use crate::json::Object;
use crate::model::Party;

/// The result of reading a variable.
pub(crate) enum VariableLookup {
    Value(String),
    Missing,
    UnknownFunction,
}

impl PbxState {
    pub(crate) fn read_variable(&self, id: &str, name: &str) -> VariableLookup {
        let Some(channel) = self.channels.get(id) else {
            return VariableLookup::Missing;
        };
        let party = |party: &Party, part: &str| match part {
            "name" => Some(party.name.clone()),
            "num" | "number" => Some(party.number.clone()),
            "all" => Some(format!("\"{}\" <{}>", party.name, party.number)),
            _ => None,
        };
        if let Some(value) = channel.variables.get(name) {
            return VariableLookup::Value(value.clone());
        }
        // A name that ends with a parenthesis is treated as a function.
        if let Some(call) = name.strip_suffix(')') {
            let (function, argument) = call.split_once('(').unwrap_or((call, ""));
            let value = match function {
                _ if argument.is_empty() => None,
                "CALLERID" => Some(party(&channel.caller, argument).unwrap_or_default()),
                "CONNECTEDLINE" => {
                    Some(party(&channel.connected_line, argument).unwrap_or_default())
                }
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
                Some(value) => VariableLookup::Value(value),
                None => VariableLookup::UnknownFunction,
            };
        }
        match name {
            "EXTEN" => VariableLookup::Value(channel.position.extension.clone()),
            "CONTEXT" => VariableLookup::Value(channel.position.context.clone()),
            "PRIORITY" => VariableLookup::Value(channel.position.priority.to_string()),
            "UNIQUEID" => VariableLookup::Value(channel.id.clone()),
            "CHANNEL" => VariableLookup::Value(channel.name.clone()),
            _ => match self.globals.get(name) {
                Some(value) => VariableLookup::Value(value.clone()),
                None => VariableLookup::Missing,
            },
        }
    }

    /// Sets a variable, or removes it if `value` is `None`. The supported functions are executed.
    pub(crate) fn set_variable(&mut self, id: &str, name: &str, value: Option<&str>, report: bool) {
        if name == "PJSIP_TRANSFER_HANDLING()" {
            self.set_transfer_handling(id, value.unwrap_or_default());
            return;
        }
        if let Some((function @ ("TALK_DETECT" | "TONE_DETECT"), rest)) = name.split_once('(') {
            let argument = rest.trim_end_matches(')');
            self.set_detector(id, function, argument, value.unwrap_or_default());
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
                "CONNECTEDLINE" => &mut channel.connected_line,
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
                self.publish_connected_line(id);
            } else {
                self.publish_caller_id(id);
            }
            return;
        }
        let own = plain_name(name);
        match value {
            Some(value) => {
                let before = channel.variables.insert(own.to_owned(), value.to_owned());
                if before.is_some() {
                    channel
                        .inheritable_names
                        .retain(|written| plain_name(written) != own);
                }
                channel.inheritable_names.push(name.to_owned());
            }
            None => {
                channel.variables.remove(own);
                channel
                    .inheritable_names
                    .retain(|written| plain_name(written) != own);
            }
        }
        if report {
            channel.reported_variables.insert(own.to_owned());
        }
        self.publish_variable(id, name, text);
    }

    /// Publishes the new value of a variable.
    pub(crate) fn publish_variable(&mut self, id: &str, name: &str, value: &str) {
        let first = Object::new().with("variable", name).with("value", value);
        let (before, behind) = (Object::new(), Object::new());
        self.publish_channel_event_with(id, "ChannelVarset", first, before, behind);
    }
}
