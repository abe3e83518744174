//! Output for people in a terminal, which programs do not get: colours, tables that fit, questions,
//! progress.

use super::support::{Running, good, on_every_server, originate};
use super::terminal::Terminal;

/// Bold, as in the headers of tables.
const BOLD: &str = "\x1b[1m";

#[test]
fn tables_fit_and_have_colours_unless_they_are_not_wanted() {
    on_every_server(|server| {
        let mut events = Running::start(server, &["events", "hello"]);
        events.line("Connected");
        originate(server, "1");
        events.line("StasisStart");
        let run = |settings: &[(&str, &str)]| {
            let terminal = Terminal::start(server, "channels list", settings);
            terminal.until_written("code 0 end");
            let (text, shown) = (terminal.text(), terminal.screen().screen().contents());
            terminal.end("0");
            (text, shown)
        };
        let (text, shown) = run(&[]);
        assert!(text.contains(BOLD), "{text}");
        let head = shown.lines().find(|line| line.starts_with("id ")).unwrap();
        for column in ["name", "state"] {
            assert!(head.contains(column), "{}: {shown}", server.name);
        }
        assert!(shown.contains("(more columns: "), "{shown}");
        let (text, _) = run(&[("NO_COLOR", "1")]);
        assert!(!text.contains('\x1b'), "{text}");
        let all = good(server, &["channels", "list"]);
        assert!(
            !all.contains("(more columns: ") && !all.contains('\x1b'),
            "{all}"
        );

        let mut terminal = Terminal::start(server, "events other", &[]);
        terminal.until_written("Connected");
        assert!(
            terminal.text().contains("\x1b[1m\x1b[36mConnected"),
            "{}",
            terminal.text()
        );
        terminal.press("\x03");
        terminal.end("0");
        events.signal("INT");
        events.end();
    });
}

#[test]
fn a_password_is_asked_for_and_not_shown() {
    on_every_server(|server| {
        let question = format!("Password of aritest at {}: ", server.url);
        let ask = |words: &str| {
            let terminal = Terminal::start(server, words, &[("ARI_PASSWORD", "")]);
            terminal.until_written(&question);
            terminal
        };
        let mut terminal = ask("bridges list --json");
        terminal.press("testme\n");
        terminal.until_written("code 0 end");
        let text = terminal.text();
        assert!(text.contains("[]") && !text.contains("testme"), "{text}");
        terminal.end("0");
        let mut terminal = ask("bridges list");
        terminal.press("wrong\n");
        terminal.until_written("refused with 401");
        terminal.end("3");
        let mut terminal = ask("bridges list");
        terminal.press("\x03");
        terminal.end("130");
    });
    // For an invalid address no password is requested.
    let server = &super::support::Server::fake(22);
    for url in ["nonsense", "http://boss:s3cret@localhost/ari"] {
        let settings = [("ARI_PASSWORD", ""), ("ARI_URL", url)];
        let terminal = Terminal::start(server, "bridges list", &settings);
        terminal.until_written("code 2 end");
        let text = terminal.text();
        assert!(
            !text.contains("Password of") && !text.contains("s3cret"),
            "{text}"
        );
        terminal.end("2");
    }
}

#[test]
fn progress_is_shown() {
    on_every_server(|server| {
        let mut events = Running::start(server, &["events", "hello"]);
        events.line("Connected");
        let id = originate(server, "tone");
        events.line("StasisStart");
        let words = format!("play \"{id}\" sound:beep sound:demo-congrats");
        let mut terminal = Terminal::start(server, &words, &[]);
        terminal.until_written("1/2 sound:demo-congrats");
        terminal.press("\x03");
        terminal.end("130");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.wav");
        let words = format!(
            "record \"{id}\" --max-duration-seconds 60 --out {}",
            file.display()
        );
        let mut terminal = Terminal::start(server, &words, &[]);
        terminal.until_written("recording 00:00:0");
        terminal.until_written("at most 60 s");
        events.line("RecordingStarted");
        terminal.press("\x03");
        terminal.end("0");
        assert!(std::fs::read(&file).unwrap().starts_with(b"RIFF"));
        events.signal("INT");
        events.end();
    });
}
