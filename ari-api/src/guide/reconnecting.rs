//! Reconnecting: events lost in a gap, and restored subscriptions.
//!
//! When the WebSocket is lost, calls and bridges stay up, and the events of the gap are lost: ARI
//! does not send them again. The client reconnects by itself, and reports it in the stream at the
//! place of the gap, so that no loss goes unnoticed.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use ari_api::stream::ConnectionEvent;
//! use ari_api::client::ReconnectPolicy;
//! use ari_api::{Client, Event};
//!
//! # async fn example() -> Result<(), ari_api::Error> {
//! let client = Client::builder("http://localhost:8088/ari")
//!     .credentials("aritest", "testme")
//!     .reconnect(ReconnectPolicy::new().max_delay(Duration::from_secs(5)))
//!     .keepalive(Duration::from_secs(10), Duration::from_secs(5))
//!     .build()?;
//! let mut app = client.application("hello").connect().await?;
//! while let Some(event) = app.next().await {
//!     match event?.as_ref() {
//!         Event::Connection(ConnectionEvent::Disconnected { reason, .. }) => {
//!             println!("lost: {reason}");
//!         }
//!         Event::Connection(ConnectionEvent::Resynced(found)) => {
//!             for id in &found.removed_channels {
//!                 println!("{id} has ended");
//!             }
//!             for id in &found.entered_channels {
//!                 println!("{id} has entered: handle it like a StasisStart");
//!             }
//!             for id in &found.departed_channels {
//!                 println!("{id} has left the application");
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
//! 2. `Disconnected`: events are lost from here on.
//! 3. `Reconnected`: events arrive again, and calls can enter again.
//! 4. `Resynced`: subscriptions and the event filter are restored, and channels and bridges have
//!    been compared with those that were known before.
//!
//! Streams of objects yield these events, too, except for the first. They end in
//! [`Error::ObjectGone`](crate::Error::ObjectGone), a second after `Resynced`, if their object no
//! longer exists or is no longer covered by an application. Streams of one type yield
//! [`Error::ConnectionGap`](crate::Error::ConnectionGap) once.
//!
//! # The report of a gap
//!
//! | field of [`ResyncReport`](crate::stream::ResyncReport) | meaning |
//! |---|---|
//! | `removed_channels`, `removed_bridges` | known before, and no longer existing: their end was lost |
//! | `entered_channels` | in the application, and not before: their `StasisStart` was lost |
//! | `departed_channels` | in the application before, and still alive outside of it: their `StasisEnd` was lost |
//! | `discovered_channels`, `discovered_bridges` | covered, and not known before; such a channel may be ringing, or in no application |
//! | `restored_subscriptions` | subscriptions that the server had lost |
//! | `failures` | restorations and comparisons that failed |
//!
//! Objects are known if an event has named them, if they were subscribed to, or if they existed
//! when the application was connected. Only channels and bridges are compared: digits, states and
//! user events of the gap are lost.
//!
//! `outcome` survives a gap: it finds an answer that happened during the gap, and subscribes again
//! to a call that still rings if the server had forgotten the application. `wait_until_finished`
//! survives a gap, too: a playback that ended in the gap is a success whose `report` is `Gap`. Only
//! the end of the channel itself is an error.
//!
//! [`ReconnectPolicy`](crate::client::ReconnectPolicy) sets the delays between the attempts and
//! their number. The default never gives up, unless Asterisk itself reports an error that retrying
//! cannot fix, such as a wrong password or an address that its ACL denies. A proxy's page is not
//! such an error, whatever its status: it is logged, and the next attempt follows. After the last
//! attempt the last item is [`Error::Disconnected`](crate::Error::Disconnected). Pings detect
//! connections that have died unnoticed: Asterisk itself sends none.
//!
//! # Pitfalls
//!
//! - **The first connection is not retried**: `connect().await` fails if the server does not
//!   respond, so that a wrong address is noticed. `is_retryable` returns true if a retry can
//!   help.
//! - While no client is connected, `Stasis()` can fail at once, and the dialplan continues after
//!   it. Add a fallback there.
//! - An event that `Resynced` accounts for can arrive as well, for example a `StasisStart` just
//!   behind `entered_channels`. Handle each id once.
//! - A server that accepts every WebSocket but never sends anything counts as unreachable. Each
//!   such connection is one of the `max_attempts`.
//! - The response to a ping can be late while a request over the same WebSocket is in flight. The
//!   client allows for that.
