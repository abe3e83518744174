//! A fake Asterisk that opens the lost WebSocket of a call again.

use ari_api::Event;
use ari_mock::{Asterisk, Step};
use tokio::net::TcpListener;

use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// Starts a server that passes its sessions to the receiver.
pub(super) fn serve(
    listener: TcpListener,
) -> (Server, mpsc::UnboundedReceiver<IncomingSession<Client>>) {
    let (tell, told) = mpsc::unbounded_channel();
    let handler = move |session| {
        let _ = tell.send(session);
        std::future::pending::<()>()
    };
    let server = builder().route("/calls", handler).serve_on(listener);
    (server.expect("a server"), told)
}

/// Returns the kinds of a session's events up to this one.
pub(super) async fn kinds_up_to(session: &mut IncomingSession<Client>, last: &str) -> Vec<String> {
    let mut kinds = Vec::new();
    while kinds.last().is_none_or(|kind| kind != last) {
        let event = timeout(LIMIT, session.events.next()).await;
        let event = event
            .expect("an event in time")
            .expect("the session goes on");
        kinds.push(event.expect("an event").kind().to_owned());
    }
    kinds
}

#[tokio::test]
async fn lost_call_is_resumed_until_nobody_accepts_it() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (server, mut sessions) = serve(listener);
    let url = format!("ws://{address}/calls");
    let stasis = Step::Stasis("menu".into(), Vec::new());
    let pbx = Asterisk::builder()
        .websocket_client_with_credentials("workers", &url, "asterisk", "secret")
        .per_call_application("menu", "workers")
        .extension("testari", "menu", [stasis, Step::Wait(3600 * SECOND)])
        .paused()
        .start()
        .await
        .unwrap();
    let alice = pbx.incoming_call("PJSIP/alice");
    let alice = alice.to_extension("testari", "menu");
    let mut session = next(&mut sessions).await;
    assert_eq!(session.application(), "menu:PJSIP/alice-00000000");
    assert_eq!(session.resumed(), None);
    pbx.advance(SECOND / 2);
    let kinds = kinds_up_to(&mut session, "StasisStart").await;
    assert_eq!(kinds, ["Connected", "ApplicationRegistered", "StasisStart"]);

    // The fake has noticed the loss when it connects again.
    drop(session);
    server.shutdown(Duration::ZERO).await;
    let listener = TcpListener::bind(address).await.unwrap();
    let refused = loop {
        tokio::select! {
            connection = listener.accept() => break connection,
            () = sleep(Duration::from_millis(5)) => pbx.advance(SECOND / 10),
        }
    };
    alice.press("5");
    pbx.advance(SECOND / 5);
    drop(refused);
    let (server, mut sessions) = serve(listener);
    let mut session = loop {
        pbx.advance(SECOND / 10);
        sleep(Duration::from_millis(5)).await;
        if let Ok(session) = sessions.try_recv() {
            break session;
        }
    };
    let resumed = session.resumed().expect("a call that goes on");
    assert_eq!(resumed.channel_id(), Some(alice.id()));
    let kinds = kinds_up_to(&mut session, "ApplicationRegistered").await;
    let expected = ["Connected", "ChannelDtmfReceived", "ApplicationRegistered"];
    assert_eq!(kinds, expected);
    let channel = session.client.channel(alice.id());
    channel.answer().await.unwrap();
    let mut own = channel.events();
    alice.press("6");
    pbx.advance(SECOND);
    let event = timeout(LIMIT, own.next()).await.unwrap().unwrap().unwrap();
    assert!(matches!(&*event, Event::ChannelDtmfReceived(key) if key.digit == "6"));

    // The end of a playback comes first.
    channel.play(["sound:hello-world"]).await.unwrap();
    drop((session, own, channel));
    server.shutdown(Duration::ZERO).await;
    let failed = async {
        while alice.variable("STASISSTATUS").as_deref() != Some("FAILED") {
            pbx.advance(SECOND / 10);
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(LIMIT, failed).await.unwrap();
    assert_eq!(alice.application(), None);
    assert!(alice.exists());
}
