// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The event WebSocket, which registers an application and delivers what happens to its calls, and
//! the two operations around it: sending custom events and claiming a call on offer. Keep the event
//! connection open at all times: a call sent to an application that is not registered is not
//! handled.
//!
//! Asterisk needs the module `res_http_websocket` for it.

mod resource;
mod event_websocket;
mod user_event;
mod claim_channel;
pub use self::resource::Events;
pub use self::event_websocket::EventWebsocket;
pub use self::user_event::UserEvent;
pub use self::claim_channel::ClaimChannel;
