//! The object to which a refusal refers.

use ari_api::outcome::CallOutcome;
use ari_api::{Client, Error};
use ari_test_support::within_limit;
use serde_json::json;

use crate::transcript::run;

/// The server's responses: the request line, the status, and the message.
type Responses = &'static [(&'static str, u16, &'static str)];

async fn add_channels(client: &Client) -> Result<(), Error> {
    client.bridge("b").add_channel(["c", "d"]).await
}

async fn play(client: &Client) -> Result<(), Error> {
    client
        .channel("c")
        .play(["sound:x"])
        .playback_id("p")
        .await
        .map(drop)
}

/// Asterisk names no cause for these: the client asks the server for it.
#[test]
fn refusals_without_cause_contain_finding() {
    const ORIGINATE: (&str, u16, &str) = ("POST /channels", 500, "Allocation failed");
    const RECORD: (&str, u16, &str) = ("POST /channels/c/record", 500, "Internal Server Error");
    const NAMED: (&str, u16, &str) = (RECORD.0, 500, "Error parsing request");
    const PHONE: &str = "GET /endpoints/PJSIP/phone";
    let cases: &[(Responses, serde_json::Value, &str)] = &[
        (&[ORIGINATE], json!({"state": "offline"}), "is offline"),
        (
            &[ORIGINATE],
            json!({"state": "online"}),
            "its state is online",
        ),
        (
            &[ORIGINATE, (PHONE, 404, "Endpoint not found")],
            json!(null),
            "has no endpoint PJSIP/phone",
        ),
        // The effect of an earlier 409 on the same connection.
        (
            &[(
                "POST /channels",
                409,
                "Channel with given unique ID already exists",
            )],
            json!({"state": "offline"}),
            "is offline",
        ),
        // A proxy, which does not concern the phone.
        (
            &[("POST /channels", 502, "?")],
            json!({"state": "offline"}),
            "",
        ),
        (
            &[RECORD, ("GET /recordings/stored", 500, "Allocation failed")],
            json!(null),
            "cannot read its folder of recordings",
        ),
        (
            &[NAMED, ("GET /recordings/stored", 200, "?")],
            json!(null),
            "the name of the recording",
        ),
    ];
    for (answers, phone, expected) in cases {
        run(async |server| {
            let client = server.client();
            server.set_response(
                PHONE,
                200,
                &json!({"technology": "PJSIP", "resource": "phone", "state": phone["state"]}),
            );
            let pjsip = json!([{"technology": "PJSIP", "resource": "x", "channel_ids": []}]);
            server.set_response("GET /endpoints", 200, &pjsip);
            for (line, status, message) in *answers {
                server.set_response(line, *status, &json!({"message": message}));
            }
            let result = match answers[0] {
                RECORD | NAMED => {
                    within_limit(client.channel("c").record("r", "wav").into_future())
                        .await
                        .map(drop)
                }
                _ => {
                    let call = client.channels().originate("PJSIP/1@phone").extension("1");
                    within_limit(call.into_future()).await.map(drop)
                }
            };
            let error = result.expect_err("a refusal");
            assert!(error.to_string().contains(expected), "{error}");
            let Error::Response(refusal) = error else {
                panic!("{error}");
            };
            assert_eq!(refusal.finding.is_some(), !expected.is_empty());
        });
    }
}

/// `AudioSocket` has a module, and no endpoints that could be missing.
#[test]
fn technology_without_endpoints_is_not_blamed_on_the_endpoint() {
    for (module, expected) in [
        (
            "chan_audiosocket.so",
            "lists no endpoint of the technology \"AudioSocket\"",
        ),
        ("chan_pjsip.so", "no channel technology \"AudioSocket\""),
    ] {
        run(async |server| {
            let refusal = json!({"error": "Allocation failed"});
            server.set_response("POST /channels", 500, &refusal);
            let pjsip = json!([{"technology": "PJSIP", "resource": "x", "channel_ids": []}]);
            server.set_response("GET /endpoints", 200, &pjsip);
            server.set_response("GET /asterisk/modules", 200, &json!([{"name": module}]));
            let client = server.client();
            let call = client.channels().originate("AudioSocket/127.0.0.1:1/x");
            let call = call.extension("1").into_future();
            let error = within_limit(call).await.expect_err("a refusal");
            assert!(error.to_string().contains(expected), "{error}");
            let outcome = CallOutcome::of_error(error).expect("an outcome");
            assert_eq!(outcome.name(), "unreachable");
        });
    }
}

/// Asterisk's message usually names the object. If not, the client asks the server.
#[test]
fn refusals_name_their_object_kind() {
    // The first is the response to the request itself.
    let cases: &[(&str, Responses, Option<&str>, bool)] = &[
        (
            "play",
            &[("POST /channels/c/play", 404, "Channel not found")],
            Some("channel c"),
            true,
        ),
        (
            "play",
            &[(
                "POST /channels/c/play",
                409,
                "Channel not in Stasis application",
            )],
            Some("channel c"),
            false,
        ),
        // From a proxy, or from a server without the module.
        (
            "play",
            &[("POST /channels/c/play", 404, "Resource not found")],
            None,
            false,
        ),
        (
            "play",
            &[
                ("POST /channels/c/play", 404, "?"),
                ("GET /channels/c", 404, "Channel not found"),
            ],
            Some("channel c"),
            true,
        ),
        (
            "play",
            &[("POST /channels/c/play", 500, "Channel not found")],
            None,
            false,
        ),
        (
            "stop",
            &[("DELETE /playbacks/p", 404, "Playback not found")],
            Some("playback p"),
            true,
        ),
        (
            "get variable",
            &[
                (
                    "GET /channels/c/variable",
                    404,
                    "Provided variable was not found",
                ),
                ("GET /channels/c", 200, ""),
            ],
            None,
            false,
        ),
        (
            "get variable",
            &[(
                "GET /channels/c/variable",
                404,
                "Provided channel was not found",
            )],
            Some("channel c"),
            true,
        ),
        (
            "add",
            &[("POST /bridges/b/addChannel", 404, "Bridge not found")],
            Some("bridge b"),
            true,
        ),
        (
            "add",
            &[(
                "POST /bridges/b/addChannel",
                409,
                "Bridge not in Stasis application",
            )],
            Some("bridge b"),
            false,
        ),
        (
            "add",
            &[
                ("POST /bridges/b/addChannel", 400, "Channel not found"),
                ("GET /channels/c", 200, ""),
                ("GET /channels/d", 404, "Channel not found"),
            ],
            Some("channel d"),
            true,
        ),
        (
            "add",
            &[(
                "POST /bridges/b/addChannel",
                422,
                "Channel not in Stasis application",
            )],
            None,
            false,
        ),
        (
            "source",
            &[("POST /bridges/b/videoSource/c", 400, "Channel not found")],
            Some("channel c"),
            true,
        ),
        (
            "record",
            &[(
                "POST /channels/c/record",
                409,
                "Recording 'r' already exists",
            )],
            Some("live_recording r"),
            false,
        ),
        (
            "record",
            &[(
                "POST /channels/c/record",
                409,
                "Channel not in Stasis application",
            )],
            Some("channel c"),
            false,
        ),
        (
            "create",
            &[("POST /bridges", 409, "Bridge with id 'b' already exists")],
            Some("bridge b"),
            false,
        ),
        (
            "claim",
            &[
                (
                    "POST /events/claim",
                    404,
                    "Channel not found or not in broadcast state",
                ),
                ("GET /channels/c", 404, "Channel not found"),
            ],
            Some("channel c"),
            true,
        ),
        (
            "claim",
            &[
                (
                    "POST /events/claim",
                    404,
                    "Channel not found or not in broadcast state",
                ),
                ("GET /channels/c", 200, ""),
            ],
            Some("channel c"),
            false,
        ),
        (
            "live",
            &[("DELETE /recordings/live/r", 404, "Recording not found")],
            Some("live_recording r"),
            true,
        ),
        (
            "originate",
            &[(
                "POST /channels",
                400,
                "Provided originator channel was not found",
            )],
            Some("channel c"),
            true,
        ),
        // No message names an event source.
        (
            "subscribe",
            &[
                (
                    "POST /applications/a/subscription",
                    422,
                    "Event source does not exist",
                ),
                ("GET /bridges/b", 200, ""),
                ("GET /channels/c", 404, "Channel not found"),
            ],
            Some("channel c"),
            true,
        ),
        (
            "subscribe",
            &[
                (
                    "POST /applications/a/subscription",
                    422,
                    "Event source does not exist",
                ),
                ("GET /bridges/b", 200, ""),
                ("GET /channels/c", 200, ""),
                ("GET /endpoints/PJSIP/e", 404, "Endpoint not found"),
            ],
            Some("endpoint PJSIP/e"),
            true,
        ),
        (
            "user event",
            &[
                ("POST /events/user/e", 422, "Event source was not found"),
                ("GET /channels/c", 404, "Channel not found"),
            ],
            Some("channel c"),
            true,
        ),
    ];
    for (request, answers, object, is_missing) in cases {
        run(async |server| {
            let client = server.client();
            for (line, status, message) in *answers {
                server.set_response(line, *status, &json!({"message": message}));
            }
            let result = within_limit(async {
                match *request {
                    "play" => play(&client).await,
                    "stop" => client.playback("p").stop().await,
                    "get variable" => client.channel("c").get_channel_var("x").await.map(drop),
                    "add" => add_channels(&client).await,
                    "source" => client.bridge("b").set_video_source("c").await,
                    "record" => client.channel("c").record("r", "wav").await.map(drop),
                    "create" => client.bridges().create().bridge_id("b").await.map(drop),
                    "originate" => {
                        let call = client.channels().originate("PJSIP/e").app("a");
                        call.originator("c").await.map(drop)
                    }
                    "subscribe" => {
                        let sources =
                            ["bridge:b", "deviceState:x", "channel:c", "endpoint:PJSIP/e"];
                        client.application("a").subscribe(sources).await.map(drop)
                    }
                    "user event" => {
                        client
                            .events()
                            .user_event("e", "a")
                            .source("channel:c")
                            .await
                    }
                    "claim" => client.events().claim_channel("c", "a").await,
                    _ => client.live_recording("r").cancel().await,
                }
            });
            let error = result.await.expect_err("a refusal");
            let label = format!("{request} {answers:?}: {error}");
            let Error::Response(refusal) = &error else {
                panic!("{label}");
            };
            let told = refusal.object.as_ref().map(ToString::to_string);
            assert_eq!(told.as_deref(), *object, "{label}");
            assert_eq!(refusal.is_missing, *is_missing, "{label}");
            let is_channel = object.is_some_and(|object| object.starts_with("channel"));
            assert_eq!(
                error.is_channel_gone(),
                is_channel && *is_missing,
                "{label}"
            );
            if let Some(object) = object {
                assert!(error.to_string().contains(object), "{label}");
            }
        });
    }
}
