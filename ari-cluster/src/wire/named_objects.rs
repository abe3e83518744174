//! The channels, bridges, playbacks and live recordings that a request names: those that exist, and
//! those that it creates.

use std::borrow::Cow;

use ari_api::operations::OPERATIONS;
use ari_api::schema::{Location, Method, Operation, Parameter, ResponseType};
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// An object that a parameter names, by its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectName {
    /// An object that exists.
    Existing(&'static str),
    /// An object that the operation creates.
    New(&'static str),
}

pub(crate) const PLAYBACK: &str = "playback";
pub(crate) const RECORDING: &str = "recording";

/// Parameters with the id of an object, and the kind of the object.
const IDS: [(&str, &str); 8] = [
    ("channelId", "channel"),
    // The other half of a Local channel, which need not enter the application.
    ("otherChannelId", "half"),
    ("snoopId", "channel"),
    ("bridgeId", "bridge"),
    ("channel", "channel"),
    ("originator", "channel"),
    ("caller", "channel"),
    ("playbackId", PLAYBACK),
];

/// Returns what a parameter of an operation names. `None` if it is none of these objects.
pub(crate) fn object_name(operation: &Operation, parameter: &Parameter) -> Option<ObjectName> {
    match (parameter.name, operation.response) {
        ("recordingName", _) if operation.path.starts_with("/recordings/live/") => {
            return Some(ObjectName::Existing(RECORDING));
        }
        ("name", ResponseType::Json("LiveRecording")) if operation.method == Method::Post => {
            return Some(ObjectName::New(RECORDING));
        }
        _ => {}
    }
    let mut ids = IDS.iter();
    let (name, kind) = ids.find(|(name, _)| *name == parameter.name)?;
    let creates = operation.method == Method::Post
        && matches!(
            operation.response,
            ResponseType::Json("Channel" | "Bridge" | "Playback")
        );
    let is_new_id = name.ends_with("Id")
        && match parameter.location {
            // The id in `/channels/{channelId}/snoop` is that of another channel.
            Location::Path => operation.path.ends_with(&format!("{{{name}}}")),
            _ => true,
        };
    Some(match creates && is_new_id {
        true => ObjectName::New(kind),
        false => ObjectName::Existing(kind),
    })
}

/// Returns the operation that a request executes. `None` if it is not in the table.
fn find_operation(method: &str, segments: &[Cow<'_, str>]) -> Option<&'static Operation> {
    let candidates = OPERATIONS.iter().copied().filter(|operation| {
        let mut pattern = operation.path.split('/').skip(1);
        operation.method.as_str() == method
            && segments.iter().all(|segment| {
                let expected = pattern.next();
                expected.is_some_and(|it| it.starts_with('{') || it == segment)
            })
            && pattern.next().is_none()
    });
    // `/channels/create` is not the channel `create`.
    candidates.min_by_key(|operation| operation.path.matches('{').count())
}

/// Returns the parts of the path of a request, decoded.
pub(crate) fn path_segments(target: &str) -> Vec<Cow<'_, str>> {
    let path = target.split('?').next().unwrap_or_default();
    let segments = path.split('/').skip(1);
    let decoded = segments.map(|segment| percent_decode_str(segment).decode_utf8_lossy());
    decoded.collect()
}

/// Returns the objects that a request names in its path, its query and its body, with their ids. Of an
/// operation that is not in the table, nothing but the path is known.
pub(crate) fn named_objects(method: &str, target: &str, body: &[u8]) -> Vec<(ObjectName, String)> {
    let segments = path_segments(target);
    let Some(operation) = find_operation(method, &segments) else {
        let mut parts = segments.iter().map(|it| &**it);
        let named = match (parts.next(), parts.next(), parts.next()) {
            (Some("channels"), Some(id), _) => Some(("channel", id)),
            (Some("bridges"), Some(id), _) => Some(("bridge", id)),
            (Some("playbacks"), Some(id), _) => Some((PLAYBACK, id)),
            (Some("recordings"), Some("live"), Some(name)) => Some((RECORDING, name)),
            _ => None,
        };
        let named = named.map(|(kind, id)| (ObjectName::Existing(kind), id.to_owned()));
        return named.into_iter().collect();
    };
    let query = target.split_once('?').map_or("", |(_, query)| query);
    // Asterisk takes the parameters of the query from the body as well.
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let mut named = Vec::new();
    for parameter in operation.parameters {
        let Some(name) = object_name(operation, parameter) else {
            continue;
        };
        let mut add = |id: &str| {
            if !id.is_empty() {
                named.push((name, id.to_owned()));
            }
        };
        // A name may have a comma, ids are a list.
        let mut add_values = |text: &str| match name {
            ObjectName::New(RECORDING) => add(text),
            _ => text.split(',').for_each(&mut add),
        };
        if parameter.location == Location::Path {
            let variable = format!("{{{}}}", parameter.name);
            let pattern = operation.path.split('/').skip(1);
            let values = pattern.zip(&segments).filter(|(it, _)| *it == variable);
            values.for_each(|(_, id)| add(id));
            continue;
        }
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        for (key, value) in pairs {
            let decode = |text: &str| {
                let text = text.replace('+', " ");
                percent_decode_str(&text).decode_utf8_lossy().into_owned()
            };
            if decode(key).eq_ignore_ascii_case(parameter.name) {
                add_values(&decode(value));
            }
        }
        let fields = body.as_object().into_iter().flatten();
        for (_, value) in fields.filter(|(key, _)| key.eq_ignore_ascii_case(parameter.name)) {
            let list = value
                .as_array()
                .map_or(std::slice::from_ref(value), Vec::as_slice);
            for value in list.iter().filter_map(Value::as_str) {
                add_values(value);
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_in_paths_queries_and_bodies() {
        use ObjectName::{Existing, New};
        let channel = New("channel");
        let (old, bridge) = (Existing("channel"), Existing("bridge"));
        let (playback, recording) = (Existing(PLAYBACK), Existing(RECORDING));
        for (method, target, body, expected) in [
            ("POST", "/channels/1/answer", "", vec![(old, "1")]),
            ("DELETE", "/bridges/a%2Fb", "", vec![(bridge, "a/b")]),
            (
                "POST",
                "/bridges/b/addChannel?channel=1%2C2&role=x&channel=3",
                r#"{"channel": ["4", "5,6"], "role": "7"}"#,
                [(bridge, "b")]
                    .into_iter()
                    .chain(["1", "2", "3", "4", "5", "6"].map(|id| (old, id)))
                    .collect(),
            ),
            (
                "POST",
                "/bridges/b/videoSource/1",
                "",
                vec![(bridge, "b"), (old, "1")],
            ),
            (
                "POST",
                "/channels?endpoint=Local%2F1&channelId=n&otherChannelId=o",
                r#"{"originator": "1"}"#,
                vec![(channel, "n"), (New("half"), "o"), (old, "1")],
            ),
            ("POST", "/channels/n?app=x", "", vec![(channel, "n")]),
            ("POST", "/channels/create?app=x", "", vec![]),
            (
                "POST",
                "/channels/1/snoop/2?app=x",
                "",
                vec![(old, "1"), (channel, "2")],
            ),
            (
                "POST",
                "/channels/1/dial?caller=2",
                "",
                vec![(old, "1"), (old, "2")],
            ),
            (
                "POST",
                "/bridges?bridgeId=b",
                "",
                vec![(New("bridge"), "b")],
            ),
            (
                "POST",
                "/channels/1/play?media=sound:a,sound:b&playbackId=p",
                "",
                vec![(old, "1"), (New(PLAYBACK), "p")],
            ),
            (
                "POST",
                "/bridges/b/play/p?media=sound:a",
                "",
                vec![(bridge, "b"), (New(PLAYBACK), "p")],
            ),
            (
                "POST",
                "/playbacks/p/control?operation=pause",
                "",
                vec![(playback, "p")],
            ),
            (
                "POST",
                "/channels/1/record?name=a%2Cb&format=wav",
                "",
                vec![(old, "1"), (New(RECORDING), "a,b")],
            ),
            (
                "POST",
                "/bridges/b/record",
                r#"{"name": "r", "format": "wav"}"#,
                vec![(bridge, "b"), (New(RECORDING), "r")],
            ),
            (
                "DELETE",
                "/recordings/live/r/pause",
                "",
                vec![(recording, "r")],
            ),
            ("POST", "/recordings/stored/r/copy", "", vec![]),
            ("PATCH", "/playbacks/p/new", "", vec![(playback, "p")]),
            ("PATCH", "/recordings/live/r", "", vec![(recording, "r")]),
            // The server's own, and one that is not in the table.
            ("PUT", "/deviceStates/Stasis:x", "", vec![]),
            ("PATCH", "/channels/1/new", "", vec![(old, "1")]),
        ] {
            let mut found = named_objects(method, target, body.as_bytes());
            let mut expected: Vec<_> = expected
                .into_iter()
                .map(|(name, id)| (name, id.to_owned()))
                .collect();
            let key = |(_, id): &(ObjectName, String)| id.clone();
            found.sort_by_key(key);
            expected.sort_by_key(key);
            assert_eq!(found, expected, "{method} {target}");
        }
    }

    /// A parameter of a new release that names such an object is found by its description.
    #[test]
    fn each_parameter_that_names_an_object_is_known() {
        // Event sources, which are only read.
        const OTHERS: [&str; 2] = ["eventSource", "source"];
        for operation in OPERATIONS {
            for parameter in operation.parameters {
                let text = parameter.description.to_lowercase();
                let names = ["channel", "bridge", "playback"].iter().any(|kind| {
                    let phrases = [
                        "{} id",
                        "{}'s id",
                        "{}'s unique id",
                        "id of the {}",
                        "id of a {}",
                    ];
                    let mut phrases = phrases.iter().map(|phrase| phrase.replace("{}", kind));
                    phrases.any(|phrase| text.contains(&phrase))
                });
                let mut known = IDS.iter().map(|(name, _)| *name).chain(OTHERS);
                let is_known = known.any(|name| name == parameter.name);
                assert!(
                    is_known || !names,
                    "{operation}: {}: {text}",
                    parameter.name
                );
            }
        }
    }
}
