//! Refusals: the status, Asterisk's message, and its meaning.

use ari_api::{Client, Error};

use super::recorder;
use super::session::{APP, on_every_release, on_release, refusal};
use crate::asterisk::Release;

#[test]
fn refusals_carry_asterisks_status_and_message() {
    on_every_release(async |session| {
        let newer = session.is_at_least(22);
        let client = session.client.clone();
        let channel = session.call("1").await;
        let bridge = client.bridges().create().await.unwrap().id;
        let bridge = client.bridge(bridge);
        let down = client.channels().create("Local/1@testari", APP).await;
        let down = client.channel(down.unwrap().id);
        session.wait_for_stasis_start(down.channel_id()).await;
        let outside = client.channels().originate("Local/1@testari");
        let outside = outside.extension("1").context("testari").await.unwrap().id;
        channel.record("taken", "wav").await.unwrap();
        session.wait_for_kind("RecordingStarted").await;
        let pjsip = |name: &str| client.endpoint("PJSIP", name);

        let cases = [
            // In the other form, {"error": …}. It comes first, because later failures on a
            // connection that has had a duplicate id get its 409 again.
            (
                refusal(client.channels().originate("Nonsense/1").app(APP).await),
                (500, "Allocation failed"),
            ),
            (
                refusal(bridge.add_channel(["nobody"]).await),
                (400, "Channel not found"),
            ),
            (
                refusal(channel.hangup().reason("nonsense").await),
                (
                    400,
                    if newer {
                        "Invalid reason for hangup reason provided"
                    } else {
                        "Invalid reason for hangup provided"
                    },
                ),
            ),
            (
                refusal(
                    client
                        .channel("c".repeat(150))
                        .originate_with_id("Local/1@testari")
                        .app(APP)
                        .await,
                ),
                (400, "Uniqueid length exceeds maximum of 149"),
            ),
            (
                refusal(client.channel("nobody").get().await),
                (404, "Channel not found"),
            ),
            (
                refusal(client.playback("nothing").control("pause").await),
                (404, "Playback not found"),
            ),
            (
                refusal(channel.originate_with_id("Local/1@testari").app(APP).await),
                (409, "Channel with given unique ID already exists"),
            ),
            (
                refusal(channel.record("taken", "wav").await),
                (
                    409,
                    "Recording 'taken' already exists and can not be overwritten",
                ),
            ),
            (
                refusal(client.channel(&outside).play(["sound:beep"]).await),
                (409, "Channel not in Stasis application"),
            ),
            (
                refusal(client.device_state("PJSIP/loop").update("BUSY").await),
                (409, "Uncontrolled device specified"),
            ),
            (
                refusal(down.answer().await),
                (412, "Channel in invalid state"),
            ),
            (
                refusal(channel.record("other", "nonsense").await),
                (422, "specified format is unknown on this system"),
            ),
            (
                refusal(bridge.add_channel([outside.as_str()]).await),
                (422, "Channel not in Stasis application"),
            ),
            (
                refusal(
                    client
                        .events()
                        .user_event("e", APP)
                        .source(["channel:nobody"])
                        .await,
                ),
                (422, "Event source was not found"),
            ),
            (
                refusal(channel.record("../outside", "wav").await),
                (
                    500,
                    if newer {
                        "Error parsing request"
                    } else {
                        "Internal Server Error"
                    },
                ),
            ),
            (
                refusal(pjsip("nobody").get().await),
                (404, "Endpoint not found"),
            ),
            // Debian builds Asterisk without the module for mailboxes.
            (
                refusal(client.mailboxes().list().await),
                (404, "Resource not found"),
            ),
            (
                refusal(client.mailbox("1").get().await),
                (404, "Resource not found"),
            ),
        ];
        for ((status, message), expected) in cases {
            assert_eq!((status, message.as_str()), expected);
        }

        let Err(Error::Response(refusal)) = client.channel("nobody").get().await else {
            panic!("not refused");
        };
        assert_eq!(refusal.operation.nickname, "get");
        assert!(refusal.reason.is_some_and(|reason| !reason.is_empty()));
        assert!(refusal.body.starts_with(b"{"));
        let error = Error::Response(refusal);
        assert!(!error.is_retryable());
        assert!(error.to_string().contains("404"), "{error}");
    });
}

/// A server responds to an operation that it lacks as if its object did not exist. The server's
/// version distinguishes the two.
#[test]
fn missing_operations_are_distinguished_from_missing_objects() {
    on_release(Release::V16, async |session| {
        let lacks = |result: Result<(), Error>, sent: bool| match result {
            Err(Error::UnsupportedByRelease {
                server, refusal, ..
            }) => {
                assert_eq!((server.major, refusal.is_some()), (16, sent));
            }
            other => panic!("{other:?}"),
        };
        let builder = Client::builder(session.server.url());
        let builder = builder.credentials(session.server.user(), session.server.password());
        let careful = builder.enforce_availability(true);
        let careful = recorder::build(careful, session.server.release());
        for client in [&session.client, &careful] {
            // The first response contains the version.
            assert_eq!(refusal(client.channel("gone").answer().await).0, 404);
            assert_eq!(client.connection().server_version().unwrap().major, 16);
        }
        lacks(session.client.channel("gone").progress().await, true);
        lacks(
            session.client.events().claim_channel("gone", APP).await,
            true,
        );
        lacks(careful.channel("gone").progress().await, false);
        lacks(careful.events().claim_channel("gone", APP).await, false);
    });
}
