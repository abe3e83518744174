//! Finding the recorded request that a received one is.

use std::collections::HashSet;

use serde_json::Value;

use super::ids::IdMap;
use super::message::{Message, parameter_text};
use super::report::{Difference, DifferenceKind};
use super::script::{NEW_ID_PARAMETERS, RecordedRequest};

/// The text in place of a secret in a recording.
const REDACTED: &str = ari_api::traffic::redact::REDACTED;

/// The recorded requests, and which of them have been received.
pub(super) struct Matcher {
    requests: Vec<RecordedRequest>,
    received: Vec<bool>,
    /// Requests that a difference has named as late or missing.
    reported: Vec<bool>,
    chosen_ids: HashSet<String>,
    pub(super) ids: IdMap,
}

/// The result of a comparison.
struct Comparison {
    /// Ids of now for recorded ones that had none.
    new_ids: Vec<(String, String)>,
    /// Parameters that differ.
    differences: Vec<String>,
}

/// The recorded request for a received one.
pub(super) struct Match {
    /// Its index. `None` if there is none.
    pub(super) index: Option<usize>,
    pub(super) difference: Option<Difference>,
}

impl Matcher {
    pub(super) fn new(requests: Vec<RecordedRequest>, chosen_ids: HashSet<String>) -> Self {
        Matcher {
            received: vec![false; requests.len()],
            reported: vec![false; requests.len()],
            requests,
            chosen_ids,
            ids: IdMap::default(),
        }
    }

    pub(super) fn request(&self, index: usize) -> &RecordedRequest {
        &self.requests[index]
    }

    /// Returns the lines and the texts of the requests that have been neither received nor reported
    /// as missing.
    pub(super) fn remaining(&self) -> Vec<(usize, String)> {
        let requests = self.requests.iter().enumerate();
        requests
            .filter(|(_, request)| !request.message.is_read())
            .filter(|(index, _)| !self.received[*index] && !self.reported[*index])
            .map(|(_, request)| (request.line, request.message.to_string()))
            .collect()
    }

    pub(super) fn is_received(&self, index: usize) -> bool {
        self.received[index]
    }

    /// Finds the recorded read for a received one: the next with the same path and parameters, or
    /// the last one again.
    pub(super) fn find_read(&mut self, message: &Message) -> Option<usize> {
        let fits = |index: &usize| {
            let recorded = &self.requests[*index].message;
            let comparison = recorded
                .is_read()
                .then(|| self.compare(recorded, message))
                .flatten();
            comparison.is_some_and(|found| found.differences.is_empty())
        };
        let found: Vec<usize> = (0..self.requests.len()).filter(fits).collect();
        let next = found.iter().find(|index| !self.received[**index]);
        let index = next.or(found.last()).copied()?;
        self.received[index] = true;
        Some(index)
    }

    /// Finds the recorded request for a received one, and notes that it was received.
    pub(super) fn find(&mut self, message: &Message) -> Match {
        let pending = self.pending_of_object(message);
        let compared: Vec<_> = pending
            .iter()
            .map(|index| self.compare(&self.requests[*index].message, message))
            .collect();
        let equal = compared.iter().position(|comparison| {
            comparison
                .as_ref()
                .is_some_and(|found| found.differences.is_empty())
        });
        let similar = || compared.iter().position(Option::is_some);
        let Some(position) = equal.or_else(similar) else {
            return Match {
                index: None,
                difference: Some(self.unexpected(message, pending.first().copied())),
            };
        };
        let index = pending[position];
        let Some(comparison) = compared.into_iter().nth(position).flatten() else {
            return Match {
                index: None,
                difference: None,
            };
        };
        for (recorded, actual) in &comparison.new_ids {
            self.ids.bind(recorded, actual);
        }
        self.received[index] = true;
        let (kind, expected, details) = if !comparison.differences.is_empty() {
            (DifferenceKind::Parameters, index, comparison.differences)
        } else if let Some(first) = self.first_skipped(&pending[..position], index) {
            self.reported[first] = true;
            (DifferenceKind::Order, first, Vec::new())
        } else {
            return Match {
                index: Some(index),
                difference: None,
            };
        };
        let expected = &self.requests[expected];
        let difference = Difference {
            kind,
            line: Some(expected.line),
            expected: Some(expected.message.to_string()),
            actual: Some(message.to_string()),
            details,
        };
        Match {
            index: Some(index),
            difference: Some(difference),
        }
    }

    /// Returns the first of the skipped requests that should have been received before another one
    /// and that no difference has named yet. Requests that create objects have no order.
    fn first_skipped(&self, skipped: &[usize], index: usize) -> Option<usize> {
        let (kind, id) = self.requests[index].message.object();
        let mut skipped = skipped.iter().copied();
        skipped.find(|skipped| {
            let object = self.requests[*skipped].message.object();
            id.is_some() && object == (kind.clone(), id) && !self.reported[*skipped]
        })
    }

    /// Notes that a difference names a request as missing.
    pub(super) fn report_missing(&mut self, index: usize) {
        self.reported[index] = true;
    }

    /// Returns the recorded requests for the object of a received one that have not been received.
    /// If the object is new, those for new objects of its kind.
    fn pending_of_object(&self, message: &Message) -> Vec<usize> {
        let (kind, id) = message.object();
        let recorded_id = id.map(|id| self.ids.to_recorded(id));
        let requests = self.requests.iter().enumerate();
        let of_kind: Vec<_> = requests
            .filter(|(_, request)| !request.message.is_read())
            .filter(|(_, request)| request.message.object().0 == kind)
            .map(|(index, request)| (index, request.message.object().1))
            .collect();
        let is_known = of_kind.iter().any(|(_, id)| *id == recorded_id);
        let fits = |recorded: &Option<&str>| match is_known {
            true => *recorded == recorded_id,
            false => recorded
                .is_some_and(|id| self.chosen_ids.contains(id) && !self.ids.has_recorded(id)),
        };
        let fitting = of_kind.into_iter().filter(|(_, id)| fits(id));
        fitting
            .map(|(index, _)| index)
            .filter(|index| !self.received[*index])
            .collect()
    }

    fn unexpected(&self, message: &Message, expected: Option<usize>) -> Difference {
        let expected = expected.map(|index| &self.requests[index]);
        Difference {
            kind: DifferenceKind::Unexpected,
            line: expected.map(|request| request.line),
            expected: expected.map(|request| request.message.to_string()),
            actual: Some(message.to_string()),
            details: Vec::new(),
        }
    }

    /// Compares a received request with a recorded one. `None` if it is another operation or about
    /// another object.
    fn compare(&self, recorded: &Message, actual: &Message) -> Option<Comparison> {
        if recorded.method != actual.method || recorded.segments.len() != actual.segments.len() {
            return None;
        }
        let mut found = Comparison {
            new_ids: Vec::new(),
            differences: Vec::new(),
        };
        let segments = recorded.segments.iter().zip(&actual.segments);
        for (index, (expected, given)) in segments.enumerate() {
            let is_id = recorded.is_id(index);
            if !self.text_matches(expected, given, is_id, &mut found.new_ids) {
                return None;
            }
        }
        self.compare_parameters(recorded, actual, &mut found);
        if recorded.other_body != actual.other_body && !recorded.other_body.contains(REDACTED) {
            found.differences.push(format!(
                "body: expected {:?}, received {:?}",
                recorded.other_body, actual.other_body
            ));
        }
        Some(found)
    }

    fn compare_parameters(&self, recorded: &Message, actual: &Message, found: &mut Comparison) {
        let mut given: Vec<_> = actual.parameters.iter().collect();
        for (name, expected) in &recorded.parameters {
            let Some(position) = given.iter().position(|(other, _)| other == name) else {
                let expected = parameter_text(expected);
                let text = format!("{name}: expected {expected:?}, received nothing");
                found.differences.push(text);
                continue;
            };
            let (_, value) = given.remove(position);
            let is_id = NEW_ID_PARAMETERS.contains(&&**name);
            if !self.value_matches(expected, value, is_id, &mut found.new_ids) {
                found.differences.push(format!(
                    "{name}: expected {:?}, received {:?}",
                    self.ids.to_actual(&parameter_text(expected)),
                    parameter_text(value)
                ));
            }
        }
        for (name, value) in given {
            let value = parameter_text(value);
            let text = format!("{name}: expected nothing, received {value:?}");
            found.differences.push(text);
        }
    }

    fn value_matches(
        &self,
        expected: &Value,
        given: &Value,
        is_id: bool,
        new_ids: &mut Vec<(String, String)>,
    ) -> bool {
        match (expected, given) {
            (Value::Object(expected), Value::Object(given)) => {
                expected.len() == given.len()
                    && expected.iter().all(|(key, expected)| {
                        given.get(key).is_some_and(|given| {
                            self.value_matches(expected, given, false, new_ids)
                        })
                    })
            }
            (Value::Array(expected), Value::Array(given)) => {
                expected.len() == given.len()
                    && expected.iter().zip(given).all(|(expected, given)| {
                        self.value_matches(expected, given, false, new_ids)
                    })
            }
            _ => {
                let (expected, given) = (parameter_text(expected), parameter_text(given));
                self.text_matches(&expected, &given, is_id, new_ids)
            }
        }
    }

    fn text_matches(
        &self,
        expected: &str,
        given: &str,
        is_id: bool,
        new_ids: &mut Vec<(String, String)>,
    ) -> bool {
        let is_new =
            is_id && self.chosen_ids.contains(expected) && !self.ids.has_recorded(expected);
        if is_new && !self.ids.has_actual(given) {
            new_ids.push((expected.to_owned(), given.to_owned()));
            return true;
        }
        expected.contains(REDACTED)
            || self.ids.to_actual(expected) == given
            // Lists of ids in one parameter.
            || (expected.contains(',') && {
                let mut parts = given.split(',');
                expected
                    .split(',')
                    .all(|part| parts.next() == Some(&self.ids.to_actual(part)))
                    && parts.next().is_none()
            })
    }
}
