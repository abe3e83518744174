//! `ari trace`: one call as a timeline, from a recording or live.

mod bridge_members;
mod copies;
mod exchange;
mod generations;
mod graph;
mod leg_facts;
mod live;
mod object;
mod origins;
mod print;
mod related_lines;
mod test_file;
#[cfg(test)]
mod tests;
mod timeline;

use std::path::{Path, PathBuf};

use ari_api::traffic::TrafficFile;
use clap::Args;

use crate::error::CliError;
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::signals::Signals;
use crate::terminal::{print_error, stdout};
use crate::text::format_count;
use graph::CallGraph;
use timeline::Timeline;

/// Print one call as a timeline: its channels, bridges, requests, causes, and gaps in the events.
///
/// With the file of a recording (--record), all of the call is printed: channels that it dialed or
/// originated, halves of Local channels, those that were in a bridge with it at the same time,
/// transfers and snoop channels. If a channel's id or name was used several times, the newest channel
/// is meant.
/// Without a file, or with `live`, the call is followed live from now on, by a temporary application that is
/// subscribed to its channels and bridges and to those that join, until all its channels have ended
/// or Ctrl-C. Requests of other programs are not visible then.
///
/// A letter stands for each channel and a number for each bridge. Lines with ! are problems.
#[derive(Args, Clone, Debug)]
pub(crate) struct Trace {
    /// Id or name of a channel of the call, or id of a bridge.
    #[arg(value_name = "CALL")]
    call: String,
    /// File of a recording, or live, which is the default. A file with that name is ./live.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Write a Rust test that plays the call to an application, with the recording of the call beside
    /// it. The file must not exist.
    #[arg(long, value_name = "TEST.rs", requires = "file")]
    write_test: Option<PathBuf>,
    /// The async function that the test calls with a client, such as my_app::run.
    #[arg(long, value_name = "PATH", requires = "write_test")]
    function: Option<String>,
}

/// The word for a call that is followed live, in place of a file.
const LIVE: &str = "live";

impl Trace {
    /// Returns the file of the recording; `None` if the call is followed live.
    fn recording(&self) -> Result<Option<&Path>, CliError> {
        let file = self.file.as_deref().filter(|file| file.as_os_str() != LIVE);
        match (file, &self.write_test) {
            (None, Some(_)) => Err(CliError::usage(
                "--write-test needs the file of a recording (--record); a file named live is ./live",
            )),
            (file, _) => Ok(file),
        }
    }
}

pub(crate) async fn run(
    trace: Trace,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let output = Output::new(global);
    let Some(path) = trace.recording()? else {
        return live::run(&trace.call, global, &output, signals).await;
    };
    let name = path.display();
    let file = TrafficFile::read(path);
    let file = file.map_err(|error| CliError::usage(format!("cannot read {name}: {error}")))?;
    let timeline = Timeline::new(&file, &trace.call).ok_or_else(|| unknown(&trace.call, &file))?;
    if let Some(test) = &trace.write_test {
        return test_file::write(
            test,
            path,
            &trace.call,
            &timeline,
            trace.function.as_deref(),
        )
        .inspect(|()| {
            if let Some(line) = timeline.truncated_line {
                print_error(print::describe_truncation(line));
            }
        });
    }
    if output.json {
        for value in timeline.to_json(&trace.call) {
            output.print_line(&value)?;
        }
        return Ok(());
    }
    Ok(print::write(&mut stdout(), &trace.call, &timeline)?)
}

/// Returns a call of a recording: its lines as JSON, which `--json` prints, and as text. `None` if the
/// recording does not have it.
#[cfg(feature = "explore")]
pub(crate) fn timeline(
    file: &TrafficFile,
    call: &str,
) -> Option<(Vec<serde_json::Value>, Vec<String>)> {
    let timeline = Timeline::new(file, call)?;
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = print::write(&mut text, call, &timeline);
    let text = String::from_utf8_lossy(&text);
    Some((
        timeline.to_json(call),
        text.lines().map(str::to_owned).collect(),
    ))
}

/// The maximum number of channels that an error lists.
const MAX_LISTED: usize = 10;

/// Returns the error for a call that the file does not have, with the channels that it does have.
fn unknown(call: &str, file: &TrafficFile) -> CliError {
    let graph = CallGraph::of_events(file);
    let mut names: Vec<_> = graph
        .legs
        .iter()
        .map(|(object, leg)| format!("{} ({})", object.id(), leg.name))
        .collect();
    let count = names.len();
    names.truncate(MAX_LISTED);
    let more = match count.saturating_sub(MAX_LISTED) {
        0 => String::new(),
        rest => format!(", and {rest} more"),
    };
    let error = CliError::usage(format!(
        "the recording has no channel or bridge {call:?}; it has {}: {}{more}",
        format_count(count, "channel"),
        names.join(", ")
    ));
    match file.truncated_line {
        Some(line) => error.with_hint(print::describe_truncation(line)),
        None => error,
    }
}
