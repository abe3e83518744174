//! Many servers: one stream, and requests that find their server.
//!
//! A [`Fleet`](crate::runtime::Fleet) is a set of clients with names. Its stream merges the events
//! of all, each with its server's name, and `fleet.send` takes a request to whichever server has
//! the object. The servers may be of different releases.
//!
//! ```no_run
//! use ari_api::events::EventWebsocket;
//! use ari_api::runtime::Fleet;
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
//!         // One server is in trouble; the others go on.
//!         Err(error) => eprintln!("{}: {error}", item.server),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A server that cannot be reached is tried again and again, at the start as well. What makes
//! something new, or lists, belongs to no server yet: `fleet.server("munich")` is its client, on
//! which everything of this guide works.
//!
//! # What bites
//!
//! - Which server has an object is learnt from events. Of one that no event has told, every server
//!   is asked; a server that cannot be asked may have it, so that its error is the answer where no
//!   other has. Endpoints are asked for each time, and the first server that has one is taken.
//! - Device states belong to no server: each answers for any name. Send those by `fleet.server`.
//! - `fleet.close` closes all servers at once and ends the streams of the fleet, also where a
//!   server was not connected.
//! - Ids that Asterisk makes are times with a counter, and can be the same on two servers. Give
//!   each a `systemname` in `asterisk.conf`, or choose ids yourself that no other server has. Names
//!   of bridges and recordings count as well: of a bridge `sales` on two servers, requests go to
//!   the one that was heard of last.
