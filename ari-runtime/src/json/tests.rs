//! Comparison with serde_json, in accepted texts and in results.

use std::collections::BTreeMap;
use std::fmt;

use proptest::prelude::*;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::json::parse::{from_str, utf8_text};

/// Fields of every kind that models have.
#[derive(Debug, Default, PartialEq, Deserialize)]
struct Model {
    text: String,
    optional: Option<String>,
    number: i64,
    fraction: Option<f64>,
    flag: Option<bool>,
    list: Option<Vec<String>>,
    inner: Option<Box<Model>>,
    map: Option<serde_json::Map<String, Value>>,
    wrapped: Option<Wrapped>,
    choice: Option<Choice>,
    pair: Option<(u8, f32)>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Wrapped(BTreeMap<String, Option<i32>>);

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Choice {
    Plain,
    Number(i64),
    Pair(i64, String),
    Fields { text: String },
}

/// Checks that both accept or both refuse the text, with the same result. Returns true if they
/// accept it.
#[track_caller]
fn agree<T: DeserializeOwned + PartialEq + fmt::Debug>(text: &str) -> bool {
    let expected = serde_json::from_str::<T>(text);
    let found = from_str::<T>(text);
    match (&expected, &found) {
        (Ok(expected), Ok(found)) => {
            assert_eq!(expected, found, "{text}");
            // Comparing with `==` takes -0 for 0.
            assert_eq!(format!("{expected:?}"), format!("{found:?}"), "{text}");
        }
        // The only intended difference.
        (Ok(_), Err(found))
            if found
                .message()
                .starts_with("invalid type: sequence, expected struct") => {}
        (Err(_), Err(found)) => assert!(found.offset() <= text.len(), "{text}: {found:?}"),
        _ => panic!("{text:?}: serde_json {expected:?}, here {found:?}"),
    }
    found.is_ok()
}

/// Everything that is read from texts of unknown shape.
#[track_caller]
fn agree_on_anything(text: &str) {
    agree::<Value>(text);
    agree::<IgnoredAny>(text);
    agree::<f64>(text);
    agree::<i64>(text);
    agree::<u64>(text);
    agree::<String>(text);
    agree::<Vec<Option<bool>>>(text);
    agree::<Choice>(text);
    agree::<()>(text);
    agree::<Model>(text);
    // Members that are known, and members that are skipped.
    agree::<Model>(&format!(r#"{{"number":1,"text":"","map":{{"a":{text}}}}}"#));
    agree::<Model>(&format!(r#"{{"number":1,"text":"","unknown":{text}}}"#));
    agree::<Model>(&format!(r#"{{"number":1,"text":"","fraction":{text}}}"#));
    agree::<Model>(&format!(r#"{{"number":{text},"text":{text}}}"#));
    agree::<Model>(&format!(r#"{{"number":1,"text":"","choice":{text}}}"#));
}

#[test]
fn texts_of_all_kinds() {
    for text in [
        "",
        " ",
        "0",
        "-0",
        "-",
        "01",
        "-01",
        "1.",
        "1.5",
        ".5",
        "1e5",
        "1E+5",
        "1e-5",
        "1e",
        "1e+",
        "-0.0",
        "1e400",
        "-1e400",
        "1e-400",
        "123456789012345678",
        "1234567890123456789",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "123456789012345678901234567890",
        "0.1234567890123456789",
        "1 2",
        "1,",
        "+1",
        "0x1",
        "NaN",
        "Infinity",
        "true",
        "false",
        "null",
        "tru",
        "truex",
        "nul",
        "True",
        r#""""#,
        r#"""#,
        r#""\n\"\\\/\b\f\r\t""#,
        r#""\x""#,
        r#""\u0041\u00e9""#,
        r#""\u00""#,
        r#""\ud83d\ude00""#,
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83d\u0041""#,
        r#""\ud83dx""#,
        "\"\n\"",
        "\"\u{1f}\"",
        "\"\u{7f}é\u{2028}\"",
        r#""\"#,
        "\"\\é\"",
        "[]",
        "[1]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "[",
        "]",
        "{}",
        r#"{"a":1}"#,
        r#"{"a":1,}"#,
        r#"{"a" 1}"#,
        r#"{"a":}"#,
        r#"{a:1}"#,
        r#"{1:1}"#,
        r#"{"a":1 "b":2}"#,
        r#"{"a":1,"a":2}"#,
        r#"{"\u0061":1,"a":2}"#,
        r#"{"a":[{}],"b":{"c":[]}}"#,
        r#"{"a":1"#,
        r#"{"a":1]"#,
        r#"[true,null,false]"#,
        r#""plain""#,
        r#""number""#,
        r#"{"plain":null}"#,
        r#"{"plain":1}"#,
        r#"{"number":1}"#,
        r#"{"number":1,"plain":null}"#,
        r#"{"pair":[1,"a"]}"#,
        r#"{"pair":[1]}"#,
        r#"{"pair":[1,"a",2]}"#,
        r#"{"fields":{"text":"a"}}"#,
        r#"{"fields":["a"]}"#,
        r#"{"\u0070lain":null}"#,
        "\u{feff}1",
        "\t\r\n 1 \t\r\n",
        "\u{a0}1",
        "1\0",
        "/**/1",
    ] {
        agree_on_anything(text);
    }
}

#[test]
fn models_of_all_kinds() {
    for (text, accepted) in [
        (r#"{"text":"a","number":1}"#, true),
        (
            r#"{"type":"X","number":-1,"text":"é","unknown":[{"a":[]},null,true,{}]}"#,
            true,
        ),
        (
            r#" { "number" : 0 , "text" : "" , "inner" : {"text":"b","number":2} } "#,
            true,
        ),
        (
            r#"{"text":"a","number":1,"optional":null,"list":["x","y"],"map":{"a":1}}"#,
            true,
        ),
        (r#"{"text":"a","number":9999999999999999999}"#, false),
        (r#"{"text":"a","number":1,"fraction":1.5}"#, true),
        (r#"{"text":"a","number":1,"fraction":2}"#, true),
        (r#"{"text":"a","number":1.0}"#, false),
        (r#"{"text":"a","number":-0}"#, false),
        (r#"{"text":"a","number":"1"}"#, false),
        (r#"{"text":"\n\u0041","number":1}"#, true),
        (r#"{"te\u0078t":"a","number":1}"#, true),
        (r#"{"text":"a","te\u0078t":"b","number":1}"#, false),
        (r#"{"text":"a","text":"b","number":1}"#, false),
        (r#"{"text":"a"}"#, false),
        (r#"{"text":"a","number":1,"list":[1]}"#, false),
        (r#"{"text":"a","number":1,"list":{}}"#, false),
        (r#"{"text":"a","number":1,"flag":"true"}"#, false),
        (r#"{"text":"a","number":1,"inner":"x"}"#, false),
        (r#"{"text":"a","number":1,"pair":[1,2]}"#, true),
        (r#"{"text":"a","number":1,"pair":[1,2,3]}"#, false),
        (r#"{"text":"a","number":1,"pair":[256,2]}"#, false),
        (
            r#"{"text":"a","number":1,"wrapped":{"a":1,"b":null}}"#,
            true,
        ),
        (
            r#"{"text":"a","number":1,"wrapped":{"a":3000000000}}"#,
            false,
        ),
        (
            r#"["a",null,1,null,null,null,null,null,null,null,null]"#,
            false,
        ),
        (r#"["a",null,1]"#, false),
    ] {
        assert_eq!(agree::<Model>(text), accepted, "{text}");
    }
}

#[test]
fn depth_is_limited_except_in_skipped_values() {
    for depth in [1, 126, 127, 128, 129, 100_000] {
        let lists = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let maps = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        for text in [lists, maps] {
            assert_eq!(agree::<Value>(&text), depth < 128);
            assert!(agree::<IgnoredAny>(&text));
        }
    }
}

#[test]
fn errors_contain_problem_and_position() {
    for (text, expected) in [
        (
            r#"{"text":"a"}"#,
            "missing field `number` at line 1 column 12",
        ),
        (
            "{\n  \"text\": \"a\",\n  \"number\": \"1\"\n}",
            "invalid type: string \"1\", expected i64 at line 3 column 13",
        ),
        (
            r#"{"text":null,"number":1}"#,
            "invalid type: null, expected a string at line 1 column 9",
        ),
        (
            r#"{"text":"a","number":1 "x":2}"#,
            "expected `,` or `}` at line 1 column 24",
        ),
        (
            r#"{"text":"a","text":"b"}"#,
            "duplicate field `text` at line 1 column 20",
        ),
        (
            r#"{"text":"\ud83d","number":1}"#,
            "unexpected end of hex escape at line 1 column 9",
        ),
        (
            r#"{"text":"a","number":01}"#,
            "a number with a leading zero at line 1 column 23",
        ),
        (
            r#"{"text":"a","number":"#,
            "expected a value, but the text ends at line 1 column 22",
        ),
        (
            r#"{"text":"a","number":1,}"#,
            "trailing comma at line 1 column 24",
        ),
        (
            r#"{"text":"a","number":1}}"#,
            "trailing characters at line 1 column 24",
        ),
        (
            r#"{"text":"a","number":1,"inner":["b",2]}"#,
            "invalid type: sequence, expected struct Model at line 1 column 32",
        ),
    ] {
        let error = from_str::<Model>(text).unwrap_err();
        assert_eq!(error.to_string(), expected, "{text}");
    }
    let error = utf8_text(b"{\"a\":\"\xff\"}").unwrap_err();
    assert_eq!(error.to_string(), "not UTF-8 at line 1 column 7");
}

/// JSON as servers write it, with every element of JSON.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[ -~]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|entries| entries.into_iter().collect()),
        ]
    })
}

/// Damaged texts: cut off, or with something else inserted.
fn accidents(text: &str, at: prop::sample::Index, junk: &str) -> [String; 3] {
    let at = (0..=at.index(text.len() + 1))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or_default();
    let (before, after) = text.split_at(at);
    let mut rest = after.chars();
    rest.next();
    [
        before.to_owned(),
        format!("{before}{junk}{after}"),
        format!("{before}{junk}{}", rest.as_str()),
    ]
}

const JUNK: &str = r#"[{}\[\]",:\\ \-+.0-9aetrufalsndD\x00-\x20é]{0,3}"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn garbage(text in r#"[{}\[\]",:\\ \-+.0-9aetrufalsndD\n]{0,40}"#) {
        agree_on_anything(&text);
    }

    #[test]
    fn numbers(text in r#"-?[0-9]{0,22}(\.[0-9]{0,20})?([eE][+-]?[0-9]{0,4})?"#) {
        agree_on_anything(&text);
    }

    #[test]
    fn strings(text in r#""(\\u[dD][89a-fA-F][0-9a-f]{2}|\\["\\/bfnrtu]|[ -~é\n]){0,6}""#) {
        agree_on_anything(&text);
    }

    #[test]
    fn json_before_and_after_accidents(
        value in any_json(),
        pretty in any::<bool>(),
        at in any::<prop::sample::Index>(),
        junk in JUNK,
    ) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        prop_assert!(agree::<Value>(&text));
        for text in accidents(&text, at, &junk) {
            agree_on_anything(&text);
        }
    }

    #[test]
    fn models_before_and_after_accidents(
        text in any::<String>(),
        number in any::<i64>(),
        fraction in any::<f64>(),
        list in prop::option::of(prop::collection::vec(any::<String>(), 0..4)),
        at in any::<prop::sample::Index>(),
        junk in JUNK,
    ) {
        let json = serde_json::json!({
            "text": text, "number": number, "list": list, "map": {"k": {"number": number}},
            "fraction": fraction, "flag": true, "unknown": {"list": list, "n": fraction},
            "inner": {"text": text, "number": 7},
        }).to_string();
        prop_assert!(agree::<Model>(&json));
        for json in accidents(&json, at, &junk) {
            agree::<Model>(&json);
        }
    }
}
