//! Opening and ending sessions. Hangups and dropped futures at every step leave no channel or
//! bridge, and errors name the missing module.

use ari_media::{Error, Step};

use super::*;

/// The number of moments, spread over the time that opening takes, at which a test interrupts it.
const MOMENTS: u32 = 6;

/// The caller's hangup ends the session and removes its channels and bridges.
#[test]
fn sessions_end_with_their_call() {
    on_each_carrier(async |client, service, calls, (_, carrier)| {
        let call = calls.create().await;
        let mut near = service.open(&call.near).carrier(carrier).await.unwrap();
        client.channel(&call.far).hangup().await.unwrap();
        let reason = wait_for_end(&mut near).await;
        assert!(matches!(reason, CloseReason::CallEnded(_)), "{reason}");
        near.close().await;
        wait_until_removed(client, 0).await;

        // Another client hangs up the media channel.
        let call = calls.create().await;
        let mut near = service.open(&call.near).carrier(carrier).await.unwrap();
        for channel in client.channels().list().await.unwrap() {
            if channel.id != call.near && channel.id != call.far {
                client.channel(&channel.id).hangup().await.unwrap();
            }
        }
        let reason = wait_for_end(&mut near).await;
        assert!(
            matches!(reason, CloseReason::MediaChannelEnded(_)),
            "{carrier}: {reason}"
        );
        near.close().await;
        wait_until_removed(client, 2).await;
        client.channel(&call.far).hangup().await.unwrap();
        wait_until_removed(client, 0).await;
    });
}

/// Returns the time that opening a session takes.
async fn time_to_open(service: &MediaService, call: &Call, carrier: Carrier) -> Duration {
    let mut times = Vec::new();
    for _ in 0..3 {
        let begin = Instant::now();
        let media = service.open(&call.near).carrier(carrier).await.unwrap();
        times.push(begin.elapsed());
        media.close().await;
    }
    times.sort();
    println!("{carrier}: opened in {times:?}");
    times[1]
}

/// A hangup of either end at any step ends opening, and leaves no channel or bridge.
#[test]
fn hangups_while_opening_leave_nothing() {
    on_each_carrier(async |client, service, calls, (_, carrier)| {
        let call = calls.create().await;
        let time = time_to_open(service, &call, carrier).await;
        client.channel(&call.far).hangup().await.unwrap();
        for (moment, is_near) in (0..MOMENTS).flat_map(|n| [(n, true), (n, false)]) {
            let call = calls.create().await;
            let open = async { service.open(&call.near).carrier(carrier).await };
            let hangup = async {
                sleep(time * moment / (MOMENTS - 2)).await;
                let side = if is_near { &call.near } else { &call.far };
                client.channel(side).hangup().await.unwrap();
            };
            let (opened, ()) = within_limit(async { tokio::join!(open, hangup) }).await;
            match opened {
                Ok(mut media) => {
                    let reason = wait_for_end(&mut media).await;
                    println!("{carrier}, {moment}: open, then {reason}");
                    media.close().await;
                }
                Err(error) => println!("{carrier}, {moment}: {error}"),
            }
            wait_until_removed(client, 0).await;
        }
    });
}

/// Futures that are dropped at any step leave no channel or bridge, and the call continues.
#[test]
fn dropped_futures_leave_nothing() {
    for (release, carriers) in CARRIERS {
        on_call(release, async |_, client, call| {
            let service = service(client).await;
            for &carrier in carriers {
                let time = time_to_open(&service, call, carrier).await;
                for moment in 0..2 * MOMENTS {
                    let limit = time * moment / (2 * MOMENTS - 2);
                    let open = service.open(&call.near).carrier(carrier);
                    drop(timeout(limit, open.into_future()).await);
                    let tap = service.tap(&call.near).carrier(carrier);
                    drop(timeout(limit * 2, tap.into_future()).await);
                }
                // The call can still be used.
                let near = service.open(&call.near).carrier(carrier);
                let far = service.open(&call.far).carrier(carrier);
                let (mut near, mut far) = tokio::try_join!(near, far).unwrap();
                for (media, frequency) in [(&near, 440.0), (&far, 1000.0)] {
                    let rate = SampleRate::Hz16000;
                    let samples = tone(frequency, rate, Duration::from_secs(9));
                    media.sender().try_send(&samples).unwrap();
                }
                tokio::join!(
                    hear(&mut near, 1000.0, 440.0),
                    hear(&mut far, 440.0, 1000.0)
                );
                // A snoop channel that has been hung up stays in the list until audio passes
                // through the channel that it has listened to. On a busy machine the audio may be
                // faster than the hangup.
                let is_snoop = |channel: &Channel| channel.name.starts_with("Snoop/");
                let ended = async {
                    while client.channels().list().await.unwrap().iter().any(is_snoop) {
                        sleep(Duration::from_millis(20)).await;
                    }
                };
                within_limit(ended).await;
                tokio::join!(near.close(), far.close());
                wait_until_removed(client, 2).await;
            }
        });
    }
}

/// The error names a module that was unloaded after the service has listed the modules. Another
/// carrier replaces it unless the program has named one.
#[test]
fn missing_modules_are_named() {
    on_call(Release::V22, async |_, client, call| {
        let service = service(client).await;
        let known = service.carrier().await.unwrap();
        assert_eq!(known.carrier, Carrier::WebSocket);
        let module = client.module("chan_websocket.so");
        module.unload_module().await.unwrap();

        let named = service.open(&call.near).carrier(Carrier::WebSocket);
        let error = named.await.unwrap_err();
        assert!(matches!(error, Error::NoCarrier(_)), "{error:?}");
        let text = error.to_string();
        assert!(text.contains("chan_websocket.so"), "{text}");
        let media = service.open(&call.near).await.unwrap();
        assert_eq!(media.carrier().carrier, Carrier::AudioSocket);
        let reason = &media.carrier().reason;
        assert!(reason.contains("chan_websocket.so"), "{reason}");
        media.close().await;

        // A service that may use only this carrier notices that the module is loaded again.
        module.load_module().await.unwrap();
        let media = service.open(&call.near).carrier(Carrier::WebSocket);
        media.await.unwrap().close().await;
        // A service that has chosen this carrier before chooses again.
        module.unload_module().await.unwrap();
        let media = service.open(&call.near).await.unwrap();
        assert_eq!(media.carrier().carrier, Carrier::AudioSocket);
        media.close().await;
        wait_until_removed(client, 2).await;
    });
    for (release, carriers) in CARRIERS {
        on_call(release, async |_, client, call| {
            let service = service(client).await;
            for &carrier in carriers {
                let module = match carrier {
                    Carrier::AudioSocket => "chan_audiosocket.so",
                    Carrier::Rtp => "chan_rtp.so",
                    _ => "chan_websocket.so",
                };
                client.module(module).unload_module().await.unwrap();
                let error = service.open(&call.near).carrier(carrier).await.unwrap_err();
                let text = error.to_string();
                assert!(text.contains(module), "{release}, {carrier}: {text}");
            }
            // No carrier is left.
            let error = service.open(&call.near).await.unwrap_err();
            assert!(matches!(error, Error::NoCarrier(_)), "{error:?}");
            wait_until_removed(client, 2).await;
        });
    }
}

/// Asterisk refuses to create a channel whose AudioSocket it cannot connect.
#[test]
fn refused_connections_are_reported() {
    on_call(Release::V22, async |_, client, call| {
        let nobody = free_port().to_string();
        let service = MediaService::builder(client).audiosocket(free_port(), nobody);
        let service = service.carrier(Carrier::AudioSocket).bind().await.unwrap();
        let error = service.open(&call.near).await.unwrap_err();
        println!("{error}");
        let step = match &error {
            Error::Request { step, .. } => *step,
            _ => panic!("{error:?}"),
        };
        assert_eq!(step, Step::CreateMediaChannel);
        wait_until_removed(client, 2).await;
    });
}
