// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Everything that arrives on the WebSocket.

use std::sync::Arc;
use crate::{Error, models, operations, runtime};

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

    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
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

    /// Returns every [`Bridge`](crate::models::Bridge) that the event carries, in the order of its
    /// properties.
    #[inline]
    pub fn bridges(&self) -> Vec<&models::Bridge> {
        let mut found = Vec::new();
        match self {
            Event::BridgeCreated(event) => {
                found.push(&event.bridge);
            }
            Event::BridgeDestroyed(event) => {
                found.push(&event.bridge);
            }
            Event::BridgeMerged(event) => {
                found.push(&event.bridge);
                found.push(&event.bridge_from);
            }
            Event::BridgeBlindTransfer(event) => {
                if let Some(bridge) = &event.bridge {
                    found.push(bridge);
                }
            }
            Event::BridgeAttendedTransfer(event) => {
                if let Some(transferer_first_leg_bridge) = &event
                    .transferer_first_leg_bridge
                {
                    found.push(transferer_first_leg_bridge);
                }
                if let Some(transferer_second_leg_bridge) = &event
                    .transferer_second_leg_bridge
                {
                    found.push(transferer_second_leg_bridge);
                }
                if let Some(destination_threeway_bridge) = &event
                    .destination_threeway_bridge
                {
                    found.push(destination_threeway_bridge);
                }
            }
            Event::BridgeVideoSourceChanged(event) => {
                found.push(&event.bridge);
            }
            Event::ChannelEnteredBridge(event) => {
                found.push(&event.bridge);
            }
            Event::ChannelLeftBridge(event) => {
                found.push(&event.bridge);
            }
            Event::ChannelUserevent(event) => {
                if let Some(bridge) = &event.bridge {
                    found.push(bridge);
                }
            }
            Event::ChannelTransfer(event) => {
                if let Some(bridge) = &event.refer_to.bridge {
                    found.push(bridge);
                }
                if let Some(bridge) = &event.referred_by.bridge {
                    found.push(bridge);
                }
            }
            _ => {}
        }
        found
    }

    /// Returns the `id` of each of [`Event::bridges`].
    #[inline]
    pub fn bridge_ids(&self) -> Vec<&str> {
        self.bridges().into_iter().map(|object| object.id.as_str()).collect()
    }

    /// Returns every [`Channel`](crate::models::Channel) that the event carries, in the order of
    /// its properties.
    #[inline]
    pub fn channels(&self) -> Vec<&models::Channel> {
        let mut found = Vec::new();
        match self {
            Event::ApplicationMoveFailed(event) => {
                found.push(&event.channel);
            }
            Event::BridgeBlindTransfer(event) => {
                found.push(&event.channel);
                if let Some(replace_channel) = &event.replace_channel {
                    found.push(replace_channel);
                }
                if let Some(transferee) = &event.transferee {
                    found.push(transferee);
                }
            }
            Event::BridgeAttendedTransfer(event) => {
                found.push(&event.transferer_first_leg);
                found.push(&event.transferer_second_leg);
                if let Some(replace_channel) = &event.replace_channel {
                    found.push(replace_channel);
                }
                if let Some(transferee) = &event.transferee {
                    found.push(transferee);
                }
                if let Some(transfer_target) = &event.transfer_target {
                    found.push(transfer_target);
                }
                if let Some(destination_link_first_leg) = &event
                    .destination_link_first_leg
                {
                    found.push(destination_link_first_leg);
                }
                if let Some(destination_link_second_leg) = &event
                    .destination_link_second_leg
                {
                    found.push(destination_link_second_leg);
                }
                if let Some(destination_threeway_channel) = &event
                    .destination_threeway_channel
                {
                    found.push(destination_threeway_channel);
                }
            }
            Event::ChannelCreated(event) => {
                found.push(&event.channel);
            }
            Event::ChannelDestroyed(event) => {
                found.push(&event.channel);
            }
            Event::ChannelEnteredBridge(event) => {
                if let Some(channel) = &event.channel {
                    found.push(channel);
                }
            }
            Event::ChannelLeftBridge(event) => {
                found.push(&event.channel);
            }
            Event::ChannelStateChange(event) => {
                found.push(&event.channel);
            }
            Event::ChannelDtmfReceived(event) => {
                found.push(&event.channel);
            }
            Event::ChannelDialplan(event) => {
                found.push(&event.channel);
            }
            Event::ChannelCallerId(event) => {
                found.push(&event.channel);
            }
            Event::ChannelUserevent(event) => {
                if let Some(channel) = &event.channel {
                    found.push(channel);
                }
            }
            Event::ChannelHangupRequest(event) => {
                found.push(&event.channel);
            }
            Event::ChannelVarset(event) => {
                if let Some(channel) = &event.channel {
                    found.push(channel);
                }
            }
            Event::ChannelToneDetected(event) => {
                found.push(&event.channel);
            }
            Event::ChannelTalkingStarted(event) => {
                found.push(&event.channel);
            }
            Event::ChannelTalkingFinished(event) => {
                found.push(&event.channel);
            }
            Event::ChannelHold(event) => {
                found.push(&event.channel);
            }
            Event::ChannelUnhold(event) => {
                found.push(&event.channel);
            }
            Event::Dial(event) => {
                if let Some(caller) = &event.caller {
                    found.push(caller);
                }
                found.push(&event.peer);
                if let Some(forwarded) = &event.forwarded {
                    found.push(forwarded);
                }
            }
            Event::StasisEnd(event) => {
                found.push(&event.channel);
            }
            Event::StasisStart(event) => {
                found.push(&event.channel);
                if let Some(replace_channel) = &event.replace_channel {
                    found.push(replace_channel);
                }
            }
            Event::ChannelConnectedLine(event) => {
                found.push(&event.channel);
            }
            Event::ChannelTransfer(event) => {
                if let Some(destination_channel) = &event.refer_to.destination_channel {
                    found.push(destination_channel);
                }
                if let Some(connected_channel) = &event.refer_to.connected_channel {
                    found.push(connected_channel);
                }
                found.push(&event.referred_by.source_channel);
                if let Some(connected_channel) = &event.referred_by.connected_channel {
                    found.push(connected_channel);
                }
            }
            Event::CallBroadcast(event) => {
                found.push(&event.channel);
            }
            Event::CallClaimed(event) => {
                found.push(&event.channel);
            }
            _ => {}
        }
        found
    }

    /// Returns the `id` of each of [`Event::channels`].
    #[inline]
    pub fn channel_ids(&self) -> Vec<&str> {
        self.channels().into_iter().map(|object| object.id.as_str()).collect()
    }

    /// Returns every [`DeviceState`](crate::models::DeviceState) that the event carries, in the
    /// order of its properties.
    #[inline]
    pub fn device_states(&self) -> Vec<&models::DeviceState> {
        let mut found = Vec::new();
        if let Event::DeviceStateChanged(event) = self {
            found.push(&event.device_state);
        }
        found
    }

    /// Returns the `name` of each of [`Event::device_states`].
    #[inline]
    pub fn device_state_names(&self) -> Vec<&str> {
        self.device_states().into_iter().map(|object| object.name.as_str()).collect()
    }

    /// Returns every [`Endpoint`](crate::models::Endpoint) that the event carries, in the order of
    /// its properties.
    #[inline]
    pub fn endpoints(&self) -> Vec<&models::Endpoint> {
        let mut found = Vec::new();
        match self {
            Event::ChannelUserevent(event) => {
                if let Some(endpoint) = &event.endpoint {
                    found.push(endpoint);
                }
            }
            Event::ContactStatusChange(event) => {
                found.push(&event.endpoint);
            }
            Event::EndpointStateChange(event) => {
                found.push(&event.endpoint);
            }
            Event::TextMessageReceived(event) => {
                if let Some(endpoint) = &event.endpoint {
                    found.push(endpoint);
                }
            }
            Event::PeerStatusChange(event) => {
                found.push(&event.endpoint);
            }
            _ => {}
        }
        found
    }

    /// Returns every [`LiveRecording`](crate::models::LiveRecording) that the event carries, in the
    /// order of its properties.
    #[inline]
    pub fn live_recordings(&self) -> Vec<&models::LiveRecording> {
        let mut found = Vec::new();
        match self {
            Event::RecordingStarted(event) => {
                found.push(&event.recording);
            }
            Event::RecordingFinished(event) => {
                found.push(&event.recording);
            }
            Event::RecordingFailed(event) => {
                found.push(&event.recording);
            }
            _ => {}
        }
        found
    }

    /// Returns the `name` of each of [`Event::live_recordings`].
    #[inline]
    pub fn live_recording_names(&self) -> Vec<&str> {
        self.live_recordings().into_iter().map(|object| object.name.as_str()).collect()
    }

    /// Returns every [`Playback`](crate::models::Playback) that the event carries, in the order of
    /// its properties.
    #[inline]
    pub fn playbacks(&self) -> Vec<&models::Playback> {
        let mut found = Vec::new();
        match self {
            Event::PlaybackStarted(event) => {
                found.push(&event.playback);
            }
            Event::PlaybackContinuing(event) => {
                found.push(&event.playback);
            }
            Event::PlaybackFinished(event) => {
                found.push(&event.playback);
            }
            _ => {}
        }
        found
    }

    /// Returns the `id` of each of [`Event::playbacks`].
    #[inline]
    pub fn playback_ids(&self) -> Vec<&str> {
        self.playbacks().into_iter().map(|object| object.id.as_str()).collect()
    }
}

/// Written as the message was received.
impl serde::Serialize for Event {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Event::MissingParams(event) => event.as_ref().serialize(serializer),
            Event::DeviceStateChanged(event) => event.as_ref().serialize(serializer),
            Event::PlaybackStarted(event) => event.as_ref().serialize(serializer),
            Event::PlaybackContinuing(event) => event.as_ref().serialize(serializer),
            Event::PlaybackFinished(event) => event.as_ref().serialize(serializer),
            Event::RecordingStarted(event) => event.as_ref().serialize(serializer),
            Event::RecordingFinished(event) => event.as_ref().serialize(serializer),
            Event::RecordingFailed(event) => event.as_ref().serialize(serializer),
            Event::ApplicationMoveFailed(event) => event.as_ref().serialize(serializer),
            Event::ApplicationRegistered(event) => event.as_ref().serialize(serializer),
            Event::ApplicationUnregistered(event) => event.as_ref().serialize(serializer),
            Event::ApplicationReplaced(event) => event.as_ref().serialize(serializer),
            Event::BridgeCreated(event) => event.as_ref().serialize(serializer),
            Event::BridgeDestroyed(event) => event.as_ref().serialize(serializer),
            Event::BridgeMerged(event) => event.as_ref().serialize(serializer),
            Event::BridgeBlindTransfer(event) => event.as_ref().serialize(serializer),
            Event::BridgeAttendedTransfer(event) => event.as_ref().serialize(serializer),
            Event::BridgeVideoSourceChanged(event) => {
                event.as_ref().serialize(serializer)
            }
            Event::ChannelCreated(event) => event.as_ref().serialize(serializer),
            Event::ChannelDestroyed(event) => event.as_ref().serialize(serializer),
            Event::ChannelEnteredBridge(event) => event.as_ref().serialize(serializer),
            Event::ChannelLeftBridge(event) => event.as_ref().serialize(serializer),
            Event::ChannelStateChange(event) => event.as_ref().serialize(serializer),
            Event::ChannelDtmfReceived(event) => event.as_ref().serialize(serializer),
            Event::ChannelDialplan(event) => event.as_ref().serialize(serializer),
            Event::ChannelCallerId(event) => event.as_ref().serialize(serializer),
            Event::ChannelUserevent(event) => event.as_ref().serialize(serializer),
            Event::ChannelHangupRequest(event) => event.as_ref().serialize(serializer),
            Event::ChannelVarset(event) => event.as_ref().serialize(serializer),
            Event::ChannelToneDetected(event) => event.as_ref().serialize(serializer),
            Event::ChannelTalkingStarted(event) => event.as_ref().serialize(serializer),
            Event::ChannelTalkingFinished(event) => event.as_ref().serialize(serializer),
            Event::ChannelHold(event) => event.as_ref().serialize(serializer),
            Event::ChannelUnhold(event) => event.as_ref().serialize(serializer),
            Event::ContactStatusChange(event) => event.as_ref().serialize(serializer),
            Event::EndpointStateChange(event) => event.as_ref().serialize(serializer),
            Event::Dial(event) => event.as_ref().serialize(serializer),
            Event::StasisEnd(event) => event.as_ref().serialize(serializer),
            Event::StasisStart(event) => event.as_ref().serialize(serializer),
            Event::TextMessageReceived(event) => event.as_ref().serialize(serializer),
            Event::ChannelConnectedLine(event) => event.as_ref().serialize(serializer),
            Event::PeerStatusChange(event) => event.as_ref().serialize(serializer),
            Event::ChannelTransfer(event) => event.as_ref().serialize(serializer),
            Event::RestResponse(event) => event.as_ref().serialize(serializer),
            Event::CallBroadcast(event) => event.as_ref().serialize(serializer),
            Event::CallClaimed(event) => event.as_ref().serialize(serializer),
            Event::Connection(event) => event.serialize(serializer),
            Event::Unknown { kind, raw } => {
                runtime::serialize_unknown(kind, raw, serializer)
            }
        }
    }
}

impl runtime::EventType for Event {
    const DISCRIMINATOR: &'static str = "type";
    const OBJECT_KINDS: &'static [runtime::ObjectKind] = &[
        runtime::ObjectKind {
            name: "bridge",
            id_fields: &["id", "target_uri", "destination_bridge"],
            terminal_events: &["BridgeDestroyed"],
            get_operation: Some(&operations::bridges::GET),
        },
        runtime::ObjectKind {
            name: "channel",
            id_fields: &["id", "target_uri"],
            terminal_events: &["ChannelDestroyed"],
            get_operation: Some(&operations::channels::GET),
        },
        runtime::ObjectKind {
            name: "device_state",
            id_fields: &["name"],
            terminal_events: &[],
            get_operation: Some(&operations::device_states::GET),
        },
        runtime::ObjectKind {
            name: "endpoint",
            id_fields: &["resource"],
            terminal_events: &[],
            get_operation: Some(&operations::endpoints::GET),
        },
        runtime::ObjectKind {
            name: "live_recording",
            id_fields: &["name"],
            terminal_events: &["RecordingFinished", "RecordingFailed"],
            get_operation: Some(&operations::recordings::GET_LIVE),
        },
        runtime::ObjectKind {
            name: "playback",
            id_fields: &["id"],
            terminal_events: &["PlaybackFinished"],
            get_operation: Some(&operations::playbacks::GET),
        },
    ];
    fn operations() -> &'static [&'static runtime::Operation] {
        crate::OPERATIONS
    }

    fn decode_as(kind: &str, raw: &str) -> Result<Self, Error> {
        match kind {
            "MissingParams" => {
                runtime::decode_event("MissingParams", raw).map(Event::MissingParams)
            }
            "DeviceStateChanged" => {
                runtime::decode_event("DeviceStateChanged", raw)
                    .map(Event::DeviceStateChanged)
            }
            "PlaybackStarted" => {
                runtime::decode_event("PlaybackStarted", raw).map(Event::PlaybackStarted)
            }
            "PlaybackContinuing" => {
                runtime::decode_event("PlaybackContinuing", raw)
                    .map(Event::PlaybackContinuing)
            }
            "PlaybackFinished" => {
                runtime::decode_event("PlaybackFinished", raw)
                    .map(Event::PlaybackFinished)
            }
            "RecordingStarted" => {
                runtime::decode_event("RecordingStarted", raw)
                    .map(Event::RecordingStarted)
            }
            "RecordingFinished" => {
                runtime::decode_event("RecordingFinished", raw)
                    .map(Event::RecordingFinished)
            }
            "RecordingFailed" => {
                runtime::decode_event("RecordingFailed", raw).map(Event::RecordingFailed)
            }
            "ApplicationMoveFailed" => {
                runtime::decode_event("ApplicationMoveFailed", raw)
                    .map(Event::ApplicationMoveFailed)
            }
            "ApplicationRegistered" => {
                runtime::decode_event("ApplicationRegistered", raw)
                    .map(Event::ApplicationRegistered)
            }
            "ApplicationUnregistered" => {
                runtime::decode_event("ApplicationUnregistered", raw)
                    .map(Event::ApplicationUnregistered)
            }
            "ApplicationReplaced" => {
                runtime::decode_event("ApplicationReplaced", raw)
                    .map(Event::ApplicationReplaced)
            }
            "BridgeCreated" => {
                runtime::decode_event("BridgeCreated", raw).map(Event::BridgeCreated)
            }
            "BridgeDestroyed" => {
                runtime::decode_event("BridgeDestroyed", raw).map(Event::BridgeDestroyed)
            }
            "BridgeMerged" => {
                runtime::decode_event("BridgeMerged", raw).map(Event::BridgeMerged)
            }
            "BridgeBlindTransfer" => {
                runtime::decode_event("BridgeBlindTransfer", raw)
                    .map(Event::BridgeBlindTransfer)
            }
            "BridgeAttendedTransfer" => {
                runtime::decode_event("BridgeAttendedTransfer", raw)
                    .map(Event::BridgeAttendedTransfer)
            }
            "BridgeVideoSourceChanged" => {
                runtime::decode_event("BridgeVideoSourceChanged", raw)
                    .map(Event::BridgeVideoSourceChanged)
            }
            "ChannelCreated" => {
                runtime::decode_event("ChannelCreated", raw).map(Event::ChannelCreated)
            }
            "ChannelDestroyed" => {
                runtime::decode_event("ChannelDestroyed", raw)
                    .map(Event::ChannelDestroyed)
            }
            "ChannelEnteredBridge" => {
                runtime::decode_event("ChannelEnteredBridge", raw)
                    .map(Event::ChannelEnteredBridge)
            }
            "ChannelLeftBridge" => {
                runtime::decode_event("ChannelLeftBridge", raw)
                    .map(Event::ChannelLeftBridge)
            }
            "ChannelStateChange" => {
                runtime::decode_event("ChannelStateChange", raw)
                    .map(Event::ChannelStateChange)
            }
            "ChannelDtmfReceived" => {
                runtime::decode_event("ChannelDtmfReceived", raw)
                    .map(Event::ChannelDtmfReceived)
            }
            "ChannelDialplan" => {
                runtime::decode_event("ChannelDialplan", raw).map(Event::ChannelDialplan)
            }
            "ChannelCallerId" => {
                runtime::decode_event("ChannelCallerId", raw).map(Event::ChannelCallerId)
            }
            "ChannelUserevent" => {
                runtime::decode_event("ChannelUserevent", raw)
                    .map(Event::ChannelUserevent)
            }
            "ChannelHangupRequest" => {
                runtime::decode_event("ChannelHangupRequest", raw)
                    .map(Event::ChannelHangupRequest)
            }
            "ChannelVarset" => {
                runtime::decode_event("ChannelVarset", raw).map(Event::ChannelVarset)
            }
            "ChannelToneDetected" => {
                runtime::decode_event("ChannelToneDetected", raw)
                    .map(Event::ChannelToneDetected)
            }
            "ChannelTalkingStarted" => {
                runtime::decode_event("ChannelTalkingStarted", raw)
                    .map(Event::ChannelTalkingStarted)
            }
            "ChannelTalkingFinished" => {
                runtime::decode_event("ChannelTalkingFinished", raw)
                    .map(Event::ChannelTalkingFinished)
            }
            "ChannelHold" => {
                runtime::decode_event("ChannelHold", raw).map(Event::ChannelHold)
            }
            "ChannelUnhold" => {
                runtime::decode_event("ChannelUnhold", raw).map(Event::ChannelUnhold)
            }
            "ContactStatusChange" => {
                runtime::decode_event("ContactStatusChange", raw)
                    .map(Event::ContactStatusChange)
            }
            "EndpointStateChange" => {
                runtime::decode_event("EndpointStateChange", raw)
                    .map(Event::EndpointStateChange)
            }
            "Dial" => runtime::decode_event("Dial", raw).map(Event::Dial),
            "StasisEnd" => runtime::decode_event("StasisEnd", raw).map(Event::StasisEnd),
            "StasisStart" => {
                runtime::decode_event("StasisStart", raw).map(Event::StasisStart)
            }
            "TextMessageReceived" => {
                runtime::decode_event("TextMessageReceived", raw)
                    .map(Event::TextMessageReceived)
            }
            "ChannelConnectedLine" => {
                runtime::decode_event("ChannelConnectedLine", raw)
                    .map(Event::ChannelConnectedLine)
            }
            "PeerStatusChange" => {
                runtime::decode_event("PeerStatusChange", raw)
                    .map(Event::PeerStatusChange)
            }
            "ChannelTransfer" => {
                runtime::decode_event("ChannelTransfer", raw).map(Event::ChannelTransfer)
            }
            "RESTResponse" => {
                runtime::decode_event("RESTResponse", raw).map(Event::RestResponse)
            }
            "CallBroadcast" => {
                runtime::decode_event("CallBroadcast", raw).map(Event::CallBroadcast)
            }
            "CallClaimed" => {
                runtime::decode_event("CallClaimed", raw).map(Event::CallClaimed)
            }
            kind => {
                Ok(Event::Unknown {
                    kind: kind.to_owned(),
                    raw: raw.to_owned(),
                })
            }
        }
    }

    fn from_connection_event(event: runtime::ConnectionEvent) -> Self {
        Event::Connection(event)
    }

    fn visit_objects(&self, found: &mut dyn FnMut(runtime::ObjectRef<'_>, bool)) {
        match self {
            Event::DeviceStateChanged(event) => {
                found(
                    runtime::ObjectRef::new("device_state", &event.device_state.name),
                    false,
                );
            }
            Event::PlaybackStarted(event) => {
                found(runtime::ObjectRef::new("playback", &event.playback.id), false);
                if let Some(object) = runtime::ObjectRef::from_uri(
                    &event.playback.target_uri,
                ) {
                    found(object, false);
                }
            }
            Event::PlaybackContinuing(event) => {
                found(runtime::ObjectRef::new("playback", &event.playback.id), false);
                if let Some(object) = runtime::ObjectRef::from_uri(
                    &event.playback.target_uri,
                ) {
                    found(object, false);
                }
            }
            Event::PlaybackFinished(event) => {
                found(runtime::ObjectRef::new("playback", &event.playback.id), true);
                if let Some(object) = runtime::ObjectRef::from_uri(
                    &event.playback.target_uri,
                ) {
                    found(object, false);
                }
            }
            Event::RecordingStarted(event) => {
                found(
                    runtime::ObjectRef::new("live_recording", &event.recording.name),
                    false,
                );
                if let Some(object) = event
                    .recording
                    .target_uri
                    .as_deref()
                    .and_then(runtime::ObjectRef::from_uri)
                {
                    found(object, false);
                }
            }
            Event::RecordingFinished(event) => {
                found(
                    runtime::ObjectRef::new("live_recording", &event.recording.name),
                    true,
                );
                if let Some(object) = event
                    .recording
                    .target_uri
                    .as_deref()
                    .and_then(runtime::ObjectRef::from_uri)
                {
                    found(object, false);
                }
            }
            Event::RecordingFailed(event) => {
                found(
                    runtime::ObjectRef::new("live_recording", &event.recording.name),
                    true,
                );
                if let Some(object) = event
                    .recording
                    .target_uri
                    .as_deref()
                    .and_then(runtime::ObjectRef::from_uri)
                {
                    found(object, false);
                }
            }
            Event::ApplicationMoveFailed(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::BridgeCreated(event) => {
                found(runtime::ObjectRef::new("bridge", &event.bridge.id), false);
            }
            Event::BridgeDestroyed(event) => {
                found(runtime::ObjectRef::new("bridge", &event.bridge.id), true);
            }
            Event::BridgeMerged(event) => {
                found(runtime::ObjectRef::new("bridge", &event.bridge.id), false);
                found(runtime::ObjectRef::new("bridge", &event.bridge_from.id), false);
            }
            Event::BridgeBlindTransfer(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
                if let Some(replace_channel) = &event.replace_channel {
                    found(
                        runtime::ObjectRef::new("channel", &replace_channel.id),
                        false,
                    );
                }
                if let Some(transferee) = &event.transferee {
                    found(runtime::ObjectRef::new("channel", &transferee.id), false);
                }
                if let Some(bridge) = &event.bridge {
                    found(runtime::ObjectRef::new("bridge", &bridge.id), false);
                }
            }
            Event::BridgeAttendedTransfer(event) => {
                found(
                    runtime::ObjectRef::new("channel", &event.transferer_first_leg.id),
                    false,
                );
                found(
                    runtime::ObjectRef::new("channel", &event.transferer_second_leg.id),
                    false,
                );
                if let Some(replace_channel) = &event.replace_channel {
                    found(
                        runtime::ObjectRef::new("channel", &replace_channel.id),
                        false,
                    );
                }
                if let Some(transferee) = &event.transferee {
                    found(runtime::ObjectRef::new("channel", &transferee.id), false);
                }
                if let Some(transfer_target) = &event.transfer_target {
                    found(
                        runtime::ObjectRef::new("channel", &transfer_target.id),
                        false,
                    );
                }
                if let Some(transferer_first_leg_bridge) = &event
                    .transferer_first_leg_bridge
                {
                    found(
                        runtime::ObjectRef::new(
                            "bridge",
                            &transferer_first_leg_bridge.id,
                        ),
                        false,
                    );
                }
                if let Some(transferer_second_leg_bridge) = &event
                    .transferer_second_leg_bridge
                {
                    found(
                        runtime::ObjectRef::new(
                            "bridge",
                            &transferer_second_leg_bridge.id,
                        ),
                        false,
                    );
                }
                if let Some(id) = &event.destination_bridge {
                    found(runtime::ObjectRef::new("bridge", id), false);
                }
                if let Some(destination_link_first_leg) = &event
                    .destination_link_first_leg
                {
                    found(
                        runtime::ObjectRef::new(
                            "channel",
                            &destination_link_first_leg.id,
                        ),
                        false,
                    );
                }
                if let Some(destination_link_second_leg) = &event
                    .destination_link_second_leg
                {
                    found(
                        runtime::ObjectRef::new(
                            "channel",
                            &destination_link_second_leg.id,
                        ),
                        false,
                    );
                }
                if let Some(destination_threeway_channel) = &event
                    .destination_threeway_channel
                {
                    found(
                        runtime::ObjectRef::new(
                            "channel",
                            &destination_threeway_channel.id,
                        ),
                        false,
                    );
                }
                if let Some(destination_threeway_bridge) = &event
                    .destination_threeway_bridge
                {
                    found(
                        runtime::ObjectRef::new(
                            "bridge",
                            &destination_threeway_bridge.id,
                        ),
                        false,
                    );
                }
            }
            Event::BridgeVideoSourceChanged(event) => {
                found(runtime::ObjectRef::new("bridge", &event.bridge.id), false);
            }
            Event::ChannelCreated(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::ChannelDestroyed(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), true);
            }
            Event::ChannelEnteredBridge(event) => {
                found(runtime::ObjectRef::new("bridge", &event.bridge.id), false);
                if let Some(channel) = &event.channel {
                    found(runtime::ObjectRef::new("channel", &channel.id), false);
                }
            }
            Event::ChannelLeftBridge(event) => {
                found(runtime::ObjectRef::new("bridge", &event.bridge.id), false);
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::ChannelStateChange(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::ChannelDtmfReceived(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::ChannelDialplan(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::ChannelCallerId(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::ChannelUserevent(event) => {
                if let Some(channel) = &event.channel {
                    found(runtime::ObjectRef::new("channel", &channel.id), false);
                }
                if let Some(bridge) = &event.bridge {
                    found(runtime::ObjectRef::new("bridge", &bridge.id), false);
                }
                if let Some(endpoint) = &event.endpoint {
                    found(
                        runtime::ObjectRef::scoped(
                            "endpoint",
                            &endpoint.technology,
                            &endpoint.resource,
                        ),
                        false,
                    );
                }
            }
            Event::ChannelHangupRequest(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::ChannelVarset(event) => {
                if let Some(channel) = &event.channel {
                    found(runtime::ObjectRef::new("channel", &channel.id), false);
                }
            }
            Event::ChannelToneDetected(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::ChannelTalkingStarted(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::ChannelTalkingFinished(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::ChannelHold(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::ChannelUnhold(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::ContactStatusChange(event) => {
                found(
                    runtime::ObjectRef::scoped(
                        "endpoint",
                        &event.endpoint.technology,
                        &event.endpoint.resource,
                    ),
                    false,
                );
            }
            Event::EndpointStateChange(event) => {
                found(
                    runtime::ObjectRef::scoped(
                        "endpoint",
                        &event.endpoint.technology,
                        &event.endpoint.resource,
                    ),
                    false,
                );
            }
            Event::Dial(event) => {
                if let Some(caller) = &event.caller {
                    found(runtime::ObjectRef::new("channel", &caller.id), false);
                }
                found(runtime::ObjectRef::new("channel", &event.peer.id), false);
                if let Some(forwarded) = &event.forwarded {
                    found(runtime::ObjectRef::new("channel", &forwarded.id), false);
                }
            }
            Event::StasisEnd(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::StasisStart(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
                if let Some(replace_channel) = &event.replace_channel {
                    found(
                        runtime::ObjectRef::new("channel", &replace_channel.id),
                        false,
                    );
                }
            }
            Event::TextMessageReceived(event) => {
                if let Some(endpoint) = &event.endpoint {
                    found(
                        runtime::ObjectRef::scoped(
                            "endpoint",
                            &endpoint.technology,
                            &endpoint.resource,
                        ),
                        false,
                    );
                }
            }
            Event::ChannelConnectedLine(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::PeerStatusChange(event) => {
                found(
                    runtime::ObjectRef::scoped(
                        "endpoint",
                        &event.endpoint.technology,
                        &event.endpoint.resource,
                    ),
                    false,
                );
            }
            Event::ChannelTransfer(event) => {
                if let Some(destination_channel) = &event.refer_to.destination_channel {
                    found(
                        runtime::ObjectRef::new("channel", &destination_channel.id),
                        false,
                    );
                }
                if let Some(connected_channel) = &event.refer_to.connected_channel {
                    found(
                        runtime::ObjectRef::new("channel", &connected_channel.id),
                        false,
                    );
                }
                if let Some(bridge) = &event.refer_to.bridge {
                    found(runtime::ObjectRef::new("bridge", &bridge.id), false);
                }
                found(
                    runtime::ObjectRef::new(
                        "channel",
                        &event.referred_by.source_channel.id,
                    ),
                    false,
                );
                if let Some(connected_channel) = &event.referred_by.connected_channel {
                    found(
                        runtime::ObjectRef::new("channel", &connected_channel.id),
                        false,
                    );
                }
                if let Some(bridge) = &event.referred_by.bridge {
                    found(runtime::ObjectRef::new("bridge", &bridge.id), false);
                }
            }
            Event::CallBroadcast(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            Event::CallClaimed(event) => {
                found(runtime::ObjectRef::new("channel", &event.channel.id), false);
            }
            _ => {}
        }
    }
}

impl std::str::FromStr for Event {
    type Err = Error;
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        runtime::EventType::decode(raw)
    }
}

impl runtime::EventPayload<Event> for models::MissingParams {
    const KIND: &'static str = "MissingParams";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::MissingParams(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::DeviceStateChanged {
    const KIND: &'static str = "DeviceStateChanged";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::DeviceStateChanged(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::PlaybackStarted {
    const KIND: &'static str = "PlaybackStarted";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::PlaybackStarted(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::PlaybackContinuing {
    const KIND: &'static str = "PlaybackContinuing";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::PlaybackContinuing(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::PlaybackFinished {
    const KIND: &'static str = "PlaybackFinished";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::PlaybackFinished(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::RecordingStarted {
    const KIND: &'static str = "RecordingStarted";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::RecordingStarted(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::RecordingFinished {
    const KIND: &'static str = "RecordingFinished";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::RecordingFinished(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::RecordingFailed {
    const KIND: &'static str = "RecordingFailed";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::RecordingFailed(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ApplicationMoveFailed {
    const KIND: &'static str = "ApplicationMoveFailed";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ApplicationMoveFailed(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ApplicationRegistered {
    const KIND: &'static str = "ApplicationRegistered";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ApplicationRegistered(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ApplicationUnregistered {
    const KIND: &'static str = "ApplicationUnregistered";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ApplicationUnregistered(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ApplicationReplaced {
    const KIND: &'static str = "ApplicationReplaced";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ApplicationReplaced(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::BridgeCreated {
    const KIND: &'static str = "BridgeCreated";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::BridgeCreated(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::BridgeDestroyed {
    const KIND: &'static str = "BridgeDestroyed";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::BridgeDestroyed(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::BridgeMerged {
    const KIND: &'static str = "BridgeMerged";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::BridgeMerged(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::BridgeBlindTransfer {
    const KIND: &'static str = "BridgeBlindTransfer";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::BridgeBlindTransfer(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::BridgeAttendedTransfer {
    const KIND: &'static str = "BridgeAttendedTransfer";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::BridgeAttendedTransfer(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::BridgeVideoSourceChanged {
    const KIND: &'static str = "BridgeVideoSourceChanged";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::BridgeVideoSourceChanged(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelCreated {
    const KIND: &'static str = "ChannelCreated";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelCreated(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelDestroyed {
    const KIND: &'static str = "ChannelDestroyed";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelDestroyed(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelEnteredBridge {
    const KIND: &'static str = "ChannelEnteredBridge";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelEnteredBridge(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelLeftBridge {
    const KIND: &'static str = "ChannelLeftBridge";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelLeftBridge(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelStateChange {
    const KIND: &'static str = "ChannelStateChange";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelStateChange(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelDtmfReceived {
    const KIND: &'static str = "ChannelDtmfReceived";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelDtmfReceived(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelDialplan {
    const KIND: &'static str = "ChannelDialplan";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelDialplan(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelCallerId {
    const KIND: &'static str = "ChannelCallerId";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelCallerId(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelUserevent {
    const KIND: &'static str = "ChannelUserevent";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelUserevent(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelHangupRequest {
    const KIND: &'static str = "ChannelHangupRequest";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelHangupRequest(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelVarset {
    const KIND: &'static str = "ChannelVarset";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelVarset(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelToneDetected {
    const KIND: &'static str = "ChannelToneDetected";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelToneDetected(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelTalkingStarted {
    const KIND: &'static str = "ChannelTalkingStarted";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelTalkingStarted(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelTalkingFinished {
    const KIND: &'static str = "ChannelTalkingFinished";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelTalkingFinished(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelHold {
    const KIND: &'static str = "ChannelHold";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelHold(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelUnhold {
    const KIND: &'static str = "ChannelUnhold";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelUnhold(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ContactStatusChange {
    const KIND: &'static str = "ContactStatusChange";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ContactStatusChange(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::EndpointStateChange {
    const KIND: &'static str = "EndpointStateChange";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::EndpointStateChange(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::Dial {
    const KIND: &'static str = "Dial";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::Dial(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::StasisEnd {
    const KIND: &'static str = "StasisEnd";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::StasisEnd(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::StasisStart {
    const KIND: &'static str = "StasisStart";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::StasisStart(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::TextMessageReceived {
    const KIND: &'static str = "TextMessageReceived";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::TextMessageReceived(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelConnectedLine {
    const KIND: &'static str = "ChannelConnectedLine";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelConnectedLine(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::PeerStatusChange {
    const KIND: &'static str = "PeerStatusChange";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::PeerStatusChange(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::ChannelTransfer {
    const KIND: &'static str = "ChannelTransfer";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::ChannelTransfer(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::RestResponse {
    const KIND: &'static str = "RESTResponse";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::RestResponse(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::CallBroadcast {
    const KIND: &'static str = "CallBroadcast";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::CallBroadcast(event) => Some(event),
            _ => None,
        }
    }
}

impl runtime::EventPayload<Event> for models::CallClaimed {
    const KIND: &'static str = "CallClaimed";
    #[inline]
    fn downcast_ref(message: &Event) -> Option<&Arc<Self>> {
        match message {
            Event::CallClaimed(event) => Some(event),
            _ => None,
        }
    }
}
