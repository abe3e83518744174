//! What the server has, and what it lets this user do.

use std::time::{Duration, SystemTime};

use ari_api::OPERATIONS;
use ari_api::operations::{RELEASES, asterisk, playbacks};
use ari_api::runtime::{Operation, Timestamp, Version, unique_id};
use serde_json::{Value, json};

use super::report::{Report, State};
use crate::failure::{Failure, chain};
use crate::seen::{Applications, Link};
use crate::settings::Settings;
use crate::{operation, private_app};

/// How many connections are tried at once.
const CONNECTIONS: usize = 16;

/// A clock that is further off than this spoils logs, recordings and certificates.
const CLOCK: Duration = Duration::from_secs(2);

pub(super) async fn release(
    link: &Link,
    info: &Value,
    report: &mut Report,
) -> Result<Option<Version>, Failure> {
    let said = info["system"]["version"].as_str().unwrap_or("unknown");
    let version = match link.server_version() {
        Some(version) => Some(version),
        None => link.ask_version().await.ok().flatten(),
    };
    let state = match version {
        Some(version) if RELEASES.contains(&version.major) => {
            report.tell(State::Good, "release", format!("Asterisk {said}"), "")
        }
        Some(_) => report.tell(
            State::Warning,
            "release",
            format!("Asterisk {said}, which this command does not know"),
            "What is the same as in the releases it knows works; look for a newer command.",
        ),
        None => report.tell(
            State::Warning,
            "release",
            format!("Asterisk {said}, which names no release"),
            "It was built from a working tree, most likely. Nothing is refused for its release,\n\
             and what the server lacks cannot be told from what does not exist.",
        ),
    };
    state.map(|()| version)
}

/// Who may only read is refused before anything else is looked at.
pub(super) async fn writing(
    settings: &Settings,
    link: &Link,
    report: &mut Report,
) -> Result<(), Failure> {
    let nothing = [("playbackId", Value::from(unique_id()))];
    match operation::value(link, &playbacks::STOP, &nothing).await {
        Err(error) if error.status() == Some(403) => report.tell(
            State::Warning,
            "writing",
            format!("{} may only read", settings.user),
            "ari.conf: `read_only = no` for this user, if it shall control calls.",
        ),
        Err(error) if error.status() != Some(404) => {
            report.tell(State::Warning, "writing", chain(&error), "")
        }
        _ => {
            let found = format!("{} may change things", settings.user);
            report.tell(State::Good, "writing", found, "")
        }
    }
}

pub(super) async fn websocket(link: &Link, report: &mut Report) -> Result<(), Failure> {
    match link
        .connect(&Applications::new(&[private_app::name()], false))
        .await
    {
        Ok(events) => {
            events.close(Duration::from_secs(1)).await;
            report.tell(State::Good, "events", "the WebSocket opens", "")
        }
        Err(error) => report.tell(
            State::Bad,
            "events",
            chain(&error),
            "modules.conf: `load = res_http_websocket.so` and `load = res_ari_events.so`; a proxy \
             in between has to\npass on `Upgrade: websocket`.",
        ),
    }
}

pub(super) async fn modules(
    link: &Link,
    version: Option<Version>,
    report: &mut Report,
) -> Result<(), Failure> {
    let listed = match operation::value(link, &asterisk::LIST_MODULES, &[]).await {
        Ok(listed) => listed,
        Err(error) => return report.tell(State::Warning, "modules", chain(&error), ""),
    };
    let running = |name: &str| {
        let mut modules = listed.as_array().into_iter().flatten();
        modules.any(|module| {
            let known = module["name"].as_str().unwrap_or_default();
            known.trim_end_matches(".so") == name && module["status"] == "Running"
        })
    };
    let mut complete = true;
    for resource in crate::tree::resources() {
        let mut needed: Vec<String> = vec![format!(
            "res_ari_{}",
            crate::tree::kebab(resource).replace('-', "_")
        )];
        let has = |operation: &&Operation| {
            version.is_none_or(|version| operation.availability.includes(version))
        };
        let of_resource = OPERATIONS.iter().copied();
        for operation in of_resource
            .filter(|known| known.resource == resource)
            .filter(has)
        {
            for module in operation.requires_modules {
                if !needed.iter().any(|known| known == module) {
                    needed.push((*module).to_owned());
                }
            }
        }
        needed.retain(|module| !running(module));
        if !needed.is_empty() {
            complete = false;
            let loads: Vec<_> = needed
                .iter()
                .map(|name| format!("`load = {name}.so`"))
                .collect();
            // Whoever does not use the resource does not need them.
            report.tell(
                State::Warning,
                "modules",
                format!("{resource} lacks {}", needed.join(", ")),
                &format!("modules.conf: {}", loads.join(", ")),
            )?;
        }
    }
    if complete {
        report.tell(State::Good, "modules", "all that the resources need", "")?;
    }
    Ok(())
}

/// Each request that is under way has a connection of its own, and a session of the server.
pub(super) async fn sessions(link: &Link, report: &mut Report) -> Result<(), Failure> {
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..CONNECTIONS {
        let link = link.clone();
        requests.spawn(async move {
            let only = [("only", json!(["status"]))];
            operation::value(&link, &asterisk::GET_INFO, &only)
                .await
                .is_ok()
        });
    }
    let answered = requests.join_all().await.into_iter().filter(|done| *done);
    match answered.count() {
        CONNECTIONS => report.tell(
            State::Good,
            "sessions",
            format!("room for {CONNECTIONS} connections at once"),
            "",
        ),
        few => report.tell(
            State::Bad,
            "sessions",
            format!("only {few} of {CONNECTIONS} connections at once were answered"),
            "http.conf: `sessionlimit` (100 unless set) counts every connection, WebSockets \
             included: raise it.",
        ),
    }
}

pub(super) async fn clock(
    link: &Link,
    version: Option<Version>,
    report: &mut Report,
) -> Result<(), Failure> {
    if version.is_some_and(|version| !asterisk::PING.availability.includes(version)) {
        let found = "this release does not tell the time";
        return report.tell(State::Good, "clock", found, "");
    }
    let ping = match operation::value(link, &asterisk::PING, &[]).await {
        Ok(ping) => ping,
        Err(error) => return report.tell(State::Warning, "clock", chain(&error), ""),
    };
    let Ok(told) = serde_json::from_value::<Timestamp>(ping["timestamp"].clone()) else {
        return report.tell(
            State::Warning,
            "clock",
            "the server does not tell the time",
            "",
        );
    };
    let there = SystemTime::from(told);
    let here = SystemTime::now();
    let off = there
        .duration_since(here)
        .or_else(|_| here.duration_since(there))
        .unwrap_or_default();
    let found = format!("{:.1} s from this machine's", off.as_secs_f64());
    match off <= CLOCK {
        true => report.tell(State::Good, "clock", found, ""),
        false => report.tell(
            State::Warning,
            "clock",
            found,
            "Let both machines follow one time server (chrony, systemd-timesyncd).",
        ),
    }
}
