//! A bridge and its state.

use std::collections::BTreeSet;

use super::{Participants, Video};
use crate::json::{Json, Object};
use crate::sorted_map::SortedMap;

pub(crate) struct Bridge {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) technology: &'static str,
    pub(crate) name: String,
    pub(crate) created: String,
    pub(crate) video: Video,
    pub(crate) participants: Participants,
    /// True if the number of members decides on the technology.
    pub(crate) has_dynamic_technology: bool,
    pub(crate) variables: SortedMap<String, String>,
    pub(crate) reported_variables: BTreeSet<String>,
    /// Variables that were set on creation. They appear in events after the next change of the
    /// bridge.
    pub(crate) pending_reported: BTreeSet<String>,
    pub(crate) is_music_on: bool,
}

impl Bridge {
    pub(crate) fn object(&self) -> Object {
        let vars = (!self.reported_variables.is_empty()).then(|| {
            let values = self
                .reported_variables
                .iter()
                .filter_map(|name| Some((name.clone(), Json::from(self.variables.get(name)?))));
            values.fold(Object::new(), |object, (name, value)| {
                object.with(name, value)
            })
        });
        let object = Object::new()
            .with("id", &self.id)
            .with("technology", self.technology)
            .with("bridge_type", self.kind)
            .with("bridge_class", "stasis")
            .with("creator", "Stasis")
            .with("name", &self.name)
            .with(
                "channels",
                self.participants
                    .sorted_channels()
                    .into_iter()
                    .collect::<Json>(),
            )
            .with("creationtime", &self.created);
        self.video.add_to(object).with_some("bridgevars", vars)
    }

    /// Records that the bridge has changed.
    pub(crate) fn mark_changed(&mut self) {
        self.reported_variables.append(&mut self.pending_reported);
    }
}

impl Bridge {
    /// Updates the mixing technology if it depends on the number of participants.
    pub(crate) fn update_technology(&mut self) {
        if self.has_dynamic_technology {
            self.technology = self.participants.technology();
        }
    }
}
