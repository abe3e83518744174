//! The bus over core NATS.

use std::sync::Arc;
use std::time::Duration;

use ari_api::transport::BoxFuture;
use async_nats::client::PublishErrorKind;
use async_nats::{Client, HeaderMap};
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use super::permission::{Refusals, Use};
use super::{Bus, BusError, Message, Subscription};
use crate::wire::header;

/// The number of messages that wait for the connection. Further ones are dropped.
const MAX_WAITING: usize = 65_536;

/// The time limit of the round trip that shows that the server knows a subscription.
const ROUND_TRIP_LIMIT: Duration = Duration::from_secs(10);

/// The time in which a refusal is reported that has arrived.
const REFUSAL_DELAY: Duration = Duration::from_millis(20);

/// The space that a header takes in addition to its text.
const HEADER_OVERHEAD: usize = 32;

/// A connection to NATS.
pub(crate) struct NatsBus {
    client: Client,
    refusals: Refusals,
    outgoing: mpsc::Sender<(String, HeaderMap, Bytes)>,
    writer: AbortHandle,
}

impl NatsBus {
    /// Returns a bus over a connection, whose events `refusals` gets.
    pub(crate) fn new(client: Client, refusals: Refusals) -> Arc<Self> {
        let (outgoing, mut waiting) = mpsc::channel::<(String, HeaderMap, Bytes)>(MAX_WAITING);
        let writing = client.clone();
        let writer = tokio::spawn(async move {
            while let Some((subject, headers, body)) = waiting.recv().await {
                let publishing = writing.publish_with_headers(subject.clone(), headers, body);
                if let Err(error) = publishing.await {
                    let hint = match error.kind() {
                        PublishErrorKind::MaxPayloadExceeded => {
                            "; raise max_payload in the configuration of nats-server"
                        }
                        _ => "",
                    };
                    tracing::warn!(subject, "a message was not published: {error}{hint}");
                }
            }
        });
        Arc::new(NatsBus {
            client,
            refusals,
            outgoing,
            writer: writer.abort_handle(),
        })
    }
}

impl Drop for NatsBus {
    fn drop(&mut self) {
        self.writer.abort();
    }
}

fn headers(text: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::NAME, text);
    headers
}

fn message(message: async_nats::Message) -> Message {
    let header = message
        .headers
        .as_ref()
        .and_then(|headers| headers.get(header::NAME));
    Message {
        subject: message.subject.to_string(),
        reply: message.reply.map(|reply| reply.to_string()),
        header: header.map(ToString::to_string).unwrap_or_default(),
        body: message.payload,
    }
}

fn disconnected(error: impl std::fmt::Display) -> BusError {
    BusError::Disconnected(error.to_string())
}

impl Bus for NatsBus {
    fn max_size(&self) -> usize {
        self.client.max_payload().saturating_sub(HEADER_OVERHEAD)
    }

    fn publish(&self, subject: &str, header: String, body: Bytes) -> bool {
        let message = (subject.to_owned(), headers(&header), body);
        self.outgoing.try_send(message).is_ok()
    }

    fn subscribe(
        &self,
        subject: String,
        group: Option<&'static str>,
    ) -> BoxFuture<'_, Result<Subscription, BusError>> {
        Box::pin(async move {
            let inbox = self.client.new_inbox();
            let mut look = self.refusals.look();
            let mut later = self.refusals.look();
            let uses = [
                (Use::Subscribe, &*subject),
                (Use::Subscribe, &*inbox),
                (Use::Publish, &*inbox),
            ];
            let subscribing = async {
                let subscriber = match group {
                    Some(group) => {
                        let group = group.to_owned();
                        self.client.queue_subscribe(subject.clone(), group).await
                    }
                    None => self.client.subscribe(subject.clone()).await,
                };
                let subscriber = subscriber.map_err(disconnected)?;
                let echo = self.client.subscribe(inbox.clone()).await;
                let mut echo = echo.map_err(disconnected)?;
                // The server processes what a connection sends in order. `flush` would only show that
                // the subscription was written.
                let sent = self.client.publish(inbox.clone(), Bytes::new()).await;
                sent.map_err(disconnected)?;
                match tokio::time::timeout(ROUND_TRIP_LIMIT, echo.next()).await {
                    Ok(Some(_)) => {}
                    _ => return Err(disconnected("the server does not respond")),
                }
                // NATS's client reports refusals in a task of its own.
                tokio::time::sleep(REFUSAL_DELAY).await;
                Ok(subscriber)
            };
            let subscriber = tokio::select! {
                biased;
                error = look.wait_for(&uses) => return Err(error),
                subscriber = subscribing => subscriber?,
            };
            // If the refusal is reported later still, the subscription ends.
            let refused = Box::pin(async move {
                later.wait_for(&[(Use::Subscribe, &subject)]).await;
            });
            let messages = subscriber.take_until(refused).map(message);
            Ok(Box::pin(messages) as Subscription)
        })
    }

    fn request(
        &self,
        subject: String,
        header: String,
        body: Bytes,
        limit: Duration,
    ) -> BoxFuture<'_, Result<Message, BusError>> {
        Box::pin(async move {
            let request = async_nats::Request::new()
                .headers(headers(&header))
                .payload(body)
                .timeout(Some(limit));
            let mut look = self.refusals.look();
            let uses = [(Use::Publish, &*subject)];
            let outcome = tokio::select! {
                biased;
                outcome = self.client.send_request(subject.clone(), request) => outcome,
                error = look.wait_for(&uses) => return Err(error),
            };
            match outcome {
                Ok(response) => Ok(message(response)),
                Err(error) => Err(match error.kind() {
                    async_nats::RequestErrorKind::NoResponders => BusError::NoResponders(subject),
                    async_nats::RequestErrorKind::TimedOut => BusError::TimedOut(limit),
                    async_nats::RequestErrorKind::MaxPayloadExceeded => {
                        BusError::TooLarge(error.to_string())
                    }
                    _ => disconnected(error),
                }),
            }
        })
    }
}
