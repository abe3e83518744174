//! Items for generated code alone. They change without notice.

pub use crate::client::api_client::{ApiClient, RawEvent};
pub use crate::client::builder::ClientBuilder;
pub use crate::client::connection::{ConnectFuture, Connection, ResponseFuture};
pub use crate::client::credentials::Credentials;
pub use crate::error::{Error, GoneReason};
pub use crate::event::connection_event::ConnectionEvent;
pub use crate::event::event_type::{
    EventPayload, EventType, decode_event, find_event_type, serialize_unknown,
};
pub use crate::event::object::{ObjectKind, ObjectRef};
pub use crate::reconcile::create::CreateContext;
pub use crate::request::builder::RequestBuilder;
pub use crate::request::one_or_many::OneOrMany;
pub use crate::request::param_value::{ParamValue, ToParamValue};
pub use crate::request::trace_context::TraceContext;
pub use crate::request::typed_request::{ToRequest, TypedRequest, WebSocketRequest};
pub use crate::request::untyped_request::Request;
pub use crate::response::body::{Response, ResponseBody};
pub use crate::response::decode::{decode_empty, decode_json, decode_json_or_field, decode_stream};
pub use crate::response::model::{decode_field, decode_model};
pub use crate::routing::stream::{EventStream, ObjectStream, TypedStream};
pub use crate::schema::duration::{DurationMember, WrittenDuration, read_duration};
pub use crate::schema::*;
pub use crate::session::handle::Session;
pub use crate::session::outcome::{Finished, wait_for_terminal_event};
pub use crate::transport::transport_trait::Transport;
pub use crate::values::body::{EventFilter, EventSource, VariableValue, unique_id};
pub use crate::values::timestamp::Timestamp;
pub use crate::{__event_payloads as event_payloads, __model as model, __open_enum as open_enum};
