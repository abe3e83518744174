//! Settings of TLS are refused in a build without the feature `tls`.
#![cfg(not(feature = "tls"))]

use ari_api::Client;

#[test]
fn settings_of_a_feature_that_is_off_are_refused() {
    let builder = || Client::builder("http://localhost:8088/ari");
    for (builder, setting) in [
        (
            builder().add_root_certificate("ca.pem"),
            "add_root_certificate",
        ),
        (builder().identity("chain.pem", "key.pem"), "identity"),
        (builder().tls_config(()), "tls_config"),
    ] {
        let text = builder.build().expect_err("no TLS").to_string();
        assert!(
            text.contains(setting) && text.contains("features = [\"tls\"]"),
            "{text}"
        );
    }
}
