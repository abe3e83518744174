//! Ten minutes of audio in both directions on a simulated clock, with a program that is late at
//! random, and that does not run for three seconds in the middle.

use std::time::Duration;

use ari_media::MediaEvent;

use crate::asterisk::FRAME;
use crate::simulation::{Random, Simulation, simulate};
use crate::wire::{ALL, Kind};

/// The frames of ten minutes. Each has its own value.
const FRAMES: usize = 30_000;

const TEN_MINUTES: Duration = Duration::from_secs(600);

/// The longest time in milliseconds between two wakes of the program.
const MAX_DELAY: u64 = 35;

const STALL: Duration = Duration::from_secs(3);

/// The most that a frame may be late, besides the stall.
const MAX_LATENESS: Duration = Duration::from_millis(250);

/// The most audio in Asterisk's queue: the lead.
const LEAD: usize = 10;

#[test]
fn ten_minutes_do_not_drift_on_any_carrier() {
    let _turn = crate::wait_for_turn();
    std::thread::scope(|scope| {
        for (seed, kind) in (1..).zip(ALL.iter().copied()) {
            scope.spawn(move || simulate(kind, seed, async |it| ten_minutes(kind, it, seed).await));
        }
    });
}

async fn ten_minutes(kind: Kind, mut it: Simulation, seed: u64) {
    let mut random = Random::new(seed + 100);
    let sender = it.media.sender().clone();
    let mut received: Vec<(Duration, usize)> = Vec::new();
    let mut gaps = Duration::ZERO;
    let (mut pushed, mut spoken) = (0, 0);
    let mut stalled_at = None;
    it.max_delay = MAX_DELAY;
    while it.media.stats().played < TEN_MINUTES && it.now < Duration::from_secs(700) {
        // A source that is faster than real time, in bursts of up to four seconds.
        if pushed < FRAMES && sender.room() > Duration::from_secs(6) {
            let burst = (random.up_to(200) as usize).min(FRAMES - pushed);
            let values = (pushed..pushed + burst).map(value);
            let samples: Vec<i16> = values.flat_map(|it_| vec![it_; it.frame()]).collect();
            it.try_send(&sender, &samples).expect("room");
            pushed += burst;
        }
        if stalled_at.is_none() && it.media.stats().played >= TEN_MINUTES / 2 {
            stalled_at = Some(it.now);
            it.stall(STALL);
        }
        // The caller speaks in time, also while the program does not run.
        let next = it.next_wake();
        while FRAME * spoken < next && (spoken as usize) < FRAMES {
            it.speak(value(spoken as usize));
            spoken += 1;
        }
        it.advance().await;
        while let Some(event) = it.media.receiver().try_next() {
            match event {
                MediaEvent::Audio(frame) if frame.missing().is_zero() => {
                    received.push((frame.at(), index(frame.samples()[0])));
                }
                MediaEvent::Packet(packet) => {
                    let samples = it.samples(packet.payload());
                    received.push((packet.at(), index(samples[0])));
                }
                MediaEvent::Audio(_) => {}
                MediaEvent::Gap(gap) => gaps += gap,
                other => panic!("{kind:?}: {other:?}"),
            }
        }
        let stats = it.media.stats();
        let known = stats.played + stats.cleared + stats.in_flight + stats.queued;
        assert_eq!(stats.pushed, known, "{kind:?}: {stats:?}");
    }

    // Each frame is heard, once and in order. An AudioSocket also gets silence after a pause.
    let heard = it.asterisk.heard.iter();
    let heard = heard.map(|(at, frame)| (*at, it.samples(frame)[0]));
    let heard: Vec<_> = heard.filter(|(_, sample)| *sample != 0).collect();
    let indexes = heard.iter().map(|(_, sample)| index(*sample));
    assert!(
        indexes.eq(0..FRAMES),
        "{kind:?}: frames are lost, repeated or misplaced"
    );
    assert!(
        it.asterisk.longest_queue <= LEAD,
        "{kind:?}: {}",
        it.asterisk.longest_queue
    );

    // Each half takes five minutes, and no frame is early, or later than the limit.
    let stalled_at = stalled_at.expect("a stall");
    let first_after = heard.partition_point(|(at, _)| *at <= stalled_at + STALL);
    let before = heard.partition_point(|(at, _)| *at <= stalled_at);
    for (half, begin) in [
        (&heard[..before], heard[0].0),
        (&heard[first_after..], heard[first_after].0),
    ] {
        let lateness = |(index, (at, _)): (usize, &(Duration, i16))| {
            let due = begin + FRAME * index as u32;
            (at.saturating_sub(due), due.saturating_sub(*at))
        };
        let (late, early): (Vec<_>, Vec<_>) = half.iter().enumerate().map(lateness).unzip();
        let (late, early) = (late.iter().max(), early.iter().max());
        assert!(late <= Some(&MAX_LATENESS), "{kind:?}: {late:?} late");
        // After a stall, up to the lead is passed on at once.
        assert!(early <= Some(&FRAME), "{kind:?}: {early:?} early");
        let length = half[half.len() - 1].0 + FRAME - half[0].0;
        let expected = FRAME * half.len() as u32;
        assert!(
            length.abs_diff(expected) <= FRAME,
            "{kind:?}: {length:?} for {expected:?}"
        );
    }
    // The stall itself is the only pause.
    let total = heard[FRAMES - 1].0 + FRAME - heard[0].0;
    let shift = total - TEN_MINUTES;
    assert!(shift <= STALL + FRAME * 2, "{kind:?}: {shift:?}");

    // What was said arrives once and in order, apart from what waits for more than two seconds.
    assert!(
        received.windows(2).all(|pair| pair[0].1 < pair[1].1),
        "{kind:?}"
    );
    let missing = FRAMES - received.len();
    assert!(
        FRAME * missing as u32 <= gaps + FRAME * 5,
        "{kind:?}: {missing} frames, {gaps:?}"
    );
    assert!(gaps <= STALL, "{kind:?}: {gaps:?}");
    // The clock of the received audio does not drift either.
    let (first, last) = (received[0], received[received.len() - 1]);
    let expected = FRAME * (last.1 - first.1) as u32;
    let drift = (last.0 - first.0).abs_diff(expected);
    assert!(drift <= Duration::from_millis(100), "{kind:?}: {drift:?}");
}

/// Returns the value of the samples of a frame.
fn value(frame: usize) -> i16 {
    i16::try_from(frame + 1).expect("a small number")
}

fn index(value: i16) -> usize {
    usize::try_from(value).expect("a value") - 1
}
