//! The state that the handles and the participants of a conference share.

use std::sync::{Arc, Weak};

use ari_api::channels::MuteDirection;
use ari_api::{Client, Error};
use tokio::sync::{Mutex, watch};

use crate::conference::bridge::ConferenceBridge;
use crate::conference::members::Members;
use crate::error::CallError;
use crate::media::Prompt;

/// The settings of a conference.
#[derive(Clone, Debug)]
pub(crate) struct ConferenceSettings {
    pub(crate) name: String,
    pub(crate) max_participants: usize,
    pub(crate) join_prompt: Prompt,
    pub(crate) leave_prompt: Prompt,
    pub(crate) music: Option<String>,
    pub(crate) detects_talking: bool,
}

impl ConferenceSettings {
    /// Returns an error if the server cannot play a prompt.
    pub(crate) fn check(&self) -> Result<(), CallError> {
        self.join_prompt.check_for_server()?;
        self.leave_prompt.check_for_server()
    }
}

pub(crate) struct Room {
    pub(crate) settings: ConferenceSettings,
    pub(crate) members: watch::Sender<Members>,
    /// The bridge, while somebody is in it.
    bridge: Mutex<Weak<ConferenceBridge>>,
    /// Held while requests to mute run, so that the last one decides.
    muting: Mutex<()>,
}

impl Room {
    pub(crate) fn new(settings: ConferenceSettings) -> Self {
        Room {
            settings,
            members: watch::Sender::new(Members::default()),
            bridge: Mutex::new(Weak::new()),
            muting: Mutex::new(()),
        }
    }

    /// Returns the bridge, which is created if there is none. Run it in a task that is not dropped
    /// in the middle.
    pub(crate) async fn open_bridge(
        &self,
        client: &Client,
    ) -> Result<Arc<ConferenceBridge>, Error> {
        let mut bridge = self.bridge.lock().await;
        if let Some(bridge) = bridge.upgrade() {
            return Ok(bridge);
        }
        let created = Arc::new(ConferenceBridge::create(client, &self.settings.name).await?);
        *bridge = Arc::downgrade(&created);
        Ok(created)
    }

    /// Returns the bridge that calls join, if there is one.
    pub(crate) async fn current_bridge(&self) -> Option<Arc<ConferenceBridge>> {
        self.bridge.lock().await.upgrade()
    }

    /// Lets the next call get a new bridge, because others have destroyed this one.
    pub(crate) async fn forget_bridge(&self, destroyed: &Arc<ConferenceBridge>) {
        let mut bridge = self.bridge.lock().await;
        if std::ptr::eq(bridge.as_ptr(), Arc::as_ptr(destroyed)) {
            *bridge = Weak::new();
        }
    }

    /// Plays media to all participants. Returns `false` if there are none.
    pub(crate) async fn play(self: Arc<Self>, prompt: Prompt) -> Result<bool, Error> {
        let bridge = self.current_bridge().await;
        let Some(bridge) = bridge.filter(|_| self.members.borrow().entered() > 0) else {
            return Ok(false);
        };
        bridge.play(&prompt).await.map(|()| true)
    }

    /// Starts or stops music, if somebody is alone or is no longer.
    pub(crate) async fn update_music(&self, bridge: &ConferenceBridge) {
        if let Some(class) = &self.settings.music
            && self.members.borrow().entered() > 0
        {
            let alone = || self.members.borrow().alone();
            bridge.update_music(class, alone).await;
        }
    }

    /// Mutes a participant or ends that, or changes it for `None`. Returns `false` if there is no
    /// such participant. Run it in a task that is not dropped in the middle.
    pub(crate) async fn mute(
        self: Arc<Self>,
        ticket: u64,
        muted: Option<bool>,
    ) -> Result<bool, Error> {
        let _turn = self.muting.lock().await;
        let member = self.members.borrow().get(ticket).map(|member| {
            let muted = muted.unwrap_or(!member.is_muted);
            (member.channel.clone(), member.is_muted, muted)
        });
        let Some((channel, was_muted, is_muted)) = member else {
            return Ok(false);
        };
        let changed = match is_muted {
            _ if is_muted == was_muted => return Ok(true),
            true => channel.mute().direction(MuteDirection::In).await,
            false => channel.unmute().direction(MuteDirection::In).await,
        };
        match changed {
            Ok(()) => {}
            Err(error) if error.is_channel_gone() => return Ok(false),
            Err(error) => return Err(error),
        }
        Ok(self.members.send_if_modified(|members| {
            let member = members.get_mut(ticket);
            member.map(|member| member.is_muted = is_muted).is_some()
        }))
    }

    /// Notes if a participant is talking.
    pub(crate) fn set_talking(&self, ticket: u64, is_talking: bool) {
        self.members
            .send_if_modified(|members| match members.get_mut(ticket) {
                Some(member) if member.is_talking != is_talking => {
                    member.is_talking = is_talking;
                    true
                }
                _ => false,
            });
    }
}
