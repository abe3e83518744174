//! `ari record`: what a channel says, into a file of this machine.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ari_api::Error;
use ari_api::client::{CreateContext, unique_id};
use ari_api::operations::{channels, recordings};
use ari_api::schema::Operation;
use ari_api::stream::{ObjectRef, ObjectStream};
use ari_api::transport::Request;
use clap::Args;
use indicatif::ProgressBar;
use serde_json::Value;
use tokio::time::timeout;

use crate::atomic_file::AtomicFile;
use crate::error::{CliError, ErrorKind};
use crate::event::{CommandConnection, CommandEvent};
use crate::global_options::GlobalOptions;
use crate::json_value::text;
use crate::output::Output;
use crate::release::Release;
use crate::signals::Signals;
use crate::terminal::{print_error, print_note};
use crate::{api_request, arguments, connect, progress, temp_app};

/// Record a channel in an application to a file, until it hangs up or Ctrl-C.
///
/// The recording is removed from the server when the file is complete.
#[derive(Args, Clone, Debug)]
pub(crate) struct Record {
    /// Id of the channel.
    channel: String,
    /// File to write; its extension is the format, unless --format is given.
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
    /// Format, such as wav, ulaw or gsm.
    #[arg(long)]
    format: Option<String>,
    /// Maximum duration, in seconds or with a unit, such as 30s or 2m.
    #[arg(long, value_name = "DURATION", alias = "maxDurationSeconds", value_parser = limit(&channels::RECORD, "maxDurationSeconds"))]
    max_duration_seconds: Option<u32>,
    /// Stop after this duration of silence, in seconds or with a unit, such as 30s or 2m.
    #[arg(long, value_name = "DURATION", alias = "maxSilenceSeconds", value_parser = limit(&channels::RECORD, "maxSilenceSeconds"))]
    max_silence_seconds: Option<u32>,
    /// Stop when the caller presses this key.
    #[arg(long, alias = "terminateOn", value_parser = ["none", "any", "*", "#"])]
    terminate_on: Option<String>,
    /// Play a beep first.
    #[arg(long)]
    beep: bool,
    /// Replace the file if it exists.
    #[arg(long)]
    overwrite: bool,
    /// Keep the recording on the server, too.
    #[arg(long)]
    keep: bool,
}

/// Returns a parser for a duration that is a limit.
pub(crate) fn limit(
    operation: &'static Operation,
    name: &'static str,
) -> impl Fn(&str) -> Result<u32, String> + Clone {
    move |text| {
        let parameter = operation.parameter(name).ok_or("is unknown")?;
        let number = parameter.parse_duration(text);
        let number = number.and_then(|number| u32::try_from(number).map_err(|_| "is too long"));
        match number {
            Ok(0) => Err("a limit cannot be 0; omit the option for no limit".to_owned()),
            Ok(number) => Ok(number),
            Err(problem) => Err(format!("it {problem}")),
        }
    }
}

pub(crate) async fn run(
    record: Record,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let ending = record.out.extension().and_then(|ending| ending.to_str());
    let format = record.format.as_deref().or(ending).ok_or_else(|| {
        CliError::usage(
            "the file name has no extension for the format: give one, such as --format wav",
        )
    })?;
    let name = format!("ari-command-{}", unique_id());
    let request = record_request(&record, &name, format, global.release)?;
    let output = Output::for_type(global, "LiveRecording")?;
    let connection = connect::open(global)?;
    // Created before the recording starts, so that a file that cannot be written loses nothing.
    let file = AtomicFile::create(&record.out, record.overwrite)?;
    let session = signals
        .run_until_signal(temp_app::subscribe_channel(&connection, &record.channel))
        .await?;
    let recording = Recording {
        connection: &connection,
        record: &record,
        name,
    };
    let result = recording.run(&request, file, signals).await;
    let ending = async {
        session.close(&connection).await;
        connection.close(Duration::from_secs(1)).await;
    };
    signals.run_cleanup(ending).await;
    let finished = result?;
    match global.json {
        true => output.print(&finished),
        false => {
            summary(&record.out, &finished);
            Ok(())
        }
    }
}

/// Reports the duration and size of the file, and if it is silent.
fn summary(path: &Path, recording: &Value) {
    let known = std::fs::metadata(path).ok();
    let Some(size) = known
        .filter(|known| known.is_file())
        .map(|known| known.len())
    else {
        return;
    };
    let seconds = recording["duration"].as_u64().unwrap_or_default();
    print_note(format!("{}: {seconds} s, {size} bytes", path.display()));
    if std::fs::read(path).is_ok_and(|bytes| is_silent(&bytes)) {
        print_error(format!(
            "no sound was received: {} contains only silence; check that the far end sends audio, \
             and that firewalls let it through",
            path.display()
        ));
    }
}

/// The maximum absolute value of an inaudible 16-bit sample.
const MAX_SILENT_SAMPLE: u16 = 8;

/// Returns `true` if a recording has no sound: a 16-bit WAV file without an audible sample, or a
/// file of another format whose bytes are all equal.
fn is_silent(bytes: &[u8]) -> bool {
    const WAV_HEADER: usize = 44;
    match bytes.starts_with(b"RIFF") && bytes.get(34..36) == Some(&[16, 0]) {
        true => {
            let samples = bytes.get(WAV_HEADER..).unwrap_or_default().chunks_exact(2);
            let mut samples = samples.map(|sample| i16::from_le_bytes([sample[0], sample[1]]));
            samples.all(|sample| sample.unsigned_abs() <= MAX_SILENT_SAMPLE)
        }
        false => bytes.iter().all(|byte| Some(byte) == bytes.first()),
    }
}

fn record_request(
    record: &Record,
    name: &str,
    format: &str,
    release: Option<Release>,
) -> Result<Request, CliError> {
    let mut given = vec![
        ("channelId", Value::from(record.channel.as_str())),
        ("name", name.into()),
        ("format", format.into()),
    ];
    if let Some(seconds) = record.max_duration_seconds {
        given.push(("maxDurationSeconds", seconds.into()));
    }
    if let Some(seconds) = record.max_silence_seconds {
        given.push(("maxSilenceSeconds", seconds.into()));
    }
    if let Some(key) = &record.terminate_on {
        given.push(("terminateOn", key.as_str().into()));
    }
    if record.beep {
        given.push(("beep", true.into()));
    }
    arguments::request_from_values(&channels::RECORD, given, release)
}

struct Recording<'a> {
    connection: &'a CommandConnection,
    record: &'a Record,
    name: String,
}

impl Recording<'_> {
    async fn run(
        &self,
        request: &Request,
        file: AtomicFile,
        signals: &mut Signals,
    ) -> Result<Value, CliError> {
        let parent = ObjectRef::new("channel", &self.record.channel);
        let mut channel = self.connection.try_watch(parent)?;
        let new = CreateContext {
            object: ObjectRef::new("live_recording", &self.name),
            application: None,
            parent: Some(parent),
        };
        let beginning = async {
            Ok(self
                .connection
                .create_and_watch(new, self.connection.execute(request))
                .await?)
        };
        let (_, mut events) = match signals.run_until_signal(beginning).await {
            Err(error) if error.kind == ErrorKind::OutcomeUnknown => {
                return Err(self.note_leftover(error));
            }
            begun => begun?,
        };
        let bar = progress::for_seconds(self.record.max_duration_seconds);
        bar.set_message("recording");
        let finished = tokio::select! {
            finished = wait_until_finished(&mut events, &mut channel, &bar) => finished,
            // The usual way to end the recording.
            _ = signals.next() => {
                signals.run_until_signal(self.stop(&mut events, &mut channel, &bar)).await
            }
        };
        let fetched = match finished {
            Ok(finished) if finished["state"] == "failed" => {
                bar.finish_and_clear();
                return Err(CliError::other(format!(
                    "the recording failed: {}; see Asterisk's log",
                    text(&finished["cause"])
                )));
            }
            Ok(finished) => {
                bar.set_message("fetching");
                let fetched = signals.run_until_signal(self.fetch(file)).await;
                fetched.map(|()| finished)
            }
            Err(error) => Err(error),
        };
        bar.finish_and_clear();
        let finished = fetched.map_err(|error| self.note_leftover(error))?;
        if !self.record.keep {
            let removing = async { Ok(self.operation(&recordings::DELETE_STORED).await?) };
            signals.run_until_signal(removing).await.map_err(|error| {
                let name = &self.name;
                let more = format!(
                    "{} is complete, but the recording is still on the server: `ari recordings \
                     delete-stored {name}` removes it",
                    self.record.out.display()
                );
                error.with_hint(more)
            })?;
        }
        Ok(finished)
    }

    /// Adds a hint to an error after which the recording may exist on the server only.
    fn note_leftover(&self, error: CliError) -> CliError {
        let more = format!(
            "the recording may still be on the server: `ari recordings get-stored-file {} --out {}` \
             fetches it",
            self.name,
            self.record.out.display()
        );
        error.with_hint(more)
    }

    async fn stop(
        &self,
        events: &mut ObjectStream<CommandEvent>,
        channel: &mut ObjectStream<CommandEvent>,
        bar: &ProgressBar,
    ) -> Result<Value, CliError> {
        let stopping = async {
            self.operation(&recordings::STOP).await?;
            loop {
                let ending = wait_until_finished(events, channel, bar);
                if let Ok(finished) = timeout(Duration::from_secs(1), ending).await {
                    return finished;
                }
                // A recording that had not started yet still starts, and can be stopped then.
                let _ = self.operation(&recordings::STOP).await;
            }
        };
        timeout(Duration::from_secs(10), stopping)
            .await
            .unwrap_or_else(|_| Err(CliError::other("the recording does not stop")))
    }

    async fn fetch(&self, file: AtomicFile) -> Result<(), CliError> {
        let arguments = [("recordingName", Value::from(self.name.as_str()))];
        let request = Request::from_arguments(&recordings::GET_STORED_FILE, arguments)?;
        let response = self.connection.execute(&request).await?;
        file.receive(response.body).await
    }

    async fn operation(&self, operation: &'static ari_api::schema::Operation) -> Result<(), Error> {
        let arguments = [("recordingName", self.name.as_str().into())];
        api_request::execute(self.connection, operation, &arguments).await?;
        Ok(())
    }
}

/// Waits for the end of the recording, and returns it from its last event.
async fn wait_until_finished(
    events: &mut ObjectStream<CommandEvent>,
    channel: &mut ObjectStream<CommandEvent>,
    bar: &ProgressBar,
) -> Result<Value, CliError> {
    let mut last = Value::Null;
    let mut until = None;
    let mut tick = tokio::time::interval(Duration::from_millis(500));
    loop {
        let event = tokio::select! {
            biased;
            event = events.next() => event,
            event = channel.next(), if until.is_none() => {
                match event {
                    None => until = Some(Instant::now() + Duration::from_secs(2)),
                    Some(Ok(event)) => progress::show_connection(bar, &event),
                    Some(Err(_)) => {}
                }
                continue;
            }
            _ = tick.tick() => {
                bar.set_position(bar.elapsed().as_secs());
                // The event of the recording follows that of the hangup.
                if until.is_some_and(|until| Instant::now() > until) {
                    return Err(CliError::other(
                        "the channel ended without an event about its recording",
                    ));
                }
                continue;
            }
        };
        match event {
            Some(Ok(event)) => {
                let value = event.json();
                if !value["recording"].is_null() {
                    last = value["recording"].clone();
                }
            }
            Some(Err(error @ (Error::Lagged { .. } | Error::Decode(_)))) => {
                print_error(error.to_string());
            }
            Some(Err(error)) => return Err(error.into()),
            None => return Ok(last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_silent;

    #[test]
    fn silence_is_detected() {
        let wav = |samples: &[i16]| {
            let mut bytes = [b"RIFF".as_slice(), &[0; 30], &[16, 0], &[0; 8]].concat();
            bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
            bytes
        };
        for (bytes, silent) in [
            (wav(&[]), true),
            (wav(&[0, -8, 8]), true),
            (wav(&[0, 0, -900]), false),
            (vec![0xff; 160], true),
            (vec![0xff, 0x7e], false),
            (Vec::new(), true),
        ] {
            assert_eq!(is_silent(&bytes), silent, "{bytes:?}");
        }
    }
}
