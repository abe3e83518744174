//! What the media of a phone was like.

use crate::json::{Json, Object};
use crate::pbx::{Channel, World};
use crate::server::Answer;

/// Numbers of packets and bytes, which count up as time passes, and of senders.
const COUNTS: &[&str] = &[
    "txcount",
    "rxcount",
    "txploss",
    "rxploss",
    "local_ssrc",
    "remote_ssrc",
    "txoctetcount",
    "rxoctetcount",
];

/// What is measured, at both ends.
const MEASURED: &[&str] = &["jitter", "rxploss", "mes"];
/// Packets a second, and bytes in each.
const PACKETS: u128 = 50;
const BYTES: u128 = 160;

fn number(value: u128) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A floating-point number that is none of the whole ones: 0 is `0.0`.
fn quality(value: f64) -> Json {
    Json::from(serde_json::Value::from(value))
}

/// A line without faults, on which packets go both ways while the call is up.
pub(crate) fn of(world: &World, channel: &Channel) -> Answer {
    if !channel.is_sip() {
        return Answer::refused(403, "Unsupported channel type");
    }
    let Some(since) = channel.up_since else {
        return Answer::refused(404, "RTP info not found");
    };
    let up = world.clock.now().saturating_sub(since);
    let packets = up.as_millis() * PACKETS / 1000;
    let mut object = Object::new();
    for name in COUNTS {
        let value = match *name {
            "txcount" | "rxcount" => packets,
            "txoctetcount" | "rxoctetcount" => packets * BYTES,
            "local_ssrc" => 1,
            "remote_ssrc" => 2,
            _ => 0,
        };
        object = object.with(*name, number(value));
    }
    object = object.with("channel_uniqueid", &channel.id);
    // What a release does not measure is not in its answer.
    let measured = MEASURED
        .iter()
        .filter(|what| **what != "mes" || world.is_newer());
    for what in measured {
        // 16-bit audio without loss is as good as it gets.
        let value = if *what == "mes" { 88.0 } else { 0.0 };
        if *what != "rxploss" {
            for side in ["tx", "rx"] {
                object = object.with(format!("{side}{what}"), quality(value));
            }
        }
        for side in ["remote", "local"] {
            for (kind, value) in [
                ("max", value),
                ("min", value),
                ("normdev", value),
                ("stdev", 0.0),
            ] {
                object = object.with(format!("{side}_{kind}{what}"), quality(value));
            }
        }
    }
    for name in ["rtt", "maxrtt", "minrtt", "normdevrtt", "stdevrtt"] {
        object = object.with(name, quality(0.0));
    }
    Answer::object(&object)
}
