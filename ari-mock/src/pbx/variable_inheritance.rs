//! Inheritance of variables and caller ids between channels.

use super::PbxState;
use crate::json::Object;

/// Returns the name under which a variable is read. A variable that is set with a leading `_` is
/// inherited by the channels that its channel calls, with `__` also by the channels that those
/// call.
pub(crate) fn plain_name(written: &str) -> &str {
    let once = written.strip_prefix('_');
    let once = once.map(|name| name.strip_prefix('_').unwrap_or(name));
    once.unwrap_or(written)
}

/// Returns the name of the variable in the channel that inherits it, or `None` if it is not
/// inherited.
fn inherited_name(written: &str) -> Option<&str> {
    match written.starts_with("__") {
        true => Some(written),
        false => written.strip_prefix('_'),
    }
}

impl PbxState {
    /// Lets one half of a Local channel call the other, which receives its variables unchanged and
    /// its caller id.
    pub(crate) fn call_other_half(&mut self, id: &str, other: &str) {
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        let (caller, connected) = (channel.connected_line.clone(), channel.caller.clone());
        let written = channel.inheritable_names.iter().rev();
        let variables = written.filter_map(|written| {
            let value = channel.variables.get(plain_name(written))?;
            Some((written.clone(), value.clone()))
        });
        for (name, value) in variables.collect::<Vec<_>>() {
            self.set_variable(other, &name, Some(&value), false);
        }
        let (calls, called) = (!caller.is_empty(), !connected.is_empty());
        if let Some(half) = self.channels.get_mut(other) {
            if calls {
                half.caller = caller;
            }
            if called {
                half.connected_line = connected;
            }
        }
        // Both values are set before either event is published.
        if calls {
            self.publish_caller_id(other);
        }
        if called {
            self.publish_channel_event(other, "ChannelConnectedLine", Object::new());
        }
    }

    /// Dials a channel on behalf of another one, from which it inherits variables and the caller
    /// id.
    pub(crate) fn inherit_from(&mut self, caller: &str, id: &str) {
        let Some(channel) = self.channels.get(caller) else {
            return;
        };
        let party = channel.caller.clone();
        let written = channel.inheritable_names.iter().rev();
        let variables: Vec<_> = written
            .filter_map(|written| {
                let value = channel.variables.get(plain_name(written))?;
                Some((inherited_name(written)?.to_owned(), value.clone()))
            })
            .collect();
        for (name, value) in variables {
            self.set_variable(id, &name, Some(&value), false);
        }
        if party.is_empty() {
            return;
        }
        if let Some(channel) = self.channels.get_mut(id) {
            channel.connected_line = party;
            self.publish_channel_event(id, "ChannelConnectedLine", Object::new());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{inherited_name, plain_name};

    #[test]
    fn underscores_set_variable_inheritance() {
        for (written, read, over) in [
            ("A", "A", None),
            ("_B", "B", Some("B")),
            ("__C", "C", Some("__C")),
            ("___D", "_D", Some("___D")),
        ] {
            assert_eq!((plain_name(written), inherited_name(written)), (read, over));
        }
    }
}
