use std::collections::HashMap;
use std::time::Duration;

use proptest::prelude::*;

use super::simulation::{PCM, Simulation, lead, ms};
use crate::pcm::{ByteOrder, Format, SampleRate};
use crate::playout::*;

#[derive(Clone, Debug)]
enum Op {
    Push(usize),
    Start,
    Mark,
    Wait,
    Clear,
    Run(u64),
    LoseMarks(bool),
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => (0_usize..4000).prop_map(Op::Push),
        2 => Just(Op::Start),
        2 => Just(Op::Mark),
        1 => Just(Op::Wait),
        2 => Just(Op::Clear),
        6 => (0_u64..400).prop_map(Op::Run),
        1 => any::<bool>().prop_map(Op::LoseMarks),
    ]
}

fn clocks() -> impl Strategy<Value = Clock> {
    prop_oneof![
        Just(Clock::Deadline),
        Just(lead(Sync::Marks)),
        Just(lead(Sync::Buffering)),
        Just(Clock::Lead {
            sync: Sync::Marks,
            lead: ms(40)
        }),
    ]
}

/// The end of the audio that was sent for a cleared utterance, and the reported result.
struct Clear {
    start: u64,
    end: u64,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Checks the accounts at any time. Audio that counts as played was heard, and the rest was
    /// not. No audio of an utterance is heard after it was cleared. Each mark and each request to
    /// clear has exactly one outcome.
    #[test]
    fn everything_is_accounted_for(
        ops in prop::collection::vec(op(), 1..40),
        clock in clocks(),
        latency in 0_u64..60,
        delays in prop::collection::vec(0_u64..50, 1..6),
    ) {
        let mut sim = Simulation::new(PCM, clock);
        sim.latency = ms(latency);
        sim.delays = delays.into_iter().map(ms).collect();
        let (mut marks, mut clears) = (Vec::new(), HashMap::new());
        let mut start = 0;
        for op in ops {
            match op {
                Op::Push(n) => {
                    let before = sim.position;
                    if sim.push(n).is_err() {
                        prop_assert_eq!(sim.position, before);
                    }
                }
                Op::Start => {
                    sim.playout.start_utterance();
                    start = sim.position;
                }
                Op::Mark => marks.extend(sim.playout.mark(sim.playout.utterance())),
                Op::Wait => marks.extend(sim.playout.wait_until_played()),
                Op::Clear => {
                    let id = sim.playout.clear(sim.now);
                    clears.insert(id, Clear { start, end: sim.position });
                }
                Op::Run(n) => sim.run(ms(n)),
                Op::LoseMarks(lose) => sim.lose_marks = lose,
            }
            sim.assert_accounts();
        }
        sim.lose_marks = false;
        sim.run(Duration::from_secs(60));

        let accounts = sim.assert_accounts();
        prop_assert_eq!((accounts.in_flight, accounts.queued), (0, 0));
        let positions = sim.heard_positions();
        prop_assert_eq!(accounts.played, positions.len() as u64);
        prop_assert!(positions.is_sorted());

        let mut ended = Vec::new();
        for &(at, event) in &sim.events {
            match event {
                PlayoutEvent::MarkPlayed(mark) | PlayoutEvent::MarkCleared(mark) => ended.push(mark),
                PlayoutEvent::Cleared(id, Cleared { played, dropped }) => {
                    let clear = clears.remove(&id);
                    prop_assert!(clear.is_some(), "{:?} twice", id);
                    let Some(Clear { start, end }) = clear else { continue };
                    let heard = positions.iter().filter(|p| (start..end).contains(p)).count();
                    prop_assert_eq!(SampleRate::Hz8000.samples(played), heard as u64);
                    prop_assert_eq!(SampleRate::Hz8000.samples(played + dropped), end - start);
                    let last = sim.heard.iter().rposition(|(_, frame)| {
                        let samples = frame.as_chunks::<2>().0.iter();
                        let mut samples = samples.map(|&pair| i16::from_le_bytes(pair));
                        samples.any(|s| s != 0 && (start..end).contains(&(s as u64 - 1)))
                    });
                    // Samples encode their position if all are below the period.
                    if sim.position < 32_003 && let Some(last) = last && matches!(clock, Clock::Lead { .. }) {
                        prop_assert!(sim.heard[last].0 <= at);
                    }
                }
                PlayoutEvent::Stalled => prop_assert!(false, "stalled"),
            }
        }
        ended.sort_unstable();
        prop_assert_eq!(ended, marks);
        prop_assert_eq!(clears.len(), 0);
    }

    /// With conversion, played and dropped audio also adds up to the sent audio, to the sample,
    /// although frames on the wire do not begin and end at samples of the program.
    #[test]
    fn accounts_hold_with_conversion(
        ops in prop::collection::vec(op(), 1..25),
        clock in clocks(),
        rate in prop::sample::select(SampleRate::ALL.to_vec()),
        format in prop::sample::select(vec![
            Format::Ulaw, Format::G722,
            Format::Slin(SampleRate::Hz16000), Format::Slin(SampleRate::Hz44100),
        ]),
    ) {
        let audio = Audio::Pcm { rate, format, byte_order: ByteOrder::Big };
        let mut sim = Simulation::new(audio, clock);
        for op in ops {
            match op {
                Op::Push(n) => drop(sim.push(n)),
                Op::Start => drop(sim.playout.start_utterance()),
                Op::Wait => drop(sim.playout.wait_until_played()),
                Op::Clear => drop(sim.playout.clear(sim.now)),
                Op::Run(n) => sim.run(ms(n)),
                Op::Mark | Op::LoseMarks(_) => {}
            }
            sim.assert_accounts();
        }
        sim.run(Duration::from_secs(15));
        let accounts = sim.assert_accounts();
        prop_assert_eq!((accounts.in_flight, accounts.queued), (0, 0));
        // Each piece that was played fills its frames except the last.
        let frames = sim.heard.len() as u64;
        prop_assert!(accounts.played <= frames * u64::from(rate.hz()) / 50);
    }
}
