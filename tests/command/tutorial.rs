//! A tutorial for wscat and curl, with the command instead.

use super::support::{Running, good, on_every_server, originate, until};

#[test]
fn the_tutorial_in_a_shell() {
    on_every_server(|server| {
        let release = server.release;
        let mut events = Running::start(server, &["events", "hello"]);
        events.line("Connected");
        let id = originate(server, "1");
        let start = events.line("StasisStart");
        assert!(
            start.contains("args world") && start.contains("Local/1@testari"),
            "{start}"
        );
        assert!(!start.contains('\x1b'), "{start}");
        let list = good(server, &["channels", "list"]);
        assert!(list.starts_with("id ") && list.contains(&id), "{list}");
        good(server, &["channels", "hangup", &id]);
        events.line("StasisEnd");
        let info = good(server, &["asterisk", "info", "--fields", "system.version"]);
        assert!(
            info.starts_with(&format!("system.version  {release}.")),
            "{info}"
        );
        events.signal("INT");
        assert_eq!(events.end().0, Some(0), "{}", server.name);
        let left = || good(server, &["applications", "list", "--json"]);
        until("the application's end", || left().trim() == "[]");
    });
}
