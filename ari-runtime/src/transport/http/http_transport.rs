//! Requests over HTTP.

use std::fmt;
use std::time::{Duration, Instant};

use hyper::header::{HeaderValue, SERVER};

use crate::client::credentials::Credentials;
use crate::error::types::Error;
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::schema::operation::{ResponseType, Version};
use crate::transport::http::address::Address;
use crate::transport::http::basic::basic;
use crate::transport::http::connector::Connector;
use crate::transport::http::deadline::Deadline;
use crate::transport::http::errors::{not_sent, outcome_unknown, redirect_target};
use crate::transport::http::pool::{Pool, PoolError};
use crate::transport::http::request::http_request;
use crate::transport::http::response::ActiveResponse;
use crate::transport::http::settings::HttpSettings;
use crate::transport::http::upgrade;
use crate::transport::transport_trait::{BoxFuture, Transport};
use crate::transport::web_socket::WebSocket;

/// The transport of [`ClientBuilder`](crate::client::ClientBuilder): requests over HTTP/1.1, with a pool of connections that are kept
/// alive, and WebSockets. [`ClientBuilder::http_transport`](crate::client::ClientBuilder::http_transport)
/// creates it.
pub struct HttpTransport {
    pool: Pool,
    connector: Connector,
    credentials: Option<Credentials>,
    authorization: Option<HeaderValue>,
    connect_timeout: Duration,
    timeout: Duration,
    /// The maximum size of a response, in bytes.
    max_response_size: usize,
}

impl HttpTransport {
    pub(crate) fn new(settings: &HttpSettings) -> Result<Self, Error> {
        let address = Address::parse(&settings.url)?;
        let authorization = match &settings.credentials {
            Some(credentials) => Some(basic(credentials)?),
            None => None,
        };
        let route = settings.route.clone().prepare()?;
        #[cfg(feature = "tls")]
        let connector = if address.secure {
            let tls = settings.tls.config()?;
            Connector::secure(address, route, settings.connect_timeout, tls)?
        } else {
            Connector::plain(address, route, settings.connect_timeout)
        };
        #[cfg(not(feature = "tls"))]
        let connector = Connector::plain(address, route, settings.connect_timeout);
        Ok(HttpTransport {
            pool: Pool::new(
                connector.clone(),
                settings.max_connections,
                settings.idle_timeout,
            ),
            connector,
            credentials: settings.credentials.clone(),
            authorization,
            connect_timeout: settings.connect_timeout,
            timeout: settings.timeout,
            max_response_size: settings.max_response_size,
        })
    }

    async fn execute(&self, request: &Request) -> Result<Response, Error> {
        let operation = request.operation();
        let address = &self.connector.address;
        let http_request = http_request(address, self.authorization.as_ref(), request)?;
        let deadline = Deadline::within(request.timeout().unwrap_or(self.timeout));
        let exchange = self.pool.send(http_request, deadline).await;
        let exchange = exchange.map_err(|failure| match failure {
            PoolError::NotSent(source) => not_sent(operation, address, source),
            PoolError::OutcomeUnknown(source) => outcome_unknown(operation, address, source),
        })?;
        let (response, connection) = exchange;
        let first_byte_at = Some(Instant::now());
        let exchange = ActiveResponse::new(response, connection);
        let status = exchange.head.status.as_u16();
        let server = exchange.head.headers.get(SERVER);
        let server = server.and_then(|value| value.to_str().ok());
        let version = server.and_then(Version::from_server_header);
        if operation.response == ResponseType::Binary && (200..300).contains(&status) {
            let download = exchange.into_stream(operation, address.clone());
            let mut response = Response::streaming(status, Box::pin(download));
            response.first_byte_at = first_byte_at;
            return Ok(response.with_version(version));
        }
        let location = redirect_target(&exchange.head.headers);
        let body = exchange.collect(self.max_response_size).await;
        let body = body.map_err(|source| outcome_unknown(operation, address, source))?;
        let mut response = Response::new(status, body).with_version(version);
        response.first_byte_at = first_byte_at;
        Ok(response.with_location(location))
    }
}

impl Transport for HttpTransport {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async move {
            let result = self.execute(request).await;
            let operation = request.operation();
            let traceparent = request.trace_context().map(tracing::field::display);
            match &result {
                Ok(response) => {
                    tracing::debug!(%operation, traceparent, status = response.status, "response");
                }
                Err(error) => tracing::debug!(%operation, traceparent, %error, "failed"),
            }
            result
        })
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(async move {
            let authorization = self.authorization.as_ref();
            upgrade::open(
                &self.connector,
                request,
                authorization,
                self.connect_timeout,
            )
            .await
        })
    }

    fn close(&self) {
        self.pool.clear();
    }

    fn server_address(&self) -> Option<(&str, u16)> {
        let address = &self.connector.address;
        Some((&address.host, address.port))
    }
}

/// Shows the URL and the user, never the password.
impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport")
            .field("url", &self.connector.address.url())
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
