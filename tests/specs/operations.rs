//! The table of operations matches the specs.

use std::collections::{BTreeMap, BTreeSet};

use ari_api::OPERATIONS;
use ari_api::schema;
use ari_api::schema::{Availability, Location, ParameterType, ResponseType, Scalar, Version};

use crate::spec::{Operation, Parameter, RELEASES, Spec, array, text};

/// Every operation of the union of all releases, and no other.
#[test]
fn operation_table_is_union_of_specs() {
    let spec = Spec::read();
    assert_eq!(ari_api::operations::RELEASES, RELEASES.collect::<Vec<_>>());
    let known: BTreeMap<String, &schema::Operation> = OPERATIONS
        .iter()
        .map(|operation| {
            (
                format!("{} {}", operation.method, operation.path),
                *operation,
            )
        })
        .collect();
    assert_eq!(known.len(), OPERATIONS.len(), "an operation occurs twice");
    assert!(known.keys().eq(spec.operations.keys()));
    for (name, specified) in &spec.operations {
        assert_operation(&spec, name, known[name], specified);
    }
}

fn assert_operation(spec: &Spec, name: &str, known: &schema::Operation, specified: &Operation) {
    assert_eq!(known.resource, specified.resource, "{name}");
    let nickname = match specified.nickname() {
        // Two words, as in its path.
        "rtpstatistics" => "rtpStatistics",
        nickname => nickname,
    };
    assert_eq!(known.nickname, nickname, "{name}");
    let answer = match known.response {
        ResponseType::Empty => "void",
        ResponseType::Binary => "binary",
        ResponseType::Json(model) => model,
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(answer, specified.answer(spec), "{name}");
    assert_eq!(known.websocket_protocol, specified.subprotocol(), "{name}");
    assert_eq!(known.requires_modules, specified.modules(), "{name}");
    let errors: BTreeSet<u16> = known.errors.iter().map(|(code, _)| *code).collect();
    assert!(
        errors.is_superset(&specified.errors()),
        "{name}: {errors:?}"
    );
    let releases: Vec<_> = specified.releases.keys().copied().collect();
    spec.assert_available(name, &known.availability, &releases);
    assert_parameters(spec, name, known, specified);
}

fn assert_parameters(spec: &Spec, name: &str, known: &schema::Operation, specified: &Operation) {
    let newest = specified.releases.values().next_back().expect("a release");
    let order = array(&newest["parameters"])
        .iter()
        .map(|json| text(&json["name"]));
    let names: Vec<_> = known
        .parameters
        .iter()
        .map(|parameter| parameter.name)
        .collect();
    assert!(names.iter().copied().eq(order), "{name}: {names:?}");
    let parameters = specified.parameters();
    assert_eq!(parameters.len(), names.len(), "{name}");
    for parameter in parameters {
        let at = format!("{name}, {}", parameter.name);
        let known = known
            .parameter(&parameter.name)
            .expect("a parameter of that name");
        let location = match parameter.location.as_str() {
            "path" => Location::Path,
            "query" => Location::Query,
            "body" => Location::Body,
            other => panic!("{at}: {other}"),
        };
        assert_eq!(known.location, location, "{at}");
        assert_eq!(known.kind, kind(specified, &parameter), "{at}");
        // The server requires the digits, and a direction, which the client then sends.
        let demanded = at == "POST /channels/{channelId}/dtmf, dtmf";
        assert_eq!(known.required, parameter.required || demanded, "{at}");
        let said = name.ends_with("/mute") && name.contains("/channels/");
        let said = said && parameter.name == "direction";
        assert_eq!(known.sends_default, said, "{at}");
        assert_eq!(known.default, parameter.default.as_deref(), "{at}");
        // The server multiplies these times by 1000, in 32 bits.
        let multiplied = matches!(&*parameter.name, "timeout" | "maxSilenceSeconds");
        let max = parameter.max.or(multiplied.then_some(2_147_483));
        assert_eq!((known.min, known.max), (parameter.min, max), "{at}");
        spec.assert_available(&at, &known.availability, &parameter.releases);
        let names: BTreeSet<&str> = known.values.iter().map(|value| value.value).collect();
        assert_eq!(
            names.len(),
            known.values.len(),
            "{at}: a value occurs twice"
        );
        let mut expected: BTreeSet<&str> = parameter.values.keys().map(String::as_str).collect();
        if at == "POST /channels/externalMedia, direction" {
            expected.extend(UNDECLARED_DIRECTIONS);
        }
        assert_eq!(names, expected, "{at}");
        for value in known.values {
            let at = format!("{at}, {}", value.value);
            match parameter.values.get(value.value) {
                Some(releases) => spec.assert_available(&at, &value.availability, releases),
                None => assert_directions_available(&at, &value.availability),
            }
        }
    }
}

/// Directions of media that chan_websocket has, and the specs leave out.
const UNDECLARED_DIRECTIONS: [&str; 2] = ["in", "out"];

fn assert_directions_available(at: &str, known: &Availability) {
    for ((major, minor), expected) in [
        ((19, 8), false),
        ((20, 18), false),
        ((20, 19), true),
        ((21, 12), false),
        ((22, 8), false),
        ((22, 9), true),
        ((23, 2), false),
        ((23, 3), true),
        ((24, 0), true),
    ] {
        let version = Version::new(major, minor, 0);
        assert_eq!(known.includes(version), expected, "{at} in {version}");
    }
}

/// Returns the type of a parameter. The specs declare bodies as `containers` or `object` without
/// their contents, and do not declare which strings the server splits.
fn kind(operation: &Operation, parameter: &Parameter) -> ParameterType {
    let scalar = match parameter.data_type.as_str() {
        "string" => Scalar::Text,
        "boolean" => Scalar::Boolean,
        "int" => Scalar::Int,
        "long" => Scalar::Long,
        "containers" | "object" => {
            return match (operation.resource.as_str(), parameter.name.as_str()) {
                ("channels" | "bridges", "variables") => ParameterType::Variables,
                ("endpoints", "variables") => ParameterType::TextMap,
                ("events", "variables") => ParameterType::JsonMap,
                ("asterisk", "fields") => ParameterType::Fields,
                ("applications", "filter") => ParameterType::EventFilter,
                (resource, name) => panic!("{resource}: {name}"),
            };
        }
        other => panic!("{other}"),
    };
    match parameter.name.as_str() {
        "formats" => ParameterType::Split(scalar),
        "appArgs" if operation.path.ends_with("/move") => ParameterType::Split(scalar),
        "appArgs" => ParameterType::Joined(scalar),
        _ if parameter.list => ParameterType::List(scalar),
        _ => ParameterType::Scalar(scalar),
    }
}
