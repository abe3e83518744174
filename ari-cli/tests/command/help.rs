//! Tests of the help of every operation, of completions and of manual pages.

use std::fs;

use ari_api::OPERATIONS;

use super::support::{ari, run};

#[test]
fn every_operation_has_help() {
    for operation in OPERATIONS {
        // The names of the specs are understood, too.
        let (code, out, err) = run(ari(&[operation.resource, operation.nickname, "--help"]));
        assert_eq!(code, 0, "{operation}: {err}");
        let line = format!("{} {}", operation.method, operation.path);
        assert!(out.contains(&line), "{operation}: {out}");
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (shown, availability) = (squeezed(&out), operation.availability.to_string());
        assert!(
            shown.contains(&squeezed(&availability)),
            "{operation}: {out}"
        );
        for (code, _) in operation.errors {
            assert!(
                out.contains(&format!("\n  {code}  ")),
                "{operation}: {code}: {out}"
            );
        }
        for value in operation.parameters.iter().flat_map(|p| p.values) {
            assert!(out.contains(value.value), "{operation}: {}", value.value);
        }
    }
}

#[test]
fn help_has_exit_codes_and_depends_on_the_release() {
    let (code, out, _) = run(ari(&["--help"]));
    assert_eq!(code, 0);
    for expected in [
        "Exit codes",
        "ARI_PASSWORD",
        "[profiles.office]",
        "every operation",
    ] {
        assert!(out.contains(expected), "{expected}: {out}");
    }
    let (_, newest, _) = run(ari(&["channels", "--help"]));
    let (_, oldest, _) = run(ari(&["channels", "--release", "12", "--help"]));
    assert!(newest.contains("external-media") && !oldest.contains("external-media"));
    let (_, before, _) = run(ari(&["channels", "--release=16.5", "--help"]));
    let (_, after, _) = run(ari(&["channels", "--release=16.6", "--help"]));
    assert!(after.contains("external-media") && !before.contains("external-media"));
}

/// Global options are listed in the help of `ari` only, and work with every command.
#[test]
fn connection_options_are_listed_once() {
    let (_, whole, _) = run(ari(&["--help"]));
    for arguments in [
        &["channels", "list"][..],
        &["channels"],
        &["play"],
        &["events"],
    ] {
        for help in ["--help", "-h"] {
            let (code, out, _) = run(ari(&[arguments, &[help]].concat()));
            assert_eq!(code, 0);
            for option in ["--url", "--password-file", "--fields", "--verbose"] {
                assert!(whole.contains(option), "{option}");
                assert!(
                    !out.contains(option),
                    "{arguments:?} {help} {option}: {out}"
                );
            }
            assert!(out.contains("`ari --help`"), "{arguments:?} {help}: {out}");
        }
    }
    for arguments in [
        &[
            "--json",
            "channels",
            "list",
            "--url",
            "http://127.0.0.1:1/ari",
        ][..],
        &["channels", "--url=http://127.0.0.1:1/ari", "list", "--json"],
    ] {
        let (code, _, err) = run(ari(arguments));
        assert!(code == 4 && err.contains("127.0.0.1:1"), "{err}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a path");
    assert_eq!(run(ari(&["man", "--out", path])).0, 0);
    let page = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a page");
    assert!(page("ari.1").contains("password"));
    assert!(!page("ari-channels-list.1").contains("password"));
}

#[test]
fn manual_pages_are_complete() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("man");
    let (code, _, err) = run(ari(&["man", "--out", path.to_str().expect("a path")]));
    assert_eq!(code, 0, "{err}");
    let pages = fs::read_dir(&path).expect("pages").count();
    assert!(pages > OPERATIONS.len() + 15, "{pages}");
    let page = fs::read_to_string(path.join("ari-channels-originate.1")).expect("a page");
    assert!(page.contains("app"), "{page}");
}
