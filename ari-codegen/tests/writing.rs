//! The files that `generate` does not change: files and folders of others, links, and all existing
//! files if a run fails or is killed.

#![cfg(test)]
#![cfg(unix)]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use command::{Run, api_docs, files, run};

const HEADER: &str = "// Written by ari-codegen from Asterisk's resource specs: do not edit.\n";

fn generate(folder: &Path, release: &str, into: &str) -> Run {
    let docs = api_docs().display().to_string();
    let release = ["--release", release, "--api-docs", &docs];
    run(
        folder,
        [&["generate", "--into", into], release.as_slice()].concat(),
    )
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("created");
    fs::write(path, text).expect("written");
}

#[test]
fn only_files_of_its_own_in_its_own_folders_are_removed_and_never_through_a_link() {
    let place = tempfile::tempdir().expect("a folder");
    let at = |name: &str| place.path().join(name);
    assert_eq!(generate(place.path(), "22", "o").code, Some(0));
    assert_eq!(generate(place.path(), "16", "o/a").code, Some(0));
    assert_eq!(generate(place.path(), "16", "o/requests/b").code, Some(0));
    let other = [files(&at("o/a")), files(&at("o/requests/b"))];
    let first = files(&at("o"));
    write(&at("elsewhere/old.rs"), HEADER);
    symlink(".", at("o/loop")).expect("a link");
    symlink(at("elsewhere"), at("o/requests/more")).expect("a link");
    symlink(at("elsewhere/old.rs"), at("o/requests/old.rs")).expect("a link");
    write(&at("o/requests/retired.rs"), HEADER);
    write(&at("o/requests/mine/kept.rs"), HEADER);
    write(&at("o/models/channels/retired.rs"), HEADER);
    write(&at("o/requests/gone/mod.rs"), HEADER);
    write(&at("o/requests/gone/retired.rs"), HEADER);
    write(&at("o/models/half/mod.rs"), HEADER);
    write(&at("o/models/half/mine.rs"), "// Mine.\n");

    let second = generate(place.path(), "22", "o");
    assert_eq!(second.code, Some(0), "{second:?}");
    let removed: Vec<_> = second.err.lines().collect();
    assert_eq!(
        removed,
        [
            "removed o/models/channels/retired.rs",
            "removed o/models/half/mod.rs",
            "removed o/requests/gone/mod.rs",
            "removed o/requests/gone/retired.rs",
            "removed o/requests/retired.rs",
        ]
    );
    assert!(!at("o/requests/gone").exists());
    assert!(at("o/models/half/mine.rs").is_file());
    assert!(second.out.contains("; 0 written, "), "{}", second.out);
    assert_eq!([files(&at("o/a")), files(&at("o/requests/b"))], other);
    assert!(at("o/requests/mine/kept.rs").is_file());
    assert!(at("o/requests/old.rs").is_symlink());
    assert_eq!(
        fs::read_to_string(at("elsewhere/old.rs")).expect("it"),
        HEADER
    );
    fs::remove_file(at("o/loop")).expect("removed");
    for (name, bytes) in &first {
        assert!(fs::read(at("o").join(name)).expect("it") == *bytes);
    }
}

#[test]
fn whatever_stands_in_the_way_is_refused_before_anything_is_changed() {
    type Obstacle = fn(&Path);
    let cases: &[(&str, &str, Obstacle, &str)] = &[
        (
            "a file of one's own",
            "--into",
            |folder| write(&folder.join("client.rs"), "// Mine.\n"),
            "o/client.rs: ari-codegen did not write this file: move it away",
        ),
        (
            "a folder in a file's place",
            "--into",
            |folder| fs::create_dir_all(folder.join("requests/channels/play.rs")).expect("created"),
            "o/requests/channels/play.rs: there is a folder in place of a file",
        ),
        (
            "a file in a folder's place",
            "--into",
            |folder| write(&folder.join("models"), HEADER),
            "o/models: there is a file in place of a folder",
        ),
        (
            "a link in a folder's place",
            "--into",
            |folder| {
                fs::create_dir_all(folder.join("../elsewhere")).expect("created");
                symlink("../elsewhere", folder.join("models")).expect("a link");
            },
            "o/models: there is a link in place of the bindings",
        ),
        (
            "a link in a file's place",
            "--into",
            |folder| symlink("/dev/null", folder.join("mod.rs")).expect("a link"),
            "o/mod.rs: there is a link in place of the bindings",
        ),
        (
            "a crate's file of one's own",
            "--crate",
            |folder| {
                write(&folder.join("src/lib.rs"), HEADER);
                write(&folder.join("src/client.rs"), "// Mine.\n");
            },
            "o/src/client.rs: ari-codegen did not write this file: move it away",
        ),
        (
            "a file for a folder",
            "--into",
            |folder| {
                fs::remove_dir(folder).expect("removed");
                write(folder, "mine");
            },
            "o: there is a file in place of a folder",
        ),
    ];
    for (what, option, obstacle, expected) in cases {
        let place = tempfile::tempdir().expect("a folder");
        let out = place.path().join("o");
        fs::create_dir(&out).expect("created");
        obstacle(&out);
        let before = files(place.path());
        let refused = run(place.path(), ["generate", "--release", "22", option, "o"]);
        assert_eq!(refused.code, Some(1), "{what}: {refused:?}");
        assert!(refused.err.contains(expected), "{what}: {}", refused.err);
        assert_eq!(files(place.path()), before, "{what}");
    }
}

#[test]
fn bindings_share_no_folder_with_others_and_follow_no_broken_link() {
    let place = tempfile::tempdir().expect("a folder");
    for first in ["o", "n/requests"] {
        assert_eq!(generate(place.path(), "22", first).code, Some(0), "{first}");
    }
    symlink("o/models", place.path().join("link")).expect("a link");
    let before = files(place.path());
    symlink("nowhere", place.path().join("broken")).expect("a link");
    for (into, expected) in [
        ("o/models", "o, which shares a folder with it: name another"),
        ("link", "o, which shares a folder with it: name another"),
        (
            "n",
            "n/requests, which shares a folder with it: name another",
        ),
        (
            "broken",
            "broken: there is a link to nothing in place of a folder",
        ),
    ] {
        let refused = generate(place.path(), "22", into);
        assert_eq!(refused.code, Some(1), "{into}: {refused:?}");
        assert!(refused.err.contains(expected), "{into}: {}", refused.err);
    }
    fs::remove_file(place.path().join("broken")).expect("removed");
    assert_eq!(files(place.path()), before);
}

/// Runs the command with a limit on the size of files. With `trap`, exceeding it is a write error,
/// as on a full disk. Without it, the process is killed while it writes.
fn cramped(folder: &Path, trap: &str, option: &str) -> std::process::Output {
    let command = env!("CARGO_BIN_EXE_ari-codegen");
    let script = format!("{trap}ulimit -f 8; exec '{command}' generate --release 22 {option} o");
    Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder)
        .output()
        .expect("bash runs")
}

#[test]
fn a_run_that_fails_or_is_cut_off_leaves_the_old_state_whole_and_can_be_repeated() {
    for option in ["--into", "--crate"] {
        let place = tempfile::tempdir().expect("a folder");
        let out = place.path().join("o");

        let full = cramped(place.path(), "trap '' XFSZ; ", option);
        let err = String::from_utf8_lossy(&full.stderr);
        assert!(err.contains("cannot write: File too large"), "{full:?}");
        assert!(!out.exists(), "{option}: nothing of a first run is left");

        let cut_off = cramped(place.path(), "", option);
        assert_eq!(cut_off.status.code(), None, "{cut_off:?}");
        let again = run(place.path(), ["generate", "--release", "16", option, "o"]);
        assert_eq!(again.code, Some(0), "{option}: {again:?}");
        let whole = files(&out);
        assert!(whole.len() > 30);

        for trap in ["trap '' XFSZ; ", ""] {
            assert!(!cramped(place.path(), trap, option).status.success());
            let mut left = files(&out);
            left.retain(|name, _| !name.starts_with(".ari-codegen.new"));
            assert!(left == whole, "{option}: something was changed");
        }
        let last = run(place.path(), ["generate", "--release", "22", option, "o"]);
        assert_eq!(last.code, Some(0), "{option}: {last:?}");
        let fresh = run(place.path(), ["generate", "--release", "22", option, "new"]);
        assert_eq!(fresh.code, Some(0));
        let sources = |folder: &str| {
            let mut found = files(&place.path().join(folder));
            found.retain(|name, _| name.extension().is_some_and(|ending| ending == "rs"));
            found
        };
        assert!(sources("o") == sources("new"), "{option}");
    }
}
