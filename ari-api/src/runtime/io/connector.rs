//! Opening connections to one address: TCP, and TLS on top where the address says https.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::Uri;
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tower_service::Service;

use super::address::Address;

/// Opens connections to an Asterisk, for calls and for WebSockets alike.
#[derive(Clone)]
pub(super) struct Connector {
    pub(super) address: Address,
    timeout: Duration,
    #[cfg(feature = "tls")]
    tls: Option<(
        tokio_rustls::TlsConnector,
        tokio_rustls::rustls::pki_types::ServerName<'static>,
    )>,
}

impl Connector {
    /// Connections without TLS.
    pub(super) fn plain(address: Address, timeout: Duration) -> Self {
        Connector {
            address,
            timeout,
            #[cfg(feature = "tls")]
            tls: None,
        }
    }

    /// Connections with TLS, whose certificates have to be for the host of the address.
    #[cfg(feature = "tls")]
    pub(super) fn secure(
        address: Address,
        timeout: Duration,
        config: std::sync::Arc<tokio_rustls::rustls::ClientConfig>,
    ) -> Result<Self, crate::runtime::Error> {
        let name = address.host.clone().try_into().map_err(|_| {
            crate::runtime::Error::Configuration(format!(
                "{:?} is no host that a certificate can name",
                address.host
            ))
        })?;
        let tls = Some((tokio_rustls::TlsConnector::from(config), name));
        Ok(Connector {
            address,
            timeout,
            tls,
        })
    }

    /// A new connection.
    pub(super) async fn open(&self) -> io::Result<Stream> {
        let opening = async {
            let stream =
                TcpStream::connect((self.address.host.as_str(), self.address.port)).await?;
            stream.set_nodelay(true)?;
            #[cfg(feature = "tls")]
            if let Some((connector, name)) = &self.tls {
                let stream = connector.connect(name.clone(), stream).await?;
                return Ok(Stream::Tls(Box::new(stream)));
            }
            Ok(Stream::Plain(stream))
        };
        tokio::time::timeout(self.timeout, opening)
            .await
            .map_err(|_| {
                let problem = format!("no connection within {:?}", self.timeout);
                io::Error::new(io::ErrorKind::TimedOut, problem)
            })?
    }
}

/// What hyper's pool asks for connections. The address is always the same.
impl Service<Uri> for Connector {
    type Response = TokioIo<Stream>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let connector = self.clone();
        Box::pin(async move { connector.open().await.map(TokioIo::new) })
    }
}

/// A connection, with or without TLS.
pub(super) enum Stream {
    Plain(TcpStream),
    #[cfg(feature = "tls")]
    Tls(Box<tokio_rustls::client::TlsStream<TcpStream>>),
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

/// The same call on whichever stream it is.
macro_rules! either {
    ($self:ident, $stream:ident => $call:expr) => {
        match $self.get_mut() {
            Stream::Plain($stream) => $call,
            #[cfg(feature = "tls")]
            Stream::Tls($stream) => $call,
        }
    };
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        either!(self, stream => Pin::new(stream).poll_read(context, buffer))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        either!(self, stream => Pin::new(stream).poll_write(context, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self, stream => Pin::new(stream).poll_flush(context))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self, stream => Pin::new(stream).poll_shutdown(context))
    }
}
