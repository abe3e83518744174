// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The objects in events, by their model.

use crate::{Event, models};

impl Event {
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
