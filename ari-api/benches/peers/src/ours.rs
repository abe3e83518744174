//! This crate as a client, in a file of its own: a test compiles and runs it, because the whole
//! benchmark takes long to build.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
    pub fn count(&self, expected: &mut i64, millis: i64) {
        if millis - FIRST_TIMESTAMP != *expected {
            self.out_of_order.fetch_add(1, Ordering::Relaxed);
        }
        *expected = millis - FIRST_TIMESTAMP + 1;
        self.events.fetch_add(1, Ordering::Release);
    }
}

/// This crate, with a buffer for all events that may arrive at once.
pub async fn connect(port: u16, buffer: usize, received: Arc<ReceivedEvents>) -> JoinHandle<()> {
    let client = ari_api::Client::builder(format!("http://127.0.0.1:{port}/ari"))
        .event_buffer_capacity(buffer)
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
                        received.count(&mut expected, timestamp.unix_millis());
                    }
                }
                Err(ari_api::Error::Lagged { missed }) => {
                    received.reported_lost.fetch_add(missed, Ordering::Relaxed);
                }
                Err(_) => {}
            }
        }
    })
}
