//! Many sessions at once, and the length of the audio that is heard with and without them.

use super::*;

/// The sections of the long tone, and the frequency of each.
const SECTIONS: u32 = 8;

fn frequency(section: u32) -> f64 {
    400.0 + 150.0 * f64::from(section)
}

/// The long tone, as it was heard.
#[derive(Debug)]
struct Heard {
    length: Duration,
    /// Silent frames between the first and the last loud one.
    holes: usize,
    /// The delay of the beginning of each section.
    behind: Vec<Duration>,
}

/// Sends eight seconds at once from one end of a call, and listens at the other.
async fn hear_long_tone(service: &MediaService, call: &Call, carrier: Carrier) -> Heard {
    let rate = SampleRate::Hz16000;
    let near = service.open(&call.near).carrier(carrier);
    let far = service.open(&call.far).carrier(carrier);
    let (near, mut far) = tokio::try_join!(near, far).unwrap();
    let second = Duration::from_secs(1);
    let sections = (0..SECTIONS).flat_map(|section| tone(frequency(section), rate, second));
    let samples: Vec<i16> = sections.collect();
    let begin = Instant::now();
    near.sender().try_send(&samples).unwrap();
    let mut frames = Vec::new();
    let mut silent = 0;
    // Receives until there has been silence for half a second.
    while silent < 25 || frames.len() < 100 {
        if let MediaEvent::Audio(frame) = within_limit(far.next()).await.unwrap() {
            let is_loud = frame.level().rms > -30.0;
            silent = if is_loud { 0 } else { silent + 1 };
            frames.push((begin.elapsed(), is_loud, frame));
        }
    }
    let first = frames.iter().position(|it| it.1).unwrap();
    let last = frames.iter().rposition(|it| it.1).unwrap();
    let loud = &frames[first..=last];
    let behind = (0..SECTIONS).filter_map(|section| {
        let (elapsed, _, _) = loud.iter().find(|(_, _, frame)| {
            amplitude(frame.samples(), frequency(section), rate) > 0.7 * AMPLITUDE
        })?;
        Some(elapsed.saturating_sub(second * section))
    });
    let heard = Heard {
        length: Duration::from_millis(20) * loud.len() as u32,
        holes: loud.iter().filter(|it| !it.1).count(),
        behind: behind.collect(),
    };
    println!("{carrier}: {heard:?}; {:?}", near.stats());
    near.close().await;
    far.close().await;
    heard
}

/// Returns the first violation of the requirements.
fn check(heard: &Heard) -> Result<(), String> {
    let length = heard.length.as_millis();
    let is_late = |it: &Duration| it.as_millis() > 250;
    if !(7940..=8060).contains(&length) {
        return Err(format!("heard in {length} ms"));
    }
    if heard.holes > 0 {
        return Err(format!("{} frames are silent", heard.holes));
    }
    if heard.behind.len() != SECTIONS as usize || heard.behind.iter().any(is_late) {
        return Err(format!("behind: {:?}", heard.behind));
    }
    Ok(())
}

/// Checks the audio that is heard over a carrier. A machine that stalls for longer than the lead
/// causes holes that no library can prevent, so one of three attempts has to succeed.
async fn check_long_tone(service: &MediaService, call: &Call, carrier: Carrier) {
    let mut problems = Vec::new();
    while problems.len() < 3 {
        let heard = hear_long_tone(service, call, carrier).await;
        match check(&heard) {
            Ok(()) => return,
            Err(problem) => problems.push(problem),
        }
    }
    panic!("{carrier}: {problems:?}");
}

/// Opens sessions at both ends of calls, each of which sends a tone to the other.
async fn talk(service: &MediaService, calls: &[Call], seconds: u64) -> Vec<(Media, Media)> {
    let carriers = CARRIERS[0].1.iter().cycle();
    let opened = calls.iter().zip(carriers).map(async |(call, &carrier)| {
        let near = service.open(&call.near).carrier(carrier);
        let far = service.open(&call.far).carrier(carrier);
        let limit = Duration::from_secs(60);
        let (near, far) = (near.max_buffered(limit), far.max_buffered(limit));
        let (near, far) = tokio::try_join!(near, far).unwrap();
        let rate = SampleRate::Hz16000;
        let length = Duration::from_secs(seconds);
        near.sender().try_send(&tone(440.0, rate, length)).unwrap();
        far.sender().try_send(&tone(1000.0, rate, length)).unwrap();
        (near, far)
    });
    futures_util::future::join_all(opened).await
}

/// Eight seconds of audio that are sent at once are heard in eight seconds, with and without other
/// sessions.
#[test]
fn long_audio_keeps_its_length_beside_other_sessions() {
    let _alone = QUIET.write().unwrap_or_else(PoisonError::into_inner);
    run(
        Release::V22,
        |builder| builder,
        async |_, client, calls| {
            let service = service(client).await;
            let mut others = Vec::new();
            for _ in 0..5 {
                others.push(calls.create().await);
            }
            let call = calls.create().await;
            check_long_tone(&service, &call, Carrier::WebSocket).await;
            // The other sessions continue until the measured ones are finished.
            let sessions = talk(&service, &others, 60).await;
            let mut measured = Vec::new();
            for &carrier in CARRIERS[0].1 {
                measured.push((carrier, calls.create().await));
            }
            let checks = measured
                .iter()
                .map(|(carrier, call)| check_long_tone(&service, call, *carrier));
            futures_util::future::join_all(checks).await;
            drop(sessions);
            wait_until_removed(client, 18).await;
        },
    );
    run(
        Release::V16,
        |builder| builder,
        async |_, client, calls| {
            let service = service(client).await;
            let call = calls.create().await;
            check_long_tone(&service, &call, Carrier::Rtp).await;
            wait_until_removed(client, 2).await;
        },
    );
}

/// Opens sessions at both ends of `count` calls, and checks that each receives the other's tone.
fn check_sessions(count: usize) {
    on_calls(
        Release::V22,
        |builder| builder,
        async |_, client, calls| {
            let service = service(client).await;
            let mut pairs = Vec::new();
            for _ in 0..count {
                pairs.push(calls.create().await);
            }
            let begin = Instant::now();
            let sessions = talk(&service, &pairs, 4).await;
            println!("{} sessions opened in {:?}", 2 * count, begin.elapsed());
            let heard = sessions.into_iter().map(async |(mut near, mut far)| {
                let length = Duration::from_secs(2);
                let (at_near, at_far) =
                    tokio::join!(receive(&mut near, length), receive(&mut far, length));
                let rate = SampleRate::Hz16000;
                let carrier = near.carrier().carrier;
                for (samples, frequency) in [(at_near, 1000.0), (at_far, 440.0)] {
                    // Each frame is checked alone, because a late frame shifts the phase of the
                    // frames after it.
                    let middle = &samples[samples.len() / 2..samples.len() * 3 / 4];
                    let frames = middle.chunks(rate.frame_samples());
                    let mut levels: Vec<_> = frames
                        .map(|frame| amplitude(frame, frequency, rate) / AMPLITUDE)
                        .collect();
                    levels.sort_by(f64::total_cmp);
                    let level = levels[levels.len() / 2];
                    assert!(
                        (0.7..1.3).contains(&level),
                        "{carrier}: {level} at {frequency}"
                    );
                }
                tokio::join!(near.close(), far.close());
            });
            futures_util::future::join_all(heard).await;
            wait_until_removed(client, 2 * count).await;
        },
    );
}

#[test]
fn twenty_sessions_hear_each_other() {
    check_sessions(10);
}

#[test]
#[ignore = "takes most of a machine with two cores: see .ci/full"]
fn fifty_sessions_hear_each_other() {
    check_sessions(25);
}
