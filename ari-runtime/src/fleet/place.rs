//! The choice of a server for a new object.

use std::future::IntoFuture;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use crate::client::api_client::ApiClient;
use crate::error::types::Error;
use crate::event::event_type::EventType as _;
use crate::fleet::route::find_target;
use crate::fleet::servers::{Fleet, FleetServer};
use crate::request::typed_request::TypedRequest;
use crate::schema::operation::{Method, Operation, Version};
use crate::state::listed_object::ListedObject;
use crate::transport::transport_trait::BoxFuture;

/// The time for which servers are asked for their version when another one is suitable.
const MAX_VERSION_WAIT: Duration = Duration::from_millis(500);

/// A request that creates something, and the conditions for the server. Awaiting it sends the
/// request: see [`Fleet::place`].
#[must_use = "nothing is sent until it is awaited"]
pub struct Placement<C, R> {
    fleet: Fleet<C>,
    request: R,
    server: Option<String>,
    minimum: Option<Version>,
}

/// The response to a placed request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Placed<T> {
    /// The name of the server.
    pub server: Arc<str>,
    /// The response.
    pub response: T,
}

impl<C: ApiClient> Fleet<C> {
    /// Sends a request that creates something on the server with the lowest
    /// [`ServerHealth::load`](crate::client::ServerHealth::load): a call (`originate`, `create`), a
    /// bridge, an external media channel. If the request is known not to have been sent, the next
    /// server is tried. [`Fleet::send`] then finds the object without asking all servers.
    ///
    /// Servers are not considered if they are draining, if their release is known to lack the
    /// operation, or if no WebSocket to them is open although one to another server is.
    ///
    /// ```no_run
    /// # use ari_api::{Client, channels};
    /// # use ari_api::client::Fleet;
    /// # use ari_api::schema::Version;
    /// # async fn example(fleet: Fleet<Client>) -> Result<(), ari_api::Error> {
    /// let call = channels::Originate::new("PJSIP/100").app("hello");
    /// let placed = fleet.place(call).at_least(Version::new(20, 0, 0)).await?;
    /// println!("{} on {}", placed.response.id, placed.server);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Returns the errors of the request, and [`Error::NotSent`] if no server can be considered.
    /// Returns [`Error::InvalidConfig`] if the request does not create anything, or is about an
    /// existing object. Use [`Fleet::send`] for that.
    pub fn place<R: TypedRequest>(&self, request: R) -> Placement<C, R> {
        Placement {
            fleet: self.clone(),
            request,
            server: None,
            minimum: None,
        }
    }

    /// Returns the servers to try, the least loaded first.
    async fn candidates(
        &self,
        operation: &'static Operation,
        minimum: Option<Version>,
    ) -> Vec<FleetServer<C>> {
        let mut servers = self.servers();
        servers.retain(|server| !server.is_draining());
        let is_connected = |server: &FleetServer<C>| server.health().is_connected;
        if servers.iter().any(is_connected) {
            servers.retain(is_connected);
        }
        if !servers.is_empty() {
            let turn = self.shared.turn.fetch_add(1, Ordering::Relaxed);
            let turn = turn % servers.len();
            servers.rotate_left(turn);
        }
        let is_suitable = |version: Option<Version>| {
            minimum.is_none_or(|minimum| version >= Some(minimum))
                && version.is_none_or(|it| operation.availability.includes(it))
        };
        let mut suitable = Vec::new();
        let mut asking = JoinSet::new();
        for (index, server) in servers.into_iter().enumerate() {
            let connection = server.client().connection().clone();
            match connection.server_version() {
                None if minimum.is_some() => {
                    asking.spawn(async move {
                        (
                            index,
                            server,
                            connection.fetch_version().await.ok().flatten(),
                        )
                    });
                }
                version if is_suitable(version) => suitable.push((index, server)),
                _ => {}
            }
        }
        let mut deadline = None;
        while !asking.is_empty() {
            if !suitable.is_empty() {
                deadline.get_or_insert_with(|| Instant::now() + MAX_VERSION_WAIT);
            }
            let next = match deadline {
                Some(deadline) => timeout_at(deadline, asking.join_next()).await,
                None => Ok(asking.join_next().await),
            };
            match next {
                Ok(Some(Ok((index, server, version)))) => {
                    // A server that does not respond now is not suitable.
                    if is_suitable(version) {
                        suitable.push((index, server));
                    }
                }
                // Only a task that has panicked has no result.
                Ok(_) => {}
                Err(_) => break,
            }
        }
        suitable.sort_by_cached_key(|(index, server)| (server.health().load(), *index));
        suitable.into_iter().map(|(_, server)| server).collect()
    }
}

impl<C: ApiClient, R: TypedRequest> Placement<C, R> {
    /// Sends the request to this server only, even if it is draining, and whatever its release.
    pub fn on(mut self, server: impl Into<String>) -> Self {
        self.server = Some(server.into());
        self
    }

    /// Considers only servers of this version and later ones. Asks servers for their version if no
    /// response has shown it yet, all at the same time. One that responds more than half a second later
    /// than another suitable one is not considered.
    pub fn at_least(mut self, version: Version) -> Self {
        self.minimum = Some(version);
        self
    }

    async fn send(self) -> Result<Placed<R::Output>, Error> {
        let request = self.request.to_request()?;
        let operation = request.operation();
        if operation.method != Method::Post || find_target::<C>(&request).is_ok() {
            return Err(Error::InvalidConfig(format!(
                "{operation} creates nothing that any server could have: use `fleet.send`, or \
                 `fleet.server(name)`"
            )));
        }
        let mut last = Error::NotSent {
            operation,
            source: "no server of the fleet can be considered: it has none, or they are draining, \
                     or their releases are too old"
                .into(),
        };
        let candidates = match &self.server {
            Some(name) => vec![self.fleet.server(name).ok_or_else(|| {
                Error::InvalidConfig(format!("the fleet has no server {name:?}"))
            })?],
            None => self.fleet.candidates(operation, self.minimum).await,
        };
        let is_named = self.server.is_some();
        for server in candidates {
            // It may have been removed while others were asked.
            if !is_named && (server.is_draining() || !self.fleet.contains(&server)) {
                continue;
            }
            let response = server.client().connection().respond(request.clone()).await;
            match response {
                Err(error @ Error::NotSent { .. }) => last = error,
                Err(error) => return Err(error),
                Ok(response) => {
                    if response.status < 300 {
                        let created = crate::json::from_slice(response.body.as_bytes());
                        self.fleet.record_created(&server, operation, created.ok());
                    }
                    return Ok(Placed {
                        server: server.name().clone(),
                        response: R::decode(response)?,
                    });
                }
            }
        }
        Err(last)
    }
}

impl<C: ApiClient> Fleet<C> {
    /// Records the server of a new object, if it is of a class that events report the end of.
    fn record_created(
        &self,
        server: &FleetServer<C>,
        operation: &'static Operation,
        created: Option<ListedObject>,
    ) {
        let mut classes = C::Event::OBJECT_KINDS.iter();
        let class = classes.find(|class| {
            let get = class.get_operation;
            get.is_some_and(|get| get.response == operation.response)
        });
        if let (Some(class), Some(created)) = (class, created)
            && !class.terminal_events.is_empty()
        {
            self.record_location((class.name, created.id), server);
        }
    }
}

impl<C: ApiClient, R: TypedRequest + Send + 'static> IntoFuture for Placement<C, R>
where
    R::Output: Send,
{
    type Output = Result<Placed<R::Output>, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
