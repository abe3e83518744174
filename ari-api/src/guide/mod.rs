//! The guide: how to build on Asterisk with this crate, one chapter a subject, each with an example
//! and with what bites.
//!
//! 1. [Connecting](connecting): address, credentials, TLS, time limits.
//! 2. [Calls](calls): requests, handles, ids, what a release has.
//! 3. [Events](events): the stream of an application, streams of one type, subscriptions, filters.
//! 4. [Streams of objects](objects): the events of one call, and what becomes of things.
//! 5. [Reconnecting](reconnecting): what is lost in a gap, and what is put back.
//! 6. [Errors](errors): which there are, and what to do.
//! 7. [Requests over the WebSocket](over_websocket): one connection for everything.
//! 8. [Outbound WebSockets](outbound): Asterisk connects to the application.
//! 9. [Many servers](fleets): one stream, and requests that find their server.
//! 10. [Shutting down](shutting_down): ending without losing anything.
//!
//! Whole programs are in the folder `examples`: a voice menu, a conference, recording calls,
//! dialing a list, and sharing calls among workers.

pub mod calls;
pub mod connecting;
pub mod errors;
pub mod events;
pub mod fleets;
pub mod objects;
pub mod outbound;
pub mod over_websocket;
pub mod reconnecting;
pub mod shutting_down;
