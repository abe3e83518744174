//! Every example runs without an Asterisk, says so, and ends.

#![cfg(unix)]

#[cfg(test)]
#[path = "support/example.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod example;

#[cfg(test)]
mod examples {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use crate::example::Example;

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
                "presses 9",
                "presses #",
                "leaves the menu",
                "bob-00000001: calls",
                "bob-00000001: hangs up",
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

    #[test]
    fn every_example_is_listed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ari-api/examples");
        let files = fs::read_dir(folder).unwrap();
        let names = files.filter_map(|file| {
            let name = file.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(".rs").map(str::to_owned)
        });
        let listed = EXAMPLES.iter().map(|(name, ..)| (*name).to_owned());
        assert_eq!(names.collect::<BTreeSet<_>>(), listed.collect());
    }
}
