//! Configuration objects that change while the server runs.

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
