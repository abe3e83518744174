//! Two workers behind HAProxy: the calls of a worker that is killed go on at the other.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ari_api::stream::EventStream;
use ari_api::{Client, Event};
use ari_test_support::{wait_until, within_limit};
use tokio::time::sleep;

use super::outbound::configure;
use super::session::client;
use crate::asterisk::{Asterisk, Release};
use crate::example::Example;

/// Returns the program, which Debian has in the package `haproxy`.
fn haproxy() -> Option<&'static str> {
    let is_installed = |program: &&str| {
        let mut version = Command::new(program);
        version.arg("-v").stdout(Stdio::null()).status().is_ok()
    };
    let found = ["haproxy", "/usr/sbin/haproxy"]
        .into_iter()
        .find(is_installed);
    if found.is_none() {
        assert!(env::var_os("CI").is_none(), "no haproxy");
        // Unlike `eprintln!`, this shows even if the test passes.
        let _ = writeln!(
            io::stderr(),
            "skipped: no haproxy (Debian's package haproxy)"
        );
    }
    found
}

/// A running HAProxy. Dropping it ends it.
struct Balancer(Child);

impl Balancer {
    /// Starts it in front of two workers, with the configuration in the documentation of the
    /// example.
    fn start(program: &str, server: &Asterisk, own: SocketAddr, workers: [SocketAddr; 2]) -> Self {
        let source = include_str!("../../ari-api/examples/workers.rs");
        let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
        let mut text = String::new();
        for line in lines.skip_while(|line| !line.contains("listen calls")) {
            if line.contains("```") {
                break;
            }
            text += &format!("{line}\n");
        }
        let [one, two] = workers.map(|worker| worker.to_string());
        for (from, to) in [
            ("127.0.0.1:9000", own.to_string()),
            ("127.0.0.1:9001", one),
            ("127.0.0.1:9002", two),
        ] {
            assert!(text.contains(from), "{text}");
            text = text.replace(from, &to);
        }
        let path = server.dir().join("haproxy.cfg");
        fs::write(&path, text).unwrap();
        let mut command = Command::new(program);
        command.arg("-db").arg("-f").arg(path);
        Balancer(command.stdout(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Returns addresses that were free a moment ago, and usually still are.
fn free_addresses() -> [SocketAddr; 3] {
    [(); 3]
        .map(|()| TcpListener::bind("127.0.0.1:0").unwrap())
        .map(|listener| listener.local_addr().unwrap())
}

async fn call(client: &Client) {
    let call = client.channels().originate("Local/percall@testari");
    let call = call.extension("1").context("testari").priority(1);
    call.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_go_on_when_their_worker_is_killed() {
    let Some(server) = Asterisk::start(Release::V22) else {
        return;
    };
    let Some(program) = haproxy() else {
        return;
    };
    let [balancer, one, two] = free_addresses();
    let start = |name: &'static str, address| {
        let mut worker = Example::start_at("workers", None, Some(address), &[name]);
        worker.wait_for_line("listening on");
        worker
    };
    let (mut first, mut second) = (start("one", one), start("two", two));
    let _balancer = Balancer::start(program, &server, balancer, [one, two]);
    let uri = format!("ws://{balancer}/calls");
    configure(
        &server,
        &uri,
        "percall",
        "per_call_config",
        server.user(),
        "",
    );
    let client = client(&server, server.user(), server.password());
    let watcher = client.application("watcher");
    let mut events = watcher.connect().await.unwrap();
    watcher.subscribe(["channel:"]).await.unwrap();

    // At least one call for each worker.
    let mut prompts = BTreeMap::new();
    let lost = loop {
        call(&client).await;
        prompts.insert(next_prompt(&mut events).await, 1);
        let mut counts = [0, 0];
        wait_until("printed", || {
            counts = [&mut first, &mut second].map(|it| it.count_arrived("plays the menu"));
            counts.iter().sum::<usize>() == prompts.len()
        })
        .await;
        let [of_first, of_second] = counts;
        if of_first > 0 && of_second > 0 {
            break of_first;
        }
    };
    let calls = prompts.len();
    first.kill();
    // The callers hear the menu again.
    for _ in 0..lost {
        second.wait_for_line("goes on with percall:Local/percall@testari-");
        *prompts.entry(next_prompt(&mut events).await).or_default() += 1;
    }
    assert_eq!(prompts.len(), calls, "{prompts:?}");
    let again = prompts.values().filter(|times| **times == 2).count();
    assert_eq!(again, lost, "{prompts:?}");

    // Nobody is left to go on with the calls: the dialplan does, after the prompts.
    second.kill();
    for id in prompts.keys() {
        // Some may have ended.
        let _ = client.playback(id).stop().await;
    }
    let is_empty = async {
        while !client.channels().list().await.unwrap().is_empty() {
            sleep(Duration::from_millis(50)).await;
        }
    };
    within_limit(is_empty).await;
}

/// Returns the id of the next playback that begins.
async fn next_prompt(events: &mut EventStream<Event>) -> String {
    loop {
        let event = within_limit(events.next()).await.unwrap().unwrap();
        if let Event::PlaybackStarted(started) = &*event {
            return started.playback.id.clone();
        }
    }
}
