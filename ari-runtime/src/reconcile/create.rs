//! Opens an object's stream before sending the request that creates it, so that no event is missed.
//! Until the response arrives the server may not know the object, which must not be taken for its
//! end.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use crate::error::types::{Error, TransportError};
use crate::event::object::ObjectRef;
use crate::event::object_key::ObjectKey;
use crate::reconcile::control;
use crate::routing::queue::CloseReason;
use crate::routing::router::Router;
use crate::routing::stream::UntypedObjectStream;
use crate::session::core::SessionCore;
use crate::state::sources::sources_covering;
use crate::state::subscriptions::SubscriptionChange;
use crate::transport::transport_trait::BoxFuture;

/// The object that a request is to create, and the sources of its events.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "generated code makes them")]
pub struct CreateContext<'a> {
    /// The object.
    pub object: ObjectRef<'a>,
    /// The application that a channel is to enter.
    pub application: Option<&'a str>,
    /// The channel or bridge that a playback or a recording is created in.
    pub parent: Option<ObjectRef<'a>>,
}

/// A request in flight that creates an object.
struct CreationGuard<'a> {
    router: &'a Router,
    object: Option<ObjectKey>,
}

impl<'a> CreationGuard<'a> {
    fn new(router: &'a Router, object: ObjectRef<'_>) -> Self {
        let object = ObjectKey::new(router.bindings, object);
        if let Some(object) = &object {
            router
                .creations
                .lock()
                .entry(object.clone())
                .or_default()
                .requests += 1;
        }
        CreationGuard { router, object }
    }
}

impl Drop for CreationGuard<'_> {
    fn drop(&mut self) {
        let Some(object) = self.object.take() else {
            return;
        };
        let mut under_way = self.router.creations.lock();
        let Some(creation) = under_way.get_mut(&object) else {
            return;
        };
        creation.requests -= 1;
        if creation.requests > 0 {
            return;
        }
        let needs_check = creation.needs_check;
        under_way.remove(&object);
        drop(under_way);
        if needs_check {
            self.router.enqueue_check([object]);
        }
    }
}

/// A channel that is expected in an application of the client, until it is known not to enter it.
struct PendingChannelGuard<'a> {
    session: Arc<SessionCore>,
    channel: &'a str,
    /// The number of reconnections of the session when the request was sent.
    reconnects: u64,
    may_exist: bool,
}

impl<'a> PendingChannelGuard<'a> {
    fn new(router: &Router, new: CreateContext<'a>) -> Option<Self> {
        let application = new.application?;
        let session = router.session_of(application)?;
        session.inventory.add_pending(new.object.id, application);
        Some(PendingChannelGuard {
            reconnects: session.reconnects(),
            session,
            channel: new.object.id,
            may_exist: false,
        })
    }

    /// Records that the channel may have been created, because the outcome is unknown.
    fn mark_unknown(&mut self) {
        self.may_exist = true;
    }

    /// Records that the channel was created. Returns true if the application is subscribed to it,
    /// which is the case if the application was connected when the channel was created. Otherwise
    /// the comparison after the gap subscribes it, unless the gap is already over.
    fn mark_created(&mut self) -> bool {
        self.may_exist = true;
        self.session.reconnects() == self.reconnects
    }
}

impl Drop for PendingChannelGuard<'_> {
    fn drop(&mut self) {
        if !self.may_exist {
            self.session.inventory.remove_pending(self.channel);
        }
    }
}

/// The creation of an object under way. Its stream is open.
pub(crate) struct Creation<'a> {
    router: &'a Router,
    new: CreateContext<'a>,
    expected: Option<PendingChannelGuard<'a>>,
    guard: CreationGuard<'a>,
    stream: UntypedObjectStream,
}

impl<'a> Creation<'a> {
    /// Opens the stream of an object, before the request that creates it is sent.
    pub(crate) fn begin(
        router: &'a Arc<Router>,
        buffer: usize,
        new: CreateContext<'a>,
    ) -> Result<Self, Error> {
        if router.sessions().is_empty() {
            return Err(CloseReason::not_connected().into());
        }
        let stream = UntypedObjectStream::open(router, new.object, buffer);
        let guard = CreationGuard::new(router, new.object);
        let expected = PendingChannelGuard::new(router, new);
        Ok(Creation {
            router,
            new,
            expected,
            guard,
            stream,
        })
    }

    /// Ends the creation because the request has failed. Returns its error, with the object.
    pub(crate) fn fail(mut self, error: Error) -> Error {
        if let (Error::OutcomeUnknown { .. }, Some(expected)) = (&error, &mut self.expected) {
            expected.mark_unknown();
        }
        maybe_created(error, self.new.object)
    }

    /// Returns the stream after the response to the request.
    ///
    /// If no application of the client is subscribed to the object implicitly, one of them is
    /// subscribed to it first. That is the case for a bridge, or for a channel that goes somewhere
    /// else. If the subscription fails or exceeds the limit, the stream ends.
    pub(crate) fn finish(self, limit: Duration) -> BoxFuture<'a, UntypedObjectStream> {
        let Creation {
            router,
            new,
            mut expected,
            guard,
            stream,
        } = self;
        Box::pin(async move {
            drop(guard);
            let is_covered_by_application = match &mut expected {
                Some(expected) => expected.mark_created(),
                None => is_covered(router, new),
            };
            if !is_covered_by_application
                && !timeout(limit, subscribe(router, new.object))
                    .await
                    .unwrap_or(false)
            {
                router.enqueue_check(ObjectKey::new(router.bindings, new.object));
            }
            stream
        })
    }
}

/// Returns true if an application of the client is subscribed to the new object, as far as known
/// from events and subscriptions.
fn is_covered(router: &Router, new: CreateContext<'_>) -> bool {
    let mut sessions = router.sessions().into_iter();
    let object = new.parent.unwrap_or(new.object);
    sessions.any(|session| session.inventory.is_subscribed(object))
}

/// Subscribes an application of the client to an object. Returns false if that is not possible.
async fn subscribe(router: &Router, object: ObjectRef<'_>) -> bool {
    // The most specific source.
    let Some(source) = sources_covering(object, "").into_iter().next() else {
        return false;
    };
    for session in router.sessions() {
        let Some(application) = session.active_applications().into_iter().next() else {
            continue;
        };
        let gaps = router.reconnect_epoch();
        if control::subscribe(&session, &application, &source)
            .await
            .is_ok()
        {
            let change = SubscriptionChange::Subscribed(vec![source]);
            session.on_change(&application, &change, router.reconnect_epoch() != gaps);
            return true;
        }
    }
    false
}

/// The source of an error with an unknown outcome. It names the id, with which the caller can check
/// if the object exists.
#[derive(Debug, thiserror::Error)]
#[error("{object} may have been created nevertheless")]
struct MaybeCreated {
    object: String,
    source: TransportError,
}

fn maybe_created(error: Error, object: ObjectRef<'_>) -> Error {
    match error {
        Error::OutcomeUnknown { operation, source } => Error::OutcomeUnknown {
            operation,
            source: Box::new(MaybeCreated {
                object: object.to_string(),
                source,
            }),
        },
        error => error,
    }
}
