//! The runtime of generated bindings: requests as data, transports that send them, and decoding of
//! responses and events.
//!
//! The runtime has no types of operations, models and events. It names only the operations that a
//! session itself needs, such as the list of channels after a gap. Generated bindings implement its
//! traits: [`Encode`] turns a request into a [`Call`], [`Request`] decodes the [`Answer`], and
//! [`Message`] decodes the messages of a WebSocket. A [`Transport`] carries requests. With the
//! feature `client` there is one over HTTP and WebSocket, which [`ClientBuilder`] creates. With the
//! feature `server`, Asterisk can open the connection instead.

mod answer;
mod argument;
mod bindings;
mod builder;
mod call;
mod connection;
mod credentials;
mod duration;
mod dynamic;
mod error;
mod events;
mod finding;
mod fleet;
mod in_flight;
#[cfg(feature = "client")]
mod io;
mod json;
mod message;
mod model;
mod one_or_many;
mod open_enum;
mod operation;
mod race;
mod refused_object;
mod release;
mod request;
#[cfg(feature = "server")]
mod server;
mod timestamp;
#[cfg(feature = "tls")]
mod tls;
mod transport;
mod values;
mod web_socket;

#[doc(inline)]
pub use crate::__model as model;
#[doc(inline)]
pub use crate::__open_enum as open_enum;
pub use answer::{read_download, read_json, read_json_or_within, read_nothing};
pub use argument::{Argument, ArgumentValue};
pub use bindings::{Bindings, RawMessage};
pub use builder::ClientBuilder;
pub use call::{Call, Encoder};
pub use connection::{Connecting, Connection, Sending};
pub use credentials::Credentials;
pub use duration::{DurationFormat, DurationUnit};
#[doc(hidden)]
pub use duration::{DurationMember, WrittenDuration, read_duration};
pub use error::{
    ConnectionError, ConnectionProblem, DecodeError, Error, GoneReason, Refusal, SendError,
};
pub use events::{
    Class, ConnectionEvent, EndReport, EventStream, Finished, Making, Object, ObjectStream,
    OwnedObject, Reconciliation, Reconnect, Session, SessionStats, TypedStream, last_of,
};
pub use finding::Finding;
pub use fleet::{Fleet, FleetEvent, FleetStream};
pub use json::JsonError;
pub use message::{Message, MessageType, decode_event, message_kind, serialize_unknown};
pub use model::{Model, read_member, read_model};
pub use one_or_many::{Many, One, OneOrMany};
pub use operation::{
    AllowedValue, AnswerType, Availability, Location, Method, ModelInfo, Operation, Parameter,
    ParameterType, Scalar, SentAs, Version,
};
pub use request::{Connect, Encode, Request};
#[cfg(feature = "server")]
pub use server::{Incoming, Origin, Outcome, Server, ServerBuilder};
pub use timestamp::{Timestamp, TimestampError};
#[cfg(feature = "tls")]
pub use tokio_rustls::rustls;
pub use transport::{Answer, BodyStream, BoxFuture, Download, Transport};
pub use values::{EventFilter, EventSource, VariableValue, unique_id};
pub use web_socket::{Outgoing, ReceiveOnly, Received, WebSocket};
