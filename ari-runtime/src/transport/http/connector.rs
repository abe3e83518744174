//! Opening connections to one address: TCP, a tunnel through a proxy, or a Unix socket, with TLS on
//! top if the URL is https.

use std::io;
use std::time::Duration;

#[cfg(unix)]
use tokio::net::UnixStream;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout};

use crate::transport::http::address::Address;
use crate::transport::http::route::{PreparedRoute, name_hop};
use crate::transport::http::stream::Stream;
use crate::transport::http::tunnel::open_tunnel;

/// Opens connections to an Asterisk, for requests and for WebSockets.
#[derive(Clone)]
pub(super) struct Connector {
    pub(super) address: Address,
    route: PreparedRoute,
    timeout: Duration,
    #[cfg(feature = "tls")]
    tls: Option<(
        tokio_rustls::TlsConnector,
        tokio_rustls::rustls::pki_types::ServerName<'static>,
    )>,
}

impl Connector {
    /// Creates a connector without TLS.
    pub(super) fn plain(address: Address, route: PreparedRoute, timeout: Duration) -> Self {
        Connector {
            address,
            route,
            timeout,
            #[cfg(feature = "tls")]
            tls: None,
        }
    }

    /// Creates a connector with TLS. The server's certificate must be valid for the address's host.
    #[cfg(feature = "tls")]
    pub(super) fn secure(
        address: Address,
        route: PreparedRoute,
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
            route,
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
            let stream = self.reach(limit).await?;
            #[cfg(feature = "tls")]
            if let Some((connector, name)) = &self.tls {
                let stream = connector.connect(name.clone(), stream).await?;
                return Ok(Stream::Tls(Box::new(stream)));
            }
            Ok(stream)
        };
        timeout(limit, opening).await.map_err(|_| {
            let problem = format!("no connection within {limit:?}");
            io::Error::new(io::ErrorKind::TimedOut, problem)
        })?
    }
}

impl Connector {
    /// Connects without TLS.
    async fn reach(&self, limit: Duration) -> io::Result<Stream> {
        match &self.route {
            PreparedRoute::Direct => {
                let host = (self.address.host.as_str(), self.address.port);
                connect_any(host, limit).await
            }
            PreparedRoute::Proxy(proxy, authorization) => {
                let tunnel = async {
                    let stream = connect_any(proxy.host(), limit).await?;
                    open_tunnel(stream, &self.address, authorization.as_ref(), limit).await
                };
                let tunnel = tunnel.await;
                tunnel.map_err(|error| name_hop(format_args!("the proxy {proxy}"), &error))
            }
            #[cfg(unix)]
            PreparedRoute::UnixSocket(path) => {
                let stream = UnixStream::connect(path).await;
                let hop = format_args!("the Unix socket {}", path.display());
                Ok(Stream::Unix(stream.map_err(|error| name_hop(hop, &error))?))
            }
        }
    }
}

/// Connects to the first address of the host that accepts. Each address gets an equal share of
/// the remaining time, so that one that drops all packets does not use up the whole timeout.
async fn connect_any(host: (&str, u16), limit: Duration) -> io::Result<Stream> {
    let begin = Instant::now();
    let addresses = lookup_host(host).await.map_err(|error| {
        let problem = format!("the host {:?} is not found: {error}", host.0);
        io::Error::new(error.kind(), problem)
    })?;
    let addresses: Vec<_> = addresses.collect();
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    for (tried, address) in addresses.iter().enumerate() {
        let left = limit.saturating_sub(begin.elapsed());
        let share = left / u32::try_from(addresses.len() - tried).unwrap_or(u32::MAX);
        last = match timeout(share, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                stream.set_nodelay(true)?;
                return Ok(Stream::Plain(stream));
            }
            Ok(Err(error)) => error,
            Err(_) => {
                let problem = format!("no connection to {address} within {share:?}");
                io::Error::new(io::ErrorKind::TimedOut, problem)
            }
        };
    }
    Err(last)
}
