//! `ari top`, in a terminal.

use std::io::Write as _;

use super::support::{Running, good, on_every_server, originate, signal};
use super::terminal::Terminal;

#[test]
fn top_shows_the_server_and_gives_the_terminal_back() {
    on_every_server(|server| {
        let release = server.release;
        let mut events = Running::start(server, &["events", "hello"]);
        events.line("Connected");
        originate(server, "1");
        events.line("StasisStart");
        good(
            server,
            &["bridges", "create", "--name", "lobby", "--type", "mixing"],
        );
        let mut terminal = Terminal::start(server);
        terminal.until_shown("lobby");
        originate(server, "brief");
        let shown = terminal.until_shown("ChannelVarset");
        for expected in [
            &format!("Asterisk {release}."),
            "Local/1@testari",
            "hello",
            "mixing",
            "q quits",
            "Events a second",
        ] {
            assert!(shown.contains(expected), "{expected}:\n{shown}");
        }
        println!("{shown}");
        assert!(terminal.screen().screen().alternate_screen());
        terminal
            .child
            .stdin
            .as_mut()
            .unwrap()
            .write_all(b"q")
            .unwrap();
        terminal.end("0");

        let terminal = Terminal::start(server);
        terminal.until_shown("lobby");
        let process = terminal.word_behind("pid");
        signal(process.parse().unwrap(), "TERM");
        terminal.end("0");
        events.signal("INT");
        events.end();
    });
}
