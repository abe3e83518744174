//! The channels and bridges of calls, and the ends of calls that have none left.

use tokio::time::Instant;

use super::fence::Admitted;
use super::journal::Record;
use super::state::{Action, MAX_ENDED_CALLS, State};
use crate::hooks::{self, Mutant};
use crate::wire::subject::NOBODY;

impl State {
    /// Makes a channel part of a call.
    pub(super) fn bind_channel(&mut self, call: &str, channel: &str) {
        if let Some(bound) = self.calls.get_mut(call) {
            bound.channels.insert(channel.to_owned());
            self.objects.insert(channel.to_owned(), call.to_owned());
        }
    }

    /// Makes objects part of a call before they exist.
    pub(super) fn bind(&mut self, call: &str, objects: &[String]) {
        for object in objects {
            match object.split_once(':') {
                Some(("channel", id)) => self.bind_channel(call, id),
                Some(("half", id)) if self.calls.contains_key(call) => {
                    self.objects.insert(id.to_owned(), call.to_owned());
                }
                Some(("bridge", id)) => {
                    if let Some(bound) = self.calls.get_mut(call) {
                        bound.bridges.insert(id.to_owned());
                        self.objects.insert(id.to_owned(), call.to_owned());
                    }
                }
                _ => {}
            }
        }
    }

    /// Undoes [`State::bind`] for channels and bridges that were not created.
    fn unbind(&mut self, objects: &[String], now: Instant) -> Vec<Action> {
        let mut actions = Vec::new();
        for object in objects {
            let Some(("channel" | "half" | "bridge", id)) = object.split_once(':') else {
                continue;
            };
            if let Some(call) = self.objects.remove(id) {
                if let Some(call) = self.calls.get_mut(&call) {
                    call.channels.remove(id);
                    call.bridges.remove(id);
                }
                self.end_if_over(&call, now, &mut actions);
            }
        }
        actions
    }

    /// Removes the objects of a request that has created nothing.
    pub(super) fn undo(&mut self, request: &Admitted, now: Instant) -> Vec<Action> {
        for media in &request.media {
            self.unbind_media(media);
        }
        self.unbind(&request.binds, now)
    }

    /// Removes a call that has no channels, unless a worker still has it.
    pub(super) fn end_if_over(&mut self, id: &str, now: Instant, actions: &mut Vec<Action>) {
        let is_over = self
            .calls
            .get(id)
            .is_some_and(|call| call.channels.is_empty() && call.worker().is_none());
        if is_over {
            self.publish_pending(id, NOBODY, now, actions);
            self.remove(id);
        }
    }

    /// Removes a call that was to be created and was not.
    pub(super) fn end_new_call(&mut self, id: &str, now: Instant, actions: &mut Vec<Action>) {
        let is_empty = self
            .calls
            .get(id)
            .is_some_and(|call| call.channels.is_empty() && call.logged().next().is_none());
        if is_empty {
            self.publish_pending(id, NOBODY, now, actions);
            self.remove(id);
        }
    }

    fn remove(&mut self, id: &str) {
        if let Some(call) = self.calls.remove(id) {
            for media in &call.media {
                self.media.remove(media);
            }
            self.ended_calls.push_back((id.to_owned(), call.generation));
            if self.ended_calls.len() > MAX_ENDED_CALLS {
                self.ended_calls.pop_front();
            }
            if !hooks::is_on(Mutant::KeepsObjects) {
                self.objects.retain(|_, call| call != id);
            }
            self.journal.write(|| Record::CallEnded {
                call: id.to_owned(),
            });
        }
    }
}
