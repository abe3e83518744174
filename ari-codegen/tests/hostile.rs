//! For any spec, the generator returns an error or valid Rust, quickly and without a panic.

#![cfg(test)]

#[path = "support/documentation.rs"]
mod documentation;
#[path = "support/joined.rs"]
mod joined;
#[path = "support/specs.rs"]
mod specs;

use std::collections::BTreeMap;

use ari_codegen::{Generator, Source};
use joined::joined;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use specs::{resource, source};
use syn::visit::{self, Visit};

/// Returns the files of bindings, all of which must be valid Rust, or the error.
fn generate(source: Source) -> Result<BTreeMap<String, String>, String> {
    let generator = Generator::new()
        .add_release("22", source)
        .expect("a known release");
    let bindings = generator.generate().map_err(|error| error.to_string())?;
    for (path, text) in &bindings.files {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        Injected(path).visit_file(&file);
        documentation::assert_only_own_markup(path, text);
    }
    let single = bindings.single_file();
    syn::parse_file(&single).unwrap_or_else(|error| panic!("as a single file: {error}"));
    Ok(bindings.files)
}

/// Finds the item that hostile names try to inject.
struct Injected<'a>(&'a str);

impl<'ast> Visit<'ast> for Injected<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        assert_ne!(item.sig.ident, "injected", "{}", self.0);
        visit::visit_item_fn(self, item);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        assert!(!attribute.path().is_ident("injected"), "{}", self.0);
    }
}

fn things(apis: Value, models: Value) -> Source {
    source([("things", resource("things", apis, models))])
}

fn with_models(models: Value) -> Source {
    let models = models
        .as_object()
        .expect("an object")
        .iter()
        .map(|(id, more)| {
            let mut model = json!({"id": id, "properties": {}});
            for (key, value) in more.as_object().expect("an object") {
                model[key] = value.clone();
            }
            (id.clone(), model)
        });
    things(json!([]), models.collect())
}

fn with_operations(path: &str, operations: Value) -> Source {
    things(json!([{"path": path, "operations": operations}]), json!({}))
}

fn get(nickname: &str, parameters: Value) -> Value {
    json!({"httpMethod": "GET", "nickname": nickname, "responseClass": "void", "parameters": parameters})
}

fn at(name: &str, place: &str) -> Value {
    json!({"name": name, "paramType": place, "dataType": "string"})
}

#[test]
fn specs_without_meaning_are_errors_that_name_the_place() {
    let chain = (0..100).map(|n| {
        (
            format!("M{n}"),
            json!({"subTypes": [format!("M{}", n + 1)]}),
        )
    });
    let chain = chain.chain([("M100".into(), json!({}))]);
    let cases = [
        (
            "a circle of subTypes",
            with_models(json!({"A": {"subTypes": ["B"]}, "B": {"subTypes": ["A"]}})),
            "$.models.A (model A): its subTypes form a circle",
        ),
        (
            "a model that extends itself",
            with_models(json!({"A": {"subTypes": ["A"]}})),
            "(model A): its subTypes form a circle",
        ),
        (
            "two parents",
            with_models(json!({"A": {"subTypes": ["C"]}, "B": {"subTypes": ["C"]}, "C": {}})),
            "(model B): \"C\" is a subtype of both \"A\" and \"B\"",
        ),
        (
            "a subtype twice",
            with_models(json!({"A": {"subTypes": ["B", "B"]}, "B": {}})),
            "(model A): the subtype \"B\" is listed twice",
        ),
        (
            "too many ancestors",
            with_models(chain.collect()),
            "has more than 32 ancestors",
        ),
        (
            "an undefined subtype",
            with_models(json!({"A": {"subTypes": ["B"]}})),
            "(model A): the subtype \"B\" is not defined",
        ),
        (
            "an undefined property",
            with_models(json!({"A": {"properties": {"b": {"type": "List[B]"}}}})),
            "$.models.A.properties.b (model A): the type \"B\" is not defined",
        ),
        (
            "an undefined answer",
            with_operations(
                "/a",
                json!([{
                    "httpMethod": "GET", "nickname": "get", "responseClass": "List[B]",
                }]),
            ),
            "(operation things.get): the type \"B\" is not defined",
        ),
        (
            "an undefined parameter",
            with_operations(
                "/a",
                json!([get(
                    "get",
                    json!([
                        {"name": "a", "paramType": "body", "dataType": "B"}
                    ])
                )]),
            ),
            "parameters[0] (operation things.get): the type \"B\" is neither",
        ),
        (
            "an answer of too many brackets",
            with_operations(
                "/a",
                json!([{
                    "httpMethod": "GET", "nickname": "get",
                    "responseClass": format!("{}string{}", "List[".repeat(100), "]".repeat(100)),
                }]),
            ),
            "is not defined",
        ),
        (
            "a nickname twice",
            with_operations("/a", json!([get("get", json!([])), get("get", json!([]))])),
            "$.apis[0].operations[1] (operation things.get): an operation of this nickname",
        ),
        (
            "a parameter twice",
            with_operations(
                "/a",
                json!([get("get", json!([at("a", "query"), at("a", "query")]))]),
            ),
            "parameters[1] (operation things.get): a parameter of this name occurs twice",
        ),
        (
            "a variable without its parameter",
            with_operations("/a/{b}", json!([get("get", json!([]))])),
            "the path /a/{b} has the variable \"b\", which no path parameter describes",
        ),
        (
            "a parameter without its variable",
            with_operations("/a", json!([get("get", json!([at("b", "path")]))])),
            "the path parameter \"b\" is not in the path /a",
        ),
        (
            "a variable twice",
            with_operations("/{b}/{b}", json!([get("get", json!([at("b", "path")]))])),
            "the path /{b}/{b} has the variable \"b\" twice",
        ),
        (
            "a list in the path",
            with_operations(
                "/{b}",
                json!([get(
                    "get",
                    json!([
                        {"name": "b", "paramType": "path", "dataType": "List[string]"}
                    ])
                )]),
            ),
            "the type \"List[string]\" cannot travel in the path",
        ),
        (
            "a model in two files",
            source(["a", "b"].map(|name| {
                let model = json!({"M": {"id": "M", "properties": {}}});
                (name, resource(name, json!([]), model))
            })),
            "handmade/b.json: $.models.M (model M): handmade/a.json has a model of this name, too: \
             rename the one that is not Asterisk's own",
        ),
        (
            "a resource twice",
            source([("a", json!({})), ("a", json!({}))]),
            "handmade/resources.json: $.apis[1].path: a resource of this name occurs twice",
        ),
    ];
    for (what, source, expected) in cases {
        let error = generate(source)
            .err()
            .unwrap_or_else(|| panic!("{what} is no error"));
        assert!(error.starts_with("handmade/"), "{what}: {error}");
        assert!(error.contains(expected), "{what}: {error}");
    }
}

#[test]
fn models_inside_themselves_are_boxed_and_optional() {
    let required = |kind: &str| json!({"type": kind, "required": true});
    let files = generate(with_models(json!({
        "Direct": {"properties": {"again": required("Direct"), "more": required("List[Direct]")}},
        "Left": {"properties": {"right": required("Right")}},
        "Right": {"properties": {"left": required("Left")}},
        "Holder": {"properties": {"direct": required("Direct"), "list": required("Listed")}},
        "Listed": {"properties": {"holders": required("List[Holder]")}},
        "Parent": {"discriminator": "type", "subTypes": ["Child"], "properties": {
            "type": required("string"), "child": required("Child"),
        }},
        "Child": {},
    })));
    let models = &joined(&files.expect("bindings"), "models/things");
    for field in [
        "pub again: Option<Box<models::Direct>>,",
        "pub more: Vec<models::Direct>,",
        "pub right: Option<Box<models::Right>>,",
        "pub left: Option<Box<models::Left>>,",
        // Models that only contain a recursive one, or that a list contains, need no box.
        "pub direct: models::Direct,",
        "pub list: models::Listed,",
        "pub holders: Vec<models::Holder>,",
        // A child inherits the property that contains it.
        "pub child: Option<Box<models::Child>>,",
    ] {
        assert!(models.contains(field), "no {field:?} in {models}");
    }
}

/// Each error contains the name of the file and the problem.
#[test]
fn files_that_are_no_specs_are_refused() {
    let megabytes = |count: usize, byte: u8| vec![byte; count << 20];
    let whole = resource("things", json!([]), json!({}))
        .to_string()
        .into_bytes();
    let with = |json: Value| json.to_string().into_bytes();
    let items = |count: usize| {
        let operation = |n: usize| json!({"httpMethod": "GET", "nickname": format!("n{n}"), "responseClass": "void"});
        let path = |n: usize| json!({"path": "/a", "operations": [operation(n)]});
        with(resource(
            "things",
            (0..count).map(path).collect(),
            json!({}),
        ))
    };
    let models = |count: usize, model: &dyn Fn(usize) -> Value| {
        let models = (0..count).map(|n| (format!("M{n}"), model(n)));
        with(resource("things", json!([]), models.collect()))
    };
    let values = |count: usize| {
        let values: Vec<_> = (0..count).map(|n| n.to_string()).collect();
        let property =
            json!({"type": "string", "allowableValues": {"valueType": "LIST", "values": values}});
        models(1, &|_| json!({"id": "M0", "properties": {"a": property}}))
    };
    let since = |count: usize| {
        let mut json = resource("things", json!([]), json!({}));
        json["since"] = (0..count)
            .map(|n| format!("22.{}.{}", n / 60_000, n % 60_000))
            .collect();
        with(json)
    };
    let wide = |count: usize| {
        // Many properties, each inherited by many models.
        let names: Vec<_> = (1..count).map(|n| format!("M{n}")).collect();
        let properties: serde_json::Map<_, _> = (0..count)
            .map(|n| (format!("p{n}"), json!({"type": "int"})))
            .collect();
        models(count, &move |n| match n {
            0 => json!({"id": "M0", "properties": properties, "subTypes": names}),
            _ => json!({"id": format!("M{n}"), "properties": {}}),
        })
    };
    let ways = |levels: usize| {
        // Two paths from each level to the next, 2^levels in total.
        let operation = json!({"httpMethod": "GET", "nickname": "get", "responseClass": "M0", "upgrade": "websocket"});
        let models = (0..levels).map(|n| {
            let next = json!({"type": format!("M{}", (n + 1).min(levels - 1))});
            let model = json!({
                "id": format!("M{n}"), "discriminator": "kind",
                "properties": {"a": next, "b": next},
            });
            (format!("M{n}"), model)
        });
        let apis = json!([{"path": "/a", "operations": [operation]}]);
        with(resource("things", apis, models.collect()))
    };
    let name = |name: String| {
        let operation = json!({"httpMethod": "GET", "nickname": name, "responseClass": "void"});
        with(resource(
            "things",
            json!([{"path": "/a", "operations": [operation]}]),
            json!({}),
        ))
    };
    let mut spaced = megabytes(11, b' ');
    spaced.extend(&whole);
    let mut broken = whole.clone();
    broken[5] = 0xff;
    let nested = |open: &str, close: &str| {
        let mut json = String::from_utf8(whole.clone()).expect("text");
        json.insert_str(
            1,
            &format!(
                "\"odd\": {}1{}, ",
                open.repeat(100_000),
                close.repeat(100_000)
            ),
        );
        json.into_bytes()
    };
    let large = "larger than 10 MB";
    let many = "more than 5000 operations, parameters, models, properties and values";
    let cases = [
        ("11 MB of white space", spaced, large),
        ("11 MB of one string", name("a".repeat(11 << 20)), large),
        (
            "9 MB of one string",
            name("a".repeat(9 << 20)),
            "has 9437184 bytes",
        ),
        ("4 MB of operations", items(40_000), many),
        (
            "3 MB of models",
            models(60_000, &|n| json!({"id": format!("M{n}")})),
            many,
        ),
        ("3 MB of values", values(300_000), many),
        ("3 MB of versions", since(200_000), many),
        (
            "a million inherited properties",
            wide(1_000),
            "with inherited ones, are more than 20000",
        ),
        (
            "two to the power of 30 ways into an event",
            ways(30),
            "in more than 2000 ways",
        ),
        (
            "a thousand models inside each other",
            ways(1_000),
            "or 32 levels",
        ),
        ("nothing", Vec::new(), "not JSON"),
        ("invalid UTF-8", broken, "not JSON"),
        (
            "brackets in brackets",
            nested("[", "]"),
            "not JSON (recursion limit exceeded",
        ),
        (
            "braces in braces",
            nested("{\"a\":", "}"),
            "not JSON (recursion limit exceeded",
        ),
        ("a list", b"[]".to_vec(), "expected an object, found a list"),
        ("null", b"null".to_vec(), "expected an object, found null"),
        ("an HTML page", b"<html></html>".to_vec(), "not JSON"),
    ];
    for (what, bytes, expected) in cases {
        let index = specs::index(["things"]).to_string().into_bytes();
        let files = [
            ("resources".to_owned(), index),
            ("things".to_owned(), bytes),
        ];
        let source = Source::Memory {
            origin: "handmade".into(),
            files: files.into(),
        };
        let error = generate(source)
            .err()
            .unwrap_or_else(|| panic!("{what} is no error"));
        assert!(
            error.starts_with("handmade/things.json: "),
            "{what}: {error}"
        );
        assert!(error.contains(expected), "{what}: {error}");
        assert!(error.len() < 1000, "{what}: the message is long itself");
    }
}

#[test]
fn a_large_file_in_a_folder_is_refused_before_it_is_read_to_its_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = specs::index(["things"]).to_string();
    std::fs::write(folder.path().join("resources.json"), index).expect("written");
    // The file is sparse: it occupies no space on the disk.
    let file = std::fs::File::create(folder.path().join("things.json")).expect("a file");
    file.set_len(1 << 40).expect("a terabyte of nothing");
    let error = generate(Source::Folder(folder.path().into())).expect_err("too large");
    assert!(error.contains("things.json: larger than 10 MB"), "{error}");
}

/// Texts that try to escape from their place in Rust source.
const BREAKOUTS: [&str; 30] = [
    "\"; fn injected() {} //",
    "\n fn injected() {}\n",
    "\r\nfn injected() {}",
    "\rfn injected() {}",
    "*/ fn injected() {} /*",
    "#[injected]",
    "#![injected]",
    "\"# ; fn injected() {} r#\"",
    "{}",
    "{0} {name} {{",
    "}} } ) ] ; fn injected() {",
    "$name $( )* $",
    "\\",
    "\\\" fn injected() {}",
    "'a",
    "r#type",
    "\u{0}\u{1b}[31m",
    "\u{202e}\u{2066}\u{feff}",
    "\u{2028}\u{85}\u{1d}",
    "ǅ ß ı 𝒳 𐀀 e\u{301}",
    // Texts that rustdoc would take for a test or for live HTML.
    "x\n\n```\npanic!()\n```",
    "`\n\n~~~\npanic!()\n~~~",
    "x\n\n\u{1}    panic!()",
    "x\n\n\u{b}\tpanic!()",
    "-     panic!()",
    "1.     panic!()",
    "x\n===\ny\n---",
    "`<script>`",
    "&#60;b&#62; [a]: http://b\n\n[a] ![a](b)",
    "http://a>`<b>` https://<b>",
];

/// Returns the places that a text can be in, and whether any text is a valid name there.
fn positions(text: &str) -> Vec<(&'static str, Source, bool)> {
    let operation = |more: Value| {
        let mut operation = get("get", json!([]));
        for (key, value) in more.as_object().expect("an object") {
            operation[key] = value.clone();
        }
        with_operations("/a", json!([operation]))
    };
    let parameter = |more: Value| {
        let mut parameter = at("a", "query");
        for (key, value) in more.as_object().expect("an object") {
            parameter[key] = value.clone();
        }
        operation(json!({"parameters": [parameter]}))
    };
    let model = |id: &str, more: Value| with_models(json!({id: more}));
    let values = json!({"valueType": "LIST", "values": [text, "plain"]});
    let mut described = resource("things", json!([]), json!({}));
    described["requiresModules"] = json!([text]);
    let mut index = specs::index(["things"]);
    index["apis"][0]["description"] = text.into();
    let plain = resource(
        "things",
        json!([{"path": "/a", "operations": [get("get", json!([]))]}]),
        json!({}),
    );
    let files = [
        ("resources".to_owned(), index),
        ("things".to_owned(), plain.clone()),
    ];
    let about = Source::Memory {
        origin: "handmade".into(),
        files: files
            .map(|(name, json)| (name, json.to_string().into_bytes()))
            .into(),
    };
    let event = json!({
        "id": "Root", "discriminator": text, "subTypes": [text],
        "properties": {text: {"type": "string", "required": true}},
    });
    let leaf = json!({"id": text, "properties": {"more": {"type": text}}});
    let connect = json!([{"path": "/a", "operations": [{
        "httpMethod": "GET", "nickname": "connect", "responseClass": "Root",
        "upgrade": text, "websocketProtocol": text,
    }]}]);
    let mut models = serde_json::Map::new();
    models.insert("Root".into(), event);
    models.insert(text.into(), leaf);
    let braces = text.contains(['{', '}', '/']);
    let path = format!("/a/{{{text}}}");
    let below = json!([
        get("one", json!([at(text, "path")])),
        {"httpMethod": "PUT", "nickname": "two", "responseClass": "void", "parameters": [at(text, "path")]},
    ]);
    vec![
        ("a nickname", operation(json!({"nickname": text})), true),
        (
            "a summary",
            operation(json!({"summary": text, "notes": text})),
            true,
        ),
        (
            "an answer",
            operation(json!({"responseClass": text})),
            false,
        ),
        ("a method", operation(json!({"httpMethod": text})), false),
        ("a version", operation(json!({"since": [text]})), false),
        (
            "a reason",
            operation(json!({"errorResponses": [{"code": 400, "reason": text}]})),
            true,
        ),
        ("a parameter", parameter(json!({"name": text})), true),
        (
            "a parameter's place",
            parameter(json!({"paramType": text})),
            false,
        ),
        (
            "a parameter's type",
            parameter(json!({"dataType": text})),
            false,
        ),
        (
            "a parameter's text",
            parameter(json!({"description": text, "notes": text})),
            true,
        ),
        ("a default", parameter(json!({"defaultValue": text})), true),
        (
            "a body",
            parameter(json!({"name": text, "paramType": "body"})),
            true,
        ),
        (
            "a value",
            parameter(json!({"allowableValues": values})),
            true,
        ),
        ("a model", model(text, json!({"description": text})), true),
        (
            "a property",
            model("M", json!({"properties": {text: {"type": "int"}}})),
            true,
        ),
        (
            "a property's value and text",
            model(
                "M",
                json!({"properties": {"a": {
                    "type": "string", "allowableValues": values, "description": text,
                }}}),
            ),
            true,
        ),
        ("an event", things(connect, models.into()), true),
        (
            "a literal of a path",
            with_operations(&format!("/{text}"), json!([get("get", json!([]))])),
            false,
        ),
        (
            "a variable of a path",
            with_operations(&path, below),
            !braces,
        ),
        (
            "a resource",
            source([(text, resource("things", json!([]), json!({})))]),
            false,
        ),
        ("a module", source([("things", described)]), true),
        ("the text of a resource", about, true),
    ]
}

#[test]
fn no_name_or_text_breaks_out_of_its_place() {
    for text in BREAKOUTS {
        for (what, source, is_fine) in positions(text) {
            let result = generate(source);
            match (&result, is_fine) {
                (Ok(_), true) | (Err(_), false) => {}
                (Ok(_), false) => panic!("{text:?} is accepted as {what}"),
                (Err(error), true) => panic!("{text:?} is refused as {what}: {error}"),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    /// Each case puts its text into every place. `generate` checks the result.
    #[test]
    fn no_text_of_a_spec_is_markup_in_documentation(
        parts in vec(proptest::sample::select(MARKUP.to_vec()), 1..10),
    ) {
        for (_, source, is_fine) in positions(&parts.concat()) {
            prop_assert!(!is_fine || generate(source).is_ok());
        }
    }
}

const MARKUP: [&str; 32] = [
    "\n", "\n\n", "\r", "\r\n", " ", "    ", "\t", "\u{1}", "\u{a0}", "`", "```", "~~~", "<b>",
    "<!--", "</", ">", "&lt;", "- ", "-     ", "1. ", "+ ", "* ", "# ", "---", "===", "|a|\n|-|",
    "[a]", "(b)", "http://a", "\\", "!", "panic!()",
];
