// Written by the test `samples_in_rust_are_current`: do not edit.

//! The Rust snippets of all samples, which tests compile and run.

type Outcome = Result<(), Box<dyn std::error::Error>>;

async fn sample_0(client: &ari_api::Client) -> Outcome {
    client.config_dynamic("alice", "alice", "alice").get_object().await?;
    Ok(())
}

async fn sample_1(client: &ari_api::Client) -> Outcome {
    client
        .config_dynamic("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get_object()
        .await?;
    Ok(())
}

async fn sample_2(client: &ari_api::Client) -> Outcome {
    client.config_dynamic("alice", "alice", "alice").update_object().await?;
    Ok(())
}

async fn sample_3(client: &ari_api::Client) -> Outcome {
    client
        .config_dynamic("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .update_object()
        .fields([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")])
        .await?;
    Ok(())
}

async fn sample_4(client: &ari_api::Client) -> Outcome {
    client.config_dynamic("alice", "alice", "alice").delete_object().await?;
    Ok(())
}

async fn sample_5(client: &ari_api::Client) -> Outcome {
    client
        .config_dynamic("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .delete_object()
        .await?;
    Ok(())
}

async fn sample_6(client: &ari_api::Client) -> Outcome {
    client.asterisk().get_info().await?;
    Ok(())
}

async fn sample_7(client: &ari_api::Client) -> Outcome {
    client.asterisk().get_info().only(["status", "status"]).await?;
    Ok(())
}

async fn sample_8(client: &ari_api::Client) -> Outcome {
    client.asterisk().ping().await?;
    Ok(())
}

async fn sample_9(client: &ari_api::Client) -> Outcome {
    client.asterisk().ping().await?;
    Ok(())
}

async fn sample_10(client: &ari_api::Client) -> Outcome {
    client.asterisk().list_modules().await?;
    Ok(())
}

async fn sample_11(client: &ari_api::Client) -> Outcome {
    client.asterisk().list_modules().await?;
    Ok(())
}

async fn sample_12(client: &ari_api::Client) -> Outcome {
    client.module("alice").get_module().await?;
    Ok(())
}

async fn sample_13(client: &ari_api::Client) -> Outcome {
    client
        .module("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get_module()
        .await?;
    Ok(())
}

async fn sample_14(client: &ari_api::Client) -> Outcome {
    client.module("alice").load_module().await?;
    Ok(())
}

async fn sample_15(client: &ari_api::Client) -> Outcome {
    client
        .module("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .load_module()
        .await?;
    Ok(())
}

async fn sample_16(client: &ari_api::Client) -> Outcome {
    client.module("alice").unload_module().await?;
    Ok(())
}

async fn sample_17(client: &ari_api::Client) -> Outcome {
    client
        .module("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .unload_module()
        .await?;
    Ok(())
}

async fn sample_18(client: &ari_api::Client) -> Outcome {
    client.module("alice").reload_module().await?;
    Ok(())
}

async fn sample_19(client: &ari_api::Client) -> Outcome {
    client
        .module("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .reload_module()
        .await?;
    Ok(())
}

async fn sample_20(client: &ari_api::Client) -> Outcome {
    client.asterisk().list_log_channels().await?;
    Ok(())
}

async fn sample_21(client: &ari_api::Client) -> Outcome {
    client.asterisk().list_log_channels().await?;
    Ok(())
}

async fn sample_22(client: &ari_api::Client) -> Outcome {
    client.log_channel("alice").add_log("alice").await?;
    Ok(())
}

async fn sample_23(client: &ari_api::Client) -> Outcome {
    client
        .log_channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .add_log("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_24(client: &ari_api::Client) -> Outcome {
    client.log_channel("alice").delete_log().await?;
    Ok(())
}

async fn sample_25(client: &ari_api::Client) -> Outcome {
    client
        .log_channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .delete_log()
        .await?;
    Ok(())
}

async fn sample_26(client: &ari_api::Client) -> Outcome {
    client.log_channel("alice").rotate_log().await?;
    Ok(())
}

async fn sample_27(client: &ari_api::Client) -> Outcome {
    client
        .log_channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .rotate_log()
        .await?;
    Ok(())
}

async fn sample_28(client: &ari_api::Client) -> Outcome {
    client.asterisk().get_global_var("alice").await?;
    Ok(())
}

async fn sample_29(client: &ari_api::Client) -> Outcome {
    client
        .asterisk()
        .get_global_var("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_30(client: &ari_api::Client) -> Outcome {
    client.asterisk().set_global_var("alice").await?;
    Ok(())
}

async fn sample_31(client: &ari_api::Client) -> Outcome {
    client
        .asterisk()
        .set_global_var("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .value("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_32(client: &ari_api::Client) -> Outcome {
    client.endpoints().list().await?;
    Ok(())
}

async fn sample_33(client: &ari_api::Client) -> Outcome {
    client.endpoints().list().await?;
    Ok(())
}

async fn sample_34(client: &ari_api::Client) -> Outcome {
    client.endpoints().send_message("alice", "alice").await?;
    Ok(())
}

async fn sample_35(client: &ari_api::Client) -> Outcome {
    client
        .endpoints()
        .send_message("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .body("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .variables([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"), ("B", "2")])
        .await?;
    Ok(())
}

async fn sample_36(client: &ari_api::Client) -> Outcome {
    client.endpoints().refer("alice", "alice", "alice").await?;
    Ok(())
}

async fn sample_37(client: &ari_api::Client) -> Outcome {
    client
        .endpoints()
        .refer("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .to_self(true)
        .variables([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"), ("B", "2")])
        .await?;
    Ok(())
}

async fn sample_38(client: &ari_api::Client) -> Outcome {
    client.endpoints().list_by_tech("alice").await?;
    Ok(())
}

async fn sample_39(client: &ari_api::Client) -> Outcome {
    client
        .endpoints()
        .list_by_tech("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_40(client: &ari_api::Client) -> Outcome {
    client.endpoint("alice", "alice").get().await?;
    Ok(())
}

async fn sample_41(client: &ari_api::Client) -> Outcome {
    client
        .endpoint("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get()
        .await?;
    Ok(())
}

async fn sample_42(client: &ari_api::Client) -> Outcome {
    client.endpoint("alice", "alice").send_message_to_endpoint("alice").await?;
    Ok(())
}

async fn sample_43(client: &ari_api::Client) -> Outcome {
    client
        .endpoint("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .send_message_to_endpoint("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .body("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .variables([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"), ("B", "2")])
        .await?;
    Ok(())
}

async fn sample_44(client: &ari_api::Client) -> Outcome {
    client.endpoint("alice", "alice").refer_to_endpoint("alice", "alice").await?;
    Ok(())
}

async fn sample_45(client: &ari_api::Client) -> Outcome {
    client
        .endpoint("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .refer_to_endpoint("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .to_self(true)
        .variables([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"), ("B", "2")])
        .await?;
    Ok(())
}

async fn sample_46(client: &ari_api::Client) -> Outcome {
    client.channels().list().await?;
    Ok(())
}

async fn sample_47(client: &ari_api::Client) -> Outcome {
    client.channels().list().await?;
    Ok(())
}

async fn sample_48(client: &ari_api::Client) -> Outcome {
    client.channels().originate("alice").await?;
    Ok(())
}

async fn sample_49(client: &ari_api::Client) -> Outcome {
    client
        .channels()
        .originate("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .extension("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .context("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .priority(1)
        .label("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .app("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .app_args(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .caller_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .timeout(std::time::Duration::from_secs(1))
        .variables([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", ari_api::VariableValue::with_event_reporting("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")), ("B", ari_api::VariableValue::from("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"))])
        .channel_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .other_channel_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .originator("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .formats("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_50(client: &ari_api::Client) -> Outcome {
    client.channels().create("alice", "alice").await?;
    Ok(())
}

async fn sample_51(client: &ari_api::Client) -> Outcome {
    client
        .channels()
        .create("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .app_args(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .channel_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .other_channel_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .originator("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .formats("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .variables([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", ari_api::VariableValue::with_event_reporting("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")), ("B", ari_api::VariableValue::from("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"))])
        .await?;
    Ok(())
}

async fn sample_52(client: &ari_api::Client) -> Outcome {
    client.channel("alice").get().await?;
    Ok(())
}

async fn sample_53(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get()
        .await?;
    Ok(())
}

async fn sample_54(client: &ari_api::Client) -> Outcome {
    client.channel("alice").originate_with_id("alice").await?;
    Ok(())
}

async fn sample_55(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .originate_with_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .extension("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .context("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .priority(1)
        .label("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .app("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .app_args(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .caller_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .timeout(std::time::Duration::from_secs(1))
        .variables([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", ari_api::VariableValue::with_event_reporting("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")), ("B", ari_api::VariableValue::from("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"))])
        .other_channel_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .originator("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .formats("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_56(client: &ari_api::Client) -> Outcome {
    client.channel("alice").hangup().await?;
    Ok(())
}

async fn sample_57(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .hangup()
        .reason_code("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .reason("answered_elsewhere")
        .await?;
    Ok(())
}

async fn sample_58(client: &ari_api::Client) -> Outcome {
    client.channel("alice").continue_in_dialplan().await?;
    Ok(())
}

async fn sample_59(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .continue_in_dialplan()
        .context("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .extension("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .priority(1)
        .label("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_60(client: &ari_api::Client) -> Outcome {
    client.channel("alice").r#move("alice").await?;
    Ok(())
}

async fn sample_61(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .r#move("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .app_args("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_62(client: &ari_api::Client) -> Outcome {
    client.channel("alice").redirect("alice").await?;
    Ok(())
}

async fn sample_63(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .redirect("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_64(client: &ari_api::Client) -> Outcome {
    client.channel("alice").answer().await?;
    Ok(())
}

async fn sample_65(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .answer()
        .await?;
    Ok(())
}

async fn sample_66(client: &ari_api::Client) -> Outcome {
    client.channel("alice").ring().await?;
    Ok(())
}

async fn sample_67(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .ring()
        .await?;
    Ok(())
}

async fn sample_68(client: &ari_api::Client) -> Outcome {
    client.channel("alice").ring_stop().await?;
    Ok(())
}

async fn sample_69(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .ring_stop()
        .await?;
    Ok(())
}

async fn sample_70(client: &ari_api::Client) -> Outcome {
    client.channel("alice").progress().await?;
    Ok(())
}

async fn sample_71(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .progress()
        .await?;
    Ok(())
}

async fn sample_72(client: &ari_api::Client) -> Outcome {
    client.channel("alice").send_dtmf("alice").await?;
    Ok(())
}

async fn sample_73(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .send_dtmf("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .before(std::time::Duration::from_millis(1))
        .between(std::time::Duration::from_millis(1))
        .duration(std::time::Duration::from_millis(1))
        .after(std::time::Duration::from_millis(1))
        .await?;
    Ok(())
}

async fn sample_74(client: &ari_api::Client) -> Outcome {
    client.channel("alice").mute().direction("both").await?;
    Ok(())
}

async fn sample_75(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .mute()
        .direction("out")
        .await?;
    Ok(())
}

async fn sample_76(client: &ari_api::Client) -> Outcome {
    client.channel("alice").unmute().direction("both").await?;
    Ok(())
}

async fn sample_77(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .unmute()
        .direction("out")
        .await?;
    Ok(())
}

async fn sample_78(client: &ari_api::Client) -> Outcome {
    client.channel("alice").hold().await?;
    Ok(())
}

async fn sample_79(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .hold()
        .await?;
    Ok(())
}

async fn sample_80(client: &ari_api::Client) -> Outcome {
    client.channel("alice").unhold().await?;
    Ok(())
}

async fn sample_81(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .unhold()
        .await?;
    Ok(())
}

async fn sample_82(client: &ari_api::Client) -> Outcome {
    client.channel("alice").start_moh().await?;
    Ok(())
}

async fn sample_83(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .start_moh()
        .moh_class("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_84(client: &ari_api::Client) -> Outcome {
    client.channel("alice").stop_moh().await?;
    Ok(())
}

async fn sample_85(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .stop_moh()
        .await?;
    Ok(())
}

async fn sample_86(client: &ari_api::Client) -> Outcome {
    client.channel("alice").start_silence().await?;
    Ok(())
}

async fn sample_87(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .start_silence()
        .await?;
    Ok(())
}

async fn sample_88(client: &ari_api::Client) -> Outcome {
    client.channel("alice").stop_silence().await?;
    Ok(())
}

async fn sample_89(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .stop_silence()
        .await?;
    Ok(())
}

async fn sample_90(client: &ari_api::Client) -> Outcome {
    client.channel("alice").play(["alice", "alice"]).await?;
    Ok(())
}

async fn sample_91(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .play(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .lang("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .offset(std::time::Duration::from_millis(1))
        .skip(std::time::Duration::from_millis(1))
        .playback_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_92(client: &ari_api::Client) -> Outcome {
    client.channel("alice").play_with_id("alice", ["alice", "alice"]).await?;
    Ok(())
}

async fn sample_93(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .play_with_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", ["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .lang("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .offset(std::time::Duration::from_millis(1))
        .skip(std::time::Duration::from_millis(1))
        .await?;
    Ok(())
}

async fn sample_94(client: &ari_api::Client) -> Outcome {
    client.channel("alice").record("alice", "alice").await?;
    Ok(())
}

async fn sample_95(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .record("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .max_duration(std::time::Duration::from_secs(1))
        .max_silence(std::time::Duration::from_secs(1))
        .if_exists("append")
        .beep(true)
        .terminate_on("#")
        .await?;
    Ok(())
}

async fn sample_96(client: &ari_api::Client) -> Outcome {
    client.channel("alice").get_channel_var("alice").await?;
    Ok(())
}

async fn sample_97(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get_channel_var("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_98(client: &ari_api::Client) -> Outcome {
    client.channel("alice").set_channel_var("alice").await?;
    Ok(())
}

async fn sample_99(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .set_channel_var("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .value("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .report_events(true)
        .await?;
    Ok(())
}

async fn sample_100(client: &ari_api::Client) -> Outcome {
    client.channel("alice").get_channel_vars(["alice", "alice"]).await?;
    Ok(())
}

async fn sample_101(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get_channel_vars(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .await?;
    Ok(())
}

async fn sample_102(client: &ari_api::Client) -> Outcome {
    client
        .channel("alice")
        .set_channel_vars([("alice", "alice"), ("B", "2")])
        .await?;
    Ok(())
}

async fn sample_103(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .set_channel_vars([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", ari_api::VariableValue::with_event_reporting("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")), ("B", ari_api::VariableValue::from("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"))])
        .await?;
    Ok(())
}

async fn sample_104(client: &ari_api::Client) -> Outcome {
    client.channel("alice").snoop_channel("alice").await?;
    Ok(())
}

async fn sample_105(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .snoop_channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .spy("in")
        .whisper("in")
        .app_args(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .snoop_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_106(client: &ari_api::Client) -> Outcome {
    client.channel("alice").snoop_channel_with_id("alice", "alice").await?;
    Ok(())
}

async fn sample_107(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .snoop_channel_with_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .spy("in")
        .whisper("in")
        .app_args(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .await?;
    Ok(())
}

async fn sample_108(client: &ari_api::Client) -> Outcome {
    client.channel("alice").dial().await?;
    Ok(())
}

async fn sample_109(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .dial()
        .caller("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .timeout(std::time::Duration::from_secs(1))
        .await?;
    Ok(())
}

async fn sample_110(client: &ari_api::Client) -> Outcome {
    client.channel("alice").rtp_statistics().await?;
    Ok(())
}

async fn sample_111(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .rtp_statistics()
        .await?;
    Ok(())
}

async fn sample_112(client: &ari_api::Client) -> Outcome {
    client.channels().external_media("alice", "alice").await?;
    Ok(())
}

async fn sample_113(client: &ari_api::Client) -> Outcome {
    client
        .channels()
        .external_media("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .channel_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .variables([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", ari_api::VariableValue::with_event_reporting("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")), ("B", ari_api::VariableValue::from("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"))])
        .external_host("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .encapsulation("none")
        .transport("websocket")
        .connection_type("server")
        .direction("out")
        .data("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .transport_data("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_114(client: &ari_api::Client) -> Outcome {
    client.channel("alice").transfer_progress("alice").await?;
    Ok(())
}

async fn sample_115(client: &ari_api::Client) -> Outcome {
    client
        .channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .transfer_progress("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_116(client: &ari_api::Client) -> Outcome {
    client.bridges().list().await?;
    Ok(())
}

async fn sample_117(client: &ari_api::Client) -> Outcome {
    client.bridges().list().await?;
    Ok(())
}

async fn sample_118(client: &ari_api::Client) -> Outcome {
    client.bridges().create().await?;
    Ok(())
}

async fn sample_119(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .create_with_id()
        .kind("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .name("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .variables([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", ari_api::VariableValue::with_event_reporting("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")), ("B", ari_api::VariableValue::from("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"))])
        .await?;
    Ok(())
}

async fn sample_120(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").create_with_id().await?;
    Ok(())
}

async fn sample_121(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .create_with_id()
        .kind("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .name("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .variables([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", ari_api::VariableValue::with_event_reporting("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")), ("B", ari_api::VariableValue::from("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"))])
        .await?;
    Ok(())
}

async fn sample_122(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").get().await?;
    Ok(())
}

async fn sample_123(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get()
        .await?;
    Ok(())
}

async fn sample_124(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").destroy().await?;
    Ok(())
}

async fn sample_125(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .destroy()
        .await?;
    Ok(())
}

async fn sample_126(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").get_bridge_var("alice").await?;
    Ok(())
}

async fn sample_127(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get_bridge_var("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_128(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").set_bridge_var("alice").await?;
    Ok(())
}

async fn sample_129(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .set_bridge_var("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .value("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .report_events(true)
        .await?;
    Ok(())
}

async fn sample_130(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").get_bridge_vars(["alice", "alice"]).await?;
    Ok(())
}

async fn sample_131(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get_bridge_vars(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .await?;
    Ok(())
}

async fn sample_132(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").set_bridge_vars([("alice", "alice"), ("B", "2")]).await?;
    Ok(())
}

async fn sample_133(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .set_bridge_vars([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", ari_api::VariableValue::with_event_reporting("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")), ("B", ari_api::VariableValue::from("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"))])
        .await?;
    Ok(())
}

async fn sample_134(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").add_channel(["alice", "alice"]).await?;
    Ok(())
}

async fn sample_135(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .add_channel(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .role("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .absorb_dtmf(true)
        .mute(true)
        .inhibit_connected_line_updates(true)
        .await?;
    Ok(())
}

async fn sample_136(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").remove_channel(["alice", "alice"]).await?;
    Ok(())
}

async fn sample_137(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .remove_channel(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .await?;
    Ok(())
}

async fn sample_138(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").set_video_source("alice").await?;
    Ok(())
}

async fn sample_139(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .set_video_source("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_140(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").clear_video_source().await?;
    Ok(())
}

async fn sample_141(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .clear_video_source()
        .await?;
    Ok(())
}

async fn sample_142(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").start_moh().await?;
    Ok(())
}

async fn sample_143(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .start_moh()
        .moh_class("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_144(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").stop_moh().await?;
    Ok(())
}

async fn sample_145(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .stop_moh()
        .await?;
    Ok(())
}

async fn sample_146(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").play(["alice", "alice"]).await?;
    Ok(())
}

async fn sample_147(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .play(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .announcer_format("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .lang("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .offset(std::time::Duration::from_millis(1))
        .skip(std::time::Duration::from_millis(1))
        .playback_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_148(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").play_with_id("alice", ["alice", "alice"]).await?;
    Ok(())
}

async fn sample_149(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .play_with_id("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", ["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .announcer_format("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .lang("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .offset(std::time::Duration::from_millis(1))
        .skip(std::time::Duration::from_millis(1))
        .await?;
    Ok(())
}

async fn sample_150(client: &ari_api::Client) -> Outcome {
    client.bridge("alice").record("alice", "alice").await?;
    Ok(())
}

async fn sample_151(client: &ari_api::Client) -> Outcome {
    client
        .bridge("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .record("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .recorder_format("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .max_duration(std::time::Duration::from_secs(1))
        .max_silence(std::time::Duration::from_secs(1))
        .if_exists("append")
        .beep(true)
        .terminate_on("#")
        .await?;
    Ok(())
}

async fn sample_152(client: &ari_api::Client) -> Outcome {
    client.recordings().list_stored().await?;
    Ok(())
}

async fn sample_153(client: &ari_api::Client) -> Outcome {
    client.recordings().list_stored().await?;
    Ok(())
}

async fn sample_154(client: &ari_api::Client) -> Outcome {
    client.stored_recording("alice").get_stored().await?;
    Ok(())
}

async fn sample_155(client: &ari_api::Client) -> Outcome {
    client
        .stored_recording("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get_stored()
        .await?;
    Ok(())
}

async fn sample_156(client: &ari_api::Client) -> Outcome {
    client.stored_recording("alice").delete_stored().await?;
    Ok(())
}

async fn sample_157(client: &ari_api::Client) -> Outcome {
    client
        .stored_recording("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .delete_stored()
        .await?;
    Ok(())
}

async fn sample_158(client: &ari_api::Client) -> Outcome {
    client.stored_recording("alice").get_stored_file().await?;
    Ok(())
}

async fn sample_159(client: &ari_api::Client) -> Outcome {
    client
        .stored_recording("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get_stored_file()
        .await?;
    Ok(())
}

async fn sample_160(client: &ari_api::Client) -> Outcome {
    client.stored_recording("alice").copy_stored("alice").await?;
    Ok(())
}

async fn sample_161(client: &ari_api::Client) -> Outcome {
    client
        .stored_recording("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .copy_stored("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_162(client: &ari_api::Client) -> Outcome {
    client.live_recording("alice").get_live().await?;
    Ok(())
}

async fn sample_163(client: &ari_api::Client) -> Outcome {
    client
        .live_recording("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get_live()
        .await?;
    Ok(())
}

async fn sample_164(client: &ari_api::Client) -> Outcome {
    client.live_recording("alice").cancel().await?;
    Ok(())
}

async fn sample_165(client: &ari_api::Client) -> Outcome {
    client
        .live_recording("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .cancel()
        .await?;
    Ok(())
}

async fn sample_166(client: &ari_api::Client) -> Outcome {
    client.live_recording("alice").stop().await?;
    Ok(())
}

async fn sample_167(client: &ari_api::Client) -> Outcome {
    client
        .live_recording("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .stop()
        .await?;
    Ok(())
}

async fn sample_168(client: &ari_api::Client) -> Outcome {
    client.live_recording("alice").pause().await?;
    Ok(())
}

async fn sample_169(client: &ari_api::Client) -> Outcome {
    client
        .live_recording("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .pause()
        .await?;
    Ok(())
}

async fn sample_170(client: &ari_api::Client) -> Outcome {
    client.live_recording("alice").unpause().await?;
    Ok(())
}

async fn sample_171(client: &ari_api::Client) -> Outcome {
    client
        .live_recording("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .unpause()
        .await?;
    Ok(())
}

async fn sample_172(client: &ari_api::Client) -> Outcome {
    client.live_recording("alice").mute().await?;
    Ok(())
}

async fn sample_173(client: &ari_api::Client) -> Outcome {
    client
        .live_recording("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .mute()
        .await?;
    Ok(())
}

async fn sample_174(client: &ari_api::Client) -> Outcome {
    client.live_recording("alice").unmute().await?;
    Ok(())
}

async fn sample_175(client: &ari_api::Client) -> Outcome {
    client
        .live_recording("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .unmute()
        .await?;
    Ok(())
}

async fn sample_176(client: &ari_api::Client) -> Outcome {
    client.sounds().list().await?;
    Ok(())
}

async fn sample_177(client: &ari_api::Client) -> Outcome {
    client
        .sounds()
        .list()
        .lang("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .format("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_178(client: &ari_api::Client) -> Outcome {
    client.sounds().get("alice").await?;
    Ok(())
}

async fn sample_179(client: &ari_api::Client) -> Outcome {
    client
        .sounds()
        .get("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_180(client: &ari_api::Client) -> Outcome {
    client.playback("alice").get().await?;
    Ok(())
}

async fn sample_181(client: &ari_api::Client) -> Outcome {
    client
        .playback("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get()
        .await?;
    Ok(())
}

async fn sample_182(client: &ari_api::Client) -> Outcome {
    client.playback("alice").stop().await?;
    Ok(())
}

async fn sample_183(client: &ari_api::Client) -> Outcome {
    client
        .playback("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .stop()
        .await?;
    Ok(())
}

async fn sample_184(client: &ari_api::Client) -> Outcome {
    client.playback("alice").control("forward").await?;
    Ok(())
}

async fn sample_185(client: &ari_api::Client) -> Outcome {
    client
        .playback("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .control("forward")
        .await?;
    Ok(())
}

async fn sample_186(client: &ari_api::Client) -> Outcome {
    client.device_states().list().await?;
    Ok(())
}

async fn sample_187(client: &ari_api::Client) -> Outcome {
    client.device_states().list().await?;
    Ok(())
}

async fn sample_188(client: &ari_api::Client) -> Outcome {
    client.device_state("alice").get().await?;
    Ok(())
}

async fn sample_189(client: &ari_api::Client) -> Outcome {
    client
        .device_state("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get()
        .await?;
    Ok(())
}

async fn sample_190(client: &ari_api::Client) -> Outcome {
    client.device_state("alice").update("ONHOLD").await?;
    Ok(())
}

async fn sample_191(client: &ari_api::Client) -> Outcome {
    client
        .device_state("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .update("ONHOLD")
        .await?;
    Ok(())
}

async fn sample_192(client: &ari_api::Client) -> Outcome {
    client.device_state("alice").delete().await?;
    Ok(())
}

async fn sample_193(client: &ari_api::Client) -> Outcome {
    client
        .device_state("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .delete()
        .await?;
    Ok(())
}

async fn sample_194(client: &ari_api::Client) -> Outcome {
    client.mailboxes().list().await?;
    Ok(())
}

async fn sample_195(client: &ari_api::Client) -> Outcome {
    client.mailboxes().list().await?;
    Ok(())
}

async fn sample_196(client: &ari_api::Client) -> Outcome {
    client.mailbox("alice").get().await?;
    Ok(())
}

async fn sample_197(client: &ari_api::Client) -> Outcome {
    client
        .mailbox("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get()
        .await?;
    Ok(())
}

async fn sample_198(client: &ari_api::Client) -> Outcome {
    client.mailbox("alice").update(1, 1).await?;
    Ok(())
}

async fn sample_199(client: &ari_api::Client) -> Outcome {
    client
        .mailbox("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .update(1, 1)
        .await?;
    Ok(())
}

async fn sample_200(client: &ari_api::Client) -> Outcome {
    client.mailbox("alice").delete().await?;
    Ok(())
}

async fn sample_201(client: &ari_api::Client) -> Outcome {
    client
        .mailbox("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .delete()
        .await?;
    Ok(())
}

async fn sample_202(client: &ari_api::Client) -> Outcome {
    client.events().event_websocket(["alice", "alice"]).await?;
    Ok(())
}

async fn sample_203(client: &ari_api::Client) -> Outcome {
    client.events().user_event("alice", "alice").await?;
    Ok(())
}

async fn sample_204(client: &ari_api::Client) -> Outcome {
    client
        .events()
        .user_event("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .source(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .variables([("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", serde_json::json!([1, null, {"-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'": 5000000000_i64}])), ("B", serde_json::json!("2"))])
        .await?;
    Ok(())
}

async fn sample_205(client: &ari_api::Client) -> Outcome {
    client.events().claim_channel("alice", "alice").await?;
    Ok(())
}

async fn sample_206(client: &ari_api::Client) -> Outcome {
    client
        .events()
        .claim_channel("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .await?;
    Ok(())
}

async fn sample_207(client: &ari_api::Client) -> Outcome {
    client.applications().list().await?;
    Ok(())
}

async fn sample_208(client: &ari_api::Client) -> Outcome {
    client.applications().list().await?;
    Ok(())
}

async fn sample_209(client: &ari_api::Client) -> Outcome {
    client.application("alice").get().await?;
    Ok(())
}

async fn sample_210(client: &ari_api::Client) -> Outcome {
    client
        .application("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .get()
        .await?;
    Ok(())
}

async fn sample_211(client: &ari_api::Client) -> Outcome {
    client.application("alice").subscribe(["alice", "alice"]).await?;
    Ok(())
}

async fn sample_212(client: &ari_api::Client) -> Outcome {
    client
        .application("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .subscribe(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .await?;
    Ok(())
}

async fn sample_213(client: &ari_api::Client) -> Outcome {
    client.application("alice").unsubscribe(["alice", "alice"]).await?;
    Ok(())
}

async fn sample_214(client: &ari_api::Client) -> Outcome {
    client
        .application("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .unsubscribe(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'"])
        .await?;
    Ok(())
}

async fn sample_215(client: &ari_api::Client) -> Outcome {
    client.application("alice").filter().await?;
    Ok(())
}

async fn sample_216(client: &ari_api::Client) -> Outcome {
    client
        .application("-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'")
        .filter()
        .filter(ari_api::EventFilter::new().allow(["-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'", "RESTResponse"]).disallow([""; 0]))
        .await?;
    Ok(())
}

async fn sample_217(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::LIST,
            "/channels?page=2",
            None,
        ))
        .await?;
    Ok(())
}

async fn sample_218(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::ORIGINATE,
            "/channels?endpoint=PJSIP%2Falice&timeout=soon",
            None,
        ))
        .await?;
    Ok(())
}

async fn sample_219(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::ORIGINATE,
            "/channels?endpoint=PJSIP%2Falice&timeout=030",
            None,
        ))
        .await?;
    Ok(())
}

async fn sample_220(client: &ari_api::Client) -> Outcome {
    client.channels().originate("PJSIP/alice").timeout(None).await?;
    Ok(())
}

async fn sample_221(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::ORIGINATE,
            "/channels?endpoint=PJSIP%2Falice&timeout=0",
            None,
        ))
        .await?;
    Ok(())
}

async fn sample_222(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::ORIGINATE,
            "/channels?endpoint=PJSIP%2Falice&timeout=-7",
            None,
        ))
        .await?;
    Ok(())
}

async fn sample_223(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::ORIGINATE,
            "/channels?endpoint=PJSIP/a+b&endpoint=PJSIP/c",
            None,
        ))
        .await?;
    Ok(())
}

async fn sample_224(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::ORIGINATE,
            "/channels?endpoint=PJSIP/a+b&appArgs=%22a,b%22",
            None,
        ))
        .await?;
    Ok(())
}

async fn sample_225(client: &ari_api::Client) -> Outcome {
    client.channels().originate("PJSIP/a b").app_args(["a,b", "", "c"]).await?;
    Ok(())
}

async fn sample_226(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::ORIGINATE,
            "/channels",
            Some("{\"endpoint\":\"PJSIP/alice\",\"timeout\":5}".into()),
        ))
        .await?;
    Ok(())
}

async fn sample_227(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::ORIGINATE,
            "/channels?endpoint",
            Some("[1,-2,1e+300,\"x\"]".into()),
        ))
        .await?;
    Ok(())
}

async fn sample_228(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::ORIGINATE,
            "/channels?endpoint=a",
            Some("{\"variables\":{}}".into()),
        ))
        .await?;
    Ok(())
}

async fn sample_229(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::ORIGINATE,
            "/channels?endpoint=a",
            Some("{\"variables\":{\"N\":1}}".into()),
        ))
        .await?;
    Ok(())
}

async fn sample_230(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::ORIGINATE,
            "/channels?endpoint=a",
            Some("{\"variables\":{\"A=B\":\"1\",\"C\":{\"value\":\"-2\",\"report_events\":true},\"{D}\":{\"value\":\"3\",\"report_events\":false},\"E\":\"nul\\u0000\"}}".into()),
        ))
        .await?;
    Ok(())
}

async fn sample_231(client: &ari_api::Client) -> Outcome {
    client.channel("..").get().await?;
    Ok(())
}

async fn sample_232(client: &ari_api::Client) -> Outcome {
    client.channel("../").get().await?;
    Ok(())
}

async fn sample_233(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::GET,
            "/channels/%FF%00a",
            None,
        ))
        .await?;
    Ok(())
}

async fn sample_234(client: &ari_api::Client) -> Outcome {
    client.channel("1.2").hangup().reason("no such").await?;
    Ok(())
}

async fn sample_235(client: &ari_api::Client) -> Outcome {
    client.channel("-1").hangup().reason_code("").await?;
    Ok(())
}

async fn sample_236(client: &ari_api::Client) -> Outcome {
    client.channel("1.2").hangup().reason("busy").await?;
    Ok(())
}

async fn sample_237(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::GET,
            "/channels/1.2",
            Some("\"a body\"".into()),
        ))
        .await?;
    Ok(())
}

async fn sample_238(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::channels::MUTE,
            "/channels/1.2/mute",
            None,
        ))
        .await?;
    Ok(())
}

async fn sample_239(client: &ari_api::Client) -> Outcome {
    client.channel("1.2").record("a", "wav").if_exists("perhaps").await?;
    Ok(())
}

async fn sample_240(client: &ari_api::Client) -> Outcome {
    client.channel("1.2").record("a", "wav").terminate_on("#").await?;
    Ok(())
}

async fn sample_241(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::bridges::ADD_CHANNEL,
            "/bridges/b/addChannel?channel=a&absorbDTMF=yes",
            None,
        ))
        .await?;
    Ok(())
}

async fn sample_242(client: &ari_api::Client) -> Outcome {
    client
        .application("a")
        .filter()
        .filter(ari_api::EventFilter::new().allow([""; 0]).disallow([""; 0]))
        .await?;
    Ok(())
}

async fn sample_243(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::applications::FILTER,
            "/applications/a/eventFilter",
            Some("{\"allowed\":[{\"type\":\"Dial\"}]}".into()),
        ))
        .await?;
    Ok(())
}

async fn sample_244(client: &ari_api::Client) -> Outcome {
    client
        .connection()
        .execute(&ari_api::transport::Request::from_wire(
            &ari_api::operations::applications::FILTER,
            "/applications/a/eventFilter",
            Some("-1".into()),
        ))
        .await?;
    Ok(())
}

async fn sample_245(client: &ari_api::Client) -> Outcome {
    let _ = client;
    // No typed request stands for this one, and only those open a WebSocket.
    Ok(())
}

/// Sends the request of a sample.
pub(super) async fn run(client: &ari_api::Client, index: usize) -> Outcome {
    match index {
        0 => Box::pin(sample_0(client)).await,
        1 => Box::pin(sample_1(client)).await,
        2 => Box::pin(sample_2(client)).await,
        3 => Box::pin(sample_3(client)).await,
        4 => Box::pin(sample_4(client)).await,
        5 => Box::pin(sample_5(client)).await,
        6 => Box::pin(sample_6(client)).await,
        7 => Box::pin(sample_7(client)).await,
        8 => Box::pin(sample_8(client)).await,
        9 => Box::pin(sample_9(client)).await,
        10 => Box::pin(sample_10(client)).await,
        11 => Box::pin(sample_11(client)).await,
        12 => Box::pin(sample_12(client)).await,
        13 => Box::pin(sample_13(client)).await,
        14 => Box::pin(sample_14(client)).await,
        15 => Box::pin(sample_15(client)).await,
        16 => Box::pin(sample_16(client)).await,
        17 => Box::pin(sample_17(client)).await,
        18 => Box::pin(sample_18(client)).await,
        19 => Box::pin(sample_19(client)).await,
        20 => Box::pin(sample_20(client)).await,
        21 => Box::pin(sample_21(client)).await,
        22 => Box::pin(sample_22(client)).await,
        23 => Box::pin(sample_23(client)).await,
        24 => Box::pin(sample_24(client)).await,
        25 => Box::pin(sample_25(client)).await,
        26 => Box::pin(sample_26(client)).await,
        27 => Box::pin(sample_27(client)).await,
        28 => Box::pin(sample_28(client)).await,
        29 => Box::pin(sample_29(client)).await,
        30 => Box::pin(sample_30(client)).await,
        31 => Box::pin(sample_31(client)).await,
        32 => Box::pin(sample_32(client)).await,
        33 => Box::pin(sample_33(client)).await,
        34 => Box::pin(sample_34(client)).await,
        35 => Box::pin(sample_35(client)).await,
        36 => Box::pin(sample_36(client)).await,
        37 => Box::pin(sample_37(client)).await,
        38 => Box::pin(sample_38(client)).await,
        39 => Box::pin(sample_39(client)).await,
        40 => Box::pin(sample_40(client)).await,
        41 => Box::pin(sample_41(client)).await,
        42 => Box::pin(sample_42(client)).await,
        43 => Box::pin(sample_43(client)).await,
        44 => Box::pin(sample_44(client)).await,
        45 => Box::pin(sample_45(client)).await,
        46 => Box::pin(sample_46(client)).await,
        47 => Box::pin(sample_47(client)).await,
        48 => Box::pin(sample_48(client)).await,
        49 => Box::pin(sample_49(client)).await,
        50 => Box::pin(sample_50(client)).await,
        51 => Box::pin(sample_51(client)).await,
        52 => Box::pin(sample_52(client)).await,
        53 => Box::pin(sample_53(client)).await,
        54 => Box::pin(sample_54(client)).await,
        55 => Box::pin(sample_55(client)).await,
        56 => Box::pin(sample_56(client)).await,
        57 => Box::pin(sample_57(client)).await,
        58 => Box::pin(sample_58(client)).await,
        59 => Box::pin(sample_59(client)).await,
        60 => Box::pin(sample_60(client)).await,
        61 => Box::pin(sample_61(client)).await,
        62 => Box::pin(sample_62(client)).await,
        63 => Box::pin(sample_63(client)).await,
        64 => Box::pin(sample_64(client)).await,
        65 => Box::pin(sample_65(client)).await,
        66 => Box::pin(sample_66(client)).await,
        67 => Box::pin(sample_67(client)).await,
        68 => Box::pin(sample_68(client)).await,
        69 => Box::pin(sample_69(client)).await,
        70 => Box::pin(sample_70(client)).await,
        71 => Box::pin(sample_71(client)).await,
        72 => Box::pin(sample_72(client)).await,
        73 => Box::pin(sample_73(client)).await,
        74 => Box::pin(sample_74(client)).await,
        75 => Box::pin(sample_75(client)).await,
        76 => Box::pin(sample_76(client)).await,
        77 => Box::pin(sample_77(client)).await,
        78 => Box::pin(sample_78(client)).await,
        79 => Box::pin(sample_79(client)).await,
        80 => Box::pin(sample_80(client)).await,
        81 => Box::pin(sample_81(client)).await,
        82 => Box::pin(sample_82(client)).await,
        83 => Box::pin(sample_83(client)).await,
        84 => Box::pin(sample_84(client)).await,
        85 => Box::pin(sample_85(client)).await,
        86 => Box::pin(sample_86(client)).await,
        87 => Box::pin(sample_87(client)).await,
        88 => Box::pin(sample_88(client)).await,
        89 => Box::pin(sample_89(client)).await,
        90 => Box::pin(sample_90(client)).await,
        91 => Box::pin(sample_91(client)).await,
        92 => Box::pin(sample_92(client)).await,
        93 => Box::pin(sample_93(client)).await,
        94 => Box::pin(sample_94(client)).await,
        95 => Box::pin(sample_95(client)).await,
        96 => Box::pin(sample_96(client)).await,
        97 => Box::pin(sample_97(client)).await,
        98 => Box::pin(sample_98(client)).await,
        99 => Box::pin(sample_99(client)).await,
        100 => Box::pin(sample_100(client)).await,
        101 => Box::pin(sample_101(client)).await,
        102 => Box::pin(sample_102(client)).await,
        103 => Box::pin(sample_103(client)).await,
        104 => Box::pin(sample_104(client)).await,
        105 => Box::pin(sample_105(client)).await,
        106 => Box::pin(sample_106(client)).await,
        107 => Box::pin(sample_107(client)).await,
        108 => Box::pin(sample_108(client)).await,
        109 => Box::pin(sample_109(client)).await,
        110 => Box::pin(sample_110(client)).await,
        111 => Box::pin(sample_111(client)).await,
        112 => Box::pin(sample_112(client)).await,
        113 => Box::pin(sample_113(client)).await,
        114 => Box::pin(sample_114(client)).await,
        115 => Box::pin(sample_115(client)).await,
        116 => Box::pin(sample_116(client)).await,
        117 => Box::pin(sample_117(client)).await,
        118 => Box::pin(sample_118(client)).await,
        119 => Box::pin(sample_119(client)).await,
        120 => Box::pin(sample_120(client)).await,
        121 => Box::pin(sample_121(client)).await,
        122 => Box::pin(sample_122(client)).await,
        123 => Box::pin(sample_123(client)).await,
        124 => Box::pin(sample_124(client)).await,
        125 => Box::pin(sample_125(client)).await,
        126 => Box::pin(sample_126(client)).await,
        127 => Box::pin(sample_127(client)).await,
        128 => Box::pin(sample_128(client)).await,
        129 => Box::pin(sample_129(client)).await,
        130 => Box::pin(sample_130(client)).await,
        131 => Box::pin(sample_131(client)).await,
        132 => Box::pin(sample_132(client)).await,
        133 => Box::pin(sample_133(client)).await,
        134 => Box::pin(sample_134(client)).await,
        135 => Box::pin(sample_135(client)).await,
        136 => Box::pin(sample_136(client)).await,
        137 => Box::pin(sample_137(client)).await,
        138 => Box::pin(sample_138(client)).await,
        139 => Box::pin(sample_139(client)).await,
        140 => Box::pin(sample_140(client)).await,
        141 => Box::pin(sample_141(client)).await,
        142 => Box::pin(sample_142(client)).await,
        143 => Box::pin(sample_143(client)).await,
        144 => Box::pin(sample_144(client)).await,
        145 => Box::pin(sample_145(client)).await,
        146 => Box::pin(sample_146(client)).await,
        147 => Box::pin(sample_147(client)).await,
        148 => Box::pin(sample_148(client)).await,
        149 => Box::pin(sample_149(client)).await,
        150 => Box::pin(sample_150(client)).await,
        151 => Box::pin(sample_151(client)).await,
        152 => Box::pin(sample_152(client)).await,
        153 => Box::pin(sample_153(client)).await,
        154 => Box::pin(sample_154(client)).await,
        155 => Box::pin(sample_155(client)).await,
        156 => Box::pin(sample_156(client)).await,
        157 => Box::pin(sample_157(client)).await,
        158 => Box::pin(sample_158(client)).await,
        159 => Box::pin(sample_159(client)).await,
        160 => Box::pin(sample_160(client)).await,
        161 => Box::pin(sample_161(client)).await,
        162 => Box::pin(sample_162(client)).await,
        163 => Box::pin(sample_163(client)).await,
        164 => Box::pin(sample_164(client)).await,
        165 => Box::pin(sample_165(client)).await,
        166 => Box::pin(sample_166(client)).await,
        167 => Box::pin(sample_167(client)).await,
        168 => Box::pin(sample_168(client)).await,
        169 => Box::pin(sample_169(client)).await,
        170 => Box::pin(sample_170(client)).await,
        171 => Box::pin(sample_171(client)).await,
        172 => Box::pin(sample_172(client)).await,
        173 => Box::pin(sample_173(client)).await,
        174 => Box::pin(sample_174(client)).await,
        175 => Box::pin(sample_175(client)).await,
        176 => Box::pin(sample_176(client)).await,
        177 => Box::pin(sample_177(client)).await,
        178 => Box::pin(sample_178(client)).await,
        179 => Box::pin(sample_179(client)).await,
        180 => Box::pin(sample_180(client)).await,
        181 => Box::pin(sample_181(client)).await,
        182 => Box::pin(sample_182(client)).await,
        183 => Box::pin(sample_183(client)).await,
        184 => Box::pin(sample_184(client)).await,
        185 => Box::pin(sample_185(client)).await,
        186 => Box::pin(sample_186(client)).await,
        187 => Box::pin(sample_187(client)).await,
        188 => Box::pin(sample_188(client)).await,
        189 => Box::pin(sample_189(client)).await,
        190 => Box::pin(sample_190(client)).await,
        191 => Box::pin(sample_191(client)).await,
        192 => Box::pin(sample_192(client)).await,
        193 => Box::pin(sample_193(client)).await,
        194 => Box::pin(sample_194(client)).await,
        195 => Box::pin(sample_195(client)).await,
        196 => Box::pin(sample_196(client)).await,
        197 => Box::pin(sample_197(client)).await,
        198 => Box::pin(sample_198(client)).await,
        199 => Box::pin(sample_199(client)).await,
        200 => Box::pin(sample_200(client)).await,
        201 => Box::pin(sample_201(client)).await,
        202 => Box::pin(sample_202(client)).await,
        203 => Box::pin(sample_203(client)).await,
        204 => Box::pin(sample_204(client)).await,
        205 => Box::pin(sample_205(client)).await,
        206 => Box::pin(sample_206(client)).await,
        207 => Box::pin(sample_207(client)).await,
        208 => Box::pin(sample_208(client)).await,
        209 => Box::pin(sample_209(client)).await,
        210 => Box::pin(sample_210(client)).await,
        211 => Box::pin(sample_211(client)).await,
        212 => Box::pin(sample_212(client)).await,
        213 => Box::pin(sample_213(client)).await,
        214 => Box::pin(sample_214(client)).await,
        215 => Box::pin(sample_215(client)).await,
        216 => Box::pin(sample_216(client)).await,
        217 => Box::pin(sample_217(client)).await,
        218 => Box::pin(sample_218(client)).await,
        219 => Box::pin(sample_219(client)).await,
        220 => Box::pin(sample_220(client)).await,
        221 => Box::pin(sample_221(client)).await,
        222 => Box::pin(sample_222(client)).await,
        223 => Box::pin(sample_223(client)).await,
        224 => Box::pin(sample_224(client)).await,
        225 => Box::pin(sample_225(client)).await,
        226 => Box::pin(sample_226(client)).await,
        227 => Box::pin(sample_227(client)).await,
        228 => Box::pin(sample_228(client)).await,
        229 => Box::pin(sample_229(client)).await,
        230 => Box::pin(sample_230(client)).await,
        231 => Box::pin(sample_231(client)).await,
        232 => Box::pin(sample_232(client)).await,
        233 => Box::pin(sample_233(client)).await,
        234 => Box::pin(sample_234(client)).await,
        235 => Box::pin(sample_235(client)).await,
        236 => Box::pin(sample_236(client)).await,
        237 => Box::pin(sample_237(client)).await,
        238 => Box::pin(sample_238(client)).await,
        239 => Box::pin(sample_239(client)).await,
        240 => Box::pin(sample_240(client)).await,
        241 => Box::pin(sample_241(client)).await,
        242 => Box::pin(sample_242(client)).await,
        243 => Box::pin(sample_243(client)).await,
        244 => Box::pin(sample_244(client)).await,
        245 => Box::pin(sample_245(client)).await,
        _ => Ok(()),
    }
}
