//! Calls over HTTP.

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use bytes::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue, SERVER};
use zeroize::Zeroizing;

use super::address::Address;
use super::body::{Arriving, Whole, collect};
use super::connector::Connector;
use super::pool::{Failure, Pool};
use super::websocket;
use crate::runtime::{
    Answer, AnswerType, Bindings, BoxFuture, Call, ClientBuilder, Credentials, Error, Operation,
    SendError, Transport, Version, WebSocket,
};

/// HTTP/1.1 to one Asterisk.
pub(crate) struct Http {
    pool: Pool,
    connector: Connector,
    credentials: Option<Credentials>,
    authorization: Option<HeaderValue>,
    connect_timeout: Duration,
    timeout: Duration,
    /// How many bytes of an answer are read.
    answer_limit: usize,
}

impl Http {
    pub(crate) fn new<C: Bindings>(builder: &ClientBuilder<C>) -> Result<Self, Error> {
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
        Ok(Http {
            pool: Pool::new(connector.clone()),
            connector,
            credentials: builder.credentials.clone(),
            authorization,
            connect_timeout: builder.connect_timeout,
            timeout: builder.answer_timeout(),
            answer_limit: builder.answer_limit,
        })
    }

    async fn request(&self, call: &Call) -> Result<Answer, Error> {
        let operation = call.operation();
        let address = &self.connector.address;
        let mut request = hyper::Request::builder()
            .method(call.method().as_str())
            .uri(address.path(&call.target()))
            .header(HOST, address.authority.as_str());
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        if call.body().is_some() {
            request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let request = request
            .body(Whole::new(call.body().cloned()))
            .map_err(|source| not_sent(operation, source))?;
        let response = self
            .pool
            .send(request)
            .await
            .map_err(|failure| match failure {
                Failure::NotSent(source) => not_sent(operation, source),
                Failure::Unknown(source) => unknown(operation, source),
            })?;
        let status = response.status().as_u16();
        let server = response
            .headers()
            .get(SERVER)
            .and_then(|value| value.to_str().ok());
        let version = server.and_then(Version::from_server_header);
        let body = response.into_body();
        if operation.answer == AnswerType::Binary && (200..300).contains(&status) {
            let body = Arriving { body, operation };
            return Ok(Answer::streaming(status, Box::pin(body)).from_version(version));
        }
        let body = collect(body, self.answer_limit).await;
        let body = body.map_err(|source| unknown(operation, source))?;
        Ok(Answer::new(status, body).from_version(version))
    }
}

impl Transport for Http {
    fn send<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let limit = call.time_limit().unwrap_or(self.timeout);
            let result = match tokio::time::timeout(limit, self.request(call)).await {
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

    fn connect<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(async move {
            let operation = call.operation();
            let opening = websocket::open(&self.connector, call, self.authorization.as_ref());
            match tokio::time::timeout(self.connect_timeout, opening).await {
                Ok(result) => result,
                Err(elapsed) => Err(unknown(operation, elapsed)),
            }
        })
    }

    fn close(&self) {
        self.pool.clear();
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

/// The header of Basic authentication. Its memory, and that of everything on the way to it, is
/// cleared when it is no longer needed.
fn basic(credentials: &Credentials) -> Result<HeaderValue, Error> {
    credentials.check()?;
    let pair = credentials.pair();
    let mut text = Zeroizing::new(String::from("Basic "));
    // At once, as a text that grows leaves copies behind.
    text.reserve_exact(pair.len().div_ceil(3) * 4);
    base64::engine::general_purpose::STANDARD.encode_string(pair.as_bytes(), &mut text);
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(Secret(text)))
        .map_err(|_| Error::Configuration("the credentials do not fit a header".into()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// What the header's clones share.
struct Secret(Zeroizing<String>);

impl AsRef<[u8]> for Secret {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
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
