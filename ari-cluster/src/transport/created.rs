//! The objects that a request creates. Their ids are chosen before the request is sent, so that the
//! gateway knows whose they are before their first event, and a repeated request creates nothing
//! twice.

use ari_api::client::unique_id;
use ari_api::transport::Request;

use crate::wire::named_objects::{ObjectName, RECORDING, object_name};

/// The path and query of a request, with the ids that were chosen, and the objects that it creates,
/// as `kind:id`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Creation {
    pub(crate) target: String,
    pub(crate) objects: Vec<String>,
}

/// Returns what a request creates, and chooses the ids that are missing.
pub(crate) fn creation(request: &Request) -> Creation {
    let mut creation = Creation {
        target: request.path_and_query().into_owned(),
        objects: Vec::new(),
    };
    let operation = request.operation();
    for parameter in operation.parameters {
        let Some(ObjectName::New(kind)) = object_name(operation, parameter) else {
            continue;
        };
        let name = parameter.name;
        let given = request.argument(name).and_then(|value| value.as_str());
        if let Some(id) = given.filter(|id| !id.is_empty()) {
            creation.objects.push(format!("{kind}:{id}"));
            continue;
        }
        let is_local = || {
            let endpoint = request
                .argument("endpoint")
                .and_then(|value| value.as_str());
            endpoint.is_some_and(|endpoint| endpoint.starts_with("Local/"))
        };
        // The name of a recording is the file's.
        if kind == RECORDING || kind == "half" && !is_local() {
            continue;
        }
        let id = unique_id();
        let separator = if creation.target.contains('?') {
            '&'
        } else {
            '?'
        };
        creation.target.push_str(&format!("{separator}{name}={id}"));
        creation.objects.push(format!("{kind}:{id}"));
    }
    creation
}

#[cfg(test)]
mod tests {
    use ari_api::client::ToRequest;
    use ari_api::{bridges, channels};

    use super::*;

    #[test]
    fn missing_ids_are_chosen() {
        fn request(request: impl ToRequest) -> Request {
            request.to_request().unwrap()
        }
        for (request, chosen, given) in [
            (
                request(channels::Originate::new("PJSIP/a").app("x")),
                1,
                vec![],
            ),
            (
                request(channels::Originate::new("Local/a@b").app("x")),
                2,
                vec![],
            ),
            (
                request(
                    channels::Originate::new("Local/a@b")
                        .app("x")
                        .channel_id("1"),
                ),
                1,
                vec!["channel:1"],
            ),
            (request(channels::Create::new("PJSIP/a", "x")), 1, vec![]),
            (request(bridges::Create::new()), 1, vec![]),
            (request(channels::SnoopChannel::new("1", "x")), 1, vec![]),
            (request(channels::Answer::new("1")), 0, vec![]),
            (request(channels::Play::new("1", ["sound:a"])), 1, vec![]),
            (
                request(channels::PlayWithId::new("1", "p", ["sound:a"])),
                0,
                vec!["playback:p"],
            ),
            (
                request(channels::Record::new("1", "r", "wav")),
                0,
                vec!["recording:r"],
            ),
            (request(channels::Get::new("1")), 0, vec![]),
        ] {
            let creation = creation(&request);
            let path = request.path_and_query();
            assert_eq!(creation.objects.len(), chosen + given.len(), "{path}");
            for object in given {
                assert!(creation.objects.iter().any(|it| it == object), "{path}");
            }
            assert!(creation.target.starts_with(&*path), "{path}");
            for object in &creation.objects {
                let (_, id) = object.split_once(':').unwrap();
                let is_sent = [format!("={id}"), format!("/{id}")];
                let mut is_sent = is_sent.iter().map(|it| creation.target.contains(it));
                assert!(is_sent.any(|is_sent| is_sent), "{path}");
            }
        }
    }
}
