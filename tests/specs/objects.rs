//! Streams of objects receive every event that contains their object, wherever it is in the event
//! and however its id is written, and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

use ari_api::error::TransportError;
use ari_api::stream::{ObjectRef, ObjectStream};
use ari_api::transport::{BoxFuture, ReadOnlySocket, Request, Response, Transport, WebSocket};
use ari_api::{Client, Error, Event};
use serde_json::Value;
use tokio::sync::mpsc;

use crate::sample::{self, Extent, Models};
use crate::spec::{Spec, properties, text};

/// Models that streams can follow: kind, the property of the id, and the property within which the
/// id is unique.
const OBJECT_KINDS: &[(&str, &str, &str, Option<&str>)] = &[
    ("Bridge", "bridge", "id", None),
    ("Channel", "channel", "id", None),
    ("DeviceState", "device_state", "name", None),
    ("Endpoint", "endpoint", "resource", Some("technology")),
    ("LiveRecording", "live_recording", "name", None),
    ("Playback", "playback", "id", None),
];

/// The terminal events of each kind of object.
const TERMINAL_EVENTS: &[(&str, &str)] = &[
    ("BridgeDestroyed", "bridge"),
    ("ChannelDestroyed", "channel"),
    ("PlaybackFinished", "playback"),
    ("RecordingFailed", "live_recording"),
    ("RecordingFinished", "live_recording"),
];

/// An object in a message.
#[derive(Debug)]
struct Expected {
    class: &'static str,
    scope: String,
    id: String,
    /// True if it is in a property of the message itself.
    outermost: bool,
}

#[test]
fn object_streams_get_exactly_their_events() {
    let spec = Spec::read();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    // Most point releases send the same as others.
    let mut seen = BTreeSet::new();
    for (release, models) in &spec.models {
        for mut message in sample::messages(models, Extent::Complete) {
            if !seen.insert(message.to_string()) {
                continue;
            }
            let kind = text(&message["type"]).to_owned();
            let mut expected = Vec::new();
            mark(models, &kind, &mut message, true, &mut expected);
            for object in &expected {
                *classes.entry(object.class).or_default() += 1;
            }
            for raw in [message.to_string(), format!("{message:#}")] {
                runtime.block_on(check(&raw, &kind, &expected, *release));
                // Alone, so that none is found through another.
                for object in expected.chunks(1) {
                    runtime.block_on(check(&raw, &kind, object, *release));
                }
            }
        }
    }
    // The samples contain some of each.
    assert_eq!(classes.len(), OBJECT_KINDS.len(), "{classes:?}");
}

/// Gives every object in a message a unique id, and records it.
fn mark(
    models: &Models,
    model: &str,
    value: &mut Value,
    outermost: bool,
    expected: &mut Vec<Expected>,
) {
    for (name, property) in properties(models, model) {
        let kind = text(&property["type"]);
        if name == "target_uri" {
            let class = if expected.len().is_multiple_of(2) {
                "channel"
            } else {
                "bridge"
            };
            let id = awkward_id(expected.len());
            value[&name] = format!("{class}:{id}").into();
            let scope = String::new();
            expected.push(Expected {
                class,
                scope,
                id,
                outermost: false,
            });
        }
        if !models.contains_key(kind) || value[&name].is_null() {
            continue;
        }
        let inner = &mut value[&name];
        if let Some((_, class, key, within)) =
            OBJECT_KINDS.iter().find(|(model, ..)| *model == kind)
        {
            let id = awkward_id(expected.len());
            inner[*key] = id.clone().into();
            let scope = within.map(|within| {
                let scope = format!("Tech{}", expected.len());
                inner[within] = scope.clone().into();
                scope
            });
            let scope = scope.unwrap_or_default();
            expected.push(Expected {
                class,
                scope,
                id,
                outermost,
            });
        }
        mark(models, kind, inner, false, expected);
    }
}

/// Returns plain ids, and ids that JSON has to escape.
fn awkward_id(number: usize) -> String {
    match number % 3 {
        0 => format!("1700000000.{number}"),
        1 => format!("a \"quoted\" \\ id/{number}\u{1}"),
        _ => format!("é:{number};1"),
    }
}

async fn check(raw: &str, kind: &str, expected: &[Expected], release: [u16; 3]) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let client = Client::new(OneSocket(Mutex::new(Some(receiver))));
    let app = client.application("a").connect().await.expect("a socket");
    // From here on only the streams of objects want events.
    let session = app.session().clone();
    drop(app);
    let open = |object: ObjectRef<'_>| client.connection().watch(object);
    let mut streams: Vec<_> = expected
        .iter()
        .map(|object| open(ObjectRef::scoped(object.class, &object.scope, &object.id)))
        .collect();
    // The same ids with other kinds.
    let mut others: Vec<_> = expected
        .iter()
        .flat_map(|object| {
            let class = if object.class == "channel" {
                "bridge"
            } else {
                "channel"
            };
            [
                open(ObjectRef::scoped(class, &object.scope, &object.id)),
                open(ObjectRef::scoped(object.class, "Other", &object.id)),
            ]
        })
        .collect();
    sender.send(raw.to_owned()).expect("a reader");
    drop(sender);

    let about = format!("{kind} of {release:?}: {raw}");
    for (object, stream) in expected.iter().zip(&mut streams) {
        let event = next(stream).await.expect("an event").expect(&about);
        assert_eq!(event, kind, "{object:?} in {about}");
        let ends = object.outermost && TERMINAL_EVENTS.contains(&(kind, object.class));
        let then = next(stream).await;
        let then = then.map(|event| event.expect(&about));
        let word = (!ends).then(|| "Disconnected".to_owned());
        assert_eq!(then, word, "{object:?} in {about}");
    }
    for stream in &mut others {
        let word = next(stream).await.expect("a word").expect(&about);
        assert_eq!(word, "Disconnected", "{stream:?} in {about}");
    }
    let stats = session.stats();
    let decoded = u64::from(!expected.is_empty());
    assert_eq!(
        (stats.decoded, stats.decode_errors),
        (decoded, 0),
        "{about}"
    );
}

async fn next(stream: &mut ObjectStream<Event>) -> Option<Result<String, Error>> {
    let event = stream.next().await?;
    Some(event.map(|event| event.kind().to_owned()))
}

/// One WebSocket, from memory.
#[derive(Debug)]
struct OneSocket(Mutex<Option<mpsc::UnboundedReceiver<String>>>);

impl Transport for OneSocket {
    fn send<'a>(&'a self, call: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async move { panic!("nothing is sent, but {call:?}") })
    }

    fn connect<'a>(&'a self, _: &'a Request) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        let receiver = self.0.lock().expect("no panic").take();
        Box::pin(async {
            match receiver {
                Some(receiver) => {
                    let socket: Box<dyn WebSocket> = Box::new(ReadOnlySocket::new(Texts(receiver)));
                    Ok(socket)
                }
                // Reconnecting takes forever.
                None => std::future::pending().await,
            }
        })
    }
}

struct Texts(mpsc::UnboundedReceiver<String>);

impl futures_core::Stream for Texts {
    type Item = Result<String, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|text| text.map(Ok))
    }
}
