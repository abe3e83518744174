//! Calls over HTTP.

use std::error::Error as _;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use base64::Engine as _;
use bytes::Bytes;
use futures_core::Stream;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, SERVER};
use hyper_util::client::legacy::Client as Pool;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::address::Address;
use super::connector::Connector;
use super::websocket;
use crate::runtime::{
    Answer, AnswerType, BoxFuture, Call, ClientBuilder, Connection, Credentials, Error, Messages,
    Operation, SendError, Transport, Version,
};

/// Asterisk closes connections that were idle for 15 seconds; letting go before that avoids
/// requests that meet a closing connection.
const IDLE: Duration = Duration::from_secs(10);

/// The largest answer that is read; downloads are streamed instead. A server with 10,000 channels
/// lists them in some 8 MB.
const LARGEST_ANSWER: usize = 64 * 1024 * 1024;

/// HTTP/1.1 to one Asterisk.
pub(crate) struct Http {
    pool: Pool<Connector, Full<Bytes>>,
    connector: Connector,
    credentials: Option<Credentials>,
    authorization: Option<HeaderValue>,
    connect_timeout: Duration,
    timeout: Duration,
    event_buffer: usize,
}

impl Http {
    pub(crate) fn new<C: From<Connection>>(builder: &ClientBuilder<C>) -> Result<Self, Error> {
        let address = Address::parse(&builder.url)?;
        let authorization = match &builder.credentials {
            Some(credentials) => Some(basic(credentials)?),
            None => None,
        };
        #[cfg(feature = "tls")]
        let connector = if address.secure {
            Connector::secure(address, builder.connect_timeout, builder.tls.config()?)?
        } else {
            Connector::plain(address, builder.connect_timeout)
        };
        #[cfg(not(feature = "tls"))]
        let connector = Connector::plain(address, builder.connect_timeout);
        let pool = Pool::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .build(connector.clone());
        Ok(Http {
            pool,
            connector,
            credentials: builder.credentials.clone(),
            authorization,
            connect_timeout: builder.connect_timeout,
            timeout: builder.timeout,
            event_buffer: builder.event_buffer,
        })
    }

    async fn request(&self, call: &Call) -> Result<Answer, Error> {
        let operation = call.operation();
        let mut request = hyper::Request::builder()
            .method(call.method().as_str())
            .uri(self.connector.address.http_url(&call.target()));
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        if call.body().is_some() {
            request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let body = Full::new(call.body().cloned().unwrap_or_default());
        let request = request
            .body(body)
            .map_err(|source| not_sent(operation, source))?;
        let response = self.pool.request(request).await.map_err(|error| {
            // Before the first byte of a request is written hyper can tell that it was not.
            let canceled = error
                .source()
                .and_then(|source| source.downcast_ref::<hyper::Error>())
                .is_some_and(hyper::Error::is_canceled);
            if error.is_connect() || canceled {
                not_sent(operation, error)
            } else {
                unknown(operation, error)
            }
        })?;
        let status = response.status().as_u16();
        let server = response
            .headers()
            .get(SERVER)
            .and_then(|value| value.to_str().ok());
        let version = server.and_then(Version::from_server_header);
        let body = response.into_body();
        if operation.answer == AnswerType::Binary && (200..300).contains(&status) {
            let body = IncomingStream { body, operation };
            return Ok(Answer::streaming(status, Box::pin(body)).from_version(version));
        }
        let body = Limited::new(body, LARGEST_ANSWER).collect().await;
        let body = body.map_err(|source| Error::OutcomeUnknown { operation, source })?;
        Ok(Answer::new(status, body.to_bytes()).from_version(version))
    }
}

impl Transport for Http {
    fn send<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let result = match tokio::time::timeout(self.timeout, self.request(call)).await {
                Ok(result) => result,
                Err(elapsed) => Err(unknown(call.operation(), elapsed)),
            };
            match &result {
                Ok(answer) => {
                    tracing::debug!(operation = %call.operation(), status = answer.status, "answered");
                }
                Err(error) => tracing::debug!(operation = %call.operation(), %error, "failed"),
            }
            result
        })
    }

    fn connect<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Messages, Error>> {
        Box::pin(async move {
            let operation = call.operation();
            let opening = websocket::open(
                &self.connector,
                call,
                self.authorization.as_ref(),
                self.event_buffer,
            );
            match tokio::time::timeout(self.connect_timeout, opening).await {
                Ok(result) => result,
                Err(elapsed) => Err(unknown(operation, elapsed)),
            }
        })
    }
}

/// Shows where it goes and as whom, never the password.
impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http")
            .field("url", &self.connector.address.http_url(""))
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

fn basic(credentials: &Credentials) -> Result<HeaderValue, Error> {
    credentials.check()?;
    let encoded = base64::engine::general_purpose::STANDARD.encode(credentials.pair());
    let mut value = HeaderValue::try_from(format!("Basic {encoded}"))
        .map_err(|_| Error::Configuration("the credentials do not fit a header".into()))?;
    value.set_sensitive(true);
    Ok(value)
}

pub(super) fn not_sent(operation: &'static Operation, source: impl Into<SendError>) -> Error {
    Error::NotSent {
        operation,
        source: source.into(),
    }
}

pub(super) fn unknown(operation: &'static Operation, source: impl Into<SendError>) -> Error {
    Error::OutcomeUnknown {
        operation,
        source: source.into(),
    }
}

/// A download as it arrives.
struct IncomingStream {
    body: Incoming,
    operation: &'static Operation,
}

impl Stream for IncomingStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::task::ready!(Pin::new(&mut self.body).poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(unknown(self.operation, error)))),
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}
