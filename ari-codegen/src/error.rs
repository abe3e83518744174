//! Errors of reading specs and writing bindings. Each names the place and the remedy.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use crate::spec_file::MAX_FILE_SIZE;

/// Result of this crate's functions.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Errors of reading specs, merging them and turning them into source.
///
/// `Debug` prints the same sentence as `Display`: it is what a build script that ends in an error
/// shows.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{}: cannot {action}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The attempted operation: `read`, `write`, `rename`.
        action: &'static str,
        /// The error of the operating system.
        source: std::io::Error,
    },
    /// A required file does not exist.
    #[error("{origin}: {name} is missing: {hint}")]
    Missing {
        /// The folder or server.
        origin: String,
        /// The file's name.
        name: String,
        /// The remedy.
        hint: String,
    },
    /// The text is not JSON.
    #[error("{file}: not JSON ({source}): expected a resource spec as Asterisk writes it")]
    NotJson {
        /// File or address.
        file: String,
        /// Position and cause, from the parser.
        source: serde_json::Error,
    },
    /// The bytes are not valid UTF-8.
    #[error("{file}: {problem}")]
    Encoding {
        /// File or address.
        file: String,
        /// The format that they seem to have, and the remedy.
        problem: &'static str,
    },
    /// The file is larger than any spec of Asterisk.
    #[error("{file}: larger than {} MB: a resource spec has about 100 kB", MAX_FILE_SIZE >> 20)]
    TooLarge {
        /// File or address.
        file: String,
    },
    /// A spec contains something that this generator cannot turn into bindings.
    #[error("{place}: {problem}")]
    Spec {
        /// File, JSON path, and operation or model.
        place: Place,
        /// The problem and the expected content.
        problem: String,
    },
    /// Specs cannot be turned into bindings, perhaps because their release was guessed wrongly.
    #[error(
        "{source} (these specs were identified as those of Asterisk {release} by their apiVersion \
         {api_version}: name their release, with --release, if it is another)"
    )]
    Guessed {
        /// The release that they were identified as.
        release: crate::Release,
        /// The `apiVersion` of their index.
        api_version: String,
        /// The problem.
        source: Box<Error>,
    },
    /// A fixup for a known spec bug matched nothing.
    #[error(
        "Asterisk {release}: the fixup `{name}` no longer applies ({reason}): \
         take {release} out of its releases in ari-codegen/src/fixups.rs"
    )]
    StaleFixup {
        /// The fixup.
        name: &'static str,
        /// The bug that it corrects.
        reason: &'static str,
        /// The release whose specs no longer need it.
        release: crate::Release,
    },
    /// Two releases contradict each other in a way no rule covers.
    #[error(
        "{subject}: Asterisk {newer} says {new}, Asterisk {older} says {old}: \
         no merge rule covers this conflict (ari-codegen/src/api/merge.rs)"
    )]
    Conflict {
        /// The operation, parameter, model or property.
        subject: String,
        /// The older of the two releases.
        older: String,
        /// The value in the older release.
        old: String,
        /// The newer of the two releases.
        newer: String,
        /// The value in the newer release.
        new: String,
    },
    /// The descriptions do not fit the surface they describe.
    #[error("{file}: {path}: {problem}")]
    Description {
        /// The description file.
        file: String,
        /// JSON path inside it.
        path: String,
        /// The problem.
        problem: String,
    },
    /// The specs of a running server could not be fetched.
    #[error("{url}: {problem}")]
    Server {
        /// The address, without credentials.
        url: String,
        /// The problem and the remedy.
        problem: String,
    },
    /// A wrong combination of releases, folders or options.
    #[error("{0}")]
    Usage(String),
    /// The emitted tokens do not form a Rust file: a bug of the generator, never of the spec.
    #[error(
        "{file}: the emitted source does not parse ({source}): please report this with the spec"
    )]
    Emitted {
        /// The file that was being written.
        file: String,
        /// The error of the parser.
        source: syn::Error,
    },
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A place in a spec: file, JSON path, and the operation or model that it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// File or address.
    pub file: Arc<str>,
    /// JSON path such as `$.apis[3].operations[0].parameters[1].dataType`.
    pub path: String,
    /// `operation channels.originate` or `model Channel`, if known.
    pub subject: Option<Arc<str>>,
}

impl Place {
    /// Returns the place one step further along the path.
    pub(crate) fn child(&self, step: fmt::Arguments<'_>) -> Place {
        let mut path = String::with_capacity(self.path.len() + 24);
        path.push_str(&self.path);
        // Writing into a string never fails.
        let _ = path.write_fmt(step);
        Place {
            file: self.file.clone(),
            path,
            subject: self.subject.clone(),
        }
    }

    /// Returns an error at this place.
    pub fn error(&self, problem: impl Into<String>) -> Error {
        Error::Spec {
            place: self.clone(),
            problem: problem.into(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, shorten(&self.path))?;
        match &self.subject {
            Some(subject) => write!(f, " ({})", shorten(subject)),
            None => Ok(()),
        }
    }
}

/// A spec can have names of any length, a message should not.
fn shorten(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(200) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}
