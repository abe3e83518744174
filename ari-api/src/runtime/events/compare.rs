//! Comparison of the state known before a gap with the server's state.

use std::collections::HashMap;

use super::ask::Found;
use super::hearing::{Application, sources};
use super::memory::{Correction, Known};
use super::shared::Core;
use super::wishes::Wish;
use super::{Object, Reconciliation};

/// A list from the server, by id.
pub(super) type There = HashMap<String, Found>;

/// The applications of a session.
pub(super) struct Applications {
    pub(super) own: Vec<Own>,
    /// True if the server has returned each of them.
    pub(super) all_told: bool,
}

/// An application: its subscriptions on the server, and the subscriptions that it has requested.
pub(super) struct Own {
    name: String,
    pub(super) application: Application,
    wish: Wish,
}

impl Own {
    pub(super) fn new(name: String, application: Application, wish: Wish) -> Self {
        Own {
            name,
            application,
            wish,
        }
    }

    /// Returns true if the application is subscribed to a channel because the channel is in it, or
    /// will be, and not because the application has requested it.
    fn has_of_itself(&self, id: &str) -> bool {
        let source = format!("channel:{id}");
        self.application.has(&source) && !self.wish.sources.contains(&source)
    }

    /// If there are many subscriptions, removes those to channels and bridges that no longer exist.
    pub(super) fn forget_what_is_gone<E>(&self, core: &Core<E>) {
        if !self.wish.is_long() {
            return;
        }
        for source in &self.wish.sources {
            let is_single = source.split_once(':').is_some_and(|(scheme, id)| {
                !id.is_empty() && matches!(scheme, "channel" | "bridge")
            });
            if is_single && !self.application.has(source) {
                core.memory.unwish(source);
            }
        }
    }
}

impl Applications {
    /// Returns true if any of the applications is subscribed to an object.
    pub(super) fn hear(&self, object: Object<'_>, name: &str) -> bool {
        let sources = sources(object, name);
        let mut own = self.own.iter();
        own.any(|own| own.application.has_any(&sources))
    }

    pub(super) fn compare_channels(
        &self,
        known: &Known,
        there: &There,
        found: &mut Reconciliation,
        correction: &mut Correction,
    ) {
        found.vanished_channels = missing(known.channels.iter(), there);
        for (id, channel) in there {
            let heard = self.hear(Object::new("channel", id), &channel.name);
            if heard && !known.channels.contains(id) {
                found.appeared_channels.push(id.clone());
            }
            match self.inside(known, id, channel) {
                Some(application) => correction.inside.push((id.clone(), application)),
                None if !self.all_told || !known.inside.contains_key(id) => {}
                None if heard => correction.outside.push(id.clone()),
                None => found.left_channels.push(id.clone()),
            }
        }
        found.appeared_channels.sort();
        found.left_channels.sort();
        correction.channels.clone_from(&found.appeared_channels);
        for gone in [&found.vanished_channels, &found.left_channels] {
            correction.gone.extend(gone.iter().cloned());
        }
    }

    /// Returns the application that a channel is in.
    fn inside(&self, known: &Known, id: &str, channel: &Found) -> Option<String> {
        let mut own = self.own.iter();
        if !channel.tells_stasis() {
            // A channel that was in the application before is still in it. An originated channel
            // has entered it when it has been answered.
            let comes = channel.is_up() && known.awaited.contains_key(id);
            let is_inside = comes || known.inside.contains_key(id);
            let own = own.find(|own| is_inside && own.has_of_itself(id));
            return own.map(|own| own.name.clone());
        }
        let Some(begun) = channel.stasis() else {
            // A channel that was offered to all applications and claimed still executes
            // `StasisBroadcast`, which names no application.
            let own = own.find(|own| channel.is_offered() && own.has_of_itself(id));
            return own.map(|own| own.name.clone());
        };
        // A channel that has moved to another application still executes `Stasis` with the name of
        // the first. A subscription to another client's channel, such as the other half of a Local
        // channel, does not make it ours.
        let is_ours = own.clone().any(|own| own.name == begun);
        if !is_ours && !known.inside.contains_key(id) {
            return None;
        }
        let has = own.clone().find(|own| own.has_of_itself(id));
        let has = has.or_else(|| {
            let sources = sources(Object::new("channel", id), &channel.name);
            own.find(|own| own.name == begun && own.application.has_any(&sources))
        });
        has.map(|own| own.name.clone())
    }

    pub(super) fn compare_bridges(
        &self,
        known: &Known,
        there: &There,
        found: &mut Reconciliation,
        correction: &mut Correction,
    ) {
        found.vanished_bridges = missing(known.bridges.iter(), there);
        let new = there
            .keys()
            .filter(|id| !known.bridges.contains(*id) && self.hear(Object::new("bridge", id), ""));
        found.appeared_bridges = new.cloned().collect();
        found.appeared_bridges.sort();
        correction.bridges.clone_from(&found.appeared_bridges);
        let gone = found.vanished_bridges.iter().cloned();
        correction.gone.extend(gone);
    }
}

/// Returns the known ids that the server does not list.
pub(super) fn missing<'a>(known: impl Iterator<Item = &'a String>, there: &There) -> Vec<String> {
    let missing = known.filter(|id| !there.contains_key(*id));
    let mut missing: Vec<_> = missing.cloned().collect();
    missing.sort();
    missing
}
