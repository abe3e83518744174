//! All ways of building a request are equivalent.

use ari_api::client::ToRequest;
use ari_api::schema::Operation;
use ari_api::transport::Request;
use ari_api::{
    Client, OPERATIONS, applications, asterisk, bridges, channels, device_states, endpoints,
    events, mailboxes, models, playbacks, recordings, sounds,
};
use ari_api::{EventFilter, EventSource};

fn call(request: &impl ToRequest) -> Request {
    request.to_request().expect("a request that can be sent")
}

/// Checks that all of these create the same request of the operation.
macro_rules! same {
    ($first:expr $(, $other:expr)+ $(,)?) => {{
        let first = call(&$first);
        $(assert_eq!(call(&$other), first);)+
        first.operation()
    }};
}

/// Through the resource or the handle of an object, and without a client: required parameters
/// have the same order and the same effect. Every operation is here.
#[test]
fn resources_handles_and_builders_are_equivalent() {
    let client = Client::builder("http://localhost/ari")
        .build()
        .expect("a client");
    let called: Vec<&Operation> = vec![
        same!(
            client.config_dynamic("a", "b", "c").get_object(),
            asterisk::GetObject::new("a", "b", "c")
        ),
        same!(
            client.config_dynamic("a", "b", "c").update_object(),
            asterisk::UpdateObject::new("a", "b", "c")
        ),
        same!(
            client.config_dynamic("a", "b", "c").delete_object(),
            asterisk::DeleteObject::new("a", "b", "c")
        ),
        same!(client.asterisk().get_info(), asterisk::GetInfo::new()),
        same!(client.asterisk().ping(), asterisk::Ping::new()),
        same!(
            client.asterisk().list_modules(),
            asterisk::ListModules::new()
        ),
        same!(
            client.module("a").get_module(),
            asterisk::GetModule::new("a")
        ),
        same!(
            client.module("a").load_module(),
            asterisk::LoadModule::new("a")
        ),
        same!(
            client.module("a").unload_module(),
            asterisk::UnloadModule::new("a")
        ),
        same!(
            client.module("a").reload_module(),
            asterisk::ReloadModule::new("a")
        ),
        same!(
            client.asterisk().list_log_channels(),
            asterisk::ListLogChannels::new()
        ),
        same!(
            client.log_channel("a").add_log("b"),
            asterisk::AddLog::new("a", "b")
        ),
        same!(
            client.log_channel("a").delete_log(),
            asterisk::DeleteLog::new("a")
        ),
        same!(
            client.log_channel("a").rotate_log(),
            asterisk::RotateLog::new("a")
        ),
        same!(
            client.asterisk().get_global_var("a"),
            asterisk::GetGlobalVar::new("a")
        ),
        same!(
            client.asterisk().set_global_var("a"),
            asterisk::SetGlobalVar::new("a")
        ),
        same!(client.endpoints().list(), endpoints::List::new()),
        same!(
            client.endpoints().send_message("a", "b"),
            endpoints::SendMessage::new("a", "b")
        ),
        same!(
            client.endpoints().refer("a", "b", "c"),
            endpoints::Refer::new("a", "b", "c")
        ),
        same!(
            client.endpoints().list_by_tech("a"),
            endpoints::ListByTech::new("a")
        ),
        same!(
            client.endpoint("a", "b").get(),
            endpoints::Get::new("a", "b")
        ),
        same!(
            client.endpoint("a", "b").send_message_to_endpoint("c"),
            endpoints::SendMessageToEndpoint::new("a", "b", "c")
        ),
        same!(
            client.endpoint("a", "b").refer_to_endpoint("c", "d"),
            endpoints::ReferToEndpoint::new("a", "b", "c", "d")
        ),
        same!(client.channels().list(), channels::List::new()),
        same!(
            client.channels().originate("a"),
            channels::Originate::new("a")
        ),
        same!(
            client.channels().create("a", "b"),
            channels::Create::new("a", "b")
        ),
        same!(client.channel("a").get(), channels::Get::new("a")),
        same!(
            client.channel("a").originate_with_id("b"),
            channels::OriginateWithId::new("a", "b")
        ),
        same!(client.channel("a").hangup(), channels::Hangup::new("a")),
        same!(
            client.channel("a").continue_in_dialplan(),
            channels::ContinueInDialplan::new("a")
        ),
        same!(
            client.channel("a").r#move("b"),
            channels::Move::new("a", "b")
        ),
        same!(
            client.channel("a").redirect("b"),
            channels::Redirect::new("a", "b")
        ),
        same!(client.channel("a").answer(), channels::Answer::new("a")),
        same!(client.channel("a").ring(), channels::Ring::new("a")),
        same!(
            client.channel("a").ring_stop(),
            channels::RingStop::new("a")
        ),
        same!(client.channel("a").progress(), channels::Progress::new("a")),
        same!(
            client.channel("a").send_dtmf("1"),
            channels::SendDtmf::new("a", "1")
        ),
        same!(client.channel("a").mute(), channels::Mute::new("a")),
        same!(client.channel("a").unmute(), channels::Unmute::new("a")),
        same!(client.channel("a").hold(), channels::Hold::new("a")),
        same!(client.channel("a").unhold(), channels::Unhold::new("a")),
        same!(
            client.channel("a").start_moh(),
            channels::StartMoh::new("a")
        ),
        same!(client.channel("a").stop_moh(), channels::StopMoh::new("a")),
        same!(
            client.channel("a").start_silence(),
            channels::StartSilence::new("a")
        ),
        same!(
            client.channel("a").stop_silence(),
            channels::StopSilence::new("a")
        ),
        same!(
            client.channel("a").play(["b"]),
            channels::Play::new("a", ["b"])
        ),
        same!(
            client.channel("a").play_with_id("b", ["c"]),
            channels::PlayWithId::new("a", "b", ["c"])
        ),
        same!(
            client.channel("a").record("b", "c"),
            channels::Record::new("a", "b", "c")
        ),
        same!(
            client.channel("a").get_channel_var("b"),
            channels::GetChannelVar::new("a", "b")
        ),
        same!(
            client.channel("a").set_channel_var("b"),
            channels::SetChannelVar::new("a", "b")
        ),
        same!(
            client.channel("a").get_channel_vars(["b"]),
            channels::GetChannelVars::new("a", ["b"])
        ),
        same!(
            client.channel("a").set_channel_vars([("b", "1")]),
            channels::SetChannelVars::new("a", [("b", "1")])
        ),
        same!(
            client.channel("a").snoop_channel("b"),
            channels::SnoopChannel::new("a", "b")
        ),
        same!(
            client.channel("a").snoop_channel_with_id("b", "c"),
            channels::SnoopChannelWithId::new("a", "b", "c")
        ),
        same!(client.channel("a").dial(), channels::Dial::new("a")),
        same!(
            client.channel("a").rtp_statistics(),
            channels::RtpStatistics::new("a")
        ),
        same!(
            client.channels().external_media("a", "b"),
            channels::ExternalMedia::new("a", "b")
        ),
        same!(
            client.channel("a").transfer_progress("b"),
            channels::TransferProgress::new("a", "b")
        ),
        same!(client.bridges().list(), bridges::List::new()),
        same!(client.bridges().create(), bridges::Create::new()),
        same!(
            client.bridge("a").create_with_id(),
            bridges::CreateWithId::new("a")
        ),
        same!(client.bridge("a").get(), bridges::Get::new("a")),
        same!(client.bridge("a").destroy(), bridges::Destroy::new("a")),
        same!(
            client.bridge("a").get_bridge_var("b"),
            bridges::GetBridgeVar::new("a", "b")
        ),
        same!(
            client.bridge("a").set_bridge_var("b"),
            bridges::SetBridgeVar::new("a", "b")
        ),
        same!(
            client.bridge("a").get_bridge_vars(["b"]),
            bridges::GetBridgeVars::new("a", ["b"])
        ),
        same!(
            client.bridge("a").set_bridge_vars([("b", "1")]),
            bridges::SetBridgeVars::new("a", [("b", "1")])
        ),
        same!(
            client.bridge("a").add_channel(["b"]),
            bridges::AddChannel::new("a", ["b"])
        ),
        same!(
            client.bridge("a").remove_channel(["b"]),
            bridges::RemoveChannel::new("a", ["b"])
        ),
        same!(
            client.bridge("a").set_video_source("b"),
            bridges::SetVideoSource::new("a", "b")
        ),
        same!(
            client.bridge("a").clear_video_source(),
            bridges::ClearVideoSource::new("a")
        ),
        same!(client.bridge("a").start_moh(), bridges::StartMoh::new("a")),
        same!(client.bridge("a").stop_moh(), bridges::StopMoh::new("a")),
        same!(
            client.bridge("a").play(["b"]),
            bridges::Play::new("a", ["b"])
        ),
        same!(
            client.bridge("a").play_with_id("b", ["c"]),
            bridges::PlayWithId::new("a", "b", ["c"])
        ),
        same!(
            client.bridge("a").record("b", "c"),
            bridges::Record::new("a", "b", "c")
        ),
        same!(
            client.recordings().list_stored(),
            recordings::ListStored::new()
        ),
        same!(
            client.stored_recording("a").get_stored(),
            recordings::GetStored::new("a")
        ),
        same!(
            client.stored_recording("a").delete_stored(),
            recordings::DeleteStored::new("a")
        ),
        same!(
            client.stored_recording("a").get_stored_file(),
            recordings::GetStoredFile::new("a")
        ),
        same!(
            client.stored_recording("a").copy_stored("b"),
            recordings::CopyStored::new("a", "b")
        ),
        same!(
            client.live_recording("a").get_live(),
            recordings::GetLive::new("a")
        ),
        same!(
            client.live_recording("a").cancel(),
            recordings::Cancel::new("a")
        ),
        same!(
            client.live_recording("a").stop(),
            recordings::Stop::new("a")
        ),
        same!(
            client.live_recording("a").pause(),
            recordings::Pause::new("a")
        ),
        same!(
            client.live_recording("a").unpause(),
            recordings::Unpause::new("a")
        ),
        same!(
            client.live_recording("a").mute(),
            recordings::Mute::new("a")
        ),
        same!(
            client.live_recording("a").unmute(),
            recordings::Unmute::new("a")
        ),
        same!(client.sounds().list(), sounds::List::new()),
        same!(client.sounds().get("a"), sounds::Get::new("a")),
        same!(client.playback("a").get(), playbacks::Get::new("a")),
        same!(client.playback("a").stop(), playbacks::Stop::new("a")),
        same!(
            client.playback("a").control("b"),
            playbacks::Control::new("a", "b")
        ),
        same!(client.device_states().list(), device_states::List::new()),
        same!(client.device_state("a").get(), device_states::Get::new("a")),
        same!(
            client.device_state("a").update("b"),
            device_states::Update::new("a", "b")
        ),
        same!(
            client.device_state("a").delete(),
            device_states::Delete::new("a")
        ),
        same!(client.mailboxes().list(), mailboxes::List::new()),
        same!(client.mailbox("a").get(), mailboxes::Get::new("a")),
        same!(
            client.mailbox("a").update(2, 3),
            mailboxes::Update::new("a", 2, 3)
        ),
        same!(client.mailbox("a").delete(), mailboxes::Delete::new("a")),
        same!(
            client.events().event_websocket(["a"]),
            client.application("a").connect(),
            events::EventWebsocket::new(["a"])
        ),
        same!(
            client.events().user_event("a", "b"),
            events::UserEvent::new("a", "b")
        ),
        same!(
            client.events().claim_channel("a", "b"),
            events::ClaimChannel::new("a", "b")
        ),
        same!(client.applications().list(), applications::List::new()),
        same!(client.application("a").get(), applications::Get::new("a")),
        same!(
            client.application("a").subscribe(["b"]),
            applications::Subscribe::new("a", ["b"])
        ),
        same!(
            client.application("a").unsubscribe(["b"]),
            applications::Unsubscribe::new("a", ["b"])
        ),
        same!(
            client.application("a").filter(),
            applications::Filter::new("a")
        ),
    ];
    let names = |operations: &[&Operation]| {
        let mut names: Vec<_> = operations.iter().map(ToString::to_string).collect();
        names.sort();
        names
    };
    assert_eq!(names(&called), names(OPERATIONS));
}

/// Lists accept one value, or several in any kind of collection.
#[test]
fn single_value_is_list_of_one() {
    let [one, array] = [
        channels::Play::new("a", "sound:x"),
        channels::Play::new("a", ["sound:x"]),
    ];
    assert_eq!(one, array);
    assert_eq!(one, channels::Play::new("a", String::from("sound:x")));
    assert_eq!(one, channels::Play::new("a", vec!["sound:x"]));
    assert_eq!(one, channels::Play::new("a", &[String::from("sound:x")]));
    assert_eq!(one, channels::Play::new("a", Some("sound:x")));
    assert_eq!(
        one,
        channels::Play::new("a", ["x"].map(|x| format!("sound:{x}")))
    );
    let originate = || channels::Originate::new("PJSIP/100").app("hello");
    same!(originate().app_args("x"), originate().app_args(["x"]));
    same!(
        applications::Subscribe::new("a", EventSource::channel("c")),
        applications::Subscribe::new("a", ["channel:c"]),
    );
    let [one, array] = [
        EventFilter::new().allow("StasisStart"),
        EventFilter::new().allow(["StasisStart"]),
    ];
    assert_eq!(one, array);
}

/// From a model to its handle, and from a handle to its client.
#[test]
fn models_return_their_handles() {
    let client = Client::builder("http://localhost/ari")
        .build()
        .expect("a client");
    fn read<T: serde::de::DeserializeOwned>(json: serde_json::Value) -> T {
        serde_json::from_value(json).expect("a model")
    }
    let playback: models::Playback = read(serde_json::json!({
        "id": "p", "media_uri": "sound:x", "target_uri": "channel:c", "language": "en", "state": "playing",
    }));
    let handle = playback.handle(&client);
    assert_eq!(handle.playback_id(), "p");
    same!(handle.stop(), handle.client().playback("p").stop());
    let recording: models::LiveRecording = read(serde_json::json!({
        "name": "r", "format": "wav", "state": "recording", "target_uri": "channel:c",
    }));
    same!(
        recording.handle(&client).pause(),
        client.live_recording("r").pause()
    );
    let endpoint: models::Endpoint = read(serde_json::json!({
        "technology": "PJSIP", "resource": "a/b", "channel_ids": [],
    }));
    same!(
        endpoint.handle(&client).get(),
        client.endpoint("PJSIP", "a/b").get(),
    );
}
