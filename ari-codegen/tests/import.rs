//! `ari-codegen import`: specs from a folder or a running server, reduced to facts. An import that
//! fails changes nothing.

#![cfg(test)]

#[path = "support/command.rs"]
mod command;
#[path = "support/server.rs"]
mod server;

use std::fs;
use std::net::TcpListener;
use std::path::Path;

use ari_test_support::AUTHORIZATION;
use command::{Run, api_docs, files, run, run_with};
use server::Manner;

const PASSWORD: [(&str, &str); 1] = [("ARI_PASSWORD", "testme")];

fn import(folder: &Path, from: &str, more: &[&str]) -> Run {
    let arguments = [
        ["import", "--from", from, "--release", "22"].as_slice(),
        more,
    ]
    .concat();
    run_with(folder, arguments, &PASSWORD)
}

/// Returns a folder whose `api-docs/22` contains facts of Asterisk 22 that differ from the imported
/// ones.
fn workplace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let old = folder.path().join("api-docs/22");
    fs::create_dir_all(&old).expect("created");
    fs::write(old.join("resources.json"), "older facts").expect("written");
    fs::write(old.join("gone.json"), "a resource that is no more").expect("written");
    folder
}

#[test]
fn specs_of_a_folder_or_a_server_replace_the_facts_of_their_release() {
    let facts = api_docs().join("22");
    let server = server::start(Manner::Serve(facts.clone()));
    let url = server.url();
    let with_slash = format!("{url}/");
    let user = ["--user", "aritest"];
    for (from, more, messages) in [
        (facts.to_str().expect("a path"), [].as_slice(), 0),
        (&url, &user, 12),
        (&with_slash, &user, 12),
    ] {
        let place = workplace();
        let first = import(place.path(), from, more);
        assert_eq!(first.code, Some(0), "{first:?}");
        assert_eq!(
            first.out, "Asterisk 22: 109 operations, 85 models, 45 events: imported\n",
            "results, and nothing else, are on standard output"
        );
        let read = first
            .err
            .lines()
            .filter(|line| line.starts_with("reading http://"))
            .count();
        assert_eq!(read, messages, "{}", first.err);
        // An import does not include the history of point releases.
        let mut expected = files(&facts);
        expected.remove(Path::new("changes.json"));
        assert_eq!(files(&place.path().join("api-docs/22")), expected);
        assert_eq!(files(&place.path().join("api-docs")).len(), expected.len());

        let second = import(place.path(), from, more);
        assert!(second.out.ends_with(": nothing changed\n"), "{second:?}");
    }
    for request in server.requests() {
        let line = request.line();
        assert!(line.starts_with("GET /api-docs/"), "{request:?}");
        assert_eq!(request.header("authorization"), Some(AUTHORIZATION));
    }
}

/// Runs an import that must fail, and checks that the existing facts are unchanged.
fn refused(from: &str, more: &[&str]) -> Run {
    let place = workplace();
    let before = files(place.path());
    let run = import(place.path(), from, more);
    assert_eq!(run.out, "", "nothing was imported");
    assert_eq!(
        files(place.path()),
        before,
        "and nothing was changed or left behind"
    );
    assert!(
        !run.err.contains("testme") && !run.err.contains("YXJp"),
        "no secrets: {}",
        run.err
    );
    run
}

/// Writes edited facts of a release to a folder of their own.
fn edited(folder: &Path, release: &str, edit: impl FnOnce(&mut serde_json::Value)) {
    fs::create_dir_all(folder).expect("created");
    for (name, bytes) in files(&api_docs().join(release)) {
        if name != Path::new("changes.json") {
            fs::write(folder.join(name), bytes).expect("written");
        }
    }
    let path = folder.join("channels.json");
    let text = fs::read(&path).expect("read");
    let mut json = serde_json::from_slice(&text).expect("JSON");
    edit(&mut json);
    fs::write(path, json.to_string()).expect("written");
}

/// Changes of a new point release are added to the history. A branch between two point releases
/// adds changes that no point release has yet, until one does.
#[test]
fn the_history_of_point_releases_is_kept_and_goes_on() {
    let place = tempfile::tempdir().expect("a folder");
    let known = place.path().join("api-docs/22");
    fs::create_dir_all(&known).expect("created");
    for (name, bytes) in files(&api_docs().join("22")) {
        fs::write(known.join(name), bytes).expect("written");
    }
    let changes = || -> serde_json::Value {
        let text = fs::read(known.join("changes.json")).expect("a history");
        serde_json::from_slice(&text).expect("JSON")
    };
    let before = changes();
    let list = |json: &serde_json::Value| json["changes"].as_array().expect("a list").clone();

    let newer = place.path().join("newer");
    edited(&newer, "22", |json| {
        json["models"]["Channel"]["properties"]["mood"] =
            serde_json::json!({"type": "string", "required": true});
        let operations = &mut json["apis"][0]["operations"];
        operations[1]["parameters"][0]["required"] = false.into();
        json["models"]
            .as_object_mut()
            .expect("models")
            .remove("Dialed");
    });
    let from = newer.to_str().expect("a path").to_owned();
    let import = |from: &str, release: &str| {
        let run = run(
            place.path(),
            ["import", "--from", from, "--release", release],
        );
        (run.code, run.err)
    };
    let expected = serde_json::json!({"channels": {
        "models": {
            "Channel": {"properties": {"mood": null}},
            "Dialed": {"id": "Dialed", "properties": {}},
        },
        "operations": {"POST /channels": {"parameters": {"endpoint": {"required": true}}}},
    }});
    for (release, last, version) in [
        ("22", "22.10.1", serde_json::Value::Null),
        ("22", "22.10.1", serde_json::Value::Null),
        ("22.11", "22.11.0", "22.11.0".into()),
        ("22.11.0", "22.11.0", "22.11.0".into()),
    ] {
        let (code, err) = import(&from, release);
        assert_eq!(code, Some(0), "{err}");
        let after = changes();
        assert_eq!(after["first"], before["first"]);
        assert_eq!(after["last"], last, "{release}");
        let (mut after, before) = (list(&after), list(&before));
        let added = after.pop().expect("a change");
        assert_eq!(after, before, "what was known is kept");
        assert_eq!(added["before"], expected, "{release}");
        assert_eq!(added["version"], version, "{release}");
    }
    // Importing the same specs as the next point release changes only `last`.
    let (code, err) = import(&from, "22.11.1");
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(changes()["last"], "22.11.1");
    let patches = |changes: &serde_json::Value| changes["patches"].as_array().cloned();
    let mut expected = patches(&before).expect("patches");
    expected.push(1.into());
    assert_eq!(patches(&changes()), Some(expected));
    assert_eq!(list(&changes()).len(), list(&before).len() + 1);
    let now = files(&known);
    let (code, err) = import(&from, "22.10.2");
    assert_eq!(code, Some(1));
    assert!(err.contains("22.10.2 is older than 22.11.1"), "{err}");
    assert_eq!(files(&known), now);
}

#[test]
fn servers_that_do_not_serve_specs_are_told_apart() {
    let elsewhere = server::start(Manner::Serve(api_docs().join("22")));
    let user = ["--user", "aritest"].as_slice();
    let nobody = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let nobody = format!("http://{}/ari", nobody.expect("a port that is free again"));
    let served = |manner| server::start(manner).url();
    let wrong = ["--user", "aritest", "--password", "guess"].as_slice();
    let good = Manner::Serve(api_docs().join("22"));
    let redirected = format!(
        "answered 302: it redirects to {0}/api-docs/resources.json: if that is your server, use \
         --from {0}",
        elsewhere.url()
    );
    let cases = [
        (
            "a wrong password",
            served(good.clone()),
            wrong,
            "answered 401: the server refuses these",
        ),
        (
            "no user",
            served(good.clone()),
            &[],
            "answered 401: the server refuses these",
        ),
        (
            "forbidden",
            served(Manner::Status(403)),
            user,
            "answered 403: the server refuses this user",
        ),
        (
            "no specs",
            served(Manner::Status(404)),
            user,
            "answered 404: there are no specs",
        ),
        (
            "too early",
            served(Manner::Status(503)),
            user,
            "answered 503: Asterisk has not finished",
        ),
        (
            "odd",
            served(Manner::Status(500)),
            user,
            "answered 500: expected 200",
        ),
        (
            "a page",
            served(Manner::Html),
            user,
            "answered HTML, not JSON: is this Asterisk's /ari?",
        ),
        ("half a body", served(Manner::BreakOff), user, "broke off: "),
        ("a flood", served(Manner::Flood), user, "broke off: "),
        (
            "a redirect",
            served(Manner::Redirect(elsewhere.url())),
            user,
            &redirected,
        ),
        ("nobody", nobody, user, "is Asterisk running?"),
        (
            "no TLS",
            served(Manner::Html).replace("http:", "https:"),
            user,
            "this port does not speak TLS: use http:// in the address",
        ),
    ];
    for (what, address, more, expected) in cases {
        let run = refused(&address, more);
        assert_eq!(run.code, Some(1), "{what}: {run:?}");
        let message = run.err.lines().last().unwrap_or_default();
        let place = format!("ari-codegen: {address}/api-docs/resources.json: ");
        assert!(message.starts_with(&place), "{what}: {message}");
        assert!(message.contains(expected), "{what}: {message}");
    }
    assert_eq!(
        elsewhere.requests().len(),
        0,
        "no redirect was followed, with credentials or without"
    );
}

#[test]
fn addresses_with_secrets_or_of_other_kinds_are_refused_before_anything_is_sent() {
    let server = server::start(Manner::Serve(api_docs().join("22")));
    let host = server.url().trim_start_matches("http://").to_owned();
    let cases = [
        (
            format!("http://aritest:testme@{host}"),
            "--from holds credentials",
        ),
        (format!("http://testme@{host}"), "--from holds credentials"),
        (
            format!("https://aritest:testme@{host}"),
            "--from holds credentials",
        ),
        (
            format!("http://{host}?api_key=aritest:testme"),
            "--from holds a query",
        ),
        (format!("ws://{host}"), "only http:// and https:// are read"),
        ("http://:testme@[".into(), "--from is not an address"),
        ("://".into(), "--from is not an address"),
    ];
    for (address, expected) in cases {
        let run = refused(&address, &["--user", "aritest"]);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(
            run.err.starts_with("ari-codegen: ") && run.err.contains(expected),
            "{}",
            run.err
        );
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn folders_that_do_not_hold_the_release_are_refused() {
    let facts = api_docs().join("22");
    let half = tempfile::tempdir().expect("a folder");
    let broken = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files(&facts) {
        if name != Path::new("sounds.json") {
            fs::write(half.path().join(&name), &bytes).expect("written");
        }
        let end = if name == Path::new("events.json") {
            bytes.len() / 2
        } else {
            bytes.len()
        };
        fs::write(broken.path().join(&name), &bytes[..end]).expect("written");
    }
    let nothing = half.path().join("nothing");
    let text = |path: &Path| path.display().to_string();
    let other = text(&api_docs().join("21"));
    let cases = [
        (
            "half of the files",
            text(half.path()),
            "sounds.json is missing",
        ),
        (
            "half of a file",
            text(broken.path()),
            "events.json: not JSON",
        ),
        ("no folder", text(&nothing), "resources.json is missing"),
        (
            "another release",
            other,
            "these specs are of Asterisk 21 (apiVersion 9.0.0), not 22: nothing was imported",
        ),
    ];
    for (what, from, expected) in cases {
        let run = refused(&from, &[]);
        assert_eq!(run.code, Some(1), "{what}: {run:?}");
        assert!(run.err.contains(expected), "{what}: {}", run.err);
    }
}

#[test]
fn a_server_that_lacks_a_file_of_its_index_is_refused() {
    let half = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files(&api_docs().join("22")) {
        if name != Path::new("mailboxes.json") {
            fs::write(half.path().join(&name), &bytes).expect("written");
        }
    }
    let server = server::start(Manner::Serve(half.path().into()));
    let run = refused(&server.url(), &["--user", "aritest"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.contains("/api-docs/mailboxes.json: answered 404"),
        "{}",
        run.err
    );
}

#[test]
fn wrong_arguments_are_told_from_failures_by_their_exit_code() {
    let place = tempfile::tempdir().expect("a folder");
    let facts = api_docs().join("22").display().to_string();
    for release in ["11", "99", "99.1", "22.x", "22.", "22.1.0.0", "twenty"] {
        let run = run(
            place.path(),
            ["import", "--from", &facts, "--release", release],
        );
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(
            run.err.contains("give a number from 12 to 24")
                || run.err.contains("give it as 22.1 or 22.1.0"),
            "{}",
            run.err
        );
    }
    let without_release = run(place.path(), ["import", "--from", &facts]);
    assert_eq!(without_release.code, Some(2));
    let without_source = run(place.path(), ["import", "--release", "22"]);
    assert_eq!(without_source.code, Some(1));
    assert!(
        without_source.err.contains("--from is missing"),
        "{}",
        without_source.err
    );
    assert_eq!(files(place.path()).len(), 0);
}
