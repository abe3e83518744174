//! Names that the generator's own methods have in the emitted code: resources and parameters of
//! those names get others. The test reads the names from the emitted code, so that a renamed method
//! cannot be forgotten.

#![cfg(test)]

#[path = "support/specs.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod specs;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ari_codegen::Generator;
use serde_json::{Value, json};

/// Returns the emitted files for resources that each have an operation with these parameters.
fn emit(resources: &[String], parameters: &[String]) -> BTreeMap<String, String> {
    let parameters: Vec<Value> = parameters
        .iter()
        .map(|name| json!({"name": name, "paramType": "query", "dataType": "string"}))
        .collect();
    let files = resources.iter().map(|name| {
        let operation = json!({
            "httpMethod": "POST", "nickname": "change", "responseClass": "void",
            "parameters": parameters,
        });
        let path = json!([{"path": format!("/{name}"), "operations": [operation]}]);
        (name.as_str(), specs::resource(name, path, json!({})))
    });
    let generator = Generator::new().add_release("22", specs::source(files));
    let bindings = generator.and_then(|generator| generator.generate());
    bindings.expect("specs that are accepted").files
}

/// Returns the names of all methods of a type, those of its traits included.
fn methods(text: &str, owner: &str) -> Vec<String> {
    let file = syn::parse_file(text).expect("emitted code");
    let mut found = Vec::new();
    for item in file.items {
        let syn::Item::Impl(item) = item else {
            continue;
        };
        let syn::Type::Path(path) = &*item.self_ty else {
            continue;
        };
        if path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == owner)
        {
            let functions = item.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
                _ => None,
            });
            found.extend(functions);
        }
    }
    found
}

/// Returns the methods that traits of the runtime provide: no emitted code shows them.
fn provided(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ari-runtime/src");
    let text = fs::read_to_string(path.join(file)).expect("the runtime");
    let mut found = Vec::new();
    for item in syn::parse_file(&text).expect("Rust").items {
        let syn::Item::Trait(item) = item else {
            continue;
        };
        found.extend(item.items.iter().filter_map(|item| match item {
            syn::TraitItem::Fn(function) if function.default.is_some() => {
                Some(function.sig.ident.to_string())
            }
            _ => None,
        }));
    }
    found
}

fn repeated(names: &[String]) -> BTreeSet<String> {
    let is_repeated = |name: &&String| names.iter().filter(|other| other == name).count() > 1;
    names.iter().filter(is_repeated).cloned().collect()
}

fn distinct(names: &[String]) -> Vec<String> {
    let names: BTreeSet<_> = names.iter().cloned().collect();
    names.into_iter().collect()
}

#[test]
fn own_methods_keep_their_names() {
    let (resource, parameter) = (["things".to_owned()], ["a".to_owned()]);
    let client = |files: &BTreeMap<String, String>| {
        let of_file = |name| methods(&files[name], "Client");
        [of_file("client.rs"), of_file("accessors.rs")].concat()
    };
    let request =
        |files: &BTreeMap<String, String>| methods(&files["requests/things/change.rs"], "Change");
    let files = emit(&resource, &parameter);
    let mut of_client = client(&files);
    of_client.retain(|name| *name != "things");
    let mut of_request = request(&files);
    of_request.retain(|name| name != "a");
    let provided = provided("request/typed_request.rs");
    assert!(!provided.is_empty());
    of_request.extend(provided.iter().cloned());

    // Some stand twice by themselves, in a type and in a trait of it.
    let files = emit(&distinct(&of_client), &parameter);
    let names = client(&files);
    assert!(names.len() >= of_client.len() + 8, "{names:?}");
    assert_eq!(repeated(&names), repeated(&of_client));

    let files = emit(&resource, &distinct(&of_request));
    let mut names = request(&files);
    names.extend(provided);
    assert!(names.len() >= of_request.len() + 6, "{names:?}");
    assert_eq!(repeated(&names), repeated(&of_request));
}

/// Two underscores in a row are not snake case, which the compiler reports.
#[test]
fn modules_of_keywords_are_in_snake_case() {
    let id = json!({"name": "self", "paramType": "path", "dataType": "string", "required": true});
    let operation = |method: &str, nickname: &str| {
        json!({
            "httpMethod": method, "nickname": nickname, "responseClass": "void",
            "parameters": [id],
        })
    };
    let operations = [operation("GET", "get"), operation("PUT", "change")];
    let path = json!([{"path": "/self_/{self}/record", "operations": operations}]);
    let files = [("self_", specs::resource("self_", path, json!({})))];
    let generator = Generator::new().add_release("22", specs::source(files));
    let bindings = generator.and_then(|generator| generator.generate());
    let files = bindings.expect("specs that are accepted").files;
    let mut handles = files.keys().filter(|name| name.contains("_handle"));
    let handle = handles.next().expect("a handle");
    assert!(handle.ends_with("/self_handle.rs"), "{handle}");
}
