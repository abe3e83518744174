//! Shutting down: ending without losing anything.
//!
//! [`Client::close`](crate::Client::close) waits for the answers of requests that are under way,
//! closes every WebSocket in good order, and ends all streams. When it returns, nothing of the
//! client runs any more. It takes no longer than its limit, and two seconds for each WebSocket whose
//! server does not play along.
//!
//! ```
//! use std::time::Duration;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::start().await?;
//! # let client = pbx.client()?;
//! # let stop = tokio::time::sleep(Duration::from_millis(100));
//! let mut app = client.application("hello").connect().await?;
//! tokio::pin!(stop);
//! loop {
//!     tokio::select! {
//!         _ = &mut stop => break,
//!         event = app.next() => match event {
//!             Some(event) => println!("{}", event?.kind()),
//!             None => break,
//!         },
//!     }
//! }
//! client.close(Duration::from_secs(5)).await;
//! # assert!(app.next().await.is_none());
//! # Ok(())
//! # }
//! ```
//!
//! - A WebSocket is also closed when the last of its streams and of the clones of its
//!   [`Session`](crate::runtime::Session) is dropped. Streams of objects do not keep it open.
//! - `app.close(limit)` closes one application, and leaves the client and its others alone.
//! - A future that is dropped sends nothing any more; a request that has been sent already is
//!   carried out all the same.
//!
//! # What bites
//!
//! - **Calls and bridges outlive the program.** Hang up, destroy, or send on in the dialplan
//!   (`continue_in_dialplan`) what nobody else will look after, before closing.
//! - The application is gone with its WebSocket, unless calls or subscriptions are left in it: then
//!   it stays, and its calls wait for whoever connects it next. Its subscriptions to device states
//!   are cancelled before: Asterisk 22 can stand still where a WebSocket that has some is closed
//!   while one changes. A program that is killed cannot do that.
