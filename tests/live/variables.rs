//! Variables of channels and bridges.

mod ours {
    use ari_api::channels;
    use ari_api::client::ToRequest;

    use crate::asterisk::Release;
    use crate::live::session::{on_release, refusal};

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

    /// `POST /bridges` would respond 400 and leak a bridge, so another operation is sent.
    #[test]
    fn bridge_with_variables_is_created_without_leak() {
        on_release(Release::V22, async |session| {
            let client = session.client.clone();
            let variables = [("a", "1"), ("type", "holding"), ("é,(", "\"x\"\n")];
            for (id, kind) in [(Some("chosen/id"), "holding"), (None, "mixing,dtmf_events")] {
                let mut request = client.bridges().create().kind(kind).name("with variables");
                if let Some(id) = id {
                    request = request.bridge_id(id);
                }
                let bridge = request.variables(variables).await.unwrap();
                assert!(id.is_none_or(|id| bridge.id == id), "{}", bridge.id);
                assert_eq!(bridge.name, "with variables");
                assert!(kind.starts_with(bridge.bridge_type.as_str()));

                let bridge = client.bridge(bridge.id);
                for (name, value) in variables {
                    assert_eq!(bridge.get_bridge_var(name).await.unwrap().value, value);
                }
                let names = variables.map(|(name, _)| name);
                let got = bridge.get_bridge_vars(names).await.unwrap().variables;
                assert_eq!(got.len(), names.len());
                bridge.set_bridge_vars([("b", "2")]).await.unwrap();
                assert_eq!(bridge.get_bridge_var("b").await.unwrap().value, "2");
                // Unlike those of channels, these are not functions.
                let (status, _) = refusal(bridge.get_bridge_var("STRFTIME(0,UTC,%Y)").await);
                assert_eq!(status, 404);
            }
            let bridges = client.bridges().list().await.unwrap();
            assert_eq!(bridges.len(), 2, "{bridges:?}");
        });
    }
}

/// The subjects of Asterisk's own test suite, in our own words.
mod upstream {
    use std::collections::BTreeMap;

    use ari_api::{Error, Event, VariableValue};

    use crate::live::session::{APP, on_every_release, refusal};

    fn values() -> BTreeMap<String, String> {
        let values = [
            "plain",
            "",
            " spaces ",
            "é ü 日本語",
            "it's \"quoted\"",
            "line\nline\r\nline\ttab",
            "back\\slash \\n",
            "a,b;c|d=e&f?g#h%20i+j/k",
            "{\"json\":[true,null]}",
            "${EXTEN} $[1+1]",
        ];
        let mut values: BTreeMap<_, _> = values
            .iter()
            .enumerate()
            .map(|(index, value)| (format!("VALUE_{index}"), (*value).to_owned()))
            .collect();
        // Too long for the request line, so it is sent in the body.
        values.insert("LONG".into(), "é".repeat(5000));
        values
    }

    /// Given when the call is originated, and set again later.
    #[test]
    fn originate_with_variables() {
        on_every_release(async |session| {
            let client = session.client.clone();
            let channel = client
                .channels()
                .originate("Local/1@testari")
                .app(APP)
                .variables(values())
                .await
                .unwrap();
            session.wait_for_stasis_start(&channel.id).await;
            let channel = client.channel(channel.id);
            for (name, value) in values() {
                assert_eq!(channel.get_channel_var(&name).await.unwrap().value, value);

                let again = format!("AGAIN_{name}");
                channel.set_channel_var(&again).value(&value).await.unwrap();
                let reported = session
                    .wait("ChannelVarset", |event| match event {
                        Event::ChannelVarset(set) if set.variable == again => {
                            Some(set.value.clone())
                        }
                        _ => None,
                    })
                    .await;
                assert_eq!(reported, value);
                assert_eq!(channel.get_channel_var(&again).await.unwrap().value, value);
            }
            assert_eq!(
                channel
                    .get_channel_var("CHANNEL(state)")
                    .await
                    .unwrap()
                    .value,
                "Up"
            );
        });
    }

    /// Several at once, and included in events: releases from 22.10 on.
    #[test]
    fn get_and_set_of_several_channel_variables() {
        on_every_release(async |session| {
            let channel = session.call("1").await;
            if !session.is_at_least(22) {
                lacks(channel.set_channel_vars([("A", "1")]).await);
                lacks(channel.get_channel_vars(["A"]).await);
                return;
            }
            channel.set_channel_vars(values()).await.unwrap();
            let names: Vec<_> = values().into_keys().collect();
            let got = channel.get_channel_vars(&names).await.unwrap().variables;
            let expected = values()
                .into_iter()
                .map(|(name, value)| (name, value.into()));
            assert_eq!(got, expected.collect());

            let reported = [("TICKET", VariableValue::with_event_reporting("42, \"x\""))];
            channel.set_channel_vars(reported).await.unwrap();
            let request = channel.set_channel_var("OTHER").value("7");
            request.report_events(true).await.unwrap();
            channel.r#move(APP).await.unwrap();
            let vars = session
                .wait("StasisStart with variables", |event| match event {
                    Event::StasisStart(start) => start.channel.channelvars.clone(),
                    _ => None,
                })
                .await;
            assert_eq!(vars.get("TICKET").unwrap(), "42, \"x\"");
            assert_eq!(vars.get("OTHER").unwrap(), "7");
        });
    }

    #[test]
    fn get_and_set_of_several_bridge_variables() {
        on_every_release(async |session| {
            let bridge = session.client.bridges().create().await.unwrap().id;
            let bridge = session.client.bridge(bridge);
            if !session.is_at_least(22) {
                lacks(bridge.set_bridge_vars([("A", "1")]).await);
                lacks(bridge.get_bridge_vars(["A"]).await);
                return;
            }
            bridge.set_bridge_vars(values()).await.unwrap();
            // A variable of a bridge cannot be empty: an empty value removes it.
            let kept = values().into_iter().filter(|(_, value)| !value.is_empty());
            let kept: BTreeMap<_, _> = kept.collect();
            let got = bridge.get_bridge_vars(kept.keys()).await.unwrap().variables;
            let expected = kept
                .iter()
                .map(|(name, value)| (name.clone(), value.clone().into()));
            assert_eq!(got, expected.collect());
            for (name, value) in &kept {
                assert_eq!(&bridge.get_bridge_var(name).await.unwrap().value, value);
            }
            // If one is missing, there is no response for the others either.
            assert_eq!(
                refusal(bridge.get_bridge_vars(["LONG", "NONE"]).await).0,
                404
            );
            // Events of the bridge include variables with event reporting.
            let reported = [("TICKET", VariableValue::with_event_reporting("42, \"x\""))];
            bridge.set_bridge_vars(reported).await.unwrap();
            assert_eq!(
                bridge.get_bridge_var("TICKET").await.unwrap().value,
                "42, \"x\""
            );
            let channel = session.call("1").await;
            bridge.add_channel([channel.channel_id()]).await.unwrap();
            let vars = session
                .wait("ChannelEnteredBridge with variables", |event| match event {
                    Event::ChannelEnteredBridge(entered) => entered.bridge.bridgevars.clone(),
                    _ => None,
                })
                .await;
            assert_eq!(vars["TICKET"], "42, \"x\"");
        });
    }

    /// The release lacks this operation.
    #[track_caller]
    fn lacks<T>(result: Result<T, Error>) {
        let result = result.map(drop);
        assert!(
            matches!(result, Err(Error::UnsupportedByRelease { .. })),
            "{result:?}"
        );
    }
}
