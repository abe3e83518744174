//! The rules of the configuration, by table.

use std::fs;
use std::path::Path;

use super::{ConfigLoader, ConnectionConfig};

/// Secrets, which no error and no `Debug` output may contain.
const SECRETS: [&str; 4] = ["fr0mfile", "pr1vate", "s3cret", "4711"];

fn write(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    #[cfg(not(unix))]
    let _ = mode;
}

/// Returns the result for a file and variables: URL, user and password, or the error.
fn load(
    file: &Path,
    variables: &[(&'static str, &'static str)],
    set: impl Fn(ConfigLoader) -> ConfigLoader,
) -> Result<String, String> {
    let variables = variables.to_vec();
    let loader = ConfigLoader::new()
        .config_file(file)
        .environment(move |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        });
    let loader = set(loader);
    let shown = |found: &ConnectionConfig| {
        let shown = format!("{found:?} {loader:?}");
        assert!(
            !SECRETS.iter().any(|secret| shown.contains(secret)),
            "{shown}"
        );
        let password = found.password().as_str();
        format!("{} {} {password}", found.url(), found.user())
    };
    match loader.load() {
        Ok(found) => Ok(shown(&found)),
        Err(error) => {
            let text = format!("{error} {error:?}");
            assert!(
                !SECRETS.iter().any(|secret| text.contains(secret)),
                "{text}"
            );
            Err(error.to_string())
        }
    }
}

const FILE: &str = r#"default = "office"
[profiles.office]
url = "http://office/ari"
user = "boss"
password = "pr1vate"
[profiles.lab]
url = "http://lab/ari"
[profiles.home]
url = "http://home/ari"
user = "me"
password_file = "PASSWORD"
"#;

#[test]
fn settings_take_precedence_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let (file, password) = (folder.path().join("a.toml"), folder.path().join("password"));
    let text = FILE.replace("PASSWORD", password.to_str().unwrap());
    write(&file, &text, 0o600);
    write(&password, "fr0mfile\nmore\n", 0o600);
    type Set = fn(ConfigLoader) -> ConfigLoader;
    const URL: (&str, &str) = ("ARI_URL", "http://env/ari");
    const USER: (&str, &str) = ("ARI_USER", "tester");
    const PASSWORD: (&str, &str) = ("ARI_PASSWORD", "s3cret");
    let none: Set = |loader| loader;
    for (variables, set, expected) in [
        (&[][..], none, Ok("http://office/ari boss pr1vate")),
        (
            &[USER, PASSWORD],
            none,
            Ok("http://office/ari boss pr1vate"),
        ),
        (
            &[("ARI_URL", "")],
            none,
            Ok("http://office/ari boss pr1vate"),
        ),
        (
            &[URL, USER, PASSWORD],
            none,
            Ok("http://env/ari tester s3cret"),
        ),
        (
            &[("ARI_PROFILE", "home")],
            none,
            Ok("http://home/ari me fr0mfile"),
        ),
        (
            &[("ARI_PROFILE", "lab"), USER, PASSWORD],
            none,
            Ok("http://lab/ari tester s3cret"),
        ),
        (
            &[URL],
            |l| l.profile("home"),
            Ok("http://home/ari me fr0mfile"),
        ),
        (
            &[USER, PASSWORD],
            |l| l.url("http://x/ari"),
            Ok("http://x/ari tester s3cret"),
        ),
        (
            &[],
            |l| l.user("other").password("4711"),
            Ok("http://office/ari other 4711"),
        ),
        // The password of another user or server is not used.
        (
            &[],
            |l| l.user("other"),
            Err("no password for the user \"other\": set ARI_PASSWORD"),
        ),
        (
            &[URL, USER, PASSWORD],
            |l| l.url("http://x/ari"),
            Err("ARI_PASSWORD is only used with"),
        ),
        (
            &[USER, PASSWORD],
            |l| l.user("other").url("http://x/ari"),
            Err("is only used with"),
        ),
        (&[URL, PASSWORD], none, Err("no user: set ARI_USER")),
        (
            &[URL, ("ARI_PROFILE", "lab")],
            none,
            Err("ARI_URL and ARI_PROFILE cannot be combined"),
        ),
        (
            &[],
            |l| l.url("x").profile("y"),
            Err("a URL and a profile cannot be combined"),
        ),
        (
            &[("ARI_URL", "http://a:s3cret@env/ari")],
            none,
            Err("ARI_URL contains credentials"),
        ),
        (
            &[("ARI_PROFILE", "missing")],
            none,
            Err("which has: home, lab, office"),
        ),
        (
            &[URL, USER],
            |l| l.password_file("/nonexistent/a"),
            Err("the password file /nonexistent/a does not exist"),
        ),
        (
            &[("ARI_PROFILE", "lab")],
            |l| l.config_file("/nonexistent/a"),
            Err("profile \"lab\" not found: the configuration file /nonexistent/a does not exist"),
        ),
    ] {
        let found = load(&file, variables, set);
        match (&found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{variables:?}"),
            (Err(found), Err(expected)) => {
                assert!(found.contains(expected), "{variables:?}: {found}");
            }
            _ => panic!("{variables:?}: {found:?} instead of {expected:?}"),
        }
    }
}

#[test]
fn invalid_files_are_rejected_with_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.toml");
    for (from, to, expected) in [
        (
            "\"pr1vate\"",
            "4711",
            "line 5: a password must be a string in quotes",
        ),
        ("pr1vate\"", "pr1vate", "line 5"),
        (
            "user = \"boss\"",
            "user = 4711",
            "line 4: user must be a string in quotes",
        ),
        (
            "user = \"boss\"",
            "usr = \"4711\"",
            "line 4: unknown key \"usr\"; valid keys: url, user",
        ),
        ("default", "defaults", "line 1: unknown key \"defaults\""),
        (
            "[profiles.lab]\nurl",
            "[profiles.lab]\nuser",
            "the profile \"lab\" has no url",
        ),
        (
            "//office",
            "//x:pr1vate@office",
            "the url of the profile \"office\" contains credentials",
        ),
        (
            "url = \"http://lab",
            "user = \"x\"\nuser = \"http://lab",
            "line 8: duplicate key",
        ),
    ] {
        write(&file, &FILE.replace(from, to), 0o600);
        let error = load(&file, &[], |loader| loader).unwrap_err();
        assert!(error.contains(expected), "{to}: {error}");
        assert!(error.contains("a.toml"), "{to}: {error}");
    }
}

#[cfg(unix)]
#[test]
fn files_that_others_can_read_are_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let (file, password) = (folder.path().join("a.toml"), folder.path().join("password"));
    let text = FILE.replace("PASSWORD", password.to_str().unwrap());
    for (file_mode, password_mode, profile, accepted) in [
        (0o600, 0o600, "home", true),
        (0o400, 0o400, "home", true),
        (0o600, 0o640, "home", false),
        (0o600, 0o604, "home", false),
        // That profile does not need the password file.
        (0o600, 0o644, "office", true),
        (0o640, 0o600, "home", false),
        (0o604, 0o600, "office", false),
    ] {
        let _ = fs::remove_file(&file);
        let _ = fs::remove_file(&password);
        write(&file, &text, file_mode);
        write(&password, "fr0mfile\n", password_mode);
        let found = load(&file, &[], |loader| loader.profile(profile));
        assert_eq!(
            found.is_ok(),
            accepted,
            "{file_mode:o} {password_mode:o}: {found:?}"
        );
        if let Err(error) = found {
            assert!(error.contains("chmod 600"), "{error}");
        }
    }
    // Without a password everybody may read it.
    write(
        &file,
        "[profiles.a]\nurl = \"http://a/ari\"\nuser = \"x\"\n",
        0o644,
    );
    let variables = [("ARI_PROFILE", "a"), ("ARI_PASSWORD", "s3cret")];
    let found = load(&file, &variables, |loader| loader);
    assert_eq!(found.as_deref(), Ok("http://a/ari x s3cret"));
}
