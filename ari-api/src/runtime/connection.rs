//! What a client sends through: a transport, shared by all clones.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::{BoxFuture, Call, Connect, Error, EventStream, Request, Transport, Version};

/// The future of a request that was awaited.
pub type Sending<T> = BoxFuture<'static, T>;

/// A transport, shared by a client and all its clones, and what is known of the server behind it.
#[derive(Clone)]
pub struct Connection {
    transport: Arc<dyn Transport>,
    /// What the newest answer said: a server can be upgraded while clients live.
    version: Arc<Mutex<Option<Version>>>,
    checks_availability: bool,
}

impl Connection {
    /// A connection over any transport.
    pub fn new(transport: impl Transport + 'static) -> Self {
        Connection {
            transport: Arc::new(transport),
            version: Arc::default(),
            checks_availability: false,
        }
    }

    /// The same connection, which refuses to send what the server's release lacks, as soon as an
    /// answer has told which one it is.
    pub fn checking_availability(mut self, checks: bool) -> Self {
        self.checks_availability = checks;
        self
    }

    /// The server's version, as its newest answer told it; none before the first, and where the
    /// administrator hides it.
    pub fn server_version(&self) -> Option<Version> {
        *self.version.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn send<R: Request>(&self, request: &R) -> Result<R::Output, Error> {
        let call = request.call()?;
        if let Some(server) = self.lacking(&call).filter(|_| self.checks_availability) {
            return Err(Error::NotAvailable {
                operation: call.operation(),
                server,
                refusal: None,
            });
        }
        let answer = self.transport.send(&call).await?;
        if answer.version.is_some() {
            *self.version.lock().unwrap_or_else(PoisonError::into_inner) = answer.version;
        }
        R::read(answer).map_err(|error| match (error, self.lacking(&call)) {
            // A server that does not know an operation answers like one that does not know an
            // object: only its version tells them apart.
            (Error::Refused(refusal), Some(server)) if matches!(refusal.status, 404 | 405) => {
                let operation = call.operation();
                Error::NotAvailable {
                    operation,
                    server,
                    refusal: Some(refusal),
                }
            }
            (error, _) => error,
        })
    }

    /// [`Connection::send`] as a future that owns what it needs: what awaiting a request is.
    pub fn sending<R>(self, request: R) -> Sending<Result<R::Output, Error>>
    where
        R: Request + Send + Sync + 'static,
    {
        Box::pin(async move { self.send(&request).await })
    }

    /// [`Connection::connect`] as a future that owns what it needs.
    pub fn connecting<R>(self, request: R) -> Sending<Result<EventStream<R::Message>, Error>>
    where
        R: Connect + Send + Sync + 'static,
    {
        Box::pin(async move { self.connect(&request).await })
    }

    /// The server's version, if it lacks what is called.
    fn lacking(&self, call: &Call) -> Option<Version> {
        self.server_version()
            .filter(|server| !call.operation().availability.includes(*server))
    }

    /// Opens a WebSocket and decodes what arrives on it.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn connect<R: Connect>(&self, request: &R) -> Result<EventStream<R::Message>, Error> {
        let call = request.call()?;
        let messages = self.transport.connect(&call).await?;
        Ok(EventStream::new(messages))
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.transport.fmt(f)
    }
}
