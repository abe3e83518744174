//! The bus: five verbs, over NATS, and in memory for the simulation.

#[cfg(test)]
pub(crate) mod memory;
pub(crate) mod nats;
pub(crate) mod parts;
pub(crate) mod permission;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ari_api::transport::BoxFuture;
use bytes::Bytes;
use futures_core::Stream;
use tokio::time::sleep;

/// A message.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) subject: String,
    /// The subject for the response, if the sender waits for one.
    pub(crate) reply: Option<String>,
    pub(crate) header: String,
    pub(crate) body: Bytes,
}

/// The reason why a request has no response.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BusError {
    /// Nobody was subscribed, so nobody has received it.
    #[error("nobody is subscribed to {0}")]
    NoResponders(String),
    /// Somebody may have received it.
    #[error("no response within {0:?}")]
    TimedOut(Duration),
    /// The bus cannot be reached. Nobody has received it, or the response may have been lost.
    #[error("the bus cannot be reached: {0}")]
    Disconnected(String),
    /// It is larger than NATS permits, so nobody has received it.
    #[error(
        "the message is too large for NATS: {0}; raise max_payload in the configuration of nats-server"
    )]
    TooLarge(String),
    /// NATS does not permit it, so nobody has received it.
    #[error(
        "NATS does not permit this program to {use_of} {subject}: add this subject to the permissions \
         of its user; the README of ari-cluster lists the subjects that each kind of program needs"
    )]
    NotPermitted {
        use_of: &'static str,
        subject: String,
    },
}

/// The messages of a subscription, until it is dropped.
pub(crate) type Subscription = Pin<Box<dyn Stream<Item = Message> + Send>>;

/// A connection to the bus.
pub(crate) trait Bus: Send + Sync + 'static {
    /// Returns the largest size in bytes of a message's header and body together. It can change with the
    /// server that this program is connected to.
    fn max_size(&self) -> usize;

    /// Sends a message. Never waits: returns false if the message was dropped, because too many are
    /// waiting for the connection. Messages of one connection to one subscriber keep their order.
    fn publish(&self, subject: &str, header: String, body: Bytes) -> bool;

    /// Subscribes, alone or as one of a group, of which one member gets each message. When this
    /// returns, the server knows the subscription: what others publish from now on arrives.
    fn subscribe(
        &self,
        subject: String,
        group: Option<&'static str>,
    ) -> BoxFuture<'_, Result<Subscription, BusError>>;

    /// Sends a request and waits for its response.
    fn request(
        &self,
        subject: String,
        header: String,
        body: Bytes,
        limit: Duration,
    ) -> BoxFuture<'_, Result<Message, BusError>>;
}

/// The pause before a subscription is tried again.
const SUBSCRIBE_PAUSE: Duration = Duration::from_millis(500);

/// Subscribes as [`Bus::subscribe`] does, and tries again for as long as the bus cannot be reached. For
/// programs that have to outlive that.
pub(crate) async fn subscribe_with_retries(
    bus: &dyn Bus,
    subject: String,
    group: Option<&'static str>,
) -> Result<Subscription, BusError> {
    loop {
        match bus.subscribe(subject.clone(), group).await {
            Err(BusError::Disconnected(reason)) => {
                tracing::warn!(subject, reason, "cannot subscribe, and tries again");
                sleep(SUBSCRIBE_PAUSE).await;
            }
            outcome => return outcome,
        }
    }
}

/// A shared connection to the bus.
pub(crate) type SharedBus = Arc<dyn Bus>;

/// Responds to a request.
pub(crate) fn respond(bus: &dyn Bus, request: &Message, header: String, body: Bytes) {
    if let Some(reply) = &request.reply {
        // A lost response is asked for again.
        bus.publish(reply, header, body);
    }
}
