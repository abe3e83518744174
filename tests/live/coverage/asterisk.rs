//! The server itself: modules, log channels, configuration, global variables; sounds and devices.

use super::witness::CoverageRecorder;

pub(super) async fn prove(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    witness.prove(client.asterisk().ping()).await;
    witness.prove(client.asterisk().get_info()).await;

    let object = client.config_dynamic("res_pjsip", "aor", "proof");
    let fields = [("max_contacts", "3")];
    witness.prove(object.update_object().fields(fields)).await;
    witness.prove(object.get_object()).await;
    witness.prove(object.delete_object()).await;

    witness.prove(client.asterisk().list_modules()).await;
    let module = client.module("app_morsecode.so");
    witness.prove(module.get_module()).await;
    witness.prove(module.unload_module()).await;
    witness.prove(module.load_module()).await;
    // Not every module can be reloaded.
    let module = client.module("res_musiconhold.so");
    witness.prove(module.reload_module()).await;

    let log = client.log_channel("proof.log");
    witness.prove(log.add_log("notice")).await;
    witness.prove(client.asterisk().list_log_channels()).await;
    witness.prove(log.delete_log()).await;
    // Rotating removes a log channel that is in no file.
    witness.prove(log.add_log("notice")).await;
    witness.prove(log.rotate_log()).await;

    let value = client.asterisk().set_global_var("PROOF").value("1");
    witness.prove(value).await;
    witness
        .prove(client.asterisk().get_global_var("PROOF"))
        .await;

    witness.prove(client.sounds().list()).await;
    witness.prove(client.sounds().get("hello-world")).await;

    let device = client.device_state("Stasis:lamp");
    witness.prove(device.update("RINGING")).await;
    witness.events(&["DeviceStateChanged"], "Stasis:lamp").await;
    witness.prove(device.get()).await;
    witness.prove(client.device_states().list()).await;
    witness.prove(device.delete()).await;
}
