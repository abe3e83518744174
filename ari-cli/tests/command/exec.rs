//! `ari exec`: the commands of a file.

use std::fs;

use super::fake::Fake;
use super::support::{answer, run, server};

const SCENARIO: &str = r#"# A call that enters a bridge and hears a sound.
hall = bridges create --name "the hall"
call = channels originate --endpoint Local/1@testari --app hello
wait event StasisStart --where channel.id=${call.id} --timeout 60
bridges add-channel ${hall.id} --channel ${call.id}
wait bridge ${hall.id} --channels 1 --timeout 60
sound = channels play ${call.id} --media sound:hello-world
wait event PlaybackStarted --where playback.id=${sound.id} --timeout 60
channels hangup ${call.id}
wait channel ${call.id} --state gone --timeout 60
ended = wait event StasisEnd --where channel.id=${call.id} --timeout 60
bridges get ${hall.id} --fields name
bridges destroy ${hall.id}
"#;

#[test]
fn scenario_runs_and_failures_name_the_line() {
    let fake = Fake::start(&[], &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("scenario");
    let path = file.to_str().expect("a path");
    fs::write(&file, SCENARIO).expect("a file");
    let (code, out, err) = run(fake.command(&["exec", path, "--app", "hello"]));
    assert_eq!(code, 0, "{out}{err}");
    // Results in variables are not printed; others are.
    assert!(
        out.contains("the hall") && out.contains("StasisStart"),
        "{out}"
    );
    assert!(!out.contains("StasisEnd"), "{out}");
    assert_eq!(fake.good(&["bridges", "list", "--json"]).trim(), "[]");

    let failing = "bridges create-with-id a\nchannels get none\nbridges create-with-id b\n";
    for (text, arguments, code, words, bridges) in [
        (
            failing,
            &[][..],
            3,
            "scenario, line 2: channels.get",
            &["a"][..],
        ),
        (
            failing,
            &["--keep-going"],
            3,
            "line 2: channels.get",
            &["a", "b"],
        ),
        (
            "bridges create-with-id a\nbridges list 'x\n",
            &[],
            2,
            "line 2: a quote",
            &[],
        ),
        (
            "bridges create-with-id a\nbridges lst\n",
            &[],
            2,
            "line 2: unknown command",
            &["a"],
        ),
        (
            "bridges create-with-id ${x}\n",
            &[],
            2,
            "unknown variable \"x\"",
            &[],
        ),
        (
            "x = bridges create-with-id a\nbridges get ${x.nme}\n",
            &[],
            2,
            "line 2: the result",
            &["a"],
        ),
        (
            "bridges list --url http://a/ari\n",
            &[],
            2,
            "line 1: all lines share",
            &[],
        ),
        ("exec other\n", &[], 2, "line 1: `ari exec` cannot run", &[]),
    ] {
        fs::write(&file, text).expect("a file");
        let (found, out, err) = run(fake.command(&[&["exec", path], arguments].concat()));
        assert_eq!(found, code, "{text}: {out}{err}");
        assert!(err.contains(words), "{text}: {err}");
        let listed = fake.good(&["bridges", "list", "--fields", "id", "--json"]);
        for bridge in ["a", "b"] {
            let exists = listed.contains(&format!("\"{bridge}\""));
            assert_eq!(exists, bridges.contains(&bridge), "{text}: {listed}");
            if exists {
                fake.good(&["bridges", "destroy", bridge]);
            }
        }
    }
}

#[test]
fn lines_come_from_the_standard_input() {
    use std::io::Write as _;
    let (url, requests) = server(Some(&answer("200 OK", "22.10.1", "[]")));
    let mut command = super::support::ari(&["exec", "-", "--url", &url]);
    command.stdin(std::process::Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut input = child.stdin.take().expect("a pipe");
    input
        .write_all(b"channels list\nari bridges list\n")
        .expect("it reads");
    drop(input);
    assert!(child.wait().expect("it ends").success());
    assert!(
        requests
            .recv()
            .expect("a request")
            .starts_with("GET /ari/channels")
    );
    assert!(
        requests
            .recv()
            .expect("a request")
            .starts_with("GET /ari/bridges")
    );
}
