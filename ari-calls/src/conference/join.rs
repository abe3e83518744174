//! Joining a conference, until a key, the program or the end of the call.

use std::future::IntoFuture;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use ari_api::Error;
use tokio::time::sleep;

use crate::bridge_watch::BridgeWatch;
use crate::call::Call;
use crate::conference::room::Room;
use crate::conference::stay::{Refusal, Stay};
use crate::deadline::LONGEST_TALK;
use crate::error::CallError;
use crate::key::{Key, Keys};
use crate::task::in_task;

/// The outcome of [`Conference::join`](crate::conference::Conference::join).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConferenceEnd {
    /// The participant has left by this key.
    Key(Key),
    /// The program has removed the participant, or something else has taken the channel out of the
    /// bridge. The call is still in the application.
    Removed,
    /// The participant has reached [`JoinConference::max_duration`]. The call is still in the
    /// application.
    MaxDuration,
    /// The call has not joined, because the conference has as many participants as it may have.
    Full,
    /// The call has not joined, because the conference is locked.
    Locked,
}

/// Participation in a conference, made by
/// [`Conference::join`](crate::conference::Conference::join). `.await` joins, and waits until the
/// call has left.
///
/// Dropping the future leaves the conference. The call stays in the application.
#[must_use = "the call does not join until it is awaited"]
pub struct JoinConference<'a> {
    call: &'a mut Call,
    room: Arc<Room>,
    leave_keys: Keys,
    mute_keys: Keys,
    is_muted: bool,
    max_duration: Duration,
}

impl<'a> JoinConference<'a> {
    pub(crate) fn new(call: &'a mut Call, room: Arc<Room>) -> Self {
        JoinConference {
            call,
            room,
            leave_keys: Keys::NONE,
            mute_keys: Keys::NONE,
            is_muted: false,
            max_duration: LONGEST_TALK,
        }
    }

    /// Sets the keys by which the participant leaves. Default: none.
    ///
    /// Keys that were pressed before and that no step has read count, too. All other keys are kept
    /// for the next step: [`Call::discard_keys`] forgets them.
    pub fn leave_keys(mut self, keys: impl Into<Keys>) -> Self {
        self.leave_keys = keys.into();
        self
    }

    /// Sets the keys that mute the participant, or end that. Default: none.
    pub fn mute_keys(mut self, keys: impl Into<Keys>) -> Self {
        self.mute_keys = keys.into();
        self
    }

    /// Sets if the participant is muted at first. Default: `false`.
    pub fn muted(mut self, muted: bool) -> Self {
        self.is_muted = muted;
        self
    }

    /// Sets the longest stay in the conference. Default: 24 hours.
    pub fn max_duration(mut self, limit: Duration) -> Self {
        self.max_duration = limit;
        self
    }

    async fn join(self) -> Result<ConferenceEnd, CallError> {
        let JoinConference { call, room, .. } = self;
        room.settings.check()?;
        call.note_arrived();
        call.check_end()?;
        let _claim = call.claim()?;
        call.reset_talking();
        let stay = match Stay::reserve(&room, call.channel(), self.is_muted) {
            Ok(stay) => stay,
            Err(Refusal::Full) => return Ok(ConferenceEnd::Full),
            Err(Refusal::Locked) => return Ok(ConferenceEnd::Locked),
        };
        let ticket = stay.ticket();
        let mut members = room.members.subscribe();
        let mut watch = BridgeWatch::default();
        let stay = match in_task(stay.enter()).await {
            Ok(stay) => stay,
            Err(error) => return Err(explain(call, error).await),
        };
        let bridge = stay.bridge();
        if let Some(bridge) = &bridge {
            call.set_entered_bridge(bridge.bridge_id());
        }
        let mut limit = pin!(sleep(self.max_duration));
        let end = loop {
            // It notes keys, too.
            if let Some(bridge) = &bridge {
                watch.update(bridge, &mut [&mut *call]);
            }
            room.set_talking(ticket, call.is_talking());
            if let Some(key) = call.take_key(self.leave_keys | self.mute_keys) {
                if self.leave_keys.contains(key) {
                    break Ok(ConferenceEnd::Key(key));
                }
                if let Err(error) = in_task(room.clone().mute(ticket, None)).await {
                    let channel = call.id();
                    tracing::warn!(channel, %error, "a participant was not muted or unmuted");
                }
                continue;
            }
            tokio::select! {
                biased;
                _ = members.wait_for(|members| members.is_removed(ticket)) => {
                    break Ok(ConferenceEnd::Removed);
                }
                received = call.receive() => if let Err(error) = received {
                    break Err(error);
                },
                _ = watch.separated() => break Ok(ConferenceEnd::Removed),
                () = &mut limit => break Ok(ConferenceEnd::MaxDuration),
            }
        };
        stay.leave().await;
        call.set_bridge(None);
        end
    }
}

/// Returns the end of the call if a request failed because of it, or else the error.
async fn explain(call: &mut Call, error: Error) -> CallError {
    match error.gone_object() {
        Some(object) if object.id != call.id() => error.into(),
        _ => call.explain_bridging(error).await,
    }
}

impl std::fmt::Debug for JoinConference<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JoinConference")
            .field("call", &self.call.id())
            .field("conference", &self.room.settings.name)
            .finish_non_exhaustive()
    }
}

impl<'a> IntoFuture for JoinConference<'a> {
    type Output = Result<ConferenceEnd, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.join())
    }
}
