//! The running fake server.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use ari_api::schema::Version;
use ari_api::{Client, Error};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::caller::{FakeChannel, IncomingCall};
use super::frozen_clock::FrozenClock;
use crate::pbx::PbxState;
use crate::rest::Request;
use crate::server::{InProcessTransport, Server, bind, listen, serve_network_requests};
use crate::violation::Violation;

/// A fake Asterisk server, which runs until this value is dropped.
pub struct Asterisk {
    pub(crate) server: Arc<Server>,
    /// `None` if the server opens none.
    port: Option<u16>,
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
        port: Option<u16>,
        frozen: Option<FrozenClock>,
    ) -> io::Result<Asterisk> {
        let listener = match port {
            Some(port) => Some(bind(port).await?),
            None => None,
        };
        let address = listener.as_ref().map(TcpListener::local_addr).transpose()?;
        let server = Arc::new(Server::new(pbx));
        let requests = server.update(PbxState::take_network_requests);
        let network_task = requests
            .map(|requests| tokio::spawn(serve_network_requests(Arc::clone(&server), requests)));
        server.update(PbxState::open_persistent_sockets);
        Ok(Asterisk {
            port: address.map(|address| address.port()),
            accept_task: listener
                .map(|listener| tokio::spawn(listen(Arc::clone(&server), listener))),
            scheduler_task: tokio::spawn(Arc::clone(&server).run_scheduler()),
            server,
            network_task,
            _frozen: frozen,
        })
    }

    /// Returns the base URL of ARI, without a trailing slash.
    pub fn url(&self) -> String {
        let prefix = &self.server.http_prefix;
        let port = self.port.unwrap_or_default();
        format!("http://127.0.0.1:{port}{prefix}/ari")
    }

    /// Returns a client with the credentials of the first user that is not read-only.
    ///
    /// # Errors
    ///
    /// Returns an error if the client cannot be built. No such case is known.
    pub fn client(&self) -> Result<Client, Error> {
        let (user, password) = self.server.read(|pbx| {
            let users = &mut pbx.settings.users.iter();
            let first = users.find(|user| !user.read_only);
            first
                .map(|user| (user.name.clone(), user.password.clone()))
                .unwrap_or_default()
        });
        Client::builder(self.url())
            .credentials(user, password)
            .build()
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

    /// Returns the received requests that match an operation, oldest first.
    pub fn requests(&self) -> Vec<Request> {
        self.server.read(|pbx| pbx.requests.clone())
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
    /// Returns an error if another process has taken the port in the meantime.
    pub async fn restart(&mut self) -> io::Result<()> {
        if let Some(listening) = self.accept_task.take() {
            listening.abort();
            // The port is free once the task has ended, which happens when it is cancelled.
            let _ = listening.await;
        }
        self.stop();
        if let Some(port) = self.port {
            let listener = bind(port).await?;
            let server = Arc::clone(&self.server);
            self.accept_task = Some(tokio::spawn(listen(server, listener)));
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
