//! Event filters.

use ari_api::runtime::EventFilter;

use super::session::{APP, on_every_release};

/// Wrapped in a key, as other bodies are, a filter would be answered with success and set nothing.
#[test]
fn a_filter_holds_back_what_it_should() {
    on_every_release(async |session| {
        let client = session.client.clone();
        let app = client.application(APP);
        for (filter, last, held_back) in [
            (
                EventFilter::new().disallow(["StasisEnd"]),
                "ChannelDestroyed",
                "StasisEnd",
            ),
            (
                EventFilter::everything().allow(["StasisEnd", "ChannelUserevent"]),
                "StasisEnd",
                "StasisStart",
            ),
        ] {
            let state = app.filter().filter(filter).await.unwrap();
            assert!(state.events_allowed.is_some() && state.events_disallowed.is_some());
            session.seen.clear();
            let channel = client.channels().create("Local/1@testari", APP).await;
            client.channel(channel.unwrap().id).hangup().await.unwrap();
            session.kind(last).await;
            client.events().user_event("end", APP).await.unwrap();
            session.kind("ChannelUserevent").await;
            assert_eq!(session.seen.get(held_back), None);
            assert_eq!(
                session.seen.len() == 2,
                last == "StasisEnd",
                "{:?}",
                session.seen
            );
        }
        app.filter()
            .filter(EventFilter::everything())
            .await
            .unwrap();
        session.call("1").await;
    });
}
