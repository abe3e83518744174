//! Tests of options, environment and profiles, and of the password that each request uses.

use std::fs;

use super::support::{answer, ari, run, server};

#[cfg(unix)]
#[test]
fn profiles_are_used_and_their_passwords_protected() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let (url, requests) = server(Some(&answer("200 OK", "22.10.1", "[]")));
    let file = folder.path().join("config.toml");
    let text = format!(
        "default = \"office\"\n[profiles.office]\nurl = \"{url}\"\nuser = \"boss\"\n\
         password = \"pr1vate\"\n"
    );
    fs::write(&file, &text).expect("a file");
    let path = file.to_str().expect("a path");
    let with = |arguments: &[&str]| {
        let mut command = ari(&[&["channels", "list", "--config", path], arguments].concat());
        command.env_remove("ARI_USER");
        let result = run(command);
        assert!(!result.2.contains("pr1vate"), "{}", result.2);
        result
    };
    let allow =
        |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("a mode");
    allow(0o640);
    let (code, _, err) = with(&[]);
    assert_eq!(code, 2);
    assert!(err.contains("chmod 600"), "{err}");
    allow(0o600);
    for arguments in [&[][..], &["--profile", "office"]] {
        assert_eq!(with(arguments).0, 0);
        // boss:pr1vate
        assert!(
            requests
                .recv()
                .expect("a request")
                .contains("Basic Ym9zczpwcjF2YXRl")
        );
    }
    // The password is that user's and that server's, nobody else's.
    assert_eq!(with(&["--user", "clerk"]).0, 0);
    // clerk:s3cret
    assert!(
        requests
            .recv()
            .expect("a request")
            .contains("Basic Y2xlcms6czNjcmV0")
    );
    assert_eq!(with(&["--url", &url, "--user", "boss"]).0, 0);
    // boss:s3cret
    assert!(
        requests
            .recv()
            .expect("a request")
            .contains("Basic Ym9zczpzM2NyZXQ=")
    );
    let mut command = ari(&["channels", "list", "--config", path]);
    command.env("ARI_PROFILE", "office").env_remove("ARI_USER");
    assert_eq!(run(command).0, 0);
    let request = requests.recv().expect("a request");
    assert!(request.contains("Basic Ym9zczpwcjF2YXRl"), "{request}");
    // Not even what is no text.
    let number = text.replace("\"pr1vate\"", "424242");
    fs::write(&file, number).expect("a file");
    let (code, _, err) = with(&[]);
    assert_eq!(code, 2);
    assert!(
        err.contains("line 5: a password must be a string") && !err.contains("424242"),
        "{err}"
    );
    fs::write(&file, &text).expect("a file");
    let (code, _, err) = with(&["--profile", "home"]);
    assert_eq!(code, 2);
    assert!(err.contains("which has: office"), "{err}");
    let (code, _, err) = with(&["--profile", "office", "--url", &url]);
    assert_eq!(code, 2, "{err}");
    // Errors about the file do not quote it.
    fs::write(&file, text.replace("pr1vate\"", "pr1vate")).expect("a file");
    let (code, _, err) = with(&[]);
    assert_eq!(code, 2);
    assert!(err.contains("line 5"), "{err}");
    let secret = folder.path().join("password");
    fs::write(&secret, "fr0mfile\n").expect("a file");
    let path = secret.to_str().expect("a path");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).expect("a mode");
    let arguments = ["channels", "list", "--url", &url, "--password-file", path];
    assert_eq!(run(ari(&arguments)).0, 0);
    // tester:fr0mfile
    assert!(
        requests
            .recv()
            .expect("a request")
            .contains("Basic dGVzdGVyOmZyMG1maWxl")
    );
    let mut command = ari(&["channels", "list", "--url", &url]);
    command.env_remove("ARI_PASSWORD");
    let (code, _, err) = run(command);
    assert_eq!(code, 2);
    assert!(err.contains("no password for the user"), "{err}");
}

/// If there are two servers, or a password for another one, nothing is sent.
#[test]
fn passwords_are_not_sent_to_other_servers_or_users() {
    let nowhere = "http://127.0.0.1:1/ari";
    let elsewhere = "http://127.0.0.1:2/ari";
    for (environment, arguments, words) in [
        (
            &[][..],
            &["--url", nowhere, "channels", "list", "--profile", "a"][..],
            "cannot be combined",
        ),
        (
            &[],
            &["channels", "list", "--profile", "a", "--url", nowhere],
            "cannot be combined",
        ),
        (
            &[("ARI_URL", nowhere), ("ARI_PROFILE", "a")],
            &["channels", "list"],
            "cannot be combined",
        ),
        (
            &[],
            &["channels", "list", "--profile", "a"],
            "profile \"a\" not found: the configuration file",
        ),
        (
            &[],
            &["channels", "list", "--config", "/nonexistent/a"],
            "the configuration file /nonexistent/a does not exist",
        ),
        (
            &[("ARI_PASSWORD", "")],
            &["channels", "list"],
            "no password for the user",
        ),
        (
            &[("ARI_URL", nowhere)],
            &["channels", "list", "--url", elsewhere],
            "ARI_PASSWORD is only used with",
        ),
        (
            &[],
            &["channels", "list", "--user", "other"],
            "ARI_PASSWORD is only used with",
        ),
        (&[("ARI_USER", "")], &["channels", "list"], "no user: "),
        (
            &[],
            &[
                "mock",
                "--port",
                "0",
                "--user",
                "other",
                "--password-file",
                "/nonexistent/a",
            ],
            "the password file /nonexistent/a does not exist",
        ),
    ] {
        let mut command = ari(arguments);
        command.envs(environment.iter().copied());
        let (code, out, err) = run(command);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
        assert!(
            err.contains(words) && err.lines().count() == 1,
            "{arguments:?}: {err}"
        );
    }
}

#[test]
fn passwords_are_read_from_the_standard_input() {
    use std::io::Write as _;
    let (url, requests) = server(Some(&answer("200 OK", "22.10.1", "[]")));
    let mut command = ari(&["channels", "list", "--url", &url, "--password-file", "-"]);
    command.stdin(std::process::Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(b"fr0mfile\nmore\n").expect("it reads");
    drop(input);
    assert!(child.wait().expect("it ends").success());
    // tester:fr0mfile
    let request = requests.recv().expect("a request");
    assert!(request.contains("Basic dGVzdGVyOmZyMG1maWxl"), "{request}");
}
