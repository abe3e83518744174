//! What was known before a gap, beside what the server tells.

use std::collections::HashMap;

use super::ask::Found;
use super::hearing::{Application, sources};
use super::memory::{Correction, Known};
use super::shared::Core;
use super::wishes::Wish;
use super::{Object, Reconciliation};

/// A list of the server's, by id.
pub(super) type There = HashMap<String, Found>;

/// The applications of a session.
pub(super) struct Applications {
    pub(super) own: Vec<Own>,
    /// Whether the server has told of each.
    pub(super) all_told: bool,
}

/// An application: what the server says that it is subscribed to, and what it has asked for.
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

    /// Whether it is subscribed to a channel because that is in it, or will be, not because it has
    /// asked for it.
    fn has_of_itself(&self, id: &str) -> bool {
        let source = format!("channel:{id}");
        self.application.has(&source) && !self.wish.sources.contains(&source)
    }

    /// Forgets subscriptions to channels and bridges that are no more, where they are many.
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
    /// Whether any of them hears of an object.
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

    /// Which of them a channel is in.
    fn inside(&self, known: &Known, id: &str, channel: &Found) -> Option<String> {
        let mut own = self.own.iter();
        if !channel.tells_stasis() {
            // Who was there before is, and who was called has come in when it has answered.
            let comes = channel.is_up() && known.awaited.contains_key(id);
            let is_inside = comes || known.inside.contains_key(id);
            let own = own.find(|own| is_inside && own.has_of_itself(id));
            return own.map(|own| own.name.clone());
        }
        let Some(begun) = channel.stasis() else {
            // Who was offered to all applications and claimed still executes that, which names
            // none.
            let own = own.find(|own| channel.is_offered() && own.has_of_itself(id));
            return own.map(|own| own.name.clone());
        };
        // Who has moved from one application to another executes `Stasis` in the name of the first.
        // A stranger's is not ours for being subscribed to, as the other half of a Local channel
        // is.
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

/// What was known and is not there.
pub(super) fn missing<'a>(known: impl Iterator<Item = &'a String>, there: &There) -> Vec<String> {
    let missing = known.filter(|id| !there.contains_key(*id));
    let mut missing: Vec<_> = missing.cloned().collect();
    missing.sort();
    missing
}
