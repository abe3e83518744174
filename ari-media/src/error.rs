//! Errors of opening a session.

use std::fmt;
use std::time::Duration;

use crate::carrier::{Carrier, CarrierError};
use crate::connection::ConnectionError;
use crate::event::ChannelEnd;
use crate::playout::SendError;

/// The reason why a session cannot be opened, or why audio was rejected. All objects that the
/// attempt has created on the server are removed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No carrier can be used, or the requested one cannot. The text names the module to load, the
    /// setting to change or the address to offer.
    #[error(transparent)]
    NoCarrier(#[from] CarrierError),
    /// A request to Asterisk has failed.
    #[error("no audio session: {step}: {source}")]
    Request {
        /// The step that the request was for.
        step: Step,
        /// The error of the request.
        source: ari_api::Error,
    },
    /// The connection for the audio has failed.
    #[error("no audio session: {0}")]
    Connection(#[from] ConnectionError),
    /// A channel has ended before the session was open.
    #[error("no audio session over {carrier}: {step}: {channel} has ended ({end})")]
    ChannelEnded {
        /// The carrier.
        carrier: Carrier,
        /// The step during which the channel has ended.
        step: Step,
        /// The channel: `the call`, or `the media channel`.
        channel: &'static str,
        /// The end of the channel.
        end: ChannelEnd,
    },
    /// A step was not completed within its limit.
    #[error(
        "no audio session over {carrier}: {step}: timed out after {limit:?}, Asterisk's log may \
         name the reason"
    )]
    Timeout {
        /// The carrier.
        carrier: Carrier,
        /// The step.
        step: Step,
        /// The limit.
        limit: Duration,
    },
    /// The call is in no application of this client.
    #[error(
        "no audio session: the channel {channel:?} is not in an application that this client \
         has connected: wait for its StasisStart, or name the application"
    )]
    NotInApplication {
        /// The channel of the call.
        channel: String,
    },
    /// The call has an audio session of this client, which is open or is being opened.
    #[error(
        "no audio session: the call {channel:?} already has one, in the bridge {bridge:?}: close \
         it first, join its bridge with `bridge`, or add audio to what the party hears with \
         `whisper`"
    )]
    SessionExists {
        /// The channel of the call.
        channel: String,
        /// The id of the session's bridge.
        bridge: String,
    },
    /// The call is in a bridge, out of which the session would take it.
    #[error(
        "no audio session: the call {channel:?} is in the bridge {bridge:?}, which it would leave: \
         join the bridge with `bridge`, add audio to what the party hears with `whisper`, or \
         remove the call from the bridge first"
    )]
    InBridge {
        /// The channel of the call.
        channel: String,
        /// The id of the bridge.
        bridge: String,
    },
    /// The call is not in the bridge that the session is to join.
    #[error(
        "no audio session: the call {channel:?} is not in the bridge {bridge:?}: add it to the \
         bridge first"
    )]
    NotInBridge {
        /// The channel of the call.
        channel: String,
        /// The id of the bridge.
        bridge: String,
    },
    /// The service has reached its limit of sessions.
    #[error("no audio session: all {limit} sessions of the service are in use")]
    LimitReached {
        /// The limit.
        limit: usize,
    },
    /// A part that the carrier needs is missing, such as a listener of the service or a variable of
    /// the new channel.
    #[error("no audio session over {carrier}: {missing}")]
    UnusableResponse {
        /// The carrier.
        carrier: Carrier,
        /// The missing part.
        missing: String,
    },
    /// The format cannot be used.
    #[error("no audio session over {carrier}: {problem}")]
    UnusableFormat {
        /// The carrier.
        carrier: Carrier,
        /// The problem, and the change to make.
        problem: String,
    },
    /// The queue has rejected audio.
    #[error(transparent)]
    Send(#[from] SendError),
    /// A WAV file cannot be read or written.
    #[error("the WAV file {path}: {problem}")]
    Wav {
        /// The path.
        path: String,
        /// The problem.
        problem: String,
    },
}

impl Error {
    /// Returns true if the server has refused to create the channel that carries the audio.
    pub(crate) fn is_refusal(&self) -> bool {
        match self {
            Error::Request {
                step: Step::CreateMediaChannel,
                source,
            } => source.status().is_some(),
            _ => false,
        }
    }
}

/// A step of opening a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Checking that the client has connected the application, and receives its events.
    CheckApplication,
    /// Asking the server for its version and its modules.
    FindCarrier,
    /// Waiting until the objects of an earlier session of the call are removed.
    EndEarlierSession,
    /// Asking the server for the bridge of the call.
    FindBridge,
    /// Creating the snoop channel of a tap.
    CreateSnoopChannel,
    /// Creating the channel that carries the audio.
    CreateMediaChannel,
    /// Waiting until the channel is in the application.
    EnterApplication,
    /// Creating the bridge.
    CreateBridge,
    /// Adding the channels to the bridge.
    JoinBridge,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::CheckApplication => "checking the application of the media channel",
            Step::FindCarrier => "asking the server for its version and modules",
            Step::EndEarlierSession => "removing an earlier session of the call",
            Step::FindBridge => "asking the server for the bridge of the call",
            Step::CreateSnoopChannel => "creating the snoop channel",
            Step::CreateMediaChannel => "creating the media channel",
            Step::EnterApplication => "waiting for StasisStart of the new channel",
            Step::CreateBridge => "creating the bridge",
            Step::JoinBridge => "adding the channels to the bridge",
        })
    }
}
