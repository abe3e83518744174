//! Connecting: address, credentials, TLS, time limits.
//!
//! A [`Client`](crate::Client) is made by a [`ClientBuilder`](crate::runtime::ClientBuilder).
//! Making it sends nothing; an address or credentials that cannot work are refused at once. It is
//! cheap to clone, and clones share connections.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use ari_api::Client;
//!
//! # async fn example() -> Result<(), ari_api::Error> {
//! let client = Client::builder("http://[::1]:8088/asterisk/ari")
//!     .credentials("aritest", "testme")
//!     .connect_timeout(Duration::from_secs(3))
//!     .timeout(Duration::from_secs(60))
//!     .build()?;
//! client.asterisk().ping().await?;
//! # Ok(())
//! # }
//! ```
//!
//! - The address ends in `/ari`. Where `http.conf` sets a `prefix`, that stands in front of it, as
//!   `asterisk` does above. IPv6 addresses stand in brackets.
//! - Credentials are a user of `ari.conf` and its password. They are sent in a header, never in a
//!   URL, and no `Debug` or error shows the password. A URL that holds some is refused.
//! - `https://` needs the feature `tls`, which is off by default. The platform's roots are trusted;
//!   `ca_file` adds a certificate of your own, `client_certificate` shows one to the server.
//! - `connect_timeout` (10 seconds) is for making a connection, `timeout` (120 seconds) for an
//!   answer. A single request is given another limit by [`within`](super::calls).
//!
//! # What bites
//!
//! - **Do not set a short `timeout`.** `answer`, setting a variable, and entering or leaving a
//!   bridge wait until what is being played on that channel is over: for a prompt of 12 seconds
//!   they take 12 seconds, and that is no fault.
//! - A server that starts refuses connections first, then answers 404 without a word of ARI, then
//!   503, then works. Wait for a successful `ping`, not for an open port.
//! - `enabled = yes` is needed twice: in `http.conf` and in `ari.conf`.
//! - A user with `read_only = yes` gets 403 for everything but reading. So does a client whose
//!   address the user's ACL does not admit.
//! - Asterisk serves 100 HTTP connections at a time (`sessionlimit` in `http.conf`), of which every
//!   WebSocket holds one. More are closed without an answer.
