//! Connecting: address, credentials, TLS, timeouts.
//!
//! A [`ClientBuilder`](crate::client::ClientBuilder) builds a [`Client`](crate::Client). Building
//! sends nothing, and fails at once if the address or the credentials are invalid. A client is
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
//! - The address ends in `/ari`. If `http.conf` sets a `prefix`, it comes before `/ari`, as
//!   `asterisk` does above. IPv6 addresses are in brackets.
//! - Credentials are a user of `ari.conf` and its password. They are sent in a header, never in a
//!   URL, and no `Debug` output or error shows the password. A URL that contains credentials is
//!   refused.
//! - `https://` needs the feature `tls`, which is off by default. The platform's roots are trusted.
//!   `add_root_certificate` adds a certificate of your own, and `identity` sets the one that the
//!   client presents to the server.
//! - With the feature `config`, `Client::from_env()` reads the server and the credentials from
//!   `ARI_URL`, `ARI_USER` and `ARI_PASSWORD`, or from a profile of the configuration file, which
//!   `ARI_PROFILE` names: the same variables and the same file as the command `ari`, by the same
//!   rules. `Client::builder_from_env()` returns the builder, for further settings, and
//!   `config::ConfigLoader` takes a URL, a user or a file of the program's own choice.
//! - `connect_timeout` (10 seconds) limits connecting, and `timeout` (120 seconds) limits the wait
//!   for a response. [`with_timeout`](super::requests) sets another limit for a single request.
//!
//! # Proxies and Unix sockets
//!
//! `proxy` sends everything, WebSockets included, through an HTTP proxy, and `unix_socket` through a
//! Unix socket on which a reverse proxy listens. The URL stays that of Asterisk.
//!
//! ```no_run
//! use ari_api::Client;
//! use ari_api::transport::Proxy;
//!
//! # fn client() -> Result<Client, ari_api::Error> {
//! let proxy = Proxy::new("http://proxy.example:3128")?.credentials("me", "secret");
//! let client = Client::builder("http://pbx.example:8088/ari")
//!     .credentials("aritest", "testme")
//!     .proxy(proxy)
//!     .build()?;
//! # Ok(client)
//! # }
//! ```
//!
//! The proxy opens a tunnel with `CONNECT`, for plain HTTP, too: it neither reads nor changes
//! requests, never sees Asterisk's password, and WebSockets work without its support. It has to
//! permit `CONNECT` to Asterisk's port. No environment variable is read.
//!
//! # Pitfalls
//!
//! - **Do not set a short `timeout`.** `answer`, setting a variable, and entering or leaving a
//!   bridge wait until the current playback of that channel has ended. During a prompt of 12
//!   seconds they take 12 seconds, which is not a fault.
//! - A starting server first refuses connections, then responds 404 without any content from ARI,
//!   then 503, then works. Wait for a successful `ping`, not for an open port.
//! - `enabled = yes` is needed twice: in `http.conf` and in `ari.conf`.
//! - A user with `read_only = yes` gets 403 for everything but reading. So does a client whose
//!   address the user's ACL does not permit.
//! - Asterisk serves 100 HTTP connections at a time (`sessionlimit` in `http.conf`), and each
//!   WebSocket holds one. It closes further connections without a response.
