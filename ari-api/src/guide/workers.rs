//! More than one worker: sharing calls, and surviving the end of a worker.
//!
//! A *worker* is a process that serves calls. There are four ways to have several:
//!
//! | | [claim](#claim) | [outbound, per call](#outbound-websockets-per-call) | [fleet](#fleet) | `ari-cluster` |
//! |---|---|---|---|---|
//! | servers × workers | one or few × few | any × any | many × one | many × many |
//! | from Asterisk | 20.20, 22.10, 23.4 | 20.15, 21.10, 22.5 | 12 | 12 |
//! | needs | `StasisBroadcast` in the dialplan | a TCP balancer, `ari.conf` | nothing | NATS, a gateway for each server |
//! | who gets a call | the first worker that claims it | the worker that the balancer chooses | the only worker | the worker that takes the offer |
//! | a worker dies | its calls stay until somebody hangs up | its calls go on at another worker | all calls stay until it is back | its calls are offered again |
//! | events of the gap | lost | nearly all arrive | lost | arrive |
//! | calls that the application originates | come back to it | have a WebSocket of their own, or belong to the call that has originated them | on a server of its choice | come back to it |
//!
//! Begin with one worker: a program of this crate serves thousands of calls. Choose *outbound per
//! call* if calls must survive the end or the upgrade of a worker, and *claim* if only new calls
//! are to be spread. A *fleet* is for several servers, and can be combined with both. The crate
//! `ari-cluster` is for many servers and many workers that share a message bus, NATS. Up to some ten
//! of each, the other three suffice.
//!
//! # Claim
//!
//! Each worker connects an application of its own to the server. The dialplan application
//! `StasisBroadcast` offers a call to all of them, and the first worker that claims it gets it:
//! see [`Claimed`](crate::outcome::Claimed), and the example `claim`. The losers spend a request for
//! each call.
//!
//! # Outbound WebSockets per call
//!
//! Asterisk opens a [WebSocket](super::outbound) for each call. Its address is that of a TCP
//! balancer, such as HAProxy, behind which any number of workers listen. If the worker of a call
//! dies, or is shut down, Asterisk opens the WebSocket again within milliseconds, and the balancer
//! chooses another worker. There
//! [`IncomingSession::resumed`](crate::server::IncomingSession::resumed) returns the objects of the
//! call, and the handler continues it or hangs up:
//!
//! ```no_run
//! # #[cfg(feature = "server")]
//! # mod example {
//! use ari_api::{Client, Error, Event, IncomingSession};
//!
//! async fn call(mut session: IncomingSession<Client>) -> Result<(), Error> {
//!     if let Some(resumed) = session.resumed() {
//!         // It is not known how much of the menu the caller has heard: once more.
//!         if let Some(id) = resumed.channel_id() {
//!             menu(&session.client, id).await?;
//!         }
//!     }
//!     while let Some(event) = session.events.next().await {
//!         if let Event::StasisStart(start) = event?.as_ref() {
//!             menu(&session.client, &start.channel.id).await?;
//!         }
//!     }
//!     Ok(())
//! }
//!
//! async fn menu(client: &Client, channel: &str) -> Result<(), Error> {
//!     let playback = format!("menu-{channel}");
//!     // The prompt of the earlier worker, whose id was chosen in the same way.
//!     match client.playback(&playback).stop().await {
//!         Err(error) if error.status() != Some(404) => return Err(error),
//!         _ => {}
//!     }
//!     let channel = client.channel(channel);
//!     channel.answer().await?;
//!     channel.play(["sound:demo-congrats"]).playback_id(playback).await?;
//!     Ok(())
//! }
//! # }
//! ```
//!
//! With `ari-calls`, `Call::new(channel.clone(), channel.events())` creates the call of a resumed
//! channel.
//!
//! The example `workers` is a whole program, with a configuration of HAProxy. It
//! distinguishes a new call from a resumed one by its `StasisStart`, so that a new call loses no
//! time. A resumed call waits half a second longer.
//!
//! The server does not report about a resumed call:
//!
//! - Events that Asterisk had sent to the earlier worker and that this had not processed, or that
//!   Asterisk sent before it noticed the loss. Later ones are the first items of the new session.
//! - Requests that the earlier worker has sent: whether they were executed, and their responses.
//! - Playbacks and recordings. Asterisk does not list them. Derive their ids and names from the id of
//!   the channel, so that the next worker can get, stop and replace them.
//! - The state of the program, such as the position in a menu. Keep it in variables of the channel
//!   (`set_channel_var`), or in a database.
//!
//! If no worker accepts the connection, Asterisk gives up after four attempts within 1.5 seconds
//! (`reconnect_attempts` and `reconnect_interval` in `websocket_client.conf`). The call then
//! continues in the dialplan, when its playback has ended, and can enter the application once more:
//!
//! ```ini
//! exten => 100,1,Set(tries=0)
//!  same => n(again),Stasis(hello)
//!  same => n,Set(tries=$[${tries} + 1])
//!  same => n,GotoIf($["${STASISSTATUS}" = "FAILED" & ${tries} < 10]?wait:end)
//!  same => n(wait),Wait(1)
//!  same => n,Goto(again)
//!  same => n(end),Hangup()
//! ```
//!
//! # Fleet
//!
//! One worker, many servers: see [many servers](super::fleets). Servers can be added and removed
//! while it runs, and new calls are placed on the least loaded one.
//!
//! # Pitfalls
//!
//! - Two programs that connect the same application to one server do not share its calls: the last
//!   one takes the application over.
//! - A worker whose machine loses its power or its network closes no connection. Asterisk notices it
//!   only when it has something to send, and possibly after minutes. The balancer must close the
//!   connections of a worker whose check fails, as `on-marked-down shutdown-sessions` does in HAProxy.
//! - A balancer's timeout for idle connections must be longer than the longest call: the server
//!   sends a ping only after 15 seconds without a message
//!   ([`ServerBuilder::keepalive`](crate::server::ServerBuilder::keepalive)).
//! - An earlier worker that was only suspended, and not ended, may still send requests by HTTP. Those
//!   over the lost WebSocket fail.
//! - `subscribe_all = yes` in `ari.conf` hides the channels of a call, so that resumed calls are not
//!   recognized.
