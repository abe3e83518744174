//! Opens an object's stream before sending the request that creates it, so that no event is missed.
//! Until the response arrives the server may not know the object, which must not be taken for its
//! end.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::timeout;

use super::hearing::sources;
use super::hub::Hub;
use super::object::ObjectKey;
use super::queue::Ending;
use super::shared::Core;
use super::wishes::Change;
use super::{Object, ObjectStream, ask};
use crate::runtime::{Error, Message, SendError};

/// The object that a request is to create, and the sources of its events.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "generated code makes them")]
pub struct Making<'a> {
    /// The object.
    pub object: Object<'a>,
    /// The application that a channel is to enter.
    pub application: Option<&'a str>,
    /// The channel or bridge that a playback or a recording is created in.
    pub parent: Option<Object<'a>>,
}

/// The objects that are being created, and the checks that were requested for them in the meantime.
#[derive(Default)]
pub(super) struct Makings(Mutex<HashMap<ObjectKey, UnderWay>>);

#[derive(Default)]
struct UnderWay {
    requests: usize,
    is_doubted: bool,
}

impl Makings {
    fn lock(&self) -> MutexGuard<'_, HashMap<ObjectKey, UnderWay>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns true if an object is being created. In that case it is checked afterwards.
    pub(super) fn doubt(&self, object: &ObjectKey) -> bool {
        let mut under_way = self.lock();
        let making = under_way.get_mut(object);
        making.map(|making| making.is_doubted = true).is_some()
    }

    pub(super) fn contain(&self, object: &ObjectKey) -> bool {
        self.lock().contains_key(object)
    }
}

/// A request in flight that creates an object.
struct Guard<'a, E: Message> {
    hub: &'a Hub<E>,
    object: Option<ObjectKey>,
}

impl<'a, E: Message> Guard<'a, E> {
    fn new(hub: &'a Hub<E>, object: Object<'_>) -> Self {
        let object = ObjectKey::of::<E>(object);
        if let Some(object) = &object {
            hub.makings
                .lock()
                .entry(object.clone())
                .or_default()
                .requests += 1;
        }
        Guard { hub, object }
    }
}

impl<E: Message> Drop for Guard<'_, E> {
    fn drop(&mut self) {
        let Some(object) = self.object.take() else {
            return;
        };
        let mut under_way = self.hub.makings.lock();
        let Some(making) = under_way.get_mut(&object) else {
            return;
        };
        making.requests -= 1;
        if making.requests > 0 {
            return;
        }
        let is_doubted = making.is_doubted;
        under_way.remove(&object);
        drop(under_way);
        if is_doubted {
            self.hub.doubt([object]);
        }
    }
}

/// A channel that is expected in an application of the client, until it is known not to enter it.
struct Expected<'a, E: Message> {
    session: Arc<Core<E>>,
    channel: &'a str,
    /// The number of reconnections of the session when the request was sent.
    reconnected: u64,
    may_be_there: bool,
}

impl<'a, E: Message> Expected<'a, E> {
    fn new(hub: &Hub<E>, new: Making<'a>) -> Option<Self> {
        let application = new.application?;
        let session = hub.session_of(application)?;
        session.memory.expect(new.object.id, application);
        Some(Expected {
            reconnected: session.reconnected(),
            session,
            channel: new.object.id,
            may_be_there: false,
        })
    }

    /// Records that the channel may have been created, because the outcome is unknown.
    fn is_unknown(&mut self) {
        self.may_be_there = true;
    }

    /// Records that the channel was created. Returns true if the application is subscribed to it,
    /// which is the case if the application was connected when the channel was created. Otherwise
    /// the comparison after the gap subscribes it, unless the gap is already over.
    fn is_heard(&mut self) -> bool {
        self.may_be_there = true;
        self.session.reconnected() == self.reconnected
    }
}

impl<E: Message> Drop for Expected<'_, E> {
    fn drop(&mut self) {
        if !self.may_be_there {
            self.session.memory.expect_no_more(self.channel);
        }
    }
}

/// Sends a request that creates an object. Returns its response and the object's stream.
///
/// If no application of the client is subscribed to the object implicitly, one of them is
/// subscribed to it afterwards. That is the case for a bridge, or for a channel that goes somewhere
/// else. If the subscription fails or exceeds the limit, the stream ends.
pub(in crate::runtime) async fn make<E: Message, T>(
    hub: &Arc<Hub<E>>,
    buffer: usize,
    limit: Duration,
    new: Making<'_>,
    request: impl Future<Output = Result<T, Error>>,
) -> Result<(T, ObjectStream<E>), Error> {
    if hub.sessions().is_empty() {
        return Err(Ending::unconnected().into());
    }
    let stream = ObjectStream::open(hub, new.object, buffer);
    let guard = Guard::new(hub, new.object);
    let mut expected = Expected::new(hub, new);
    let answer = match request.await {
        Ok(answer) => answer,
        Err(error) => {
            if let (Error::OutcomeUnknown { .. }, Some(expected)) = (&error, &mut expected) {
                expected.is_unknown();
            }
            return Err(perhaps_made(error, new.object));
        }
    };
    drop(guard);
    let is_heard = match &mut expected {
        Some(expected) => expected.is_heard(),
        None => is_heard(hub, new),
    };
    if !is_heard
        && !timeout(limit, subscribe(hub, new.object))
            .await
            .unwrap_or(false)
    {
        hub.doubt(ObjectKey::of::<E>(new.object));
    }
    Ok((answer, stream))
}

/// Returns true if an application of the client is subscribed to the new object, as far as known
/// from events and subscriptions.
fn is_heard<E: Message>(hub: &Hub<E>, new: Making<'_>) -> bool {
    let mut sessions = hub.sessions().into_iter();
    let object = new.parent.unwrap_or(new.object);
    sessions.any(|session| session.memory.hears(object))
}

/// Subscribes an application of the client to an object. Returns false if that is not possible.
async fn subscribe<E: Message>(hub: &Hub<E>, object: Object<'_>) -> bool {
    // The most specific source.
    let Some(source) = sources(object, "").into_iter().next() else {
        return false;
    };
    for session in hub.sessions() {
        let Some(application) = session.left().into_iter().next() else {
            continue;
        };
        let gaps = hub.gaps();
        if ask::subscribe(&session, &application, &source)
            .await
            .is_ok()
        {
            let change = Change::Subscribed(vec![source]);
            session.note_change(&application, &change, gaps);
            return true;
        }
    }
    false
}

/// The source of an error with an unknown outcome. It names the id, with which the caller can check
/// if the object exists.
#[derive(Debug, thiserror::Error)]
#[error("{object} may be there all the same")]
struct PerhapsMade {
    object: String,
    source: SendError,
}

fn perhaps_made(error: Error, object: Object<'_>) -> Error {
    match error {
        Error::OutcomeUnknown { operation, source } => Error::OutcomeUnknown {
            operation,
            source: Box::new(PerhapsMade {
                object: object.to_string(),
                source,
            }),
        },
        error => error,
    }
}
