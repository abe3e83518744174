//! Reading WAV files in pieces.

use std::fmt;
use std::path::{Path, PathBuf};

use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::wav_error;
use crate::error::Error;
use crate::pcm::wav::{WavReader, WavSpec, mix_to_mono};
use crate::pcm::{Resampler, SampleRate};

/// The bytes that are read at a time: half a second of 16 kHz, in one channel.
const CHUNK: usize = 16 * 1024;

/// A WAV file that is read while it is played: see [`AudioSender::play`](crate::AudioSender::play).
///
/// It may have any rate from 4 to 384 kHz and any number of channels, which are mixed. The samples
/// may be PCM of 8 to 32 bits, floating point, μ-law or A-law.
pub struct WavSource {
    path: PathBuf,
    input: Box<dyn AsyncRead + Send + Unpin>,
    reader: WavReader,
    spec: WavSpec,
    /// Samples of all channels that were read together with the header.
    pending: Vec<i16>,
    /// `None` before the rate of the output is known.
    resampler: Option<Resampler>,
    has_ended: bool,
}

impl WavSource {
    /// Opens a file, and reads its header.
    ///
    /// # Errors
    /// Returns [`Error::Wav`] if the file cannot be opened or read, if it is not a WAV file, or if
    /// its rate or encoding is not supported.
    pub async fn open(path: impl AsRef<Path>) -> Result<WavSource, Error> {
        let path = path.as_ref();
        let file = tokio::fs::File::open(path).await;
        let file = file.map_err(|error| wav_error(path, error))?;
        Self::from_reader(path, file).await
    }

    /// Reads a WAV file from any reader, such as bytes in the program (`&b"RIFF…"[..]`) or the
    /// response of a speech service. `name` replaces the path in errors.
    ///
    /// # Errors
    /// Returns [`Error::Wav`] as [`open`](Self::open) does.
    pub async fn from_reader(
        name: impl AsRef<Path>,
        mut input: impl AsyncRead + Send + Unpin + 'static,
    ) -> Result<WavSource, Error> {
        let path = name.as_ref().to_owned();
        let mut reader = WavReader::new();
        let mut pending = Vec::new();
        let spec = loop {
            let bytes = read_chunk(&path, &mut input).await?;
            let taken = reader.read(&bytes, &mut pending);
            taken.map_err(|error| wav_error(&path, error))?;
            // This is an error until the header is complete.
            match reader.finish() {
                Ok(spec) => break spec,
                Err(error) if bytes.is_empty() => return Err(wav_error(&path, error)),
                Err(_) => {}
            }
        };
        // The output rate does not matter, because the range is the same for both.
        Resampler::new(spec.rate, spec.rate).map_err(|error| wav_error(&path, error))?;
        Ok(WavSource {
            path,
            input: Box::new(input),
            reader,
            spec,
            pending,
            resampler: None,
            has_ended: false,
        })
    }

    /// Returns the rate and the channels of the file.
    pub fn spec(&self) -> WavSpec {
        self.spec
    }

    /// Returns the next samples at this rate, in one channel. `None` at the end of the file. The
    /// rate is that of the first call.
    ///
    /// # Errors
    /// Returns [`Error::Wav`] if the file cannot be read.
    pub async fn next_samples(&mut self, rate: SampleRate) -> Result<Option<Vec<i16>>, Error> {
        while !self.has_ended {
            let mut samples = std::mem::take(&mut self.pending);
            let channels = usize::from(self.spec.channels);
            // Samples that were read with the header do not wait for the next ones.
            if samples.len() < channels {
                let bytes = read_chunk(&self.path, &mut self.input).await?;
                let taken = self.reader.read(&bytes, &mut samples);
                taken.map_err(|error| wav_error(&self.path, error))?;
                self.has_ended = bytes.is_empty();
            }
            // A sample of all channels may continue in the next chunk.
            self.pending = samples.split_off(samples.len() - samples.len() % channels);
            let mut mono = Vec::new();
            mix_to_mono(&samples, self.spec.channels, &mut mono);
            let resampler = match &mut self.resampler {
                Some(resampler) => resampler,
                empty => {
                    let new = Resampler::new(self.spec.rate, rate.hz());
                    empty.insert(new.map_err(|error| wav_error(&self.path, error))?)
                }
            };
            let mut output = Vec::new();
            resampler.push(&mono, &mut output);
            if self.has_ended {
                resampler.finish(&mut output);
            }
            if !output.is_empty() {
                return Ok(Some(output));
            }
        }
        Ok(None)
    }

    /// Returns all samples at a rate, in one channel. Use it for files that are played to many
    /// calls. A minute at 16 kHz takes 2 MB.
    ///
    /// # Errors
    /// Returns [`Error::Wav`] if the file cannot be read.
    pub async fn read_to_end(mut self, rate: SampleRate) -> Result<Vec<i16>, Error> {
        let mut all = Vec::new();
        while let Some(samples) = self.next_samples(rate).await? {
            all.extend_from_slice(&samples);
        }
        Ok(all)
    }
}

/// Returns the next bytes, or an empty vector at the end.
async fn read_chunk(path: &Path, input: &mut (impl AsyncRead + Unpin)) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::with_capacity(CHUNK);
    // One read, up to the capacity, so that the available bytes of a pipe are played immediately.
    let read = input.read_buf(&mut bytes).await;
    read.map_err(|error| wav_error(path, error))?;
    Ok(bytes)
}

impl fmt::Debug for WavSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WavSource")
            .field("path", &self.path)
            .field("spec", &self.spec)
            .finish_non_exhaustive()
    }
}
