//! `ari wait`: waits for an event, for a state of an object, or for the server.

mod event;
mod limit;
mod object;
mod server;

use clap::{Args, Subcommand};

use crate::error::CliError;
use crate::global_options::GlobalOptions;
use crate::signals::Signals;
use crate::wait::limit::Limit;

/// Wait for an event, for a state of an object, or until the server is ready.
///
/// The command subscribes, then reads the state, and then waits, so that it misses no change. It prints the event, or the object in its new state. The exit code is 0 when the wait is
/// over, 8 if --timeout has elapsed, and 3 if the object no longer exists, so that the state cannot
/// come.
#[derive(Args, Clone, Debug)]
#[command(arg_required_else_help = true)]
pub(crate) struct Wait {
    #[command(subcommand)]
    subject: Subject,
}

#[derive(Clone, Debug, Subcommand)]
enum Subject {
    /// Wait for an event.
    ///
    /// With --app the command connects as an application, as `ari events` does. Otherwise a temporary
    /// application is subscribed to the whole server, or to --channel, as that of `ari watch` is.
    /// StasisStart and StasisEnd need --app, because Asterisk only sends them to the application.
    Event {
        #[command(flatten)]
        event: event::EventArguments,
        #[command(flatten)]
        limit: Limit,
    },
    /// Wait for a state of a channel.
    Channel {
        #[command(flatten)]
        channel: object::ChannelArguments,
        #[command(flatten)]
        limit: Limit,
    },
    /// Wait for a number of channels in a bridge, or for its end.
    Bridge {
        #[command(flatten)]
        bridge: object::BridgeArguments,
        #[command(flatten)]
        limit: Limit,
    },
    /// Wait for a state of an endpoint.
    Endpoint {
        #[command(flatten)]
        endpoint: object::EndpointArguments,
        #[command(flatten)]
        limit: Limit,
    },
    /// Wait until the server responds and is fully booted. It may not even run yet.
    Server {
        #[command(flatten)]
        limit: Limit,
    },
}

pub(crate) async fn run(
    wait: Wait,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    match wait.subject {
        Subject::Event { event, limit } => event::run(&event, &limit, global, signals).await,
        Subject::Channel { channel, limit } => {
            object::run(&channel.into(), &limit, global, signals).await
        }
        Subject::Bridge { bridge, limit } => {
            object::run(&bridge.into(), &limit, global, signals).await
        }
        Subject::Endpoint { endpoint, limit } => {
            object::run(&endpoint.into(), &limit, global, signals).await
        }
        Subject::Server { limit } => server::run(&limit, global, signals).await,
    }
}
