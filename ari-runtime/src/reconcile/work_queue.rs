//! Closes object streams that can no longer receive events.
//!
//! Many things can make a stream useless: a gap, a channel that leaves the application or a bridge,
//! a cancelled subscription, an application that is closed or taken over by another client, an
//! event that could not be decoded and may have been the last one, a stream of an object that has
//! never been reported. All are checked in the same way. The server is asked if the object exists,
//! and if any application of the client is subscribed to a source of its events. If either is not
//! the case, the streams that were open at that time end with an error. Before that, the end event
//! gets time to arrive, because it usually travels over another connection than the response.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout_at};

use crate::error::types::GoneReason;
use crate::event::event_type::EventType;
use crate::event::object::ObjectRef;
use crate::event::object_key::{ObjectKey, find_kind};
use crate::reconcile::control;
use crate::reconcile::control::ListedObject;
use crate::reconcile::reconciler;
use crate::routing::queue::Queue;
use crate::schema::operation::{Method, Operation};
use crate::session::session_state::SessionState;
use crate::state::sources::{ClientSubscriptions, sources_covering};

/// The time that an end event may take, both after the cause of the check and after the server's
/// response that the object does not exist.
pub(crate) const EVENT_GRACE: Duration = Duration::from_secs(1);

/// The delay that collects further objects, so that the server is asked about many at once.
const BATCH_DELAY: Duration = Duration::from_millis(250);

/// The longest delay before a server that did not respond is asked again.
const MAX_RETRY_DELAY: Duration = Duration::from_secs(30);

/// The number of objects of a class that are requested one by one. If there are more, the list is
/// requested.
const MAX_SINGLE_LOOKUPS: usize = 8;

/// The queue of checks, for the task that performs them.
#[derive(Default)]
pub(crate) struct WorkQueue {
    scheduled: Mutex<Scheduled>,
    added: Notify,
}

/// The scheduled checks, each with its time.
#[derive(Default)]
struct Scheduled {
    objects: HashMap<ObjectKey, Instant>,
    /// The check for objects that the inventory lacks.
    inventory: Option<Instant>,
    /// The check that the server has the requested subscriptions and filters.
    subscriptions: Option<Instant>,
}

/// The checks that are due.
struct Batch {
    objects: Vec<ObjectKey>,
    inventory: bool,
    subscriptions: bool,
}

impl Scheduled {
    fn next_due(&self) -> Option<Instant> {
        let objects = self.objects.values().copied();
        objects
            .chain(self.inventory)
            .chain(self.subscriptions)
            .min()
    }

    fn take_due(&mut self, now: Instant) -> Batch {
        let objects = self.objects.extract_if(|_, due| *due <= now);
        Batch {
            objects: objects.map(|(object, _)| object).collect(),
            inventory: self.inventory.take_if(|due| *due <= now).is_some(),
            subscriptions: self.subscriptions.take_if(|due| *due <= now).is_some(),
        }
    }
}

/// Lets the earlier time win. Re-enqueuing never postpones a check, which could otherwise be
/// postponed forever.
fn earliest(known: &mut Instant, due: Instant) {
    *known = due.min(*known);
}

impl WorkQueue {
    fn lock(&self) -> MutexGuard<'_, Scheduled> {
        self.scheduled
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn enqueue_at(&self, pause: Duration, raise: impl FnOnce(&mut Scheduled, Instant)) {
        raise(&mut self.lock(), Instant::now() + pause);
        self.added.notify_one();
    }

    pub(crate) fn enqueue(&self, objects: impl IntoIterator<Item = ObjectKey>) {
        self.enqueue_within(EVENT_GRACE, objects);
    }

    fn enqueue_within(&self, pause: Duration, objects: impl IntoIterator<Item = ObjectKey>) {
        self.enqueue_at(pause, |open, due| {
            for object in objects {
                earliest(open.objects.entry(object).or_insert(due), due);
            }
        });
    }

    /// Schedules a check for existing objects that a new subscription covers.
    pub(crate) fn enqueue_inventory(&self) {
        self.enqueue_inventory_within(EVENT_GRACE);
    }

    fn enqueue_inventory_within(&self, pause: Duration) {
        self.enqueue_at(pause, |open, due| {
            earliest(open.inventory.get_or_insert(due), due)
        });
    }

    /// Schedules a check of the subscriptions, because the server may have lost one that it has
    /// just granted.
    pub(crate) fn enqueue_subscriptions(&self) {
        self.enqueue_subscriptions_within(EVENT_GRACE);
    }

    fn enqueue_subscriptions_within(&self, pause: Duration) {
        self.enqueue_at(pause, |open, due| {
            earliest(open.subscriptions.get_or_insert(due), due)
        });
    }

    /// Waits until something is due, and takes it.
    async fn next_batch(&self) -> Batch {
        loop {
            let first = self.lock().next_due();
            match first {
                Some(due) if due <= Instant::now() => return self.lock().take_due(Instant::now()),
                // Something that is enqueued while waiting may be due earlier.
                Some(due) => {
                    let _ = timeout_at(due, self.added.notified()).await;
                }
                None => self.added.notified().await,
            }
        }
    }
}

/// Performs the checks of a session for as long as it exists.
pub(crate) async fn reconcile_all<E: EventType>(core: Arc<SessionState<E>>) {
    let mut pause = EVENT_GRACE;
    loop {
        let due = core.work_queue.next_batch().await;
        let restored = !due.subscriptions || reconciler::restore_subscriptions(&core).await;
        let learnt = !due.inventory || reconciler::prime_inventory(&core).await;
        let untold = reconcile(&core, due.objects).await;
        pause = match restored && learnt && untold.is_empty() {
            true => EVENT_GRACE,
            false => (pause * 2).min(MAX_RETRY_DELAY),
        };
        if !restored {
            core.work_queue.enqueue_subscriptions_within(pause);
        }
        if !learnt {
            core.work_queue.enqueue_inventory_within(pause);
        }
        core.work_queue.enqueue_within(pause, untold);
        sleep(BATCH_DELAY).await;
    }
}

/// An object with the streams that may be useless.
type WatchedObject<E> = (ObjectKey, Vec<Arc<Queue<E>>>);

/// The result of checking an object.
enum ObjectStatus {
    /// The object exists, and an application is subscribed to it.
    Covered,
    Uncovered,
    Ended,
    /// The server did not respond.
    Undecided,
}

/// Asks the server about objects, and ends the streams that can no longer receive events. Returns
/// the objects for which the server did not respond.
async fn reconcile<E: EventType>(
    core: &Arc<SessionState<E>>,
    objects: Vec<ObjectKey>,
) -> Vec<ObjectKey> {
    // Streams that are opened from here on, and objects that are being created, are not concerned.
    let mut suspects: Vec<WatchedObject<E>> = Vec::new();
    for object in objects {
        let queues = core.hub.watchers_of(&object);
        if !queues.is_empty() {
            suspects.push((object, queues));
        }
    }
    if suspects.is_empty() {
        return Vec::new();
    }
    let mut view = ServerView {
        core,
        subscriptions: ClientSubscriptions::new(&core.hub).await,
        lookups: HashMap::new(),
    };
    view.list(&suspects).await;
    let (mut ended, mut open) = (Vec::new(), Vec::new());
    for (object, queues) in suspects {
        match view.classify(&object).await {
            ObjectStatus::Covered => {}
            ObjectStatus::Uncovered => {
                core.hub
                    .end_streams(&object, &queues, GoneReason::Unsubscribed)
            }
            ObjectStatus::Ended => ended.push((object, queues)),
            ObjectStatus::Undecided => open.push(object),
        }
    }
    if !ended.is_empty() {
        sleep(EVENT_GRACE).await;
    }
    for (object, queues) in ended {
        core.hub.end_streams(&object, &queues, GoneReason::Ended);
    }
    open
}

/// Checks all objects with open streams immediately.
pub(crate) async fn reconcile_watched<E: EventType>(core: &Arc<SessionState<E>>) {
    let untold = reconcile(core, core.hub.watched_objects()).await;
    core.work_queue.enqueue(untold);
}

/// The server's responses about objects. Each object is requested once.
struct ServerView<'a, E> {
    core: &'a SessionState<E>,
    subscriptions: ClientSubscriptions,
    lookups: HashMap<ObjectKey, Lookup>,
}

#[derive(Clone)]
enum Lookup {
    Present(ListedObject),
    Absent,
    Unknown,
}

impl<E: EventType> ServerView<'_, E> {
    /// Requests the lists of the classes with many objects to check.
    async fn list(&mut self, suspects: &[WatchedObject<E>]) {
        for class in E::OBJECT_KINDS
            .iter()
            .filter(|class| !class.terminal_events.is_empty())
        {
            let mut of_class = suspects
                .iter()
                .filter(|(object, _)| object.class() == class.name);
            let (Some(get), Some(_)) = (
                class.get_operation,
                of_class.clone().nth(MAX_SINGLE_LOOKUPS),
            ) else {
                continue;
            };
            let Some(path) = list_path::<E>(get) else {
                continue;
            };
            let listed = control::list_objects(self.core, path).await;
            self.lookups.extend(of_class.by_ref().map(|(object, _)| {
                let seen = match &listed {
                    Ok(listed) => match listed.get(object.as_ref().id) {
                        Some(found) => Lookup::Present(found.clone()),
                        None => Lookup::Absent,
                    },
                    Err(_) => Lookup::Unknown,
                };
                (object.clone(), seen)
            }));
        }
    }

    async fn fetch(&mut self, object: &ObjectKey) -> Lookup {
        if let Some(seen) = self.lookups.get(object) {
            return seen.clone();
        }
        let get = find_kind::<E>(object.class()).and_then(|class| class.get_operation);
        let seen = match get {
            Some(get) => match control::get_object(self.core, get, object.as_ref().id).await {
                Ok(Some(found)) => Lookup::Present(found),
                Ok(None) => Lookup::Absent,
                Err(_) => Lookup::Unknown,
            },
            None => Lookup::Unknown,
        };
        self.lookups.insert(object.clone(), seen.clone());
        seen
    }

    async fn classify(&mut self, object: &ObjectKey) -> ObjectStatus {
        let ends =
            find_kind::<E>(object.class()).is_some_and(|class| !class.terminal_events.is_empty());
        if !ends {
            return self.is_covered(object.as_ref(), "");
        }
        let found = match self.fetch(object).await {
            Lookup::Present(found) => found,
            Lookup::Absent => return ObjectStatus::Ended,
            Lookup::Unknown => return ObjectStatus::Undecided,
        };
        let Some(parent) = found.target_uri.as_deref().and_then(ObjectRef::from_uri) else {
            return self.is_covered(object.as_ref(), &found.name);
        };
        let Some(key) = ObjectKey::from_object::<E>(parent) else {
            return ObjectStatus::Undecided;
        };
        match self.fetch(&key).await {
            Lookup::Present(found) => self.is_covered(parent, &found.name),
            // It is about to end with its parent.
            Lookup::Absent | Lookup::Unknown => ObjectStatus::Undecided,
        }
    }

    fn is_covered(&self, object: ObjectRef<'_>, name: &str) -> ObjectStatus {
        match self.subscriptions.covers(&sources_covering(object, name)) {
            Some(true) => ObjectStatus::Covered,
            Some(false) => ObjectStatus::Uncovered,
            None => ObjectStatus::Undecided,
        }
    }
}

/// Returns the path of the list that contains an object, if the bindings have it.
fn list_path<E: EventType>(get: &Operation) -> Option<&'static str> {
    let (path, _) = get.path.rsplit_once('/')?;
    let mut operations = E::operations().iter();
    let list = operations.find(|known| known.method == Method::Get && known.path == path);
    list.map(|list| list.path)
}
