//! The events of an application: the calls that they are about, and the workers that get them.

use std::collections::BTreeMap;
use std::sync::Arc;

use ari_api::stream::{find_event_type, visit_ids};
use bytes::Bytes;
use serde_json::Value;
use tokio::time::Instant;

use super::call::{Call, LoggedEvent, Owner};
use super::journal::Record;
use super::media::media_key;
use super::state::{Action, State};
use crate::hooks::{self, Mutant};
use crate::wire::named_objects::{PLAYBACK, RECORDING};
use crate::wire::subject::NOBODY;

/// The name of the user event by which a gateway finds out if its socket gets events. It is not passed
/// on.
pub(super) const PROBE_EVENT: &str = "ari-gateway-probe";

impl State {
    /// Processes an event that was read.
    pub(crate) fn on_event(&mut self, text: &str, now: Instant) -> Vec<Action> {
        if self.reading.is_none() {
            return Vec::new();
        }
        let Ok(kind) = find_event_type(text, "type") else {
            tracing::warn!(
                server = self.server,
                "Asterisk has sent a message without a type"
            );
            return Vec::new();
        };
        if kind == "ChannelUserevent" && is_probe(text) {
            return Vec::new();
        }
        self.last_event = Some(now);
        self.tally.counted.events_read += 1;
        let mut actions = Vec::new();
        let subject = Subject::of(&kind, text);
        if let Some(Subject::Enters { channel, replaces }) = &subject {
            let known = self.objects.get(channel).cloned();
            let call = known.or_else(|| self.objects.get(replaces.as_ref()?).cloned());
            let call = call.unwrap_or_else(|| {
                self.calls.insert(channel.clone(), Call::new(0, now));
                actions.push(Action::Offer(channel.clone()));
                channel.clone()
            });
            self.bind_channel(&call, channel);
        }
        let mut calls: Vec<String> = Vec::new();
        visit_ids(text, &mut |id| {
            if let Some(call) = self.objects.get(id)
                && !calls.contains(call)
            {
                calls.push(call.clone());
            }
        });
        if calls.is_empty()
            && let Some(Subject::MediaEnds { media }) = &subject
        {
            // Not all releases name the channel or bridge of a recording.
            calls.extend(self.media.get(media).cloned());
        }
        let event = LoggedEvent {
            kind: Arc::from(&*kind),
            text: Bytes::copy_from_slice(text.as_bytes()),
        };
        self.distribute(&event, &calls, now, &mut actions);
        match subject {
            Some(Subject::Leaves { channel }) => {
                if let Some(call) = self.objects.get(&channel).cloned() {
                    if let Some(call) = self.calls.get_mut(&call) {
                        call.channels.remove(&channel);
                    }
                    self.end_if_over(&call, now, &mut actions);
                }
            }
            Some(Subject::BridgeEnds { bridge }) => {
                if let Some(call) = self.objects.remove(&bridge)
                    && let Some(call) = self.calls.get_mut(&call)
                {
                    call.bridges.remove(&bridge);
                }
            }
            Some(Subject::MediaBegins { media, target }) => self.bind_media(&media, &target),
            Some(Subject::MediaEnds { media }) => self.unbind_media(&media),
            Some(Subject::Replaced { application }) if application == self.application => {
                self.is_replaced = true;
                actions.push(Action::Replaced);
            }
            _ => {}
        }
        actions
    }

    /// Publishes an event to the owners of calls, once to each, or keeps it for calls that are being
    /// offered.
    fn distribute(
        &mut self,
        event: &LoggedEvent,
        calls: &[String],
        now: Instant,
        actions: &mut Vec<Action>,
    ) {
        let mut destinations: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let mut is_waiting = false;
        for id in calls {
            let Some(call) = self.calls.get_mut(id) else {
                continue;
            };
            call.log(event.clone());
            match &call.owner {
                Owner::Worker(worker) => destinations.entry(worker.clone()).or_default().push(id),
                Owner::Offered { .. } => {
                    call.pending.push(event.clone());
                    is_waiting = true;
                }
                Owner::Nobody => {}
            }
        }
        if destinations.is_empty() && !is_waiting {
            destinations.insert(
                NOBODY.to_owned(),
                calls.iter().map(String::as_str).collect(),
            );
        }
        if hooks::is_on(Mutant::Rebalance) {
            let workers = self.workers();
            let moved = destinations.into_iter().map(|(destination, calls)| {
                let moved = workers.iter().rev().find(|worker| **worker != destination);
                (moved.cloned().unwrap_or(destination), calls)
            });
            destinations = moved.collect();
        }
        for (destination, calls) in destinations {
            actions.extend(self.publish(&destination, event, &calls, now));
        }
    }

    fn publish(
        &mut self,
        destination: &str,
        event: &LoggedEvent,
        calls: &[&str],
        now: Instant,
    ) -> Option<Action> {
        let reading = self.reading.as_mut()?;
        let names = (&*self.server, &*self.application);
        let numbered = reading.number(
            names,
            destination,
            &event.kind,
            calls,
            event.text.clone(),
            now,
        );
        self.tally.counted.events_published += 1;
        self.journal.write(|| Record::Published {
            epoch: reading.epoch.clone(),
            number: reading.counters.all,
            destination: destination.to_owned(),
            in_destination: reading
                .counters
                .destinations
                .get(destination)
                .copied()
                .unwrap_or(0),
            calls: calls.iter().map(|call| (*call).to_owned()).collect(),
            kind: event.kind.to_string(),
        });
        Some(Action::Publish(numbered))
    }

    /// Publishes the events that have waited for an owner.
    pub(super) fn publish_pending(
        &mut self,
        id: &str,
        destination: &str,
        now: Instant,
        actions: &mut Vec<Action>,
    ) {
        let Some(call) = self.calls.get_mut(id) else {
            return;
        };
        for event in std::mem::take(&mut call.pending) {
            actions.extend(self.publish(destination, &event, &[id], now));
        }
    }
}

/// Returns true if a user event is one of the gateway itself.
fn is_probe(text: &str) -> bool {
    let event: Value = serde_json::from_str(text).unwrap_or_default();
    event.get("eventname").and_then(Value::as_str) == Some(PROBE_EVENT)
}

/// The part of an event that changes calls.
enum Subject {
    /// A channel enters the application, and takes the place of another.
    Enters {
        channel: String,
        replaces: Option<String>,
    },
    /// A channel leaves the application.
    Leaves { channel: String },
    /// A bridge ends.
    BridgeEnds { bridge: String },
    /// A playback or recording, as `kind:id`, begins on a channel or bridge.
    MediaBegins { media: String, target: String },
    /// A playback or recording ends.
    MediaEnds { media: String },
    /// Another client takes an application over.
    Replaced { application: String },
}

impl Subject {
    fn of(kind: &str, text: &str) -> Option<Subject> {
        if !matches!(
            kind,
            "StasisStart"
                | "StasisEnd"
                | "ChannelDestroyed"
                | "BridgeDestroyed"
                | "PlaybackStarted"
                | "PlaybackContinuing"
                | "PlaybackFinished"
                | "RecordingStarted"
                | "RecordingFinished"
                | "RecordingFailed"
                | "ApplicationReplaced"
        ) {
            return None;
        }
        let event: Value = serde_json::from_str(text).ok()?;
        let id = |key: &str| Some(event.get(key)?.get("id")?.as_str()?.to_owned());
        let media = |kind: &str, id: &str| {
            let object = event.get(kind)?;
            let target = object.get("target_uri").and_then(Value::as_str);
            let target = target.and_then(|uri| Some(uri.split_once(':')?.1.to_owned()));
            Some((media_key(kind, object.get(id)?.as_str()?), target))
        };
        Some(match kind {
            "StasisStart" => Subject::Enters {
                channel: id("channel")?,
                replaces: id("replace_channel"),
            },
            "BridgeDestroyed" => Subject::BridgeEnds {
                bridge: id("bridge")?,
            },
            "PlaybackStarted" | "PlaybackContinuing" => {
                let (media, target) = media(PLAYBACK, "id")?;
                let target = target?;
                Subject::MediaBegins { media, target }
            }
            "RecordingStarted" => {
                let (media, target) = media(RECORDING, "name")?;
                let target = target?;
                Subject::MediaBegins { media, target }
            }
            "PlaybackFinished" => Subject::MediaEnds {
                media: media(PLAYBACK, "id")?.0,
            },
            "RecordingFinished" | "RecordingFailed" => Subject::MediaEnds {
                media: media(RECORDING, "name")?.0,
            },
            "ApplicationReplaced" => Subject::Replaced {
                application: event.get("application")?.as_str()?.to_owned(),
            },
            _ => Subject::Leaves {
                channel: id("channel")?,
            },
        })
    }
}
