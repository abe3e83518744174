//! Options that every command takes.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::release::Release;

/// Options that every command takes.
#[derive(Args, Clone, Debug)]
pub(crate) struct GlobalOptions {
    /// Address of Asterisk's ARI, http://localhost:8088/ari unless given; or ARI_URL. Not together
    /// with --profile.
    #[arg(long, global = true, value_name = "URL", help_heading = CONNECTION)]
    pub(crate) url: Option<String>,
    /// User of ari.conf; or ARI_USER. The password comes from ARI_PASSWORD, --password-file, the
    /// profile, or is asked for.
    #[arg(long, global = true, value_name = "NAME", help_heading = CONNECTION)]
    pub(crate) user: Option<String>,
    /// File whose first line is the password, which only its owner may read; - for the standard
    /// input.
    #[arg(long, global = true, value_name = "FILE", help_heading = CONNECTION)]
    pub(crate) password_file: Option<PathBuf>,
    /// Profile of the configuration file; or ARI_PROFILE.
    #[arg(long, global = true, value_name = "NAME", help_heading = CONNECTION)]
    pub(crate) profile: Option<String>,
    /// Configuration file.
    #[arg(long, global = true, value_name = "FILE", help_heading = CONNECTION)]
    pub(crate) config: Option<PathBuf>,
    /// PEM file of a certificate authority to trust besides the platform's.
    #[arg(long, global = true, value_name = "FILE", help_heading = CONNECTION)]
    pub(crate) ca_file: Option<PathBuf>,
    /// Seconds that an answer may take, 120 unless given.
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..), help_heading = CONNECTION)]
    pub(crate) within: Option<u32>,
    /// Refuse what this release of Asterisk lacks, and leave it out of the help: 16, or a point
    /// release of it such as 16.6.
    #[arg(long, global = true, value_name = "NUMBER", help_heading = CONNECTION)]
    pub(crate) release: Option<Release>,
    /// Print JSON, for programs.
    #[arg(long, global = true, help_heading = OUTPUT)]
    pub(crate) json: bool,
    /// Print only these fields: id,caller.number.
    #[arg(long, global = true, value_name = "FIELDS", value_delimiter = ',', help_heading = OUTPUT)]
    pub(crate) fields: Vec<String>,
    /// Print all columns of a list, however wide.
    #[arg(long, global = true, help_heading = OUTPUT)]
    pub(crate) wide: bool,
    /// Show requests and responses, without the password, on the standard error.
    #[arg(long, short, global = true, help_heading = OUTPUT)]
    pub(crate) verbose: bool,
}

const CONNECTION: &str = "Connection";
const OUTPUT: &str = "Output";

impl GlobalOptions {
    /// Returns the request timeout. Some operations wait until a running playback has ended.
    pub(crate) fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.within.unwrap_or(120).into())
    }

    /// Returns the timeout for connecting.
    pub(crate) fn connect_timeout(&self) -> Duration {
        self.request_timeout().min(Duration::from_secs(10))
    }
}
