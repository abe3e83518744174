//! The choice of the video that the participants of a bridge see.

use super::PbxState;
use crate::json::Object;
use crate::model::{Event, EventSubjects, VideoChoice};

impl PbxState {
    /// Shows the video of a channel to all participants. Without a channel, the talker is shown,
    /// which takes effect with the next change of the bridge.
    pub(crate) fn set_video_source(&mut self, bridge: &str, source: Option<&str>) {
        let Some(found) = self.bridges.get_mut(bridge) else {
            return;
        };
        found.video.current = VideoChoice {
            mode: source.map_or("talker", |_| "single"),
            source: source.map(str::to_owned),
        };
        if source.is_some() {
            self.publish_video_source(bridge);
        }
    }

    /// Removes a channel that leaves the bridge as the video source.
    pub(crate) fn remove_video_source(&mut self, bridge: &str, id: &str) {
        if let Some(found) = self.bridges.get_mut(bridge)
            && found.video.current.source.as_deref() == Some(id)
        {
            found.video.current.source = None;
        }
        self.publish_video_source(bridge);
    }

    /// Publishes the video source if it has changed.
    pub(crate) fn publish_video_source(&mut self, bridge: &str) {
        let Some(found) = self.bridges.get_mut(bridge) else {
            return;
        };
        let before = std::mem::replace(&mut found.video.published, found.video.current.clone());
        if before.source == found.video.published.source {
            return;
        }
        let rest = Object::new()
            .with("bridge", found.object())
            .with_some("old_video_source_id", before.source);
        let about = EventSubjects {
            bridge: Some(bridge),
            ..EventSubjects::default()
        };
        self.publish(&about, Event::new("BridgeVideoSourceChanged", rest));
    }
}
