//! The calls of a worker.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ari_api::stream::find_event_type;
use bytes::Bytes;
use serde_json::Value;
use tokio::sync::mpsc;

use crate::transport::socket::END;
use crate::wire::claim::Claim;

/// The generation of a call's assignment to this worker. A gateway that has begun anew gives another
/// one. The clones of one assignment share it, and are equal to no other assignment.
#[derive(Clone, Debug)]
pub(crate) struct Generation(Arc<AtomicU64>);

impl Generation {
    pub(crate) fn new(generation: u64) -> Self {
        Generation(Arc::new(AtomicU64::new(generation)))
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn set(&self, generation: u64) {
        self.0.store(generation, Ordering::Relaxed);
    }
}

impl PartialEq for Generation {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// A call of this worker.
#[derive(Clone)]
pub(crate) struct CallKey {
    /// The server, and the application.
    pub(crate) place: (String, String),
    pub(crate) call: String,
    pub(crate) generation: Generation,
}

/// A call that this worker has, or believes to have.
#[derive(Debug)]
pub(crate) struct OwnCall {
    pub(crate) generation: Generation,
    channels: BTreeSet<String>,
    bridges: BTreeSet<String>,
    /// The receiver of its events. `None` while its socket is lost.
    pub(crate) socket: Option<mpsc::UnboundedSender<Bytes>>,
    /// True once the gateway has confirmed that this worker has it.
    pub(crate) is_confirmed: bool,
    /// True if another worker has it.
    pub(crate) is_lost: bool,
}

impl OwnCall {
    pub(crate) fn new(generation: u64) -> Self {
        OwnCall {
            generation: Generation::new(generation),
            channels: BTreeSet::new(),
            bridges: BTreeSet::new(),
            socket: None,
            is_confirmed: false,
            is_lost: false,
        }
    }

    /// Adds objects of the call, as `kind:id`.
    pub(crate) fn add_objects(&mut self, objects: &[String]) {
        for object in objects {
            match object.split_once(':') {
                Some(("channel", id)) => self.channels.insert(id.to_owned()),
                Some(("bridge", id)) => self.bridges.insert(id.to_owned()),
                _ => false,
            };
        }
    }

    pub(crate) fn channels(&self) -> &BTreeSet<String> {
        &self.channels
    }

    pub(crate) fn bridges(&self) -> &BTreeSet<String> {
        &self.bridges
    }

    /// Passes an event on, and notes which objects begin and end with it.
    pub(crate) fn on_event(&mut self, event: &Bytes) {
        self.is_confirmed = true;
        let text = std::str::from_utf8(event).unwrap_or_default();
        if let Ok(kind) = find_event_type(text, "type") {
            self.note_objects(&kind, text);
        }
        let Some(socket) = &self.socket else {
            return;
        };
        let mut sent = socket.send(event.clone());
        if self.channels.is_empty() {
            // Its last channel has left.
            sent = sent.and_then(|()| socket.send(END));
        }
        if sent.is_err() {
            self.socket = None;
        }
    }

    /// Ends the session, because the channels are gone.
    pub(crate) fn end(&mut self) {
        self.channels.clear();
        if self.socket.as_ref().is_some_and(|it| it.send(END).is_err()) {
            self.socket = None;
        }
    }

    fn note_objects(&mut self, kind: &str, text: &str) {
        let (key, begins) = match kind {
            "StasisStart" => ("channel", true),
            "StasisEnd" | "ChannelDestroyed" => ("channel", false),
            "BridgeCreated" => ("bridge", true),
            "BridgeDestroyed" => ("bridge", false),
            _ => return,
        };
        let event: Value = serde_json::from_str(text).unwrap_or_default();
        let Some(id) = event.get(key).and_then(|object| object.get("id")?.as_str()) else {
            return;
        };
        let objects = match key {
            "channel" => &mut self.channels,
            _ => &mut self.bridges,
        };
        match begins {
            true => objects.insert(id.to_owned()),
            false => objects.remove(id),
        };
    }

    /// Returns the claim of this worker to the call.
    pub(crate) fn claim(&self, call: &str) -> Claim {
        Claim {
            call: call.to_owned(),
            generation: self.generation.get(),
            channels: self.channels.iter().cloned().collect(),
            bridges: self.bridges.iter().cloned().collect(),
        }
    }
}
