//! Playing media to a call, until its end, a key or a limit.
//!
//! ```no_run
//! # use ari_calls::play::Played;
//! # use ari_calls::{Call, CallError, Keys};
//! # async fn example(call: &mut Call) -> Result<(), CallError> {
//! let played = call.play("sound:demo-congrats").barge_in(Keys::ALL).await?;
//! if let Played::Key(key) = played {
//!     println!("{key} was pressed");
//! }
//! # Ok(())
//! # }
//! ```

mod outcome;
#[cfg(feature = "media")]
mod wav;

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use ari_api::models::PlaybackState;
use ari_api::stream::EndReport;
use tokio::time::{Instant, sleep_until};

use crate::call::Call;
use crate::deadline;
use crate::error::CallError;
use crate::key::Keys;
use crate::media::{Media, Prompt};
use crate::running::Running;

pub use outcome::Played;

/// Default limit of a playback.
pub(crate) const DEFAULT_LIMIT: Duration = Duration::from_secs(120);

/// Newest release of Asterisk whose play operations accept one medium only.
const LAST_RELEASE_WITH_SINGLE_MEDIA: u16 = 13;

/// Playing of a list of media, made by [`Call::play`]. `.await` plays it.
///
/// Dropping the future stops the playback.
#[derive(Debug)]
#[must_use = "nothing is played until it is awaited"]
pub struct Play<'a> {
    call: &'a mut Call,
    prompt: Prompt,
    settings: PlaySettings,
}

/// The settings of a playback.
#[derive(Clone, Debug)]
pub(crate) struct PlaySettings {
    /// The keys that stop it.
    pub(crate) barge_in: Keys,
    pub(crate) limit: Duration,
    pub(crate) language: Option<String>,
}

impl Default for PlaySettings {
    fn default() -> Self {
        PlaySettings {
            barge_in: Keys::NONE,
            limit: DEFAULT_LIMIT,
            language: None,
        }
    }
}

impl Call {
    /// Plays media to the caller, one after another, and waits until all are played. The call need
    /// not be answered: the caller hears early media then, if the network passes it on.
    ///
    /// Media that Asterisk silently skips (a missing recording, an unknown scheme) does not make it
    /// wait forever: the server is asked for the playback, and the outcome is
    /// [`Played::Incomplete`].
    ///
    /// Asterisk 12 and 13 accept one medium in a request; there each has a request of its own. On
    /// all releases, media of different languages need requests of their own.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call ends first; [`CallError::Request`] if a request
    /// fails or the connection to the server is lost for good; and
    /// [`CallError::InvalidSettings`], before anything is played, if a medium has no scheme, or
    /// nothing after it. With
    /// the feature `media`, `CallError::Media` for a [WAV file](Media::wav) that cannot be read,
    /// before anything is played, or that no audio session can carry.
    pub fn play(&mut self, prompt: impl Into<Prompt>) -> Play<'_> {
        Play {
            call: self,
            prompt: prompt.into(),
            settings: PlaySettings::default(),
        }
    }

    /// Plays a prompt. A key that stops it, or prevents it because it was pressed before, stays in
    /// the type-ahead.
    pub(crate) async fn play_prompt(
        &mut self,
        prompt: &Prompt,
        settings: &PlaySettings,
    ) -> Result<Played, CallError> {
        self.check_end()?;
        prompt.check_for_call()?;
        #[cfg(feature = "media")]
        let mut files = wav::WavFiles::open(prompt).await?;
        let chunk = self.media_per_request(prompt.media().len()).await;
        let deadline = deadline::after(settings.limit);
        let mut outcome = Played::Finished;
        for run in prompt.media().chunk_by(are_played_together) {
            #[cfg(feature = "media")]
            if run.iter().any(|media| media.wav_path().is_some()) {
                let played = self
                    .play_files(run, &mut files, settings.barge_in, deadline)
                    .await?;
                if !outcome.add(played) {
                    return Ok(outcome);
                }
                continue;
            }
            for media in run.chunks(chunk) {
                let played = self.play_media(media, settings, deadline).await?;
                if !outcome.add(played) {
                    return Ok(outcome);
                }
            }
        }
        Ok(outcome)
    }

    /// Returns the number of media that the server takes in one request, of those to play.
    async fn media_per_request(&self, count: usize) -> usize {
        let connection = self.client().connection();
        let server = match connection.server_version() {
            None if count > 1 => connection.fetch_version().await.unwrap_or_default(),
            server => server,
        };
        match server {
            Some(server) if server.major <= LAST_RELEASE_WITH_SINGLE_MEDIA => 1,
            _ => count.max(1),
        }
    }

    async fn play_media(
        &mut self,
        media: &[Media],
        settings: &PlaySettings,
        deadline: Instant,
    ) -> Result<Played, CallError> {
        let mut playing = None;
        let barge_in = settings.barge_in;
        let channel = self.channel().clone();
        let outcome = tokio::select! {
            biased;
            // First, so that nothing is played if the key was pressed before.
            key = self.wait_for_key(|key| barge_in.contains(key)) => Ok(Played::Key(key?)),
            finished = async {
                let own = media.first().and_then(Media::language);
                let language = own.or(settings.language.as_deref());
                let (running, _) = Running::playback(&channel, media, language, None);
                playing.insert(running).finished().await
            } => finished.map(|finished| {
                let is_played = finished.report == EndReport::Gap
                    || finished.report == EndReport::Event && finished.state != PlaybackState::Failed;
                match is_played {
                    true => Played::Finished,
                    false => Played::Incomplete { media_uri: finished.media_uri.clone() },
                }
            }),
            () = sleep_until(deadline) => Ok(Played::MaxDuration),
        };
        match outcome {
            Ok(played) => {
                if let Some(playing) = playing {
                    playing.stop().await;
                }
                if let Played::Incomplete { media_uri } = &played {
                    let channel = channel.channel_id();
                    tracing::warn!(channel, media_uri, "Asterisk did not play all media");
                }
                Ok(played)
            }
            Err(error) => Err(self.explain(error).await),
        }
    }
}

/// Returns `true` if two media can be in one request, which has one language. Files of the program
/// are in none.
fn are_played_together(one: &Media, next: &Media) -> bool {
    one.language() == next.language() && one.wav_path().is_some() == next.wav_path().is_some()
}

impl Play<'_> {
    /// Sets the keys that stop the playback. Default: none. Keys that were pressed before count,
    /// too, and nothing is played then. The key that stops it is the outcome, and is not kept for
    /// the next step. To ask for a key, use [`Call::collect`] or [`Call::choose`] with a prompt.
    pub fn barge_in(mut self, keys: impl Into<Keys>) -> Self {
        self.settings.barge_in = keys.into();
        self
    }

    /// Sets the longest duration of the playback, after which it is stopped. Default: 2 minutes.
    /// Tones end by this, or by a key.
    pub fn max_duration(mut self, limit: Duration) -> Self {
        self.settings.limit = limit;
        self
    }

    /// Sets the language of sounds, digits and numbers, such as `en` or `de`, for all media without
    /// [one of their own](Media::in_language). Default: that of the channel.
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.settings.language = Some(language.into());
        self
    }
}

impl<'a> IntoFuture for Play<'a> {
    type Output = Result<Played, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let played = self.call.play_prompt(&self.prompt, &self.settings).await?;
            if let Played::Key(key) = played {
                self.call.remove_key(key);
            }
            Ok(played)
        })
    }
}
