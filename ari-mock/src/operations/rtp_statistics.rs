//! RTP statistics of a channel.

use crate::json::{Json, Object};
use crate::model::Channel;
use crate::model::carrier::MediaCarrier;
use crate::pbx::PbxState;
use crate::rest::Response;

/// Counters of packets and bytes, which grow with time, and identifiers of senders.
const COUNTERS: &[&str] = &[
    "txcount",
    "rxcount",
    "txploss",
    "rxploss",
    "local_ssrc",
    "remote_ssrc",
    "txoctetcount",
    "rxoctetcount",
];

/// Quantities that are measured at both ends.
const MEASUREMENTS: &[&str] = &["jitter", "rxploss", "mes"];
/// Packets per second, and bytes per packet.
const PACKETS_PER_SECOND: u128 = 50;
const BYTES_PER_PACKET: u128 = 160;

fn to_i64(value: u128) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Returns a floating-point number that keeps its fraction in JSON: 0 is `0.0`.
fn float(value: f64) -> Json {
    Json::from(serde_json::Value::from(value))
}

/// Returns the statistics of a perfect line, on which packets are sent both ways while the call is
/// up.
pub(crate) fn rtp_statistics(pbx: &PbxState, channel: &Channel) -> Response {
    let is_rtp = matches!(channel.carrier, Some(MediaCarrier::Rtp(_)));
    if !(channel.is_sip() || is_rtp && pbx.behaves_like_22()) {
        return Response::error(403, "Unsupported channel type");
    }
    let Some(since) = channel.up_since.filter(|_| !is_rtp) else {
        return Response::error(404, "RTP info not found");
    };
    let up = pbx.clock.now().saturating_sub(since);
    let packets = up.as_millis() * PACKETS_PER_SECOND / 1000;
    let mut object = Object::new();
    for name in COUNTERS {
        let value = match *name {
            "txcount" | "rxcount" => packets,
            "txoctetcount" | "rxoctetcount" => packets * BYTES_PER_PACKET,
            "local_ssrc" => 1,
            "remote_ssrc" => 2,
            _ => 0,
        };
        object = object.with(*name, to_i64(value));
    }
    object = object.with("channel_uniqueid", &channel.id);
    // A quantity that a release does not measure is missing from its response.
    let measured = MEASUREMENTS
        .iter()
        .filter(|what| **what != "mes" || pbx.behaves_like_22());
    for what in measured {
        // The best possible score, for 16-bit audio without loss.
        let value = if *what == "mes" { 88.0 } else { 0.0 };
        if *what != "rxploss" {
            for side in ["tx", "rx"] {
                object = object.with(format!("{side}{what}"), float(value));
            }
        }
        for side in ["remote", "local"] {
            for (kind, value) in [
                ("max", value),
                ("min", value),
                ("normdev", value),
                ("stdev", 0.0),
            ] {
                object = object.with(format!("{side}_{kind}{what}"), float(value));
            }
        }
    }
    for name in ["rtt", "maxrtt", "minrtt", "normdevrtt", "stdevrtt"] {
        object = object.with(name, float(0.0));
    }
    Response::object(&object)
}
