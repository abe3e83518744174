//! The control API: the far ends of calls, the clock, faults and inspection, over HTTP and in JSON.
//!
//! With [`Builder::control`](crate::Builder::control) the server has it at [`PATH`] beside ARI, for
//! programs in any language. [`ACTIONS`] and [`QUERIES`] describe it, and [`openapi`] returns an
//! OpenAPI document, which the server has at `/mock/openapi.json`.

mod call_actions;
mod error;
mod field;
mod openapi;
mod queries;
mod scenario;
mod schema;
mod server_actions;
mod table;
#[cfg(test)]
mod tests;
mod values;

pub(crate) use error::ControlError;
pub use field::{Field, FieldKind};
pub use openapi::openapi;
pub(crate) use openapi::served_openapi;
pub use queries::QUERIES;
pub(crate) use scenario::start;
pub use scenario::{Scenario, ScenarioError};
pub use schema::{Action, Query};
pub(crate) use schema::{Effect, Outcome, WAIT};
pub use table::ACTIONS;
pub(crate) use table::find_action;
pub(crate) use values::Values;

/// The path of the control API, beside `/ari`: with [`Builder::http_prefix`](crate::Builder::http_prefix)
/// below that prefix, too.
pub const PATH: &str = "/mock";
