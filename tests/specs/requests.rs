//! Every operation once, with all of its parameters, as a user would write it.

mod asterisk;
mod bridges;
mod channels;
mod others;

use ari_api::transport::BoxFuture;
use ari_api::{Client, Error};
use serde_json::Value;

/// Sends a request, and returns the response as JSON.
pub(crate) type Sends = fn(Client) -> BoxFuture<'static, Result<Value, Error>>;

/// One operation with its request.
pub(crate) struct Row {
    /// Method and path, as in the specs.
    pub(crate) operation: &'static str,
    /// The request.
    pub(crate) send: Sends,
    /// The values of the request, by the parameters' names in the specs.
    pub(crate) given: Value,
}

/// Creates [`Sends`] from a request with a response of JSON, or an empty one.
macro_rules! sends {
    (|$client:ident| $request:expr) => {
        |$client| {
            Box::pin(async move {
                let answer = $request.await?;
                Ok(serde_json::to_value(answer).expect("models serialize"))
            })
        }
    };
}

/// A request with a response of JSON, or an empty one.
macro_rules! row {
    ($operation:literal, |$client:ident| $request:expr, $given:expr $(,)?) => {
        Row {
            operation: $operation,
            send: crate::requests::sends!(|$client| $request),
            given: $given,
        }
    };
}

/// A request with a response of bytes.
macro_rules! download {
    ($operation:literal, |$client:ident| $request:expr, $given:expr $(,)?) => {
        Row {
            operation: $operation,
            send: |$client| {
                Box::pin(async move {
                    let bytes = $request.await?.bytes().await?;
                    Ok(bytes.to_vec().into())
                })
            },
            given: $given,
        }
    };
}

/// A request that opens a WebSocket. Its result is everything that arrives until the server closes
/// it.
macro_rules! socket {
    ($operation:literal, |$client:ident| $request:expr, $given:expr $(,)?) => {
        Row {
            operation: $operation,
            send: |$client| {
                Box::pin(async move {
                    let mut stream = $request.await?;
                    let mut arrived = Vec::new();
                    loop {
                        match stream.next().await {
                            Some(Ok(event)) => {
                                if let ari_api::Event::Connection(change) = &*event {
                                    match change.name() {
                                        "Disconnected" => break,
                                        _ => continue,
                                    }
                                }
                                let unknown = matches!(*event, ari_api::Event::Unknown { .. });
                                assert!(!unknown, "{event:?}");
                                let event = serde_json::to_value(&*event);
                                arrived.push(event.expect("events serialize"));
                            }
                            None => break,
                            Some(Err(error)) => return Err(error),
                        }
                    }
                    Ok(arrived.into())
                })
            },
            given: $given,
        }
    };
}

pub(crate) use sends;
use {download, row, socket};

/// Returns all rows.
pub(crate) fn table() -> Vec<Row> {
    [
        asterisk::rows(),
        bridges::rows(),
        channels::rows(),
        others::rows(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
