//! The servers of a fleet, and the objects that each of them has.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::client::api_client::ApiClient;
use crate::client::health::ServerHealth;
use crate::event::event_type::EventType;

/// The maximum number of objects whose servers are kept. When it is exceeded, all are looked up
/// again.
const MAX_LOCATIONS: usize = 100_000;

/// Clients of several servers, each with a freely chosen name.
///
/// Cheap to clone. The servers are independent: a server that fails does not affect the others.
/// Servers can be added and removed at any time: see [`Fleet::insert`] and [`Fleet::remove`].
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
    /// Notifies the streams of changes.
    pub(super) roster: watch::Sender<Roster<C>>,
    /// The server of each object, by class and id, as far as known from events and responses.
    pub(super) locations: Mutex<HashMap<ObjectId, FleetServer<C>>>,
    /// The server that is preferred by the next placement among equally loaded ones.
    pub(super) turn: AtomicUsize,
}

/// The class and the id of an object.
pub(super) type ObjectId = (&'static str, String);

/// The current servers of a fleet.
pub(super) struct Roster<C> {
    pub(super) servers: Vec<FleetServer<C>>,
    /// The number of times that the fleet was closed.
    pub(super) closes: u64,
}

impl<C> Clone for Fleet<C> {
    fn clone(&self) -> Self {
        Fleet {
            shared: self.shared.clone(),
        }
    }
}

/// One server of a fleet. Cheap to clone, and still usable after [`Fleet::remove`].
pub struct FleetServer<C>(Arc<ServerEntry<C>>);

struct ServerEntry<C> {
    name: Arc<str>,
    client: C,
    is_draining: AtomicBool,
}

impl<C> Clone for FleetServer<C> {
    fn clone(&self) -> Self {
        FleetServer(self.0.clone())
    }
}

/// Two are equal if they come from the same insertion into a fleet.
impl<C> PartialEq for FleetServer<C> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<C: ApiClient> FleetServer<C> {
    fn new(name: impl Into<String>, client: C) -> Self {
        FleetServer(Arc::new(ServerEntry {
            name: name.into().into(),
            client,
            is_draining: AtomicBool::new(false),
        }))
    }

    /// Returns the name.
    pub fn name(&self) -> &Arc<str> {
        &self.0.name
    }

    /// Returns the client.
    pub fn client(&self) -> &C {
        &self.0.client
    }

    /// Returns the state of the connection to the server, as far as known without asking it.
    pub fn health(&self) -> ServerHealth {
        self.client().connection().health()
    }

    /// Sets whether [`Fleet::place`] avoids the server, for example before it is restarted. Its
    /// calls, its events and all other requests are not affected. Defaults to false.
    pub fn set_draining(&self, is_draining: bool) {
        self.0.is_draining.store(is_draining, Ordering::Relaxed);
    }

    /// Returns true if [`Fleet::place`] avoids the server.
    pub fn is_draining(&self) -> bool {
        self.0.is_draining.load(Ordering::Relaxed)
    }
}

impl<C> fmt::Debug for FleetServer<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FleetServer").field(&self.0.name).finish()
    }
}

impl<C: ApiClient> Fleet<C> {
    /// Creates a fleet of servers with their names. The names must differ: of two servers with the
    /// same name, the last one counts.
    pub fn new<N: Into<String>>(servers: impl IntoIterator<Item = (N, C)>) -> Self {
        let fleet = Fleet {
            shared: Arc::new(FleetState {
                roster: watch::Sender::new(Roster {
                    servers: Vec::new(),
                    closes: 0,
                }),
                locations: Mutex::default(),
                turn: AtomicUsize::new(0),
            }),
        };
        for (name, client) in servers {
            fleet.insert(name, client);
        }
        fleet
    }

    /// Adds a server. The streams of the fleet connect to it. If there is a server with this name,
    /// it is removed, and returned.
    pub fn insert(&self, name: impl Into<String>, client: C) -> Option<FleetServer<C>> {
        let server = FleetServer::new(name, client);
        self.replace(&server.name().clone(), Some(server))
    }

    /// Removes a server, and returns it. For each stream of the fleet, the last item of the server
    /// is a `ConnectionEvent::Closed`, and its WebSocket is closed unless something else uses it.
    /// Its calls stay up. Requests are no longer sent to it by [`Fleet::send`] and
    /// [`Fleet::place`].
    pub fn remove(&self, name: &str) -> Option<FleetServer<C>> {
        self.replace(name, None)
    }

    fn replace(&self, name: &str, server: Option<FleetServer<C>>) -> Option<FleetServer<C>> {
        let mut removed = None;
        self.shared.roster.send_modify(|roster| {
            let known = roster.servers.iter().position(|it| &**it.name() == name);
            removed = known.map(|index| roster.servers.remove(index));
            roster.servers.extend(server);
        });
        if let Some(removed) = &removed {
            self.object_locations().retain(|_, it| it != removed);
        }
        removed
    }

    /// Returns all servers.
    pub fn servers(&self) -> Vec<FleetServer<C>> {
        self.shared.roster.borrow().servers.clone()
    }

    /// Returns the server with a name.
    pub fn server(&self, name: &str) -> Option<FleetServer<C>> {
        let mut servers = self.servers().into_iter();
        servers.find(|server| &**server.name() == name)
    }

    pub(super) fn object_locations(&self) -> MutexGuard<'_, HashMap<ObjectId, FleetServer<C>>> {
        let owners = self.shared.locations.lock();
        owners.unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns true until the server is removed.
    pub(super) fn contains(&self, server: &FleetServer<C>) -> bool {
        self.shared.roster.borrow().servers.contains(server)
    }

    pub(super) fn record_location(&self, key: ObjectId, server: &FleetServer<C>) {
        let mut owners = self.object_locations();
        // Its last events and responses come after it was removed. Removing needs the lock as well.
        if !self.contains(server) {
            return;
        }
        if owners.len() >= MAX_LOCATIONS {
            owners.clear();
        }
        owners.insert(key, server.clone());
    }

    /// Records from an event which objects a server has.
    pub(super) fn record_event(&self, server: &FleetServer<C>, event: &C::Event) {
        event.visit_objects(&mut |object, ends| {
            let mut classes = C::Event::OBJECT_KINDS.iter();
            let class = classes
                .find(|class| class.name == object.kind && !class.terminal_events.is_empty());
            let Some(class) = class else { return };
            let key = (class.name, object.id.to_owned());
            if ends {
                self.object_locations().remove(&key);
            } else {
                self.record_location(key, server);
            }
        });
    }

    /// Calls [`Connection::close`](crate::client::connection::Connection::close) on every server, concurrently. Streams
    /// of the fleet end after the events that have already arrived. Servers that were not connected
    /// are not tried again. The fleet can be connected again.
    pub async fn close(&self, limit: Duration) {
        self.shared.roster.send_modify(|roster| roster.closes += 1);
        let mut closing = JoinSet::new();
        for server in self.servers() {
            let connection = server.client().connection().clone();
            closing.spawn(async move { connection.close(limit).await });
        }
        while closing.join_next().await.is_some() {}
    }
}

impl<C> fmt::Debug for Fleet<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roster = self.shared.roster.borrow();
        let names = roster.servers.iter().map(|server| &server.0.name);
        f.debug_list().entries(names).finish()
    }
}
