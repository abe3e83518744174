#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

// Imports point from the lower lines to the upper ones, never back.
mod capture;
pub mod carrier;
mod client;
pub mod connection;
mod error;
mod event;
pub mod guide;
mod handle;
mod media;
pub mod pcm;
mod playout;
mod receiver;
mod sender;
mod service;
mod session;
mod stats;
mod tap;
mod wav_file;

pub use capture::{Frame, RawFrame};
pub use carrier::{Carrier, CarrierChoice, CarrierPreference};
pub use client::MediaClient;
pub use error::{Error, Step};
pub use event::{ChannelEnd, CloseReason, Mark, MediaEvent};
pub use media::{Media, OpenMedia};
pub use pcm::{Format, Level, SampleRate};
pub use playout::{Cleared, SendError};
pub use receiver::AudioReceiver;
pub use sender::{AudioSender, PlayOutcome, SendOutcome};
pub use service::{MediaService, MediaServiceBuilder};
pub use stats::{MediaStats, ServiceStats};
pub use tap::{OpenTap, Tap};
pub use wav_file::{Play, PlayUntilKey, PromptOutcome, WavRecorder, WavSource};
