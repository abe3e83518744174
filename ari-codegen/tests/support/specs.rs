//! Small handmade specs: resources in memory.

use ari_codegen::Source;
use serde_json::{Value, json};

/// Returns a resource file with these paths and models.
pub(crate) fn resource(name: &str, apis: Value, models: Value) -> Value {
    json!({
        "apiVersion": "10.0.0",
        "swaggerVersion": "1.1",
        "basePath": "http://localhost:8088/ari",
        "resourcePath": format!("/api-docs/{name}.{{format}}"),
        "apis": apis,
        "models": models,
    })
}

/// Returns an index of these names.
pub(crate) fn index<'a>(names: impl IntoIterator<Item = &'a str>) -> Value {
    let path = |name| json!({"path": format!("/api-docs/{name}.{{format}}")});
    json!({
        "apiVersion": "10.0.0",
        "swaggerVersion": "1.1",
        "basePath": "http://localhost:8088/ari",
        "apis": names.into_iter().map(path).collect::<Vec<_>>(),
    })
}

/// Returns the specs of one release: an index and these files.
pub(crate) fn source<'a>(files: impl IntoIterator<Item = (&'a str, Value)>) -> Source {
    let files: Vec<_> = files.into_iter().collect();
    let index = index(files.iter().map(|(name, _)| *name));
    let texts = files
        .iter()
        .map(|(name, json)| (name.to_string(), json.to_string().into_bytes()))
        .chain([("resources".into(), index.to_string().into_bytes())]);
    Source::Memory {
        origin: "handmade".into(),
        files: texts.collect(),
    }
}
