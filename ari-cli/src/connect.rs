//! The connection of a command to a server.

use ari_api::client::{ApiClient, ClientBuilder};
use ari_api::traffic::Recorder;
use ari_api::transport::Transport;

use crate::connection_options::ConnectionOptions;
use crate::error::CliError;
use crate::event::{CommandClient, CommandConnection};
use crate::global_options::GlobalOptions;
use crate::registration::TakeOver;
use crate::transport::CommandTransport;
use crate::verbose::Verbose;

/// Returns the connection for the options. Nothing is sent yet.
pub(crate) fn open(global: &GlobalOptions) -> Result<CommandConnection, CliError> {
    open_as(global, TakeOver::Refused)
}

/// Returns the connection of a command that connects as an application.
pub(crate) fn open_as(
    global: &GlobalOptions,
    take_over: TakeOver,
) -> Result<CommandConnection, CliError> {
    build(&ConnectionOptions::find(global)?, global, take_over)
}

pub(crate) fn build(
    settings: &ConnectionOptions,
    global: &GlobalOptions,
    take_over: TakeOver,
) -> Result<CommandConnection, CliError> {
    Ok(build_client::<CommandClient>(settings, global, take_over)?.0)
}

fn builder<C: ApiClient>(settings: &ConnectionOptions, global: &GlobalOptions) -> ClientBuilder<C> {
    let mut builder = ClientBuilder::<C>::new(&settings.url)
        .credentials(&settings.user, settings.password.as_str());
    if let Some(file) = &settings.ca_file {
        builder = builder.add_root_certificate(file);
    }
    builder
        .timeout(global.request_timeout())
        .connect_timeout(global.connect_timeout())
}

/// Returns a transport that passes requests on without looking at them.
#[cfg(feature = "gateway")]
pub(crate) fn http_transport(
    settings: &ConnectionOptions,
    global: &GlobalOptions,
) -> Result<ari_api::transport::HttpTransport, CliError> {
    Ok(builder::<CommandClient>(settings, global).http_transport()?)
}

/// Returns a client of any bindings.
pub(crate) fn build_client<C: ApiClient>(
    settings: &ConnectionOptions,
    global: &GlobalOptions,
    take_over: TakeOver,
) -> Result<C, CliError> {
    let builder = builder::<C>(settings, global);
    let transport = transport(&builder, settings, global, take_over)?;
    Ok(builder.build_with_transport(transport))
}

/// Returns the connection of a command that needs its own traffic.
#[cfg(feature = "explore")]
pub(crate) fn build_recorded(
    settings: &ConnectionOptions,
    global: &GlobalOptions,
    take_over: TakeOver,
    log: &ari_api::traffic::TrafficLog,
) -> Result<CommandConnection, CliError> {
    let builder = builder::<CommandClient>(settings, global);
    let transport = transport(&builder, settings, global, take_over)?;
    let transport = Recorder::new(transport, &settings.url, log);
    Ok(builder.build_with_transport(transport).0)
}

fn transport<C: ApiClient>(
    builder: &ClientBuilder<C>,
    settings: &ConnectionOptions,
    global: &GlobalOptions,
    take_over: TakeOver,
) -> Result<CommandTransport, CliError> {
    let verbose = global.verbose.then(|| Verbose::new(&settings.url));
    let http: Box<dyn Transport> = match &global.session {
        Some(session) => Box::new(session.http_transport(|| builder.http_transport())?),
        None => Box::new(builder.http_transport()?),
    };
    let http: Box<dyn Transport> = match &global.traffic {
        Some(log) => Box::new(Recorder::new(http, &settings.url, log)),
        None => http,
    };
    Ok(CommandTransport::new(
        http,
        verbose,
        take_over,
        global.connect_timeout(),
    ))
}
