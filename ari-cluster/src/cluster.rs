//! The connection of a program to a cluster.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ari_api::client::{ApiClient as _, Connection, TraceContext};
use ari_api::server::IncomingSession;
use ari_api::{Client, channels};
use tokio::sync::OnceCell;
use tokio::time::{Instant, sleep};

use crate::bus::SharedBus;
use crate::bus::nats::NatsBus;
use crate::bus::permission::Refusals;
use crate::drain;
use crate::error::ClusterError;
use crate::gateway::{Gateway, GatewayBuilder};
use crate::history::{self, PastEvent};
use crate::hooks::tasks::JoinSet;
use crate::login;
use crate::pick::Pick;
use crate::transport::server_transport::ServerTransport;
use crate::watch::Watch;
use crate::worker::WorkerBuilder;
use crate::worker::member::Member;
use crate::worker::{adopt, originate};

/// The smallest size of a message, in bytes, with which a cluster works. Larger ones are sent in parts.
const MIN_PAYLOAD: usize = 4096;

/// The pause before NATS is connected again, and the time between two lines of the log about it.
const CONNECT_PAUSE: Duration = Duration::from_secs(1);
const LOG_PAUSE: Duration = Duration::from_secs(30);

/// A connection to a cluster: to its NATS servers, and through them to the gateways of all Asterisk
/// servers. Cheap to clone.
#[derive(Clone)]
pub struct Cluster {
    bus: SharedBus,
    member: Arc<OnceCell<(Arc<Member>, JoinSet<()>)>>,
    trace_context: Option<TraceContext>,
}

/// Settings of a [`Cluster`].
#[must_use = "nothing is connected until `connect` is awaited"]
pub struct ClusterBuilder {
    servers: String,
    credentials_file: Option<PathBuf>,
    user: Option<(String, String)>,
    token: Option<String>,
    ca_file: Option<PathBuf>,
    require_tls: bool,
    name: Option<String>,
    inbox_prefix: Option<String>,
    retry_on_initial_connect: bool,
}

impl ClusterBuilder {
    /// Logs in with a credentials file, as `nsc` and the NATS services generate it.
    pub fn credentials_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.credentials_file = Some(path.into());
        self
    }

    /// Logs in with a user and a password.
    pub fn user(mut self, name: impl Into<String>, password: impl Into<String>) -> Self {
        self.user = Some((name.into(), password.into()));
        self
    }

    /// Logs in with a token.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Trusts the certificates of a PEM file, and requires TLS.
    pub fn ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_file = Some(path.into());
        self.require_tls = true;
        self
    }

    /// Requires TLS. Without it, the NATS server decides.
    pub fn require_tls(mut self) -> Self {
        self.require_tls = true;
        self
    }

    /// Sets the name of the connection that NATS shows.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the prefix of the subjects on which this program gets responses, such as
    /// `_INBOX.dashboard`. With a prefix for each user, the permissions of NATS keep a program from
    /// reading the responses of others. Defaults to `_INBOX`. A gateway has to be permitted to publish
    /// to it.
    pub fn inbox_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.inbox_prefix = Some(prefix.into());
        self
    }

    /// Lets [`ClusterBuilder::connect`] wait until a NATS server can be reached, for programs that start
    /// together with it, such as gateways. Every 30 seconds it logs the servers that it waits for, and
    /// the reason. A refused login and invalid settings are still errors. By default, `connect` returns
    /// an error if no server can be reached.
    pub fn retry_on_initial_connect(mut self) -> Self {
        self.retry_on_initial_connect = true;
        self
    }

    /// Connects. After that, NATS's client connects again by itself, to any of the servers, as often
    /// as necessary.
    ///
    /// # Errors
    /// Returns an error if the settings are invalid, or no server can be reached or accepts the login.
    pub async fn connect(self) -> Result<Cluster, ClusterError> {
        let mut options = async_nats::ConnectOptions::new()
            .ping_interval(Duration::from_secs(10))
            .require_tls(self.require_tls);
        if let Some(name) = self.name {
            options = options.name(name);
        }
        if let Some(path) = self.credentials_file {
            options = options.credentials_file(&path).await.map_err(|source| {
                ClusterError::Credentials {
                    path: path.clone(),
                    source,
                }
            })?;
        }
        let addresses = login::Addresses::parse(&self.servers);
        if let Some((user, password)) = self.user.or(addresses.user) {
            options = options.user_and_password(user, password);
        }
        if let Some(token) = self.token.or(addresses.token) {
            options = options.token(token);
        }
        if let Some(path) = self.ca_file {
            if let Err(source) = login::check_certificates(&path) {
                return Err(ClusterError::CaFile { path, source });
            }
            options = options.add_root_certificates(path);
        }
        if let Some(prefix) = self.inbox_prefix {
            if !login::is_prefix(&prefix) {
                return Err(ClusterError::InvalidConfig(format!(
                    "{prefix:?} is no prefix of subjects for responses: write one such as \
                     _INBOX.worker, without blanks, * and >"
                )));
            }
            options = options.custom_inbox_prefix(prefix);
        }
        let refusals = Refusals::new();
        let reported = refusals.clone();
        let options = options.event_callback(move |event| {
            reported.on_event(&event);
            std::future::ready(())
        });
        let begun = Instant::now();
        let mut logged: Option<Instant> = None;
        let servers = login::without_secrets(&self.servers);
        let client = loop {
            let connecting = options.clone().connect(addresses.servers.clone());
            let error = match connecting.await {
                Ok(client) => break client,
                Err(error) => error,
            };
            let reason = login::describe(&error);
            if !self.retry_on_initial_connect || !login::may_pass(&error) {
                return Err(ClusterError::Connect { servers, reason });
            }
            if logged.is_none_or(|logged| logged.elapsed() >= LOG_PAUSE) {
                logged = Some(Instant::now());
                tracing::warn!(
                    servers,
                    waited_seconds = begun.elapsed().as_secs(),
                    reason,
                    "waiting for NATS, with an attempt to connect each second: the cluster does not \
                     work until then"
                );
            }
            sleep(CONNECT_PAUSE).await;
        };
        let max_payload = client.max_payload();
        if max_payload < MIN_PAYLOAD {
            return Err(ClusterError::InvalidConfig(format!(
                "NATS takes messages of {max_payload} bytes at most: set max_payload to {MIN_PAYLOAD} \
                 or more in the configuration of nats-server, or leave it out for 1 MB"
            )));
        }
        Ok(Cluster::on(NatsBus::new(client, refusals)))
    }
}

impl fmt::Debug for ClusterBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClusterBuilder")
            .field("servers", &login::without_secrets(&self.servers))
            .field("credentials_file", &self.credentials_file)
            .field("user", &self.user.as_ref().map(|(name, _)| name))
            .field("inbox_prefix", &self.inbox_prefix)
            .field("require_tls", &self.require_tls)
            .finish_non_exhaustive()
    }
}

impl Cluster {
    /// Returns a builder for a connection to NATS servers, such as `nats://n1,n2,n3`. One that can be
    /// reached suffices.
    pub fn builder(servers: impl Into<String>) -> ClusterBuilder {
        ClusterBuilder {
            servers: servers.into(),
            credentials_file: None,
            user: None,
            token: None,
            ca_file: None,
            require_tls: false,
            name: None,
            inbox_prefix: None,
            retry_on_initial_connect: false,
        }
    }

    /// Connects to NATS servers with the settings of [`Cluster::builder`].
    ///
    /// # Errors
    /// Returns the errors of [`ClusterBuilder::connect`].
    pub async fn connect(servers: impl Into<String>) -> Result<Cluster, ClusterError> {
        Cluster::builder(servers).connect().await
    }

    pub(crate) fn on(bus: SharedBus) -> Cluster {
        Cluster {
            bus,
            member: Arc::default(),
            trace_context: None,
        }
    }

    /// Returns a clone of the connection whose requests have a trace context: those of
    /// [`Cluster::server`], and the one of [`Cluster::originate`]. The gateway logs it, and passes it on
    /// to Asterisk in the header `traceparent`. Requests of a session have that of its client:
    /// `session.client.with_trace_context(…)`.
    pub fn with_trace_context(&self, context: impl Into<Option<TraceContext>>) -> Self {
        Cluster {
            trace_context: context.into(),
            ..self.clone()
        }
    }

    /// Returns this program's place in the cluster. It joins when it is first needed.
    async fn member(&self) -> Result<Arc<Member>, ClusterError> {
        let bus = self.bus.clone();
        let joining = self.member.get_or_try_init(|| Member::join(bus, None));
        let (member, _) = joining.await.map_err(ClusterError::bus)?;
        Ok(member.clone())
    }

    /// Starts a gateway of an Asterisk server in this program.
    pub fn start_gateway(&self, gateway: GatewayBuilder) -> Gateway {
        gateway.start_on(self.bus.clone())
    }

    /// Returns a client of one server, over all calls: it needs NATS's permission for requests with
    /// the right `any`, and for those that create something `new`. It can neither be refused by the
    /// gateway because of a call's owner, nor does it become an owner.
    ///
    /// Its event streams have all events of an application of the server.
    pub fn server(&self, name: impl Into<String>) -> Client {
        let transport = ServerTransport::new(self.bus.clone(), name.into());
        let connection = Connection::new(transport);
        Client::from_connection(connection.with_trace_context(self.trace_context))
    }

    /// Returns a builder for a worker, which takes calls of an application on all servers.
    pub fn worker(&self, application: impl Into<String>) -> WorkerBuilder {
        WorkerBuilder::new(self.bus.clone(), application.into())
    }

    /// Originates a call on a server. The call belongs to this program from the start: its events come
    /// here, and nobody else is offered it. The request needs an application, in which the call begins.
    ///
    /// The call ends for the gateway when the session is dropped. If it is still up, it is then offered
    /// to the workers of its application.
    ///
    /// # Errors
    /// Returns the errors of the request, and an error if the server or its application has no gateway.
    pub async fn originate(
        &self,
        server: &str,
        request: channels::Originate,
    ) -> Result<IncomingSession<Client>, ClusterError> {
        let member = self.member().await?;
        originate::run(&member, server, request, self.trace_context).await
    }

    /// Takes a call that this program, or one before it, has originated with a channel id of its own
    /// choice, if [`Cluster::originate`] has ended in
    /// [`Error::OutcomeUnknown`](ari_api::Error::OutcomeUnknown). For 30 seconds after that, this program
    /// keeps the call, if it exists, from being offered to workers.
    ///
    /// The session is that of a [resumed](IncomingSession::resumed) call: its first events may have come
    /// before, and are in
    /// [`ClusterSession::earlier_events`](crate::ClusterSession::earlier_events).
    ///
    /// # Errors
    /// Returns [`ClusterError::NoCall`] if there is no such channel: the call was not originated, or has
    /// ended. Originating it again may ring a second time. Returns [`ClusterError::CallTaken`] if
    /// another program has it, and [`ClusterError::NoServer`] while the server or its application has no
    /// gateway.
    pub async fn adopt(
        &self,
        server: &str,
        application: &str,
        channel_id: &str,
    ) -> Result<IncomingSession<Client>, ClusterError> {
        let place = (server.to_owned(), application.to_owned());
        adopt::run(&self.member().await?, place, channel_id).await
    }

    /// Returns a builder that chooses a server for a new call.
    pub fn pick(&self) -> Pick {
        Pick::new(self.bus.clone())
    }

    /// Drains a server: [`Cluster::pick`] chooses others, and its gateways refuse requests of dialers
    /// that create something with [`Error::NotSent`](ari_api::Error::NotSent). Calls go on, and new
    /// calls from Asterisk are still offered: what is in front of the server has to send them
    /// elsewhere. A gateway that takes over goes on draining, one that starts anew does not. Returns the
    /// number of calls that the server has.
    ///
    /// # Errors
    /// Returns [`ClusterError::NoServer`] if the server has no gateway.
    pub async fn drain_server(&self, name: &str) -> Result<usize, ClusterError> {
        drain::set_draining(&*self.bus, name, true).await
    }

    /// Ends [`Cluster::drain_server`]. Returns the number of calls that the server has.
    ///
    /// # Errors
    /// Returns the errors of [`Cluster::drain_server`].
    pub async fn undrain_server(&self, name: &str) -> Result<usize, ClusterError> {
        drain::set_draining(&*self.bus, name, false).await
    }

    /// Returns the events of a call that gateways have stored
    /// ([`GatewayBuilder::history`]), oldest first.
    ///
    /// # Errors
    /// Returns [`ClusterError::Bus`] if there is no history, or JetStream cannot be reached.
    pub async fn history(&self, call: &str) -> Result<Vec<PastEvent>, ClusterError> {
        history::of_call(&*self.bus, call).await
    }

    /// Returns a builder for a stream of the events of all servers, for dashboards.
    pub fn watch(&self) -> Watch {
        Watch::new(self.bus.clone())
    }
}

impl fmt::Debug for Cluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cluster").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        let builder = Cluster::builder("nats://u:secret@n")
            .user("u", "secret")
            .token("secret");
        assert!(!format!("{builder:?}").contains("secret"));
    }
}
