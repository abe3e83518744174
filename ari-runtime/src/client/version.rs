//! The version of the server behind a connection: asking for it, and refusing requests that a
//! server of that version would take for something else.

use tokio::time::timeout;

use crate::client::connection::Connection;
use crate::client::untyped_connection::UntypedConnection;
use crate::error::types::{Error, TransportError};
use crate::event::bindings::Bindings;
use crate::protocol::{parameter, path};
use crate::request::builder::RequestBuilder;
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::response::decode::decode_version;
use crate::schema::operation::{Method, Operation, Version};
use crate::transport::request_span;
use crate::transport::transport_trait::{BoxFuture, Transport};

impl<E> Connection<E> {
    /// Returns the server's version: the one that
    /// [`ClientBuilder::server_version`](crate::client::builder::ClientBuilder::server_version) has set, or
    /// else the one in the newest response over HTTP, also to a connection whose session this one
    /// carries or is carried by. `None` before the first answer, if there is no HTTP, if the
    /// administrator hides it, and if the server was built from a working tree, so that it has no
    /// number. [`Connection::fetch_version`] asks.
    pub fn server_version(&self) -> Option<Version> {
        self.untyped.shared.release.version()
    }

    /// Asks the server for its version, which [`Connection::server_version`] knows from then on.
    /// `None` if it names no release: a server that was built from a working tree calls itself
    /// `GIT-master-1a2b3c`, or anything. Nothing is asked if
    /// [`ClientBuilder::server_version`](crate::client::builder::ClientBuilder::server_version) has set it.
    ///
    /// # Errors
    /// Returns those of any request.
    pub async fn fetch_version(&self) -> Result<Option<Version>, Error> {
        self.untyped.fetch_version().await
    }
}

impl UntypedConnection {
    /// See [`Connection::fetch_version`].
    fn fetch_version(&self) -> BoxFuture<'_, Result<Option<Version>, Error>> {
        Box::pin(async {
            let release = &self.shared.release;
            if release.given().is_some() {
                return Ok(release.given());
            }
            let (operation, question) = question(self.shared.router.bindings)?;
            let response = self.execute(&question).await?;
            let version = match response.version {
                None => decode_version(operation, response)?,
                version => version,
            };
            release.update(version);
            Ok(version)
        })
    }

    /// Refuses a request that the server would take for one of another operation. If that depends
    /// on a version that is not known yet, the server is asked over the same transport. If the
    /// server reports no version, the request is sent.
    pub(crate) async fn check_overlaps(
        &self,
        request: &Request,
        transport: &dyn Transport,
    ) -> Result<(), Error> {
        let operation = request.operation();
        let version = match self.shared.release.version() {
            None => {
                let limit = request.timeout().unwrap_or(self.shared.settings.timeout);
                let check = timeout(limit, self.ask_before(request, transport));
                let checked = check.await.map_err(|_| Error::NotSent {
                    operation,
                    source: format!("the server did not report its version within {limit:?}")
                        .into(),
                });
                checked??
            }
            version => version,
        };
        let Some(server) = version.filter(|it| !operation.availability.includes(*it)) else {
            return Ok(());
        };
        // The operations of a release that the bindings do not cover are unknown.
        let has = |operation: &Operation| operation.availability.releases.contains(&server.major);
        let is_covered = (self.shared.router.bindings.operations)()
            .iter()
            .any(|operation| has(operation));
        let mut overlaps = operation.overlaps.iter();
        match overlaps.find(|other| !is_covered || other.availability.includes(server)) {
            None => Ok(()),
            Some(instead) => Err(Error::UnsupportedByRelease {
                operation,
                server,
                instead: Some(instead),
                refusal: None,
            }),
        }
    }

    /// Asks for the version that decides if a request can be sent, once for all requests.
    async fn ask_before(
        &self,
        request: &Request,
        transport: &dyn Transport,
    ) -> Result<Option<Version>, Error> {
        let release = &self.shared.release;
        let mut is_unnumbered = release.fetching().await;
        let Ok((operation, question)) = question(self.shared.router.bindings) else {
            return Ok(None);
        };
        if *is_unnumbered || release.version().is_some() {
            return Ok(release.version());
        }
        let not_sent = |source: TransportError| Error::NotSent {
            operation: request.operation(),
            source,
        };
        let question = question.with_timeout(request.timeout());
        let response: Response = match request_span::send(transport, &question).await {
            Ok(response) => response,
            Err(Error::NotSent { source, .. }) => return Err(not_sent(source)),
            Err(error) => return Err(not_sent(error.into())),
        };
        release.update(response.version);
        match response.status {
            _ if response.version.is_some() => {}
            200..300 => {
                release.update(decode_version(operation, response).unwrap_or_default());
                *is_unnumbered = release.version().is_none();
            }
            // It may respond in a moment, and then to the request, too.
            408 | 429 | 500.. => {
                return Err(not_sent(response.into_refusal(operation).into()));
            }
            _ => {}
        }
        Ok(release.version())
    }
}

/// Returns the request for the version, with its operation.
fn question(bindings: &Bindings) -> Result<(&'static Operation, Request), Error> {
    let operation = bindings.operation(Method::Get, path::INFO)?;
    let question = RequestBuilder::build(operation, &|request| {
        request.argument(parameter::ONLY, &vec!["system".to_owned()]);
    });
    Ok((operation, question?))
}
