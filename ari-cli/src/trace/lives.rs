//! The lives of channels and bridges whose ids are used again.
//!
//! A channel with a chosen id may be created anew after its end, also after a restart of the server
//! whose events are missing. Its time of creation tells its lives apart.

use std::collections::BTreeMap;

use crate::trace::object::{Object, ObjectKind};

/// The lives of all objects, the oldest of an id first.
#[derive(Debug, Default)]
pub(crate) struct Lives(BTreeMap<(ObjectKind, String), Vec<Life>>);

#[derive(Clone, Debug, Default)]
struct Life {
    /// The time of creation as in messages. Empty if no message has shown it.
    creation: String,
    has_ended: bool,
}

impl Lives {
    /// Returns the newest life of an id.
    pub(crate) fn newest(&self, kind: ObjectKind, id: &str) -> Object {
        let lives = self.0.get(&(kind, id.to_owned()));
        let count = lives.map_or(0, Vec::len);
        Object::new(kind, id).with_life(count.saturating_sub(1))
    }

    /// Returns the newest life of an id, or a new one if that has ended.
    pub(crate) fn begin(&mut self, kind: ObjectKind, id: &str) -> Object {
        let lives = self.lives_of(kind, id);
        if lives.last().is_none_or(|life| life.has_ended) {
            lives.push(Life::default());
        }
        self.newest(kind, id)
    }

    /// Returns the life that was created at a time.
    pub(crate) fn at_creation(&mut self, kind: ObjectKind, id: &str, creation: &str) -> Object {
        let lives = self.lives_of(kind, id);
        if let Some(life) = lives.iter().rposition(|life| life.creation == creation) {
            return Object::new(kind, id).with_life(life);
        }
        match lives.last_mut() {
            Some(life) if life.creation.is_empty() && !life.has_ended => {
                life.creation = creation.to_owned();
            }
            _ => lives.push(Life {
                creation: creation.to_owned(),
                has_ended: false,
            }),
        }
        self.newest(kind, id)
    }

    /// Adds a life of an object that continues: a bridge that is used again.
    pub(crate) fn renew(&mut self, object: &Object) -> Object {
        let lives = self.lives_of(object.kind(), object.id());
        let life = lives.last().cloned().unwrap_or_default();
        // Messages without a time of creation add no life.
        if lives.is_empty() {
            lives.push(life.clone());
        }
        lives.push(life);
        self.newest(object.kind(), object.id())
    }

    /// Notes the end of an object.
    pub(crate) fn end(&mut self, object: &Object) {
        let lives = self.lives_of(object.kind(), object.id());
        if lives.is_empty() {
            lives.push(Life::default());
        }
        if let Some(life) = lives.get_mut(object.life()) {
            life.has_ended = true;
        }
    }

    /// Returns true if a message has shown the object.
    pub(crate) fn is_known(&self, object: &Object) -> bool {
        self.creation(object).is_some_and(|time| !time.is_empty())
    }

    /// Returns the time of creation.
    pub(crate) fn creation(&self, object: &Object) -> Option<&str> {
        let lives = self.0.get(&(object.kind(), object.id().to_owned()))?;
        Some(&lives.get(object.life())?.creation)
    }

    fn lives_of(&mut self, kind: ObjectKind, id: &str) -> &mut Vec<Life> {
        self.0.entry((kind, id.to_owned())).or_default()
    }
}
