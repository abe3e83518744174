//! The crates that users have to build with ours: each is paid for in every cold build.

#![cfg(test)]

use std::process::Command;

/// Returns the names of the crates that a build with these options of `cargo tree` contains.
fn dependencies(options: &[&str]) -> Vec<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.args(["tree", "--offline", "--locked"]);
    cargo.args(["--edges", "normal,build", "--prefix", "none"]);
    let output = cargo.args(options).output().expect("cargo starts");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{options:?}: {error}");
    let tree = String::from_utf8_lossy(&output.stdout).into_owned();
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

#[test]
fn builds_contain_no_needless_crates() {
    const COMMAND: [&str; 6] = ["clap", "hyper", "ring", "rustls", "tokio", "ureq"];
    const MACROS: [&str; 3] = ["serde_derive", "tracing-attributes", "futures-macro"];
    const WEB: [&str; 6] = ["h2", "idna", "reqwest", "rustls", "sha1", "url"];
    // hyper's server, and tokio's macros.
    const SERVER: [&str; 2] = ["httpdate", "tokio-macros"];
    const SINKS: [&str; 2] = ["futures-util", "tokio-tungstenite"];
    let cases: [(&[&str], &str, Vec<&str>); 3] = [
        (
            &[
                "-p",
                "ari-codegen",
                "--no-default-features",
                "--features",
                "bundled",
            ],
            "prettyplease",
            COMMAND.to_vec(),
        ),
        (
            &["-p", "ari-api"],
            "hyper",
            [&MACROS[..], &WEB[..], &SERVER[..], &SINKS[..]].concat(),
        ),
        (
            &["-p", "ari-mock"],
            "hyper",
            [&MACROS[..], &WEB[..]].concat(),
        ),
    ];
    for (options, needed, needless) in cases {
        let found = dependencies(options);
        assert!(
            found.iter().any(|name| name == needed),
            "{options:?}: {found:?}"
        );
        for name in needless {
            assert!(
                !found.iter().any(|own| own == name),
                "{options:?} builds {name}: {found:?}"
            );
        }
    }
}
