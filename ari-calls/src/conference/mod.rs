//! Conferences: calls that hear each other.
//!
//! [`Conference::join`] is the step of each call. See [`Conference`] for an example.

mod bridge;
mod join;
mod members;
mod room;
mod stay;

use std::sync::Arc;

use ari_api::Error;
use tokio::sync::watch;

pub use join::{ConferenceEnd, JoinConference};
pub use members::Participant;

use crate::call::Call;
use crate::conference::members::Members;
use crate::conference::room::{ConferenceSettings, Room};
use crate::error::CallError;
use crate::media::Prompt;
use crate::task::in_task;

/// A conference, which the program keeps: calls join it, and all of them hear each other. Clones
/// are handles of the same conference.
///
/// The server has a bridge for it while somebody is in it. The bridge is destroyed when the last
/// participant has left, and the next one who joins gets a new bridge.
///
/// ```no_run
/// # use ari_calls::conference::{Conference, ConferenceEnd};
/// # use ari_calls::{Call, CallError, Key, Keys};
/// # async fn example(conference: &Conference, call: &mut Call) -> Result<(), CallError> {
/// // Once: Conference::builder("sales").max_participants(20).build()
/// call.answer().await?;
/// let join = conference.join(call).leave_keys(Keys::POUND).mute_keys(Key::Star);
/// match join.await? {
///     ConferenceEnd::Full | ConferenceEnd::Locked => call.play("sound:conf-locked").await?,
///     _ => call.play("sound:vm-goodbye").await?,
/// };
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Conference {
    room: Arc<Room>,
}

/// The settings of a conference, made by [`Conference::builder`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until the conference is built"]
pub struct ConferenceBuilder {
    settings: ConferenceSettings,
}

/// Changes of the participants of a conference, made by [`Conference::watch`].
pub struct ConferenceWatcher {
    members: watch::Receiver<Members>,
}

impl Conference {
    /// Creates a builder for a conference. The name is that of its bridge, and need not be unique.
    pub fn builder(name: impl Into<String>) -> ConferenceBuilder {
        ConferenceBuilder {
            settings: ConferenceSettings {
                name: name.into(),
                max_participants: usize::MAX,
                join_prompt: Prompt::default(),
                leave_prompt: Prompt::default(),
                music: Some("default".to_owned()),
                detects_talking: true,
            },
        }
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.room.settings.name
    }

    /// Lets a call join, and waits until it leaves: by a key, by its end, because the program
    /// removes it, or at its longest stay. Answer the call first. It may be in no other bridge, and
    /// all calls must be on the same server.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call ends; [`CallError::Request`] if a request fails
    /// before the call has joined, or if the connection to the server is lost for good; and
    /// [`CallError::InvalidSettings`], before anything is sent, if the server cannot play a prompt
    /// of the conference.
    pub fn join<'a>(&self, call: &'a mut Call) -> JoinConference<'a> {
        JoinConference::new(call, self.room.clone())
    }

    /// Returns the participants, in the order in which they came.
    pub fn participants(&self) -> Vec<Participant> {
        self.room.members.borrow().participants()
    }

    /// Returns the changes of the participants: who has joined or left, who is muted, who talks.
    pub fn watch(&self) -> ConferenceWatcher {
        ConferenceWatcher {
            members: self.room.members.subscribe(),
        }
    }

    /// Mutes the participant with this channel, or ends that. Returns `false` if there is no such
    /// participant.
    ///
    /// # Errors
    ///
    /// Returns the error of the request.
    pub async fn set_muted(&self, channel_id: &str, muted: bool) -> Result<bool, Error> {
        let ticket = self.room.members.borrow().ticket_of(channel_id);
        match ticket {
            Some(ticket) => in_task(self.room.clone().mute(ticket, Some(muted))).await,
            None => Ok(false),
        }
    }

    /// Removes the participant with this channel, whose outcome is [`ConferenceEnd::Removed`]. The
    /// call stays in the application. Returns `false` if there is no such participant.
    pub fn remove(&self, channel_id: &str) -> bool {
        self.room.members.send_if_modified(|members| {
            let ticket = members.ticket_of(channel_id);
            let member = ticket.and_then(|ticket| members.get_mut(ticket));
            member.map(|member| member.is_removed = true).is_some()
        })
    }

    /// Removes all participants, also those who are about to join.
    pub fn remove_all(&self) {
        self.room.members.send_modify(|members| {
            for member in &mut members.list {
                member.is_removed = true;
            }
        });
    }

    /// Locks the conference, so that no more calls can join, or unlocks it.
    pub fn set_locked(&self, locked: bool) {
        self.room.members.send_if_modified(|members| {
            members.is_locked = locked;
            false
        });
    }

    /// Returns `true` if the conference is locked.
    pub fn is_locked(&self) -> bool {
        self.room.members.borrow().is_locked
    }

    /// Plays media to all participants, after those that play already. Returns when Asterisk has
    /// taken it, or `false` if there are no participants.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if a request fails, and [`CallError::InvalidSettings`], before
    /// anything is sent, if a medium has no scheme or is a WAV file of the program.
    pub async fn play(&self, prompt: impl Into<Prompt>) -> Result<bool, CallError> {
        let prompt = prompt.into();
        prompt.check_for_server()?;
        Ok(in_task(self.room.clone().play(prompt)).await?)
    }
}

impl ConferenceBuilder {
    /// Sets the limit of participants. Default: none.
    pub fn max_participants(mut self, limit: usize) -> Self {
        self.settings.max_participants = limit;
        self
    }

    /// Sets the media of the server that all participants hear when another one has joined.
    /// Default: none.
    pub fn join_prompt(mut self, prompt: impl Into<Prompt>) -> Self {
        self.settings.join_prompt = prompt.into();
        self
    }

    /// Sets the media of the server that the others hear when a participant has left. Default:
    /// none.
    pub fn leave_prompt(mut self, prompt: impl Into<Prompt>) -> Self {
        self.settings.leave_prompt = prompt.into();
        self
    }

    /// Sets the class of the music that a participant hears who is alone. Default: `default`.
    pub fn music(mut self, class: impl Into<String>) -> Self {
        self.settings.music = Some(class.into());
        self
    }

    /// Plays no music to a participant who is alone.
    pub fn without_music(mut self) -> Self {
        self.settings.music = None;
        self
    }

    /// Sets if the server reports who talks. Default: `true`. It sets `TALK_DETECT` of each
    /// participant, whose talking ends after a second of silence. The talking of a phone that sends
    /// nothing while it is silent does not end.
    pub fn talk_detection(mut self, enabled: bool) -> Self {
        self.settings.detects_talking = enabled;
        self
    }

    /// Creates the conference. Nothing is sent before a call joins.
    pub fn build(self) -> Conference {
        Conference {
            room: Arc::new(Room::new(self.settings)),
        }
    }
}

impl ConferenceWatcher {
    /// Waits until the participants have changed since the last call, or since the watcher was
    /// made, and returns them. Several changes may be reported as one. Returns `None` when no
    /// handle of the conference exists any more.
    ///
    /// Cancel-safe: no change is lost if the future is dropped.
    pub async fn next(&mut self) -> Option<Vec<Participant>> {
        self.members.changed().await.ok()?;
        Some(self.members.borrow_and_update().participants())
    }
}

impl std::fmt::Debug for Conference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Conference")
            .field("name", &self.name())
            .field("participants", &self.participants())
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ConferenceWatcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConferenceWatcher").finish_non_exhaustive()
    }
}
