//! `ari wait channel`, `bridge` and `endpoint`: waits for a state of an object.

use std::time::Duration;

use ari_api::Error;
use ari_api::operations::{bridges, channels, endpoints};
use ari_api::schema::Operation;
use clap::{ArgGroup, Args};
use serde_json::Value;

use crate::error::{CliError, ErrorKind};
use crate::event::{CommandConnection, CommandEvent};
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::signals::Signals;
use crate::temp_app::{self, TempApp};
use crate::wait::limit::{Limit, run_limited};
use crate::{api_request, connect};

/// The state of an object that no longer exists.
const GONE: &str = "gone";

#[derive(Args, Clone, Debug)]
pub(crate) struct ChannelArguments {
    /// Id of the channel.
    channel: String,
    /// State to wait for. `gone` is the end of the channel.
    #[arg(long, value_parser = [
        "Down", "Rsrvd", "OffHook", "Dialing", "Ring", "Ringing", "Up", "Busy", "Dialing Offhook",
        "Pre-ring", GONE,
    ], ignore_case = true)]
    state: String,
}

#[derive(Args, Clone, Debug)]
#[command(group = ArgGroup::new("condition").required(true))]
pub(crate) struct BridgeArguments {
    /// Id of the bridge.
    bridge: String,
    /// Number of channels to wait for.
    #[arg(long, value_name = "NUMBER", group = "condition")]
    channels: Option<usize>,
    /// `gone` waits for the end of the bridge.
    #[arg(long, value_parser = [GONE], ignore_case = true, group = "condition")]
    state: Option<String>,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct EndpointArguments {
    /// Endpoint, such as PJSIP/alice.
    #[arg(value_name = "TECHNOLOGY/RESOURCE")]
    endpoint: String,
    /// State to wait for.
    #[arg(long, value_parser = ["online", "offline", "unknown"], ignore_case = true)]
    state: String,
}

/// An object, and the condition to wait for.
pub(super) struct Condition {
    kind: &'static str,
    id: String,
    get: &'static Operation,
    /// The event that ends the object.
    end: Option<&'static str>,
    goal: Goal,
}

enum Goal {
    Gone,
    State(String),
    Channels(usize),
}

impl From<ChannelArguments> for Condition {
    fn from(arguments: ChannelArguments) -> Self {
        Condition {
            kind: "channel",
            id: arguments.channel,
            get: &channels::GET,
            end: Some("ChannelDestroyed"),
            goal: match arguments.state.eq_ignore_ascii_case(GONE) {
                true => Goal::Gone,
                false => Goal::State(arguments.state),
            },
        }
    }
}

impl From<BridgeArguments> for Condition {
    fn from(arguments: BridgeArguments) -> Self {
        Condition {
            kind: "bridge",
            id: arguments.bridge,
            get: &bridges::GET,
            end: Some("BridgeDestroyed"),
            goal: match arguments.channels {
                Some(number) => Goal::Channels(number),
                None => Goal::Gone,
            },
        }
    }
}

impl From<EndpointArguments> for Condition {
    fn from(arguments: EndpointArguments) -> Self {
        Condition {
            kind: "endpoint",
            id: arguments.endpoint,
            get: &endpoints::GET,
            end: None,
            goal: Goal::State(arguments.state),
        }
    }
}

impl Condition {
    /// Returns `true` if an object has the state.
    fn is_met_by(&self, object: &Value) -> bool {
        match &self.goal {
            Goal::Gone => false,
            Goal::State(state) => object["state"]
                .as_str()
                .is_some_and(|found| found.eq_ignore_ascii_case(state)),
            Goal::Channels(number) => object["channels"]
                .as_array()
                .is_some_and(|channels| channels.len() == *number),
        }
    }

    /// Returns the object as an event shows it.
    fn object_in<'a>(&self, event: &'a Value) -> Option<&'a Value> {
        let object = event.get(self.kind)?;
        let is_own = match self.split_endpoint() {
            Some((technology, resource)) => {
                object["resource"] == *resource
                    && object["technology"]
                        .as_str()
                        .is_some_and(|found| found.eq_ignore_ascii_case(technology))
            }
            None => object["id"] == *self.id,
        };
        is_own.then_some(object)
    }

    fn split_endpoint(&self) -> Option<(&str, &str)> {
        match self.kind {
            "endpoint" => self.id.split_once('/'),
            _ => None,
        }
    }

    /// Fetches the object. Returns `None` if it does not exist.
    async fn fetch(&self, connection: &CommandConnection) -> Result<Option<Value>, CliError> {
        let arguments = match self.split_endpoint() {
            Some((technology, resource)) => vec![
                ("tech", Value::from(technology)),
                ("resource", Value::from(resource)),
            ],
            None => vec![(self.get.parameters[0].name, Value::from(self.id.as_str()))],
        };
        match api_request::execute(connection, self.get, &arguments).await {
            Ok(object) => Ok(Some(object)),
            Err(error) if error.status() == Some(404) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Returns the result of the wait for an object that no longer exists.
    fn ended(&self) -> Result<Value, CliError> {
        match self.goal {
            Goal::Gone => Ok(Value::Null),
            _ => Err(CliError::new(
                ErrorKind::Response,
                format!(
                    "{} {:?} no longer exists, so that its state cannot come",
                    self.kind, self.id
                ),
            )),
        }
    }
}

pub(super) async fn run(
    condition: &Condition,
    limit: &Limit,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    if condition.kind == "endpoint" && condition.split_endpoint().is_none() {
        return Err(CliError::usage(format!(
            "invalid endpoint {:?}: give TECHNOLOGY/RESOURCE, such as PJSIP/alice",
            condition.id
        )));
    }
    let output = match condition.goal {
        Goal::Gone => Output::new(global),
        _ => match condition.get.response {
            ari_api::schema::ResponseType::Json(kind) => Output::for_type(global, kind)?,
            _ => Output::new(global),
        },
    };
    let connection = connect::open(global)?;
    let object = [(condition.kind, condition.id.as_str())];
    let subscribing = temp_app::subscribe_objects(&connection, &object);
    let mut app = match signals.run_until_signal(subscribing).await {
        Ok(app) => app,
        // The error of the subscription does not say whether the object exists.
        Err(error) if error.kind == ErrorKind::Response && matches!(condition.goal, Goal::Gone) => {
            let look = condition.fetch(&connection);
            return match signals.run_until_signal(look).await? {
                None => Ok(()),
                Some(_) => Err(error),
            };
        }
        Err(error) => return Err(error),
    };
    let found = run_limited(limit, signals, reach(condition, &mut app, &connection)).await;
    let ending = async {
        app.close(&connection).await;
        connection.close(Duration::from_secs(1)).await;
    };
    signals.run_cleanup(ending).await;
    match found? {
        Value::Null => Ok(()),
        object => output.print(&object),
    }
}

/// Looks at the state, and waits for events that show it.
async fn reach(
    condition: &Condition,
    app: &mut TempApp,
    connection: &CommandConnection,
) -> Result<Value, CliError> {
    let mut look = true;
    loop {
        if look {
            match condition.fetch(connection).await? {
                Some(object) if condition.is_met_by(&object) => return Ok(object),
                Some(_) => {}
                None => return condition.ended(),
            }
        }
        let Some(event) = app.events.next().await else {
            return Err(CliError::other("the stream of events has ended"));
        };
        let event = match event {
            Ok(event) => event,
            Err(error @ Error::Disconnected { .. }) => return Err(error.into()),
            // Events were lost.
            Err(_) => {
                look = true;
                continue;
            }
        };
        // Events may have been lost while the connection was.
        look = matches!(*event, CommandEvent::Connection(_));
        let value = event.json();
        if let Some(object) = condition.object_in(&value) {
            if condition.end == Some(event.event_type()) {
                return condition.ended();
            }
            if condition.is_met_by(object) {
                return Ok(object.clone());
            }
        }
    }
}
