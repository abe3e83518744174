//! `ari dial`, `ari snoop` and `ari transfer`.

use std::io::Write as _;
use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::stream::EventStream;
use ari_api::{Client, Event};
use ari_calls::dial::Dialed;
use ari_calls::{Call, CallError};
use ari_test_support::{LIMIT, block_until, within_limit};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::support::{RunningCommand, Server, on_every_server, originate, run, run_successfully};

/// Asserts that the command has left no application.
#[track_caller]
fn assert_no_application(server: &Server) {
    let applications = run_successfully(server, &["applications", "list", "--json"]);
    assert!(
        !applications.contains("ari-command-"),
        "{}: {applications}",
        server.name
    );
}

/// Returns `true` if a bridge exists. Asterisk 16 may list a destroyed bridge, which has no channels
/// and cannot be changed.
fn exists(server: &Server, bridge: &Value) -> bool {
    let id = bridge["id"].as_str().unwrap();
    let is_empty = bridge["channels"].as_array().unwrap().is_empty();
    let change = ["bridges", "remove-channel", id, "--channel", "nobody"];
    !is_empty || !run(server, &change).2.contains("404")
}

/// Asserts that the command has left no application, channel or bridge. The channels of other
/// calls, `others`, remain.
#[track_caller]
fn assert_nothing_left(server: &Server, others: usize) {
    let list = |resource: &str| run_successfully(server, &[resource, "list", "--json"]);
    assert_no_application(server);
    // A channel exists for some time after its end was reported.
    for _ in 0..100 {
        let channels: Vec<Value> = serde_json::from_str(&list("channels")).unwrap();
        let bridges: Vec<Value> = serde_json::from_str(&list("bridges")).unwrap();
        if channels.len() == others && !bridges.iter().any(|bridge| exists(server, bridge)) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{}: {}{}", server.name, list("channels"), list("bridges"));
}

#[test]
fn endpoints_are_connected_and_reported() {
    on_every_server(|server| {
        let release = server.name.clone();
        // (endpoints, options, exit code, text, second leg, side that ends)
        for (first, second, options, code, text, leg, side) in [
            (
                "1",
                "brief",
                &[][..],
                0,
                "connected for",
                "answered",
                "second",
            ),
            ("brief", "1", &[], 0, "connected for", "answered", "first"),
            (
                "1",
                "1",
                &["--max-duration", "1"],
                0,
                "longest duration",
                "answered",
                "limit",
            ),
            (
                "1",
                "busy",
                &[],
                7,
                "Local/busy@testari did not answer: busy",
                "busy",
                "",
            ),
            (
                "1",
                "no-such",
                &[],
                7,
                "did not answer: unknown extension",
                "unknown extension",
                "",
            ),
        ] {
            let name = format!("{release}: {first}, {second}");
            let [first, second] = [first, second].map(|it| format!("Local/{it}@testari"));
            let arguments = [&["dial", &first, &second], options].concat();
            let (exit, out, err) = run(server, &arguments);
            assert_eq!(exit, Some(code), "{name}: {out}{err}");
            assert!(err.contains(text), "{name}: {out}{err}");
            let (exit, out, err) = run(server, &[&arguments[..], &["--json"]].concat());
            assert_eq!(exit, Some(code), "{name}: {out}{err}");
            let line: Value = serde_json::from_str(&out).unwrap();
            assert_eq!(line["second"], leg, "{name}: {out}");
            assert_eq!(
                line["ended_by"].as_str().unwrap_or_default(),
                side,
                "{name}: {out}"
            );
            assert_eq!(line["seconds"].is_number(), code == 0, "{name}: {out}");
        }
        let (exit, _, err) = run(server, &["dial", "Local/busy@testari", "Local/1@testari"]);
        assert_eq!(exit, Some(7), "{release}: {err}");
        assert!(
            err.contains("Local/busy@testari did not answer: busy"),
            "{err}"
        );
        let arguments = ["dial", "Local/busy@testari", "Local/1@testari", "--json"];
        let (exit, out, err) = run(server, &arguments);
        assert_eq!(exit, Some(7), "{release}: {err}");
        let line: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(
            (&line["first"], &line["second"]),
            (&json!("busy"), &Value::Null),
            "{out}"
        );
        let (exit, _, err) = run(server, &["dial", "Local/1@testari", "alice"]);
        assert_eq!(exit, Some(2), "{release}: {err}");
        assert!(err.contains("\"alice\" is not an endpoint"), "{err}");
        assert_nothing_left(server, 0);
    });
}

#[test]
fn interrupted_calls_are_hung_up() {
    on_every_server(|server| {
        for (arguments, line) in [
            (
                ["dial", "Local/1@testari", "Local/1@testari"],
                "calling Local/1@testari",
            ),
            (
                ["dial", "Local/ring@testari", "Local/1@testari"],
                "calling Local/ring@testari",
            ),
        ] {
            let mut running = RunningCommand::start_for_notes(server, &arguments);
            running.wait_for_line(line);
            running.signal("INT");
            let (code, rest) = running.end();
            assert_eq!(code, Some(130), "{}: {rest:?}", server.name);
            assert_nothing_left(server, 0);
        }
    });
}

#[test]
fn phones_listen_to_a_channel_until_one_side_ends() {
    on_every_server(|server| {
        let release = server.name.clone();
        let mut events = RunningCommand::start(server, &["events", "hello"]);
        events.wait_for_line("Connected");
        // A snoop channel stays until the next audio of its channel.
        let channel = originate(server, "tone");
        let call: Vec<Value> =
            serde_json::from_str(&run_successfully(server, &["channels", "list", "--json"]))
                .unwrap();
        let snoop = ["snoop", channel.as_str(), "Local/1@testari"];
        for (options, line) in [
            (&[][..], "listening to channel"),
            (&["--whisper"], "whispering to the party of channel"),
            (&["--barge"], "barging in on channel"),
        ] {
            let mut running =
                RunningCommand::start_for_notes(server, &[&snoop[..], options].concat());
            running.wait_for_line(line);
            running.signal("INT");
            let (code, rest) = running.end();
            assert_eq!(code, Some(130), "{release}: {rest:?}");
            assert_nothing_left(server, call.len());
        }
        // The phone presses 5, then 6. No extension of the fake does.
        if server.asterisk().is_some() {
            let keys = ["snoop", &channel, "Local/keys56@testari"];
            let mut running = RunningCommand::start_for_notes(server, &keys);
            running.wait_for_line("listening to channel");
            running.wait_for_line("whispering to the party of channel");
            running.wait_for_line("barging in on channel");
            running.signal("INT");
            running.end();
            assert_nothing_left(server, call.len());
        }

        let brief = ["snoop", channel.as_str(), "Local/brief@testari", "--json"];
        let line: Value = serde_json::from_str(&run_successfully(server, &brief)).unwrap();
        assert_eq!(
            (&line["ended_by"], &line["mode"]),
            (&"phone".into(), &"listen".into())
        );

        let mut running = RunningCommand::start_for_notes(server, &snoop);
        running.wait_for_line("listening to channel");
        run_successfully(server, &["channels", "hangup", &channel]);
        running.wait_for_line("has ended");
        let (code, rest) = running.end();
        assert_eq!(code, Some(0), "{release}: {rest:?}");
        let (code, _, err) = run(server, &snoop);
        assert_eq!(code, Some(3), "{release}: {err}");
        assert!(err.contains(&channel), "{err}");
        events.signal("INT");
        events.end();
        assert_nothing_left(server, 0);
    });
}

/// Two calls of the application `hello` in a bridge. The far end of the first one is an extension.
struct BridgedCalls<'a> {
    server: &'a Server,
    transferor: String,
    party: String,
}

impl<'a> BridgedCalls<'a> {
    fn start(server: &'a Server, extension: &str) -> Self {
        let [transferor, party] = [extension, "tone"].map(|it| originate(server, it));
        run_successfully(
            server,
            &["bridges", "create-with-id", "old", "--type", "mixing"],
        );
        for channel in [&transferor, &party] {
            let add = ["bridges", "add-channel", "old", "--channel", channel];
            block_until("the channel in its application", || {
                run(server, &add).0 == Some(0)
            });
        }
        BridgedCalls {
            server,
            transferor,
            party,
        }
    }

    /// Waits until the old bridge has only these channels.
    #[track_caller]
    fn wait_until_bridged(&self, expected: &[&String]) {
        block_until("the channels of the bridge", || {
            let out = run_successfully(self.server, &["bridges", "get", "old", "--json"]);
            let bridge: Value = serde_json::from_str(&out).unwrap();
            let found = bridge["channels"].as_array().unwrap();
            found.len() == expected.len()
                && expected
                    .iter()
                    .all(|id| found.contains(&id.as_str().into()))
        });
    }

    fn is_there(&self, channel: &str) -> bool {
        run(self.server, &["channels", "get", channel]).0 == Some(0)
    }

    fn transfer(&self, target: &str, options: &[&str]) -> RunningCommand {
        let target = format!("Local/{target}@testari");
        let arguments = ["transfer", self.transferor.as_str(), target.as_str()];
        RunningCommand::start_for_notes(self.server, &[&arguments[..], options].concat())
    }

    /// Hangs up what is left, and asserts that the command has left nothing.
    #[track_caller]
    fn end(self) {
        for channel in [&self.transferor, &self.party] {
            run(self.server, &["channels", "hangup", channel]);
        }
        run_successfully(self.server, &["bridges", "destroy", "old"]);
        assert_nothing_left(self.server, 0);
    }
}

#[test]
fn other_party_is_transferred_to_the_endpoint() {
    on_every_server(|server| {
        let mut events = RunningCommand::start(server, &["events", "hello"]);
        events.wait_for_line("Connected");

        // A target that hangs up after a moment.
        let calls = BridgedCalls::start(server, "tone");
        let arguments = [
            "transfer",
            &calls.transferor,
            "Local/brief@testari",
            "--json",
        ];
        let line: Value = serde_json::from_str(&run_successfully(server, &arguments)).unwrap();
        for (field, value) in [
            ("channel", Value::from(calls.transferor.as_str())),
            ("party", calls.party.as_str().into()),
            ("target", "answered".into()),
            ("transferred", true.into()),
            ("ended_by", "target".into()),
        ] {
            assert_eq!(line[field], value, "{}: {line}", server.name);
        }
        assert!(!calls.is_there(&calls.transferor), "{}", server.name);
        calls.end();

        // A target that stays, with which the party talks in another bridge.
        let calls = BridgedCalls::start(server, "tone");
        let mut running = calls.transfer("1", &[]);
        for text in ["has answered", "talks to Local/1@testari", "is hung up"] {
            running.wait_for_line(text);
        }
        calls.wait_until_bridged(&[]);
        assert!(calls.is_there(&calls.party), "{}", server.name);
        run_successfully(server, &["channels", "hangup", &calls.party]);
        running.wait_for_line("connected for");
        assert_eq!(running.end().0, Some(0), "{}", server.name);
        calls.end();

        // Targets that do not answer, and Ctrl-C while one rings: the call goes on.
        let calls = BridgedCalls::start(server, "tone");
        let both = [&calls.transferor, &calls.party];
        let busy = ["transfer", &calls.transferor, "Local/busy@testari"];
        let (code, _, err) = run(server, &busy);
        assert_eq!(code, Some(7), "{}: {err}", server.name);
        assert!(
            err.contains("busy") && err.contains("the call goes on"),
            "{err}"
        );
        let mut running = calls.transfer("ring", &[]);
        running.wait_for_line("calling");
        running.signal("INT");
        assert_eq!(running.end().0, Some(130), "{}", server.name);
        calls.wait_until_bridged(&both);

        // Calls that cannot be transferred.
        let third = originate(server, "tone");
        let alone = ["transfer", third.as_str(), "Local/1@testari"];
        let (code, _, err) = run(server, &alone);
        assert_eq!(code, Some(1), "{}: {err}", server.name);
        assert!(err.contains("is in no bridge"), "{err}");
        let add = ["bridges", "add-channel", "old", "--channel", &third];
        block_until("the third channel", || run(server, &add).0 == Some(0));
        let (code, _, err) = run(server, &["transfer", &third, "Local/1@testari"]);
        assert_eq!(code, Some(1), "{}: {err}", server.name);
        assert!(err.contains("with 2 other channels"), "{err}");
        run_successfully(server, &["channels", "hangup", &third]);
        let (code, _, err) = run(server, &["transfer", &third, "carol"]);
        assert_eq!(code, Some(2), "{}: {err}", server.name);
        calls.end();
        events.signal("INT");
        events.end();
    });
}

#[test]
fn attended_transfers_are_completed_and_cancelled() {
    on_every_server(|server| {
        let mut events = RunningCommand::start(server, &["events", "hello"]);
        events.wait_for_line("Connected");
        let consulting = "talks to the endpoint";

        // Ctrl-C, and a target that hangs up: the call is as before.
        let calls = BridgedCalls::start(server, "tone");
        let both = [&calls.transferor, &calls.party];
        let mut running = calls.transfer("1", &["--attended"]);
        running.wait_for_line(consulting);
        calls.wait_until_bridged(&[&calls.party]);
        running.signal("INT");
        assert_eq!(running.end().0, Some(130), "{}", server.name);
        calls.wait_until_bridged(&both);
        let mut running = calls.transfer("brief", &["--attended"]);
        running.wait_for_line("no transfer: the endpoint has hung up");
        assert_eq!(running.end().0, Some(0), "{}", server.name);
        calls.wait_until_bridged(&both);
        assert_no_application(server);

        // Enter completes.
        let mut running = calls.transfer("1", &["--attended"]);
        running.wait_for_line(consulting);
        running
            .child
            .stdin
            .as_mut()
            .unwrap()
            .write_all(b"\n")
            .unwrap();
        running.wait_for_line("talks to Local/1@testari");
        running.wait_for_line("is hung up");
        assert!(!calls.is_there(&calls.transferor), "{}", server.name);
        running.signal("INT");
        assert_eq!(running.end().0, Some(130), "{}", server.name);
        calls.end();

        // So does hanging up the channel.
        let calls = BridgedCalls::start(server, "tone");
        let mut running = calls.transfer("1", &["--attended"]);
        running.wait_for_line(consulting);
        run_successfully(server, &["channels", "hangup", &calls.transferor]);
        running.wait_for_line("talks to Local/1@testari");
        running.signal("INT");
        running.end();
        calls.end();

        // And the key 1, which no extension of the fake presses.
        if server.asterisk().is_some() {
            let calls = BridgedCalls::start(server, "ones");
            let mut running = calls.transfer("1", &["--attended"]);
            running.wait_for_line("talks to Local/1@testari");
            running.signal("INT");
            running.end();
            calls.end();
        }
        events.signal("INT");
        events.end();
    });
}

/// Returns the next call that enters the application `live`, and `true` if it is a phone.
async fn next_call(client: &Client, app: &mut EventStream<Event>) -> (Call, bool) {
    loop {
        let event = app.next().await.unwrap().unwrap();
        if let Event::StasisStart(start) = &*event {
            return (Call::incoming(client, start), !start.args.is_empty());
        }
    }
}

/// A program that has dialed an endpoint for a caller. Both ends are phones of the test.
struct DialedCall {
    /// The phone of the caller.
    phone: ChannelHandle,
    /// The channel of the caller.
    caller: String,
    dialing: JoinHandle<Result<Dialed, CallError>>,
}

impl DialedCall {
    async fn start(client: &Client) -> Self {
        let mut app = client.application("live").connect().await.unwrap();
        let request = client.channels().originate("Local/live@testari");
        request.app("live").formats("slin16").await.unwrap();
        let (mut phone, mut caller) = (None, None);
        while phone.is_none() || caller.is_none() {
            match next_call(client, &mut app).await {
                (mut call, true) => {
                    call.answer().await.unwrap();
                    phone = Some(call.channel().clone());
                }
                (call, false) => caller = Some(call),
            }
        }
        let (phone, mut caller) = (phone.unwrap(), caller.unwrap());
        let id = caller.id().to_owned();
        let dialing = tokio::spawn(async move { caller.dial("Local/live@testari").await });
        let (mut far, _) = next_call(client, &mut app).await;
        far.answer().await.unwrap();
        // The application stays connected.
        let session = app.into_session();
        let dialing = tokio::spawn(async move {
            let dialed = dialing.await.unwrap();
            drop(session);
            dialed
        });
        DialedCall {
            phone,
            caller: id,
            dialing,
        }
    }

    /// Waits until the caller is in a bridge with another channel, and returns that.
    async fn other(&self, client: &Client) -> String {
        loop {
            let bridges = client.bridges().list().await.unwrap();
            let mut bridges = bridges.iter().map(|it| &it.channels);
            if let Some(channels) = bridges.find(|it| it.len() == 2 && it.contains(&self.caller)) {
                let mut channels = channels.iter();
                return channels.find(|id| **id != self.caller).unwrap().clone();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// A call of a program that uses `Call::dial` is consulted about, given back and transferred.
#[test]
fn calls_of_dialing_programs_are_transferred() {
    on_every_server(|server| {
        // No extension of the fake enters the application.
        if server.asterisk().is_none() {
            return;
        }
        let server = &*server;
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let client = Client::builder(&server.url).credentials("aritest", "testme");
        let client = client.build().unwrap();
        let call = runtime.block_on(within_limit(DialedCall::start(&client)));
        let other = runtime.block_on(within_limit(call.other(&client)));
        let target = "Local/1@testari";

        // The key * gives the call back, and the program has noticed no end.
        let attended = ["transfer", &call.caller, target, "--attended"];
        let mut running = RunningCommand::start_for_notes(server, &attended);
        running.wait_for_line("talks to the endpoint");
        // Longer than a program needs to notice that a side was taken away.
        std::thread::sleep(Duration::from_secs(3));
        assert!(!call.dialing.is_finished(), "{}", server.name);
        runtime
            .block_on(call.phone.send_dtmf("*").into_future())
            .unwrap();
        running.wait_for_line("no transfer: cancelled by the channel");
        assert_eq!(running.end().0, Some(0), "{}", server.name);
        let again = runtime.block_on(within_limit(call.other(&client)));
        assert_eq!(again, other, "{}", server.name);
        std::thread::sleep(Duration::from_secs(3));
        assert!(!call.dialing.is_finished(), "{}", server.name);

        // The other party is transferred, and leaves the program.
        let blind = ["transfer", &call.caller, target];
        let mut running = RunningCommand::start_for_notes(server, &blind);
        running.wait_for_line("talks to Local/1@testari");
        running.wait_for_line("is hung up");
        let dialed = runtime.block_on(within_limit(call.dialing)).unwrap();
        let dialed = dialed.unwrap().to_string();
        assert!(
            dialed.contains("ended by the ca"),
            "{}: {dialed}",
            server.name
        );
        let is_there = run(server, &["channels", "get", &other]).0 == Some(0);
        assert!(is_there, "{}", server.name);
        run_successfully(server, &["channels", "hangup", &other]);
        running.wait_for_line("connected for");
        assert_eq!(running.end().0, Some(0), "{}", server.name);
        runtime.block_on(within_limit(client.close(LIMIT)));
        assert_nothing_left(server, 0);
    });
}
