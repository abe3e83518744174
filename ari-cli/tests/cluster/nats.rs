//! Three NATS nodes, whose routes to each other can be cut.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::process::Process;

/// The number of nodes.
pub(crate) const NODES: usize = 3;

/// A port that passes connections on to another one.
struct Route {
    port: u16,
    is_cut: Arc<AtomicBool>,
    connections: Arc<Mutex<Vec<TcpStream>>>,
}

impl Route {
    fn start(target: u16) -> Route {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let is_cut = Arc::new(AtomicBool::new(false));
        let connections: Arc<Mutex<Vec<TcpStream>>> = Arc::default();
        let route = Route {
            port,
            is_cut: is_cut.clone(),
            connections: connections.clone(),
        };
        // Ends with the process.
        thread::spawn(move || {
            for from in listener.incoming().flatten() {
                if is_cut.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(to) = TcpStream::connect(("127.0.0.1", target)) else {
                    continue;
                };
                let copy = |stream: &TcpStream| stream.try_clone().unwrap();
                for (mut from, mut to) in [(copy(&from), copy(&to)), (copy(&to), copy(&from))] {
                    thread::spawn(move || {
                        let _ = io::copy(&mut from, &mut to);
                        let _ = from.shutdown(Shutdown::Both);
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
                let mut connections = connections.lock().unwrap();
                connections.retain(|stream| stream.peer_addr().is_ok());
                connections.push(from);
            }
        });
        route
    }

    fn set_cut(&self, is_cut: bool) {
        self.is_cut.store(is_cut, Ordering::SeqCst);
        if is_cut {
            for stream in self.connections.lock().unwrap().drain(..) {
                let _ = stream.shutdown(Shutdown::Both);
            }
        }
    }
}

/// The nodes.
pub(crate) struct Nats {
    program: PathBuf,
    folder: PathBuf,
    ports: Vec<u16>,
    route_ports: Vec<u16>,
    routes: Vec<Route>,
    pub(crate) nodes: Vec<Option<Process>>,
}

/// Returns ports that no connection gets as its own, so that a node that is started again finds its
/// ports free. No port is returned twice: the nodes of another test may not listen yet.
fn free_ports(count: usize) -> Vec<u16> {
    static TAKEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    let mut taken = TAKEN.lock().unwrap();
    let range = fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").ok();
    let range = range.and_then(|text| text.split_whitespace().next()?.parse().ok());
    let end = range.unwrap_or(32_768_u16);
    let begin = end - 10_000;
    // Runs at the same time begin at different ports.
    let offset = (std::process::id() * 16 % 10_000) as u16;
    let all = (begin + offset..end).chain(begin..begin + offset);
    let all = all.filter(|port| !taken.contains(port));
    // All are bound at once, so that they differ.
    let bound = all.filter_map(|port| TcpListener::bind(("127.0.0.1", port)).ok());
    let bound: Vec<_> = bound.take(count).collect();
    let ports = bound.iter().map(|it| it.local_addr().unwrap().port());
    let ports: Vec<_> = ports.collect();
    taken.extend(&ports);
    ports
}

/// Returns the path of the program. `None` if NATS is not installed.
fn find_program() -> Option<PathBuf> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let mut paths = std::env::split_paths(&paths).chain(["/usr/sbin".into()]);
    paths.find_map(|path| Some(path.join("nats-server")).filter(|it| it.exists()))
}

/// Starts one node with JetStream. Returns it with its address; `None` if NATS is not installed.
pub(crate) fn start_with_jetstream(folder: &Path) -> Option<(Process, String)> {
    let program = find_program()?;
    let port = free_ports(1)[0].to_string();
    let store = folder.join("jetstream");
    let arguments = [
        "-a",
        "127.0.0.1",
        "-p",
        &port,
        "-js",
        "-sd",
        store.to_str()?,
    ];
    let node = Process::start(&program, &arguments, &[], &folder.join("nats"));
    Some((node, format!("nats://127.0.0.1:{port}")))
}

impl Nats {
    /// Starts the nodes. `None` if NATS is not installed.
    pub(crate) fn start(folder: &Path) -> Option<Nats> {
        let program = find_program()?;
        let mut ports = free_ports(2 * NODES);
        let route_ports = ports.split_off(NODES);
        let mut nats = Nats {
            program,
            folder: folder.to_owned(),
            routes: route_ports.iter().map(|port| Route::start(*port)).collect(),
            nodes: (0..NODES).map(|_| None).collect(),
            ports,
            route_ports,
        };
        for node in 0..NODES {
            nats.start_node(node);
        }
        Some(nats)
    }

    /// Returns the addresses of all nodes.
    pub(crate) fn urls(&self) -> String {
        let urls = self
            .ports
            .iter()
            .map(|port| format!("nats://127.0.0.1:{port}"));
        urls.collect::<Vec<_>>().join(",")
    }

    pub(crate) fn start_node(&mut self, node: usize) {
        // The old one must free its ports.
        self.nodes[node] = None;
        let others = (0..NODES).filter(|other| *other != node);
        let others: Vec<_> = others
            .map(|other| format!("nats://127.0.0.1:{}", self.routes[other].port))
            .collect();
        let arguments = [
            "-a",
            "127.0.0.1",
            "-p",
            &self.ports[node].to_string(),
            "-n",
            &format!("node-{node}"),
            "--cluster_name",
            "test",
            "--cluster",
            &format!("nats://127.0.0.1:{}", self.route_ports[node]),
            "--cluster_advertise",
            &format!("127.0.0.1:{}", self.routes[node].port),
            "--routes",
            &others.join(","),
        ];
        let output = self.folder.join(format!("nats-{node}"));
        self.nodes[node] = Some(Process::start(&self.program, &arguments, &[], &output));
    }

    /// Starts the nodes again that have ended by themselves.
    pub(crate) fn restart_ended(&mut self) {
        for node in 0..NODES {
            let process = self.nodes[node].as_mut();
            if process.is_some_and(Process::has_ended) {
                self.start_node(node);
            }
        }
    }

    /// Cuts the routes to a node, or lets them pass again. Those that it has opened itself pass.
    pub(crate) fn set_cut(&self, node: usize, is_cut: bool) {
        self.routes[node].set_cut(is_cut);
    }
}
