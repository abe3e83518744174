//! Outbound WebSockets: Asterisk connects to the application.
//!
//! From Asterisk 20.15, 21.10, 22.5 on, the roles can be swapped: the application listens, and
//! Asterisk opens the WebSocket, sends events and takes requests over it. The application then
//! needs to know no Asterisk, and a load balancer can stand in between. `websocket_client.conf`
//! says where to connect to, `ari.conf` for which application:
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
//! With `persistent` one WebSocket carries everything, and stays. With `per_call_config` every call
//! that enters the application opens one of its own, which Asterisk closes when the call leaves.
//!
//! The feature `server` has the listening side:
//!
//! ```no_run
//! # #[cfg(feature = "server")]
//! # mod example {
//! use std::time::Duration;
//!
//! use ari_api::{Client, Error, Event, Incoming, Server};
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
//! async fn greet(mut call: Incoming<Client>) -> Result<(), Error> {
//!     while let Some(event) = call.events.next().await {
//!         if let Event::StasisStart(start) = event?.as_ref() {
//!             let channel = call.client.channel(&start.channel.id);
//!             channel.answer().await?;
//!             channel.play(["sound:hello-world"]).finished().await?;
//!             channel.hangup().await?;
//!         }
//!     }
//!     Ok(())
//! }
//! # }
//! ```
//!
//! # What bites
//!
//! - There is no HTTP here unless [`ServerBuilder::http`](crate::runtime::ServerBuilder::http) tells
//!   a client for it: what waits behind a playback holds up everything else on the WebSocket, and a
//!   recording's file cannot be downloaded.
//! - The application of a single call has a name of its own, with the call's channel in it. Further
//!   channels of that call are originated into that name.
//! - A persistent WebSocket begins with `ApplicationRegistered`, again after each reconnection.
//! - Asterisk tries again for ever when nobody listens. Calls find no application meanwhile.
//! - A read-only `local_ari_user` sees everything and may do nothing.
