//! Large messages, and servers without a gateway.

use ari_mock::Asterisk;

use crate::support::{Nats, gateway, wait_until_connected};

#[tokio::test(flavor = "multi_thread")]
async fn large_responses_come_in_parts() {
    let Some(nats) = Nats::start().await else {
        return;
    };
    let cluster = nats.cluster().await;
    let pbx = Asterisk::start().await.unwrap();
    let _gateway = gateway(&cluster, "munich", &pbx);
    wait_until_connected(&cluster, 1).await;
    for _ in 0..2000 {
        let _ = pbx.incoming_call("PJSIP/alice").into_application("other");
    }
    let client = pbx.client().unwrap();
    let direct = client.channels().list().await.unwrap();
    let listed = cluster.server("munich").channels().list().await.unwrap();
    assert_eq!(direct.len(), listed.len());
    assert_eq!(direct, listed);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_gateway_nothing_is_sent() {
    let Some(nats) = Nats::start().await else {
        return;
    };
    let cluster = nats.cluster().await;
    let error = cluster
        .server("nowhere")
        .channels()
        .list()
        .await
        .unwrap_err();
    assert!(error.is_retryable(), "{error}");
    let expected = "channels.list (GET /channels): not sent: the gateway of server \"nowhere\": there is none that is connected to Asterisk";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_large_requests_are_not_sent() {
    let Some(nats) = Nats::start().await else {
        return;
    };
    let cluster = nats.cluster().await;
    let pbx = Asterisk::start().await.unwrap();
    let _gateway = gateway(&cluster, "munich", &pbx);
    wait_until_connected(&cluster, 1).await;
    let channel = cluster.server("munich").channel("1");
    let error = channel
        .set_channel_var("X")
        .value("x".repeat(17 * 1024 * 1024))
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("16 MiB") && text.contains("nothing was sent"),
        "{text}"
    );
    assert!(!error.is_retryable(), "{text}");
}
