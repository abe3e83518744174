//! The guide: how to build on Asterisk with this crate. Each chapter covers one topic, with an
//! example and a list of pitfalls.
//!
//! 1. [Connecting](connecting): address, credentials, TLS, timeouts.
//! 2. [Requests](requests): handles, ids, timeouts, and the releases that have an operation.
//! 3. [Events](events): the stream of an application, streams of one type, subscriptions, filters.
//! 4. [Streams of objects](objects): the events of one call, and the outcome of operations.
//! 5. [Reconnecting](reconnecting): events lost in a gap, and restored subscriptions.
//! 6. [Errors](errors): their kinds, and how to handle them.
//! 7. [Requests over the WebSocket](over_websocket): one connection for everything.
//! 8. [Outbound WebSockets](outbound): Asterisk connects to the application.
//! 9. [Many servers](fleets): one stream, and requests that find their server.
//! 10. [More than one worker](workers): sharing calls, and surviving the end of a worker.
//! 11. [Shutting down](shutting_down): ending without losing anything.
//! 12. [Monitoring](monitoring): the spans of requests, sessions and calls, and probes.
//!
//! The folder `examples` has whole programs: a conference, recording calls, dialing a list, and
//! sharing calls among workers. Voice menus and connected calls are programs of `ari-calls`.
//!
//! Tests need no Asterisk: `ari-mock` is a fake one in the process of a test, and `ari mock` runs it for
//! applications in any language, which control its calls over HTTP.

pub mod connecting;
pub mod errors;
pub mod events;
pub mod fleets;
pub mod monitoring;
pub mod objects;
pub mod outbound;
pub mod over_websocket;
pub mod reconnecting;
pub mod requests;
pub mod shutting_down;
pub mod workers;
