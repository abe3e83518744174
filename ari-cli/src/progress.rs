//! Progress of what takes its time: on the standard error, where that is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::event::CommandEvent;
use crate::event_line::describe_connection_event;
use crate::terminal::print_error;

/// Of several pieces, one after another.
pub(crate) fn for_items(count: usize) -> ProgressBar {
    let count = u64::try_from(count).unwrap_or_default();
    styled(
        ProgressBar::new(count),
        "{spinner} {elapsed_precise} [{bar:20}] {pos}/{len} {msg}",
    )
}

/// Of seconds, whose number is known or not.
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

/// Says what happens to the connection while something takes its time.
pub(crate) fn show_connection(bar: &ProgressBar, event: &CommandEvent) {
    if let CommandEvent::Connection(event) = event {
        let what = format!("{}: {}", event.name(), describe_connection_event(event));
        bar.suspend(|| print_error(what));
    }
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    // A template that is wrong would leave the usual style, which does as well.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
