//! A tutorial for wscat and curl, with the command instead.

use ari_test_support::block_until;

use super::support::{RunningCommand, on_every_server, originate, run_successfully};

#[test]
fn shell_tutorial_works() {
    on_every_server(|server| {
        let release = server.release;
        let mut events = RunningCommand::start(server, &["events", "hello"]);
        events.wait_for_line("Connected");
        let id = originate(server, "1");
        let start = events.wait_for_line("StasisStart");
        assert!(
            start.contains("args world") && start.contains("Local/1@testari"),
            "{start}"
        );
        assert!(!start.contains('\x1b'), "{start}");
        let list = run_successfully(server, &["channels", "list"]);
        assert!(list.starts_with("id ") && list.contains(&id), "{list}");
        run_successfully(server, &["channels", "hangup", &id]);
        events.wait_for_line("StasisEnd");
        let info = run_successfully(server, &["asterisk", "info", "--fields", "system.version"]);
        assert!(
            info.starts_with(&format!("system.version  {release}.")),
            "{info}"
        );
        events.signal("INT");
        assert_eq!(events.end().0, Some(0), "{}", server.name);
        let left = || run_successfully(server, &["applications", "list", "--json"]);
        block_until("the application's end", || left().trim() == "[]");
    });
}
