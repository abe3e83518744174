//! The allowed differences between the fake and real servers, or between two runs of a real server,
//! each with its reason. Nothing else may differ. `ari-mock/DIFFERENCES.md` is generated from this
//! list.

use serde_json::Value;

use super::observed::{ObservedEvent, event_object_id};
use crate::asterisk::Release;

/// Members whose values are compared. For all others, only the type is compared.
pub(crate) const COMPARED_FIELDS: &[&str] = &[
    "type",
    "application",
    "dialstatus",
    "dialstring",
    "cause",
    "cause_txt",
    "tech_cause",
    "soft",
    "variable",
    "value",
    "digit",
    "duration_ms",
    "args",
    "state",
    "media_uri",
    "next_media_uri",
    "target_uri",
    "eventname",
    "destination",
    "winner_app",
    "result",
    "is_external",
    "destination_type",
    "destination_application",
    "called",
    "message",
    "error",
    "ping",
    "technology",
    "bridge_type",
    "video_mode",
    "context",
    "exten",
    "number",
    "format",
    "duration",
    "events_allowed",
    "events_disallowed",
    "status_code",
    "reason_phrase",
    "request_id",
    "transaction_id",
    "uri",
    "content_type",
    "channels",
    "deviceState",
];

/// An allowed difference.
pub(crate) struct AllowedDifference {
    pub(crate) description: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) rule: ComparisonRule,
}

/// The effect of an allowed difference on the comparison.
pub(crate) enum ComparisonRule {
    /// Changes an event before it is compared. The event is not compared if this returns `false`.
    Event(fn(&mut Value, Release) -> bool),
    /// Ignores an event that repeats the previous one, as [`Probe`](super::probe::Probe) detects.
    Repeated,
    /// Changes the reduced body of a response before it is compared.
    Response(fn(&mut Value)),
    /// Returns whether two events may come in either order.
    Order(fn(&ObservedEvent, &ObservedEvent) -> bool),
}

/// Differences that no scenario covers.
pub(crate) const UNTESTED: &[(&str, &str)] = &[
    (
        "dialling `PJSIP/loop` without a number",
        "in the tests' configuration a real server is that phone itself and has no extension without a number, so it rejects the call with 484; in the fake, the phone answers",
    ),
    (
        "request lines and headers that are too long, and malformed HTTP",
        "the limits and responses of the fake are those of its HTTP library",
    ),
];

/// Differences that are allowed in all scenarios.
pub(crate) const IN_ALL_SCENARIOS: &[AllowedDifference] = &[
    AllowedDifference {
        description: "`DeviceStateChanged` of Local channels and of `PJSIP/loop`",
        reason: "a real server sends it for a Local channel with each change of the channel, and is itself both ends of `PJSIP/loop`",
        rule: ComparisonRule::Event(|event, _| {
            let device = event["device_state"]["name"].as_str().unwrap_or_default();
            event["type"] != "DeviceStateChanged"
                || (device != "PJSIP/loop" && !device.starts_with("Local/"))
        }),
    },
    AllowedDifference {
        description: "`Dial` with a `forward`",
        reason: "a real server repeats it for a channel that was created first and then dialled, and how often is chance",
        rule: ComparisonRule::Event(|event, _| {
            event["forward"].as_str().unwrap_or_default().is_empty()
        }),
    },
    AllowedDifference {
        description: "the order of `DeviceStateChanged` and other events",
        reason: "a separate thread of a real server sends `DeviceStateChanged`",
        rule: ComparisonRule::Order(|first, second| {
            first.kind == "DeviceStateChanged" && second.kind != "DeviceStateChanged"
        }),
    },
    AllowedDifference {
        description: "the values of `RTPAUDIOQOS…` and `UNICASTRTP_…`",
        reason: "they contain packet counts and ports",
        rule: ComparisonRule::Event(|event, _| {
            let variable = event["variable"].as_str().unwrap_or_default();
            if variable.starts_with("RTPAUDIO") || variable.starts_with("UNICASTRTP") {
                event["value"] = Value::Null;
            }
            true
        }),
    },
    AllowedDifference {
        description: "the numbers at the end of channel names in `BRIDGEPEER`, `BLINDTRANSFER` and `ATTENDEDTRANSFER`",
        reason: "they count the calls since the start of the server",
        rule: ComparisonRule::Event(|event, _| {
            let variable = event["variable"].as_str().unwrap_or_default();
            if ["BRIDGEPEER", "BLINDTRANSFER", "ATTENDEDTRANSFER"].contains(&variable) {
                let value = event["value"].as_str().unwrap_or_default();
                event["value"] = strip_call_numbers(value).into();
            }
            true
        }),
    },
    AllowedDifference {
        description: "`state` and `connected` of the new channels in `BridgeAttendedTransfer`",
        reason: "it depends on whether they are connected by then, which is chance",
        rule: ComparisonRule::Event(|event, _| {
            if event["type"] == "BridgeAttendedTransfer" {
                for name in [
                    "replace_channel",
                    "destination_link_first_leg",
                    "destination_link_second_leg",
                ] {
                    if let Some(channel) = event[name].as_object_mut() {
                        channel.retain(|key, _| key != "state" && key != "connected");
                    }
                }
            }
            true
        }),
    },
    AllowedDifference {
        description: "the order of `BridgeAttendedTransfer` or `BridgeBlindTransfer` and other events",
        reason: "the thread of the phone that transfers sends it, and other threads the other events",
        rule: ComparisonRule::Order(|first, _| {
            matches!(
                &*first.kind,
                "BridgeAttendedTransfer" | "BridgeBlindTransfer"
            )
        }),
    },
    AllowedDifference {
        description: "the value of `BRIDGEPVTCALLID`, unless it is empty",
        reason: "it is a Call-ID, which is chance",
        rule: ComparisonRule::Event(|event, _| {
            if event["variable"] == "BRIDGEPVTCALLID" && event["value"] != "" {
                event["value"] = Value::Null;
            }
            true
        }),
    },
    AllowedDifference {
        description: "`ChannelVarset` that repeats the value of `BRIDGEPEER` or `BRIDGEPVTCALLID`",
        reason: "a real server sets them again when it chooses how to connect the channels",
        rule: ComparisonRule::Repeated,
    },
    AllowedDifference {
        description: "`peer.state` of a `Dial` without the status `ANSWER`",
        reason: "two threads of a real server report that the channel is dialled and that it rings",
        rule: ComparisonRule::Event(|event, _| {
            if event["type"] == "Dial" && event["dialstatus"] != "ANSWER" {
                event["peer"]["state"] = Value::Null;
            }
            true
        }),
    },
    AllowedDifference {
        description: "the presence of `cause` in the `ChannelHangupRequest` of a phone that hangs up, in 16",
        reason: "it depends on whether the channel already has the cause when the hangup is processed, which is chance",
        rule: ComparisonRule::Event(|event, release| {
            if release == Release::V16
                && event["type"] == "ChannelHangupRequest"
                && event["soft"].is_null()
                && let Some(event) = event.as_object_mut()
            {
                event.retain(|name, _| name != "cause");
            }
            true
        }),
    },
    AllowedDifference {
        description: "`bridge.channels` of `ChannelLeftBridge`",
        reason: "the order in which channels leave a bridge that is destroyed is chance",
        rule: ComparisonRule::Event(|event, _| {
            if event["type"] == "ChannelLeftBridge" {
                event["bridge"]["channels"] = Value::Null;
            }
            true
        }),
    },
    AllowedDifference {
        description: "the number of `channel_ids` of an endpoint, beyond one",
        reason: "a SIP call to a real server also arrives there as a second channel",
        rule: ComparisonRule::Event(|event, _| {
            if let Some(ids) = event["endpoint"]["channel_ids"].as_array_mut() {
                ids.truncate(1);
            }
            true
        }),
    },
    AllowedDifference {
        description: "`state` in the response to `play` and `record`",
        reason: "it depends on whether playing or recording has begun by then, which is chance",
        rule: ComparisonRule::Response(|body| {
            if let Some(body) = body.as_object_mut()
                && body.contains_key("target_uri")
            {
                body.retain(|name, _| name != "state");
            }
        }),
    },
    AllowedDifference {
        description: "`STASISSTATUS` in the `channelvars` of a response",
        reason: "it depends on whether the channel has entered its application by then, which is chance",
        rule: ComparisonRule::Response(|body| {
            let vars = body.pointer_mut("/channelvars");
            if let Some(vars) = vars.and_then(Value::as_object_mut) {
                vars.retain(|name, _| name != "STASISSTATUS");
            }
        }),
    },
    AllowedDifference {
        description: "the order of a `Dial` without the status `ANSWER` and the events of the called channel \
               (another `Dial`, `ChannelStateChange` or `ChannelHangupRequest`)",
        reason: "the calling thread sends the former, the thread of the called channel the latter",
        rule: ComparisonRule::Order(|first, second| {
            let unanswered = |event: &ObservedEvent| {
                event.kind == "Dial" && event.event["dialstatus"] != "ANSWER"
            };
            let told = matches!(
                &*second.kind,
                "Dial" | "ChannelStateChange" | "ChannelHangupRequest"
            );
            unanswered(first) && told && first.object == second.object
        }),
    },
    AllowedDifference {
        description: "the order of `BridgeDestroyed` and later events",
        reason: "a separate thread destroys bridges",
        rule: ComparisonRule::Order(|first, second| {
            first.kind == "BridgeDestroyed" && second.kind != "ChannelLeftBridge"
        }),
    },
    AllowedDifference {
        description: "the order of the two `Dial` of a channel that was created first and then dialled",
        reason: "the dialling thread sends one of them, the channel's thread the other",
        rule: ComparisonRule::Order(|first, second| {
            let is = |event: &ObservedEvent, status: &str| {
                event.kind == "Dial" && event.event["dialstatus"] == status
            };
            is(first, "") && is(second, "ANSWER") && second.event["dialstring"] == ""
        }),
    },
    AllowedDifference {
        description: "the order of `CallClaimed` and the events that result from the claim",
        reason: "the thread of the request sends the former, the channel's thread the latter",
        rule: ComparisonRule::Order(|first, second| {
            first.kind == "CallClaimed" && second.kind != "CallBroadcast"
        }),
    },
    AllowedDifference {
        description: "the order of events for different applications",
        reason: "each application has its own thread in a real server",
        rule: ComparisonRule::Order(|first, second| first.app != second.app),
    },
    AllowedDifference {
        description: "the order of events of different calls, and of the two halves of a Local channel",
        reason: "each channel has its own thread in a real server",
        rule: ComparisonRule::Order(|first, second| {
            let channels = (first.channel_id(), second.channel_id());
            matches!(channels, (Some(first), Some(second)) if first != second)
        }),
    },
];

/// Differences that are allowed only in scenarios that name them.
pub(crate) const HANGUP_CAUSES: AllowedDifference = AllowedDifference {
    description: "`cause` of `ChannelDestroyed` when the far end of a Local channel hangs up",
    reason: "it is 0 or 16, depending on which half is faster",
    rule: ComparisonRule::Event(|event, _| {
        if event["type"] == "ChannelDestroyed" {
            event["cause"] = Value::Null;
            event["cause_txt"] = Value::Null;
        }
        true
    }),
};
pub(crate) const UNANSWERED_HALF: AllowedDifference = AllowedDifference {
    description: "all events of the other half of a Local channel that ends before it is answered",
    reason: "that half is still answering while it is hung up, and the point that it reaches is chance",
    rule: ComparisonRule::Event(|event, _| event_object_id(event) != "a;2"),
};
pub(crate) const BUSY_HALF: AllowedDifference = AllowedDifference {
    description: "the `ChannelHangupRequest` that the busy half of a Local channel gets from the other half",
    reason: "it can come before or after the half reports that it is busy",
    rule: ComparisonRule::Event(|event, _| {
        event["type"] != "ChannelHangupRequest"
            || event_object_id(event) != "a;2"
            || event["soft"] == true
    }),
};
pub(crate) const PLAYBACK_EVENTS: AllowedDifference = AllowedDifference {
    description: "events of playbacks, in a scenario that compares only the responses",
    reason: "their progress before the hangup depends on the speed of the machine",
    rule: ComparisonRule::Event(|event, _| event["playback"].is_null()),
};
pub(crate) const LEAVE_DURING_HANGUP: AllowedDifference = AllowedDifference {
    description: "`ChannelDialplan` and `dialplan` of a channel that is hung up before it has left its application for the dialplan",
    reason: "a real server still moves the channel to the extension while it reports the end",
    rule: ComparisonRule::Event(|event, _| {
        event["channel"]["dialplan"] = Value::Null;
        event["type"] != "ChannelDialplan" || event_object_id(event) != "a"
    }),
};
pub(crate) const SILENT_DURATION: AllowedDifference = AllowedDifference {
    description: "`duration` of a recording of a far end that sends no sound",
    reason: "a real server measures the received sound, the fake the elapsed time",
    rule: ComparisonRule::Event(|event, _| {
        if !event["recording"]["duration"].is_null() {
            event["recording"]["duration"] = "any".into();
        }
        true
    }),
};
pub(crate) const TRANSFERRED_BRIDGE: AllowedDifference = AllowedDifference {
    description: "`BridgeDestroyed` of a bridge from which an attended transfer has taken a phone",
    reason: "an application stays subscribed if the phone is hung up before it has left, which is chance",
    rule: ComparisonRule::Event(|event, _| event["type"] != "BridgeDestroyed"),
};
pub(crate) const SIP_DTMF_DURATION: AllowedDifference = AllowedDifference {
    description: "`duration_ms` of DTMF that arrives by SIP",
    reason: "a real server counts packets of 20 ms, and an echo even doubles the digits",
    rule: ComparisonRule::Event(|event, _| {
        if event["type"] == "ChannelDtmfReceived" {
            event["duration_ms"] = Value::Null;
        }
        true
    }),
};

/// All differences that are allowed only in some scenarios.
pub(crate) const IN_SOME_SCENARIOS: &[&AllowedDifference] = &[
    &HANGUP_CAUSES,
    &UNANSWERED_HALF,
    &BUSY_HALF,
    &PLAYBACK_EVENTS,
    &LEAVE_DURING_HANGUP,
    &SILENT_DURATION,
    &TRANSFERRED_BRIDGE,
    &SIP_DTMF_DURATION,
];

/// Reduces an event to the parts that are compared. Returns `false` if the event is not compared.
pub(crate) fn reduce_event(
    event: &mut Value,
    release: Release,
    allowed: &[&'static AllowedDifference],
) -> bool {
    let all = IN_ALL_SCENARIOS.iter().chain(allowed.iter().copied());
    all.filter_map(|known| match known.rule {
        ComparisonRule::Event(change) => Some(change),
        _ => None,
    })
    .all(|change| change(event, release))
}

/// Reduces the body of a response to the parts that are compared.
pub(crate) fn reduce_response(body: &mut Value) {
    for known in IN_ALL_SCENARIOS {
        if let ComparisonRule::Response(change) = known.rule {
            change(body);
        }
    }
}

/// Returns whether two events may come in either order.
pub(crate) fn may_race(first: &ObservedEvent, second: &ObservedEvent) -> bool {
    IN_ALL_SCENARIOS.iter().any(|known| match known.rule {
        ComparisonRule::Order(race) => race(first, second) || race(second, first),
        _ => false,
    })
}

/// Removes the call number from names of channels.
fn strip_call_numbers(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("-0000") {
        out.push_str(&rest[..at]);
        rest = &rest[at + 9..];
    }
    out + rest
}
