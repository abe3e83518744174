//! Checks of the server's features and of the user's permissions.

use std::time::{Duration, SystemTime};

use ari_api::OPERATIONS;
use ari_api::Timestamp;
use ari_api::client::unique_id;
use ari_api::operations::{RELEASES, asterisk, playbacks, recordings};
use ari_api::schema::{Operation, Version};
use serde_json::{Value, json};

use super::files::Files;
use super::report::{CheckResult, Report};
use crate::connection_options::ConnectionOptions;
use crate::error::CliError;
use crate::event::{ApplicationSocketRequest, CommandConnection};
use crate::{api_request, temp_app};

/// The number of concurrent connections that the server must accept.
const MAX_CONCURRENT_CONNECTIONS: usize = 16;

/// The maximum difference between the clocks. A larger one causes problems with logs, recordings and
/// certificates.
const MAX_CLOCK_DIFFERENCE: Duration = Duration::from_secs(2);

pub(super) async fn release(
    connection: &CommandConnection,
    info: &Value,
    report: &mut Report,
) -> Result<Option<Version>, CliError> {
    let said = info["system"]["version"].as_str().unwrap_or("unknown");
    let version = match connection.server_version() {
        Some(version) => Some(version),
        None => connection.fetch_version().await.ok().flatten(),
    };
    let state = match version {
        Some(version) if RELEASES.contains(&version.major) => {
            report.add(CheckResult::Good, "release", format!("Asterisk {said}"), "")
        }
        Some(_) => report.add(
            CheckResult::Warning,
            "release",
            format!("Asterisk {said}, which is unknown to this command"),
            "Features that exist in known releases work. Check for a newer version of this command.",
        ),
        None => report.add(
            CheckResult::Warning,
            "release",
            format!("Asterisk {said}, without a release number"),
            "It was probably built from a working tree. This command cannot check what the release\n\
             supports.",
        ),
    };
    state.map(|()| version)
}

/// Checks that the user may write. Asterisk rejects a read-only user before it checks anything else in
/// the request.
pub(super) async fn check_write_access(
    settings: &ConnectionOptions,
    connection: &CommandConnection,
    report: &mut Report,
) -> Result<(), CliError> {
    let nothing = [("playbackId", Value::from(unique_id()))];
    match api_request::execute(connection, &playbacks::STOP, &nothing).await {
        Err(error) if error.status() == Some(403) => report.add(
            CheckResult::Warning,
            "writing",
            format!("{} is read-only", settings.user),
            "ari.conf: set `read_only = no` for this user to control calls.",
        ),
        Err(error) if error.status() != Some(404) => {
            report.add(CheckResult::Warning, "writing", error.to_string(), "")
        }
        _ => {
            let found = format!("{} can control calls", settings.user);
            report.add(CheckResult::Good, "writing", found, "")
        }
    }
}

/// The names of the running modules of a server, without `.so`.
#[derive(Default)]
pub(super) struct Modules(Option<Vec<String>>);

impl Modules {
    /// Returns the names, if they are known.
    pub(super) fn running(&self) -> Option<impl Iterator<Item = &str>> {
        Some(self.0.as_ref()?.iter().map(String::as_str))
    }

    /// Returns `true` if the modules are known, and this one is not running.
    pub(super) fn is_missing(&self, name: &str) -> bool {
        self.0
            .as_ref()
            .is_some_and(|running| !running.iter().any(|known| known == name))
    }
}

pub(super) async fn list_modules(
    connection: &CommandConnection,
    report: &mut Report,
) -> Result<Modules, CliError> {
    let listed = match api_request::execute(connection, &asterisk::LIST_MODULES, &[]).await {
        Ok(listed) => listed,
        Err(error) => {
            report.add(CheckResult::Warning, "modules", error.to_string(), "")?;
            return Ok(Modules::default());
        }
    };
    let modules = listed.as_array().into_iter().flatten();
    let running = modules.filter(|module| module["status"] == "Running");
    let names = running.filter_map(|module| module["name"].as_str());
    let names = names.map(|name| name.trim_end_matches(".so").to_owned());
    Ok(Modules(Some(names.collect())))
}

pub(super) async fn websocket(
    connection: &CommandConnection,
    modules: &Modules,
    files: Option<&Files>,
    report: &mut Report,
) -> Result<(), CliError> {
    let applications = ApplicationSocketRequest::new(&[temp_app::unique_name()], false);
    let error = match connection.connect(&applications).await {
        Ok(events) => {
            events.close(Duration::from_secs(1)).await;
            return report.add(CheckResult::Good, "events", "the WebSocket opens", "");
        }
        Err(error) => error,
    };
    let needed = ["res_http_websocket", "res_ari_events"];
    let missing: Vec<&str> = needed
        .into_iter()
        .filter(|name| modules.is_missing(name))
        .collect();
    let (found, advice) = match missing.as_slice() {
        [] => (
            error.to_string(),
            "modules.conf: `load = res_http_websocket.so` and `load = res_ari_events.so`. A proxy \
             must pass on\n`Upgrade: websocket`."
                .to_owned(),
        ),
        missing => (
            format!("{} not loaded: {}", missing.join(" and "), error),
            module_advice(missing, files),
        ),
    };
    report.add(CheckResult::Bad, "events", found, &advice)
}

/// Returns the advice for modules that are not running. Modules whose files are missing cannot be
/// loaded.
pub(super) fn module_advice(missing: &[&str], files: Option<&Files>) -> String {
    let is_there = |name: &&&str| files.and_then(|files| files.has_module(name));
    let (absent, rest): (Vec<&&str>, Vec<&&str>) = missing
        .iter()
        .partition(|name| is_there(name) == Some(false));
    let mut lines = Vec::new();
    if !rest.is_empty() {
        let loads: Vec<_> = rest
            .iter()
            .map(|name| format!("`load = {name}.so`"))
            .collect();
        let known = rest.iter().all(|name| is_there(name) == Some(true));
        let unless = match known {
            true => "",
            false => ", if the file is installed",
        };
        lines.push(format!("modules.conf: {}{unless}.", loads.join(", ")));
    }
    if !absent.is_empty() {
        let names: Vec<_> = absent.iter().map(|name| name.to_string()).collect();
        lines.push(format!("Not installed: {}.", names.join(", ")));
    }
    lines.join("\n")
}

pub(super) fn modules(
    modules: &Modules,
    version: Option<Version>,
    files: Option<&Files>,
    report: &mut Report,
) -> Result<(), CliError> {
    if modules.0.is_none() {
        return Ok(());
    }
    let mut complete = true;
    for resource in crate::names::resources() {
        let own = format!(
            "res_ari_{}",
            crate::names::kebab(resource).replace('-', "_")
        );
        let has = |operation: &&Operation| {
            version.is_none_or(|version| operation.availability.includes(version))
        };
        let operations = OPERATIONS.iter().copied();
        let operations = operations.filter(|known| known.resource == resource);
        let mut missing: Vec<&str> = Vec::new();
        for module in operations
            .filter(has)
            .flat_map(|known| known.requires_modules)
        {
            if modules.is_missing(module) && !missing.contains(module) {
                missing.push(module);
            }
        }
        let installed = |module: &str| files.and_then(|files| files.has_module(module));
        // An installation may lack a whole resource, which is then not used. Otherwise the requests
        // of the resource fail.
        let is_unused =
            modules.is_missing(&own) && !missing.is_empty() && installed(&own) != Some(true);
        if modules.is_missing(&own) && !missing.contains(&own.as_str()) {
            missing.insert(0, &own);
        }
        let is_absent = missing
            .iter()
            .all(|module| installed(module) == Some(false));
        let state = match is_unused || is_absent {
            true => CheckResult::Warning,
            false => CheckResult::Bad,
        };
        if !missing.is_empty() {
            complete = false;
            let found = format!("{resource} lacks {}", missing.join(", "));
            report.add(state, "modules", found, &module_advice(&missing, files))?;
        }
    }
    if complete {
        report.add(
            CheckResult::Good,
            "modules",
            "all modules of the resources are running",
            "",
        )?;
    }
    Ok(())
}

/// Checks the folder for recordings, which Asterisk does not create, and without which it responds 500.
pub(super) async fn recordings(
    connection: &CommandConnection,
    report: &mut Report,
) -> Result<(), CliError> {
    match api_request::execute(connection, &recordings::LIST_STORED, &[]).await {
        Err(error) if error.status() == Some(500) => report.add(
            CheckResult::Bad,
            "recordings",
            "the folder for recordings is missing or not readable",
            "Create the folder `recording` in the `astspooldir` of asterisk.conf (usually\n\
             /var/spool/asterisk/recording), owned by the user that Asterisk runs as.",
        ),
        // The check of the modules reports a missing resource.
        Err(error) if error.status() == Some(404) => Ok(()),
        Err(error) => report.add(CheckResult::Warning, "recordings", error.to_string(), ""),
        Ok(_) => report.add(
            CheckResult::Good,
            "recordings",
            "the folder is readable",
            "",
        ),
    }
}

/// Checks the limit of concurrent connections, of which each request in flight needs one.
pub(super) async fn sessions(
    connection: &CommandConnection,
    report: &mut Report,
) -> Result<(), CliError> {
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..MAX_CONCURRENT_CONNECTIONS {
        let connection = connection.clone();
        requests.spawn(async move {
            let only = [("only", json!(["status"]))];
            api_request::execute(&connection, &asterisk::GET_INFO, &only)
                .await
                .is_ok()
        });
    }
    let answered = requests.join_all().await.into_iter().filter(|done| *done);
    match answered.count() {
        MAX_CONCURRENT_CONNECTIONS => report.add(
            CheckResult::Good,
            "sessions",
            format!("{MAX_CONCURRENT_CONNECTIONS} concurrent connections are accepted"),
            "",
        ),
        few => report.add(
            CheckResult::Bad,
            "sessions",
            format!(
                "only {few} of {MAX_CONCURRENT_CONNECTIONS} concurrent connections got a response"
            ),
            "http.conf: raise `sessionlimit` (100 by default), which counts every connection, \
             including WebSockets.",
        ),
    }
}

pub(super) async fn clock(
    connection: &CommandConnection,
    version: Option<Version>,
    report: &mut Report,
) -> Result<(), CliError> {
    if version.is_some_and(|version| !asterisk::PING.availability.includes(version)) {
        let found = "this release does not report the time";
        return report.add(CheckResult::Good, "clock", found, "");
    }
    let ping = match api_request::execute(connection, &asterisk::PING, &[]).await {
        Ok(ping) => ping,
        Err(error) => return report.add(CheckResult::Warning, "clock", error.to_string(), ""),
    };
    let Ok(reported) = serde_json::from_value::<Timestamp>(ping["timestamp"].clone()) else {
        return report.add(
            CheckResult::Warning,
            "clock",
            "the server does not report the time",
            "",
        );
    };
    let there = SystemTime::from(reported);
    let here = SystemTime::now();
    let off = there
        .duration_since(here)
        .or_else(|_| here.duration_since(there))
        .unwrap_or_default();
    let found = format!("differs by {:.1} s from this machine", off.as_secs_f64());
    match off <= MAX_CLOCK_DIFFERENCE {
        true => report.add(CheckResult::Good, "clock", found, ""),
        false => report.add(
            CheckResult::Warning,
            "clock",
            found,
            "Synchronize both machines with a time server (chrony, systemd-timesyncd).",
        ),
    }
}
