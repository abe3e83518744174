//! A NATS server, and gateways of fake Asterisk servers.

use std::io::Write as _;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, io};

use ari_api::Client;
use ari_cluster::Cluster;
use ari_cluster::gateway::{Gateway, GatewayBuilder, Orphaned};
use ari_mock::Asterisk;
use ari_test_support::within_limit;
use tokio::time::sleep;

pub(crate) const APPLICATION: &str = "hello";

/// A running NATS server. Dropping it ends it.
pub(crate) struct Nats {
    process: Child,
    port: u16,
}

impl Nats {
    /// Starts a server on a free port. `None` if NATS is not installed, which is then reported.
    pub(crate) async fn start() -> Option<Nats> {
        let port = free_port();
        let process = ["nats-server", "/usr/sbin/nats-server"]
            .into_iter()
            .find_map(|program| {
                let mut command = Command::new(program);
                command.args(["-a", "127.0.0.1", "-p", &port.to_string()]);
                command.stdout(Stdio::null()).stderr(Stdio::null());
                command.spawn().ok()
            });
        let Some(process) = process else {
            let required = env::var_os("ARI_LIVE").is_some_and(|value| value == "required");
            assert!(!required, "no nats-server");
            // Unlike `eprintln!`, this shows even if the test passes.
            let text = "skipped: no nats-server (Debian has it in the package nats-server)";
            let _ = writeln!(io::stderr(), "{text}");
            return None;
        };
        Some(Nats { process, port })
    }

    pub(crate) fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Connects to it, as soon as it listens.
    pub(crate) async fn cluster(&self) -> Cluster {
        within_limit(async {
            loop {
                match Cluster::connect(self.url()).await {
                    Ok(cluster) => return cluster,
                    Err(_) => sleep(Duration::from_millis(20)).await,
                }
            }
        })
        .await
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Returns a gateway of a fake server.
pub(crate) fn gateway(cluster: &Cluster, name: &str, pbx: &Asterisk) -> Gateway {
    let builder = Client::builder(pbx.url()).credentials("aritest", "testme");
    let transport = builder.http_transport().unwrap();
    let builder = GatewayBuilder::new(name, transport)
        .application(APPLICATION)
        .orphaned(Orphaned::HangUp, Duration::from_secs(30));
    cluster.start_gateway(builder)
}

/// Waits until a gateway reads the application of a server.
pub(crate) async fn wait_until_connected(cluster: &Cluster, servers: usize) {
    within_limit(async {
        loop {
            let cards = cluster.pick().application(APPLICATION).list().await;
            let connected = cards.iter().flatten().filter(|card| card.is_connected);
            if connected.count() == servers {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
}
