//! Configuration objects that requests can read and change: endpoints and the objects that belong
//! to them.

use super::PbxState;
use crate::json::{Json, Object};
use crate::model::{ConfigObject, EndpointBehavior};

/// The configuration class of all objects.
pub(crate) const CONFIG_CLASS: &str = "res_pjsip";

/// Types of objects with their attributes and defaults.
const ATTRIBUTES: &str = include_str!("objects.txt");

/// Types of objects that no request can create. They have no attributes here.
const READ_ONLY_TYPES: &[&str] = &["global", "system"];

/// The reason why an object cannot be created or changed.
#[derive(Debug, PartialEq)]
pub(crate) enum ConfigError {
    Invalid,
    /// A file defines the object, or requests cannot create objects of its type.
    ReadOnly,
    /// The request contains no fields.
    NoFields,
}

/// Returns the attributes of a type with their defaults, or `None` if the type does not exist.
fn attributes(kind: &str, newer: bool) -> Option<Vec<(&'static str, &'static str)>> {
    if READ_ONLY_TYPES.contains(&kind) {
        return Some(Vec::new());
    }
    let head = format!("[{kind}]");
    let mut lines = ATTRIBUTES.lines();
    lines.find(|line| *line == head)?;
    let own = lines.take_while(|line| !line.starts_with('['));
    let foreign = if newer { '-' } else { '+' };
    let known = own.filter(|line| !line.starts_with(foreign));
    let pairs = known.filter_map(|line| line.trim_start_matches(['+', '-']).split_once(" ="));
    Some(pairs.map(|(name, value)| (name, value.trim())).collect())
}

impl PbxState {
    /// Adds the objects of the endpoints that exist from the start.
    pub(crate) fn define_endpoints(&mut self) {
        for (name, phone) in &self.endpoints {
            let Some(("PJSIP", name)) = name.split_once('/') else {
                continue;
            };
            let contact = phone.as_ref().map(|_| format!("sip:{name}@127.0.0.1"));
            for (kind, values) in [
                (
                    "endpoint",
                    vec![("aors", name.to_owned()), ("context", "testari".into())],
                ),
                ("aor", vec![("contact", contact.unwrap_or_default())]),
            ] {
                let values = values.into_iter();
                let stored = ConfigObject {
                    values: values.map(|(key, value)| (key.to_owned(), value)).collect(),
                    is_read_only: true,
                };
                let key = (kind.to_owned(), name.to_owned());
                self.config_objects.get_or_insert_with(key, || stored);
            }
        }
    }

    pub(crate) fn has_config_type(&self, kind: &str) -> bool {
        attributes(kind, self.behaves_like_22()).is_some()
    }

    /// Returns all attributes of an object, in ARI's format.
    pub(crate) fn config_attributes(&self, kind: &str, id: &str) -> Option<Json> {
        let stored = self.config_objects.get(&(kind.to_owned(), id.to_owned()))?;
        let known = attributes(kind, self.behaves_like_22()).unwrap_or_default();
        let tuples = known.into_iter().map(|(name, default)| {
            let value = stored.values.get(name).map_or(default, String::as_str);
            Object::new().with("attribute", name).with("value", value)
        });
        Some(tuples.collect())
    }

    /// Creates or updates an object. `fields` is `None` if the request had no such member.
    pub(crate) fn put_config_object(
        &mut self,
        kind: &str,
        id: &str,
        fields: Option<&[(String, String)]>,
    ) -> Result<(), ConfigError> {
        let key = (kind.to_owned(), id.to_owned());
        let before = self.config_objects.get(&key).cloned();
        if before.is_some() && fields.is_none() {
            return Err(ConfigError::NoFields);
        }
        let mut stored = before.unwrap_or_default();
        let newer = self.behaves_like_22();
        let known = attributes(kind, newer).unwrap_or_default();
        for (name, value) in fields.unwrap_or_default() {
            if !known.iter().any(|(known, _)| known == name) {
                return Err(ConfigError::Invalid);
            }
            stored.values.insert(name.clone(), value.clone());
        }
        if !is_complete(kind, &stored, newer) {
            return Err(ConfigError::Invalid);
        }
        if stored.is_read_only || READ_ONLY_TYPES.contains(&kind) {
            return Err(ConfigError::ReadOnly);
        }
        self.config_objects.insert(key, stored);
        self.update_endpoints(kind, id);
        Ok(())
    }

    /// Adds or updates the endpoints that use this object. A configured endpoint can be called if
    /// one of its AORs has a contact.
    fn update_endpoints(&mut self, kind: &str, id: &str) {
        let attribute = |kind: &str, id: &str, name: &str| {
            let stored = self.config_objects.get(&(kind.to_owned(), id.to_owned()))?;
            let value = stored.values.get(name)?;
            (!value.is_empty()).then(|| value.clone())
        };
        let phones: Vec<_> = self
            .config_objects
            .iter()
            .filter(|((known, name), stored)| {
                let aors = stored.values.get("aors").map(String::as_str);
                let mut aors = aors.unwrap_or_default().split(',');
                known == "endpoint"
                    && !stored.is_read_only
                    && match kind {
                        "endpoint" => name == id,
                        _ => kind == "aor" && aors.any(|aor| aor.trim() == id),
                    }
            })
            .map(|((_, name), _)| name.clone())
            .collect();
        for name in phones {
            let aors = attribute("endpoint", &name, "aors").unwrap_or_default();
            let mut aors = aors.split(',').map(str::trim);
            let reachable = aors.any(|aor| attribute("aor", aor, "contact").is_some());
            let phone = reachable.then_some(EndpointBehavior::Dialplan);
            self.endpoints.insert(format!("PJSIP/{name}"), phone);
        }
    }

    /// Removes an object that a request has created. Returns `None` if it does not exist.
    pub(crate) fn delete_config_object(
        &mut self,
        kind: &str,
        id: &str,
    ) -> Option<Result<(), ConfigError>> {
        let key = (kind.to_owned(), id.to_owned());
        if self.config_objects.get(&key)?.is_read_only {
            return Some(Err(ConfigError::ReadOnly));
        }
        self.config_objects.remove(&key);
        match kind {
            "endpoint" => {
                self.endpoints.remove(&format!("PJSIP/{id}"));
            }
            _ => self.update_endpoints(kind, id),
        }
        Some(Ok(()))
    }
}

/// Returns whether an object has the mandatory values of its type.
fn is_complete(kind: &str, stored: &ConfigObject, newer: bool) -> bool {
    let has = |name: &str| {
        stored
            .values
            .get(name)
            .is_some_and(|value| !value.is_empty())
    };
    match kind {
        "auth" => {
            let known = |kind: &String| {
                let kind = kind.as_str();
                matches!(kind, "userpass" | "md5" | "digest" | "google_oauth")
            };
            let secret = ["password", "md5_cred", "password_digest", "refresh_token"];
            has("username")
                && (!newer || secret.into_iter().any(has))
                && stored.values.get("auth_type").is_none_or(known)
        }
        "transport" => has("bind"),
        "contact" => has("uri"),
        _ => true,
    }
}
