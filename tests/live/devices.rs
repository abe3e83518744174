//! Device states that applications set.

use super::session::on_every_release;

#[test]
fn device_state_is_set_and_deleted() {
    on_every_release(async |session| {
        session.subscribe_to_everything().await;
        let devices = session.client.device_states();
        let lamp = session.client.device_state("Stasis:lamp");
        lamp.update("RINGING").await.unwrap();
        session
            .wait_for_kinds(&["DeviceStateChanged"], "Stasis:lamp")
            .await;
        assert_eq!(lamp.get().await.unwrap().state.as_str(), "RINGING");
        let named = |list: Vec<ari_api::models::DeviceState>| {
            list.iter()
                .filter(|device| device.name == "Stasis:lamp")
                .count()
        };
        assert_eq!(named(devices.list().await.unwrap()), 1);
        lamp.delete().await.unwrap();
        assert_eq!(named(devices.list().await.unwrap()), 0);
    });
}
