//! Maps objects to the event sources that cover them, and to the applications of a client that are
//! subscribed to these sources.

use crate::event::object::ObjectRef;
use crate::protocol::{event_source, object_kind};

/// Returns the event sources that cover an object, in the form used to subscribe to them. Playbacks
/// and recordings have none: they are covered by the sources of the channel or bridge that they
/// belong to.
///
/// `name` is the name of a channel. It begins with the channel's endpoint: `PJSIP/100-00000001`.
pub(crate) fn sources_covering(object: ObjectRef<'_>, name: &str) -> Vec<String> {
    let of = |scheme: &str, ids: &[&str]| -> Vec<String> {
        ids.iter().map(|id| format!("{scheme}:{id}")).collect()
    };
    match object.kind {
        object_kind::CHANNEL => {
            let mut sources = of(event_source::CHANNEL, &[object.id, ""]);
            let endpoint = name.rsplit_once('-').map_or(name, |(endpoint, _)| endpoint);
            if let Some((technology, _)) = name.split_once('/') {
                sources.extend(of(event_source::ENDPOINT, &[endpoint, technology, ""]));
            }
            sources
        }
        object_kind::BRIDGE => of(event_source::BRIDGE, &[object.id, ""]),
        object_kind::ENDPOINT => {
            let whole = format!("{}/{}", object.scope, object.id);
            of(event_source::ENDPOINT, &[&whole, object.scope, ""])
        }
        object_kind::DEVICE_STATE => of(event_source::DEVICE_STATE, &[object.id, ""]),
        _ => Vec::new(),
    }
}

/// Returns true if an event source covers an object, or may cover it.
pub(crate) fn may_cover(source: &str, object: ObjectRef<'_>) -> bool {
    let scheme = source.split(':').next().unwrap_or_default();
    match object.kind {
        // The name of a channel contains its endpoint, but it is not known here.
        object_kind::CHANNEL if scheme == event_source::ENDPOINT => true,
        object_kind::CHANNEL
        | object_kind::BRIDGE
        | object_kind::ENDPOINT
        | object_kind::DEVICE_STATE => sources_covering(object, "")
            .iter()
            .any(|known| known == source),
        // They are covered by the sources of their channel or bridge.
        _ => matches!(
            scheme,
            event_source::CHANNEL | event_source::BRIDGE | event_source::ENDPOINT
        ),
    }
}

/// The subscriptions of an application, as returned by `GET /applications/{applicationName}`.
#[derive(Debug, Default)]
pub(crate) struct AppSnapshot {
    pub(crate) channel_ids: Vec<String>,
    pub(crate) bridge_ids: Vec<String>,
    endpoint_ids: Vec<String>,
    device_names: Vec<String>,
}

crate::__model!(
    AppSnapshot = named("AppSnapshot"),
    channel_ids = required("channel_ids"),
    bridge_ids = required("bridge_ids"),
    endpoint_ids = required("endpoint_ids"),
    device_names = required("device_names"),
);

impl AppSnapshot {
    /// Returns true if the application is subscribed to an event source.
    pub(crate) fn has(&self, source: &str) -> bool {
        let Some((scheme, id)) = source.split_once(':') else {
            return false;
        };
        let known = match scheme {
            event_source::CHANNEL => &self.channel_ids,
            event_source::BRIDGE => &self.bridge_ids,
            event_source::ENDPOINT => &self.endpoint_ids,
            event_source::DEVICE_STATE => &self.device_names,
            _ => return false,
        };
        let all = |known: &str| id.is_empty() && is_all_topic(known);
        known.iter().any(|known| known == id || all(known))
    }

    /// Returns true if the application is subscribed to any of these sources.
    pub(crate) fn has_any(&self, sources: &[String]) -> bool {
        sources.iter().any(|source| self.has(source))
    }

    /// Returns true if the application is subscribed to any channel, bridge or endpoint.
    pub(crate) fn has_subscriptions(&self) -> bool {
        [&self.channel_ids, &self.bridge_ids, &self.endpoint_ids]
            .iter()
            .any(|ids| !ids.is_empty())
    }
}

/// Returns true if an entry in a list of subscriptions stands for all objects of a kind. `channel:`
/// is listed as `__AST_CHANNEL_ALL_TOPIC`, and is cancelled by that name.
pub(crate) fn is_all_topic(id: &str) -> bool {
    id.starts_with("__AST_") && id.ends_with("_ALL_TOPIC")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_cover_their_objects() {
        let subscribed = |list: &str, id: &str| {
            let mut application = AppSnapshot::default();
            let ids = match list {
                "channel" => &mut application.channel_ids,
                "bridge" => &mut application.bridge_ids,
                "endpoint" => &mut application.endpoint_ids,
                _ => &mut application.device_names,
            };
            ids.push(id.to_owned());
            application
        };
        let channel = ObjectRef::new("channel", "1.2");
        let endpoint = ObjectRef::scoped("endpoint", "PJSIP", "a-b");
        for (object, name, list, id, expected) in [
            (channel, "PJSIP/a-b-00000001", "channel", "1.2", true),
            (channel, "PJSIP/a-b-00000001", "channel", "1.3", false),
            (channel, "PJSIP/a-b-00000001", "bridge", "1.2", false),
            (channel, "", "channel", "__AST_CHANNEL_ALL_TOPIC", true),
            (channel, "PJSIP/a-b-00000001", "endpoint", "PJSIP/a-b", true),
            (channel, "PJSIP/a-b-00000001", "endpoint", "PJSIP/a", false),
            (channel, "PJSIP/a-b-00000001", "endpoint", "PJSIP", true),
            (
                channel,
                "PJSIP/a-00000001",
                "endpoint",
                "__AST_ENDPOINT_ALL_TOPIC",
                true,
            ),
            (channel, "", "endpoint", "", false),
            (ObjectRef::new("bridge", "b"), "", "bridge", "b", true),
            (ObjectRef::new("bridge", "b"), "", "channel", "b", false),
            (endpoint, "", "endpoint", "PJSIP/a-b", true),
            (endpoint, "", "endpoint", "IAX2/a-b", false),
            (
                ObjectRef::new("device_state", "Stasis:x"),
                "",
                "device",
                "Stasis:x",
                true,
            ),
            (
                ObjectRef::new("device_state", "Stasis:x"),
                "",
                "device",
                "Stasis:y",
                false,
            ),
        ] {
            if expected && !is_all_topic(id) {
                let scheme = list.replace("device", "deviceState");
                assert!(may_cover(&format!("{scheme}:{id}"), object), "{object}");
            }
            let found = subscribed(list, id).has_any(&sources_covering(object, name));
            assert_eq!(found, expected, "{object} {name} by {list}:{id}");
        }
        let playback = ObjectRef::new("playback", "p");
        for (source, object, expected) in [
            ("channel:", channel, true),
            ("channel:1.3", channel, false),
            ("bridge:1.2", channel, false),
            ("channel:b", ObjectRef::new("bridge", "b"), false),
            ("endpoint:PJSIP", endpoint, true),
            ("endpoint:IAX2/a-b", endpoint, false),
            ("bridge:b", playback, true),
            ("deviceState:p", playback, false),
        ] {
            assert_eq!(may_cover(source, object), expected, "{source} {object}");
        }
    }
}
