//! Options that every command takes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ari_api::traffic::TrafficLog;
use clap::Args;

use crate::error::CliError;
use crate::exec_session::{ExecSession, HeldApplication};
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
    /// State that the lines of `ari exec` share.
    #[arg(skip)]
    pub(crate) session: Option<Arc<ExecSession>>,
    /// `true` if a line of `ari exec` stores its result in a variable, instead of printing it.
    #[arg(skip)]
    pub(crate) captures: bool,
}

const CONNECTION: &str = "Connection";
const OUTPUT: &str = "Output";

impl GlobalOptions {
    /// Returns the request timeout. Some operations wait until a running playback has ended.
    pub(crate) fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.within.unwrap_or(120).into())
    }

    /// Returns these options for a line of `ari exec`, which may have options of its own for the
    /// output and the timeout.
    pub(crate) fn for_line(&self, line: GlobalOptions) -> Result<GlobalOptions, CliError> {
        let connects = line.url.is_some()
            || line.user.is_some()
            || line.password_file.is_some()
            || line.profile.is_some()
            || line.config.is_some()
            || line.ca_file.is_some()
            || line.record_traffic.is_some();
        if connects {
            return Err(CliError::usage(
                "all lines share the connection and the recording: give their options to `ari exec`",
            ));
        }
        Ok(GlobalOptions {
            within: line.within.or(self.within),
            release: line.release.or(self.release),
            json: line.json || self.json,
            fields: match line.fields.is_empty() {
                true => self.fields.clone(),
                false => line.fields,
            },
            wide: line.wide || self.wide,
            verbose: line.verbose || self.verbose,
            ..self.clone()
        })
    }

    /// Returns the application of `ari exec`, if it has this name, or if no name is given.
    pub(crate) fn held_application(&self, name: Option<&str>) -> Option<&HeldApplication> {
        let held = self.session.as_ref()?.application.get()?;
        name.is_none_or(|name| held.name == name).then_some(held)
    }

    /// Returns the timeout for connecting.
    pub(crate) fn connect_timeout(&self) -> Duration {
        self.request_timeout().min(Duration::from_secs(10))
    }
}
