//! Messages of a WebSocket. Their kind is found without decoding them, and they are decoded once.

use std::borrow::Cow;
use std::sync::Arc;

use crate::error::types::{DecodeError, Error};
use crate::event::connection_event::ConnectionEvent;
use crate::event::envelope::RawEvent;
use crate::event::object::{ObjectKind, ObjectRef};
use crate::json::JsonError;
use crate::protocol::key;
use crate::response::decode::{TextModel, decode_text_into};
use crate::response::model::Model;
use crate::schema::operation::Operation;

/// The event type of bindings.
pub trait EventType: Sized + Send + Sync + 'static {
    /// The key whose value is the kind of a message.
    const DISCRIMINATOR: &'static str = key::TYPE;

    /// The classes of objects that messages are about and that streams can follow.
    const OBJECT_KINDS: &'static [ObjectKind] = &[];

    /// Returns the table of operations.
    fn operations() -> &'static [&'static Operation] {
        &[]
    }

    /// Decodes one message whose kind is known.
    ///
    /// # Errors
    /// Returns [`Error::Decode`] if a message of a known kind does not have the expected form. A
    /// message of an unknown kind is not an error.
    fn decode_as(kind: &str, raw: &str) -> Result<Self, Error>;

    /// Decodes one message.
    ///
    /// # Errors
    /// Returns [`Error::Decode`] if a message of a known kind does not have the expected form, or
    /// if the text is not a message. A message of an unknown kind is not an error.
    fn decode(raw: &str) -> Result<Self, Error> {
        let kind = find_event_type(raw, Self::DISCRIMINATOR)?;
        Self::decode_as(&kind, raw)
    }

    /// Creates an event from a change of the connection.
    fn from_connection_event(event: ConnectionEvent) -> Self;

    /// Calls `_found` with every object that the message is about, and with true if the message
    /// reports its end.
    fn visit_objects(&self, _found: &mut dyn FnMut(ObjectRef<'_>, bool)) {}
}

/// The model of one kind of message.
pub trait EventPayload<E>: Sized {
    /// The kind, as in the discriminator.
    const KIND: &'static str;

    /// Returns the model if the message is of this kind.
    fn downcast_ref(message: &E) -> Option<&Arc<Self>>;
}

/// Decodes a message of a known kind.
///
/// # Errors
/// Returns [`Error::Decode`] with the raw text if the message does not have the expected form.
pub fn decode_event<T: Model>(kind: &str, raw: &str) -> Result<Arc<T>, Error> {
    let mut event = Arc::<T>::default();
    match Arc::get_mut(&mut event) {
        Some(place) => match decode_event_into(place, kind, raw) {
            Ok(()) => Ok(event),
            Err(error) => Err(error),
        },
        // Nothing else has the event yet.
        None => Ok(event),
    }
}

/// Decodes a message into its model, whose fields have their default values.
fn decode_event_into(place: &mut dyn TextModel, kind: &str, raw: &str) -> Result<(), Error> {
    decode_text_into(place, raw).map_err(|source| event_decode_error(kind, raw, source))
}

/// Serializes a message of an unknown kind as it arrived.
///
/// # Errors
/// Returns the errors of the serializer.
pub fn serialize_unknown<S: serde::Serializer>(
    _kind: &str,
    raw: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    use serde::Serialize as _;
    let value: serde_json::Value = serde_json::from_str(raw).map_err(serde::ser::Error::custom)?;
    value.serialize(serializer)
}

/// Returns the value of a message's discriminator. It can be the first key, the last, or any
/// between. The keys before it are skipped without decoding.
///
/// # Errors
/// Returns [`Error::Decode`] if the text is not a JSON object with such a key.
pub fn find_event_type<'a>(raw: &'a str, discriminator: &str) -> Result<Cow<'a, str>, Error> {
    RawEvent::new(raw, discriminator).map(RawEvent::into_kind)
}

#[cold]
fn event_decode_error(kind: &str, raw: &str, source: JsonError) -> Error {
    Error::Decode(Box::new(DecodeError::new(
        format!("event {kind}"),
        raw.into(),
        source,
    )))
}

/// Implements [`EventPayload`] for the models of events, each with its type on the wire and its
/// variant.
///
/// For generated bindings.
#[doc(hidden)]
#[macro_export]
macro_rules! __event_payloads {
    ($event:ident, $($kind:literal = $variant:ident($model:ty $(,)?)),* $(,)?) => {
        $(impl $crate::codegen::EventPayload<$event> for $model {
            const KIND: &'static str = $kind;

            #[inline]
            fn downcast_ref(message: &$event) -> Option<&std::sync::Arc<Self>> {
                match message {
                    $event::$variant(event) => Some(event),
                    _ => None,
                }
            }
        })*
    };
}
