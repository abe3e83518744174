use std::time::Duration;

use super::simulation::{PCM, Simulation, lead, ms};
use crate::pcm::Format;
use crate::playout::*;

const SYNCS: [Sync; 2] = [Sync::Marks, Sync::Buffering];

/// Eight seconds of audio that are sent together are heard in eight seconds without a gap, with at
/// most 200 ms in Asterisk, even if the task is late and responses take some time.
#[test]
fn eight_seconds_take_eight_seconds() {
    for sync in SYNCS {
        let mut sim = Simulation::new(PCM, lead(sync));
        sim.delays = (0_u64..13).map(|i| ms(i * 5)).collect();
        sim.latency = ms(40);
        sim.push(64_000).unwrap();
        let mark = sim.playout.wait_until_played().unwrap();
        sim.run(Duration::from_secs(9));
        assert_eq!(sim.heard.len(), 400);
        let gaps: Vec<_> = sim
            .heard
            .windows(2)
            .map(|pair| pair[1].0 - pair[0].0)
            .collect();
        assert!(gaps.iter().all(|&gap| gap == ms(20)), "{sync:?}");
        assert!(sim.longest_queue <= 10, "{sync:?}: {}", sim.longest_queue);
        let end = sim.heard[399].0;
        assert_eq!(sim.events.len(), 1);
        let (at, event) = sim.events[0];
        assert_eq!(event, PlayoutEvent::MarkPlayed(mark), "{sync:?}");
        assert!(at > end && at <= end + ms(61), "{sync:?}: {:?}", at - end);
        assert_eq!(sim.playout.stats().lost_marks, 0);
    }
}

/// Audio that a program sends in real time is heard without additional delay.
#[test]
fn audio_in_real_time_is_passed_on_at_once() {
    for sync in SYNCS {
        let mut sim = Simulation::new(PCM, lead(sync));
        for _ in 0..200 {
            sim.push(160).unwrap();
            sim.run(ms(20));
        }
        sim.run(ms(300));
        assert_eq!(sim.heard.len(), 200);
        assert!(sim.longest_queue <= 2, "{sync:?}: {}", sim.longest_queue);
        assert_eq!(sim.assert_accounts().played, 32_000, "{sync:?}");
    }
}

#[test]
fn clear_flushes_and_is_over_when_its_mark_is_back() {
    for sync in SYNCS {
        let mut sim = Simulation::new(PCM, lead(sync));
        sim.push(8000).unwrap();
        sim.run(ms(390));
        let heard = sim.heard.len() as u64;
        let (clear, at) = (sim.playout.clear(sim.now), sim.now);
        let next = sim.playout.start_utterance();
        sim.push(1600).unwrap();
        sim.run(Duration::from_secs(1));
        let cleared = Cleared {
            played: ms(20 * heard),
            dropped: ms(1000 - 20 * heard),
        };
        let (done, event) = sim.events[0];
        assert_eq!(event, PlayoutEvent::Cleared(clear, cleared), "{sync:?}");
        assert!(done - at < ms(25), "{sync:?}: {:?}", done - at);
        // Then the whole new utterance follows directly.
        let positions = sim.heard_positions();
        assert_eq!(positions.len() as u64, 160 * heard + 1600);
        assert!(positions.ends_with(&(8000..9600).collect::<Vec<_>>()));
        let first = sim.heard[heard as usize].0;
        assert!(first - at <= ms(20), "{sync:?}: {:?}", first - at);
        assert_eq!(sim.playout.utterance(), next);
        assert_eq!(sim.playout.played(), ms(200));
    }
}

#[test]
fn marks_of_the_program_come_when_they_are_heard() {
    for sync in SYNCS {
        let mut sim = Simulation::new(PCM, lead(sync));
        let mut expected = Vec::new();
        for i in 1..=20_u32 {
            sim.push(480).unwrap();
            let mark = sim.playout.mark(sim.playout.utterance()).unwrap();
            expected.push((mark, ms(13) + ms(60) * i));
        }
        sim.run(Duration::from_secs(2));
        for ((at, event), (mark, expected)) in sim.events.iter().zip(&expected) {
            assert_eq!(*event, PlayoutEvent::MarkPlayed(*mark));
            let late = (*at - sim.start).saturating_sub(*expected);
            assert!(late <= ms(5), "{sync:?}: {late:?}");
        }
        assert_eq!(sim.events.len(), 20);
    }
}

/// A mark that is added after its audio was sent does not wait for the pause that makes a tail.
#[test]
fn late_mark_comes_when_its_audio_has_been_heard() {
    for sync in SYNCS {
        let mut sim = Simulation::new(PCM, lead(sync));
        sim.push(160).unwrap();
        sim.run(ms(1));
        let mark = sim.playout.wait_until_played().unwrap();
        sim.run(ms(100));
        // A tick at 13 ms plays the frame. The next one passes the mark on, which takes 3 ms.
        let expected = [(sim.start + ms(36), PlayoutEvent::MarkPlayed(mark))];
        assert_eq!(sim.events, expected, "{sync:?}");
    }
}

#[test]
fn lost_marks_are_noticed_and_the_status_takes_their_place() {
    for sync in SYNCS {
        let mut sim = Simulation::new(PCM, lead(sync));
        sim.push(16_000).unwrap();
        sim.run(ms(300));
        sim.lose_marks = true;
        sim.run(ms(300));
        sim.lose_marks = false;
        let mark = sim.playout.wait_until_played().unwrap();
        sim.run(Duration::from_secs(4));
        assert_eq!(
            sim.events.last().map(|e| e.1),
            Some(PlayoutEvent::MarkPlayed(mark))
        );
        assert_eq!(sim.heard.len(), 100);
        assert_eq!(sim.assert_accounts().played, 16_000);
        assert!(sim.playout.stats().lost_marks > 0);
    }
}

#[test]
fn carrier_that_does_not_answer_is_reported_once_and_given_up() {
    let mut sim = Simulation::new(PCM, lead(Sync::Marks));
    sim.is_dead = true;
    sim.push(16_000).unwrap();
    sim.run(Duration::from_secs(10));
    let events: Vec<_> = sim.events.iter().map(|event| event.1).collect();
    assert_eq!(events, [PlayoutEvent::Stalled]);
    assert_eq!(sim.events[0].0 - sim.start, ms(4200));
    assert_eq!(sim.heard.len(), 10);
    // Clearing ends when the connection is given up, which another request does not postpone.
    let clear = sim.playout.clear(sim.now);
    sim.run(Duration::from_secs(10));
    let abandoned = sim.abandoned.map(|at| at - sim.start);
    assert_eq!(abandoned, Some(ms(14_200)));
    let cleared = Cleared {
        played: ms(0),
        dropped: ms(2000),
    };
    let event = sim.events.last().map(|event| event.1);
    assert_eq!(event, Some(PlayoutEvent::Cleared(clear, cleared)));
}

#[test]
fn nothing_is_sent_between_xoff_and_xon() {
    let mut sim = Simulation::new(PCM, lead(Sync::Marks));
    sim.playout.handle(Feedback::Xoff, sim.now);
    sim.push(1600).unwrap();
    sim.run(ms(500));
    assert_eq!(sim.packets.len(), 0);
    sim.playout.handle(Feedback::Xon, sim.now);
    sim.run(ms(1));
    assert_eq!(sim.frames(), 10);
    // If XON is lost, the status reports the room.
    sim.playout.handle(Feedback::Xoff, sim.now);
    sim.run(ms(500));
    sim.push(1600).unwrap();
    sim.run(Duration::from_secs(2));
    assert_eq!(sim.heard.len(), 20);
}

/// Packets that Asterisk passes through have no marks and cannot be flushed.
#[test]
fn packets_that_are_passed_through_are_counted_by_the_status() {
    let mut sim = Simulation::new(Audio::Raw(Format::Opus), lead(Sync::Status));
    let utterance = sim.playout.utterance();
    for n in 0..100 {
        sim.playout
            .try_send_raw(utterance, vec![n; 40].into(), sim.now)
            .unwrap();
    }
    sim.run(ms(1000));
    assert!((49..=50).contains(&sim.heard.len()), "{}", sim.heard.len());
    assert!(sim.longest_queue <= 10);
    let heard = sim.heard.len() as u64;
    let clear = sim.playout.clear(sim.now);
    sim.run(ms(500));
    let rest = sim.heard.len() as u64 - heard;
    assert!(rest <= 10, "{rest}");
    let played = ms(20 * (heard + rest));
    let cleared = Cleared {
        played,
        dropped: ms(2000) - played,
    };
    assert_eq!(
        sim.events,
        [(sim.events[0].0, PlayoutEvent::Cleared(clear, cleared))]
    );
    assert!(sim.events[0].0 >= sim.heard.last().unwrap().0);
    let gaps: Vec<_> = sim
        .heard
        .windows(2)
        .map(|pair| pair[1].0 - pair[0].0)
        .collect();
    assert!(gaps.iter().all(|&gap| gap == ms(20)));
}
