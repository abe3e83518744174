//! Unusual yet valid specs give bindings that compile without a warning: one crate for all of
//! them, a module each.

#![cfg(test)]

#[path = "support/specs.rs"]
mod specs;

use std::fs;
use std::path::Path;
use std::process::Command;

use ari_codegen::{Generator, Source};
use serde_json::{Map, Value, json};
use specs::{resource, source};

/// A module of that crate: its name and its specs.
type Case = (String, Source);

fn text(name: &str, place: &str) -> Value {
    json!({"name": name, "paramType": place, "dataType": "string"})
}

fn operation(method: &str, nickname: &str, response: &str, parameters: Value) -> Value {
    json!({
        "httpMethod": method, "nickname": nickname, "responseClass": response,
        "parameters": parameters,
    })
}

fn path(path: &str, operations: Value) -> Value {
    json!({"path": path, "operations": operations})
}

fn model(id: &str, properties: Value) -> Value {
    json!({"id": id, "properties": properties})
}

/// A resource with a WebSocket, whose messages are these models.
fn events(models: Map<String, Value>) -> Value {
    let mut all = models;
    let names: Vec<_> = all.keys().cloned().collect();
    let mut root = model(
        "Message",
        json!({"type": {"type": "string", "required": true}}),
    );
    root["discriminator"] = "type".into();
    root["subTypes"] = names.into();
    all.insert("Message".into(), root);
    let mut connect = operation(
        "GET",
        "eventWebsocket",
        "Message",
        json!([text("app", "query")]),
    );
    connect["upgrade"] = "websocket".into();
    connect["websocketProtocol"] = "ari".into();
    connect["parameters"][0]["required"] = true.into();
    connect["parameters"][0]["allowMultiple"] = true.into();
    resource(
        "events",
        json!([path("/events", json!([connect]))]),
        all.into(),
    )
}

/// Names of 1 to 200 letters in every place.
fn lengths() -> Case {
    let name = |letter: &str, length: usize| letter.repeat(length);
    let mut files = Vec::new();
    let mut messages = Map::new();
    for length in 1..=200 {
        let [own, variable, parameter] = ["r", "v", "q"].map(|letter| name(letter, length));
        let values = json!({"valueType": "LIST", "values": [name("w", length), "b"]});
        let mut query = text(&parameter, "query");
        query["allowableValues"] = values.clone();
        let id = name("M", length);
        let property =
            json!({"type": "string", "required": length % 2 == 0, "allowableValues": values});
        let properties = json!({name("p", length): property, "id": {"type": "string"}});
        let apis = json!([path(
            &format!("/{own}/{{{variable}}}"),
            json!([
                operation(
                    "GET",
                    &name("g", length),
                    &id,
                    json!([text(&variable, "path"), query])
                ),
                operation(
                    "PUT",
                    &name("u", length),
                    "void",
                    json!([text(&variable, "path")])
                ),
            ])
        )]);
        let mut json = resource(&own, apis, json!({id.clone(): model(&id, properties)}));
        json["requiresModules"] = json!([name("m", length)]);
        files.push((own, json));
        let event = name("Y", length);
        let properties = json!({name("k", length): {"type": "string", "required": true}});
        messages.insert(event.clone(), model(&event, properties));
    }
    files.push(("events".into(), events(messages)));
    let files = files
        .iter()
        .map(|(name, json)| (name.as_str(), json.clone()));
    ("lengths".into(), source(files))
}

/// Every combination of parts that a spec can lack.
fn missing_parts() -> Vec<Case> {
    let mut cases = vec![("no_resource".to_owned(), source([]))];
    for parts in 0..32 {
        let has = |part: u32| parts & 1 << part != 0;
        let [operations, parameters, models, empty, messages] = [0, 1, 2, 3, 4].map(has);
        if parameters && !operations {
            continue;
        }
        let mut files = Vec::new();
        if operations || models {
            let response = if models { "Thing" } else { "void" };
            let given = match parameters {
                true => json!([text("thingId", "path"), text("a", "query")]),
                false => json!([]),
            };
            let at = if parameters {
                "/things/{thingId}"
            } else {
                "/things"
            };
            let both = json!([
                operation("GET", "get", response, given.clone()),
                operation("POST", "make", response, given),
            ]);
            let apis = if operations {
                json!([path(at, both)])
            } else {
                json!([])
            };
            let thing = model("Thing", json!({"id": {"type": "string", "required": true}}));
            let models = if models {
                json!({"Thing": thing})
            } else {
                json!({})
            };
            files.push(("things", resource("things", apis, models)));
        }
        if empty {
            files.push(("nothing", resource("nothing", json!([]), json!({}))));
        }
        if messages {
            let mut all = Map::new();
            let property = match models {
                true => json!({"thing": {"type": "Thing", "required": true}}),
                false => json!({}),
            };
            all.insert("ThingDestroyed".into(), model("ThingDestroyed", property));
            files.push(("events", events(all)));
        }
        cases.push((format!("parts_{parts}"), source(files)));
    }
    // An upgrade without messages, messages without an upgrade, a message without subtypes.
    let upgrade = |response: &str| {
        let mut connect = operation("GET", "connect", response, json!([text("app", "query")]));
        connect["upgrade"] = "websocket".into();
        json!([path("/events", json!([connect]))])
    };
    let mut alone = model("Message", json!({"type": {"type": "string"}}));
    alone["discriminator"] = "type".into();
    for (name, apis, models) in [
        ("void_upgrade", upgrade("void"), json!({})),
        ("untyped_upgrade", upgrade("object"), json!({})),
        (
            "plain_upgrade",
            upgrade("M"),
            json!({"M": model("M", json!({}))}),
        ),
        (
            "one_message",
            upgrade("Message"),
            json!({"Message": alone.clone()}),
        ),
        ("no_upgrade", json!([]), json!({"Message": alone})),
    ] {
        let file = resource("events", apis, models);
        cases.push((name.into(), source([("events", file)])));
    }
    cases
}

#[test]
fn unusual_specs_compile_without_a_warning() {
    let mut cases = missing_parts();
    cases.push(lengths());
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.join("..");
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path();
    let mut library = String::from("#![deny(warnings)]\n");
    for (module, specs) in cases {
        let generator = Generator::new().module(format!("crate::{module}"));
        let generator = generator.release("22", specs).expect("a known release");
        let bindings = generator.generate();
        let mut bindings = bindings.unwrap_or_else(|error| panic!("{module}: {error}"));
        let top = bindings.files.get_mut("mod.rs").expect("the root module");
        top.push_str("pub use ari_api::runtime;\n");
        let written = bindings.write_to(&folder.join("src").join(&module));
        written.unwrap_or_else(|error| panic!("{module}: {error}"));
        library.push_str(&format!("pub mod {module};\n"));
    }
    fs::write(folder.join("src/lib.rs"), library).expect("written");
    let manifest = format!(
        "[package]\nname = \"compiled\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n\
         ari-api = {{ path = {:?}, default-features = false, features = [\"client\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\", \"rc\"] }}\n\
         serde_json = \"1\"\n\n[workspace]\n",
        root.join("ari-api")
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("written");
    // The same versions as here, so that nothing has to be fetched; and the same build folder.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    let built = Path::new(env!("CARGO_BIN_EXE_ari-codegen"));
    let target = built.ancestors().nth(2).expect("the build folder");
    let compiled = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    let messages = String::from_utf8_lossy(&compiled.stderr);
    let start: String = messages.chars().take(8000).collect();
    assert!(compiled.status.success(), "{start}");
}
