//! Routes events to object streams: an index by object, shared by all sessions of a client.
//!
//! This does not decode a message. The ids of objects appear in a message under a few keys. For
//! each key that an open stream could match, the text is searched for the key, and the value after
//! it is looked up. A match may be false, because of another class or another place in the message.
//! The decoded event decides.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use foldhash::HashMap;
use memchr::memmem::Finder;
use percent_encoding::percent_decode_str;
use tokio::sync::watch;

use super::making::Makings;
use super::object::{ObjectKey, class};
use super::queue::{Ending, Item, Queue};
use super::shared::Core;
use super::wishes::Wish;
use super::{Class, ConnectionEvent, Object};
use crate::runtime::in_flight::InFlight;
use crate::runtime::{Call, DecodeError, Error, GoneReason, Message};

pub(crate) struct Hub<E> {
    keys: Vec<Key>,
    watches: Mutex<HashMap<Box<str>, Vec<Watch<E>>>>,
    pub(super) makings: Makings,
    sessions: Mutex<Vec<Arc<Core<E>>>>,
    /// The number of times that a lost socket was reopened.
    gaps: AtomicU64,
    /// The number of times that the client was closed.
    closings: watch::Sender<u64>,
    /// Requests of the client in flight, over any transport.
    pub(in crate::runtime) in_flight: Arc<InFlight>,
}

/// The applications that may receive certain events.
#[derive(Clone, Copy)]
pub(crate) enum Hearing<'a> {
    Application(&'a str),
    /// Those that are subscribed to an object, as far as that is known.
    Of(Object<'a>),
}

/// A key whose values are ids, with the number of open streams that it could match.
struct Key {
    name: &'static str,
    /// Searches for the key with its quotes, so that longer keys with the same ending do not match.
    finder: Finder<'static>,
    open: AtomicUsize,
}

/// A stream of an object. It is filed under the object's id.
struct Watch<E> {
    class: &'static str,
    scope: Box<str>,
    queue: Arc<Queue<E>>,
}

impl<E: Message> Hub<E> {
    pub(crate) fn new() -> Arc<Self> {
        let mut keys: Vec<Key> = Vec::new();
        for key in E::CLASSES.iter().flat_map(|class| class.keys) {
            if !keys.iter().any(|known| known.name == *key) {
                keys.push(Key {
                    name: key,
                    finder: Finder::new(&format!("\"{key}\"")).into_owned(),
                    open: AtomicUsize::new(0),
                });
            }
        }
        Arc::new(Hub {
            keys,
            watches: Mutex::default(),
            makings: Makings::default(),
            sessions: Mutex::default(),
            gaps: AtomicU64::new(0),
            closings: watch::Sender::new(0),
            in_flight: Arc::default(),
        })
    }

    fn watches(&self) -> MutexGuard<'_, HashMap<Box<str>, Vec<Watch<E>>>> {
        self.watches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a stream of an object. Without a session nothing could arrive on it, so it ends
    /// immediately with an error.
    pub(super) fn watch(&self, object: Object<'_>, queue: Arc<Queue<E>>) {
        let sessions = self.session_list();
        let Some(class) = class::<E>(object.class) else {
            queue.end(Some(Ending::Gone {
                object: object.into(),
                reason: GoneReason::Unsupported,
            }));
            return;
        };
        if sessions.is_empty() {
            queue.end(Some(Ending::unconnected()));
            return;
        }
        let watch = Watch {
            class: class.name,
            scope: object.scope.into(),
            queue,
        };
        self.count(class, |open| open.fetch_add(1, Ordering::Relaxed));
        let mut watches = self.watches();
        match watches.get_mut(object.id) {
            Some(known) => known.push(watch),
            None => {
                watches.insert(object.id.into(), vec![watch]);
            }
        }
    }

    /// Removes a stream.
    pub(super) fn forget(&self, class_name: &str, id: &str, queue: &Arc<Queue<E>>) {
        let Some(class) = class::<E>(class_name) else {
            return;
        };
        let mut watches = self.watches();
        let Some(known) = watches.get_mut(id) else {
            return;
        };
        let before = known.len();
        known.retain(|watch| !Arc::ptr_eq(&watch.queue, queue));
        if known.len() < before {
            self.count(class, |open| open.fetch_sub(1, Ordering::Relaxed));
        }
        if known.is_empty() {
            watches.remove(id);
            // Free the memory after a peak of calls.
            if watches.capacity() > 64 && watches.len() < watches.capacity() / 8 {
                watches.shrink_to_fit();
            }
        }
    }

    fn count(&self, class: &Class, change: impl Fn(&AtomicUsize) -> usize) {
        for key in self
            .keys
            .iter()
            .filter(|key| class.keys.contains(&key.name))
        {
            change(&key.open);
        }
    }

    /// Returns true if an object stream may want the message. May be a false positive, but never a
    /// false negative.
    pub(super) fn may_want(&self, raw: &str) -> bool {
        let mut open = self
            .keys
            .iter()
            .filter(|key| key.open.load(Ordering::Relaxed) > 0)
            .peekable();
        if open.peek().is_none() {
            return false;
        }
        let watches = self.watches();
        open.any(|key| key.ids_in(raw).any(|id| watches.contains_key(id.as_ref())))
    }

    /// Passes an event to the streams of its objects, except those in `served`, and ends the
    /// streams of objects that end with it. Returns the number of streams whose buffer was full.
    pub(super) fn deliver(
        &self,
        event: &Arc<E>,
        served: &mut Vec<Arc<Queue<E>>>,
        waiting: &mut Vec<Waker>,
    ) -> u64 {
        let mut missed = 0;
        let mut ended: Vec<(&'static str, String, Arc<Queue<E>>)> = Vec::new();
        {
            let watches = self.watches();
            event.objects(&mut |object, ends| {
                let Some(known) = watches.get(object.id) else {
                    return;
                };
                for watch in known.iter().filter(|watch| watch.follows(object)) {
                    if !served.iter().any(|queue| Arc::ptr_eq(queue, &watch.queue)) {
                        served.push(watch.queue.clone());
                        missed += u64::from(!watch.queue.push(Item::Event(event.clone()), waiting));
                    }
                    if ends {
                        ended.push((watch.class, object.id.to_owned(), watch.queue.clone()));
                    }
                }
            });
        }
        for (class, id, queue) in ended {
            queue.end(None);
            self.forget(class, &id, &queue);
        }
        missed
    }

    /// Passes a decoding error to the streams that may have wanted the message. Returns the number
    /// of streams whose buffer was full, and the objects of all of them.
    pub(super) fn deliver_undecodable(
        &self,
        raw: &str,
        error: &Arc<DecodeError>,
        waiting: &mut Vec<Waker>,
    ) -> (u64, Vec<ObjectKey>) {
        let (mut missed, mut concerned) = (0, Vec::new());
        let watches = self.watches();
        let mut served: Vec<Arc<Queue<E>>> = Vec::new();
        for key in self
            .keys
            .iter()
            .filter(|key| key.open.load(Ordering::Relaxed) > 0)
        {
            for id in key.ids_in(raw) {
                for watch in watches.get(id.as_ref()).into_iter().flatten() {
                    if !served.iter().any(|queue| Arc::ptr_eq(queue, &watch.queue)) {
                        served.push(watch.queue.clone());
                        let item = Item::Undecodable(error.clone());
                        missed += u64::from(!watch.queue.push(item, waiting));
                        let object = Object::scoped(watch.class, &watch.scope, &id);
                        concerned.extend(ObjectKey::of::<E>(object));
                    }
                }
            }
        }
        (missed, concerned)
    }

    /// Returns true if there is a stream of this object.
    pub(super) fn is_watched(&self, class: &str, id: &str) -> bool {
        self.watches()
            .get(id)
            .is_some_and(|known| known.iter().any(|watch| watch.class == class))
    }

    /// Returns all objects with a stream.
    pub(super) fn watched(&self) -> Vec<ObjectKey> {
        let watches = self.watches();
        let objects = watches.iter().flat_map(|(id, known)| {
            known.iter().filter_map(|watch| {
                ObjectKey::of::<E>(Object::scoped(watch.class, &watch.scope, id))
            })
        });
        objects.collect()
    }

    /// Returns the streams of an object, or none if it is being created.
    pub(super) fn suspects(&self, object: &ObjectKey) -> Vec<Arc<Queue<E>>> {
        // A stream is filed before its object is marked as being created. Checking in the reverse
        // order misses none.
        let queues = self.queues(object);
        match self.makings.doubt(object) {
            true => Vec::new(),
            false => queues,
        }
    }

    fn queues(&self, object: &ObjectKey) -> Vec<Arc<Queue<E>>> {
        let object = object.object();
        let watches = self.watches();
        let known = watches.get(object.id).into_iter().flatten();
        let followers = known.filter(|watch| watch.follows(object));
        followers.map(|watch| watch.queue.clone()).collect()
    }

    /// Ends those streams of an object that are still open, because no event will end them.
    pub(super) fn end(&self, object: &ObjectKey, queues: &[Arc<Queue<E>>], reason: GoneReason) {
        let Object { class, id, .. } = object.object();
        for queue in queues {
            queue.end(Some(Ending::Gone {
                object: object.object().into(),
                reason,
            }));
            self.forget(class, id, queue);
        }
    }

    pub(super) fn is_being_made(&self, object: Object<'_>) -> bool {
        ObjectKey::of::<E>(object).is_some_and(|object| self.makings.contain(&object))
    }

    /// Handles the deletion of an object. If no application is subscribed to it, no event reports
    /// the deletion.
    pub(crate) fn note_deleted(&self, call: &Call) {
        let path = call.operation().path;
        let mut classes = E::CLASSES.iter();
        let class = classes.find(|class| class.get.is_some_and(|get| get.path == path));
        let (Some(class), Some(id)) = (class, call.path().rsplit('/').next()) else {
            return;
        };
        let id = percent_decode_str(id).decode_utf8_lossy();
        if class.name == "bridge" {
            for session in self.sessions() {
                session.memory.forget_bridge(&id);
            }
        }
        if self.is_watched(class.name, &id) {
            self.doubt(ObjectKey::of::<E>(Object::new(class.name, &id)));
        }
    }

    /// Schedules a check of objects.
    pub(super) fn doubt(&self, objects: impl IntoIterator<Item = ObjectKey>) {
        // Without a session no stream is open.
        if let Some(session) = self.sessions().first() {
            session.doubts.raise(objects);
        }
    }

    /// Schedules a check of an object that no session knows, because it may already have ended.
    pub(in crate::runtime) fn doubt_unknown(&self, object: Object<'_>) {
        let mut sessions = self.sessions().into_iter();
        if !sessions.any(|session| session.memory.knows(object)) {
            self.doubt(ObjectKey::of::<E>(object));
        }
    }

    /// Reports a connection event to every object stream. Returns the number of streams whose
    /// buffer was full.
    pub(super) fn announce(&self, event: &ConnectionEvent) -> u64 {
        let watches = self.watches();
        let watches = watches.values().flatten();
        let had_room = watches.map(|watch| watch.queue.announce(event.clone()));
        had_room.map(|had_room| u64::from(!had_room)).sum()
    }

    /// Returns the sessions that are open or reconnecting.
    pub(crate) fn sessions(&self) -> Vec<Arc<Core<E>>> {
        self.session_list().clone()
    }

    fn session_list(&self) -> MutexGuard<'_, Vec<Arc<Core<E>>>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note_gap(&self) {
        self.gaps.fetch_add(1, Ordering::AcqRel);
    }

    pub(crate) fn gaps(&self) -> u64 {
        self.gaps.load(Ordering::Acquire)
    }

    /// Aborts the connection attempts that have begun before this call.
    pub(crate) fn note_closing(&self) {
        self.closings.send_modify(|closings| *closings += 1);
    }

    /// Returns a receiver that is notified when the client is closed.
    pub(crate) fn closing(&self) -> watch::Receiver<u64> {
        self.closings.subscribe()
    }

    /// Returns true if there is more than one session.
    pub(super) fn has_other_sessions(&self) -> bool {
        self.session_list().len() > 1
    }

    /// Returns the session of an application that is connected or reconnecting.
    pub(crate) fn session_of(&self, application: &str) -> Option<Arc<Core<E>>> {
        let mut sessions = self.sessions().into_iter();
        sessions.find(|session| session.left().iter().any(|name| name == application))
    }

    /// Checks that events of these kinds can reach one of the applications that may receive them.
    /// The event filters that this client has set may suppress them.
    pub(crate) fn lets_through(
        &self,
        hearing: Hearing<'_>,
        kinds: &[&'static str],
    ) -> Result<(), Error> {
        let sessions = self.sessions();
        let inside = match hearing {
            Hearing::Application(_) => None,
            Hearing::Of(object) => {
                let mut sessions = sessions.iter();
                sessions.find_map(|session| session.memory.application_of(object))
            }
        };
        let may_hear = |name: &str, wish: &Wish| match hearing {
            Hearing::Application(own) => own == name,
            // The object's events reach the application that it is in, and possibly every
            // application with subscriptions.
            Hearing::Of(_) => inside
                .as_ref()
                .is_none_or(|own| own == name || !wish.sources.is_empty()),
        };
        let told = |wish: &Wish| kinds.iter().all(|kind| wish.lets_through(kind));
        let is_told = sessions.iter().any(|session| {
            let mut names = session.left().into_iter();
            names.any(|name| {
                let wish = session.memory.wish(&name);
                may_hear(&name, &wish) && told(&wish)
            })
        });
        if is_told {
            return Ok(());
        }
        Err(Error::Configuration(format!(
            "the event filter that this client has set holds back {}, without which the outcome is \
             never told: nothing was sent",
            kinds.join(" or ")
        )))
    }

    pub(super) fn add_session(&self, session: Arc<Core<E>>) {
        self.session_list().push(session);
    }

    /// Removes a session. With the last one all object streams end, because nothing can arrive on
    /// them any more. If others remain, the streams that none of them is subscribed to end.
    pub(super) fn remove_session(&self, session: &Arc<Core<E>>, ending: Option<Ending>) {
        let mut sessions = self.session_list();
        sessions.retain(|known| !Arc::ptr_eq(known, session));
        if !sessions.is_empty() {
            drop(sessions);
            self.announce(&ConnectionEvent::Closed {
                applications: session.names.list().to_vec(),
                reason: ending.map_or_else(|| "closed by this client".to_owned(), Ending::reason),
            });
            return self.doubt(self.watched());
        }
        // The sessions are still locked, so that no stream of a new session is ended.
        let watches = std::mem::take(&mut *self.watches());
        for key in &self.keys {
            key.open.store(0, Ordering::Relaxed);
        }
        for watch in watches.into_values().flatten() {
            watch.queue.end(ending.clone());
        }
    }
}

impl<E> Watch<E> {
    fn follows(&self, object: Object<'_>) -> bool {
        self.class == object.class && &*self.scope == object.scope
    }
}

impl Key {
    /// Returns the values of this key anywhere in the text: ids, and URIs without their scheme.
    fn ids_in<'t>(&'t self, raw: &'t str) -> impl Iterator<Item = Cow<'t, str>> + 't {
        let found = self.finder.find_iter(raw.as_bytes());
        found.filter_map(move |start| {
            let value = string_value(raw, start + self.finder.needle().len())?;
            if !self.name.ends_with("uri") {
                return Some(value);
            }
            let (_, id) = value.split_once(':')?;
            Some(Cow::Owned(id.to_owned()))
        })
    }
}

/// Returns the string after a key and its colon.
fn string_value(raw: &str, at: usize) -> Option<Cow<'_, str>> {
    let rest = raw.get(at..)?.trim_ascii_start().strip_prefix(':')?;
    let text = rest.trim_ascii_start().strip_prefix('"')?;
    let end = memchr::memchr2(b'"', b'\\', text.as_bytes())?;
    if text.as_bytes()[end] == b'"' {
        return Some(Cow::Borrowed(&text[..end]));
    }
    // The string contains escapes, so let the parser read it, beginning at the quote.
    let quoted = rest.trim_ascii_start();
    let mut strings = serde_json::Deserializer::from_str(quoted).into_iter::<String>();
    strings.next()?.ok().map(Cow::Owned)
}
