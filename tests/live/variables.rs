//! Values of variables arrive as they were given, however long and whatever they hold.

use std::collections::BTreeMap;

use ari_api::Event;
use ari_api::runtime::VariableValue;

use super::session::{APP, on, on_every_release};
use crate::asterisk::Release;

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
    // Too long for the request line, so that it travels in the body.
    values.insert("LONG".into(), "é".repeat(5000));
    values
}

#[test]
fn variables_hold_any_value() {
    on_every_release(async |session| {
        let client = session.client.clone();
        let channel = client
            .channels()
            .originate("Local/1@testari")
            .app(APP)
            .variables(values())
            .await
            .unwrap();
        session.started(&channel.id).await;
        let channel = client.channel(channel.id);
        for (name, value) in values() {
            assert_eq!(channel.get_channel_var(&name).await.unwrap().value, value);

            let again = format!("AGAIN_{name}");
            channel.set_channel_var(&again).value(&value).await.unwrap();
            let reported = session
                .wait("ChannelVarset", |event| match event {
                    Event::ChannelVarset(set) if set.variable == again => Some(set.value.clone()),
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

/// Several at once, and carried in events: releases from 22.10 on.
#[test]
fn variables_are_set_together_and_reported() {
    on(Release::V22, async |session| {
        let channel = session.call("1").await;
        channel.set_channel_vars(values()).await.unwrap();
        let names: Vec<_> = values().into_keys().collect();
        let got = channel.get_channel_vars(&names).await.unwrap().variables;
        let expected = values()
            .into_iter()
            .map(|(name, value)| (name, value.into()));
        assert_eq!(got, expected.collect());

        let reported = [("TICKET", VariableValue::reported("42, \"x\""))];
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
