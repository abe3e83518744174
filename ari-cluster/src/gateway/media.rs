//! The playbacks and live recordings of calls: those that run or wait. They belong to the call of their
//! channel or bridge.

use super::call::Call;
use super::state::State;
use crate::wire::named_objects::{PLAYBACK, RECORDING, path_segments};

/// The maximum number of playbacks and recordings of a call that are known. When it is exceeded, the
/// oldest is forgotten, so that every worker can control it.
const MAX_MEDIA: usize = 256;

/// Returns the key of a playback or recording: `kind:id`. The name of a recording may be the id of
/// another object.
pub(super) fn media_key(kind: &str, id: &str) -> String {
    format!("{kind}:{id}")
}

/// Returns true if an object, as `kind:id`, is a playback or a recording.
fn is_media(object: &str) -> bool {
    let kind = object.split_once(':').map(|(kind, _)| kind);
    matches!(kind, Some(PLAYBACK | RECORDING))
}

impl State {
    /// Makes a playback or recording part of the call of a channel or bridge.
    pub(super) fn bind_media(&mut self, media: &str, target: &str) {
        if let Some(call) = self.objects.get(target).cloned() {
            self.bind_media_to(media, &call);
        }
    }

    /// Makes a playback or recording part of a call.
    pub(super) fn bind_media_to(&mut self, media: &str, call: &str) {
        if self.media.get(media).is_some_and(|known| known == call) {
            return;
        }
        self.unbind_media(media);
        let Some(bound) = self.calls.get_mut(call) else {
            return;
        };
        bound.media.push_back(media.to_owned());
        if bound.media.len() > MAX_MEDIA
            && let Some(oldest) = bound.media.pop_front()
        {
            self.media.remove(&oldest);
        }
        self.media.insert(media.to_owned(), call.to_owned());
    }

    /// Makes the playbacks and recordings that a request creates part of the call of its channel or
    /// bridge, before they exist. Returns those that were not known.
    pub(super) fn bind_new_media(&mut self, target: &str, objects: &[String]) -> Vec<String> {
        // A name that another recording has stays with that one: Asterisk refuses a second one.
        let new = objects.iter().filter(|object| is_media(object));
        let new = new.filter(|media| !self.media.contains_key(*media));
        let new: Vec<_> = new.cloned().collect();
        if let Some(object) = path_segments(target).get(1) {
            for media in &new {
                self.bind_media(media, object);
            }
        }
        new
    }

    /// Removes a playback or recording that has ended or was not created.
    pub(super) fn unbind_media(&mut self, media: &str) {
        if let Some(call) = self.media.remove(media)
            && let Some(call) = self.calls.get_mut(&call)
        {
            call.media.retain(|known| known != media);
        }
    }

    /// Removes all playbacks and recordings. Which of them end in a gap is not known.
    pub(super) fn forget_media(&mut self) {
        self.media.clear();
        for call in self.calls.values_mut() {
            call.media.clear();
        }
    }

    /// Returns true if a worker may control a playback or recording: it is one of its calls, or not
    /// known, and then it has ended or began before the epoch.
    pub(super) fn may_control(&self, worker: &str, kind: &str, id: &str) -> bool {
        let call = self.media.get(&media_key(kind, id));
        let owner = call.map(|call| self.calls.get(call).and_then(Call::worker));
        owner.is_none_or(|owner| owner == Some(worker))
    }
}
