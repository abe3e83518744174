//! The description of actions and queries, from which requests are checked and documented.

use serde_json::{Map, Value};

use super::{ControlError, Field, Values};
use crate::json::Object;
use crate::model::{Settings, SocketId};
use crate::pbx::PbxState;

/// A change that a client requests with `POST /mock/NAME`.
#[derive(Debug)]
#[non_exhaustive]
pub struct Action {
    /// The name in the path, such as `call`.
    pub name: &'static str,
    /// The description, in Markdown.
    pub description: &'static str,
    /// The fields of the JSON object that is its body.
    pub fields: &'static [Field],
    /// The fields of the response, or none if the response is empty (204).
    pub result: &'static [Field],
    /// True if it can be a step of a scenario.
    pub is_step: bool,
    /// The check of what the types of the fields do not say.
    pub(crate) check: CheckAction,
    pub(crate) run: RunAction,
}

impl Action {
    /// Returns the checked fields. Without the settings of a server, what depends on them is not
    /// checked.
    pub(crate) fn values(
        &self,
        settings: Option<&Settings>,
        given: Map<String, Value>,
    ) -> Result<Values, ControlError> {
        let values = Values::check(self.name, self.fields, given)?;
        (self.check)(settings, &values)?;
        Ok(values)
    }
}

type CheckAction = fn(Option<&Settings>, &Values) -> Result<(), ControlError>;
type RunAction = fn(&mut PbxState, &Values) -> Result<Outcome, ControlError>;

/// The check of actions whose fields have no conditions among each other.
pub(super) fn unconditional(_: Option<&Settings>, _: &Values) -> Result<(), ControlError> {
    Ok(())
}

/// An inspection that a client requests with `GET /mock/NAME`.
#[derive(Debug)]
#[non_exhaustive]
pub struct Query {
    /// The name in the path, such as `state`.
    pub name: &'static str,
    /// The description, in Markdown.
    pub description: &'static str,
    /// The parameters of the query string.
    pub parameters: &'static [Field],
    /// The fields of the response, or of each of its items.
    pub fields: &'static [Field],
    /// True if the response is a list.
    pub is_list: bool,
    pub(crate) check: fn(&PbxState, &Values) -> Result<(), ControlError>,
    /// Returns the error for a time limit that expires now, or `None` if nothing is missing.
    pub(crate) missing: fn(&PbxState, &Values) -> Option<ControlError>,
    pub(crate) run: fn(&PbxState, &Values) -> crate::json::Json,
}

impl Query {
    /// Returns whether the response can wait for something, with the parameter `wait`.
    pub(crate) fn can_wait(&self) -> bool {
        self.parameters.iter().any(|field| field.name == WAIT)
    }
}

/// The parameter with the time limit of a query.
pub(crate) const WAIT: &str = "wait";

/// The result of an action.
#[derive(Default)]
pub(crate) struct Outcome {
    /// The fields of the response.
    pub(crate) result: Option<Object>,
    pub(crate) effect: Effect,
    /// The channel of a call that has arrived.
    pub(crate) channel: Option<String>,
}

/// The consequence for the connections of the server.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Effect {
    #[default]
    None,
    AbortConnections,
    AbortSocket(SocketId),
}

impl Outcome {
    pub(crate) fn with_effect(effect: Effect) -> Self {
        Outcome {
            effect,
            ..Outcome::default()
        }
    }
}
