//! The settings of a fake Asterisk and its start.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
#[cfg(feature = "tls")]
use std::path::Path;
use std::time::{Duration, SystemTime};

use ari_api::schema::Version;

use super::Asterisk;
use super::frozen_clock::FrozenClock;
use crate::docs;
#[cfg(feature = "tls")]
use crate::model::WebSocketTls;
use crate::model::{
    Clock, Dialplan, EndpointBehavior, Journal, Modules, PersistentWebSocket, Record, Settings,
    Step, User, WebSocketClient,
};
use crate::pbx::PbxState;
use crate::sorted_map::SortedMap;

/// The default time limit of [`Asterisk::wait_for_request`].
const DEFAULT_WAIT_TIMEOUT: Duration = Duration::from_secs(30);

/// The sounds that exist from the start, with their lengths in milliseconds: a few of those that
/// come with Asterisk.
const DEFAULT_SOUNDS: &[(&str, u64)] = &[
    ("beep", 440),
    ("beeperr", 360),
    ("demo-congrats", 30_280),
    ("goodbye", 940),
    ("hello", 800),
    ("hello-world", 1420),
    ("pbx-invalid", 4440),
    ("tt-monkeys", 16_180),
    ("vm-goodbye", 880),
    ("digits/0", 880),
    ("digits/1", 920),
    ("digits/2", 760),
    ("digits/3", 800),
    ("digits/4", 800),
    ("digits/5", 900),
    ("digits/6", 900),
    ("digits/7", 860),
    ("digits/8", 760),
    ("digits/9", 900),
];

/// Settings of a fake Asterisk.
#[derive(Clone, Debug)]
#[must_use = "nothing is started until `start` is awaited"]
pub struct Builder {
    settings: Settings,
    address: SocketAddr,
    paused: bool,
    frozen: bool,
    in_process: bool,
    started: Option<SystemTime>,
}

impl Default for Builder {
    /// Returns the settings of the newest release, with the users `aritest` and `reader`, the
    /// context `testari`, and the endpoints `PJSIP/loop` (its extensions are those of `testari`)
    /// and `PJSIP/phone` (offline).
    fn default() -> Self {
        let user = |name: &str, password: &str, read_only| User {
            name: name.to_owned(),
            password: password.to_owned(),
            read_only,
        };
        let sounds = DEFAULT_SOUNDS.iter();
        let newest = ari_api::operations::RELEASES
            .last()
            .copied()
            .unwrap_or_default();
        Builder {
            settings: Settings {
                version: newest_version(newest),
                entity_id: "02:00:00:00:00:01".to_owned(),
                users: vec![
                    user("aritest", "testme", false),
                    user("reader", "readme", true),
                ],
                sounds: sounds
                    .map(|(name, length)| ((*name).to_owned(), Duration::from_millis(*length)))
                    .collect(),
                sound_languages: Vec::new(),
                dialplan: Dialplan::testari(),
                endpoints: SortedMap::from([
                    ("PJSIP/loop".to_owned(), Some(EndpointBehavior::Dialplan)),
                    ("PJSIP/phone".to_owned(), None),
                ]),
                http_prefix: String::new(),
                websocket_clients: SortedMap::new(),
                per_call_apps: SortedMap::new(),
                persistent_websockets: Vec::new(),
                missing_modules: Vec::new(),
                wait_timeout: DEFAULT_WAIT_TIMEOUT,
                journal: Journal::default(),
                #[cfg(feature = "control")]
                has_control: false,
                #[cfg(feature = "control")]
                is_local: true,
                #[cfg(feature = "tls")]
                tls: None,
            },
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            paused: false,
            frozen: false,
            in_process: false,
            started: None,
        }
    }
}

/// Returns the newest point release of `release` that changed ARI.
fn newest_version(release: u16) -> Version {
    let newest = docs::history(release).newest();
    newest.unwrap_or(Version::new(release, 0, 0))
}

impl Builder {
    /// Sets the release, such as 22. The version is the newest point release of it that changed
    /// ARI.
    pub fn release(self, release: u16) -> Self {
        self.version(newest_version(release))
    }

    /// Sets the version, which decides on the operations, parameters and messages that exist.
    pub fn version(mut self, version: Version) -> Self {
        self.settings.version = version;
        self
    }

    /// Adds a user with full access.
    pub fn user(self, name: impl Into<String>, password: impl Into<String>) -> Self {
        self.add_user(name.into(), password.into(), false)
    }

    /// Adds a read-only user.
    pub fn read_only_user(self, name: impl Into<String>, password: impl Into<String>) -> Self {
        self.add_user(name.into(), password.into(), true)
    }

    /// Removes all users, among them the default ones, whose passwords are public.
    pub fn without_users(mut self) -> Self {
        self.settings.users.clear();
        self
    }

    fn add_user(mut self, name: String, password: String, read_only: bool) -> Self {
        self.settings.users.push(User {
            name,
            password,
            read_only,
        });
        self
    }

    /// Adds an extension to the dialplan.
    pub fn extension(
        mut self,
        context: &str,
        extension: &str,
        steps: impl IntoIterator<Item = Step>,
    ) -> Self {
        let steps = steps.into_iter().collect();
        self.settings.dialplan.add(context, extension, steps);
        self
    }

    /// Adds an endpoint, such as `PJSIP/alice`, with the steps that it takes when it is called.
    pub fn endpoint(mut self, name: &str, steps: impl IntoIterator<Item = Step>) -> Self {
        let steps = steps.into_iter().collect();
        self.settings.dialplan.add(name, "s", steps);
        let phone = Some(EndpointBehavior::Fixed);
        self.settings.endpoints.insert(name.to_owned(), phone);
        self
    }

    /// Adds an endpoint that is offline, so that calls to it fail.
    pub fn offline_endpoint(mut self, name: &str) -> Self {
        self.settings.endpoints.insert(name.to_owned(), None);
        self
    }

    /// Adds a sound, such as `my/greeting`, with its length.
    pub fn sound(mut self, name: &str, length: Duration) -> Self {
        self.settings.sounds.insert(name.to_owned(), length);
        self
    }

    /// Adds a sound in a language other than English, such as `de`. Playbacks in that language, or in
    /// one with a region (`de_AT`), take it; those in other languages do not find it.
    pub fn sound_in(mut self, language: &str, name: &str, length: Duration) -> Self {
        let languages = &mut self.settings.sound_languages;
        if !languages.iter().any(|known| known == language) {
            languages.push(language.to_owned());
        }
        self.sound(&format!("{language}/{name}"), length)
    }

    /// Sets the prefix of all paths, such as `/pbx`, as `prefix` in `http.conf` does. Defaults to
    /// none.
    pub fn http_prefix(mut self, prefix: &str) -> Self {
        self.settings.http_prefix = match prefix.trim_matches('/') {
            "" => String::new(),
            prefix => format!("/{prefix}"),
        };
        self
    }

    /// Adds a client of `websocket_client.conf`: a program to which the server connects when a
    /// WebSocket channel has its name. `url` is a `ws://` URL, or `wss://` with the TLS of
    /// `websocket_client_tls` (feature `tls`).
    pub fn websocket_client(self, name: &str, url: &str) -> Self {
        self.websocket_client_with_credentials(name, url, "", "")
    }

    /// Adds a client of `websocket_client.conf` that logs in with Basic authentication.
    pub fn websocket_client_with_credentials(
        mut self,
        name: &str,
        url: &str,
        user: &str,
        password: &str,
    ) -> Self {
        let client = WebSocketClient {
            url: url.to_owned(),
            user: user.to_owned(),
            password: password.to_owned(),
            #[cfg(feature = "tls")]
            tls: None,
        };
        let clients = &mut self.settings.websocket_clients;
        clients.insert(name.to_owned(), client);
        self
    }

    /// Lets a client that [`websocket_client`](Self::websocket_client) has added use TLS. Has no effect
    /// on one that does not exist.
    #[cfg(feature = "tls")]
    pub fn websocket_client_tls(mut self, name: &str, tls: WebSocketTls) -> Self {
        if let Some(client) = self.settings.websocket_clients.get_mut(name) {
            client.tls = Some(tls);
        }
        self
    }

    /// Adds an application to whose calls the server opens WebSockets of their own, as
    /// `type = outbound_websocket` in `ari.conf` does with `connection_type = per_call_config`. The
    /// server connects to a client that [`websocket_client`](Self::websocket_client) has added.
    /// Asterisk 20.15, 21.10, 22.5 and later.
    pub fn per_call_application(mut self, application: &str, client: &str) -> Self {
        let applications = &mut self.settings.per_call_apps;
        applications.insert(application.to_owned(), client.to_owned());
        self
    }

    /// Adds a WebSocket that the server opens when it starts. It connects to a client that
    /// [`websocket_client`](Self::websocket_client) has added. Asterisk 20.15, 21.10, 22.5 and later.
    pub fn persistent_websocket(mut self, socket: PersistentWebSocket) -> Self {
        self.settings.persistent_websockets.push(socket);
        self
    }

    /// Returns the names of the modules of all releases, without `.so`, which
    /// [`without_module`](Self::without_module) can leave out.
    pub fn module_names() -> Vec<String> {
        Modules::all_names()
    }

    /// Leaves out a module, such as `chan_websocket`, as if it were not installed. A name that is not
    /// among [`module_names`](Self::module_names) has no effect.
    pub fn without_module(mut self, name: &str) -> Self {
        let name = format!("{}.so", name.trim_end_matches(".so"));
        self.settings.missing_modules.push(name);
        self
    }

    /// Sets the port to listen on. By default, any free port is used.
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// Sets the address and the port to listen on. By default, the server listens on a free port of
    /// the loopback interface. Passwords of the default users are public: see
    /// [`without_users`](Self::without_users).
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Serves the [control API](crate::control) at [`control::PATH`](crate::control::PATH), for
    /// programs in other languages. It requires the credentials of a user of ARI.
    #[cfg(feature = "control")]
    pub fn control(mut self) -> Self {
        self.settings.has_control = true;
        self
    }

    /// Accepts only TLS (https and wss), with the certificate chain and the private key of two PEM
    /// files. The URL has the host `localhost` then, unless the server listens on one address of
    /// another interface.
    #[cfg(feature = "tls")]
    pub fn tls(mut self, certificates: impl AsRef<Path>, key: impl AsRef<Path>) -> Self {
        let files = (certificates.as_ref().into(), key.as_ref().into());
        self.settings.tls = Some(files);
        self
    }

    /// Opens no port: the server is reached by [`Asterisk::transport`] alone.
    pub fn in_process(mut self) -> Self {
        self.in_process = true;
        self
    }

    /// Sets the date at which the server starts, as in timestamps and channel ids. Defaults to now.
    pub fn started_at(mut self, date: SystemTime) -> Self {
        self.started = Some(date);
        self
    }

    /// Stops the clock from the start; see [`Asterisk::advance`].
    pub fn paused(mut self) -> Self {
        self.paused = true;
        self
    }

    /// Freezes time for the fake and for the program under test. Both then use one clock: tokio's,
    /// in the runtime that the fake is started on.
    ///
    /// Only [`Asterisk::elapse`] moves that clock, so a timeout of the program expires exactly when
    /// the test says so. The runtime must be single-threaded, as that of `#[tokio::test]` is, and
    /// its clock must not be paused yet. The clock stays frozen until the fake is dropped. After
    /// that it advances by itself whenever all tasks wait, as [`tokio::time::pause`] describes.
    pub fn frozen(mut self) -> Self {
        self.frozen = true;
        self
    }

    /// Sets the time limit of [`Asterisk::wait_for_request`] and [`Asterisk::wait_for_response`],
    /// measured in real time. Defaults to 30 seconds.
    pub fn wait_timeout(mut self, limit: Duration) -> Self {
        self.settings.wait_timeout = limit;
        self
    }

    /// Sets a function that receives a [`Record`] of each event that is sent and of each request that
    /// arrives. It must not block, and must not use the server.
    pub fn journal(mut self, record: impl Fn(Record<'_>) + Send + Sync + 'static) -> Self {
        self.settings.journal = Journal::new(record);
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    ///
    /// Returns an error if the server cannot listen, for example because the port is taken, or if a
    /// file of `tls` cannot be used.
    ///
    /// # Panics
    ///
    /// Panics if the server is to be [`frozen`](Self::frozen) and the runtime has several threads
    /// or its clock is paused already.
    #[cfg_attr(
        not(feature = "control"),
        expect(unused_mut, reason = "one setting is of it")
    )]
    pub async fn start(mut self) -> io::Result<Asterisk> {
        #[cfg(feature = "control")]
        {
            self.settings.is_local = self.address.ip().is_loopback();
        }
        let frozen = self.frozen.then(FrozenClock::new);
        let started = self.started.unwrap_or_else(SystemTime::now);
        let pbx = PbxState::new(self.settings, Clock::new(started, !self.paused));
        let address = (!self.in_process).then_some(self.address);
        Asterisk::serve(pbx, address, frozen).await
    }
}

impl Asterisk {
    /// Starts a server with the settings of [`Builder::default`].
    ///
    /// # Errors
    ///
    /// Returns an error if the server cannot listen on this machine.
    pub async fn start() -> io::Result<Asterisk> {
        Asterisk::builder().start().await
    }

    /// Returns a builder for a server with other settings.
    pub fn builder() -> Builder {
        Builder::default()
    }
}
