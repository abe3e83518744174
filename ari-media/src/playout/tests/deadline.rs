use std::time::Duration;

use super::simulation::{PCM, Simulation, ms};
use crate::playout::*;

/// Ten minutes with a task that is late at random, by up to 35 ms. No frame is sent before its
/// time, and none is lost to drift.
#[test]
fn ten_minutes_do_not_drift() {
    let mut sim = Simulation::new(PCM, Clock::Deadline);
    sim.delays = (0_u64..101).map(|i| ms(i * i * 7919 % 36)).collect();
    sim.push(8000 * 600).unwrap();
    sim.run(Duration::from_secs(601));
    assert_eq!(sim.heard.len(), 30_000);
    for (i, &(at, _)) in sim.heard.iter().enumerate() {
        let due = sim.start + ms(20) * i as u32;
        assert!(due <= at && at <= due + ms(90), "{i}: {:?} late", at - due);
    }
    // Frames that were late are caught up, but not three at once.
    for frames in sim.heard.windows(3) {
        assert!(frames[2].0 > frames[0].0, "{frames:?}");
    }
    let stats = sim.playout.stats();
    assert!(
        stats.late > 1000 && stats.max_lateness < ms(90),
        "{stats:?}"
    );
}

#[test]
fn long_stall_moves_the_deadlines() {
    let mut sim = Simulation::new(PCM, Clock::Deadline);
    sim.push(8000).unwrap();
    sim.run(ms(100));
    sim.now += ms(500);
    let before = sim.heard.len();
    sim.run(Duration::ZERO);
    assert!(sim.heard.len() <= before + 2);
    let (_, packet) = &sim.packets[before];
    assert!(packet.starts && packet.at >= ms(590), "{packet:?}");
    sim.run(Duration::from_secs(2));
    assert_eq!(sim.heard.len(), 50);
    let stats = sim.playout.stats();
    assert!(stats.max_lateness >= ms(480), "{stats:?}");
}

#[test]
fn short_stall_is_caught_up_two_frames_at_a_time() {
    let mut sim = Simulation::new(PCM, Clock::Deadline);
    sim.push(8000).unwrap();
    sim.run(ms(100));
    sim.now += ms(150);
    let (before, stalled) = (sim.heard.len(), sim.now);
    sim.run(Duration::from_secs(1));
    assert_eq!(sim.heard.len(), 50);
    for i in 0..4 {
        let late: Vec<_> = sim.heard[before + 2 * i..]
            .iter()
            .map(|frame| frame.0)
            .collect();
        assert_eq!(late[..2], [stalled + ms(20) * i as u32; 2]);
    }
    // Then all frames are in time again.
    assert_eq!(sim.heard[49].0, sim.start + ms(49 * 20));
    assert!(sim.packets[1..].iter().all(|(_, packet)| !packet.starts));
}

/// Silence is not sent. After a pause, audio begins immediately, and the timestamps show the pause.
#[test]
fn pause_is_silent_and_ends_at_once() {
    let mut sim = Simulation::new(PCM, Clock::Deadline);
    sim.push(320).unwrap();
    sim.run(ms(1007));
    assert_eq!(sim.heard.len(), 2);
    sim.push(320).unwrap();
    sim.run(ms(100));
    let at: Vec<_> = sim
        .packets
        .iter()
        .map(|(at, packet)| (*at - sim.start, packet.at))
        .collect();
    let expected: Vec<_> = [0, 20, 1007, 1027].map(|n| (ms(n), ms(n))).to_vec();
    assert_eq!(at, expected);
    let starts: Vec<_> = sim
        .packets
        .iter()
        .map(|(_, packet)| packet.starts)
        .collect();
    assert_eq!(starts, [true, false, true, false]);
    assert_eq!(sim.playout.stats().late, 0);
}

/// A source that delivers each 20 ms, but up to 15 ms late, does not accumulate a delay.
#[test]
fn jitter_of_the_source_does_not_add_up() {
    let mut sim = Simulation::new(PCM, Clock::Deadline);
    let mut jitter = 0;
    for i in 0..1000_u64 {
        let next = i * 5281 % 16;
        sim.run(ms(20 + next - jitter).min(ms(35)));
        jitter = next;
        sim.push(160).unwrap();
        sim.run(Duration::ZERO);
    }
    sim.run(ms(100));
    assert_eq!(sim.heard.len(), 1000);
    let (first, last) = (sim.heard[0].0, sim.heard[999].0);
    assert!(last - first < ms(999 * 20 + 36), "{:?}", last - first);
    assert!(sim.packets[1..].iter().all(|(_, packet)| !packet.starts));
}

/// The first frame of an echo was late, but the others are not.
#[test]
fn single_frames_are_not_delayed_because_the_first_was_late() {
    let mut sim = Simulation::new(PCM, Clock::Deadline);
    let times: Vec<u64> = [12].into_iter().chain((1..200).map(|i| 20 * i)).collect();
    for &time in &times {
        sim.run((sim.start + ms(time)).saturating_duration_since(sim.now));
        sim.push(160).unwrap();
        sim.run(Duration::ZERO);
    }
    let heard: Vec<_> = sim.heard.iter().map(|(at, _)| *at - sim.start).collect();
    let expected: Vec<_> = times.into_iter().map(ms).collect();
    assert_eq!(heard, expected);
    // The timestamps have no gap.
    let mut frames = sim.packets.iter().map(|(_, packet)| packet.at);
    assert!((0..200).all(|i| frames.next() == Some(ms(20) * i)));
}

/// A program that sends single frames too fast is not played too fast.
#[test]
fn single_frames_do_not_hurry() {
    let mut sim = Simulation::new(PCM, Clock::Deadline);
    for _ in 0..400 {
        sim.push(160).unwrap();
        sim.run(ms(15));
    }
    let frames = sim.heard.len();
    assert!((300..=302).contains(&frames), "{frames} in 6 seconds");
}

#[test]
fn wait_ends_when_the_last_frame_has_been_heard() {
    let mut sim = Simulation::new(PCM, Clock::Deadline);
    sim.push(320).unwrap();
    let mark = sim.playout.wait_until_played().unwrap();
    sim.run(ms(200));
    assert_eq!(
        sim.events,
        [(sim.start + ms(40), PlayoutEvent::MarkPlayed(mark))]
    );
    // No audio is left to be played.
    let again = sim.playout.wait_until_played().unwrap();
    assert_eq!(
        sim.playout.next_event(),
        Some(PlayoutEvent::MarkPlayed(again))
    );
}

#[test]
fn clear_is_immediate() {
    let mut sim = Simulation::new(PCM, Clock::Deadline);
    sim.push(8000).unwrap();
    let mark = sim.playout.mark(sim.playout.utterance()).unwrap();
    sim.run(ms(390));
    let clear = sim.playout.clear(sim.now);
    let cleared = Cleared {
        played: ms(400),
        dropped: ms(600),
    };
    assert_eq!(
        sim.playout.next_event(),
        Some(PlayoutEvent::MarkCleared(mark))
    );
    assert_eq!(
        sim.playout.next_event(),
        Some(PlayoutEvent::Cleared(clear, cleared))
    );
    sim.run(ms(500));
    assert_eq!(sim.heard.len(), 20);
}
