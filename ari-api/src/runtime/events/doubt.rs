//! Whether the streams of an object wait in vain.
//!
//! Much can raise that doubt: a gap, a channel that leaves the application or a bridge, a
//! subscription that is cancelled, an application that is closed or another client's, the end of an
//! object that cannot be decoded, a stream of what nobody has heard of so far. One rule settles it.
//! The server is asked whether the object is there, and whether any application of the client is
//! subscribed to what brings its events; where either is not so, the streams that were open then
//! end, and say so. Before that the event which tells the end gets time to arrive, as a rule over
//! another connection than the answer.

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

/// How long the event that tells an end may take: after what has raised the doubt, and after the
/// server's word that the object is not there.
pub(super) const GRACE: Duration = Duration::from_secs(1);

/// How long doubts that are due wait for others, so that the server is asked about many at once.
const GATHERING: Duration = Duration::from_millis(250);

/// The longest pause before a server that did not answer is asked again.
const PATIENCE: Duration = Duration::from_secs(30);

/// Up to so many objects of a class are asked for one by one; beyond that they are listed.
const FEW: usize = 8;

/// What is in doubt, for the task that settles it.
#[derive(Default)]
pub(super) struct Doubts {
    open: Mutex<Open>,
    raised: Notify,
}

/// What is in doubt, and when it is to be settled.
#[derive(Default)]
struct Open {
    objects: HashMap<ObjectKey, Instant>,
    /// What is known of the server.
    known: Option<Instant>,
    /// Whether the server has what the applications have asked for.
    wishes: Option<Instant>,
}

/// What is due.
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

/// What is raised again is settled no later for that: it could be put off for ever.
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

    /// More is heard of from here on than is known to be there.
    pub(super) fn raise_known(&self) {
        self.raise_known_within(GRACE);
    }

    fn raise_known_within(&self, pause: Duration) {
        self.raise_at(pause, |open, due| {
            sooner(open.known.get_or_insert(due), due)
        });
    }

    /// The server may have forgotten what it has just granted.
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
                // What is raised meanwhile may be due earlier.
                Some(due) => {
                    let _ = timeout_at(due, self.raised.notified()).await;
                }
                None => self.raised.notified().await,
            }
        }
    }
}

/// Settles the doubts of a session, for as long as it lasts.
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

/// Streams that may wait in vain, and their object.
type Suspect<E> = (ObjectKey, Vec<Arc<Queue<E>>>);

/// What is found out about an object.
enum Verdict {
    /// It is there, and heard of.
    Heard,
    Unheard,
    Ended,
    /// The server did not tell.
    Open,
}

/// Asks the server about objects, and ends the streams that wait in vain. Returns those of which it
/// did not tell.
async fn settle<E: Message>(core: &Arc<Core<E>>, objects: Vec<ObjectKey>) -> Vec<ObjectKey> {
    // Streams that are opened from here on are not concerned, nor is what is being made.
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

/// Settles at once whether the streams that are open wait in vain.
pub(super) async fn settle_watched<E: Message>(core: &Arc<Core<E>>) {
    let untold = settle(core, core.hub.watched()).await;
    core.doubts.raise(untold);
}

/// What the server tells of objects, asked for once.
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
    /// Lists the objects of the classes of which there are many suspects.
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

/// The path of the list that an object is in, where the bindings have it.
fn list_path<E: Message>(get: &Operation) -> Option<&'static str> {
    let (path, _) = get.path.rsplit_once('/')?;
    let mut operations = E::operations().iter();
    let list = operations.find(|known| known.method == Method::Get && known.path == path);
    list.map(|list| list.path)
}
