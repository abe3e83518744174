//! Bindings from the specs that the running server serves.

use std::path::Path;
use std::process::{Command, Output};

use super::recorder;
use crate::asterisk::{Asterisk, Release};
use crate::observations::{self, Observation};

fn codegen(server: &Asterisk, arguments: &[&str]) -> Output {
    let run = ["run", "--quiet", "--offline", "-p", "ari-codegen", "--"];
    let output = Command::new(env!("CARGO"))
        .args(run)
        .args(arguments)
        .env("ARI_USER", server.user())
        .env("ARI_PASSWORD", server.password())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    output
}

/// The specs of a server are imported to the same facts as those of its release here, except for
/// the differences of its point release.
#[test]
fn bindings_are_generated_from_running_server() {
    for server in Release::ALL.into_iter().filter_map(Asterisk::start) {
        let release = server.release().to_string();
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();

        let into = path("docs");
        codegen(
            &server,
            &[
                "import",
                "--from",
                &server.url(),
                "--release",
                &release,
                "--into",
                &into,
            ],
        );
        let imported = Path::new(&into).join(&release);
        let committed = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("api-docs")
            .join(&release);
        let mut files = 0;
        for file in std::fs::read_dir(&committed).unwrap() {
            let name = file.unwrap().file_name();
            // The history of the point releases, which no server serves.
            if name == "changes.json" {
                continue;
            }
            let new = std::fs::read_to_string(imported.join(&name)).unwrap();
            let old = std::fs::read_to_string(committed.join(&name)).unwrap();
            let new: serde_json::Value = serde_json::from_str(&new).unwrap();
            let old: serde_json::Value = serde_json::from_str(&old).unwrap();
            let mut differences = Vec::new();
            compare(&name.to_string_lossy(), &old, &new, &mut differences);
            for difference in &differences {
                println!("Asterisk {release}: {difference}");
            }
            files += 1;
        }
        assert_eq!(files, 12);

        let bindings = path("my-ari");
        codegen(
            &server,
            &["generate", "--from", &server.url(), "--crate", &bindings],
        );
        for (file, expected) in [
            ("Cargo.toml", "ari-runtime"),
            ("src/accessors.rs", "pub fn channels("),
            ("src/event/mod.rs", "StasisStart"),
        ] {
            let text = std::fs::read_to_string(Path::new(&bindings).join(file)).unwrap();
            assert!(text.contains(expected), "{file}");
        }
    }
}

fn compare(place: &str, old: &serde_json::Value, new: &serde_json::Value, out: &mut Vec<String>) {
    use serde_json::Value::{Array, Object};
    match (old, new) {
        (Object(old), Object(new)) => {
            for (key, value) in old {
                match new.get(key) {
                    Some(other) => compare(&format!("{place}/{key}"), value, other, out),
                    None => out.push(format!("{place}/{key} is missing from the server's")),
                }
            }
            let added = new.keys().filter(|key| !old.contains_key(*key));
            out.extend(added.map(|key| format!("{place}/{key} is only in the server's")));
        }
        (Array(old), Array(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                compare(&format!("{place}/{index}"), old, new, out);
            }
        }
        _ if old != new => out.push(format!("{place}: {old} here, {new} on the server")),
        _ => {}
    }
}

/// The events that a server has are those that its own specs name.
#[test]
fn served_specs_name_events() {
    for server in Release::ALL.into_iter().filter_map(Asterisk::start) {
        let spec = serde_json::from_str(&server.get("/ari/api-docs/events.json")).unwrap();
        let events = observations::events_of_spec(&spec);
        assert!(
            events.iter().any(|event| event == "StasisStart"),
            "{events:?}"
        );
        for event in events {
            recorder::record(server.release(), Observation::InSpecs, &event);
        }
    }
}
