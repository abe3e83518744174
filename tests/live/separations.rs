//! Bridges of steps that others destroy, and parties that they take out of them, also while the
//! WebSocket is lost.

use std::time::Duration;

use ari_api::bridges::BridgeHandle;
use ari_api::channels::ChannelHandle;
use ari_api::client::ReconnectPolicy;
use ari_api::stream::{ConnectionEvent, EventStream};
use ari_api::{Client, Event};
use ari_calls::Call;
use ari_calls::call_queue::{CallQueue, CallQueueTalk, CallQueueTalkEnd};
use ari_calls::conversation::{Conversation, ConversationEvent, ConversationState, Side};
use ari_calls::dial::{Dialed, TalkEnd};
use ari_calls::parking::{ParkEnd, Parking, ParkingLot};
use ari_test_support::within_limit;
use tokio::time::sleep;

use super::call_steps::{call, on_every_release, wait_until_legs_are_removed};
use super::conversations::{PHONE, answer, dial, wait_for_company};
use super::proxy::{Cut, Proxy};
use super::reconnect::next_connection_event;

/// An action of another program.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Destroy,
    RemoveCaller,
    RemoveOther,
    /// Brings the caller into another bridge.
    MoveCaller,
    MoveOther,
}

use Act::{Destroy, MoveCaller, MoveOther, RemoveCaller, RemoveOther};

/// Waits until two channels talk in a bridge, and returns it with the other channel.
async fn bridge_of(client: &Client, caller: &str) -> (BridgeHandle, String) {
    within_limit(async {
        loop {
            let bridges = client.bridges().list().await.unwrap();
            let found = bridges.iter().find(|it| {
                it.channels.len() == 2 && it.channels.iter().any(|channel| channel == caller)
            });
            if let Some(bridge) = found {
                let other = bridge.channels.iter().find(|it| *it != caller).unwrap();
                return (client.bridge(&bridge.id), other.clone());
            }
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await
}

/// Does it. Returns the other bridge.
async fn act(act: Act, bridge: &BridgeHandle, caller: &str, other: &str) -> Option<BridgeHandle> {
    let client = bridge.client();
    match act {
        Destroy => bridge.destroy().await.unwrap(),
        RemoveCaller => bridge.remove_channel([caller]).await.unwrap(),
        RemoveOther => bridge.remove_channel([other]).await.unwrap(),
        MoveCaller | MoveOther => {
            let created = client.bridges().create().kind("mixing").await.unwrap();
            let elsewhere = client.bridge(created.id);
            let moved = if act == MoveCaller { caller } else { other };
            elsewhere.add_channel([moved]).await.unwrap();
            return Some(elsewhere);
        }
    }
    None
}

/// Returns `true` if that is how a conversation ends. A server may take long to remove both from a
/// bridge that is destroyed.
fn is_expected(act: Act, end: &TalkEnd) -> bool {
    match act {
        Destroy => matches!(
            end,
            TalkEnd::BridgeDestroyed | TalkEnd::CallerRemoved | TalkEnd::CalleeRemoved
        ),
        RemoveCaller | MoveCaller => *end == TalkEnd::CallerRemoved,
        RemoveOther | MoveOther => *end == TalkEnd::CalleeRemoved,
    }
}

#[test]
fn separated_calls_do_not_stay_in_silence() {
    on_every_release(async |server, client, app| {
        for what in [Destroy, RemoveCaller, RemoveOther, MoveCaller, MoveOther] {
            let case = format!("{}, {what:?}", server.release());
            // A dialed call. The caller stays, and the other side is hung up unless it is in the
            // bridge of the other program.
            let (mut caller, phone) = call(client, app).await;
            let id = caller.id().to_owned();
            let dialing = tokio::spawn(async move {
                let dialed = caller.dial(PHONE).await;
                (dialed, caller)
            });
            answer(client, app).await;
            let (bridge, other) = bridge_of(client, &id).await;
            let elsewhere = act(what, &bridge, &id, &other).await;
            let (dialed, caller) = within_limit(dialing).await.unwrap();
            let ended_by = match dialed.unwrap() {
                Dialed::Talked { ended_by, .. } => ended_by,
                other => panic!("{case}: {other:?}"),
            };
            assert!(is_expected(what, &ended_by), "{case}: {ended_by:?}");
            if what == MoveOther {
                client.channel(&other).hangup().await.unwrap();
            }
            wait_until_legs_are_removed_but(client, elsewhere, 2).await;

            // A conversation, which is connected again.
            let mut caller = caller;
            let (callee, _) = dial(&mut caller, client, app).await;
            let mut conversation = Conversation::new(caller, callee);
            let ongoing = ConversationState::Ongoing;
            assert_eq!(conversation.connect().await.unwrap(), ongoing, "{case}");
            let (bridge, other) = bridge_of(client, &id).await;
            let elsewhere = act(what, &bridge, &id, &other).await;
            let event = within_limit(conversation.next()).await.unwrap();
            let ConversationEvent::Ended(end) = event else {
                panic!("{case}: {event:?}");
            };
            assert!(is_expected(what, &end), "{case}: {end:?}");
            assert_eq!(conversation.connect().await.unwrap(), ongoing, "{case}");
            wait_for_company(client, &[(&id, 2), (&other, 2)]).await;
            phone.hangup().await.unwrap();
            let end = within_limit(conversation.wait_for_end()).await.unwrap();
            assert!(matches!(end, TalkEnd::Caller(_)), "{case}: {end:?}");
            conversation.hang_up().await;
            wait_until_legs_are_removed_but(client, elsewhere, 0).await;
        }
    });
}

/// Destroys the bridge of the other program, and waits until so many channels are left.
async fn wait_until_legs_are_removed_but(
    client: &Client,
    elsewhere: Option<BridgeHandle>,
    channels: usize,
) {
    if let Some(bridge) = elsewhere {
        bridge.destroy().await.unwrap();
    }
    wait_until_legs_are_removed(client, channels).await;
}

/// Changes of the library itself, without pauses, are no separations.
#[test]
fn own_changes_separate_nobody() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let (mut caller, phone) = call(client, app).await;
        let (callee, _) = dial(&mut caller, client, app).await;
        let mut conversation = Conversation::new(caller, callee);
        let ongoing = ConversationState::Ongoing;
        for _ in 0..3 {
            assert_eq!(conversation.connect().await.unwrap(), ongoing, "{release}");
            for side in [Side::Caller, Side::Callee] {
                let held = conversation.hold(side).await.unwrap();
                assert_eq!(held, ongoing, "{release}");
                let resumed = conversation.resume(side).await.unwrap();
                assert_eq!(resumed, ongoing, "{release}");
            }
            // Longer than a separation takes.
            let pause = Duration::from_millis(1500);
            if let Ok(event) = tokio::time::timeout(pause, conversation.next()).await {
                panic!("{release}: {event:?}");
            }
        }
        phone.hangup().await.unwrap();
        conversation.hang_up().await;
        wait_until_legs_are_removed(client, 0).await;
    });
}

#[test]
fn agents_of_queues_are_separated() {
    on_every_release(async |server, client, app| {
        for what in [Destroy, RemoveCaller, MoveOther] {
            let case = format!("{}, {what:?}", server.release());
            let (mut caller, _phone) = call(client, app).await;
            let (mut agent, _) = call(client, app).await;
            let id = caller.id().to_owned();
            let queue = CallQueue::builder().build();
            let talking = tokio::spawn(async move {
                let enter = queue.enter(&mut caller).into_future();
                let serve = async { queue.next().await.connect(&mut agent).await };
                let ends = tokio::join!(enter, serve);
                let _ = tokio::join!(caller.hang_up(), agent.hang_up());
                ends
            });
            let (bridge, other) = bridge_of(client, &id).await;
            let elsewhere = act(what, &bridge, &id, &other).await;
            let (caller, agent) = within_limit(talking).await.unwrap();
            let ended_by = match agent.unwrap() {
                CallQueueTalk::Talked { ended_by, .. } => ended_by,
                other => panic!("{case}: {other:?}"),
            };
            use CallQueueTalkEnd::{AgentRemoved, BridgeDestroyed, CallerRemoved};
            let is_expected = match what {
                RemoveCaller => ended_by == CallerRemoved,
                MoveOther => ended_by == AgentRemoved,
                _ => matches!(ended_by, BridgeDestroyed | CallerRemoved | AgentRemoved),
            };
            assert!(is_expected, "{case}: {ended_by:?}, {caller:?}");
            wait_until_legs_are_removed_but(client, elsewhere, 0).await;
        }
    });
}

#[test]
fn parked_calls_are_taken_out() {
    on_every_release(async |server, client, app| {
        for what in [Destroy, RemoveCaller, MoveCaller] {
            let case = format!("{}, {what:?}", server.release());
            let (caller, phone) = call(client, app).await;
            let id = caller.id().to_owned();
            let lot = ParkingLot::new(1..=1);
            let Ok(Parking::Parked(parked)) = lot.park(caller).await else {
                panic!("{case}: not parked");
            };
            wait_for_company(client, &[(&id, 1)]).await;
            let bridges = client.bridges().list().await.unwrap();
            let bridge = bridges.iter().find(|it| it.channels.contains(&id)).unwrap();
            let elsewhere = act(what, &client.bridge(&bridge.id), &id, &id).await;
            let end = within_limit(parked.wait()).await;
            let ParkEnd::Removed(mut caller) = end else {
                panic!("{case}: {end:?}");
            };
            assert_eq!(caller.end(), None, "{case}");
            phone.hangup().await.unwrap();
            wait_until_legs_are_removed_but(client, elsewhere, 0).await;
        }
    });
}

/// Returns the next call of an application.
async fn next_call(client: &Client, app: &mut EventStream<Event>) -> Call {
    loop {
        let event = within_limit(app.next()).await.unwrap().unwrap();
        if let Event::StasisStart(start) = &*event {
            return Call::incoming(client, start);
        }
    }
}

/// The other program does it while the WebSocket of this one is lost.
#[test]
fn separations_in_gaps_are_found() {
    on_every_release(async |server, client, app| {
        let proxy = Proxy::start(server);
        let quick = ReconnectPolicy::new()
            .initial_delay(Duration::from_millis(20))
            .max_delay(Duration::from_millis(100));
        let own = Client::builder(proxy.url())
            .credentials(server.user(), server.password())
            .reconnect(quick)
            .build()
            .unwrap();
        let mut calls = own.application("gap").connect().await.unwrap();
        for what in [Destroy, RemoveOther] {
            let case = format!("{}, {what:?}", server.release());
            let request = client.channels().originate("Local/live@testari").app("gap");
            request.formats("slin16").await.unwrap();
            let phone: ChannelHandle = answer(client, app).await;
            let mut caller = next_call(&own, &mut calls).await;
            let id = caller.id().to_owned();
            let dialing = tokio::spawn(async move { caller.dial(PHONE).await });
            answer(client, app).await;
            let (bridge, other) = bridge_of(client, &id).await;
            proxy.cut(Cut::Sockets);
            next_connection_event(&mut calls, |event| {
                matches!(event, ConnectionEvent::Disconnected { .. }).then_some(())
            })
            .await;
            act(what, &bridge, &id, &other).await;
            wait_for_company(client, &[(&other, 0)]).await;
            proxy.mend();
            let ended_by = match within_limit(dialing).await.unwrap().unwrap() {
                Dialed::Talked { ended_by, .. } => ended_by,
                other => panic!("{case}: {other:?}"),
            };
            assert!(is_expected(what, &ended_by), "{case}: {ended_by:?}");
            phone.hangup().await.unwrap();
            wait_until_legs_are_removed(client, 0).await;
        }
    });
}
