// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `RTPstat`.

use crate::runtime;

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

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "RTPstat",
    fields: &[
        ("txcount", "int"),
        ("rxcount", "int"),
        ("txjitter", "double"),
        ("rxjitter", "double"),
        ("remote_maxjitter", "double"),
        ("remote_minjitter", "double"),
        ("remote_normdevjitter", "double"),
        ("remote_stdevjitter", "double"),
        ("local_maxjitter", "double"),
        ("local_minjitter", "double"),
        ("local_normdevjitter", "double"),
        ("local_stdevjitter", "double"),
        ("txploss", "int"),
        ("rxploss", "int"),
        ("remote_maxrxploss", "double"),
        ("remote_minrxploss", "double"),
        ("remote_normdevrxploss", "double"),
        ("remote_stdevrxploss", "double"),
        ("local_maxrxploss", "double"),
        ("local_minrxploss", "double"),
        ("local_normdevrxploss", "double"),
        ("local_stdevrxploss", "double"),
        ("rtt", "double"),
        ("maxrtt", "double"),
        ("minrtt", "double"),
        ("normdevrtt", "double"),
        ("stdevrtt", "double"),
        ("local_ssrc", "int"),
        ("remote_ssrc", "int"),
        ("txoctetcount", "int"),
        ("rxoctetcount", "int"),
        ("channel_uniqueid", "string"),
    ],
};
