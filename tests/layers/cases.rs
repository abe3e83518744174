//! The checker itself, on small crates in memory.

use std::collections::BTreeMap;

use crate::check::{check_crates, check_files};
use crate::graph::Graph;
use crate::source::Sources;
use crate::table::Layer;

fn sources(files: &[(&str, &str)]) -> Sources {
    let owned = |(path, text): &(&str, &str)| (format!("{path}.rs"), (*text).to_owned());
    files.iter().map(owned).collect()
}

/// Returns the imports as `from>to`.
fn imports(graph: &Graph) -> String {
    let stem = |file: usize| graph.files[file].trim_end_matches(".rs");
    let edges = graph.edges.iter().enumerate();
    let mut edges: Vec<_> = edges
        .flat_map(|(from, to)| {
            to.keys()
                .map(move |to| format!("{}>{}", stem(from), stem(*to)))
        })
        .collect();
    edges.sort();
    edges.join(" ")
}

#[test]
fn imports_are_found() {
    const ROOT: (&str, &str) = ("lib", "mod a; mod b; pub use a::A;");
    const A: (&str, &str) = ("a", "pub struct A; pub mod inner { pub fn f() {} }");
    for (name, files, expected) in [
        ("a use", vec![ROOT, A, ("b", "use crate::a::A;")], "b>a"),
        (
            "a re-exported item",
            vec![ROOT, A, ("b", "use crate::A;")],
            "b>a",
        ),
        (
            "a group",
            vec![ROOT, A, ("b", "use super::{a::{self, inner::f as g}};")],
            "b>a",
        ),
        (
            "a glob",
            vec![ROOT, A, ("b", "use crate::a::*; fn f(_: A) {}")],
            "b>a",
        ),
        (
            "a path",
            vec![ROOT, A, ("b", "fn f() { crate::a::inner::f() }")],
            "b>a",
        ),
        (
            "a path through an import",
            vec![ROOT, A, ("b", "use crate::a; fn f() { a::inner::f() }")],
            "b>a",
        ),
        (
            "an unused module import",
            vec![ROOT, A, ("b", "use crate::a;")],
            "",
        ),
        (
            "a path in an inner module",
            vec![
                ROOT,
                A,
                ("b", "mod c { fn f() { super::super::a::inner::f() } }"),
            ],
            "b>a",
        ),
        (
            "a macro",
            vec![
                ROOT,
                A,
                ("b", "fn f() { println!(\"{}\", [crate::a::inner::f()]) }"),
            ],
            "b>a",
        ),
        (
            "the tokens of a quote",
            vec![ROOT, A, ("b", "fn f() { quote! { crate::a::A } }")],
            "",
        ),
        (
            "an attribute",
            vec![
                ROOT,
                A,
                (
                    "b",
                    "struct B { #[serde(with = \"crate::a::inner::f\")] c: u8 }",
                ),
            ],
            "b>a",
        ),
        (
            "a test",
            vec![
                ROOT,
                A,
                ("b", "#[cfg(test)] mod tests { use crate::a::A; }"),
            ],
            "",
        ),
        (
            "a test item",
            vec![ROOT, A, ("b", "#[cfg(all(test, unix))] use crate::a::A;")],
            "",
        ),
        (
            "a condition",
            vec![ROOT, A, ("b", "#[cfg(not(test))] use crate::a::A;")],
            "b>a",
        ),
        (
            "a re-export of another crate",
            vec![
                ("lib", "mod a; mod b; mod c; pub use c::*; pub use a::A;"),
                A,
                ("b", "use crate::codegen::Value; use crate::{Unknown, A};"),
                ("c", "pub use external::codegen; pub use external::*;"),
            ],
            "b>a",
        ),
        (
            "another crate",
            vec![ROOT, A, ("b", "use c::a::A; fn f() { std::mem::drop(1) }")],
            "",
        ),
        (
            "use in the root",
            vec![("lib", "mod a; use a::A;"), A],
            "lib>a",
        ),
        (
            "a re-export that is used",
            vec![("lib", "mod a; pub use a::A; fn f() -> A { A }"), A],
            "lib>a",
        ),
        (
            "a re-export of another module",
            vec![("lib", "mod a; mod b;"), A, ("b", "pub use crate::a::A;")],
            "b>a",
        ),
        (
            "an exported macro",
            vec![
                ("lib", "#[macro_use] mod a; mod b;"),
                ("a", "macro_rules! m { () => {} }"),
                ("b", "m!();"),
            ],
            "b>a",
        ),
        (
            "a folder",
            vec![
                ("lib", "mod a;"),
                ("a/mod", "mod b; mod c; pub use c::C;"),
                ("a/b", "use super::C;"),
                ("a/c", "pub struct C;"),
            ],
            "a/b>a/c",
        ),
        (
            "a folder beside its file",
            vec![
                ("lib", "mod a;"),
                ("a", "mod b; pub struct A;"),
                ("a/b", "use super::A;"),
            ],
            "a/b>a",
        ),
        (
            "a path attribute",
            vec![
                ("main", "mod a; #[path = \"x/y.rs\"] mod b;"),
                A,
                ("x/y", "use crate::a::A;"),
            ],
            "x/y>a",
        ),
    ] {
        assert_eq!(imports(&Graph::new(&sources(&files))), expected, "{name}");
    }
}

const LAYERS: &[Layer] = &[
    Layer {
        files: &["base", "top/low"],
        purpose: "the base",
    },
    Layer {
        files: &["top", "lib"],
        purpose: "the top",
    },
];

#[test]
fn circles_and_upward_imports_are_refused() {
    const ROOT: (&str, &str) = ("lib", "mod base; mod top;");
    const TOP: (&str, &str) = ("top/mod", "mod low; mod high; pub use high::High;");
    const LOW: (&str, &str) = ("top/low", "pub struct Low;");
    const HIGH: (&str, &str) = ("top/high", "use super::low::Low;\npub struct High;");
    const BASE: (&str, &str) = ("base", "pub struct Base;");
    for (name, files, expected) in [
        ("nothing wrong", vec![ROOT, TOP, LOW, HIGH, BASE], vec![]),
        (
            "a circle inside a layer",
            vec![
                ROOT,
                TOP,
                ("top/low", "\nuse crate::base::Base;\npub struct Low;"),
                HIGH,
                ("base", "pub struct Base;\nuse crate::top::low::Low;"),
            ],
            vec![
                "2 files import one another. A shortest circle:\n  base.rs:2 imports top/low.rs\n  top/low.rs:2 imports base.rs",
            ],
        ),
        (
            "an upward import",
            vec![
                ROOT,
                TOP,
                LOW,
                HIGH,
                ("base", "fn f(_: crate::top::High) {}"),
            ],
            vec![
                "base.rs:1 imports top/high.rs, which is in a higher layer: \"the base\" must not use \"the top\"",
            ],
        ),
        (
            "both",
            vec![
                ROOT,
                TOP,
                ("top/low", "use super::High; pub struct Low;"),
                HIGH,
                BASE,
            ],
            vec![
                "2 files import one another. A shortest circle:\n  top/low.rs:1 imports top/high.rs\n  top/high.rs:1 imports top/low.rs",
                "top/low.rs:1 imports top/high.rs, which is in a higher layer: \"the base\" must not use \"the top\"",
            ],
        ),
        (
            "a file in no layer",
            vec![
                ("lib", "mod base; mod top; mod new;"),
                TOP,
                LOW,
                HIGH,
                BASE,
                ("new", ""),
            ],
            vec![
                "new.rs is in no layer: add it, or its folder, to the layer of x in tests/layers/table.rs that may import what it imports",
            ],
        ),
        (
            "a layer without files",
            vec![("lib", "mod top;"), TOP, LOW, HIGH],
            vec!["base has a layer of x, but no such file exists"],
        ),
    ] {
        assert_eq!(
            check_files("x", LAYERS, &sources(&files)),
            expected,
            "{name}"
        );
    }
}

#[test]
fn wrong_dependencies_are_refused() {
    let layers: &[&[&str]] = &[&["low"], &["mid", "side"], &["top"]];
    for (name, used, expected) in [
        ("top", vec!["low", "mid"], vec![]),
        ("mid", vec!["top"], vec!["mid must not depend on top"]),
        ("mid", vec!["side"], vec!["mid must not depend on side"]),
        ("apart", vec!["low"], vec!["apart must not depend on low"]),
        ("top", vec!["apart"], vec!["top must not depend on apart"]),
        (
            "new",
            vec![],
            vec!["new is in no layer: add it to CRATES in tests/layers/table.rs"],
        ),
    ] {
        let used = used.into_iter().map(str::to_owned).collect();
        let dependencies = BTreeMap::from([(name.to_owned(), used)]);
        assert_eq!(
            check_crates(&dependencies, layers, &["apart"]),
            expected,
            "{name}"
        );
    }
}
