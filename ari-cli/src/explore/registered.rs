//! The names of the applications that the page has registered, and the tasks that read their events.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hyper::StatusCode;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::reply::ApiError;

/// The maximum number of applications.
const MAX_APPLICATIONS: usize = 32;

/// The registered applications. The value is `None` while one connects or leaves.
#[derive(Default)]
pub(super) struct Applications(Mutex<BTreeMap<String, Option<Registered>>>);

/// The task that reads the events of an application.
pub(super) struct Registered {
    pub(super) leave: oneshot::Sender<()>,
    /// Returns what the server keeps of the application.
    pub(super) task: JoinHandle<Option<String>>,
}

impl Applications {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Option<Registered>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the names of those that are connected.
    pub(super) fn names(&self) -> Vec<String> {
        let applications = self.lock();
        let connected = applications.iter().filter(|(_, it)| it.is_some());
        connected.map(|(name, _)| name.clone()).collect()
    }

    /// Reserves a name, unless it is registered.
    pub(super) fn claim<'a>(&'a self, name: &'a str) -> Result<Claim<'a>, ApiError> {
        let mut applications = self.lock();
        if applications.contains_key(name) {
            return Err(ApiError::new(
                StatusCode::CONFLICT,
                format!("this page has registered the application {name:?} already"),
            ));
        }
        if applications.len() >= MAX_APPLICATIONS {
            return Err(ApiError::bad_request(
                "too many applications are registered: leave some of them",
            ));
        }
        applications.insert(name.to_owned(), None);
        Ok(Claim {
            applications: self,
            name,
            is_registered: false,
        })
    }

    /// Takes the task of an application, whose name stays reserved until it is removed.
    pub(super) fn take(&self, name: &str) -> Option<Registered> {
        self.lock().get_mut(name).and_then(Option::take)
    }

    /// Takes the tasks of all applications.
    pub(super) fn take_all(&self) -> Vec<Registered> {
        self.lock().values_mut().filter_map(Option::take).collect()
    }

    /// Makes a name free again.
    pub(super) fn remove(&self, name: &str) {
        self.lock().remove(name);
    }
}

/// A name that is being registered, which becomes free again if that fails.
pub(super) struct Claim<'a> {
    applications: &'a Applications,
    name: &'a str,
    is_registered: bool,
}

impl Claim<'_> {
    /// Starts the task of the application, and lists it before the task can remove it.
    pub(super) fn register(
        mut self,
        leave: oneshot::Sender<()>,
        task: impl Future<Output = Option<String>> + Send + 'static,
    ) {
        let mut applications = self.applications.lock();
        let task = tokio::spawn(task);
        applications.insert(self.name.to_owned(), Some(Registered { leave, task }));
        self.is_registered = true;
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        if !self.is_registered {
            self.applications.remove(self.name);
        }
    }
}
