//! Parked calls: retrieved, ended, timed out, and left alone.

use std::time::Duration;

use ari_calls::conversation::Conversation;
use ari_calls::parking::{ParkEnd, Parking, ParkingLot};
use ari_calls::{Call, CallError};
use tokio::sync::oneshot;

use crate::conversation::{SECOND, arrived, dialed, talk};
use crate::support::{ms, with_clock};

async fn park(lot: &ParkingLot, call: Call) -> Result<ari_calls::parking::Parked, CallError> {
    match lot.park(call).await? {
        Parking::Parked(parked) => Ok(parked),
        other => panic!("{other:?}"),
    }
}

/// Bob parks Alice, Carol is called and retrieves her. Returns the end of parking.
#[test]
fn parked_calls_are_retrieved() {
    with_clock(async {
        let mut arrived = arrived().await;
        let program = arrived.run(async |call| {
            let lot = ParkingLot::new(701..=702).music_class("default");
            let conversation = talk(call, "PJSIP/bob").await.unwrap();
            let (alice, mut bob) = conversation.separate().await;
            let parked = park(&lot, alice).await.unwrap();
            assert_eq!((parked.slot(), lot.occupied()), (701, vec![701]));
            let waiting = tokio::spawn(parked.wait());
            tokio::time::sleep(SECOND).await;
            assert!(lot.retrieve(702).await.is_none());
            let alice = lot.retrieve(701).await.unwrap();
            assert!(lot.occupied().is_empty());
            assert!(matches!(waiting.await.unwrap(), ParkEnd::Retrieved));
            // The slot can be used at once, and a full lot returns the call.
            let parked = park(&lot, alice).await.unwrap();
            let second = bob.dial("PJSIP/carol").wait_for_answer().await.unwrap();
            let ari_calls::dial::Reached::Answered { callee: carol, .. } = second else {
                panic!("{second:?}");
            };
            let second = park(&lot, carol).await.unwrap();
            assert_eq!((parked.slot(), second.slot()), (701, 702));
            let Ok(Parking::Full(bob)) = lot.park(bob).await else {
                panic!("three calls in two slots");
            };
            let alice = lot.retrieve(701).await.unwrap();
            let mut conversation = Conversation::new(alice, bob);
            let _ = conversation.connect().await.unwrap();
            conversation.wait_for_end().await.unwrap();
            // Carol is hung up with the lot.
            drop(lot);
            assert!(matches!(second.wait().await, ParkEnd::Closed));
        });
        arrived.pbx.idle().await;
        arrived.pbx.elapse(ms(1800)).await;
        let bridge = arrived.alice.bridge().unwrap();
        let bridge = arrived.pbx.bridge(&bridge).unwrap();
        assert_eq!(bridge.bridge_type.as_str(), "holding");
        assert_eq!(bridge.channels, [arrived.alice.id()]);
        let requests = arrived.pbx.requests();
        let is_class = |(_, value): &(String, String)| value == "CHANNEL(musicclass)";
        assert!(requests.iter().any(|it| it.query.iter().any(is_class)));
        arrived.pbx.elapse(5 * SECOND).await;
        let bob = dialed(&arrived.pbx, "PJSIP/bob").unwrap();
        assert_eq!(arrived.alice.bridge(), bob.bridge());
        bob.hang_up();
        arrived.pbx.elapse(5 * SECOND).await;
        program.await.unwrap();
        assert!(arrived.pbx.channel_ids().is_empty());
        assert_eq!(arrived.pbx.bridges(), []);
        arrived.pbx.assert_no_violations();
    });
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    HangsUp,
    TimesOut,
    LotDropped,
    HandleDropped,
    Gap,
    ParkDropped,
    BridgeRefused,
}

#[test]
fn parked_calls_end() {
    use Event::*;
    let events = [
        HangsUp,
        TimesOut,
        LotDropped,
        HandleDropped,
        Gap,
        ParkDropped,
        BridgeRefused,
    ];
    for event in events {
        with_clock(async {
            let mut arrived = arrived().await;
            if event == ParkDropped {
                arrived.pbx.delay("bridges.createWithId", 2 * SECOND);
            }
            if event == BridgeRefused {
                arrived
                    .pbx
                    .fail("bridges.addChannel", 500, "Allocation failed");
            }
            let (stop, mut stopped) = oneshot::channel::<()>();
            let program = arrived.run(async move |call| {
                let lot = ParkingLot::new(1..=1).limit(Duration::from_secs(20));
                let parked = match tokio::time::timeout(SECOND, park(&lot, call)).await {
                    Ok(Ok(parked)) => parked,
                    Ok(Err(error)) => {
                        assert_eq!((event, error.call_end()), (BridgeRefused, None));
                        assert!(lot.occupied().is_empty());
                        return "refused";
                    }
                    Err(_) => {
                        assert_eq!((event, lot.occupied()), (ParkDropped, vec![]));
                        return "dropped";
                    }
                };
                if event == HandleDropped {
                    drop(parked);
                    let _ = stopped.await;
                    assert!(lot.occupied().is_empty());
                    return "forgotten";
                }
                let mut waiting = Box::pin(parked.wait());
                let end = tokio::select! {
                    end = &mut waiting => {
                        assert!(lot.occupied().is_empty());
                        end
                    }
                    _ = &mut stopped => {
                        drop(lot);
                        waiting.await
                    }
                };
                match end {
                    ParkEnd::Ended(_) => "ended",
                    ParkEnd::TimedOut(mut call) => {
                        call.play("sound:one").await.unwrap();
                        call.hang_up().await.unwrap();
                        "timed out"
                    }
                    ParkEnd::Closed => "closed",
                    other => panic!("{other:?}"),
                }
            });
            arrived.pbx.idle().await;
            arrived.pbx.elapse(500 * ms(1)).await;
            let mut stop = Some(stop);
            match event {
                HangsUp => arrived.alice.hang_up(),
                LotDropped => _ = stop.take().unwrap().send(()),
                Gap => arrived.pbx.drop_connections(),
                _ => {}
            }
            arrived.pbx.elapse(30 * SECOND).await;
            if event == HandleDropped {
                drop(stop);
                arrived.pbx.idle().await;
            }
            assert!(program.is_finished(), "{event:?}");
            let expected = match event {
                HangsUp => "ended",
                TimesOut | Gap => "timed out",
                LotDropped => "closed",
                HandleDropped => "forgotten",
                ParkDropped => "dropped",
                BridgeRefused => "refused",
            };
            assert_eq!(program.await.unwrap(), expected, "{event:?}");
            assert!(arrived.pbx.channel_ids().is_empty(), "{event:?}");
            assert_eq!(arrived.pbx.bridges(), [], "{event:?}");
            arrived.pbx.assert_no_violations();
        });
    }
}
