//! What is taken out of the text of an event that is not decoded.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::Deserialize;

/// The key of an event's channel.
pub(super) static CHANNEL: LazyLock<Finder<'static>> =
    LazyLock::new(|| Finder::new("\"channel\":"));

/// The key of an event's bridge.
pub(super) static BRIDGE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"bridge\":"));

/// The id of the object under a key. Asterisk writes it first; if it does not, the parser looks.
pub(super) fn id_in(raw: &str, key: &Finder<'_>) -> Option<String> {
    let at = key.find(raw.as_bytes())? + key.needle().len();
    let object = raw.get(at..)?.trim_ascii_start();
    if let Some(rest) = object.strip_prefix("{\"id\":\"") {
        let end = memchr::memchr2(b'"', b'\\', rest.as_bytes())?;
        if rest.as_bytes()[end] == b'"' {
            return Some(rest[..end].to_owned());
        }
    }
    #[derive(Deserialize)]
    struct Identified {
        id: String,
    }
    let mut objects = serde_json::Deserializer::from_str(object).into_iter::<Identified>();
    Some(objects.next()?.ok()?.id)
}

/// What an event tells of a channel that enters or leaves.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Told {
    application: String,
    channel: Channel,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Channel {
    name: String,
}

fn told(raw: &str) -> Told {
    serde_json::from_str(raw).unwrap_or_default()
}

/// The application that an event was sent to.
pub(super) fn application_in(raw: &str) -> String {
    told(raw).application
}

/// The name of an event's channel.
pub(super) fn name_in(raw: &str) -> String {
    told(raw).channel.name
}
