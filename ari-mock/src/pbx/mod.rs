//! The simulated PBX: its state and its scheduled tasks.
//!
//! All state is one value behind one lock, and nothing in it blocks. Delayed actions are put on the
//! schedule, and commands that have to wait are put into the queue of a channel. Events are sent
//! while the lock is held, into unbounded queues, so a client that reads slowly cannot block the
//! server.

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

/// A scheduled task.
type Due = Box<dyn FnOnce(&mut World) + Send>;

/// A user of `ari.conf`.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) password: String,
    pub(crate) read_only: bool,
}

/// Settings that do not change while the server runs.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) version: Version,
    pub(crate) entity_id: String,
    pub(crate) users: Vec<User>,
    pub(crate) sounds: BTreeMap<String, Duration>,
    pub(crate) dialplan: Dialplan,
    /// The behaviour of endpoints, such as `PJSIP/alice`, when they are called; `None` for one that
    /// is offline.
    pub(crate) endpoints: BTreeMap<String, Option<Phone>>,
    /// The time limit for a test that waits for a request.
    pub(crate) wait_limit: Duration,
}

/// The behaviour of a phone when it is called.
#[derive(Clone, Debug)]
pub(crate) enum Phone {
    /// The behaviour of the dialled extension of `testari`: `PJSIP/busy@loop` is busy.
    Dialplan,
    /// Always the same: an extension of its own.
    Own,
}

pub(crate) struct World {
    pub(crate) settings: Settings,
    /// The current endpoints.
    pub(crate) endpoints: BTreeMap<String, Option<Phone>>,
    pub(crate) shapes: &'static Shapes,
    pub(crate) clock: Clock,
    schedule: BTreeMap<(Duration, u64), Due>,
    /// The source of unique numbers.
    counter: u64,
    channel_ids: u64,
    names: u64,
    pub(crate) channels: BTreeMap<String, Channel>,
    pub(crate) bridges: BTreeMap<String, Bridge>,
    pub(crate) playbacks: BTreeMap<String, Playback>,
    pub(crate) live: BTreeMap<String, Live>,
    /// The formats and files of stored recordings.
    pub(crate) stored: BTreeMap<String, (String, Bytes)>,
    pub(crate) apps: BTreeMap<String, App>,
    pub(crate) sockets: HashMap<SocketId, mpsc::UnboundedSender<Message>>,
    pub(crate) globals: BTreeMap<String, String>,
    pub(crate) devices: Devices,
    /// Messages that were sent to endpoints.
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

    /// Resets everything that a restart of the server resets. Stored recordings, devices,
    /// mailboxes, and everything that the test has recorded or configured are kept. The clock goes
    /// on.
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

    /// Returns whether the release behaves like 22 rather than like 16.
    pub(crate) fn is_newer(&self) -> bool {
        self.settings.version.major >= 20
    }

    /// Returns whether a variable's value may be an object that enables reporting it in events.
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

    /// Returns the next number for a channel's name.
    pub(crate) fn name_number(&mut self) -> u64 {
        self.names += 1;
        self.names - 1
    }

    pub(crate) fn new_channel_id(&mut self) -> String {
        self.channel_ids += 1;
        format!("{}.{}", self.clock.unix_seconds(), self.channel_ids - 1)
    }

    /// Schedules a task that runs after `wait`.
    pub(crate) fn after(&mut self, wait: Duration, due: impl FnOnce(&mut World) + Send + 'static) {
        let key = (self.clock.now() + wait, self.number());
        self.schedule.insert(key, Box::new(due));
    }

    /// Schedules a task for a channel, which is not executed if the channel has ended by then: another
    /// one may have its id.
    pub(crate) fn after_for(
        &mut self,
        id: &str,
        wait: Duration,
        due: impl FnOnce(&mut World, &str) + Send + 'static,
    ) {
        let Some(serial) = self.channels.get(id).map(|channel| channel.serial) else {
            return;
        };
        let id = id.to_owned();
        self.after(wait, move |world| {
            let channel = world.channels.get(&id);
            if channel.is_some_and(|channel| channel.serial == serial) {
                due(world, &id);
            }
        });
    }

    /// Returns the time of the next scheduled task.
    pub(crate) fn next_due(&self) -> Option<Duration> {
        self.schedule.keys().next().map(|(due, _)| *due)
    }

    /// Runs the tasks that are due.
    pub(crate) fn run_due(&mut self) {
        while let Some(entry) = self.schedule.first_entry() {
            if entry.key().0 > self.clock.now() {
                return;
            }
            let due = entry.remove();
            due(self);
        }
    }

    /// Advances a paused clock and runs the tasks that fall due, each at its own time.
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

    /// Publishes an event about one channel.
    pub(crate) fn channel_event(&mut self, id: &str, kind: &'static str, rest: Object) {
        self.channel_event_with(id, kind, Object::new(), rest, Object::new());
    }

    /// Publishes an event about one channel, with additional members before the type, before the
    /// channel and after it.
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
