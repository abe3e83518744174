//! `ari-codegen watch`: the tags of a repository, a folder and a server, compared with api-docs.

#![cfg(test)]

#[path = "support/command.rs"]
mod command;
#[path = "support/server.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod server;

use std::fs;
use std::path::Path;
use std::process::Command;

use command::{Run, api_docs, files, run, run_with};
use serde_json::Value;
use server::Manner;

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE");
    git.args(["-c", "user.name=test", "-c", "user.email=test@example.com"]);
    git.args(["-c", "tag.gpgSign=false", "-c", "commit.gpgSign=false"]);
    let output = git.arg("-C").arg(folder).args(arguments).output();
    let output = output.expect("git is installed");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
}

/// Asterisk's repository, with the specs of releases in its tags.
struct Asterisk(tempfile::TempDir);

impl Asterisk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        git(folder.path(), &["init", "--quiet"]);
        Asterisk(folder)
    }

    fn path(&self) -> &str {
        self.0.path().to_str().expect("text")
    }

    /// Commits the facts of a known release, edited, and tags the commit.
    fn tag(&self, tags: &[&str], known: &str, edits: &[(&str, &str, &str)]) {
        let tree = self.0.path().join("rest-api");
        let specs = tree.join("api-docs");
        fs::create_dir_all(&specs).expect("created");
        for (name, bytes) in files(&api_docs().join(known)) {
            let to = match name.to_str() {
                Some("changes.json") => continue,
                // Asterisk has the index beside the folder of the others.
                Some("resources.json") => tree.join(name),
                _ => specs.join(name),
            };
            fs::write(to, bytes).expect("written");
        }
        for (file, from, to) in edits {
            let file = specs.join(file);
            let text = fs::read_to_string(&file).expect("a file");
            assert!(text.contains(from), "{}: {from}", file.display());
            fs::write(file, text.replacen(from, to, 1)).expect("written");
        }
        git(self.0.path(), &["add", "--all"]);
        let commit = ["commit", "--quiet", "--allow-empty", "--message", "specs"];
        git(self.0.path(), &commit);
        for tag in tags {
            git(self.0.path(), &["tag", tag]);
        }
    }
}

fn watch(arguments: &[&str]) -> Run {
    let elsewhere = tempfile::tempdir().expect("a folder");
    run(elsewhere.path(), [&["watch"], arguments].concat())
}

const NEW_VALUE: (&str, &str, &str) = ("channels.json", "\"busy\"", "\"busy\",\n\"engaged\"");
const OTHER_NAME: (&str, &str, &str) = (
    "mailboxes.json",
    "\"name\": \"oldMessages\"",
    "\"name\": \"readMessages\"",
);

#[test]
fn new_tags_are_compared_with_the_release_before() {
    let asterisk = Asterisk::new();
    let known = [
        "22.10.1",
        "22.10.0",
        "11.25.3",
        "certified-22.8-cert1",
        "22.11.0-rc1",
    ];
    asterisk.tag(&known, "22", &[]);
    let nothing = watch(&[asterisk.path()]);
    assert_eq!(nothing.code, Some(0), "{nothing:?}");
    assert_eq!(nothing.out, "nothing new\n");
    let json = watch(&[asterisk.path(), "--json"]);
    assert_eq!((json.code, json.out.as_str()), (Some(0), "[]\n"));

    asterisk.tag(&["22.10.2"], "22", &[]);
    asterisk.tag(&["22.11.0"], "22", &[NEW_VALUE]);
    asterisk.tag(&["22.12.0"], "22", &[NEW_VALUE, OTHER_NAME]);
    // An operation of it is older in the specs than in the history.
    asterisk.tag(&["23.4.2"], "23", &[]);
    asterisk.tag(&["25.0.0"], "24", &[NEW_VALUE]);
    let news = watch(&[asterisk.path()]);
    assert_eq!(news.code, Some(3), "{news:?}");
    let expected = "\
Asterisk 22.10.2 is new: 0 changes since 22.10.1, 0 of them breaking
Asterisk 22.11.0 is new: 1 change since 22.10.2, 0 of them breaking
  added    operation channels.hangup, parameter reason, value \"engaged\"
Asterisk 22.12.0 is new: 2 changes since 22.11.0, 2 of them breaking
  added    operation mailboxes.update, parameter readMessages [breaks callers]
  removed  operation mailboxes.update, parameter oldMessages [breaks callers]
Asterisk 23.4.2 is new: 0 changes since 23.4.1, 0 of them breaking
Asterisk 25.0.0 is new: 1 change since 24, 0 of them breaking
  added    operation channels.hangup, parameter reason, value \"engaged\"
";
    assert_eq!(news.out, expected);

    for (release, versions) in [
        ("22", &["22.10.2", "22.11.0", "22.12.0"][..]),
        ("22.11", &["22.11.0"]),
        ("22.12.0", &["22.12.0"]),
        ("25", &["25.0.0"]),
    ] {
        let news = watch(&[asterisk.path(), "--release", release, "--json"]);
        assert_eq!(news.code, Some(3), "{news:?}");
        let news: Vec<Value> = serde_json::from_str(&news.out).expect("JSON alone");
        let found: Vec<_> = news.iter().map(|news| &news["release"]).collect();
        assert_eq!(found, versions, "{release}");
        assert_eq!(news[0]["is_new"], true);
    }
    // The one tag that was asked for is compared with known facts, not with tags in between.
    let named = watch(&[asterisk.path(), "--release", "22.12.0"]);
    assert!(
        named
            .out
            .starts_with("Asterisk 22.12.0 is new: 3 changes since 22.10.1"),
        "{named:?}"
    );
    let known = watch(&[asterisk.path(), "--release", "22.10.1"]);
    assert_eq!(known.code, Some(0), "{known:?}");

    let missing = watch(&[asterisk.path(), "--release", "22.13"]);
    assert_eq!(missing.code, Some(1), "{missing:?}");
    assert!(
        missing.err.contains("no tag of Asterisk 22.13"),
        "{missing:?}"
    );
}

#[test]
fn checkouts_without_tags_folders_and_servers_are_compared_with_their_release() {
    let asterisk = Asterisk::new();
    asterisk.tag(&[], "22", &[OTHER_NAME]);
    let specs = asterisk.0.path().join("rest-api/api-docs");
    let served = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files(&asterisk.0.path().join("rest-api")) {
        let name = name.file_name().expect("a file");
        fs::write(served.path().join(name), bytes).expect("written");
    }
    let server = server::start(Manner::Serve(served.path().to_owned()));
    let places = [
        asterisk.path(),
        specs.to_str().expect("text"),
        &server.url(),
    ]
    .map(str::to_owned);
    for place in places {
        let elsewhere = tempfile::tempdir().expect("a folder");
        let arguments = ["watch", &place, "--user", "aritest"];
        let news = run_with(elsewhere.path(), arguments, &[("ARI_PASSWORD", "testme")]);
        assert_eq!(news.code, Some(3), "{news:?}");
        assert_eq!(
            news.out,
            "\
Asterisk 22: 2 changes since 22.10.1, 2 of them breaking
  added    operation mailboxes.update, parameter readMessages [breaks callers]
  removed  operation mailboxes.update, parameter oldMessages [breaks callers]
"
        );
    }
    // 23 has a change in its branch that no known point release has.
    for release in ["22", "23"] {
        asterisk.tag(&[], release, &[]);
        let nothing = watch(&[asterisk.path()]);
        assert_eq!(
            (nothing.code, nothing.out.as_str()),
            (Some(0), "nothing new\n"),
            "{release}"
        );
    }
}
