//! Many servers: one stream, and requests that find their server.
//!
//! A [`Fleet`](crate::client::Fleet) is a set of named clients. Its stream merges the events of
//! all servers, each with its server's name, and `fleet.send` sends a request to the server that
//! has the object. The servers may run different releases.
//!
//! ```no_run
//! use ari_api::events::EventWebsocket;
//! use ari_api::client::Fleet;
//! use ari_api::{Client, Event, channels};
//!
//! # async fn example() -> Result<(), ari_api::Error> {
//! let server = |url: &str| Client::builder(url).credentials("aritest", "testme").build();
//! let fleet = Fleet::new([
//!     ("munich", server("http://10.0.0.1:8088/ari")?),
//!     ("paris", server("http://10.0.1.1:8088/ari")?),
//! ]);
//! let mut events = fleet.connect(EventWebsocket::new(["hello"]));
//! while let Some(item) = events.next().await {
//!     match item.event {
//!         Ok(event) => {
//!             if let Event::StasisStart(start) = event.as_ref() {
//!                 println!("{}: {}", item.server, start.channel.name);
//!                 fleet.send(channels::Answer::new(&start.channel.id)).await?;
//!             }
//!         }
//!         // One server has failed; the others continue.
//!         Err(error) => eprintln!("{}: {error}", item.server),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A server that cannot be reached is retried indefinitely, at the start as well.
//!
//! Requests that create something belong to no server yet. `fleet.place` sends them to the server
//! with the fewest channels and requests, by release if you wish. All others go through
//! `fleet.server("munich")`, whose `client()` is a client like any other. Servers can be added and
//! removed at any time, and each reports its state:
//!
//! ```no_run
//! use ari_api::client::Fleet;
//! use ari_api::schema::Version;
//! use ari_api::{Client, channels};
//!
//! # async fn example(fleet: Fleet<Client>, berlin: Client) -> Result<(), ari_api::Error> {
//! fleet.insert("berlin", berlin);
//! let call = channels::Originate::new("PJSIP/100").app("hello");
//! let placed = fleet.place(call).at_least(Version::new(20, 0, 0)).await?;
//! println!("{} on {}", placed.response.id, placed.server);
//!
//! for server in fleet.servers() {
//!     let health = server.health();
//!     println!("{}: {} channels, {:?}", server.name(), health.channels, health.last_error);
//! }
//! // Before it is upgraded: no new calls, and removed when the last one has ended.
//! if let Some(paris) = fleet.server("paris") {
//!     paris.set_draining(true);
//!     while paris.health().channels > 0 {
//!         tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!     }
//!     fleet.remove("paris");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Pitfalls
//!
//! - The fleet learns from events which server has an object. If no event has named the object, it
//!   asks every server. A server that cannot be asked may have the object, so its error is returned
//!   if no other server has it. Endpoints are looked up for each request, and the first server that
//!   has the endpoint is used.
//! - Device states belong to no server, because each server responds for any name. Send these
//!   requests through `fleet.server`.
//! - `fleet.place` and the state of a server count what events have reported. A server whose
//!   application is not connected has no channels, and neither have calls of other programs.
//! - Draining affects `fleet.place` only. Calls that enter the application from outside go on
//!   arriving: tell the SIP proxy in front of the servers.
//! - `fleet.close` closes all servers at once and ends the streams of the fleet, even if a server
//!   was not connected.
//! - Ids that Asterisk generates are timestamps with a counter, and can be the same on two servers.
//!   Set a different `systemname` in each `asterisk.conf`, or choose ids yourself that no other
//!   server has. This applies to the names of bridges and recordings, too: requests for a bridge
//!   `sales` that exists on two servers go to the one that was last seen in an event.
