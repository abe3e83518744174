//! The gateway of a server: the only reader of its events, and the only writer of its requests.

mod adopt;
mod answered;
mod assignment;
mod beat;
mod binding;
mod call;
mod claims;
mod control;
mod count;
mod counters;
mod directory;
mod discover;
mod drain;
mod events;
mod execute;
mod fence;
mod handover;
mod history;
mod journal;
mod large_messages;
mod media;
mod offers;
mod parts;
mod reader;
mod reading;
mod replays;
mod service;
mod settings;
mod shared;
mod state;
mod timestamp;
mod workers;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ari_api::client::unique_id;
use ari_api::transport::Transport;
use tokio::sync::watch;
use tokio::task::JoinSet;

pub use counters::GatewayCounters;
pub use journal::Record;
pub use settings::{Orphaned, Unserved};

use crate::bus::{BusError, SharedBus};
use crate::error::ClusterError;
use journal::Journal;
use settings::Settings;
use shared::Shared;

/// Settings of a [`Gateway`].
#[must_use = "a gateway does nothing until it is started"]
pub struct GatewayBuilder {
    settings: Settings,
    applications: Vec<String>,
    asterisk: Arc<dyn Transport>,
    is_directory: bool,
    is_service: bool,
    history: BTreeSet<String>,
}

impl GatewayBuilder {
    /// Creates the settings of the gateway of a server. The name is freely chosen and unique in the
    /// cluster: Asterisk's own id is the address of a network card, which two servers on one host
    /// share.
    ///
    /// `asterisk` is the way to the server, on the same machine if possible, such as
    /// [`HttpTransport`](ari_api::transport::HttpTransport).
    pub fn new(server: impl Into<String>, asterisk: impl Transport + 'static) -> Self {
        GatewayBuilder {
            settings: Settings::new(server.into()),
            applications: Vec::new(),
            asterisk: Arc::new(asterisk),
            is_directory: true,
            is_service: true,
            history: BTreeSet::new(),
        }
    }

    /// Adds an application, whose calls are offered to the workers of this application.
    pub fn application(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        // Two readers of one application would take it over from each other.
        if !self.applications.contains(&name) {
            self.applications.push(name);
        }
        self
    }

    /// Sets what happens to a new call that no worker takes. Defaults to [`Unserved::Continue`].
    pub fn unserved(mut self, policy: Unserved) -> Self {
        self.settings.unserved = policy;
        self
    }

    /// Sets what happens to a call whose worker is gone, and the time after which it happens if no
    /// other worker takes the call. Defaults to [`Orphaned::HangUp`] after 30 seconds.
    pub fn orphaned(mut self, policy: Orphaned, limit: Duration) -> Self {
        self.settings.orphaned = policy;
        self.settings.orphan_limit = limit;
        self
    }

    /// Sets for how long, and up to which total size in bytes, events are kept for readers that have
    /// lost them. Defaults to 60 seconds and 64 MiB for each application.
    pub fn keep_events(mut self, age: Duration, bytes: usize) -> Self {
        self.settings.ring = reading::RingLimits { age, bytes };
        self
    }

    /// Sets the maximum number of requests that Asterisk executes at the same time for each
    /// application. Further ones wait. Defaults to 80.
    pub fn max_requests(mut self, count: usize) -> Self {
        self.settings.max_requests = count.max(1);
        self
    }

    /// Sets whether the gateway answers which servers there are. Defaults to `true`. A directory reads
    /// the heartbeats of all gateways, so in clusters of more than some fifty servers leave it on at
    /// two or three of them.
    pub fn directory(mut self, is_directory: bool) -> Self {
        self.is_directory = is_directory;
        self
    }

    /// Stores events of these types, such as `StasisStart`, in a stream of JetStream, from which
    /// [`Cluster::history`](crate::Cluster::history) reads them. By default none.
    ///
    /// It is never in the way of calls: up to 10,000 events wait for JetStream, and further ones are
    /// lost, counted and logged. If the stream `ARI_HISTORY` does not exist, the gateway creates it, with
    /// one copy in files, for events of a week and up to 1 GiB. For other limits, create it before, with
    /// the subject `ari.v1.hist.>`.
    pub fn history<K: Into<String>>(mut self, kinds: impl IntoIterator<Item = K>) -> Self {
        self.history.extend(kinds.into_iter().map(Into::into));
        self
    }

    /// Sets a function that receives a [`Record`] of each step, for tests and audits. It must not
    /// block.
    pub fn journal(mut self, record: impl Fn(&Record) + Send + Sync + 'static) -> Self {
        self.settings.journal = Journal::new(record);
        self
    }

    /// Sets the clock that epochs are named by.
    #[cfg(test)]
    pub(crate) fn clock(mut self, now: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        self.settings.clock = Arc::new(now);
        self
    }

    /// Sets the time after which a silent worker without calls is forgotten.
    #[cfg(test)]
    pub(crate) fn forget_workers_after(mut self, limit: Duration) -> Self {
        self.settings.forget_after = limit;
        self
    }

    /// Leaves out what operators ask a gateway for, in simulations of calls.
    #[cfg(test)]
    pub(crate) fn without_service(mut self) -> Self {
        self.is_service = false;
        self
    }

    /// Starts the gateway on a bus.
    pub(crate) fn start_on(self, bus: SharedBus) -> Gateway {
        let id = unique_id();
        let mut tasks = JoinSet::new();
        let (replaced, replaced_receiver) = watch::channel(0);
        let replaced = Arc::new(replaced);
        let mut applications = Vec::new();
        if self.is_directory {
            tasks.spawn(directory::run(bus.clone()));
        }
        let history = (!self.history.is_empty()).then(|| {
            let (history, storing) = history::History::new(bus.clone(), self.history);
            tasks.spawn(infallible(storing));
            history
        });
        for (index, application) in self.applications.into_iter().enumerate() {
            let (mut shared, work) = Shared::new(
                self.settings.clone(),
                application,
                id.clone(),
                bus.clone(),
                self.asterisk.clone(),
            );
            shared.answers_for_any = index == 0;
            shared.history.clone_from(&history);
            let shared = Arc::new(shared);
            applications.push(shared.clone());
            tasks.spawn(control::serve_replays(shared.clone()));
            tasks.spawn(handover::serve(shared.clone()));
            tasks.spawn(infallible(offers::run(shared.clone(), work)));
            tasks.spawn(infallible(beat::run(shared.clone())));
            tasks.spawn(infallible(workers::run(shared.clone())));
            tasks.spawn(reader::run(shared, replaced.clone()));
        }
        if self.is_service {
            tasks.spawn(service::run(bus.clone(), applications.clone()));
            tasks.spawn(drain::run(bus, applications.clone()));
        }
        Gateway {
            tasks,
            replaced: replaced_receiver,
            applications,
        }
    }
}

async fn infallible(task: impl Future<Output = ()>) -> Result<(), BusError> {
    task.await;
    Ok(())
}

impl fmt::Debug for GatewayBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GatewayBuilder")
            .field("settings", &self.settings)
            .field("applications", &self.applications)
            .finish_non_exhaustive()
    }
}

/// A running gateway, until it is dropped.
#[must_use = "dropping the gateway ends it"]
pub struct Gateway {
    tasks: JoinSet<Result<(), BusError>>,
    /// The number of applications that another gateway has taken over.
    replaced: watch::Receiver<usize>,
    applications: Vec<Arc<Shared>>,
}

impl Gateway {
    /// Returns the sizes of the tables of the first application.
    #[cfg(test)]
    pub(crate) fn table_sizes(&self) -> Vec<(&'static str, usize)> {
        let first = self.applications.first();
        first.map_or_else(Vec::new, |shared| {
            let mut sizes = shared.read(|state| state.table_sizes());
            sizes.extend(shared.part_counts());
            sizes
        })
    }

    /// Returns the counters of each application. NATS's tools show them as well: the gateway is a
    /// service, for `nats micro stats`.
    pub fn counters(&self) -> Vec<GatewayCounters> {
        let applications = self.applications.iter();
        applications.map(|shared| count::counters(shared)).collect()
    }

    /// Waits until other gateways have taken over all applications. This one stands by then, and can be
    /// ended: an upgrade starts the new gateway, waits for this, and ends the old one.
    pub fn replaced(&self) -> impl Future<Output = ()> + Send + 'static {
        let (applications, mut replaced) = (self.applications.len(), self.replaced.clone());
        async move {
            // An error means that the gateway has ended.
            let _ = replaced.wait_for(|count| *count >= applications).await;
        }
    }

    /// Waits until the gateway fails, because the bus can no longer be used. It does not end by itself
    /// otherwise.
    pub async fn failed(&mut self) -> ClusterError {
        while let Some(ended) = self.tasks.join_next().await {
            if let Ok(Err(error)) = ended {
                return ClusterError::bus(error);
            }
        }
        ClusterError::Bus("the gateway has ended".to_owned())
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway").finish_non_exhaustive()
    }
}
