//! Extraction of values from the text of an event that is not decoded. This runs for every event,
//! so it must be cheap.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::event::event_type::find_event_type;

/// The key of an event's channel.
pub(crate) static CHANNEL: LazyLock<Finder<'static>> =
    LazyLock::new(|| Finder::new("\"channel\":"));

/// The key of an event's bridge.
pub(crate) static BRIDGE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"bridge\":"));

/// Returns the id of the object under a key. Asterisk writes the id first. If it is not first, the
/// object is parsed.
pub(crate) fn object_id<'t>(raw: &'t str, key: &Finder<'_>) -> Option<Cow<'t, str>> {
    let at = key.find(raw.as_bytes())? + key.needle().len();
    let object = raw.get(at..)?.trim_ascii_start();
    if let Some(rest) = object.strip_prefix("{\"id\":\"") {
        let end = memchr::memchr2(b'"', b'\\', rest.as_bytes())?;
        if rest.as_bytes()[end] == b'"' {
            return Some(Cow::Borrowed(&rest[..end]));
        }
    }
    #[derive(Default)]
    struct Identified {
        id: String,
    }
    crate::__model!(Identified = named("Identified"), id = required("id"));
    let mut objects = serde_json::Deserializer::from_str(object).into_iter::<Identified>();
    Some(Cow::Owned(objects.next()?.ok()?.id))
}

/// Returns the application that an event was sent to. Empty if the event does not name it.
pub(crate) fn application_name(raw: &str) -> Cow<'_, str> {
    find_event_type(raw, "application").unwrap_or_default()
}

/// Returns the name of an event's channel. Empty if the event does not contain it.
pub(crate) fn channel_name(raw: &str) -> String {
    #[derive(Default)]
    struct ChannelEvent {
        channel: Channel,
    }
    crate::__model!(
        ChannelEvent = named("ChannelEvent"),
        channel = required("channel")
    );
    #[derive(Default)]
    struct Channel {
        name: String,
    }
    crate::__model!(Channel = named("Channel"), name = required("name"));
    let event: ChannelEvent = serde_json::from_str(raw).unwrap_or_default();
    event.channel.name
}
