use bytes::Bytes;

use super::simulation::{PCM, Simulation, lead, ms};
use crate::pcm::{ByteOrder, Format, SampleRate};
use crate::playout::*;

#[test]
fn audio_of_an_utterance_that_is_over_is_refused() {
    let mut sim = Simulation::new(PCM, Clock::Deadline);
    let first = sim.playout.utterance();
    let second = sim.playout.start_utterance();
    let now = sim.now;
    assert_eq!(
        sim.playout.try_send(first, &[1], now),
        Err(SendError::Stale)
    );
    assert_eq!(
        sim.playout.send_part(first, &[1], now),
        Err(SendError::Stale)
    );
    assert_eq!(sim.playout.mark(first), Err(SendError::Stale));
    assert_eq!(sim.playout.try_send(second, &[1], now), Ok(()));
    sim.playout.clear(now);
    assert_eq!(
        sim.playout.try_send(second, &[1], now),
        Err(SendError::Stale)
    );
    let third = sim.playout.start_utterance();
    assert_eq!(sim.playout.try_send(third, &[1], now), Ok(()));
    sim.playout.close();
    assert_eq!(
        sim.playout.try_send(third, &[1], now),
        Err(SendError::Closed)
    );
    assert_eq!(sim.playout.wait_until_played(), Err(SendError::Closed));
}

#[test]
fn queue_is_bounded() {
    let settings = Settings {
        audio: PCM,
        clock: Clock::Deadline,
        max_buffered: ms(100),
    };
    let now = std::time::Instant::now();
    let mut playout = Playout::new(settings, now).unwrap();
    let utterance = playout.utterance();
    assert_eq!(playout.try_send(utterance, &[1; 500], now), Ok(()));
    let full = SendError::Full { room: ms(300) / 8 };
    assert_eq!(playout.try_send(utterance, &[1; 301], now), Err(full));
    assert_eq!(playout.send_part(utterance, &[1; 301], now), Ok(300));
    assert_eq!(playout.send_part(utterance, &[1; 301], now), Ok(0));
    assert!(matches!(playout.poll(now), Action::Send(_)));
    assert_eq!(playout.room(), ms(20));
    for _ in 0..1000 {
        playout.mark(utterance).unwrap();
    }
    assert_eq!(playout.mark(utterance), Err(SendError::TooManyMarks));
    // A smaller limit would never let a frame in.
    for (max_buffered, room) in [(Duration::ZERO, 160), (Duration::MAX, 801)] {
        let settings = Settings {
            max_buffered,
            ..settings
        };
        let mut playout = Playout::new(settings, now).unwrap();
        let sent = playout.send_part(playout.utterance(), &[1; 801], now);
        assert_eq!(sent, Ok(room));
    }
}

/// The end of an utterance is completed with silence, immediately if another begins or a task waits
/// for it, and otherwise after a pause of the program.
#[test]
fn last_frame_is_completed() {
    for clock in [Clock::Deadline, lead(Sync::Marks)] {
        for how in 0..3 {
            let mut sim = Simulation::new(PCM, clock);
            sim.push(200).unwrap();
            match how {
                0 => _ = sim.playout.start_utterance(),
                1 => _ = sim.playout.wait_until_played().unwrap(),
                _ => {}
            }
            sim.run(ms(50));
            assert_eq!(
                sim.heard.len(),
                if how < 2 { 2 } else { 1 },
                "{clock:?}, {how}"
            );
            sim.run(ms(200));
            assert_eq!(sim.heard.len(), 2, "{clock:?}, {how}");
            assert!(sim.heard[1].1[80..].iter().all(|&byte| byte == 0));
            let accounts = sim.assert_accounts();
            assert_eq!(
                (accounts.played, accounts.queued),
                (200, 0),
                "{clock:?}, {how}"
            );
        }
    }
}

#[test]
fn program_that_goes_on_in_time_gets_no_silence_into_its_utterance() {
    let audio = Audio::Pcm {
        rate: SampleRate::Hz24000,
        format: Format::Slin(SampleRate::Hz8000),
        byte_order: ByteOrder::Little,
    };
    let mut sim = Simulation::new(audio, Clock::Deadline);
    for _ in 0..100 {
        // Silence would be visible in a constant signal.
        let utterance = sim.playout.utterance();
        sim.playout
            .try_send(utterance, &[8000; 480], sim.now)
            .unwrap();
        sim.run(ms(20));
    }
    let samples: Vec<i16> = sim
        .heard
        .iter()
        .flat_map(|(_, frame)| frame.as_chunks::<2>().0)
        .map(|&pair| i16::from_le_bytes(pair))
        .collect();
    assert!(sim.heard.len() >= 98, "{}", sim.heard.len());
    assert!(
        samples[100..]
            .iter()
            .all(|sample| (7990..8010).contains(sample)),
        "{samples:?}"
    );
}

#[test]
fn nothing_of_a_cleared_utterance_is_in_the_next_one() {
    let audio = Audio::Pcm {
        rate: SampleRate::Hz24000,
        format: Format::Slin(SampleRate::Hz16000),
        byte_order: ByteOrder::Little,
    };
    let mut sim = Simulation::new(audio, Clock::Deadline);
    let utterance = sim.playout.utterance();
    sim.playout
        .try_send(utterance, &[20_000; 4900], sim.now)
        .unwrap();
    sim.run(ms(50));
    sim.playout.clear(sim.now);
    let before = sim.heard.len();
    let utterance = sim.playout.start_utterance();
    sim.playout
        .try_send(utterance, &[0; 4800], sim.now)
        .unwrap();
    sim.run(ms(400));
    assert_eq!(sim.heard.len() - before, 10);
    assert!(
        sim.heard[before..]
            .iter()
            .flat_map(|(_, frame)| frame)
            .all(|&byte| byte == 0)
    );
    assert_eq!(sim.playout.played(), ms(200));
}

#[test]
fn formats_are_converted_with_the_accounts_in_samples_of_the_program() {
    for rate in SampleRate::ALL {
        for format in Format::ALL {
            let audio = Audio::Pcm {
                rate,
                format,
                byte_order: ByteOrder::Big,
            };
            let settings = Settings {
                audio,
                clock: Clock::Deadline,
                max_buffered: ms(1000),
            };
            if !format.is_convertible() {
                let error = Playout::new(settings, std::time::Instant::now()).unwrap_err();
                assert_eq!(error, SettingsError::NotConvertible(format));
                continue;
            }
            let mut sim = Simulation::new(audio, Clock::Deadline);
            sim.push(rate.hz() as usize / 10 + 7).unwrap();
            sim.playout.start_utterance();
            sim.run(ms(300));
            let accounts = sim.assert_accounts();
            assert_eq!(
                accounts.played,
                u64::from(rate.hz() / 10 + 7),
                "{rate} to {format}"
            );
            assert_eq!(sim.heard.len(), 6, "{rate} to {format}");
            let whole = |frame: &Vec<u8>| Some(frame.len()) == format.frame_bytes();
            assert!(
                sim.heard.iter().all(|(_, frame)| whole(frame)),
                "{rate} to {format}"
            );
        }
    }
}

#[test]
fn raw_audio_is_sent_untouched() {
    for clock in [Clock::Deadline, lead(Sync::Marks), lead(Sync::Status)] {
        // Bytes that can be cut are cut, and their last frame is completed.
        let mut sim = Simulation::new(Audio::Raw(Format::Ulaw), clock);
        let utterance = sim.playout.utterance();
        let bytes: Vec<u8> = (0..=255).collect();
        sim.playout
            .try_send_raw(utterance, bytes.clone().into(), sim.now)
            .unwrap();
        let wrong = sim.playout.try_send(utterance, &[0], sim.now);
        assert_eq!(wrong, Err(SendError::WrongAudio));
        sim.playout.wait_until_played().unwrap();
        sim.run(ms(300));
        let heard: Vec<u8> = sim
            .heard
            .iter()
            .flat_map(|(_, frame)| frame.clone())
            .collect();
        assert_eq!(heard[..256], bytes);
        assert_eq!(heard[256..], [0xff; 64]);
        assert_eq!(sim.assert_accounts().played, 256);

        // Packets are not cut. Asterisk has no marks for them.
        if clock == lead(Sync::Marks) {
            continue;
        }
        let mut sim = Simulation::new(Audio::Raw(Format::Opus), clock);
        let utterance = sim.playout.utterance();
        let packets: Vec<Bytes> = (1..20)
            .map(|n| Bytes::from(vec![n; usize::from(n)]))
            .collect();
        for packet in &packets {
            sim.playout
                .try_send_raw(utterance, packet.clone(), sim.now)
                .unwrap();
        }
        sim.run(ms(1000));
        let sent: Vec<_> = sim
            .packets
            .iter()
            .map(|(_, packet)| packet.payload.clone())
            .collect();
        assert_eq!(sent, packets, "{clock:?}");
        assert_eq!(sim.assert_accounts().played, 19);
    }
}
