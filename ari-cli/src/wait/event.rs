//! `ari wait event`: waits for an event.

use std::time::Duration;

use ari_api::Error;
use ari_api::stream::EventStream;
use clap::Args;

use crate::connect;
use crate::error::CliError;
use crate::event::{ApplicationSocketRequest, CommandConnection, CommandEvent};
use crate::event_filter::{Condition, Filter};
use crate::events::refuse_registered;
use crate::exec_session::HeldApplication;
use crate::global_options::GlobalOptions;
use crate::printer::Printer;
use crate::registration::TakeOver;
use crate::signals::Signals;
use crate::temp_app::{self, TempApp};
use crate::wait::limit::{Limit, run_limited};

/// The events that Asterisk sends to no other application.
const OWN_EVENTS: [&str; 2] = ["StasisStart", "StasisEnd"];

#[derive(Args, Clone, Debug)]
pub(crate) struct EventArguments {
    /// Type of the event, such as ChannelDestroyed.
    #[arg(id = "types", value_name = "TYPE")]
    kind: String,
    /// Connect as this application, which must not be registered. In the file of `ari exec --app`,
    /// events of its application count from the beginning of the file.
    #[arg(long, value_name = "APP")]
    app: Option<String>,
    /// Only an event of this channel.
    #[arg(long, value_name = "ID")]
    channel: Option<String>,
    /// Only an event whose field has this value, such as channel.caller.number=100; repeatable.
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    conditions: Vec<Condition>,
}

impl EventArguments {
    fn matches(&self, filter: &Filter, event: &CommandEvent) -> bool {
        !matches!(event, CommandEvent::Connection(_))
            && filter.matches(event)
            && self.channel.as_ref().is_none_or(|id| event.is_about(id))
            && (self.conditions.is_empty() || {
                let value = event.json();
                self.conditions
                    .iter()
                    .all(|condition| condition.matches(&value))
            })
    }
}

pub(super) async fn run(
    arguments: &EventArguments,
    limit: &Limit,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let filter = Filter::for_type(&arguments.kind);
    filter.check_fields(&global.fields)?;
    let fields = arguments.conditions.iter();
    let fields: Vec<_> = fields.map(|condition| condition.field.clone()).collect();
    filter.check_fields(&fields)?;
    let held = global.held_application(arguments.app.as_deref());
    let needs_app = OWN_EVENTS
        .iter()
        .find(|kind| kind.eq_ignore_ascii_case(&arguments.kind));
    if let (Some(kind), None, None) = (needs_app, &arguments.app, &held) {
        return Err(CliError::usage(format!(
            "Asterisk sends {kind} only to the application of the channel: give --app NAME"
        )));
    }
    let connection = connect::open_as(global, TakeOver::Refused)?;
    let mut printer = Printer::new(global, false);
    let subscribing = async {
        filter.check_types(&connection).await?;
        printer.fetch_time_zone(&connection).await?;
        match held {
            Some(held) => Ok(Events::Held(held)),
            None => Events::subscribe(arguments, &connection).await,
        }
    };
    let mut events = signals.run_until_signal(subscribing).await?;
    let wants = |event: &CommandEvent| arguments.matches(&filter, event);
    let found = run_limited(limit, signals, events.find(wants)).await;
    let ending = async {
        if let Events::Temporary(app) = events {
            app.close(&connection).await;
        }
        connection.close(Duration::from_secs(1)).await;
    };
    signals.run_cleanup(ending).await;
    let event = found?;
    printer.print(&event)
}

/// The stream that the event is expected in.
enum Events<'a> {
    /// The application of `ari exec`.
    Held(&'a HeldApplication),
    Application(EventStream<CommandEvent>),
    Temporary(TempApp),
}

impl Events<'_> {
    async fn subscribe(
        arguments: &EventArguments,
        connection: &CommandConnection,
    ) -> Result<Self, CliError> {
        let channel = arguments.channel.as_deref();
        Ok(match (&arguments.app, channel) {
            (Some(name), _) => {
                refuse_registered(connection, name).await?;
                let request = ApplicationSocketRequest::new(std::slice::from_ref(name), false);
                Events::Application(connection.connect(&request).await?)
            }
            (None, Some(id)) => {
                Events::Temporary(temp_app::subscribe_channel(connection, id).await?)
            }
            (None, None) => Events::Temporary(temp_app::subscribe_all(connection).await?),
        })
    }

    /// Waits for an event that fits.
    async fn find(
        &mut self,
        wants: impl Fn(&CommandEvent) -> bool,
    ) -> Result<std::sync::Arc<CommandEvent>, CliError> {
        let stream = match self {
            Events::Held(held) => return held.find(wants).await,
            Events::Application(stream) => stream,
            Events::Temporary(app) => &mut app.events,
        };
        loop {
            match stream.next().await {
                Some(Ok(event)) if wants(&event) => return Ok(event),
                Some(Err(error @ Error::Disconnected { .. })) => return Err(error.into()),
                Some(_) => {}
                None => return Err(CliError::other("the stream of events has ended")),
            }
        }
    }
}
