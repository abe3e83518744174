//! Lengths of time of every parameter and property: whole units on the wire, `Duration`s in Rust.

use std::collections::BTreeSet;
use std::time::Duration;

use ari_api::client::ToRequest;
use ari_api::models::{ChannelDtmfReceived, ChannelTalkingFinished, LiveRecording, RtpStat};
use ari_api::schema::Model;
use ari_api::schema::{DurationUnit, ParameterType, Scalar};
use ari_api::transport::Request;
use ari_api::{Error, OPERATIONS, bridges, channels};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The meaning of 0 and of no limit for a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Special {
    /// 0 is a length of zero.
    Zero,
    /// 0 means the default.
    Default,
    /// This number means no limit, and 0 is not a length either.
    Unlimited(i64),
}
use Special::{Default as ZeroIsDefault, Unlimited, Zero};

struct Row {
    operation: &'static str,
    parameter: &'static str,
    /// The nanoseconds of one unit.
    unit: u64,
    special: Special,
    largest: i64,
    call: fn(Option<Duration>) -> Result<Request, Error>,
}

const SECOND: u64 = 1_000_000_000;
const MILLISECOND: u64 = 1_000_000;
const INT: i64 = 2_147_483_647;
/// The server multiplies these times by 1000, in 32 bits.
const MULTIPLIED: i64 = 2_147_483;

/// A parameter whose setter takes a duration, or also no limit.
macro_rules! row {
    ($operation:literal $parameter:literal $unit:ident Unlimited($none:literal) $largest:ident
        $request:expr => $setter:ident) => {
        Row {
            operation: $operation,
            parameter: $parameter,
            unit: $unit,
            special: Unlimited($none),
            largest: $largest,
            call: |duration| $request.$setter(duration).to_request(),
        }
    };
    ($operation:literal $parameter:literal $unit:ident $special:ident $largest:ident
        $request:expr => $setter:ident) => {
        Row {
            operation: $operation,
            parameter: $parameter,
            unit: $unit,
            special: $special,
            largest: $largest,
            call: |duration| $request.$setter(duration.expect("a duration")).to_request(),
        }
    };
}

#[rustfmt::skip]
fn rows() -> Vec<Row> {
    vec![
        row!("POST /channels" "timeout" SECOND Unlimited(-1) MULTIPLIED
            channels::Originate::new("Local/1") => timeout),
        row!("POST /channels/{channelId}" "timeout" SECOND Unlimited(-1) MULTIPLIED
            channels::OriginateWithId::new("1", "Local/1") => timeout),
        row!("POST /channels/{channelId}/dial" "timeout" SECOND Unlimited(0) MULTIPLIED
            channels::Dial::new("1") => timeout),
        row!("POST /channels/{channelId}/record" "maxDurationSeconds" SECOND Unlimited(0) INT
            channels::Record::new("1", "r", "wav") => max_duration),
        row!("POST /channels/{channelId}/record" "maxSilenceSeconds" SECOND Unlimited(0) MULTIPLIED
            channels::Record::new("1", "r", "wav") => max_silence),
        row!("POST /bridges/{bridgeId}/record" "maxDurationSeconds" SECOND Unlimited(0) INT
            bridges::Record::new("1", "r", "wav") => max_duration),
        row!("POST /bridges/{bridgeId}/record" "maxSilenceSeconds" SECOND Unlimited(0) MULTIPLIED
            bridges::Record::new("1", "r", "wav") => max_silence),
        row!("POST /channels/{channelId}/dtmf" "before" MILLISECOND Zero INT
            channels::SendDtmf::new("1", "1") => before),
        row!("POST /channels/{channelId}/dtmf" "between" MILLISECOND ZeroIsDefault INT
            channels::SendDtmf::new("1", "1") => between),
        row!("POST /channels/{channelId}/dtmf" "duration" MILLISECOND ZeroIsDefault INT
            channels::SendDtmf::new("1", "1") => duration),
        row!("POST /channels/{channelId}/dtmf" "after" MILLISECOND Zero INT
            channels::SendDtmf::new("1", "1") => after),
        row!("POST /channels/{channelId}/play" "offsetms" MILLISECOND Zero INT
            channels::Play::new("1", ["sound:a"]) => offset),
        row!("POST /channels/{channelId}/play" "skipms" MILLISECOND ZeroIsDefault INT
            channels::Play::new("1", ["sound:a"]) => skip),
        row!("POST /channels/{channelId}/play/{playbackId}" "offsetms" MILLISECOND Zero INT
            channels::PlayWithId::new("1", "p", ["sound:a"]) => offset),
        row!("POST /channels/{channelId}/play/{playbackId}" "skipms" MILLISECOND ZeroIsDefault INT
            channels::PlayWithId::new("1", "p", ["sound:a"]) => skip),
        row!("POST /bridges/{bridgeId}/play" "offsetms" MILLISECOND Zero INT
            bridges::Play::new("1", ["sound:a"]) => offset),
        row!("POST /bridges/{bridgeId}/play" "skipms" MILLISECOND ZeroIsDefault INT
            bridges::Play::new("1", ["sound:a"]) => skip),
        row!("POST /bridges/{bridgeId}/play/{playbackId}" "offsetms" MILLISECOND Zero INT
            bridges::PlayWithId::new("1", "p", ["sound:a"]) => offset),
        row!("POST /bridges/{bridgeId}/play/{playbackId}" "skipms" MILLISECOND ZeroIsDefault INT
            bridges::PlayWithId::new("1", "p", ["sound:a"]) => skip),
    ]
}

/// Whole numbers that count something else.
const COUNTS: &[&str] = &["priority", "oldMessages", "newMessages"];

#[test]
fn every_parameter_with_a_unit_is_in_the_table_below() {
    let mut known = BTreeSet::new();
    for operation in OPERATIONS {
        for parameter in operation.parameters {
            let number = matches!(
                parameter.kind,
                ParameterType::Scalar(Scalar::Int | Scalar::Long | Scalar::Double)
            );
            let counts = COUNTS.contains(&parameter.name);
            let at = format!("{operation}, {}", parameter.name);
            assert_eq!(parameter.duration.is_some(), number && !counts, "{at}");
            if let Some(format) = parameter.duration {
                let unit = match format.unit {
                    DurationUnit::Seconds => SECOND,
                    _ => MILLISECOND,
                };
                let special = match (format.unlimited, format.takes_zero) {
                    (Some(number), false) => Unlimited(number),
                    (None, zero) => [ZeroIsDefault, Zero][usize::from(zero)],
                    other => panic!("{at}: {other:?}"),
                };
                let name = format!("{} {}", operation.method, operation.path);
                known.insert((name, parameter.name, unit, format!("{special:?}")));
            }
        }
    }
    let rows = rows().into_iter().map(|row| {
        let special = format!("{:?}", row.special);
        (row.operation.to_owned(), row.parameter, row.unit, special)
    });
    assert_eq!(rows.collect::<BTreeSet<_>>(), known);
}

#[test]
fn durations_are_sent_as_whole_units_and_never_shrink() {
    for row in rows() {
        let at = format!("{}, {}", row.operation, row.parameter);
        let units = |count: u64, more: i64| {
            Some(Duration::from_nanos(
                (count * row.unit).checked_add_signed(more).expect("a time"),
            ))
        };
        let sent = |duration| match (row.call)(duration) {
            Ok(call) => {
                let mut query = call.query().iter();
                let found = query.find(|(name, _)| *name == row.parameter);
                Ok(found.map(|(_, value)| value.clone()).expect("a value"))
            }
            Err(Error::InvalidArgument { parameter, .. }) => Err(parameter),
            Err(other) => panic!("{at}: {other}"),
        };
        let number = |number: i64| Ok(number.to_string());
        let largest = row.largest.cast_unsigned();
        for (duration, expected) in [
            (units(1, 0), number(1)),
            (units(45, 0), number(45)),
            (units(largest, 0), number(row.largest)),
            // A part of a unit is rounded up to a whole one.
            (units(0, 1), number(1)),
            (units(45, 1), number(46)),
            (units(46, -1), number(46)),
            // Numbers that the server cannot represent.
            (units(largest, 1), Err(row.parameter)),
            (units(largest + 1, 0), Err(row.parameter)),
            (Some(Duration::MAX), Err(row.parameter)),
        ] {
            assert_eq!(sent(duration), expected, "{at}: {duration:?}");
        }
        let zero = sent(Some(Duration::ZERO));
        match row.special {
            Zero => assert_eq!(zero, number(0), "{at}"),
            _ => assert_eq!(zero, Err(row.parameter), "{at}"),
        }
        if let Unlimited(none) = row.special {
            assert_eq!(sent(None), number(none), "{at}");
        }
    }
}

/// A request that is created at run time accepts a plain number or a number with a unit.
#[test]
fn durations_with_units_are_parsed() {
    for row in rows() {
        let mut operations = OPERATIONS.iter();
        let operation = operations
            .find(|known| format!("{} {}", known.method, known.path) == row.operation)
            .expect("a known operation");
        let parameter = operation.parameter(row.parameter).expect("the parameter");
        let seconds = row.unit == SECOND;
        for (text, in_seconds, in_milliseconds) in [
            ("7", Ok(7), Ok(7)),
            ("500ms", Ok(1), Ok(500)),
            ("30s", Ok(30), Ok(30_000)),
            ("1.5s", Ok(2), Ok(1_500)),
            ("2m", Ok(120), Ok(120_000)),
            ("1h", Ok(3_600), Ok(3_600_000)),
            ("99999h", Err(()), Err(())),
            ("30 s", Err(()), Err(())),
            ("soon", Err(()), Err(())),
            ("", Err(()), Err(())),
            ("1.5", Err(()), Err(())),
            ("-1s", Err(()), Err(())),
        ] {
            // This is the only limit that such a text does not exceed.
            let far = text == "99999h" && row.largest == INT && seconds;
            let expected = match (far, seconds) {
                (true, _) => Ok(359_996_400),
                (_, true) => in_seconds,
                (_, false) => in_milliseconds,
            };
            let number = parameter.parse_duration(text).map_err(|_| ());
            assert_eq!(number, expected, "{operation}, {}: {text}", row.parameter);
        }
    }
}

/// Reads and writes a model with a number.
struct Property {
    model: &'static str,
    name: &'static str,
    unit: u64,
    /// True if the number may be missing.
    optional: bool,
    read: fn(&Value) -> (Option<Duration>, Value),
}

fn both<T: DeserializeOwned + Serialize>(json: &Value) -> (T, Value) {
    let model: T = serde_json::from_value(json.clone()).expect("a model");
    let written = serde_json::to_value(&model).expect("models serialize");
    (model, written)
}

macro_rules! property {
    ($model:ident $field:ident $name:literal $unit:ident optional) => {
        Property {
            model: <$model as Model>::NAME,
            name: $name,
            unit: $unit,
            optional: true,
            read: |json| {
                let (model, written) = both::<$model>(json);
                (model.$field, written)
            },
        }
    };
    ($model:ident $field:ident $name:literal $unit:ident required) => {
        Property {
            model: <$model as Model>::NAME,
            name: $name,
            unit: $unit,
            optional: false,
            read: |json| {
                let (model, written) = both::<$model>(json);
                (Some(model.$field), written)
            },
        }
    };
}

fn properties() -> Vec<Property> {
    vec![
        property!(LiveRecording duration "duration" SECOND optional),
        property!(LiveRecording talking_duration "talking_duration" SECOND optional),
        property!(LiveRecording silence_duration "silence_duration" SECOND optional),
        property!(ChannelDtmfReceived duration "duration_ms" MILLISECOND required),
        property!(ChannelTalkingFinished duration "duration" MILLISECOND required),
        property!(RtpStat rtt "rtt" SECOND optional),
        property!(RtpStat maxrtt "maxrtt" SECOND optional),
        property!(RtpStat minrtt "minrtt" SECOND optional),
        property!(RtpStat normdevrtt "normdevrtt" SECOND optional),
        property!(RtpStat stdevrtt "stdevrtt" SECOND optional),
    ]
}

/// Returns whether a number is a length of time, judged by its name. Jitter is not included,
/// because the releases disagree on its unit.
fn is_length(name: &str) -> bool {
    let words = ["duration", "rtt", "time", "second", "ms"];
    let mut words = words.iter();
    words.any(|word| name.contains(word))
}

#[test]
fn every_property_with_a_unit_is_in_the_table_above() {
    let api_docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("api-docs");
    let mut known = BTreeSet::new();
    for release in ari_api::operations::RELEASES {
        for file in std::fs::read_dir(api_docs.join(release.to_string())).expect("a release") {
            let text = std::fs::read(file.expect("a file").path()).expect("a file");
            let json: Value = serde_json::from_slice(&text).expect("JSON");
            for (model, json) in json["models"].as_object().into_iter().flatten() {
                for (name, property) in json["properties"].as_object().into_iter().flatten() {
                    let number = matches!(
                        property["type"].as_str(),
                        Some("int" | "long" | "double" | "float")
                    );
                    if number && is_length(name) {
                        known.insert((model.clone(), name.clone()));
                    }
                }
            }
        }
    }
    let rows = properties();
    let rows = rows.iter().map(|row| (row.model.into(), row.name.into()));
    assert_eq!(rows.collect::<BTreeSet<_>>(), known);
}

#[test]
fn models_hold_durations_and_are_written_as_they_were_read() {
    for row in properties() {
        let at = format!("{}.{}", row.model, row.name);
        let with = |number: Value| {
            let mut json = json!({
                "type": row.model, "name": "r", "format": "wav", "state": "done",
                "target_uri": "channel:1", "application": "a", "digit": "1",
                "channel_uniqueid": "1",
                "channel": {
                    "id": "1", "name": "Local/1", "state": "Up", "accountcode": "",
                    "language": "en", "creationtime": "2026-11-23T01:08:51.332+0000",
                    "caller": {"name": "", "number": ""},
                    "connected": {"name": "", "number": ""},
                    "dialplan": {"context": "c", "exten": "1", "priority": 1},
                },
                "timestamp": "2026-11-23T01:08:51.332+0000",
            });
            for (_, required) in REQUIRED.iter().filter(|(model, _)| *model == row.model) {
                json[*required] = 1.into();
            }
            json[row.name] = number;
            json
        };
        let whole = |count: u64| Some(Duration::from_nanos(count * row.unit));
        let mut numbers = vec![
            (json!(0), Some(Duration::ZERO)),
            (json!(1), whole(1)),
            (json!(2_147_483_647), whole(2_147_483_647)),
        ];
        if row.model == "RTPstat" {
            numbers = vec![
                (json!(0.0), Some(Duration::ZERO)),
                (json!(0.0123), Some(Duration::from_micros(12_300))),
                (json!(1.5), Some(Duration::from_millis(1_500))),
            ];
        }
        for (number, expected) in numbers {
            let (duration, written) = (row.read)(&with(number.clone()));
            assert_eq!(duration, expected, "{at}: {number}");
            assert_eq!(written[row.name], number, "{at}");
        }
        let absent = if row.optional {
            None
        } else {
            Some(Duration::ZERO)
        };
        let (duration, written) = (row.read)(&with(json!(-1)));
        assert_eq!(duration, absent, "{at}: a negative number");
        assert_eq!(written.get(row.name).is_none(), row.optional, "{at}");
        if row.optional {
            assert_eq!((row.read)(&with(Value::Null)).0, None, "{at}");
        }
    }
}

/// Fields that some models require.
const REQUIRED: &[(&str, &str)] = &[
    ("RTPstat", "txcount"),
    ("RTPstat", "rxcount"),
    ("RTPstat", "txploss"),
    ("RTPstat", "rxploss"),
    ("RTPstat", "local_ssrc"),
    ("RTPstat", "remote_ssrc"),
    ("RTPstat", "txoctetcount"),
    ("RTPstat", "rxoctetcount"),
];
