//! Arguments that name the user of a running Asterisk.

use std::path::PathBuf;

use clap::Args;

/// Credentials for a running Asterisk.
#[derive(Debug, Args)]
pub(super) struct Credentials {
    /// User of the running Asterisk.
    #[arg(long, env = "ARI_USER", value_name = "NAME")]
    pub(super) user: Option<String>,
    /// Password of that user. Prefer the environment: other users see a command's arguments.
    #[arg(
        long,
        env = "ARI_PASSWORD",
        hide_env_values = true,
        value_name = "PASSWORD"
    )]
    pub(super) password: Option<String>,
    /// For https, trust the certificates in this file (PEM) instead of those of the system.
    #[arg(long, value_name = "FILE")]
    pub(super) ca_file: Option<PathBuf>,
}
