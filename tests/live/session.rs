//! A server, a client of it, a connected application, and calls in it.

use std::collections::BTreeMap;
use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::client::{ClientBuilder, ReconnectPolicy, TypedRequest};
use ari_api::models::Channel;
use ari_api::stream::EventStream;
use ari_api::{Client, Error, Event};
use ari_test_support::{LIMIT, RawClient};
use tokio::runtime;
use tokio::time::timeout;

use super::recorder;
use crate::asterisk::{Asterisk, Release};

/// The name of the application.
pub(crate) const APP: &str = "live";

/// One application on a server of its own.
pub(crate) struct Session {
    pub(crate) server: Asterisk,
    pub(crate) client: Client,
    pub(crate) events: EventStream<Event>,
    /// The number of events of each type that were taken from the stream.
    pub(crate) event_counts: BTreeMap<String, usize>,
}

/// Runs a test on each release that is installed.
pub(crate) fn on_every_release(test: impl AsyncFn(&mut Session)) {
    for release in Release::ALL {
        on_release(release, &test);
    }
}

/// Runs a test on one release, if it is installed.
pub(crate) fn on_release(release: Release, test: impl AsyncFn(&mut Session)) {
    let Some(server) = Asterisk::start(release) else {
        return;
    };
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let client = client(&server, server.user(), server.password());
        let events = connect(&server, APP).await;
        let mut session = Session {
            server,
            client,
            events,
            event_counts: BTreeMap::new(),
        };
        test(&mut session).await;
    });
}

/// Returns a client of a server.
pub(crate) fn client(server: &Asterisk, user: &str, password: &str) -> Client {
    recorder::build(
        builder(server).credentials(user, password),
        server.release(),
    )
}

/// Returns a builder for a client with all permissions.
pub(crate) fn builder(server: &Asterisk) -> ClientBuilder<Client> {
    Client::builder(server.url()).credentials(server.user(), server.password())
}

/// Connects an application. A lost WebSocket ends the stream: no event may be missing.
pub(crate) async fn connect(server: &Asterisk, app: &str) -> EventStream<Event> {
    let builder = builder(server).reconnect(ReconnectPolicy::disabled());
    let client = recorder::build(builder, server.release());
    client.application(app).connect().await.unwrap()
}

/// Connects a client that sends requests byte by byte.
pub(crate) async fn connect_raw(server: &Asterisk) -> RawClient {
    RawClient::connect(("127.0.0.1", server.http_port())).await
}

impl Session {
    /// Returns whether the server is of this release or a later one.
    pub(crate) fn is_at_least(&self, release: u32) -> bool {
        self.server.release().number() >= release
    }

    /// Calls an extension of the context `testari` into the application.
    pub(crate) async fn call(&mut self, extension: &str) -> ChannelHandle {
        let channel = self
            .client
            .channels()
            .originate(format!("Local/{extension}@testari"))
            .app(APP)
            .await
            .unwrap();
        self.wait_for_stasis_start(&channel.id).await;
        self.client.channel(channel.id)
    }

    /// Waits until a channel has entered the application; returns it with its arguments.
    pub(crate) async fn wait_for_stasis_start(&mut self, channel: &str) -> (Channel, Vec<String>) {
        self.wait(&format!("StasisStart of {channel}"), |event| match event {
            Event::StasisStart(start) if start.channel.id == channel => {
                Some((start.channel.clone(), start.args.clone()))
            }
            _ => None,
        })
        .await
    }

    /// Subscribes the application to everything that the tests cause.
    pub(crate) async fn subscribe_to_everything(&self) {
        let everything = ["channel:", "bridge:", "endpoint:PJSIP/loop", "deviceState:"];
        let app = self.client.application(APP);
        app.subscribe(everything).await.unwrap();
    }

    /// Sends a request that newer releases have. If the release lacks it, it is sent nevertheless:
    /// the server must refuse it, and the client must name the reason.
    pub(crate) async fn send_if_known<R: TypedRequest>(&self, request: R) -> Option<R::Output> {
        if self.client.connection().server_version().is_none() {
            self.client.asterisk().ping().await.unwrap();
        }
        let version = self.client.connection().server_version().unwrap();
        let result = self.client.send(request).await;
        if R::OPERATION.availability.includes(version) {
            return Some(result.unwrap());
        }
        match result {
            Err(Error::UnsupportedByRelease { refusal, .. }) => drop(refusal.expect("it was sent")),
            Err(error) => panic!("{version:?} lacks {}, but: {error}", R::OPERATION),
            Ok(_) => panic!("{version:?} lacks {}, but accepts it", R::OPERATION),
        }
        None
    }

    /// Waits until an event of each of these types has arrived that contains `of`: the unique id or
    /// name of its object.
    pub(crate) async fn wait_for_kinds(&mut self, kinds: &[&str], of: &str) {
        let mut missing = kinds.to_vec();
        let what = format!("{kinds:?} of {of}");
        let is_last = |event: &Event| {
            let is_missing = missing.contains(&event.kind());
            if is_missing && serde_json::to_string(event).unwrap().contains(of) {
                missing.retain(|kind| *kind != event.kind());
            }
            missing.is_empty().then_some(())
        };
        self.wait(&what, is_last).await;
    }

    /// Waits for an event of this type.
    pub(crate) async fn wait_for_kind(&mut self, kind: &str) {
        self.wait(kind, |event| (event.kind() == kind).then_some(()))
            .await;
    }

    /// Waits for an event and extracts a value from it. Earlier events are skipped.
    pub(crate) async fn wait<T>(
        &mut self,
        what: &str,
        mut find: impl FnMut(&Event) -> Option<T>,
    ) -> T {
        let seen = &mut self.event_counts;
        wait(&mut self.events, &self.server, what, |event| {
            *seen.entry(event.kind().to_owned()).or_default() += 1;
            find(event)
        })
        .await
    }
}

/// Does the same on any stream.
pub(crate) async fn wait<T>(
    events: &mut EventStream<Event>,
    server: &Asterisk,
    what: &str,
    mut find: impl FnMut(&Event) -> Option<T>,
) -> T {
    let mut passed = Vec::new();
    let found = timeout(LIMIT, async {
        while let Some(event) = events.next().await {
            let event = event.unwrap();
            if let Some(found) = find(&event) {
                return Some(found);
            }
            passed.push(event.kind().to_owned());
        }
        None
    });
    if let Ok(Some(found)) = found.await {
        return found;
    }
    let log = server.log();
    let lines: Vec<_> = log.lines().collect();
    panic!(
        "Asterisk {}: {what} did not come, only {passed:?}; the end of its log:\n{}",
        server.release(),
        lines[lines.len().saturating_sub(40)..].join("\n")
    );
}

/// Returns true if a bridge exists. Asterisk 16 may list a destroyed bridge, which has no channels
/// and cannot be changed.
pub(crate) async fn has_bridges(client: &Client) -> bool {
    for bridge in client.bridges().list().await.unwrap() {
        let removed = client.bridge(&bridge.id).remove_channel(["nobody"]).await;
        if !bridge.channels.is_empty() || removed.unwrap_err().status() != Some(404) {
            return true;
        }
    }
    false
}

/// Waits until no bridge exists. A server may list one for some time after it was destroyed.
pub(crate) async fn wait_until_bridges_are_gone(client: &Client) {
    let gone = async {
        while has_bridges(client).await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(LIMIT, gone).await.expect("no bridges");
}

/// Returns the status and Asterisk's message of a refusal.
#[track_caller]
pub(crate) fn refusal<T>(result: Result<T, Error>) -> (u16, String) {
    match result {
        Err(Error::Response(refusal)) => {
            (refusal.status, refusal.message.clone().unwrap_or_default())
        }
        Err(error) => panic!("not refused by Asterisk, but: {error}"),
        Ok(_) => panic!("not refused"),
    }
}

/// Sends a request to a playback or a recording until it can be controlled, which may not be
/// possible yet when `PlaybackStarted` or `RecordingStarted` arrives.
pub(crate) async fn retry_until_controllable(request: impl AsyncFn() -> Result<(), Error>) {
    retry_while_status(500, request).await;
}

/// Sends a request for as long as it is refused with this status.
pub(crate) async fn retry_while_status<T>(
    status: u16,
    request: impl AsyncFn() -> Result<T, Error>,
) -> T {
    let granted = timeout(LIMIT, async {
        loop {
            match request().await {
                Err(error) if error.status() == Some(status) => tokio::task::yield_now().await,
                result => return result,
            }
        }
    });
    granted.await.unwrap().unwrap()
}
