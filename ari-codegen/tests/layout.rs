//! The files of bindings: short ones, an item each, so that a change of the specs changes the files
//! of the items that it is about.

#![cfg(test)]

#[path = "support/specs.rs"]
mod specs;

use std::collections::{BTreeMap, BTreeSet};

use ari_codegen::Generator;
use serde_json::{Value, json};
use specs::{resource, source};

const MAX_LINES: usize = 1500;

fn operation(path: &str, nickname: &str, parameters: &[Value]) -> Value {
    let id = json!({"name": "thingId", "paramType": "path", "dataType": "string"});
    let in_path = path.contains('{').then_some(id);
    let operation = json!({
        "httpMethod": "POST", "nickname": nickname, "responseClass": "void",
        "parameters": in_path.iter().chain(parameters).collect::<Vec<_>>(),
    });
    json!({"path": path, "operations": [operation]})
}

fn model(name: &str) -> (String, Value) {
    let state = json!({
        "type": "string", "allowableValues": {"valueType": "LIST", "values": ["up", "down"]},
    });
    let properties = json!({
        "id": {"type": "string", "required": true}, "state": state, "next": {"type": name},
    });
    (
        name.to_owned(),
        json!({"id": name, "properties": properties}),
    )
}

/// Returns the specs of things with these operations and models.
fn things(operations: Vec<Value>, models: Vec<(String, Value)>) -> BTreeMap<String, String> {
    let models = Value::Object(models.into_iter().collect());
    let things = resource("things", operations.into(), models);
    let generator = Generator::new().add_release("22", source([("things", things)]));
    let bindings = generator.and_then(|generator| generator.generate());
    bindings.expect("bindings").files
}

fn kinds(parameter: &str) -> Value {
    let values = json!({"valueType": "LIST", "values": ["a", "b"]});
    json!({
        "name": parameter, "paramType": "query", "dataType": "string", "allowableValues": values,
    })
}

#[test]
fn files_are_short() {
    let bundled = Generator::bundled().and_then(|generator| generator.generate());
    let bundled = bundled.expect("bindings").files;
    let many = (0..100).flat_map(|number| {
        let kinds = [kinds("kind"), kinds(&format!("kind{number}"))];
        [
            operation(
                &format!("/things/do{number}"),
                &format!("do{number}"),
                &kinds,
            ),
            operation(
                &format!("/things/{{thingId}}/do{number}"),
                &format!("doThing{number}"),
                &kinds,
            ),
        ]
    });
    let models = (0..300).map(|number| model(&format!("Model{number}")));
    let large = things(many.collect(), models.collect());
    for (path, text) in bundled.iter().chain(&large) {
        let lines = text.lines().count();
        assert!(lines <= MAX_LINES, "{path} has {lines} lines");
    }
}

/// Only the lists of items differ: the roots of modules, and the methods of a resource or handle.
#[test]
fn added_items_leave_the_files_of_others_alone() {
    let operations = || {
        vec![
            operation("/things", "list", &[]),
            operation("/things/{thingId}", "create", &[kinds("kind")]),
            operation("/things/{thingId}/play", "play", &[kinds("how")]),
        ]
    };
    let models = || vec![model("Thing"), model("Part")];
    let before = things(operations(), models());
    for place in [0, 3] {
        let mut operations = operations();
        let added = [kinds("what")];
        let path = "/things/{thingId}/stop";
        operations.insert(place, operation(path, "stop", &added));
        let mut models = models();
        models.insert(place.min(models.len()), model("Stopped"));
        let after = things(operations, models);
        let names =
            |files: &BTreeMap<String, String>| files.keys().cloned().collect::<BTreeSet<_>>();
        let new: Vec<_> = names(&after).difference(&names(&before)).cloned().collect();
        assert_eq!(
            new,
            [
                "models/things/stopped.rs",
                "models/things/stopped_state.rs",
                "operations/things/stop.rs",
                "requests/things/stop.rs",
                "requests/things/stop_what.rs",
            ]
        );
        for (path, text) in &before {
            let is_list = path.ends_with("mod.rs") || path.ends_with("_operations.rs");
            assert!(is_list || after[path] == *text, "{path} differs");
        }
    }
}

fn methods(text: &str) -> impl Iterator<Item = String> {
    let items = syn::parse_file(text).expect("emitted code").items;
    let members = items.into_iter().flat_map(|item| match item {
        syn::Item::Impl(item) => item.items,
        _ => Vec::new(),
    });
    members.filter_map(|member| match member {
        syn::ImplItem::Fn(function) if matches!(function.vis, syn::Visibility::Public(_)) => {
            Some(function.sig.ident.to_string())
        }
        _ => None,
    })
}

/// An operation below an object is a method of its handle, any other one of the resource.
#[test]
fn there_is_one_way_to_each_operation() {
    let bindings = Generator::bundled().and_then(|generator| generator.generate());
    let bindings = bindings.expect("bindings");
    let mut found = Vec::new();
    for (path, text) in &bindings.files {
        let Some(path) = path.strip_prefix("requests/") else {
            continue;
        };
        let (resource, file) = path.split_once('/').unwrap_or_default();
        if file == "resource.rs" || file.ends_with("_operations.rs") {
            found.extend(methods(text).map(|method| format!("{resource}.{method}")));
        }
    }
    // It sends an operation of another resource.
    found.retain(|method| method != "applications.connect");
    let unique: BTreeSet<_> = found.iter().collect();
    assert_eq!(unique.len(), found.len(), "{found:?}");
    assert_eq!(found.len(), bindings.api.operations().count());
    assert!(
        !bindings
            .files
            .contains_key("requests/playbacks/resource.rs")
    );
    assert!(!bindings.files["accessors.rs"].contains("fn playbacks("));
}

/// Bases of other models, and models of messages that only a transport sends.
#[test]
fn models_that_no_operation_or_event_carries_are_hidden() {
    let bindings = Generator::bundled().and_then(|generator| generator.generate());
    let bindings = bindings.expect("bindings");
    let hidden: Vec<_> = bindings
        .files
        .iter()
        .filter(|(_, text)| text.contains("#[doc(hidden)]"))
        .filter_map(|(path, _)| path.strip_prefix("models/"))
        .collect();
    let expected = [
        "channels/dialed.rs",
        "channels/external_media.rs",
        "endpoints/text_message_variable.rs",
        "events/event_model.rs",
        "events/message.rs",
        "events/rest_header.rs",
        "events/rest_query_string_parameter.rs",
        "events/rest_request.rs",
    ];
    assert_eq!(hidden, expected);
}
