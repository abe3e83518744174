//! The client: its builder, its connection to one server or to a fleet, and the traits of requests.

pub(crate) mod api_client;
pub(crate) mod application_health;
pub(crate) mod builder;
pub(crate) mod connection;
pub(crate) mod credentials;
mod extensions;
pub(crate) mod health;
mod over_session;
pub(crate) mod refusal_cause;
pub(crate) mod refused_object;
mod retry;
pub(crate) mod server_version;
mod untyped_connection;
mod version;

pub use crate::fleet::{Fleet, FleetServer, Placed, Placement};
pub use crate::reconcile::create::CreateContext;
pub use crate::request::one_or_many::{Many, One, OneOrMany};
pub use crate::request::param_value::{ParamValue, ToParamValue};
pub use crate::request::trace_context::{TraceContext, TraceContextError};
pub use crate::request::typed_request::{ToRequest, TypedRequest, WebSocketRequest};
pub use crate::response::decode::{decode_empty, decode_json, decode_json_or_field, decode_stream};
pub use crate::routing::private_channels::PrivateChannel;
pub use crate::session::reconnect::ReconnectPolicy;
pub use crate::session::retry_policy::RetryPolicy;
#[doc(hidden)]
pub use crate::values::body::seed_random;
pub use crate::values::body::unique_id;
pub use api_client::ApiClient;
pub use application_health::{ApplicationHealth, Unhealthy};
pub use builder::ClientBuilder;
pub use connection::{ConnectFuture, Connection, ResponseFuture};
pub use health::ServerHealth;
