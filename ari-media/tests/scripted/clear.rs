//! `clear` of a whole session on a simulated clock, with random audio, marks, and requests to clear,
//! late reports of Asterisk, and a program that is late.

use std::time::Duration;

use ari_media::{Cleared, MediaEvent, SendOutcome};
use proptest::prelude::*;
use tokio::task::JoinHandle;

use crate::simulation::{Simulation, simulate};
use crate::wire::ALL;

#[derive(Clone, Debug)]
enum Op {
    /// Sends this many samples.
    Send(usize),
    Start,
    Mark,
    Clear,
    /// Waits for this many milliseconds.
    Run(u64),
    /// Sets the longest time between two wakes of the program, and the delay of reports.
    Delay(u64, u64),
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => (1_usize..8000).prop_map(Op::Send),
        3 => Just(Op::Start),
        3 => Just(Op::Mark),
        3 => Just(Op::Clear),
        6 => (0_u64..300).prop_map(Op::Run),
        1 => (1_u64..60, 0_u64..300).prop_map(|(wake, report)| Op::Delay(wake, report)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_is_heard_after_clear(
        ops in prop::collection::vec(op(), 1..40),
        kind in prop::sample::select(ALL.to_vec()),
    ) {
        let _turn = crate::wait_for_turn();
        simulate(kind, 1, async |it| {
            let mut case = Case::new(it);
            for op in ops {
                case.perform(op).await;
            }
            case.finish().await;
        });
    }
}

/// A program, and what it knows.
struct Case {
    it: Simulation,
    /// The samples that were sent, by utterance.
    sent: Vec<usize>,
    /// The samples that were heard, by utterance, and the number of frames that were counted.
    heard: Vec<usize>,
    counted: usize,
    /// The number of utterances that must not be heard any more.
    silenced: usize,
    /// The marks by name, each with its utterance and the samples before it.
    marks: Vec<(usize, usize)>,
    /// The marks that were reported, with true if the mark was played.
    reported: Vec<(usize, bool)>,
    /// The requests to clear that have not returned, with the last utterance.
    clears: Vec<(usize, JoinHandle<Cleared>)>,
}

/// The difference between the values of two utterances.
const STEP: i16 = 500;

impl Case {
    fn new(it: Simulation) -> Self {
        Case {
            it,
            sent: vec![0],
            heard: vec![0],
            counted: 0,
            silenced: 0,
            marks: Vec::new(),
            reported: Vec::new(),
            clears: Vec::new(),
        }
    }

    async fn perform(&mut self, op: Op) {
        let sender = self.it.media.sender();
        let utterance = self.sent.len() - 1;
        match op {
            Op::Send(length) => {
                let value = STEP * i16::try_from(utterance + 1).expect("few utterances");
                let samples = vec![value; length];
                // The queue may be full.
                if self.it.try_send(sender, &samples) == Ok(SendOutcome::Queued) {
                    self.sent[utterance] += length;
                }
            }
            Op::Start => {
                sender.start_utterance();
                self.sent.push(0);
                self.heard.push(0);
            }
            Op::Mark => {
                let name = self.marks.len().to_string();
                if sender.mark(name) == Ok(SendOutcome::Queued) {
                    self.marks.push((utterance, self.sent[utterance]));
                }
            }
            Op::Clear => {
                let sender = sender.clone();
                let clear = tokio::spawn(async move { sender.clear().await });
                self.clears.push((utterance, clear));
                // The request is made now.
                tokio::task::yield_now().await;
            }
            Op::Run(time) => self.run(Duration::from_millis(time)).await,
            Op::Delay(wake, report) => {
                self.it.max_delay = wake;
                self.it.asterisk.deviations.delay = Duration::from_millis(report);
            }
        }
        self.check().await;
    }

    async fn run(&mut self, time: Duration) {
        let end = self.it.now + time;
        while self.it.now < end {
            self.it.advance().await;
            self.check().await;
        }
    }

    async fn check(&mut self) {
        // Takes what the program has sent so far.
        self.it.asterisk.step(self.it.now);
        self.count();
        let stats = self.it.media.stats();
        let known = stats.played + stats.cleared + stats.in_flight + stats.queued;
        assert_eq!(stats.pushed, known, "{stats:?}");
        let sent = self.it.duration(self.sent.iter().sum());
        assert_eq!(stats.pushed, sent, "{stats:?}");
        let heard = self.it.duration(self.heard.iter().sum());
        assert!(stats.played <= heard, "{heard:?} heard: {stats:?}");

        while let Some(event) = self.it.media.receiver().try_next() {
            let (mark, was_played) = match event {
                MediaEvent::MarkPlayed(mark) => (mark, true),
                MediaEvent::MarkCleared(mark) => (mark, false),
                MediaEvent::Audio(_) | MediaEvent::Packet(_) => continue,
                other => panic!("{other:?}"),
            };
            let number: usize = mark.name().parse().expect("a number");
            // In order, so none is reported twice.
            assert_eq!(number, self.reported.len(), "{:?}", self.reported);
            let (utterance, before) = self.marks[number];
            let heard = self.heard[utterance];
            assert!(
                !was_played || heard >= before,
                "{heard} of {before} samples are heard"
            );
            self.reported.push((number, was_played));
        }

        let mut waiting = Vec::new();
        for (utterance, clear) in std::mem::take(&mut self.clears) {
            if !clear.is_finished() {
                waiting.push((utterance, clear));
                continue;
            }
            let cleared = clear.await.expect("a result");
            self.silenced = self.silenced.max(utterance + 1);
            let (sent, heard) = (self.sent[utterance], self.heard[utterance]);
            assert_eq!(cleared.played, self.it.duration(heard), "of {sent} samples");
            let known = cleared.played + cleared.dropped;
            assert_eq!(known, self.it.duration(sent));
        }
        self.clears = waiting;
    }

    /// Counts the samples that were heard since the last time.
    fn count(&mut self) {
        for (_, frame) in &self.it.asterisk.heard[self.counted..] {
            for sample in self.it.samples(frame) {
                if sample == 0 {
                    continue;
                }
                let utterance = usize::try_from(sample / STEP).expect("a value") - 1;
                self.heard[utterance] += 1;
                assert!(
                    utterance >= self.silenced,
                    "utterance {utterance} is heard, but {} are cleared",
                    self.silenced
                );
            }
        }
        self.counted = self.it.asterisk.heard.len();
    }

    async fn finish(mut self) {
        self.it.max_delay = 30;
        self.run(Duration::from_secs(15)).await;
        let stats = self.it.media.stats();
        assert_eq!(
            (stats.in_flight, stats.queued),
            Default::default(),
            "{stats:?}"
        );
        let heard = self.it.duration(self.heard.iter().sum());
        assert_eq!(stats.played, heard, "{stats:?}");
        assert!(
            self.clears.is_empty(),
            "requests to clear have not returned"
        );
        assert_eq!(
            self.reported.len(),
            self.marks.len(),
            "each mark has an outcome"
        );
    }
}
