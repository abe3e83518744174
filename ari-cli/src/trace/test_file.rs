//! `--write-test`: a Rust test from a recorded call.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::error::CliError;
use crate::terminal::stdout;
use crate::text::{escape_control, format_count};
use crate::trace::related_lines::related_lines;
use crate::trace::timeline::Timeline;

/// Writes the test, and the recording of the call beside it.
pub(crate) fn write(
    test: &Path,
    recording: &Path,
    call: &str,
    timeline: &Timeline,
    function: Option<&str>,
) -> Result<(), CliError> {
    let stem = test.file_stem().unwrap_or_default().to_string_lossy();
    if test.extension().is_none_or(|extension| extension != "rs") || stem.is_empty() {
        return Err(CliError::usage(format!(
            "{}: give a file that ends with .rs, such as tests/call.rs",
            test.display()
        )));
    }
    if let Some(function) = function
        && !function.split("::").all(is_identifier)
    {
        return Err(CliError::usage(format!(
            "{function:?} is not the path of a function, such as my_app::run"
        )));
    }
    // A truncated line may end in the middle of a character.
    let bytes = fs::read(recording).map_err(|error| unusable(recording, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    let data = test.with_extension("jsonl");
    create(&data, &related_lines(&text, timeline))?;
    let name = data.file_name().unwrap_or_default().to_string_lossy();
    if let Err(error) = create(test, &source(&name, call, timeline, function)) {
        // An error here changes nothing about the first one.
        let _ = fs::remove_file(&data);
        return Err(error);
    }
    let shown = |path: &Path| escape_control(&path.display().to_string());
    let mut out = stdout();
    writeln!(out, "{} plays {}", shown(test), shown(&data))?;
    writeln!(
        out,
        "It needs: cargo add --dev ari-mock; cargo add --dev tokio --features macros,rt"
    )?;
    Ok(out.flush()?)
}

fn is_identifier(word: &str) -> bool {
    let mut characters = word.chars();
    characters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn create(path: &Path, text: &str) -> Result<(), CliError> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => CliError::usage(format!(
                "{} exists: give another file to --write-test",
                path.display()
            )),
            _ => unusable(path, &error),
        })
}

fn unusable(path: &Path, error: &io::Error) -> CliError {
    CliError::other(format!("{}: {error}", path.display()))
}

/// Returns the source of the test.
fn source(data: &str, call: &str, timeline: &Timeline, function: Option<&str>) -> String {
    let call = printable(call);
    let legs = timeline.channels().into_iter().map(|channel| {
        let leg = timeline.legs.get(channel).cloned().unwrap_or_default();
        let text = format!("{} ({})", leg.name, channel.id());
        format!("//! - {}\n", printable(&text))
    });
    let legs: String = legs.collect();
    let (call_function, stub) = match function {
        Some(function) => (format!("{function}(client)"), ""),
        None => ("run(client)".to_owned(), STUB),
    };
    let bridges = format_count(timeline.bridges().len(), "bridge");
    let facts = timeline.ordered_facts().into_iter();
    let older = facts.filter(|(_, facts)| !facts.has_origin());
    let older = older.map(|(channel, _)| channel);
    let existing = older.chain(&timeline.origins.existing).map(|object| {
        let kind = if object.is_bridge() {
            "bridge"
        } else {
            "channel"
        };
        format!("//! - {kind} {}\n", printable(object.id()))
    });
    let existing: String = existing.collect();
    let existing = match existing.is_empty() {
        true => existing,
        false => format!("//!\n//! The recording does not have the beginning of:\n//!\n{existing}"),
    };
    format!(
        "//! Plays the recorded call `{call}` to the application. Its channels, and {bridges}:\n\
         //!\n\
         {legs}\
         {existing}\n\
         use ari_mock::Replay;\n\
         {stub}\n\
         #[tokio::test]\n\
         async fn application_acts_as_recorded() {{\n    \
             let replay = Replay::parse(include_str!({data:?})).expect(\"the recording is valid\");\n    \
             let replay = replay.start().await.expect(\"the recording can be played\");\n    \
             let client = replay.client();\n    \
             let application = tokio::spawn(async move {{\n        \
                 let _ = {call_function}.await;\n    \
             }});\n    \
             let report = replay.finish().await;\n    \
             application.abort();\n    \
             assert!(report.is_match(), \"{{report}}\");\n\
         }}\n"
    )
}

/// The function that stands for the application.
const STUB: &str = "
/// Calls the application: replace this by a call of its function that takes a client.
async fn run(client: ari_api::Client) -> Result<(), ari_api::Error> {
    client.asterisk().ping().await?;
    Ok(())
}
";

/// Returns a text for a comment.
fn printable(text: &str) -> String {
    escape_control(text).replace(['`', '[', ']', '<', '>'], "'")
}
