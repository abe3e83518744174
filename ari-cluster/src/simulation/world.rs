//! One run: the parts of a cluster, and what happens to them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, UNIX_EPOCH};

use ari_api::error::TransportError;
use ari_api::server::IncomingSession;
use ari_api::transport::{
    BoxFuture, IncomingFrame, OutgoingFrame, Request, Response, Transport, WebSocket,
};
use ari_api::{Client, Error, Event};
use ari_mock::{Asterisk, InProcessTransport};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};

use super::observe::{self, Observation, note};
use super::slow_socket::SlowTransport;
use crate::bus::SharedBus;
use crate::bus::memory::{Faults, MemoryBus, Random};
use crate::cluster::Cluster;
use crate::gateway::{Gateway, GatewayBuilder, Orphaned, Unserved};
use crate::hooks::Mutant;
use crate::hooks::tasks::{JoinSet as Tasks, Process};
use crate::testing::{Delivered, Run, Watched};
use crate::worker::member::Member;
use crate::worker::serve::{Service, boxed, run as serve};

/// The longest time from a new call to its worker or its policy.
const OFFER_LIMIT: Duration = Duration::from_secs(3);

const APPLICATION: &str = "hello";

/// The longest time that events take from a server to its gateway.
const LONGEST_SOCKET_DELAY: Duration = Duration::from_millis(20);

/// The time during which parts fail, and the time after it in which all calls must end.
const TROUBLE: Duration = Duration::from_secs(60);
const PEACE: Duration = Duration::from_secs(150);

/// The time without any call after which nothing more is expected to happen.
const SILENCE: Duration = Duration::from_secs(20);

/// The time for which a watcher watches.
const WATCHED: Duration = Duration::from_secs(14);

/// The number of calls of a load, and the pause between two. Requests are remembered for five minutes,
/// a half takes longer.
const LOAD_CALLS: u32 = 600;
const LOAD_PAUSE: Duration = Duration::from_millis(1200);

/// The longest times for which a worker and the bus are frozen. Gateways give up a worker after five
/// seconds, and workers a gateway after three.
const LONGEST_FROZEN_WORKER: Duration = Duration::from_secs(12);
const LONGEST_FROZEN_BUS: Duration = Duration::from_secs(8);

/// The longest time that a handler keeps a call.
const LONGEST_CALL: Duration = Duration::from_secs(20);

/// The largest messages that the bus takes. All sizes of messages are above and below one of them.
const MAX_SIZES: [usize; 4] = [1024 * 1024, 16 * 1024, 4 * 1024, 2 * 1024];

/// The size of a text that is sent for each call.
const LARGE_TEXT: usize = 5000;

fn max_size(random: &mut Random) -> usize {
    MAX_SIZES[random.below(MAX_SIZES.len() as u64) as usize]
}

struct RunningWorker {
    member: Arc<Member>,
    tasks: Tasks<()>,
    node: usize,
    process: Process,
}

struct World {
    random: Random,
    begun: Instant,
    /// The clocks of the servers, in milliseconds ahead.
    skews: Vec<u64>,
    bus: MemoryBus,
    /// The time that events take from a server to its gateway.
    socket_delay: Duration,
    /// The time after which gateways forget silent workers.
    forget_after: Duration,
    servers: Vec<(String, Asterisk)>,
    gateways: BTreeMap<usize, (usize, usize, Gateway)>,
    workers: BTreeMap<usize, RunningWorker>,
    delivered: Vec<Delivered>,
    watchers: JoinSet<()>,
    watched: Arc<Mutex<Vec<Watched>>>,
    next: usize,
}

/// Runs a seed.
pub(crate) async fn simulate(seed: u64, mutant: Option<Mutant>) -> Run {
    observe::take();
    let mut random = Random::new(seed);
    let faults = Faults {
        delay: Duration::from_millis(random.below(30)),
        loss: random.below(50).saturating_sub(10),
        duplication: random.below(40),
        reordering: random.below(200),
        max_size: max_size(&mut random),
        subscribes_late: mutant == Some(Mutant::SubscribesLate),
    };
    let servers = 1 + random.below(2);
    let mut world = World::new(random, faults, servers).await;
    if seed % 2 == 1 {
        // Longer than heartbeats and questions for lost events take.
        world.forget_after = Duration::from_secs(8 + seed % 12);
    }
    for server in 0..world.servers.len() {
        world.start_gateway(server);
    }
    for _ in 0..1 + world.random.below(3) {
        world.start_worker().await;
    }
    let end = Instant::now() + TROUBLE;
    while Instant::now() < end {
        let pause = world.random.duration(Duration::from_secs(2));
        sleep(pause).await;
        world.happen().await;
    }
    note("peace");
    world.bus.set_faults(Faults {
        loss: 0,
        duplication: 0,
        reordering: 0,
        ..faults
    });
    world.restore().await;
    world.wait_for_silence(end + PEACE).await;
    world.finish()
}

/// Runs a seed in which nothing fails, but gateways are replaced by others all the time, as for an
/// upgrade.
pub(crate) async fn simulate_upgrades(seed: u64, mutant: Option<Mutant>) -> Run {
    observe::take();
    let mut random = Random::new(seed);
    let faults = Faults {
        delay: Duration::from_millis(random.below(30)),
        // Three lost heartbeats in a row are a gap, by right.
        loss: 0,
        duplication: random.below(30),
        reordering: 0,
        max_size: max_size(&mut random),
        subscribes_late: mutant == Some(Mutant::SubscribesLate),
    };
    let mut world = World::new(random, faults, 1).await;
    for _ in 0..4 {
        world.start_worker().await;
    }
    world.start_gateway(0);
    let end = Instant::now() + TROUBLE;
    let mut next_upgrade = Instant::now() + Duration::from_secs(4);
    while Instant::now() < end {
        let pause = world.random.duration(Duration::from_secs(2));
        sleep(pause).await;
        match world.random.chance(300) {
            true => world.start_watcher().await,
            false => world.incoming_call(),
        }
        if Instant::now() >= next_upgrade {
            next_upgrade = Instant::now() + Duration::from_secs(6);
            world.start_gateway(0);
            // The old one ends when it has nothing to do any more.
            sleep(Duration::from_secs(3)).await;
            let oldest = world.gateways.keys().next().copied();
            if let Some((_, _, gateway)) = oldest.and_then(|oldest| world.gateways.remove(&oldest))
            {
                note("the old gateway ends");
                drop(gateway);
            }
        }
    }
    sleep_until(end + PEACE).await;
    world.finish()
}

/// Runs a seed in which nothing fails, but workers and the bus are frozen all the time.
pub(crate) async fn simulate_freezes(seed: u64, _: Option<Mutant>) -> Run {
    observe::take();
    let mut random = Random::new(seed);
    let faults = Faults {
        delay: Duration::from_millis(random.below(30)),
        loss: 0,
        duplication: 0,
        reordering: 0,
        max_size: max_size(&mut random),
        subscribes_late: false,
    };
    let servers = 1 + random.below(2);
    let mut world = World::new(random, faults, servers).await;
    for server in 0..world.servers.len() {
        world.start_gateway(server);
    }
    for _ in 0..3 {
        world.start_worker().await;
    }
    let end = Instant::now() + TROUBLE;
    while Instant::now() < end {
        let pause = world.random.duration(Duration::from_secs(2));
        sleep(pause).await;
        match world.random.below(100) {
            0..20 => world.freeze_worker(),
            20..26 => world.freeze_bus(),
            _ => world.incoming_call(),
        }
    }
    note("peace");
    world.restore().await;
    world.wait_for_silence(end + PEACE).await;
    world.finish()
}

/// Runs a seed in which nothing happens but that the bus loses many messages, and watchers begin.
pub(crate) async fn simulate_watchers(seed: u64, _: Option<Mutant>) -> Run {
    observe::take();
    let mut random = Random::new(seed);
    let faults = Faults {
        delay: Duration::from_millis(random.below(30)),
        loss: 50,
        duplication: random.below(30),
        reordering: 0,
        max_size: max_size(&mut random),
        subscribes_late: false,
    };
    let mut world = World::new(random, faults, 1).await;
    world.start_gateway(0);
    world.start_worker().await;
    for _ in 0..20 {
        sleep(Duration::from_secs(2)).await;
        world.start_watcher().await;
    }
    sleep(WATCHED).await;
    world.bus.set_faults(Faults { loss: 0, ..faults });
    let end = Instant::now() + PEACE;
    world.wait_for_silence(end).await;
    world.finish()
}

/// Runs many calls, and takes the sizes of the gateway's tables after a half of them, and at the end.
pub(crate) async fn simulate_load(sizes: &mut Vec<Vec<(&'static str, usize)>>) -> Run {
    observe::take();
    let mut world = World::without_faults().await;
    world.start_gateway(0);
    for _ in 0..8 {
        world.start_worker().await;
    }
    for _ in 0..2 {
        for _ in 0..LOAD_CALLS / 2 {
            sleep(LOAD_PAUSE).await;
            world.incoming_call();
        }
        let (_, _, gateway) = world.gateways.values().next().unwrap();
        sizes.push(gateway.table_sizes());
    }
    let end = Instant::now() + PEACE;
    world.wait_for_silence(end).await;
    world.finish()
}

/// Runs a call on a server whose first socket gets no events.
pub(crate) async fn simulate_deaf_socket() -> Run {
    observe::take();
    let mut world = World::without_faults().await;
    world.start_worker().await;
    let first = AtomicBool::new(true);
    world.start_gateway_over(0, |transport| DeafAtFirst { transport, first });
    sleep(Duration::from_secs(60)).await;
    world.incoming_call();
    sleep(PEACE).await;
    world.finish()
}

/// A transport whose first socket gets no events.
#[derive(Debug)]
struct DeafAtFirst {
    transport: InProcessTransport,
    first: AtomicBool,
}

impl Transport for DeafAtFirst {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        self.transport.send(request)
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(async move {
            let socket = self.transport.connect(request).await?;
            Ok(match self.first.swap(false, Ordering::Relaxed) {
                true => Box::new(Deaf { _socket: socket }),
                false => socket,
            })
        })
    }
}

/// An open socket that gets pongs and no events.
struct Deaf {
    _socket: Box<dyn WebSocket>,
}

impl WebSocket for Deaf {
    fn poll_receive(
        &mut self,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<IncomingFrame<'_>, TransportError>>> {
        Poll::Pending
    }

    fn send(&mut self, _: OutgoingFrame) -> Result<(), TransportError> {
        Ok(())
    }

    fn poll_flush(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }
}

impl World {
    /// Returns one server, and a bus that only delays.
    async fn without_faults() -> World {
        let faults = Faults {
            delay: Duration::from_millis(10),
            loss: 0,
            duplication: 0,
            reordering: 0,
            max_size: MAX_SIZES[0],
            subscribes_late: false,
        };
        World::new(Random::new(0), faults, 1).await
    }

    async fn new(mut random: Random, faults: Faults, count: u64) -> Self {
        note(format!("{faults:?}"));
        let bus = MemoryBus::new(random.next(), faults);
        let mut servers = Vec::new();
        for index in 0..count {
            let server = Asterisk::builder().release(22).in_process();
            // A date of its own: it is part of the channels' ids.
            let server = server.started_at(UNIX_EPOCH + Duration::from_secs(1_700_000_000));
            servers.push((format!("server-{index}"), server.start().await.unwrap()));
        }
        World {
            begun: Instant::now(),
            socket_delay: random.duration(LONGEST_SOCKET_DELAY),
            forget_after: Duration::from_secs(600),
            skews: servers.iter().map(|_| random.below(600_000)).collect(),
            bus,
            servers,
            gateways: BTreeMap::new(),
            workers: BTreeMap::new(),
            delivered: Vec::new(),
            watchers: JoinSet::new(),
            watched: Arc::default(),
            next: 0,
            random,
        }
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn start_gateway(&mut self, server: usize) {
        self.start_gateway_over(server, |transport| transport);
    }

    fn start_gateway_over<T: Transport + 'static>(
        &mut self,
        server: usize,
        wrap: impl FnOnce(InProcessTransport) -> T,
    ) {
        let number = self.number();
        let (name, pbx) = &self.servers[server];
        let connection = self.bus.connect();
        let node = connection.node;
        let transport = SlowTransport {
            transport: wrap(pbx.transport()),
            server: name.clone(),
            delay: self.socket_delay,
        };
        let gateway = GatewayBuilder::new(name.clone(), transport)
            .application(APPLICATION)
            // Nobody asks it.
            .directory(false)
            .unserved(Unserved::Continue)
            .forget_workers_after(self.forget_after)
            .orphaned(Orphaned::HangUp, Duration::from_secs(10))
            .clock({
                // The gateways of a server run on its host, and share its clock.
                let (begun, skew) = (self.begun, self.skews[server]);
                move || 1_000_000 + begun.elapsed().as_millis() as u64 + skew
            })
            .journal({
                let server = name.clone();
                move |record| {
                    observe::add(Observation::Gateway {
                        server: server.clone(),
                        gateway: number,
                        record: record.clone(),
                    });
                }
            })
            .without_service()
            .start_on(Arc::new(connection));
        note(format!("gateway {number} of {name} starts"));
        self.gateways.insert(number, (server, node, gateway));
    }

    async fn start_worker(&mut self) {
        let number = self.number();
        let connection = self.bus.connect();
        let (node, process) = (connection.node, connection.process.clone());
        let service = Service {
            application: APPLICATION.to_owned(),
            max_calls: 1 + self.random.below(6) as usize,
            handler: boxed(call),
            resume: Some(boxed(resumed)),
        };
        let starting = async {
            let connection: SharedBus = Arc::new(connection);
            let (member, mut tasks) = loop {
                // The bus may stand still.
                let joining = Member::join(connection.clone(), Some(APPLICATION));
                if let Ok(joined) = joining.await {
                    break joined;
                }
            };
            let serving = member.clone();
            tasks.spawn(async move {
                let _ = serve(serving, service).await;
            });
            (member, tasks)
        };
        let (member, tasks) = process.clone().run(starting).await;
        note(format!("worker {number} starts: {}", member.id));
        self.workers.insert(
            number,
            RunningWorker {
                member,
                tasks,
                node,
                process,
            },
        );
    }

    /// Freezes a worker for a while, as if its process was stopped. What has arrived meanwhile is there
    /// when it wakes up.
    fn freeze_worker(&mut self) {
        let duration = self.random.duration(LONGEST_FROZEN_WORKER);
        let number = self.pick_worker();
        let Some(worker) = number.and_then(|number| self.workers.get(&number)) else {
            return;
        };
        if worker.process.is_frozen() {
            return;
        }
        worker.process.freeze();
        let (process, worker) = (worker.process.clone(), worker.member.id.clone());
        observe::add(Observation::Frozen {
            worker: Some(worker.clone()),
            duration,
        });
        tokio::spawn(async move {
            sleep(duration).await;
            note(format!("worker {worker} wakes up"));
            process.wake_up();
        });
    }

    /// Lets the bus stand still for a while.
    fn freeze_bus(&mut self) {
        let duration = self.random.duration(LONGEST_FROZEN_BUS);
        if self.bus.is_frozen() {
            return;
        }
        self.bus.set_frozen(true);
        observe::add(Observation::Frozen {
            worker: None,
            duration,
        });
        let bus = self.bus.clone();
        tokio::spawn(async move {
            sleep(duration).await;
            note("the bus goes on");
            bus.set_frozen(false);
        });
    }

    /// Lets something happen.
    async fn happen(&mut self) {
        match self.random.below(110) {
            0..45 => self.incoming_call(),
            45..50 => self.start_watcher().await,
            50..58 => {
                if let Some(number) = self.pick_worker() {
                    self.end_worker(number, false);
                    note(format!("worker {number} is killed"));
                }
            }
            58..68 => self.start_worker().await,
            68..74 => {
                if let Some(number) = self.pick_gateway() {
                    let (server, _, gateway) = self.gateways.remove(&number).unwrap();
                    drop(gateway);
                    note(format!("gateway {number} is killed"));
                    if self.random.chance(500) {
                        self.start_gateway(server);
                    }
                }
            }
            74..80 => {
                let server = self.random.below(self.servers.len() as u64) as usize;
                self.start_gateway(server);
            }
            80..88 => {
                let nodes: Vec<_> = self.nodes();
                let index = self.random.below(nodes.len() as u64) as usize;
                let cut_off = self.random.chance(500);
                if let Some(node) = nodes.get(index) {
                    note(format!("node {node} is cut off: {cut_off}"));
                    self.bus.set_cut_off(*node, cut_off);
                }
            }
            88..94 => {
                let index = self.random.below(self.servers.len() as u64) as usize;
                let (name, pbx) = &self.servers[index];
                note(format!("the socket of {name} is dropped"));
                pbx.drop_socket(APPLICATION);
            }
            94..97 => {
                let index = self.random.below(self.servers.len() as u64) as usize;
                let (name, pbx) = &mut self.servers[index];
                note(format!("{name} restarts"));
                pbx.stop();
                pbx.restart().await.unwrap();
            }
            97..105 => self.freeze_worker(),
            105..107 => self.freeze_bus(),
            _ => {
                for (_, pbx) in &self.servers {
                    for id in pbx.channel_ids() {
                        if self.random.chance(500) {
                            note(format!("the caller {id} hangs up"));
                            pbx.channel(id).hang_up();
                        }
                    }
                }
            }
        }
    }

    /// Starts to watch all events, for some seconds. A call begins right afterwards.
    async fn start_watcher(&mut self) {
        let connection = self.bus.connect();
        let cluster = Cluster::on(Arc::new(connection));
        let mut stream = loop {
            // The bus may stand still.
            if let Ok(stream) = cluster.watch().start().await {
                break stream;
            }
        };
        let begun = Instant::now();
        note("a watcher starts");
        self.incoming_call();
        let watched = self.watched.clone();
        self.watchers.spawn(async move {
            let end = begun + WATCHED;
            let mut items = Vec::new();
            while let Ok(Some(item)) = timeout_at(end, stream.next()).await {
                let kind = item.event.ok().map(|event| event.kind().to_owned());
                items.push((item.server, kind));
            }
            watched.lock().unwrap().push(Watched { begun, end, items });
        });
    }

    fn incoming_call(&mut self) {
        let index = self.random.below(self.servers.len() as u64) as usize;
        let (name, pbx) = &self.servers[index];
        let caller = pbx
            .incoming_call("PJSIP/alice")
            .into_application(APPLICATION);
        note(format!("{} calls {name}", caller.id()));
    }

    fn pick_worker(&mut self) -> Option<usize> {
        let index = self.random.below(self.workers.len() as u64) as usize;
        self.workers.keys().nth(index).copied()
    }

    fn pick_gateway(&mut self) -> Option<usize> {
        let index = self.random.below(self.gateways.len() as u64) as usize;
        self.gateways.keys().nth(index).copied()
    }

    fn nodes(&self) -> Vec<usize> {
        let gateways = self.gateways.values().map(|(_, node, _)| *node);
        gateways
            .chain(self.workers.values().map(|worker| worker.node))
            .collect()
    }

    fn end_worker(&mut self, number: usize, is_alive: bool) {
        let Some(worker) = self.workers.remove(&number) else {
            return;
        };
        for (name, _) in &self.servers {
            let key = (name.clone(), APPLICATION.to_owned());
            let state = worker.member.read(&key, |place| place.describe());
            note(format!("worker {number} at {name}: {state:?}"));
            let items = worker.member.read(&key, |place| place.delivered.clone());
            self.delivered.push(Delivered {
                worker: worker.member.id.clone(),
                server: name.clone(),
                items: items.unwrap_or_default(),
                is_alive,
            });
        }
        if !is_alive {
            observe::add(Observation::WorkerEnded {
                worker: worker.member.id.clone(),
            });
        }
        drop(worker.tasks);
    }

    /// Ends all faults: every server has one gateway, there is a worker, and nothing is frozen or cut
    /// off.
    async fn restore(&mut self) {
        self.bus.set_frozen(false);
        for worker in self.workers.values() {
            worker.process.wake_up();
        }
        for node in self.nodes() {
            self.bus.set_cut_off(node, false);
        }
        for server in 0..self.servers.len() {
            if !self.gateways.values().any(|(of, ..)| *of == server) {
                self.start_gateway(server);
            }
        }
        if self.workers.is_empty() {
            self.start_worker().await;
        }
    }

    /// Waits until there has been no call for a while, at the longest until `end`.
    async fn wait_for_silence(&mut self, end: Instant) {
        let mut silent_since = Instant::now();
        while Instant::now() < end && silent_since.elapsed() < SILENCE {
            sleep(Duration::from_secs(1)).await;
            if self
                .servers
                .iter()
                .any(|(_, pbx)| !pbx.channel_ids().is_empty())
            {
                silent_since = Instant::now();
            }
        }
    }

    fn finish(mut self) -> Run {
        let numbers: Vec<_> = self.workers.keys().copied().collect();
        for number in numbers {
            self.end_worker(number, true);
        }
        let mut left = Vec::new();
        for (_, pbx) in &self.servers {
            left.extend(pbx.channel_ids());
        }
        Run {
            observations: observe::take(),
            delivered: self.delivered,
            watched: std::mem::take(&mut *self.watched.lock().unwrap()),
            offer_limit: OFFER_LIMIT,
            left,
        }
    }
}

/// The handler of new calls: it answers, plays, waits, and hangs up.
async fn call(mut session: IncomingSession<Client>) {
    let acting = async {
        while let Some(event) = session.events.next().await {
            let Ok(event) = event else { continue };
            if let Event::StasisStart(start) = event.as_ref() {
                return Some(start.channel.id.clone());
            }
        }
        None
    };
    let Ok(Some(channel)) = tokio::time::timeout(LONGEST_CALL, acting).await else {
        return hang_up(&session).await;
    };
    let handle = session.client.channel(&channel);
    let talking = async {
        handle.answer().await?;
        // A request and an event that are large.
        let text = "x".repeat(LARGE_TEXT);
        let event = session.client.events().user_event("large", APPLICATION);
        let event = event.source([format!("channel:{channel}")]);
        event.variables([("text", text)]).await?;
        handle
            .play(["sound:hello-world"])
            .wait_until_finished()
            .await?;
        sleep(Duration::from_secs(2)).await;
        Ok::<_, ari_api::Error>(())
    };
    if let Ok(Err(error)) = tokio::time::timeout(LONGEST_CALL, talking).await {
        note(format!("the handler of {channel}: {error}"));
    }
    hang_up(&session).await;
}

/// The handler of calls that had another worker.
async fn resumed(session: IncomingSession<Client>) {
    let channels = session.resumed().map(|call| call.channel_ids().to_vec());
    note(format!("resumed: {channels:?}"));
    sleep(Duration::from_secs(1)).await;
    for channel in channels.unwrap_or_default() {
        let channel = session.client.channel(channel);
        let playing = channel.play(["sound:hello-world"]).wait_until_finished();
        let _ = tokio::time::timeout(LONGEST_CALL, playing).await;
        let _ = channel.hangup().await;
    }
}

/// Hangs up all channels of a session that is new, as long as somebody may do that.
async fn hang_up(session: &IncomingSession<Client>) {
    let Ok(channels) = session.client.channels().list().await else {
        return;
    };
    for channel in channels {
        // The gateway refuses those of others.
        let _ = session.client.channel(&channel.id).hangup().await;
    }
}
