//! The runtime of generated bindings: requests as data, transports that send them, and decoding of
//! responses and events.
//!
//! The runtime has no types of operations, models and events. It names only the operations that a
//! session itself needs, such as the list of channels after a gap. Generated bindings implement its
//! traits: [`ToRequest`] turns a request into a [`Request`], [`Request`] decodes the [`Response`],
//! and [`EventType`] decodes the messages of a WebSocket. A [`Transport`] carries requests. With
//! the feature `client` there is one over HTTP and WebSocket, which [`ClientBuilder`] creates. With
//! the feature `server`, Asterisk can open the connection instead.

mod bindings;
mod builder;
mod connection;
mod credentials;
mod decode;
mod duration;
mod error;
mod events;
mod fleet;
mod from_arguments;
#[cfg(feature = "client")]
mod io;
mod json;
mod message;
mod model;
mod one_or_many;
mod open_enum;
mod operation;
mod param_value;
mod race;
mod refusal_cause;
mod refused_object;
mod request;
mod request_counter;
#[cfg(feature = "server")]
mod server;
mod server_version;
mod timestamp;
#[cfg(feature = "tls")]
mod tls;
mod transport;
mod typed_request;
mod values;
mod web_socket;

#[doc(inline)]
pub use crate::__model as model;
#[doc(inline)]
pub use crate::__open_enum as open_enum;
pub use bindings::{ApiClient, RawEvent};
pub use builder::ClientBuilder;
pub use connection::{ConnectFuture, Connection, ResponseFuture};
pub use credentials::Credentials;
pub use decode::{decode_empty, decode_json, decode_json_or_field, decode_stream};
pub use duration::{DurationFormat, DurationUnit};
#[doc(hidden)]
pub use duration::{DurationMember, WrittenDuration, read_duration};
pub use error::{
    ConnectionError, ConnectionProblem, DecodeError, Error, ErrorResponse, GoneReason,
    TransportError,
};
pub use events::{
    ConnectionEvent, CreateContext, EndReport, EventStream, Finished, ObjectKind, ObjectRef,
    ObjectStream, OwnedObject, ReconnectPolicy, ResyncReport, Session, SessionStats, TypedStream,
    wait_for_terminal_event,
};
pub use fleet::{Fleet, FleetEvent, FleetStream};
pub use json::JsonError;
pub use message::{EventPayload, EventType, decode_event, find_event_type, serialize_unknown};
pub use model::{Model, decode_field, decode_model};
pub use one_or_many::{Many, One, OneOrMany};
pub use operation::{
    AllowedValue, Availability, Location, Method, ModelInfo, Operation, Parameter, ParameterType,
    ResponseType, Rewrite, Scalar, Version,
};
pub use param_value::{ParamValue, ToParamValue};
pub use refusal_cause::Finding;
pub use request::{Request, RequestEncoder};
#[cfg(feature = "server")]
pub use server::{HandlerResult, HandshakeInfo, IncomingSession, Server, ServerBuilder};
pub use timestamp::{Timestamp, TimestampError};
#[cfg(feature = "tls")]
pub use tokio_rustls::rustls;
pub use transport::{BoxFuture, ByteStream, Response, ResponseBody, Transport};
pub use typed_request::{ToRequest, TypedRequest, WebSocketRequest};
pub use values::{EventFilter, EventSource, VariableValue, unique_id};
pub use web_socket::{IncomingFrame, OutgoingFrame, ReadOnlySocket, WebSocket};
