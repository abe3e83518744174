//! `ari talk`, which plays a WAV file of this machine, or the standard input, to the party of a
//! call.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use ari_media::{
    AudioReceiver, AudioSender, CloseReason, Error, Media, MediaEvent, PlayOutcome, SampleRate,
    SendError, WavSource,
};
use clap::Args;
use indicatif::ProgressBar;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc;

use crate::audio::{self, AudioApp, AudioOptions, Place};
use crate::connection_options::ConnectionOptions;
use crate::error::CliError;
use crate::global_options::GlobalOptions;
use crate::level_meter::seconds;
use crate::output::Output;
use crate::progress;
use crate::signals::Signals;
use crate::terminal::print_note;

/// Play a WAV file of this machine to the party of a call, in any application or in none, and wait
/// for its end. Ctrl-C stops it.
///
/// The party hears the file in addition to the call's audio. The others in the call do not hear it.
/// A call that waits in an application without a bridge is joined with the audio while it plays. A
/// party to which Asterisk sends no audio, such as one in Wait() of the dialplan, hears nothing, of
/// which the command warns. Unlike `ari play`, the command needs no file on the server.
#[derive(Args, Clone, Debug)]
pub(crate) struct Talk {
    /// Id of the channel.
    channel: String,
    /// WAV file with PCM, μ-law or A-law of any rate, or - to read one from the standard input,
    /// which can be live.
    file: PathBuf,
    #[command(flatten)]
    audio: AudioOptions,
}

/// The fields that `--json` prints.
const FIELDS: &[&str] = &["file", "played", "seconds", "carrier", "ended", "audible"];

/// The note after audio that probably nobody has heard.
const UNHEARD: &str = "the party may have heard nothing: Asterisk has sent it nothing but silence \
                       meanwhile, and adds audio only to audio that it sends; `transmit_silence = \
                       yes` in asterisk.conf makes it send silence to calls that wait";

/// The rates at which audio can be sent.
const RATES: [SampleRate; 5] = [
    SampleRate::Hz8000,
    SampleRate::Hz16000,
    SampleRate::Hz24000,
    SampleRate::Hz32000,
    SampleRate::Hz48000,
];

/// The bytes that are read at a time. They are at least as many as a program writes into a pipe at
/// a time.
const PIECE: usize = 16 * 1024;

pub(crate) async fn run(
    talk: Talk,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let output = Output::for_fields(global, FIELDS)?;
    let settings = ConnectionOptions::find(global)?;
    let mut input = signals.run_until_signal(Input::open(&talk.file)).await?;
    let opening = AudioApp::connect(&settings, global, &talk.audio, &talk.channel);
    let app = signals.run_until_signal(opening).await?;
    let result = play(&talk, &app, &mut input, signals).await;
    signals.run_cleanup(app.close()).await;
    let summary = result?;
    if !summary.is_audible {
        print_note(UNHEARD);
    }
    match global.json {
        true => output.print(&summary.json(&talk)),
        false => {
            print_note(format!("played {}", summary.text(&talk)));
            Ok(())
        }
    }
}

async fn play(
    talk: &Talk,
    app: &AudioApp,
    input: &mut Input,
    signals: &mut Signals,
) -> Result<Summary, CliError> {
    let rate = input.rate;
    let opening = async {
        let request = app.service.open(&talk.channel).application(&app.name);
        let place = app.place(&talk.channel).await?;
        let request = match &place {
            Place::Application => request,
            Place::Bridge | Place::Dialplan(_) => request.whisper(),
        };
        let media = request.rate(rate).await.map_err(audio::open_error)?;
        if let Place::Dialplan(application) = &place {
            print_note(format!(
                "channel {} is in no bridge and executes {application} in the dialplan: its party \
                 hears the audio only while {application} sends some, too",
                talk.channel
            ));
        }
        Ok::<_, CliError>((media, place == Place::Application))
    };
    let (mut media, mut is_audible) = tokio::select! {
        media = opening => media?,
        signal = signals.next() => {
            // A task of its own removes the channels and bridges that were created.
            signals.run_cleanup(tokio::time::sleep(Duration::from_millis(500))).await;
            return Err(CliError::interrupted(signal));
        }
    };
    let bar = progress::for_seconds(None);
    bar.set_message("playing");
    let sender = media.sender().clone();
    let outcome = tokio::select! {
        biased;
        outcome = send_all(&sender, input, &bar) => outcome.map(Some),
        () = listen(media.receiver(), &mut is_audible) => Ok(None),
        signal = signals.next() => Err(CliError::interrupted(signal)),
    };
    bar.finish_and_clear();
    let summary = Summary::new(&media, input, is_audible);
    let reason = media.sender().close_reason();
    signals.run_cleanup(media.close()).await;
    match outcome {
        Ok(Some(PlayOutcome::Played)) => Ok(summary),
        Ok(_) => Err(interrupted(talk, &summary, reason)),
        Err(error) => {
            let what = summary.text(talk);
            match error.text.is_empty() {
                true => {
                    print_note(format!("stopped after {what}"));
                    Err(error)
                }
                false => Err(error),
            }
        }
    }
}

/// Receives what Asterisk sends to the party, until the session ends. Notes if that is anything but
/// silence.
async fn listen(receiver: &mut AudioReceiver, is_audible: &mut bool) {
    while let Some(event) = receiver.next().await {
        if let MediaEvent::Audio(frame) = event {
            *is_audible |= frame.samples().iter().any(|sample| *sample != 0);
        }
    }
}

/// Sends the audio, and waits until it has been played.
async fn send_all(
    sender: &AudioSender,
    input: &mut Input,
    bar: &ProgressBar,
) -> Result<PlayOutcome, CliError> {
    while let Some(samples) = input.next().await? {
        bar.set_message(match input.estimate() {
            Some(all) => format!("playing {}", seconds(all)),
            None => "playing".to_owned(),
        });
        match sender.send(&samples).await {
            Ok(_) => {}
            Err(SendError::Closed) => return Ok(PlayOutcome::Interrupted),
            Err(error) => return Err(CliError::other(error.to_string())),
        }
    }
    let played = sender.wait_until_played().await;
    played.map_err(|error| CliError::other(error.to_string()))
}

fn interrupted(talk: &Talk, summary: &Summary, reason: Option<CloseReason>) -> CliError {
    let cause = match &reason {
        Some(reason) if !audio::is_end_of_call(reason) => reason.to_string(),
        _ => format!(
            "channel {} ended: the caller or Asterisk hung up",
            talk.channel
        ),
    };
    CliError::other(format!("played only {}: {cause}", summary.text(talk)))
}

struct Summary {
    played: Duration,
    /// The length of the audio that was read.
    read: Duration,
    carrier: String,
    /// False if the party has probably heard nothing.
    is_audible: bool,
}

impl Summary {
    fn new(media: &Media, input: &Input, is_audible: bool) -> Self {
        Summary {
            is_audible,
            played: media.stats().played,
            read: input.length(),
            carrier: media.carrier().reason.clone(),
        }
    }

    fn text(&self, talk: &Talk) -> String {
        format!(
            "{} of {} over {}",
            seconds(self.played.min(self.read)),
            name(&talk.file),
            self.carrier
        )
    }

    fn json(&self, talk: &Talk) -> Value {
        json!({
            "file": talk.file.display().to_string(),
            "played": self.played.min(self.read).as_secs_f64(),
            "seconds": self.read.as_secs_f64(),
            "carrier": self.carrier,
            "ended": "played",
            "audible": self.is_audible,
        })
    }
}

fn name(file: &Path) -> String {
    match file == Path::new("-") {
        true => "the standard input".to_owned(),
        false => file.display().to_string(),
    }
}

/// A WAV file that is read as it is played.
struct Input {
    source: WavSource,
    /// The rate at which the audio is sent.
    rate: SampleRate,
    name: String,
    /// The bytes of the file, if it is one, and those read.
    size: Option<u64>,
    read_bytes: Arc<AtomicU64>,
    /// The number of samples that were read.
    samples: u64,
}

impl Input {
    /// Opens the input, and reads its header.
    async fn open(path: &Path) -> Result<Self, CliError> {
        let name = name(path);
        let unreadable = |error: io::Error| CliError::usage(format!("cannot read {name}: {error}"));
        let (source, size): (Box<dyn Read + Send>, _) = match path == Path::new("-") {
            true if io::stdin().is_terminal() => {
                return Err(CliError::usage(
                    "the standard input is a terminal: redirect a WAV file to it, or name a file",
                ));
            }
            true => (Box::new(io::stdin()), None),
            false => {
                let file = File::open(path).map_err(unreadable)?;
                let known = file.metadata().map_err(unreadable)?;
                let size = known.is_file().then_some(known.len());
                (Box::new(file), size)
            }
        };
        let read_bytes = Arc::new(AtomicU64::new(0));
        let reader = ThreadReader::spawn(source, read_bytes.clone());
        let source = WavSource::from_reader(path, reader).await;
        let source = source
            .map_err(|error| CliError::usage(format!("cannot play {name}: {}", problem(error))))?;
        Ok(Input {
            rate: rate_for(source.spec().rate),
            source,
            name,
            size,
            read_bytes,
            samples: 0,
        })
    }

    /// Returns the next samples at the rate of the session. `None` at the end.
    async fn next(&mut self) -> Result<Option<Vec<i16>>, CliError> {
        let samples = self.source.next_samples(self.rate).await;
        let samples = samples.map_err(|error| {
            let problem = problem(error);
            CliError::other(format!("cannot read {} to its end: {problem}", self.name))
        })?;
        self.samples += samples.as_ref().map_or(0, Vec::len) as u64;
        Ok(samples)
    }

    /// Returns the length of the audio that was read.
    fn length(&self) -> Duration {
        self.rate.duration(self.samples)
    }

    /// Returns the length of the whole file, estimated from the part that was read.
    fn estimate(&self) -> Option<Duration> {
        let read = self.read_bytes.load(Ordering::Relaxed).max(1);
        Some(self.length().mul_f64(self.size? as f64 / read as f64))
    }
}

/// Returns the problem with a WAV file, without its name.
fn problem(error: Error) -> String {
    match error {
        Error::Wav { problem, .. } => problem,
        error => error.to_string(),
    }
}

/// Returns the lowest rate that loses nothing, if there is one.
fn rate_for(hz: u32) -> SampleRate {
    let mut rates = RATES.into_iter();
    let enough = rates.find(|rate| rate.hz() >= hz);
    enough.unwrap_or(SampleRate::Hz48000)
}

/// The bytes that a thread reads. Reading the standard input can block without limit, and must not
/// keep the process from ending.
struct ThreadReader {
    pieces: mpsc::Receiver<io::Result<Vec<u8>>>,
    piece: io::Cursor<Vec<u8>>,
    /// The number of bytes that were taken.
    count: Arc<AtomicU64>,
}

impl ThreadReader {
    fn spawn(mut source: impl Read + Send + 'static, count: Arc<AtomicU64>) -> Self {
        let (sender, pieces) = mpsc::channel(4);
        std::thread::spawn(move || {
            let mut piece = vec![0; PIECE];
            loop {
                let result = match source.read(&mut piece) {
                    Ok(0) => return,
                    Ok(count) => Ok(piece[..count].to_vec()),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => Err(error),
                };
                let is_over = result.is_err();
                if sender.blocking_send(result).is_err() || is_over {
                    return;
                }
            }
        });
        ThreadReader {
            pieces,
            piece: io::Cursor::default(),
            count,
        }
    }
}

impl AsyncRead for ThreadReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            let taken = self.piece.read(buffer.initialize_unfilled())?;
            if taken > 0 || buffer.remaining() == 0 {
                buffer.advance(taken);
                self.count.fetch_add(taken as u64, Ordering::Relaxed);
                return Poll::Ready(Ok(()));
            }
            match ready!(self.pieces.poll_recv(context)) {
                Some(piece) => self.piece = io::Cursor::new(piece?),
                None => return Poll::Ready(Ok(())),
            }
        }
    }
}
