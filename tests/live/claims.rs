//! Calls that are offered to several applications, of which one gets them: 22 has this feature, 16
//! does not.

/// The subjects of Asterisk's own test suite, in our own words.
mod upstream {
    use std::collections::BTreeMap;

    use ari_api::outcome::Claimed;
    use ari_api::{Client, Error, Event};

    use crate::asterisk::Release;
    use crate::live::session::{Session, on_release, wait};

    /// Offers a call through this line of the dialplan.
    async fn offer(session: &Session, arguments: &str) {
        let command =
            format!("dialplan add extension offered,1,StasisBroadcast({arguments}) into testari");
        session.server.cli(&command);
        let request = session.client.channels().originate("Local/offered@testari");
        request.extension("1").context("testari").await.unwrap();
    }

    async fn claim(client: &Client, channel: &str, app: &str) -> Result<Claimed, Error> {
        client.events().claim_channel(channel, app).outcome().await
    }

    /// All applications are offered the call, the first to claim it gets it, and the others are
    /// notified which one did.
    #[test]
    fn broadcast_claim_by_the_first() {
        on_release(Release::V22, async |session| {
            let client = session.client.clone();
            let mut first = client.application("first").connect().await.unwrap();
            let mut second = client.application("second").connect().await.unwrap();
            offer(session, "30000,,one:two,yes").await;
            let mut offered = Vec::new();
            for events in [&mut first, &mut second] {
                let find = |event: &Event| match event {
                    Event::CallBroadcast(event) => Some(event.channel.id.clone()),
                    _ => None,
                };
                offered.push(wait(events, &session.server, "CallBroadcast", find).await);
            }
            assert_eq!(offered[0], offered[1]);
            let channel = &offered[0];
            assert_eq!(
                claim(&client, channel, "second").await.unwrap(),
                Claimed::Won
            );
            assert_eq!(
                claim(&client, channel, "first").await.unwrap(),
                Claimed::Lost
            );
            let start = wait(
                &mut second,
                &session.server,
                "StasisStart",
                |event| match event {
                    Event::StasisStart(start) => Some(start.clone()),
                    _ => None,
                },
            );
            let start = start.await;
            assert_eq!(start.channel.id, *channel);
            assert_eq!(start.args, ["one", "two"]);
            let find = |event: &Event| match event {
                Event::CallClaimed(event) => Some(event.winner_app.clone()),
                Event::StasisStart(start) => panic!("it started for the loser: {start:?}"),
                _ => None,
            };
            let winner = wait(&mut first, &session.server, "CallClaimed", find).await;
            assert_eq!(winner, "second");
            client.channel(channel).hangup().await.unwrap();
            let gone = claim(&client, "no-such", "first").await.unwrap_err();
            assert_eq!(gone.status(), Some(404));
        });
    }

    /// Only applications whose names match are offered the call.
    #[test]
    fn broadcast_claim_filtered() {
        on_release(Release::V22, async |session| {
            let client = session.client.clone();
            let mut streams = BTreeMap::new();
            for name in ["sales-1", "sales-2", "support"] {
                let events = client.application(name).connect().await.unwrap();
                streams.insert(name, events);
            }
            offer(session, "30000,^sales-[0-9]$").await;
            let mut channel = String::new();
            for name in ["sales-1", "sales-2"] {
                let events = streams.get_mut(name).unwrap();
                let find = |event: &Event| match event {
                    Event::CallBroadcast(event) => Some(event.channel.id.clone()),
                    _ => None,
                };
                channel = wait(events, &session.server, name, find).await;
            }
            assert_eq!(
                claim(&client, &channel, "sales-2").await.unwrap(),
                Claimed::Won
            );
            let events = streams.get_mut("sales-2").unwrap();
            let started = wait(events, &session.server, "StasisStart", |event| {
                (event.kind() == "StasisStart").then_some(())
            });
            started.await;
            let events = streams.get_mut("support").unwrap();
            client.events().user_event("end", "support").await.unwrap();
            wait(events, &session.server, "the end", |event| {
                assert_ne!(event.kind(), "CallBroadcast");
                (event.kind() == "ChannelUserevent").then_some(())
            })
            .await;
        });
    }
}
