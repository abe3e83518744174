//! Closing a WebSocket whose application is subscribed to device states, while calls end: without
//! precautions an Asterisk 22 freezes permanently.

use ari_api::{Client, Event};
use ari_test_support::LIMIT;
use futures_util::future::join_all;
use tokio::time::timeout;

use super::recorder;
use super::session::{builder, on_every_release};

/// Enough rounds to always reproduce the freeze without the cleanup before the close.
const ROUNDS: usize = 25;
const CONCURRENT_CLIENTS: usize = 3;

#[test]
fn close_with_device_subscriptions_does_not_freeze_server() {
    on_every_release(async |session| {
        let release = session.server.release();
        for round in 0..ROUNDS {
            let leaving = (0..CONCURRENT_CLIENTS).map(|number| {
                let client = recorder::build(builder(&session.server), release);
                follow_one_call(client, format!("{round}-{number}"))
            });
            join_all(leaving).await;
            let asked = timeout(LIMIT, session.client.applications().list()).await;
            let answer = asked.unwrap_or_else(|_| panic!("{release} is frozen in round {round}"));
            answer.unwrap();
        }
    });
}

/// Runs a client that is subscribed to everything, and closes at the moment when a call ends.
async fn follow_one_call(client: Client, id: String) {
    let application = client.application(format!("watch-{id}"));
    let mut events = application.connect().subscribe_all(true).await.unwrap();
    let call = client.channels().originate("Local/brief@testari");
    call.app("live").channel_id(&id).await.unwrap();
    loop {
        let event = timeout(LIMIT, events.next()).await;
        let event = event.expect("an event in time").expect("no end").unwrap();
        if let Event::ChannelDestroyed(end) = event.as_ref()
            && end.channel.id == id
        {
            break;
        }
    }
    client.close(LIMIT).await;
}
