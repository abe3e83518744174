//! Outbound WebSockets: Asterisk connects to the application.
//!
//! From Asterisk 20.15, 21.10 and 22.5 on, the roles can be swapped: the application listens, and
//! Asterisk opens the WebSocket, sends events and receives requests over it. The application then
//! needs no address of any Asterisk, and a load balancer can be placed in between.
//! `websocket_client.conf` contains the address to connect to, `ari.conf` the application:
//!
//! ```ini
//! ; websocket_client.conf
//! [calls]
//! type = websocket_client
//! uri = ws://192.0.2.10:9000/calls
//! protocols = ari
//! username = asterisk
//! password = secret
//! connection_type = per_call_config
//!
//! ; ari.conf
//! [calls]
//! type = outbound_websocket
//! websocket_client_id = calls
//! apps = hello
//! local_ari_user = aritest
//! ```
//!
//! With `persistent`, one WebSocket carries everything and stays open. With `per_call_config`,
//! every call that enters the application opens its own WebSocket, which Asterisk closes when the
//! call leaves.
//!
//! The feature `server` provides the listening side:
//!
//! ```no_run
//! # #[cfg(feature = "server")]
//! # mod example {
//! use std::time::Duration;
//!
//! use ari_api::{Client, Error, Event, IncomingSession, Server};
//!
//! async fn serve(stop: impl Future<Output = ()>) -> Result<(), Error> {
//!     let server = Server::builder()
//!         .listen("0.0.0.0:9000")
//!         .credentials("asterisk", "secret")
//!         .route("/calls", greet)
//!         .serve()
//!         .await?;
//!     stop.await;
//!     server.shutdown(Duration::from_secs(10)).await;
//!     Ok(())
//! }
//!
//! /// One call, from its `StasisStart` to its end.
//! async fn greet(mut call: IncomingSession<Client>) -> Result<(), Error> {
//!     while let Some(event) = call.events.next().await {
//!         if let Event::StasisStart(start) = event?.as_ref() {
//!             let channel = call.client.channel(&start.channel.id);
//!             channel.answer().await?;
//!             channel.play(["sound:hello-world"]).wait_until_finished().await?;
//!             channel.hangup().await?;
//!         }
//!     }
//!     Ok(())
//! }
//! # }
//! ```
//!
//! # Pitfalls
//!
//! - HTTP is not available unless
//!   [`ServerBuilder::http_client`](crate::server::ServerBuilder::http_client) sets a client for
//!   it. Without HTTP, a request that waits behind a playback delays everything else on the
//!   WebSocket, and a recording's file cannot be downloaded.
//! - The application of a single call has a name of its own, which contains the call's channel.
//!   Originate further channels of that call into that name.
//! - A persistent WebSocket begins with `ApplicationRegistered`, again after each reconnection.
//! - Asterisk retries indefinitely if the connection of a persistent WebSocket is refused. Until it
//!   succeeds, calls find no application. For a single call it gives up after 1.5 seconds.
//! - A handler also gets calls that are in progress, whose WebSocket was lost:
//!   [`IncomingSession::resumed`](crate::server::IncomingSession::resumed), and the chapter
//!   [more than one worker](super::workers).
//! - A read-only `local_ari_user` receives all events but may not change anything.
