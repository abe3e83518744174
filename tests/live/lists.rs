//! Lists arrive complete, in the query as well as in JSON.

use ari_api::client::ToRequest;
use ari_api::{Event, asterisk, bridges, channels};

use super::session::{on_every_release, on_release};
use crate::asterisk::Release;

#[test]
fn lists_arrive_complete_in_query_and_json() {
    on_every_release(async |session| {
        let client = session.client.clone();
        // Asterisk splits at a comma in the query, but not in a JSON string.
        let info = asterisk::GetInfo::new().only(["build", "status"]);
        assert_eq!(info.to_request().unwrap().body(), None);
        let info = client.send(info).await.unwrap();
        assert!(info.build.is_some() && info.status.is_some());
        assert!(info.system.is_none() && info.config.is_none());

        // Ids with a comma force JSON.
        for (first, second) in [("one", "two"), ("a,b", "(c")] {
            for id in [first, second] {
                let request = client.channels().originate_with_id(id, "Local/1@testari");
                request.app(super::session::APP).await.unwrap();
                session.wait_for_stasis_start(id).await;
            }
            let bridge = client.bridges().create().await.unwrap().id;
            let add = bridges::AddChannel::new(&bridge, [first, second]);
            assert_eq!(
                add.to_request().unwrap().body().is_some(),
                first.contains(',')
            );
            client.send(add).await.unwrap();
            for _ in 0..2 {
                session.wait_for_kind("ChannelEnteredBridge").await;
            }
            let mut inside = client.bridge(&bridge).get().await.unwrap().channels;
            inside.sort_unstable();
            let mut expected = [first, second];
            expected.sort_unstable();
            assert_eq!(inside, expected);
            let remove = client.bridge(&bridge).remove_channel([first, second]);
            remove.await.unwrap();
            client.bridge(&bridge).destroy().await.unwrap();
        }
    });
}

/// The third item would be split in a query.
#[test]
fn media_are_played_one_after_another() {
    on_every_release(async |session| {
        let channel = session.call("1").await;
        let media = ["sound:beep", "sound:digits/1", "sound:no,such"];
        let play = channels::Play::new(channel.channel_id(), media);
        assert!(play.to_request().unwrap().body().is_some());
        session.client.send(play).await.unwrap();
        for expected in media {
            let started = session
                .wait("PlaybackStarted", |event| match event {
                    Event::PlaybackStarted(started) => Some(started.playback.media_uri.clone()),
                    _ => None,
                })
                .await;
            assert_eq!(started, expected);
        }
        let play = channels::Play::new(channel.channel_id(), [media[0], media[1]]);
        assert_eq!(play.to_request().unwrap().body(), None);
        let playback = session.client.send(play).await.unwrap();
        assert_eq!(playback.next_media_uri.as_deref(), Some(media[1]));
    });
}

#[test]
fn names_with_commas_and_parentheses_are_not_split() {
    on_release(Release::V22, async |session| {
        let channel = session.call("1").await;
        channel.set_channel_var("a,b").value("1").await.unwrap();
        let name = session.client.channel(channel.channel_id()).get().await;
        let name = name.unwrap().name;
        let names = ["a,b", "CHANNEL(name)", "STRFTIME(0,UTC,%Y)", "EXTEN"];
        let got = channel.get_channel_vars(names).await.unwrap().variables;
        let values: Vec<_> = names
            .iter()
            .map(|name| got[*name].as_str().unwrap())
            .collect();
        assert_eq!(values, ["1", &name, "1970", "1"]);

        let request = channels::GetChannelVars::new(channel.channel_id(), ["EXTEN", "CONTEXT"]);
        assert_eq!(request.to_request().unwrap().body(), None);
        let got = session.client.send(request).await.unwrap().variables;
        assert_eq!(
            (&got["EXTEN"], &got["CONTEXT"]),
            (&"1".into(), &"testari".into())
        );
    });
}
