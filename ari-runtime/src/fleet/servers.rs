//! Several servers as one: their events in one stream, and requests to the server that has the
//! object.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::client::api_client::ApiClient;
use crate::event::event_type::EventType;

/// The maximum number of objects whose servers are kept. When it is exceeded, all are looked up
/// again.
const MAX_LOCATIONS: usize = 100_000;

/// Clients of several servers, each with a freely chosen name.
///
/// Cheap to clone. The servers are independent: a server that fails does not affect the others.
///
/// ```no_run
/// # use ari_api::{Client, Error};
/// # async fn example() -> Result<(), Error> {
/// # let server = |url: &str| Client::builder(url).credentials("aritest", "testme").build();
/// # let munich = server("http://10.0.0.1:8088/ari")?;
/// # let paris = server("http://10.0.1.1:8088/ari")?;
/// use ari_api::client::Fleet;
/// use ari_api::{channels, events::EventWebsocket};
///
/// let fleet = Fleet::new([("munich", munich), ("paris", paris)]);
/// let mut events = fleet.connect(EventWebsocket::new(["hello"]));
/// while let Some(item) = events.next().await {
///     let event = match item.event {
///         Ok(event) => event,
///         // One server has failed. The others continue.
///         Err(error) => {
///             eprintln!("{}: {error}", item.server);
///             continue;
///         }
///     };
///     println!("{}: {}", item.server, event.kind());
///     if let ari_api::Event::StasisStart(start) = event.as_ref() {
///         // Goes to the server that has the channel.
///         fleet.send(channels::Answer::new(&start.channel.id)).await?;
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct Fleet<C> {
    pub(super) shared: Arc<FleetState<C>>,
}

pub(super) struct FleetState<C> {
    pub(super) servers: Vec<(Arc<str>, C)>,
    /// The server of each object, by class and id, as far as known from events and responses.
    pub(super) locations: Mutex<HashMap<(&'static str, String), usize>>,
    /// Signals the streams that the fleet is being closed.
    pub(super) closing: watch::Sender<()>,
}

impl<C> Clone for Fleet<C> {
    fn clone(&self) -> Self {
        Fleet {
            shared: self.shared.clone(),
        }
    }
}

impl<C: ApiClient> Fleet<C> {
    /// Creates a fleet of servers with their names.
    pub fn new<N: Into<String>>(servers: impl IntoIterator<Item = (N, C)>) -> Self {
        let servers = servers.into_iter();
        Fleet {
            shared: Arc::new(FleetState {
                servers: servers
                    .map(|(name, client)| (name.into().into(), client))
                    .collect(),
                locations: Mutex::default(),
                closing: watch::Sender::new(()),
            }),
        }
    }

    /// Returns the names and clients of all servers.
    pub fn servers(&self) -> impl Iterator<Item = (&str, &C)> {
        let servers = self.shared.servers.iter();
        servers.map(|(name, client)| (&**name, client))
    }

    /// Returns the client of a server.
    pub fn server(&self, name: &str) -> Option<&C> {
        let mut servers = self.servers();
        servers
            .find(|(known, _)| *known == name)
            .map(|(_, client)| client)
    }

    pub(super) fn client(&self, index: usize) -> &C {
        &self.shared.servers[index].1
    }

    pub(super) fn object_locations(
        &self,
    ) -> MutexGuard<'_, HashMap<(&'static str, String), usize>> {
        let owners = self.shared.locations.lock();
        owners.unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn record_location(&self, key: (&'static str, String), index: usize) {
        let mut owners = self.object_locations();
        if owners.len() >= MAX_LOCATIONS {
            owners.clear();
        }
        owners.insert(key, index);
    }

    /// Records from an event which objects a server has.
    pub(super) fn record_event(&self, index: usize, event: &C::Event) {
        event.visit_objects(&mut |object, ends| {
            let mut classes = C::Event::OBJECT_KINDS.iter();
            let class = classes
                .find(|class| class.name == object.kind && !class.terminal_events.is_empty());
            let Some(class) = class else { return };
            let key = (class.name, object.id.to_owned());
            if ends {
                self.object_locations().remove(&key);
            } else {
                self.record_location(key, index);
            }
        });
    }

    /// Calls [`Connection::close`](crate::client::connection::Connection::close) on every server, concurrently. Streams
    /// of the fleet end after the events that have already arrived. Servers that were not connected
    /// are not tried again. The fleet can be connected again.
    pub async fn close(&self, limit: Duration) {
        self.shared.closing.send_replace(());
        let mut closing = JoinSet::new();
        for (_, client) in &self.shared.servers {
            let connection = client.connection().clone();
            closing.spawn(async move { connection.close(limit).await });
        }
        while closing.join_next().await.is_some() {}
    }
}

impl<C> fmt::Debug for Fleet<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.shared.servers.iter().map(|(name, _)| name);
        f.debug_list().entries(names).finish()
    }
}
