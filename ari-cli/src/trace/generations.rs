//! Channels and bridges whose ids are used again.
//!
//! A new channel may get the id of one that has ended. Each object with an id is a generation of that
//! id. If no event shows the end of the former one, because the server was started again meanwhile,
//! the time of creation distinguishes them. A bridge that is empty and used by other channels later
//! is another generation, too, because these channels belong to another call.

use std::collections::BTreeMap;

use crate::trace::object::{Object, ObjectKind};

/// The generations of all objects, the oldest of an id first.
#[derive(Debug, Default)]
pub(crate) struct Generations(BTreeMap<(ObjectKind, String), Vec<Generation>>);

#[derive(Clone, Debug, Default)]
struct Generation {
    /// The time of creation as in messages. Empty if no message has shown it.
    creation: String,
    has_ended: bool,
}

impl Generations {
    /// Returns the newest generation of an id.
    pub(crate) fn newest(&self, kind: ObjectKind, id: &str) -> Object {
        let generations = self.0.get(&(kind, id.to_owned()));
        let count = generations.map_or(0, Vec::len);
        Object::new(kind, id).with_generation(count.saturating_sub(1))
    }

    /// Returns the newest generation of an id, or a new one if that has ended.
    pub(crate) fn begin(&mut self, kind: ObjectKind, id: &str) -> Object {
        let generations = self.generations_of(kind, id);
        if generations
            .last()
            .is_none_or(|generation| generation.has_ended)
        {
            generations.push(Generation::default());
        }
        self.newest(kind, id)
    }

    /// Returns the generation that was created at a time.
    pub(crate) fn at_creation(&mut self, kind: ObjectKind, id: &str, creation: &str) -> Object {
        let generations = self.generations_of(kind, id);
        if let Some(generation) = generations
            .iter()
            .rposition(|generation| generation.creation == creation)
        {
            return Object::new(kind, id).with_generation(generation);
        }
        match generations.last_mut() {
            Some(generation) if generation.creation.is_empty() && !generation.has_ended => {
                generation.creation = creation.to_owned();
            }
            _ => generations.push(Generation {
                creation: creation.to_owned(),
                has_ended: false,
            }),
        }
        self.newest(kind, id)
    }

    /// Adds a generation of an object that continues: a bridge that is used again.
    pub(crate) fn renew(&mut self, object: &Object) -> Object {
        let generations = self.generations_of(object.kind(), object.id());
        let generation = generations.last().cloned().unwrap_or_default();
        // Messages without a time of creation add no generation.
        if generations.is_empty() {
            generations.push(generation.clone());
        }
        generations.push(generation);
        self.newest(object.kind(), object.id())
    }

    /// Notes the end of an object.
    pub(crate) fn end(&mut self, object: &Object) {
        let generations = self.generations_of(object.kind(), object.id());
        if generations.is_empty() {
            generations.push(Generation::default());
        }
        if let Some(generation) = generations.get_mut(object.generation()) {
            generation.has_ended = true;
        }
    }

    /// Returns true if a message has shown the object.
    pub(crate) fn is_known(&self, object: &Object) -> bool {
        self.creation(object).is_some_and(|time| !time.is_empty())
    }

    /// Returns the time of creation.
    pub(crate) fn creation(&self, object: &Object) -> Option<&str> {
        let generations = self.0.get(&(object.kind(), object.id().to_owned()))?;
        Some(&generations.get(object.generation())?.creation)
    }

    fn generations_of(&mut self, kind: ObjectKind, id: &str) -> &mut Vec<Generation> {
        self.0.entry((kind, id.to_owned())).or_default()
    }
}
