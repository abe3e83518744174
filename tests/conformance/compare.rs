//! Comparison of the responses and events of two servers.

use std::collections::{BTreeMap, BTreeSet};

use super::allowed_differences;
use super::observed::{ObservedEvent, Transcript};

/// The maximum number of swapped pairs of events that are shown.
const MAX_SHOWN: usize = 3;

/// Returns descriptions of the differences.
pub(crate) fn compare_transcripts(fake: &Transcript, real: &Transcript) -> Vec<String> {
    let mut differences = Vec::new();
    if fake.responses.len() != real.responses.len() {
        let ends = (fake.responses.last(), real.responses.last());
        differences.push(format!(
            "different number of responses, the last ones are {ends:?}"
        ));
    }
    for (fake, real) in fake.responses.iter().zip(&real.responses) {
        if fake != real {
            differences.push(format!("fake {fake}\n  real {real}"));
        }
    }
    let told = differences.len();
    compare_events(fake, real, &mut differences);
    if differences.len() == told {
        compare_order(fake, real, &mut differences);
    }
    differences
}

/// Compares the events of each object, regardless of their order.
fn compare_events(fake: &Transcript, real: &Transcript, differences: &mut Vec<String>) {
    let (fake, real) = (by_object(&fake.events), by_object(&real.events));
    let objects: BTreeSet<_> = fake.keys().chain(real.keys()).collect();
    for object in objects {
        let none = Vec::new();
        let fake = fake.get(object).unwrap_or(&none);
        let real = real.get(object).unwrap_or(&none);
        let sorted = |texts: &[&str]| {
            let mut texts = texts.to_vec();
            texts.sort_unstable();
            texts.join("\n")
        };
        if sorted(fake) != sorted(real) {
            let (fake, real) = (fake.join("\n    "), real.join("\n    "));
            differences.push(format!("{object}:\n  fake\n    {fake}\n  real\n    {real}"));
        }
    }
}

fn by_object(events: &[ObservedEvent]) -> BTreeMap<String, Vec<&str>> {
    let mut objects = BTreeMap::<_, Vec<_>>::new();
    for event in events {
        let key = format!("{} {}", event.app, event.object);
        objects.entry(key).or_default().push(&*event.reduced);
    }
    objects
}

/// Compares the order of the events, except for those that may race.
fn compare_order(fake: &Transcript, real: &Transcript, differences: &mut Vec<String>) {
    let mut counts = BTreeMap::new();
    let mut places = BTreeMap::new();
    for (at, event) in fake.events.iter().enumerate() {
        places.insert((event.key(), next_occurrence(&mut counts, event)), at);
    }
    counts.clear();
    let in_fake: Vec<_> = real
        .events
        .iter()
        .map(|event| places[&(event.key(), next_occurrence(&mut counts, event))])
        .collect();
    let mut swapped = Vec::new();
    for (later, second) in real.events.iter().enumerate() {
        for (earlier, first) in real.events[..later].iter().enumerate() {
            if in_fake[earlier] > in_fake[later] && !allowed_differences::may_race(first, second) {
                swapped.push((later - earlier, first, second));
            }
        }
    }
    swapped.sort_by_key(|(distance, ..)| *distance);
    for (_, first, second) in swapped.into_iter().take(MAX_SHOWN) {
        differences.push(format!(
            "the fake sends these events in reverse order:\n  {}\n  {}",
            first.key().join(" "),
            second.key().join(" ")
        ));
    }
}

/// Counts how often an event has occurred so far.
fn next_occurrence<'a>(
    counts: &mut BTreeMap<[&'a str; 3], usize>,
    event: &'a ObservedEvent,
) -> usize {
    let count = counts.entry(event.key()).or_default();
    *count += 1;
    *count
}

#[test]
fn differences_are_found() {
    let seen = |kind: &str, id: &str| {
        let event = serde_json::json!({"type": kind, "application": "x", "channel": {"id": id}});
        ObservedEvent::new("x", &event)
    };
    let transcript = |events: &[(&str, &str)]| Transcript {
        responses: Vec::new(),
        events: events.iter().map(|(kind, id)| seen(kind, id)).collect(),
    };
    let of = [("A", "a"), ("B", "a"), ("C", "b")];
    let all = transcript(&of);
    assert!(compare_transcripts(&all, &transcript(&of)).is_empty());
    for other in [
        &[of[0], of[1]][..],
        &[of[0], of[1], of[2], of[2]],
        &[of[1], of[0], of[2]],
        &[of[0], of[1], ("C", "a")],
    ] {
        assert_eq!(
            compare_transcripts(&all, &transcript(other)).len().min(1),
            1,
            "{other:?}"
        );
    }
    let answered = Transcript {
        responses: vec!["GET / → 200".to_owned()],
        events: Vec::new(),
    };
    let refused = Transcript {
        responses: vec!["GET / → 404".to_owned()],
        events: Vec::new(),
    };
    assert_eq!(compare_transcripts(&answered, &refused).len(), 1);
}
