//! Opening connections to one address: TCP, with TLS on top if the URL is https.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout};

use crate::transport::http::address::Address;

/// Opens connections to an Asterisk, for requests and for WebSockets.
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
    /// Creates a connector without TLS.
    pub(super) fn plain(address: Address, timeout: Duration) -> Self {
        Connector {
            address,
            timeout,
            #[cfg(feature = "tls")]
            tls: None,
        }
    }

    /// Creates a connector with TLS. The server's certificate must be valid for the address's host.
    #[cfg(feature = "tls")]
    pub(super) fn secure(
        address: Address,
        timeout: Duration,
        config: std::sync::Arc<tokio_rustls::rustls::ClientConfig>,
    ) -> Result<Self, crate::error::types::Error> {
        let name = address.host.clone().try_into().map_err(|_| {
            crate::error::types::Error::InvalidConfig(format!(
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

    /// Opens a new connection.
    pub(super) async fn open(&self) -> io::Result<Stream> {
        self.open_within(self.timeout).await
    }

    /// Opens a new connection within `limit` or the connect timeout, whichever is shorter.
    pub(super) async fn open_within(&self, limit: Duration) -> io::Result<Stream> {
        let limit = limit.min(self.timeout);
        let opening = async {
            let stream = self.connect_any(limit).await?;
            stream.set_nodelay(true)?;
            #[cfg(feature = "tls")]
            if let Some((connector, name)) = &self.tls {
                let stream = connector.connect(name.clone(), stream).await?;
                return Ok(Stream::Tls(Box::new(stream)));
            }
            Ok(Stream::Plain(stream))
        };
        timeout(limit, opening).await.map_err(|_| {
            let problem = format!("no connection within {limit:?}");
            io::Error::new(io::ErrorKind::TimedOut, problem)
        })?
    }
}

impl Connector {
    /// Connects to the first address of the host that accepts. Each address gets an equal share of
    /// the remaining time, so that one that drops all packets does not use up the whole timeout.
    async fn connect_any(&self, limit: Duration) -> io::Result<TcpStream> {
        let begin = Instant::now();
        let host = (self.address.host.as_str(), self.address.port);
        let addresses = lookup_host(host).await.map_err(|error| {
            let problem = format!("the host {:?} is not found: {error}", self.address.host);
            io::Error::new(error.kind(), problem)
        })?;
        let addresses: Vec<_> = addresses.collect();
        let mut last = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
        for (tried, address) in addresses.iter().enumerate() {
            let left = limit.saturating_sub(begin.elapsed());
            let share = left / u32::try_from(addresses.len() - tried).unwrap_or(u32::MAX);
            last = match timeout(share, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => error,
                Err(_) => {
                    let problem = format!("no connection to {address} within {share:?}");
                    io::Error::new(io::ErrorKind::TimedOut, problem)
                }
            };
        }
        Err(last)
    }
}

/// A connection, with or without TLS.
pub(super) enum Stream {
    Plain(TcpStream),
    #[cfg(feature = "tls")]
    Tls(Box<tokio_rustls::client::TlsStream<TcpStream>>),
}

impl Stream {
    /// Returns `true` if the connection uses TLS.
    pub(super) fn is_encrypted(&self) -> bool {
        !matches!(self, Stream::Plain(_))
    }
}

/// Applies the same expression to either kind of stream.
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
