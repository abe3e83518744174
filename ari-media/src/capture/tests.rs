use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::pcm::{ByteOrder, FRAME};
use ari_test_support::signal::{amplitude, sine};

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

const PCM: Audio = Audio::Pcm {
    rate: SampleRate::Hz8000,
    format: Format::Slin(SampleRate::Hz8000),
    byte_order: ByteOrder::Little,
};

/// A receiver in simulated time, whose task polls it at the requested instants.
struct Simulation {
    capture: Capture,
    start: Instant,
    now: Instant,
    wake: Instant,
    frames: Vec<Frame>,
    lost: Duration,
    /// Samples that were received, of which each has its own value.
    position: i16,
}

impl Simulation {
    fn new(audio: Audio) -> Simulation {
        let now = Instant::now();
        let capture = Capture::new(audio, MediaClock::new(now), now).unwrap();
        let (frames, lost) = (Vec::new(), Duration::ZERO);
        let mut sim = Simulation {
            capture,
            start: now,
            now,
            wake: now,
            frames,
            lost,
            position: 0,
        };
        sim.poll();
        sim
    }

    fn poll(&mut self) {
        self.wake = self.capture.poll(self.now);
        while let Some(received) = self.capture.next_received() {
            match received {
                Received::Frame(frame) => self.frames.push(frame),
                Received::Lost(lost) => self.lost += lost,
                Received::Packet(packet) => panic!("{packet:?}"),
            }
        }
    }

    /// Advances to this time, with a task that is never late.
    fn run_to(&mut self, time: Duration) {
        let end = self.start + time;
        while self.wake <= end {
            self.now = self.now.max(self.wake);
            self.poll();
        }
        self.now = self.now.max(end);
    }

    /// Receives a packet of 20 ms at a time.
    fn receive(&mut self, time: Duration, sequence: Option<u16>) {
        self.run_to(time);
        let samples: Vec<i16> = (0..160)
            .map(|i| 200 + (self.position + i) % 30_000)
            .collect();
        self.position = (self.position + 160) % 30_000;
        self.receive_samples(&samples, sequence);
    }

    fn receive_samples(&mut self, samples: &[i16], sequence: Option<u16>) {
        let bytes: Vec<u8> = samples
            .iter()
            .flat_map(|sample| sample.to_le_bytes())
            .collect();
        self.capture.packet(bytes.into(), sequence, self.now);
        self.poll();
    }

    /// Returns the received samples without the silence. Checks that frames have no gaps and report
    /// their silence.
    fn audio(&self) -> Vec<i16> {
        for (i, frame) in self.frames.iter().enumerate() {
            assert_eq!(frame.at, FRAME * i as u32);
            let silent = frame.samples.iter().filter(|&&sample| sample == 0).count();
            assert_eq!(
                frame.lost,
                SampleRate::Hz8000.duration(silent as u64),
                "{i}"
            );
        }
        let samples = self.frames.iter().flat_map(|frame| &frame.samples).copied();
        samples.filter(|&sample| sample != 0).collect()
    }

    /// Returns the expected samples of this number of packets.
    fn sent(packets: usize) -> Vec<i16> {
        (0..packets * 160)
            .map(|i| 200 + (i % 30_000) as i16)
            .collect()
    }

    fn filled(&self) -> Duration {
        self.frames.iter().map(|frame| frame.lost).sum()
    }
}

#[test]
fn silent_call_gives_silent_frames_in_time() {
    let mut sim = Simulation::new(PCM);
    sim.run_to(ms(1000));
    assert_eq!(sim.frames.len(), 47);
    assert!(sim.audio().is_empty());
    assert_eq!(sim.frames[0].level(), crate::pcm::Level::SILENCE);
}

#[test]
fn jitter_makes_no_gap() {
    let mut sim = Simulation::new(PCM);
    for i in 0..500_u64 {
        sim.receive(ms(20 + 20 * i + i * 7919 % 56), None);
    }
    assert_eq!(sim.audio(), Simulation::sent(500));
    assert!(sim.filled() <= ms(0), "{:?}", sim.filled());
}

#[test]
fn pause_becomes_as_much_silence() {
    let mut sim = Simulation::new(PCM);
    for i in 0..10 {
        sim.receive(ms(20 + 20 * i), Some(i as u16));
    }
    for i in 0..10 {
        sim.receive(ms(1220 + 20 * i), Some(10 + i as u16));
    }
    assert_eq!(sim.audio(), Simulation::sent(20));
    assert_eq!(sim.filled(), ms(1000));
    assert_eq!(sim.frames.len(), 70);
    // The first word has the time at which it was said.
    assert_eq!(sim.frames[60].samples[0], 200 + 1600);
}

/// A frame that waited for the next packet would be 20 ms late.
#[test]
fn packet_completes_a_frame_at_any_time() {
    for (from, to) in [
        (SampleRate::Hz8000, SampleRate::Hz8000),
        (SampleRate::Hz16000, SampleRate::Hz24000),
        (SampleRate::Hz48000, SampleRate::Hz16000),
    ] {
        for offset in [1, 7, 10, 13, 19] {
            let mut sim = Simulation::new(Audio::Pcm {
                rate: to,
                format: Format::Slin(from),
                byte_order: ByteOrder::Little,
            });
            for begin in [20, 1200, 1213] {
                for i in 0..20 {
                    sim.run_to(ms(begin + offset + 20 * i));
                    let before = sim.frames.len();
                    sim.receive_samples(&vec![9000; from.frame_samples()], None);
                    let new = &sim.frames[before..];
                    let last = new.last().expect("a frame");
                    let loud = last.samples.iter().filter(|&&it| it > 8000).count();
                    // The beginning of the first is the silence that the resampler holds back.
                    assert!(
                        loud * 2 > to.frame_samples(),
                        "{from} to {to}, {offset} ms, packet {i}: {loud} samples"
                    );
                    assert!(i == 0 || new.len() == 1, "{} frames", new.len());
                }
            }
        }
    }
}

#[test]
fn burst_after_a_stall_of_the_network_is_kept_and_made_up_for_in_silence() {
    let mut sim = Simulation::new(PCM);
    for i in 0..10 {
        sim.receive(ms(20 + 20 * i), None);
    }
    // Packets 10 to 39 arrive at the same time.
    for _ in 10..40 {
        sim.receive(ms(800), None);
    }
    assert_eq!(sim.audio(), Simulation::sent(40));
    let ahead = sim.frames.len() as u64 * 20 - 800;
    assert!(ahead > 500, "{ahead}");
    for i in 0..40 {
        sim.run_to(ms(820 + 20 * i));
        sim.receive_samples(&[5; 160], None);
    }
    let ahead = sim.frames.len() as u64 * 20 - 1600;
    assert!(ahead <= 80, "{ahead}");
    assert_eq!(sim.lost, ms(0));
}

#[test]
fn burst_of_more_than_a_second_is_cut_and_reported() {
    let mut sim = Simulation::new(PCM);
    sim.run_to(ms(3000));
    for _ in 0..150 {
        sim.receive(ms(3000), None);
    }
    let kept = sim.audio().len() / 160;
    assert!((50..=52).contains(&kept), "{kept}");
    assert_eq!(sim.lost, ms(20 * (150 - kept as u64)));
    assert_eq!(sim.capture.stats().dropped, sim.lost);
}

/// Audio that arrives while the task itself does not run is not late.
#[test]
fn stall_of_the_task_makes_no_gap() {
    let mut sim = Simulation::new(PCM);
    for i in 0..10 {
        sim.receive(ms(20 + 20 * i), None);
    }
    sim.now = sim.start + ms(700);
    for _ in 10..35 {
        sim.receive(ms(700), None);
    }
    for i in 35..60 {
        sim.receive(ms(20 + 20 * i), None);
    }
    assert_eq!(sim.audio(), Simulation::sent(60));
    assert_eq!(sim.filled(), ms(0));
}

/// After silence, audio that arrives during such a stall is not placed later than now.
#[test]
fn audio_that_arrives_during_a_stall_of_the_task_does_not_push_time_ahead() {
    let mut sim = Simulation::new(PCM);
    sim.run_to(ms(200));
    sim.now = sim.start + ms(700);
    for _ in 0..24 {
        sim.receive(ms(700), None);
    }
    for i in 24..60 {
        sim.receive(ms(720 + 20 * (i - 24)), None);
    }
    assert_eq!(sim.audio(), Simulation::sent(60));
    let heard = sim.frames.len() as u64 * 20;
    assert!(heard <= 1420 + 20, "{heard}");
}

#[test]
fn sequence_numbers_reveal_losses_repetitions_and_late_packets() {
    let mut sim = Simulation::new(PCM);
    let mut time = 20;
    for sequence in [65_533, 65_534, 65_535, 0, 1, 4, 5] {
        time += if sequence == 4 { 60 } else { 20 };
        sim.receive(ms(time), Some(sequence));
    }
    assert_eq!(sim.filled(), ms(20 + 40));
    for sequence in [5, 4, 2] {
        sim.receive(ms(time), Some(sequence));
    }
    assert_eq!(sim.audio(), Simulation::sent(7));
    assert_eq!(sim.capture.stats().ignored, 3);
    // Another source.
    sim.receive(ms(time + 20), Some(40_000));
    sim.capture.forget_sequence();
    sim.receive(ms(time + 40), Some(39_990));
    assert_eq!(sim.audio().len(), 9 * 160);
    assert_eq!(sim.filled(), ms(60));
}

#[test]
fn slow_sender_is_corrected_now_and_then() {
    let mut sim = Simulation::new(PCM);
    // The sender is slow by one per mille, for ten minutes.
    for i in 0..30_000_u64 {
        sim.receive(Duration::from_micros(20_000 + 20_020 * i), None);
    }
    let filled = sim.filled();
    assert!(filled >= ms(540) && filled <= ms(601), "{filled:?}");
    assert_eq!(sim.audio().len(), 30_000 * 160);
}

#[test]
fn slow_program_loses_the_oldest_and_gets_a_gap() {
    let now = Instant::now();
    let mut capture = Capture::new(PCM, MediaClock::new(now), now).unwrap();
    for i in 0..250_u64 {
        let at = now + ms(20 + 20 * i);
        capture.packet(vec![1; 320].into(), None, at);
        capture.poll(at);
    }
    assert_eq!(capture.next_received(), Some(Received::Lost(ms(3000))));
    let Some(Received::Frame(frame)) = capture.next_received() else {
        panic!("no frame")
    };
    assert_eq!(frame.at, ms(3000));
    assert_eq!(std::iter::from_fn(|| capture.next_received()).count(), 99);
    assert_eq!(capture.stats().overflowed, ms(3000));
}

#[test]
fn receivers_with_one_clock_have_frames_at_the_same_times() {
    let start = Instant::now();
    let clock = MediaClock::new(start);
    let mut stereo = Stereo::new();
    let mut times = Vec::new();
    for (side, opened) in [(0, 3), (1, 59)] {
        let mut now = start + ms(opened);
        let mut capture = Capture::new(PCM, clock, now).unwrap();
        loop {
            let wake = capture.poll(now);
            if wake >= start + ms(400) {
                break;
            }
            now = wake;
            if side == 0 {
                capture.packet(vec![7; 320].into(), None, now);
            }
        }
        for received in std::iter::from_fn(|| capture.next_received()) {
            let Received::Frame(frame) = received else {
                panic!("{received:?}")
            };
            times.push(frame.at);
            stereo.push(side, frame);
        }
    }
    assert!(times.iter().all(|at| at.as_millis() % 20 == 0));
    let mut frames: Vec<Frame> = std::iter::from_fn(|| stereo.next_frame()).collect();
    (0..2).for_each(|side| stereo.end(side));
    frames.extend(std::iter::from_fn(|| stereo.next_frame()));
    for (i, frame) in frames.iter().enumerate() {
        assert_eq!(frame.at, ms(20) * (i as u32 + 1));
        assert_eq!(frame.samples.len(), 320);
    }
    let both = &frames[frames.len() / 2];
    assert!(
        both.samples
            .iter()
            .skip(1)
            .step_by(2)
            .all(|&sample| sample == 0)
    );
}

/// Frames that one side or both have lost are silent in the stereo stream, which keeps its length.
/// A side that lags behind by more than two seconds does not shift the other one.
#[test]
fn lost_frames_do_not_shorten_the_stereo_stream() {
    let frame = |side: i16, n: u32| Frame {
        samples: vec![side + 1; 160],
        at: ms(20) * n,
        lost: Duration::ZERO,
    };
    let mut stereo = Stereo::new();
    // Both lose frames 4 to 9, and the right side frame 12 as well.
    for n in (1..4).chain(10..15) {
        stereo.push(0, frame(0, n));
        if n != 12 {
            stereo.push(1, frame(1, n));
        }
    }
    // The right side pauses, and its frames arrive after those of the left side were passed on.
    for n in 15..120 {
        stereo.push(0, frame(0, n));
    }
    let mut frames: Vec<Frame> = std::iter::from_fn(|| stereo.next_frame()).collect();
    for n in 15..125 {
        stereo.push(1, frame(1, n));
    }
    stereo.end(0);
    stereo.end(1);
    frames.extend(std::iter::from_fn(|| stereo.next_frame()));
    assert_eq!(frames.len(), 124);
    for (n, frame) in (1..).zip(&frames) {
        let expected = |is_lost| if is_lost { 0 } else { 1 };
        let left = expected((4..10).contains(&n) || n >= 120);
        let right = 2 * expected((4..10).contains(&n) || n == 12 || (15..20).contains(&n));
        assert_eq!(frame.at, ms(20) * n);
        assert_eq!(frame.samples[..2], [left, right], "{n}");
        assert_eq!(frame.samples.len(), 320);
        assert_eq!(frame.lost.is_zero(), left * right != 0, "{n}");
    }
}

#[test]
fn tone_is_converted_without_a_click() {
    for (format, rate) in [
        (Format::Slin(SampleRate::Hz8000), SampleRate::Hz24000),
        (Format::Slin(SampleRate::Hz48000), SampleRate::Hz16000),
        (Format::G722, SampleRate::Hz16000),
        (Format::Ulaw, SampleRate::Hz16000),
    ] {
        let audio = Audio::Pcm {
            rate,
            format,
            byte_order: ByteOrder::Little,
        };
        let mut sim = Simulation::new(audio);
        let wire = format.sample_rate();
        let tone = sine(1000.0, wire.hz(), wire.hz() as usize, 8000.0);
        let mut bytes = Vec::new();
        crate::pcm::Encoder::new(format, ByteOrder::Little)
            .unwrap()
            .encode(&tone, &mut bytes);
        for (i, packet) in bytes.chunks(format.frame_bytes().unwrap()).enumerate() {
            sim.run_to(ms(20 + 20 * i as u64));
            sim.capture.packet(packet.to_vec().into(), None, sim.now);
            sim.poll();
        }
        sim.capture.finish();
        sim.poll();
        // Silence before the tone makes up for the delay of the resampler.
        let is_resampled = wire != rate;
        assert_eq!(
            sim.frames.len(),
            50 + usize::from(is_resampled),
            "{format} to {rate}"
        );
        let heard: Vec<i16> = sim
            .frames
            .iter()
            .flat_map(|frame| frame.samples.clone())
            .collect();
        let inside = &heard[rate.frame_samples()..heard.len() - 2 * rate.frame_samples()];
        let level = amplitude(inside, 1000.0, rate.hz());
        assert!(
            (level - 8000.0).abs() < 150.0,
            "{format} to {rate}: {level}"
        );
        // The steepest step of the tone, and a little noise.
        let steepest = 8000.0 * std::f64::consts::TAU * 1000.0 / f64::from(rate.hz());
        let step = inside
            .windows(2)
            .map(|pair| pair[1].abs_diff(pair[0]))
            .max()
            .unwrap();
        assert!(
            f64::from(step) < steepest + 900.0,
            "{format} to {rate}: {step}, {steepest}"
        );
    }
}

#[test]
fn format_can_change_on_the_way() {
    let mut sim = Simulation::new(PCM);
    for i in 0..10 {
        sim.receive(ms(20 + 20 * i), None);
    }
    sim.capture
        .set_format(Format::Slin(SampleRate::Hz16000))
        .unwrap();
    for i in 10..20 {
        sim.run_to(ms(20 + 20 * i));
        sim.receive_samples(&[3000; 320], None);
    }
    assert!(sim.capture.set_format(Format::Opus).is_err());
    sim.capture.finish();
    sim.poll();
    assert_eq!(sim.frames.len(), 20);
    assert_eq!(sim.frames[15].samples, [3000; 160]);
    assert_eq!(sim.filled(), ms(0));
}

#[test]
fn raw_packets_are_handed_on_with_their_times() {
    let now = Instant::now();
    let mut capture = Capture::new(Audio::Raw(Format::Opus), MediaClock::new(now), now).unwrap();
    let mut got = Vec::new();
    let mut wake = capture.poll(now);
    for (n, at) in [(1, 20), (2, 45), (3, 60), (4, 560), (5, 580)] {
        while wake <= now + ms(at) {
            wake = capture.poll(wake);
        }
        capture.packet(vec![n; usize::from(n)].into(), None, now + ms(at));
        wake = capture.poll(now + ms(at));
        while let Some(Received::Packet(packet)) = capture.next_received() {
            got.push((packet.packet[0], packet.at, packet.lost));
        }
    }
    let expected = [
        (1, 0, 0),
        (2, 20, 0),
        (3, 40, 0),
        (4, 540, 480),
        (5, 560, 0),
    ];
    assert_eq!(got, expected.map(|(n, at, lost)| (n, ms(at), ms(lost))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// For every arrival of packets, frames follow one another without a gap. No sample is lost or
    /// out of order unless that is reported, and silence is counted. Time is neither late by more
    /// than the allowed jitter nor ahead by more than a second.
    #[test]
    fn frames_are_continuous(
        pauses in prop::collection::vec(prop_oneof![8 => 0_u64..45, 1 => 45_u64..900], 1..120),
        burst in 1_usize..70,
    ) {
        let mut sim = Simulation::new(PCM);
        let (mut time, mut packets) = (0, 0);
        for (i, pause) in pauses.iter().enumerate() {
            time += pause;
            for _ in 0..if i % 30 == 29 { burst } else { 1 } {
                sim.receive(ms(time), None);
                packets += 1;
            }
            let heard = FRAME * sim.frames.len() as u32;
            prop_assert!(heard + ms(80 + 20) >= ms(time), "{:?} at {}", heard, time);
            prop_assert!(heard <= ms(time + 1020), "{:?} at {}", heard, time);
        }
        sim.run_to(ms(time + 2000));
        let audio = sim.audio();
        if sim.lost.is_zero() {
            prop_assert_eq!(audio, Simulation::sent(packets));
        } else {
            let kept = packets as u32 * FRAME - sim.lost;
            prop_assert_eq!(audio.len() as u64, SampleRate::Hz8000.samples(kept));
        }
    }
}
