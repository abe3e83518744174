//! Pitch, level, silence, pauses and keys in both directions of a call, and a program that does not
//! read.

use super::*;

/// Tones of each side reach the other at the right pitch and level.
#[test]
fn tones_arrive_in_both_directions() {
    for (release, carriers) in CARRIERS {
        on_call(release, async |_, client, call| {
            let service = service(client).await;
            for &carrier in carriers {
                for rate in SampleRate::ALL {
                    let near = service.open(&call.near).rate(rate).carrier(carrier);
                    let far = service.open(&call.far).rate(rate).carrier(carrier);
                    let (mut near, mut far) = tokio::try_join!(near, far).unwrap();
                    let long = Duration::from_secs(4);
                    near.sender().try_send(&tone(440.0, rate, long)).unwrap();
                    far.sender().try_send(&tone(1000.0, rate, long)).unwrap();
                    tokio::join!(
                        hear(&mut near, 1000.0, 440.0),
                        hear(&mut far, 440.0, 1000.0)
                    );
                    near.close().await;
                    far.close().await;
                }
            }
            assert_eq!(client.bridges().list().await.unwrap(), []);
            assert_eq!(client.channels().list().await.unwrap().len(), 2);
        });
    }
}

/// Bursts of the program are heard in full length. Pauses and a silent phone are frames of silence.
#[test]
fn bursts_pauses_and_silence_keep_their_length() {
    for (release, carriers) in CARRIERS {
        on_call(release, async |_, client, call| {
            let service = service(client).await;
            for &carrier in carriers {
                let rate = SampleRate::Hz16000;
                let near = service.open(&call.near).carrier(carrier);
                let far = service.open(&call.far).carrier(carrier);
                let (near, mut far) = tokio::try_join!(near, far).unwrap();
                let begin = Instant::now();
                let silent = receive(&mut far, Duration::from_secs(1)).await;
                assert!(silent.iter().all(|sample| *sample == 0), "{carrier}");
                assert!(begin.elapsed() > Duration::from_millis(800), "{carrier}");
                // This is no multiple of a frame, so the rest of the last frame is silent.
                let burst = Duration::from_millis(205);
                let pause = Duration::from_millis(300);
                let speak = async {
                    for _ in 0..3 {
                        near.sender().try_send(&tone(440.0, rate, burst)).unwrap();
                        near.sender().wait_until_played().await.unwrap();
                        sleep(pause).await;
                    }
                };
                let listen = async {
                    let mut frames = Vec::new();
                    while frames.len() < 100 {
                        if let MediaEvent::Audio(frame) = far.next().await.unwrap() {
                            frames.push(frame);
                        }
                    }
                    frames
                };
                let ((), frames) = tokio::join!(speak, listen);
                for pair in frames.windows(2) {
                    assert_eq!(pair[1].at() - pair[0].at(), Duration::from_millis(20));
                }
                let loud: Vec<bool> = frames.iter().map(|it| it.level().rms > -30.0).collect();
                let runs: Vec<(bool, usize)> = loud
                    .chunk_by(|a, b| a == b)
                    .map(|run| (run[0], run.len()))
                    .collect();
                let bursts: Vec<usize> = runs.iter().filter(|run| run.0).map(|run| run.1).collect();
                assert_eq!(bursts.len(), 3, "{release}, {carrier}: {runs:?}");
                // 205 ms are heard as 11 frames, or as 12 if they begin within one.
                assert!(
                    bursts.iter().all(|it| (10..=12).contains(it)),
                    "{release}, {carrier}: {runs:?}"
                );
                let pauses = &runs[runs.iter().position(|run| run.0).unwrap()..];
                assert!(
                    pauses[1].1 >= 12 && pauses[3].1 >= 12,
                    "{release}, {carrier}: {runs:?}"
                );
                near.close().await;
                far.close().await;
            }
            wait_until_removed(client, 2).await;
        });
    }
}

/// Keys arrive once, in order, over every carrier.
#[test]
fn keys_of_the_caller_arrive() {
    for (release, carriers) in CARRIERS {
        on_call(release, async |_, client, call| {
            let service = service(client).await;
            for &carrier in carriers {
                let mut near = service.open(&call.near).carrier(carrier).await.unwrap();
                client.channel(&call.far).send_dtmf("1*#").await.unwrap();
                for expected in ['1', '*', '#'] {
                    match next_event(&mut near).await {
                        MediaEvent::Dtmf(digit) => assert_eq!(digit, expected, "{carrier}"),
                        other => panic!("{release}, {carrier}: {other:?}"),
                    }
                }
                near.close().await;
            }
            wait_until_removed(client, 2).await;
        });
    }
}

/// A program that does not read for five seconds loses the oldest audio, gets the length of the
/// gap, and continues with the current audio.
#[test]
fn slow_programs_lose_the_oldest_audio() {
    for (release, carriers) in CARRIERS {
        on_calls(
            release,
            |builder| builder,
            async |_, client, calls| {
                let service = service(client).await;
                let rate = SampleRate::Hz16000;
                let mut sessions = Vec::new();
                for &carrier in carriers {
                    let call = calls.create().await;
                    let near = service.open(&call.near).carrier(carrier);
                    let far = service.open(&call.far).carrier(carrier);
                    sessions.push((carrier, tokio::try_join!(near, far).unwrap()));
                }
                let long = Duration::from_secs(9);
                for (_, (_, far)) in &sessions {
                    far.sender().try_send(&tone(440.0, rate, long)).unwrap();
                }
                sleep(Duration::from_secs(5)).await;
                let check = async |(carrier, (mut near, far)): (Carrier, (Media, Media))| {
                    let unread = Instant::now();
                    let MediaEvent::Gap(gap) = near.next().await.unwrap() else {
                        panic!("{carrier}: no gap: {:?}", near.stats());
                    };
                    assert!(
                        (2500..=4500).contains(&gap.as_millis()),
                        "{carrier}: {gap:?}"
                    );
                    assert_eq!(near.stats().unread, gap, "{carrier}");
                    // The audio in the queue, and current audio.
                    receive(&mut near, Duration::from_secs(3)).await;
                    assert!(unread.elapsed() < Duration::from_secs(3), "{carrier}");
                    hear(&mut near, 440.0, 1000.0).await;
                    tokio::join!(near.close(), far.close());
                };
                futures_util::future::join_all(sessions.into_iter().map(check)).await;
                wait_until_removed(client, 2 * carriers.len()).await;
            },
        );
    }
}
