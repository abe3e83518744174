//! A thousand calls at once, without falling behind.

use std::time::{Duration, Instant};

use ari_api::Event;

const CALLS: usize = 1000;

/// Each call is originated, answered, played to while all the others are, and hung up. The calls
/// are made as fast as they can be; what is measured is how long their events take.
#[test]
fn a_thousand_calls_at_once() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let pbx = ari_mock::Asterisk::start().await.unwrap();
        let client = pbx.client().unwrap();
        let mut app = client.application("load").connect().await.unwrap();
        let begin = Instant::now();
        let calls: Vec<_> = (0..CALLS)
            .map(|_| {
                let call = client.channels().originate("Local/1@testari").app("load");
                tokio::spawn(call.into_future())
            })
            .collect();
        let (mut started, mut finished, mut ended, mut events) = (0, 0, 0, 0);
        let mut most = 0;
        while ended < CALLS {
            let event = tokio::time::timeout(Duration::from_secs(60), app.next());
            let event = event.await.unwrap().unwrap().unwrap();
            events += 1;
            match &*event {
                Event::StasisStart(start) => {
                    started += 1;
                    most = most.max(started - ended);
                    let channel = client.channel(&start.channel.id);
                    tokio::spawn(channel.play(["sound:tt-monkeys"]).into_future());
                }
                Event::PlaybackStarted(playback) => {
                    finished += 1;
                    assert_eq!(playback.playback.media_uri, "sound:tt-monkeys");
                    if finished == CALLS {
                        // All are playing now. Nobody has hung up so far.
                        assert_eq!(pbx.channel_ids().len(), 2 * CALLS);
                        for id in pbx.channel_ids() {
                            let channel = client.channel(id);
                            tokio::spawn(async move {
                                // The other half of a call goes with the first.
                                let _ = channel.hangup().await;
                            });
                        }
                    }
                }
                Event::StasisEnd(_) => ended += 1,
                _ => {}
            }
        }
        let took = begin.elapsed();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        println!("{CALLS} calls, {most} at once, {events} events in {took:?}");
        assert_eq!(most, CALLS);
        // A sound of 16 seconds would have ended, had it taken longer.
        assert!(took < Duration::from_secs(16), "{took:?}");
        pbx.assert_no_violations();
    });
}
