// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `events`.

use crate::{models, runtime};

/// Fields that every message from Asterisk to an application has.
///
/// `type` is the type of the message. It is not always the first key of the JSON object, so read
/// the whole object before deciding. Accept types and fields you do not know: releases add them.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// Name of the message type, such as `StasisStart`. It selects the model that the other fields
    /// follow.
    pub kind: String,
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
}

runtime::model!(
    Message = named("Message"),
    kind = required("type"),
    asterisk_id = optional("asterisk_id"),
);

/// Error message in place of events: the WebSocket was opened without a parameter it needs.
///
/// Only Asterisk 12 and 13 send it, when the connection named no application. Open a new connection
/// with the parameter; this one delivers nothing.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MissingParams {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Names of the parameters that were missing, such as `app`.
    pub params: Vec<String>,
}

runtime::model!(
    MissingParams = tagged("type", "MissingParams"),
    asterisk_id = optional("asterisk_id"),
    params = required("params"),
);

/// Fields that every event has.
///
/// An event reaches an application only if the application is subscribed to the channel, bridge,
/// endpoint or device it is about. A channel in the application is subscribed to from `StasisStart`
/// to `StasisEnd`, a bridge while a channel of the application is in it, and a channel originated
/// into the application from its creation. Everything else takes an explicit subscription or
/// `subscribeAll`. An event filter on the application can drop types again.
///
/// Events caused by a request may arrive before the response to that request, so know the id and be
/// ready to handle its events before sending it. Events that occur while no socket is connected are
/// lost.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct EventModel {
    /// Name of the message type, such as `StasisStart`. It selects the model that the other fields
    /// follow.
    pub kind: String,
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
}

runtime::model!(
    EventModel = named("Event"),
    kind = required("type"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
);

/// A SIP contact: one place where an endpoint can be reached.
///
/// Available in Asterisk 13.6.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ContactInfo {
    /// SIP URI of the contact.
    pub uri: String,
    /// Reachability of the contact, as far as it is known.
    pub contact_status: models::ContactStatus,
    /// Name of the address of record that holds the contact.
    pub aor: String,
    /// Round-trip time of the last successful qualify request in microseconds, as a string of
    /// digits. Absent when none was measured.
    pub roundtrip_usec: Option<String>,
}

runtime::model!(
    ContactInfo = named("ContactInfo"),
    uri = required("uri"),
    contact_status = required("contact_status"),
    aor = required("aor"),
    roundtrip_usec = optional("roundtrip_usec"),
);

/// Information of a channel technology about the far end of an endpoint.
///
/// Available in Asterisk 13.6.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Peer {
    /// The new status. The words depend on the technology: `Reachable` and `Unreachable` for PJSIP,
    /// also `Registered`, `Unregistered`, `Lagged` and others elsewhere.
    pub peer_status: String,
    /// Reason for the change, if the technology gave one.
    pub cause: Option<String>,
    /// IP address of the peer, if known.
    pub address: Option<String>,
    /// Port of the peer, as a string, if known.
    pub port: Option<String>,
    /// Time of the last message from the peer, if the technology reports it; usually absent.
    pub time: Option<String>,
}

runtime::model!(
    Peer = named("Peer"),
    peer_status = required("peer_status"),
    cause = optional("cause"),
    address = optional("address"),
    port = optional("port"),
    time = optional("time"),
);

/// A device state changed: a phone began ringing or became busy, or a custom `Stasis:` device was
/// updated.
///
/// Sent for devices subscribed to as `deviceState:name`. Used for presence, busy lamps and choosing
/// a free agent.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DeviceStateChanged {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The device and its new state.
    pub device_state: models::DeviceState,
}

runtime::model!(
    DeviceStateChanged = tagged("type", "DeviceStateChanged"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    device_state = required("device_state"),
);

/// A media file or tone began to play on a channel or bridge.
///
/// With a list of media it is sent again for each item, and also after a paused playback goes on,
/// so do not count these events as playbacks. A playback that was stopped while still queued never
/// gets it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PlaybackStarted {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The playback, with `media_uri` naming what is playing now.
    pub playback: models::Playback,
}

runtime::model!(
    PlaybackStarted = tagged("type", "PlaybackStarted"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    playback = required("playback"),
);

/// One item of a media list has ended and the next one follows.
///
/// It comes between two items; the item after it announces itself with `PlaybackStarted`. An item
/// that could not be played does not end the list, so this event does not prove that the item was
/// heard.
///
/// Available in Asterisk 14 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PlaybackContinuing {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The playback: `media_uri` is the item that just ended, `next_media_uri` the one that
    /// follows.
    pub playback: models::Playback,
}

runtime::model!(
    PlaybackContinuing = tagged("type", "PlaybackContinuing"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    playback = required("playback"),
);

/// A playback ended: it ran to its end, was stopped, or failed.
///
/// This is the place to start the next prompt or hang up. Look at `state`: `failed` means that the
/// last item could not be played, and an application that only waits for the end would go on
/// without the caller having heard anything. After a hangup it means that playing has stopped, not
/// that everything was played.
///
/// A recording that does not exist, an invalid number or an unsupported URI scheme is only logged
/// by the server, and as the last item may leave the playback without this event. Guard the wait
/// with a timeout and with the end of the channel.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PlaybackFinished {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The playback with its final `state`: `done` or, from releases that know it, `failed`. Its id
    /// is no longer valid for requests.
    pub playback: models::Playback,
}

runtime::model!(
    PlaybackFinished = tagged("type", "PlaybackFinished"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    playback = required("playback"),
);

/// A live recording began to write audio.
///
/// It comes once the recording is really under way, after any operation queued ahead of it on the
/// channel; a beep, if asked for, is played after this event.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RecordingStarted {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The recording; `name` and `target_uri` identify it and its source.
    pub recording: models::LiveRecording,
}

runtime::model!(
    RecordingStarted = tagged("type", "RecordingStarted"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    recording = required("recording"),
);

/// A live recording ended and its file is closed.
///
/// Sent after a stop, a terminating digit, maximum duration or silence, a hangup, and also after a
/// cancel. Unless it was cancelled, the file can now be fetched or played as a stored recording of
/// the same name.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RecordingFinished {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The recording with its final `duration`. `state` is `done` or `canceled`; a cancelled
    /// recording can be reported as `done` too, so remember that you cancelled it.
    pub recording: models::LiveRecording,
}

runtime::model!(
    RecordingFinished = tagged("type", "RecordingFinished"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    recording = required("recording"),
);

/// A live recording could not be made.
///
/// The request itself had been accepted with 201, so this is the only sign. Typical causes: the
/// channel is in a bridge (record the bridge instead), or it could not be answered.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RecordingFailed {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The recording; `cause` holds the reason as text.
    pub recording: models::LiveRecording,
}

runtime::model!(
    RecordingFailed = tagged("type", "RecordingFailed"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    recording = required("recording"),
);

/// A channel could not be handed over to another application with `move`.
///
/// `move` answers before the hand-over takes place, so a destination that is not registered shows
/// up only here, in the application the channel came from.
///
/// Available in Asterisk 13.26.0, 16.3.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ApplicationMoveFailed {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel that was to be moved.
    pub channel: models::Channel,
    /// Name of the application it was to enter.
    pub destination: String,
    /// The arguments meant for the destination's `StasisStart`.
    pub args: Vec<String>,
}

runtime::model!(
    ApplicationMoveFailed = tagged("type", "ApplicationMoveFailed"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    destination = required("destination"),
    args = required("args"),
);

/// An application is now served by this outbound WebSocket.
///
/// Sent, once for each application, on connections that Asterisk opened towards the application,
/// again after every reconnect: handle it idempotently. Connections that the application opened
/// itself never get it.
///
/// Available in Asterisk 20.15.0, 21.10.0, 22.5.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ApplicationRegistered {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    pub timestamp: Option<runtime::Timestamp>,
}

runtime::model!(
    ApplicationRegistered = tagged("type", "ApplicationRegistered"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
);

/// An application is no longer served by this outbound WebSocket.
///
/// Sent only on connections that Asterisk opened towards the application; those the application
/// opened itself never get it.
///
/// Available in Asterisk 20.15.0, 21.10.0, 22.5.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ApplicationUnregistered {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    pub timestamp: Option<runtime::Timestamp>,
}

runtime::model!(
    ApplicationUnregistered = tagged("type", "ApplicationUnregistered"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
);

/// Another WebSocket registered the same application name and took it over.
///
/// This socket stays open but gets no more events of that application. If the application was the
/// first one of the socket, requests sent over the socket get no response any more. Calls are not
/// touched. Do not answer it by reconnecting under the same name at once: two instances would keep
/// taking the name from each other. Usually it means a second copy of the program is running.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ApplicationReplaced {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
}

runtime::model!(
    ApplicationReplaced = tagged("type", "ApplicationReplaced"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
);

/// A bridge was created.
///
/// An application receives this for bridges it is subscribed to, or for all with `subscribeAll`,
/// which includes those made by the dialplan and by Asterisk's own features.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BridgeCreated {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The new bridge.
    pub bridge: models::Bridge,
}

runtime::model!(
    BridgeCreated = tagged("type", "BridgeCreated"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    bridge = required("bridge"),
);

/// A bridge was destroyed.
///
/// Channels that were in it stay alive and in their application. Drop all state of the bridge: its
/// id is no longer valid.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BridgeDestroyed {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The bridge as it last was.
    pub bridge: models::Bridge,
}

runtime::model!(
    BridgeDestroyed = tagged("type", "BridgeDestroyed"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    bridge = required("bridge"),
);

/// Two bridges became one; all channels of one moved into the other.
///
/// Attended transfers do this. Sent to applications subscribed to either bridge. Replace the old
/// bridge id by the new one in what you keep.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BridgeMerged {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The bridge that goes on, now holding the channels of both.
    pub bridge: models::Bridge,
    /// The bridge whose channels moved out; it is about to be destroyed.
    pub bridge_from: models::Bridge,
}

runtime::model!(
    BridgeMerged = tagged("type", "BridgeMerged"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    bridge = required("bridge"),
    bridge_from = required("bridge_from"),
);

/// A bridge shows another channel's video.
///
/// Happens when the talker changes in a bridge that follows the talker, when a source is set by
/// request, or when the source leaves.
///
/// Available in Asterisk 13.13.0, 14.2.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BridgeVideoSourceChanged {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The bridge; `video_source_id` is the new source, if there is one.
    pub bridge: models::Bridge,
    /// Id of the channel whose video was shown before; absent when there was none.
    pub old_video_source_id: Option<String>,
}

runtime::model!(
    BridgeVideoSourceChanged = tagged("type", "BridgeVideoSourceChanged"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    bridge = required("bridge"),
    old_video_source_id = optional("old_video_source_id"),
);

/// A party in a bridge was sent to an extension without the transferer asking there first.
///
/// Sent when Asterisk itself carries out a blind transfer: a SIP REFER from a phone, or a feature
/// code. It is sent for failed attempts too, so look at `result`. If the transfer was left to the
/// application, `ChannelTransfer` is sent instead.
///
/// Available in Asterisk 12.1.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BridgeBlindTransfer {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel that transfers; it usually leaves the call.
    pub channel: models::Channel,
    /// The channel that takes the transferer's place in the bridge when the others cannot be moved
    /// themselves, for instance because there are several. Absent otherwise.
    ///
    /// Available in Asterisk 12.6.0 and later.
    pub replace_channel: Option<models::Channel>,
    /// The party that is sent to the extension; absent when there is not exactly one.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub transferee: Option<models::Channel>,
    /// Extension it is sent to.
    pub exten: String,
    /// Dialplan context of the extension.
    pub context: String,
    /// `Success`, `Fail`, `Invalid` or `Not Permitted`.
    pub result: String,
    /// True when the channel's protocol asked for it, such as a SIP REFER; false when Asterisk's
    /// own features did, such as a feature code.
    pub is_external: bool,
    /// The bridge in which the transfer took place; absent when there was none.
    pub bridge: Option<models::Bridge>,
}

runtime::model!(
    BridgeBlindTransfer = tagged("type", "BridgeBlindTransfer"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    replace_channel = optional("replace_channel"),
    transferee = optional("transferee"),
    exten = required("exten"),
    context = required("context"),
    result = required("result"),
    is_external = required("is_external"),
    bridge = optional("bridge"),
);

/// Two calls of one party were joined after that party had talked to both.
///
/// Sent when Asterisk itself carries out an attended transfer, whether it succeeded or not: look at
/// `result` first. `destination_type` names the `destination_` field that is present. A channel
/// that thereby takes another's place in an application also causes a `StasisStart` with
/// `replace_channel`.
///
/// Available in Asterisk 12.1.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BridgeAttendedTransfer {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The transferer's channel in the first call, with the party to be transferred.
    pub transferer_first_leg: models::Channel,
    /// The transferer's channel in the second call, with the destination.
    pub transferer_second_leg: models::Channel,
    /// The channel put in place of `transferer_first_leg` when the call went into an application;
    /// absent otherwise.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub replace_channel: Option<models::Channel>,
    /// The party that is transferred; absent when there is not exactly one.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub transferee: Option<models::Channel>,
    /// The party it is connected to; absent when there is not exactly one.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub transfer_target: Option<models::Channel>,
    /// `Success`, `Fail`, `Invalid` or `Not Permitted`.
    pub result: String,
    /// True when the channel's protocol asked for it, such as a SIP REFER; false when Asterisk's
    /// own features did, such as a feature code.
    pub is_external: bool,
    /// Bridge of the first call; absent when that leg was not in a bridge.
    pub transferer_first_leg_bridge: Option<models::Bridge>,
    /// Bridge of the second call; absent when that leg was not in a bridge, for instance because it
    /// was in a dialplan application.
    pub transferer_second_leg_bridge: Option<models::Bridge>,
    /// Way in which the calls were joined: `bridge` (one bridge merged into the other),
    /// `application` (the call went into an application), `link` (the bridges were tied by a pair
    /// of channels), `threeway` (all stay in one bridge), `fail`.
    pub destination_type: String,
    /// Id of the bridge that goes on; only with type `bridge`.
    pub destination_bridge: Option<String>,
    /// Name of the application the call went into; only with type `application`.
    pub destination_application: Option<String>,
    /// One end of the pair of channels that ties the bridges; only with type `link`.
    pub destination_link_first_leg: Option<models::Channel>,
    /// Its other end; only with type `link`.
    pub destination_link_second_leg: Option<models::Channel>,
    /// The transferer's channel that remains in the call; only with type `threeway`.
    pub destination_threeway_channel: Option<models::Channel>,
    /// The bridge in which all are now; only with type `threeway`.
    pub destination_threeway_bridge: Option<models::Bridge>,
}

runtime::model!(
    BridgeAttendedTransfer = tagged("type", "BridgeAttendedTransfer"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    transferer_first_leg = required("transferer_first_leg"),
    transferer_second_leg = required("transferer_second_leg"),
    replace_channel = optional("replace_channel"),
    transferee = optional("transferee"),
    transfer_target = optional("transfer_target"),
    result = required("result"),
    is_external = required("is_external"),
    transferer_first_leg_bridge = optional("transferer_first_leg_bridge"),
    transferer_second_leg_bridge = optional("transferer_second_leg_bridge"),
    destination_type = required("destination_type"),
    destination_bridge = optional("destination_bridge"),
    destination_application = optional("destination_application"),
    destination_link_first_leg = optional("destination_link_first_leg"),
    destination_link_second_leg = optional("destination_link_second_leg"),
    destination_threeway_channel = optional("destination_threeway_channel"),
    destination_threeway_bridge = optional("destination_threeway_bridge"),
);

/// A channel came into being.
///
/// It is the first event of a channel the application originates, often ahead of the response to
/// that request. Channels made by others are announced only with `subscribeAll` or a subscription
/// to their endpoint. The channel is not yet in any application; wait for `StasisStart` before
/// controlling it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelCreated {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The new channel, normally in state `Down` or `Ring`.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelCreated = tagged("type", "ChannelCreated"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// A channel has been hung up and no longer exists.
///
/// The last event of a channel, with the reason why it ended. The subscription that comes with
/// `StasisStart` ends at `StasisEnd`, ahead of this event: to rely on it, or to learn why an
/// originated call failed before it was answered, stay subscribed by originating the channel into
/// the application, by subscribing to `channel:id`, or by `subscribeAll`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelDestroyed {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// Hangup cause, a Q.850 number: 16 normal clearing, 17 busy, 19 no answer, 21 rejected, 34
    /// congestion, 0 not known. Take it as a signed number.
    pub cause: i64,
    /// The cause in English, such as `Normal Clearing`.
    pub cause_txt: String,
    /// The protocol's own code for a call that did not end normally, such as the SIP status 486.
    /// Absent when there is none.
    ///
    /// Available in Asterisk 20.17.0, 22.7.0, 23.1.0 and later.
    pub tech_cause: Option<i64>,
    /// The channel as it last was.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelDestroyed = tagged("type", "ChannelDestroyed"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    cause = required("cause"),
    cause_txt = required("cause_txt"),
    tech_cause = optional("tech_cause"),
    channel = required("channel"),
);

/// A channel joined a bridge and can hear the others in it.
///
/// The effect of `addChannel` becomes visible here, also for channels that others put into the
/// bridge. Use it, rather than the response, to keep a list of the participants of a conference.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelEnteredBridge {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The bridge joined.
    pub bridge: models::Bridge,
    /// The channel that joined it.
    pub channel: Option<models::Channel>,
}

runtime::model!(
    ChannelEnteredBridge = tagged("type", "ChannelEnteredBridge"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    bridge = required("bridge"),
    channel = optional("channel"),
);

/// A channel left a bridge.
///
/// The reason can be a removal by request, a hangup, a move to another bridge or a transfer. The
/// bridge itself remains: when one party is left alone in silence, or nobody is left, it is up to
/// the application to hang up and to destroy the bridge.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelLeftBridge {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The bridge left.
    pub bridge: models::Bridge,
    /// The channel that left it; it may be about to be hung up.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelLeftBridge = tagged("type", "ChannelLeftBridge"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    bridge = required("bridge"),
    channel = required("channel"),
);

/// A channel's state changed, for instance from `Ringing` to `Up`.
///
/// `Up` means answered, so this is how to notice that a channel made with `create` and `dial` was
/// picked up. Early media does not change the state; `Dial` shows progress more finely.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelStateChange {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel, `state` being the new state.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelStateChange = tagged("type", "ChannelStateChange"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// The caller pressed a key.
///
/// Sent when the key is released; nothing is sent when it is pressed. Digits the application sends
/// itself with `dtmf` do not come back. Digits come one event each, so an application collects them
/// itself, with a timeout between digits, and often stops a running prompt at the first one.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelDtmfReceived {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The key: `0` to `9`, `*`, `#`, or `A` to `D`.
    pub digit: String,
    /// Time for which the key was held.
    ///
    /// Asterisk counts it in whole milliseconds.
    pub duration: std::time::Duration,
    /// The channel the digit came in on.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelDtmfReceived = tagged("type", "ChannelDtmfReceived"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    digit = required("digit"),
    duration = required("duration_ms", Milliseconds as Int),
    channel = required("channel"),
);

/// A channel reached a new step of the dialplan and is about to execute it.
///
/// One event per step, so with `subscribeAll` it makes up a large part of the traffic. Useful for
/// tracing; while a channel is in the application it does not move in the dialplan.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelDialplan {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel; `dialplan` holds its context, extension and priority.
    pub channel: models::Channel,
    /// Name of the dialplan application that is to run, such as `Playback`.
    pub dialplan_app: String,
    /// Its arguments, as written after substitution; may be empty.
    pub dialplan_app_data: String,
}

runtime::model!(
    ChannelDialplan = tagged("type", "ChannelDialplan"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    dialplan_app = required("dialplan_app"),
    dialplan_app_data = required("dialplan_app_data"),
);

/// The caller's name or number on a channel changed.
///
/// Happens when the dialplan or the application sets the caller id, or the other side updates it
/// during the call.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelCallerId {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// Presentation of the number, as the bits used in signalling: 0 to 3 allowed, 32 to 35
    /// withheld, 67 not available.
    pub caller_presentation: i64,
    /// The same in English.
    pub caller_presentation_txt: String,
    /// The channel, `caller` being the new value.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelCallerId = tagged("type", "ChannelCallerId"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    caller_presentation = required("caller_presentation"),
    caller_presentation_txt = required("caller_presentation_txt"),
    channel = required("channel"),
);

/// An event made up by an application or by the dialplan.
///
/// Sent by `POST /events/user/{eventName}` to the application named there, and by the dialplan's
/// `UserEvent()` to those subscribed to the channel. Programs use it to signal each other, or to
/// wake up their own event loop. Despite its name it need not concern a channel.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelUserevent {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The name its sender gave it.
    pub eventname: String,
    /// The channel given as a source, or the one that ran `UserEvent()`; absent otherwise.
    ///
    /// Always sent by Asterisk 12 (before 12.3.0).
    pub channel: Option<models::Channel>,
    /// The bridge given as a source; absent otherwise.
    ///
    /// Available in Asterisk 12.3.0 and later.
    pub bridge: Option<models::Bridge>,
    /// The endpoint given as a source; absent otherwise.
    ///
    /// Available in Asterisk 12.3.0 and later.
    pub endpoint: Option<models::Endpoint>,
    /// The sender's own keys and values, of any JSON type. Contains `eventname` once more.
    pub userevent: serde_json::Map<String, serde_json::Value>,
}

runtime::model!(
    ChannelUserevent = tagged("type", "ChannelUserevent"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    eventname = required("eventname"),
    channel = optional("channel"),
    bridge = optional("bridge"),
    endpoint = optional("endpoint"),
    userevent = required("userevent"),
);

/// A hangup of the channel was requested: the far end hung up, or Asterisk or an application
/// requested it.
///
/// The first sign that a call is over; `StasisEnd` follows. By then it is too late to play anything
/// to that party. Stop all operations of the channel, and handle the other legs.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelHangupRequest {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// Hangup cause, a Q.850 number as in `ChannelDestroyed`; absent when none was given. Take it
    /// as a signed number.
    pub cause: Option<i64>,
    /// The protocol's own code for a call that did not end normally, such as the SIP status 486.
    /// Absent when there is none.
    ///
    /// Available in Asterisk 20.17.0, 22.7.0, 23.1.0 and later.
    pub tech_cause: Option<i64>,
    /// True when the hangup was asked for from within Asterisk, by a request or a command for
    /// instance. Absent when the far side hung up.
    pub soft: Option<bool>,
    /// The channel that is to end.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelHangupRequest = tagged("type", "ChannelHangupRequest"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    cause = optional("cause"),
    tech_cause = optional("tech_cause"),
    soft = optional("soft"),
    channel = required("channel"),
);

/// A channel variable or a global variable was set.
///
/// Asterisk sets many variables on its own, so this is among the most frequent events; drop it with
/// an event filter if you do not need it. Variables set after the channel left the application,
/// such as RTP statistics of a call hung up by request, are not seen by a subscription that ended
/// with `StasisEnd`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelVarset {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// Name of the variable.
    pub variable: String,
    /// Its new value; an empty string when it was cleared.
    pub value: String,
    /// The channel the variable belongs to; absent for a global variable.
    pub channel: Option<models::Channel>,
}

runtime::model!(
    ChannelVarset = tagged("type", "ChannelVarset"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    variable = required("variable"),
    value = required("value"),
    channel = optional("channel"),
);

/// The device on this channel put the call on hold.
///
/// For SIP, a re-INVITE that stops the audio towards Asterisk. Sent for hold that comes from the
/// far side; the operation `hold` acts in the other direction. Applications use it to pause a
/// recording or a transcription, and to play music to the other party.
///
/// Available in Asterisk 13.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelHold {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel whose device put the call on hold.
    pub channel: models::Channel,
    /// Music-on-hold class the device would like the other party to hear; absent when it named
    /// none.
    pub musicclass: Option<String>,
}

runtime::model!(
    ChannelHold = tagged("type", "ChannelHold"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    musicclass = optional("musicclass"),
);

/// The device on this channel took the call off hold.
///
/// The counterpart of `ChannelHold`: audio from this party flows again.
///
/// Available in Asterisk 13.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelUnhold {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel whose device resumed the call.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelUnhold = tagged("type", "ChannelUnhold"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// The tone that was being watched for was heard on a channel.
///
/// Sent only if the dialplan function `TONE_DETECT` was set on the channel, for instance for a fax
/// or modem tone or the beep of an answering machine.
///
/// Available in Asterisk 22 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelToneDetected {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel the tone was heard on.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelToneDetected = tagged("type", "ChannelToneDetected"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// The party on a channel began to speak.
///
/// Sent only if talk detection was turned on, by setting the variable `TALK_DETECT(set)` on the
/// channel. Used for interrupting a prompt, for showing the current speaker of a conference, for
/// distinguishing a person from silence. Loud noise counts as speech.
///
/// Available in Asterisk 12.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelTalkingStarted {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel on which speech was heard.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelTalkingStarted = tagged("type", "ChannelTalkingStarted"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// The party on a channel stopped speaking.
///
/// Sent only where `TALK_DETECT(set)` was set, and only after its silence threshold has passed
/// (2500 ms unless set otherwise): it comes that much later than the last word. Lower the threshold
/// for conversational speech.
///
/// Available in Asterisk 12.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelTalkingFinished {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel that fell silent.
    pub channel: models::Channel,
    /// Time for which the party spoke; the silence that led to the event is not counted.
    ///
    /// Asterisk counts it in whole milliseconds.
    pub duration: std::time::Duration,
}

runtime::model!(
    ChannelTalkingFinished = tagged("type", "ChannelTalkingFinished"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    duration = required("duration", Milliseconds as Int),
);

/// A SIP contact of an endpoint was registered, removed, or changed its reachability.
///
/// Sent for PJSIP endpoints the application is subscribed to. It is the way to watch phones
/// register and unregister; one endpoint may have several contacts.
///
/// Available in Asterisk 13.6.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ContactStatusChange {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The endpoint the contact belongs to.
    pub endpoint: models::Endpoint,
    /// The contact and its new status.
    pub contact_info: models::ContactInfo,
}

runtime::model!(
    ContactStatusChange = tagged("type", "ContactStatusChange"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    endpoint = required("endpoint"),
    contact_info = required("contact_info"),
);

/// The peer behind an endpoint changed its status, such as becoming reachable.
///
/// Sent for endpoints the application is subscribed to. For PJSIP, `ContactStatusChange` has more
/// details.
///
/// Available in Asterisk 13.6.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PeerStatusChange {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The endpoint the peer stands for.
    pub endpoint: models::Endpoint,
    /// The peer and its new status.
    pub peer: models::Peer,
}

runtime::model!(
    PeerStatusChange = tagged("type", "PeerStatusChange"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    endpoint = required("endpoint"),
    peer = required("peer"),
);

/// An endpoint's state changed, between `online` and `offline` for instance.
///
/// Sent for endpoints the application is subscribed to, and also when a channel of the endpoint is
/// added or goes away, so compare `state` with what you had before concluding anything.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct EndpointStateChange {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The endpoint with its state and the ids of its channels.
    pub endpoint: models::Endpoint,
}

runtime::model!(
    EndpointStateChange = tagged("type", "EndpointStateChange"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    endpoint = required("endpoint"),
);

/// A dialling attempt began or advanced.
///
/// Each attempt yields a first event with an empty `dialstatus`, then any progress, then a final
/// status. To be notified of calls that fail, watch this event or `ChannelDestroyed`: a channel
/// that never answers never enters the application.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Dial {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel on whose behalf the call is made; absent for an origination that has none.
    pub caller: Option<models::Channel>,
    /// The channel being called.
    pub peer: models::Channel,
    /// Destination to which the called side forwards the call; empty or absent if it does not.
    pub forward: Option<String>,
    /// The channel that now calls the forwarding destination; absent otherwise.
    pub forwarded: Option<models::Channel>,
    /// Dialled address, in the form the channel technology uses; may be empty in later events of
    /// the attempt.
    pub dialstring: Option<String>,
    /// Empty at the start; then `RINGING`, `PROGRESS` or `PROCEEDING`; finally `ANSWER`, `BUSY`,
    /// `CONGESTION`, `CHANUNAVAIL`, `NOANSWER`, `CANCEL` or another word. Treat the set as open.
    pub dialstatus: String,
}

runtime::model!(
    Dial = tagged("type", "Dial"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    caller = optional("caller"),
    peer = required("peer"),
    forward = optional("forward"),
    forwarded = optional("forwarded"),
    dialstring = optional("dialstring"),
    dialstatus = required("dialstatus"),
);

/// A channel left the application.
///
/// It hung up, went on in the dialplan, was moved to another application, or was replaced by
/// another channel: it does not mean that the call is over. The channel's subscription has ended,
/// and operations on the channel now fail. Free what you hold for the channel, and look after its
/// other legs and its bridge: Asterisk leaves them as they are. For a hangup by request it can
/// arrive ahead of the response.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StasisEnd {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel that left.
    pub channel: models::Channel,
}

runtime::model!(
    StasisEnd = tagged("type", "StasisEnd"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// A channel entered the application and is now under its control.
///
/// Sent when the dialplan runs `Stasis()`, when an originated channel is answered, and for channels
/// that come from `create`, `snoop`, `externalMedia` or `move`. This is where a call begins:
/// distinguish incoming calls from those you made yourself by `args` or by the ids you chose, since
/// both arrive here. An incoming channel has not been answered yet; `answer` it to be able to talk.
/// Nothing else happens to the channel until the application acts: if the event is lost, the caller
/// hears silence.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StasisStart {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The arguments given to `Stasis()` or as `appArgs`, in order. Empty when there were none, and
    /// always when `replace_channel` is present.
    pub args: Vec<String>,
    /// The channel that entered.
    pub channel: models::Channel,
    /// The channel whose place `channel` takes in the application, after an attended transfer for
    /// instance; a `StasisEnd` for it follows. Carry your state over to the new id. Absent when a
    /// channel simply enters.
    ///
    /// Available in Asterisk 12.5.0 and later.
    pub replace_channel: Option<models::Channel>,
}

runtime::model!(
    StasisStart = tagged("type", "StasisStart"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    args = required("args"),
    channel = required("channel"),
    replace_channel = optional("replace_channel"),
);

/// A text message came in from outside any call, such as a SIP MESSAGE.
///
/// Sent to applications subscribed to the endpoint it came from, such as `endpoint:PJSIP/alice`, or
/// to the whole technology, `endpoint:PJSIP`. Reply with `sendMessage`.
///
/// Available in Asterisk 12.5.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TextMessageReceived {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The message: sender, recipient, text and variables.
    pub message: models::TextMessage,
    /// The endpoint it came from; absent if Asterisk does not know it.
    pub endpoint: Option<models::Endpoint>,
}

runtime::model!(
    TextMessageReceived = tagged("type", "TextMessageReceived"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    message = required("message"),
    endpoint = optional("endpoint"),
);

/// The name or number of the party at the other end changed for a channel.
///
/// Happens when a call is answered, picked up, bridged or transferred; phones use it to show whom
/// one is talking to.
///
/// Available in Asterisk 13.1.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelConnectedLine {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    ///
    /// Available in Asterisk 13.13.0, 14.2.0 and later.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    ///
    /// Always sent by Asterisk 13.26.0, 16.3.0 and later.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel, `connected` being the new value.
    pub channel: models::Channel,
}

runtime::model!(
    ChannelConnectedLine = tagged("type", "ChannelConnectedLine"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
);

/// A phone asked to transfer its call, and Asterisk leaves it to the application to do so.
///
/// Sent instead of a transfer if `PJSIP_TRANSFER_HANDLING()` is set to `ari-only` on the channel.
/// Asterisk accepts the SIP REFER and then does nothing: the application rearranges bridges, or
/// calls the destination, and must report the outcome to the phone with `transfer_progress` on the
/// channel in `referred_by.source_channel`, or the phone keeps waiting. All channels concerned
/// should be in an application.
///
/// Two forms: a blind transfer has `refer_to.requested_destination.destination`; an attended one
/// has `protocol_id` there and, if Asterisk knows the other call, `refer_to.destination_channel`.
///
/// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ChannelTransfer {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    pub timestamp: Option<runtime::Timestamp>,
    /// State of the transfer, if Asterisk reports one; absent otherwise.
    pub state: Option<String>,
    /// Destination that the phone requested.
    pub refer_to: models::ReferTo,
    /// Origin of the request.
    pub referred_by: models::ReferredBy,
}

runtime::model!(
    ChannelTransfer = tagged("type", "ChannelTransfer"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    state = optional("state"),
    refer_to = required("refer_to"),
    referred_by = required("referred_by"),
);

/// The destination of a transfer request, with the call it belongs to as far as Asterisk knows that
/// call.
///
/// On a blind transfer, or when the other call is on another server, only `requested_destination`
/// is there.
///
/// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ReferTo {
    /// The destination as the phone gave it.
    pub requested_destination: models::RequiredDestination,
    /// The transferer's channel in the other call, which the transferred party is to replace;
    /// absent when Asterisk could not find it.
    pub destination_channel: Option<models::Channel>,
    /// The party in that other call; absent when not known.
    pub connected_channel: Option<models::Channel>,
    /// The bridge that connects those two; absent when not known.
    pub bridge: Option<models::Bridge>,
}

runtime::model!(
    ReferTo = named("ReferTo"),
    requested_destination = required("requested_destination"),
    destination_channel = optional("destination_channel"),
    connected_channel = optional("connected_channel"),
    bridge = optional("bridge"),
);

/// The side a transfer request came from.
///
/// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ReferredBy {
    /// The channel of the phone that asked for the transfer; `transfer_progress` goes to this one.
    pub source_channel: models::Channel,
    /// The party it is talking to in this call; absent when not known.
    pub connected_channel: Option<models::Channel>,
    /// The bridge that connects those two; absent when they are not in one.
    pub bridge: Option<models::Bridge>,
}

runtime::model!(
    ReferredBy = named("ReferredBy"),
    source_channel = required("source_channel"),
    connected_channel = optional("connected_channel"),
    bridge = optional("bridge"),
);

/// The destination of a transfer request in the terms of the protocol.
///
/// Either `destination` or `protocol_id` contains the destination, depending on whether the
/// transfer is blind or attended.
///
/// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RequiredDestination {
    /// Attended transfer: id of the other call in the protocol, for SIP its Call-ID. Compare it
    /// with `protocol_id` of your channels to find a call that lives on another server.
    pub protocol_id: Option<String>,
    /// Blind transfer: the number or user part that was dialled, to be called by the application.
    pub destination: Option<String>,
    /// Further parameters of the request that belong to the protocol; absent when there are none.
    pub additional_protocol_params: Option<Vec<models::AdditionalParam>>,
}

runtime::model!(
    RequiredDestination = named("RequiredDestination"),
    protocol_id = optional("protocol_id"),
    destination = optional("destination"),
    additional_protocol_params = optional("additional_protocol_params"),
);

/// A parameter of a transfer request that belongs to the protocol.
///
/// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AdditionalParam {
    /// Name of the parameter.
    pub parameter_name: String,
    /// Its value.
    pub parameter_value: String,
}

runtime::model!(
    AdditionalParam = named("AdditionalParam"),
    parameter_name = required("parameter_name"),
    parameter_value = required("parameter_value"),
);

/// A header as a pair of strings.
///
/// No other model uses it: requests and responses over the WebSocket carry no headers besides the
/// content type.
///
/// Available in Asterisk 20.14.0, 21.9.0, 22.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RestHeader {
    /// Name of the header.
    pub name: String,
    /// Its value.
    pub value: String,
}

runtime::model!(
    RestHeader = named("RESTHeader"),
    name = required("name"),
    value = required("value"),
);

/// A query parameter of a request sent over the WebSocket.
///
/// Available in Asterisk 20.14.0, 21.9.0, 22.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RestQueryStringParameter {
    /// Name of the parameter.
    pub name: String,
    /// Its value as a JSON string, also for numbers and booleans. Taken literally: do not
    /// percent-encode it.
    pub value: String,
}

runtime::model!(
    RestQueryStringParameter = named("RESTQueryStringParameter"),
    name = required("name"),
    value = required("value"),
);

/// A request of this interface sent as a text message over the event WebSocket, answered by
/// `RESTResponse`.
///
/// It spares HTTP connections, at the price that a socket handles one request after another: an
/// operation that waits, such as `answer` during a playback, holds up all later requests, and the
/// answer to a ping too, for as long. Send such operations over HTTP. Requests and responses are
/// text messages; binary ones are ignored.
///
/// Available in Asterisk 20.14.0, 21.9.0, 22.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RestRequest {
    /// Always `RESTRequest`.
    pub kind: String,
    /// Any string; comes back in the response. A number is answered with an empty string.
    pub transaction_id: String,
    /// Any string; comes back in the response, and is what to match it by. A number is answered
    /// with an empty string.
    pub request_id: String,
    /// HTTP method in capital letters: `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// Path of the resource without leading slash and without `ari/`, such as
    /// `channels/123/answer`; otherwise it answers 405 or 404. A query string may follow `?`; there
    /// values are percent-decoded and `+` is a space.
    pub uri: String,
    /// Type of the body, exactly `application/json`: with a charset, or missing while there is a
    /// body, the answer is 400.
    pub content_type: Option<String>,
    /// Query parameters as a list, an alternative to writing them into `uri`. Values here are not
    /// decoded.
    pub query_strings: Option<Vec<models::RestQueryStringParameter>>,
    /// The body as one string, so JSON is encoded twice. It must be a string, not an object.
    pub message_body: Option<String>,
}

runtime::model!(
    RestRequest = named("RESTRequest"),
    kind = required("type"),
    transaction_id = required("transaction_id"),
    request_id = required("request_id"),
    method = required("method"),
    uri = required("uri"),
    content_type = optional("content_type"),
    query_strings = optional("query_strings"),
    message_body = optional("message_body"),
);

/// The answer to a `RESTRequest`.
///
/// Responses come in the order of the requests. Two ways to wait for one in vain: the application's
/// event filter applies to this type as well, so an `allowed` list must name `RESTResponse`; and
/// responses are dropped silently when the first application of the socket is no longer registered.
/// So give every request a timeout.
///
/// A request that was no valid JSON is answered by 400 with empty ids, which cannot be matched to
/// it. Recording files cannot be fetched this way (406).
///
/// Available in Asterisk 20.14.0, 21.9.0, 22.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RestResponse {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    pub timestamp: Option<runtime::Timestamp>,
    /// The one of the request; empty when it had none.
    pub transaction_id: String,
    /// The one of the request; empty when it had none.
    pub request_id: String,
    /// HTTP status code, the same as over HTTP.
    pub status_code: i64,
    /// Text that goes with the code, such as `OK`.
    pub reason_phrase: String,
    /// The `uri` of the request.
    pub uri: String,
    /// Type of the body; absent when there is none, as with 204.
    pub content_type: Option<String>,
    /// The body as one string, JSON to be decoded once more; absent when there is none, as
    /// with 204.
    pub message_body: Option<String>,
}

runtime::model!(
    RestResponse = tagged("type", "RESTResponse"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    transaction_id = required("transaction_id"),
    request_id = required("request_id"),
    status_code = required("status_code"),
    reason_phrase = required("reason_phrase"),
    uri = required("uri"),
    content_type = optional("content_type"),
    message_body = optional("message_body"),
);

/// A call is offered to several applications; the first one to claim it gets it.
///
/// Sent when the dialplan runs `StasisBroadcast()`, to every registered application its name filter
/// admits, without any subscription. To take the call, send `POST /events/claim` at once: the offer
/// lasts half a second unless the dialplan says otherwise. The winner then gets a `StasisStart`;
/// until then the channel cannot be controlled.
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CallBroadcast {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    pub timestamp: Option<runtime::Timestamp>,
    /// The channel on offer; its id goes into the claim.
    pub channel: models::Channel,
    /// Number of the caller; empty when not known.
    pub caller: Option<String>,
    /// Extension the call came in on; may be empty.
    pub called: Option<String>,
}

runtime::model!(
    CallBroadcast = tagged("type", "CallBroadcast"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    caller = optional("caller"),
    called = optional("called"),
);

/// A call offered with `CallBroadcast` was claimed.
///
/// Information for those that did not win: withdraw the offer from screens. Newer servers send it
/// only when the dialplan's `StasisBroadcast()` asks for it with `notify_claimed`, so do not wait
/// for it: a late claim is answered by 409 or 404 in any case.
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CallClaimed {
    /// Identifies the Asterisk server that sent the message: its entity id, by default the MAC
    /// address of a network interface. Useful when one application serves several servers. Asterisk
    /// 12 does not send it.
    pub asterisk_id: Option<String>,
    /// Name of the application this copy of the event is for. A socket that serves several
    /// applications gets one copy for each that is subscribed.
    pub application: String,
    /// When the event happened, in the server's local zone with milliseconds, such as
    /// `2026-11-23T01:08:51.332+0000`. The offset has no colon, so strict RFC 3339 parsers refuse
    /// it.
    pub timestamp: Option<runtime::Timestamp>,
    /// The claimed channel as it was at that moment.
    pub channel: models::Channel,
    /// Name of the application that got it.
    pub winner_app: String,
}

runtime::model!(
    CallClaimed = tagged("type", "CallClaimed"),
    asterisk_id = optional("asterisk_id"),
    application = required("application"),
    timestamp = optional("timestamp"),
    channel = required("channel"),
    winner_app = required("winner_app"),
);

/// Values of `contact_status` of [`ContactInfo`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContactStatus {
    /// It did not answer the last qualify request.
    Unreachable,
    /// It answered the last qualify request.
    Reachable,
    /// It has not been checked yet.
    Unknown,
    /// It exists, but Asterisk is not configured to check it.
    ///
    /// Available in Asterisk 16 and later.
    NonQualified,
    /// The contact no longer exists: unregistered, expired or removed from the configuration.
    Removed,
    /// It was just added, by a registration for instance, and has not been checked yet.
    ///
    /// Available in Asterisk 13.6.0, 14, 15.
    Created,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ContactStatus,
    Unreachable = "Unreachable",
    Reachable = "Reachable",
    Unknown = "Unknown",
    NonQualified = "NonQualified",
    Removed = "Removed",
    Created = "Created",
);
