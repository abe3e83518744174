//! The names of the applications that a WebSocket connects. They are given if the client has opened
//! it, and are taken from its messages if Asterisk has opened it.

use std::borrow::Cow;
use std::sync::Arc;

use tokio::sync::watch;

use crate::event::envelope::RawEvent;
use crate::protocol::event_type;

pub(crate) struct ApplicationNames {
    list: watch::Sender<Arc<[String]>>,
    discovers: bool,
}

impl ApplicationNames {
    /// Creates the list for a WebSocket that was opened for the given names. If there are none, the
    /// names are taken from messages.
    pub(crate) fn new(given: Vec<String>) -> Self {
        ApplicationNames {
            discovers: given.is_empty(),
            list: watch::Sender::new(given.into()),
        }
    }

    pub(crate) fn list(&self) -> Arc<[String]> {
        self.list.borrow().clone()
    }

    /// Returns the name if there is exactly one.
    pub(crate) fn only(&self) -> Option<String> {
        match &**self.list.borrow() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// Waits until there is a name for which `find` returns something.
    #[cfg(feature = "server")]
    pub(crate) async fn find<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        let mut list = self.list.subscribe();
        loop {
            let names = list.borrow_and_update().clone();
            if let Some(found) = names.iter().find_map(|name| find(name)) {
                return found;
            }
            // The sender is owned by `self`, so this waits only for a change.
            let _ = list.changed().await;
        }
    }

    /// Updates the names from a message. A persistent WebSocket reports the registered
    /// applications, and reports them again whenever it is opened or reconfigured. The WebSocket of
    /// a single call has one application, which every event names. Returns true if the names have
    /// changed.
    pub(crate) fn observe(&self, event: &RawEvent<'_>) -> bool {
        if !self.discovers {
            return false;
        }
        let comes = match event.kind() {
            event_type::APPLICATION_REGISTERED => true,
            event_type::APPLICATION_UNREGISTERED => false,
            _ if self.list.borrow().is_empty() => true,
            _ => return false,
        };
        let Some(name) = event.application().map(Cow::into_owned) else {
            return false;
        };
        self.list.send_if_modified(|list| {
            if list.contains(&name) == comes {
                return false;
            }
            let others = list.iter().filter(|known| **known != name).cloned();
            *list = others.chain(comes.then(|| name.clone())).collect();
            true
        })
    }

    /// Returns true if the names are taken from messages, because Asterisk has opened the
    /// WebSocket.
    pub(crate) fn is_discovered(&self) -> bool {
        self.discovers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn application_names_are_read_from_events() {
        for (given, messages, expected) in [
            (
                &["a"][..],
                &[("ApplicationRegistered", "b")][..],
                &["a"][..],
            ),
            (&[], &[], &[]),
            (
                &[],
                &[
                    ("ApplicationRegistered", "a"),
                    ("ApplicationRegistered", "b"),
                    ("ApplicationRegistered", "a"),
                    ("StasisStart", "c"),
                ],
                &["a", "b"],
            ),
            (
                &[],
                &[
                    ("ApplicationRegistered", "a"),
                    ("ApplicationRegistered", "b"),
                    ("ApplicationUnregistered", "a"),
                    ("ApplicationRegistered", "c"),
                    ("ApplicationReplaced", "b"),
                ],
                &["b", "c"],
            ),
            (
                &[],
                &[
                    ("StasisStart", "a:Local/1@b-00000001;1"),
                    ("StasisEnd", "a:Local/2"),
                ],
                &["a:Local/1@b-00000001;1"],
            ),
        ] {
            let given: Vec<String> = given.iter().map(|name| (*name).to_owned()).collect();
            let names = ApplicationNames::new(given);
            for (kind, application) in messages {
                let raw = format!(r#"{{"type":"{kind}","application":"{application}"}}"#);
                names.observe(&RawEvent::with_kind(kind, &raw));
            }
            assert_eq!(*names.list(), *expected, "{messages:?}");
        }
    }
}
