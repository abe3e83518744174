//! What a client sends through: a transport, shared by all clones.

use std::fmt;
use std::sync::Arc;

use super::{BoxFuture, Connect, Error, EventStream, Request, Transport};

/// The future of a request that was awaited.
pub type Sending<T> = BoxFuture<'static, T>;

/// A transport, shared by a client and all its clones.
#[derive(Clone)]
pub struct Connection {
    transport: Arc<dyn Transport>,
}

impl Connection {
    /// A connection over any transport.
    pub fn new(transport: impl Transport + 'static) -> Self {
        Connection {
            transport: Arc::new(transport),
        }
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn send<R: Request>(&self, request: &R) -> Result<R::Output, Error> {
        let call = request.call()?;
        let answer = self.transport.send(&call).await?;
        R::read(answer)
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
