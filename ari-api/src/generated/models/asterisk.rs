// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `asterisk`.

use crate::{models, runtime};

/// Place, time and author of the compilation of the running Asterisk. For display only: packagers
/// fill these fields as they like.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BuildInfo {
    /// Operating system of the build host, such as `Linux`.
    pub os: String,
    /// Kernel release of the build host, which need not be that of the running host.
    pub kernel: String,
    /// Compile-time options that differ from the defaults, comma-separated; empty when there are
    /// none.
    pub options: String,
    /// Processor architecture, such as `x86_64` or `aarch64`.
    pub machine: String,
    /// Date and time of the build, as free text, not in the format of event timestamps.
    pub date: String,
    /// Account that ran the build.
    pub user: String,
}

runtime::model!(
    BuildInfo = named("BuildInfo"),
    os = required("os"),
    kernel = required("kernel"),
    options = required("options"),
    machine = required("machine"),
    date = required("date"),
    user = required("user"),
);

/// Identity of the server.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SystemInfo {
    /// Release, such as `22.10.1`. Distributions append their own suffix, and builds from a
    /// repository begin with `GIT`.
    pub version: String,
    /// Entity id of the server, six hexadecimal bytes with colons, by default derived from a
    /// network interface. The same value is `asterisk_id` in events.
    pub entity_id: String,
}

runtime::model!(
    SystemInfo = named("SystemInfo"),
    version = required("version"),
    entity_id = required("entity_id"),
);

/// Account Asterisk is configured to run under.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SetId {
    /// User named by `runuser` in `asterisk.conf`; empty when none is named there, whichever
    /// account Asterisk really runs under.
    pub user: String,
    /// Group named by `rungroup` in `asterisk.conf`; empty when none is named there.
    pub group: String,
}

runtime::model!(
    SetId = named("SetId"),
    user = required("user"),
    group = required("group"),
);

/// Name, language and limits of the server, as set in `asterisk.conf`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ConfigInfo {
    /// `systemname` of the server; empty when not configured. It also prefixes the channel ids this
    /// server makes up.
    pub name: String,
    /// Language of prompts for channels that have none of their own, such as `en`.
    pub default_language: String,
    /// Limit on simultaneous calls, `maxcalls`. Absent when there is no limit.
    pub max_channels: Option<i64>,
    /// Limit on open files and sockets, `maxfiles`. Absent when it was left to the operating
    /// system.
    pub max_open_files: Option<i64>,
    /// Load average above which new calls are refused, `maxload`. Absent when there is no limit.
    pub max_load: Option<f64>,
    /// Account the server is configured to run under.
    pub setid: models::SetId,
}

runtime::model!(
    ConfigInfo = named("ConfigInfo"),
    name = required("name"),
    default_language = required("default_language"),
    max_channels = optional("max_channels"),
    max_open_files = optional("max_open_files"),
    max_load = optional("max_load"),
    setid = required("setid"),
);

/// Since when the server runs.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct StatusInfo {
    /// Time at which Asterisk started.
    pub startup_time: runtime::Timestamp,
    /// Time of the last full reload; the start time when there was none.
    pub last_reload_time: runtime::Timestamp,
}

runtime::model!(
    StatusInfo = named("StatusInfo"),
    startup_time = required("startup_time"),
    last_reload_time = required("last_reload_time"),
);

/// The result of `getInfo`: one member for each requested section.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AsteriskInfo {
    /// Compilation of the binary. Absent unless asked for.
    pub build: Option<models::BuildInfo>,
    /// Release and entity id. Absent unless asked for.
    pub system: Option<models::SystemInfo>,
    /// Name, language and limits from `asterisk.conf`. Absent unless asked for.
    pub config: Option<models::ConfigInfo>,
    /// Times of start and last reload. Absent unless asked for.
    pub status: Option<models::StatusInfo>,
}

runtime::model!(
    AsteriskInfo = named("AsteriskInfo"),
    build = optional("build"),
    system = optional("system"),
    config = optional("config"),
    status = optional("status"),
);

/// Answer to `ping`.
///
/// Available in Asterisk 13.25.0, 16.2.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AsteriskPing {
    /// Entity id of the server; the same value as `asterisk_id` in events.
    pub asterisk_id: String,
    /// Always `pong`.
    pub ping: String,
    /// Time on the server when it answered, such as `2026-11-23T01:08:51.332+0000`. The zone offset
    /// has no colon, so this is not RFC 3339.
    pub timestamp: String,
}

runtime::model!(
    AsteriskPing = named("AsteriskPing"),
    asterisk_id = required("asterisk_id"),
    ping = required("ping"),
    timestamp = required("timestamp"),
);

/// A loaded module of Asterisk.
///
/// Available in Asterisk 13.5.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Module {
    /// File name, such as `chan_pjsip.so`.
    pub name: String,
    /// One line of text from the module itself.
    pub description: String,
    /// Number of current users of the module: channels, other modules, registrations. A module in
    /// use cannot be unloaded.
    pub use_count: i64,
    /// `Running`, or `Not Running` for a module that is loaded but did not start.
    pub status: String,
    /// Level of support by the Asterisk project: `core`, `extended`, `deprecated` or `unknown`.
    pub support_level: String,
}

runtime::model!(
    Module = named("Module"),
    name = required("name"),
    description = required("description"),
    use_count = required("use_count"),
    status = required("status"),
    support_level = required("support_level"),
);

/// One destination of Asterisk's log.
///
/// Available in Asterisk 13.6.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LogChannel {
    /// Path of the file, or the syslog name; empty for the console.
    pub channel: String,
    /// `Console`, `Syslog` or `File`.
    pub kind: String,
    /// `Enabled`, or `Disabled` when Asterisk gave up writing, as on a full disk.
    pub status: String,
    /// Levels that are logged, in upper case and each followed by a space, such as
    /// `NOTICE WARNING ERROR `. Not the notation `addLog` expects, which is separated by commas.
    pub configuration: String,
}

runtime::model!(
    LogChannel = named("LogChannel"),
    channel = required("channel"),
    kind = required("type"),
    status = required("status"),
    configuration = required("configuration"),
);

/// Value of a single variable: of a channel, of a bridge, or global.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Variable {
    /// The value, always as a string. An empty global variable cannot be distinguished from one
    /// that was never set.
    pub value: String,
}

runtime::model!(
    Variable = named("Variable"),
    value = required("value"),
);

/// Values of several variables of a channel or a bridge, read in one request.
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Variables {
    /// Object with one member for each variable: its name and its value.
    pub variables: serde_json::Map<String, serde_json::Value>,
}

runtime::model!(
    Variables = named("Variables"),
    variables = required("variables"),
);

/// One attribute of a configuration object. An attribute that holds a list may occur several times.
///
/// Available in Asterisk 13.5.0 and later.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ConfigTuple {
    /// Name of the attribute, as in the configuration file, such as `context`.
    pub attribute: String,
    /// Value in the notation of the configuration file, always a string: `yes`, `60`, `ulaw`.
    pub value: String,
}

runtime::model!(
    ConfigTuple = named("ConfigTuple"),
    attribute = required("attribute"),
    value = required("value"),
);
