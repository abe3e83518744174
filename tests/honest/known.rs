//! The allowed differences between the fake and real servers, or between two runs of a real server,
//! each with its reason. Nothing else may differ. `ari-mock/DIFFERENCES.md` is generated from this
//! list.

use serde_json::Value;

use super::seen::{Seen, object_of};
use crate::asterisk::Release;

/// Members whose values are compared. For all others, only the type is compared.
pub(crate) const COMPARED: &[&str] = &[
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
pub(crate) struct Known {
    pub(crate) what: &'static str,
    pub(crate) why: &'static str,
    pub(crate) rule: Rule,
}

/// The effect of an allowed difference on the comparison.
pub(crate) enum Rule {
    /// Changes an event before it is compared. The event is not compared if this returns `false`.
    Event(fn(&mut Value, Release) -> bool),
    /// Changes the reduced body of a response before it is compared.
    Answer(fn(&mut Value)),
    /// Returns whether two events may come in either order.
    Order(fn(&Seen, &Seen) -> bool),
}

/// Differences that no scenario covers.
pub(crate) const NOWHERE: &[(&str, &str)] = &[
    (
        "dialling `PJSIP/loop` without a number",
        "in the tests' configuration a real server is that phone itself, and has no extension without \
         a number: it answers 484, the fake lets the phone answer",
    ),
    (
        "request lines and headers that are too long, and broken HTTP",
        "the fake has the limits and answers of its HTTP library",
    ),
];

/// Differences that are allowed in all scenarios.
pub(crate) const EVERYWHERE: &[Known] = &[
    Known {
        what: "`DeviceStateChanged` of Local channels and of `PJSIP/loop`",
        why: "a real server tells of the one with each change of a channel, and is at both ends of \
              the other",
        rule: Rule::Event(|event, _| {
            let device = event["device_state"]["name"].as_str().unwrap_or_default();
            event["type"] != "DeviceStateChanged"
                || (device != "PJSIP/loop" && !device.starts_with("Local/"))
        }),
    },
    Known {
        what: "the order of `DeviceStateChanged` and other events",
        why: "a thread of its own tells of devices",
        rule: Rule::Order(|first, second| {
            first.kind == "DeviceStateChanged" && second.kind != "DeviceStateChanged"
        }),
    },
    Known {
        what: "the values of `RTPAUDIOQOS…` and `UNICASTRTP_…`",
        why: "they tell of packets and ports",
        rule: Rule::Event(|event, _| {
            let variable = event["variable"].as_str().unwrap_or_default();
            if variable.starts_with("RTPAUDIO") || variable.starts_with("UNICASTRTP") {
                event["value"] = Value::Null;
            }
            true
        }),
    },
    Known {
        what: "the numbers at the end of channels' names in `BRIDGEPEER`",
        why: "they count the calls since the server was started",
        rule: Rule::Event(|event, _| {
            if event["variable"] == "BRIDGEPEER" {
                let value = event["value"].as_str().unwrap_or_default();
                event["value"] = without_numbers(value).into();
            }
            true
        }),
    },
    Known {
        what: "`peer.state` of a `Dial` that is no answer",
        why: "that it is called, or rings, is told by two threads of a real server",
        rule: Rule::Event(|event, _| {
            if event["type"] == "Dial" && event["dialstatus"] != "ANSWER" {
                event["peer"]["state"] = Value::Null;
            }
            true
        }),
    },
    Known {
        what: "whether 16 tells a `cause` in the `ChannelHangupRequest` of a phone that hangs up",
        why: "it is there if the channel has it when the hang-up is read, which is chance",
        rule: Rule::Event(|event, release| {
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
    Known {
        what: "`bridge.channels` of `ChannelLeftBridge`",
        why: "who leaves first when a bridge is destroyed is chance",
        rule: Rule::Event(|event, _| {
            if event["type"] == "ChannelLeftBridge" {
                event["bridge"]["channels"] = Value::Null;
            }
            true
        }),
    },
    Known {
        what: "how many `channel_ids` an endpoint has, beyond one",
        why: "a SIP call to a real server arrives there as a channel of its own",
        rule: Rule::Event(|event, _| {
            if let Some(ids) = event["endpoint"]["channel_ids"].as_array_mut() {
                ids.truncate(1);
            }
            true
        }),
    },
    Known {
        what: "`state` of the answer to `play` and `record`",
        why: "whether it has begun when it is answered is chance",
        rule: Rule::Answer(|body| {
            if let Some(body) = body.as_object_mut()
                && body.contains_key("target_uri")
            {
                body.retain(|name, _| name != "state");
            }
        }),
    },
    Known {
        what: "`STASISSTATUS` in the `channelvars` of an answer",
        why: "whether the channel has entered its application when it is answered is chance",
        rule: Rule::Answer(|body| {
            let vars = body.pointer_mut("/channelvars");
            if let Some(vars) = vars.and_then(Value::as_object_mut) {
                vars.retain(|name, _| name != "STASISSTATUS");
            }
        }),
    },
    Known {
        what: "the order of a `Dial` that is no answer and what the called channel tells: another \
               `Dial`, `ChannelStateChange`, `ChannelHangupRequest`",
        why: "the thread that calls tells the one, the thread that is called the other",
        rule: Rule::Order(|first, second| {
            let unanswered =
                |event: &Seen| event.kind == "Dial" && event.event["dialstatus"] != "ANSWER";
            let told = matches!(
                &*second.kind,
                "Dial" | "ChannelStateChange" | "ChannelHangupRequest"
            );
            unanswered(first) && told && first.object == second.object
        }),
    },
    Known {
        what: "the order of `BridgeDestroyed` and what comes later",
        why: "a thread of its own destroys bridges",
        rule: Rule::Order(|first, second| {
            first.kind == "BridgeDestroyed" && second.kind != "ChannelLeftBridge"
        }),
    },
    Known {
        what: "the order of the two `Dial` of a channel that was created first and dialled then",
        why: "the thread that dials tells the one, the channel's the other",
        rule: Rule::Order(|first, second| {
            let is = |event: &Seen, status: &str| {
                event.kind == "Dial" && event.event["dialstatus"] == status
            };
            is(first, "") && is(second, "ANSWER") && second.event["dialstring"] == ""
        }),
    },
    Known {
        what: "the order of `CallClaimed` and what follows from the claim",
        why: "the request's thread tells the one, the channel's the other",
        rule: Rule::Order(|first, second| {
            first.kind == "CallClaimed" && second.kind != "CallBroadcast"
        }),
    },
    Known {
        what: "the order of events that go to different applications",
        why: "each has a thread of its own in a real server",
        rule: Rule::Order(|first, second| first.app != second.app),
    },
    Known {
        what: "the order of events of different calls, and of the two halves of one",
        why: "each channel has a thread of its own in a real server",
        rule: Rule::Order(|first, second| {
            let channels = (first.channel(), second.channel());
            matches!(channels, (Some(first), Some(second)) if first != second)
        }),
    },
];

/// Differences that are allowed only in scenarios that name them.
pub(crate) const CAUSES: Known = Known {
    what: "`cause` of `ChannelDestroyed` where the far side of a Local channel hangs up",
    why: "it is 0 or 16, whichever half is quicker",
    rule: Rule::Event(|event, _| {
        if event["type"] == "ChannelDestroyed" {
            event["cause"] = Value::Null;
            event["cause_txt"] = Value::Null;
        }
        true
    }),
};
pub(crate) const OTHER_HALF: Known = Known {
    what: "all events of the other half of a Local channel that ends before it was answered",
    why: "it is answering while it is hung up, and gets differently far each time",
    rule: Rule::Event(|event, _| object_of(event) != "a;2"),
};
pub(crate) const BUSY_HALF: Known = Known {
    what: "the `ChannelHangupRequest` that a busy half of a Local channel gets from the other",
    why: "it can come before the half says that it is busy, or behind that",
    rule: Rule::Event(|event, _| {
        event["type"] != "ChannelHangupRequest"
            || object_of(event) != "a;2"
            || event["soft"] == true
    }),
};
pub(crate) const PLAYBACKS: Known = Known {
    what: "events of playbacks, where only the answers count",
    why: "how far they get before the hang-up depends on the speed of the machine",
    rule: Rule::Event(|event, _| event["playback"].is_null()),
};
pub(crate) const GOTO: Known = Known {
    what: "`ChannelDialplan` and `dialplan` of a channel that is hung up while it waits to leave",
    why: "a real server still moves it to the extension, while it tells of the end",
    rule: Rule::Event(|event, _| {
        event["channel"]["dialplan"] = Value::Null;
        event["type"] != "ChannelDialplan" || object_of(event) != "a"
    }),
};
pub(crate) const SILENCE: Known = Known {
    what: "`duration` of a recording whose far side sends no sound",
    why: "a real server counts the sound that arrives, the fake the time that passes",
    rule: Rule::Event(|event, _| {
        if !event["recording"]["duration"].is_null() {
            event["recording"]["duration"] = "any".into();
        }
        true
    }),
};
pub(crate) const SIP_KEYS: Known = Known {
    what: "`duration_ms` of keys that arrive by SIP",
    why: "a real server counts packets of 20 ms; an echo even doubles keys",
    rule: Rule::Event(|event, _| {
        if event["type"] == "ChannelDtmfReceived" {
            event["duration_ms"] = Value::Null;
        }
        true
    }),
};

/// All differences that are allowed only in some scenarios.
pub(crate) const SOMEWHERE: &[&Known] = &[
    &CAUSES,
    &OTHER_HALF,
    &BUSY_HALF,
    &PLAYBACKS,
    &GOTO,
    &SILENCE,
    &SIP_KEYS,
];

/// Reduces an event to the parts that are compared. Returns `false` if the event is not compared.
pub(crate) fn compared(event: &mut Value, release: Release, allowed: &[&'static Known]) -> bool {
    let all = EVERYWHERE.iter().chain(allowed.iter().copied());
    all.filter_map(|known| match known.rule {
        Rule::Event(change) => Some(change),
        _ => None,
    })
    .all(|change| change(event, release))
}

/// Reduces the body of a response to the parts that are compared.
pub(crate) fn answered(body: &mut Value) {
    for known in EVERYWHERE {
        if let Rule::Answer(change) = known.rule {
            change(body);
        }
    }
}

/// Returns whether two events may come in either order.
pub(crate) fn race(first: &Seen, second: &Seen) -> bool {
    EVERYWHERE.iter().any(|known| match known.rule {
        Rule::Order(race) => race(first, second) || race(second, first),
        _ => false,
    })
}

/// Removes the call number from names of channels.
fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("-0000") {
        out.push_str(&rest[..at]);
        rest = &rest[at + 9..];
    }
    out + rest
}
