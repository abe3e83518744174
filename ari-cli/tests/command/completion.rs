//! Tests of completion: the scripts run in real shells, which query the command.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use super::fake::Fake;
use super::support::{ari, run, silent};
use super::watching::{LIMIT, Watching};

/// Returns a shell with the command in its PATH, and without the settings of this machine.
fn shell(name: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Option<Output> {
    let program = Path::new(env!("CARGO_BIN_EXE_ari"));
    let folder = program.parent().expect("a folder").display();
    // Shells write their history and settings below it.
    let home = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(name);
    command
        .args(arguments)
        .env_clear()
        .env("HOME", home.path())
        .env("PATH", format!("{folder}:/usr/local/bin:/usr/bin:/bin"))
        .envs(environment.iter().copied())
        .stdin(Stdio::null());
    command.output().ok()
}

/// Returns the candidates that bash offers for the last word of a command line. The words are split
/// as bash splits them.
fn offered(words: &[&str], environment: &[(&str, &str)]) -> Vec<String> {
    let quoted: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
    // Bash takes `=` and `:` for words, which have no blanks around them in the line.
    let mut line = String::new();
    for (at, word) in words.iter().enumerate() {
        let parts = ["=", ":"];
        if at > 0 && !parts.contains(word) && !parts.contains(&words[at - 1]) {
            line.push(' ');
        }
        line.push_str(word);
    }
    let last = words[words.len() - 1];
    let current = if ["=", ":"].contains(&last) { "" } else { last };
    let text = format!(
        "source <(ari completion bash); COMP_WORDS=({}); COMP_CWORD={}; COMP_LINE='{line}'; \
         COMP_POINT={}; _ari ari '{current}' ''; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        quoted.join(" "),
        words.len() - 1,
        line.len(),
    );
    let output = shell("bash", &["--norc", "-c", &text], environment).expect("bash runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words:?}");
    let out = String::from_utf8_lossy(&output.stdout);
    let lines = out.lines().filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// Starts a server with a channel and a bridge with unusual ids, in the application `hello`.
fn server() -> (Fake, Watching) {
    let fake = Fake::start(&[], &[]);
    let mut program = Watching::start(fake.command(&["events", "hello"]));
    program.until("Connected");
    for id in ["conf:1", "we ird$(x)"] {
        let id = format!("--channel-id={id}");
        fake.good(&[
            "channels",
            "originate",
            "--endpoint=Local/1@testari",
            "--app=hello",
            &id,
        ]);
    }
    fake.good(&["bridges", "create-with-id", "lobby"]);
    (fake, program)
}

#[test]
fn bash_completes() {
    let (fake, mut program) = server();
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("ari/config.toml");
    fs::create_dir(folder.path().join("ari")).expect("a folder");
    fs::write(
        &config,
        "[profiles.office]\nurl = \"http://a/ari\"\n[profiles.home]\nurl = \"http://b/ari\"\n",
    )
    .expect("a file");
    let home = folder.path().to_str().expect("a path");
    let environment = [
        ("ARI_URL", fake.url()),
        ("ARI_USER", "aritest"),
        ("ARI_PASSWORD", "testme"),
        ("XDG_CONFIG_HOME", home),
    ];
    for (words, expected) in [
        (&["ari", "chan"][..], &["channels"][..]),
        (
            &["ari", "channels", "orig"],
            &["originate", "originate-with-id"],
        ),
        (
            &["ari", "channels", "mute", "1", "--direction", "o"],
            &["out"],
        ),
        // Not the names of files.
        (
            &["ari", "record", "x", "--terminate-on", ""],
            &["none", "any", "\\*", "\\#"],
        ),
        (&["ari", "events", "--type", "StasisS"], &["StasisStart"]),
        (&["ari", "channels", "list", "--rel"], &["--release"]),
        (&["ari", "mock", "--st"], &["--strict"]),
        (
            &["ari", "channels", "list", "--release", "2"],
            &["24", "23", "22", "21", "20"],
        ),
        (
            &["ari", "channels", "list", "--profile", ""],
            &["home", "office"],
        ),
        (&["ari", "--profile", "o"], &["office"]),
        (
            &["ari", "channels", "list", "--fields", "id,caller."],
            &["id,caller.name", "id,caller.number"],
        ),
        (
            &["ari", "channels", "list", "--fields", "=", "creat"],
            &["creationtime"],
        ),
        (
            &["ari", "events", "a", "--fields", "bridge.i"],
            &["bridge.id"],
        ),
        // Ids of the server, as words of a shell that stay words.
        (&["ari", "channels", "get", "c"], &["conf:1", "conf:1\\;2"]),
        (&["ari", "channels", "get", "conf", ":", "1;"], &["1\\;2"]),
        (
            &["ari", "channels", "get", "w"],
            &["we\\ ird\\$\\(x\\)", "we\\ ird\\$\\(x\\)\\;2"],
        ),
        (&["ari", "record", "c"], &["conf:1", "conf:1\\;2"]),
        (&["ari", "watch", "--bridge", ""], &["lobby"]),
        (&["ari", "bridges", "add-channel", "lo"], &["lobby"]),
        (
            &["ari", "bridges", "add-channel", "lobby", "--channel", "c"],
            &["conf:1", "conf:1\\;2"],
        ),
        (&["ari", "call", "PJSIP/p"], &["PJSIP/phone"]),
        (&["ari", "dial", "PJSIP/a", "PJSIP/p"], &["PJSIP/phone"]),
        (&["ari", "transfer", "c", "PJSIP/p"], &["PJSIP/phone"]),
        (&["ari", "endpoints", "get", "PJSIP", "ph"], &["phone"]),
        (&["ari", "call", "a", "--app", "h"], &["hello"]),
        (
            &["ari", "asterisk", "get-module", "res_ari_ch"],
            &["res_ari_channels.so"],
        ),
        // An id that is given to something new is none that is there.
        (&["ari", "channels", "originate-with-id", "c"], &[]),
    ] {
        assert_eq!(offered(words, &environment), expected, "{words:?}");
    }
    program.child.kill().expect("it runs");
    program.child.wait().expect("it ends");
}

/// In case of any problem there are quickly no candidates, without a prompt or an error message.
#[test]
fn completion_never_hangs_prints_errors_or_prompts() {
    let (url, _listener) = silent();
    let user = ("ARI_USER", "tester");
    let password = ("ARI_PASSWORD", "s3cret");
    for environment in [
        &[("ARI_URL", url.as_str()), user, password][..],
        &[("ARI_URL", "http://127.0.0.1:1/ari"), user, password],
        &[("ARI_URL", "nonsense"), user, password],
        &[("ARI_URL", &url), user],
        &[("ARI_URL", &url)],
        &[("ARI_URL", &url), ("ARI_PROFILE", "both"), user, password],
    ] {
        let begin = Instant::now();
        for words in [
            &["ari", "channels", "get", "x"][..],
            &["ari", "--password-file", "-", "channels", "get", "x"],
            &[
                "ari",
                "--config",
                "/nonexistent/a",
                "channels",
                "list",
                "--profile",
                "x",
            ],
        ] {
            assert_eq!(
                offered(words, environment),
                Vec::<String>::new(),
                "{environment:?}"
            );
        }
        assert!(begin.elapsed() < LIMIT, "{environment:?}");
    }
}

/// Other shells, if they are installed.
#[test]
fn other_shells_complete() {
    let (fake, mut program) = server();
    let environment = [
        ("ARI_URL", fake.url()),
        ("ARI_USER", "aritest"),
        ("ARI_PASSWORD", "testme"),
        ("TERM", "dumb"),
    ];
    let fish = "ari completion fish | source; complete -C 'ari channels get c'; complete -C 'ari \
                channels list --fields id,caller.n'";
    // zsh offers something to whoever types alone.
    let zsh = "zmodload zsh/zpty; zpty it zsh -f -i; zpty -w it 'PS1=; autoload -U compinit; \
               compinit -u -D; source <(ari completion zsh)'; sleep 2; zpty -w -n it $'ari \
               channels get con\\t'; sleep 3; for i in 1 2 3 4 5 6; do zpty -r -t it; done; true";
    for (name, arguments, expected) in [
        (
            "fish",
            ["--no-config", "-c", fish],
            &["conf:1\t", "id,caller.name"][..],
        ),
        ("zsh", ["-f", "-c", zsh], &["get conf:1"]),
    ] {
        match shell(name, &arguments, &environment) {
            Some(output) => {
                let out = String::from_utf8_lossy(&output.stdout);
                for expected in expected {
                    assert!(
                        out.contains(expected),
                        "{name}: {expected}: {out} {output:?}"
                    );
                }
            }
            None => println!("{name} is not installed: not tried"),
        }
    }
    program.child.kill().expect("it runs");
    program.child.wait().expect("it ends");
}

#[test]
fn every_shell_has_a_script() {
    for name in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (code, out, err) = run(ari(&["completion", name]));
        assert_eq!((code, err.as_str()), (0, ""), "{name}");
        assert!(out.contains("ARI_COMPLETE"), "{name}: {out}");
    }
}
