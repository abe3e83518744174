//! `ari doctor`: what stands between this machine and a working ARI, and what to change where.

mod checks;
mod files;
mod reach;
mod report;

use std::path::PathBuf;
use std::time::Duration;

use ari_api::operations::asterisk;
use clap::Args;

use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::Output;
use crate::registration::TakeOver;
use crate::seen::Link;
use crate::settings::{Global, Settings};
use crate::{link, operation};
use files::Files;
use report::{Report, State};

/// Check everything that a connection needs, and tell what to change in which file.
///
/// Nothing is changed: an application of its own is connected for a moment, and one request asks to
/// stop a playback that does not exist. Exits with 7 where there is a problem; warnings alone are
/// no failure, as whoever does not need something may do without. Each check takes 10 s at most, or
/// what --within says if that is less.
#[derive(Args, Clone, Debug)]
pub(crate) struct Doctor {
    /// Exit with 7 after a warning, too.
    #[arg(long)]
    strict: bool,
    /// Folder of Asterisk's configuration, whose ari.conf and asterisk.conf are looked at, too;
    /// /etc/asterisk, if it can be read and the address is of this machine.
    #[arg(long, value_name = "FOLDER")]
    etc: Option<PathBuf>,
}

/// Fields of what `--json` prints of each check.
const FIELDS: &[&str] = &["check", "state", "found", "advice"];

/// Seconds that a check may take.
const LIMIT: u32 = 10;

pub(crate) async fn run(
    doctor: Doctor,
    global: &Global,
    interrupt: &mut Interrupt,
) -> Result<(), Failure> {
    let output = Output::of_own(global, FIELDS)?;
    let settings = Settings::find(global)?;
    let limit = global.within.unwrap_or(LIMIT).min(LIMIT);
    let mut global = global.clone();
    global.within = Some(limit);
    let global = &global;
    let link = link::build(&settings, global, TakeOver::Refused)?;
    let files = Files::find(doctor.etc.as_deref(), &settings.url);
    let examination = Examination {
        settings: &settings,
        link: &link,
        files: files.as_ref(),
        limit: Duration::from_secs(limit.into()),
    };
    let mut report = Report::new(output);
    let examined = interrupt.or(examination.run(&mut report)).await;
    interrupt.briefly(link.close(Duration::from_secs(1))).await;
    examined?;
    report.end(doctor.strict)
}

struct Examination<'a> {
    settings: &'a Settings,
    link: &'a Link,
    files: Option<&'a Files>,
    limit: Duration,
}

impl Examination<'_> {
    async fn run(&self, report: &mut Report) -> Result<(), Failure> {
        let (settings, link, files) = (self.settings, self.link, self.files);
        if let Some(files) = files {
            files.check(settings, report)?;
        }
        report.begin("server");
        let info = match operation::value(link, &asterisk::GET_INFO, &[]).await {
            Ok(info) if info["system"]["version"].is_string() => info,
            Ok(_) => return reach::not_asterisk(settings, report),
            Err(error) => {
                let problem = reach::problem(settings, &error, self.limit).await;
                return reach::unreachable(settings, &error, problem, report);
            }
        };
        let url = &settings.url;
        report.tell(State::Good, "server", format!("{url} answers"), "")?;
        reach::encryption(url, report)?;
        let user = format!("{} may log in", settings.user);
        report.tell(State::Good, "credentials", user, "")?;
        let version = self
            .check("release", report, async |report| {
                checks::release(link, &info, report).await
            })
            .await?;
        self.check("writing", report, async |report| {
            checks::writing(settings, link, report).await
        })
        .await?;
        let modules = self
            .check("modules", report, async |report| {
                let modules = checks::list_modules(link, report).await?;
                checks::modules(&modules, version, files, report)?;
                Ok(modules)
            })
            .await?;
        self.check("events", report, async |report| {
            checks::websocket(link, &modules, files, report).await
        })
        .await?;
        self.check("recordings", report, async |report| {
            checks::recordings(link, report).await
        })
        .await?;
        self.check("sessions", report, async |report| {
            checks::sessions(link, report).await
        })
        .await?;
        self.check("clock", report, async |report| {
            checks::clock(link, version, report).await
        })
        .await
    }

    /// Does a check, for so long at most.
    async fn check<T: Default>(
        &self,
        name: &str,
        report: &mut Report,
        check: impl AsyncFnOnce(&mut Report) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        report.begin(name);
        // Requests end after the same time, and say more of why.
        let limit = self.limit + Duration::from_millis(500);
        match tokio::time::timeout(limit, check(report)).await {
            Ok(done) => done,
            Err(_) => {
                let found = format!("not done within {} s", self.limit.as_secs());
                let advice = "Asterisk is overloaded or hangs: `core show channels` and `core show \
                              taskprocessors` on its\nconsole show more.";
                report.tell(State::Bad, name, found, advice)?;
                Ok(T::default())
            }
        }
    }
}
