//! Channels that others take out of a bridge, or whose bridge others destroy.
//!
//! Events and gaps of the WebSocket are the reason to ask the server, whose response decides: the
//! event of a departure that the program has requested can arrive late.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ari_api::bridges::BridgeHandle;
use ari_api::{Client, Error};
use tokio::time::{Instant, sleep, timeout};

use crate::call::{Call, END_TIMEOUT};

/// Pauses before the server is asked whether channels are still in their bridge. Most channels that
/// leave a bridge have hung up, and that is reported sooner. The last response decides, because a
/// server may list a channel that has just left.
const CHECK_DELAYS: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(1)];

/// The time for the other channels of a destroyed bridge to leave it, and for a channel to enter
/// another bridge.
const SETTLE_TIME: Duration = Duration::from_millis(500);

/// Pause before the server is asked again meanwhile.
const SETTLE_DELAY: Duration = Duration::from_millis(100);

/// Pause before a request is sent again that has failed, and the number of attempts.
const RETRY_DELAY: Duration = Duration::from_secs(2);
const MAX_ATTEMPTS: usize = 15;

/// Name of the variable by which a program announces that a channel that it takes out of a bridge
/// will come back, as `ari transfer --attended` does: `ARI_CONSULTATION`. Conversations of this crate
/// go on as long as it is not empty.
pub const CONSULTATION_VARIABLE: &str = "ARI_CONSULTATION";

/// Pause before the server is asked again meanwhile.
const CONSULTATION_DELAY: Duration = Duration::from_secs(2);

/// The place of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    InBridge,
    InOtherBridge,
    InNoBridge,
    /// The channel no longer exists. Its stream reports that.
    Ended,
}

/// The places of the channels of a bridge of which at least one was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Separation {
    locations: Vec<Location>,
    is_bridge_listed: bool,
}

impl Separation {
    /// Returns `true` if the bridge was destroyed, or all of several channels were taken out.
    pub(crate) fn is_of_all(&self) -> bool {
        let all_left = self.locations.iter().all(|it| *it != Location::InBridge);
        !self.is_bridge_listed || (self.locations.len() > 1 && all_left)
    }

    /// Returns `true` if the channel with this index is in its bridge no longer.
    pub(crate) fn is_of(&self, index: usize) -> bool {
        matches!(
            self.locations.get(index),
            Some(Location::InOtherBridge | Location::InNoBridge)
        )
    }

    /// Returns `true` if others have brought the channel with this index into another bridge.
    pub(crate) fn is_elsewhere(&self, index: usize) -> bool {
        self.locations.get(index) == Some(&Location::InOtherBridge)
    }
}

/// A check that runs. The mutex is never locked: it lets conversations be `Sync`.
type Finding = Mutex<Pin<Box<dyn Future<Output = Option<Separation>> + Send>>>;

/// Watches channels in one bridge.
#[derive(Default)]
pub(crate) struct BridgeWatch {
    check: Option<(Vec<String>, Finding)>,
}

impl BridgeWatch {
    /// Takes over what the events of the calls say. All of them are to be in the bridge. A call that
    /// is ending leaves it, so that nothing is watched then.
    pub(crate) fn update(&mut self, bridge: &BridgeHandle, calls: &mut [&mut Call]) {
        let mut has_changed = false;
        for call in calls.iter_mut() {
            has_changed |= call.take_bridge_change();
        }
        if calls.iter_mut().any(|call| call.ending().is_some()) {
            self.check = None;
            return;
        }
        let is_current = |ids: &Vec<String>| ids.iter().eq(calls.iter().map(|call| call.id()));
        has_changed |= self.check.as_ref().is_some_and(|it| !is_current(&it.0));
        if has_changed {
            let ids: Vec<_> = calls.iter().map(|call| call.id().to_owned()).collect();
            let finding = find(bridge.clone(), ids.clone());
            self.check = Some((ids, Mutex::new(Box::pin(finding))));
        }
    }

    /// Waits until channels were taken out of their bridge. Cancel-safe.
    pub(crate) async fn separated(&mut self) -> Separation {
        loop {
            let Some((_, finding)) = &mut self.check else {
                return std::future::pending().await;
            };
            let finding = finding.get_mut().unwrap_or_else(PoisonError::into_inner);
            let found = finding.await;
            self.check = None;
            if let Some(separation) = found {
                return separation;
            }
        }
    }

    /// Forgets what was found.
    pub(crate) fn reset(&mut self) {
        self.check = None;
    }
}

impl fmt::Debug for BridgeWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let channels = self.check.as_ref().map(|(ids, _)| ids);
        f.debug_struct("BridgeWatch")
            .field("checked", &channels)
            .finish()
    }
}

/// Returns the ids of the channels in a bridge: none if it no longer exists.
pub(crate) async fn channels_of(bridge: &BridgeHandle) -> Result<Vec<String>, Error> {
    match bridge.get().await {
        Ok(bridge) => Ok(bridge.channels),
        Err(error) if error.gone_object().is_some() => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Returns which channels were taken out of a bridge, or `None` if all of them are in it, or one
/// has ended.
async fn find(bridge: BridgeHandle, ids: Vec<String>) -> Option<Separation> {
    let mut delays = CHECK_DELAYS.into_iter();
    while let Some(delay) = delays.next() {
        sleep(delay).await;
        let channels = retry(|| channels_of(&bridge)).await?;
        if ids.iter().all(|id| channels.contains(id)) {
            continue;
        }
        let separation = settle(&bridge, &ids).await?;
        let mut locations = separation.locations.iter();
        if locations.all(|it| *it == Location::InBridge) {
            return None;
        }
        if separation.locations.contains(&Location::Ended) {
            return None;
        }
        if !is_consultation(&bridge, &ids, &separation).await {
            return Some(separation);
        }
        sleep(CONSULTATION_DELAY).await;
        delays = CHECK_DELAYS.into_iter();
    }
    None
}

/// Returns `true` if another program has announced that the absent channels will come back.
async fn is_consultation(bridge: &BridgeHandle, ids: &[String], separation: &Separation) -> bool {
    for (id, location) in ids.iter().zip(&separation.locations) {
        if *location == Location::InBridge {
            continue;
        }
        let channel = bridge.client().channel(id);
        match channel.get_channel_var(CONSULTATION_VARIABLE).await {
            Ok(variable) if !variable.value.is_empty() => {}
            // The server is asked again if it has given no response.
            Err(error) if error.status().is_none() && error.gone_object().is_none() => {}
            _ => return false,
        }
    }
    true
}

/// Returns the places of the channels when they are final.
async fn settle(bridge: &BridgeHandle, ids: &[String]) -> Option<Separation> {
    let client = bridge.client();
    let deadline = Instant::now() + SETTLE_TIME;
    loop {
        let bridges = retry(|| client.bridges().list().into_future()).await?;
        let own = bridges.iter().find(|it| it.id == bridge.bridge_id());
        let locate = |id: &String| match own.is_some_and(|own| own.channels.contains(id)) {
            true => Location::InBridge,
            false if bridges.iter().any(|it| it.channels.contains(id)) => Location::InOtherBridge,
            false => Location::InNoBridge,
        };
        let mut separation = Separation {
            locations: ids.iter().map(locate).collect(),
            is_bridge_listed: own.is_some(),
        };
        let mut locations = separation.locations.iter();
        let is_final = locations.all(|it| *it == Location::InOtherBridge);
        if is_final || Instant::now() >= deadline {
            let places = ids.iter().zip(&mut separation.locations);
            for (id, location) in places.filter(|(_, it)| **it == Location::InNoBridge) {
                if has_ended(client, id).await {
                    *location = Location::Ended;
                }
            }
            return Some(separation);
        }
        sleep(SETTLE_DELAY).await;
    }
}

/// Returns `true` if the server says that a channel does not exist.
async fn has_ended(client: &Client, channel: &str) -> bool {
    let channel = client.channel(channel);
    let exists = timeout(END_TIMEOUT, channel.get()).await;
    matches!(&exists, Ok(Err(error)) if error.is_channel_gone())
}

/// Sends a request again until it succeeds. `None` if it fails again and again.
async fn retry<T, F>(request: impl Fn() -> F) -> Option<T>
where
    F: Future<Output = Result<T, Error>>,
{
    for _ in 0..MAX_ATTEMPTS {
        match request().await {
            Ok(response) => return Some(response),
            Err(error) => tracing::debug!(%error, "a bridge was not found out; trying again"),
        }
        sleep(RETRY_DELAY).await;
    }
    tracing::warn!("it is not known if calls are still in their bridge");
    None
}
