//! Taps, which separate both directions of a call.

use super::*;

/// The left side is the party's speech, and the right side is the audio that it hears. The party's
/// hangup ends the tap and removes its channels and bridges.
#[test]
fn taps_keep_directions_apart_until_the_party_hangs_up() {
    on_each_carrier(async |client, service, calls, (release, carrier)| {
        let call = calls.create().await;
        let rate = SampleRate::Hz16000;
        let near = service.open(&call.near).carrier(carrier).await.unwrap();
        let far = service.open(&call.far).carrier(carrier).await.unwrap();
        let mut tap = service.tap(&call.near).carrier(carrier).await.unwrap();
        let long = Duration::from_secs(5);
        // The near party's speech comes from the far end of its Local channel.
        far.sender().try_send(&tone(1000.0, rate, long)).unwrap();
        near.sender().try_send(&tone(440.0, rate, long)).unwrap();
        let mut last = None;
        let mut heard = Vec::new();
        // A busy machine may cause a hole in a part of the tones.
        let separate = |(level, other): &(f64, f64)| (0.8..1.2).contains(level) && *other < 0.02;
        while !heard
            .last()
            .is_some_and(|parts: &[_; 2]| parts.iter().all(separate))
        {
            assert!(heard.len() < 15, "{release}, {carrier}: {heard:?}");
            let (mut says, mut hears) = (Vec::new(), Vec::new());
            while says.len() < 3_200 {
                let frame = within_limit(tap.next_stereo()).await.unwrap();
                let before = last.replace(frame.at());
                assert!(before.is_none_or(|it| frame.at() == it + Duration::from_millis(20)));
                for pair in frame.samples().chunks_exact(2) {
                    says.push(pair[0]);
                    hears.push(pair[1]);
                }
            }
            let sides = [(&says, 1000.0, 440.0), (&hears, 440.0, 1000.0)];
            heard.push(sides.map(|(samples, right, wrong)| {
                let level = |frequency| amplitude(samples, frequency, rate) / AMPLITUDE;
                (level(right), level(wrong))
            }));
        }
        client.channel(&call.far).hangup().await.unwrap();
        within_limit(async { while tap.next_stereo().await.is_some() {} }).await;
        wait_until_removed(client, 0).await;
        drop((near, far));
    });
}

/// Asterisk reports the end of a snoop channel of a silent call late, or not at all. Closing does
/// not wait for it.
#[test]
fn taps_of_silent_calls_are_closed_at_once() {
    on_each_carrier(async |client, service, calls, (release, carrier)| {
        let call = calls.create().await;
        let tap = service.tap(&call.near).carrier(carrier).await.unwrap();
        sleep(Duration::from_millis(300)).await;
        let begin = Instant::now();
        tap.close().await;
        let took = begin.elapsed();
        println!("{release}, {carrier}: closed in {took:?}");
        assert!(
            took < Duration::from_millis(400),
            "{release}, {carrier}: {took:?}"
        );
        client.channel(&call.far).hangup().await.unwrap();
        wait_until_removed(client, 0).await;
    });
}

/// A program that reads too slowly gets silence for the frames that it has lost, so both channels
/// keep their length.
#[test]
fn slow_programs_get_stereo_frames_without_gaps() {
    on_calls(
        Release::V22,
        |builder| builder,
        async |_, client, calls| {
            let service = service(client).await;
            let call = calls.create().await;
            let far = service.open(&call.far).await.unwrap();
            let mut tap = service.tap(&call.near).await.unwrap();
            let rate = SampleRate::Hz16000;
            let long = tone(1000.0, rate, Duration::from_secs(9));
            far.sender().try_send(&long).unwrap();
            let first = within_limit(tap.next_stereo()).await.unwrap();
            sleep(Duration::from_secs(5)).await;
            let (mut last, mut lost) = (first.at(), 0);
            while last < first.at() + Duration::from_secs(7) {
                let frame = within_limit(tap.next_stereo()).await.unwrap();
                assert_eq!(frame.at(), last + Duration::from_millis(20));
                last = frame.at();
                let is_silent = frame.samples().iter().step_by(2).all(|it| *it == 0);
                lost += u32::from(is_silent && frame.missing() == Duration::from_millis(20));
            }
            // Two of the five seconds wait.
            assert!((120..=175).contains(&lost), "{lost}");
            tokio::join!(tap.close(), far.close());
        },
    );
}
