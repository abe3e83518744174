//! The applications that the page has registered, their states, and the tasks that read their events.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hyper::StatusCode;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::reply::ApiError;

/// The maximum number of applications.
const MAX_APPLICATIONS: usize = 32;

/// The registered applications.
#[derive(Default)]
pub(super) struct Applications(Mutex<BTreeMap<String, Entry>>);

enum Entry {
    /// Is connecting or leaving.
    Reserved,
    /// Is connected, or is being connected again.
    Registered(Registered, Value),
    /// Has ended by itself, and is kept so that the page can tell why.
    Ended(Ended),
}

/// The task that reads the events of an application.
pub(super) struct Registered {
    pub(super) leave: oneshot::Sender<()>,
    /// Returns what the server keeps of the application.
    pub(super) task: JoinHandle<Option<String>>,
}

/// The end of an application's connection.
#[derive(Clone)]
pub(super) struct Ended {
    pub(super) reason: String,
    /// Another client has taken over the application, or has connected as it while this process was
    /// not connected.
    pub(super) is_replaced: bool,
}

impl Entry {
    /// Returns the description for the page. `None` if the name is only reserved.
    fn describe(&self, name: &str) -> Option<Value> {
        match self {
            Entry::Reserved => None,
            Entry::Registered(_, description) => Some(description.clone()),
            Entry::Ended(ended) => {
                let mut description = describe(name, "ended", &ended.reason);
                description["replaced"] = ended.is_replaced.into();
                Some(description)
            }
        }
    }
}

fn describe(name: &str, state: &str, text: &str) -> Value {
    json!({"name": name, "state": state, "text": text})
}

impl Applications {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns those that are registered or have ended by themselves, with their states.
    pub(super) fn list(&self) -> Value {
        let applications = self.lock();
        let described = applications.iter();
        described
            .filter_map(|(name, entry)| entry.describe(name))
            .collect()
    }

    /// Reserves a name, unless it is registered.
    pub(super) fn claim<'a>(&'a self, name: &'a str) -> Result<Claim<'a>, ApiError> {
        let mut applications = self.lock();
        let ended = match applications.get(name) {
            Some(Entry::Ended(ended)) => Some(ended.clone()),
            Some(_) => {
                return Err(ApiError::new(
                    StatusCode::CONFLICT,
                    format!("this page has registered the application {name:?} already"),
                ));
            }
            None if applications.len() >= MAX_APPLICATIONS => {
                return Err(ApiError::bad_request(
                    "too many applications are registered: leave some of them",
                ));
            }
            None => None,
        };
        applications.insert(name.to_owned(), Entry::Reserved);
        Ok(Claim {
            applications: self,
            name,
            ended,
            is_registered: false,
        })
    }

    /// Takes the task of an application, whose name stays reserved until it is removed.
    pub(super) fn take(&self, name: &str) -> Option<Registered> {
        take_from(self.lock().get_mut(name)?)
    }

    /// Takes the tasks of all applications.
    pub(super) fn take_all(&self) -> Vec<Registered> {
        self.lock().values_mut().filter_map(take_from).collect()
    }

    /// Sets the state of an application that is registered.
    pub(super) fn set_state(&self, name: &str, state: &str, text: &str) {
        if let Some(Entry::Registered(_, description)) = self.lock().get_mut(name) {
            *description = describe(name, state, text);
        }
    }

    /// Keeps the end of an application, unless it is being left.
    pub(super) fn end(&self, name: &str, ended: Ended) {
        let mut applications = self.lock();
        match applications.get_mut(name) {
            Some(entry @ Entry::Registered(..)) => *entry = Entry::Ended(ended),
            _ => drop(applications.remove(name)),
        }
    }

    /// Makes the name of an application free that has ended by itself. Returns false for others.
    pub(super) fn remove_ended(&self, name: &str) -> bool {
        let mut applications = self.lock();
        let has_ended = matches!(applications.get(name), Some(Entry::Ended(_)));
        if has_ended {
            applications.remove(name);
        }
        has_ended
    }

    /// Makes a name free again.
    pub(super) fn remove(&self, name: &str) {
        self.lock().remove(name);
    }
}

fn take_from(entry: &mut Entry) -> Option<Registered> {
    if !matches!(entry, Entry::Registered(..)) {
        return None;
    }
    match std::mem::replace(entry, Entry::Reserved) {
        Entry::Registered(registered, _) => Some(registered),
        _ => None,
    }
}

/// A name that is being registered. If that fails, it becomes again what it was.
pub(super) struct Claim<'a> {
    applications: &'a Applications,
    name: &'a str,
    /// The end of the former connection.
    ended: Option<Ended>,
    is_registered: bool,
}

impl Claim<'_> {
    /// Returns true if this process was connected as the application until its connection ended,
    /// and no other client is known to have taken it over.
    pub(super) fn is_own(&self) -> bool {
        self.ended.as_ref().is_some_and(|ended| !ended.is_replaced)
    }

    /// Notes that another client may be connected as the application. Returns whether this process was.
    pub(super) fn mark_replaced(&mut self) -> bool {
        if let Some(ended) = &mut self.ended {
            ended.is_replaced = true;
        }
        self.ended.is_some()
    }

    /// Starts the task of the application, and lists it before the task can remove it.
    pub(super) fn register(
        mut self,
        leave: oneshot::Sender<()>,
        task: impl Future<Output = Option<String>> + Send + 'static,
    ) {
        let mut applications = self.applications.lock();
        let task = tokio::spawn(task);
        let entry = Entry::Registered(
            Registered { leave, task },
            describe(self.name, "connected", ""),
        );
        applications.insert(self.name.to_owned(), entry);
        self.is_registered = true;
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        if self.is_registered {
            return;
        }
        let mut applications = self.applications.lock();
        match self.ended.take() {
            Some(ended) => applications.insert(self.name.to_owned(), Entry::Ended(ended)),
            None => applications.remove(self.name),
        };
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tokio::sync::oneshot;

    use super::{Applications, Ended};

    #[tokio::test]
    async fn ended_applications_can_be_registered_again() {
        for (is_replaced, is_own) in [(false, true), (true, false)] {
            let applications = Applications::default();
            let claim = applications.claim("hello").expect("it is free");
            assert!(!claim.is_own());
            assert_eq!(applications.list(), json!([]));
            let (leave, _left) = oneshot::channel();
            claim.register(leave, std::future::pending());
            applications.set_state("hello", "reconnecting", "lost");
            let listed = json!([{"name": "hello", "state": "reconnecting", "text": "lost"}]);
            assert_eq!(applications.list(), listed);
            assert!(applications.claim("hello").is_err());
            assert!(!applications.remove_ended("hello"));
            let reason = "refused".to_owned();
            applications.end(
                "hello",
                Ended {
                    reason,
                    is_replaced,
                },
            );
            let ended = json!([{
                "name": "hello", "state": "ended", "text": "refused", "replaced": is_replaced,
            }]);
            assert_eq!(applications.list(), ended);
            // An attempt that fails changes nothing.
            for _ in 0..2 {
                let claim = applications.claim("hello").expect("it has ended");
                assert_eq!(claim.is_own(), is_own);
            }
            assert_eq!(applications.list(), ended);
            assert!(applications.remove_ended("hello"));
            assert_eq!(applications.list(), json!([]));
        }
    }
}
