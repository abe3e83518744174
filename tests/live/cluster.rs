//! A cluster with a real Asterisk: calls that outlive their gateway and their worker.

use std::env;
use std::time::Duration;

use ari_api::schema::Method;
use ari_api::stream::EventType as _;
use ari_api::transport::{BoxFuture, HttpTransport, Request, Response, Transport, WebSocket};
use ari_api::{Client, Error, Event, IncomingSession, channels};
use ari_cluster::gateway::{Gateway, GatewayBuilder};
use ari_cluster::{Cluster, ClusterError, ClusterSession as _};
use ari_test_support::{NatsServer, within_limit};
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use super::session::client;
use crate::asterisk::{Asterisk, Release};

const APPLICATION: &str = "hello";

fn gateway(cluster: &Cluster, server: &Asterisk) -> Gateway {
    let builder = Client::builder(server.url()).credentials(server.user(), server.password());
    let transport = builder.http_transport().unwrap();
    cluster.start_gateway(GatewayBuilder::new("munich", transport).application(APPLICATION))
}

async fn connect(nats: &NatsServer) -> Cluster {
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

/// Waits until the gateway reads the application.
async fn wait_until_connected(cluster: &Cluster) {
    within_limit(async {
        loop {
            let cards = cluster.pick().application(APPLICATION).list().await;
            if cards.iter().flatten().any(|card| card.is_connected) {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
}

/// Waits until another gateway reads, and ends the one that has read before.
async fn upgraded(cluster: &Cluster, old: Gateway) {
    within_limit(old.replaced()).await;
    wait_until_connected(cluster).await;
    drop(old);
}

async fn calls_outlive_gateway_and_worker(release: Release) {
    let Some(server) = Asterisk::start(release) else {
        return;
    };
    let Some(nats) = NatsServer::start() else {
        return;
    };
    let cluster = connect(&nats).await;
    let first_gateway = gateway(&cluster, &server);

    // The first worker notes the events of its call, and leaves a state for the next.
    let (noted, mut notes) = mpsc::unbounded_channel();
    let call = move |mut session: IncomingSession<Client>| {
        let noted = noted.clone();
        async move {
            while let Some(event) = session.events.next().await {
                let event = event?;
                if let Event::StasisStart(start) = event.as_ref() {
                    session.client.channel(&start.channel.id).answer().await?;
                    session.keep_state("menu").await?;
                }
                let _ = noted.send(event.kind().to_owned());
            }
            Ok::<_, Error>(())
        }
    };
    let first_worker = cluster.worker(APPLICATION).serve(call).await.unwrap();
    wait_until_connected(&cluster).await;
    let client = client(&server, server.user(), server.password());
    let originating = client.channels().originate("Local/1@testari");
    let channel = originating.app(APPLICATION).await.unwrap().id;
    while within_limit(notes.recv()).await.unwrap() != "StasisStart" {}

    // Another gateway takes over, as for an upgrade. The worker notices nothing.
    let _second_gateway = gateway(&cluster, &server);
    upgraded(&cluster, first_gateway).await;

    // The worker ends without a word, and another one takes the call.
    let (resumed, mut inherited) = mpsc::unbounded_channel();
    let resume = move |session: IncomingSession<Client>| {
        let resumed = resumed.clone();
        async move {
            let channels = session.resumed().unwrap().channel_ids().to_vec();
            for channel in &channels {
                let channel = session.client.channel(channel);
                channel
                    .play(["sound:hello-world"])
                    .wait_until_finished()
                    .await?;
                channel.hangup().await?;
            }
            let _ = resumed.send((channels, session.kept_state()));
            Ok::<_, Error>(())
        }
    };
    let ignore = |_: IncomingSession<Client>| async {};
    let second_worker = cluster.worker(APPLICATION).resume(resume);
    let second_worker = second_worker.serve(ignore).await.unwrap();
    let told: Vec<_> = std::iter::from_fn(|| notes.try_recv().ok()).collect();
    assert!(!told.iter().any(|kind| kind == "Disconnected"), "{told:?}");
    drop(first_worker);
    let (channels, state) = within_limit(inherited.recv()).await.unwrap();
    assert_eq!((&channels[..], &*state), (&[channel][..], &b"menu"[..]));
    assert_eq!(second_worker.drain(Duration::from_secs(10)).await, 0);
    within_limit(async {
        while !client.channels().list().await.unwrap().is_empty() {
            sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_outlive_gateway_and_worker_on_16() {
    calls_outlive_gateway_and_worker(Release::V16).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_outlive_gateway_and_worker_on_22() {
    calls_outlive_gateway_and_worker(Release::V22).await;
}

/// The call of an Asterisk that restarts ends, watchers get a gap, and new calls are served.
async fn restarted_server_is_served_again(release: Release) {
    let Some(mut server) = Asterisk::start(release) else {
        return;
    };
    let Some(nats) = NatsServer::start() else {
        return;
    };
    let cluster = connect(&nats).await;
    let _gateway = gateway(&cluster, &server);
    let (noted, mut notes) = mpsc::unbounded_channel();
    let call = move |mut session: IncomingSession<Client>| {
        let noted = noted.clone();
        async move {
            while let Some(event) = session.events.next().await {
                let kind = event.map_or_else(|error| error.to_string(), |it| it.kind().to_owned());
                let _ = noted.send(kind);
            }
            let _ = noted.send("the end".to_owned());
        }
    };
    let worker = cluster.worker(APPLICATION).serve(call).await.unwrap();
    wait_until_connected(&cluster).await;
    let watching = cluster.watch().application(APPLICATION);
    let mut watching = watching.start().await.unwrap();
    let client = client(&server, server.user(), server.password());
    let originate = async || {
        let originating = client.channels().originate("Local/1@testari");
        originating.app(APPLICATION).await.unwrap();
    };
    originate().await;
    while within_limit(notes.recv()).await.unwrap() != "StasisStart" {}
    tokio::task::block_in_place(|| server.restart());
    let mut after = Vec::new();
    while after.last().is_none_or(|note| note != "the end") {
        after.push(within_limit(notes.recv()).await.unwrap());
    }
    println!("{release}: {after:?}");
    while within_limit(watching.next()).await.unwrap().event.is_ok() {}
    wait_until_connected(&cluster).await;
    originate().await;
    while within_limit(notes.recv()).await.unwrap() != "StasisStart" {}
    for channel in client.channels().list().await.unwrap() {
        let hung_up = client.channel(channel.id).hangup().await;
        // The other half of a Local channel ends with it.
        let status = hung_up.err().map(|error| error.status());
        assert!(matches!(status, None | Some(Some(404))), "{status:?}");
    }
    assert_eq!(worker.drain(Duration::from_secs(60)).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restarted_server_is_served_again_on_16() {
    restarted_server_is_served_again(Release::V16).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restarted_server_is_served_again_on_22() {
    restarted_server_is_served_again(Release::V22).await;
}

/// A transport that loses the responses to requests that originate calls.
#[derive(Debug)]
struct LosesResponses(HttpTransport);

impl Transport for LosesResponses {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async move {
            let response = self.0.send(request).await?;
            let originates =
                request.method() == Method::Post && request.path().starts_with("/channels?");
            match originates {
                true => Err(Error::OutcomeUnknown {
                    operation: request.operation(),
                    source: "the response is lost".into(),
                }),
                false => Ok(response),
            }
        })
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        self.0.connect(request)
    }
}

/// Returns true if an event is the StasisStart of a channel.
fn is_start_of(event: &Event, id: &str) -> bool {
    matches!(event, Event::StasisStart(start) if start.channel.id == id)
}

/// A dialer whose request has no known outcome takes its call, and no worker is offered it.
async fn dialer_adopts_its_call(release: Release) {
    const ID: &str = "adopted";
    let Some(server) = Asterisk::start(release) else {
        return;
    };
    let Some(nats) = NatsServer::start() else {
        return;
    };
    let cluster = connect(&nats).await;
    let asterisk = Client::builder(server.url()).credentials(server.user(), server.password());
    let transport = LosesResponses(asterisk.http_transport().unwrap());
    let gateway = GatewayBuilder::new("munich", transport).application(APPLICATION);
    let _gateway = cluster.start_gateway(gateway);
    let (offered, mut offers) = mpsc::unbounded_channel();
    let serve = move |mut session: IncomingSession<Client>| {
        let offered = offered.clone();
        async move {
            while let Some(event) = session.events.next().await {
                if let Event::StasisStart(start) = event?.as_ref() {
                    let _ = offered.send(start.channel.id.clone());
                }
            }
            Ok::<_, Error>(())
        }
    };
    let worker = cluster.worker(APPLICATION).resume(serve.clone());
    let worker = worker.serve(serve).await.unwrap();
    wait_until_connected(&cluster).await;

    let originate = |id: &str| {
        let originate = channels::Originate::new("Local/1@testari");
        originate.app(APPLICATION).channel_id(id)
    };
    let outcome = within_limit(cluster.originate("munich", originate(ID))).await;
    let error = outcome.err();
    assert!(
        matches!(
            error,
            Some(ClusterError::Request(Error::OutcomeUnknown { .. }))
        ),
        "{error:?}"
    );
    let mut session = within_limit(cluster.adopt("munich", APPLICATION, ID))
        .await
        .unwrap();
    let adopted = session.resumed().unwrap().channel_ids();
    assert!(adopted.contains(&ID.to_owned()), "{adopted:?}");
    let mut has_started = session
        .earlier_events()
        .iter()
        .any(|event| is_start_of(&Event::decode(event).unwrap(), ID));
    while !has_started {
        let event = within_limit(session.events.next()).await.unwrap();
        has_started = is_start_of(&event.unwrap(), ID);
    }
    let channel = session.client.channel(ID);
    let playing = channel.play(["sound:hello-world"]).wait_until_finished();
    within_limit(playing).await.unwrap();
    channel.hangup().await.unwrap();
    let mut has_ended = false;
    while let Some(event) = within_limit(session.events.next()).await {
        let event = event.unwrap();
        has_ended |= matches!(&*event, Event::StasisEnd(end) if end.channel.id == ID);
    }
    assert!(has_ended);
    drop(session);

    // It has ended, and another call has a worker.
    let error = within_limit(cluster.adopt("munich", APPLICATION, ID)).await;
    let error = error.err();
    assert!(matches!(error, Some(ClusterError::NoCall(_))), "{error:?}");
    let client = client(&server, server.user(), server.password());
    client.send(originate("served")).await.unwrap();
    let first = within_limit(offers.recv()).await.unwrap();
    assert_eq!(first, "served");
    let error = within_limit(cluster.adopt("munich", APPLICATION, "served")).await;
    let error = error.err();
    assert!(
        matches!(error, Some(ClusterError::CallTaken(_))),
        "{error:?}"
    );
    client.channel("served").hangup().await.unwrap();
    assert_eq!(worker.drain(Duration::from_secs(60)).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dialer_adopts_its_call_on_16() {
    dialer_adopts_its_call(Release::V16).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dialer_adopts_its_call_on_22() {
    dialer_adopts_its_call(Release::V22).await;
}

/// Replaces the gateway again and again, while the application gets events. `ARI_UPGRADES` sets how
/// often.
async fn upgrades_lose_no_event(release: Release) {
    let Some(server) = Asterisk::start(release) else {
        return;
    };
    let Some(nats) = NatsServer::start() else {
        return;
    };
    let cluster = connect(&nats).await;
    let mut current = gateway(&cluster, &server);
    wait_until_connected(&cluster).await;
    let mut watching = cluster
        .watch()
        .application(APPLICATION)
        .start()
        .await
        .unwrap();
    let client = client(&server, server.user(), server.password());
    let (stop, mut stopped) = oneshot::channel::<()>();
    let sending = tokio::spawn(async move {
        let mut sent = 0_usize;
        while stopped.try_recv().is_err() {
            let event = client.events().user_event("tick", APPLICATION);
            event.await.unwrap();
            sent += 1;
        }
        sent
    });
    let upgrades = env::var("ARI_UPGRADES").map_or(5, |count| count.parse().unwrap());
    for _ in 0..upgrades {
        let next = gateway(&cluster, &server);
        upgraded(&cluster, std::mem::replace(&mut current, next)).await;
    }
    stop.send(()).unwrap();
    let sent = sending.await.unwrap();
    let mut seen = 0;
    within_limit(async {
        while seen < sent {
            let event = watching.next().await.unwrap().event;
            // An error is a gap.
            if event.unwrap().kind() == "ChannelUserevent" {
                seen += 1;
            }
        }
    })
    .await;
    println!("{upgrades} upgrades, {sent} events");
    assert!(sent > upgrades, "{sent}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "for many upgrades; .ci/full runs it"]
async fn upgrades_lose_no_event_on_16() {
    upgrades_lose_no_event(Release::V16).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "for many upgrades; .ci/full runs it"]
async fn upgrades_lose_no_event_on_22() {
    upgrades_lose_no_event(Release::V22).await;
}
