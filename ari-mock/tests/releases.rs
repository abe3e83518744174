//! Each release serves its own operations and its own form of the objects.

#[cfg(test)]
mod models;
#[cfg(test)]
mod raw;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use ari_api::Error;
use ari_api::operations::RELEASES;
use ari_api::schema::{ResponseType, Version};
use ari_mock::Asterisk;
use ari_test_support::LIMIT;
use models::Models;

/// Every operation of every release is served, and no release serves an operation that it lacks.
#[tokio::test]
async fn every_operation_of_every_release_is_served() {
    for release in RELEASES {
        let pbx = Asterisk::builder().release(*release).start().await.unwrap();
        for operation in ari_api::OPERATIONS {
            let pieces = operation.path.trim_start_matches('/').split('/');
            let pieces: Vec<_> = pieces
                .map(|piece| if piece.starts_with('{') { "x" } else { piece })
                .collect();
            let method = operation.method.as_str();
            let known = operation.availability.includes(pbx.version());
            let calls = pbx.requests().len();
            let (status, answer) = raw::request(&pbx, method, &pieces.join("/"), "").await;
            let call = pbx.requests().get(calls).map(|request| request.operation);
            assert_ne!(status, 501, "{operation} in {release}: {answer}");
            // Opening a WebSocket does not count as a request.
            if operation.websocket_protocol.is_none() {
                assert_eq!(call == Some(operation), known, "{operation} in {release}");
            }
            if !known && call.is_none() {
                let refused = matches!(status, 404 | 405);
                assert!(refused, "{operation} in {release}: {status} {answer}");
            }
        }
        // A request without parameters succeeds.
        let (status, info) = raw::request(&pbx, "GET", "asterisk/info", "").await;
        assert_eq!(status, 200);
        let version = info["system"]["version"].as_str().unwrap();
        assert!(version.starts_with(&release.to_string()), "{version}");
    }
}

/// Objects of a version have all properties that its specs require, and no property that its specs
/// lack.
#[tokio::test]
async fn objects_have_the_form_of_the_version() {
    let newest = RELEASES.iter().map(|release| (*release, None));
    let old = [(12, 0), (13, 0), (16, 0), (20, 0), (22, 3)];
    let old = old.map(|(release, minor)| (release, Some(minor)));
    for (release, minor) in newest.chain(old) {
        let builder = Asterisk::builder().release(release).paused();
        let builder = match minor {
            Some(minor) => builder.version(Version::new(release, minor, 0)),
            None => builder,
        };
        let pbx = builder.start().await.unwrap();
        let release = pbx.version();
        let models = Models::for_version(release);
        let mut arriving = raw::connect_events(&pbx, "app=hello").await;
        let mut wrong = Vec::new();
        for (method, path, body) in [
            (
                "POST",
                "channels?endpoint=Local/echo@testari&app=hello&channelId=a",
                "{}",
            ),
            (
                "POST",
                "channels?endpoint=PJSIP/1@loop&app=hello",
                r#"{"variables":{"A":"1"}}"#,
            ),
            ("POST", "channels?endpoint=PJSIP/busy@loop&app=hello", ""),
            ("GET", "channels", ""),
            ("POST", "bridges?type=mixing", ""),
            ("GET", "bridges", ""),
            ("GET", "applications", ""),
            ("GET", "endpoints", ""),
            ("GET", "sounds", ""),
            ("GET", "deviceStates", ""),
            ("GET", "mailboxes", ""),
            ("GET", "asterisk/modules", ""),
            ("GET", "asterisk/logging", ""),
            ("GET", "asterisk/ping", ""),
            ("GET", "asterisk/info", ""),
            ("PUT", "applications/hello/eventFilter", "{}"),
            ("POST", "channels/a/play?media=sound:beep,sound:beep", ""),
            ("POST", "channels/a/dtmf?dtmf=1", ""),
            (
                "POST",
                "channels/a/record?name=r&format=wav&maxDurationSeconds=1",
                "",
            ),
            ("GET", "recordings/live/r", ""),
            (
                "POST",
                "events/user/E?application=hello&source=channel:a",
                "",
            ),
        ] {
            let (status, answer) = raw::request(&pbx, method, path, body).await;
            pbx.advance(Duration::from_secs(5));
            let last = pbx.requests().into_iter().next_back();
            let called = last.filter(|request| path.starts_with(&request.path));
            // Missing operations are tested above.
            if let (200..300, Some(called)) = (status, called)
                && let ResponseType::Json(kind) = called.operation.response
            {
                let kind = match kind {
                    "Variable" | "Variables" => continue,
                    kind => kind,
                };
                models.check(path, kind, &answer, &mut wrong);
            }
        }
        let bridges = raw::request(&pbx, "GET", "bridges", "").await.1;
        let id = bridges[0]["id"].as_str().unwrap();
        // The oldest releases do not let clients choose ids.
        let channel = pbx.channel_ids().into_iter().next().unwrap();
        for path in [
            &*format!("bridges/{id}/addChannel?channel={channel}"),
            &*format!("bridges/{id}/moh"),
        ] {
            let (status, answer) = raw::request(&pbx, "POST", path, "").await;
            assert_eq!(status, 204, "{answer}");
        }
        raw::request(&pbx, "DELETE", &format!("bridges/{id}"), "").await;
        for id in pbx.channel_ids() {
            raw::request(&pbx, "DELETE", &format!("channels/{id}"), "").await;
        }
        let specs = raw::request(&pbx, "GET", "api-docs/channels.json", "")
            .await
            .1;
        let served = specs["models"]["Channel"]["properties"]
            .as_object()
            .unwrap();
        // In the order of the bytes, whether or not the JSON reader keeps that of the text.
        let served: BTreeSet<_> = served.keys().collect();
        let served: Vec<_> = served.into_iter().collect();
        assert_eq!(served, models.properties("Channel"), "{release}");
        let mut expected = vec!["StasisStart", "StasisEnd", "ChannelDestroyed"];
        // The oldest releases do not let clients choose ids, so these events have no channel there.
        if minor.is_none() {
            expected.extend([
                "PlaybackFinished",
                "RecordingFinished",
                "ChannelDtmfReceived",
                "ChannelEnteredBridge",
                "ChannelVarset",
            ]);
        }
        let mut kinds = BTreeSet::new();
        let begin = Instant::now();
        loop {
            let next = tokio::time::timeout(Duration::from_millis(200), arriving.recv());
            let Ok(Some(event)) = next.await else {
                if expected.iter().all(|kind| kinds.contains(*kind)) {
                    break;
                }
                assert!(begin.elapsed() < LIMIT, "{release}: {kinds:?}");
                continue;
            };
            let kind = event["type"].as_str().unwrap().to_owned();
            if !models.contains(&kind) {
                wrong.push(format!("{kind} is not an event"));
            }
            models.check(&kind, &kind, &event, &mut wrong);
            kinds.insert(kind);
        }
        assert!(
            wrong.is_empty(),
            "Asterisk {release}:\n{}",
            wrong.join("\n")
        );
    }
}

/// The specs of a release are served with the address that the client used.
#[tokio::test]
async fn specs_are_served() {
    for release in RELEASES {
        let pbx = Asterisk::builder().release(*release).start().await.unwrap();
        let (status, index) = raw::request(&pbx, "GET", "api-docs/resources.json", "").await;
        assert_eq!(
            (status, &index["basePath"]),
            (200, &"http://localhost/ari".into())
        );
        let apis = index["apis"].as_array().unwrap();
        assert_eq!(apis.len(), 11, "{release}");
        for api in apis {
            let path = api["path"].as_str().unwrap().replace("{format}", "json");
            assert!(api["description"].is_string(), "{path}");
            let (status, spec) = raw::request(&pbx, "GET", &path[1..], "").await;
            assert_eq!(status, 200, "{path}");
            let apis = spec["apis"].as_array().unwrap();
            assert!(!apis.is_empty(), "{path}");
            let mut errors = apis
                .iter()
                .flat_map(|api| api["operations"].as_array().unwrap())
                .filter_map(|operation| operation["errorResponses"].as_array())
                .flatten();
            assert!(errors.all(|error| error["reason"].is_string()), "{path}");
        }
        for (method, path, expected) in [
            ("GET", "api-docs/nope.json", 404),
            ("POST", "api-docs/resources.json", 405),
            ("GET", "api-docs/../README.md", 404),
            ("GET", "api-docs", 404),
        ] {
            let (status, answer) = raw::request(&pbx, method, path, "").await;
            assert_eq!(status, expected, "{method} {path}: {answer}");
        }
    }
}

/// Asterisk 12 and 13 do not have `POST /channels/create`, and would make the phone ring.
#[tokio::test]
async fn channel_is_not_created_if_that_would_dial() {
    for release in [12, 13] {
        let pbx = Asterisk::builder().release(release).start().await.unwrap();
        let client = pbx.client().unwrap();
        let created = client.channels().create("PJSIP/alice", "app").await;
        let error = created.map(|channel| channel.id).unwrap_err();
        assert!(
            matches!(error, Error::UnsupportedByRelease { .. }),
            "{error:?}"
        );
        assert!(
            error.to_string().contains("channels.originateWithId"),
            "{error}"
        );
        let media = client
            .channels()
            .external_media("app", "ulaw")
            .external_host("x:1");
        let error = media.await.map(|channel| channel.id).unwrap_err();
        assert!(
            matches!(error, Error::UnsupportedByRelease { .. }),
            "{error:?}"
        );
        assert_eq!(pbx.requests().len(), 1, "{:?}", pbx.requests());
        assert!(client.channels().list().await.unwrap().is_empty());
    }
}

/// 16.6 answers with the channel in a model of its own, all others with the channel.
#[tokio::test]
async fn external_media_has_the_model_of_the_version() {
    for (version, described) in [
        ((16, 6, 0), "/channel"),
        ((16, 6, 2), "/channel"),
        ((16, 7, 0), ""),
        ((17, 1, 0), ""),
        ((22, 10, 0), ""),
    ] {
        let (major, minor, patch) = version;
        let version = Version::new(major, minor, patch);
        let pbx = Asterisk::builder().version(version).start().await.unwrap();
        let client = pbx.client().unwrap();
        let _app = client.application("hello").connect().await.unwrap();
        let query = "app=hello&format=ulaw&external_host=127.0.0.1:9&channelId=m";
        let path = format!("channels/externalMedia?{query}");
        let (status, answer) = raw::request(&pbx, "POST", &path, "").await;
        assert_eq!(status, 200, "{version}: {answer}");
        let channel = answer.pointer(described).unwrap();
        assert_eq!(channel["id"], "m", "{version}");
        assert!(version >= Version::new(16, 27, 0) || channel["protocol_id"].is_null());
        let is_apart = !described.is_empty();
        assert_eq!(
            answer["local_port"].is_u64(),
            is_apart,
            "{version}: {answer}"
        );
        assert_eq!(answer["local_address"].is_string(), is_apart, "{version}");
        // The bindings read either.
        let media = client.channels().external_media("hello", "ulaw");
        let media = media.external_host("127.0.0.1:9").channel_id("n");
        assert_eq!(media.await.unwrap().id, "n", "{version}");
    }
}
