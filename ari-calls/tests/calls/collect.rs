//! Collected digits: when an input ends, what counts, and what is played.

use ari_calls::collect::{Collect, Collected, InputEnd};
use ari_calls::{Key, Keys};

use crate::support::{Arrived, assert_due, ms, with_clock};

type Setup = fn(Collect<'_>) -> Collect<'_>;

struct Case {
    name: &'static str,
    setup: Setup,
    /// Pauses in milliseconds, and keys, from the beginning of the step on.
    script: &'static [(u64, &'static str)],
    digits: Result<&'static str, &'static str>,
    ended_by: Option<InputEnd>,
    played: &'static [&'static str],
    /// Time from the beginning to the outcome, in milliseconds.
    after: u64,
}

/// The prompt takes 2 s. Keys take effect 100 ms after they were pressed.
const CASES: &[Case] = &[
    Case {
        name: "keys after the prompt, up to the length",
        setup: |it| it,
        script: &[(2500, "1"), (500, "2"), (500, "3"), (500, "4")],
        digits: Ok("1234"),
        ended_by: Some(InputEnd::Length),
        played: &["one"],
        after: 4100,
    },
    Case {
        name: "a key stops the prompt",
        setup: |it| it,
        script: &[(500, "1"), (200, "2"), (200, "3"), (200, "4")],
        digits: Ok("1234"),
        ended_by: Some(InputEnd::Length),
        played: &["one"],
        after: 1200,
    },
    Case {
        name: "no barge-in: keys during the prompt count after it",
        setup: |it| it.barge_in(Keys::NONE),
        script: &[(500, "1"), (200, "2"), (200, "3"), (200, "4")],
        digits: Ok("1234"),
        ended_by: Some(InputEnd::Length),
        played: &["one"],
        after: 2000,
    },
    Case {
        name: "barge-in by some keys only",
        setup: |it| it.barge_in(Keys::POUND),
        script: &[(500, "1"), (500, "#")],
        digits: Err("1"),
        ended_by: None,
        played: &["one"],
        after: 1100,
    },
    Case {
        name: "a terminator ends a shorter input",
        setup: |it| it.validate(|digits| digits != "13"),
        script: &[(2500, "1"), (500, "2"), (500, "#")],
        digits: Err("12"),
        ended_by: None,
        played: &["one"],
        after: 3600,
    },
    Case {
        name: "nothing pressed",
        setup: |it| it.first_key_timeout(ms(4000)),
        script: &[],
        digits: Err(""),
        ended_by: None,
        played: &["one"],
        after: 6000,
    },
    Case {
        name: "the wait for each further key",
        setup: |it| it.next_key_timeout(ms(1500)),
        script: &[(2500, "1"), (1400, "2"), (1400, "3"), (1600, "4")],
        digits: Err("123"),
        ended_by: None,
        played: &["one"],
        after: 6900,
    },
    Case {
        name: "the time for all keys",
        setup: |it| it.total_timeout(ms(4000)),
        script: &[(2500, "1"), (2000, "2"), (2000, "3")],
        digits: Err("12"),
        ended_by: None,
        played: &["one"],
        after: 6000,
    },
    Case {
        name: "allowed inputs end as soon as they match",
        setup: |it| it.allow(["1", "20"]),
        script: &[(500, "2"), (300, "0")],
        digits: Ok("20"),
        ended_by: Some(InputEnd::Match),
        played: &["one"],
        after: 900,
    },
    Case {
        name: "other attempts, each with its hint",
        setup: |it| {
            it.allow(["1"])
                .attempts(3)
                .no_match("sound:two")
                .no_input("sound:three")
        },
        // Refused at 600; hint and prompt until 4600, nothing until 9600; hint and prompt.
        script: &[(500, "9"), (9500, "1")],
        digits: Ok("1"),
        ended_by: Some(InputEnd::Match),
        played: &["one", "two one", "three one"],
        after: 10_100,
    },
    Case {
        name: "attempts that are used up",
        setup: |it| it.allow(["1"]).attempts(2).no_match("sound:two"),
        script: &[(500, "9"), (500, "8")],
        digits: Err("8"),
        ended_by: None,
        played: &["one", "two one"],
        after: 1100,
    },
    Case {
        name: "what follows a wrong input is not the next attempt's",
        setup: |it| it.allow(["1"]).attempts(2),
        script: &[(500, "91"), (5000, "1")],
        digits: Ok("1"),
        ended_by: Some(InputEnd::Match),
        played: &["one", "one"],
        after: 800,
    },
    Case {
        name: "other terminators",
        setup: |it| it.terminators(Keys::STAR),
        script: &[(500, "12#*")],
        digits: Err("12#"),
        ended_by: None,
        played: &["one"],
        after: 1200,
    },
    Case {
        name: "no prompt of its own limit",
        setup: |it| it.max_prompt_duration(ms(1000)).first_key_timeout(ms(1000)),
        script: &[],
        digits: Err(""),
        ended_by: None,
        played: &["one"],
        after: 2000,
    },
];

#[test]
fn inputs_end_for_a_reason() {
    for case in CASES {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let setup = case.setup;
            let program = arrived.run(move |mut call| async move {
                let begin = tokio::time::Instant::now();
                let collected = setup(call.collect(4).prompt("sound:one")).await;
                (collected, begin.elapsed())
            });
            arrived.play_script(case.script).await;
            let (collected, after) = program.await.unwrap();
            let (digits, ended_by) = match collected.unwrap() {
                Collected::Digits {
                    digits, ended_by, ..
                } => (Ok(digits), Some(ended_by)),
                Collected::NoMatch { digits, .. } => (Err(digits), None),
                Collected::NoInput => (Err(String::new()), None),
                other => panic!("{other:?}"),
            };
            let expected = case.digits.map(str::to_owned).map_err(str::to_owned);
            let name = case.name;
            assert_eq!((digits, ended_by), (expected, case.ended_by), "{name}");
            assert_eq!(arrived.played(), case.played, "{name}");
            assert_due(after, case.after, name);
            assert_eq!(arrived.pbx.playbacks(), [], "{name}");
            arrived.pbx.assert_no_violations();
        });
    }
}

#[test]
fn wrong_settings_are_refused_before_anything_is_sent() {
    let cases: [(Setup, usize, &str); 3] = [
        (|it| it, 0, "the length of an input is at least one"),
        (|it| it.allow(["1x"]), 4, "`x` in `1x` is no key"),
        (
            |it| it.allow(["_[3-1]"]),
            4,
            "`[` in the pattern `_[3-1]` needs keys",
        ),
    ];
    for (setup, length, problem) in cases {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let program = arrived.run(move |mut call| async move {
                setup(call.collect(length).prompt("sound:one"))
                    .await
                    .unwrap_err()
                    .to_string()
            });
            arrived.play_script(&[]).await;
            let error = program.await.unwrap();
            assert!(error.starts_with(problem), "{error}");
            assert_eq!(arrived.played(), [""; 0]);
        });
    }
}

/// A terminator is no part of the input, and stays the caller's last key.
#[tokio::test]
async fn keys_are_read_one_by_one() {
    let mut arrived = Arrived::new().await;
    let program = arrived.run(move |mut call| async move {
        let first = call.next_key(ms(1000)).await.unwrap();
        let second = call.next_key(ms(1000)).await.unwrap();
        let third = call.next_key(ms(1000)).await.unwrap();
        (first, second, third)
    });
    arrived.play_script(&[(100, "#7")]).await;
    let expected = (Some(Key::Pound), Some(Key::Digit7), None);
    assert_eq!(program.await.unwrap(), expected);
}
