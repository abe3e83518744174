//! Conversations that the program controls, with phones at the other ends of Local channels.

use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::stream::EventStream;
use ari_api::{Client, Event};
use ari_calls::{
    Call, Conversation, ConversationEvent, ConversationState, Key, Reached, Side, TalkEnd,
};
use ari_test_support::within_limit;
use tokio::time::sleep;

use super::call_steps::{call, on_every_release, wait_until_legs_are_removed};

/// The endpoint of phones that the test answers and controls.
const PHONE: &str = "Local/live@testari";

/// Waits for the next phone that is called, and answers it.
async fn answer(client: &Client, app: &mut EventStream<Event>) -> ChannelHandle {
    loop {
        let event = within_limit(app.next()).await.unwrap().unwrap();
        if let Event::StasisStart(start) = &*event {
            let phone = client.channel(&start.channel.id);
            phone.answer().await.unwrap();
            return phone;
        }
    }
}

/// Dials a phone, which answers. Returns the call to it, and the phone.
async fn dial(
    call: &mut Call,
    client: &Client,
    app: &mut EventStream<Event>,
) -> (Call, ChannelHandle) {
    let dial = call.dial(PHONE).wait_for_answer();
    let (reached, phone) = tokio::join!(within_limit(dial), answer(client, app));
    match reached.unwrap() {
        Reached::Answered { callee, .. } => (callee, phone),
        other => panic!("{other:?}"),
    }
}

/// Waits until each of these channels is in a bridge with the given number of channels, or in none
/// (0).
async fn wait_for_company(client: &Client, expected: &[(&str, usize)]) {
    within_limit(async {
        loop {
            let bridges = client.bridges().list().await.unwrap();
            let company = |id: &str| {
                let bridge = bridges
                    .iter()
                    .find(|it| it.channels.iter().any(|it| it == id));
                bridge.map_or(0, |it| it.channels.len())
            };
            if expected.iter().all(|(id, count)| company(id) == *count) {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

#[test]
fn sides_are_held_and_resumed() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let (mut call, phone) = call(client, app).await;
        let (callee, far) = dial(&mut call, client, app).await;
        let ids = [call.id().to_owned(), callee.id().to_owned()];
        let [first, second] = [ids[0].as_str(), ids[1].as_str()];
        let mut conversation = Conversation::new(call, callee);
        let ongoing = ConversationState::Ongoing;
        assert_eq!(conversation.connect().await.unwrap(), ongoing, "{release}");
        wait_for_company(client, &[(first, 2), (second, 2)]).await;
        let held = conversation.hold(Side::Callee).await.unwrap();
        assert_eq!(held, ongoing, "{release}");
        wait_for_company(client, &[(first, 1), (second, 0)]).await;
        for (presser, side) in [(&far, Side::Callee), (&phone, Side::Caller)] {
            presser.send_dtmf("5").await.unwrap();
            let event = within_limit(conversation.next()).await.unwrap();
            let key = Key::Digit5;
            assert_eq!(event, ConversationEvent::Key { side, key }, "{release}");
        }
        assert_eq!(conversation.resume(Side::Callee).await.unwrap(), ongoing);
        wait_for_company(client, &[(first, 2), (second, 2)]).await;
        let _ = conversation.hold(Side::Caller).await.unwrap();
        wait_for_company(client, &[(first, 0), (second, 1)]).await;

        // Both are still there, and talk again.
        let (caller, callee) = conversation.separate().await;
        wait_for_company(client, &[(first, 0), (second, 0)]).await;
        let mut conversation = Conversation::new(caller, callee);
        assert_eq!(conversation.connect().await.unwrap(), ongoing, "{release}");
        wait_for_company(client, &[(first, 2), (second, 2)]).await;
        phone.hangup().await.unwrap();
        let end = within_limit(conversation.wait_for_end()).await.unwrap();
        assert!(matches!(end, TalkEnd::Caller(_)), "{release}: {end:?}");
        drop(conversation);
        wait_until_legs_are_removed(client, 0).await;
    });
}
