//! The command as its users run it: the output, files and exit codes of `generate`, `diff` and
//! `check`, and the files that they leave unchanged. For `import` see `import.rs`.

#![cfg(test)]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::path::Path;

use command::{Run, api_docs, files, run};
use serde_json::Value;

fn ended(run: &Run, code: i32) {
    assert_eq!(run.code, Some(code), "{run:?}");
}

fn rows(run: &Run) -> Vec<Vec<&str>> {
    run.out
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect()
}

#[test]
fn generate_prints_a_row_a_release_and_writes_only_what_differs() {
    let place = tempfile::tempdir().expect("a folder");
    let first = run(place.path(), ["generate", "--into", "out"]);
    ended(&first, 0);
    assert_eq!(
        first.err, "",
        "nothing to note in the specs that the command carries"
    );
    let table = rows(&first);
    assert_eq!(table.len(), 1 + 13 + 1 + 1, "{}", first.out);
    assert_eq!(
        table[0],
        [
            "release",
            "api",
            "operations",
            "parameters",
            "models",
            "properties",
            "events"
        ]
    );
    let releases: Vec<_> = table[1..14]
        .iter()
        .map(|row| row[0].parse().unwrap_or(0))
        .collect();
    assert_eq!(releases, (12..=24).collect::<Vec<u16>>());
    assert_eq!(table[11], ["22", "10.0.0", "109", "275", "85", "291", "45"]);
    assert_eq!(table[14], ["merged", "109", "275", "87", "296", "45"]);
    let out = place.path().join("out");
    let written = files(&out);
    let summary = format!("{} files, ", written.len());
    assert!(
        first
            .out
            .lines()
            .last()
            .is_some_and(|line| line.starts_with(&summary))
    );

    // A second run writes only the changed file. It removes a file of an earlier generator, and
    // keeps a foreign one.
    let time = |name: &str| {
        fs::metadata(out.join(name))
            .and_then(|data| data.modified())
            .expect("it")
    };
    let before = time("client.rs");
    let header = "// Written by ari-codegen from Asterisk's resource specs: do not edit.\n";
    fs::write(out.join("requests/retired.rs"), header).expect("written");
    fs::write(out.join("requests/mine.rs"), "// Mine.\n").expect("written");
    fs::write(out.join("event/mod.rs"), format!("{header}// Spoilt.\n")).expect("written");
    let second = run(place.path(), ["generate", "--into", "out"]);
    ended(&second, 0);
    assert!(second.out.contains("; 1 written, "), "{}", second.out);
    assert!(
        second.out.contains(" unchanged, 1 removed; "),
        "{}",
        second.out
    );
    assert_eq!(
        second.err.lines().collect::<Vec<_>>(),
        ["removed out/requests/retired.rs"]
    );
    assert_eq!(
        time("client.rs"),
        before,
        "an unchanged file is not touched"
    );
    let mut expected = written.clone();
    expected.insert("requests/mine.rs".into(), b"// Mine.\n".to_vec());
    assert_eq!(files(&out), expected);

    // Another run, with a folder as its source, produces the same bytes.
    let docs = api_docs().display().to_string();
    ended(
        &run(
            place.path(),
            ["generate", "--into", "other", "--api-docs", &docs],
        ),
        0,
    );
    assert_eq!(files(&place.path().join("other")), written);
}

#[test]
fn a_crate_of_one_release_is_complete_and_its_manifest_is_its_owners() {
    let place = tempfile::tempdir().expect("a folder");
    let arguments = ["generate", "--release", "22", "--crate", "ari-22"];
    let first = run(place.path(), arguments);
    ended(&first, 0);
    assert_eq!(rows(&first).len(), 1 + 1 + 1 + 1, "{}", first.out);
    let folder = place.path().join("ari-22");
    let written = files(&folder);
    for name in [
        "Cargo.toml",
        "README.md",
        "src/lib.rs",
        "src/client.rs",
        "src/event/mod.rs",
    ] {
        assert!(written.contains_key(Path::new(name)), "{name}");
    }
    assert!(!written.contains_key(Path::new("src/mod.rs")));
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("it");
    for line in [
        "name = \"ari-22\"",
        "description = \"Bindings for the REST Interface (ARI) of Asterisk 22\"",
        concat!(
            "ari-runtime = { version = \"",
            env!("CARGO_PKG_VERSION"),
            "\", default-features"
        ),
    ] {
        assert!(manifest.contains(line), "{manifest}");
    }

    let edited = format!("{manifest}\n# Mine.\n");
    fs::write(folder.join("Cargo.toml"), &edited).expect("written");
    fs::write(folder.join("NOTES"), "mine").expect("written");
    let second = run(place.path(), arguments);
    ended(&second, 0);
    assert!(second.out.contains("; 0 written, "), "{}", second.out);
    assert_eq!(
        fs::read_to_string(folder.join("Cargo.toml")).expect("it"),
        edited
    );
    assert_eq!(files(&folder).len(), written.len() + 1);

    // Inside a clone, wherever the command runs: by the way to its runtime.
    let clone = place.path().join("clone");
    fs::create_dir_all(clone.join("ari-runtime")).expect("created");
    let runtime = "[package]\nname = \"ari-runtime\"\n";
    fs::write(clone.join("ari-runtime/Cargo.toml"), runtime).expect("written");
    let inside = ["generate", "--release", "22", "--crate", "clone/sub/inside"];
    ended(&run(place.path(), inside), 0);
    let manifest = fs::read_to_string(clone.join("sub/inside/Cargo.toml")).expect("it");
    assert!(
        manifest.contains("path = \"../../ari-runtime\""),
        "{manifest}"
    );

    // The same from a folder of specs, under another name and with another runtime.
    fs::create_dir(place.path().join("x y")).expect("created");
    fs::write(place.path().join("x y/Cargo.toml"), runtime).expect("written");
    let facts = api_docs().join("22").display().to_string();
    let third = run(
        place.path(),
        [
            "generate",
            "--from",
            &facts,
            "--crate",
            "own",
            "--name",
            "my_ari",
            "--runtime-path",
            "x y",
        ],
    );
    ended(&third, 0);
    let own = files(&place.path().join("own"));
    for (name, bytes) in written.iter().filter(|(name, _)| name.starts_with("src")) {
        assert!(own.get(name) == Some(bytes), "{} differs", name.display());
    }
    let manifest = fs::read_to_string(place.path().join("own/Cargo.toml")).expect("it");
    assert!(
        manifest.contains("name = \"my_ari\"") && manifest.contains("/x y\""),
        "{manifest}"
    );
}

#[test]
fn the_readme_of_a_crate_shows_only_operations_that_it_has() {
    let place = tempfile::tempdir().expect("a folder");
    let specs = place.path().join("specs");
    fs::create_dir(&specs).expect("created");
    let head = "\"apiVersion\": \"1.0\", \"swaggerVersion\": \"1.1\", \"basePath\": \"x\"";
    let path = "\"/api-docs/channels.{format}\"";
    fs::write(
        specs.join("resources.json"),
        format!("{{{head}, \"apis\": [{{\"path\": {path}}}]}}"),
    )
    .expect("written");
    fs::write(
        specs.join("channels.json"),
        format!(
            "{{{head}, \"resourcePath\": {path}, \"apis\": [{{\"path\": \"/channels\", \
             \"operations\": [{{\"httpMethod\": \"GET\", \"nickname\": \"list\", \
             \"responseClass\": \"List[string]\"}}]}}]}}"
        ),
    )
    .expect("written");
    for (arguments, is_shown) in [
        (["--release", "22"].as_slice(), true),
        (&["--release", "22", "--from", "specs"], false),
    ] {
        let folder = format!("shown-{is_shown}");
        let command = ["generate", "--crate", &folder];
        ended(&run(place.path(), command.iter().chain(arguments)), 0);
        let readme = fs::read_to_string(place.path().join(&folder).join("README.md"));
        let readme = readme.expect("it");
        assert!(readme.contains(".build()?;"), "{readme}");
        assert_eq!(readme.contains("channels().list()"), is_shown, "{readme}");
    }
}

#[test]
fn generate_refuses_what_it_would_spoil_and_what_makes_no_sense() {
    let place = tempfile::tempdir().expect("a folder");
    let foreign = place.path().join("foreign");
    fs::create_dir_all(foreign.join("src")).expect("created");
    fs::write(foreign.join("src/lib.rs"), "//! Mine.\n").expect("written");
    let facts = api_docs().join("22").display().to_string();
    let docs = place.path().display().to_string();
    let cases: &[(&[&str], i32, &str)] = &[
        (
            &["--release", "22", "--crate", "foreign"],
            1,
            "the folder is not empty and its src/lib.rs",
        ),
        (
            &["--release", "22", "--crate", "9"],
            1,
            "\"9\" cannot be the name of a crate",
        ),
        (
            &["--release", "22", "--crate", "new", "--name", "a\"b"],
            1,
            "cannot be the name of a crate",
        ),
        (
            &["--release", "22", "--crate", "ari-runtime"],
            1,
            "\"ari-runtime\" cannot be the name of a crate: it depends on the crate of this name: \
             give another with --name",
        ),
        (
            &["--release", "22", "--crate", "new", "--name", "serde-json"],
            1,
            "it depends on the crate of this name",
        ),
        (
            &["--release", "22", "--crate", "new", "--name", "std"],
            1,
            "Rust itself has this name",
        ),
        (
            &["--release", "22", "--crate", "new", "--name", "async"],
            1,
            "Rust itself has this name",
        ),
        (&[], 1, "ari-api/src/generated is not below this folder"),
        (
            &["--release", "22"],
            1,
            "ari-api's own bindings cover all releases",
        ),
        (
            &["--from", &facts],
            1,
            "ari-api's own bindings cover all releases",
        ),
        (
            &["--from", &facts, "--release", "20,22", "--into", "new"],
            1,
            "give one --release",
        ),
        (
            &["--from", "nowhere", "--into", "new"],
            1,
            "nowhere: resources.json is missing",
        ),
        (
            &["--api-docs", &docs, "--into", "new"],
            1,
            "no folder of a release (12, 13, …) in it",
        ),
        (
            &["--release", "11", "--into", "new"],
            2,
            "give a number from 12 to 24",
        ),
        (&["--crate", "a", "--into", "b"], 2, "cannot be used with"),
        (&["--name", "a"], 2, "--crate"),
    ];
    let before = files(place.path());
    for (arguments, code, expected) in cases {
        let run = run(place.path(), ["generate"].iter().chain(*arguments));
        ended(&run, *code);
        assert!(run.err.contains(expected), "{arguments:?}: {}", run.err);
        assert_eq!(run.out, "");
        assert_eq!(
            files(place.path()),
            before,
            "{arguments:?} changed something"
        );
    }
}

#[test]
fn diff_tells_what_is_new_what_is_gone_and_what_breaks() {
    let place = tempfile::tempdir().expect("a folder");
    let diff = |from: &str, to: &str| run(place.path(), ["diff", from, to]);
    let lines = |run: &Run| run.out.lines().map(str::to_owned).collect::<Vec<_>>();

    let additions = diff("20", "22");
    ended(&additions, 0);
    assert_eq!(
        lines(&additions),
        [
            "added    model Event, subtype ChannelToneDetected",
            "added    model ChannelToneDetected"
        ]
    );
    assert_eq!(
        additions.err,
        "from Asterisk 20 to Asterisk 22: 2 changes, 0 of them break callers\n"
    );

    let nothing_lost = diff("21", "22");
    ended(&nothing_lost, 0);
    assert!(
        !nothing_lost.out.contains("removed"),
        "{}",
        nothing_lost.out
    );
    for line in [
        "added    operation channels.setChannelVars: POST /channels/{channelId}/variables",
        "added    model Bridge, property bridgevars",
        "changed  operation bridges.play: error codes from 404, 409 to 404, 409, 422",
    ] {
        assert!(
            lines(&nothing_lost).iter().any(|found| found == line),
            "{}",
            nothing_lost.out
        );
    }

    let breaking = diff("14", "16");
    ended(&breaking, 3);
    for line in [
        "added    operation asterisk.ping: GET /asterisk/ping",
        "added    operation channels.move: POST /channels/{channelId}/move",
        "added    operation channels.rtpStatistics: GET /channels/{channelId}/rtp_statistics",
        "added    operation applications.filter: PUT /applications/{applicationName}/eventFilter",
        "removed  model TextMessageVariable [breaks callers]",
        "removed  model ContactInfo, property contact_status, value \"Created\" [breaks callers]",
        "changed  model Event, property timestamp: required from false to true [breaks callers]",
    ] {
        assert!(
            lines(&breaking).iter().any(|found| found == line),
            "{line}: {}",
            breaking.out
        );
    }
    let back = diff("16", "14");
    ended(&back, 3);
    assert!(
        back.out
            .contains("removed  operation asterisk.ping [breaks callers]\n")
    );

    let same = diff("23", "24");
    ended(&same, 0);
    assert_eq!(same.out, "");
    ended(&diff("22", "25"), 2);
}

#[test]
fn diff_and_check_print_json_for_programs() {
    let place = tempfile::tempdir().expect("a folder");
    let json = |run: &Run| -> Vec<Value> { serde_json::from_str(&run.out).expect("JSON alone") };

    let breaking = run(place.path(), ["diff", "14", "16", "--json"]);
    ended(&breaking, 3);
    let changes = json(&breaking);
    let find = |item: &str| {
        changes
            .iter()
            .find(|change| change["item"] == item)
            .expect("it")
    };
    let ping = find("operation asterisk.ping");
    assert_eq!(
        (&ping["kind"], &ping["detail"]),
        (&"added".into(), &"GET /asterisk/ping".into())
    );
    assert_eq!(ping["breaks"], false);
    assert_eq!(find("model TextMessageVariable")["breaks"], true);
    assert!(
        changes
            .iter()
            .all(|change| change["kind"].is_string() && change["breaks"].is_boolean())
    );
    let breaks = changes.iter().filter(|change| change["breaks"] == true);
    assert_eq!(breaks.count(), 4);

    let none = run(place.path(), ["diff", "23", "24", "--json"]);
    ended(&none, 0);
    assert_eq!(none.out.trim(), "[]");

    let checked = run(place.path(), ["check", "--release", "22", "--json"]);
    ended(&checked, 0);
    let findings = json(&checked);
    assert!(
        findings.iter().all(|finding| finding["severity"] == "note"),
        "{}",
        checked.out
    );
    assert!(findings.iter().all(|finding| finding["stock"] == true));
    let nickname = findings
        .iter()
        .find(|finding| finding["problem"] == "the nickname is no Rust identifier");
    let place = nickname.expect("move")["place"].as_str().expect("text");
    assert!(place.ends_with("(operation channels.move)"), "{place}");
}

#[test]
fn check_ends_with_3_where_no_bindings_can_be_made() {
    let place = tempfile::tempdir().expect("a folder");
    for release in 12..=24 {
        let good = run(place.path(), ["check", "--release", &release.to_string()]);
        ended(&good, 0);
        assert_eq!(
            good.out, "",
            "what any Asterisk {release} has is not worth a line"
        );
        assert!(
            good.err.contains(": 0 errors, 0 warnings, "),
            "{}",
            good.err
        );
    }
    let raw = place.path().join("raw");
    fs::create_dir(&raw).expect("created");
    for (name, bytes) in files(&api_docs().join("22")) {
        fs::write(raw.join(name), bytes).expect("written");
    }
    let from = ["check", "--from", "raw"];
    ended(&run(place.path(), from), 0);

    let edit = |from: &str, to: &str| {
        let path = raw.join("channels.json");
        let text = fs::read_to_string(&path).expect("a file");
        assert!(text.contains(from), "{from}");
        fs::write(path, text.replacen(from, to, 1)).expect("written");
    };
    edit(
        "\"nickname\": \"originate\"",
        "\"surprise\": 1, \"nickname\": \"originate\"",
    );
    let odd = run(place.path(), from);
    ended(&odd, 0);
    let warning = "warning: raw/channels.json: $.apis[0].operations[1].surprise (operation \
                   channels.originate): unknown key \"surprise\"";
    assert!(odd.out.contains(warning), "{}", odd.out);
    assert!(
        odd.err.ends_with(" not shown without --verbose\n")
            && odd.err.contains("0 errors, 1 warning, "),
        "{}",
        odd.err
    );

    edit(
        "\"responseClass\": \"Channel\"",
        "\"responseClass\": \"Chanel\"",
    );
    let broken = run(place.path(), from);
    ended(&broken, 3);
    assert!(
        broken.out.contains("error: raw/channels.json: "),
        "{}",
        broken.out
    );
    assert!(
        broken.out.contains("the type \"Chanel\" is not defined"),
        "{}",
        broken.out
    );

    fs::remove_file(raw.join("sounds.json")).expect("removed");
    let half = run(place.path(), from);
    ended(&half, 3);
    assert!(
        half.out.contains("error: raw: sounds.json is missing"),
        "{}",
        half.out
    );
    let neither = run(place.path(), ["check"]);
    ended(&neither, 1);
    assert!(neither.err.contains("give --from"), "{}", neither.err);
}

#[test]
fn help_mentions_every_option() {
    let place = tempfile::tempdir().expect("a folder");
    let origin = ["--user", "--password", "ARI_PASSWORD", "--ca-file"];
    let cases: [(&str, &[&str]); 5] = [
        (
            "generate",
            &[
                "--from",
                "--api-docs",
                "--release",
                "--crate",
                "--name",
                "--runtime-path",
                "--into",
            ],
        ),
        ("import", &["--from", "--release", "--into"]),
        ("diff", &["<OLD>", "<NEW>", "--json", "--api-docs"]),
        (
            "check",
            &["--from", "--release", "--json", "--verbose", "--api-docs"],
        ),
        (
            "",
            &[
                "generate",
                "import",
                "diff",
                "check",
                "--version",
                "Exit codes:",
            ],
        ),
    ];
    for (subcommand, options) in cases {
        let arguments = [subcommand, "--help"];
        let run = run(
            place.path(),
            arguments.iter().filter(|text| !text.is_empty()),
        );
        ended(&run, 0);
        let has_origin = !subcommand.is_empty();
        let origin = if has_origin { origin.as_slice() } else { &[] };
        for option in options.iter().chain(origin) {
            assert!(
                run.out.contains(option),
                "{subcommand} --help has no {option}: {}",
                run.out
            );
        }
    }
    // The help must not show the password in the environment.
    let secret = command::run_with(
        place.path(),
        ["import", "--help"],
        &[("ARI_PASSWORD", "hush")],
    );
    assert!(!secret.out.contains("hush"), "{}", secret.out);
    ended(&run(place.path(), ["frobnicate"]), 2);
}
