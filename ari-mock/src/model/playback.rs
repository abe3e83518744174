//! Playbacks, and the channels and bridges that play and record.

use std::time::Duration;

use super::EventSubjects;
use crate::json::Object;

/// The channel or bridge that plays or records media.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum MediaTarget {
    Channel(String),
    Bridge(String),
}

impl MediaTarget {
    pub(crate) fn uri(&self) -> String {
        match self {
            MediaTarget::Channel(id) => format!("channel:{id}"),
            MediaTarget::Bridge(id) => format!("bridge:{id}"),
        }
    }

    pub(crate) fn subjects(&self) -> EventSubjects<'_> {
        match self {
            MediaTarget::Channel(id) => EventSubjects {
                channel: Some(id),
                ..EventSubjects::default()
            },
            MediaTarget::Bridge(id) => EventSubjects {
                bridge: Some(id),
                ..EventSubjects::default()
            },
        }
    }
}

/// The id of a playback, and a number, because several may have the same id. The first of them is the
/// one that requests are for (observed on 16.28 and 22.10).
pub(crate) type PlaybackKey = (String, u64);

pub(crate) struct Playback {
    pub(crate) id: String,
    pub(crate) media: Vec<String>,
    pub(crate) index: usize,
    pub(crate) target: MediaTarget,
    pub(crate) language: String,
    /// The time by which `forward` and `reverse` move.
    pub(crate) skip: Duration,
    pub(crate) state: &'static str,
    /// The remaining time of the current media, counted from `since`; `None` if it is endless.
    pub(crate) remaining: Option<Duration>,
    pub(crate) started_at: Duration,
    pub(crate) timer_id: u64,
    /// True if it was stopped while it was queued.
    pub(crate) is_stopped: bool,
}

impl Playback {
    /// Returns whether digits, numbers or characters are being played. Such playbacks cannot be
    /// controlled.
    pub(crate) fn is_spoken(&self) -> bool {
        let uri = self.media.get(self.index);
        let scheme = uri.and_then(|uri| uri.split_once(':'));
        self.state == "playing" && matches!(scheme, Some(("digits" | "number" | "characters", _)))
    }

    pub(crate) fn object(&self) -> Object {
        let media = |index: usize| self.media.get(index).map(String::as_str);
        Object::new()
            .with("id", &self.id)
            .with("media_uri", media(self.index).unwrap_or_default())
            .with_some("next_media_uri", media(self.index + 1))
            .with("target_uri", self.target.uri())
            .with("language", &self.language)
            .with("state", self.state)
    }
}
