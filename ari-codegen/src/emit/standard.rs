//! The resources and operations of Asterisk itself. They get their names first, wherever a spec puts
//! what it adds.

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

#[cfg(all(test, feature = "bundled"))]
mod tests {
    use std::collections::BTreeSet;

    use super::STANDARD_OPERATIONS;
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
}
