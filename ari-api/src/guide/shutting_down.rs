//! Shutting down: ending without losing anything.
//!
//! [`Client::close`](crate::Client::close) waits for the responses to requests that are in flight,
//! closes every WebSocket properly, and ends all streams. When it returns, all tasks of the client
//! have ended. It takes no longer than its limit, plus two seconds for each WebSocket whose server
//! does not respond to the close.
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
//!   [`Session`](crate::stream::Session) is dropped. Streams of objects do not keep it open.
//! - `app.close(limit)` closes one application, and does not affect the client and its other
//!   applications.
//! - Dropping a future before its request is sent cancels it. A request that was already sent is
//!   carried out.
//!
//! # Pitfalls
//!
//! - **Calls and bridges outlive the program.** Before closing, hang up, destroy, or continue in
//!   the dialplan (`continue_in_dialplan`) everything that nobody else will handle.
//! - The application is removed with its WebSocket, unless calls or subscriptions remain in it:
//!   then it stays, and its calls wait for the next client that connects it. Its subscriptions to
//!   device states are cancelled before, because Asterisk 22 can freeze if a WebSocket with such
//!   subscriptions is closed while a device state changes. A killed program cannot do that.
