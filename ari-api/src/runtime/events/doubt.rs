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

use super::ask::{self, Found};
use super::hearing::{Audience, sources};
use super::object::{ObjectKey, class};
use super::queue::Queue;
use super::shared::Core;
use super::{Object, reconcile};
use crate::runtime::{GoneReason, Message, Method, Operation};

/// The time that an end event may take, both after the cause of the check and after the server's
/// response that the object does not exist.
pub(super) const GRACE: Duration = Duration::from_secs(1);

/// The delay that collects further objects, so that the server is asked about many at once.
const GATHERING: Duration = Duration::from_millis(250);

/// The longest delay before a server that did not respond is asked again.
const PATIENCE: Duration = Duration::from_secs(30);

/// The number of objects of a class that are requested one by one. If there are more, the list is
/// requested.
const FEW: usize = 8;

/// The queue of checks, for the task that performs them.
#[derive(Default)]
pub(super) struct Doubts {
    open: Mutex<Open>,
    raised: Notify,
}

/// The scheduled checks, each with its time.
#[derive(Default)]
struct Open {
    objects: HashMap<ObjectKey, Instant>,
    /// The check for objects that the inventory lacks.
    known: Option<Instant>,
    /// The check that the server has the requested subscriptions and filters.
    wishes: Option<Instant>,
}

/// The checks that are due.
struct Due {
    objects: Vec<ObjectKey>,
    known: bool,
    wishes: bool,
}

impl Open {
    fn first(&self) -> Option<Instant> {
        let objects = self.objects.values().copied();
        objects.chain(self.known).chain(self.wishes).min()
    }

    fn take(&mut self, now: Instant) -> Due {
        let objects = self.objects.extract_if(|_, due| *due <= now);
        Due {
            objects: objects.map(|(object, _)| object).collect(),
            known: self.known.take_if(|due| *due <= now).is_some(),
            wishes: self.wishes.take_if(|due| *due <= now).is_some(),
        }
    }
}

/// Lets the earlier time win. Re-enqueuing never postpones a check, which could otherwise be
/// postponed forever.
fn sooner(known: &mut Instant, due: Instant) {
    *known = due.min(*known);
}

impl Doubts {
    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn raise_at(&self, pause: Duration, raise: impl FnOnce(&mut Open, Instant)) {
        raise(&mut self.lock(), Instant::now() + pause);
        self.raised.notify_one();
    }

    pub(super) fn raise(&self, objects: impl IntoIterator<Item = ObjectKey>) {
        self.raise_within(GRACE, objects);
    }

    fn raise_within(&self, pause: Duration, objects: impl IntoIterator<Item = ObjectKey>) {
        self.raise_at(pause, |open, due| {
            for object in objects {
                sooner(open.objects.entry(object).or_insert(due), due);
            }
        });
    }

    /// Schedules a check for existing objects that a new subscription covers.
    pub(super) fn raise_known(&self) {
        self.raise_known_within(GRACE);
    }

    fn raise_known_within(&self, pause: Duration) {
        self.raise_at(pause, |open, due| {
            sooner(open.known.get_or_insert(due), due)
        });
    }

    /// Schedules a check of the subscriptions, because the server may have lost one that it has
    /// just granted.
    pub(super) fn raise_wishes(&self) {
        self.raise_wishes_within(GRACE);
    }

    fn raise_wishes_within(&self, pause: Duration) {
        self.raise_at(pause, |open, due| {
            sooner(open.wishes.get_or_insert(due), due)
        });
    }

    /// Waits until something is due, and takes it.
    async fn due(&self) -> Due {
        loop {
            let first = self.lock().first();
            match first {
                Some(due) if due <= Instant::now() => return self.lock().take(Instant::now()),
                // Something that is enqueued while waiting may be due earlier.
                Some(due) => {
                    let _ = timeout_at(due, self.raised.notified()).await;
                }
                None => self.raised.notified().await,
            }
        }
    }
}

/// Performs the checks of a session for as long as it exists.
pub(super) async fn settle_all<E: Message>(core: Arc<Core<E>>) {
    let mut pause = GRACE;
    loop {
        let due = core.doubts.due().await;
        let restored = !due.wishes || reconcile::restore(&core).await;
        let learnt = !due.known || reconcile::learn(&core).await;
        let untold = settle(&core, due.objects).await;
        pause = match restored && learnt && untold.is_empty() {
            true => GRACE,
            false => (pause * 2).min(PATIENCE),
        };
        if !restored {
            core.doubts.raise_wishes_within(pause);
        }
        if !learnt {
            core.doubts.raise_known_within(pause);
        }
        core.doubts.raise_within(pause, untold);
        sleep(GATHERING).await;
    }
}

/// An object with the streams that may be useless.
type Suspect<E> = (ObjectKey, Vec<Arc<Queue<E>>>);

/// The result of checking an object.
enum Verdict {
    /// The object exists, and an application is subscribed to it.
    Heard,
    Unheard,
    Ended,
    /// The server did not respond.
    Open,
}

/// Asks the server about objects, and ends the streams that can no longer receive events. Returns
/// the objects for which the server did not respond.
async fn settle<E: Message>(core: &Arc<Core<E>>, objects: Vec<ObjectKey>) -> Vec<ObjectKey> {
    // Streams that are opened from here on, and objects that are being created, are not concerned.
    let mut suspects: Vec<Suspect<E>> = Vec::new();
    for object in objects {
        let queues = core.hub.suspects(&object);
        if !queues.is_empty() {
            suspects.push((object, queues));
        }
    }
    if suspects.is_empty() {
        return Vec::new();
    }
    let mut view = View {
        core,
        audience: Audience::of(&core.hub).await,
        seen: HashMap::new(),
    };
    view.list(&suspects).await;
    let (mut ended, mut open) = (Vec::new(), Vec::new());
    for (object, queues) in suspects {
        match view.judge(&object).await {
            Verdict::Heard => {}
            Verdict::Unheard => core.hub.end(&object, &queues, GoneReason::Unsubscribed),
            Verdict::Ended => ended.push((object, queues)),
            Verdict::Open => open.push(object),
        }
    }
    if !ended.is_empty() {
        sleep(GRACE).await;
    }
    for (object, queues) in ended {
        core.hub.end(&object, &queues, GoneReason::Ended);
    }
    open
}

/// Checks all objects with open streams immediately.
pub(super) async fn settle_watched<E: Message>(core: &Arc<Core<E>>) {
    let untold = settle(core, core.hub.watched()).await;
    core.doubts.raise(untold);
}

/// The server's responses about objects. Each object is requested once.
struct View<'a, E> {
    core: &'a Core<E>,
    audience: Audience,
    seen: HashMap<ObjectKey, Seen>,
}

#[derive(Clone)]
enum Seen {
    There(Found),
    Nowhere,
    Untold,
}

impl<E: Message> View<'_, E> {
    /// Requests the lists of the classes with many objects to check.
    async fn list(&mut self, suspects: &[Suspect<E>]) {
        for class in E::CLASSES.iter().filter(|class| !class.ends.is_empty()) {
            let mut of_class = suspects
                .iter()
                .filter(|(object, _)| object.class() == class.name);
            let (Some(get), Some(_)) = (class.get, of_class.clone().nth(FEW)) else {
                continue;
            };
            let Some(path) = list_path::<E>(get) else {
                continue;
            };
            let listed = ask::list(self.core, path).await;
            self.seen.extend(of_class.by_ref().map(|(object, _)| {
                let seen = match &listed {
                    Ok(listed) => match listed.get(object.object().id) {
                        Some(found) => Seen::There(found.clone()),
                        None => Seen::Nowhere,
                    },
                    Err(_) => Seen::Untold,
                };
                (object.clone(), seen)
            }));
        }
    }

    async fn look(&mut self, object: &ObjectKey) -> Seen {
        if let Some(seen) = self.seen.get(object) {
            return seen.clone();
        }
        let get = class::<E>(object.class()).and_then(|class| class.get);
        let seen = match get {
            Some(get) => match ask::object(self.core, get, object.object().id).await {
                Ok(Some(found)) => Seen::There(found),
                Ok(None) => Seen::Nowhere,
                Err(_) => Seen::Untold,
            },
            None => Seen::Untold,
        };
        self.seen.insert(object.clone(), seen.clone());
        seen
    }

    async fn judge(&mut self, object: &ObjectKey) -> Verdict {
        let ends = class::<E>(object.class()).is_some_and(|class| !class.ends.is_empty());
        if !ends {
            return self.heard(object.object(), "");
        }
        let found = match self.look(object).await {
            Seen::There(found) => found,
            Seen::Nowhere => return Verdict::Ended,
            Seen::Untold => return Verdict::Open,
        };
        let Some(parent) = found.target_uri.as_deref().and_then(Object::of_uri) else {
            return self.heard(object.object(), &found.name);
        };
        let Some(key) = ObjectKey::of::<E>(parent) else {
            return Verdict::Open;
        };
        match self.look(&key).await {
            Seen::There(found) => self.heard(parent, &found.name),
            // It is about to end with its parent.
            Seen::Nowhere | Seen::Untold => Verdict::Open,
        }
    }

    fn heard(&self, object: Object<'_>, name: &str) -> Verdict {
        match self.audience.hears(&sources(object, name)) {
            Some(true) => Verdict::Heard,
            Some(false) => Verdict::Unheard,
            None => Verdict::Open,
        }
    }
}

/// Returns the path of the list that contains an object, if the bindings have it.
fn list_path<E: Message>(get: &Operation) -> Option<&'static str> {
    let (path, _) = get.path.rsplit_once('/')?;
    let mut operations = E::operations().iter();
    let list = operations.find(|known| known.method == Method::Get && known.path == path);
    list.map(|list| list.path)
}
