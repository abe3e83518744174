//! `ari listen`, which shows both directions of a call as level meters and writes them to a WAV
//! file.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ari_api::operations::channels;
use ari_media::pcm::wav::{WavSpec, WavWriter};
use ari_media::{CloseReason, Frame, Level, SampleRate, Tap};
use clap::Args;
use serde_json::{Value, json};

use crate::atomic_file::AtomicFile;
use crate::audio::{self, AudioApp, AudioOptions};
use crate::connection_options::ConnectionOptions;
use crate::error::CliError;
use crate::global_options::GlobalOptions;
use crate::level_meter::{self, LevelMeters};
use crate::output::Output;
use crate::signals::Signals;
use crate::terminal::print_note;
use crate::{reader, record};

/// Listen to a call, in any application or in none, until it ends or you press Ctrl-C.
///
/// A terminal shows the levels of the party's speech and of the audio that it hears. The party does
/// not notice the command, and nothing stays on the server. Unlike `ari record`, the command needs
/// no file on the server and records both directions.
#[derive(Args, Clone, Debug)]
pub(crate) struct Listen {
    /// Id of the channel.
    channel: String,
    /// WAV file to write, or - for the standard output.
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write the party's speech to the left channel and the audio that it hears to the right one,
    /// instead of mixing them.
    #[arg(long)]
    stereo: bool,
    /// Replace the file if it exists.
    #[arg(long)]
    overwrite: bool,
    /// Samples per second: 8000, 16000, 24000, 32000, 48000, or another rate of Asterisk.
    #[arg(long, value_name = "HZ", default_value = "16000", value_parser = parse_rate)]
    rate: SampleRate,
    /// Stop after this time, in seconds or with a unit, such as 30s or 2m.
    #[arg(
        long = "for",
        value_name = "DURATION",
        value_parser = record::limit(&channels::RECORD, "maxDurationSeconds")
    )]
    length: Option<u32>,
    #[command(flatten)]
    audio: AudioOptions,
}

/// The fields that `--json` prints.
const FIELDS: &[&str] = &[
    "file",
    "seconds",
    "rate",
    "channels",
    "carrier",
    "ended",
    "says_peak",
    "hears_peak",
];

fn parse_rate(text: &str) -> Result<SampleRate, String> {
    let hz: u32 = text
        .parse()
        .map_err(|_| "expected a number of Hz".to_owned())?;
    SampleRate::try_from(hz).map_err(|error| error.to_string())
}

pub(crate) async fn run(
    listen: Listen,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let output = Output::for_fields(global, FIELDS)?;
    let is_stdout = listen.out.as_deref() == Some(Path::new("-"));
    if is_stdout && global.json {
        return Err(CliError::usage(
            "--json and `--out -` cannot be combined: both print to the standard output",
        ));
    }
    if is_stdout && io::stdout().is_terminal() {
        return Err(CliError::usage(
            "the standard output is a terminal, which cannot show audio: redirect it, or give a \
             file to --out",
        ));
    }
    let settings = ConnectionOptions::find(global)?;
    // The file is created before anything on the server, so that no audio is lost if it cannot be
    // written.
    let target = match &listen.out {
        None => Target::Nowhere,
        Some(_) if is_stdout => Target::Stdout,
        Some(path) => Target::File(AtomicFile::create(path, listen.overwrite)?),
    };
    let opening = AudioApp::connect(&settings, global, &listen.audio, &listen.channel);
    let app = signals.run_until_signal(opening).await?;
    let result = record_tap(&listen, &app, target, is_stdout, signals).await;
    signals.run_cleanup(app.close()).await;
    let summary = result?;
    match global.json {
        true => output.print(&summary.json(&listen)),
        false => {
            print_note(summary.text(&listen));
            Ok(())
        }
    }
}

async fn record_tap(
    listen: &Listen,
    app: &AudioApp,
    target: Target,
    is_stdout: bool,
    signals: &mut Signals,
) -> Result<Summary, CliError> {
    let opening = async {
        let tap = app.service.tap(&listen.channel).application(&app.name);
        tap.rate(listen.rate).await.map_err(audio::open_error)
    };
    let mut tap = tokio::select! {
        tap = opening => tap?,
        signal = signals.next() => {
            // A task of its own removes the channels and bridges that were created.
            signals.run_cleanup(tokio::time::sleep(Duration::from_millis(500))).await;
            return Err(CliError::interrupted(signal));
        }
    };
    let mut recording = Recording {
        writer: WavWriter::new(WavSpec {
            rate: listen.rate.hz(),
            channels: if listen.stereo { 2 } else { 1 },
        }),
        target,
        stereo: listen.stereo,
        frames: 0,
        peaks: [Level::SILENCE.peak; 2],
        bytes: Vec::new(),
    };
    let meters = LevelMeters::new();
    let result = recording
        .run(listen, &mut tap, meters, is_stdout, signals)
        .await;
    let carrier = tap.carrier().reason.clone();
    let reason = tap.close_reason();
    signals.run_cleanup(tap.close()).await;
    let length = recording.length();
    let peaks = recording.peaks;
    let completed = recording.complete();
    let ended = result?;
    completed?;
    if let (Ended::Session, Some(reason)) = (ended, reason)
        && !audio::is_end_of_call(&reason)
    {
        return Err(cut_short(listen, &reason, length));
    }
    Ok(Summary {
        length,
        carrier,
        ended,
        peaks,
    })
}

fn cut_short(listen: &Listen, reason: &CloseReason, length: Duration) -> CliError {
    let kept = match &listen.out {
        Some(path) => format!("; {} has the audio until then", path.display()),
        None => String::new(),
    };
    CliError::other(format!(
        "listening to {} ended after {}, before the end of the call: {reason}{kept}",
        listen.channel,
        level_meter::seconds(length)
    ))
}

/// The cause of the end.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ended {
    /// The end of the call, or of the session that carries its audio.
    Session,
    Interrupted,
    Length,
}

/// The place of the samples.
enum Target {
    Nowhere,
    Stdout,
    File(AtomicFile),
}

impl Target {
    fn write(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        match self {
            Target::Nowhere => Ok(()),
            Target::Stdout => {
                let mut out = io::stdout().lock();
                out.write_all(bytes)?;
                Ok(out.flush()?)
            }
            Target::File(file) => file.write(bytes),
        }
    }
}

struct Recording {
    writer: WavWriter,
    target: Target,
    stereo: bool,
    frames: u32,
    peaks: [f32; 2],
    /// The bytes of one frame.
    bytes: Vec<u8>,
}

impl Recording {
    async fn run(
        &mut self,
        listen: &Listen,
        tap: &mut Tap,
        mut meters: LevelMeters,
        is_stdout: bool,
        signals: &mut Signals,
    ) -> Result<Ended, CliError> {
        self.target.write(&self.writer.header())?;
        let limit = listen
            .length
            .map(|seconds| Duration::from_secs(seconds.into()));
        let closed = async {
            match is_stdout {
                true => reader::wait_closed().await,
                false => std::future::pending().await,
            }
        };
        tokio::pin!(closed);
        let result = loop {
            if limit.is_some_and(|limit| self.length() >= limit) {
                break Ok(Ended::Length);
            }
            let frame = tokio::select! {
                biased;
                _ = signals.next() => break Ok(Ended::Interrupted),
                error = &mut closed => break Err(error),
                frame = tap.next_stereo() => frame,
            };
            let Some(frame) = frame else {
                break Ok(Ended::Session);
            };
            let levels = match self.add(&frame) {
                Ok(levels) => levels,
                Err(error) => break Err(error),
            };
            meters.update(levels, self.length());
            // One direction alone would be recorded with silence for the other.
            if tap
                .close_reason()
                .is_some_and(|it| !audio::is_end_of_call(&it))
            {
                break Ok(Ended::Session);
            }
        };
        meters.finish();
        result
    }

    /// Writes a frame of both directions, and returns their levels.
    fn add(&mut self, frame: &Frame) -> Result<[Level; 2], CliError> {
        let (pairs, _) = frame.samples().as_chunks::<2>();
        let [says, hears]: [Vec<i16>; 2] =
            [0, 1].map(|side| pairs.iter().map(|pair| pair[side]).collect());
        let levels = [&says, &hears].map(|side| Level::from_samples(side));
        for (peak, level) in self.peaks.iter_mut().zip(levels) {
            *peak = peak.max(level.peak);
        }
        self.bytes.clear();
        match self.stereo {
            true => self.writer.write(frame.samples(), &mut self.bytes),
            false => {
                let mixed = says.iter().zip(&hears);
                let mixed: Vec<i16> = mixed
                    .map(|(says, hears)| says.saturating_add(*hears))
                    .collect();
                self.writer.write(&mixed, &mut self.bytes);
            }
        }
        self.target.write(&self.bytes)?;
        self.frames += 1;
        // This keeps the file correct even if the process is killed or the disk is full.
        if self
            .frames
            .is_multiple_of(ari_media::pcm::FRAMES_PER_SECOND)
        {
            self.update_header()?;
        }
        Ok(levels)
    }

    fn update_header(&mut self) -> Result<(), CliError> {
        match &mut self.target {
            Target::File(file) => file.overwrite_start(&self.writer.header()),
            _ => Ok(()),
        }
    }

    fn length(&self) -> Duration {
        ari_media::pcm::FRAME * self.frames
    }

    /// Writes the final header, and gives the file its name.
    fn complete(mut self) -> Result<(), CliError> {
        let updated = self.update_header();
        if let Target::File(file) = self.target {
            file.complete()?;
        }
        updated
    }
}

struct Summary {
    length: Duration,
    carrier: String,
    ended: Ended,
    peaks: [f32; 2],
}

impl Summary {
    fn text(&self, listen: &Listen) -> String {
        let target = match &listen.out {
            Some(path) if path != Path::new("-") => format!("{}: ", path.display()),
            _ => String::new(),
        };
        let [says, hears] = self.peaks.map(level_meter::describe);
        format!(
            "{target}{} over {}; peaks: says {says}, hears {hears}",
            level_meter::seconds(self.length),
            self.carrier,
        )
    }

    fn json(&self, listen: &Listen) -> Value {
        let peak = |level: f32| {
            level
                .is_finite()
                .then(|| (f64::from(level) * 10.0).round() / 10.0)
        };
        let [says, hears] = self.peaks.map(peak);
        json!({
            "file": listen.out.as_ref().map(|path| path.display().to_string()),
            "seconds": self.length.as_secs_f64(),
            "rate": listen.rate.hz(),
            "channels": if listen.stereo { 2 } else { 1 },
            "carrier": self.carrier,
            "ended": match self.ended {
                Ended::Session => "hangup",
                Ended::Interrupted => "interrupted",
                Ended::Length => "duration",
            },
            "says_peak": says,
            "hears_peak": hears,
        })
    }
}
