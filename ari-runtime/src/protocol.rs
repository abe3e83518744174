//! The names of Asterisk's REST Interface that the runtime relies on: events, objects, event
//! sources, paths, parameters and keys. All others are known to the generated bindings alone. The
//! keys of a message that is read or written whole stand at its struct.

/// Types of events, as in their key `type`.
pub(crate) mod event_type {
    /// Adds the name of an application to a session that Asterisk has opened.
    pub(crate) const APPLICATION_REGISTERED: &str = "ApplicationRegistered";
    /// Removes the name of an application from a session that Asterisk has opened.
    pub(crate) const APPLICATION_UNREGISTERED: &str = "ApplicationUnregistered";
    /// Excludes an application from reconnecting, because another client has taken it over.
    pub(crate) const APPLICATION_REPLACED: &str = "ApplicationReplaced";
    /// Adds a bridge to the inventory.
    pub(crate) const BRIDGE_CREATED: &str = "BridgeCreated";
    /// Removes a bridge and its subscriptions.
    pub(crate) const BRIDGE_DESTROYED: &str = "BridgeDestroyed";
    /// Adds a bridge to the inventory.
    pub(crate) const BRIDGE_MERGED: &str = "BridgeMerged";
    /// Adds a channel to the inventory.
    pub(crate) const CHANNEL_CREATED: &str = "ChannelCreated";
    /// Removes a channel and its subscriptions.
    pub(crate) const CHANNEL_DESTROYED: &str = "ChannelDestroyed";
    /// Adds a bridge to the inventory.
    pub(crate) const CHANNEL_ENTERED_BRIDGE: &str = "ChannelEnteredBridge";
    /// Schedules a check of the bridge, whose events may no longer arrive.
    pub(crate) const CHANNEL_LEFT_BRIDGE: &str = "ChannelLeftBridge";
    /// Puts a channel into an application.
    pub(crate) const STASIS_START: &str = "StasisStart";
    /// Takes a channel out of an application, and schedules a check of it.
    pub(crate) const STASIS_END: &str = "StasisEnd";
    /// Sends a request over the WebSocket.
    pub(crate) const REST_REQUEST: &str = "RESTRequest";
    /// Returns the response to a request over the WebSocket. Event filters always allow it.
    pub(crate) const REST_RESPONSE: &str = "RESTResponse";
}

/// Subprotocols of WebSockets.
pub(crate) mod subprotocol {
    /// Events, and requests.
    #[cfg(feature = "server")]
    pub(crate) const ARI: &str = "ari";
    /// The audio of one channel.
    pub(crate) const MEDIA: &str = "media";
}

/// Kinds of objects, as the bindings name them. The runtime treats these in a way of their own.
pub(crate) mod object_kind {
    /// The inventory knows which channels exist, and which are in an application.
    pub(crate) const CHANNEL: &str = "channel";
    /// The inventory knows which bridges exist.
    pub(crate) const BRIDGE: &str = "bridge";
    /// The name of a channel contains its endpoint, whose event source covers it.
    pub(crate) const ENDPOINT: &str = "endpoint";
    /// Only event sources of their own cover device states.
    pub(crate) const DEVICE_STATE: &str = "device_state";
}

/// Schemes of event sources: the part before the colon.
pub(crate) mod event_source {
    /// Covers one channel, or all.
    pub(crate) const CHANNEL: &str = "channel";
    /// Covers one bridge, or all.
    pub(crate) const BRIDGE: &str = "bridge";
    /// Covers one endpoint, those of a technology, or all, with their channels.
    pub(crate) const ENDPOINT: &str = "endpoint";
    /// Covers one device state, or all. Subscriptions to it outlive the application's WebSocket.
    pub(crate) const DEVICE_STATE: &str = "deviceState";
    /// `subscribeAll` stands for these.
    pub(crate) const ALL: &[&str] = &[CHANNEL, BRIDGE, ENDPOINT, DEVICE_STATE];
}

/// Paths of operations, below `/ari`.
pub(crate) mod path {
    /// Changes of subscriptions and event filters are below it.
    pub(crate) const BELOW_APPLICATIONS: &str = "/applications/";
    /// Returns the subscriptions of an application.
    pub(crate) const APPLICATION: &str = "/applications/{applicationName}";
    /// Subscribes to event sources (POST), and cancels that (DELETE).
    pub(crate) const SUBSCRIPTION: &str = "/applications/{applicationName}/subscription";
    /// Sets the event filter.
    pub(crate) const EVENT_FILTER: &str = "/applications/{applicationName}/eventFilter";
    /// Lists the channels after a gap.
    pub(crate) const CHANNELS: &str = "/channels";
    /// Lists the bridges after a gap.
    pub(crate) const BRIDGES: &str = "/bridges";
    /// Set a state as a whole, so that a repeat changes nothing.
    pub(crate) const ASSIGNMENTS: &[&str] = &[
        EVENT_FILTER,
        "/asterisk/config/dynamic/{configClass}/{objectType}/{id}",
        "/deviceStates/{deviceName}",
        "/mailboxes/{mailboxName}",
    ];
    /// Create an object, and refuse an id that is in use.
    pub(crate) const CREATIONS: &[&str] = &[
        CHANNELS,
        "/channels/create",
        "/channels/{channelId}",
        "/bridges/{bridgeId}",
    ];
    /// Returns the version of the server.
    pub(crate) const INFO: &str = "/asterisk/info";
    /// Lists the drivers of technologies, to find why a channel was not created.
    pub(crate) const MODULES: &str = "/asterisk/modules";
    /// Lists the known technologies, for the same purpose.
    pub(crate) const ENDPOINTS: &str = "/endpoints";
    /// Returns the state of an endpoint, for the same purpose.
    pub(crate) const ENDPOINT: &str = "/endpoints/{tech}/{resource}";
    /// Fails if the folder is missing, to find why a recording was not made.
    pub(crate) const STORED_RECORDINGS: &str = "/recordings/stored";
}

/// Parameters of requests.
pub(crate) mod parameter {
    /// The applications of a WebSocket.
    pub(crate) const APP: &str = "app";
    /// Subscribes the applications of a WebSocket to everything.
    pub(crate) const SUBSCRIBE_ALL: &str = "subscribeAll";
    /// The event sources of a subscription.
    pub(crate) const EVENT_SOURCE: &str = "eventSource";
    /// The event filter of an application.
    pub(crate) const FILTER: &str = "filter";
    /// The event sources to which a user event is sent, any of which may be missing.
    pub(crate) const SOURCE: &str = "source";
    /// The id of a channel, although the name does not say so.
    pub(crate) const ORIGINATOR: &str = "originator";
    /// The name of a new recording, which is its id.
    const NAME: &str = "name";
    /// The endpoint that a request dials.
    pub(crate) const ENDPOINT: &str = "endpoint";
    /// The application of a request, in its span.
    #[cfg(feature = "client")]
    pub(crate) const APPLICATION_NAME: &str = "applicationName";
    /// The bridge of a request, in its span.
    #[cfg(feature = "client")]
    pub(crate) const BRIDGE_ID: &str = "bridgeId";
    /// The channel of a request, in its span.
    #[cfg(feature = "client")]
    pub(crate) const CHANNEL_ID: &str = "channelId";
    /// The playback of a request, in its span.
    #[cfg(feature = "client")]
    pub(crate) const PLAYBACK_ID: &str = "playbackId";
    /// The recording of a request, in its span.
    pub(crate) const RECORDING_NAME: &str = "recordingName";
    /// The parts of the server's information that are asked for.
    pub(crate) const ONLY: &str = "only";

    /// Returns true if a parameter holds the id of a new object, whose path has this variable.
    pub(crate) fn is_new_id(name: &str, variable: &str) -> bool {
        name == variable || name == NAME && variable == RECORDING_NAME
    }
}

/// Keys of JSON objects of which the runtime reads no more than this.
pub(crate) mod key {
    /// The type of an event, in an event and in the lists of an event filter.
    pub(crate) const TYPE: &str = "type";
    /// The application to which an event is sent.
    pub(crate) const APPLICATION: &str = "application";
    /// The channel of an event.
    pub(crate) const CHANNEL: &str = "channel";
    /// The dialled channel of an event.
    pub(crate) const PEER: &str = "peer";
    /// The bridge of an event.
    pub(crate) const BRIDGE: &str = "bridge";
    /// The id of a channel or a bridge.
    pub(crate) const ID: &str = "id";
    /// The name of a channel, which contains its endpoint.
    pub(crate) const NAME: &str = "name";
    /// The object that a playback or recording belongs to: its kind, a colon, and its id.
    pub(crate) const TARGET_URI: &str = "target_uri";
    /// The types that an event filter allows, or all if there are none.
    pub(crate) const ALLOWED: &str = "allowed";
    /// The types that an event filter does not allow.
    pub(crate) const DISALLOWED: &str = "disallowed";
}

/// Names of models, by which the runtime recognises operations that create an object.
pub(crate) mod model {
    /// A failure to create a channel has a cause that the server can be asked for.
    pub(crate) const CHANNEL: &str = "Channel";
    /// A failure to begin a recording has a cause that the server can be asked for.
    pub(crate) const LIVE_RECORDING: &str = "LiveRecording";
}
