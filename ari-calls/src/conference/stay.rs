//! The stay of a channel in a conference, which ends when it is dropped.

use std::sync::Arc;

use ari_api::Error;
use ari_api::bridges::BridgeHandle;
use ari_api::channels::{ChannelHandle, MuteDirection};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::conference::bridge::ConferenceBridge;
use crate::conference::room::Room;
use crate::own_bridge::is_bridge_gone;
use crate::retry::until_received;

/// The silence in milliseconds after which talking has ended.
const SILENCE: &str = "1000";

/// The reason why a channel cannot join.
pub(crate) enum Refusal {
    Full,
    Locked,
}

pub(crate) struct Stay {
    room: Arc<Room>,
    channel: ChannelHandle,
    ticket: u64,
    /// `None` before it is entered.
    bridge: Option<Arc<ConferenceBridge>>,
    is_over: bool,
}

impl Stay {
    /// Reserves a place.
    pub(crate) fn reserve(
        room: &Arc<Room>,
        channel: &ChannelHandle,
        is_muted: bool,
    ) -> Result<Self, Refusal> {
        let mut reserved = Err(Refusal::Full);
        room.members.send_if_modified(|members| {
            reserved = match members.is_locked {
                true => Err(Refusal::Locked),
                false if members.list.len() >= room.settings.max_participants => Err(Refusal::Full),
                false => Ok(members.add(channel.clone(), is_muted)),
            };
            // Nobody is in it yet.
            false
        });
        reserved.map(|ticket| Stay {
            room: room.clone(),
            channel: channel.clone(),
            ticket,
            bridge: None,
            is_over: false,
        })
    }

    pub(crate) fn ticket(&self) -> u64 {
        self.ticket
    }

    /// Returns the bridge, after it was entered.
    pub(crate) fn bridge(&self) -> Option<BridgeHandle> {
        self.bridge.as_ref().map(|bridge| bridge.handle().clone())
    }

    /// Enters the bridge. Run it in a task that is not dropped in the middle.
    pub(crate) async fn enter(mut self) -> Result<Self, Error> {
        if self.room.settings.detects_talking {
            let set = self.channel.set_channel_var("TALK_DETECT(set)");
            match set.value(SILENCE).await {
                Err(error) if error.gone_object().is_some() => return Err(error),
                Err(error) => tracing::debug!(%error, "talking is not detected"),
                Ok(()) => {}
            }
        }
        let is_muted = {
            let members = self.room.members.borrow();
            let member = members.get(self.ticket);
            member.is_some_and(|member| member.is_muted)
        };
        if is_muted {
            let mute = self.channel.mute().direction(MuteDirection::In);
            mute.await?;
        }
        let bridge = match self.enter_bridge().await {
            // Others have destroyed it, and those who were in it have not left the conference yet.
            Err(error) if self.has_lost_bridge(&error).await => self.enter_bridge().await?,
            entered => entered?,
        };
        let ticket = self.ticket;
        self.room.members.send_if_modified(|members| {
            let member = members.get_mut(ticket);
            member.map(|member| member.has_entered = true).is_some()
        });
        self.room.update_music(&bridge).await;
        if self.room.members.borrow().entered() > 1 {
            bridge.announce(&self.room.settings.join_prompt).await;
        }
        drop(bridge);
        Ok(self)
    }

    async fn enter_bridge(&mut self) -> Result<Arc<ConferenceBridge>, Error> {
        let bridge = self.room.open_bridge(self.channel.client()).await?;
        // Before the request, so that the channel is removed if the request fails.
        self.bridge = Some(bridge.clone());
        let added = bridge.handle().add_channel([self.channel.channel_id()]);
        added.await.map(|()| bridge)
    }

    /// Returns `true` if a request failed because others have destroyed the bridge, which is
    /// forgotten then.
    async fn has_lost_bridge(&mut self, error: &Error) -> bool {
        let Some(bridge) = &self.bridge else {
            return false;
        };
        let is_gone = is_bridge_gone(error, bridge.handle());
        if is_gone {
            self.room.forget_bridge(bridge).await;
            self.bridge = None;
        }
        is_gone
    }

    /// Leaves the conference, and returns when the channel is in the bridge no longer.
    pub(crate) async fn leave(mut self) {
        if let Some(leaving) = self.spawn_leave() {
            let _ = leaving.await;
        }
    }

    /// Leaves the conference in a task, so that it is left also if nobody waits.
    fn spawn_leave(&mut self) -> Option<JoinHandle<()>> {
        if std::mem::replace(&mut self.is_over, true) {
            return None;
        }
        let (ticket, mut member) = (self.ticket, None);
        self.room.members.send_if_modified(|members| {
            member = members.take(ticket);
            member.as_ref().is_some_and(|member| member.has_entered)
        });
        let member = member?;
        let (room, bridge) = (self.room.clone(), self.bridge.take());
        let runtime = Handle::try_current().ok()?;
        Some(runtime.spawn(async move {
            let was_heard = member.has_entered;
            leave(&room, &member.channel, member.is_muted, bridge.as_deref()).await;
            let Some(bridge) = bridge else {
                return;
            };
            // The others are in a newer one if something has destroyed this one.
            let newer = room.current_bridge().await;
            let newer = newer.filter(|it| !Arc::ptr_eq(it, &bridge));
            let others = newer.as_deref().unwrap_or(&bridge);
            room.update_music(others).await;
            if was_heard && room.members.borrow().entered() > 0 {
                others.announce(&room.settings.leave_prompt).await;
            }
            drop(newer);
            if let Some(last) = Arc::into_inner(bridge) {
                last.destroy().await;
            }
        }))
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        self.spawn_leave();
    }
}

/// Takes a channel out of the bridge, and undoes the settings of its stay. If the server refuses
/// it, the channel is in the bridge no longer.
async fn leave(
    room: &Room,
    channel: &ChannelHandle,
    is_muted: bool,
    bridge: Option<&ConferenceBridge>,
) {
    let id = channel.channel_id();
    if let Some(bridge) = bridge {
        let removed = until_received(bridge.handle().remove_channel([id])).await;
        log(id, "a channel was not removed from its bridge", removed);
    }
    if is_muted {
        let unmute = channel.unmute().direction(MuteDirection::In);
        log(
            id,
            "a channel was not unmuted",
            until_received(unmute).await,
        );
    }
    if room.settings.detects_talking {
        let remove = channel.set_channel_var("TALK_DETECT(remove)");
        let removed = until_received(remove.value("")).await;
        log(id, "talk detection was not ended", removed);
    }
}

fn log(channel: &str, problem: &str, result: Result<(), Error>) {
    if let Err(error) = result {
        tracing::debug!(channel, %error, "{problem}");
    }
}
