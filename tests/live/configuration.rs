//! Log channels and modules that change while the server runs.

use super::session::{on_every_release, refusal};

/// Rotating closes log channels that are in no configuration file.
#[test]
fn a_log_channel_is_added_rotated_and_deleted() {
    on_every_release(async |session| {
        let log = session.client.log_channel("extra.log");
        let names = async || {
            let channels = session.client.asterisk().list_log_channels().await.unwrap();
            let names = channels.into_iter().map(|channel| channel.channel);
            names.filter(|name| name.ends_with("/extra.log")).count()
        };
        log.add_log("notice,warning").await.unwrap();
        assert_eq!(names().await, 1);
        assert_eq!(refusal(log.add_log("notice").await).0, 409);
        log.delete_log().await.unwrap();
        assert_eq!(names().await, 0);

        log.add_log("notice").await.unwrap();
        log.rotate_log().await.unwrap();
        assert_eq!(names().await, 0);
        assert_eq!(refusal(log.delete_log().await).0, 404);
    });
}

#[test]
fn modules_are_named_with_their_extension() {
    on_every_release(async |session| {
        let client = &session.client;
        let module = client.module("res_ari.so").get_module().await.unwrap();
        assert_eq!(module.name, "res_ari.so");
        let modules = client.asterisk().list_modules().await.unwrap();
        assert!(modules.iter().any(|other| other.name == module.name));
        for (name, status) in [("res_ari", 409), ("no_such.so", 404)] {
            let refused = client.module(name).get_module().await;
            assert_eq!(refusal(refused).0, status, "{name}");
        }
        assert_eq!(
            refusal(client.module("res_ari.so").load_module().await).0,
            409
        );
        // Unlike reading, this accepts the name without `.so`.
        client
            .module("res_musiconhold")
            .reload_module()
            .await
            .unwrap();
    });
}
