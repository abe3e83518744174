//! `ari record`: what a channel says, into a file of this machine.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use ari_api::Error;
use ari_api::operations::{channels, recordings};
use ari_api::runtime::{Call, Object, ObjectStream, unique_id};
use clap::Args;
use indicatif::ProgressBar;
use serde_json::Value;

use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::Output;
use crate::seen::{Link, Seen};
use crate::settings::Global;
use crate::table::text;
use crate::{link, operation, private_app, progress};

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
    /// Ends after so many seconds.
    #[arg(long, value_name = "SECONDS", alias = "maxDurationSeconds", value_parser = clap::value_parser!(u32).range(1..))]
    max_duration_seconds: Option<u32>,
    /// Ends after so many seconds of silence.
    #[arg(long, value_name = "SECONDS", alias = "maxSilenceSeconds", value_parser = clap::value_parser!(u32).range(1..))]
    max_silence_seconds: Option<u32>,
    /// Ends at a key that the caller presses.
    #[arg(long, alias = "terminateOn", value_parser = ["none", "any", "*", "#"])]
    terminate_on: Option<String>,
    /// Begins with a beep.
    #[arg(long)]
    beep: bool,
    /// Leaves the recording on the server, too.
    #[arg(long)]
    keep: bool,
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
    let call = call(&record, &name, format)?;
    let link = link::open(global)?;
    let recording = Recording {
        link: &link,
        record: &record,
        name,
    };
    let result = recording.run(&call, interrupt).await;
    link.close(Duration::from_secs(1)).await;
    let finished = result?;
    match global.json {
        true => Output::new(global).print(&finished),
        false => Ok(()),
    }
}

fn call(record: &Record, name: &str, format: &str) -> Result<Call, Failure> {
    let mut arguments = vec![
        ("channelId", Value::from(record.channel.as_str())),
        ("name", name.into()),
        ("format", format.into()),
    ];
    if let Some(seconds) = record.max_duration_seconds {
        arguments.push(("maxDurationSeconds", seconds.into()));
    }
    if let Some(seconds) = record.max_silence_seconds {
        arguments.push(("maxSilenceSeconds", seconds.into()));
    }
    if let Some(key) = &record.terminate_on {
        arguments.push(("terminateOn", key.as_str().into()));
    }
    if record.beep {
        arguments.push(("beep", true.into()));
    }
    Ok(Call::of_arguments(&channels::RECORD, arguments)?)
}

struct Recording<'a> {
    link: &'a Link,
    record: &'a Record,
    name: String,
}

impl Recording<'_> {
    async fn run(&self, call: &Call, interrupt: &mut Interrupt) -> Result<Value, Failure> {
        let beginning = async {
            let session = private_app::hear(self.link, &self.record.channel).await?;
            let events = self
                .link
                .follow(Object::new("live_recording", &self.name))?;
            let channel = self
                .link
                .follow(Object::new("channel", &self.record.channel))?;
            self.link.call(call).await?;
            Ok((session, events, channel))
        };
        let (_session, mut events, mut channel) = interrupt.or(beginning).await?;
        let bar = progress::of_seconds(self.record.max_duration_seconds);
        bar.set_message("recording");
        let finished = tokio::select! {
            finished = finished(&mut events, &mut channel, &bar) => finished?,
            // The usual way to end it.
            _ = interrupt.next() => {
                self.operation(&recordings::STOP).await?;
                let ending = finished(&mut events, &mut channel, &bar);
                match tokio::time::timeout(Duration::from_secs(10), ending).await {
                    Ok(finished) => finished?,
                    Err(_) => return Err(Failure::other("the recording does not end")),
                }
            }
        };
        bar.set_message("fetching");
        if finished["state"] == "failed" {
            return Err(Failure::other(format!(
                "the recording failed: {}; see Asterisk's log",
                text(&finished["cause"])
            )));
        }
        interrupt.or(self.fetch()).await?;
        bar.finish_and_clear();
        Ok(finished)
    }

    async fn fetch(&self) -> Result<(), Failure> {
        let arguments = [("recordingName", Value::from(self.name.as_str()))];
        let call = Call::of_arguments(&recordings::GET_STORED_FILE, arguments)?;
        let answer = self.link.call(&call).await?;
        operation::save(answer.body, &self.record.out).await?;
        if !self.record.keep {
            self.operation(&recordings::DELETE_STORED).await?;
        }
        Ok(())
    }

    async fn operation(
        &self,
        operation: &'static ari_api::runtime::Operation,
    ) -> Result<(), Failure> {
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
                if event.is_none() {
                    until = Some(Instant::now() + Duration::from_secs(2));
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
                eprintln!("ari: {error}");
            }
            Some(Err(error)) => return Err(error.into()),
            None => return Ok(last),
        }
    }
}
