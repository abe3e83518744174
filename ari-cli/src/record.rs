//! `ari record`: what a channel says, into a file of this machine.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ari_api::Error;
use ari_api::operations::{channels, recordings};
use ari_api::runtime::{CreateContext, ObjectRef, ObjectStream, Operation, Request, unique_id};
use clap::Args;
use indicatif::ProgressBar;
use serde_json::Value;
use tokio::time::timeout;

use crate::failure::{Failure, Kind, complain, note};
use crate::interrupt::Interrupt;
use crate::out_file::OutFile;
use crate::output::Output;
use crate::release::Release;
use crate::seen::{Link, Seen};
use crate::settings::Global;
use crate::table::text;
use crate::{arguments, link, operation, private_app, progress};

/// Record a channel in an application into a file, until it hangs up or Ctrl-C.
///
/// The recording is removed from the server once the file is here.
#[derive(Args, Clone, Debug)]
pub(crate) struct Record {
    /// Id of the channel.
    channel: String,
    /// File to write; its ending is the format, unless --format says it.
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
    /// Format: wav, ulaw, gsm, …
    #[arg(long)]
    format: Option<String>,
    /// Ends after so long: seconds, or with a unit, such as 30s or 2m.
    #[arg(long, value_name = "DURATION", alias = "maxDurationSeconds", value_parser = limit(&channels::RECORD, "maxDurationSeconds"))]
    max_duration_seconds: Option<u32>,
    /// Ends after so long a silence: seconds, or with a unit, such as 30s or 2m.
    #[arg(long, value_name = "DURATION", alias = "maxSilenceSeconds", value_parser = limit(&channels::RECORD, "maxSilenceSeconds"))]
    max_silence_seconds: Option<u32>,
    /// Ends at a key that the caller presses.
    #[arg(long, alias = "terminateOn", value_parser = ["none", "any", "*", "#"])]
    terminate_on: Option<String>,
    /// Begins with a beep.
    #[arg(long)]
    beep: bool,
    /// Replace the file if it exists.
    #[arg(long)]
    overwrite: bool,
    /// Leaves the recording on the server, too.
    #[arg(long)]
    keep: bool,
}

/// Reads a length of time that is a limit.
fn limit(
    operation: &'static Operation,
    name: &'static str,
) -> impl Fn(&str) -> Result<u32, String> + Clone {
    move |text| {
        let parameter = operation.parameter(name).ok_or("is unknown")?;
        let number = parameter.parse_duration(text);
        let number = number.and_then(|number| u32::try_from(number).map_err(|_| "is too long"));
        match number {
            Ok(0) => Err(format!(
                "{text:?} is no time at all: leave it out for no limit"
            )),
            Ok(number) => Ok(number),
            Err(problem) => Err(format!("{text:?} {problem}")),
        }
    }
}

pub(crate) async fn run(
    record: Record,
    global: &Global,
    interrupt: &mut Interrupt,
) -> Result<(), Failure> {
    let ending = record.out.extension().and_then(|ending| ending.to_str());
    let format = record.format.as_deref().or(ending).ok_or_else(|| {
        Failure::usage("the file has no ending that names a format: give --format wav")
    })?;
    let name = format!("ari-command-{}", unique_id());
    let call = call(&record, &name, format, global.release)?;
    let output = Output::of(global, "LiveRecording")?;
    let link = link::open(global)?;
    // Before a word is lost that could not be written.
    let file = OutFile::create(&record.out, record.overwrite)?;
    let session = interrupt
        .or(private_app::hear(&link, &record.channel))
        .await?;
    let recording = Recording {
        link: &link,
        record: &record,
        global,
        name,
    };
    let result = recording.run(&call, file, interrupt).await;
    let ending = async {
        session.end(&link).await;
        link.close(Duration::from_secs(1)).await;
    };
    interrupt.briefly(ending).await;
    let finished = result?;
    match global.json {
        true => output.print(&finished),
        false => {
            summary(&record.out, &finished);
            Ok(())
        }
    }
}

/// Reports duration and size of the file, and if no sound came.
fn summary(path: &Path, recording: &Value) {
    let known = std::fs::metadata(path).ok();
    let Some(size) = known
        .filter(|known| known.is_file())
        .map(|known| known.len())
    else {
        return;
    };
    let seconds = recording["duration"].as_u64().unwrap_or_default();
    note(format!("{}: {seconds} s, {size} bytes", path.display()));
    if std::fs::read(path).is_ok_and(|bytes| is_silent(&bytes)) {
        complain(format!(
            "no sound came: {} holds silence; does the other side send any, and through the \
             firewalls?",
            path.display()
        ));
    }
}

/// Samples of 16 bits that are this small cannot be heard.
const INAUDIBLE: u16 = 8;

/// Returns `true` if a recording has no sound: a 16-bit WAV file without an audible sample, or a
/// file of another format whose bytes are all equal.
fn is_silent(bytes: &[u8]) -> bool {
    const WAV_HEADER: usize = 44;
    match bytes.starts_with(b"RIFF") && bytes.get(34..36) == Some(&[16, 0]) {
        true => {
            let samples = bytes.get(WAV_HEADER..).unwrap_or_default().chunks_exact(2);
            let mut samples = samples.map(|sample| i16::from_le_bytes([sample[0], sample[1]]));
            samples.all(|sample| sample.unsigned_abs() <= INAUDIBLE)
        }
        false => bytes.iter().all(|byte| Some(byte) == bytes.first()),
    }
}

fn call(
    record: &Record,
    name: &str,
    format: &str,
    release: Option<Release>,
) -> Result<Request, Failure> {
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
    arguments::call_of(&channels::RECORD, given, release)
}

struct Recording<'a> {
    link: &'a Link,
    record: &'a Record,
    global: &'a Global,
    name: String,
}

impl Recording<'_> {
    async fn run(
        &self,
        call: &Request,
        file: OutFile,
        interrupt: &mut Interrupt,
    ) -> Result<Value, Failure> {
        let parent = ObjectRef::new("channel", &self.record.channel);
        let mut channel = self.link.try_watch(parent)?;
        let new = CreateContext {
            object: ObjectRef::new("live_recording", &self.name),
            application: None,
            parent: Some(parent),
        };
        let beginning = async {
            Ok(self
                .link
                .create_and_watch(new, self.link.execute(call))
                .await?)
        };
        let (_, mut events) = match interrupt.or(beginning).await {
            Err(failure) if failure.kind == Kind::Unknown => return Err(self.left(failure)),
            begun => begun?,
        };
        let bar = progress::of_seconds(self.record.max_duration_seconds);
        bar.set_message("recording");
        let finished = tokio::select! {
            finished = finished(&mut events, &mut channel, &bar) => finished,
            // The usual way to end it.
            _ = interrupt.next() => {
                interrupt.or(self.stop(&mut events, &mut channel, &bar)).await
            }
        };
        let fetched = match finished {
            Ok(finished) if finished["state"] == "failed" => {
                bar.finish_and_clear();
                return Err(Failure::other(format!(
                    "the recording failed: {}; see Asterisk's log",
                    text(&finished["cause"])
                )));
            }
            Ok(finished) => {
                bar.set_message("fetching");
                let fetched = interrupt.or(self.fetch(file)).await;
                fetched.map(|()| finished)
            }
            Err(failure) => Err(failure),
        };
        bar.finish_and_clear();
        let finished = fetched.map_err(|failure| self.left(failure))?;
        if !self.record.keep {
            let removing = async { Ok(self.operation(&recordings::DELETE_STORED).await?) };
            interrupt.or(removing).await.map_err(|failure| {
                let name = &self.name;
                let more = format!(
                    "{} is complete, and the recording is left on the server: `ari recordings \
                     delete-stored {name}` removes it",
                    self.record.out.display()
                );
                failure.and(self.global, &more)
            })?;
        }
        Ok(finished)
    }

    /// A failure after which there may be a recording on the server, and nowhere else.
    fn left(&self, failure: Failure) -> Failure {
        let more = format!(
            "what was recorded may be left on the server: `ari recordings get-stored-file {} --out \
             {}` fetches it",
            self.name,
            self.record.out.display()
        );
        failure.and(self.global, &more)
    }

    async fn stop(
        &self,
        events: &mut ObjectStream<Seen>,
        channel: &mut ObjectStream<Seen>,
        bar: &ProgressBar,
    ) -> Result<Value, Failure> {
        let stopping = async {
            self.operation(&recordings::STOP).await?;
            loop {
                let ending = finished(events, channel, bar);
                if let Ok(finished) = timeout(Duration::from_secs(1), ending).await {
                    return finished;
                }
                // One that had not begun yet begins all the same, and can be stopped then.
                let _ = self.operation(&recordings::STOP).await;
            }
        };
        timeout(Duration::from_secs(10), stopping)
            .await
            .unwrap_or_else(|_| Err(Failure::other("the recording does not end")))
    }

    async fn fetch(&self, file: OutFile) -> Result<(), Failure> {
        let arguments = [("recordingName", Value::from(self.name.as_str()))];
        let call = Request::from_arguments(&recordings::GET_STORED_FILE, arguments)?;
        let answer = self.link.execute(&call).await?;
        file.receive(answer.body).await
    }

    async fn operation(
        &self,
        operation: &'static ari_api::runtime::Operation,
    ) -> Result<(), Error> {
        let arguments = [("recordingName", self.name.as_str().into())];
        operation::value(self.link, operation, &arguments).await?;
        Ok(())
    }
}

/// The recording as its last event shows it.
async fn finished(
    events: &mut ObjectStream<Seen>,
    channel: &mut ObjectStream<Seen>,
    bar: &ProgressBar,
) -> Result<Value, Failure> {
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
                    Some(Ok(seen)) => progress::tell_connection(bar, &seen),
                    Some(Err(_)) => {}
                }
                continue;
            }
            _ = tick.tick() => {
                bar.set_position(bar.elapsed().as_secs());
                // What was recorded before the hangup is told right after it.
                if until.is_some_and(|until| Instant::now() > until) {
                    return Err(Failure::other(
                        "the channel ended, and nothing is told of its recording",
                    ));
                }
                continue;
            }
        };
        match event {
            Some(Ok(seen)) => {
                let value = seen.json();
                if !value["recording"].is_null() {
                    last = value["recording"].clone();
                }
            }
            Some(Err(error @ (Error::Lagged { .. } | Error::Decode(_)))) => {
                complain(error.to_string());
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
    fn silence_is_found() {
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
