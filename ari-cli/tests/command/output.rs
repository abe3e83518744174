//! What goes to the standard output, to files and to pipes.

use std::fs;

use super::support::{answer, ari, run, server};

#[test]
fn answers_are_tables_or_json() {
    let body = r#"[{"id":"1","name":"PJSIP/a","caller":{"name":"A\u001b[2J"},"n":null},{"id":"22","name":"L","caller":{"name":""},"n":null}]"#;
    let (url, _requests) = server(Some(&answer("200 OK", "22.10.1", body)));
    for (arguments, expected) in [
        (
            &["channels", "list"][..],
            "id  name     caller.name\n1   PJSIP/a  A\\u{1b}[2J\n22  L\n",
        ),
        (
            &["channels", "list", "--fields", "caller.name,id"],
            "caller.name  id\nA\\u{1b}[2J   1\n             22\n",
        ),
        (
            &["--json", "channels", "list", "--fields", "id"],
            "[{\"id\":\"1\"},{\"id\":\"22\"}]\n",
        ),
    ] {
        let (code, out, err) = run(ari(&[arguments, &["--url", &url]].concat()));
        assert_eq!((code, out.as_str()), (0, expected), "{arguments:?}: {err}");
    }
    let (_, out, _) = run(ari(&["channels", "list", "--json", "--url", &url]));
    assert_eq!(out.trim(), body);
    let (_, _, err) = run(ari(&["channels", "list", "--fields", "ids", "--url", &url]));
    assert!(
        err.contains("there is no \"ids\"") && err.contains("caller.name"),
        "{err}"
    );
}

#[test]
fn downloads_go_to_files_or_pipes() {
    let (url, _requests) = server(Some(&answer("200 OK", "22.10.1", "RIFFdata")));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.wav");
    let name = file.to_str().expect("a path");
    let get = ["recordings", "get-stored-file", "a", "--url", &url];
    assert_eq!(run(ari(&get)).1, "RIFFdata");
    let (code, out, err) = run(ari(&[&get[..], &["--out", name]].concat()));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert_eq!(fs::read(&file).expect("a file"), b"RIFFdata");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_is_no_error() {
    let (url, _requests) = server(Some(&answer("200 OK", "22.10.1", "[]")));
    for arguments in [
        &["--help"][..],
        &["completion", "bash"],
        &["channels", "list", "--json", "--url", &url],
    ] {
        let mut command = ari(arguments);
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        command.stdout(writer).stderr(std::process::Stdio::piped());
        let output = command.spawn().expect("it runs").wait_with_output();
        let output = output.expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && err.is_empty(),
            "{arguments:?}: {err}"
        );
    }
}
