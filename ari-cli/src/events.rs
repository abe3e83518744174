//! `ari events`: live events of applications.

use std::collections::BTreeSet;
use std::time::Duration;

use ari_api::client::ParamValue;
use ari_api::stream::EventStream;
use ari_api::transport::Request;
use ari_api::{Error, operations};
use clap::Args;
use serde_json::Value;

use crate::error::{CliError, ErrorKind};
use crate::event::{ApplicationSocketRequest, CommandConnection, CommandEvent};
use crate::event_filter::Filter;
use crate::global_options::GlobalOptions;
use crate::printer::{Printer, unparsed};
use crate::registration::{self, TakeOver};
use crate::signals::Signals;
use crate::terminal::print_error;
use crate::{arguments, connect, reader, subscriptions};

/// Connect as applications, and print their events, one per line, until Ctrl-C.
///
/// Connecting registers the applications, so that calls can be sent to them. This command refuses a
/// name that is already registered, because Asterisk would disconnect the program that is connected
/// as it. `ari watch` prints events without being an application. When the connection was lost, this
/// command ends if another program has registered the application since. It also ends if the
/// application has calls or subscriptions: Asterisk keeps it then, and does not tell whether a program
/// is connected as it. With --take-over it reconnects in any case. If two clients connect at the same
/// instant, the later one gets the application, and the earlier one ends with an error.
#[derive(Args, Clone, Debug)]
pub(crate) struct Events {
    /// Names of the applications.
    #[arg(required = true, value_name = "APP")]
    applications: Vec<String>,
    /// Take over applications from the programs that are connected as them, which then receive no
    /// further events.
    #[arg(long)]
    take_over: bool,
    /// Print only events of this channel, and subscribe the applications to it.
    #[arg(long, value_name = "ID")]
    channel: Option<String>,
    /// Subscribe the applications to everything on the server.
    #[arg(long)]
    subscribe_all: bool,
    #[command(flatten)]
    filter: Filter,
}

impl Events {
    /// Returns the settings of a request of the operation `eventWebsocket`.
    pub(crate) fn from_request(request: &Request, take_over: bool) -> Self {
        let names = request.texts("app").into_iter();
        Events {
            applications: names.map(str::to_owned).collect(),
            take_over,
            channel: None,
            subscribe_all: request.argument("subscribeAll") == Some(&ParamValue::Boolean(true)),
            filter: Filter::default(),
        }
    }

    /// Returns the event sources that this command subscribes the applications to. An application
    /// that is taken over keeps the subscriptions that it has, and does not get `subscribeAll`.
    fn own_sources(&self) -> Vec<String> {
        let channel = self.channel.iter().map(|id| format!("channel:{id}"));
        let all = subscriptions::ALL.iter().map(|source| (*source).to_owned());
        channel
            .chain(all.filter(|_| self.subscribe_all && !self.take_over))
            .collect()
    }

    fn reconnects(&self) -> TakeOver {
        match self.take_over {
            true => TakeOver::Allowed,
            false => TakeOver::Refused,
        }
    }

    fn matches(&self, event: &CommandEvent) -> bool {
        let channel_fits = || {
            let channel = self.channel.as_ref();
            channel.is_none_or(|channel| event.is_about(channel))
        };
        self.filter.matches(event)
            && (matches!(event, CommandEvent::Connection(_)) || channel_fits())
    }
}

pub(crate) async fn run(
    mut events: Events,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    if let (Some(release), true) = (global.release, events.subscribe_all) {
        let all = [("subscribeAll", Value::from(true))];
        arguments::check(&operations::events::EVENT_WEBSOCKET, &all, release)?;
    }
    if events.applications.iter().any(String::is_empty) {
        return Err(CliError::usage(
            "an application name is empty: give one, such as `ari events hello`",
        ));
    }
    events.filter.check_fields(&global.fields)?;
    let connection = connect::open_as(global, events.reconnects())?;
    let mut printer = Printer::new(global, events.filter.raw);
    // Asterisk would report that the second of two equal names takes over the first.
    let mut names = BTreeSet::new();
    events
        .applications
        .retain(|name| names.insert(name.clone()));
    printer.lines.name(&events.applications);
    let request = ApplicationSocketRequest::new(&events.applications, events.subscribe_all);
    let connecting = async {
        events.filter.check_types(&connection).await?;
        printer.fetch_time_zone(&connection).await?;
        // Last, so that another client has as little time as possible to connect in between.
        if !events.take_over {
            for name in &events.applications {
                refuse_registered(&connection, name).await?;
            }
        }
        Ok(connection.connect(&request).await?)
    };
    let mut stream = signals.run_until_signal(connecting).await?;
    let subscribing = async {
        match &events.channel {
            Some(channel) => subscribe(&connection, &events.applications, channel).await,
            None => Ok(()),
        }
    };
    let result = match signals.run_until_signal(subscribing).await {
        Ok(()) => {
            let wants = |event: &CommandEvent| events.matches(event);
            until_end(&mut stream, wants, &mut printer, signals).await
        }
        // The usual way to end the command.
        Err(error) if matches!(error.kind, ErrorKind::Interrupted(_)) => Ok(()),
        Err(error) => Err(error),
    };
    // After any other error the stream has ended, and the applications may be another client's.
    let is_connected = match &result {
        Ok(()) => true,
        Err(error) => error.kind == ErrorKind::OutputClosed,
    };
    let ending = async {
        if is_connected {
            let sources = events.own_sources();
            for name in &events.applications {
                subscriptions::unsubscribe(&connection, name, &sources).await;
            }
        }
        connection.close(Duration::from_secs(1)).await;
    };
    signals.run_cleanup(ending).await;
    result
}

/// Fails if an application is registered.
pub(crate) async fn refuse_registered(
    connection: &CommandConnection,
    name: &str,
) -> Result<(), CliError> {
    match registration::find_in_use(connection, name).await? {
        Some(found) => Err(CliError::new(
            ErrorKind::Response,
            registration::already_registered(name, &found),
        )),
        None => Ok(()),
    }
}

/// Prints the matching events of a stream until the stream ends, the reader of the output closes it,
/// or a signal arrives, which is the usual way to end the command.
pub(crate) async fn until_end(
    stream: &mut EventStream<CommandEvent>,
    wants: impl Fn(&CommandEvent) -> bool,
    printer: &mut Printer,
    signals: &mut Signals,
) -> Result<(), CliError> {
    tokio::select! {
        result = follow(stream, wants, printer) => result,
        error = reader::wait_closed() => Err(error),
        _ = signals.next() => Ok(()),
    }
}

async fn follow(
    stream: &mut EventStream<CommandEvent>,
    wants: impl Fn(&CommandEvent) -> bool,
    printer: &mut Printer,
) -> Result<(), CliError> {
    let mut replaced = None;
    while let Some(event) = stream.next().await {
        match event {
            Ok(event) => {
                if event.event_type() == "ApplicationReplaced" {
                    replaced = event.json()["application"].as_str().map(str::to_owned);
                }
                if wants(&event) {
                    printer.print(&event)?;
                }
            }
            Err(error @ Error::Disconnected { .. }) => {
                return Err(match replaced {
                    Some(name) => CliError::other(format!(
                        "another client took over the application {name:?}: use another name, or \
                         stop that client"
                    )),
                    None => error.into(),
                });
            }
            // The type is unknown, so it may be one of the selected types.
            Err(Error::Decode(error)) => unparsed(&error.subject, &error.raw, &error.source)?,
            Err(error) => print_error(error.to_string()),
        }
    }
    Ok(())
}

/// Subscribes the applications to a channel.
async fn subscribe(
    connection: &CommandConnection,
    names: &[String],
    channel: &str,
) -> Result<(), CliError> {
    for name in names {
        match subscriptions::subscribe(connection, name, &[format!("channel:{channel}")]).await {
            Ok(_) => {}
            // Asterisk responds this for objects that it cannot find.
            Err(error) if matches!(error.status(), Some(404 | 422)) => {
                return Err(CliError::not_found("channel", channel));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
