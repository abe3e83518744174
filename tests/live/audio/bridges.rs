//! The bridge of a session: other clients change it, another session wants the call, and the
//! connection is lost while the call is in it.

use std::sync::{Arc, Mutex};

use ari_media::Error;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener as Listener, TcpStream};
use tokio::task::JoinSet;

use super::*;

/// Collects the bridges that a channel leaves.
fn bridges_left(client: &Client, channel: &str) -> Arc<Mutex<Vec<String>>> {
    let left = Arc::new(Mutex::new(Vec::new()));
    let (bridges, mut events) = (left.clone(), client.channel(channel).events());
    tokio::spawn(async move {
        while let Some(event) = events.next().await {
            if let Ok(event) = event
                && let Event::ChannelLeftBridge(event) = &*event
            {
                bridges.lock().unwrap().push(event.bridge.id.clone());
            }
        }
    });
    left
}

/// Returns the channels of sessions, which are neither end of the call.
async fn own_channels(client: &Client, call: &Call) -> Vec<String> {
    let channels = client.channels().list().await.unwrap().into_iter();
    let ids = channels.map(|channel| channel.id);
    ids.filter(|id| *id != call.near && *id != call.far)
        .collect()
}

/// After the loss of the media channel, the session is opened again in the same bridge. The call
/// never leaves it, and audio passes in both directions.
#[test]
fn lost_sessions_are_opened_again() {
    on_each_carrier(async |client, service, calls, (release, carrier)| {
        let call = calls.create().await;
        let left = bridges_left(client, &call.near);
        let far = service.open(&call.far).carrier(carrier).await.unwrap();
        let far_bridge = far.bridge_id().to_owned();
        let mut far = far;
        let mut near = service.open(&call.near).carrier(carrier).await.unwrap();
        let bridge = near.bridge_id().to_owned();
        let mut used = Vec::new();
        for _ in 0..3 {
            let members = client.bridge(&bridge).get().await.unwrap().channels;
            let audio = members.into_iter().find(|id| *id != call.near).unwrap();
            assert!(!used.contains(&audio));
            client.channel(&audio).hangup().await.unwrap();
            used.push(audio);
            let reason = wait_for_end(&mut near).await;
            assert!(
                matches!(reason, CloseReason::MediaChannelEnded(_)),
                "{release}, {carrier}: {reason}"
            );
            // Alone in the bridge for a while.
            sleep(Duration::from_millis(100)).await;
            let members = client.bridge(&bridge).get().await.unwrap().channels;
            assert_eq!(members, [call.near.as_str()], "{release}, {carrier}");
            let next = near.reopen().await.unwrap();
            assert_eq!(next.bridge_id(), bridge);
            assert_eq!(next.carrier().carrier, carrier);
            std::mem::replace(&mut near, next).close().await;
        }
        let rate = SampleRate::Hz16000;
        let long = Duration::from_secs(4);
        near.sender().try_send(&tone(440.0, rate, long)).unwrap();
        far.sender().try_send(&tone(1000.0, rate, long)).unwrap();
        tokio::join!(
            hear(&mut near, 1000.0, 440.0),
            hear(&mut far, 440.0, 1000.0)
        );
        assert_eq!(*left.lock().unwrap(), [""; 0], "{release}, {carrier}");
        assert_eq!(far.bridge_id(), far_bridge);
        tokio::join!(near.close(), far.close());
        wait_until_removed(client, 2).await;
        client.channel(&call.far).hangup().await.unwrap();
        wait_until_removed(client, 0).await;
    });
}

/// A TCP connection is cut.
#[test]
fn sessions_are_opened_again_after_a_cut() {
    on_call(Release::V22, async |_, client, call| {
        let listen = free_port();
        let proxy = Listener::bind((LOCAL, 0)).await.unwrap();
        let advertised = proxy.local_addr().unwrap().to_string();
        let service = MediaService::builder(client).audiosocket(listen, advertised);
        let service = service.carrier(Carrier::AudioSocket).bind().await.unwrap();
        let connections = Arc::new(Mutex::new(JoinSet::new()));
        let accepted = connections.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = proxy.accept().await {
                accepted.lock().unwrap().spawn(async move {
                    let mut program = TcpStream::connect(listen).await.unwrap();
                    let _ = copy_bidirectional(&mut stream, &mut program).await;
                });
            }
        });
        let left = bridges_left(client, &call.near);
        let mut near = service.open(&call.near).await.unwrap();
        for _ in 0..3 {
            connections.lock().unwrap().abort_all();
            let reason = wait_for_end(&mut near).await;
            println!("cut: {reason}");
            assert!(
                matches!(
                    reason,
                    CloseReason::MediaChannelEnded(_) | CloseReason::ConnectionLost(_)
                ),
                "{reason}"
            );
            near = near.reopen().await.unwrap();
        }
        near.sender().try_send(&[1000; 1600]).unwrap();
        near.sender().wait_until_played().await.unwrap();
        assert_eq!(*left.lock().unwrap(), [""; 0]);
        near.close().await;
        wait_until_removed(client, 2).await;
    });
}

/// The bridge of a lost session is removed when the session is dropped, or the call ends.
#[test]
fn bridges_of_lost_sessions_are_removed() {
    on_each_carrier(async |client, service, calls, (_, carrier)| {
        for hangs_up in [false, true] {
            let call = calls.create().await;
            let mut near = service.open(&call.near).carrier(carrier).await.unwrap();
            for channel in own_channels(client, &call).await {
                client.channel(&channel).hangup().await.unwrap();
            }
            wait_for_end(&mut near).await;
            if hangs_up {
                client.channel(&call.far).hangup().await.unwrap();
                wait_until_removed(client, 0).await;
                let error = near.reopen().await.unwrap_err();
                println!("{carrier}: {error}");
            } else {
                drop(near);
                wait_until_removed(client, 2).await;
                client.channel(&call.far).hangup().await.unwrap();
                wait_until_removed(client, 0).await;
            }
        }
    });
}

/// A second session of a call is refused before anything is created, and so is one of a call in
/// another bridge. Both stay as they are.
#[test]
fn calls_are_not_taken_out_of_a_bridge() {
    on_each_carrier(async |client, service, calls, (release, carrier)| {
        let call = calls.create().await;
        let near = service.open(&call.near).carrier(carrier).await.unwrap();
        let before = own_channels(client, &call).await;
        let error = service.open(&call.near).carrier(carrier).await.unwrap_err();
        assert!(matches!(error, Error::SessionExists { .. }), "{error:?}");
        assert_eq!(own_channels(client, &call).await, before);
        // The channels of sessions that were dropped or closed make way.
        drop(near);
        for _ in 0..5 {
            let near = service.open(&call.near).carrier(carrier).await.unwrap();
            near.close().await;
            drop(service.open(&call.near).carrier(carrier).await.unwrap());
        }
        wait_until_removed(client, 2).await;

        let other = client.bridges().create().kind("mixing").await.unwrap();
        let other = client.bridge(other.id);
        other.add_channel([&call.near, &call.far]).await.unwrap();
        let error = service.open(&call.near).carrier(carrier).await.unwrap_err();
        assert!(matches!(error, Error::InBridge { .. }), "{error:?}");
        println!("{release}, {carrier}: {error}");
        let members = other.get().await.unwrap().channels;
        assert!(members.contains(&call.near), "{members:?}");
        assert_eq!(own_channels(client, &call).await, [""; 0]);
        // The program can take the call out of it, or destroy it.
        other.remove_channel([&call.near]).await.unwrap();
        let near = service.open(&call.near).carrier(carrier).await.unwrap();
        near.close().await;
        other.add_channel([&call.near]).await.unwrap();
        other.destroy().await.unwrap();
        let near = service.open(&call.near).carrier(carrier).await.unwrap();
        near.close().await;
        client.channel(&call.far).hangup().await.unwrap();
        wait_until_removed(client, 0).await;
    });
}

/// Another client destroys the bridge, or takes the call out of it. The session ends, and its
/// channels are removed. The call continues. Requests that play to the call in its bridge have no
/// such effect.
#[test]
fn sessions_end_when_their_bridge_is_taken() {
    on_each_carrier(async |client, service, calls, (release, carrier)| {
        let call = calls.create().await;
        for way in ["destroy", "remove", "audio", "move", "play"] {
            let mut near = service.open(&call.near).carrier(carrier).await.unwrap();
            let own = client.bridge(near.bridge_id());
            let other = client.bridges().create().kind("mixing").await.unwrap();
            let other = client.bridge(other.id);
            let channel = client.channel(&call.near);
            match way {
                "destroy" => own.destroy().await.unwrap(),
                "remove" => own.remove_channel([&call.near]).await.unwrap(),
                "audio" => {
                    let audio = own_channels(client, &call).await;
                    own.remove_channel(audio).await.unwrap();
                }
                "move" => other.add_channel([&call.near]).await.unwrap(),
                _ => {
                    channel.play(["sound:hello-world"]).await.unwrap();
                    channel.hold().await.unwrap();
                    channel.start_moh().await.unwrap();
                    sleep(Duration::from_secs(2)).await;
                    channel.stop_moh().await.unwrap();
                    channel.unhold().await.unwrap();
                    sleep(Duration::from_millis(700)).await;
                    while near.receiver().try_next().is_some() {}
                    assert_eq!(near.receiver().close_reason(), None, "{release}, {carrier}");
                    near.close().await;
                    other.destroy().await.unwrap();
                    break;
                }
            }
            let begin = Instant::now();
            let reason = wait_for_end(&mut near).await;
            println!(
                "{release}, {carrier}, {way}: {reason} after {:?}",
                begin.elapsed()
            );
            assert!(
                matches!(reason, CloseReason::LeftBridge { .. }),
                "{release}, {carrier}, {way}: {reason}"
            );
            other.destroy().await.unwrap();
            wait_until_removed(client, 2).await;
        }
        client.channel(&call.far).hangup().await.unwrap();
        wait_until_removed(client, 0).await;
    });
}
