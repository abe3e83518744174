// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The properties that events have in common.

use crate::{Event, runtime};

impl Event {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Returns `None` if the message has none, and for [`Event::Connection`] and
    /// [`Event::Unknown`].
    #[inline]
    pub fn asterisk_id(&self) -> Option<&str> {
        match self {
            Event::MissingParams(event) => event.asterisk_id.as_deref(),
            Event::DeviceStateChanged(event) => event.asterisk_id.as_deref(),
            Event::PlaybackStarted(event) => event.asterisk_id.as_deref(),
            Event::PlaybackContinuing(event) => event.asterisk_id.as_deref(),
            Event::PlaybackFinished(event) => event.asterisk_id.as_deref(),
            Event::RecordingStarted(event) => event.asterisk_id.as_deref(),
            Event::RecordingFinished(event) => event.asterisk_id.as_deref(),
            Event::RecordingFailed(event) => event.asterisk_id.as_deref(),
            Event::ApplicationMoveFailed(event) => event.asterisk_id.as_deref(),
            Event::ApplicationRegistered(event) => event.asterisk_id.as_deref(),
            Event::ApplicationUnregistered(event) => event.asterisk_id.as_deref(),
            Event::ApplicationReplaced(event) => event.asterisk_id.as_deref(),
            Event::BridgeCreated(event) => event.asterisk_id.as_deref(),
            Event::BridgeDestroyed(event) => event.asterisk_id.as_deref(),
            Event::BridgeMerged(event) => event.asterisk_id.as_deref(),
            Event::BridgeBlindTransfer(event) => event.asterisk_id.as_deref(),
            Event::BridgeAttendedTransfer(event) => event.asterisk_id.as_deref(),
            Event::BridgeVideoSourceChanged(event) => event.asterisk_id.as_deref(),
            Event::ChannelCreated(event) => event.asterisk_id.as_deref(),
            Event::ChannelDestroyed(event) => event.asterisk_id.as_deref(),
            Event::ChannelEnteredBridge(event) => event.asterisk_id.as_deref(),
            Event::ChannelLeftBridge(event) => event.asterisk_id.as_deref(),
            Event::ChannelStateChange(event) => event.asterisk_id.as_deref(),
            Event::ChannelDtmfReceived(event) => event.asterisk_id.as_deref(),
            Event::ChannelDialplan(event) => event.asterisk_id.as_deref(),
            Event::ChannelCallerId(event) => event.asterisk_id.as_deref(),
            Event::ChannelUserevent(event) => event.asterisk_id.as_deref(),
            Event::ChannelHangupRequest(event) => event.asterisk_id.as_deref(),
            Event::ChannelVarset(event) => event.asterisk_id.as_deref(),
            Event::ChannelToneDetected(event) => event.asterisk_id.as_deref(),
            Event::ChannelTalkingStarted(event) => event.asterisk_id.as_deref(),
            Event::ChannelTalkingFinished(event) => event.asterisk_id.as_deref(),
            Event::ChannelHold(event) => event.asterisk_id.as_deref(),
            Event::ChannelUnhold(event) => event.asterisk_id.as_deref(),
            Event::ContactStatusChange(event) => event.asterisk_id.as_deref(),
            Event::EndpointStateChange(event) => event.asterisk_id.as_deref(),
            Event::Dial(event) => event.asterisk_id.as_deref(),
            Event::StasisEnd(event) => event.asterisk_id.as_deref(),
            Event::StasisStart(event) => event.asterisk_id.as_deref(),
            Event::TextMessageReceived(event) => event.asterisk_id.as_deref(),
            Event::ChannelConnectedLine(event) => event.asterisk_id.as_deref(),
            Event::PeerStatusChange(event) => event.asterisk_id.as_deref(),
            Event::ChannelTransfer(event) => event.asterisk_id.as_deref(),
            Event::RestResponse(event) => event.asterisk_id.as_deref(),
            Event::CallBroadcast(event) => event.asterisk_id.as_deref(),
            Event::CallClaimed(event) => event.asterisk_id.as_deref(),
            Event::Connection(_) | Event::Unknown { .. } => None,
        }
    }

    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    ///
    /// Returns `None` if the message has none, and for [`Event::Connection`] and
    /// [`Event::Unknown`].
    #[inline]
    pub fn application(&self) -> Option<&str> {
        match self {
            Event::DeviceStateChanged(event) => Some(&event.application),
            Event::PlaybackStarted(event) => Some(&event.application),
            Event::PlaybackContinuing(event) => Some(&event.application),
            Event::PlaybackFinished(event) => Some(&event.application),
            Event::RecordingStarted(event) => Some(&event.application),
            Event::RecordingFinished(event) => Some(&event.application),
            Event::RecordingFailed(event) => Some(&event.application),
            Event::ApplicationMoveFailed(event) => Some(&event.application),
            Event::ApplicationRegistered(event) => Some(&event.application),
            Event::ApplicationUnregistered(event) => Some(&event.application),
            Event::ApplicationReplaced(event) => Some(&event.application),
            Event::BridgeCreated(event) => Some(&event.application),
            Event::BridgeDestroyed(event) => Some(&event.application),
            Event::BridgeMerged(event) => Some(&event.application),
            Event::BridgeBlindTransfer(event) => Some(&event.application),
            Event::BridgeAttendedTransfer(event) => Some(&event.application),
            Event::BridgeVideoSourceChanged(event) => Some(&event.application),
            Event::ChannelCreated(event) => Some(&event.application),
            Event::ChannelDestroyed(event) => Some(&event.application),
            Event::ChannelEnteredBridge(event) => Some(&event.application),
            Event::ChannelLeftBridge(event) => Some(&event.application),
            Event::ChannelStateChange(event) => Some(&event.application),
            Event::ChannelDtmfReceived(event) => Some(&event.application),
            Event::ChannelDialplan(event) => Some(&event.application),
            Event::ChannelCallerId(event) => Some(&event.application),
            Event::ChannelUserevent(event) => Some(&event.application),
            Event::ChannelHangupRequest(event) => Some(&event.application),
            Event::ChannelVarset(event) => Some(&event.application),
            Event::ChannelToneDetected(event) => Some(&event.application),
            Event::ChannelTalkingStarted(event) => Some(&event.application),
            Event::ChannelTalkingFinished(event) => Some(&event.application),
            Event::ChannelHold(event) => Some(&event.application),
            Event::ChannelUnhold(event) => Some(&event.application),
            Event::ContactStatusChange(event) => Some(&event.application),
            Event::EndpointStateChange(event) => Some(&event.application),
            Event::Dial(event) => Some(&event.application),
            Event::StasisEnd(event) => Some(&event.application),
            Event::StasisStart(event) => Some(&event.application),
            Event::TextMessageReceived(event) => Some(&event.application),
            Event::ChannelConnectedLine(event) => Some(&event.application),
            Event::PeerStatusChange(event) => Some(&event.application),
            Event::ChannelTransfer(event) => Some(&event.application),
            Event::RestResponse(event) => Some(&event.application),
            Event::CallBroadcast(event) => Some(&event.application),
            Event::CallClaimed(event) => Some(&event.application),
            _ => None,
        }
    }

    /// When the event happened, by the server's clock.
    ///
    /// Returns `None` if the message has none, and for [`Event::Connection`] and
    /// [`Event::Unknown`].
    #[inline]
    pub fn timestamp(&self) -> Option<runtime::Timestamp> {
        match self {
            Event::DeviceStateChanged(event) => event.timestamp,
            Event::PlaybackStarted(event) => event.timestamp,
            Event::PlaybackContinuing(event) => event.timestamp,
            Event::PlaybackFinished(event) => event.timestamp,
            Event::RecordingStarted(event) => event.timestamp,
            Event::RecordingFinished(event) => event.timestamp,
            Event::RecordingFailed(event) => event.timestamp,
            Event::ApplicationMoveFailed(event) => event.timestamp,
            Event::ApplicationRegistered(event) => event.timestamp,
            Event::ApplicationUnregistered(event) => event.timestamp,
            Event::ApplicationReplaced(event) => event.timestamp,
            Event::BridgeCreated(event) => event.timestamp,
            Event::BridgeDestroyed(event) => event.timestamp,
            Event::BridgeMerged(event) => event.timestamp,
            Event::BridgeBlindTransfer(event) => event.timestamp,
            Event::BridgeAttendedTransfer(event) => event.timestamp,
            Event::BridgeVideoSourceChanged(event) => event.timestamp,
            Event::ChannelCreated(event) => event.timestamp,
            Event::ChannelDestroyed(event) => event.timestamp,
            Event::ChannelEnteredBridge(event) => event.timestamp,
            Event::ChannelLeftBridge(event) => event.timestamp,
            Event::ChannelStateChange(event) => event.timestamp,
            Event::ChannelDtmfReceived(event) => event.timestamp,
            Event::ChannelDialplan(event) => event.timestamp,
            Event::ChannelCallerId(event) => event.timestamp,
            Event::ChannelUserevent(event) => event.timestamp,
            Event::ChannelHangupRequest(event) => event.timestamp,
            Event::ChannelVarset(event) => event.timestamp,
            Event::ChannelToneDetected(event) => event.timestamp,
            Event::ChannelTalkingStarted(event) => event.timestamp,
            Event::ChannelTalkingFinished(event) => event.timestamp,
            Event::ChannelHold(event) => event.timestamp,
            Event::ChannelUnhold(event) => event.timestamp,
            Event::ContactStatusChange(event) => event.timestamp,
            Event::EndpointStateChange(event) => event.timestamp,
            Event::Dial(event) => event.timestamp,
            Event::StasisEnd(event) => event.timestamp,
            Event::StasisStart(event) => event.timestamp,
            Event::TextMessageReceived(event) => event.timestamp,
            Event::ChannelConnectedLine(event) => event.timestamp,
            Event::PeerStatusChange(event) => event.timestamp,
            Event::ChannelTransfer(event) => event.timestamp,
            Event::RestResponse(event) => event.timestamp,
            Event::CallBroadcast(event) => event.timestamp,
            Event::CallClaimed(event) => event.timestamp,
            _ => None,
        }
    }
}
