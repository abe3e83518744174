//! Each client in the way its documentation describes: it counts the events that it receives, in
//! order.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures_util::StreamExt as _;
use tokio::task::JoinHandle;

use crate::flood::FIRST_TIMESTAMP;
use crate::ours::ReceivedEvents;

/// The WebSocket library alone: no event is parsed.
pub async fn bare(port: u16, received: Arc<ReceivedEvents>) -> JoinHandle<()> {
    let url = format!("ws://127.0.0.1:{port}/ari/events?app=hello");
    let (mut socket, _) = tokio_tungstenite::connect_async(url)
        .await
        .expect("a connection");
    tokio::spawn(async move {
        while let Some(Ok(message)) = socket.next().await {
            if message.is_text() {
                received.events.fetch_add(1, Ordering::Release);
            }
        }
    })
}

/// The crate `asterisk-ari`.
pub async fn asterisk_ari(port: u16, received: Arc<ReceivedEvents>) -> JoinHandle<()> {
    use asterisk_ari::ws::{client::Client, models::Event, params::ListenRequest};

    let address = format!("http://127.0.0.1:{port}/");
    let mut client = Client::with_config(asterisk_ari::Config::new(address, "user", "password"));
    let stream = client.connect(ListenRequest::new("hello"));
    let stream = stream.await.expect("a connection");
    tokio::spawn(async move {
        // Dropping it closes the socket.
        let _client = client;
        let mut stream = std::pin::pin!(stream);
        let mut expected = 0;
        while let Some(event) = stream.next().await {
            // Each type has its timestamp in a field of its own: the most common types are checked.
            let millis = match &event {
                Event::ChannelDtmfReceived(event) => event.timestamp.timestamp_millis(),
                Event::ChannelStateChange(event) => event.timestamp.timestamp_millis(),
                _ => FIRST_TIMESTAMP + expected,
            };
            received.count(&mut expected, millis);
        }
    })
}

/// The crate `asterisk-rs-ari`, whose buffer cannot be set.
pub async fn asterisk_rs_ari(port: u16, received: Arc<ReceivedEvents>) -> JoinHandle<()> {
    use asterisk_rs_ari::config::AriConfigBuilder;
    use asterisk_rs_core::event::EventReceive;

    let config = AriConfigBuilder::new("hello")
        .host("127.0.0.1")
        .port(port)
        .username("user")
        .password("password")
        .build()
        .expect("an address");
    let client = asterisk_rs_ari::AriClient::connect(config);
    let client = client.await.expect("a connection");
    let mut events = client.subscribe();
    tokio::spawn(async move {
        // Dropping it closes the socket.
        let _client = client;
        loop {
            match events.recv().await {
                EventReceive::Event(event) => {
                    // A string here: it is only counted, and its last digits are not compared.
                    std::hint::black_box(&event.timestamp);
                    received.events.fetch_add(1, Ordering::Release);
                }
                EventReceive::Lagged(missed) => {
                    received.reported_lost.fetch_add(missed, Ordering::Relaxed);
                }
                EventReceive::Closed => return,
            }
        }
    })
}
