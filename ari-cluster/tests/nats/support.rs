//! A NATS server, and gateways of fake Asterisk servers.

use std::time::Duration;

use ari_api::{Client, Event, IncomingSession};
use ari_cluster::Cluster;
use ari_cluster::gateway::{Gateway, GatewayBuilder, Orphaned};
use ari_mock::Asterisk;
use ari_test_support::{NatsServer, within_limit};
use tokio::time::sleep;

pub(crate) const APPLICATION: &str = "hello";

/// A running NATS server.
pub(crate) struct Nats(NatsServer);

impl Nats {
    /// Starts a server. `None` if NATS is not installed, which is reported.
    pub(crate) async fn start() -> Option<Nats> {
        NatsServer::start().map(Nats)
    }

    /// Returns its address.
    pub(crate) fn url(&self) -> String {
        self.0.url()
    }

    /// Connects to it, as soon as it listens.
    pub(crate) async fn cluster(&self) -> Cluster {
        connect(&self.0).await
    }
}

/// Connects to a server, as soon as it listens.
pub(crate) async fn connect(nats: &NatsServer) -> Cluster {
    within_limit(async {
        loop {
            match Cluster::connect(nats.url()).await {
                Ok(cluster) => return cluster,
                Err(_) => sleep(Duration::from_millis(20)).await,
            }
        }
    })
    .await
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

/// Returns the channel of the first call of a session.
pub(crate) async fn first_channel(session: &mut IncomingSession<Client>) -> String {
    loop {
        let event = session.events.next().await.unwrap().unwrap();
        if let Event::StasisStart(start) = event.as_ref() {
            return start.channel.id.clone();
        }
    }
}
