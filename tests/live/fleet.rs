//! Several servers as one fleet.

use std::time::Duration;

use ari_api::client::Fleet;
use ari_api::events::EventWebsocket;
use ari_api::{Client, Error, Event, channels};
use ari_test_support::LIMIT;
use tokio::time::timeout;

use super::session::client;
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
            let call = server.channels().originate("Local/1@testari").app("fleet");
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
