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
use std::sync::Arc;

use tokio::time::sleep;

use crate::error::types::GoneReason;
use crate::event::bindings::Bindings;
use crate::event::object::ObjectRef;
use crate::event::object_key::ObjectKey;
use crate::reconcile::client_subscriptions::ClientSubscriptions;
use crate::reconcile::control;
use crate::reconcile::work_queue::EVENT_GRACE;
use crate::routing::queue::Queue;
use crate::schema::operation::{Method, Operation};
use crate::session::session_state::SessionState;
use crate::state::listed_object::ListedObject;
use crate::state::sources::sources_covering;

/// The number of objects of a class that are requested one by one. If there are more, the list is
/// requested.
const MAX_SINGLE_LOOKUPS: usize = 8;

/// An object with the streams that may be useless.
type WatchedObject = (ObjectKey, Vec<Arc<Queue>>);

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
pub(super) async fn reconcile(
    session: &Arc<SessionState>,
    objects: Vec<ObjectKey>,
) -> Vec<ObjectKey> {
    // Streams that are opened from here on, and objects that are being created, are not concerned.
    let mut suspects: Vec<WatchedObject> = Vec::new();
    for object in objects {
        let queues = session.router.watchers_of(&object);
        if !queues.is_empty() {
            suspects.push((object, queues));
        }
    }
    if suspects.is_empty() {
        return Vec::new();
    }
    let mut view = ServerView {
        session,
        subscriptions: ClientSubscriptions::new(&session.router).await,
        lookups: HashMap::new(),
    };
    view.list(&suspects).await;
    let (mut ended, mut open) = (Vec::new(), Vec::new());
    for (object, queues) in suspects {
        match view.classify(&object).await {
            ObjectStatus::Covered => {}
            ObjectStatus::Uncovered => {
                session
                    .router
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
        session
            .router
            .end_streams(&object, &queues, GoneReason::Ended);
    }
    open
}

/// The server's responses about objects. Each object is requested once.
struct ServerView<'a> {
    session: &'a SessionState,
    subscriptions: ClientSubscriptions,
    lookups: HashMap<ObjectKey, Lookup>,
}

#[derive(Clone)]
enum Lookup {
    Present(ListedObject),
    Absent,
    Unknown,
}

impl ServerView<'_> {
    /// Requests the lists of the classes with many objects to check.
    async fn list(&mut self, suspects: &[WatchedObject]) {
        for class in self
            .session
            .core
            .bindings
            .object_kinds
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
            let Some(path) = list_path(self.session.core.bindings, get) else {
                continue;
            };
            let listed = control::list_objects(&self.session.core, path).await;
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
        let get = self
            .session
            .core
            .bindings
            .object_kind(object.class())
            .and_then(|class| class.get_operation);
        let seen = match get {
            Some(get) => {
                match control::get_object(&self.session.core, get, object.as_ref().id).await {
                    Ok(Some(found)) => Lookup::Present(found),
                    Ok(None) => Lookup::Absent,
                    Err(_) => Lookup::Unknown,
                }
            }
            None => Lookup::Unknown,
        };
        self.lookups.insert(object.clone(), seen.clone());
        seen
    }

    async fn classify(&mut self, object: &ObjectKey) -> ObjectStatus {
        let ends = self
            .session
            .core
            .bindings
            .object_kind(object.class())
            .is_some_and(|class| !class.terminal_events.is_empty());
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
        let Some(key) = ObjectKey::new(self.session.core.bindings, parent) else {
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
fn list_path(bindings: &Bindings, get: &Operation) -> Option<&'static str> {
    let (path, _) = get.path.rsplit_once('/')?;
    let mut operations = (bindings.operations)().iter();
    let list = operations.find(|known| known.method == Method::Get && known.path == path);
    list.map(|list| list.path)
}
