//! Custom specs: in Asterisk's source tree, in a folder of releases, in several places at once, and
//! behind TLS; their errors; and their differences from a release.

#![cfg(test)]

#[path = "support/command.rs"]
mod command;
#[path = "support/server.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use ari_codegen::{Generator, Source};
use ari_test_support::Server;
use command::{Run, api_docs, files, run};
use tokio_rustls::rustls;

/// Copies the facts of a release.
fn copy(release: &str, to: &Path) {
    fs::create_dir_all(to).expect("created");
    for (name, bytes) in files(&api_docs().join(release)) {
        fs::write(to.join(name), bytes).expect("written");
    }
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("a file");
    assert!(text.contains(from), "{}: {from}", file.display());
    fs::write(file, text.replacen(from, to, 1)).expect("written");
}

fn ended(run: &Run, code: i32) {
    assert_eq!(run.code, Some(code), "{run:?}");
}

/// Returns the Rust files of a crate.
fn sources(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    files(&folder.join("src")).into_iter().collect()
}

/// Returns the bundled specs of a release, without the history of its point releases.
fn specs(release: &str) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let mut specs = files(&api_docs().join(release));
    specs.remove(Path::new("changes.json"));
    specs
}

#[test]
fn asterisks_own_tree_is_read_from_either_folder() {
    let place = tempfile::tempdir().expect("a folder");
    let tree = place.path().join("asterisk/rest-api");
    copy("22", &tree.join("api-docs"));
    fs::rename(
        tree.join("api-docs/resources.json"),
        tree.join("resources.json"),
    )
    .expect("moved");
    for (folder, from) in [
        (place.path().to_owned(), "asterisk/rest-api"),
        (place.path().to_owned(), "asterisk/rest-api/"),
        (place.path().to_owned(), "asterisk/rest-api/api-docs"),
        (tree.join("api-docs"), "."),
        (tree.clone(), "."),
    ] {
        let into = tempfile::tempdir().expect("a folder");
        let into_text = into.path().display().to_string();
        let import = [
            "import",
            "--release",
            "22",
            "--from",
            from,
            "--into",
            &into_text,
        ];
        ended(&run(&folder, import), 0);
        assert_eq!(files(&into.path().join("22")), specs("22"), "{from}");
    }
}

#[test]
fn a_folder_of_releases_need_not_be_like_the_bundled_one() {
    let place = tempfile::tempdir().expect("a folder");
    let docs = place.path().join("docs");
    copy("22", &docs.join("22"));
    // The owner has corrected the bug, so its fixup has nothing to fix.
    let channels = docs.join("22/channels.json");
    edit(
        &channels,
        "\"nickname\": \"rtpstatistics\"",
        "\"nickname\": \"rtpStatistics\"",
    );
    let generate = ["generate", "--api-docs", "docs", "--crate", "own"];
    let lenient = run(place.path(), generate);
    ended(&lenient, 0);
    for note in [
        "note: docs/descriptions: does not exist: ",
        "do not need the fixup `rtp-statistics-nickname`",
    ] {
        assert!(lenient.err.contains(note), "{}", lenient.err);
    }
    let stock = run(
        place.path(),
        ["generate", "--release", "22", "--crate", "stock"],
    );
    ended(&stock, 0);
    let names = |folder: &str| {
        let found = sources(&place.path().join(folder));
        found.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(names("own"), names("stock"));
    let client = fs::read_to_string(place.path().join("own/src/requests/channels/answer.rs"));
    let described = client.expect("it").contains("/// Answers");
    assert!(described, "texts of the bundled releases describe it");

    // In the library, which can also be strict.
    let generator = || Generator::folder(&docs).expect("a release");
    let bindings = generator().generate().expect("bindings");
    assert_eq!(bindings.notes.len(), 1);
    let error = generator()
        .strict(true)
        .generate()
        .expect_err("a stale fixup");
    assert!(error.to_string().contains("no longer applies"), "{error}");
}

#[test]
fn several_sources_are_merged() {
    let place = tempfile::tempdir().expect("a folder");
    copy("16", &place.path().join("a"));
    copy("22", &place.path().join("b"));
    let generate = |more: &[&str]| {
        let arguments = [&["generate"], more].concat();
        run(place.path(), arguments)
    };
    ended(&generate(&["--release", "16,22", "--crate", "known"]), 0);
    let known = sources(&place.path().join("known"));
    ended(
        &generate(&["--from", "a", "--from", "b", "--crate", "merged"]),
        0,
    );
    assert!(sources(&place.path().join("merged")) == known);
    // If their own apiVersion does not identify the release, they are merged by number, in the
    // given order.
    for folder in ["a", "b"] {
        let index = place.path().join(folder).join("resources.json");
        let text = fs::read_to_string(&index).expect("it");
        let version = text.split('"').nth(3).expect("a version").to_owned();
        edit(&index, &version, "99.0.0");
    }
    let told = ["--from", "a", "--from", "b", "--crate", "told"];
    let unknown = generate(&told);
    ended(&unknown, 1);
    assert!(
        unknown
            .err
            .contains("no known release has apiVersion 99.0.0"),
        "{unknown:?}"
    );
    ended(
        &generate(&[&told, ["--release", "16,22"].as_slice()].concat()),
        0,
    );
    assert!(sources(&place.path().join("told")) == known);
    let one = generate(&[&told, ["--release", "22"].as_slice()].concat());
    ended(&one, 1);
    assert!(
        one.err.contains("give one --release for each --from"),
        "{one:?}"
    );
    let twice = generate(&[
        "--from",
        "b",
        "--from",
        "b",
        "--release",
        "22,22",
        "--crate",
        "x",
    ]);
    ended(&twice, 1);
    assert!(
        twice.err.contains("Asterisk 22 was given twice"),
        "{twice:?}"
    );
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    type Spoil = fn(&Path);
    let compress: Spoil = |file| {
        let text = fs::read(file).expect("it");
        fs::write(file, [&[0x1f, 0x8b, 8, 0], text.as_slice()].concat()).expect("written");
    };
    let widen: Spoil = |file| {
        let text = fs::read_to_string(file).expect("it");
        let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
        fs::write(file, wide.collect::<Vec<_>>()).expect("written");
    };
    let mark: Spoil = |file| {
        let text = fs::read_to_string(file).expect("it");
        let wide = ['\u{feff}']
            .into_iter()
            .chain(text.chars())
            .collect::<String>();
        let wide = wide.encode_utf16().flat_map(u16::to_be_bytes);
        fs::write(file, wide.collect::<Vec<_>>()).expect("written");
    };
    let cases: &[(&str, Spoil, Option<&str>)] = &[
        (
            "gzip",
            compress,
            Some("channels.json: compressed by gzip: unpack it first"),
        ),
        (
            "UTF-16",
            widen,
            Some("channels.json: in UTF-16, where JSON is in UTF-8"),
        ),
        (
            "UTF-16 with a mark",
            mark,
            Some("channels.json: in UTF-16, where JSON is in UTF-8"),
        ),
        (
            "a path that leads up",
            |file| {
                edit(
                    file,
                    "\"/channels/{channelId}/dial\"",
                    "\"/channels/{channelId}/..\"",
                )
            },
            Some("has the segment \"..\", which does not lead to a resource"),
        ),
        (
            "an empty range",
            |file| edit(file, "\"min\": 0", "\"min\": 7, \"max\": 5"),
            Some("min is 7 and max is 5: no number is within this range"),
        ),
        (
            "half a number",
            |file| edit(file, "\"defaultValue\": 30", "\"defaultValue\": 1.5"),
            Some("the default 1.5 is not a whole number of 32 bits"),
        ),
        (
            "a large number",
            |file| edit(file, "\"defaultValue\": 30", "\"defaultValue\": 3000000000"),
            Some("the default 3000000000 is not a whole number of 32 bits"),
        ),
        (
            "a text for a number",
            |file| edit(file, "\"defaultValue\": 30", "\"defaultValue\": \"soon\""),
            Some("the default \"soon\" is not a whole number"),
        ),
        (
            "a number as a text",
            |file| edit(file, "\"defaultValue\": 30", "\"defaultValue\": \"30\""),
            None,
        ),
        (
            "a whole number with a point",
            |file| edit(file, "\"defaultValue\": 30", "\"defaultValue\": 30.0"),
            None,
        ),
        (
            "a list for a number",
            |file| edit(file, "\"defaultValue\": 30", "\"defaultValue\": [30]"),
            Some("the default [30] is not a single value"),
        ),
        (
            "a number out of its range",
            |file| edit(file, "\"defaultValue\": 0,", "\"defaultValue\": -1,"),
            Some("the default -1 is not within its range"),
        ),
        (
            "a word for a boolean",
            |file| {
                edit(
                    file,
                    "\"defaultValue\": false",
                    "\"defaultValue\": \"maybe\"",
                )
            },
            Some("the default \"maybe\" is not true or false"),
        ),
        (
            "any JSON in a query",
            |file| edit(file, "\"dataType\": \"int\"", "\"dataType\": \"any\""),
            Some("the type \"any\" cannot travel in the query: make it a plain type"),
        ),
        (
            "a parameter of a form",
            |file| edit(file, "\"paramType\": \"query\"", "\"paramType\": \"form\""),
            Some("travels in a form: make it a query parameter"),
        ),
        (
            "OpenAPI",
            |file| {
                let index = file.with_file_name("resources.json");
                fs::write(index, "{\"openapi\": \"3.0.0\", \"paths\": {}}").expect("written");
            },
            Some("resources.json: $.openapi: this is OpenAPI or a newer Swagger"),
        ),
        (
            "UTF-32",
            |file| {
                let text = fs::read_to_string(file).expect("it");
                let wide = ['\u{feff}'].into_iter().chain(text.chars());
                let wide: Vec<_> = wide.flat_map(|c| u32::from(c).to_le_bytes()).collect();
                fs::write(file, wide).expect("written");
            },
            Some("in UTF-32, where JSON is in UTF-8"),
        ),
        (
            "a newer Swagger that Asterisk wrote",
            |file| {
                edit(
                    file,
                    "\"swaggerVersion\": \"1.1\"",
                    "\"swaggerVersion\": \"1.3\"",
                )
            },
            None,
        ),
        (
            "a newer Swagger",
            |file| {
                edit(
                    file,
                    "\"swaggerVersion\": \"1.1\"",
                    "\"swaggerVersion\": \"2.0\"",
                )
            },
            Some(
                "swaggerVersion \"2.0\" is not understood: specs of Asterisk are of 1.1, 1.2 or 1.3",
            ),
        ),
        (
            "a pipe",
            |file| {
                fs::remove_file(file).expect("removed");
                let made = Command::new("mkfifo").arg(file).status();
                assert!(made.expect("mkfifo runs").success());
            },
            Some("channels.json: cannot read: not a plain file"),
        ),
    ];
    for (what, spoil, expected) in cases {
        let place = tempfile::tempdir().expect("a folder");
        copy("22", place.path());
        let file = place.path().join("channels.json");
        spoil(&file);
        let source = Source::Folder(place.path().into());
        let result = Generator::new()
            .add_source(source)
            .and_then(|generator| generator.read());
        match (result, expected) {
            (Ok(_), None) => {}
            (Err(error), Some(expected)) => {
                assert!(error.to_string().contains(expected), "{what}: {error}");
                // A build script that returns the error shows it in this form.
                assert_eq!(format!("{error:?}"), error.to_string());
            }
            (result, expected) => panic!("{what}: {:?}, not {expected:?}", result.err()),
        }
    }
}

/// Serves a folder below `/ari/api-docs` over TLS, and returns the address.
fn serve_by_tls(folder: PathBuf, certificate: &rcgen::CertifiedKey<rcgen::KeyPair>) -> String {
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(certificate.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.cert.der().clone()], key.into())
        .expect("a certificate");
    let server = Server::start(move |request| server::serve_file(&folder, request));
    server.start_tls(config)
}

#[test]
fn https_is_read_where_the_certificate_is_trusted() {
    let place = tempfile::tempdir().expect("a folder");
    let certificate = rcgen::generate_simple_self_signed(["localhost".to_owned()]);
    let certificate = certificate.expect("a certificate");
    let address = serve_by_tls(api_docs().join("22"), &certificate);
    fs::write(place.path().join("ca.pem"), certificate.cert.pem()).expect("written");
    fs::write(place.path().join("none.pem"), "no certificate").expect("written");

    let import = ["import", "--release", "22", "--from", &address];
    let trusted = run(
        place.path(),
        [import.as_slice(), &["--ca-file", "ca.pem"]].concat(),
    );
    ended(&trusted, 0);
    assert_eq!(files(&place.path().join("api-docs/22")), specs("22"));
    for (more, expected) in [
        (
            &[][..],
            "a certificate of your own is trusted with --ca-file",
        ),
        (
            &["--ca-file", "none.pem"],
            "none.pem: holds no certificate in PEM",
        ),
        (&["--ca-file", "nothing"], "nothing: cannot read: "),
    ] {
        let refused = run(place.path(), [import.as_slice(), more].concat());
        ended(&refused, 1);
        assert!(refused.err.contains(expected), "{}", refused.err);
    }
}

/// `openssl req -x509` makes a certificate of an authority, whose host is only in its subject.
#[test]
fn certificate_that_is_its_own_authority_is_trusted_if_it_is_named() {
    let place = tempfile::tempdir().expect("a folder");
    let own = || {
        let mut params = rcgen::CertificateParams::default();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.distinguished_name = rcgen::DistinguishedName::new();
        let name = rcgen::DnType::CommonName;
        params.distinguished_name.push(name, "localhost");
        let signing_key = rcgen::KeyPair::generate().expect("a key");
        let cert = params.self_signed(&signing_key).expect("a certificate");
        rcgen::CertifiedKey { cert, signing_key }
    };
    let (certificate, other) = (own(), own());
    let address = serve_by_tls(api_docs().join("22"), &certificate);
    fs::write(place.path().join("own.pem"), certificate.cert.pem()).expect("written");
    fs::write(place.path().join("other.pem"), other.cert.pem()).expect("written");

    for (file, code) in [("other.pem", 1), ("own.pem", 0)] {
        let import = ["import", "--release", "22", "--from", &address];
        let found = run(
            place.path(),
            [import.as_slice(), &["--ca-file", file]].concat(),
        );
        ended(&found, code);
        let written = place.path().join("api-docs/22").exists();
        assert_eq!(written, code == 0, "{}", found.err);
    }
}

/// Removes the members called `since`.
fn forget_ages(json: &mut serde_json::Value) {
    match json {
        serde_json::Value::Object(members) => {
            members.remove("since");
            members.values_mut().for_each(forget_ages);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(forget_ages),
        _ => {}
    }
}

#[test]
fn a_server_of_a_known_release_adds_nothing_where_its_specs_tell_no_ages() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("server");
    copy("22", &folder);
    for (name, bytes) in files(&folder) {
        let mut json = serde_json::from_slice(&bytes).expect("JSON");
        forget_ages(&mut json);
        fs::write(folder.join(name), json.to_string()).expect("written");
    }
    let same = run(place.path(), ["diff", "22", "server"]);
    ended(&same, 0);
    assert_eq!(same.out, "");
}

#[test]
fn diff_takes_folders_and_tells_every_change_in_words() {
    let place = tempfile::tempdir().expect("a folder");
    copy("22", &place.path().join("mine"));
    let file = |name: &str| place.path().join("mine").join(name);
    let diff = |from: &str, to: &str| run(place.path(), ["diff", from, to]);
    let same = diff("22", "mine");
    ended(&same, 0);
    assert_eq!(same.out, "");
    assert_eq!(
        same.err,
        "from Asterisk 22 to mine (Asterisk 22): 0 changes, 0 of them break callers\n"
    );

    edit(
        &file("events.json"),
        "\"discriminator\": \"type\"",
        "\"discriminator\": \"kind\"",
    );
    edit(
        &file("events.json"),
        "\"websocketProtocol\": \"ari\"",
        "\"websocketProtocol\": \"own\"",
    );
    edit(
        &file("channels.json"),
        "\"defaultValue\": 30",
        "\"defaultValue\": 60",
    );
    edit(&file("recordings.json"), "\"canceled\"", "\"stopped\"");
    edit(
        &file("asterisk.json"),
        "\"dataType\": \"string\"",
        "\"dataType\": \"int\"",
    );
    let playbacks = fs::read_to_string(file("playbacks.json")).expect("it");
    let playbacks = playbacks.replacen("\"paramType\": \"query\"", "\"paramType\": \"body\"", 1);
    let modules = "\"requiresModules\": [\n    \"res_own\"";
    let start = playbacks.find("\"requiresModules\": [").expect("modules");
    let end = start + playbacks[start..].find(']').expect("an end");
    let playbacks = format!("{}{modules}\n  {}", &playbacks[..start], &playbacks[end..]);
    fs::write(file("playbacks.json"), playbacks).expect("written");

    let changed = diff("22", "mine");
    ended(&changed, 3);
    for line in [
        "changed  model Message: discriminator from type to kind [breaks callers]",
        "changed  operation events.eventWebsocket: upgrade from websocket, ari to websocket, own \
         [breaks callers]",
        "changed  operation channels.originate, parameter timeout: default from 30 to 60",
        "changed  resource playbacks: modules from ",
        "changed  operation playbacks.control, parameter operation: place from query to body",
        "parameter configClass",
        ", value \"canceled\" [breaks callers]",
    ] {
        assert!(changed.out.contains(line), "{line}: {}", changed.out);
    }
    for internal in ["Some(", "None", "Scalar", "Text", "Values", "Range {"] {
        assert!(
            !changed.out.contains(internal),
            "{internal}: {}",
            changed.out
        );
    }
    let back = diff("mine", "22");
    ended(&back, 3);
    let nothing = diff("22", "nowhere");
    ended(&nothing, 2);
    assert!(
        nothing.err.contains("neither the number of a release"),
        "{}",
        nothing.err
    );
}

#[test]
fn check_shows_what_is_ones_own() {
    let place = tempfile::tempdir().expect("a folder");
    copy("22", &place.path().join("mine"));
    let file = place.path().join("mine/mailboxes.json");
    edit(
        &file,
        "\"nickname\": \"update\"",
        "\"nickname\": \"update_it\"",
    );
    edit(
        &place.path().join("mine/channels.json"),
        "\"defaultValue\": \"client\"",
        "\"defaultValue\": \"neither\"",
    );
    let own = run(place.path(), ["check", "--from", "mine"]);
    ended(&own, 0);
    let lines: Vec<_> = own.out.lines().collect();
    assert!(
        matches!(
            lines.as_slice(),
            [one, two] if one.contains("the default is none of its values")
                && two.contains("the nickname is snake_case")
        ),
        "{}",
        own.out
    );
    assert!(
        own.err
            .contains(" notes that any Asterisk 22 gives are not shown"),
        "{}",
        own.err
    );
    let all = run(place.path(), ["check", "--from", "mine", "--verbose"]);
    ended(&all, 0);
    assert!(all.out.lines().count() > 20, "{}", all.out);
    assert!(!all.err.contains("not shown"), "{}", all.err);
}

/// The cause of an error may be that the release was guessed wrongly.
#[test]
fn a_guessed_release_is_named_with_the_option_that_corrects_it() {
    let place = tempfile::tempdir().expect("a folder");
    copy("22", &place.path().join("mine"));
    edit(
        &place.path().join("mine/channels.json"),
        "\"defaultValue\": 30",
        "\"defaultValue\": 1.5",
    );
    for (arguments, code) in [
        (&["check", "--from", "mine"][..], 3),
        (&["generate", "--from", "mine", "--crate", "own"], 1),
        (&["diff", "22", "mine"], 1),
    ] {
        let guessed = run(place.path(), arguments);
        ended(&guessed, code);
        let names_it = guessed.err.contains("Asterisk 22") && guessed.err.contains("--release");
        assert!(names_it, "{guessed:?}");
        let told = run(place.path(), [arguments, &["--release", "22"]].concat());
        ended(&told, code);
        assert!(!told.err.contains("--release"), "{told:?}");
    }
}
