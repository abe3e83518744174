//! Playing WAV files to a call, to the end or until the caller presses a key.

use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};

use super::source::WavSource;
use crate::error::Error;
use crate::event::MediaEvent;
use crate::media::Media;
use crate::playout::SendError;
use crate::receiver::AudioReceiver;
use crate::sender::{AudioSender, PlayOutcome, SendOutcome};

type BoxedFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The request to play a WAV file. Await it to play the file, or choose keys that stop it.
#[derive(Debug)]
#[must_use = "the file is played when this is awaited"]
pub struct Play<'a> {
    sender: &'a AudioSender,
    source: WavSource,
}

impl AudioSender {
    /// Plays a WAV file as a separate utterance, behind the audio that was sent before. Playback
    /// ends when the caller has heard all of the file, or when [`clear`](Self::clear), another
    /// utterance or the end of the call drops the rest.
    ///
    /// The file is read as it is played, so its length does not matter. If the future is dropped,
    /// the rest of the file is not read, but the audio that was read is still played. Call `clear`
    /// to drop it.
    ///
    /// ```no_run
    /// # async fn example(sender: &ari_media::AudioSender) -> Result<(), ari_media::Error> {
    /// use ari_media::WavSource;
    ///
    /// sender.play(WavSource::open("welcome.wav").await?).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The future returns [`Error::Wav`] if the file cannot be read, and [`Error::Send`] if the
    /// session is for raw packets.
    pub fn play(&self, source: WavSource) -> Play<'_> {
        Play {
            sender: self,
            source,
        }
    }
}

impl Media {
    /// Plays a WAV file until the caller has heard it or presses one of these keys, which stops it
    /// immediately. See [`Play::until_key`].
    ///
    /// ```no_run
    /// # async fn example(media: &mut ari_media::Media) -> Result<(), ari_media::Error> {
    /// use ari_media::{PromptOutcome, WavSource};
    ///
    /// let menu = WavSource::open("menu.wav").await?;
    /// match media.play_until_key(menu, ['1', '2']).await? {
    ///     PromptOutcome::Key(key) => println!("the caller presses {key}"),
    ///     PromptOutcome::Played => println!("the caller has heard the menu"),
    ///     _ => println!("the call has ended"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn play_until_key(
        &mut self,
        source: WavSource,
        keys: impl IntoIterator<Item = char>,
    ) -> PlayUntilKey<'_> {
        self.sender.play(source).until_key(&mut self.receiver, keys)
    }
}

impl<'a> Play<'a> {
    /// Stops the file when the caller presses one of these keys. A key that was pressed before and
    /// is not yet read counts as well, so that callers who know a menu need not wait for it.
    ///
    /// All other items that the receiver gets until then are dropped: audio, other keys, marks.
    pub fn until_key(
        self,
        receiver: &'a mut AudioReceiver,
        keys: impl IntoIterator<Item = char>,
    ) -> PlayUntilKey<'a> {
        PlayUntilKey {
            play: self,
            receiver,
            keys: keys.into_iter().collect(),
        }
    }

    async fn run(mut self) -> Result<PlayOutcome, Error> {
        self.sender.start_utterance();
        // A clone, so that the rest is dropped if the program begins another utterance meanwhile.
        let sender = self.sender.clone();
        while let Some(samples) = self.source.next_samples(sender.rate()).await? {
            match sender.send(&samples).await {
                Ok(SendOutcome::Queued) => {}
                Ok(SendOutcome::Stale) | Err(SendError::Closed) => {
                    return Ok(PlayOutcome::Interrupted);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(sender.wait_until_played().await?)
    }
}

impl<'a> IntoFuture for Play<'a> {
    type Output = Result<PlayOutcome, Error>;
    type IntoFuture = BoxedFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// The request to play a WAV file until a key is pressed. Await it to play the file.
#[derive(Debug)]
#[must_use = "the file is played when this is awaited"]
pub struct PlayUntilKey<'a> {
    play: Play<'a>,
    receiver: &'a mut AudioReceiver,
    keys: Vec<char>,
}

/// The result of playing a file until a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PromptOutcome {
    /// The caller has pressed this key, and no longer hears the file.
    Key(char),
    /// The caller has heard all of the file.
    Played,
    /// The file was interrupted by [`AudioSender::clear`], or because the call has ended.
    Interrupted,
}

impl PlayUntilKey<'_> {
    async fn run(self) -> Result<PromptOutcome, Error> {
        let PlayUntilKey {
            play,
            receiver,
            keys,
        } = self;
        let sender = play.sender;
        let mut playing = pin!(play.run());
        let outcome = loop {
            tokio::select! {
                // A key that arrives with the end counts.
                biased;
                item = receiver.next() => match item {
                    Some(MediaEvent::Dtmf(key)) if keys.contains(&key) => {
                        sender.clear().await;
                        // Audio that the program sends next is played.
                        sender.start_utterance();
                        return Ok(PromptOutcome::Key(key));
                    }
                    Some(_) => {}
                    // The session has ended.
                    None => break playing.await?,
                },
                outcome = &mut playing => break outcome?,
            }
        };
        Ok(match outcome {
            PlayOutcome::Played => PromptOutcome::Played,
            PlayOutcome::Interrupted => PromptOutcome::Interrupted,
        })
    }
}

impl<'a> IntoFuture for PlayUntilKey<'a> {
    type Output = Result<PromptOutcome, Error>;
    type IntoFuture = BoxedFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
