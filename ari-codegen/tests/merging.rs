//! Merging releases into one surface: every rule of `api/merge.rs` with a small handmade conflict.
//! Conflicts without a rule are errors that name both releases.

#![cfg(test)]

#[path = "support/specs.rs"]
mod specs;

use ari_codegen::api::{Allowed, Api, Parameter, Property};
use ari_codegen::{Error, Generator};
use serde_json::{Value, json};
use specs::{resource, source};

/// Returns the merged surface of Asterisk 20 and 22, each with one resource `things`.
fn merge(older: Value, newer: Value) -> Result<Api, Error> {
    Generator::new()
        .add_release("20", source([("things", older)]))?
        .add_release("22", source([("things", newer)]))?
        .read()
        .map(|(api, _, _)| api)
}

fn operation(more: Value) -> Value {
    let mut operation = json!({"httpMethod": "GET", "nickname": "get", "responseClass": "void"});
    for (key, value) in more.as_object().expect("an object") {
        operation[key] = value.clone();
    }
    resource(
        "things",
        json!([{"path": "/things", "operations": [operation]}]),
        json!({}),
    )
}

fn with_parameter(parameter: &Value) -> Value {
    let parameters = match parameter {
        Value::Null => json!([]),
        parameter => {
            let mut whole = json!({"name": "it", "paramType": "query", "dataType": "string"});
            for (key, value) in parameter.as_object().expect("an object") {
                whole[key] = value.clone();
            }
            json!([whole])
        }
    };
    operation(json!({"parameters": parameters}))
}

fn models(models: &[(&str, Value)]) -> Value {
    let models = models.iter().map(|(id, more)| {
        let mut model = json!({"id": id, "properties": {}});
        for (key, value) in more.as_object().expect("an object") {
            model[key] = value.clone();
        }
        (id.to_string(), model)
    });
    resource("things", json!([]), models.collect())
}

fn with_property(property: &Value) -> Value {
    let properties = match property {
        Value::Null => json!({}),
        property => json!({"it": property}),
    };
    models(&[
        ("Thing", json!({"properties": properties})),
        ("Other", json!({})),
    ])
}

fn allowed(allowed: &Option<Allowed>) -> String {
    match allowed {
        None => String::new(),
        Some(Allowed::Range { min, max }) => format!(" {min:?} to {max:?}"),
        Some(Allowed::Values(values)) => values
            .iter()
            .map(|value| {
                let releases = value.availability.releases.iter().map(ToString::to_string);
                format!(
                    " {}:{}",
                    value.value,
                    releases.collect::<Vec<_>>().join("+")
                )
            })
            .collect(),
    }
}

fn need(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}

fn parameter(
    Parameter {
        kind,
        required,
        default,
        allowed: values,
        ..
    }: &Parameter,
) -> String {
    let default = default
        .as_ref()
        .map(|value| format!(" ={value}"))
        .unwrap_or_default();
    format!("{kind:?} {}{default}{}", need(*required), allowed(values))
}

fn property(
    Property {
        kind,
        required,
        allowed: values,
        ..
    }: &Property,
) -> String {
    format!("{kind:?} {}{}", need(*required), allowed(values))
}

fn values(values: &[&str]) -> Value {
    json!({"allowableValues": {"valueType": "LIST", "values": values}})
}

fn range(min: Value, max: Value) -> Value {
    let mut range = json!({"valueType": "RANGE"});
    for (key, limit) in [("min", min), ("max", max)] {
        if !limit.is_null() {
            range[key] = limit;
        }
    }
    json!({"dataType": "int", "allowableValues": range})
}

#[test]
fn parameters_that_differ_become_one_that_both_releases_accept() {
    let required = json!({"required": true});
    let list = json!({"allowMultiple": true});
    let kind = |kind: &str| json!({"dataType": kind});
    let null = Value::Null;
    let cases = [
        (
            "the same",
            json!({"required": true}),
            required.clone(),
            "Scalar(Text) required",
        ),
        (
            "optional wins",
            json!({"required": false}),
            required.clone(),
            "Scalar(Text) optional",
        ),
        (
            "optional wins",
            required.clone(),
            json!({"required": false}),
            "Scalar(Text) optional",
        ),
        (
            "missing is optional",
            null.clone(),
            required.clone(),
            "Scalar(Text) optional",
        ),
        (
            "missing is optional",
            required.clone(),
            null,
            "Scalar(Text) optional",
        ),
        (
            "a list takes one",
            json!({}),
            list.clone(),
            "List(Text) optional",
        ),
        ("a list takes one", list, json!({}), "List(Text) optional"),
        (
            "the wider number",
            kind("int"),
            kind("long"),
            "Scalar(Long) optional",
        ),
        (
            "the wider number",
            kind("long"),
            kind("int"),
            "Scalar(Long) optional",
        ),
        (
            "the wider number",
            kind("double"),
            kind("int"),
            "Scalar(Double) optional",
        ),
        (
            "both",
            kind("List[int]"),
            kind("double"),
            "List(Double) optional",
        ),
        (
            "joined text is text",
            kind("Joined[string]"),
            kind("string"),
            "Joined(Text) optional",
        ),
        (
            "all values",
            values(&["a", "b"]),
            values(&["b", "c"]),
            "Scalar(Text) optional b:20+22 c:22 a:20",
        ),
        (
            "known values",
            json!({}),
            values(&["a"]),
            "Scalar(Text) optional a:22",
        ),
        (
            "an open list stays open",
            values(&["a"]),
            json!({}),
            "Scalar(Text) optional",
        ),
        (
            "no limits are the widest range",
            range(json!(0), json!(9)),
            kind("int"),
            "Scalar(Int) optional",
        ),
        (
            "no limits are the widest range",
            kind("int"),
            range(json!(0), json!(9)),
            "Scalar(Int) optional",
        ),
        (
            "the wider range",
            range(json!(1), json!(9)),
            range(json!(0), json!(5)),
            "Scalar(Int) optional Some(0) to Some(9)",
        ),
        (
            "no limit is the widest",
            range(json!(1), Value::Null),
            range(Value::Null, json!(5)),
            "Scalar(Int) optional None to None",
        ),
        (
            "the newest default",
            json!({"defaultValue": "old"}),
            json!({"defaultValue": "new"}),
            "Scalar(Text) optional =\"new\"",
        ),
    ];
    for (rule, older, newer, expected) in cases {
        let api = merge(with_parameter(&older), with_parameter(&newer)).expect(rule);
        let found = parameter(&api.resources[0].operations[0].parameters[0]);
        assert_eq!(found, expected, "{rule}: {older} and {newer}");
    }
}

#[test]
fn properties_that_differ_become_one_that_holds_both() {
    let kind = |kind: &str| json!({"type": kind, "required": true});
    let optional = json!({"type": "string"});
    let null = Value::Null;
    let cases = [
        (
            "the same",
            kind("string"),
            kind("string"),
            "Scalar(Text) required",
        ),
        (
            "optional wins",
            kind("string"),
            optional.clone(),
            "Scalar(Text) optional",
        ),
        (
            "optional wins",
            optional,
            kind("string"),
            "Scalar(Text) optional",
        ),
        (
            "missing is optional",
            null.clone(),
            kind("string"),
            "Scalar(Text) optional",
        ),
        (
            "missing is optional",
            kind("string"),
            null,
            "Scalar(Text) optional",
        ),
        (
            "the wider number",
            kind("int"),
            kind("long"),
            "Scalar(Long) required",
        ),
        (
            "the wider number",
            kind("double"),
            kind("long"),
            "Scalar(Double) required",
        ),
        (
            "in lists, too",
            kind("List[int]"),
            kind("List[long]"),
            "List(Scalar(Long)) required",
        ),
        (
            "any JSON",
            kind("object"),
            kind("List[Other]"),
            "Any required",
        ),
        (
            "any JSON",
            kind("List[string]"),
            kind("object"),
            "Any required",
        ),
    ];
    for (rule, older, newer, expected) in cases {
        let api = merge(with_property(&older), with_property(&newer)).expect(rule);
        let found = property(&api.model("Thing").expect("the model").properties[0]);
        assert_eq!(found, expected, "{rule}: {older} and {newer}");
    }
}

#[test]
fn codes_versions_subtypes_and_items_of_all_releases_are_kept() {
    let codes = |codes: &[u16], since: &str| {
        let codes: Vec<_> = codes.iter().map(|code| json!({"code": code})).collect();
        operation(json!({"errorResponses": codes, "since": [since]}))
    };
    let api = merge(codes(&[404, 400], "20.1.0"), codes(&[409, 404], "22.2.0")).expect("codes");
    let merged = &api.resources[0].operations[0];
    let found: Vec<_> = merged.errors.iter().map(|error| error.code).collect();
    assert_eq!(found, [400, 404, 409]);
    let since: Vec<_> = merged
        .availability
        .since
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(since, ["20.1.0", "22.2.0"]);

    let family = |children: &[&str]| {
        let mut all = vec![("Parent", json!({"subTypes": children}))];
        all.extend(children.iter().map(|child| (*child, json!({}))));
        models(&all)
    };
    let api = merge(family(&["A", "B"]), family(&["C", "B"])).expect("subtypes");
    assert_eq!(api.model("Parent").expect("it").sub_types, ["C", "B", "A"]);
    let only_older = &api
        .model("A")
        .expect("a model of the older release")
        .availability;
    assert_eq!(
        only_older
            .releases
            .iter()
            .map(|r| r.number())
            .collect::<Vec<_>>(),
        [20]
    );

    // A property is also optional if only the release in the middle lacks it.
    let present = with_property(&json!({"type": "string", "required": true}));
    let three = Generator::new()
        .add_release("22", source([("things", present.clone())]))
        .and_then(|g| g.add_release("20", source([("things", present)])))
        .and_then(|g| g.add_release("21", source([("things", with_property(&Value::Null))])))
        .and_then(|g| g.read());
    let (api, _, _) = three.expect("three releases");
    assert_eq!(
        api.releases.iter().map(|r| r.number()).collect::<Vec<_>>(),
        [20, 21, 22]
    );
    let merged = &api.model("Thing").expect("it").properties[0];
    assert!(!merged.required);
    let has: Vec<_> = merged
        .availability
        .releases
        .iter()
        .map(|r| r.number())
        .collect();
    assert_eq!(has, [20, 22]);
}

#[test]
fn conflicts_that_no_rule_covers_name_both_releases() {
    let parameter = |older: Value, newer: Value| (with_parameter(&older), with_parameter(&newer));
    let property = |older: &str, newer: &str| {
        let of = |kind: &str| with_property(&json!({"type": kind}));
        (of(older), of(newer))
    };
    let kind = |kind: &str| json!({"dataType": kind});
    let body = |kind: &str| json!({"dataType": kind, "paramType": "body"});
    let at = |path: &str, nickname: &str| {
        let get = json!({"httpMethod": "GET", "nickname": nickname, "responseClass": "void"});
        resource(
            "things",
            json!([{"path": path, "operations": [get]}]),
            json!({}),
        )
    };
    let it = "operation things.get, parameter it";
    let thing = "model Thing, property it";
    let cases = [
        (it, parameter(kind("string"), kind("int"))),
        (it, parameter(kind("int"), kind("boolean"))),
        (it, parameter(kind("string"), body("string"))),
        (it, parameter(body("containers"), body("object"))),
        (
            it,
            parameter(range(json!(0), json!(1)), {
                let mut both = values(&["1"]);
                both["dataType"] = json!("int");
                both
            }),
        ),
        (thing, property("string", "Date")),
        (thing, property("Other", "string")),
        (thing, property("string", "List[string]")),
        (thing, property("List[Other]", "List[Thing]")),
        (
            "operation things.get",
            (
                operation(json!({"responseClass": "string"})),
                operation(json!({})),
            ),
        ),
        (
            "operation things.get",
            (
                operation(json!({"upgrade": "websocket"})),
                operation(json!({})),
            ),
        ),
        (
            "operation things.fetch",
            (at("/things", "get"), at("/things", "fetch")),
        ),
        (
            "operation things.get",
            (at("/things", "get"), at("/things/all", "get")),
        ),
        (
            "model Thing",
            (
                models(&[("Thing", json!({"discriminator": "type"}))]),
                models(&[("Thing", json!({}))]),
            ),
        ),
        // Each hierarchy is a tree, but the merged one is not.
        (
            "model A",
            (
                models(&[("A", json!({"subTypes": ["B"]})), ("B", json!({}))]),
                models(&[("A", json!({})), ("B", json!({"subTypes": ["A"]}))]),
            ),
        ),
        (
            "model B",
            (
                models(&[
                    ("A", json!({"subTypes": ["C"]})),
                    ("B", json!({})),
                    ("C", json!({})),
                ]),
                models(&[
                    ("A", json!({})),
                    ("B", json!({"subTypes": ["C"]})),
                    ("C", json!({})),
                ]),
            ),
        ),
    ];
    for (subject, (older, newer)) in cases {
        let what = format!("{older}\n{newer}");
        let error = merge(older, newer)
            .err()
            .unwrap_or_else(|| panic!("no conflict: {what}"));
        assert!(matches!(error, Error::Conflict { .. }), "{error:?}");
        let text = error.to_string();
        assert!(text.starts_with(&format!("{subject}: ")), "{text}");
        assert!(
            text.contains("Asterisk 20 says") && text.contains("Asterisk 22 says"),
            "{text}"
        );
    }
}

#[test]
fn a_model_that_moved_and_releases_given_twice_or_never_are_errors() {
    let with = |model: bool| {
        let model = if model {
            json!({"Moved": {"id": "Moved", "properties": {}}})
        } else {
            json!({})
        };
        move |name: &str| resource(name, json!([]), model.clone())
    };
    let two = |first: bool| source([("a", with(first)("a")), ("b", with(!first)("b"))]);
    let moved = Generator::new()
        .add_release("20", two(true))
        .and_then(|generator| generator.add_release("22", two(false)))
        .and_then(|generator| generator.read());
    let error = moved.expect_err("two homes").to_string();
    assert!(
        error.starts_with("model Moved: Asterisk 22 says "),
        "{error}"
    );

    let twice = Generator::new()
        .add_release("22", two(true))
        .and_then(|generator| generator.add_release("22", two(true)))
        .and_then(|generator| generator.read());
    assert_eq!(
        twice.expect_err("twice").to_string(),
        "Asterisk 22 was given twice"
    );
    let none = Generator::new().read().expect_err("none").to_string();
    assert_eq!(none, "no release was given: name at least one");
}
