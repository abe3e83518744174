//! `ari doctor`: checks of the connection, the server and its configuration.

mod carriers;
mod checks;
mod connectivity;
mod files;
mod report;

use std::path::PathBuf;
use std::time::Duration;

use ari_api::operations::asterisk;
use clap::Args;

use crate::connection_options::ConnectionOptions;
use crate::error::CliError;
use crate::event::CommandConnection;
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::registration::TakeOver;
use crate::signals::Signals;
use crate::{api_request, connect};
use files::Files;
use report::{CheckResult, Report};

/// Check everything that a connection needs, and name the file and the setting to fix.
///
/// Nothing on the server changes: a temporary application connects for a moment, and one request
/// stops a playback that does not exist. Exits with 7 if there is a problem. Warnings are about
/// optional things, and do not change the exit code. The timeout of each check is 10 s, or that of
/// --within if it is shorter.
#[derive(Args, Clone, Debug)]
pub(crate) struct Doctor {
    /// Exit with 7 if there is a warning, too.
    #[arg(long)]
    strict: bool,
    /// Folder of Asterisk's configuration, to check its ari.conf, asterisk.conf and modules.conf;
    /// defaults to /etc/asterisk if it is readable and the URL is of this machine.
    #[arg(long, value_name = "FOLDER")]
    etc: Option<PathBuf>,
}

/// The fields of each check that `--json` prints.
const FIELDS: &[&str] = &["check", "state", "found", "advice"];

/// The timeout of a check in seconds.
const DEFAULT_TIMEOUT_SECONDS: u32 = 10;

pub(crate) async fn run(
    doctor: Doctor,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let output = Output::for_fields(global, FIELDS)?;
    let settings = ConnectionOptions::find(global)?;
    let limit = global
        .within
        .unwrap_or(DEFAULT_TIMEOUT_SECONDS)
        .min(DEFAULT_TIMEOUT_SECONDS);
    let mut global = global.clone();
    global.within = Some(limit);
    let global = &global;
    let connection = connect::build(&settings, global, TakeOver::Refused)?;
    let files = Files::find(doctor.etc.as_deref(), &settings.url);
    let examination = Examination {
        settings: &settings,
        connection: &connection,
        files: files.as_ref(),
        limit: Duration::from_secs(limit.into()),
    };
    let mut report = Report::new(output);
    let examined = signals.run_until_signal(examination.run(&mut report)).await;
    signals
        .run_cleanup(connection.close(Duration::from_secs(1)))
        .await;
    examined?;
    report.finish(doctor.strict)
}

struct Examination<'a> {
    settings: &'a ConnectionOptions,
    connection: &'a CommandConnection,
    files: Option<&'a Files>,
    limit: Duration,
}

impl Examination<'_> {
    async fn run(&self, report: &mut Report) -> Result<(), CliError> {
        let (settings, connection, files) = (self.settings, self.connection, self.files);
        if let Some(files) = files {
            files.check(settings, report)?;
        }
        report.begin("server");
        let info = match api_request::execute(connection, &asterisk::GET_INFO, &[]).await {
            Ok(info) if info["system"]["version"].is_string() => info,
            Ok(_) => return connectivity::not_asterisk(settings, report),
            Err(error) => {
                let problem = connectivity::problem(settings, &error, self.limit).await;
                return connectivity::unreachable(settings, &error, problem, report);
            }
        };
        let url = &settings.url;
        report.add(CheckResult::Good, "server", format!("{url} responds"), "")?;
        connectivity::encryption(url, report)?;
        let user = format!("{} can log in", settings.user);
        report.add(CheckResult::Good, "credentials", user, "")?;
        let version = self
            .check("release", report, async |report| {
                checks::release(connection, &info, report).await
            })
            .await?;
        self.check("writing", report, async |report| {
            checks::check_write_access(settings, connection, report).await
        })
        .await?;
        let modules = self
            .check("modules", report, async |report| {
                let modules = checks::list_modules(connection, report).await?;
                checks::modules(&modules, version, files, report)?;
                carriers::check(&modules, version, files, report)?;
                Ok(modules)
            })
            .await?;
        self.check("events", report, async |report| {
            checks::websocket(connection, &modules, files, report).await
        })
        .await?;
        self.check("recordings", report, async |report| {
            checks::recordings(connection, report).await
        })
        .await?;
        self.check("sessions", report, async |report| {
            checks::sessions(connection, report).await
        })
        .await?;
        self.check("clock", report, async |report| {
            checks::clock(connection, version, report).await
        })
        .await
    }

    /// Runs a check with the timeout.
    async fn check<T: Default>(
        &self,
        name: &str,
        report: &mut Report,
        check: impl AsyncFnOnce(&mut Report) -> Result<T, CliError>,
    ) -> Result<T, CliError> {
        report.begin(name);
        // Requests have the same timeout, and their errors are more detailed.
        let limit = self.limit + Duration::from_millis(500);
        match tokio::time::timeout(limit, check(report)).await {
            Ok(done) => done,
            Err(_) => {
                let found = format!("not finished within {} s", self.limit.as_secs());
                let advice = "Asterisk is overloaded or hangs: check `core show channels` and `core show \
                              taskprocessors` on its\nconsole.";
                report.add(CheckResult::Bad, name, found, advice)?;
                Ok(T::default())
            }
        }
    }
}
