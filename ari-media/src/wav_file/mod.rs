//! WAV files on disk, played to a call and recorded from it.
//!
//! Reading and writing use the thread pool of tokio for blocking work, never the threads that serve
//! calls.

mod play;
mod record;
mod source;

use std::path::Path;

use crate::error::Error;

pub use play::{Play, PlayUntilKey, PromptOutcome};
pub use record::WavRecorder;
pub use source::WavSource;

/// Returns the error of a file.
fn wav_error(path: &Path, problem: impl ToString) -> Error {
    Error::Wav {
        path: path.display().to_string(),
        problem: problem.to_string(),
    }
}

#[cfg(test)]
mod tests;
