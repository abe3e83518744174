//! The service that the sessions of a process share, with its listeners, the server's features and
//! the limit of sessions.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::Arc;

use ari_api::Client;
use tokio::sync::{Mutex, Semaphore};

use crate::carrier::{CarrierChoice, CarrierPreference, Offer, Server, choose};
use crate::connection::{AudioSocketListener, RtpPorts};
use crate::error::{Error, Step};
use crate::session::counters::Counters;
use crate::session::endpoint::Listeners;
use crate::session::permit::Permit;
use crate::stats::ServiceStats;

/// Service that opens sessions. They share one range of RTP ports, one AudioSocket listener and one
/// limit. It is cheap to clone. The ports are closed when all clones and all sessions are dropped.
///
/// ```no_run
/// # use ari_api::Client;
/// # async fn example(client: &Client, call: &str) -> Result<(), ari_media::Error> {
/// use ari_media::MediaService;
///
/// let service = MediaService::builder(client)
///     .audiosocket("0.0.0.0:9019".parse().expect("an address"), "10.0.0.5:9019")
///     .rtp("10.0.0.5".parse().expect("an address"), 20_000..=20_999)
///     .max_sessions(200)
///     .bind()
///     .await?;
/// let media = service.open(call).await?;
/// println!("audio over {}", media.carrier().reason);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct MediaService(Arc<ServiceState>);

struct ServiceState {
    client: Client,
    preference: CarrierPreference,
    listeners: Listeners,
    limit: Option<(usize, Arc<Semaphore>)>,
    counters: Arc<Counters>,
    /// The server's version and modules. They are requested before the first session, and again
    /// when a session cannot be opened, because modules are loaded and unloaded while the server
    /// runs.
    server: Mutex<Option<Arc<Server>>>,
}

impl MediaService {
    /// Creates a builder of a service.
    pub fn builder(client: &Client) -> MediaServiceBuilder {
        MediaServiceBuilder {
            client: client.clone(),
            preference: CarrierPreference::Auto,
            audiosocket: None,
            rtp: None,
            #[cfg(feature = "server")]
            websocket: None,
            max_sessions: None,
        }
    }

    /// Returns a service without listeners. The program opens WebSockets to Asterisk.
    pub(crate) fn for_client(client: &Client) -> Self {
        MediaService(Arc::new(ServiceState {
            client: client.clone(),
            preference: CarrierPreference::Auto,
            listeners: Listeners::default(),
            limit: None,
            counters: Arc::default(),
            server: Mutex::new(None),
        }))
    }

    /// Returns the number of sessions that can be opened now. `None` if there is no limit.
    pub fn free_sessions(&self) -> Option<usize> {
        let (_, places) = self.0.limit.as_ref()?;
        Some(places.available_permits())
    }

    /// Returns the counters of the service: its sessions, and the sums of their audio, such as late
    /// frames and audio that did not arrive.
    pub fn stats(&self) -> ServiceStats {
        self.0.counters.stats()
    }

    /// Chooses a carrier, as opening a session does, and returns it with the reason.
    ///
    /// # Errors
    /// Returns [`Error::NoCarrier`] if none can be used, and [`Error::Request`] if a request to the
    /// server fails.
    pub async fn carrier(&self) -> Result<CarrierChoice, Error> {
        self.choose(None).await
    }

    /// Chooses a carrier. Requests the server's modules again if the known ones have no carrier.
    pub(crate) async fn choose(
        &self,
        preference: Option<CarrierPreference>,
    ) -> Result<CarrierChoice, Error> {
        let (server, is_new) = self.server(None).await?;
        match self.choose_on(&server, preference) {
            Err(Error::NoCarrier(_)) if !is_new => {
                let (server, _) = self.server(Some(&server)).await?;
                self.choose_on(&server, preference)
            }
            chosen => chosen,
        }
    }

    /// Chooses again after the server has refused the media channel of a session. Returns `None` if
    /// the server still reports this carrier's modules, because the refusal then has another
    /// reason.
    ///
    /// # Errors
    /// Returns [`Error::NoCarrier`] if the server no longer has a carrier.
    pub(crate) async fn choose_another(
        &self,
        refused: &CarrierChoice,
        preference: Option<CarrierPreference>,
    ) -> Result<Option<CarrierChoice>, Error> {
        let (known, _) = self.server(None).await?;
        let Ok((server, _)) = self.server(Some(&known)).await else {
            // The failure of this request does not explain the refusal.
            return Ok(None);
        };
        let choice = self.choose_on(&server, preference)?;
        Ok((choice.carrier != refused.carrier).then_some(choice))
    }

    fn choose_on(
        &self,
        server: &Server,
        preference: Option<CarrierPreference>,
    ) -> Result<CarrierChoice, Error> {
        let state = &self.0;
        let listeners = &state.listeners;
        let offer = Offer {
            websocket: true,
            websocket_client_id: listeners.websocket_client_id(),
            audiosocket: listeners.audiosocket.is_some(),
            rtp: listeners.rtp.is_some(),
        };
        let preference = preference.unwrap_or(state.preference);
        Ok(choose(server, &offer, preference)?)
    }

    /// Returns the server's version and modules, and `true` if they were requested now. They are
    /// requested if none are known, or if the known ones are `outdated`. Concurrent callers wait
    /// for the same response.
    async fn server(&self, outdated: Option<&Arc<Server>>) -> Result<(Arc<Server>, bool), Error> {
        let mut known = self.0.server.lock().await;
        if let Some(server) = &*known
            && !outdated.is_some_and(|outdated| Arc::ptr_eq(outdated, server))
        {
            return Ok((server.clone(), false));
        }
        let server = Arc::new(self.fetch_server().await?);
        *known = Some(server.clone());
        Ok((server, true))
    }

    async fn fetch_server(&self) -> Result<Server, Error> {
        let failed = |source| Error::Request {
            step: Step::FindCarrier,
            source,
        };
        let client = &self.0.client;
        let version = client.connection().fetch_version().await.map_err(failed)?;
        let modules = client.asterisk().list_modules().await.map_err(failed)?;
        let modules = modules
            .into_iter()
            .filter(|module| module.status == "Running");
        Ok(Server {
            version,
            modules: modules.map(|module| module.name).collect(),
        })
    }

    /// Acquires a permit within the limit.
    pub(crate) fn acquire(&self) -> Result<Permit, Error> {
        let Some((limit, places)) = &self.0.limit else {
            return Ok(Permit::new(None));
        };
        let permit = places.clone().try_acquire_owned();
        let permit = permit.map_err(|_| {
            self.0.counters.count_rejected();
            Error::LimitReached { limit: *limit }
        })?;
        Ok(Permit::new(Some(Arc::new(permit))))
    }

    pub(crate) fn counters(&self) -> &Arc<Counters> {
        &self.0.counters
    }

    pub(crate) fn client(&self) -> &Client {
        &self.0.client
    }

    pub(crate) fn listeners(&self) -> &Listeners {
        &self.0.listeners
    }
}

impl fmt::Debug for MediaService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaService")
            .field("preference", &self.0.preference)
            .field("listeners", &self.0.listeners)
            .finish_non_exhaustive()
    }
}

/// The builder of a [`MediaService`].
#[must_use = "a service exists once it is bound"]
pub struct MediaServiceBuilder {
    client: Client,
    preference: CarrierPreference,
    audiosocket: Option<(SocketAddr, String)>,
    rtp: Option<(IpAddr, IpAddr, RangeInclusive<u16>)>,
    #[cfg(feature = "server")]
    websocket: Option<(crate::connection::WebSocketAcceptor, String)>,
    max_sessions: Option<usize>,
}

impl MediaServiceBuilder {
    /// Sets the carrier of all sessions that do not name one. Defaults to the best carrier that
    /// both the server and the service support.
    pub fn carrier(mut self, carrier: impl Into<CarrierPreference>) -> Self {
        self.preference = carrier.into();
        self
    }

    /// Listens for AudioSocket on `listen`. `advertised` is the host and port at which Asterisk
    /// reaches this address.
    pub fn audiosocket(mut self, listen: SocketAddr, advertised: impl Into<String>) -> Self {
        self.audiosocket = Some((listen, advertised.into()));
        self
    }

    /// Uses the even UDP ports of a range on a local address for RTP, one for each session.
    /// Asterisk sends to the same address: see [`rtp_behind_nat`](Self::rtp_behind_nat).
    pub fn rtp(self, address: IpAddr, ports: RangeInclusive<u16>) -> Self {
        self.rtp_behind_nat(address, address, ports)
    }

    /// Does the same as [`rtp`](Self::rtp), if Asterisk reaches the ports at another address than
    /// the local one.
    pub fn rtp_behind_nat(
        mut self,
        listen: IpAddr,
        advertised: IpAddr,
        ports: RangeInclusive<u16>,
    ) -> Self {
        self.rtp = Some((listen, advertised, ports));
        self
    }

    /// Uses WebSockets that Asterisk opens. `client_id` is the section of `websocket_client.conf`
    /// that contains this program's address. The acceptor's handler serves a
    /// [`media_route`](ari_api::server::ServerBuilder::media_route).
    #[cfg(feature = "server")]
    pub fn websocket_server(
        mut self,
        acceptor: crate::connection::WebSocketAcceptor,
        client_id: impl Into<String>,
    ) -> Self {
        self.websocket = Some((acceptor, client_id.into()));
        self
    }

    /// Sets the maximum number of sessions at a time. Opening another one fails with
    /// [`Error::LimitReached`] before any request is sent. Defaults to no limit.
    pub fn max_sessions(mut self, limit: usize) -> Self {
        self.max_sessions = Some(limit);
        self
    }

    /// Listens on the ports.
    ///
    /// # Errors
    /// Returns [`Error::Connection`] if the service cannot listen on a port.
    pub async fn bind(self) -> Result<MediaService, Error> {
        let audiosocket = match self.audiosocket {
            Some((listen, advertised)) => {
                Some((AudioSocketListener::bind(listen).await?, advertised))
            }
            None => None,
        };
        let rtp = match self.rtp {
            Some((listen, advertised, ports)) => Some((RtpPorts::new(listen, ports)?, advertised)),
            None => None,
        };
        let limit = self.max_sessions;
        Ok(MediaService(Arc::new(ServiceState {
            client: self.client,
            preference: self.preference,
            listeners: Listeners {
                audiosocket,
                rtp,
                #[cfg(feature = "server")]
                websocket: self.websocket,
            },
            limit: limit.map(|limit| (limit, Arc::new(Semaphore::new(limit)))),
            counters: Arc::default(),
            server: Mutex::new(None),
        })))
    }
}

impl fmt::Debug for MediaServiceBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaServiceBuilder")
            .field("preference", &self.preference)
            .finish_non_exhaustive()
    }
}
