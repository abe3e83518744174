//! `ari top`, in a terminal.

use super::support::{
    RunningCommand, Server, on_every_server, originate, run_successfully, signal,
};
use super::terminal::Terminal;

#[test]
fn top_shows_server_and_restores_terminal() {
    on_every_server(|server| {
        let release = server.release;
        let mut events = RunningCommand::start(server, &["events", "hello"]);
        events.wait_for_line("Connected");
        originate(server, "1");
        events.wait_for_line("StasisStart");
        run_successfully(
            server,
            &["bridges", "create", "--name", "lobby", "--type", "mixing"],
        );
        let mut terminal = Terminal::start(server, "top", &[]);
        terminal.wait_for_screen("lobby");
        originate(server, "brief");
        let shown = terminal.wait_for_screen("ChannelVarset");
        for expected in [
            &format!("Asterisk {release}."),
            "Local/1@testari",
            "hello",
            "mixing",
            "q quit,",
            "Events per second",
        ] {
            assert!(shown.contains(expected), "{expected}:\n{shown}");
        }
        println!("{shown}");
        assert!(terminal.screen().screen().alternate_screen());
        terminal.press("q");
        terminal.end("0");

        let terminal = Terminal::start(server, "top", &[]);
        terminal.wait_for_screen("lobby");
        let process = terminal.word_after("pid");
        signal(process.parse().unwrap(), "TERM");
        terminal.end("0");
        let left = run_successfully(server, &["applications", "list"]);
        assert!(!left.contains("ari-command-"), "{release}: {left}");
        events.signal("INT");
        events.end();
    });
}

/// The start of a foreground colour.
const COLOUR: &str = "\x1b[38;5;";

/// Scrolling, another size, a server that stops and restarts, and the keys that quit.
#[test]
fn top_handles_keys_resizing_and_reconnect() {
    let mut server = Server::fake(22);
    let server = &mut server;
    let mut events = RunningCommand::start(server, &["events", "hello"]);
    events.wait_for_line("Connected");
    for _ in 0..15 {
        originate(server, "1");
    }
    let mut terminal = Terminal::start(server, "top", &[("NO_COLOR", "1")]);
    terminal.wait_for_screen("30 channels  0 bridges  1 application ");
    // The count of hidden rows is drawn last.
    let shown = terminal.wait_for_screen(" more");
    assert!(
        shown.contains("00000000;1") && !shown.contains("0000000e;2"),
        "{shown}"
    );
    // This command's own application is not listed.
    assert!(!shown.contains("ari-command"), "{shown}");
    terminal.press("\x1b[6~\x1b[6~\x1b[6~jj");
    let shown = terminal.wait_for_screen("0000000e;2");
    assert!(!shown.contains("00000000;1"), "{shown}");
    terminal.press("\x1b[5~\x1b[5~\x1b[5~\x1b[A\x1b[A");
    terminal.wait_for_screen("00000000;1");
    // All details of a channel, and its hangup after a question.
    terminal.press("\r");
    terminal.wait_for_screen("dialplan.context");
    terminal.press("\rh");
    terminal.wait_for_screen("Hang up Local/1@testari-00000000;1 (");
    terminal.press("y");
    terminal.wait_for_screen("28 channels");
    // Without colours, only bold remains.
    for colour in 31..=37 {
        assert!(
            !terminal.text().contains(&format!("\x1b[{colour}m")),
            "{colour}"
        );
    }
    terminal.resize(40, 120);
    let shown = terminal.wait_for_screen("q quit,");
    assert_eq!(shown.lines().count(), 40, "{shown}");
    server.stop();
    let shown = terminal.wait_for_screen(" s old: Asterisk 22");
    assert!(!shown.contains("q quit,"), "{shown}");
    server.restart();
    terminal.wait_for_screen("q quit,");
    terminal.press("\x1b");
    terminal.end("0");
    originate(server, "1");
    let mut terminal = Terminal::start(server, "top", &[]);
    terminal.wait_for_screen("q quit,");
    terminal.wait_for_output(COLOUR);
    terminal.press("\x03");
    terminal.end("0");
    events.signal("INT");
    events.end();
}
