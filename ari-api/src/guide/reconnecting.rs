//! Reconnecting: what is lost in a gap, and what is put back.
//!
//! When the WebSocket is lost, calls and bridges stay up, and the events of the gap are lost: ARI
//! sends nothing again. The client connects again by itself, and says so in the stream, at the
//! place where it happened, so that nothing is missed in silence.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use ari_api::runtime::{ConnectionEvent, Reconnect};
//! use ari_api::{Client, Event};
//!
//! # async fn example() -> Result<(), ari_api::Error> {
//! let client = Client::builder("http://localhost:8088/ari")
//!     .credentials("aritest", "testme")
//!     .reconnect(Reconnect::new().longest_pause(Duration::from_secs(5)))
//!     .ping(Duration::from_secs(10), Duration::from_secs(5))
//!     .build()?;
//! let mut app = client.application("hello").connect().await?;
//! while let Some(event) = app.next().await {
//!     match event?.as_ref() {
//!         Event::Connection(ConnectionEvent::Disconnected { reason, .. }) => {
//!             println!("lost: {reason}");
//!         }
//!         Event::Connection(ConnectionEvent::Reconciled(found)) => {
//!             for id in &found.vanished_channels {
//!                 println!("{id} has ended meanwhile");
//!             }
//!             for id in &found.entered_channels {
//!                 println!("{id} has entered meanwhile: take it for its StasisStart");
//!             }
//!             for id in &found.left_channels {
//!                 println!("{id} has left meanwhile");
//!             }
//!             for failure in &found.failures {
//!                 eprintln!("{failure}");
//!             }
//!         }
//!         _ => {}
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! 1. `Connected` is the first item of an application's stream.
//! 2. `Disconnected`: events are being lost from here on.
//! 3. `Reconnected`: events come again, and calls can enter again.
//! 4. `Reconciled`: subscriptions and the event filter are back, and channels and bridges have been
//!    compared with those that were known before.
//!
//! Streams of objects yield these, too, but for the first, and end in
//! [`Error::Gone`](crate::Error::Gone) where their object has not outlived the gap, or is not heard
//! of any more, a second after `Reconciled`. Streams of one type say
//! [`Error::Interrupted`](crate::Error::Interrupted) once.
//!
//! # What is told of a gap
//!
//! | in [`Reconciliation`](crate::runtime::Reconciliation) | means |
//! |---|---|
//! | `vanished_channels`, `vanished_bridges` | known before, and gone: their end was lost |
//! | `entered_channels` | in the application, and not before: their `StasisStart` was lost |
//! | `left_channels` | in the application before, and alive outside of it: their `StasisEnd` was lost |
//! | `appeared_channels`, `appeared_bridges` | heard of, and not known before; a channel of these may ring, or be in no application |
//! | `restored` | subscriptions that the server had lost |
//! | `failures` | what could not be put back or compared |
//!
//! Known is what events have told, what was subscribed to, and what was there when the application
//! was connected. Only channels and bridges are compared: digits, states and user events of the gap
//! are lost.
//!
//! `outcome` outlives a gap: an answer that fell into it is found, and a call that rings through it
//! is subscribed to again if the server had forgotten the application. `finished` outlives it,
//! too: a playback that ended in the gap is a success whose `report` is `Gap`. Only the end of the
//! channel itself is an error.
//!
//! [`Reconnect`](crate::runtime::Reconnect) sets the pauses between the attempts and how many there
//! are; the default never gives up, except where Asterisk itself says that trying again is useless, as
//! with a wrong password or an address that its ACL denies. A proxy's page of whatever status is not
//! that: it is logged, and the next attempt follows. After the last attempt the last item is
//! [`Error::Disconnected`](crate::Error::Disconnected). Links that have died unnoticed are found by
//! pings: Asterisk itself sends none.
//!
//! # What bites
//!
//! - **The first connection is not retried**: `connect().await` fails where the server is not
//!   there, so that a wrong address is noticed. `is_retryable` tells whether trying again may help.
//! - While nobody is connected, `Stasis()` can fail at once, and the dialplan goes on behind it:
//!   give it something to do there.
//! - An event of what `Reconciled` tells can arrive as well, a `StasisStart` just behind
//!   `entered_channels` for one: handle each id once.
//! - A server that opens every WebSocket and never says anything counts as one that cannot be
//!   reached: `attempts` is used up by it.
//! - An answer to a ping can be late while a request over the same WebSocket waits. That is allowed
//!   for.
