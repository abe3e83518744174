//! A subscriber of `tracing` that keeps all spans with their fields, parents and events.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_core::span::Current;

/// A span.
#[derive(Clone, Debug, Default)]
pub struct RecordedSpan {
    /// The name.
    pub name: &'static str,
    /// The index of the parent among all spans.
    pub parent: Option<usize>,
    /// The fields that have a value, as text.
    pub fields: BTreeMap<&'static str, String>,
    /// The messages of the events in it.
    pub events: Vec<String>,
    /// True if it has ended.
    pub is_closed: bool,
    handles: usize,
}

impl RecordedSpan {
    /// Returns the text of a field. Empty if it has no value.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// Keeps all spans. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct SpanRecorder(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    spans: Vec<RecordedSpan>,
    metadata: Vec<&'static Metadata<'static>>,
    /// Entered and not left, the innermost last. Tests have one thread.
    entered: Vec<usize>,
}

impl SpanRecorder {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the spans so far, in the order of their creation.
    pub fn spans(&self) -> Vec<RecordedSpan> {
        self.lock().spans.clone()
    }

    /// Returns the last span whose field has a value.
    pub fn last(&self, field: &str, value: &str) -> Option<RecordedSpan> {
        let spans = self.lock();
        let mut spans = spans.spans.iter().rev();
        spans.find(|span| span.field(field) == value).cloned()
    }
}

fn index(id: &Id) -> usize {
    usize::try_from(id.into_u64()).expect("an index") - 1
}

impl Subscriber for SpanRecorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut state = self.lock();
        let parent = match attributes.parent() {
            Some(parent) => Some(index(parent)),
            None if attributes.is_contextual() => state.entered.last().copied(),
            None => None,
        };
        let mut span = RecordedSpan {
            name: attributes.metadata().name(),
            parent,
            handles: 1,
            ..RecordedSpan::default()
        };
        attributes.record(&mut Fields(&mut span.fields));
        state.metadata.push(attributes.metadata());
        state.spans.push(span);
        Id::from_u64(state.spans.len() as u64)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        values.record(&mut Fields(&mut self.lock().spans[index(id)].fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        let mut state = self.lock();
        if let Some(&current) = state.entered.last() {
            let message = fields.remove("message").unwrap_or_default();
            state.spans[current].events.push(message);
        }
    }

    fn enter(&self, id: &Id) {
        self.lock().entered.push(index(id));
    }

    fn exit(&self, id: &Id) {
        let mut state = self.lock();
        let found = state.entered.iter().rposition(|it| *it == index(id));
        if let Some(found) = found {
            state.entered.remove(found);
        }
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.lock().spans[index(id)].handles += 1;
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let span = &mut self.lock().spans[index(&id)];
        span.handles -= 1;
        span.is_closed = span.handles == 0;
        span.is_closed
    }

    fn current_span(&self) -> Current {
        let state = self.lock();
        match state.entered.last() {
            Some(&current) => {
                Current::new(Id::from_u64(current as u64 + 1), state.metadata[current])
            }
            None => Current::none(),
        }
    }
}

struct Fields<'a>(&'a mut BTreeMap<&'static str, String>);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}
