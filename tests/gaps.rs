//! Every example survives the loss of its WebSocket at any moment: no caller is left in silence.
//!
//! Each example runs as a process of its own against a fake Asterisk, once undisturbed and then
//! once for each of its requests. Each time the WebSocket is cut when that request arrives, and
//! stays closed until prompts have ended.

#![cfg(unix)]

#[cfg(test)]
#[path = "support/example.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod example;

#[cfg(test)]
mod gaps {
    use std::collections::BTreeSet;
    use std::net::TcpListener;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use ari_mock::{Asterisk, Builder, CallBroadcast, FakeChannel, Step};
    use ari_test_support::LIMIT;
    use tokio::sync::Semaphore;
    use tokio::task::JoinSet;
    use tokio::time::{Instant, sleep};

    use crate::example::{self, Example};

    /// The time until the server accepts a WebSocket again, which is longer than the prompts.
    const GAP: Duration = Duration::from_secs(2);

    /// The number of examples that run at the same time.
    const MAX_RUNS: usize = 32;

    /// The callers, and the expected end of their calls.
    #[derive(Clone, Copy)]
    enum Callers {
        /// The example originates the call itself.
        None,
        /// A caller who presses keys as prompts begin.
        Menu,
        Conference,
        Recorded,
        Claimed,
        /// Asterisk connects.
        Outbound,
        /// Callers who call again until they have entered the application.
        Parties(&'static [Party]),
    }

    /// A caller who presses keys, one a second and again and again.
    struct Party {
        argument: &'static str,
        keys: &'static str,
        /// `true` if the caller hangs up after a conversation.
        hangs_up: bool,
    }

    const fn party(argument: &'static str, keys: &'static str, hangs_up: bool) -> Party {
        Party {
            argument,
            keys,
            hangs_up,
        }
    }

    const EXAMPLES: &[(&str, &str, &[&str], Callers)] = &[
        ("hello_stasis", "hello", &[], Callers::None),
        ("dialer", "dialer", &["Local/1@testari"], Callers::None),
        ("ivr", "ivr", &[], Callers::Menu),
        ("conference", "conference", &[], Callers::Conference),
        ("record_call", "record", &["FOLDER"], Callers::Recorded),
        ("claim", "worker-1", &[], Callers::Claimed),
        (
            "outbound_per_call",
            "greeter:PJSIP/alice-00000000",
            &[],
            Callers::Outbound,
        ),
        (
            "receptionist",
            "receptionist",
            &[],
            Callers::Parties(&[party("", "1#", false)]),
        ),
        (
            "voicemail",
            "voicemail",
            &[],
            Callers::Parties(&[party("", "1  #", false)]),
        ),
        (
            "connect",
            "connect",
            &[],
            Callers::Parties(&[party("", "", false)]),
        ),
        (
            "attendant",
            "attendant",
            &[],
            Callers::Parties(&[party("", "", false)]),
        ),
        (
            "queue",
            "queue",
            &[],
            Callers::Parties(&[party("", "", true), party("agent", "", true)]),
        ),
        (
            "supervise",
            "supervise",
            &[],
            Callers::Parties(&[party("", "", false), party("supervisor", "56", false)]),
        ),
        ("campaign", "campaign", &["PJSIP/carol"], Callers::None),
        (
            "echo",
            "echo",
            &[],
            Callers::Parties(&[party("", "  #", false)]),
        ),
        (
            "announcer",
            "announcer",
            &[],
            Callers::Parties(&[party("", "", false)]),
        ),
        (
            "transcribe",
            "transcribe",
            &["FOLDER"],
            Callers::Parties(&[party("", "", true), party("", "", true)]),
        ),
        (
            "voice_agent",
            "agent",
            &[],
            Callers::Parties(&[party("", "", true)]),
        ),
        (
            "realtime_bridge",
            "realtime",
            &[],
            Callers::Parties(&[party("", "", true)]),
        ),
    ];

    /// All but `workers`, whose WebSockets end with its workers, and `probes`, which takes no calls.
    #[test]
    fn every_example_is_listed() {
        let mut names: BTreeSet<_> = EXAMPLES.iter().map(|(name, ..)| *name).collect();
        names.extend(["probes", "workers"]);
        assert_eq!(
            example::names(),
            names.into_iter().map(str::to_owned).collect()
        );
    }

    #[test]
    fn no_caller_is_left_in_silence() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            // Many at once: they wait most of the time.
            let mut undisturbed = JoinSet::new();
            for example in EXAMPLES {
                undisturbed.spawn(async move { (example, run(example, None).await) });
            }
            let mut runs = JoinSet::new();
            let free = Arc::new(Semaphore::new(MAX_RUNS));
            while let Some(ended) = undisturbed.join_next().await {
                let (example, steps) = ended.unwrap();
                assert!(steps > 2, "{} asks for nothing", example.0);
                for step in 1..=steps {
                    let free = free.clone();
                    runs.spawn(async move {
                        let _permit = free.acquire().await.unwrap();
                        run(example, Some(step)).await
                    });
                }
            }
            println!("{} runs", runs.len());
            while let Some(ended) = runs.join_next().await {
                ended.unwrap();
            }
        });
    }

    /// Runs an example, cuts the WebSocket when the request of this number arrives, and returns the
    /// number of requests.
    async fn run(
        (name, app, arguments, callers): &'static (&str, &str, &[&str], Callers),
        step: Option<usize>,
    ) -> usize {
        let label = format!("{name}, step {step:?}");
        let second = Duration::from_secs(1);
        let offer = Step::StasisBroadcast(CallBroadcast::new(3 * second));
        let pbx = Asterisk::builder()
            .extension("testari", "400", [offer, Step::Hangup])
            .sound("conf-onlyperson", second)
            .sound("vm-press", second)
            .sound("vm-pls-try-again", second);
        let pbx = phones(pbx, name);
        let listen = matches!(callers, Callers::Outbound).then(|| {
            // Free a moment ago, and usually still free.
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            listener.local_addr().unwrap()
        });
        let pbx = match listen {
            Some(address) => {
                let url = format!("ws://{address}/calls");
                let pbx = pbx.per_call_application("greeter", "calls");
                pbx.websocket_client_with_credentials("calls", &url, "asterisk", "secret")
            }
            None => pbx,
        };
        let pbx = Arc::new(pbx.start().await.unwrap());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap().to_owned();
        let url = pbx.url();
        let example = tokio::task::spawn_blocking(move || {
            let arguments: Vec<&str> = arguments
                .iter()
                .map(|argument| {
                    if *argument == "FOLDER" {
                        &path
                    } else {
                        *argument
                    }
                })
                .collect();
            let mut example = Example::start_at(name, Some(&url), listen, &arguments);
            if listen.is_some() {
                example.wait_for_line("listening on");
            }
            example
        });
        let example = example.await.unwrap();
        let cutting = step.map(|step| tokio::spawn(cut(pbx.clone(), app, step)));
        if listen.is_none() {
            until(&label, "connected", || pbx.application(app).is_some()).await;
        }
        match callers {
            Callers::None => {
                // The call may end before the test looks for it.
                let is_called = || {
                    let requests = pbx.requests();
                    let mut names = requests.iter().map(|made| made.operation.nickname);
                    names.any(|name| name.starts_with("originate"))
                };
                until(&label, "called", is_called).await;
            }
            Callers::Menu => {
                let alice = arrive(&pbx, app);
                // Keys that are pressed during the gap are lost, as on a real server.
                for (prompt, key) in [(1, "1"), (3, "9"), (5, "#")] {
                    let plays = || {
                        let requests = pbx.requests();
                        let plays = requests
                            .iter()
                            .filter(|made| made.operation.nickname.starts_with("play"));
                        plays.count()
                    };
                    until(&label, "prompted", || plays() >= prompt || !alice.exists()).await;
                    alice.press(key);
                }
            }
            Callers::Conference => {
                let alice = join(&label, &pbx, app).await;
                let bob = join(&label, &pbx, app).await;
                assert_eq!(alice.bridge(), bob.bridge(), "{label}");
                alice.hang_up();
                bob.hang_up();
                until(&label, "destroyed", || pbx.bridges().is_empty()).await;
            }
            Callers::Recorded => {
                let alice = recorded(&label, &pbx, app).await;
                sleep(second / 2).await;
                alice.press("#");
            }
            Callers::Claimed => {
                // It handles Ctrl-C only from then on.
                until(&label, "ready", || pbx.application("worker-2").is_some()).await;
                pbx.incoming_call("PJSIP/alice")
                    .to_extension("testari", "400");
            }
            Callers::Outbound => {
                arrive(&pbx, "greeter");
            }
            Callers::Parties(parties) => {
                let mut calls = JoinSet::new();
                let is_over = Arc::new(AtomicBool::new(false));
                for (index, party) in parties.iter().enumerate() {
                    let (label, pbx, is_over) = (label.clone(), pbx.clone(), is_over.clone());
                    calls.spawn(async move {
                        call(&label, &pbx, app, party, &is_over).await;
                        if index == 0 {
                            is_over.store(true, Ordering::Relaxed);
                        }
                    });
                }
                while let Some(ended) = calls.join_next().await {
                    ended.unwrap();
                }
            }
        }
        until(&label, "over", || pbx.channel_ids().is_empty()).await;
        let steps = pbx.requests().len();
        if let Some(cutting) = cutting {
            cutting.abort();
        }
        let ends = !matches!(callers, Callers::None);
        tokio::task::spawn_blocking(move || {
            let mut example = example;
            match listen {
                Some(_) => example.press_return(),
                None if ends => example.interrupt(),
                None => {}
            }
            example.end(true);
        })
        .await
        .unwrap();
        assert_eq!(pbx.channel_ids(), [""; 0], "{label}");
        steps
    }

    /// Adds the phones that the example dials.
    fn phones(pbx: Builder, example: &str) -> Builder {
        let wait = |seconds| Step::Wait(Duration::from_secs(seconds));
        let press = |key: &str| Step::SendDtmf(key.to_owned());
        let never = || vec![Step::Ringing, wait(3600)];
        let answers = || vec![Step::Ringing, Step::Answer, wait(4), Step::Hangup];
        match example {
            "attendant" => {
                let mut bob = vec![Step::Ringing, Step::Answer];
                // Keys that are pressed during the gap are lost.
                for _ in 0..4 {
                    bob.extend([wait(2), press("*"), wait(2), press("1")]);
                }
                bob.push(Step::Hangup);
                pbx.endpoint("PJSIP/bob", bob)
                    .endpoint("PJSIP/carol", answers())
            }
            "supervise" => pbx.endpoint("PJSIP/bob", answers()),
            _ => pbx
                .endpoint("PJSIP/bob", never())
                .endpoint("PJSIP/carol", answers()),
        }
    }

    /// Calls until the call has entered the application, presses keys, and waits for the end. The
    /// calls of the others are over after the first one's, unless they have been connected.
    async fn call(
        label: &str,
        pbx: &Asterisk,
        app: &'static str,
        party: &'static Party,
        is_over: &AtomicBool,
    ) {
        let end = Instant::now() + LIMIT;
        let (mut has_entered, mut has_talked) = (false, false);
        while !has_entered {
            let mut call = pbx.incoming_call("PJSIP/alice");
            if !party.argument.is_empty() {
                call = call.app_args(party.argument);
            }
            let caller = call.into_application(app);
            let mut keys = party.keys.chars().cycle().peekable();
            for tick in 1.. {
                has_entered |= caller.application().is_some();
                has_talked |= caller.bridge().is_some();
                if !caller.exists() {
                    break;
                }
                let what = party.argument;
                assert!(Instant::now() < end, "{label}: {what:?} is left in silence");
                let key = keys.next_if(|_| tick % 20 == 0);
                if let Some(key) = key.filter(|key| *key != ' ') {
                    caller.press(&key.to_string());
                }
                let is_over = is_over.load(Ordering::Relaxed);
                let hangs_up = party.hangs_up && has_talked && tick % 40 == 0;
                if hangs_up || (is_over && !has_talked) {
                    caller.hang_up();
                }
                sleep(Duration::from_millis(50)).await;
            }
        }
    }

    /// Calls until a call is recorded. While the WebSocket is lost, calls do not enter the
    /// application and end.
    async fn recorded(label: &str, pbx: &Asterisk, app: &str) -> FakeChannel {
        let end = Instant::now() + LIMIT;
        loop {
            assert!(Instant::now() < end, "{label}: no call is recorded");
            let caller = arrive(pbx, app);
            let is_recorded = || !pbx.live_recordings().is_empty();
            let is_settled = || is_recorded() || !caller.exists();
            until(label, "recorded", is_settled).await;
            if is_recorded() {
                return caller;
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Calls until let into the bridge: while the WebSocket is lost, calls do not enter the
    /// application, and end.
    async fn join(label: &str, pbx: &Asterisk, app: &str) -> FakeChannel {
        let end = Instant::now() + LIMIT;
        loop {
            assert!(Instant::now() < end, "{label}: nobody is let in");
            let caller = arrive(pbx, app);
            let is_settled = || caller.bridge().is_some() || !caller.exists();
            until(label, "let in", is_settled).await;
            if caller.exists() {
                return caller;
            }
            // Without a pause, two of these would take both workers, and no fake would ever run.
            sleep(Duration::from_millis(50)).await;
        }
    }

    fn arrive(pbx: &Asterisk, app: &str) -> FakeChannel {
        pbx.incoming_call("PJSIP/alice").into_application(app)
    }

    /// Cuts the WebSocket when a request arrives, and delays opening it again.
    async fn cut(pbx: Arc<Asterisk>, app: &'static str, step: usize) {
        while pbx.requests().len() < step {
            sleep(Duration::from_millis(1)).await;
        }
        pbx.delay("events.eventWebsocket", GAP);
        pbx.drop_socket(app);
    }

    async fn until(label: &str, what: &str, holds: impl Fn() -> bool) {
        let end = Instant::now() + LIMIT;
        while !holds() {
            assert!(Instant::now() < end, "{label}: not {what}");
            sleep(Duration::from_millis(5)).await;
        }
    }
}
