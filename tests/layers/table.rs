//! The layers of the crates, from the lowest to the highest.

/// Crates by layer: each may depend on those of lower layers.
pub const CRATES: &[&[&str]] = &[
    &["ari-runtime"],
    &["ari-api"],
    &["ari-media", "ari-cluster", "ari-mock"],
    &["ari-cli"],
];

/// Crates that depend on no other crate of the workspace, and that none of them depends on.
pub const SEPARATE_CRATES: &[&str] = &["ari-codegen"];

/// A layer of a crate. Its files may import one another and those of lower layers.
pub struct Layer {
    /// Files and folders below `src`, without `.rs`.
    pub files: &'static [&'static str],
    pub purpose: &'static str,
}

const fn layer(files: &'static [&'static str], purpose: &'static str) -> Layer {
    Layer { files, purpose }
}

/// The layers inside each crate.
pub const LAYERS: &[(&str, &[Layer])] = &[(
    "ari-mock",
    &[
        layer(
            &["docs", "invalid_bytes", "json", "spec_history", "violation"],
            "values that everything else uses",
        ),
        layer(&["release_schema"], "properties and events by release"),
        layer(&["rest"], "requests, parameters and responses"),
        layer(
            &["model"],
            "channels, bridges, applications and the like, as data",
        ),
        layer(
            &["pbx"],
            "the state, and everything that changes it or publishes events",
        ),
        layer(&["operations"], "the operations, one file per resource"),
        layer(&["server"], "HTTP and WebSockets"),
        layer(&["handle", "lib"], "the public handle of tests"),
    ],
)];

/// Returns the layers as CONTRIBUTING.md shows them.
pub fn markdown() -> String {
    let code = |names: &[&str]| {
        let names = names.iter().map(|name| format!("`{name}`"));
        names.collect::<Vec<_>>().join(", ")
    };
    let crates: Vec<String> = CRATES.iter().map(|names| code(names)).collect();
    let mut text = format!(
        "Crates, each of which depends on those before it: {}. Apart from them: {}.\n\n\
         | crate | files below `src` | layer, lowest first |\n|---|---|---|\n",
        crates.join(" ← "),
        code(SEPARATE_CRATES)
    );
    for (name, layers) in LAYERS {
        for layer in *layers {
            let files = code(layer.files);
            text += &format!("| {name} | {files} | {} |\n", layer.purpose);
        }
    }
    text
}
