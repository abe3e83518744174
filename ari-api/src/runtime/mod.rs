//! What bindings stand on: requests as data, transports that carry them, and reading what comes
//! back.
//!
//! The runtime knows no operation and no model by name. Generated bindings implement its traits:
//! [`Encode`] turns a request into a [`Call`], [`Request`] reads the [`Answer`], [`Message`]
//! decodes what arrives on a WebSocket. A [`Transport`] carries calls; with the feature `client`
//! there is one over HTTP and WebSocket, which [`ClientBuilder`] makes.

mod answer;
mod argument;
mod builder;
mod call;
mod compact;
mod connection;
mod credentials;
mod error;
mod event_stream;
#[cfg(feature = "client")]
mod io;
mod message;
mod open_enum;
mod operation;
mod request;
mod timestamp;
#[cfg(feature = "tls")]
mod tls;
mod transport;
mod values;

#[doc(inline)]
pub use crate::__open_enum as open_enum;
pub use answer::{read_download, read_json, read_nothing};
pub use argument::{Argument, ArgumentValue};
pub use builder::ClientBuilder;
pub use call::{Call, Encoder};
pub use connection::{Connection, Sending};
pub use credentials::Credentials;
pub use error::{DecodeError, Error, Refusal, SendError};
pub use event_stream::EventStream;
pub use message::{Message, decode_event, message_kind, serialize_unknown};
pub use operation::{
    AllowedValue, AnswerType, Availability, Location, Method, Operation, Parameter, ParameterType,
    Scalar, Version,
};
pub use request::{Connect, Encode, Request};
pub use timestamp::Timestamp;
#[cfg(feature = "tls")]
pub use tokio_rustls::rustls;
pub use transport::{Answer, BodyStream, BoxFuture, Download, Messages, Transport};
pub use values::{EventFilter, VariableValue, unique_id};
