//! Recording to WAV files.

use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::wav_error;
use crate::capture::Frame;
use crate::error::Error;
use crate::pcm::SampleRate;
use crate::pcm::wav::{WavSpec, WavWriter};
use crate::tap::Tap;

/// Writer of a 16-bit WAV file, at the rate of the samples.
///
/// The samples of about a second are collected and written together. The header states the length
/// after [`finish`](Self::finish), or when the recorder is dropped, which takes one short write. A
/// file remains readable even if the program was killed, because other programs then treat its
/// length as unknown.
#[derive(Debug)]
pub struct WavRecorder {
    path: PathBuf,
    output: Arc<Mutex<Output>>,
    /// Samples that were not yet passed to the output.
    pending: Vec<i16>,
    rate: SampleRate,
    channels: u16,
    /// The number of samples of all channels.
    samples: u64,
    /// The time of the first frame and the length before it.
    start: Option<(Duration, u64)>,
    is_finished: bool,
}

/// A file, locked while a thread for blocking work writes to it.
#[derive(Debug)]
struct Output {
    file: File,
    writer: WavWriter,
    /// Samples that the next write appends, in order.
    pending: Vec<i16>,
}

impl Output {
    fn flush(&mut self) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(2 * self.pending.len());
        self.writer.write(&self.pending, &mut bytes);
        self.pending.clear();
        self.file.write_all(&bytes)
    }

    /// Writes the pending samples, and the header with the length.
    fn finish(&mut self) -> io::Result<()> {
        self.flush()?;
        self.file.rewind()?;
        self.file.write_all(&self.writer.header())?;
        self.file.flush()
    }
}

impl WavRecorder {
    /// Creates a file, or replaces one. A stereo file has two `channels`, whose samples alternate.
    ///
    /// # Errors
    /// Returns [`Error::Wav`] if the file cannot be written, or `channels` is zero.
    pub async fn create(
        path: impl AsRef<Path>,
        rate: SampleRate,
        channels: u16,
    ) -> Result<WavRecorder, Error> {
        let path = path.as_ref().to_owned();
        if channels == 0 {
            return Err(wav_error(&path, "a file needs at least one channel"));
        }
        let writer = WavWriter::new(WavSpec {
            rate: rate.hz(),
            channels,
        });
        let (header, place) = (writer.header(), path.clone());
        let file = run_blocking(&path, move || {
            let mut file = File::create(place)?;
            file.write_all(&header)?;
            Ok(file)
        });
        let output = Output {
            file: file.await?,
            writer,
            pending: Vec::new(),
        };
        Ok(WavRecorder {
            path,
            output: Arc::new(Mutex::new(output)),
            pending: Vec::new(),
            rate,
            channels,
            samples: 0,
            start: None,
            is_finished: false,
        })
    }

    /// Appends samples. Those of all channels alternate.
    ///
    /// # Errors
    /// Returns [`Error::Wav`] if the file cannot be written.
    pub async fn write(&mut self, samples: &[i16]) -> Result<(), Error> {
        self.pending.extend_from_slice(samples);
        self.samples += samples.len() as u64;
        let second = self.rate.hz() as usize * usize::from(self.channels);
        if self.pending.len() >= second {
            self.write_pending(Output::flush).await?;
        }
        Ok(())
    }

    /// Appends a frame at its time. Silence replaces frames that the program has missed.
    ///
    /// # Errors
    /// Returns [`Error::Wav`] if the file cannot be written, or if the frame has another number of
    /// samples than 20 ms of the file: it is from a session with another rate, or from one side of
    /// a call while the file has two channels.
    pub async fn write_frame(&mut self, frame: &Frame) -> Result<(), Error> {
        let expected = self.rate.frame_samples() * usize::from(self.channels);
        let given = frame.samples().len();
        if given != expected {
            let problem = format!(
                "a frame has {given} samples instead of {expected}: 20 ms at {} Hz with {} channels",
                self.rate.hz(),
                self.channels
            );
            return Err(wav_error(&self.path, problem));
        }
        let (start, offset) = *self.start.get_or_insert((frame.at(), self.length()));
        let at = offset + self.rate.samples(frame.at().saturating_sub(start));
        let silence = vec![0; self.rate.frame_samples() * usize::from(self.channels)];
        while self.length() < at {
            let missing = (at - self.length()).saturating_mul(u64::from(self.channels));
            let missing = usize::try_from(missing).unwrap_or(usize::MAX);
            self.write(silence.get(..missing).unwrap_or(&silence))
                .await?;
        }
        self.write(frame.samples()).await
    }

    /// Returns the number of samples of each channel.
    fn length(&self) -> u64 {
        self.samples / u64::from(self.channels)
    }

    /// Returns the length of the recording.
    pub fn duration(&self) -> Duration {
        self.rate.duration(self.length())
    }

    /// Writes the rest and the length, and returns the length.
    ///
    /// # Errors
    /// Returns [`Error::Wav`] if the file cannot be written.
    pub async fn finish(mut self) -> Result<Duration, Error> {
        self.write_pending(Output::finish).await?;
        self.is_finished = true;
        Ok(self.duration())
    }

    /// Writes the pending samples on a thread for blocking work.
    async fn write_pending(
        &mut self,
        write: impl FnOnce(&mut Output) -> io::Result<()> + Send + 'static,
    ) -> Result<(), Error> {
        let pending = std::mem::take(&mut self.pending);
        let output = self.output.clone();
        // The order holds even if this future is dropped before the thread has begun. The next
        // write then starts with these samples.
        lock(&output).pending.extend(pending);
        run_blocking(&self.path, move || write(&mut lock(&output))).await
    }
}

impl Drop for WavRecorder {
    fn drop(&mut self) {
        if self.is_finished {
            return;
        }
        let mut output = lock(&self.output);
        output.pending.append(&mut self.pending);
        if let Err(error) = output.finish() {
            let path = self.path.display();
            tracing::warn!(%path, %error, "a WAV file is incomplete");
        }
    }
}

impl Tap {
    /// Records the call into a stereo WAV file until it ends, and returns the length. The left
    /// channel has the audio that the party sends, the right one the audio that it hears. If the
    /// future is dropped, the file is complete up to that time.
    ///
    /// ```no_run
    /// # use ari_api::Client;
    /// # async fn example(client: &Client, call: &str) -> Result<(), ari_media::Error> {
    /// use ari_media::MediaClient as _;
    ///
    /// let mut tap = client.tap(call).await?;
    /// let length = tap.record("call.wav").await?;
    /// println!("{length:?} in call.wav");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Returns [`Error::Wav`] if the file cannot be written.
    pub async fn record(&mut self, path: impl AsRef<Path>) -> Result<Duration, Error> {
        let mut recorder = WavRecorder::create(path, self.rate(), 2).await?;
        while let Some(frame) = self.next_stereo().await {
            recorder.write_frame(&frame).await?;
        }
        recorder.finish().await
    }
}

fn lock(output: &Mutex<Output>) -> std::sync::MutexGuard<'_, Output> {
    output.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn run_blocking<T: Send + 'static>(
    path: &Path,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result.map_err(|error| wav_error(path, error)),
        // The runtime shuts down.
        Err(error) => Err(wav_error(path, error)),
    }
}
