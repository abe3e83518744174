//! Errors of the configuration. None of them contains a secret.

use std::io;
use std::path::PathBuf;

use crate::error::types::Error;

/// A reason why the environment or the configuration file does not name a server and its
/// credentials. Its text names the variable, or the file and the line, and never a password.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// A URL and a profile are given together.
    #[error("{url} and {profile} cannot be combined: each names a server; remove one of them")]
    TwoServers {
        /// The origin of the URL, such as `ARI_URL`.
        url: &'static str,
        /// The origin of the profile, such as `ARI_PROFILE`.
        profile: &'static str,
    },
    /// A URL contains a user or a password.
    #[error(
        "{origin} contains credentials, which would appear in logs: give the user by ARI_USER or \
         the profile, and the password by ARI_PASSWORD or a password file"
    )]
    CredentialsInUrl {
        /// The origin of the URL, such as `ARI_URL`, or the file and its profile.
        origin: String,
    },
    /// No user is given.
    #[error("no user: set ARI_USER to a user in ari.conf, or add `user` to the profile")]
    NoUser,
    /// The user has no password.
    #[error(
        "no password for the user {user:?}{}: set ARI_PASSWORD, or add `password_file` to the profile",
        if *.ignored { " (ARI_PASSWORD is only used with ARI_URL and ARI_USER)" } else { "" }
    )]
    NoPassword {
        /// The user.
        user: String,
        /// `true` if `ARI_PASSWORD` is set, but for another server or user.
        ignored: bool,
    },
    /// The configuration file does not exist, but a profile or the file was named.
    #[error(
        "{}the configuration file {} does not exist",
        .profile.as_ref().map(|name| format!("profile {name:?} not found: ")).unwrap_or_default(),
        .file.display()
    )]
    NoFile {
        /// The file.
        file: PathBuf,
        /// The profile that was named, if any.
        profile: Option<String>,
    },
    /// The configuration file has no profile of a name.
    #[error(
        "profile {name:?} not found in {}, which has: {}",
        .file.display(),
        if .known.is_empty() { "none".to_owned() } else { .known.join(", ") }
    )]
    UnknownProfile {
        /// The file.
        file: PathBuf,
        /// The name.
        name: String,
        /// The names of the profiles in the file.
        known: Vec<String>,
    },
    /// The configuration file is not valid.
    #[error("{}{}: {message}", .file.display(), .line.map(|line| format!(", line {line}")).unwrap_or_default())]
    InvalidFile {
        /// The file.
        file: PathBuf,
        /// The number of the line, beginning with 1, if it is known.
        line: Option<usize>,
        /// The problem, without the text of the line.
        message: String,
    },
    /// A file with a password does not exist.
    #[error("the password file {} does not exist", .file.display())]
    NoPasswordFile {
        /// The file.
        file: PathBuf,
    },
    /// Other users have access to a file that contains a password.
    #[error(
        "other users can read {0}, which contains a password: run `chmod 600 {0}`",
        .file.display()
    )]
    Exposed {
        /// The file.
        file: PathBuf,
    },
    /// A file cannot be read.
    #[error("cannot read {}: {source}", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// The reason.
        source: io::Error,
    },
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Error::InvalidConfig(error.to_string())
    }
}
