//! `ari profile`: changes of the configuration file.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Stdio;

use super::support::{ari, run};

/// Runs `ari profile` on a file, with a password on the standard input.
fn profile(file: &Path, arguments: &[&str]) -> (i32, String, String) {
    let path = file.to_str().expect("a path");
    let mut command = ari(&[&["profile"], arguments, &["--config", path]].concat());
    command.env_clear().stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut input = child.stdin.take().expect("a pipe");
    // A command that fails before does not read it.
    let _ = input.write_all(b"s3cret\nmore\n");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert!(
        !out.contains("s3cret") && !err.contains("s3cret"),
        "{out}{err}"
    );
    (output.status.code().unwrap_or(-1), out, err)
}

#[test]
fn profiles_are_changed_without_losing_comments() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("new/ari/config.toml");
    let good = |arguments: &[&str]| {
        let (code, out, err) = profile(&file, arguments);
        assert_eq!(code, 0, "{arguments:?}: {err}");
        out
    };
    let fails = |arguments: &[&str], words: &str| {
        let before = fs::read(&file).ok();
        let (code, out, err) = profile(&file, arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
        assert!(err.contains(words), "{arguments:?}: {err}");
        assert_eq!(fs::read(&file).ok(), before, "{arguments:?}");
    };
    assert_eq!(good(&["list", "--json"]).trim(), "[]");
    let url = "http://a:8088/ari";
    let add = [
        "add",
        "office",
        "--url",
        url,
        "--user",
        "boss",
        "--password-file",
        "-",
    ];
    good(&add);
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(&folder.path().join("new")), 0o700);
    let text = fs::read_to_string(&file).expect("text");
    assert_eq!(
        text,
        "[profiles.office]\nurl = \"http://a:8088/ari\"\nuser = \"boss\"\npassword = \"s3cret\"\n"
    );
    // The file of its owner, with comments, and a key that this release does not know.
    let text =
        format!("# mine\n{text}newer = 1 # kept\n").replace("\"boss\"", "\"boss\" # the boss");
    fs::write(&file, &text).expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("a mode");
    fails(&add, "the profile \"office\" exists");
    fails(&["add", "x", "--url", "http://a:s3cret@b/ari"], "");
    fails(
        &["add", "x", "--url", url],
        "no password: give --password-file FILE",
    );
    fails(&["add", "x"], "no server: give --url");
    fails(&["use", "x"], "profile \"x\" not found");
    fails(&["remove", "x"], "which has: office");
    good(&[
        "add",
        "office",
        "--force",
        "--url",
        "http://b/ari",
        "--user",
        "chief",
        "--no-password",
    ]);
    good(&["add", "home", "--url", "http://c/ari", "--no-password"]);
    good(&["use", "home"]);
    assert_eq!(
        fs::read_to_string(&file).expect("text"),
        "default = \"home\"\n# mine\n[profiles.office]\nurl = \"http://b/ari\"\nuser = \"chief\" # the boss\n\
         newer = 1 # kept\n\n[profiles.home]\nurl = \"http://c/ari\"\n"
    );
    assert_eq!(mode(&file), 0o600);
    let text = fs::read_to_string(&file).expect("text");
    fs::write(&file, text.replace("newer = 1 # kept\n", "")).expect("a file");
    let listed = good(&["list", "--fields", "name,user,password,default"]);
    assert!(
        listed.contains("chief") && listed.contains("none"),
        "{listed}"
    );
    assert!(good(&["show"]).contains("http://c/ari"));
    assert!(good(&["show", "office"]).contains("http://b/ari"));
    good(&["remove", "home"]);
    let text = fs::read_to_string(&file).expect("text");
    assert!(!text.contains("home") && text.contains("# mine"), "{text}");
    fs::write(&file, "password = \"s3cret\nx").expect("a file");
    fails(&["use", "office"], "config.toml, line ");
}

/// A link to the file stays one.
#[test]
fn linked_files_stay_links() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, link) = (folder.path().join("real"), folder.path().join("link"));
    fs::write(&file, "").expect("a file");
    std::os::unix::fs::symlink(&file, &link).expect("a link");
    let (code, _, err) = profile(
        &link,
        &["add", "a", "--url", "http://a/ari", "--no-password"],
    );
    assert_eq!(code, 0, "{err}");
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert!(
        fs::read_to_string(&file)
            .expect("text")
            .contains("[profiles.a]")
    );
    assert_eq!(
        run(ari(&[
            "profile",
            "show",
            "a",
            "--config",
            link.to_str().expect("a path")
        ]))
        .0,
        0
    );
}
