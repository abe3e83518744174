//! A fake Asterisk that runs.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use ari_api::runtime::Version;
use ari_api::{Client, Error};
use tokio::task::JoinHandle;

use crate::builder::Builder;
use crate::frozen::Frozen;
use crate::pbx::World;
use crate::script::{ArrivingCall, FakeChannel};
use crate::server::{Request, Server, bind};
use crate::violation::Violation;

/// A fake Asterisk: it serves as long as this value is there.
pub struct Asterisk {
    pub(crate) server: Arc<Server>,
    port: u16,
    /// What takes connections; none while the server is stopped.
    listening: Option<JoinHandle<()>>,
    time: JoinHandle<()>,
    /// Where tokio's clock stands still, too.
    _frozen: Option<Frozen>,
}

impl Asterisk {
    /// Starts one with the settings of [`Builder::default`].
    ///
    /// # Errors
    ///
    /// If it cannot listen on this machine.
    pub async fn start() -> io::Result<Asterisk> {
        Asterisk::builder().start().await
    }

    /// One with other settings.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) async fn serve(
        world: World,
        port: u16,
        frozen: Option<Frozen>,
    ) -> io::Result<Asterisk> {
        let listener = bind(port).await?;
        let port = listener.local_addr()?.port();
        let server = Arc::new(Server::new(world));
        Ok(Asterisk {
            port,
            listening: Some(tokio::spawn(Arc::clone(&server).listen(listener))),
            time: tokio::spawn(Arc::clone(&server).keep_time()),
            server,
            _frozen: frozen,
        })
    }

    /// The address of ARI, without a trailing slash.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/ari", self.port)
    }

    /// A client that may do everything.
    ///
    /// # Errors
    ///
    /// None that is known; building a client can fail.
    pub fn client(&self) -> Result<Client, Error> {
        let (user, password) = self.server.look(|world| {
            let users = &mut world.settings.users.iter();
            let first = users.find(|user| !user.read_only);
            first
                .map(|user| (user.name.clone(), user.password.clone()))
                .unwrap_or_default()
        });
        Client::builder(self.url())
            .credentials(user, password)
            .build()
    }

    /// The version that it is.
    pub fn version(&self) -> Version {
        self.server.version
    }

    /// What callers got wrong so far, that a real server would have swallowed in silence.
    pub fn violations(&self) -> Vec<Violation> {
        self.server.look(|world| world.violations.clone())
    }

    /// That there were no violations.
    ///
    /// # Panics
    ///
    /// If there were, with all of them.
    #[track_caller]
    pub fn assert_no_violations(&self) {
        let told: Vec<_> = self.violations().iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "violations:\n{}", told.join("\n"));
    }

    /// The requests that it got and had an operation for, oldest first.
    pub fn requests(&self) -> Vec<Request> {
        self.server.look(|world| world.requests.clone())
    }

    /// Time stands still from here on, until [`advance`](Self::advance) or
    /// [`resume`](Self::resume).
    pub fn pause(&self) {
        self.server.with(|world| world.clock.pause());
    }

    /// Time goes on.
    pub fn resume(&self) {
        self.server.with(|world| world.clock.resume());
    }

    /// Lets time pass at once: everything that falls due on the way is done, in order, each with
    /// its own time stamp.
    pub fn advance(&self, time: Duration) {
        self.server.with(|world| world.advance(time));
    }

    /// A call that arrives from an endpoint, such as `PJSIP/alice`; say where with
    /// [`ArrivingCall::into_application`].
    pub fn call(&self, endpoint: impl Into<String>) -> ArrivingCall<'_> {
        ArrivingCall::new(&self.server, endpoint.into())
    }

    /// A channel, to act as whoever is at its other end.
    pub fn channel(&self, id: impl Into<String>) -> FakeChannel {
        FakeChannel::new(Arc::clone(&self.server), id.into())
    }

    /// The ids of all channels.
    pub fn channel_ids(&self) -> Vec<String> {
        self.server
            .look(|world| world.channels.keys().cloned().collect())
    }

    /// Ends the server as a power cut would: calls, bridges and applications are gone.
    pub fn stop(&mut self) {
        if let Some(listening) = self.listening.take() {
            listening.abort();
        }
        self.server.cut_off();
        self.server.with(World::restart);
    }

    /// Ends the server and starts it again, on the same port. What was recorded stays, and so does
    /// what is known of violations and requests.
    ///
    /// # Errors
    ///
    /// If somebody else took the port meanwhile.
    pub async fn restart(&mut self) -> io::Result<()> {
        if let Some(listening) = self.listening.take() {
            listening.abort();
            // The port is free when the task has ended, which it does by being cancelled.
            let _ = listening.await;
        }
        self.stop();
        let listener = bind(self.port).await?;
        let server = Arc::clone(&self.server);
        self.listening = Some(tokio::spawn(server.listen(listener)));
        Ok(())
    }
}

impl Drop for Asterisk {
    fn drop(&mut self) {
        if let Some(listening) = &self.listening {
            listening.abort();
        }
        self.time.abort();
        self.server.cut_off();
    }
}
