//! The objects of the applications that the page has registered, by which it recognises them after their
//! WebSocket was lost.
//!
//! Asterisk keeps an application without a client because of its channels and subscriptions, and does
//! not tell whether another client has connected as it. While nobody is connected, nothing can be added
//! to it. One that has an object which the page does not know, or none that explains why it still
//! exists, belongs to another program.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

/// The maximum number of objects of an application. Further ones count as those of other programs.
const MAX_OBJECTS: usize = 10_000;

/// The lists of objects in the description of an application.
const LISTS: [&str; 4] = ["channel_ids", "bridge_ids", "endpoint_ids", "device_names"];

/// The objects of each application that the page has registered.
#[derive(Debug, Default)]
pub(crate) struct OwnObjects(Mutex<HashMap<String, Known>>);

#[derive(Debug, Default)]
struct Known {
    ids: HashSet<String>,
    /// The user has decided to connect as the application, whoever has registered it.
    is_permitted: bool,
}

impl OwnObjects {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Permits the next connection as an application, which the caller has checked.
    pub(crate) fn permit_next(&self, application: &str) {
        let mut known = self.lock();
        known
            .entry(application.to_owned())
            .or_default()
            .is_permitted = true;
    }

    /// Ends the permission of [`OwnObjects::permit_next`], after the attempt to connect.
    pub(crate) fn end_permission(&self, application: &str) {
        if let Some(known) = self.lock().get_mut(application) {
            known.is_permitted = false;
        }
    }

    /// Notes the objects of an event that an application has received.
    pub(crate) fn note_event(&self, application: &str, text: &str) {
        let Ok(Value::Object(event)) = serde_json::from_str(text) else {
            return;
        };
        let has_ended = matches!(
            event.get("type").and_then(Value::as_str),
            Some("ChannelDestroyed" | "BridgeDestroyed")
        );
        let mut applications = self.lock();
        let known = applications.entry(application.to_owned()).or_default();
        for (key, object) in &event {
            let Some(id) = object["id"].as_str() else {
                continue;
            };
            match has_ended && (key == "channel" || key == "bridge") {
                true => drop(known.ids.remove(id)),
                false => known.add(id),
            }
        }
    }

    /// Notes the objects of an application as the server describes it after a request of the page.
    pub(crate) fn note_application(&self, description: &Value) {
        let name = description["name"].as_str().unwrap_or_default();
        let mut applications = self.lock();
        if let Some(known) = applications.get_mut(name) {
            for id in objects(description) {
                known.add(id);
            }
        }
    }

    /// Forgets an application that was left.
    pub(crate) fn remove(&self, application: &str) {
        self.lock().remove(application);
    }

    /// Returns true if the page may connect again as a registered application: it exists because of
    /// objects of the page alone.
    pub(crate) fn permits(&self, application: &str, registered: &Value) -> bool {
        let applications = self.lock();
        let Some(known) = applications.get(application) else {
            return false;
        };
        let mut objects = objects(registered).peekable();
        known.is_permitted
            || objects.peek().is_some() && objects.all(|object| known.ids.contains(object))
    }
}

impl Known {
    fn add(&mut self, id: &str) {
        if self.ids.len() < MAX_OBJECTS {
            self.ids.insert(id.to_owned());
        }
    }
}

/// Returns the objects in the description of an application.
fn objects(description: &Value) -> impl Iterator<Item = &str> {
    let lists = LISTS.iter().filter_map(|key| description[*key].as_array());
    lists.flatten().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::OwnObjects;

    #[test]
    fn applications_are_recognised_by_their_objects() {
        let own = OwnObjects::default();
        let event = |kind: &str, id: &str| {
            let event = json!({"type": kind, "channel": {"id": id}, "bridge": {"id": "b"}});
            own.note_event("hello", &event.to_string());
        };
        event("StasisStart", "1");
        event("ChannelEnteredBridge", "2");
        event("ChannelDestroyed", "2");
        own.note_application(&json!({"name": "hello", "endpoint_ids": ["PJSIP/a"]}));
        own.note_application(&json!({"name": "other", "endpoint_ids": ["PJSIP/b"]}));
        for (name, channels, endpoints, permitted) in [
            ("hello", json!(["1"]), json!([]), true),
            ("hello", json!(["1"]), json!(["PJSIP/a"]), true),
            // Only a client explains that it exists.
            ("hello", json!([]), json!([]), false),
            ("hello", json!(["1", "2"]), json!([]), false),
            ("hello", json!(["1"]), json!(["PJSIP/b"]), false),
            ("other", json!(["1"]), json!([]), false),
        ] {
            let found = json!({"channel_ids": channels, "endpoint_ids": endpoints});
            assert_eq!(own.permits(name, &found), permitted, "{name} {found}");
        }
        let found = json!({"channel_ids": ["3"]});
        own.permit_next("hello");
        assert!(own.permits("hello", &found));
        own.end_permission("hello");
        assert!(!own.permits("hello", &found));
        own.remove("hello");
        assert!(!own.permits("hello", &json!({"channel_ids": ["1"]})));
    }
}
