//! The model of a telephone exchange: what Asterisk would know, and what it would do next.
//!
//! All of it is one value behind one lock. Nothing in it waits: what takes time is put on the
//! schedule, and what has to wait for something stands in the queue of a channel. Events are sent
//! while the lock is held, into queues that take any number, so that nobody who reads slowly can
//! hold it up.

mod apps;
mod bridge;
mod call;
pub(crate) mod cause;
mod channel;
mod clock;
mod detect;
mod devices;
mod dialplan;
mod ending;
mod inherit;
mod logs;
mod media;
mod members;
mod modules;
mod objects;
mod offer;
mod phones;
mod queue;
mod recording;
mod run;
mod stasis;
mod treatment;
mod variables;
mod video;

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use ari_api::runtime::{Operation, Version};
use bytes::Bytes;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

pub(crate) use apps::{About, App, Event, Sources};
pub(crate) use bridge::Bridge;
pub(crate) use call::Call;
pub(crate) use channel::{
    Channel, Command, Dialing, Kind, Leaving, Party, Position, Queue, Run, Then,
};
pub(crate) use clock::Clock;
pub(crate) use devices::Devices;
pub use dialplan::Step;
pub(crate) use dialplan::{Dialplan, application_data};
use logs::Logs;
pub(crate) use media::{Playback, Target};
pub(crate) use modules::{Modules, Outcome};
pub(crate) use objects::{CLASS, Objects, Refusal};
pub use offer::Offer;
pub(crate) use offer::{NotClaimed, Offered};
pub(crate) use phones::Sent;
pub(crate) use queue::Keys;
pub(crate) use recording::Live;
pub(crate) use treatment::{Treat, Treatment};
pub(crate) use variables::Read;
pub(crate) use video::Video;

use crate::json::Object;
use crate::server::{Fault, Request};
use crate::shape::Shapes;
use crate::violation::{Violation, ViolationKind};

pub(crate) type SocketId = u64;

/// What is on the schedule.
type Due = Box<dyn FnOnce(&mut World) + Send>;

/// A user of `ari.conf`.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) password: String,
    pub(crate) read_only: bool,
}

/// What does not change while the server runs.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) version: Version,
    pub(crate) entity_id: String,
    pub(crate) users: Vec<User>,
    pub(crate) sounds: BTreeMap<String, Duration>,
    pub(crate) dialplan: Dialplan,
    /// `PJSIP/alice`, and what it does when it is called; nothing for one that is offline.
    pub(crate) endpoints: BTreeMap<String, Option<Phone>>,
    /// How long a test may wait for a request.
    pub(crate) wait_limit: Duration,
}

/// What a phone does when it is called.
#[derive(Clone, Debug)]
pub(crate) enum Phone {
    /// As the extension of `testari` does that is called on it: `PJSIP/busy@loop` is busy.
    Dialplan,
    /// Always the same: an extension of its own.
    Own,
}

pub(crate) struct World {
    pub(crate) settings: Settings,
    /// The phones that there are now.
    pub(crate) endpoints: BTreeMap<String, Option<Phone>>,
    pub(crate) shapes: &'static Shapes,
    pub(crate) clock: Clock,
    schedule: BTreeMap<(Duration, u64), Due>,
    /// Counts whatever needs a number of its own.
    counter: u64,
    channel_ids: u64,
    names: u64,
    pub(crate) channels: BTreeMap<String, Channel>,
    pub(crate) bridges: BTreeMap<String, Bridge>,
    pub(crate) playbacks: BTreeMap<String, Playback>,
    pub(crate) live: BTreeMap<String, Live>,
    /// Recordings that are stored: their format and file.
    pub(crate) stored: BTreeMap<String, (String, Bytes)>,
    pub(crate) apps: BTreeMap<String, App>,
    pub(crate) sockets: HashMap<SocketId, mpsc::UnboundedSender<Message>>,
    pub(crate) globals: BTreeMap<String, String>,
    pub(crate) devices: Devices,
    /// What was sent to phones.
    pub(crate) sent: Vec<Sent>,
    pub(crate) mailboxes: BTreeMap<String, (i64, i64)>,
    pub(crate) modules: Modules,
    pub(crate) logs: Logs,
    pub(crate) objects: Objects,
    pub(crate) started: String,
    pub(crate) violations: Vec<Violation>,
    pub(crate) requests: Vec<Request>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) delay: Duration,
}

impl World {
    pub(crate) fn new(settings: Settings, clock: Clock) -> Self {
        let started = clock.timestamp();
        let mut world = World {
            shapes: Shapes::of(settings.version),
            modules: Modules::of(settings.version),
            logs: Logs::default(),
            objects: Objects::new(),
            endpoints: settings.endpoints.clone(),
            settings,
            clock,
            schedule: BTreeMap::new(),
            counter: 0,
            channel_ids: 0,
            names: 0,
            channels: BTreeMap::new(),
            bridges: BTreeMap::new(),
            playbacks: BTreeMap::new(),
            live: BTreeMap::new(),
            stored: BTreeMap::new(),
            apps: BTreeMap::new(),
            sockets: HashMap::new(),
            globals: BTreeMap::new(),
            devices: Devices::default(),
            sent: Vec::new(),
            mailboxes: BTreeMap::new(),
            started,
            violations: Vec::new(),
            requests: Vec::new(),
            faults: Vec::new(),
            delay: Duration::ZERO,
        };
        world.define_phones();
        world
    }

    /// Forgets everything that a restart of the server forgets: all but stored recordings, devices,
    /// mailboxes, and what a test has written down or asked for. Time goes on.
    pub(crate) fn restart(&mut self) {
        let clock = std::mem::replace(&mut self.clock, Clock::new(false));
        let mut fresh = World::new(self.settings.clone(), clock);
        fresh.counter = self.counter;
        fresh.stored = std::mem::take(&mut self.stored);
        fresh.devices.own = std::mem::take(&mut self.devices.own);
        fresh.violations = std::mem::take(&mut self.violations);
        fresh.requests = std::mem::take(&mut self.requests);
        fresh.mailboxes = std::mem::take(&mut self.mailboxes);
        fresh.faults = std::mem::take(&mut self.faults);
        fresh.delay = self.delay;
        *self = fresh;
    }

    /// Whether the release is known to behave as 22 does where that differs from 16.
    pub(crate) fn is_newer(&self) -> bool {
        self.settings.version.major >= 20
    }

    /// Whether a variable's value may be an object that says to report it in events.
    pub(crate) fn reports_variables(&self) -> bool {
        let mut operations = ari_api::OPERATIONS.iter();
        operations.any(|operation| {
            let parameter = operation.parameter("report_events");
            parameter.is_some_and(|known| known.availability.includes(self.settings.version))
        })
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    /// The next number in a channel's name.
    pub(crate) fn name_number(&mut self) -> u64 {
        self.names += 1;
        self.names - 1
    }

    pub(crate) fn new_channel_id(&mut self) -> String {
        self.channel_ids += 1;
        format!("{}.{}", self.clock.unix_seconds(), self.channel_ids - 1)
    }

    /// Has something done after a while.
    pub(crate) fn after(&mut self, wait: Duration, due: impl FnOnce(&mut World) + Send + 'static) {
        let key = (self.clock.now() + wait, self.number());
        self.schedule.insert(key, Box::new(due));
    }

    /// When the next thing is due.
    pub(crate) fn next_due(&self) -> Option<Duration> {
        self.schedule.keys().next().map(|(due, _)| *due)
    }

    /// Does what is due.
    pub(crate) fn run_due(&mut self) {
        while let Some(entry) = self.schedule.first_entry() {
            if entry.key().0 > self.clock.now() {
                return;
            }
            let due = entry.remove();
            due(self);
        }
    }

    /// Advances a standing clock, and does what falls due on the way, each at its own time.
    pub(crate) fn advance(&mut self, time: Duration) {
        let target = self.clock.now() + time;
        while let Some(entry) = self.schedule.first_entry() {
            let due = entry.key().0;
            if due > target {
                break;
            }
            let action = entry.remove();
            if due > self.clock.now() {
                self.clock.set(due);
            }
            action(self);
        }
        self.clock.set(target);
    }

    pub(crate) fn violation(
        &mut self,
        operation: Option<&'static Operation>,
        kind: ViolationKind,
        detail: impl Into<String>,
    ) {
        self.violations.push(Violation {
            operation,
            kind,
            detail: detail.into(),
        });
    }

    /// An event about one channel.
    pub(crate) fn channel_event(&mut self, id: &str, kind: &'static str, rest: Object) {
        self.channel_event_with(id, kind, Object::new(), rest, Object::new());
    }

    /// The same, with what is written before the type and behind the channel.
    pub(crate) fn channel_event_with(
        &mut self,
        id: &str,
        kind: &'static str,
        first: Object,
        before: Object,
        behind: Object,
    ) {
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        let rest = before.with("channel", channel.object()).and(behind);
        let endpoint = channel.device().map(str::to_owned);
        let about = About {
            channel: Some(id),
            endpoint: endpoint.as_deref(),
            ..About::default()
        };
        self.publish(&about, Event { kind, first, rest });
    }
}
