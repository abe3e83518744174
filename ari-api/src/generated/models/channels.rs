// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `channels`.

use crate::{models, runtime};

/// An empty model, which no operation or event uses.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Dialed {}

runtime::model!(
    Dialed = named("Dialed"),
);

/// A channel's place in the dialplan: context, extension and priority.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DialplanCep {
    /// Context in the dialplan.
    pub context: String,
    /// Extension in the context; may be empty on a channel that has not run the dialplan.
    pub exten: String,
    /// Priority within the extension, counted from 1.
    pub priority: i64,
    /// Dialplan application the channel is executing: `Stasis` while it is under the control of
    /// ARI. Empty when there is none.
    ///
    /// Available in Asterisk 13.27.0, 16.4.0 and later.
    pub app_name: Option<String>,
    /// Arguments of that application, as one string: for `Stasis` the application's name and its
    /// arguments.
    ///
    /// Available in Asterisk 13.27.0, 16.4.0 and later.
    pub app_data: Option<String>,
}

runtime::model!(
    DialplanCep = named("DialplanCEP"),
    context = required("context"),
    exten = required("exten"),
    priority = required("priority"),
    app_name = optional("app_name"),
    app_data = optional("app_data"),
);

/// Name and number of a party.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CallerId {
    /// Display name; empty when unknown.
    pub name: String,
    /// Number; empty when unknown. Not necessarily digits: SIP user names appear here too.
    pub number: String,
}

runtime::model!(
    CallerId = named("CallerID"),
    name = required("name"),
    number = required("number"),
);

/// RTP figures of a channel, as Asterisk's RTP engine keeps them.
///
/// `local` figures are measured by Asterisk on what it receives, `remote` ones come from the peer's
/// RTCP reports: a peer that sends no RTCP leaves them 0 or absent. In the names, `normdev` is the
/// mean and `stdev` the standard deviation over the reports.
///
/// Available in Asterisk 13.27.0, 16.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RtpStat {
    /// Packets sent.
    pub txcount: i64,
    /// Packets received.
    pub rxcount: i64,
    /// Jitter of the packets sent, as the peer sees it. Some older releases swap it with
    /// `rxjitter`.
    pub txjitter: Option<f64>,
    /// Jitter of the packets received.
    pub rxjitter: Option<f64>,
    /// Largest jitter seen by the peer.
    pub remote_maxjitter: Option<f64>,
    /// Smallest jitter seen by the peer.
    pub remote_minjitter: Option<f64>,
    /// Mean jitter seen by the peer.
    pub remote_normdevjitter: Option<f64>,
    /// Standard deviation of the jitter seen by the peer.
    pub remote_stdevjitter: Option<f64>,
    /// Largest jitter seen by Asterisk.
    pub local_maxjitter: Option<f64>,
    /// Smallest jitter seen by Asterisk.
    pub local_minjitter: Option<f64>,
    /// Mean jitter seen by Asterisk.
    pub local_normdevjitter: Option<f64>,
    /// Standard deviation of the jitter seen by Asterisk.
    pub local_stdevjitter: Option<f64>,
    /// Packets sent that the peer reported lost.
    pub txploss: i64,
    /// Packets from the peer that did not arrive.
    pub rxploss: i64,
    /// Largest packet loss in a report interval, reported by the peer.
    pub remote_maxrxploss: Option<f64>,
    /// Smallest packet loss in a report interval, reported by the peer.
    pub remote_minrxploss: Option<f64>,
    /// Mean packet loss in a report interval, reported by the peer.
    pub remote_normdevrxploss: Option<f64>,
    /// Standard deviation of the packet loss in a report interval, reported by the peer.
    pub remote_stdevrxploss: Option<f64>,
    /// Largest packet loss in a report interval, seen by Asterisk.
    pub local_maxrxploss: Option<f64>,
    /// Smallest packet loss in a report interval, seen by Asterisk.
    pub local_minrxploss: Option<f64>,
    /// Mean packet loss in a report interval, seen by Asterisk.
    pub local_normdevrxploss: Option<f64>,
    /// Standard deviation of the packet loss in a report interval, seen by Asterisk.
    pub local_stdevrxploss: Option<f64>,
    /// Latest round-trip time.
    ///
    /// Asterisk counts it in seconds.
    pub rtt: Option<std::time::Duration>,
    /// Longest round-trip time.
    ///
    /// Asterisk counts it in seconds.
    pub maxrtt: Option<std::time::Duration>,
    /// Shortest round-trip time.
    ///
    /// Asterisk counts it in seconds.
    pub minrtt: Option<std::time::Duration>,
    /// Mean round-trip time.
    ///
    /// Asterisk counts it in seconds.
    pub normdevrtt: Option<std::time::Duration>,
    /// Standard deviation of the round-trip time.
    ///
    /// Asterisk counts it in seconds.
    pub stdevrtt: Option<std::time::Duration>,
    /// SSRC of the stream Asterisk sends: unsigned, 32 bits, so it does not fit a signed 32-bit
    /// integer.
    pub local_ssrc: i64,
    /// SSRC of the stream Asterisk receives: unsigned, 32 bits, so it does not fit a signed 32-bit
    /// integer.
    pub remote_ssrc: i64,
    /// Payload octets sent.
    pub txoctetcount: i64,
    /// Payload octets received.
    pub rxoctetcount: i64,
    /// Id of the channel the stream belongs to.
    pub channel_uniqueid: String,
}

runtime::model!(
    RtpStat = named("RTPstat"),
    txcount = required("txcount"),
    rxcount = required("rxcount"),
    txjitter = optional("txjitter"),
    rxjitter = optional("rxjitter"),
    remote_maxjitter = optional("remote_maxjitter"),
    remote_minjitter = optional("remote_minjitter"),
    remote_normdevjitter = optional("remote_normdevjitter"),
    remote_stdevjitter = optional("remote_stdevjitter"),
    local_maxjitter = optional("local_maxjitter"),
    local_minjitter = optional("local_minjitter"),
    local_normdevjitter = optional("local_normdevjitter"),
    local_stdevjitter = optional("local_stdevjitter"),
    txploss = required("txploss"),
    rxploss = required("rxploss"),
    remote_maxrxploss = optional("remote_maxrxploss"),
    remote_minrxploss = optional("remote_minrxploss"),
    remote_normdevrxploss = optional("remote_normdevrxploss"),
    remote_stdevrxploss = optional("remote_stdevrxploss"),
    local_maxrxploss = optional("local_maxrxploss"),
    local_minrxploss = optional("local_minrxploss"),
    local_normdevrxploss = optional("local_normdevrxploss"),
    local_stdevrxploss = optional("local_stdevrxploss"),
    rtt = optional("rtt", Seconds as Double),
    maxrtt = optional("maxrtt", Seconds as Double),
    minrtt = optional("minrtt", Seconds as Double),
    normdevrtt = optional("normdevrtt", Seconds as Double),
    stdevrtt = optional("stdevrtt", Seconds as Double),
    local_ssrc = required("local_ssrc"),
    remote_ssrc = required("remote_ssrc"),
    txoctetcount = required("txoctetcount"),
    rxoctetcount = required("rxoctetcount"),
    channel_uniqueid = required("channel_uniqueid"),
);

/// A channel: one leg of a call between Asterisk and a device, a trunk or another program.
///
/// It is a snapshot of the moment it was made; later changes come as events.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Channel {
    /// Unique id, the `Uniqueid` of AMI and the call detail records. Chosen on creation, or made by
    /// Asterisk from its clock and a counter, such as `1700000000.42`.
    pub id: String,
    /// Id of the call in its protocol: the SIP Call-ID on PJSIP. Empty if the technology has none.
    ///
    /// Available in Asterisk 16.27.0, 18.13.0, 19.5.0 and later.
    pub protocol_id: Option<String>,
    /// Name, such as `PJSIP/alice-0000002a`. A Local channel has two halves, which end in `;1` and
    /// `;2`. Transfers can change the name; the id is the safer key.
    pub name: String,
    /// Current state of the channel. Further states may be added: treat an unknown one as such.
    pub state: models::ChannelState,
    /// Identity of the party at this channel.
    pub caller: models::CallerId,
    /// Identity of the party this channel is connected to, or is calling for; empty strings when
    /// not known.
    pub connected: models::CallerId,
    /// Account code for billing; empty when none is set.
    pub accountcode: String,
    /// Position of the channel in the dialplan, now or when it entered Stasis.
    pub dialplan: models::DialplanCep,
    /// When the channel was created: `2026-11-23T01:08:51.332+0000`, milliseconds, the server's
    /// zone, offset without a colon (so not RFC 3339).
    pub creationtime: runtime::Timestamp,
    /// Language of prompts, such as `en`.
    ///
    /// Available in Asterisk 13.2.0 and later.
    pub language: Option<String>,
    /// Channel variables by name, all as strings: those that `ari.conf` lists in `channelvars` and
    /// those set with `report_events`. Absent when there are none.
    ///
    /// Available in Asterisk 14.2.0 and later.
    pub channelvars: Option<serde_json::Map<String, serde_json::Value>>,
    /// Number from which the call was redirected. Absent or empty when it was not.
    ///
    /// Available in Asterisk 18.21.0, 20.6.0, 21.1.0 and later.
    pub caller_rdnis: Option<String>,
    /// Tenant the channel belongs to, as set on its endpoint or channel. Absent or empty when there
    /// is none.
    ///
    /// Available in Asterisk 18.25.0, 20.10.0, 21.5.0 and later.
    pub tenantid: Option<String>,
}

runtime::model!(
    Channel = named("Channel"),
    id = required("id"),
    protocol_id = optional("protocol_id"),
    name = required("name"),
    state = required("state"),
    caller = required("caller"),
    connected = required("connected"),
    accountcode = required("accountcode"),
    dialplan = required("dialplan"),
    creationtime = required("creationtime"),
    language = optional("language"),
    channelvars = optional("channelvars"),
    caller_rdnis = optional("caller_rdnis"),
    tenantid = optional("tenantid"),
);

/// A channel for external media, with the address at which it expects the audio.
///
/// Available in Asterisk 16.6.0 (before 16.7.0).
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ExternalMedia {
    /// The channel.
    pub channel: models::Channel,
    /// Address at which Asterisk expects the audio. Later releases report it in the channel
    /// variable `UNICASTRTP_LOCAL_ADDRESS`.
    pub local_address: Option<String>,
    /// Port at which Asterisk expects the audio. Later releases report it in the channel variable
    /// `UNICASTRTP_LOCAL_PORT`.
    pub local_port: Option<i64>,
}

runtime::model!(
    ExternalMedia = named("ExternalMedia"),
    channel = required("channel"),
    local_address = optional("local_address"),
    local_port = optional("local_port"),
);

/// Values of `state` of [`Channel`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChannelState {
    /// Created, but not dialed and not in use.
    Down,
    /// Down, with a line reserved for it.
    Rsrved,
    /// The device is off the hook.
    OffHook,
    /// A number has been dialed outward; nothing is ringing yet.
    Dialing,
    /// An incoming call that is not answered yet.
    Ring,
    /// An outgoing call; the called device rings.
    Ringing,
    /// Answered; audio flows.
    Up,
    /// The line is busy.
    Busy,
    /// Digits have been dialed while off the hook.
    DialingOffhook,
    /// An incoming call was detected, and the line waits for the ring.
    PreRing,
    /// Asterisk does not know the state.
    Unknown,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ChannelState,
    Down = "Down",
    Rsrved = "Rsrved",
    OffHook = "OffHook",
    Dialing = "Dialing",
    Ring = "Ring",
    Ringing = "Ringing",
    Up = "Up",
    Busy = "Busy",
    DialingOffhook = "Dialing Offhook",
    PreRing = "Pre-ring",
    Unknown = "Unknown",
);
