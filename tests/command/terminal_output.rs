//! Output for people in a terminal, which programs do not get: colours, tables that fit, questions,
//! progress.

use super::support::{RunningCommand, on_every_server, originate, run_successfully};
use super::terminal::Terminal;

/// Bold, as in the headers of tables.
const BOLD: &str = "\x1b[1m";

#[test]
fn tables_fit_terminal_and_respect_colour_settings() {
    on_every_server(|server| {
        let mut events = RunningCommand::start(server, &["events", "hello"]);
        events.wait_for_line("Connected");
        originate(server, "1");
        events.wait_for_line("StasisStart");
        let run = |settings: &[(&str, &str)]| {
            let terminal = Terminal::start(server, "channels list", settings);
            terminal.wait_for_output("code 0 end");
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
        let all = run_successfully(server, &["channels", "list"]);
        assert!(
            !all.contains("(more columns: ") && !all.contains('\x1b'),
            "{all}"
        );

        let mut terminal = Terminal::start(server, "events other", &[]);
        terminal.wait_for_output("Connected");
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
fn password_prompt_hides_input() {
    on_every_server(|server| {
        let question = format!("Password of aritest at {}: ", server.url);
        let ask = |words: &str| {
            let terminal = Terminal::start(server, words, &[("ARI_PASSWORD", "")]);
            terminal.wait_for_output(&question);
            // The prompt is printed first.
            terminal.wait_until_echo_is_off();
            terminal
        };
        let mut terminal = ask("bridges list --json");
        terminal.press("testme\n");
        terminal.wait_for_output("code 0 end");
        let text = terminal.text();
        assert!(text.contains("[]") && !text.contains("testme"), "{text}");
        terminal.end("0");
        let mut terminal = ask("bridges list");
        terminal.press("wrong\n");
        terminal.wait_for_output("refused with 401");
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
        terminal.wait_for_output("code 2 end");
        let text = terminal.text();
        assert!(
            !text.contains("Password of") && !text.contains("s3cret"),
            "{text}"
        );
        terminal.end("2");
    }
}

#[test]
fn progress_bar_is_shown() {
    on_every_server(|server| {
        let mut events = RunningCommand::start(server, &["events", "hello"]);
        events.wait_for_line("Connected");
        let id = originate(server, "tone");
        events.wait_for_line("StasisStart");
        let words = format!("play \"{id}\" sound:beep sound:demo-congrats");
        let mut terminal = Terminal::start(server, &words, &[]);
        terminal.wait_for_output("1/2 sound:demo-congrats");
        terminal.press("\x03");
        terminal.end("130");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.wav");
        let words = format!(
            "record \"{id}\" --max-duration-seconds 60 --out {}",
            file.display()
        );
        let mut terminal = Terminal::start(server, &words, &[]);
        terminal.wait_for_output("recording 00:00:0");
        terminal.wait_for_output("at most 60 s");
        events.wait_for_line("RecordingStarted");
        terminal.press("\x03");
        terminal.end("0");
        assert!(std::fs::read(&file).unwrap().starts_with(b"RIFF"));
        events.signal("INT");
        events.end();
    });
}
