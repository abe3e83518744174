//! `ari events`: the events of applications as they come.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Duration;

use ari_api::runtime::{Call, EventStream};
use ari_api::{Error, Event, operations};
use clap::Args;
use clap::builder::{PossibleValue, TypedValueParser};
use serde_json::{Value, json};

use crate::failure::{Failure, complain};
use crate::interrupt::Interrupt;
use crate::line::{Lines, told, told_time};
use crate::output::{Output, stdout};
use crate::seen::{Applications, Link, Seen};
use crate::settings::Global;
use crate::{arguments, link, operation};

/// Watch the events of applications, one a line, until Ctrl-C.
///
/// Connecting makes the applications exist: calls can be sent to them from then on. A program that
/// is already connected under such a name loses it to this command.
#[derive(Args, Clone, Debug)]
pub(crate) struct Watch {
    /// Names of the applications.
    #[arg(required = true, value_name = "APP")]
    applications: Vec<String>,
    /// Show only events of this type, such as StasisStart; may be given again.
    #[arg(long = "type", value_name = "TYPE", value_parser = EventType, hide_possible_values = true)]
    types: Vec<String>,
    /// Show only events of this channel, and subscribe the applications to it.
    #[arg(long, value_name = "ID")]
    channel: Option<String>,
    /// Get the events of everything on the server.
    #[arg(long)]
    subscribe_all: bool,
    /// Print the messages as they arrive, and nothing else.
    #[arg(long, conflicts_with = "fields")]
    raw: bool,
}

/// The type of an event, in letters of either case. A newer Asterisk may have further ones.
#[derive(Clone)]
struct EventType;

impl TypedValueParser for EventType {
    type Value = String;

    fn parse_ref(
        &self,
        _: &clap::Command,
        _: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        let given = value.to_string_lossy().into_owned();
        let mut known = Event::KINDS.iter();
        let known = known.find(|kind| kind.eq_ignore_ascii_case(&given));
        Ok(known.map_or(given, |kind| (*kind).to_owned()))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Event::KINDS.iter().map(PossibleValue::new)))
    }
}

impl Watch {
    /// What the operation `eventWebsocket` asks for.
    pub(crate) fn of_call(call: &Call) -> Self {
        let query = |name| {
            let mut query = call.query().iter();
            query
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.as_str())
        };
        let names = query("app").unwrap_or_default().split(',');
        Watch {
            applications: names.map(str::to_owned).collect(),
            types: Vec::new(),
            channel: None,
            subscribe_all: query("subscribeAll") == Some("true"),
            raw: false,
        }
    }

    fn wants(&self, seen: &Seen) -> bool {
        if let Seen::Connection(_) = seen {
            return true;
        }
        let type_fits = self.types.is_empty() || self.types.iter().any(|kind| kind == seen.kind());
        type_fits
            && self
                .channel
                .as_ref()
                .is_none_or(|channel| seen.is_about(channel))
    }
}

pub(crate) async fn run(
    mut watch: Watch,
    global: &Global,
    interrupt: &mut Interrupt,
) -> Result<(), Failure> {
    if let (Some(release), true) = (global.release, watch.subscribe_all) {
        let all = [("subscribeAll", Value::from(true))];
        arguments::check(&operations::events::EVENT_WEBSOCKET, &all, release)?;
    }
    for kind in &watch.types {
        if !Event::KINDS.contains(&kind.as_str()) {
            complain(format!(
                "no event is called {kind:?} in the releases that this command knows; it waits for \
                 it all the same"
            ));
        }
    }
    if watch.applications.iter().any(String::is_empty) {
        return Err(Failure::usage(
            "an application has a name: give one, such as `ari events hello`",
        ));
    }
    let link = link::open(global)?;
    let mut printer = Printer::new(global, watch.raw);
    // Asterisk would tell that the second of two same ones takes over the first.
    let mut names = BTreeSet::new();
    watch.applications.retain(|name| names.insert(name.clone()));
    printer.lines.name(&watch.applications);
    let request = Applications::new(&watch.applications, watch.subscribe_all);
    let connecting = async {
        printer.learn(&link).await?;
        Ok(link.connect(&request).await?)
    };
    let mut events = interrupt.or(connecting).await?;
    let subscribing = async {
        if let Some(channel) = &watch.channel {
            subscribe(&link, &watch, channel, global).await;
        }
        Ok(())
    };
    let result = match interrupt.or(subscribing).await {
        Ok(()) => tokio::select! {
            result = follow(&mut events, &watch, &mut printer) => result,
            // The usual way to end it.
            _ = interrupt.next() => Ok(()),
        },
        Err(_) => Ok(()),
    };
    // The server hears of the end at once, and forgets the applications.
    interrupt.briefly(link.close(Duration::from_secs(1))).await;
    result
}

async fn follow(
    events: &mut EventStream<Seen>,
    watch: &Watch,
    printer: &mut Printer,
) -> Result<(), Failure> {
    let mut replaced = None;
    while let Some(event) = events.next().await {
        match event {
            Ok(seen) => {
                if seen.kind() == "ApplicationReplaced" {
                    replaced = seen.json()["application"].as_str().map(str::to_owned);
                }
                if watch.wants(&seen) {
                    printer.show(&seen)?;
                }
            }
            Err(error @ Error::Disconnected { .. }) => {
                return Err(match replaced {
                    Some(name) => Failure::other(format!(
                        "another client has taken the application {name:?} over; choose another \
                         name, or stop that client"
                    )),
                    None => error.into(),
                });
            }
            Err(error) => complain(error.to_string()),
        }
    }
    Ok(())
}

/// A channel that does not exist yet may be in the applications later.
async fn subscribe(link: &Link, watch: &Watch, channel: &str, global: &Global) {
    for name in &watch.applications {
        let arguments = [
            ("applicationName", Value::from(name.as_str())),
            ("eventSource", Value::from(format!("channel:{channel}"))),
        ];
        let result = operation::value(link, &operations::applications::SUBSCRIBE, &arguments).await;
        if let Err(error) = result {
            let why = Failure::from(error).words(global);
            complain(format!("{name} is not subscribed to the channel: {why}"));
        }
    }
}

/// Prints events, in one of several ways.
pub(crate) struct Printer {
    output: Output,
    raw: bool,
    lines: Lines,
}

impl Printer {
    pub(crate) fn new(global: &Global, raw: bool) -> Self {
        Printer {
            output: Output::new(global),
            raw,
            lines: Lines::default(),
        }
    }

    /// Learns the server's time zone, where lines need it.
    async fn learn(&mut self, link: &Link) -> Result<(), Failure> {
        if !self.raw && !self.output.json {
            let only = [("only", json!(["status"]))];
            let info = operation::value(link, &operations::asterisk::GET_INFO, &only).await?;
            self.lines.learn(told_time(&info));
        }
        Ok(())
    }

    pub(crate) fn show(&mut self, seen: &Seen) -> Result<(), Failure> {
        let mut out = stdout();
        match seen {
            Seen::Event { raw, .. } if self.raw => writeln!(out, "{raw}")?,
            Seen::Connection(event) if self.raw => {
                complain(match told(event) {
                    what if what.is_empty() => event.kind().to_owned(),
                    what => format!("{}: {what}", event.kind()),
                });
            }
            _ if self.output.json => return self.output.print_line(&seen.json()),
            Seen::Event { .. } if self.output.chooses() => {
                writeln!(out, "{}", self.output.texts(&seen.json()).join("  "))?;
            }
            _ => writeln!(out, "{}", self.lines.line(seen))?,
        }
        Ok(out.flush()?)
    }
}
