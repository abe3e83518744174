//! `ari doctor`: what stands between this machine and a working ARI, and what to change where.

mod checks;
mod reach;
mod report;

use std::time::Duration;

use ari_api::operations::asterisk;
use clap::Args;

use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::Output;
use crate::seen::Link;
use crate::settings::{Global, Settings};
use crate::{link, operation};
use report::{Report, State};

/// Check everything that a connection needs, and tell what to change in which file.
///
/// Nothing is changed: an application of its own is connected for a moment, and one request asks to
/// stop a playback that does not exist. Exits with 7 where there is a problem; warnings alone are
/// no failure, as whoever does not need something may do without.
#[derive(Args, Clone, Debug)]
pub(crate) struct Doctor {
    /// Exit with 7 after a warning, too.
    #[arg(long)]
    strict: bool,
}

pub(crate) async fn run(
    doctor: Doctor,
    global: &Global,
    interrupt: &mut Interrupt,
) -> Result<(), Failure> {
    let settings = Settings::find(global)?;
    let link = link::build(&settings, global)?;
    let mut report = Report::new(Output::new(global));
    let examined = interrupt.or(examine(&settings, &link, &mut report)).await;
    interrupt.briefly(link.close(Duration::from_secs(1))).await;
    examined?;
    report.end(doctor.strict)
}

async fn examine(settings: &Settings, link: &Link, report: &mut Report) -> Result<(), Failure> {
    let info = match operation::value(link, &asterisk::GET_INFO, &[]).await {
        Ok(info) if info["system"]["version"].is_string() => info,
        Ok(_) => return reach::not_asterisk(settings, report),
        Err(error) => return reach::unreachable(settings, &error, report),
    };
    let url = &settings.url;
    report.tell(State::Good, "server", format!("{url} answers"), "")?;
    reach::encryption(url, report)?;
    let user = format!("{} may log in", settings.user);
    report.tell(State::Good, "credentials", user, "")?;
    let version = checks::release(link, &info, report).await?;
    checks::writing(settings, link, report).await?;
    checks::websocket(link, report).await?;
    checks::modules(link, version, report).await?;
    checks::sessions(link, report).await?;
    checks::clock(link, version, report).await
}
