// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `endpoints`.

pub(super) mod endpoint;
pub(super) mod text_message;
pub(super) mod text_message_variable;
pub(super) mod endpoint_state;
pub use self::endpoint::Endpoint;
pub use self::text_message::TextMessage;
pub use self::text_message_variable::TextMessageVariable;
pub use self::endpoint_state::EndpointState;
