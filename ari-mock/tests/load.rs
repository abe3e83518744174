//! A thousand calls at once, without falling behind.

use std::time::{Duration, Instant};

use ari_api::Event;
use lags::Lags;

const CALL_COUNT: usize = 1000;
const KEY_INTERVAL: Duration = Duration::from_millis(2);

#[cfg(test)]
mod lags {
    use std::time::{SystemTime, UNIX_EPOCH};

    use ari_api::Event;

    /// The time from an event's time stamp to its arrival in the application, in milliseconds.
    #[derive(Default)]
    pub(crate) struct Lags(pub(crate) Vec<i64>);

    impl Lags {
        pub(crate) fn note(&mut self, event: &Event) {
            let sent = event.timestamp().unwrap().unix_millis();
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
            self.0.push(i64::try_from(now.as_millis()).unwrap() - sent);
        }

        pub(crate) fn percentiles(lags: &[i64]) -> String {
            let mut lags = lags.to_vec();
            lags.sort_unstable();
            let percentiles = [50, 90, 99, 100].map(|percent| {
                let at = (lags.len() * percent / 100).clamp(1, lags.len()) - 1;
                format!("{percent} %: {} ms", lags[at])
            });
            percentiles.join(", ")
        }
    }
}

/// Originates, answers and plays to a thousand calls at the same time and as fast as possible. Then
/// each call sends a key, one after the other, and finally all are hung up at once.
///
/// The test prints the time that the events take: for the keys, in total, and for each quarter of
/// them, which would grow if the server fell behind. These times depend on the load of the machine
/// and are not asserted. The test does assert that no event is lost and that time stamps do not
/// decrease.
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
        let calls: Vec<_> = (0..CALL_COUNT)
            .map(|_| {
                let call = client.channels().originate("Local/1@testari").app("load");
                tokio::spawn(call.into_future())
            })
            .collect();
        let (mut started, mut playing, mut ended) = (0, 0, 0);
        let mut most = 0;
        let (mut keys, mut up) = (0, Vec::new());
        let (mut lags, mut steady) = (Lags::default(), Lags::default());
        let mut last = None;
        while ended < CALL_COUNT {
            let event = app.next().await.unwrap().unwrap();
            if event.timestamp().is_some() {
                lags.note(&event);
                assert!(
                    event.timestamp() >= last,
                    "{event:?} is older than the last"
                );
                last = event.timestamp();
            }
            match &*event {
                Event::StasisStart(start) => {
                    started += 1;
                    most = most.max(started - ended);
                    up.push(start.channel.id.clone());
                    let channel = client.channel(&start.channel.id);
                    // The tone never ends by itself.
                    tokio::spawn(channel.play(["tone:ring"]).into_future());
                }
                Event::PlaybackStarted(playback) => {
                    playing += 1;
                    assert_eq!(playback.playback.media_uri, "tone:ring");
                    if playing == CALL_COUNT {
                        // All calls are playing now, and none has been hung up.
                        assert_eq!(pbx.channel_ids().len(), 2 * CALL_COUNT);
                        let phones: Vec<_> = up.iter().map(|id| pbx.channel(id)).collect();
                        tokio::spawn(async move {
                            for phone in phones {
                                phone.press("1");
                                tokio::time::sleep(KEY_INTERVAL).await;
                            }
                        });
                    }
                }
                Event::ChannelDtmfReceived(_) => {
                    steady.note(&event);
                    keys += 1;
                    if keys == CALL_COUNT {
                        for id in &up {
                            tokio::spawn(client.channel(id).hangup().into_future());
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
        let events = lags.0.len();
        println!("{CALL_COUNT} calls, {most} at once, {events} events in {took:?}");
        println!("lag while all are up: {}", Lags::percentiles(&steady.0));
        println!("lag in all: {}", Lags::percentiles(&lags.0));
        for (number, quarter) in lags.0.chunks(events.div_ceil(4)).enumerate() {
            println!("  quarter {}: {}", number + 1, Lags::percentiles(quarter));
        }
        assert_eq!(
            (started, playing, keys, most),
            (CALL_COUNT, CALL_COUNT, CALL_COUNT, CALL_COUNT)
        );
        pbx.assert_no_violations();
    });
}
