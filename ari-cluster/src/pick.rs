//! The choice of a server for a new call.

use std::time::Duration;

use ari_api::client::unique_id;
use ari_api::schema::Version;
use bytes::Bytes;

use crate::bus::SharedBus;
use crate::error::ClusterError;
use crate::transport::requester::parse_version;
use crate::wire::card::Card;
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::subject;

/// The time limit of asking a directory.
const LIMIT: Duration = Duration::from_secs(2);

/// The state of an application on a server, as its gateway has told it in the last second.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerCard {
    /// The server.
    pub server: String,
    /// The application.
    pub application: String,
    /// True if the gateway reads the events of the application.
    pub is_connected: bool,
    /// The number of calls.
    pub calls: usize,
    /// The number of channels of these calls.
    pub channels: usize,
    /// The number of requests that are executed or wait.
    pub requests: usize,
    /// True if the server takes no new calls.
    pub is_draining: bool,
    /// The version of Asterisk. `None` until the first response has told it.
    pub version: Option<Version>,
}

impl ServerCard {
    fn new(card: Card) -> Self {
        ServerCard {
            is_connected: card.epoch.is_some(),
            server: card.server,
            application: card.application,
            calls: card.calls,
            channels: card.channels,
            requests: card.requests,
            is_draining: card.draining,
            version: card.version.as_deref().and_then(parse_version),
        }
    }
}

/// Chooses a server for a new call: the one with fewer calls of two that are drawn at random, so that
/// dialers do not all choose the same.
#[derive(Clone)]
#[must_use = "nothing is chosen until `server` is awaited"]
pub struct Pick {
    bus: SharedBus,
    application: Option<String>,
    at_least: Option<Version>,
}

impl Pick {
    pub(crate) fn new(bus: SharedBus) -> Self {
        Pick {
            bus,
            application: None,
            at_least: None,
        }
    }

    /// Requires an application.
    pub fn application(mut self, name: impl Into<String>) -> Self {
        self.application = Some(name.into());
        self
    }

    /// Requires a version of Asterisk. Servers whose version is not known yet do not fit.
    pub fn at_least(mut self, version: Version) -> Self {
        self.at_least = Some(version);
        self
    }

    /// Returns the state of all servers that fit, also of those that are draining or not connected, as
    /// a directory of the cluster knows it.
    ///
    /// # Errors
    /// Returns an error if no gateway is a directory, or the bus cannot be reached.
    pub async fn list(&self) -> Result<Vec<ServerCard>, ClusterError> {
        let mut cards: Vec<Card> = Vec::new();
        let mut header = HeaderWriter::new();
        loop {
            let asking =
                self.bus
                    .request(subject::directory(), header.finish(), Bytes::new(), LIMIT);
            let response = asking.await.map_err(ClusterError::bus)?;
            let page: Vec<Card> = serde_json::from_slice(&response.body)
                .map_err(|error| ClusterError::Bus(format!("the directory's response: {error}")))?;
            cards.extend(page);
            let more = Header::parse(&response.header).and_then(|it| it.number(field::MORE));
            let (Some(last), Some(_)) = (cards.last(), more) else {
                break;
            };
            header = HeaderWriter::new().text(field::SERVER, &last.server);
            header = header.text(field::APPLICATION, &last.application);
        }
        let cards = cards.into_iter().map(ServerCard::new);
        Ok(cards.filter(|card| self.fits(card)).collect())
    }

    fn fits(&self, card: &ServerCard) -> bool {
        let is_application = self
            .application
            .as_ref()
            .is_none_or(|name| *name == card.application);
        let is_new_enough = self
            .at_least
            .is_none_or(|least| card.version.is_some_and(|version| version >= least));
        is_application && is_new_enough
    }

    /// Returns the name of the chosen server.
    ///
    /// # Errors
    /// Returns [`ClusterError::NoServer`] if none fits, or all are draining or not connected.
    pub async fn server(&self) -> Result<String, ClusterError> {
        let mut cards = self.list().await?;
        let count = cards.len();
        cards.retain(|card| card.is_connected && !card.is_draining);
        let random = || u64::from_str_radix(&unique_id()[..8], 16).unwrap_or(0) as usize;
        let drawn = |cards: &[ServerCard]| cards.get(random() % cards.len().max(1)).cloned();
        let chosen = [drawn(&cards), drawn(&cards)]
            .into_iter()
            .flatten()
            .min_by_key(|card| card.calls);
        chosen.map(|card| card.server).ok_or_else(|| {
            ClusterError::NoServer(match count {
                0 => "no gateway with this application and version has sent a heartbeat".to_owned(),
                count => format!("all {count} are draining or not connected to Asterisk"),
            })
        })
    }
}

impl std::fmt::Debug for Pick {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pick")
            .field("application", &self.application)
            .field("at_least", &self.at_least)
            .finish_non_exhaustive()
    }
}
