//! A call that is followed live.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::{Duration, Instant, SystemTime};

use ari_api::operations::{bridges, channels};
use ari_api::{Error, Timestamp};
use serde_json::{Value, json};

use crate::api_request;
use crate::error::CliError;
use crate::event::{CommandConnection, CommandEvent};
use crate::event_line::describe_connection_event;
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::signals::Signals;
use crate::temp_app::{self, TempApp};
use crate::terminal::{print_error, stdout};
use crate::trace::graph::{CallGraph, select};
use crate::trace::object::{Object, ObjectKind};
use crate::trace::print::{Labels, describe_leg, format_entry};
use crate::trace::timeline::{Entry, EntryKind, describe_event};
use crate::{connect, reader};

/// A call that is followed.
struct LiveTrace<'a> {
    connection: &'a CommandConnection,
    output: &'a Output,
    graph: CallGraph,
    start: Object,
    /// The objects that events are subscribed to.
    followed: BTreeSet<Object>,
    ended: BTreeSet<Object>,
    labels: Labels,
    began: Instant,
}

pub(crate) async fn run(
    call: &str,
    global: &GlobalOptions,
    output: &Output,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let connection = connect::open(global)?;
    let starting = async {
        let mut graph = CallGraph::default();
        let no_arguments: [(&str, Value); 0] = [];
        for list in [&channels::LIST, &bridges::LIST] {
            let found = api_request::execute(&connection, list, &no_arguments).await?;
            graph.apply_response(&found);
        }
        let start = graph
            .find(call)
            .ok_or_else(|| CliError::not_found("channel", call))?
            .object;
        let source = match start.kind() {
            ObjectKind::Channel => ("channel", start.id()),
            ObjectKind::Bridge => ("bridge", start.id()),
        };
        let app = temp_app::subscribe_objects(&connection, &[source]).await?;
        Ok((app, graph, start))
    };
    let (mut app, graph, start) = signals.run_until_signal(starting).await?;
    let mut trace = LiveTrace {
        connection: &connection,
        output,
        graph,
        followed: BTreeSet::from([start.clone()]),
        start,
        ended: BTreeSet::new(),
        labels: Labels::default(),
        began: Instant::now(),
    };
    let result = tokio::select! {
        result = trace.follow(&mut app) => result,
        error = reader::wait_closed() => Err(error),
        _ = signals.next() => Ok(()),
    };
    let ending = async {
        app.close(&connection).await;
        connection.close(Duration::from_secs(1)).await;
    };
    signals.run_cleanup(ending).await;
    result
}

impl LiveTrace<'_> {
    /// Prints the events of the call until its last channel has ended.
    async fn follow(&mut self, app: &mut TempApp) -> Result<(), CliError> {
        let start = self.start.clone();
        self.print_object(&start)?;
        self.follow_new(app).await?;
        while let Some(event) = app.events.next().await {
            match event {
                Ok(event) => self.apply(&event)?,
                Err(error @ Error::Disconnected { .. }) => return Err(error.into()),
                Err(error) => print_error(error.to_string()),
            }
            self.follow_new(app).await?;
            let followed = self.followed.iter();
            let channels: Vec<_> = followed.filter(|object| object.is_channel()).collect();
            if !channels.is_empty() && channels.iter().all(|object| self.ended.contains(*object)) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Subscribes to the objects that belong to the call and are not followed yet.
    async fn follow_new(&mut self, app: &mut TempApp) -> Result<(), CliError> {
        loop {
            let related = self.graph.related(&self.start);
            let mut new = related.into_iter().filter(|object| {
                !self
                    .followed
                    .iter()
                    .any(|known| known.has_same_label(object))
            });
            let Some(object) = new.next() else {
                return Ok(());
            };
            let id = object.id();
            let (source, operation, parameter) = match object.kind() {
                ObjectKind::Channel => (format!("channel:{id}"), &channels::GET, "channelId"),
                ObjectKind::Bridge => (format!("bridge:{id}"), &bridges::GET, "bridgeId"),
            };
            match app.subscribe(self.connection, source).await {
                Ok(()) => {}
                // It has ended already.
                Err(error) if matches!(error.status(), Some(404 | 422)) => {
                    self.ended.insert(object.clone());
                }
                Err(error) => return Err(error.into()),
            }
            self.followed.insert(object.clone());
            // A bridge may have had further channels before.
            let arguments = [(parameter, Value::from(object.id()))];
            match api_request::execute(self.connection, operation, &arguments).await {
                Ok(found) => drop(self.graph.apply_response(&found)),
                Err(error) if error.status() == Some(404) => {
                    self.ended.insert(object.clone());
                }
                Err(error) => return Err(error.into()),
            }
            self.print_object(&object)?;
        }
    }

    fn apply(&mut self, event: &CommandEvent) -> Result<(), CliError> {
        let value = event.json();
        let (objects, kind, is_problem) = match event {
            CommandEvent::Connection(event) => {
                let text = format!("{} {}", event.name(), describe_connection_event(event));
                let is_problem = event.name() != "Connected";
                (Vec::new(), EntryKind::Connection(text), is_problem)
            }
            CommandEvent::Event { kind, .. } => {
                let objects = self.graph.apply_event(&value);
                if matches!(kind.as_str(), "ChannelDestroyed" | "BridgeDestroyed") {
                    self.ended.extend(objects.first().cloned());
                }
                let cause = value["cause"].as_i64().unwrap_or_default();
                let is_problem = kind == "ChannelDestroyed" && !matches!(cause, 0 | 16 | 26);
                // A bridge may have channels of other calls later.
                let selected = select(&objects, &self.graph.related(&self.start));
                if selected.is_empty() && !objects.is_empty() {
                    return Ok(());
                }
                let details = describe_event(kind, &value).trim().to_owned();
                let kind = kind.clone();
                (selected, EntryKind::Event { kind, details }, is_problem)
            }
        };
        let entry = Entry {
            line: 0,
            at: self.began.elapsed(),
            time: Timestamp::from(SystemTime::now()).to_string(),
            objects,
            kind,
            is_problem,
        };
        if self.output.json {
            let mut value = entry.to_json(Duration::ZERO);
            value["line"] = Value::Null;
            return self.output.print_line(&value);
        }
        let line = format_entry(&entry, Duration::ZERO, &mut self.labels);
        self.print(&line)
    }

    /// Introduces an object of the call.
    fn print_object(&mut self, object: &Object) -> Result<(), CliError> {
        let label = self.labels.label(object);
        let id = object.id();
        match object.kind() {
            ObjectKind::Channel => {
                let leg = self.graph.legs.get(object).cloned().unwrap_or_default();
                if self.output.json {
                    let value = json!({"channel": id, "name": leg.name, "caller": leg.caller});
                    return self.output.print_line(&value);
                }
                self.print(&format!("  {label:<3}{}", describe_leg(id, &leg)))
            }
            ObjectKind::Bridge if self.output.json => {
                self.output.print_line(&json!({"bridge": id}))
            }
            ObjectKind::Bridge => {
                let id = crate::text::escape_control(id);
                self.print(&format!("  {label:<3}bridge {id}"))
            }
        }
    }

    fn print(&self, line: &str) -> Result<(), CliError> {
        let mut out = stdout();
        writeln!(out, "{line}")?;
        Ok(out.flush()?)
    }
}
