//! The listener for AudioSocket, which all calls share.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream, ToSocketAddrs, lookup_host};
use tokio::task::{AbortHandle, JoinHandle, JoinSet};
use tokio::time::sleep;

use crate::carrier::Carrier;
use crate::carrier::audiosocket::CallId;
use crate::connection::audiosocket::AudioSocketConnection;
use crate::connection::error::{ConnectionError, Step};
use crate::connection::expected::{ExpectedConnection, ExpectedConnections};
use crate::pcm::SampleRate;

/// The time within which a connection must send the id of its call. Asterisk does so at once.
const START_TIMEOUT: Duration = Duration::from_secs(5);

/// The maximum number of connections that have not sent an id yet. They are not authenticated, so
/// they must not lock out others. When there are more, the oldest is closed.
const MAX_PENDING: usize = 256;

/// The delay before the next attempt if accepting fails, for example for lack of file descriptors.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(100);

/// The bytes that the system keeps for an Asterisk that does not read. They are old audio when it
/// reads again, and the fault is not noticed before they are used up. The system's own limit is
/// several megabytes, which are minutes of audio.
const SEND_BUFFER_SIZE: u32 = 64 * 1024;

/// The number of connections that can wait to be accepted.
const MAX_UNACCEPTED: u32 = 1024;

/// A connection of AudioSocket that Asterisk is expected to open. Its key is the UUID for `data` of
/// `externalMedia`.
pub type ExpectedAudioSocket = ExpectedConnection<CallId, AudioSocketConnection>;

/// Listener for Asterisk's connections, which it matches by UUID to the calls that expect them. It
/// closes all others. Dropping it closes the port. Connections that were accepted stay open.
pub struct AudioSocketListener {
    address: SocketAddr,
    expected: Arc<ExpectedConnections<CallId, AudioSocketConnection>>,
    task: JoinHandle<()>,
}

impl AudioSocketListener {
    /// Listens on an address such as `0.0.0.0:9019`, in its own task. With port 0 the system
    /// chooses one: see [`AudioSocketListener::local_addr`].
    ///
    /// # Errors
    /// Returns [`ConnectionError`] with the step [`Step::Listen`] if it cannot listen on the
    /// address.
    pub async fn bind(address: impl ToSocketAddrs) -> Result<Self, ConnectionError> {
        let failed = |error| ConnectionError::new(Carrier::AudioSocket, Step::Listen, error);
        let listener = listen(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let expected = ExpectedConnections::new(Carrier::AudioSocket);
        let task = tokio::spawn(run(listener, expected.clone()));
        Ok(AudioSocketListener {
            address,
            expected,
            task,
        })
    }

    /// Returns the address that it listens on.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Expects a connection, under a new random UUID. Call it before the request that creates the
    /// channel: Asterisk connects before it responds.
    pub fn expect(&self) -> ExpectedAudioSocket {
        self.expected.expect(CallId::random())
    }
}

impl Drop for AudioSocketListener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for AudioSocketListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AudioSocketListener")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// Listens on the first possible address.
async fn listen(address: impl ToSocketAddrs) -> io::Result<TcpListener> {
    let mut failure = io::ErrorKind::InvalidInput.into();
    for address in lookup_host(address).await? {
        let listen = || {
            let socket = match address {
                SocketAddr::V4(_) => TcpSocket::new_v4()?,
                SocketAddr::V6(_) => TcpSocket::new_v6()?,
            };
            // As `TcpListener::bind` does: on Windows it would allow two listeners on one port.
            #[cfg(unix)]
            socket.set_reuseaddr(true)?;
            // The connections inherit it.
            socket.set_send_buffer_size(SEND_BUFFER_SIZE)?;
            socket.bind(address)?;
            socket.listen(MAX_UNACCEPTED)
        };
        match listen() {
            Ok(listener) => return Ok(listener),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

type Expected = Arc<ExpectedConnections<CallId, AudioSocketConnection>>;

/// Accepts connections. Dropping the future closes those that have not sent an id.
async fn run(listener: TcpListener, expected: Expected) {
    let mut starting = JoinSet::new();
    let mut by_age: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        tokio::select! {
            Some(_) = starting.join_next() => by_age.retain(|task| !task.is_finished()),
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    by_age.push_back(starting.spawn(start(stream, peer, expected.clone())));
                    if by_age.len() > MAX_PENDING
                        && let Some(oldest) = by_age.pop_front()
                    {
                        tracing::warn!("closed the oldest AudioSocket connection: too many have sent no id");
                        oldest.abort();
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot accept an AudioSocket connection");
                    if let Some(oldest) = by_age.pop_front() {
                        oldest.abort();
                    }
                    sleep(ACCEPT_RETRY_DELAY).await;
                }
            },
        }
    }
}

/// Reads the id of a connection, and passes it to the call that expects it.
async fn start(stream: TcpStream, peer: SocketAddr, expected: Expected) {
    let connection = AudioSocketConnection::start(stream, SampleRate::Hz8000, START_TIMEOUT).await;
    match connection {
        Ok(connection) => {
            let id = connection.call_id();
            if expected.deliver(&id, connection).is_err() {
                tracing::warn!(%peer, ?id, "closed an AudioSocket connection: no call expects its id");
            }
        }
        Err(error) => tracing::warn!(%peer, %error, "closed an AudioSocket connection"),
    }
}
