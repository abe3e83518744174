//! The driver: starts all processes, lets calls arrive, and lets parts fail, from a seed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ari_api::Client;
use ari_cluster::Cluster;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use crate::nats::{NODES, Nats};
use crate::process::{Process, keep};
use crate::random::Random;
use crate::{APPLICATION, setting};

const SERVERS: usize = 20;
const WORKERS: usize = 4;

/// The limit of each wait for the cluster.
const LIMIT: Duration = Duration::from_secs(180);

/// The time in which the cluster recovers from the last fault: standbys take over, and orphans are
/// offered.
const RECOVERY: Duration = Duration::from_secs(15);

/// The time in which calls still arrive, and a dashboard sees all of them.
const WATCHED: Duration = Duration::from_secs(12);

/// The time in which the last events arrive.
const SETTLING: Duration = Duration::from_secs(8);

/// Returns the time since 1970.
pub(crate) fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap()
}

/// The end of a run, apart from the journals.
pub(crate) struct End {
    /// The steps of the driver.
    pub(crate) notes: Vec<(Duration, String)>,
    /// The names of the journals of the programs that live.
    pub(crate) alive: Vec<String>,
    /// The channels that are left.
    pub(crate) left: Vec<String>,
    /// The servers whose gateway was killed, stopped or replaced.
    pub(crate) disturbed: Vec<usize>,
    /// The dashboard that nothing has disturbed, and the time of its start and end.
    pub(crate) watched: (String, Duration, Duration),
    pub(crate) calls: usize,
}

/// The program that gateways run.
#[derive(Clone, Copy)]
pub(crate) enum GatewayProgram {
    /// `ari gateway`.
    Command,
    /// One that executes requests of workers that have lost their call.
    WithoutFence,
}

struct RunningGateway {
    number: usize,
    server: usize,
    process: Process,
}

/// A fault. Each of them happens in the first seconds of a run.
#[derive(Clone, Copy)]
enum Fault {
    KillGateway,
    ReplaceGateway,
    StopGateway,
    KillWorker,
    DrainWorker,
    StopWorker,
    KillNode,
    StopNode,
    CutRoutes,
}

/// The faults.
const FAULTS: [Fault; 9] = [
    Fault::KillGateway,
    Fault::ReplaceGateway,
    Fault::StopGateway,
    Fault::KillWorker,
    Fault::DrainWorker,
    Fault::StopWorker,
    Fault::KillNode,
    Fault::StopNode,
    Fault::CutRoutes,
];

/// Something that is due later.
enum Later {
    StartGateway(usize),
    EndGateway(usize),
    ContinueGateway(usize),
    ContinueWorker(usize),
    StartNode(usize),
    ContinueNode(usize),
    JoinRoutes(usize),
}

struct Driver {
    folder: PathBuf,
    /// The command.
    ari: PathBuf,
    random: Random,
    nats: Nats,
    urls: Vec<String>,
    _servers: Vec<Process>,
    gateways: Vec<RunningGateway>,
    workers: BTreeMap<usize, (String, Process)>,
    others: Vec<(String, Process)>,
    later: Vec<(Instant, Later)>,
    notes: Vec<(Duration, String)>,
    disturbed: Vec<usize>,
    next: usize,
    gateway_program: GatewayProgram,
    /// The faults that have not happened yet.
    due_faults: Vec<Fault>,
}

/// Runs the cluster. `None` if NATS is not installed.
pub(crate) async fn run(seed: u64, folder: &Path, gateway_program: GatewayProgram) -> Option<End> {
    let Some(nats) = Nats::start(folder) else {
        let is_required = std::env::var_os("ARI_LIVE").is_some_and(|value| value == "required");
        assert!(
            !is_required,
            "no nats-server (Debian's package nats-server)"
        );
        eprintln!("skipped: no nats-server (Debian's package nats-server)");
        return None;
    };
    let mut driver = Driver::start(seed, folder, nats, gateway_program).await;
    let cluster = driver.wait_until_connected().await;
    let calls = Rc::new(std::cell::Cell::new(0));
    let load = tokio::task::spawn_local(load(driver.urls.clone(), seed, calls.clone()));
    let trouble = Duration::from_secs(setting("ARI_CLUSTER_SECONDS", 20));
    let end = Instant::now() + trouble;
    driver.note("parts fail");
    while Instant::now() < end || !driver.due_faults.is_empty() {
        let pause = driver.random.milliseconds(200, 1500);
        sleep(pause).await;
        driver.do_what_is_due(false);
        driver.fail();
        driver.restart_ended();
    }
    driver.do_what_is_due(true);
    driver.restore();
    driver.note("peace");
    driver.wait_for(&cluster).await;
    sleep(RECOVERY).await;
    driver.restart_ended();
    driver.wait_for(&cluster).await;
    let dashboard = driver.start_program("dashboard");
    let begun = driver.wait_until_watching(&dashboard).await;
    sleep(WATCHED).await;
    load.abort();
    driver.note("no more calls");
    driver
        .others
        .retain(|(name, _)| !name.starts_with("dialer"));
    let left = driver.wait_until_calls_end().await;
    let watched_until = now();
    sleep(SETTLING).await;
    driver.note("the end");
    let workers = driver.workers.values().map(|(name, _)| name);
    let others = driver.others.iter().map(|(name, _)| name);
    Some(End {
        alive: workers.chain(others).cloned().collect(),
        notes: std::mem::take(&mut driver.notes),
        left,
        disturbed: std::mem::take(&mut driver.disturbed),
        watched: (dashboard, begun, watched_until),
        calls: calls.get(),
    })
}

fn client(url: &str) -> Client {
    let builder = Client::builder(url).credentials("aritest", "testme");
    builder.build().unwrap()
}

/// Lets calls arrive at the servers.
async fn load(urls: Vec<String>, seed: u64, calls: Rc<std::cell::Cell<usize>>) {
    let mut random = Random::new(seed ^ 0x6c6f_6164);
    let clients: Vec<_> = urls.iter().map(|url| client(url)).collect();
    let period = Duration::from_secs(1) / setting("ARI_CLUSTER_CALLS", 20) as u32;
    loop {
        sleep(period).await;
        let client = clients[random.below(clients.len())].clone();
        calls.set(calls.get() + 1);
        tokio::task::spawn_local(async move {
            let originating = client.channels().originate("Local/1@testari");
            let _ = originating.app(APPLICATION).await;
        });
    }
}

impl Driver {
    async fn start(
        seed: u64,
        folder: &Path,
        nats: Nats,
        gateway_program: GatewayProgram,
    ) -> Driver {
        let ari = keep(Path::new(env!("CARGO_BIN_EXE_ari")), folder);
        let mut servers = Vec::new();
        for server in 0..SERVERS {
            let output = folder.join(format!("server-{server}"));
            let journal = output.with_extension("journal");
            let arguments = ["mock", "--port", "0", "--json", "--journal"];
            let arguments = [&arguments[..], &[journal.to_str().unwrap()]].concat();
            servers.push(Process::start(&ari, &arguments, &[], &output));
        }
        let mut urls = Vec::new();
        for server in 0..SERVERS {
            let output = folder.join(format!("server-{server}.out"));
            let starting = async {
                loop {
                    let text = fs::read_to_string(&output).unwrap_or_default();
                    let started: Option<serde_json::Value> = text
                        .split_once('\n')
                        .and_then(|(line, _)| serde_json::from_str(line).ok());
                    if let Some(started) = started {
                        return started["url"].as_str().unwrap().to_owned();
                    }
                    sleep(Duration::from_millis(50)).await;
                }
            };
            urls.push(timeout(LIMIT, starting).await.expect("a fake server"));
        }
        let mut driver = Driver {
            folder: folder.to_owned(),
            ari,
            random: Random::new(seed),
            nats,
            urls,
            _servers: servers,
            gateways: Vec::new(),
            workers: BTreeMap::new(),
            others: Vec::new(),
            later: Vec::new(),
            notes: Vec::new(),
            disturbed: Vec::new(),
            next: 0,
            gateway_program,
            due_faults: FAULTS.to_vec(),
        };
        for last in (1..FAULTS.len()).rev() {
            let other = driver.random.below(last + 1);
            driver.due_faults.swap(last, other);
        }
        for server in 0..SERVERS {
            driver.start_gateway(server);
        }
        for worker in 0..WORKERS {
            driver.start_worker(worker);
        }
        driver.start_program("dialer");
        driver.start_program("dashboard");
        driver
    }

    fn note(&mut self, text: impl Into<String>) {
        self.notes.push((now(), text.into()));
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn start_gateway(&mut self, server: usize) {
        let number = self.number();
        let output = self.folder.join(format!("gateway-{server}-{number}"));
        let journal = output.with_extension("journal");
        let arguments = [
            "gateway",
            "--name",
            &format!("server-{server}"),
            "--app",
            APPLICATION,
            "--url",
            &self.urls[server],
            "--user",
            "aritest",
            "--nats",
            &self.nats.urls(),
            // Calls that go on in the dialplan would stay there.
            "--unserved",
            "hangup",
            "--orphan",
            "10s=hangup",
            "--journal",
            journal.to_str().unwrap(),
        ];
        let process = match self.gateway_program {
            GatewayProgram::Command => {
                let variables = [("ARI_PASSWORD", "testme"), ("HOME", "/nonexistent")];
                Process::start(&self.ari, &arguments, &variables, &output)
            }
            GatewayProgram::WithoutFence => {
                let name = format!("server-{server}");
                let variables = [
                    ("ARI_CLUSTER_SERVER", &*name),
                    ("ARI_URL", &self.urls[server]),
                ];
                Process::start_role("gateway", &self.nats.urls(), &journal, &variables)
            }
        };
        self.note(format!("gateway {number} of server-{server} starts"));
        self.gateways.push(RunningGateway {
            number,
            server,
            process,
        });
    }

    fn start_worker(&mut self, worker: usize) {
        // The old one ends first.
        if let Some((name, process)) = self.workers.remove(&worker) {
            drop(process);
            self.note(format!("{name} has ended"));
        }
        let number = self.number();
        let name = format!("worker-{number}.program");
        let journal = self.folder.join(&name);
        let process = Process::start_role("worker", &self.nats.urls(), &journal, &[]);
        self.note(format!("{name} starts"));
        self.workers.insert(worker, (name, process));
    }

    fn start_program(&mut self, role: &str) -> String {
        let number = self.number();
        let name = format!("{role}-{number}.program");
        let journal = self.folder.join(&name);
        let process = Process::start_role(role, &self.nats.urls(), &journal, &[]);
        self.note(format!("{name} starts"));
        self.others.push((name.clone(), process));
        name
    }

    /// Returns the cluster when all gateways read their applications.
    async fn wait_until_connected(&mut self) -> Cluster {
        let connecting = async {
            loop {
                match Cluster::connect(self.nats.urls()).await {
                    Ok(cluster) => return cluster,
                    Err(_) => sleep(Duration::from_millis(50)).await,
                }
            }
        };
        let cluster = timeout(LIMIT, connecting).await.expect("NATS");
        self.wait_for(&cluster).await;
        cluster
    }

    async fn wait_for(&mut self, cluster: &Cluster) {
        let end = Instant::now() + LIMIT;
        loop {
            let cards = cluster.pick().application(APPLICATION).list().await;
            let cards = cards.unwrap_or_default();
            let connected = cards.iter().filter(|card| card.is_connected).count();
            if connected == SERVERS {
                return;
            }
            if Instant::now() > end {
                for (at, note) in self.notes.iter().rev().take(40).rev() {
                    eprintln!("{:10.3}  {note}", at.as_secs_f64());
                }
                let nodes = self.nats.nodes.iter_mut();
                let nodes: Vec<_> = nodes
                    .map(|node| node.as_mut().map(|process| !process.has_ended()))
                    .collect();
                panic!(
                    "{connected} of {SERVERS} gateways are connected: {cards:?}; \
                     nodes that run: {nodes:?}"
                );
            }
            sleep(Duration::from_millis(200)).await;
            self.restart_ended();
        }
    }

    async fn wait_until_watching(&self, dashboard: &str) -> Duration {
        let journal = self.folder.join(dashboard);
        let watching = async {
            while !fs::read_to_string(&journal).is_ok_and(|text| text.contains("watching")) {
                sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(LIMIT, watching).await.expect("a dashboard");
        now()
    }

    /// Waits until all calls have ended, and returns the channels that are left.
    async fn wait_until_calls_end(&self) -> Vec<String> {
        let end = Instant::now() + LIMIT;
        let mut left = Vec::new();
        for (server, url) in self.urls.iter().enumerate() {
            let client = client(url);
            left.extend(loop {
                let channels = client.channels().list().await.expect("a fake server");
                if channels.is_empty() || Instant::now() >= end {
                    let name = |channel: &ari_api::models::Channel| {
                        format!("{} of server-{server}", channel.id)
                    };
                    break channels.iter().map(name).collect::<Vec<_>>();
                }
                sleep_until(Instant::now() + Duration::from_millis(200)).await;
            });
        }
        left
    }

    fn after(&mut self, from: usize, to: usize, later: Later) {
        let due = Instant::now() + self.random.milliseconds(from, to);
        self.later.push((due, later));
    }

    /// Lets a part fail.
    fn fail(&mut self) {
        let gateway = self.random.below(self.gateways.len());
        let worker = self.random.below(WORKERS);
        let node = self.random.below(NODES);
        let random = FAULTS[self.random.below(FAULTS.len())];
        match self.due_faults.pop().unwrap_or(random) {
            Fault::KillGateway => {
                let RunningGateway {
                    number,
                    server,
                    process,
                } = self.gateways.swap_remove(gateway);
                drop(process);
                self.note(format!("gateway {number} is killed"));
                self.disturbed.push(server);
                if !self.gateways.iter().any(|other| other.server == server) {
                    self.after(0, 3000, Later::StartGateway(server));
                }
            }
            Fault::ReplaceGateway => {
                let RunningGateway { number, server, .. } = self.gateways[gateway];
                self.note(format!("gateway {number} is replaced"));
                self.disturbed.push(server);
                self.start_gateway(server);
                self.after(4000, 6000, Later::EndGateway(number));
            }
            Fault::StopGateway => {
                let gateway = &mut self.gateways[gateway];
                gateway.process.signal("STOP");
                let (number, server) = (gateway.number, gateway.server);
                self.note(format!("gateway {number} stops"));
                self.disturbed.push(server);
                self.after(500, 8000, Later::ContinueGateway(number));
            }
            Fault::KillWorker => {
                self.note(format!("worker {worker} is killed"));
                self.start_worker(worker);
            }
            Fault::DrainWorker => {
                // It gives its calls to the others, and is started anew when it has ended.
                self.note(format!("worker {worker} is drained"));
                if let Some((_, process)) = self.workers.get_mut(&worker) {
                    process.signal("TERM");
                }
            }
            Fault::StopWorker => {
                self.note(format!("worker {worker} stops"));
                if let Some((_, process)) = self.workers.get_mut(&worker) {
                    process.signal("STOP");
                }
                // Gateways give it up after five seconds.
                self.after(500, 12_000, Later::ContinueWorker(worker));
            }
            Fault::KillNode => {
                self.note(format!("node {node} is killed"));
                self.nats.nodes[node] = None;
                self.after(0, 3000, Later::StartNode(node));
            }
            Fault::StopNode => {
                self.note(format!("node {node} stops"));
                if let Some(process) = &mut self.nats.nodes[node] {
                    process.signal("STOP");
                }
                self.after(500, 5000, Later::ContinueNode(node));
            }
            Fault::CutRoutes => {
                // The node keeps the routes that it has opened itself, so cut several.
                for node in [node, (node + 1) % NODES] {
                    self.note(format!("the routes to node {node} are cut"));
                    self.nats.set_cut(node, true);
                    self.after(500, 6000, Later::JoinRoutes(node));
                }
            }
        }
    }

    fn do_what_is_due(&mut self, all: bool) {
        let now = Instant::now();
        let (due, later) = std::mem::take(&mut self.later)
            .into_iter()
            .partition::<Vec<_>, _>(|(at, _)| all || *at <= now);
        self.later = later;
        for (_, step) in due {
            match step {
                Later::StartGateway(server) => self.start_gateway(server),
                Later::EndGateway(number) => {
                    let index = self.gateways.iter().position(|it| it.number == number);
                    if let Some(index) = index {
                        drop(self.gateways.swap_remove(index));
                        self.note(format!("gateway {number} is killed"));
                    }
                }
                Later::ContinueGateway(number) => {
                    let gateway = self.gateways.iter_mut().find(|it| it.number == number);
                    if let Some(gateway) = gateway {
                        gateway.process.signal("CONT");
                        self.note(format!("gateway {number} continues"));
                    }
                }
                Later::ContinueWorker(worker) => {
                    if let Some((_, process)) = self.workers.get_mut(&worker) {
                        process.signal("CONT");
                        self.note(format!("worker {worker} continues"));
                    }
                }
                Later::StartNode(node) => {
                    self.nats.start_node(node);
                    self.note(format!("node {node} starts"));
                }
                Later::ContinueNode(node) => {
                    if let Some(process) = &mut self.nats.nodes[node] {
                        process.signal("CONT");
                    }
                    self.note(format!("node {node} continues"));
                }
                Later::JoinRoutes(node) => {
                    self.nats.set_cut(node, false);
                    self.note(format!("the routes to node {node} pass again"));
                }
            }
        }
    }

    /// Starts what has ended by itself, as a service manager does: a gateway that cannot reach NATS when
    /// it starts, and workers that were drained.
    fn restart_ended(&mut self) {
        self.nats.restart_ended();
        let (ended, running) = std::mem::take(&mut self.gateways)
            .into_iter()
            .map(|mut gateway| (gateway.process.has_ended(), gateway))
            .partition::<Vec<_>, _>(|(has_ended, _)| *has_ended);
        self.gateways = running.into_iter().map(|(_, gateway)| gateway).collect();
        for (_, RunningGateway { number, server, .. }) in ended {
            self.note(format!("gateway {number} is killed"));
            self.disturbed.push(server);
            self.start_gateway(server);
        }
        for worker in 0..WORKERS {
            let has_ended = self
                .workers
                .get_mut(&worker)
                .is_none_or(|it| it.1.has_ended());
            if has_ended {
                self.start_worker(worker);
            }
        }
    }

    /// Ends all faults: every part runs, and nothing is cut.
    fn restore(&mut self) {
        for node in 0..NODES {
            self.nats.set_cut(node, false);
            match &mut self.nats.nodes[node] {
                Some(process) => process.signal("CONT"),
                None => self.nats.start_node(node),
            }
        }
        for gateway in &mut self.gateways {
            gateway.process.signal("CONT");
        }
        for (_, process) in self.workers.values_mut() {
            process.signal("CONT");
        }
        for server in 0..SERVERS {
            if !self.gateways.iter().any(|gateway| gateway.server == server) {
                self.start_gateway(server);
            }
        }
        self.restart_ended();
    }
}
