//! A range of UDP ports for RTP, which all calls share.

use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::net::UdpSocket;

use crate::carrier::Carrier;
use crate::carrier::rtp::UnacceptedFormat;
use crate::connection::error::{Cause, ConnectionError, Step};
use crate::connection::rtp::RtpConnection;
use crate::pcm::Format;

/// A range of UDP ports. Each call takes an even one, in turn, and releases it when its socket is
/// dropped.
#[derive(Clone, Debug)]
pub struct RtpPorts {
    address: IpAddr,
    ports: RangeInclusive<u16>,
    /// The number of ports that were tried so far, so that a port is reused as late as possible.
    tried: Arc<AtomicU32>,
}

impl RtpPorts {
    /// Creates a range on a local address, such as `0.0.0.0`. Only its even ports are used: the odd
    /// ones belong to RTCP.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] with [`Cause::NoPort`] if the range has no even port.
    pub fn new(address: IpAddr, ports: RangeInclusive<u16>) -> Result<Self, ConnectionError> {
        let ports = RtpPorts {
            address,
            ports,
            tried: Arc::default(),
        };
        match ports.count() {
            0 => Err(ports.exhausted()),
            _ => Ok(ports),
        }
    }

    /// Returns the number of even ports.
    fn count(&self) -> u32 {
        let first = self.first();
        let last = u32::from(*self.ports.end());
        if self.ports.is_empty() || first > last {
            return 0;
        }
        (last - first) / 2 + 1
    }

    /// Returns the first even port, above 0. It can be beyond the range.
    fn first(&self) -> u32 {
        u32::from(*self.ports.start()).max(1).next_multiple_of(2)
    }

    /// Takes a port, and binds it. Ports that other programs use are skipped.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] with [`Cause::NoPort`] if all are in use, and with [`Cause::Io`]
    /// if the address is not one of this machine.
    pub fn bind(&self) -> Result<RtpSocket, ConnectionError> {
        let failed = |error| ConnectionError::new(Carrier::Rtp, Step::Listen, error);
        for _ in 0..self.count() {
            let turn = self.tried.fetch_add(1, Ordering::Relaxed) % self.count();
            let port = u16::try_from(self.first() + 2 * turn).unwrap_or(u16::MAX);
            match std::net::UdpSocket::bind((self.address, port)) {
                Ok(socket) => {
                    socket.set_nonblocking(true).map_err(failed)?;
                    let socket = UdpSocket::from_std(socket).map_err(failed)?;
                    let address = socket.local_addr().map_err(failed)?;
                    return Ok(RtpSocket { socket, address });
                }
                Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {}
                Err(error) => return Err(failed(error)),
            }
        }
        Err(self.exhausted())
    }

    fn exhausted(&self) -> ConnectionError {
        let cause = Cause::NoPort {
            first: *self.ports.start(),
            last: *self.ports.end(),
        };
        ConnectionError::new(Carrier::Rtp, Step::Listen, cause)
    }
}

/// A bound port, before Asterisk has announced its own.
#[derive(Debug)]
pub struct RtpSocket {
    socket: UdpSocket,
    address: SocketAddr,
}

impl RtpSocket {
    /// Returns the local address. Its port is for `external_host`.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Connects to the address that Asterisk has announced: the channel variables
    /// `UNICASTRTP_LOCAL_ADDRESS` and `UNICASTRTP_LOCAL_PORT`. Behind NAT, use the server's address
    /// instead. Packets from any other address are ignored.
    ///
    /// # Errors
    /// Returns [`UnacceptedFormat`] if Asterisk would drop packets of the outgoing format.
    pub fn connect(
        self,
        peer: SocketAddr,
        outgoing: Format,
    ) -> Result<RtpConnection, UnacceptedFormat> {
        RtpConnection::new(self.socket, peer, outgoing)
    }
}
