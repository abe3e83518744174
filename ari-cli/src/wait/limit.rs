//! The limit of a wait.

use std::time::Duration;

use clap::Args;

use crate::error::{CliError, ErrorKind};
use crate::reader;
use crate::signals::Signals;

/// The option that all waits have.
#[derive(Args, Clone, Debug)]
pub(super) struct Limit {
    /// Give up after this number of seconds, with exit code 8; defaults to no limit.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    timeout: Option<u32>,
}

/// Runs a wait until it is over, its time has elapsed, a signal arrives, or the reader of the output
/// closes it.
pub(super) async fn run_limited<T>(
    limit: &Limit,
    signals: &mut Signals,
    waiting: impl Future<Output = Result<T, CliError>>,
) -> Result<T, CliError> {
    let elapsed = async {
        match limit.timeout {
            Some(seconds) => {
                tokio::time::sleep(Duration::from_secs(seconds.into())).await;
                seconds
            }
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        // An event that has arrived at the last moment counts.
        biased;
        result = signals.run_until_signal(waiting) => result,
        error = reader::wait_closed() => Err(error),
        seconds = elapsed => Err(CliError::new(
            ErrorKind::WaitTimeout,
            format!("no such event or state within {seconds} s (--timeout)"),
        )),
    }
}
