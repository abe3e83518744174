//! Several servers as one: their events in one stream, and calls to whichever has the object.

use std::collections::HashMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use tokio::time::{Sleep, sleep};

use super::events::{Reconnect, is_passing};
use super::{
    Answer, Bindings, BoxFuture, Call, Class, Connect, Connecting, Error, EventStream, Message,
    Method, Operation, Request,
};

/// How many objects' servers are remembered; beyond that all are looked for anew.
const REMEMBERED: usize = 100_000;

/// Clients of several servers, each by a name of one's choice.
///
/// Cheap to clone. Each server is on its own: one that falls disturbs none of the others.
///
/// ```no_run
/// # async fn example(munich: ari_api::Client, paris: ari_api::Client) -> Result<(), ari_api::Error> {
/// use ari_api::runtime::Fleet;
/// use ari_api::{channels, events::EventWebsocket};
///
/// let fleet = Fleet::new([("munich", munich), ("paris", paris)]);
/// let mut events = fleet.connect(EventWebsocket::new(["hello"]));
/// while let Some(item) = events.next().await {
///     let event = item.event?;
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
    shared: Arc<Shared<C>>,
}

struct Shared<C> {
    servers: Vec<(Arc<str>, C)>,
    /// Which server has an object, by class and id, as far as events and answers have told.
    owners: Mutex<HashMap<(&'static str, String), usize>>,
}

impl<C> Clone for Fleet<C> {
    fn clone(&self) -> Self {
        Fleet {
            shared: self.shared.clone(),
        }
    }
}

impl<C: Bindings> Fleet<C> {
    /// Servers and their names.
    pub fn new<N: Into<String>>(servers: impl IntoIterator<Item = (N, C)>) -> Self {
        let servers = servers.into_iter();
        Fleet {
            shared: Arc::new(Shared {
                servers: servers
                    .map(|(name, client)| (name.into().into(), client))
                    .collect(),
                owners: Mutex::default(),
            }),
        }
    }

    /// The names and clients of all servers.
    pub fn servers(&self) -> impl Iterator<Item = (&str, &C)> {
        let servers = self.shared.servers.iter();
        servers.map(|(name, client)| (&**name, client))
    }

    /// The client of a server.
    pub fn server(&self, name: &str) -> Option<&C> {
        let mut servers = self.servers();
        servers
            .find(|(known, _)| *known == name)
            .map(|(_, client)| client)
    }

    /// Connects an application to every server, and merges their events. A server that cannot be
    /// reached is tried again and again, with growing pauses, while the others go on; each failure
    /// is an item of the stream. One that refuses for good, for a wrong password say, is not tried
    /// again.
    pub fn connect<R>(&self, request: R) -> FleetStream<C, R>
    where
        R: Connect<Message = C::Event>,
    {
        let servers = 0..self.shared.servers.len();
        FleetStream {
            links: servers.map(|_| Link::new()).collect(),
            next: 0,
            fleet: self.clone(),
            request,
        }
    }

    /// Sends a request to the server that has the object in its path: which one that is, events
    /// have told, or the servers are asked.
    ///
    /// # Errors
    /// Those of the request: [`Error::Refused`] with 404 where no server has the object, the error
    /// of a server that could not be asked where one of them might.
    /// [`Error::Configuration`] where the request is about no object that exists already (listing,
    /// originating): choose a server by [`Fleet::server`].
    pub async fn send<R: Request>(&self, request: R) -> Result<R::Output, Error> {
        let call = request.call()?;
        let (class, id) = target::<C>(&call)?;
        let key = (class.name, id);
        let known = self.owners().get(&key).copied();
        if let Some(index) = known {
            let result = self.client(index).connection().answer(&call).await;
            match result {
                // It may have ended here and begun elsewhere.
                Ok(answer) if answer.status != 404 => return R::read(answer),
                Err(error) => return Err(error),
                Ok(_) => {
                    self.owners().remove(&key);
                }
            }
        }
        let index = self.locate(class, &key.1).await?;
        if !class.ends.is_empty() {
            self.remember(key, index);
        }
        R::read(self.client(index).connection().answer(&call).await?)
    }

    /// Asks every server for an object at once.
    async fn locate(&self, class: &'static Class, id: &str) -> Result<usize, Error> {
        let Some(get) = class.get else {
            return Err(unroutable(class.name));
        };
        let call = Call::of(get, &[id], Vec::new(), None);
        let mut asking: Vec<Option<BoxFuture<'_, Result<Answer, Error>>>> = self
            .shared
            .servers
            .iter()
            .map(
                |(_, client)| Some(Box::pin(client.connection().answer(&call)) as BoxFuture<'_, _>),
            )
            .collect();
        let mut failed: Option<Error> = None;
        let mut refused: Option<Answer> = None;
        let found = poll_fn(|context| {
            for (index, slot) in asking.iter_mut().enumerate() {
                let Some(future) = slot else { continue };
                let Poll::Ready(result) = future.as_mut().poll(context) else {
                    continue;
                };
                *slot = None;
                match result {
                    Ok(answer) if (200..300).contains(&answer.status) => {
                        return Poll::Ready(Some(index));
                    }
                    Ok(answer) => refused = Some(answer),
                    Err(error) => failed = Some(error),
                }
            }
            if asking.iter().all(Option::is_none) {
                return Poll::Ready(None);
            }
            Poll::Pending
        });
        if let Some(index) = found.await {
            return Ok(index);
        }
        match (failed, refused) {
            (Some(error), _) => Err(error),
            (None, Some(answer)) => match super::read_nothing(get, answer) {
                Err(error) => Err(error),
                Ok(()) => Err(unroutable(class.name)),
            },
            (None, None) => Err(Error::Configuration("the fleet has no servers".into())),
        }
    }

    fn client(&self, index: usize) -> &C {
        &self.shared.servers[index].1
    }

    fn owners(&self) -> MutexGuard<'_, HashMap<(&'static str, String), usize>> {
        let owners = self.shared.owners.lock();
        owners.unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, key: (&'static str, String), index: usize) {
        let mut owners = self.owners();
        if owners.len() >= REMEMBERED {
            owners.clear();
        }
        owners.insert(key, index);
    }

    /// Learns from an event which server has what.
    fn learn(&self, index: usize, event: &C::Event) {
        event.objects(&mut |object, ends| {
            let mut classes = C::Event::CLASSES.iter();
            let class = classes.find(|class| class.name == object.class && !class.ends.is_empty());
            let Some(class) = class else { return };
            let key = (class.name, object.id.to_owned());
            if ends {
                self.owners().remove(&key);
            } else {
                self.remember(key, index);
            }
        });
    }

    /// [`Connection::close`](super::Connection::close) on every server.
    pub async fn close(&self, limit: Duration) {
        for (_, client) in &self.shared.servers {
            client.connection().close(limit).await;
        }
    }
}

impl<C> fmt::Debug for Fleet<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.shared.servers.iter().map(|(name, _)| name);
        f.debug_list().entries(names).finish()
    }
}

/// The object that a call is about.
fn target<C: Bindings>(call: &Call) -> Result<(&'static Class, String), Error> {
    let operation: &'static Operation = call.operation();
    let mut classes = C::Event::CLASSES.iter();
    let class = classes.find(|class| {
        class.get.is_some_and(|get| {
            let below = operation.path.strip_prefix(get.path);
            // A POST on the object's own path makes it.
            below.is_some_and(|rest| rest.starts_with('/'))
                || (operation.path == get.path && operation.method != Method::Post)
        })
    });
    let unknown = || unroutable(&operation.to_string());
    let get = class.and_then(|class| class.get).ok_or_else(unknown)?;
    let class = class.ok_or_else(unknown)?;
    let mut variables = get.path.split('/').zip(call.path().split('/'));
    let id = variables.find(|(pattern, _)| pattern.starts_with('{'));
    let (_, id) = id.ok_or_else(unknown)?;
    let id = percent_encoding::percent_decode_str(id).decode_utf8_lossy();
    Ok((class, id.into_owned()))
}

fn unroutable(what: &str) -> Error {
    Error::Configuration(format!(
        "{what}: it is not about an object that one of the servers has: send it to the server of \
         your choice, `fleet.server(name)`"
    ))
}

/// The events of all servers of a fleet, each with its server.
pub struct FleetStream<C: Bindings, R> {
    fleet: Fleet<C>,
    request: R,
    links: Vec<Link<C::Event>>,
    /// Whose turn it is, so that a busy server does not drown the others.
    next: usize,
}

/// An event of one of a fleet's servers, or what has happened to the link to it.
#[derive(Debug)]
#[non_exhaustive]
pub struct FleetEvent<E> {
    /// The name of the server.
    pub server: Arc<str>,
    /// As [`EventStream::next`] yields it.
    pub event: Result<Arc<E>, Error>,
}

/// The application at one server.
struct Link<E: Message> {
    state: State<E>,
    attempts: u32,
}

enum State<E: Message> {
    Idle,
    Connecting(Connecting<E>),
    Open(EventStream<E>),
    Waiting(Pin<Box<Sleep>>),
    Ended,
}

impl<E: Message> Link<E> {
    fn new() -> Self {
        Link {
            state: State::Idle,
            attempts: 0,
        }
    }
}

impl<C: Bindings, R: Connect<Message = C::Event>> FleetStream<C, R> {
    /// The next event of any server; none after all have ended.
    pub async fn next(&mut self) -> Option<FleetEvent<C::Event>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<FleetEvent<C::Event>>> {
        let count = self.links.len();
        for turn in 0..count {
            let index = (self.next + turn) % count;
            if let Poll::Ready(Some(event)) = self.poll_link(index, context) {
                self.next = index + 1;
                return Poll::Ready(Some(event));
            }
        }
        let ended = |link: &Link<C::Event>| matches!(link.state, State::Ended);
        if self.links.iter().all(ended) {
            return Poll::Ready(None);
        }
        Poll::Pending
    }

    fn poll_link(
        &mut self,
        index: usize,
        context: &mut Context<'_>,
    ) -> Poll<Option<FleetEvent<C::Event>>> {
        let link = &mut self.links[index];
        loop {
            let result = match &mut link.state {
                State::Ended => return Poll::Ready(None),
                State::Idle => {
                    let client = self.fleet.client(index);
                    link.state = State::Connecting(client.connection().connecting(&self.request));
                    continue;
                }
                State::Waiting(pause) => {
                    std::task::ready!(pause.as_mut().poll(context));
                    link.state = State::Idle;
                    continue;
                }
                State::Connecting(connecting) => {
                    match std::task::ready!(connecting.as_mut().poll(context)) {
                        Ok(stream) => {
                            link.attempts = 0;
                            link.state = State::Open(stream);
                            continue;
                        }
                        Err(error) => {
                            link.attempts = link.attempts.saturating_add(1);
                            let pause = Reconnect::default().pause(link.attempts);
                            link.state = match pause.filter(|_| is_passing(&error)) {
                                Some(pause) => State::Waiting(Box::pin(sleep(pause))),
                                None => State::Ended,
                            };
                            Err(error)
                        }
                    }
                }
                State::Open(stream) => {
                    match std::task::ready!(Pin::new(stream).poll_next(context)) {
                        Some(event) => event,
                        None => {
                            link.state = State::Ended;
                            return Poll::Ready(None);
                        }
                    }
                }
            };
            if let Ok(event) = &result {
                self.fleet.learn(index, event);
            }
            return Poll::Ready(Some(FleetEvent {
                server: self.fleet.shared.servers[index].0.clone(),
                event: result,
            }));
        }
    }
}

impl<C: Bindings, R: Connect<Message = C::Event> + Unpin> Stream for FleetStream<C, R> {
    type Item = FleetEvent<C::Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<C: Bindings, R> fmt::Debug for FleetStream<C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FleetStream").field(&self.fleet).finish()
    }
}
