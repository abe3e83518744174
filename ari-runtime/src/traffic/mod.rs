//! Traffic files: what a client and its server have sent to each other, one JSON line each.
//!
//! A [`Recorder`] is a transport that wraps another one, and writes everything that passes through it
//! to a [`TrafficLog`]. [`TrafficFile`] reads such a file.
//!
//! ```no_run
//! use ari_runtime::client::{ApiClient, ClientBuilder};
//! use ari_runtime::traffic::{Recorder, TrafficLog};
//!
//! fn connect<C: ApiClient>(url: &str) -> Result<C, Box<dyn std::error::Error>> {
//!     let builder = ClientBuilder::<C>::new(url).credentials("aritest", "testme");
//!     let log = TrafficLog::create("calls.jsonl")?;
//!     let transport = Recorder::new(builder.http_transport()?, url, &log);
//!     Ok(builder.build_with_transport(transport))
//! }
//! ```
//!
//! # The format
//!
//! Each line is an object. All lines have `kind`; `at`, the microseconds since the first line by a
//! monotonic clock; and `time`, the wall-clock time in UTC with milliseconds. Unknown kinds and keys
//! are to be ignored. `request` and `socket` are numbers that are unique in the file.
//!
//! | `kind` | keys | meaning |
//! |---|---|---|
//! | `traffic` | `version` (1), `program` | the first line |
//! | `request` | `request`, `server`, `method`, `path`, `query`, `body`, `socket` | a request; `path` (below `/ari`) and `query` are percent-encoded; with `socket` if it was sent over that WebSocket |
//! | `response` | `request`, `status`, `took`, `version`, `location`, `body` | its response, `took` microseconds later, with the server's version |
//! | `failure` | `request`, `took`, `sent`, `error` | no response arrived; `sent` is `no` or `unknown` |
//! | `abandoned` | `request`, `took` | the program did not wait for the response any longer |
//! | `download` | `request`, `bytes`, `sha1`, `complete` | the length and the SHA-1 hash of a binary response such as a stored recording, after its `response`; the content is not kept |
//! | `connected` | `socket`, `request`, `server`, `applications`, `gap` | the WebSocket is open; with `gap` if it is reopened that many microseconds after the loss of the last one of these applications: events in between are missing |
//! | `disconnected` | `socket`, `by`, `reason` | the WebSocket is closed, by the `client`, by the `server`, or because of an `error` |
//! | `event` | `socket`, `text` | a text message of the server |
//! | `sent` | `socket`, `text` | a text message of the client that is not a request |
//! | `note` | `text` | a remark of the program |
//! | `lost` | `lines` | that many lines are missing here, because the disk was too slow |
//!
//! `text` and `body` are strings with the text as it was sent, byte for byte, so that nothing depends
//! on how a reader treats numbers, the order of keys, or repeated keys. A body that is not UTF-8 is
//! Base64 under `body_base64` instead.
//!
//! # Secrets
//!
//! No header is recorded, and so no `Authorization`. Values of secrets are replaced by `(redacted)`
//! and the line has `"redacted": true`: parameters, keys and channel variables whose names are those
//! of passwords, tokens, keys, credentials or PINs, in queries, bodies, responses and events, and
//! values with a password in front of a host, such as `https://user:password@host`. A secret under
//! another name, such as the variable `AWS_KEY`, is not recognized. A text in which something was
//! replaced is written anew, and is not the same byte for byte. Phone numbers and keys that callers
//! press remain: treat the file as personal data. It is created for its owner alone.
//!
//! # Limits
//!
//! The frames of media WebSockets are not recorded, only their requests. Sessions that Asterisk opens
//! to a `Server` have no transport and are not recorded. A thread writes the file, so that neither
//! requests nor events wait for the disk; if more than 64 MiB wait to be written, further lines are
//! left out and counted by a line `lost`.

mod file;
mod item;
mod log;
mod recorder;
pub mod redact;
mod socket;

pub use file::{TrafficFile, TrafficFileError, TrafficLine};
pub use item::{DisconnectCause, Item, SentState};
pub use log::TrafficLog;
pub use recorder::Recorder;
