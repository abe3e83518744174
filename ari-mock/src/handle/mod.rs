//! The public handle of the fake, with which a test starts, controls and inspects it.

mod asterisk;
mod audio;
mod builder;
mod caller;
mod elapse;
mod environment;
mod faults;
mod frozen_clock;
mod inspect;
#[cfg(feature = "control")]
mod scenario;
mod transfers;
mod waiting;

pub use asterisk::Asterisk;
pub use builder::Builder;
pub use caller::{FakeChannel, IncomingCall};
pub use inspect::SentMessage;
