//! Making the connection of a command.

use std::time::Duration;

use ari_api::runtime::ClientBuilder;

use crate::failure::Failure;
use crate::registration::TakeOver;
use crate::seen::{Link, SeenClient};
use crate::settings::{Global, Settings};
use crate::transport::CommandTransport;
use crate::verbose::Verbose;

/// The connection that the options ask for. Nothing is sent yet.
pub(crate) fn open(global: &Global) -> Result<Link, Failure> {
    open_as(global, TakeOver::Refused)
}

/// The same of a command that is connected as an application.
pub(crate) fn open_as(global: &Global, take_over: TakeOver) -> Result<Link, Failure> {
    build(&Settings::find(global)?, global, take_over)
}

pub(crate) fn build(
    settings: &Settings,
    global: &Global,
    take_over: TakeOver,
) -> Result<Link, Failure> {
    let mut builder = ClientBuilder::<SeenClient>::new(&settings.url)
        .credentials(&settings.user, settings.password.as_str());
    if let Some(file) = &settings.ca_file {
        builder = builder.add_root_certificate(file);
    }
    builder = builder
        .timeout(limit(global))
        .connect_timeout(connect_limit(global));
    let verbose = global.verbose.then(|| Verbose::new(&settings.url));
    let http = builder.http_transport()?;
    let transport = CommandTransport::new(http, verbose, take_over, connect_limit(global));
    Ok(builder.build_with_transport(transport).0)
}

/// Returns the request timeout. Some operations wait until a running playback has ended.
pub(crate) fn limit(global: &Global) -> Duration {
    Duration::from_secs(global.within.unwrap_or(120).into())
}

/// Returns the timeout for connecting.
pub(crate) fn connect_limit(global: &Global) -> Duration {
    limit(global).min(Duration::from_secs(10))
}
