//! Screening of an endpoint that has answered, before it is connected.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use crate::call::Call;
use crate::dial::outcome::UnansweredReason;
use crate::error::CallError;

/// Default limit of a screening.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// The decision about an endpoint that has answered, made by the function of
/// [`Dial::on_answer`](crate::dial::Dial::on_answer).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Screening {
    /// It is connected to the caller.
    Connect,
    /// It is hung up, and counts as an endpoint that has not answered: others may still answer. The
    /// reason, such as `a machine`, is returned in [`UnansweredReason::Declined`].
    Decline(String),
}

/// The future of a screening.
pub type ScreeningFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Screening, CallError>> + Send + 'a>>;

type Screen = dyn for<'a> Fn(&'a mut Call) -> ScreeningFuture<'a> + Send + Sync;

/// The settings of a screening.
#[derive(Clone)]
pub(crate) struct ScreenSettings {
    /// `None` to connect whoever answers.
    pub(crate) screen: Option<Arc<Screen>>,
    pub(crate) timeout: Duration,
}

impl Default for ScreenSettings {
    fn default() -> Self {
        ScreenSettings {
            screen: None,
            timeout: DEFAULT_TIMEOUT,
        }
    }
}

impl fmt::Debug for ScreenSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScreenSettings")
            .field("is_set", &self.screen.is_some())
            .field("timeout", &self.timeout)
            .finish()
    }
}

/// Screens an endpoint that has answered, if that is set. The error is the reason not to connect
/// it. During the screening it is not in the bridge of early media.
pub(crate) async fn screen(
    callee: &mut Call,
    settings: &ScreenSettings,
    bridge: Option<&str>,
) -> Result<(), UnansweredReason> {
    let Some(screen) = &settings.screen else {
        return Ok(());
    };
    let bridge = bridge.map(|id| callee.client().bridge(id));
    let channel = [callee.id().to_owned()];
    if let Some(bridge) = &bridge {
        let removed = bridge.remove_channel(channel.clone()).await;
        callee.check_bridging(removed).await.map_err(failed)?;
    }
    let screened = timeout(settings.timeout, screen(callee)).await;
    match screened {
        Ok(Ok(Screening::Connect)) => {}
        Ok(Ok(Screening::Decline(reason))) => return Err(UnansweredReason::Declined(reason)),
        Ok(Err(error)) => return Err(failed(error)),
        Err(_) => return Err(UnansweredReason::ScreeningTimeout),
    }
    if let Some(end) = callee.ending() {
        return Err(failed(CallError::Ended(end)));
    }
    if let Some(bridge) = &bridge {
        let added = bridge.add_channel(channel).await;
        callee.check_bridging(added).await.map_err(failed)?;
    }
    Ok(())
}

fn failed(error: CallError) -> UnansweredReason {
    UnansweredReason::ScreeningFailed(error)
}
