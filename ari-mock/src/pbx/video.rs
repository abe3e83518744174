//! The choice of the video that the participants of a bridge see.

use super::{About, Event, World};
use crate::json::Object;

/// The video mode of a bridge and its video source.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    mode: &'static str,
    source: Option<String>,
}

/// The current choice, and the one that was last published. A change is published together with the
/// next event of the bridge.
#[derive(Clone, Debug)]
pub(crate) struct Video {
    now: Choice,
    told: Choice,
}

impl Video {
    pub(crate) fn new(mode: &'static str) -> Self {
        let now = Choice { mode, source: None };
        Video {
            told: now.clone(),
            now,
        }
    }

    /// Adds the video members to an object of the bridge.
    pub(crate) fn describe(&self, bridge: Object) -> Object {
        bridge
            .with("video_mode", self.told.mode)
            .maybe("video_source_id", self.told.source.clone())
    }
}

impl World {
    /// Shows the video of a channel to all participants. Without a channel, the talker is shown,
    /// which takes effect with the next change of the bridge.
    pub(crate) fn choose_video(&mut self, bridge: &str, source: Option<&str>) {
        let Some(found) = self.bridges.get_mut(bridge) else {
            return;
        };
        found.video.now = Choice {
            mode: source.map_or("talker", |_| "single"),
            source: source.map(str::to_owned),
        };
        if source.is_some() {
            self.tell_video(bridge);
        }
    }

    /// Removes a channel that leaves the bridge as the video source.
    pub(crate) fn hide_video(&mut self, bridge: &str, id: &str) {
        if let Some(found) = self.bridges.get_mut(bridge)
            && found.video.now.source.as_deref() == Some(id)
        {
            found.video.now.source = None;
        }
        self.tell_video(bridge);
    }

    /// Publishes the video source if it has changed.
    pub(crate) fn tell_video(&mut self, bridge: &str) {
        let Some(found) = self.bridges.get_mut(bridge) else {
            return;
        };
        let before = std::mem::replace(&mut found.video.told, found.video.now.clone());
        if before.source == found.video.told.source {
            return;
        }
        let rest = Object::new()
            .with("bridge", found.object())
            .maybe("old_video_source_id", before.source);
        let about = About {
            bridge: Some(bridge),
            ..About::default()
        };
        self.publish(&about, Event::new("BridgeVideoSourceChanged", rest));
    }
}
