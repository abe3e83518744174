//! Waiting for the end of an object.

use std::fmt;
use std::future::poll_fn;
use std::ops::Deref;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_lite::future;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use crate::error::types::{Error, GoneReason};
use crate::event::bindings::AnyEvent;
use crate::event::connection_event::ConnectionEvent;
use crate::event::event_type::EventType;
use crate::event::object::OwnedObject;
use crate::event::object_key::ObjectKey;
use crate::reconcile::control;
use crate::routing::queue::Item;
use crate::routing::span::ObjectSpan;
use crate::routing::stream::{ObjectStream, UntypedObjectStream};

/// Longest time after the end of an object's parent in which its own end may be reported.
const END_GRACE: Duration = Duration::from_secs(2);

/// Time without an event after which the server is asked whether an object still exists; doubles
/// each time, up to `MAX_SILENCE`.
const FIRST_SILENCE: Duration = Duration::from_secs(2);

const MAX_SILENCE: Duration = Duration::from_secs(30);

/// Pause before a server that gave no answer is asked again.
const RETRY_DELAY: Duration = Duration::from_secs(1);

/// An object that has ended, and the source that reported its end. Derefs to the object.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Finished<T> {
    /// The object as the server last described it. Its state says how it ended only if an event
    /// has reported the end.
    pub object: T,
    /// The source that reported the end.
    pub report: EndReport,
}

impl<T> Finished<T> {
    /// Returns `true` if an event has reported the end, so that the object's state says how it
    /// ended.
    pub fn is_reported(&self) -> bool {
        self.report == EndReport::Event
    }

    /// Returns the object.
    pub fn into_inner(self) -> T {
        self.object
    }
}

impl<T> Deref for Finished<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.object
    }
}

/// The source that reported the end of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndReport {
    /// An event.
    Event,
    /// The object no longer exists, and the WebSocket was lost in the meantime, and the event with
    /// it. The way in which it ended is unknown.
    Gap,
    /// The object no longer exists, and the server has sent no event of its end. Asterisk does so
    /// with media that it skips: an invalid number, a missing recording, an unknown scheme such as
    /// `silence:`. The last of the media was not played.
    NoEvent,
}

impl fmt::Display for EndReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EndReport::Event => "an event has reported the end",
            EndReport::Gap => "it ended while the WebSocket was lost",
            EndReport::NoEvent => "it ended without an event: Asterisk has skipped the media",
        })
    }
}

/// Waits for the end of an object that was made in `parent`, and with which it ends. `object` is
/// what the request that made it has returned; `find` takes a newer one out of an event.
///
/// The server is asked from time to time whether the object still exists: not every end is
/// reported.
///
/// # Errors
/// Returns [`Error::ObjectGone`] of the parent if that ends before the object's end is reported, or
/// of either if no application of the client is subscribed to it; [`Error::Disconnected`] if the
/// session ends before, also by being closed; [`Error::Lagged`] and [`Error::Decode`] if the end
/// was among what was missed or could not be decoded.
pub async fn wait_for_terminal_event<E: EventType, T>(
    events: ObjectStream<E>,
    mut parent: ObjectStream<E>,
    object: T,
    find: impl Fn(&E) -> Option<T>,
) -> Result<Finished<T>, Error> {
    let find = |event: &AnyEvent| find(event.downcast_ref()?);
    let owner = OwnedObject::from(parent.untyped.object());
    let span = ObjectSpan::of_outcome(events.untyped.object());
    let mut watched = Watched {
        own: events.untyped.object().into(),
        events: events.untyped,
        object,
        is_in_gap: false,
        unseen: None,
        silence: FIRST_SILENCE,
    };
    let parent_ending = async {
        let mut reason = GoneReason::Ended;
        while let Some(event) = parent.next().await {
            if let Err(Error::ObjectGone { reason: told, .. }) = event {
                reason = told;
            }
        }
        Err(reason)
    };
    let finished = async {
        let ending = async { Ok(watched.end(&find).await) };
        let ending = match future::or(ending, parent_ending).await {
            Ok(ending) => ending?,
            Err(reason) => {
                let limit = Instant::now() + END_GRACE;
                match timeout_at(limit, watched.end(&find)).await {
                    Ok(ending) => match ending? {
                        EndReport::Event => EndReport::Event,
                        _ => {
                            return Err(Error::ObjectGone {
                                object: owner,
                                reason,
                            });
                        }
                    },
                    Err(_) => {
                        return Err(Error::ObjectGone {
                            object: owner,
                            reason,
                        });
                    }
                }
            }
        };
        if ending != EndReport::Event {
            watched.check_parent(&owner).await?;
        }
        Ok(Finished {
            object: watched.object,
            report: ending,
        })
    }
    .await;
    finished.inspect_err(|error| span.record_error(error))
}

/// An object whose end is awaited.
struct Watched<T> {
    own: OwnedObject,
    events: UntypedObjectStream,
    /// As it was last described.
    object: T,
    is_in_gap: bool,
    /// The error in place of events that may have reported the end.
    unseen: Option<Error>,
    /// Time without an event after which the server is asked.
    silence: Duration,
}

impl<T> Watched<T> {
    /// Waits for the end, and returns the source that reported it. Can be dropped and called again.
    async fn end(&mut self, find: impl Fn(&AnyEvent) -> Option<T>) -> Result<EndReport, Error> {
        loop {
            let item =
                match timeout(self.silence, poll_fn(|context| self.events.poll(context))).await {
                    Ok(item) => item,
                    Err(_) => {
                        self.silence = (self.silence * 2).min(MAX_SILENCE);
                        // Ends the stream, unless the object exists and an application is
                        // subscribed to it.
                        let router = &self.events.router;
                        router.enqueue_check(ObjectKey::new(router.bindings, self.own.as_ref()));
                        continue;
                    }
                };
            match item {
                Item::Event(event) => {
                    if let Some(found) = find(event.as_ref()) {
                        self.object = found;
                        if self.events.ends_with(event.as_ref()) {
                            return Ok(EndReport::Event);
                        }
                    }
                }
                Item::Connection(
                    ConnectionEvent::Disconnected { .. }
                    | ConnectionEvent::Reconnected { .. }
                    | ConnectionEvent::Resynced(_),
                ) => self.is_in_gap = true,
                Item::Connection(_) | Item::Raw(_) => {}
                item => {
                    let error = match crate::routing::stream::into_error::<()>(item) {
                        Some(Err(error)) => error,
                        _ => Error::Disconnected {
                            reason: format!(
                                "the session was closed before the end of {} was reported",
                                self.own
                            ),
                            source: None,
                        },
                    };
                    match error {
                        Error::Lagged { .. } | Error::Decode(_) => self.unseen = Some(error),
                        Error::ObjectGone {
                            reason: GoneReason::Ended,
                            ..
                        } if self.unseen.is_none() => {
                            let sessions = self.events.router.sessions();
                            let is_in_gap = sessions
                                .iter()
                                .any(|session| session.is_resyncing.load(Ordering::Acquire));
                            return Ok(match self.is_in_gap || is_in_gap {
                                true => EndReport::Gap,
                                false => EndReport::NoEvent,
                            });
                        }
                        error => return Err(self.unseen.take().unwrap_or(error)),
                    }
                }
            }
        }
    }

    /// Asks whether the parent still exists: if not, the object has ended with it.
    async fn check_parent(&self, parent: &OwnedObject) -> Result<(), Error> {
        let get = self
            .events
            .router
            .bindings
            .object_kind(&parent.kind)
            .and_then(|class| class.get_operation);
        let Some(get) = get else { return Ok(()) };
        loop {
            let Some(session) = self.events.router.sessions().into_iter().next() else {
                return Err(Error::Disconnected {
                    reason: format!(
                        "the session was closed before it was known whether {parent} still exists"
                    ),
                    source: None,
                });
            };
            match control::get_object(&session, get, &parent.id).await {
                Ok(Some(_)) => return Ok(()),
                Ok(None) => {
                    return Err(Error::ObjectGone {
                        object: parent.clone(),
                        reason: GoneReason::Ended,
                    });
                }
                Err(_) => sleep(RETRY_DELAY).await,
            }
        }
    }
}
