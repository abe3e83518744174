//! README guides new users to a first call: the tests run its commands and use its files word for
//! word, without an Asterisk and with one.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use super::support::{RunningCommand, Server, isolate, outcome, program};
use crate::asterisk::{Asterisk, Release};

/// The address in the texts; a test has another port.
const URL: &str = "http://localhost:8088/ari";

/// A code block of a text.
struct Block {
    heading: String,
    language: String,
    text: String,
}

fn blocks(file: &str) -> Vec<Block> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let (mut heading, mut found) = (String::new(), Vec::<Block>::new());
    let mut open = false;
    for line in fs::read_to_string(path).unwrap().lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(language) => {
                open = true;
                found.push(Block {
                    heading: heading.clone(),
                    language: language.to_owned(),
                    text: String::new(),
                });
            }
            None if open => {
                let text = &mut found.last_mut().unwrap().text;
                text.push_str(line);
                text.push('\n');
            }
            None => {
                if let Some(title) = line.strip_prefix("## ") {
                    heading = title.to_owned();
                }
            }
        }
    }
    found
}

/// Returns the blocks of a language below a heading.
fn blocks_below(blocks: &[Block], heading: &str, language: &str) -> Vec<String> {
    let found = blocks
        .iter()
        .filter(|block| block.heading == heading && block.language == language);
    found.map(|block| block.text.clone()).collect()
}

/// Returns a command that runs text typed into a terminal.
fn shell(text: &str) -> Command {
    let mut command = Command::new("bash");
    isolate(&mut command).args(["-ec", text]);
    let path = std::env::var("PATH").unwrap();
    let folder = program().parent().unwrap().display();
    command.env("PATH", format!("{folder}:{path}"));
    command
}

/// Returns the same for a last command that continues until it is stopped: the shell is replaced by
/// it.
fn long_running_shell(text: &str) -> Command {
    let (before, last) = text.trim_end().rsplit_once('\n').unwrap_or(("", text));
    shell(&format!("{before}\nexec {last}"))
}

/// Returns a line without the time of day.
fn without_time(line: &str) -> String {
    let clock = |c: char| c.is_ascii_digit() || c == ':' || c == '.';
    let (time, rest) = line.split_at(12.min(line.len()));
    match time.chars().all(clock) {
        true => format!("HH:MM:SS.mmm{rest}"),
        false => line.to_owned(),
    }
}

/// Runs the second and the third terminal; returns the output of the second one.
fn watch_and_call(watch: &str, call: &str, release: u32) -> Vec<String> {
    let mut events = RunningCommand::from_command(long_running_shell(watch));
    let mut shown = vec![events.wait_for_line("Connected")];
    let (code, out, err) = outcome(shell(call));
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let version = out.lines().find(|line| line.starts_with("system.version"));
    let version = version.unwrap_or_else(|| panic!("{out}"));
    assert!(version.contains(&format!(" {release}.")), "{out}");
    if call.contains("hangup") {
        shown.push(events.wait_for_line("StasisStart"));
        shown.push(events.wait_for_line("StasisEnd"));
    } else {
        events.wait_for_line("args world");
    }
    events.signal("INT");
    assert_eq!(events.end().0, Some(0));
    shown.iter().map(|line| without_time(line)).collect()
}

/// Returns README's sample output of the second terminal.
fn sample_output(blocks: &[Block]) -> Vec<String> {
    let sample = blocks_below(blocks, HEADING_WITHOUT_ASTERISK, "text").concat();
    sample.lines().map(without_time).collect()
}

const HEADING_WITHOUT_ASTERISK: &str = "A first call, without an Asterisk";
const HEADING_WITH_ASTERISK: &str = "The same with an Asterisk";

#[test]
fn readme_first_call_works_with_fake() {
    for (file, heading) in [
        ("README.md", HEADING_WITHOUT_ASTERISK),
        ("ari-cli/README.md", ""),
    ] {
        let blocks = blocks(file);
        let mut typed = blocks_below(&blocks, heading, "sh");
        if file == "README.md" {
            let install = typed.remove(0);
            let folder = install
                .trim()
                .strip_prefix("cargo install --path ")
                .unwrap();
            let manifest = fs::read_to_string(format!("{folder}/Cargo.toml")).unwrap();
            assert!(manifest.contains("name = \"ari\""), "{manifest}");
        }
        let [mock, watch, call] = typed.as_slice() else {
            panic!("{file}: {typed:#?}");
        };
        assert_eq!(mock, "ari mock\n");
        // Another process may use the port of the text.
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let here = |text: &str| text.replace(URL, &URL.replace("8088", &port.to_string()));
        let mut fake =
            RunningCommand::from_command(long_running_shell(&format!("ari mock --port {port}")));
        fake.wait_for_line("A fake Asterisk");
        let shown = watch_and_call(&here(watch), &here(call), 24);
        if file == "README.md" {
            assert_eq!(shown, sample_output(&blocks));
        }
        fake.signal("INT");
        assert_eq!(fake.end().0, Some(0));
    }
}

#[test]
fn readme_first_call_works_with_real_server() {
    let blocks = blocks("README.md");
    let typed = blocks_below(&blocks, HEADING_WITHOUT_ASTERISK, "sh");
    let mut files = BTreeMap::new();
    for text in blocks_below(&blocks, HEADING_WITH_ASTERISK, "ini") {
        let name = text.lines().next().unwrap().rsplit('/').next().unwrap();
        files.insert(name.to_owned(), text);
    }
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["ari.conf", "extensions.conf", "http.conf"]);
    let [_run, restart] = blocks_below(&blocks, HEADING_WITH_ASTERISK, "sh")
        .try_into()
        .unwrap();
    let doctor = restart
        .strip_prefix("sudo systemctl restart asterisk\n")
        .unwrap();
    for release in Release::ALL {
        let Some(mut server) = Asterisk::start(release) else {
            continue;
        };
        let port = server.http_port().to_string();
        for (name, text) in &files {
            let text = text.replace("8088", &port);
            fs::write(server.dir().join("etc").join(name), text).unwrap();
        }
        // As `systemctl restart` does.
        server.restart();
        let server = Server::real(server);
        let here = |text: &str| text.replace(URL, &server.url);
        let (code, out, _) = outcome(shell(&here(doctor)));
        assert_eq!(code, Some(0), "{}: {out}", server.name);
        let shown = watch_and_call(&here(&typed[2]), &here(&typed[3]), server.release);
        assert_eq!(shown, sample_output(&blocks), "{}", server.name);
    }
}

/// The server that a clone runs reports that it is ready and how to stop it, works with the
/// commands of the second and the third terminal, and leaves nothing behind.
#[test]
fn readme_first_call_works_with_server_of_clone() {
    let blocks = blocks("README.md");
    let typed = blocks_below(&blocks, HEADING_WITHOUT_ASTERISK, "sh");
    let [run, _] = blocks_below(&blocks, HEADING_WITH_ASTERISK, "sh")
        .try_into()
        .unwrap();
    assert_eq!(run, "tests/asterisk/run 22\n");
    for release in Release::ALL {
        // Only installed releases: this test downloads nothing.
        if Asterisk::start(release).is_none() {
            continue;
        }
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port().to_string();
        drop(free);
        let run = run.replace("22", &release.to_string());
        let mut server = RunningCommand::from_command(long_running_shell(&format!(
            "{} --port {port}",
            run.trim()
        )));
        let line = server.wait_for_line("answers at");
        let url = URL.replace("8088", &port);
        assert!(line.contains(&format!("Asterisk {release}.")), "{line}");
        assert!(line.contains(&url) && line.contains("Ctrl-C"), "{line}");
        let folder = server.wait_for_line("Its configuration: ");
        let folder = folder.trim_start_matches("Its configuration: ");
        assert!(Path::new(folder).join("ari.conf").exists(), "{folder}");

        let (code, _, err) = outcome(shell(&format!("tests/asterisk/run --port {port}")));
        assert_eq!(code, Some(1), "{err}");
        assert!(
            err.contains(&format!("port {port}")) && err.contains("--port"),
            "{err}"
        );

        let here = |text: &str| text.replace(URL, &url);
        let shown = watch_and_call(&here(&typed[2]), &here(&typed[3]), release.number());
        assert_eq!(shown, sample_output(&blocks), "{release}");
        server.signal("INT");
        assert_eq!(server.end().0, Some(0));
        assert!(!Path::new(folder).exists(), "{folder}");
        assert!(TcpListener::bind(format!("127.0.0.1:{port}")).is_ok());
    }
}

/// The command accepts everything else that the texts show of it.
#[test]
fn shown_commands_exist() {
    let commands = ["README.md", "ari-cli/README.md"].map(|file| {
        let text = fs::read_to_string(file).unwrap();
        let quoted = text.split('`').skip(1).step_by(2);
        let quoted = quoted.filter(|quoted| quoted.starts_with("ari "));
        quoted.map(str::to_owned).collect::<Vec<_>>()
    });
    let commands = commands.concat();
    assert!(commands.len() > 8, "{commands:#?}");
    for command in commands {
        let words = command.split_whitespace().skip(1);
        let words = words.take_while(|word| word.chars().all(|c| c.is_ascii_lowercase()));
        let words: Vec<_> = words.collect();
        let (code, _, err) = outcome(shell(&format!("ari {} --help", words.join(" "))));
        assert_eq!(code, Some(0), "{command}: {err}");
    }
}
