//! The simulated PBX: its state and its scheduled tasks.
//!
//! All state is one value behind one lock, and nothing in it blocks. Delayed actions are put on the
//! schedule, and commands that have to wait are put into the queue of a channel. Events are sent
//! while the lock is held, into unbounded queues, so a client that reads slowly cannot block the
//! server.

mod apps;
mod bridge;
mod call;
mod call_broadcast;
pub(crate) mod cause;
mod channel;
mod clock;
mod command_queue;
mod detect;
mod device_states;
mod dialplan;
mod dialplan_exec;
mod dynamic_config;
mod endpoints;
mod hangup;
mod log_channels;
mod media;
mod media_state;
mod modules;
mod participants;
mod recording;
mod stasis;
mod variable_inheritance;
mod variables;
mod video;

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use ari_api::schema::{Operation, Version};
use bytes::Bytes;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

pub(crate) use apps::{App, Event, EventSubjects, Subscriptions};
pub(crate) use bridge::Bridge;
pub(crate) use call::NewChannel;
pub use call_broadcast::CallBroadcast;
pub(crate) use call_broadcast::{BroadcastState, ClaimError};
pub(crate) use channel::{
    AnswerDestination, Channel, ChannelKind, Command, CommandQueue, DialAttempt, LeaveDestination,
    Party, Position, QueuedFunction,
};
pub(crate) use clock::Clock;
pub(crate) use command_queue::DtmfSequence;
pub(crate) use device_states::DeviceStates;
pub use dialplan::Step;
pub(crate) use dialplan::{Dialplan, stasis_data};
pub(crate) use dynamic_config::{CONFIG_CLASS, ConfigError, ConfigObjects};
pub(crate) use endpoints::OutgoingMessage;
use log_channels::LogChannels;
pub(crate) use media::{MediaTarget, Playback};
pub(crate) use media_state::{MediaCommand, MediaState};
pub(crate) use modules::{ModuleOutcome, Modules};
pub(crate) use recording::LiveRecording;
pub(crate) use variables::VariableLookup;
pub(crate) use video::Video;

use crate::json::Object;
use crate::release_schema::ReleaseSchema;
use crate::server::{Fault, Request};
use crate::violation::{Violation, ViolationKind};

pub(crate) type SocketId = u64;

/// A scheduled task.
type ScheduledTask = Box<dyn FnOnce(&mut PbxState) + Send>;

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
    pub(crate) endpoints: BTreeMap<String, Option<EndpointBehavior>>,
    /// The time limit for a test that waits for a request.
    pub(crate) wait_timeout: Duration,
}

/// The behaviour of a phone when it is called.
#[derive(Clone, Debug)]
pub(crate) enum EndpointBehavior {
    /// The behaviour of the dialled extension of `testari`: `PJSIP/busy@loop` is busy.
    Dialplan,
    /// Always the same: an extension of its own.
    Fixed,
}

pub(crate) struct PbxState {
    pub(crate) settings: Settings,
    /// The current endpoints.
    pub(crate) endpoints: BTreeMap<String, Option<EndpointBehavior>>,
    pub(crate) schema: &'static ReleaseSchema,
    pub(crate) clock: Clock,
    schedule: BTreeMap<(Duration, u64), ScheduledTask>,
    /// The source of unique numbers.
    counter: u64,
    channel_id_counter: u64,
    name_counter: u64,
    pub(crate) channels: BTreeMap<String, Channel>,
    pub(crate) bridges: BTreeMap<String, Bridge>,
    pub(crate) playbacks: BTreeMap<String, Playback>,
    pub(crate) live_recordings: BTreeMap<String, LiveRecording>,
    /// The formats and files of stored recordings.
    pub(crate) stored_recordings: BTreeMap<String, (String, Bytes)>,
    pub(crate) apps: BTreeMap<String, App>,
    pub(crate) sockets: HashMap<SocketId, mpsc::UnboundedSender<Message>>,
    pub(crate) globals: BTreeMap<String, String>,
    pub(crate) device_states: DeviceStates,
    /// Messages that were sent to endpoints.
    pub(crate) sent_messages: Vec<OutgoingMessage>,
    pub(crate) mailboxes: BTreeMap<String, (i64, i64)>,
    pub(crate) modules: Modules,
    pub(crate) log_channels: LogChannels,
    pub(crate) config_objects: ConfigObjects,
    pub(crate) started_at: String,
    pub(crate) violations: Vec<Violation>,
    pub(crate) requests: Vec<Request>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) response_delay: Duration,
}

impl PbxState {
    pub(crate) fn new(settings: Settings, clock: Clock) -> Self {
        let started = clock.timestamp();
        let mut world = PbxState {
            schema: ReleaseSchema::for_version(settings.version),
            modules: Modules::for_version(settings.version),
            log_channels: LogChannels::default(),
            config_objects: ConfigObjects::new(),
            endpoints: settings.endpoints.clone(),
            settings,
            clock,
            schedule: BTreeMap::new(),
            counter: 0,
            channel_id_counter: 0,
            name_counter: 0,
            channels: BTreeMap::new(),
            bridges: BTreeMap::new(),
            playbacks: BTreeMap::new(),
            live_recordings: BTreeMap::new(),
            stored_recordings: BTreeMap::new(),
            apps: BTreeMap::new(),
            sockets: HashMap::new(),
            globals: BTreeMap::new(),
            device_states: DeviceStates::default(),
            sent_messages: Vec::new(),
            mailboxes: BTreeMap::new(),
            started_at: started,
            violations: Vec::new(),
            requests: Vec::new(),
            faults: Vec::new(),
            response_delay: Duration::ZERO,
        };
        world.define_endpoints();
        world
    }

    /// Resets everything that a restart of the server resets. Stored recordings, devices,
    /// mailboxes, and everything that the test has recorded or configured are kept. The clock goes
    /// on.
    pub(crate) fn restart(&mut self) {
        let clock = std::mem::replace(&mut self.clock, Clock::new(false));
        let mut fresh = PbxState::new(self.settings.clone(), clock);
        fresh.counter = self.counter;
        fresh.stored_recordings = std::mem::take(&mut self.stored_recordings);
        fresh.device_states.controlled = std::mem::take(&mut self.device_states.controlled);
        fresh.violations = std::mem::take(&mut self.violations);
        fresh.requests = std::mem::take(&mut self.requests);
        fresh.mailboxes = std::mem::take(&mut self.mailboxes);
        fresh.faults = std::mem::take(&mut self.faults);
        fresh.response_delay = self.response_delay;
        *self = fresh;
    }

    /// Returns whether the release behaves like 22 rather than like 16.
    pub(crate) fn behaves_like_22(&self) -> bool {
        self.settings.version.major >= 20
    }

    /// Returns whether a variable's value may be an object that enables reporting it in events.
    pub(crate) fn supports_variable_reports(&self) -> bool {
        let mut operations = ari_api::OPERATIONS.iter();
        operations.any(|operation| {
            let parameter = operation.parameter("report_events");
            parameter.is_some_and(|known| known.availability.includes(self.settings.version))
        })
    }

    pub(crate) fn next_number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    /// Returns the next number for a channel's name.
    pub(crate) fn next_name_number(&mut self) -> u64 {
        self.name_counter += 1;
        self.name_counter - 1
    }

    pub(crate) fn new_channel_id(&mut self) -> String {
        self.channel_id_counter += 1;
        format!(
            "{}.{}",
            self.clock.unix_seconds(),
            self.channel_id_counter - 1
        )
    }

    /// Schedules a task that runs after `wait`.
    pub(crate) fn run_after(
        &mut self,
        wait: Duration,
        due: impl FnOnce(&mut PbxState) + Send + 'static,
    ) {
        let key = (self.clock.now() + wait, self.next_number());
        self.schedule.insert(key, Box::new(due));
    }

    /// Schedules a task for a channel, which is not executed if the channel has ended by then: another
    /// one may have its id.
    pub(crate) fn run_after_for_channel(
        &mut self,
        id: &str,
        wait: Duration,
        due: impl FnOnce(&mut PbxState, &str) + Send + 'static,
    ) {
        let Some(serial) = self.channels.get(id).map(|channel| channel.serial) else {
            return;
        };
        let id = id.to_owned();
        self.run_after(wait, move |world| {
            let channel = world.channels.get(&id);
            if channel.is_some_and(|channel| channel.serial == serial) {
                due(world, &id);
            }
        });
    }

    /// Returns the time of the next scheduled task.
    pub(crate) fn next_task_time(&self) -> Option<Duration> {
        self.schedule.keys().next().map(|(due, _)| *due)
    }

    /// Runs the tasks that are due.
    pub(crate) fn run_due_tasks(&mut self) {
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

    pub(crate) fn record_violation(
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
    pub(crate) fn publish_channel_event(&mut self, id: &str, kind: &'static str, rest: Object) {
        self.publish_channel_event_with(id, kind, Object::new(), rest, Object::new());
    }

    /// Publishes an event about one channel, with additional members before the type, before the
    /// channel and after it.
    pub(crate) fn publish_channel_event_with(
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
        let rest = before.with("channel", channel.object()).extended(behind);
        let endpoint = channel.device().map(str::to_owned);
        let about = EventSubjects {
            channel: Some(id),
            endpoint: endpoint.as_deref(),
            ..EventSubjects::default()
        };
        self.publish(
            &about,
            Event {
                kind,
                before_type: first,
                after_timestamp: rest,
            },
        );
    }
}
