//! The video source of a bridge.

use crate::json::Object;

/// The video mode of a bridge and its video source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VideoChoice {
    pub(crate) mode: &'static str,
    pub(crate) source: Option<String>,
}

/// The current choice, and the one that was last published. A change is published together with the
/// next event of the bridge.
#[derive(Clone, Debug)]
pub(crate) struct Video {
    pub(crate) current: VideoChoice,
    pub(crate) published: VideoChoice,
}

impl Video {
    pub(crate) fn new(mode: &'static str) -> Self {
        let current = VideoChoice { mode, source: None };
        Video {
            published: current.clone(),
            current,
        }
    }

    /// Adds the video members to an object of the bridge.
    pub(crate) fn add_to(&self, bridge: Object) -> Object {
        bridge
            .with("video_mode", self.published.mode)
            .with_some("video_source_id", self.published.source.clone())
    }
}
