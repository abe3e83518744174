//! Routes events to object streams: an index by object, shared by all sessions of a client.
//!
//! This does not decode a message. The ids of objects appear in a message under a few keys. For
//! each key that an open stream could match, the text is searched for the key, and the value after
//! it is looked up. A match may be false, because of another class or another place in the message.
//! The stream that takes the event decodes it and decides.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use foldhash::HashMap;
use tokio::sync::watch;

use crate::error::types::{DecodeError, Error, GoneReason};
use crate::event::bindings::{AnyEvent, Bindings};
use crate::event::connection_event::ConnectionEvent;
use crate::event::envelope::AnyDepthKey;
use crate::event::object::{ObjectKind, ObjectRef};
use crate::event::object_key::ObjectKey;
use crate::protocol::object_kind;
use crate::request::untyped_request::Request;
use crate::routing::health::Health;
use crate::routing::pending_creations::PendingCreations;
use crate::routing::private_channels::PrivateChannels;
use crate::routing::queue::{CloseReason, Item, Queue};
use crate::session::core::SessionCore;
use crate::state::subscriptions::AppSubscriptions;
use crate::transport::request_counter::RequestCounter;

pub(crate) struct Router {
    pub(crate) bindings: &'static Bindings,
    id_fields: Vec<IdField>,
    watchers: Mutex<HashMap<Box<str>, Vec<Watcher>>>,
    pub(crate) creations: PendingCreations,
    pub(crate) private_channels: Arc<PrivateChannels>,
    sessions: Mutex<Vec<Arc<SessionCore>>>,
    /// The number of times that a lost socket was reopened.
    reconnect_epoch: AtomicU64,
    /// The number of times that the client was closed.
    close_count: watch::Sender<u64>,
    /// Requests of the client in flight, over any transport.
    pub(crate) in_flight: Arc<RequestCounter>,
    pub(crate) health: Arc<Health>,
}

/// The applications that may receive certain events.
#[derive(Clone, Copy)]
pub(crate) enum EventScope<'a> {
    Application(&'a str),
    /// Those that are subscribed to an object, as far as that is known.
    Object(ObjectRef<'a>),
}

/// A key whose values are ids, with the number of open streams that it could match.
struct IdField {
    name: &'static str,
    key: AnyDepthKey,
    open_streams: AtomicUsize,
}

/// A stream of an object. It is filed under the object's id.
struct Watcher {
    kind: &'static str,
    scope: Box<str>,
    queue: Arc<Queue>,
}

impl Router {
    pub(crate) fn new(bindings: &'static Bindings) -> Arc<Self> {
        let mut keys: Vec<IdField> = Vec::new();
        for key in bindings
            .object_kinds
            .iter()
            .flat_map(|class| class.id_fields)
        {
            if !keys.iter().any(|known| known.name == *key) {
                keys.push(IdField {
                    name: key,
                    key: AnyDepthKey::new(key),
                    open_streams: AtomicUsize::new(0),
                });
            }
        }
        Arc::new(Router {
            bindings,
            id_fields: keys,
            watchers: Mutex::default(),
            creations: PendingCreations::default(),
            private_channels: Arc::default(),
            sessions: Mutex::default(),
            reconnect_epoch: AtomicU64::new(0),
            close_count: watch::Sender::new(0),
            in_flight: Arc::default(),
            health: Arc::default(),
        })
    }

    fn watchers(&self) -> MutexGuard<'_, HashMap<Box<str>, Vec<Watcher>>> {
        self.watchers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a stream of an object. Without a session nothing could arrive on it, so it ends
    /// immediately with an error.
    pub(crate) fn add_watcher(&self, object: ObjectRef<'_>, queue: Arc<Queue>) {
        let sessions = self.session_list();
        let Some(class) = self.bindings.object_kind(object.kind) else {
            queue.end(Some(CloseReason::Gone {
                object: object.into(),
                reason: GoneReason::Unsupported,
            }));
            return;
        };
        if sessions.is_empty() {
            queue.end(Some(CloseReason::not_connected()));
            return;
        }
        let watch = Watcher {
            kind: class.name,
            scope: object.scope.into(),
            queue,
        };
        self.count_open(class, |open| open.fetch_add(1, Ordering::Relaxed));
        let mut watches = self.watchers();
        match watches.get_mut(object.id) {
            Some(known) => known.push(watch),
            None => {
                watches.insert(object.id.into(), vec![watch]);
            }
        }
    }

    /// Removes a stream.
    pub(crate) fn remove_watcher(&self, class_name: &str, id: &str, queue: &Arc<Queue>) {
        let Some(class) = self.bindings.object_kind(class_name) else {
            return;
        };
        let mut watches = self.watchers();
        let Some(known) = watches.get_mut(id) else {
            return;
        };
        let before = known.len();
        known.retain(|watch| !Arc::ptr_eq(&watch.queue, queue));
        if known.len() < before {
            self.count_open(class, |open| open.fetch_sub(1, Ordering::Relaxed));
        }
        if known.is_empty() {
            watches.remove(id);
            // Free the memory after a peak of calls.
            if watches.capacity() > 64 && watches.len() < watches.capacity() / 8 {
                watches.shrink_to_fit();
            }
        }
    }

    fn count_open(&self, class: &ObjectKind, change: impl Fn(&AtomicUsize) -> usize) {
        for key in self
            .id_fields
            .iter()
            .filter(|key| class.id_fields.contains(&key.name))
        {
            change(&key.open_streams);
        }
    }

    /// Adds the streams that may want the message. May add one that does not want it, but never
    /// misses one that does.
    pub(crate) fn find_candidates(&self, raw: &str, candidates: &mut Vec<Arc<Queue>>) {
        self.for_each_candidate(raw, |watcher, _| {
            let queue = &watcher.queue;
            if !candidates.iter().any(|known| Arc::ptr_eq(known, queue)) {
                candidates.push(queue.clone());
            }
        });
    }

    /// Passes the streams that may want the message, each once or more, with their ids.
    fn for_each_candidate(&self, raw: &str, mut found: impl FnMut(&Watcher, &str)) {
        let is_open = |field: &&IdField| field.open_streams.load(Ordering::Relaxed) > 0;
        let mut open = self.id_fields.iter().filter(is_open).peekable();
        if open.peek().is_none() {
            return;
        }
        let watchers = self.watchers();
        for field in open {
            field.for_each_id(raw, |id| {
                for watcher in watchers.get(id).into_iter().flatten() {
                    found(watcher, id);
                }
            });
        }
    }

    /// Returns true if events of this kind report the end of an object.
    pub(crate) fn is_terminal(&self, kind: &str) -> bool {
        let mut kinds = self.bindings.object_kinds.iter();
        kinds.any(|class| class.terminal_events.contains(&kind))
    }

    /// Passes an event to the streams of its objects, and ends the streams of objects that end with
    /// it. Returns the number of streams whose buffer was full.
    pub(crate) fn deliver(&self, event: &Arc<AnyEvent>, waiting: &mut Vec<Waker>) -> u64 {
        let mut missed = 0;
        let mut served: Vec<Arc<Queue>> = Vec::new();
        let mut ended: Vec<(&'static str, String, Arc<Queue>)> = Vec::new();
        {
            let watches = self.watchers();
            (self.bindings.visit_objects)(event.as_ref(), &mut |object, ends| {
                let Some(known) = watches.get(object.id) else {
                    return;
                };
                for watch in known.iter().filter(|watch| watch.matches(object)) {
                    if !served.iter().any(|queue| Arc::ptr_eq(queue, &watch.queue)) {
                        served.push(watch.queue.clone());
                        missed += u64::from(!watch.queue.push(Item::Event(event.clone()), waiting));
                    }
                    if ends {
                        ended.push((watch.kind, object.id.to_owned(), watch.queue.clone()));
                    }
                }
            });
        }
        for (class, id, queue) in ended {
            queue.end(None);
            self.remove_watcher(class, &id, &queue);
        }
        missed
    }

    /// Passes a decoding error to the streams that may have wanted the message. Returns the number
    /// of streams whose buffer was full, and the objects of all of them.
    pub(crate) fn deliver_decode_error(
        &self,
        raw: &str,
        error: &Arc<DecodeError>,
        waiting: &mut Vec<Waker>,
    ) -> (u64, Vec<ObjectKey>) {
        let (mut missed, mut concerned) = (0, Vec::new());
        let mut served: Vec<Arc<Queue>> = Vec::new();
        self.for_each_candidate(raw, |watcher, id| {
            if !served
                .iter()
                .any(|queue| Arc::ptr_eq(queue, &watcher.queue))
            {
                served.push(watcher.queue.clone());
                let item = Item::DecodeError(error.clone());
                missed += u64::from(!watcher.queue.push(item, waiting));
                let object = ObjectRef::scoped(watcher.kind, &watcher.scope, id);
                concerned.extend(ObjectKey::new(self.bindings, object));
            }
        });
        (missed, concerned)
    }

    /// Returns true if there is a stream of this object.
    pub(crate) fn is_watched(&self, class: &str, id: &str) -> bool {
        self.watchers()
            .get(id)
            .is_some_and(|known| known.iter().any(|watch| watch.kind == class))
    }

    /// Returns all objects with a stream, sorted.
    pub(crate) fn watched_objects(&self) -> Vec<ObjectKey> {
        let watches = self.watchers();
        let objects = watches.iter().flat_map(|(id, known)| {
            known.iter().filter_map(|watch| {
                ObjectKey::new(
                    self.bindings,
                    ObjectRef::scoped(watch.kind, &watch.scope, id),
                )
            })
        });
        let mut objects: Vec<_> = objects.collect();
        objects.sort_unstable();
        objects
    }

    /// Returns the streams of an object, or none if it is being created.
    pub(crate) fn watchers_of(&self, object: &ObjectKey) -> Vec<Arc<Queue>> {
        // A stream is filed before its object is marked as being created. Checking in the reverse
        // order misses none.
        let queues = self.queues_of(object);
        match self.creations.enqueue_check(object) {
            true => Vec::new(),
            false => queues,
        }
    }

    fn queues_of(&self, object: &ObjectKey) -> Vec<Arc<Queue>> {
        let object = object.as_ref();
        let watches = self.watchers();
        let known = watches.get(object.id).into_iter().flatten();
        let followers = known.filter(|watch| watch.matches(object));
        followers.map(|watch| watch.queue.clone()).collect()
    }

    /// Ends those streams of an object that are still open, because no event will end them.
    pub(crate) fn end_streams(
        &self,
        object: &ObjectKey,
        queues: &[Arc<Queue>],
        reason: GoneReason,
    ) {
        let ObjectRef {
            kind: class, id, ..
        } = object.as_ref();
        for queue in queues {
            queue.end(Some(CloseReason::Gone {
                object: object.as_ref().into(),
                reason,
            }));
            self.remove_watcher(class, id, queue);
        }
    }

    pub(crate) fn is_being_created(&self, object: ObjectRef<'_>) -> bool {
        ObjectKey::new(self.bindings, object).is_some_and(|object| self.creations.contains(&object))
    }

    /// Handles the deletion of an object. If no application is subscribed to it, no event reports
    /// the deletion.
    pub(crate) fn on_deleted(&self, request: &Request) {
        let path = request.operation().path;
        let mut classes = self.bindings.object_kinds.iter();
        let class = classes.find(|class| class.get_operation.is_some_and(|get| get.path == path));
        let (Some(class), Some(id)) = (class, request.path_values().last()) else {
            return;
        };
        if class.name == object_kind::BRIDGE {
            for session in self.sessions() {
                session.inventory.forget_bridge(id);
            }
        }
        if self.is_watched(class.name, id) {
            self.enqueue_check(ObjectKey::new(
                self.bindings,
                ObjectRef::new(class.name, id),
            ));
        }
    }

    /// Schedules a check of objects.
    pub(crate) fn enqueue_check(&self, objects: impl IntoIterator<Item = ObjectKey>) {
        // Without a session no stream is open.
        if let Some(session) = self.sessions().first() {
            session.work_queue.enqueue_objects(objects);
        }
    }

    /// Schedules a check of an object that no session knows, because it may already have ended.
    pub(crate) fn enqueue_check_if_unknown(&self, object: ObjectRef<'_>) {
        let mut sessions = self.sessions().into_iter();
        if !sessions.any(|session| session.inventory.contains(object)) {
            self.enqueue_check(ObjectKey::new(self.bindings, object));
        }
    }

    /// Reports a connection event to every object stream. Returns the number of streams whose
    /// buffer was full.
    pub(crate) fn broadcast(&self, event: &ConnectionEvent) -> u64 {
        let watches = self.watchers();
        let watches = watches.values().flatten();
        let had_room = watches.map(|watch| watch.queue.push_connection_event(event.clone()));
        had_room.map(|had_room| u64::from(!had_room)).sum()
    }

    /// Returns the sessions that are open or reconnecting.
    pub(crate) fn sessions(&self) -> Vec<Arc<SessionCore>> {
        self.session_list().clone()
    }

    fn session_list(&self) -> MutexGuard<'_, Vec<Arc<SessionCore>>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn on_gap(&self) {
        self.reconnect_epoch.fetch_add(1, Ordering::AcqRel);
    }

    pub(crate) fn reconnect_epoch(&self) -> u64 {
        self.reconnect_epoch.load(Ordering::Acquire)
    }

    /// Aborts the connection attempts that have begun before this call.
    pub(crate) fn on_closing(&self) {
        self.close_count.send_modify(|closings| *closings += 1);
    }

    /// Returns a receiver that is notified when the client is closed.
    pub(crate) fn subscribe_closing(&self) -> watch::Receiver<u64> {
        self.close_count.subscribe()
    }

    /// Returns true if there is more than one session.
    pub(crate) fn has_other_sessions(&self) -> bool {
        self.session_list().len() > 1
    }

    /// Returns the session of an application that is connected or reconnecting.
    pub(crate) fn session_of(&self, application: &str) -> Option<Arc<SessionCore>> {
        let mut sessions = self.sessions().into_iter();
        sessions.find(|session| {
            session
                .active_applications()
                .iter()
                .any(|name| name == application)
        })
    }

    /// Checks that events of these kinds can reach one of the applications that may receive them.
    /// The event filters that this client has set may suppress them.
    pub(crate) fn ensure_allowed(
        &self,
        scope: EventScope<'_>,
        kinds: &[&'static str],
    ) -> Result<(), Error> {
        let sessions = self.sessions();
        let own_application = match scope {
            EventScope::Application(_) => None,
            EventScope::Object(object) => {
                let mut sessions = sessions.iter();
                sessions.find_map(|session| session.inventory.application_of(object))
            }
        };
        let may_receive = |name: &str, desired: &AppSubscriptions| match scope {
            EventScope::Application(own) => own == name,
            // The object's events reach the application that it is in, and possibly every
            // application with subscriptions.
            EventScope::Object(_) => own_application
                .as_ref()
                .is_none_or(|own| own == name || !desired.sources.is_empty()),
        };
        let allows_all = |desired: &AppSubscriptions| kinds.iter().all(|kind| desired.allows(kind));
        let is_allowed = sessions.iter().any(|session| {
            let mut names = session.active_applications().into_iter();
            names.any(|name| {
                let desired = session.inventory.desired(&name);
                may_receive(&name, &desired) && allows_all(&desired)
            })
        });
        if is_allowed {
            return Ok(());
        }
        Err(Error::InvalidConfig(format!(
            "the event filter that this client has set suppresses {}, without which the outcome is \
             never reported: nothing was sent",
            kinds.join(" or ")
        )))
    }

    pub(crate) fn add_session(&self, session: Arc<SessionCore>) {
        self.session_list().push(session);
    }

    /// Removes a session. With the last one all object streams end, because nothing can arrive on
    /// them any more. If others remain, the streams that none of them is subscribed to end.
    pub(crate) fn remove_session(&self, session: &Arc<SessionCore>, ending: Option<CloseReason>) {
        let mut sessions = self.session_list();
        sessions.retain(|known| !Arc::ptr_eq(known, session));
        if !sessions.is_empty() {
            drop(sessions);
            self.broadcast(&ConnectionEvent::Closed {
                applications: session.names.list().to_vec(),
                reason: ending
                    .map_or_else(|| "closed by this client".to_owned(), CloseReason::reason),
            });
            return self.enqueue_check(self.watched_objects());
        }
        // The sessions are still locked, so that no stream of a new session is ended.
        let watches = std::mem::take(&mut *self.watchers());
        for key in &self.id_fields {
            key.open_streams.store(0, Ordering::Relaxed);
        }
        for watch in watches.into_values().flatten() {
            watch.queue.end(ending.clone());
        }
    }
}

impl Watcher {
    fn matches(&self, object: ObjectRef<'_>) -> bool {
        self.kind == object.kind && &*self.scope == object.scope
    }
}

impl IdField {
    /// Passes the values of this key anywhere in the text: ids, and URIs without their scheme.
    #[inline]
    fn for_each_id(&self, raw: &str, mut found: impl FnMut(&str)) {
        let is_uri = self.name.ends_with("uri");
        self.key.for_each_string(raw, |value| {
            if !is_uri {
                found(&value);
            } else if let Some((_, id)) = value.split_once(':') {
                found(id);
            }
        });
    }
}
