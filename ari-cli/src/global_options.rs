//! Options that every command takes.

use std::path::PathBuf;
use std::time::Duration;

use ari_api::traffic::TrafficLog;
use clap::Args;

use crate::release::Release;

/// Options that every command takes.
#[derive(Args, Clone, Debug)]
pub(crate) struct GlobalOptions {
    /// URL of ARI; defaults to ARI_URL, or http://localhost:8088/ari. Cannot be combined with
    /// --profile.
    #[arg(long, global = true, value_name = "URL", help_heading = CONNECTION)]
    pub(crate) url: Option<String>,
    /// User in ari.conf; defaults to ARI_USER. The password comes from ARI_PASSWORD, --password-file
    /// or the profile, or is prompted for.
    #[arg(long, global = true, value_name = "NAME", help_heading = CONNECTION)]
    pub(crate) user: Option<String>,
    /// File whose first line is the password, or - for the standard input. Only its owner may have
    /// access to the file.
    #[arg(long, global = true, value_name = "FILE", help_heading = CONNECTION)]
    pub(crate) password_file: Option<PathBuf>,
    /// Profile in the configuration file; defaults to ARI_PROFILE.
    #[arg(long, global = true, value_name = "NAME", help_heading = CONNECTION)]
    pub(crate) profile: Option<String>,
    /// Configuration file.
    #[arg(long, global = true, value_name = "FILE", help_heading = CONNECTION)]
    pub(crate) config: Option<PathBuf>,
    /// PEM file of a certificate authority to trust in addition to the platform's.
    #[arg(long, global = true, value_name = "FILE", help_heading = CONNECTION)]
    pub(crate) ca_file: Option<PathBuf>,
    /// Request timeout in seconds; defaults to 120.
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..), help_heading = CONNECTION)]
    pub(crate) within: Option<u32>,
    /// Reject what this release of Asterisk lacks, and hide it in the help: 16, or a point release
    /// such as 16.6.
    #[arg(long, global = true, value_name = "NUMBER", help_heading = CONNECTION)]
    pub(crate) release: Option<Release>,
    /// Print JSON, for programs.
    #[arg(long, global = true, help_heading = OUTPUT)]
    pub(crate) json: bool,
    /// Print only these fields: id,caller.number.
    #[arg(long, global = true, value_name = "FIELDS", value_delimiter = ',', help_heading = OUTPUT)]
    pub(crate) fields: Vec<String>,
    /// Print all columns of a list.
    #[arg(long, global = true, help_heading = OUTPUT)]
    pub(crate) wide: bool,
    /// Print requests and responses to the standard error, without passwords.
    #[arg(long, short, global = true, help_heading = OUTPUT)]
    pub(crate) verbose: bool,
    /// Record requests, responses and events in a new file, one line of JSON each, without passwords.
    #[arg(long = "record", global = true, value_name = "FILE", help_heading = OUTPUT)]
    pub(crate) record_traffic: Option<PathBuf>,
    /// Leave the value of this parameter, key or channel variable out of the recording, too;
    /// repeatable. Those of passwords, tokens and the like are always left out.
    #[arg(long, global = true, value_name = "NAME", requires = "record_traffic", help_heading = OUTPUT)]
    pub(crate) redact: Vec<String>,
    /// The open file of --record.
    #[arg(skip)]
    pub(crate) traffic: Option<TrafficLog>,
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
