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
//! Sessions that Asterisk opens are recorded with `ServerBuilder::record`.
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
//! | `connected` | `socket`, `request`, `path`, `server`, `applications`, `gap` | the WebSocket is open; with `gap` if it is reopened that many microseconds after the loss of the last one of these applications: events in between are missing; if Asterisk has opened it to a `Server`, with its `path` and query instead of `request` and `applications` |
//! | `disconnected` | `socket`, `by`, `reason` | the WebSocket is closed, by the `client`, by the `server`, or because of an `error` |
//! | `event` | `socket`, `text` | a text message of the server |
//! | `sent` | `socket`, `text` | a text message of the client that is not a request |
//! | `note` | `text` | a remark of the program |
//! | `lost` | `lines` | that many lines are missing here, because the disk was too slow or a line too long |
//!
//! `text` and `body` are strings with the text as it was sent, byte for byte, so that nothing depends
//! on how a reader treats numbers, the order of keys, or repeated keys. A body that is not UTF-8 is
//! Base64 under `body_base64` instead.
//!
//! # Secrets
//!
//! No header is recorded, and so no `Authorization`. Values of secrets are replaced by `(redacted)`
//! and the line has `"redacted": true`, in queries, bodies, responses and events:
//!
//! - of parameters and keys whose names are those of passwords, tokens, API keys, credentials or PINs;
//! - of channel variables and keys of user events whose names contain `pass`, `pwd`, `secret`,
//!   `token`, `key`, `auth`, `cred`, `pin` or `jwt` in any case, such as `MYPASS`, also where the
//!   dialplan sets them (`app_data`). `SHIPPING` is hidden, too;
//! - of the names that [`TrafficLog::redact_names`] adds;
//! - values with a password in front of a host, such as `https://user:password@host`, with a secret
//!   in the query of a URL, with a header `Authorization`, or with a JSON Web Token.
//!
//! Not recognized are secrets under other names, arguments of `Stasis()` and of other dialplan
//! applications, texts of messages, names and ids in paths, and everything that a value contains
//! without a name. Phone numbers and keys that callers press remain, also those of a PIN: treat the
//! file as personal data. It is created for its owner alone. A text in which something was replaced is
//! written anew, and is not the same byte for byte.
//!
//! # Limits
//!
//! The frames of media WebSockets are not recorded, only their requests. A thread writes the file, so that neither
//! requests nor events wait for the disk; if more than 64 MiB wait to be written, further lines are
//! left out and counted by a line `lost`. So is a line of more than 128 MiB.
//!
//! If the program is killed or the disk is full, the last line may be incomplete, and later ones are
//! missing. [`TrafficFile::truncated_line`] is the number of such a line.

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
#[cfg(feature = "server")]
pub(crate) use socket::RecordingSocket;
