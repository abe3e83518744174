//! Unusual but valid specs result in bindings that compile without a warning. One crate contains
//! all of them, each in its own module.

#![cfg(test)]

#[path = "support/joined.rs"]
mod joined;
#[path = "support/specs.rs"]
mod specs;

use std::fs;
use std::path::Path;
use std::process::Command;

use ari_codegen::{Generator, Source};
use joined::joined;
use serde_json::{Map, Value, json};
use specs::{resource, source};

/// The name of a module of that crate, and its specs.
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

/// Returns a resource with a WebSocket, whose messages are these models.
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

/// Returns specs with names of 1 to 200 letters in every place.
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

/// Returns a case for every combination of parts that a spec can lack.
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
    // An upgrade without messages, messages without an upgrade, and a message without subtypes.
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

/// Returns a part of Asterisk's specs with a custom change.
fn custom(change: impl FnOnce(&mut Vec<(&'static str, Value)>)) -> Source {
    let required = |kind: &str| json!({"type": kind, "required": true});
    let channel_path = "/channels/{channelId}";
    let id = || text("channelId", "path");
    let playback = || {
        json!([
            id(),
            text("media", "query"),
            text("playbackId", "query"),
            text("lang", "query")
        ])
    };
    let channels = json!([
        path(
            "/channels",
            json!([operation(
                "POST",
                "originate",
                "Channel",
                json!([
                    text("endpoint", "query"),
                    text("app", "query"),
                    text("channelId", "query")
                ]),
            )]),
        ),
        path(
            channel_path,
            json!([
                operation("GET", "get", "Channel", json!([id()])),
                operation("DELETE", "hangup", "void", json!([id()])),
            ]),
        ),
        path(
            "/channels/{channelId}/play",
            json!([operation("POST", "play", "Playback", playback())]),
        ),
    ]);
    let channel = model(
        "Channel",
        json!({"id": required("string"), "name": required("string")}),
    );
    let playbacks = json!([path(
        "/playbacks/{playbackId}",
        json!([
            operation(
                "GET",
                "get",
                "Playback",
                json!([text("playbackId", "path")])
            ),
            operation(
                "DELETE",
                "stop",
                "void",
                json!([text("playbackId", "path")])
            ),
        ])
    )]);
    let playback = model(
        "Playback",
        json!({"id": required("string"), "target_uri": required("string")}),
    );
    let name = || text("applicationName", "path");
    let applications = json!([path(
        "/applications/{applicationName}",
        json!([
            operation("GET", "get", "Application", json!([name()])),
            operation("DELETE", "unsubscribe", "void", json!([name()])),
        ])
    )]);
    let application = model("Application", json!({"name": required("string")}));
    let messages = json!({
        "StasisStart": model("StasisStart", json!({"channel": required("Channel")})),
        "ChannelDestroyed": model("ChannelDestroyed", json!({"channel": required("Channel")})),
        "PlaybackFinished": model("PlaybackFinished", json!({"playback": required("Playback")})),
    });
    let messages = messages.as_object().cloned().expect("an object");
    let mut files = vec![
        (
            "channels",
            resource("channels", channels, json!({"Channel": channel})),
        ),
        (
            "playbacks",
            resource("playbacks", playbacks, json!({"Playback": playback})),
        ),
        (
            "applications",
            resource(
                "applications",
                applications,
                json!({"Application": application}),
            ),
        ),
        ("events", events(messages)),
    ];
    change(&mut files);
    source(files)
}

/// A case, the text that its files contain or (`!`) do not contain, and the text of its notes.
type Expected = (
    &'static str,
    Source,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

/// Returns specs that conflict with Asterisk's own, or that give one of its items another type.
fn conflicts() -> Vec<Expected> {
    let play = |files: &mut Vec<(&'static str, Value)>, index: usize, parameter: Value| {
        files[0].1["apis"][2]["operations"][0]["parameters"][index] = parameter;
    };
    let target = |property: Value| {
        custom(|files| files[1].1["models"]["Playback"]["properties"]["target_uri"] = property)
    };
    let app = |parameter: Value| {
        custom(|files| files[0].1["apis"][0]["operations"][0]["parameters"][1] = parameter)
    };
    let with_values = |mut json: Value| {
        json["allowableValues"] = json!({"valueType": "LIST", "values": ["a", "b"]});
        json
    };
    let both = |resource_path: &str, response: &str| {
        json!([path(
            resource_path,
            json!([
                operation("GET", "get", response, json!([text("id", "path")])),
                operation("PUT", "set", "void", json!([text("id", "path")])),
            ])
        )])
    };
    const OWN_0: (&str, &str) = (
        "accessors.rs",
        "pub fn channel( &self, channel_id: impl Into<String>, ) -> crate",
    );
    const OWN_1: (&str, &str) = ("event", "get_operation: Some(&operations::channels::GET)");
    const OWN_2: (&str, &str) = (
        "requests/channels",
        "pub async fn wait_until_finished(self)",
    );
    const OWN_3: (&str, &str) = ("requests/applications", "pub fn connect(&self)");
    const OWN: &[(&str, &str)] = &[OWN_0, OWN_1, OWN_2, OWN_3];
    vec![
        ("standard", custom(|_| {}), OWN, &[]),
        (
            "parameters",
            custom(|files| {
                play(files, 1, text("waitUntilFinished", "query"));
                play(files, 3, text("sendWithEvents", "query"));
            }),
            &[
                ("requests/channels", "pub fn wait_until_finished_2("),
                ("requests/channels", "pub fn send_with_events_2("),
            ],
            &[
                "the parameter \"waitUntilFinished\" of the operation channels.play gets the name \
                 `wait_until_finished_2`, because the bindings themselves have the name `wait_until_finished`",
                "`send_with_events_2`",
            ],
        ),
        (
            "target_int",
            target(json!({"type": "int", "required": true})),
            &[("event", "!from_uri")],
            &[],
        ),
        (
            "target_list",
            target(json!({"type": "List[string]"})),
            &[("event", "!from_uri")],
            &[],
        ),
        (
            "target_values",
            target(with_values(json!({"type": "string", "required": true}))),
            &[("event", "!from_uri")],
            &[],
        ),
        (
            "app_int",
            app(json!({"name": "app", "paramType": "query", "dataType": "int"})),
            &[("requests/channels", "!application: self.app")],
            &[],
        ),
        (
            "app_list",
            app(
                json!({"name": "app", "paramType": "query", "dataType": "string", "allowMultiple": true}),
            ),
            &[],
            &[],
        ),
        (
            "app_values",
            app(with_values(text("app", "query"))),
            &[],
            &[],
        ),
        (
            "playback_values",
            custom(|files| play(files, 2, with_values(text("playbackId", "query")))),
            &[("requests/channels", "!wait_until_finished")],
            &[],
        ),
        (
            "websocket_in_front",
            custom(|files| {
                let mut watch = operation("GET", "watch", "Note", json!([]));
                watch["upgrade"] = "websocket".into();
                let mut note = model("Note", json!({"kind": {"type": "string"}}));
                note["discriminator"] = "kind".into();
                let custom = resource(
                    "custom",
                    json!([path("/custom", json!([watch]))]),
                    json!({"Note": note}),
                );
                files.insert(0, ("custom", custom));
            }),
            OWN,
            &["the operation custom.watch opens a WebSocket of other messages than events"],
        ),
        (
            "handle_in_front",
            custom(|files| {
                let custom = resource("custom", both("/custom/{id}", "Channel"), json!({}));
                files.insert(0, ("custom", custom));
            }),
            &[
                OWN_0,
                OWN_1,
                OWN_2,
                OWN_3,
                (
                    "accessors.rs",
                    "pub fn channel_2(&self, id: impl Into<String>) -> crate",
                ),
            ],
            &[
                "the handle of /custom/{id} gets the name `channel_2`, because the handle of \
                 /channels/{channelId} has the name `channel`",
                "the handle of /custom/{id} has no events of \"Channel\"",
            ],
        ),
        (
            "operation_in_front",
            custom(|files| {
                let drop = operation("POST", "Hangup", "void", json!([text("channelId", "path")]));
                let drop = path("/channels/{channelId}/drop", json!([drop]));
                let apis = files[0].1["apis"].as_array_mut().expect("operations");
                apis.insert(0, drop);
            }),
            &[
                OWN_0,
                (
                    "requests/channels",
                    "pub fn hangup(&self) -> Hangup<Client>",
                ),
                ("operations/channels", "pub static HANGUP2: Operation"),
            ],
            &[
                "the operation channels.Hangup gets the name `Hangup2`, because the operation \
                 channels.hangup has the name `Hangup`",
            ],
        ),
        (
            "parts_in_front",
            custom(|files| {
                let play = &mut files[0].1["apis"][2]["operations"][0]["parameters"];
                let parameters = play.as_array_mut().expect("parameters");
                parameters.insert(0, text("playback_id", "query"));
                let properties = &mut files[1].1["models"]["Playback"]["properties"];
                properties["TargetUri"] = json!({"type": "int"});
            }),
            &[
                OWN_2,
                ("models/playbacks", "pub target_uri: String"),
                ("models/playbacks", "pub target_uri_2: Option<i64>"),
                (
                    "requests/channels",
                    "pub fn playback_id_2(mut self, playback_id_2: impl Into<String>)",
                ),
            ],
            &[
                "the parameter \"playback_id\" of the operation channels.play gets the name \
                 `playback_id_2`, because the parameter \"playbackId\" of the operation \
                 channels.play has the name `playback_id`",
                "the property \"TargetUri\" of the model \"Playback\" gets the name \
                 `target_uri_2`, because the property \"target_uri\" of the model \"Playback\" \
                 has the name `target_uri`",
            ],
        ),
        (
            "names_in_front",
            custom(|files| {
                let channel = model(
                    "channel",
                    json!({"id": {"type": "string", "required": true}}),
                );
                let custom = resource(
                    "channel",
                    both("/channel/{id}", "channel"),
                    json!({"channel": channel}),
                );
                files.insert(0, ("channel", custom));
            }),
            &[
                OWN_0,
                ("models/channels", "pub struct Channel {"),
                ("models/channel_2", "pub struct Channel2 {"),
            ],
            &[
                "the model \"channel\" gets the name `Channel2`",
                "the resource \"channel\" gets the name `channel_2`",
            ],
        ),
        (
            "appliances",
            custom(|files| {
                let model = model("Appliance", json!({"name": {"type": "string"}}));
                let mut apis = both("/appliances/{applianceName}", "Appliance");
                for index in [0, 1] {
                    apis[0]["operations"][index]["parameters"][0]["name"] = "applianceName".into();
                }
                files.push((
                    "appliances",
                    resource("appliances", apis, json!({"Appliance": model})),
                ));
            }),
            &[("requests/appliances", "!fn connect")],
            &[],
        ),
        (
            "polymorphic",
            custom(|files| {
                let mut shape = model("Shape", json!({"kind": {"type": "string"}}));
                shape["discriminator"] = "kind".into();
                shape["subTypes"] = json!(["Circle"]);
                let models = json!({"Shape": shape, "Circle": model("Circle", json!({"r": {"type": "int"}}))});
                files.push((
                    "shapes",
                    resource("shapes", both("/shapes/{id}", "Shape"), models),
                ));
            }),
            &[],
            &[
                "shapes.get can be any subtype of \"Shape\" (Circle), and keeps only what they share",
            ],
        ),
        (
            "same_path",
            custom(|files| {
                let get = |nickname: &str, id: &str| {
                    let get = operation("GET", nickname, "void", json!([text(id, "path")]));
                    path(&format!("/doors/{{{id}}}"), json!([get]))
                };
                let mut any = operation("GET", "any", "void", json!([]));
                any = path("/doors/all", json!([any]));
                let apis = json!([get("get", "id"), get("look", "name"), any]);
                files.push(("doors", resource("doors", apis, json!({}))));
            }),
            &[],
            &[
                "the operations doors.get and doors.look have the same method and path (GET \
                 /doors/{name}): the server executes one of them for both",
            ],
        ),
        (
            "foreign_types",
            custom(|files| {
                let parameters = json!([
                    text("id", "path"),
                    {"name": "a", "paramType": "query", "dataType": "number"},
                    {"name": "b", "paramType": "query", "dataType": "integer"},
                    {"name": "c", "paramType": "body", "dataType": "any"},
                ]);
                let apis = json!([path(
                    "/x/{id}",
                    json!([operation("PATCH", "change", "any", parameters)])
                )]);
                let model = model(
                    "X",
                    json!({"a": {"type": "any"}, "b": {"type": "List[number]"}}),
                );
                files.push(("x", resource("x", apis, json!({"X": model}))));
            }),
            &[
                ("requests/x", "pub fn a(mut self, a: f64)"),
                ("requests/x", "pub fn b(mut self, b: i64)"),
                ("operations/x", "method: Method::Patch"),
                ("models/x", "pub a: Option<serde_json::Value>"),
            ],
            &[],
        ),
    ]
}

/// Returns the source on one line, so that line breaks of the formatter do not matter.
fn one_line(text: &str) -> String {
    text.split_whitespace()
        .collect::<String>()
        .replace(",)", ")")
}

#[test]
fn unusual_specs_compile_without_a_warning() {
    let mut cases = missing_parts();
    cases.push(lengths());
    let mut expected = Vec::new();
    for (module, source, files, notes) in conflicts() {
        cases.push((module.into(), source));
        expected.push((module, files, notes));
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.join("..");
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path();
    let mut library = String::from("#![deny(warnings)]\n");
    for (module, specs) in cases {
        let generator = Generator::new().module(format!("crate::{module}"));
        let generator = generator.add_release("22", specs).expect("a known release");
        let bindings = generator.generate();
        let bindings = bindings.unwrap_or_else(|error| panic!("{module}: {error}"));
        if let Some((_, files, notes)) = expected.iter().find(|(name, ..)| *name == module) {
            for (file, text) in *files {
                let source = one_line(&joined(&bindings.files, file));
                let text = one_line(&text.replace("-> crate", &format!("-> crate::{module}")));
                let found = match text.strip_prefix('!') {
                    Some(text) => !source.contains(text),
                    None => source.contains(&text),
                };
                assert!(found, "{module}: {file}: {text}\n{source}");
            }
            let found = bindings.notes.join("\n");
            for note in *notes {
                assert!(found.contains(note), "{module}: {note:?} is not in {found}");
            }
            assert!(!notes.is_empty() || found.is_empty(), "{module}: {found}");
        }
        let written = bindings.write_to(&folder.join("src").join(&module));
        written.unwrap_or_else(|error| panic!("{module}: {error}"));
        library.push_str(&format!("pub mod {module};\n"));
    }
    fs::write(folder.join("src/lib.rs"), library).expect("written");
    let manifest = format!(
        "[package]\nname = \"compiled\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n\
         ari-runtime = {{ path = {:?}, default-features = false, features = [\"client\"] }}\n\
         serde = \"1\"\n\
         serde_json = \"1\"\n\n[workspace]\n",
        root.join("ari-runtime")
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("written");
    // The same versions and build folder as here, so that nothing has to be downloaded.
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
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--edges", "normal", "--prefix", "none"])
        .current_dir(folder)
        .output()
        .expect("cargo runs");
    let tree = String::from_utf8_lossy(&tree.stdout);
    assert!(tree.contains("ari-runtime v"), "{tree}");
    assert!(!tree.contains("ari-api v"), "{tree}");
}
