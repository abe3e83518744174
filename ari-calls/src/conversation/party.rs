//! A call that takes part in a conversation: in its bridge, on hold, or outside.

use ari_api::bridges::BridgeHandle;
use ari_api::models::ChannelState;

use crate::call::Call;
use crate::claim::ChannelClaim;
use crate::error::CallError;
use crate::own_bridge::is_bridge_gone;

/// The place of a party. A request that was dropped in the middle leaves it at `Outside`, and every
/// change works from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Outside,
    InBridge,
    OnHold,
}

/// A call in a conversation. It is hung up when it is dropped.
#[derive(Debug)]
pub(crate) struct Party {
    /// In a box, because conversations are values of enums.
    pub(crate) call: Box<Call>,
    place: Place,
    /// True if music was started, or a request for it was dropped in the middle.
    may_have_music: bool,
    /// True if the call was to be hung up with its owner already before the conversation.
    was_guarded: bool,
    is_answered: bool,
    /// `None` if another call of the channel holds it, which is left alone then.
    claim: Option<ChannelClaim>,
}

impl Party {
    pub(crate) fn new(mut call: Call) -> Self {
        let was_guarded = call.is_guarded();
        let claim = call.claim().ok();
        call.set_guarded(was_guarded || claim.is_some());
        Party {
            call: Box::new(call),
            place: Place::Outside,
            may_have_music: false,
            was_guarded,
            is_answered: was_guarded,
            claim,
        }
    }

    /// Holds the channel, if that was not possible before.
    fn check_claim(&mut self) -> Result<(), CallError> {
        if self.claim.is_none() {
            self.claim = Some(self.call.claim()?);
            self.call.set_guarded(true);
        }
        Ok(())
    }

    /// Returns the call as it was before.
    pub(crate) fn into_call(mut self) -> Call {
        self.call.set_guarded(self.was_guarded);
        *self.call
    }

    /// Goes on with the channel that has replaced that of the party, and hangs up the party's.
    /// Returns `false` if none has.
    pub(crate) fn follow_replacement(&mut self) -> bool {
        let mut is_replaced = false;
        self.call.note_arrived();
        while let Some(mut call) = self.call.replacement() {
            call.set_guarded(true);
            // Asterisk has dialed it. It hears no music.
            self.is_answered = true;
            self.may_have_music = false;
            if self.place == Place::OnHold {
                self.place = Place::Outside;
            }
            *self.call = call;
            // Another call may hold it already.
            self.claim = self.call.claim().ok().or(self.claim.take());
            is_replaced = true;
        }
        is_replaced
    }

    pub(crate) fn is_on_hold(&self) -> bool {
        self.place == Place::OnHold
    }

    pub(crate) fn is_in_bridge(&self) -> bool {
        self.place == Place::InBridge
    }

    /// Notes that there is no bridge any more.
    pub(crate) fn bridge_destroyed(&mut self) {
        self.place = Place::Outside;
        self.call.set_bridge(None);
    }

    /// Notes that others have taken the call out of the bridge. One that they have brought into
    /// another bridge belongs to them: it is not hung up.
    pub(crate) fn removed(&mut self, is_elsewhere: bool) {
        self.bridge_destroyed();
        if is_elsewhere || self.call.is_taken_over() {
            self.call.set_guarded(false);
        }
    }

    /// Answers the call if it is not answered yet.
    pub(crate) async fn answer(&mut self) -> Result<(), CallError> {
        self.check_claim()?;
        if self.is_answered {
            return Ok(());
        }
        let found = self.call.channel().get().await;
        if self.call.check(found).await?.state != ChannelState::Up {
            self.call.answer().await?;
        }
        self.is_answered = true;
        Ok(())
    }

    /// Brings the call into the bridge. Music on hold ends.
    pub(crate) async fn enter(&mut self, bridge: &BridgeHandle) -> Result<(), CallError> {
        self.check_claim()?;
        if self.place == Place::InBridge {
            return Ok(());
        }
        self.stop_music().await;
        self.call.set_guarded(true);
        self.call.set_bridge(Some(bridge.bridge_id()));
        let added = bridge.add_channel([self.call.id()]).await;
        match added {
            // The bridge, and not the channel, is missing.
            Err(error) if is_bridge_gone(&error, bridge) => return Err(error.into()),
            added => self.call.check_bridging(added).await?,
        }
        self.place = Place::InBridge;
        Ok(())
    }

    /// Takes the call out of the bridge, and plays music on hold to it.
    pub(crate) async fn hold(
        &mut self,
        bridge: Option<&BridgeHandle>,
        music_class: Option<&str>,
    ) -> Result<(), CallError> {
        self.check_claim()?;
        if self.place == Place::OnHold {
            return Ok(());
        }
        self.leave(bridge).await?;
        let mut music = self.call.channel().start_moh();
        if let Some(class) = music_class {
            music = music.moh_class(class);
        }
        self.may_have_music = true;
        let started = music.await;
        self.call.check(started).await?;
        self.place = Place::OnHold;
        Ok(())
    }

    /// Takes the call out of the bridge.
    pub(crate) async fn leave(&mut self, bridge: Option<&BridgeHandle>) -> Result<(), CallError> {
        self.bridge_destroyed();
        let Some(bridge) = bridge else {
            return Ok(());
        };
        match bridge.remove_channel([self.call.id()]).await {
            // It is not in the bridge, or not in the application, which the next request finds out.
            Err(error) if error.status() == Some(422) => Ok(()),
            Err(error) if is_bridge_gone(&error, bridge) => Ok(()),
            removed => self.call.check(removed).await,
        }
    }

    /// Stops music on hold. The music of a call that has ended needs no stop, and entering a bridge
    /// stops it, too.
    pub(crate) async fn stop_music(&mut self) {
        if !self.may_have_music {
            return;
        }
        if let Err(error) = self.call.channel().stop_moh().await {
            let channel = self.call.id();
            tracing::debug!(channel, %error, "music on hold was not stopped");
        }
        self.may_have_music = false;
        self.place = Place::Outside;
    }
}
