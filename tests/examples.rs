//! Every example runs without an Asterisk, says so, and ends.

#![cfg(unix)]

#[cfg(test)]
#[path = "support/example.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod example;

#[cfg(test)]
mod examples {
    use std::fs;

    use crate::example::{self, Example};

    /// The way in which an example ends.
    enum End {
        /// By itself.
        Itself,
        /// By Ctrl-C.
        Interrupt,
        /// By the Return key.
        Return,
    }

    /// Each example, its arguments, and the lines that it prints, in this order.
    const EXAMPLES: &[(&str, &[&str], &[&str], End)] = &[
        (
            "hello_stasis",
            &[],
            &[
                "Asterisk 24.",
                "args [\"world\"]",
                "hello-world done",
                "StasisEnd",
            ],
            End::Itself,
        ),
        (
            "ivr",
            &[],
            &[
                "alice-00000000: calls",
                "presses 1",
                "presses 2",
                "presses #",
                "bob-00000001: calls",
                "bob-00000001: hung up",
            ],
            End::Interrupt,
        ),
        (
            "connect",
            &[],
            &[
                "the callee; PJSIP/bob: no answer",
                ": calls",
                ": hung up",
                "no channel is left",
            ],
            End::Interrupt,
        ),
        (
            "conference",
            &[],
            &[
                "is made",
                "is in",
                "is in",
                "is out, 1 left",
                "is out, 0 left",
                "is destroyed",
            ],
            End::Interrupt,
        ),
        (
            "record_call",
            &["FOLDER"],
            &["is recorded", "bytes in", "bytes in"],
            End::Interrupt,
        ),
        (
            "probes",
            &[],
            &["probes at http://127.0.0.1:", "ready: true"],
            End::Interrupt,
        ),
        ("dialer", &[], &["Local/1@testari: dialing"], End::Itself),
        (
            "claim",
            &[],
            &["worker-2: is ready", ": served", ": served"],
            End::Interrupt,
        ),
        (
            "outbound_per_call",
            &[],
            &["begins", "PlaybackStarted", "StasisEnd", "has ended"],
            End::Return,
        ),
        (
            "workers",
            &[],
            &[
                "worker-1: menu:PJSIP/alice-00000000 begins",
                "worker-1 is killed",
                "worker-2: goes on with menu:PJSIP/alice-",
                "worker-2: plays the menu",
                "presses 1",
            ],
            End::Itself,
        ),
        (
            "receptionist",
            &[],
            &["PJSIP/bob: no answer", "a message, ended by Key(Pound)"],
            End::Interrupt,
        ),
        (
            "voicemail",
            &[],
            &["(Chosen): voicemail/", "(CallEnded("],
            End::Interrupt,
        ),
        (
            "campaign",
            &[],
            &["the message is left", "PJSIP/never: no answer"],
            End::Itself,
        ),
        (
            "queue",
            &[],
            &[
                "waits behind 0 others",
                "waits behind 1 others",
                "serves callers",
                ": talked for",
                ": talked for",
            ],
            End::Interrupt,
        ),
        (
            "attendant",
            &[],
            &[
                "talks to Bob",
                "Bob talks to Carol",
                "is transferred to Carol",
                "was ended by the callee",
            ],
            End::Interrupt,
        ),
        (
            "supervise",
            &[],
            &["listens", "Whisper", "Barge", "the supervision is over"],
            End::Interrupt,
        ),
        (
            "echo",
            &[],
            &[
                "audio over",
                "Alice has heard",
                "presses #",
                "were repeated",
            ],
            End::Interrupt,
        ),
        (
            "announcer",
            &[],
            &[
                "audio over",
                "Bob has heard",
                "has heard 2s",
                "has heard 2s",
            ],
            End::Interrupt,
        ),
        (
            "transcribe",
            &["FOLDER"],
            &[
                "waits",
                "are connected",
                "speech from",
                "speech from",
                " in ",
            ],
            End::Interrupt,
        ),
        (
            "voice_agent",
            &[],
            &[
                "talks to the agent",
                "Alice has heard",
                "interrupts after",
                "has heard answer 2",
                "the call has ended",
            ],
            End::Interrupt,
        ),
        (
            "realtime_bridge",
            &[],
            &[
                "talks to the model",
                "Alice has heard",
                "interrupts after",
                "the call has ended",
            ],
            End::Interrupt,
        ),
    ];

    #[test]
    fn examples_run_without_asterisk() {
        for (name, arguments, expected, end) in EXAMPLES {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().to_str().unwrap();
            let arguments: Vec<&str> = arguments
                .iter()
                .map(|argument| {
                    if *argument == "FOLDER" {
                        path
                    } else {
                        argument
                    }
                })
                .collect();
            let mut example = Example::start(name, None, &arguments);
            example.wait_for_line("is not set: this is a fake Asterisk");
            for text in *expected {
                example.wait_for_line(text);
            }
            match end {
                End::Itself => {}
                End::Interrupt => example.interrupt(),
                End::Return => example.press_return(),
            }
            let lines = example.end(true);
            let refused = lines.iter().find(|line| line.contains("refused with 4"));
            assert_eq!(refused, None, "{name}: {lines:#?}");
            if *name == "record_call" {
                assert_eq!(fs::read_dir(path).unwrap().count(), 2, "{lines:#?}");
            }
            if *name == "campaign" {
                for text in [
                    "PJSIP/anna: talked to the agent",
                    "PJSIP/busy: busy: cause 17",
                ] {
                    let printed = lines.iter().any(|line| line.starts_with(text));
                    assert!(printed, "{text}: {lines:#?}");
                }
            }
            if *name == "dialer" {
                for outcome in [
                    "Local/1@testari: answered, and heard the message",
                    "Local/busy@testari: busy",
                    "Local/ring@testari: no answer",
                    "PJSIP/phone: unreachable: the endpoint PJSIP/phone is offline",
                ] {
                    let told = lines.iter().any(|line| line.starts_with(outcome));
                    assert!(told, "{outcome}: {lines:#?}");
                }
            }
        }
    }

    /// Ctrl-C during a call ends its session, and no bridge and no channel of it stays.
    #[test]
    fn examples_with_audio_leave_nothing_behind() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        // Each example, its application, and the number of its callers.
        for (name, application, callers) in [
            ("echo", "echo", 1),
            ("announcer", "announcer", 2),
            ("transcribe", "transcribe", 2),
            ("voice_agent", "agent", 1),
            ("realtime_bridge", "realtime", 1),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let pbx = runtime.block_on(ari_mock::Asterisk::start()).unwrap();
            let path = folder.path().to_str().unwrap();
            let arguments: &[&str] = if name == "transcribe" { &[path] } else { &[] };
            let mut example = Example::start(name, Some(&pbx.url()), arguments);
            example.wait_for_line("connected");
            let calls: Vec<_> = (0..callers)
                .map(|n| {
                    let call = pbx.incoming_call(format!("PJSIP/{n}"));
                    call.into_application(application)
                })
                .collect();
            // Those of `transcribe` are in a bridge of the program.
            runtime.block_on(pbx.wait_for_response("bridges.addChannel", callers));
            assert!(!pbx.bridges().is_empty());
            example.interrupt();
            let lines = example.end(true);
            assert_eq!(pbx.bridges(), [], "{name}: {lines:#?}");
            let mut left = pbx.channel_ids();
            left.retain(|id| calls.iter().all(|call| call.id() != id));
            assert_eq!(left, [""; 0], "{name}: {lines:#?}");
        }
    }

    #[test]
    fn every_example_is_listed() {
        let listed = EXAMPLES.iter().map(|(name, ..)| (*name).to_owned());
        assert_eq!(example::names(), listed.collect());
    }
}
