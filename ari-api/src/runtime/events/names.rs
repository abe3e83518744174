//! The names of the applications that a WebSocket connects: those that it was opened for, or,
//! where Asterisk has opened it, those that its messages tell.

use std::sync::Arc;

use serde::Deserialize;
use tokio::sync::watch;

pub(super) struct Names {
    list: watch::Sender<Arc<[String]>>,
    learns: bool,
}

impl Names {
    /// The names that a WebSocket was opened for; if there are none, they are learnt.
    pub(super) fn new(given: Vec<String>) -> Self {
        Names {
            learns: given.is_empty(),
            list: watch::Sender::new(given.into()),
        }
    }

    pub(super) fn list(&self) -> Arc<[String]> {
        self.list.borrow().clone()
    }

    /// The name, if there is one alone.
    pub(super) fn only(&self) -> Option<String> {
        match &**self.list.borrow() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// Waits until there is a name for which something is found.
    #[cfg(feature = "server")]
    pub(super) async fn find<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        let mut list = self.list.subscribe();
        loop {
            let names = list.borrow_and_update().clone();
            if let Some(found) = names.iter().find_map(|name| find(name)) {
                return found;
            }
            // The sender lives in `self`, so this waits for nothing but a change.
            let _ = list.changed().await;
        }
    }

    /// Learns from a message. A persistent WebSocket says which applications are registered, once
    /// more whenever it is opened or configured anew; that of a single call has one, which every
    /// event names. True where the names have changed.
    pub(super) fn learn(&self, kind: &str, raw: &str) -> bool {
        #[derive(Deserialize)]
        struct Of {
            application: String,
        }
        if !self.learns {
            return false;
        }
        let comes = match kind {
            "ApplicationRegistered" => true,
            "ApplicationUnregistered" => false,
            _ if self.list.borrow().is_empty() => true,
            _ => return false,
        };
        let Ok(Of { application: name }) = serde_json::from_str(raw) else {
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

    /// Whether messages tell the names, and so what becomes of them.
    pub(super) fn are_learnt(&self) -> bool {
        self.learns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_learnt_from_messages() {
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
            let names = Names::new(given);
            for (kind, application) in messages {
                let raw = format!(r#"{{"type":"{kind}","application":"{application}"}}"#);
                names.learn(kind, &raw);
            }
            assert_eq!(*names.list(), *expected, "{messages:?}");
        }
    }
}
