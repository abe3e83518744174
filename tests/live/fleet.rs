//! Several servers as one fleet.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ari_api::client::{Fleet, ReconnectPolicy};
use ari_api::events::EventWebsocket;
use ari_api::schema::Version;
use ari_api::{Client, Error, Event, bridges, channels};
use ari_test_support::{LIMIT, wait_until, within_limit};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::recorder;
use super::session::{builder, client};
use crate::asterisk::{Asterisk, Release};

#[test]
fn events_are_merged_and_requests_find_their_server() {
    let servers: Vec<_> = Release::ALL
        .into_iter()
        .filter_map(Asterisk::start)
        .collect();
    let [first, second] = servers.as_slice() else {
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let of = |server: &Asterisk| client(server, server.user(), server.password());
        let nowhere = Client::builder("http://127.0.0.1:9/ari").build().unwrap();
        let fleet = Fleet::new([("one", of(first)), ("two", of(second)), ("dead", nowhere)]);
        let mut events = fleet.connect(EventWebsocket::new(["fleet"]));

        // The first two are connected, and the unreachable one reports that it is not.
        let mut told = std::collections::BTreeSet::new();
        while told.len() < 3 {
            let item = timeout(LIMIT, events.next()).await.unwrap().unwrap();
            match &item.event {
                Ok(event) => assert_eq!(event.kind(), "Connected"),
                Err(error) => assert!(matches!(error, Error::NotSent { .. }), "{error}"),
            }
            told.insert((item.server.to_string(), item.event.is_ok()));
        }
        let expected = [("dead", false), ("one", true), ("two", true)];
        assert_eq!(
            told,
            expected.map(|(name, ok)| (name.to_owned(), ok)).into()
        );

        for name in ["one", "two"] {
            let server = fleet.server(name).unwrap();
            let call = server
                .client()
                .channels()
                .originate("Local/1@testari")
                .app("fleet");
            let id = call.await.unwrap().id;
            let on = loop {
                let item = timeout(LIMIT, events.next()).await.unwrap().unwrap();
                if let Ok(event) = &item.event
                    && let Event::StasisStart(start) = &**event
                    && start.channel.id == id
                {
                    break item.server;
                }
            };
            assert_eq!(&*on, name);
            fleet.send(channels::Answer::new(&id)).await.unwrap();
            // A fleet without events has to search for it.
            let other = Fleet::new([("one", of(first)), ("two", of(second))]);
            assert_eq!(other.send(channels::Get::new(&id)).await.unwrap().id, id);
            other.send(channels::Hangup::new(&id)).await.unwrap();
        }
        let other = Fleet::new([("one", of(first)), ("two", of(second))]);
        let error = other.send(channels::Get::new("no-such")).await.unwrap_err();
        assert_eq!(error.status(), Some(404));
        let error = fleet.send(channels::List::new()).await.unwrap_err();
        assert!(matches!(error, Error::InvalidConfig(_)), "{error}");
        // If a server cannot be asked, the object may be there.
        let error = fleet.send(channels::Get::new("no-such")).await.unwrap_err();
        assert!(matches!(error, Error::NotSent { .. }), "{error}");
        fleet.close(Duration::from_secs(5)).await;
    });
}

/// Calls are placed while a server crashes, comes back, is removed and inserted again.
#[test]
fn calls_are_placed_while_servers_come_and_go() {
    let servers: Vec<_> = Release::ALL
        .into_iter()
        .filter_map(Asterisk::start)
        .collect();
    let Ok([mut old, new]) = <[Asterisk; 2]>::try_from(servers) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let quick = ReconnectPolicy::new()
            .initial_delay(Duration::from_millis(100))
            .max_delay(Duration::from_millis(500));
        let of = |server: &Asterisk| {
            let builder = builder(server).reconnect(quick.clone());
            recorder::build(builder, server.release())
        };
        let fleet = Fleet::new([("old", of(&old)), ("new", of(&new))]);
        let mut events = fleet.connect(EventWebsocket::new(["fleet"]));
        let closed = Arc::new(AtomicBool::new(false));
        let is_closed = closed.clone();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            while let Some(item) = events.next().await {
                if item.event.is_ok_and(|event| event.kind() == "Closed") {
                    is_closed.store(true, Ordering::Relaxed);
                }
            }
        });
        for server in fleet.servers() {
            wait_until("connected", || server.health().is_connected).await;
        }

        // By release, and an object that is found without asking the others.
        let call = || channels::Originate::new("Local/1@testari").app("fleet");
        let at_least = fleet.place(call()).at_least(Version::new(17, 0, 0));
        let placed = at_least.await.unwrap();
        assert_eq!(&*placed.server, "new");
        let hangup = channels::Hangup::new(placed.response.id);
        fleet.send(hangup).await.unwrap();
        let bridge = fleet.place(bridges::Create::new()).await.unwrap();
        let destroy = bridges::Destroy::new(bridge.response.id);
        fleet.send(destroy).await.unwrap();

        // Under load.
        let stop = Arc::new(AtomicBool::new(false));
        let counts = Arc::new(Mutex::new(BTreeMap::new()));
        let mut callers = JoinSet::new();
        for _ in 0..3 {
            let (fleet, stop, counts) = (fleet.clone(), stop.clone(), counts.clone());
            callers.spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    match fleet.place(call()).await {
                        Ok(placed) => {
                            *counts.lock().unwrap().entry(placed.server).or_insert(0) += 1;
                            // It may have ended with its server.
                            let hangup = channels::Hangup::new(placed.response.id);
                            let _ = fleet.send(hangup).await;
                        }
                        // Asterisk crashes or starts.
                        Err(Error::OutcomeUnknown { .. } | Error::Response(_)) => {}
                        Err(error) => panic!("{error}"),
                    }
                    sleep(Duration::from_millis(20)).await;
                }
            });
        }
        let count = |name: &str| counts.lock().unwrap().get(name).copied().unwrap_or(0);
        let used = async |name: &str| {
            let before = count(name);
            wait_until("used", || count(name) > before + 5).await;
        };
        used("old").await;
        used("new").await;
        let server = fleet.server("old").unwrap();
        old.stop();
        wait_until("lost", || !server.health().is_connected).await;
        used("new").await;
        old.restart();
        wait_until("back", || server.health().is_connected).await;
        assert!(server.health().last_error.is_some());
        used("old").await;
        server.set_draining(true);
        used("new").await;

        fleet.remove("old");
        wait_until("closed", || closed.load(Ordering::Relaxed)).await;
        used("new").await;
        fleet.insert("old", server.client().clone());
        used("old").await;
        stop.store(true, Ordering::Relaxed);
        while let Some(caller) = callers.join_next().await {
            caller.unwrap();
        }
        for server in fleet.servers() {
            // Those whose outcome is unknown.
            for channel in server.client().channels().list().await.unwrap() {
                let _ = server.client().channel(channel.id).hangup().await;
            }
            wait_until("idle", || server.health().load() == 0).await;
        }
        within_limit(fleet.close(Duration::from_secs(5))).await;
    });
}
