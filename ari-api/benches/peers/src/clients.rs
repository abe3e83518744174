//! Each client in the way its documentation describes: it counts the events that it receives, in
//! order.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::StreamExt as _;
use tokio::task::JoinHandle;

use crate::flood::FIRST_TIMESTAMP;

/// The events that one client has received so far.
#[derive(Default)]
pub struct ReceivedEvents {
    pub events: AtomicU64,
    /// Events that the client reports as lost.
    pub reported_lost: AtomicU64,
    /// Events that did not directly follow the one before.
    pub out_of_order: AtomicU64,
}

impl ReceivedEvents {
    /// Counts an event of this Unix time in milliseconds.
    fn count(&self, expected: &mut i64, millis: i64) {
        if millis - FIRST_TIMESTAMP != *expected {
            self.out_of_order.fetch_add(1, Ordering::Relaxed);
        }
        *expected = millis - FIRST_TIMESTAMP + 1;
        self.events.fetch_add(1, Ordering::Release);
    }
}

/// The WebSocket library alone: no event is parsed.
pub async fn bare(port: u16, got: Arc<ReceivedEvents>) -> JoinHandle<()> {
    let url = format!("ws://127.0.0.1:{port}/ari/events?app=hello");
    let (mut socket, _) = tokio_tungstenite::connect_async(url)
        .await
        .expect("a connection");
    tokio::spawn(async move {
        while let Some(Ok(message)) = socket.next().await {
            if message.is_text() {
                got.events.fetch_add(1, Ordering::Release);
            }
        }
    })
}

/// This crate, with a buffer for all events that may arrive at once.
pub async fn ours(port: u16, buffer: usize, got: Arc<ReceivedEvents>) -> JoinHandle<()> {
    let client = ari_api::Client::builder(format!("http://127.0.0.1:{port}/ari"))
        .event_buffer(buffer)
        .build()
        .expect("an address");
    let mut stream = client
        .application("hello")
        .connect()
        .await
        .expect("a connection");
    tokio::spawn(async move {
        let mut expected = 0;
        while let Some(event) = stream.next().await {
            match event {
                Ok(event) => {
                    if let Some(timestamp) = event.timestamp() {
                        got.count(&mut expected, timestamp.unix_millis());
                    }
                }
                Err(ari_api::Error::Lagged { missed }) => {
                    got.reported_lost.fetch_add(missed, Ordering::Relaxed);
                }
                Err(_) => {}
            }
        }
    })
}

/// The crate `asterisk-ari`.
pub async fn asterisk_ari(port: u16, got: Arc<ReceivedEvents>) -> JoinHandle<()> {
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
            got.count(&mut expected, millis);
        }
    })
}

/// The crate `asterisk-rs-ari`, whose buffer cannot be set.
pub async fn asterisk_rs_ari(port: u16, got: Arc<ReceivedEvents>) -> JoinHandle<()> {
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
                    got.events.fetch_add(1, Ordering::Release);
                }
                EventReceive::Lagged(missed) => {
                    got.reported_lost.fetch_add(missed, Ordering::Relaxed);
                }
                EventReceive::Closed => return,
            }
        }
    })
}
