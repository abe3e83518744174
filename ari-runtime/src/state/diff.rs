//! Comparison of the state known before a gap with the server's state.

use std::collections::HashMap;

use crate::event::connection_event::ResyncReport;
use crate::event::object::ObjectRef;
use crate::protocol::{event_source, object_kind};
use crate::state::inventory::{Inventory, InventoryUpdate, Observed};
use crate::state::listed_object::ListedObject;
use crate::state::sources::{AppSnapshot, sources_covering};
use crate::state::subscriptions::AppSubscriptions;

/// A list from the server, by id.
pub(crate) type ServerObjects = HashMap<String, ListedObject>;

/// The applications of a session.
pub(crate) struct AppStates {
    pub(crate) states: Vec<AppState>,
    /// True if the server has returned each of them.
    pub(crate) all_events: bool,
}

/// An application: its subscriptions on the server, and the subscriptions that it has requested.
pub(crate) struct AppState {
    name: String,
    pub(crate) application: AppSnapshot,
    subscriptions: AppSubscriptions,
}

impl AppState {
    pub(crate) fn new(
        name: String,
        application: AppSnapshot,
        subscriptions: AppSubscriptions,
    ) -> Self {
        AppState {
            name,
            application,
            subscriptions,
        }
    }

    /// Returns true if the application is subscribed to a channel because the channel is in it, or
    /// will be, and not because the application has requested it.
    fn has_implicitly(&self, id: &str) -> bool {
        let source = format!("{}:{id}", event_source::CHANNEL);
        self.application.has(&source) && !self.subscriptions.sources.contains_key(&source)
    }

    /// If there are many subscriptions, removes those to channels and bridges that no longer exist.
    pub(crate) fn forget_removed(&self, inventory: &Inventory) {
        if !self.subscriptions.is_large() {
            return;
        }
        for source in self.subscriptions.sources.keys() {
            let is_single = source.split_once(':').is_some_and(|(scheme, id)| {
                !id.is_empty() && matches!(scheme, event_source::CHANNEL | event_source::BRIDGE)
            });
            if is_single && !self.application.has(source) {
                inventory.drop_source(source);
            }
        }
    }
}

impl AppStates {
    /// Returns true if any of the applications is subscribed to an object.
    pub(crate) fn covers(&self, object: ObjectRef<'_>, name: &str) -> bool {
        let sources = sources_covering(object, name);
        let mut own = self.states.iter();
        own.any(|own| own.application.has_any(&sources))
    }

    pub(crate) fn diff_channels(
        &self,
        known: &Observed,
        there: &ServerObjects,
        found: &mut ResyncReport,
        correction: &mut InventoryUpdate,
    ) {
        found.removed_channels = absent(known.channels.iter(), there);
        for (id, channel) in there {
            let is_covered = self.covers(ObjectRef::new(object_kind::CHANNEL, id), &channel.name);
            if is_covered && !known.channels.contains(id) {
                found.discovered_channels.push(id.clone());
            }
            match self.application_of(known, id, channel) {
                Some(application) => correction.entered.push((id.clone(), application)),
                None if !self.all_events || !known.entered.contains_key(id) => {}
                None if is_covered => correction.departed.push(id.clone()),
                None => found.departed_channels.push(id.clone()),
            }
        }
        found.discovered_channels.sort();
        found.departed_channels.sort();
        correction.channels.clone_from(&found.discovered_channels);
        for gone in [&found.removed_channels, &found.departed_channels] {
            correction.removed.extend(gone.iter().cloned());
        }
    }

    /// Returns the application that a channel is in.
    fn application_of(&self, known: &Observed, id: &str, channel: &ListedObject) -> Option<String> {
        let mut own = self.states.iter();
        if !channel.reports_dialplan() {
            // A channel that was in the application before is still in it. An originated channel
            // has entered it when it has been answered.
            let comes = channel.is_up() && known.pending.contains_key(id);
            let is_inside = comes || known.entered.contains_key(id);
            let own = own.find(|own| is_inside && own.has_implicitly(id));
            return own.map(|own| own.name.clone());
        }
        let Some(begun) = channel.stasis_application() else {
            // A channel that was offered to all applications and claimed still executes
            // `StasisBroadcast`, which names no application.
            let own = own.find(|own| channel.is_broadcast() && own.has_implicitly(id));
            return own.map(|own| own.name.clone());
        };
        // A channel that has moved to another application still executes `Stasis` with the name of
        // the first. A subscription to another client's channel, such as the other half of a Local
        // channel, does not make it ours.
        let is_ours = own.clone().any(|own| own.name == begun);
        if !is_ours && !known.entered.contains_key(id) {
            return None;
        }
        let has = own.clone().find(|own| own.has_implicitly(id));
        let has = has.or_else(|| {
            let sources = sources_covering(ObjectRef::new(object_kind::CHANNEL, id), &channel.name);
            own.find(|own| own.name == begun && own.application.has_any(&sources))
        });
        has.map(|own| own.name.clone())
    }

    pub(crate) fn diff_bridges(
        &self,
        known: &Observed,
        there: &ServerObjects,
        found: &mut ResyncReport,
        correction: &mut InventoryUpdate,
    ) {
        found.removed_bridges = absent(known.bridges.iter(), there);
        let new = there.keys().filter(|id| {
            !known.bridges.contains(*id) && self.covers(ObjectRef::new(object_kind::BRIDGE, id), "")
        });
        found.discovered_bridges = new.cloned().collect();
        found.discovered_bridges.sort();
        correction.bridges.clone_from(&found.discovered_bridges);
        let gone = found.removed_bridges.iter().cloned();
        correction.removed.extend(gone);
    }
}

/// Returns the known ids that the server does not list.
pub(crate) fn absent<'a>(
    known: impl Iterator<Item = &'a String>,
    there: &ServerObjects,
) -> Vec<String> {
    let missing = known.filter(|id| !there.contains_key(*id));
    let mut missing: Vec<_> = missing.cloned().collect();
    missing.sort();
    missing
}
