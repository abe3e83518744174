//! Playing WAV files of the program to a call, over an audio session of its own.

use std::collections::VecDeque;

use ari_media::{PlayOutcome, WavSource};
use tokio::time::{Instant, sleep_until};

use crate::call::Call;
use crate::error::CallError;
use crate::key::Keys;
use crate::media::{Media, Prompt};
use crate::play::outcome::Played;

impl Call {
    /// Plays files over one audio session, one after another, until their end, a key or the
    /// deadline.
    pub(crate) async fn play_files(
        &mut self,
        media: &[Media],
        files: &mut WavFiles,
        barge_in: Keys,
        deadline: Instant,
    ) -> Result<Played, CallError> {
        let opening = self.open_audio();
        let mut session = None;
        let outcome = tokio::select! {
            biased;
            // First, so that nothing is opened if the key was pressed before.
            key = self.wait_for_key(|key| barge_in.contains(key)) => Ok(Played::Key(key?)),
            played = async {
                let session = session.insert(opening.await?);
                for file in media {
                    let Some(source) = files.0.pop_front() else { break };
                    if session.sender().play(source).await? == PlayOutcome::Interrupted {
                        let media_uri = file.uri().to_owned();
                        return Ok(Played::Incomplete { media_uri });
                    }
                }
                Ok::<_, ari_media::Error>(Played::Finished)
            } => played,
            () = sleep_until(deadline) => Ok(Played::MaxDuration),
        };
        // The next step finds the call outside of the session's bridge.
        if let Some(session) = session {
            session.close().await;
        }
        match outcome {
            Ok(Played::Incomplete { media_uri }) => match self.end_of_audio().await {
                Some(end) => Err(end),
                None => Ok(Played::Incomplete { media_uri }),
            },
            Ok(played) => Ok(played),
            Err(error) => Err(self.explain_audio(error).await),
        }
    }
}

/// The WAV files of a prompt, in their order, opened before anything is played.
pub(crate) struct WavFiles(VecDeque<WavSource>);

impl WavFiles {
    pub(crate) async fn open(prompt: &Prompt) -> Result<Self, CallError> {
        let mut files = VecDeque::new();
        for path in prompt.media().iter().filter_map(Media::wav_path) {
            files.push_back(WavSource::open(path).await?);
        }
        Ok(WavFiles(files))
    }
}
