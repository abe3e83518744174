//! Callees that play before they answer.

use ari_calls::Call as DialingCall;
use ari_calls::dial::Ringback;

use super::*;

const RATE: SampleRate = SampleRate::Hz16000;

/// Both channels are in a bridge before the callee is dialed, so that the caller hears it at once.
#[test]
fn early_media_of_callees_are_heard() {
    on_each_carrier(async |client, service, calls, (release, carrier)| {
        // The carrier that both releases have.
        if carrier != Carrier::Rtp {
            return;
        }
        let caller = calls.create().await;
        let open = service.open(&caller.far).rate(RATE).carrier(carrier);
        let mut ear = open.await.unwrap();
        let channel = client.channel(&caller.near);
        let mut call = DialingCall::new(channel.clone(), channel.events());
        for (ringback, is_heard) in [(Ringback::Ringing, false), (Ringback::EarlyMedia, true)] {
            let listen = async {
                for seconds in 0.. {
                    let samples = receive(&mut ear, Duration::from_secs(1)).await;
                    let level = |tone| amplitude(&samples, tone, RATE) / AMPLITUDE;
                    let levels = [level(1000.0), level(440.0)];
                    println!("{release}, {ringback:?}: {levels:.2?}");
                    if levels[0] > 0.1 && levels[1] < levels[0] / 4.0 {
                        return true;
                    }
                    if !is_heard && seconds == 3 {
                        return false;
                    }
                }
                false
            };
            let dial = call
                .dial("PJSIP/early@loop")
                .ringback(ringback.clone())
                .timeout(Duration::from_secs(120));
            let heard = tokio::select! {
                dialed = dial.into_future() => panic!("{release}, {ringback:?}: {dialed:?}"),
                heard = within_limit(listen) => heard,
            };
            assert_eq!(heard, is_heard, "{release}, {ringback:?}");
        }
        ear.close().await;
        channel.hangup().await.unwrap();
        wait_until_removed(client, 0).await;
    });
}
