//! The resources, operations, parameters and properties of Asterisk itself. They get their names
//! before the additions of any spec.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Nicknames by resource, of all releases, as the bindings know them.
const STANDARD_OPERATIONS: [(&str, &[&str]); 11] = [
    (
        "asterisk",
        &[
            "addLog",
            "deleteLog",
            "deleteObject",
            "getGlobalVar",
            "getInfo",
            "getModule",
            "getObject",
            "listLogChannels",
            "listModules",
            "loadModule",
            "ping",
            "reloadModule",
            "rotateLog",
            "setGlobalVar",
            "unloadModule",
            "updateObject",
        ],
    ),
    (
        "endpoints",
        &[
            "get",
            "list",
            "listByTech",
            "refer",
            "referToEndpoint",
            "sendMessage",
            "sendMessageToEndpoint",
        ],
    ),
    (
        "channels",
        &[
            "answer",
            "continueInDialplan",
            "create",
            "dial",
            "externalMedia",
            "get",
            "getChannelVar",
            "getChannelVars",
            "hangup",
            "hold",
            "list",
            "move",
            "mute",
            "originate",
            "originateWithId",
            "play",
            "playWithId",
            "progress",
            "record",
            "redirect",
            "ring",
            "ringStop",
            "rtpStatistics",
            "sendDTMF",
            "setChannelVar",
            "setChannelVars",
            "snoopChannel",
            "snoopChannelWithId",
            "startMoh",
            "startSilence",
            "stopMoh",
            "stopSilence",
            "transfer_progress",
            "unhold",
            "unmute",
        ],
    ),
    (
        "bridges",
        &[
            "addChannel",
            "clearVideoSource",
            "create",
            "createWithId",
            "destroy",
            "get",
            "getBridgeVar",
            "getBridgeVars",
            "list",
            "play",
            "playWithId",
            "record",
            "removeChannel",
            "setBridgeVar",
            "setBridgeVars",
            "setVideoSource",
            "startMoh",
            "stopMoh",
        ],
    ),
    (
        "recordings",
        &[
            "cancel",
            "copyStored",
            "deleteStored",
            "getLive",
            "getStored",
            "getStoredFile",
            "listStored",
            "mute",
            "pause",
            "stop",
            "unmute",
            "unpause",
        ],
    ),
    ("sounds", &["get", "list"]),
    ("playbacks", &["control", "get", "stop"]),
    ("deviceStates", &["delete", "get", "list", "update"]),
    ("mailboxes", &["delete", "get", "list", "update"]),
    ("events", &["claimChannel", "eventWebsocket", "userEvent"]),
    (
        "applications",
        &["filter", "get", "list", "subscribe", "unsubscribe"],
    ),
];

/// Names of parameters, of all operations and releases, as the bindings know them.
const STANDARD_PARAMETERS: &str = "\
    absorbDTMF after announcer_format app appArgs application applicationName beep before between \
    body bridgeId caller callerId channel channelId configClass configuration connection_type \
    context data destinationRecordingName deviceName deviceState direction dtmf duration \
    encapsulation endpoint eventName eventSource extension external_host fields filter format \
    formats from id ifExists inhibitConnectedLineUpdates label lang logChannelName mailboxName \
    maxDurationSeconds maxSilenceSeconds media moduleName mohClass mute name newMessages \
    objectType offsetms oldMessages only operation originator otherChannelId playbackId priority \
    reason reason_code recorder_format recordingName refer_to report_events resource role skipms \
    snoopId soundId source spy states subscribeAll tech terminateOn timeout to to_self transport \
    transport_data type value variable variables whisper";

/// Names of properties, of all models and releases, as the bindings know them.
const STANDARD_PROPERTIES: &str = "\
    accountcode additional_protocol_params address aor app_data app_name application args \
    asterisk_id attribute body bridge bridge_class bridge_from bridge_ids bridge_type bridgevars \
    build called caller caller_presentation caller_presentation_txt caller_rdnis cause cause_txt \
    channel channel_ids channel_uniqueid channels channelvars config configuration connected \
    connected_channel contact_info contact_status content_type context creationtime creator date \
    default_language description destination destination_application destination_bridge \
    destination_channel destination_link_first_leg destination_link_second_leg \
    destination_threeway_bridge destination_threeway_channel destination_type device_names \
    device_state dialplan dialplan_app dialplan_app_data dialstatus dialstring digit duration \
    duration_ms endpoint endpoint_ids entity_id eventname events_allowed events_disallowed exten \
    format formats forward forwarded from group id is_external kernel key language \
    last_reload_time local_address local_maxjitter local_maxrxploss local_minjitter \
    local_minrxploss local_normdevjitter local_normdevrxploss local_port local_ssrc \
    local_stdevjitter local_stdevrxploss machine max_channels max_load max_open_files maxrtt \
    media_uri message message_body method minrtt musicclass name new_messages next_media_uri \
    normdevrtt number old_messages old_video_source_id options os parameter_name parameter_value \
    params peer peer_status ping playback port priority protocol_id query_strings reason_phrase \
    recording refer_to referred_by remote_maxjitter remote_maxrxploss remote_minjitter \
    remote_minrxploss remote_normdevjitter remote_normdevrxploss remote_ssrc remote_stdevjitter \
    remote_stdevrxploss replace_channel request_id requested_destination resource result \
    roundtrip_usec rtt rxcount rxjitter rxoctetcount rxploss setid silence_duration soft \
    source_channel startup_time state status status_code stdevrtt support_level system \
    talking_duration target_uri tech_cause technology tenantid text time timestamp to \
    transaction_id transfer_target transferee transferer_first_leg transferer_first_leg_bridge \
    transferer_second_leg transferer_second_leg_bridge txcount txjitter txoctetcount txploss type \
    uri use_count user userevent value variable variables version video_mode video_source_id \
    winner_app";

/// Returns `true` if Asterisk itself has the resource.
pub(super) fn is_resource(name: &str) -> bool {
    STANDARD_OPERATIONS
        .iter()
        .any(|(resource, _)| *resource == name)
}

/// Returns `true` if Asterisk itself has the operation.
pub(super) fn is_operation(resource: &str, nickname: &str) -> bool {
    STANDARD_OPERATIONS
        .iter()
        .any(|(name, nicknames)| *name == resource && nicknames.contains(&nickname))
}

/// Returns `true` if any operation of Asterisk itself has a parameter of that name.
pub(super) fn is_parameter(name: &str) -> bool {
    static NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| words(STANDARD_PARAMETERS));
    NAMES.contains(name)
}

/// Returns `true` if any model of Asterisk itself has a property of that name.
pub(super) fn is_property(name: &str) -> bool {
    static NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| words(STANDARD_PROPERTIES));
    NAMES.contains(name)
}

fn words(text: &'static str) -> BTreeSet<&'static str> {
    text.split(' ').collect()
}

#[cfg(all(test, feature = "bundled"))]
mod tests {
    use std::collections::BTreeSet;

    use super::{STANDARD_OPERATIONS, STANDARD_PARAMETERS, STANDARD_PROPERTIES, words};
    use crate::Generator;

    #[test]
    fn all_operations_of_all_releases_are_known() {
        let generator = Generator::bundled().expect("bundled releases");
        let (api, ..) = generator.read().expect("their specs");
        let bundled: BTreeSet<(&str, &str)> = api
            .resources
            .iter()
            .flat_map(|resource| {
                let operations = resource.operations.iter();
                operations.map(|operation| (resource.name.as_str(), operation.nickname.as_str()))
            })
            .collect();
        let known: BTreeSet<(&str, &str)> = STANDARD_OPERATIONS
            .iter()
            .flat_map(|(name, nicknames)| nicknames.iter().map(|nickname| (*name, *nickname)))
            .collect();
        assert_eq!(known, bundled);
    }

    #[test]
    fn all_names_of_all_releases_are_known() {
        let generator = Generator::bundled().expect("bundled releases");
        let (api, ..) = generator.read().expect("their specs");
        let operations = api.resources.iter().flat_map(|it| &it.operations);
        let parameters = operations.flat_map(|operation| &operation.parameters);
        let properties = api.models().flat_map(|(_, model)| &model.properties);
        for (known, bundled) in [
            (
                STANDARD_PARAMETERS,
                parameters
                    .map(|it| it.name.as_str())
                    .collect::<BTreeSet<_>>(),
            ),
            (
                STANDARD_PROPERTIES,
                properties.map(|it| it.name.as_str()).collect(),
            ),
        ] {
            assert_eq!(words(known), bundled);
        }
    }
}
