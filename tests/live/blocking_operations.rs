//! Operations that wait behind a playback: the table matches real servers.

use std::collections::BTreeSet;
use std::time::Duration;

use ari_api::client::ToRequest;
use ari_api::schema::Operation;
use ari_api::{Error, Event, OPERATIONS};

use super::session::{APP, on_every_release};

/// Longer than any operation that does not wait, and shorter than the playback.
const MAX_UNBLOCKED_TIME: Duration = Duration::from_secs(5);

#[test]
fn operations_that_wait_behind_playback_match_table() {
    on_every_release(async |session| {
        let client = session.client.clone();
        let quick = client.with_timeout(MAX_UNBLOCKED_TIME);
        let bridge = client.bridges().create().await.unwrap().id;
        let bridge = quick.bridge(bridge);
        let call = session.call("1").await;
        let id = call.channel_id().to_owned();
        let channel = quick.channel(&id);
        let mut waited = BTreeSet::new();
        macro_rules! tries {
            ($($request:expr),* $(,)?) => {$({
                let playback = call.play(["sound:tt-monkeys"]).await.unwrap();
                // The start of this one: an earlier operation may have queued another.
                let started = session.wait("PlaybackStarted", |event| match event {
                    Event::PlaybackStarted(start) => (start.playback.id == playback.id).then_some(()),
                    _ => None,
                });
                started.await;
                let request = $request;
                let operation = operation_for(&request);
                let name = format!("{}.{}", operation.resource, operation.nickname);
                match request.await {
                    Err(Error::OutcomeUnknown { .. }) => drop(waited.insert(name)),
                    // Refusals are responses, too.
                    Ok(_) | Err(Error::Response(_) | Error::UnsupportedByRelease { .. }) => {}
                    Err(error) => panic!("{error}"),
                };
                let playback = client.playback(playback.id);
                super::session::retry_until_controllable(async || match playback.stop().await {
                    // It has ended in the meantime.
                    Err(error) if error.status() == Some(404) => Ok(()),
                    result => result,
                })
                .await;
            })*};
        }
        tries![
            channel.answer(),
            channel.ring(),
            channel.ring_stop(),
            channel.progress(),
            channel.send_dtmf("1"),
            channel.mute(),
            channel.unmute(),
            channel.hold(),
            channel.unhold(),
            channel.start_moh(),
            channel.stop_moh(),
            channel.start_silence(),
            channel.stop_silence(),
            channel.get(),
            channel.get_channel_var("x"),
            channel.set_channel_var("x").value("y"),
            channel.get_channel_vars(["x"]),
            channel.set_channel_vars([("x", "y")]),
            channel.snoop_channel(APP).spy("both"),
            channel.rtp_statistics(),
            channel.redirect("PJSIP/1@loop"),
            channel.record("waits", "wav"),
            channel.play(["sound:beep"]),
            bridge.add_channel([&id]),
        ];
        // Until the channel is in the bridge, its removal is refused at once.
        session.wait_for_kind("ChannelEnteredBridge").await;
        tries![bridge.remove_channel([&id])];
        let release = session.server.release();
        let table: BTreeSet<_> = OPERATIONS
            .iter()
            .filter(|operation| operation.blocks_channel_queue)
            .map(|operation| format!("{}.{}", operation.resource, operation.nickname))
            .collect();
        if session.is_at_least(22) {
            assert_eq!(waited, table, "{release}");
        } else {
            // 16 responds before a variable is set.
            assert!(waited.is_subset(&table), "{release}: {waited:?}");
        }
    });
}

fn operation_for<R: ToRequest>(_: &R) -> &'static Operation {
    R::OPERATION
}
