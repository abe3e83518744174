//! `ari doctor`: what stands between this machine and a working ARI, and what to change where.

use std::io::Write as _;
use std::time::{Duration, SystemTime};

use anstyle::{AnsiColor, Style};
use ari_api::operations::RELEASES;
use ari_api::operations::{asterisk, playbacks};
use ari_api::runtime::{Operation, Timestamp, Version, unique_id};
use ari_api::{Error, OPERATIONS};
use clap::Args;
use serde_json::{Value, json};

use crate::failure::{Failure, Kind, chain};
use crate::interrupt::Interrupt;
use crate::output::{Output, stdout};
use crate::seen::{Applications, Link};
use crate::settings::{Global, Settings};
use crate::table::harmless;
use crate::{link, operation, private_app};

/// How many connections are tried at once.
const CONNECTIONS: usize = 16;

/// A clock that is further off than this spoils logs, recordings and certificates.
const CLOCK: Duration = Duration::from_secs(2);

/// Check everything that a connection needs, and tell what to change in which file.
///
/// Nothing is changed: an application of its own is connected for a moment, and one request asks to
/// stop a playback that does not exist. Exits with 7 where something is found.
#[derive(Args, Clone, Debug)]
pub(crate) struct Doctor {}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Good,
    Warning,
    Bad,
}

struct Report {
    output: Output,
    worst: State,
    entries: Vec<Value>,
}

impl Report {
    fn tell(
        &mut self,
        state: State,
        check: &str,
        found: impl AsRef<str>,
        advice: &str,
    ) -> Result<(), Failure> {
        if state == State::Bad || self.worst == State::Good {
            self.worst = state;
        }
        let (word, color) = match state {
            State::Good => ("ok", AnsiColor::Green),
            State::Warning => ("warning", AnsiColor::Yellow),
            State::Bad => ("problem", AnsiColor::Red),
        };
        let found = harmless(found.as_ref());
        if self.output.json {
            let advice = (!advice.is_empty()).then_some(advice);
            let entry = json!({"check": check, "state": word, "found": found, "advice": advice});
            self.entries.push(entry);
            return Ok(());
        }
        let style: Style = color.on_default();
        let mut out = stdout();
        writeln!(out, "{style}{word:<8}{style:#} {check:<12} {found}")?;
        for line in advice.lines() {
            writeln!(out, "{:<22}{line}", "")?;
        }
        Ok(out.flush()?)
    }

    fn end(self) -> Result<(), Failure> {
        if self.output.json {
            self.output.print(&Value::from(self.entries))?;
        }
        match self.worst {
            State::Bad => Err(Failure::new(Kind::Found, "")),
            _ => Ok(()),
        }
    }
}

pub(crate) async fn run(global: &Global, interrupt: &mut Interrupt) -> Result<(), Failure> {
    let settings = Settings::find(global)?;
    let link = link::build(&settings, global)?;
    let mut report = Report {
        output: Output::new(global),
        worst: State::Good,
        entries: Vec::new(),
    };
    interrupt.or(examine(&settings, &link, &mut report)).await?;
    link.close(Duration::from_secs(1)).await;
    report.end()
}

async fn examine(settings: &Settings, link: &Link, report: &mut Report) -> Result<(), Failure> {
    let info = match operation::value(link, &asterisk::GET_INFO, &[]).await {
        Ok(info) => info,
        Err(error) => return unreachable_server(settings, &error, report),
    };
    let url = &settings.url;
    report.tell(State::Good, "server", format!("{url} answers"), "")?;
    encryption(url, report)?;
    let user = format!("{} may log in", settings.user);
    report.tell(State::Good, "credentials", user, "")?;
    let version = release(link, &info, report).await?;
    writing(settings, link, report).await?;
    websocket(link, report).await?;
    modules(link, version, report).await?;
    sessions(link, report).await?;
    clock(link, version, report).await
}

/// The first request has failed: at which of the steps?
fn unreachable_server(
    settings: &Settings,
    error: &Error,
    report: &mut Report,
) -> Result<(), Failure> {
    let text = chain(error);
    let lower = text.to_lowercase();
    let (check, advice) = match error.status() {
        Some(401) => (
            "credentials",
            "ari.conf: a section with the name of the user, `type = user` and `password = …`;\n\
             then `module reload res_ari.so` on Asterisk's console. Here: ARI_PASSWORD or a profile.",
        ),
        Some(403) => (
            "credentials",
            "ari.conf: `permit`, `deny` and `acl` of the user have to admit this address.",
        ),
        Some(404) => (
            "address",
            "The address has to end in /ari, after the `prefix` of http.conf; ari.conf: \
             `enabled = yes`.\nmodules.conf: `load = res_ari.so` and `load = res_ari_asterisk.so`.",
        ),
        Some(503) => (
            "server",
            "Asterisk is still starting: try again in a moment.",
        ),
        Some(_) => ("server", "Asterisk's log tells the cause."),
        None if lower.contains("certificate") || lower.contains("tls") => (
            "encryption",
            "http.conf: `tlscertfile` and `tlsprivatekey` for the name in the address, \
             `tlsbindaddr` for its port.\nA certificate of one's own has to be trusted here: \
             --ca-file, or ca_file in the profile.",
        ),
        None if lower.contains("refused") => (
            "server",
            "Nobody listens there. http.conf: `enabled = yes`, `bindaddr` and `bindport` (8088), \
             or `tlsenable = yes`\nand `tlsbindaddr` for https; `http show status` on Asterisk's \
             console shows what counts.",
        ),
        None => (
            "server",
            "Check the name and port of the address, the network and its firewalls; http.conf: \
             `bindaddr`.",
        ),
    };
    report.tell(
        State::Bad,
        check,
        format!("{}: {text}", settings.url),
        advice,
    )
}

fn encryption(url: &str, report: &mut Report) -> Result<(), Failure> {
    let host = url.split("://").nth(1).unwrap_or_default();
    let local = ["localhost", "127.", "[::1]"];
    if url.starts_with("https://") {
        report.tell(
            State::Good,
            "encryption",
            "TLS, and the certificate fits",
            "",
        )
    } else if local.iter().any(|local| host.starts_with(local)) {
        report.tell(State::Good, "encryption", "none, on this machine", "")
    } else {
        report.tell(
            State::Warning,
            "encryption",
            "none: the password can be read on the way",
            "http.conf: `tlsenable = yes`, `tlsbindaddr = 0.0.0.0:8089`, `tlscertfile` and \
             `tlsprivatekey`;\nthen https:// and port 8089 in the address.",
        )
    }
}

async fn release(
    link: &Link,
    info: &Value,
    report: &mut Report,
) -> Result<Option<Version>, Failure> {
    let said = info["system"]["version"].as_str().unwrap_or("unknown");
    let version = match link.server_version() {
        Some(version) => Some(version),
        None => link.ask_version().await.ok(),
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
            "What the server lacks cannot be told from what does not exist.",
        ),
    };
    state.map(|()| version)
}

/// Who may only read is refused before anything else is looked at.
async fn writing(settings: &Settings, link: &Link, report: &mut Report) -> Result<(), Failure> {
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

async fn websocket(link: &Link, report: &mut Report) -> Result<(), Failure> {
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

async fn modules(
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
async fn sessions(link: &Link, report: &mut Report) -> Result<(), Failure> {
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

async fn clock(link: &Link, version: Option<Version>, report: &mut Report) -> Result<(), Failure> {
    let tells = version.is_none_or(|version| asterisk::PING.availability.includes(version));
    let told = match tells {
        true => operation::value(link, &asterisk::PING, &[]).await.ok(),
        false => None,
    };
    let told =
        told.and_then(|ping| serde_json::from_value::<Timestamp>(ping["timestamp"].clone()).ok());
    let Some(told) = told else {
        return report.tell(
            State::Good,
            "clock",
            "this release does not tell the time",
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
