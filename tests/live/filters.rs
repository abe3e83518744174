//! Event filters: allowed types, disallowed types, and both at once.

/// The subjects of Asterisk's own test suite, in our own words.
mod upstream {
    use std::collections::BTreeSet;

    use ari_api::EventFilter;
    use ari_test_support::LIMIT;
    use tokio::time::timeout;

    use crate::live::session::{APP, Session, on_every_release};

    /// Sets a filter and calls. Returns the types of the events until those of `last` have arrived,
    /// which are the allowed events at the end of the call, and the user event after it.
    async fn event_types_with_filter(
        session: &mut Session,
        filter: EventFilter,
        last: &[&str],
    ) -> BTreeSet<String> {
        let client = session.client.clone();
        let state = client.application(APP).filter().filter(filter).await;
        let state = state.unwrap();
        assert!(state.events_allowed.is_some() && state.events_disallowed.is_some());
        session.event_counts.clear();
        let channel = client.channels().create("Local/1@testari", APP).await;
        let channel = client.channel(channel.unwrap().id);
        // It may not have arrived in the application yet, and the filter may exclude `StasisStart`.
        let arrived = timeout(LIMIT, async {
            while channel.set_channel_var("X").value("x").await.is_err() {
                tokio::task::yield_now().await;
            }
        });
        arrived.await.unwrap();
        channel.hangup().await.unwrap();
        let mut left = last.to_vec();
        session
            .wait("the end of the channel", |event| {
                left.retain(|kind| *kind != event.kind());
                left.is_empty().then_some(())
            })
            .await;
        client.events().user_event("end", APP).await.unwrap();
        session.wait_for_kind("ChannelUserevent").await;
        session.event_counts.remove("Connected");
        std::mem::take(&mut session.event_counts)
            .into_keys()
            .collect()
    }

    /// The final events of a call without a filter.
    const FINAL_EVENTS: &[&str] = &["StasisEnd", "ChannelDestroyed"];

    fn set(kinds: &[&str]) -> BTreeSet<String> {
        kinds.iter().map(|&kind| kind.to_owned()).collect()
    }

    /// A filter that is wrapped in a key, like other bodies, would succeed and set nothing.
    #[test]
    fn event_filter_allowed() {
        on_every_release(async |session| {
            let allowed = ["StasisEnd", "ChannelUserevent"];
            let filter = EventFilter::new().allow(allowed);
            assert_eq!(
                event_types_with_filter(session, filter, &["StasisEnd"]).await,
                set(&allowed)
            );
            // An empty list allows everything again.
            let filter = EventFilter::new().allow([""; 0]);
            let seen = event_types_with_filter(session, filter, FINAL_EVENTS).await;
            assert!(seen.contains("StasisStart"), "{seen:?}");
        });
    }

    #[test]
    fn event_filter_disallowed() {
        on_every_release(async |session| {
            let all = event_types_with_filter(session, EventFilter::new(), FINAL_EVENTS).await;
            let held_back = set(&["StasisEnd", "ChannelDialplan"]);
            assert!(held_back.is_subset(&all), "{all:?}");
            let filter = EventFilter::new().disallow(&held_back);
            let seen = event_types_with_filter(session, filter, &["ChannelDestroyed"]).await;
            assert!(held_back.is_disjoint(&seen), "{seen:?}");
            assert!(seen.contains("ChannelDestroyed") && seen.contains("StasisStart"));
            let filter = EventFilter::new().disallow([""; 0]);
            assert!(
                event_types_with_filter(session, filter, FINAL_EVENTS)
                    .await
                    .contains("StasisEnd")
            );
        });
    }

    /// Types on both lists are filtered out. An omitted list is unchanged if the other is given.
    #[test]
    fn event_filter_both() {
        on_every_release(async |session| {
            let filter = EventFilter::new()
                .allow(["StasisStart", "StasisEnd", "ChannelUserevent"])
                .disallow(["StasisStart", "ChannelVarset"]);
            let expected = set(&["StasisEnd", "ChannelUserevent"]);
            let seen = event_types_with_filter(session, filter, &["StasisEnd"]).await;
            assert_eq!(seen, expected);
            // The omitted list is unchanged.
            let filter = EventFilter::new().disallow(["StasisStart"]);
            let seen = event_types_with_filter(session, filter, &["StasisEnd"]).await;
            assert_eq!(seen, expected);
            let seen =
                event_types_with_filter(session, EventFilter::new().allow([""; 0]), FINAL_EVENTS)
                    .await;
            assert!(!seen.contains("StasisStart"), "{seen:?}");
            assert!(seen.contains("ChannelDestroyed"), "{seen:?}");
            // An empty filter clears both, like two empty lists.
            for clear in [EventFilter::allow_all(), EventFilter::new()] {
                let filter = EventFilter::new().disallow(["StasisStart"]);
                let seen = event_types_with_filter(session, filter, &["StasisEnd"]).await;
                assert!(!seen.contains("StasisStart"), "{seen:?}");
                let seen = event_types_with_filter(session, clear, FINAL_EVENTS).await;
                assert!(seen.contains("StasisStart"), "{seen:?}");
            }
        });
    }
}
