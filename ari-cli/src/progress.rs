//! Progress bars on the standard error, if it is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::event::CommandEvent;
use crate::event_line::describe_connection_event;
use crate::terminal::print_error;

/// Returns a progress bar for items that are processed one after another.
pub(crate) fn for_items(count: usize) -> ProgressBar {
    let count = u64::try_from(count).unwrap_or_default();
    styled(
        ProgressBar::new(count),
        "{spinner} {elapsed_precise} [{bar:20}] {pos}/{len} {msg}",
    )
}

/// Returns a progress bar for seconds, whose maximum may be unknown.
pub(crate) fn for_seconds(most: Option<u32>) -> ProgressBar {
    match most {
        Some(most) => styled(
            ProgressBar::new(most.into()),
            "{spinner} {msg} {elapsed_precise} [{bar:20}] at most {len} s",
        ),
        None => styled(
            ProgressBar::no_length(),
            "{spinner} {msg} {elapsed_precise}",
        ),
    }
}

/// Prints an event of the connection above the progress bar.
pub(crate) fn show_connection(bar: &ProgressBar, event: &CommandEvent) {
    if let CommandEvent::Connection(event) = event {
        let what = format!("{}: {}", event.name(), describe_connection_event(event));
        bar.suspend(|| print_error(what));
    }
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    // An invalid template would leave the default style.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
