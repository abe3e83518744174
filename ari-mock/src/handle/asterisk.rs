//! The running fake server.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ari_api::schema::Version;
use ari_api::{Client, Error};
use tokio::task::JoinHandle;

use super::caller::{FakeChannel, IncomingCall};
use super::frozen_clock::FrozenClock;
use crate::pbx::PbxState;
use crate::rest::{ReceivedRequest, Request};
use crate::server::{InProcessTransport, Listener, Server, serve_network_requests};
use crate::violation::Violation;

/// A fake Asterisk server, which runs until this value is dropped.
pub struct Asterisk {
    pub(crate) server: Arc<Server>,
    /// The address that the server listens on; `None` if it opens no port.
    address: Option<SocketAddr>,
    /// The task that accepts connections; `None` while the server is stopped, and without a port.
    accept_task: Option<JoinHandle<()>>,
    scheduler_task: JoinHandle<()>,
    /// The task that starts the connections of external media.
    network_task: Option<JoinHandle<()>>,
    /// Present if tokio's clock is frozen, too.
    _frozen: Option<FrozenClock>,
}

impl Asterisk {
    pub(crate) async fn serve(
        pbx: PbxState,
        address: Option<SocketAddr>,
        frozen: Option<FrozenClock>,
    ) -> io::Result<Asterisk> {
        let listener = match address {
            Some(address) => Some(Listener::bind(address, &pbx.settings).await?),
            None => None,
        };
        let address = listener.as_ref().map(Listener::address).transpose()?;
        let server = Arc::new(Server::new(pbx));
        let requests = server.update(PbxState::take_network_requests);
        let network_task = requests
            .map(|requests| tokio::spawn(serve_network_requests(Arc::clone(&server), requests)));
        server.update(PbxState::open_persistent_sockets);
        Ok(Asterisk {
            address,
            accept_task: listener
                .map(|listener| tokio::spawn(listener.accept_all(Arc::clone(&server)))),
            scheduler_task: tokio::spawn(Arc::clone(&server).run_scheduler()),
            server,
            network_task,
            _frozen: frozen,
        })
    }

    /// Returns the base URL of ARI, without a trailing slash.
    pub fn url(&self) -> String {
        format!("{}{}/ari", self.origin(), self.server.http_prefix)
    }

    /// Returns the scheme, the host and the port of all URLs.
    fn origin(&self) -> String {
        let address = self.address;
        let address = address.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 0)));
        let is_tls = self.server.read(|pbx| pbx.settings.is_tls());
        let (ip, port) = (address.ip(), address.port());
        match is_tls {
            // Certificates are made for names.
            true if ip.is_loopback() || ip.is_unspecified() => format!("https://localhost:{port}"),
            true => format!("https://{address}"),
            false if address.is_ipv6() && ip.is_unspecified() => format!("http://[::1]:{port}"),
            false if ip.is_unspecified() => format!("http://127.0.0.1:{port}"),
            false => format!("http://{address}"),
        }
    }

    /// Returns a client with the credentials of the first user that is not read-only.
    ///
    /// # Errors
    ///
    /// Returns an error if the client cannot be built: with TLS, if the certificate cannot be read.
    pub fn client(&self) -> Result<Client, Error> {
        let (user, password) = self.server.read(|pbx| {
            let users = &mut pbx.settings.users.iter();
            let first = users.find(|user| !user.read_only);
            first
                .map(|user| (user.name.clone(), user.password.clone()))
                .unwrap_or_default()
        });
        let builder = Client::builder(self.url()).credentials(user, password);
        #[cfg(feature = "tls")]
        let builder = match self.server.read(|pbx| pbx.settings.tls.clone()) {
            Some((certificates, _)) => builder.add_root_certificate(certificates),
            None => builder,
        };
        builder.build()
    }

    /// Returns a transport that reaches the server without sockets, for a client on a runtime whose
    /// clock is paused: see [`InProcessTransport`].
    ///
    /// ```
    /// use ari_api::Client;
    /// use ari_api::client::{ApiClient as _, Connection};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let pbx = ari_mock::Asterisk::start().await?;
    /// let client = Client::from_connection(Connection::new(pbx.transport()));
    /// client.asterisk().ping().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn transport(&self) -> InProcessTransport {
        InProcessTransport {
            server: Arc::clone(&self.server),
        }
    }

    /// Returns the Asterisk version that the server pretends to have.
    pub fn version(&self) -> Version {
        self.server.version
    }

    /// Returns the mistakes that clients have made so far and that a real server silently ignores.
    pub fn violations(&self) -> Vec<Violation> {
        self.server.read(|pbx| pbx.violations.clone())
    }

    /// Returns the number of violations so far, including those that a reset of the control API has
    /// removed, and those after the first `seen`.
    pub fn violations_after(&self, seen: usize) -> (usize, Vec<Violation>) {
        self.server.read(|pbx| {
            let removed = pbx.removed_violations;
            let new = pbx.violations.iter().skip(seen.saturating_sub(removed));
            (removed + pbx.violations.len(), new.cloned().collect())
        })
    }

    /// Returns the number of lines of the log so far, and the lines after the first `seen`. The log says
    /// whether outbound WebSockets are connected, with a line for each change.
    pub fn log_after(&self, seen: usize) -> (usize, Vec<String>) {
        self.server.read(|pbx| {
            let new = pbx.log.iter().skip(seen);
            (pbx.log.len(), new.cloned().collect())
        })
    }

    /// Asserts that there are no violations.
    ///
    /// # Panics
    ///
    /// Panics if there are violations. The message lists all of them.
    #[track_caller]
    pub fn assert_no_violations(&self) {
        let violations: Vec<_> = self.violations().iter().map(ToString::to_string).collect();
        assert!(
            violations.is_empty(),
            "violations:\n{}",
            violations.join("\n")
        );
    }

    /// Returns the received requests that match an operation, oldest first. Openings of WebSockets are
    /// not among them.
    pub fn requests(&self) -> Vec<Request> {
        self.server.read(|pbx| {
            let requests = pbx.requests.iter();
            requests.filter_map(ReceivedRequest::to_request).collect()
        })
    }

    /// Returns the time since the start, on the clock of the server.
    pub fn uptime(&self) -> Duration {
        self.server.read(|pbx| pbx.clock.now())
    }

    /// Stops the clock until [`advance`](Self::advance) or [`resume`](Self::resume) is called.
    pub fn pause(&self) {
        self.server.update(|pbx| pbx.clock.pause());
    }

    /// Lets the clock run again.
    pub fn resume(&self) {
        self.server.update(|pbx| pbx.clock.resume());
    }

    /// Moves the clock forward by `time`. Everything that falls due in between happens immediately,
    /// in order, and each event has its own time stamp.
    pub fn advance(&self, time: Duration) {
        self.server.update(|pbx| pbx.advance(time));
    }

    /// Begins a call that arrives from an endpoint, such as `PJSIP/alice`. Choose its destination
    /// with [`IncomingCall::into_application`] or [`IncomingCall::to_extension`].
    pub fn incoming_call(&self, endpoint: impl Into<String>) -> IncomingCall<'_> {
        IncomingCall::new(&self.server, endpoint.into())
    }

    /// Returns a handle with which a test acts as the far end of a channel.
    pub fn channel(&self, id: impl Into<String>) -> FakeChannel {
        FakeChannel::new(Arc::clone(&self.server), id.into())
    }

    /// Returns the ids of all channels.
    pub fn channel_ids(&self) -> Vec<String> {
        self.server
            .read(|pbx| pbx.channels.keys().cloned().collect())
    }

    /// Stops the server as a power failure would. All calls, bridges and applications are lost.
    pub fn stop(&mut self) {
        if let Some(listening) = self.accept_task.take() {
            listening.abort();
        }
        self.server.set_listening(false);
        self.server.abort_connections();
        self.server.update(PbxState::restart);
    }

    /// Stops the server and starts it again on the same port. Recordings, violations and requests
    /// are kept.
    ///
    /// # Errors
    ///
    /// Returns an error if another process has taken the port in the meantime, or if the files of TLS
    /// can no longer be used.
    pub async fn restart(&mut self) -> io::Result<()> {
        if let Some(listening) = self.accept_task.take() {
            listening.abort();
            // The port is free once the task has ended, which happens when it is cancelled.
            let _ = listening.await;
        }
        self.stop();
        if let Some(address) = self.address {
            let settings = self.server.read(|pbx| pbx.settings.clone());
            let listener = Listener::bind(address, &settings).await?;
            let server = Arc::clone(&self.server);
            self.accept_task = Some(tokio::spawn(listener.accept_all(server)));
        }
        self.server.set_listening(true);
        self.server.update(PbxState::open_persistent_sockets);
        Ok(())
    }
}

impl Drop for Asterisk {
    fn drop(&mut self) {
        if let Some(listening) = &self.accept_task {
            listening.abort();
        }
        self.scheduler_task.abort();
        if let Some(task) = &self.network_task {
            task.abort();
        }
        self.server.abort_connections();
    }
}
