// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Everything that arrives on the WebSocket.

mod decoding;
mod objects;
mod payloads;
mod properties;
mod visit_objects;
use std::sync::Arc;
use crate::{models, runtime};

/// A message that Asterisk sends to a Stasis application, by its `type`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// Error message in place of events: the WebSocket was opened without a parameter it needs.
    MissingParams(Arc<models::MissingParams>),
    /// A device state changed: a phone began ringing or became busy, or a custom `Stasis:` device
    /// was updated.
    DeviceStateChanged(Arc<models::DeviceStateChanged>),
    /// A media file or tone began to play on a channel or bridge.
    PlaybackStarted(Arc<models::PlaybackStarted>),
    /// One item of a media list has ended and the next one follows.
    ///
    /// Available in Asterisk 14 and later.
    PlaybackContinuing(Arc<models::PlaybackContinuing>),
    /// A playback ended: it ran to its end, was stopped, or failed.
    PlaybackFinished(Arc<models::PlaybackFinished>),
    /// A live recording began to write audio.
    RecordingStarted(Arc<models::RecordingStarted>),
    /// A live recording ended and its file is closed.
    RecordingFinished(Arc<models::RecordingFinished>),
    /// A live recording could not be made.
    RecordingFailed(Arc<models::RecordingFailed>),
    /// A channel could not be handed over to another application with `move`.
    ///
    /// Available in Asterisk 13.26.0, 16.3.0 and later.
    ApplicationMoveFailed(Arc<models::ApplicationMoveFailed>),
    /// An application is now served by this outbound WebSocket.
    ///
    /// Available in Asterisk 20.15.0, 21.10.0, 22.5.0 and later.
    ApplicationRegistered(Arc<models::ApplicationRegistered>),
    /// An application is no longer served by this outbound WebSocket.
    ///
    /// Available in Asterisk 20.15.0, 21.10.0, 22.5.0 and later.
    ApplicationUnregistered(Arc<models::ApplicationUnregistered>),
    /// Another WebSocket registered the same application name and took it over.
    ApplicationReplaced(Arc<models::ApplicationReplaced>),
    /// A bridge was created.
    BridgeCreated(Arc<models::BridgeCreated>),
    /// A bridge was destroyed.
    BridgeDestroyed(Arc<models::BridgeDestroyed>),
    /// Two bridges became one; all channels of one moved into the other.
    BridgeMerged(Arc<models::BridgeMerged>),
    /// A party in a bridge was sent to an extension without the transferer asking there first.
    ///
    /// Available in Asterisk 12.1.0 and later.
    BridgeBlindTransfer(Arc<models::BridgeBlindTransfer>),
    /// Two calls of one party were joined after that party had talked to both.
    ///
    /// Available in Asterisk 12.1.0 and later.
    BridgeAttendedTransfer(Arc<models::BridgeAttendedTransfer>),
    /// A bridge shows another channel's video.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    BridgeVideoSourceChanged(Arc<models::BridgeVideoSourceChanged>),
    /// A channel came into being.
    ChannelCreated(Arc<models::ChannelCreated>),
    /// A channel has been hung up and no longer exists.
    ChannelDestroyed(Arc<models::ChannelDestroyed>),
    /// A channel joined a bridge and can hear the others in it.
    ChannelEnteredBridge(Arc<models::ChannelEnteredBridge>),
    /// A channel left a bridge.
    ChannelLeftBridge(Arc<models::ChannelLeftBridge>),
    /// A channel's state changed, for instance from `Ringing` to `Up`.
    ChannelStateChange(Arc<models::ChannelStateChange>),
    /// The caller pressed a key.
    ChannelDtmfReceived(Arc<models::ChannelDtmfReceived>),
    /// A channel reached a new step of the dialplan and is about to execute it.
    ChannelDialplan(Arc<models::ChannelDialplan>),
    /// The caller's name or number on a channel changed.
    ChannelCallerId(Arc<models::ChannelCallerId>),
    /// An event made up by an application or by the dialplan.
    ChannelUserevent(Arc<models::ChannelUserevent>),
    /// A hangup of the channel was requested: the far end hung up, or Asterisk or an application
    /// requested it.
    ChannelHangupRequest(Arc<models::ChannelHangupRequest>),
    /// A channel variable or a global variable was set.
    ChannelVarset(Arc<models::ChannelVarset>),
    /// The tone that was being watched for was heard on a channel.
    ///
    /// Available in Asterisk 22 and later.
    ChannelToneDetected(Arc<models::ChannelToneDetected>),
    /// The party on a channel began to speak.
    ///
    /// Available in Asterisk 12.4.0 and later.
    ChannelTalkingStarted(Arc<models::ChannelTalkingStarted>),
    /// The party on a channel stopped speaking.
    ///
    /// Available in Asterisk 12.4.0 and later.
    ChannelTalkingFinished(Arc<models::ChannelTalkingFinished>),
    /// The device on this channel put the call on hold.
    ///
    /// Available in Asterisk 13.4.0 and later.
    ChannelHold(Arc<models::ChannelHold>),
    /// The device on this channel took the call off hold.
    ///
    /// Available in Asterisk 13.4.0 and later.
    ChannelUnhold(Arc<models::ChannelUnhold>),
    /// A SIP contact of an endpoint was registered, removed, or changed its reachability.
    ///
    /// Available in Asterisk 13.6.0 and later.
    ContactStatusChange(Arc<models::ContactStatusChange>),
    /// An endpoint's state changed, between `online` and `offline` for instance.
    EndpointStateChange(Arc<models::EndpointStateChange>),
    /// A dialling attempt began or advanced.
    Dial(Arc<models::Dial>),
    /// A channel left the application.
    StasisEnd(Arc<models::StasisEnd>),
    /// A channel entered the application and is now under its control.
    StasisStart(Arc<models::StasisStart>),
    /// A text message came in from outside any call, such as a SIP MESSAGE.
    ///
    /// Available in Asterisk 12.5.0 and later.
    TextMessageReceived(Arc<models::TextMessageReceived>),
    /// The name or number of the party at the other end changed for a channel.
    ///
    /// Available in Asterisk 13.1.0 and later.
    ChannelConnectedLine(Arc<models::ChannelConnectedLine>),
    /// The peer behind an endpoint changed its status, such as becoming reachable.
    ///
    /// Available in Asterisk 13.6.0 and later.
    PeerStatusChange(Arc<models::PeerStatusChange>),
    /// A phone asked to transfer its call, and Asterisk leaves it to the application to do so.
    ///
    /// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
    ChannelTransfer(Arc<models::ChannelTransfer>),
    /// The answer to a `RESTRequest`.
    ///
    /// Available in Asterisk 20.14.0, 21.9.0, 22.4.0 and later.
    RestResponse(Arc<models::RestResponse>),
    /// A call is offered to several applications; the first one to claim it gets it.
    ///
    /// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
    CallBroadcast(Arc<models::CallBroadcast>),
    /// A call offered with `CallBroadcast` was claimed.
    ///
    /// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
    CallClaimed(Arc<models::CallClaimed>),
    /// A change of the connection itself: it was opened, lost or reopened.
    Connection(runtime::ConnectionEvent),
    /// A message of a type that these bindings do not know, from a newer or modified
    /// Asterisk.
    Unknown {
        /// Its `type`.
        kind: String,
        /// The whole message as it was received.
        raw: String,
    },
}

impl Event {
    /// The `type` values of all events that the bindings know.
    pub const KINDS: &'static [&'static str] = &[
        "MissingParams",
        "DeviceStateChanged",
        "PlaybackStarted",
        "PlaybackContinuing",
        "PlaybackFinished",
        "RecordingStarted",
        "RecordingFinished",
        "RecordingFailed",
        "ApplicationMoveFailed",
        "ApplicationRegistered",
        "ApplicationUnregistered",
        "ApplicationReplaced",
        "BridgeCreated",
        "BridgeDestroyed",
        "BridgeMerged",
        "BridgeBlindTransfer",
        "BridgeAttendedTransfer",
        "BridgeVideoSourceChanged",
        "ChannelCreated",
        "ChannelDestroyed",
        "ChannelEnteredBridge",
        "ChannelLeftBridge",
        "ChannelStateChange",
        "ChannelDtmfReceived",
        "ChannelDialplan",
        "ChannelCallerId",
        "ChannelUserevent",
        "ChannelHangupRequest",
        "ChannelVarset",
        "ChannelToneDetected",
        "ChannelTalkingStarted",
        "ChannelTalkingFinished",
        "ChannelHold",
        "ChannelUnhold",
        "ContactStatusChange",
        "EndpointStateChange",
        "Dial",
        "StasisEnd",
        "StasisStart",
        "TextMessageReceived",
        "ChannelConnectedLine",
        "PeerStatusChange",
        "ChannelTransfer",
        "RESTResponse",
        "CallBroadcast",
        "CallClaimed",
    ];
    /// Returns the `type` of the message. [`Event::Connection`] has a name of the bindings.
    pub fn kind(&self) -> &str {
        match self {
            Event::MissingParams(_) => "MissingParams",
            Event::DeviceStateChanged(_) => "DeviceStateChanged",
            Event::PlaybackStarted(_) => "PlaybackStarted",
            Event::PlaybackContinuing(_) => "PlaybackContinuing",
            Event::PlaybackFinished(_) => "PlaybackFinished",
            Event::RecordingStarted(_) => "RecordingStarted",
            Event::RecordingFinished(_) => "RecordingFinished",
            Event::RecordingFailed(_) => "RecordingFailed",
            Event::ApplicationMoveFailed(_) => "ApplicationMoveFailed",
            Event::ApplicationRegistered(_) => "ApplicationRegistered",
            Event::ApplicationUnregistered(_) => "ApplicationUnregistered",
            Event::ApplicationReplaced(_) => "ApplicationReplaced",
            Event::BridgeCreated(_) => "BridgeCreated",
            Event::BridgeDestroyed(_) => "BridgeDestroyed",
            Event::BridgeMerged(_) => "BridgeMerged",
            Event::BridgeBlindTransfer(_) => "BridgeBlindTransfer",
            Event::BridgeAttendedTransfer(_) => "BridgeAttendedTransfer",
            Event::BridgeVideoSourceChanged(_) => "BridgeVideoSourceChanged",
            Event::ChannelCreated(_) => "ChannelCreated",
            Event::ChannelDestroyed(_) => "ChannelDestroyed",
            Event::ChannelEnteredBridge(_) => "ChannelEnteredBridge",
            Event::ChannelLeftBridge(_) => "ChannelLeftBridge",
            Event::ChannelStateChange(_) => "ChannelStateChange",
            Event::ChannelDtmfReceived(_) => "ChannelDtmfReceived",
            Event::ChannelDialplan(_) => "ChannelDialplan",
            Event::ChannelCallerId(_) => "ChannelCallerId",
            Event::ChannelUserevent(_) => "ChannelUserevent",
            Event::ChannelHangupRequest(_) => "ChannelHangupRequest",
            Event::ChannelVarset(_) => "ChannelVarset",
            Event::ChannelToneDetected(_) => "ChannelToneDetected",
            Event::ChannelTalkingStarted(_) => "ChannelTalkingStarted",
            Event::ChannelTalkingFinished(_) => "ChannelTalkingFinished",
            Event::ChannelHold(_) => "ChannelHold",
            Event::ChannelUnhold(_) => "ChannelUnhold",
            Event::ContactStatusChange(_) => "ContactStatusChange",
            Event::EndpointStateChange(_) => "EndpointStateChange",
            Event::Dial(_) => "Dial",
            Event::StasisEnd(_) => "StasisEnd",
            Event::StasisStart(_) => "StasisStart",
            Event::TextMessageReceived(_) => "TextMessageReceived",
            Event::ChannelConnectedLine(_) => "ChannelConnectedLine",
            Event::PeerStatusChange(_) => "PeerStatusChange",
            Event::ChannelTransfer(_) => "ChannelTransfer",
            Event::RestResponse(_) => "RESTResponse",
            Event::CallBroadcast(_) => "CallBroadcast",
            Event::CallClaimed(_) => "CallClaimed",
            Event::Connection(event) => event.name(),
            Event::Unknown { kind, .. } => kind,
        }
    }
}
