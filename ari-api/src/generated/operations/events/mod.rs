// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `events`, as data.

mod event_websocket;
mod user_event;
mod claim_channel;
pub use self::event_websocket::EVENT_WEBSOCKET;
pub use self::user_event::USER_EVENT;
pub use self::claim_channel::CLAIM_CHANNEL;
