// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The methods of the client that return resources and handles.

use crate::Client;

impl Client {
    /// The server itself: what it is and how long it runs, its loadable modules, its log channels,
    /// its global dialplan variables, and configuration objects that can be changed while it runs.
    /// `ping` and `getInfo` are the cheapest ways to learn whether a server answers and which
    /// release it is.
    #[inline]
    pub fn asterisk(&self) -> crate::asterisk::Asterisk {
        crate::asterisk::Asterisk::new(self.clone())
    }

    /// Endpoints are the devices and trunks that can make or take calls, as configured in their
    /// channel driver: `PJSIP/alice`, `IAX2/branch`. This resource returns their state, sends text
    /// messages, and refers devices elsewhere outside of a call. It creates no calls; for that see
    /// `originate`.
    #[inline]
    pub fn endpoints(&self) -> crate::endpoints::Endpoints {
        crate::endpoints::Endpoints::new(self.clone())
    }

    /// Channels are the legs of calls: phones, trunks, external media and the halves of Local
    /// channels. This resource lists, creates, controls and hangs them up.
    ///
    /// Most operations need the channel to be in a Stasis application. Commands go through a queue
    /// of the channel and run one after another, so those that wait for their result (`answer`,
    /// `setChannelVar`) take as long as a playback that is ahead of them.
    #[inline]
    pub fn channels(&self) -> crate::channels::Channels {
        crate::channels::Channels::new(self.clone())
    }

    /// Bridges join the media of channels: mixing bridges for two-party calls and conferences,
    /// holding bridges for queues and parking. A bridge created here stays, even when empty and
    /// when the application disconnects, until it is destroyed or Asterisk stops. Bridges that
    /// Asterisk makes by itself, such as those of `Dial` or `ConfBridge`, can be listed and read,
    /// but everything else responds with 409 for them.
    #[inline]
    pub fn bridges(&self) -> crate::bridges::Bridges {
        crate::bridges::Bridges::new(self.clone())
    }

    /// Recordings come in two kinds: live ones, in progress on a channel or bridge, which can be
    /// paused, muted, stopped or canceled; and stored ones, which are the files in Asterisk's
    /// recording directory. A recording is started with `record` on a channel or bridge, and is
    /// identified by its name in both kinds.
    #[inline]
    pub fn recordings(&self) -> crate::recordings::Recordings {
        crate::recordings::Recordings::new(self.clone())
    }

    /// The prompts installed on the server, with the languages and formats each is available in.
    /// Play one with `sound:` and its id.
    #[inline]
    pub fn sounds(&self) -> crate::sounds::Sounds {
        crate::sounds::Sounds::new(self.clone())
    }

    /// Device states feed hints, busy-lamp fields and queues. Every device can be read here; an
    /// application owns those whose name begins with `Stasis:` and may set them freely. Watch for
    /// changes by subscribing an application to `deviceState:` and the device name; they arrive as
    /// `DeviceStateChanged`.
    #[inline]
    pub fn device_states(&self) -> crate::device_states::DeviceStates {
        crate::device_states::DeviceStates::new(self.clone())
    }

    /// Message-waiting counts for mailboxes that something outside of Asterisk keeps, such as a
    /// voicemail system of your own. Setting the counts makes Asterisk notify the phones that watch
    /// the mailbox; no messages are stored here. It needs the modules `res_ari_mailboxes` and
    /// `res_mwi_external`, which cannot be used together with Asterisk's own `app_voicemail`;
    /// without them every operation responds with 404.
    #[inline]
    pub fn mailboxes(&self) -> crate::mailboxes::Mailboxes {
        crate::mailboxes::Mailboxes::new(self.clone())
    }

    /// The event WebSocket, which registers an application and delivers what happens to its calls,
    /// and the two operations around it: sending custom events and claiming a call on offer. Keep
    /// the event connection open at all times: a call sent to an application that is not registered
    /// is not handled.
    #[inline]
    pub fn events(&self) -> crate::events::Events {
        crate::events::Events::new(self.clone())
    }

    /// Stasis applications: which are registered, what they are subscribed to, and which event
    /// types reach them. An application is registered by connecting to `/events`, not here. It is
    /// subscribed by itself to the channels that enter it; everything else needs a subscription or
    /// `subscribeAll`.
    #[inline]
    pub fn applications(&self) -> crate::applications::Applications {
        crate::applications::Applications::new(self.clone())
    }

    /// Returns a handle of the config dynamic of this `configClass`, `objectType`, `id`. Nothing is
    /// sent or checked until an operation of the handle is awaited.
    pub fn config_dynamic(
        &self,
        config_class: impl Into<String>,
        object_type: impl Into<String>,
        id: impl Into<String>,
    ) -> crate::asterisk::ConfigDynamicHandle {
        crate::asterisk::ConfigDynamicHandle::new(
            self.clone(),
            config_class,
            object_type,
            id,
        )
    }

    /// Returns a handle of the module of this `moduleName`. Nothing is sent or checked until an
    /// operation of the handle is awaited.
    pub fn module(
        &self,
        module_name: impl Into<String>,
    ) -> crate::asterisk::ModuleHandle {
        crate::asterisk::ModuleHandle::new(self.clone(), module_name)
    }

    /// Returns a handle of the log channel of this `logChannelName`. Nothing is sent or checked
    /// until an operation of the handle is awaited.
    pub fn log_channel(
        &self,
        log_channel_name: impl Into<String>,
    ) -> crate::asterisk::LogChannelHandle {
        crate::asterisk::LogChannelHandle::new(self.clone(), log_channel_name)
    }

    /// Returns a handle of the endpoint of this `tech`, `resource`. Nothing is sent or checked
    /// until an operation of the handle is awaited.
    pub fn endpoint(
        &self,
        tech: impl Into<String>,
        resource: impl Into<String>,
    ) -> crate::endpoints::EndpointHandle {
        crate::endpoints::EndpointHandle::new(self.clone(), tech, resource)
    }

    /// Returns a handle of the channel of this `channelId`. Nothing is sent or checked until an
    /// operation of the handle is awaited.
    pub fn channel(
        &self,
        channel_id: impl Into<String>,
    ) -> crate::channels::ChannelHandle {
        crate::channels::ChannelHandle::new(self.clone(), channel_id)
    }

    /// Returns a handle of the bridge of this `bridgeId`. Nothing is sent or checked until an
    /// operation of the handle is awaited.
    pub fn bridge(&self, bridge_id: impl Into<String>) -> crate::bridges::BridgeHandle {
        crate::bridges::BridgeHandle::new(self.clone(), bridge_id)
    }

    /// Returns a handle of the stored recording of this `recordingName`. Nothing is sent or checked
    /// until an operation of the handle is awaited.
    pub fn stored_recording(
        &self,
        recording_name: impl Into<String>,
    ) -> crate::recordings::StoredRecordingHandle {
        crate::recordings::StoredRecordingHandle::new(self.clone(), recording_name)
    }

    /// Returns a handle of the live recording of this `recordingName`. Nothing is sent or checked
    /// until an operation of the handle is awaited.
    pub fn live_recording(
        &self,
        recording_name: impl Into<String>,
    ) -> crate::recordings::LiveRecordingHandle {
        crate::recordings::LiveRecordingHandle::new(self.clone(), recording_name)
    }

    /// Returns a handle of the playback of this `playbackId`. Nothing is sent or checked until an
    /// operation of the handle is awaited.
    pub fn playback(
        &self,
        playback_id: impl Into<String>,
    ) -> crate::playbacks::PlaybackHandle {
        crate::playbacks::PlaybackHandle::new(self.clone(), playback_id)
    }

    /// Returns a handle of the device state of this `deviceName`. Nothing is sent or checked until
    /// an operation of the handle is awaited.
    pub fn device_state(
        &self,
        device_name: impl Into<String>,
    ) -> crate::device_states::DeviceStateHandle {
        crate::device_states::DeviceStateHandle::new(self.clone(), device_name)
    }

    /// Returns a handle of the mailbox of this `mailboxName`. Nothing is sent or checked until an
    /// operation of the handle is awaited.
    pub fn mailbox(
        &self,
        mailbox_name: impl Into<String>,
    ) -> crate::mailboxes::MailboxHandle {
        crate::mailboxes::MailboxHandle::new(self.clone(), mailbox_name)
    }

    /// Returns a handle of the application of this `applicationName`. Nothing is sent or checked
    /// until an operation of the handle is awaited.
    pub fn application(
        &self,
        application_name: impl Into<String>,
    ) -> crate::applications::ApplicationHandle {
        crate::applications::ApplicationHandle::new(self.clone(), application_name)
    }
}
