//! Scenarios for administration: modules, log channels, configuration and specs.

use serde_json::json;

use super::probe::Probe;
use super::scenario::Scenario;

pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario::new("modules", |probe| Box::pin(modules(probe))),
    Scenario::new("log channels", |probe| Box::pin(log_channels(probe))),
    Scenario::new("configuration objects", |probe| {
        Box::pin(config_objects(probe))
    })
    .varying("16 still finds an endpoint for a moment after its object was deleted"),
    Scenario::new("specs", |probe| Box::pin(specs(probe))),
];

async fn request_all(probe: &mut Probe, requests: &[(&str, &str)]) {
    for (method, target) in requests {
        probe.request(method, &format!("/ari/{target}")).await;
    }
}

async fn modules(probe: &mut Probe) {
    let requests = [
        ("GET", "res_ari.so"),
        ("GET", "res_ari"),
        ("GET", "res_ari_"),
        ("GET", "RES_ARI.so"),
        ("GET", "nope.so"),
        ("PUT", "nope.so"),
        ("POST", "nope.so"),
        ("DELETE", "nope.so"),
        ("POST", "app_echo.so"),
        ("PUT", "app_echo.so"),
        ("PUT", "APP_echo"),
        ("DELETE", "app_echo.so"),
        ("GET", "app_echo.so"),
        ("DELETE", "app_echo.so"),
        ("PUT", "app_echo.so"),
        ("POST", "app_echo"),
        ("POST", "app_echo"),
        ("PUT", "res_ari.so"),
        ("PUT", "res_pjsip"),
        ("PUT", "chan_pjsip.so"),
        ("DELETE", "res_stasis.so"),
        ("DELETE", "res_stasis_playback.so"),
        ("DELETE", "res_ari_sounds.so"),
    ];
    for (method, name) in requests {
        let target = format!("/ari/asterisk/modules/{name}");
        probe.request(method, &target).await;
    }
    request_all(
        probe,
        &[
            ("GET", "sounds/beep"),
            ("OPTIONS", "sounds"),
            ("POST", "events"),
            ("POST", "asterisk/modules/res_ari_sounds.so"),
            ("GET", "sounds/beep"),
        ],
    )
    .await;
}

async fn log_channels(probe: &mut Probe) {
    request_all(
        probe,
        &[
            ("GET", "asterisk/logging"),
            ("POST", "asterisk/logging/foo"),
            ("POST", "asterisk/logging/foo?configuration="),
            ("POST", "asterisk/logging/foo?configuration=nope"),
            ("POST", "asterisk/logging/foo?configuration=notice"),
            ("GET", "asterisk/logging"),
            ("PUT", "asterisk/logging/foo/rotate"),
            ("PUT", "asterisk/logging/foo/rotate"),
            ("POST", "asterisk/logging/foo?configuration=verbose,Notice"),
            ("GET", "asterisk/logging"),
            ("DELETE", "asterisk/logging/foo"),
            ("DELETE", "asterisk/logging/foo"),
            ("PUT", "asterisk/logging/full.log/rotate"),
            ("GET", "asterisk/logging"),
        ],
    )
    .await;
}

async fn config_objects(probe: &mut Probe) {
    let fields = |pairs: &[(&str, &str)]| {
        let pairs = pairs.iter();
        let tuples = pairs.map(|(name, value)| json!({"attribute": name, "value": value}));
        json!({"fields": tuples.collect::<Vec<_>>()})
    };
    let auth = [
        ("auth_type", "userpass"),
        ("username", "u"),
        ("password", "p"),
    ];
    for (method, path, body) in [
        ("GET", "nope/auth/a", json!({})),
        ("GET", "res_pjsip/nope/a", json!({})),
        ("GET", "res_pjsip/auth/a", json!({})),
        ("PUT", "nope/auth/a", fields(&[])),
        ("PUT", "res_pjsip/nope/a", fields(&[])),
        ("DELETE", "nope/nope/a", json!({})),
        ("DELETE", "res_pjsip/nope/a", json!({})),
        ("PUT", "res_pjsip/auth/a", json!({})),
        ("PUT", "res_pjsip/auth/a", fields(&auth)),
        ("GET", "res_pjsip/auth/a", json!({})),
        ("PUT", "res_pjsip/auth/a", fields(&[("username", "v")])),
        ("PUT", "res_pjsip/auth/a", fields(&[("nope", "v")])),
        ("PUT", "res_pjsip/auth/a", fields(&[("auth_type", "nope")])),
        ("PUT", "res_pjsip/auth/a", json!({"fields": 5})),
        ("PUT", "res_pjsip/auth/a", json!({"username": "w"})),
        ("DELETE", "res_pjsip/auth/a", json!({})),
        ("DELETE", "res_pjsip/auth/a", json!({})),
        ("PUT", "res_pjsip/aor/a", json!({})),
        ("DELETE", "res_pjsip/endpoint/loop", json!({})),
        (
            "PUT",
            "res_pjsip/endpoint/loop",
            fields(&[("context", "x")]),
        ),
        (
            "PUT",
            "res_pjsip/transport/t",
            fields(&[("protocol", "udp")]),
        ),
        ("GET", "res_pjsip/system/x", json!({})),
        ("PUT", "res_pjsip/system/x", json!({})),
        ("DELETE", "res_pjsip/system/x", json!({})),
        ("PUT", "res_pjsip/endpoint/new", fields(&[("aors", "loop")])),
    ] {
        let target = format!("/ari/asterisk/config/dynamic/{path}");
        probe.request_json(method, &target, body).await;
    }
    request_all(
        probe,
        &[
            ("GET", "endpoints/PJSIP/new"),
            ("DELETE", "asterisk/config/dynamic/res_pjsip/endpoint/new"),
            ("GET", "endpoints/PJSIP/new"),
            ("DELETE", "asterisk/config/dynamic/res_pjsip/aor/a"),
        ],
    )
    .await;
}

async fn specs(probe: &mut Probe) {
    // The content of the specs is not compared, because it contains Asterisk's own sentences.
    request_all(
        probe,
        &[
            ("POST", "api-docs/resources.json"),
            ("OPTIONS", "api-docs/resources.json"),
            ("DELETE", "api-docs/nope"),
            ("GET", "api-docs/nope.json"),
            ("GET", "api-docs"),
            ("GET", "api-docs/"),
            ("GET", "api-docs/channels"),
            ("GET", "api-docs/a/b.json"),
            ("GET", "api-docs/resources.json/"),
        ],
    )
    .await;
}
