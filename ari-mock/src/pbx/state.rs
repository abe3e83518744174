//! The state of the PBX, its scheduled tasks and its command queues.
//!
//! Tasks and queued functions change the state, so they are defined together with it.

use std::collections::{HashMap, VecDeque};
use std::net::{SocketAddr, UdpSocket};
use std::time::{Duration, UNIX_EPOCH};

use ari_api::schema::Operation;
use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::Message;

use crate::json::Object;
#[cfg(feature = "control")]
use crate::model::ScenarioState;
use crate::model::{
    App, Bridge, Channel, ChannelRef, Clock, ConfigObjects, DeviceStates, DtmfSequence,
    EndpointBehavior, Event, EventSubjects, LiveRecording, LogChannels, MediaSupport, MediaTarget,
    Modules, OutboundId, OutboundSocket, OutgoingMessage, Playback, PlaybackKey, Settings,
    SocketId, WebSocketClient,
};
use crate::release_schema::ReleaseSchema;
use crate::rest::{Fault, ReceivedRequest, Response};
use crate::sorted_map::SortedMap;
use crate::violation::{Violation, ViolationKind};

/// A queued command of a channel.
pub(crate) enum Command {
    Playback(PlaybackKey),
    Recording(String),
    Dtmf(DtmfSequence),
    /// A command whose response is sent once it has run.
    Run(QueuedFunction, oneshot::Sender<Response>),
}

pub(crate) type QueuedFunction = Box<dyn FnOnce(&mut PbxState) -> Response + Send>;

/// A request for work on sockets. The server performs it, because code of this module must not
/// wait.
pub(crate) enum NetworkRequest {
    /// Sends and receives the packets of a channel.
    ServeRtp {
        socket: UdpSocket,
        peer: SocketAddr,
        packets: mpsc::UnboundedReceiver<Vec<u8>>,
        channel: ChannelRef,
    },
    /// Connects to an AudioSocket program, and then creates the channel.
    ConnectAudioSocket {
        host: String,
        connected: AudioSocketCallback,
    },
    /// Connects the WebSocket of a channel. Attempts are counted from 1.
    ConnectWebSocket {
        client: WebSocketClient,
        channel: ChannelRef,
        attempt: u32,
    },
    /// Connects an outbound WebSocket. Attempts are counted from 1.
    ConnectOutbound {
        client: WebSocketClient,
        id: OutboundId,
        attempt: u32,
    },
}

/// Creates the channel of a connection, or refuses the request if there is none.
pub(crate) type AudioSocketCallback = Box<
    dyn FnOnce(&mut PbxState, Option<mpsc::UnboundedSender<Vec<u8>>>) -> Option<ChannelRef> + Send,
>;

/// The command queue of a channel or bridge.
#[derive(Default)]
pub(crate) struct CommandQueue {
    pub(crate) waiting: VecDeque<Command>,
    /// True while a playback, a recording or DTMF is in progress.
    pub(crate) is_blocked: bool,
    /// The server's own channel that plays into a bridge.
    pub(crate) announcer: Option<String>,
}

/// A scheduled task.
type ScheduledTask = Box<dyn FnOnce(&mut PbxState) + Send>;

pub(crate) struct PbxState {
    pub(crate) settings: Settings,
    /// The current endpoints.
    pub(crate) endpoints: SortedMap<String, Option<EndpointBehavior>>,
    pub(crate) schema: &'static ReleaseSchema,
    pub(crate) media_support: MediaSupport,
    pub(crate) clock: Clock,
    /// The time of the next tick of the audio timer, if it is needed.
    pub(crate) next_audio_tick: Option<Duration>,
    network: mpsc::UnboundedSender<NetworkRequest>,
    /// The requests for the server, until it takes them.
    network_requests: Option<mpsc::UnboundedReceiver<NetworkRequest>>,
    /// True if a request has crashed the server.
    pub(crate) has_crashed: bool,
    schedule: SortedMap<(Duration, u64), ScheduledTask>,
    /// The steps of a scenario, which a restart of the server does not end.
    pub(super) script: SortedMap<(Duration, u64), ScheduledTask>,
    /// The number of restarts and resets before this state.
    pub(crate) generation: u64,
    /// The source of unique numbers.
    counter: u64,
    pub(super) channel_id_counter: u64,
    pub(super) name_counter: u64,
    pub(crate) channels: SortedMap<String, Channel>,
    pub(crate) bridges: SortedMap<String, Bridge>,
    /// The command queues of the channels and bridges that have had a command to queue.
    pub(crate) queues: HashMap<MediaTarget, CommandQueue>,
    pub(crate) playbacks: SortedMap<PlaybackKey, Playback>,
    pub(crate) live_recordings: SortedMap<String, LiveRecording>,
    /// The formats and files of stored recordings.
    pub(crate) stored_recordings: SortedMap<String, (String, Bytes)>,
    pub(crate) apps: SortedMap<String, App>,
    pub(crate) sockets: HashMap<SocketId, mpsc::UnboundedSender<Message>>,
    pub(crate) outbound_sockets: SortedMap<OutboundId, OutboundSocket>,
    pub(crate) globals: SortedMap<String, String>,
    pub(crate) device_states: DeviceStates,
    /// Messages that were sent to endpoints.
    pub(crate) sent_messages: Vec<OutgoingMessage>,
    pub(crate) mailboxes: SortedMap<String, (i64, i64)>,
    pub(crate) modules: Modules,
    pub(crate) log_channels: LogChannels,
    pub(crate) config_objects: ConfigObjects,
    pub(crate) started_at: String,
    #[cfg(feature = "control")]
    pub(crate) scenario: ScenarioState,
    /// The lines of the log of outbound WebSockets.
    pub(crate) log: Vec<String>,
    pub(crate) violations: Vec<Violation>,
    /// The number of violations that a reset has removed.
    pub(crate) removed_violations: usize,
    pub(crate) requests: Vec<ReceivedRequest>,
    /// The number of requests that a reset has removed.
    pub(crate) removed_requests: usize,
    pub(crate) faults: Vec<Fault>,
    pub(crate) response_delay: Duration,
}

impl PbxState {
    pub(crate) fn new(settings: Settings, clock: Clock) -> Self {
        let started = clock.timestamp();
        let (network, network_requests) = mpsc::unbounded_channel();
        let mut pbx = PbxState {
            media_support: MediaSupport::for_version(settings.version),
            next_audio_tick: None,
            network,
            network_requests: Some(network_requests),
            has_crashed: false,
            schema: ReleaseSchema::for_version(settings.version),
            modules: Modules::installed(settings.version, &settings.missing_modules),
            log_channels: LogChannels::default(),
            config_objects: ConfigObjects::new(),
            endpoints: settings.endpoints.clone(),
            settings,
            clock,
            schedule: SortedMap::new(),
            script: SortedMap::new(),
            generation: 0,
            counter: 0,
            channel_id_counter: 0,
            name_counter: 0,
            channels: SortedMap::new(),
            bridges: SortedMap::new(),
            queues: HashMap::new(),
            playbacks: SortedMap::new(),
            live_recordings: SortedMap::new(),
            stored_recordings: SortedMap::new(),
            apps: SortedMap::new(),
            sockets: HashMap::new(),
            outbound_sockets: SortedMap::new(),
            globals: SortedMap::new(),
            device_states: DeviceStates::default(),
            sent_messages: Vec::new(),
            mailboxes: SortedMap::new(),
            started_at: started,
            #[cfg(feature = "control")]
            scenario: ScenarioState::default(),
            log: Vec::new(),
            violations: Vec::new(),
            removed_violations: 0,
            requests: Vec::new(),
            removed_requests: 0,
            faults: Vec::new(),
            response_delay: Duration::ZERO,
        };
        pbx.define_endpoints();
        pbx
    }

    /// Resets everything that a restart of the server resets. Stored recordings, devices,
    /// mailboxes, and everything that the test has recorded or configured are kept. The clock goes
    /// on.
    pub(crate) fn restart(&mut self) {
        let mut fresh = self.successor();
        fresh.stored_recordings = std::mem::take(&mut self.stored_recordings);
        fresh.device_states.controlled = std::mem::take(&mut self.device_states.controlled);
        #[cfg(feature = "control")]
        {
            fresh.scenario = std::mem::take(&mut self.scenario);
        }
        fresh.script = std::mem::take(&mut self.script);
        fresh.violations = std::mem::take(&mut self.violations);
        fresh.requests = std::mem::take(&mut self.requests);
        fresh.mailboxes = std::mem::take(&mut self.mailboxes);
        fresh.faults = std::mem::take(&mut self.faults);
        fresh.response_delay = self.response_delay;
        *self = fresh;
    }

    /// Returns a state as at the start, with the clock and the network of this one. Its unique numbers
    /// go on, so that nothing of this state is found in it.
    pub(super) fn successor(&mut self) -> PbxState {
        let clock = std::mem::replace(&mut self.clock, Clock::new(UNIX_EPOCH, false));
        let mut fresh = PbxState::new(self.settings.clone(), clock);
        fresh.generation = self.generation + 1;
        fresh.counter = self.counter;
        fresh.network = self.network.clone();
        fresh.network_requests = self.network_requests.take();
        fresh.removed_violations = self.removed_violations;
        fresh.removed_requests = self.removed_requests;
        fresh.log = std::mem::take(&mut self.log);
        fresh
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
        self.run_at(self.clock.now() + wait, due);
    }

    /// Schedules a task that runs at a time of the clock.
    pub(crate) fn run_at(
        &mut self,
        time: Duration,
        due: impl FnOnce(&mut PbxState) + Send + 'static,
    ) {
        let key = (time, self.next_number());
        self.schedule.insert(key, Box::new(due));
    }

    /// Schedules a step of a scenario.
    #[cfg(feature = "control")]
    pub(crate) fn run_script_after(
        &mut self,
        wait: Duration,
        due: impl FnOnce(&mut PbxState) + Send + 'static,
    ) {
        let key = (self.clock.now() + wait, self.next_number());
        self.script.insert(key, Box::new(due));
    }

    /// Passes work to the server.
    pub(crate) fn request_network(&self, request: NetworkRequest) {
        // Fails if the server has been dropped.
        let _ = self.network.send(request);
    }

    /// Returns the requests for the server. They can be taken once.
    pub(crate) fn take_network_requests(
        &mut self,
    ) -> Option<mpsc::UnboundedReceiver<NetworkRequest>> {
        self.network_requests.take()
    }

    /// Records that input has crashed the server, which drops all connections and calls.
    pub(crate) fn crash(&mut self, what: impl Into<String>) {
        self.record_violation(None, ViolationKind::Crash, what);
        self.has_crashed = true;
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
        self.run_after(wait, move |pbx| {
            let channel = pbx.channels.get(&id);
            if channel.is_some_and(|channel| channel.serial == serial) {
                due(pbx, &id);
            }
        });
    }

    /// Returns the time of the next scheduled task.
    pub(crate) fn next_task_time(&self) -> Option<Duration> {
        let next = |tasks: &SortedMap<(Duration, u64), _>| tasks.keys().next().copied();
        let first = match (next(&self.schedule), next(&self.script)) {
            (Some(task), Some(step)) => Some(task.min(step)),
            (task, step) => task.or(step),
        };
        first.map(|(due, _)| due)
    }

    /// Removes the next task, with its time.
    fn take_task(&mut self) -> Option<(Duration, ScheduledTask)> {
        let next = |tasks: &SortedMap<(Duration, u64), _>| tasks.keys().next().copied();
        let is_step = match (next(&self.schedule), next(&self.script)) {
            (Some(task), Some(step)) => step < task,
            (task, _) => task.is_none(),
        };
        let tasks = match is_step {
            true => &mut self.script,
            false => &mut self.schedule,
        };
        tasks.pop_first().map(|((due, _), task)| (due, task))
    }

    /// Runs the tasks that are due.
    pub(crate) fn run_due_tasks(&mut self) {
        while self
            .next_task_time()
            .is_some_and(|due| due <= self.clock.now())
        {
            if let Some((_, task)) = self.take_task() {
                task(self);
            }
        }
    }

    /// Advances a paused clock and runs the tasks that fall due, each at its own time.
    pub(crate) fn advance(&mut self, time: Duration) {
        let target = self.clock.now() + time;
        while self.next_task_time().is_some_and(|due| due <= target) {
            let Some((due, task)) = self.take_task() else {
                break;
            };
            if due > self.clock.now() {
                self.clock.set(due);
            }
            task(self);
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
