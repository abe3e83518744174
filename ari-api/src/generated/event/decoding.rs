// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Events from and to JSON.

use super::visit_objects::visit_objects;
use crate::{Error, Event, operations, runtime};

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
        visit_objects(self, found);
    }
}

impl std::str::FromStr for Event {
    type Err = Error;
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        runtime::EventType::decode(raw)
    }
}
