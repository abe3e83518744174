//! Playing WAV files of the program to a call, over an audio session of its own.

use std::collections::VecDeque;

use ari_media::{MediaClient, MediaService, PlayOutcome, WavSource};
use tokio::time::{Instant, sleep_until, timeout};

use crate::call::{Call, END_TIMEOUT};
use crate::error::CallError;
use crate::key::Keys;
use crate::media::{Media, Prompt};
use crate::play::outcome::Played;

impl Call {
    /// Sets the service that carries the audio of [WAV files of the program](Media::wav). Default:
    /// a WebSocket that the program opens, which needs Asterisk 20.16.0, 21.11.0, 22.6.0 or later.
    /// A service also offers AudioSocket and RTP, which older releases have.
    #[cfg_attr(docsrs, doc(cfg(feature = "media")))]
    pub fn set_media_service(&mut self, service: &MediaService) {
        self.media_service = Some(service.clone());
    }

    /// Plays files over one audio session, one after another, until their end, a key or the
    /// deadline.
    pub(crate) async fn play_files(
        &mut self,
        media: &[Media],
        files: &mut WavFiles,
        barge_in: Keys,
        deadline: Instant,
    ) -> Result<Played, CallError> {
        let opening = match &self.media_service {
            Some(service) => service.open(self.id()),
            None => self.client().media(self.id()),
        };
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
        let may_have_ended = match &outcome {
            Ok(played) => matches!(played, Played::Incomplete { .. }),
            Err(ari_media::Error::ChannelEnded { .. }) => true,
            Err(ari_media::Error::Request { source, .. }) => {
                source.is_channel_gone() || matches!(source.status(), Some(409 | 422))
            }
            Err(_) => false,
        };
        if may_have_ended && let Ok(end) = timeout(END_TIMEOUT, self.wait_for_end()).await {
            return Err(CallError::Ended(end?));
        }
        Ok(outcome?)
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
