//! Progress of what takes its time: on the standard error, where that is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::failure::complain;
use crate::line::told;
use crate::seen::Seen;

/// Of several pieces, one after another.
pub(crate) fn of_pieces(count: usize) -> ProgressBar {
    let count = u64::try_from(count).unwrap_or_default();
    styled(
        ProgressBar::new(count),
        "{spinner} {elapsed_precise} [{bar:20}] {pos}/{len} {msg}",
    )
}

/// Of seconds, whose number is known or not.
pub(crate) fn of_seconds(most: Option<u32>) -> ProgressBar {
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
pub(crate) fn tell_connection(bar: &ProgressBar, seen: &Seen) {
    if let Seen::Connection(event) = seen {
        let what = format!("{}: {}", event.name(), told(event));
        bar.suspend(|| complain(what));
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
