//! The bridges that a call uses although they existed before it: those that several calls share, and
//! those whose creation is not in the recording.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ari_api::traffic::{Item, TrafficFile};

use crate::trace::exchange::{Events, Exchange};
use crate::trace::object::Object;

/// The creation of a bridge before the call.
#[derive(Debug)]
pub(crate) struct Origin {
    /// The lines of the request, of its response, and of the event.
    pub(crate) lines: Vec<usize>,
    /// The first line of the call that needs the bridge.
    pub(crate) before: usize,
}

/// The bridges of a call that existed before it.
#[derive(Debug, Default)]
pub(crate) struct Origins {
    /// Those whose creation is in the recording.
    pub(crate) created: Vec<Origin>,
    /// Those whose creation is not in the recording.
    pub(crate) existing: Vec<Object>,
}

impl Origins {
    /// Finds them for the lines of a call.
    pub(crate) fn find(
        file: &TrafficFile,
        events: &Events,
        exchanges: &HashMap<u64, Exchange>,
        lines: &BTreeSet<usize>,
    ) -> Self {
        let mut origins = Origins::default();
        for (object, before) in first_uses(file, events, exchanges, lines) {
            let mut begins = false;
            let mut created = Vec::new();
            let mut creation = None;
            for line in &file.lines {
                let found = match &line.item {
                    Item::Request { request, .. } => {
                        let exchange = exchanges.get(request);
                        let found = exchange.filter(|it| it.begins && !it.is_problem);
                        let is_creation = found.is_some_and(|it| contains(&it.objects, &object));
                        if is_creation && line.number <= before {
                            creation = Some(*request);
                            created.clear();
                        }
                        is_creation
                    }
                    Item::Response { request, .. } => creation == Some(*request),
                    Item::Event { .. } => events.get(&line.number).is_some_and(|(event, found)| {
                        event["type"] == "BridgeCreated" && contains(found, &object)
                    }),
                    _ => false,
                };
                begins |= found && lines.contains(&line.number);
                if found && creation.is_some() && line.number < before {
                    created.push(line.number);
                }
            }
            match (begins, created.is_empty()) {
                (true, _) => {}
                (false, false) => origins.created.push(Origin {
                    lines: created,
                    before,
                }),
                (false, true) => origins.existing.push(object),
            }
        }
        origins
    }
}

/// Returns the bridges that the lines of a call name, each with the first request that does, or the first
/// line if none does.
fn first_uses(
    file: &TrafficFile,
    events: &Events,
    exchanges: &HashMap<u64, Exchange>,
    lines: &BTreeSet<usize>,
) -> BTreeMap<Object, usize> {
    let mut in_requests = BTreeMap::new();
    let mut in_events = BTreeMap::new();
    for line in &file.lines {
        if !lines.contains(&line.number) {
            continue;
        }
        let (objects, uses) = match &line.item {
            Item::Request { request, .. } => match exchanges.get(request) {
                Some(exchange) => (&exchange.objects, &mut in_requests),
                None => continue,
            },
            Item::Event { .. } => match events.get(&line.number) {
                Some((_, objects)) => (objects, &mut in_events),
                None => continue,
            },
            _ => continue,
        };
        for object in objects.iter().filter(|object| object.is_bridge()) {
            let object = Object::new(object.kind(), object.id());
            uses.entry(object).or_insert(line.number);
        }
    }
    in_events.extend(in_requests);
    in_events
}

fn contains(objects: &[Object], object: &Object) -> bool {
    objects.iter().any(|known| known.has_same_id(object))
}
