//! The settings of a queue.

use std::sync::Arc;
use std::time::Duration;

use crate::media::{Media, Prompt};

/// The media that announce a position, from 1 on.
pub(crate) type PositionPrompt = Arc<dyn Fn(usize) -> Prompt + Send + Sync>;

#[derive(Clone)]
pub(crate) struct QueueSettings {
    /// `None` for silence.
    pub(crate) music: Option<String>,
    pub(crate) announce_every: Option<Duration>,
    pub(crate) position_prompt: PositionPrompt,
    pub(crate) max_callers: usize,
}

impl Default for QueueSettings {
    fn default() -> Self {
        QueueSettings {
            music: Some("default".to_owned()),
            announce_every: None,
            position_prompt: Arc::new(position_prompt),
            max_callers: usize::MAX,
        }
    }
}

/// Says the position with the sounds of Asterisk's core.
fn position_prompt(position: usize) -> Prompt {
    if position == 1 {
        return Prompt::from("sound:queue-youarenext");
    }
    let number = Media::number(i32::try_from(position).unwrap_or(i32::MAX));
    let there_are = Prompt::from("sound:queue-thereare");
    there_are.then(number).then("sound:queue-callswaiting")
}
