//! Playing recorded traffic to a program, and comparing its requests with the recorded ones.

mod error;
mod http;
mod ids;
mod matching;
mod message;
mod objects;
mod outbound;
mod player;
mod report;
mod script;
mod socket;
mod speed;
mod state;
mod transport;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_api::traffic::TrafficFile;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::server::bind;
pub use error::ReplayError;
use outbound::Program;
pub use report::{Difference, DifferenceKind, Remaining, ReplayReport};
use script::{Action, Script};
pub use speed::Speed;
use state::Shared;
pub use transport::ReplayTransport;

/// The default time for which a request may be later than in the recording.
const DEFAULT_REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

/// The time without a request after which no further one is expected.
const QUIET_TIME: Duration = Duration::from_millis(200);

/// The settings of a replay.
#[derive(Clone, Debug)]
#[must_use = "nothing is played until `start` is awaited"]
pub struct ReplayBuilder {
    file: TrafficFile,
    server: Option<String>,
    speed: Speed,
    request_timeout: Duration,
    /// `None` for no port.
    port: Option<u16>,
    program: Option<Program>,
}

impl ReplayBuilder {
    /// Sets which server's traffic is played, as named in the recording. Required if the recording
    /// is of several.
    pub fn server(mut self, name: impl Into<String>) -> Self {
        self.server = Some(name.into());
        self
    }

    /// Sets the speed. Defaults to [`Speed::Max`].
    pub fn speed(mut self, speed: Speed) -> Self {
        self.speed = speed;
        self
    }

    /// Sets for how long a request, or the opening of a WebSocket, may be later than in the recording
    /// before it counts as missing, at any speed. Defaults to 10 seconds. After the first missing
    /// request it is at most a second. The time is counted from the start of the replay, and anew from
    /// each request of the recording that arrives, and from each WebSocket that is opened.
    pub fn request_timeout(mut self, limit: Duration) -> Self {
        self.request_timeout = limit;
        self
    }

    /// Listens on a port of the loopback interface; 0 for any free one. By default the replay is
    /// only reached by [`Replay::transport`] and [`Replay::client`].
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Sets the address of the program to which the recorded WebSockets of a `Server` are opened,
    /// without a path, such as `ws://127.0.0.1:9000`, and the user and password that it expects. An
    /// empty user sends no credentials. It is tried again until the program accepts the WebSocket.
    pub fn connect_to(
        mut self,
        url: impl Into<String>,
        user: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        self.program = Some(Program {
            url: url.into(),
            user: user.into(),
            password: password.into(),
        });
        self
    }

    /// Starts the replay. The first step of a recording is a request of the program.
    ///
    /// # Errors
    /// Returns an error if the recording has no requests, or several servers of which none was
    /// chosen, if it has WebSockets that the server opens and [`ReplayBuilder::connect_to`] was not
    /// called, or if the port cannot be opened.
    pub async fn start(self) -> Result<Replay, ReplayError> {
        let script = Script::new(&self.file, self.server.as_deref())?;
        let mut steps = script.steps.iter();
        if self.program.is_none() && steps.any(|step| matches!(step.action, Action::Open(_))) {
            return Err(ReplayError::MissingAddress);
        }
        let (shared, steps) = Shared::new(script);
        let listener = match self.port {
            Some(port) => Some(bind(port).await.map_err(ReplayError::Listen)?),
            None => None,
        };
        let address = listener.as_ref().map(TcpListener::local_addr);
        let address = address.transpose().map_err(ReplayError::Listen)?;
        let mut tasks = Vec::new();
        if let Some(listener) = listener {
            tasks.push(tokio::spawn(http::listen(Arc::clone(&shared), listener)));
        }
        let playing = player::play(
            Arc::clone(&shared),
            steps,
            self.speed,
            self.request_timeout,
            self.program,
        );
        tasks.push(tokio::spawn(playing));
        Ok(Replay {
            shared,
            port: address.map(|address| address.port()),
            tasks,
        })
    }
}

/// A recording that is played to a program.
///
/// The program connects to it instead of a server. It receives the recorded events, and responses to
/// its requests. Its requests are compared with the recorded ones: for each object (a channel, a
/// bridge, a playback, …) they must arrive in the recorded order, with the recorded parameters.
/// Requests for different objects may arrive in any order. Reads (`GET`) are not compared. A read
/// gets the recorded response, or what the events have shown of the channel or bridge.
///
/// Ids that the program chooses anew in each run, such as the id of a bridge that it creates, may
/// differ from the recorded ones: they are replaced in events and responses, and in what is expected
/// of later requests. Names of applications may differ as well. Passwords, and values that the
/// recording does not have because they are secret, are not compared. The content of a download is
/// not recorded: as many zero bytes are sent.
///
/// ```no_run
/// use ari_mock::Replay;
///
/// # async fn run(client: ari_api::Client) {}
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let replay = Replay::open("tests/call.jsonl")?.start().await?;
/// let program = tokio::spawn(run(replay.client()));
/// let report = replay.finish().await;
/// program.abort();
/// assert!(report.is_match(), "{report}");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Replay {
    shared: Arc<Shared>,
    port: Option<u16>,
    tasks: Vec<JoinHandle<()>>,
}

impl Replay {
    /// Reads a recording from a file, and returns the settings of its replay.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read or is no recording.
    pub fn open(path: impl AsRef<Path>) -> Result<ReplayBuilder, ReplayError> {
        Ok(Self::builder(TrafficFile::read(path)?))
    }

    /// Reads a recording from a text, such as that of `include_str!`.
    ///
    /// # Errors
    /// Returns an error if the text is no recording.
    pub fn parse(text: &str) -> Result<ReplayBuilder, ReplayError> {
        Ok(Self::builder(TrafficFile::parse(text)?))
    }

    /// Returns the settings of a replay.
    pub fn builder(file: TrafficFile) -> ReplayBuilder {
        ReplayBuilder {
            file,
            server: None,
            speed: Speed::Max,
            request_timeout: DEFAULT_REQUEST_TIMEOUT,
            port: None,
            program: None,
        }
    }

    /// Returns the base URL of ARI, if the replay has a port. Any user and password are accepted.
    pub fn url(&self) -> Option<String> {
        let port = self.port?;
        Some(format!("http://127.0.0.1:{port}/ari"))
    }

    /// Returns a transport that reaches the replay without sockets.
    pub fn transport(&self) -> ReplayTransport {
        ReplayTransport {
            shared: Arc::clone(&self.shared),
        }
    }

    /// Returns a client that reaches the replay without sockets.
    pub fn client(&self) -> Client {
        Client::builder("http://replay/ari").build_with_transport(self.transport())
    }

    /// Waits until everything is played, and until no further request has arrived for 200
    /// milliseconds. A program that has sent all requests and has closed its WebSockets has nothing more
    /// to receive: what is left of the recording then counts as played.
    pub async fn wait_until_played(&self) {
        self.shared
            .wait_until(Duration::MAX, |state| state.is_finished)
            .await;
        loop {
            let quiet = self.shared.lock().last_request.elapsed();
            let Some(left) = QUIET_TIME.checked_sub(quiet).filter(|left| !left.is_zero()) else {
                return;
            };
            tokio::time::sleep(left).await;
        }
    }

    /// Returns the differences so far, and what is left of the recording.
    pub fn report(&self) -> ReplayReport {
        self.shared.lock().report()
    }

    /// Waits as [`Replay::wait_until_played`] does, closes the connections, and returns the
    /// differences.
    pub async fn finish(self) -> ReplayReport {
        self.wait_until_played().await;
        self.report()
    }
}

impl Drop for Replay {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
        self.shared.update(state::State::close);
    }
}
