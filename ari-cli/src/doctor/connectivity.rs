//! Checks of the connection: URL, encryption and credentials.

use std::time::Duration;

use ari_api::Error;
use ari_api::client::ClientBuilder;
use ari_api::error::ConnectionProblem;
use ari_api::operations::asterisk;

use super::report::{CheckResult, Report};
use crate::api_request;
use crate::connection_options::ConnectionOptions;
use crate::error::CliError;
use crate::error_message::{causes, hint};
use crate::event::CommandClient;

/// Returns the problem of a connection. On its port for TLS, Asterisk closes HTTP connections without a
/// response. Only a request by https distinguishes that from other reasons.
pub(super) async fn problem(
    settings: &ConnectionOptions,
    error: &Error,
    limit: Duration,
) -> Option<ConnectionProblem> {
    let problem = ConnectionProblem::of(error);
    let is_plain = settings
        .url
        .get(..7)
        .filter(|scheme| scheme.eq_ignore_ascii_case("http://"));
    match (problem, is_plain) {
        (Some(ConnectionProblem::Closed), Some(scheme)) => {
            let url = format!("https://{}", &settings.url[scheme.len()..]);
            match speaks_tls(&url, limit).await {
                true => Some(ConnectionProblem::Tls),
                false => problem,
            }
        }
        _ => problem,
    }
}

/// Returns `true` if a server supports TLS. The request has no credentials, and any certificate counts.
async fn speaks_tls(url: &str, limit: Duration) -> bool {
    let client = ClientBuilder::<CommandClient>::new(url)
        .connect_timeout(limit)
        .timeout(limit)
        .build();
    let Ok(CommandClient(connection)) = client else {
        return false;
    };
    match api_request::execute(&connection, &asterisk::PING, &[]).await {
        Ok(_) => true,
        Err(error) => {
            let problem = ConnectionProblem::of(&error);
            let has_failed_in_tls = problem.is_some_and(|problem| {
                problem.is_about_tls() && problem != ConnectionProblem::NoTls
            });
            error.status().is_some() || has_failed_in_tls
        }
    }
}

/// Reports the check that a failure of the first request belongs to.
pub(super) fn unreachable(
    settings: &ConnectionOptions,
    error: &Error,
    problem: Option<ConnectionProblem>,
    report: &mut Report,
) -> Result<(), CliError> {
    let found = match problem.and_then(ConnectionProblem::description) {
        Some(description) => description.to_owned(),
        None => match causes(error) {
            causes if causes.is_empty() => error.to_string(),
            causes => causes,
        },
    };
    let (check, advice) = match (error.status(), problem) {
        // The reason of the response is the advice.
        (Some(300..=399 | 502 | 504), _) => ("server", String::new()),
        (Some(401 | 403), _) if !is_from_asterisk(error) => ("server", String::new()),
        (Some(503), _) if !is_from_asterisk(error) => (
            "server",
            "Try again in a moment. If there is a proxy, its log names the cause.".to_owned(),
        ),
        (Some(401), _) => (
            "credentials",
            "ari.conf: add a section named after the user, with `type = user` and `password = …`;\n\
             then `module reload res_ari.so` on Asterisk's console. Here: set ARI_PASSWORD or a profile.\n\
             `password_format = crypt` needs a hash as the password, `plain` the password itself.\n\
             Asterisk ignores a user whose section has an unknown option, and logs that.\n\
             On Asterisk's own machine, `ari doctor --etc /etc/asterisk` checks the file."
                .to_owned(),
        ),
        (Some(403), _) => (
            "credentials",
            "ari.conf: `permit`, `deny` and `acl` of the user must allow this machine's address.".to_owned(),
        ),
        (Some(404), _) => (
            "address",
            "The address has to end in /ari, after the `prefix` of http.conf. ari.conf: \
             `enabled = yes`.\nmodules.conf: `load = res_http_websocket.so`, which res_ari needs on newer \
             releases,\n`load = res_ari.so` and `load = res_ari_asterisk.so`."
                .to_owned(),
        ),
        (Some(503), _) => (
            "server",
            "Asterisk is still starting: try again in a moment.".to_owned(),
        ),
        (Some(_), _) if is_from_asterisk(error) => {
            ("server", "See Asterisk's log for the cause.".to_owned())
        }
        (Some(_), _) => (
            "server",
            "This is not Asterisk's response: check the host and the port of the URL, and the log of a\n\
             proxy if there is one."
                .to_owned(),
        ),
        (None, _) if matches!(error, Error::Decode(_)) => return not_asterisk(settings, report),
        (None, Some(problem)) => (
            if problem.is_about_tls() { "encryption" } else { "server" },
            match hint(problem) {
                Some(hint) => format!("{}\n{}", capitalize(&hint), problem.server_settings()),
                None => problem.server_settings().to_owned(),
            },
        ),
        (None, None) => ("server", ConnectionProblem::Silent.server_settings().to_owned()),
    };
    let found = format!("{}: {found}", settings.url);
    report.add(CheckResult::Bad, check, found, &advice)
}

/// Returns `false` if the body of an error response is not in Asterisk's form, such as a page of a
/// proxy.
fn is_from_asterisk(error: &Error) -> bool {
    match error {
        Error::Response(response) => response.message.is_some() || response.body.is_empty(),
        _ => true,
    }
}

/// Reports that the server is not an Asterisk.
pub(super) fn not_asterisk(
    settings: &ConnectionOptions,
    report: &mut Report,
) -> Result<(), CliError> {
    report.add(
        CheckResult::Bad,
        "server",
        format!("{} responds, but is not Asterisk's ARI", settings.url),
        "Check the host, the port and the path of the URL, which ends in /ari.",
    )
}

fn capitalize(step: &str) -> String {
    let mut chars = step.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    let text = format!("{}{}", first.unwrap_or_default(), chars.as_str());
    match text.ends_with('?') {
        true => text,
        false => text + ".",
    }
}

/// Returns `true` if an address belongs to this machine.
pub(super) fn is_local(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or_default();
    let local = ["localhost", "127.", "[::1]"];
    local.iter().any(|local| host.starts_with(local))
}

pub(super) fn encryption(url: &str, report: &mut Report) -> Result<(), CliError> {
    if url.starts_with("https://") {
        report.add(
            CheckResult::Good,
            "encryption",
            "TLS with a valid certificate",
            "",
        )
    } else if is_local(url) {
        report.add(
            CheckResult::Good,
            "encryption",
            "none, but the server is on this machine",
            "",
        )
    } else {
        report.add(
            CheckResult::Warning,
            "encryption",
            "none: others can read the password in transit",
            "http.conf: set `tlsenable = yes`, `tlsbindaddr = 0.0.0.0:8089`, `tlscertfile` and \
             `tlsprivatekey`;\nthen use https:// and port 8089 in the URL.",
        )
    }
}
