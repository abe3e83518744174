//! Log channels, modules and configuration objects that change while the server runs.

mod ours {
    use crate::live::session::{on_every_release, refusal};

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

    #[test]
    fn module_is_unloaded_and_loaded() {
        on_every_release(async |session| {
            let module = session.client.module("app_morsecode.so");
            module.get_module().await.unwrap();
            module.unload_module().await.unwrap();
            assert_eq!(refusal(module.get_module().await).0, 404);
            module.load_module().await.unwrap();
            module.get_module().await.unwrap();
        });
    }
}

/// The subjects of Asterisk's own test suite, in our own words.
mod upstream {
    use crate::live::session::{on_every_release, refusal};

    /// An object is created, changed and deleted. An object that a file defines is not.
    #[test]
    fn dynamic_configuration_update() {
        on_every_release(async |session| {
            let object = session.client.config_dynamic("res_pjsip", "aor", "dyn");
            assert_eq!(refusal(object.get_object().await).0, 404);
            let fields = [("max_contacts", "3"), ("mailboxes", "a@b,c;d\"é")];
            let created = object.update_object().fields(fields).await.unwrap();
            let changed = object.update_object().fields([("max_contacts", "5")]);
            let changed = changed.await.unwrap();
            let read = object.get_object().await.unwrap();
            for (tuples, contacts) in [(&created, "3"), (&changed, "5"), (&read, "5")] {
                let value = |attribute: &str| {
                    let tuple = tuples.iter().find(|tuple| tuple.attribute == attribute);
                    tuple.unwrap().value.as_str()
                };
                assert_eq!(value("max_contacts"), contacts);
                assert_eq!(value("mailboxes"), "a@b,c;d\"é");
            }
            object.delete_object().await.unwrap();
            assert_eq!(refusal(object.get_object().await).0, 404);

            let wrong = object.update_object().fields([("no_such", "1")]).await;
            assert_eq!(refusal(wrong).0, 400);
            let file = session.client.config_dynamic("res_pjsip", "aor", "loop");
            assert_eq!(refusal(file.delete_object().await).0, 403);
        });
    }
}
