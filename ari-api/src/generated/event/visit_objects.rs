// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The objects that events are about.

use crate::{Event, runtime};

/// Calls `found` with every object that the event is about, and if it reports the end of
/// the object.
pub(super) fn visit_objects(
    event: &Event,
    found: &mut dyn FnMut(runtime::ObjectRef<'_>, bool),
) {
    match event {
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
                found(runtime::ObjectRef::new("channel", &replace_channel.id), false);
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
                found(runtime::ObjectRef::new("channel", &replace_channel.id), false);
            }
            if let Some(transferee) = &event.transferee {
                found(runtime::ObjectRef::new("channel", &transferee.id), false);
            }
            if let Some(transfer_target) = &event.transfer_target {
                found(runtime::ObjectRef::new("channel", &transfer_target.id), false);
            }
            if let Some(transferer_first_leg_bridge) = &event.transferer_first_leg_bridge
            {
                found(
                    runtime::ObjectRef::new("bridge", &transferer_first_leg_bridge.id),
                    false,
                );
            }
            if let Some(transferer_second_leg_bridge) = &event
                .transferer_second_leg_bridge
            {
                found(
                    runtime::ObjectRef::new("bridge", &transferer_second_leg_bridge.id),
                    false,
                );
            }
            if let Some(id) = &event.destination_bridge {
                found(runtime::ObjectRef::new("bridge", id), false);
            }
            if let Some(destination_link_first_leg) = &event.destination_link_first_leg {
                found(
                    runtime::ObjectRef::new("channel", &destination_link_first_leg.id),
                    false,
                );
            }
            if let Some(destination_link_second_leg) = &event.destination_link_second_leg
            {
                found(
                    runtime::ObjectRef::new("channel", &destination_link_second_leg.id),
                    false,
                );
            }
            if let Some(destination_threeway_channel) = &event
                .destination_threeway_channel
            {
                found(
                    runtime::ObjectRef::new("channel", &destination_threeway_channel.id),
                    false,
                );
            }
            if let Some(destination_threeway_bridge) = &event.destination_threeway_bridge
            {
                found(
                    runtime::ObjectRef::new("bridge", &destination_threeway_bridge.id),
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
                found(runtime::ObjectRef::new("channel", &replace_channel.id), false);
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
                found(runtime::ObjectRef::new("channel", &connected_channel.id), false);
            }
            if let Some(bridge) = &event.refer_to.bridge {
                found(runtime::ObjectRef::new("bridge", &bridge.id), false);
            }
            found(
                runtime::ObjectRef::new("channel", &event.referred_by.source_channel.id),
                false,
            );
            if let Some(connected_channel) = &event.referred_by.connected_channel {
                found(runtime::ObjectRef::new("channel", &connected_channel.id), false);
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
